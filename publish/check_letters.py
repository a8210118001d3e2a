"""Look for letters that no font of a style can draw."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from unicodedata import category, name, normalize

from publish.fonts import covers
from publish.manuscript import Source
from publish.model import (
    Block,
    Book,
    Chapter,
    CiteKey,
    Code,
    CodeBlock,
    Equation,
    Generated,
    Index,
    PageReference,
    Text,
)
from publish.problems import Position, Problem, Severity
from publish.style import Style
from publish.walk import (
    chapter_blocks,
    index_entries,
    own_inlines,
    plain_text,
    walk_inlines,
)

# Marks that choose between two forms of the letter before them, and other signs that
# are never seen (Unicode, Default_Ignorable_Code_Point).
_IGNORED = frozenset(
    map(
        chr,
        (
            *(0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F),
            *(0x3164, 0xFFA0),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def check_letters(
    books: Iterable[tuple[Book, Style]], sources: Sequence[Source]
) -> Iterator[Problem]:
    """A problem for each letter that its style lacks, at its first place.

    books: of each edition what it holds, and its style
    """
    found: dict[str, Position] = {}
    chapters: tuple[Chapter, ...] | None = None
    letters = frozenset[str]()
    for book, style in books:
        # Most books hold the same in all editions.
        if book.chapters is not chapters:
            chapters, letters = book.chapters, letters_of(book)
        if missing := set(undrawn(letters, style)) - found.keys():
            found |= _first_places(missing, book, sources)
    for letter in sorted(found):
        yield no_glyph(letter, found[letter])


def letters_of(book: Book) -> frozenset[str]:
    """Every letter that is seen in the book."""
    blocks = (block for chapter in book.chapters for block in chapter_blocks(chapter))
    return frozenset[str]().union(*(text for block in blocks for text in _texts(block)))


def undrawn(letters: Iterable[str], style: Style) -> tuple[str, ...]:
    """Those of *letters* that no font of the style draws, whole or from their parts.

    White space, marks that choose a variant and what controls the text are not drawn.
    """
    faces = [font.faces[0] for font in style.fonts]
    return tuple(
        letter
        for letter in letters
        if category(letter) not in _UNSEEN
        and letter not in _IGNORED
        and not any(
            codes <= covers(face) for face in faces for codes in _spellings(letter)
        )
    )


def _spellings(letter: str) -> Iterator[set[int]]:
    yield {ord(letter)}
    parts = normalize("NFD", letter)
    if len(parts) > 1:
        yield set(map(ord, parts))


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, CodeBlock):
        yield block.title + block.text
    if isinstance(block, Index):
        yield from _index_texts(block)
    if isinstance(block, Equation):
        yield block.number
    for inline in walk_inlines(own_inlines(block)):
        match inline:
            case Text(value) | Code(value) | Generated(value) | CiteKey(value):
                yield value
            case PageReference(words=words, screen=screen):
                yield words + screen


def _index_texts(index: Index) -> Iterator[str]:
    yield from (index.see, index.see_also, index.comma, index.semicolon)
    yield from (group.letter for group in index.groups)
    for entry in index_entries(index):
        yield plain_text(entry.words)
        yield from (other.words for other in (*entry.see, *entry.see_also))


def _first_places(
    letters: Set[str], book: Book, sources: Sequence[Source]
) -> Mapping[str, Position]:
    """Where each letter stands first."""
    places: dict[str, Position] = {}
    files = {source.file: source.text.split("\n") for source in sources}
    # What the tool wrote says again what the author did: their own place first.
    for chapter in sorted(book.chapters, key=lambda chapter: chapter.generated):
        lines, line = files.get(chapter.source, []), 0
        for block in chapter_blocks(chapter):
            # Text in a list or a table has the line of what it stands in.
            line = getattr(block, "line", 0) or line
            for letter in letters & set("".join(_texts(block))):
                if letter not in places:
                    places[letter] = _place(letter, chapter, block, line, lines)
    return places


def _place(
    letter: str, chapter: Chapter, block: Block, line: int, lines: Sequence[str]
) -> Position:
    """With the column, where the letter stands in its block as itself."""
    for number, written in enumerate(lines[line - 1 :] if line else (), line):
        if letter in written:
            return Position(chapter.path, number, written.index(letter) + 1)
        if not written.strip() and not isinstance(block, CodeBlock):
            break
    return Position(chapter.path, line)


def no_glyph(letter: str, at: Position) -> Problem:
    """The problem for a letter that cannot be drawn."""
    title = name(letter, "").lower() or f"U+{ord(letter):04X}"
    return Problem(
        at,
        "no-glyph",
        f"no font of the style can draw {letter} ({title})",
        hint="publish-press[cjk] and publish-press[emoji] bring more fonts",
        severity=Severity.WARNING,
    )
