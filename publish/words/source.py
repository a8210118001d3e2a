"""From the manuscript to the tree, by a coarse scan that knows no Markdown."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from publish.as_written import as_written
from publish.crew import NO_KIT, Executor, Files, Here, Work
from publish.dialect import Dialect
from publish.manuscript.source import Source
from publish.model import Chapter, Metadata
from publish.problems import Problem
from publish.signs import UNSPACED
from publish.words.count import in_order, lost_words, missing, words, written_text

# Within a tag a line may end, but not a paragraph.
QUOTED = r""""(?:[^"\n]|\n(?!\s*\n))*"|'(?:[^'\n]|\n(?!\s*\n))*'"""
# Tags and comments, which may stand within a word.
TAG = rf"""<!--(?s:.*?)-->
      | <(?P<opaque>script|style|template)\b(?s:.*?)</(?P=opaque)\s*>
      | </?[A-Za-z](?:[^<>"'\n]|\n(?!\s*\n)|{QUOTED})*>
      | <\?(?s:.*?)\?>
      | <![A-Za-z][^<>]*>
      | <!\[CDATA\[
"""
TITLE = r"""(?:"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\))"""
# An address, with brackets in it as deep as they come.
INNER = r"\((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*+\))*+\)"
ADDRESS = rf"(?:<[^<>\n]*+>|(?:\\.|[^\s()<\\]|{INNER})*+)"
# A file name with spaces, which CommonMark takes for text.
SPACED = (
    r"\([^()<>\"'\n]*[ ][^()<>\n]*\.[A-Za-z0-9]{1,5}(?:\#[^()\"'\n]*)?"
    rf"(?=(?:\s+{TITLE})?\s*\))"
)
# Signs of a label in brackets.
LABEL = r"(?:\\.|[^\[\]\\])"
ATTRIBUTE = r"""(?:[#.][^\s{}]+|[\w:.-]+=(?:"[^"]*"|'[^']*'|[^\s{}"']+)|-)"""
# Fenced code, where all of this is text but the words behind the fence.
CODE = r"""^[ \t>*+-]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)\n
        (?s:.*?)^[ \t>]*(?P=fence)[`~]*[ \t]*$
"""
# Links that no book may have, which lose their title with their address.
REFUSED = r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:"
# Signs of a division, and of a page break.
ALERT = r"\[!(?:note|tip|important|warning|caution)\]"
BREAK = r"(?:\\(?:newpage|pagebreak|clearpage)|\{\{<\s*pagebreak\s*>\}\})"
# A fence that holds Markdown: all but its own two lines is text like any other.
MYST = re.compile(
    r"^([ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*"
    r"\{(?:note|tip|important|warning|caution|admonition|seealso|hint|attention|danger"
    r"|error)\}(?P<title>[^`\n]*)\n"
    r"(?P<inside>(?s:.*?))^[ \t>]*(?P=fence)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
# The word before the number of a page behind a key, for which a style of citations has
# its own: "[@key, pp. 3-5]", "[@key p. 3]", "@key [p. 3]".
PLACED = r"(?:[,،]\s*|\s+\[?|\{)(?!\d)[^\W\d_][\w.]*\.?\s*(?=[\dIVXLCivxlc(])"
# A key without braces, which ends before a script without spaces.
_SIGN = r"[:.\#$%&+?<>~/-]"
CITED = rf"""(?:(?:[^\W{UNSPACED}]|{_SIGN}(?=[^\W{UNSPACED}]))+
        (?:{_SIGN}(?=\w)(?:\w|{_SIGN}(?=\w))+)?|(?:\w|{_SIGN}(?=\w))+)"""
# What stands in a source and is not text: addresses, attributes, labels, entities, the
# languages of code, the numbers and boxes of list items. And the word that begins a
# citation, which has a capital letter where it begins a note.
NOT_TEXT = re.compile(
    # Most of a text is none of these, and is passed over by its first sign.
    rf"""(?:^|(?=[<\]\[{{&@]))(?:
      (?P<code>{CODE})
      | {TAG}
      | <[^\s<>]+>
      | \]\(\s*{REFUSED}{ADDRESS}\s+{TITLE}
      | \]{SPACED}
      | \]\(\s*{ADDRESS}(?=(?:\s+{TITLE})?\s*\))
      | (?<=\])\[{LABEL}*\]
      | \[\^[^\]\s]+\]
      | {ALERT}
      | (?u:(?<![@/])(?<![^\W{UNSPACED}])
        @(?:\{{[^\s{{}}]+\}}|{CITED})
        (?:{PLACED})?)
      | (?u:\[[\s*_]*[^\W\d_]\w*(?=[^\[\]@]*@))
      | ^[ \t>+-]*\*\[{LABEL}+\]:[^\n]*$
      | ^[ \t>*+-]*\[(?!\^){LABEL}+\]:[ \t]*(?:\n[ \t>]*)?(?:<[^<>\n]*>|\S+)
        (?:\s+{TITLE})?[ \t]*$
      | \{{(?:su[bp](?:script|erscript)?|del|strike|u|underline|sc|smallcaps|kbd
          |keyboard|abbr|abbreviation)\}}(?=`)
      | \{{:?\s*{ATTRIBUTE}(?:\s+{ATTRIBUTE})*\s*\}}
      | ^[ \t>*+-]*(?:`{{3,}}[^`\n]*|~{{3,}}[^\n]*|:{{3,}}[^\n]*)$
      | ^(?:[ \t>*+-]|\d{{1,9}}[.)][ \t])*\d{{1,9}}[.)](?=\s)
      | ^(?:[ \t>*+-]|\d{{1,9}}[.)][ \t])*{BREAK}[ \t]*$
      | &\#?\w+;
      | (?<=[*+.)-][ \t])\[[ xX]\](?=\s)
    )""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE | re.ASCII,
)
# A line of code in whose place stands what it names.
INCLUDE = re.compile(r"\{\{\s*#(?:rustdoc_)?include\s[^{}\n]*\}\}")
TAGS = re.compile(TAG, re.VERBOSE | re.IGNORECASE)
_PLAIN = Dialect()
# A reading over a word is an attribute that is shown.
READING = re.compile(r"""\bruby=("[^"]*"|'[^']*'|[^\s{}"']+)""")
# Words that stand elsewhere; and code, where they are only shown.
CALL = r"""\{\{(?:<\s*(?P<kind>var|meta)\s+(?P<name>[\w.:-]+)\s*>
            | \s*(?P<short>[\w.:-]+)\s*)\}\}"""
CALLS = re.compile(CALL, re.VERBOSE)
CALLS_AND_CODE = re.compile(
    rf"""(?P<code>{CODE})
      | (?<!\\)(?P<ticks>`+)(?:[^`\n]|\n(?!\s*\n))+(?P=ticks)
      | {CALL}""",
    re.VERBOSE | re.MULTILINE,
)


def lost_in_tree(
    sources: Iterable[Source],
    chapters: Sequence[Chapter],
    metadata: Metadata,
    dialect: Dialect = _PLAIN,
    executor: Executor | None = None,
) -> Iterator[Problem]:
    """A problem for each file with words that are not in the tree and should be.

    Headings that became the book's data are found there, and words that a file calls
    from elsewhere must have come.

    executor: who compares them; None for this process
    """
    values = {
        **{("meta", name): value for name, value in dialect.data},
        **{("var", name): value for name, value in dialect.variables},
    }
    data = " ".join(_data(metadata))
    found: dict[str, list[str]] = {}
    for chapter in as_written(chapters):
        if not chapter.generated:
            found.setdefault(chapter.source, []).append(written_text(chapter))
    executor = executor or Here()
    begun: list[tuple[Path, Future[Counter[str]]]] = []
    for source in sources:
        in_tree = "\n".join(found.get(source.file, ()))
        text = source.text if source.plain else _filled(source.text, in_tree, values)
        work = Work(_lost, NO_KIT, _Texts(text, in_tree, data), here=True)
        begun.append((source.path, executor.submit(work)))
    counted = executor.gather([future for _, future in begun])
    for (path, _), lost in zip(begun, counted, strict=True):
        yield from lost_words(path, lost, "the book")


@dataclass(frozen=True, slots=True)
class _Texts:
    """All words of a file, those of it that are in the book, and those that need not
    be."""

    text: str
    in_tree: str
    data: str

    def spelt(self) -> Iterator[str]:
        yield from (self.text, self.in_tree, self.data)


def _filled(text: str, in_tree: str, values: Mapping[tuple[str, str], str]) -> str:
    """With the words in it that it calls from elsewhere, but where the tree shows the
    call itself, as it does in code."""
    if "{{" not in text:
        return text
    shown = Counter(found[0] for found in CALLS.finditer(in_tree))
    in_code = Counter(
        found[0]
        for code in CALLS_AND_CODE.finditer(text)
        if not _is_call(code)
        for found in CALLS.finditer(code[0])
    )
    # Those in code are shown first, whatever this scan takes for code.
    in_code &= shown
    shown -= in_code

    def value(found: re.Match[str], kept: Counter[str]) -> str:
        name = (found["name"] or found["short"]).removeprefix("book.")
        words = values.get((found["kind"] or "var", name))
        if words is None or kept[found[0]] > 0:
            kept[found[0]] -= 1
            return found[0]
        return words

    def piece(found: re.Match[str]) -> str:
        if _is_call(found):
            return value(found, shown)
        return CALLS.sub(lambda call: value(call, in_code), found[0])

    return CALLS_AND_CODE.sub(piece, text)


def _is_call(found: re.Match[str]) -> bool:
    return not (found["code"] or found["ticks"])


def _data(metadata: Metadata) -> Iterator[str]:
    """What headings say that became the book's data."""
    yield from ("Title", metadata.title, "Subtitle", metadata.subtitle)
    yield from ("Year Date", metadata.published)
    yield from (f"Author Translator Editor {person.name}" for person in metadata.people)


def _lost(_kit: None, texts: _Texts, _files: Files) -> Counter[str]:
    """What is missing in each way to read the source.

    In code `&eacute;` is eight signs, elsewhere one; a tag may stand within a word.
    """
    data = frozenset(words(texts.data))
    lost = _missing(texts.text, texts.in_tree, data)
    for reading in (unescape, _joined):
        if lost:
            lost &= _missing(reading(texts.text), texts.in_tree, data)
    return in_order(lost, texts.text) if lost else lost


def _missing(text: str, in_tree: str, data: frozenset[str]) -> Counter[str]:
    lost = missing(text, in_tree)
    if not lost:
        return lost
    opened = MYST.sub(r"\g<title>\n\g<inside>", text)
    if opened != text:
        return _missing(opened, in_tree, data)
    excused = [_excused(found) for found in NOT_TEXT.finditer(text)]
    lost -= Counter(words(" ".join(excused)))
    if known := data & lost.keys():
        lines = (line for line in text.splitlines() if _is_all(line, data, known))
        lost -= Counter(words(" ".join(lines)))
    return lost


def _excused(found: re.Match[str]) -> str:
    if not found["code"]:
        return READING.sub("ruby", found[0])
    return " ".join((found["info"] or "", *INCLUDE.findall(found["code"])))


def _is_all(line: str, data: frozenset[str], known: frozenset[str]) -> bool:
    """Whether the line says nothing but what is data. known: what it might excuse"""
    return any(map(line.__contains__, known)) and data.issuperset(words(line))


def _joined(text: str) -> str:
    return unescape(TAGS.sub("", text))
