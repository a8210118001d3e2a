"""What an author may want to know of the files of a manuscript."""

import re
from collections.abc import Iterable, Iterator

from publish.manuscript.folder import Folder
from publish.manuscript.headings import headings
from publish.manuscript.naming import Place, how_to_say
from publish.manuscript.natural import some
from publish.manuscript.source import Source
from publish.model import Role
from publish.problems import Position, Problem, Severity

SAVE_AS_TEXT = "save each of them as Markdown or plain text (.md, .txt)"

# Pages that are shown and not read, or whose heading the tool knows.
_SHOWN = frozenset(
    (
        Role.HALF_TITLE,
        Role.FRONTISPIECE,
        Role.SERIES_PAGE,
        Role.ALSO_BY,
        Role.TITLE_PAGE,
        Role.COPYRIGHT_PAGE,
        Role.DEDICATION,
        Role.EPIGRAPH,
        Role.CONTENTS,
        Role.PART,
        Role.COLOPHON,
    )
)
# Headings that the coarse look does not see: tags over several lines.
_TAG = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_ADDRESS = re.compile(r" {0,3}\[[^\[\]]+\]:")
# A list that the tool makes, alone in its file.
_LIST = re.compile(r"\s*:::+[ {.]*(?:index|abbreviations)[ }]*\n\s*:::+\s*")
_AUTHOR = re.compile(r"author\s*:\s*\S", re.IGNORECASE)


def note_of_books(folder: Folder) -> Iterator[Problem]:
    """Names the books that lie in a folder taken for one book."""
    books = [f.rpartition("/")[0] for f in folder.others if f.endswith("/book.toml")]
    if books:
        yield Problem(
            folder.at(""),
            "books-inside",
            f"all of this folder is made one book, with what is in: {some(books)}",
            "to make every folder a book, add --shelf",
            Severity.WARNING,
        )


# A source in BibTeX, and a key in a text.
_SOURCE = re.compile(r"@\s*[A-Za-z]+\s*[{(]\s*([^\s,{}()]+)\s*,")
_KEY = re.compile(r"(?<![\w@/\\])@\{?(\w(?:\w|[:.#$%&+?<>~/-](?=\w))*)")


def note_of_sources(
    folder: Folder, sources: Iterable[Source], at: Place
) -> Iterator[Problem]:
    """Names a file of sources that the text cites from and nothing speaks of, where it
    does so first."""
    files = sorted(path.name for path in folder.path.glob("*.bib"))
    cited: dict[str, Position] = {}
    for source in sources if files else ():
        for key in _KEY.finditer(source.text):
            if key[1] not in cited:
                line = source.text.count("\n", 0, key.start()) + 1
                cited[key[1]] = Position(source.path, line)
    for file in files if cited else ():
        if not folder.has(file):
            continue
        known = frozenset(_SOURCE.findall(folder.read(file)[0]))
        if first := next((cited[key] for key in cited if key in known), None):
            yield Problem(
                first,
                "unnamed-sources",
                f"the text cites sources of {file}, and the book does not name this"
                " file, so citations are shown as they are written",
                how_to_say("bibliography", file, at),
                Severity.WARNING,
            )
            return


def note_of_documents(folder: Folder) -> Iterator[Problem]:
    """Names the files of word processors, which were not read."""
    if documents := folder.documents:
        yield Problem(
            folder.at(""),
            "word-processor",
            f"files of a word processor are not read: {some(list(documents))}",
            SAVE_AS_TEXT,
            Severity.NOTE,
        )


def note_of_programs(sources: Iterable[Source]) -> Iterator[Problem]:
    """Says once that the programs in a book of R Markdown or Quarto are not run: what
    they would show, or take in, is not in the book."""
    texts = (s for s in sources if not s.plain and "```" in s.text)
    found = [(source, run) for source in texts for run in _RUN.finditer(source.text)]
    if not found:
        return
    source, first = found[0]
    count = "a program" if len(found) == 1 else f"{len(found)} programs"
    what = "is" if len(found) == 1 else "are"
    yield Problem(
        Position(source.path, source.text.count("\n", 0, first.start()) + 1),
        "not-run",
        f"{count} in the text {what} not run: what they would show is not in the book",
        "let R or Quarto write the Markdown, and build that; or name files and pictures"
        " yourself",
        Severity.WARNING,
    )


# A listing that takes in a file, or shows a picture or a table.
_RUN = re.compile(
    r"^[ \t]*```+[ \t]*\{(?:r|python|julia|ojs)\b(?=[^\n]*\bchild\s*=[^\n]*\}"
    r"|[^\n]*\bfig[.-]cap\s*=|[^\n]*\}[^`]*\b(?:include_graphics|kable)\()",
    re.MULTILINE,
)


def notes_of_headings(folder: Folder, sources: Iterable[Source]) -> Iterator[Problem]:
    """Names the chapters that open without a word of what they are."""
    bare = [source for source in sources if source.file and _is_bare(source)]
    for plain in (False, True):
        found = [source for source in bare if source.plain is plain]
        if not found:
            continue
        one = len(found) == 1
        what = "this chapter has" if one else f"{len(found)} chapters have"
        names = some([source.file for source in found])
        hint = "begin the file with a line like: # Title"
        if plain:
            hint = "to give it one, call it .md and begin with a line like: # Title"
        yield Problem(
            Position(found[0].path) if one else folder.at(""),
            "no-heading",
            f"{what} no heading, the contents say the name of the file"
            + ("" if one else f": {names}"),
            hint,
            Severity.NOTE,
        )


def _is_bare(source: Source) -> bool:
    if source.role in _SHOWN or source.title or source.label or not source.text.strip():
        return False
    if _LIST.fullmatch(source.text):
        # It brings its own heading.
        return False
    lines = (line for line in source.text.splitlines() if line.strip())
    if all(map(_ADDRESS.match, lines)):
        # Only addresses of links, which become no chapter.
        return False
    return source.plain or not (
        any(found.title for found in headings(source.text)) or _TAG.search(source.text)
    )


def says_author(text: str) -> bool:
    """Whether a heading of a whole book reads "Author: …", as its parser knows it."""
    return any(_AUTHOR.match(found.title) for found in headings(text))
