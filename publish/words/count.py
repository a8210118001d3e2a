"""Words, and how many of each."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from publish.model import (
    Chapter,
    CiteKey,
    Code,
    CodeBlock,
    DefinitionList,
    Equation,
    Generated,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    NoteReference,
    PageReference,
    Span,
    Term,
    Text,
)
from publish.problems import Position, Problem
from publish.signs import UNSPACED
from publish.walk import chapter_blocks, own_inlines, walk_inlines

# Each sign of a script without spaces counts for itself, because a line may end behind
# any of them.
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
# As many as a message can name and still be read.
NAMED = 8


def words(text: str) -> list[str]:
    return WORD.findall(text)


def written_text(chapter: Chapter) -> str:
    """All words of a chapter, parted where marks part it: "*oil*y" is two.

    With those that are heard and not seen, of pictures and titles.
    """
    return "\n".join(_written(chapter))


def _written(chapter: Chapter) -> Iterator[str]:
    for block in chapter_blocks(chapter):
        if isinstance(block, CodeBlock):
            yield from (block.title, _called(block), block.text)
        elif isinstance(block, Equation):
            yield block.source
        for inline in walk_inlines(own_inlines(block)):
            yield from _texts(inline)


def shown_words(chapter: Chapter) -> Iterator[str]:
    """Every word that is seen on the pages of a chapter: "*oil*y" is one. Of formulas
    those of their source, which stand behind what is seen."""
    for block in chapter_blocks(chapter):
        if isinstance(block, CodeBlock):
            yield from words("".join(_shown(block.caption)))
            yield from words(" ".join((block.title, _called(block), block.text)))
        elif isinstance(block, Equation):
            yield from words(block.source)
        elif isinstance(block, DefinitionList):
            terms = (item.children for item in block.items if isinstance(item, Term))
            yield from (w for term in terms for w in words("".join(_shown(term))))
        else:
            yield from words("".join(_shown(own_inlines(block))))


def _called(block: CodeBlock) -> str:
    """The numbers that stand in code in the place of an author's signs."""
    return " ".join(str(number) for _, number in block.lines.calls)


def _texts(inline: Inline) -> tuple[str, ...]:
    match inline:
        case Text(value) | Code(value) | CiteKey(value) | Math(value):
            return (value,)
        case Image(alt=alt, title=title):
            return alt or "", title
        case Link(title=title):
            return (title,)
        case Span(tag="abbr", attributes=attributes):
            return (attributes.get("title"),)
        case _:
            return ()


def _shown(inlines: Inlines) -> Iterator[str]:
    for inline in walk_inlines(inlines):
        match inline:
            case Text(value) | Code(value):
                yield value
            case Math(source):
                yield f" {source} "
            case CiteKey(key):
                yield f"@{key}"
            case (
                LineBreak() | NoteReference() | PageReference() | Image() | Generated()
            ):
                yield " "


def lost_words(path: Path, lost: Counter[str], where: str) -> Iterator[Problem]:
    """One problem that names the first of them. where: as it reads after "not in" """
    if not lost:
        return
    named = ", ".join(f"“{word}”" for word in list(lost)[:NAMED])
    more = " and others" if len(lost) > NAMED else ""
    count = (
        "1 word of this file is"
        if lost.total() == 1
        else (f"{lost.total()} words of this file are")
    )
    message = f"{count} not in {where}: {named}{more}"
    hint = "this is a fault of publish, not yours: please report it with the file"
    yield Problem(Position(path), "lost-words", message, hint)


def missing(wanted: str, found: str) -> Counter[str]:
    """The words that one text has more of than the other."""
    # A piece that stands in both has its words in both: most need no counting.
    want, have = Counter(_pieces(wanted)), Counter(_pieces(found))
    return _counted(want - have) - _counted(have - want)


def _pieces(text: str) -> list[str]:
    """Lines, and in a manuscript what stands between signs of code, as in its tree."""
    return text.replace("`", "\n").split("\n")


def _counted(pieces: Counter[str]) -> Counter[str]:
    return Counter(words("\n".join(pieces.elements())))


def in_order(lost: Counter[str], text: str) -> Counter[str]:
    """As they stand in *text*, which has them all."""
    return Counter({word: lost[word] for word in words(text) if word in lost})
