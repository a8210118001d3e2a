"""Read the author's files into one tree: text -> events -> drafts -> the closed tree.

Each arrow is a module: `markdown` makes events of Markdown and raw tags, `tree` builds
drafts of them, `content` makes those valid, `freeze` hands them on as `model` has them
(`freeze_inline` what stands in a line), and `code` gives code its colours. Each file is
read by itself.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from publish.crew import Executor, Files, Here, Kit, Work
from publish.dialect import Dialect
from publish.kinds import looked_through
from publish.manuscript.source import Manuscript, Source
from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    DivisionKind,
    Inline,
    Note,
    NoteReference,
    Paragraph,
    Plain,
    Role,
    Text,
)
from publish.parse.code import highlight_code
from publish.parse.content import conform
from publish.parse.draft import Draft
from publish.parse.formulas import read_formulas
from publish.parse.freeze import freeze_blocks
from publish.parse.include import show_files
from publish.parse.markdown import Reading, link_definitions, read_markdown
from publish.parse.plain import read_plain
from publish.parse.tree import build_tree
from publish.parse.whole import split_whole_book
from publish.problems import Position, Problem, Severity
from publish.signs import clean_text
from publish.walk import Rewrite

CALL, FOOTNOTE = "#note", "#footnote"
NO_DEFINITIONS: Mapping[str, Any] = MappingProxyType({})
PLAIN = Dialect()
# Files that may end by saying whose words they are, as divisions of the same name do.
_WHOLE = {
    Role.EPIGRAPH: DivisionKind.EPIGRAPH,
    Role.DEDICATION: DivisionKind.DEDICATION,
}


@dataclass(frozen=True, slots=True)
class _Common:
    """What the files of a manuscript share: see `parse_source`."""

    language: str
    definitions: Mapping[str, Any]
    dialect: Dialect

    def spelt(self) -> Iterator[str]:
        yield self.language
        yield from self.dialect.spelt()
        yield repr(sorted(self.definitions.items()))


def _as_given(common: _Common, _files: Files) -> _Common:
    return common


def parse(
    manuscript: Manuscript, executor: Executor | None = None
) -> tuple[Book, tuple[Problem, ...]]:
    """The whole manuscript as a tree, and what was dropped or changed on the way.

    executor: who reads the files; None for this process
    """
    executor = executor or Here()
    language = manuscript.metadata.language
    definitions = {s.file: link_definitions(s.text) for s in manuscript.sources}
    if all(definitions.values()):
        definitions = {file: {} for file in definitions}
    shared = {word: a for found in definitions.values() for word, a in found.items()}
    kit = Kit(_as_given, _Common(language, shared, manuscript.dialect))
    begun = [
        executor.submit(Work(_parse, kit, s, weight=len(s.text) // _LETTERS, here=True))
        for s in manuscript.sources
        if not definitions[s.file]
    ]
    read = executor.gather(begun)
    chapters = tuple(chapter for chapter, _ in read)
    book = Book(
        manuscript.metadata,
        chapters,
        numbering=manuscript.numbering,
        made=manuscript.made,
        quotes=manuscript.quotes,
    )
    if manuscript.whole:
        book = split_whole_book(book)
    return book, tuple(problem for _, found in read for problem in found)


# That are read in a millisecond.
_LETTERS = 1_000


def _parse(
    common: _Common, source: Source, _files: Files
) -> tuple[Chapter, list[Problem]]:
    return parse_source(source, common.language, common.definitions, common.dialect)


def parse_source(
    source: Source,
    language: str,
    definitions: Mapping[str, Any] = NO_DEFINITIONS,
    dialect: Dialect = PLAIN,
) -> tuple[Chapter, list[Problem]]:
    """One file.

    language: the book's, for a file that has none of its own
    definitions: of links, that other files of the book give
    """
    said = _Said(source.path)
    if source.file and not source.text.strip() and not source.title:
        message = "there is nothing in this file; it is an empty page of the book"
        said.warn(0, "empty-file", message, "write something into it, or take it away")
    blocks: Blocks
    notes: tuple[Note, ...] = ()
    if source.plain:
        blocks = read_plain(clean_text(source.text))
    else:
        whole = _WHOLE.get(source.role) if source.role else None
        reading = read_markdown(source.text, definitions, dialect, whole)
        _say_unknown(reading, dialect, said)
        show_files(reading.events, source.included, said.error)
        blocks, notes = _read(reading, said)
    chapter = Chapter(
        path=source.path,
        source=source.file,
        language=source.language or language,
        blocks=blocks,
        title=clean_text(source.title),
        label=clean_text(source.label),
        notes=notes,
        role=source.role or Role.CHAPTER,
        matter=source.matter,
        depth=source.depth,
        numbered=source.numbered is not False,
    )
    chapter = highlight_code(read_formulas(chapter, said.error))
    # It is kept with the chapter, and looked up by every pass of every build.
    return looked_through(chapter), said.problems


class _Said:
    """Collects what the steps of reading one file have to say."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def warn(self, line: int, code: str, message: str, hint: str = "") -> None:
        self._add(line, code, message, hint, Severity.WARNING)

    def error(self, line: int, code: str, message: str, hint: str = "") -> None:
        self._add(line, code, message, hint, Severity.ERROR)

    def _add(
        self, line: int, code: str, message: str, hint: str, severity: Severity
    ) -> None:
        at = Position(self.path, line)
        self.problems.append(Problem(at, code, message, hint, severity))


