"""Look for letters that no font of a style can draw."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, name, normalize

from publish.fonts import covers
from publish.manuscript import Source
from publish.model import Block, Book, Chapter, Code, CodeBlock, Generated, Text
from publish.problems import Position, Problem, Severity
from publish.style import Style
from publish.walk import chapter_blocks, own_inlines, walk_inlines

# Marks that choose between two forms of the letter before them.
_VARIANTS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


def check_letters(
    book: Book, sources: Sequence[Source], styles: Iterable[Style]
) -> Iterator[Problem]:
    """A problem for each letter that one of *styles* lacks, at its first place."""
    letters = dict.fromkeys(sorted(letters_of(book)))
    for style in styles:
        for letter in undrawn(letters, style):
            del letters[letter]
            yield no_glyph(letter, _first(letter, book, sources))


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
        and letter not in _VARIANTS
        and not any(
            codes <= covers(face)
            for face in faces
            for codes in ({ord(letter)}, set(map(ord, normalize("NFD", letter))))
        )
    )


_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, CodeBlock):
        yield block.text
    for inline in walk_inlines(own_inlines(block)):
        if isinstance(inline, Text | Code | Generated):
            yield inline.value


def _first(letter: str, book: Book, sources: Sequence[Source]) -> Position:
    # What the tool wrote says again what the author did: their own place first.
    chapters = sorted(book.chapters, key=lambda chapter: chapter.generated)
    for chapter in chapters:
        for block in chapter_blocks(chapter):
            if any(letter in text for text in _texts(block)):
                return _place(letter, chapter, getattr(block, "line", 0), sources)
    return Position(book.chapters[0].path)


def _place(
    letter: str, chapter: Chapter, line: int, sources: Sequence[Source]
) -> Position:
    """With the column, where the letter stands in the file as itself."""
    text = next((s.text for s in sources if line and s.file == chapter.source), "")
    for number, written in enumerate(text.split("\n")[line - 1 :], line):
        if letter in written:
            return Position(chapter.path, number, written.index(letter) + 1)
    return Position(chapter.path, line)


def no_glyph(letter: str, at: Position) -> Problem:
    """The problem for a letter that cannot be drawn."""
    title = name(letter, f"U+{ord(letter):04X}").lower()
    return Problem(
        at,
        "no-glyph",
        f"no font of the style can draw {letter} ({title})",
        hint="publish-press[cjk] and publish-press[emoji] bring more fonts",
        severity=Severity.WARNING,
    )