def _read(reading: Reading, said: _Said) -> tuple[Blocks, tuple[Note, ...]]:
    _say_doubts(reading, said)
    _say_odd(reading, said)
    root = build_tree(reading.events, said.warn)
    # Most files have neither, and need not be looked through for them.
    has_notes = any(event.tag in {CALL, FOOTNOTE} for event in reading.events)
    footnotes = list(_take_footnotes(root)) if has_notes else []
    conform(root, said.warn)
    blocks = tuple(map(_as_paragraph, freeze_blocks(root.children)))
    if not has_notes:
        return blocks, ()
    notes: dict[str, Note] = {}
    twice: set[str] = set()
    for draft in footnotes:
        label = draft.attributes["label"]
        conform(draft, said.warn)
        note = Note(label, freeze_blocks(draft.children), draft.line)
        if label in notes:
            message = f"the note `{label}` is written twice; the second is called by"
            message += " nothing, and set at the chapter's end"
            hint = f"the first is at {Position(said.path, notes[label].line)}"
            said.error(draft.line, "note-twice", message, hint)
            label = f"{label} ({draft.line})"
            note = replace(note, label=label)
            twice.add(label)
        notes[label] = note
    return _check_notes(blocks, notes, twice, said)


def _say_unknown(reading: Reading, dialect: Dialect, said: _Said) -> None:
    """Words from elsewhere that are nowhere; what calls them stays in the text."""
    for line, call in reading.unknown:
        of_book = call.kind == "meta"
        names = [name for name, _ in (dialect.data if of_book else dialect.variables)]
        where = "the data of the book" if of_book else "[variables] of book.toml"
        message = f"nothing in {where} is called `{call.name}`; shown as it is written"
        hint = "" if of_book else f'write {call.name} = "…" under [variables]'
        if near := get_close_matches(call.name, names, n=1):
            hint = f"did you mean `{near[0]}`?"
        elif of_book and names:
            hint = f"there is `{'`, `'.join(names)}`"
        said.error(line, "unknown-variable", message, hint)


def _say_doubts(reading: Reading, said: _Said) -> None:
    """Where Markdown takes for something else what an author may have meant as text."""
    if reading.too_deep:
        message = "quotations or lists nested too deep; shown without the inner levels"
        said.warn(reading.too_deep, "too-deep", message)
    for line in reading.indented:
        message = "this is set as code, because it is indented"
        said.warn(line, "indented-text", message, "take the indent out if it is text")
    for line in reading.open_code:
        message = "this begins a block of code that nothing ends"
        said.warn(line, "open-code", message, "end it with the same signs on a line")
    for slip in reading.slips:
        at = Position(said.path, slip.line, slip.column)
        problem = Problem(at, slip.code, slip.message, slip.hint, Severity.WARNING)
        said.problems.append(problem)
    for line in reading.open_formulas:
        message = "this begins a formula that nothing ends, so it is shown as text"
        hint = "end it with $$ on a line, and leave no line in it blank"
        said.warn(line, "open-formula", message, hint)
    for line in reading.surplus:
        message = "this row of the table has more cells than its head"
        said.warn(line, "surplus-cells", message, "write `\\|` for a bar that is text")
    for line, word in reading.unused:
        message = f"`[{word}]: …` is the address of a link that is nowhere; not shown"
        said.warn(line, "unused-address", message, "put a backslash before its colon")
    for line, word in reading.idle:
        message = f"`{word}` is explained here and does not stand in this file"
        said.warn(line, "unused-abbreviation", message, "write the word as it is there")


def _say_odd(reading: Reading, said: _Said) -> None:
    """What is said of a fence and means nothing."""
    for line in reading.odd_info:
        message = "the words behind these signs are not shown"
        said.warn(line, "odd-info", message, "only a language and {…} stand there")
    for line, word in reading.odd_options:
        message = f"`:{word}:` is no option that is known here, so it is shown as text"
        said.warn(line, "odd-option", message, "only `:name:` and `:label:` are read")


def _take_footnotes(draft: Draft) -> Iterator[Draft]:
    """Every note out of the text it was defined in, those inside notes too."""
    kept: list[Draft | str] = []
    for child in draft.children:
        if isinstance(child, Draft):
            yield from _take_footnotes(child)
            if child.tag == FOOTNOTE:
                yield child
                continue
        kept.append(child)
    draft.children = kept


def _check_notes(
    blocks: Blocks, notes: Mapping[str, Note], twice: Set[str], said: _Said
) -> tuple[Blocks, tuple[Note, ...]]:
    """A call without its note becomes the text that the author wrote.

    twice: the labels of notes that have no call, as was said already
    """
    calls: Counter[str] = Counter()

    def change(inline: Inline) -> Inline:
        if not isinstance(inline, NoteReference):
            return inline
        calls[inline.label] += 1
        if inline.label in notes:
            return inline
        message = f"there is no note `{inline.label}`"
        hint = f"write it as a paragraph that begins with `[^{inline.label}]:`"
        said.error(inline.line, "no-note", message, hint)
        return Text(f"[^{inline.label}]")

    rewrite = Rewrite(inline=change)
    blocks = rewrite.blocks(blocks)
    found = tuple(
        replace(note, children=rewrite.blocks(note.children)) for note in notes.values()
    )
    for note in found:
        if note.label not in calls and note.label not in twice:
            message = f"nothing calls the note `{note.label}`; set at the chapter's end"
            said.warn(note.line, "unused-note", message)
    return blocks, found


def _as_paragraph(block: Block) -> Block:
    """Text that stands alone in a chapter, behind a raw tag, is a paragraph."""
    return Paragraph(block.children, block.line) if isinstance(block, Plain) else block
