"""The text of a chapter as it flows through either output: which page begins where.

Print and the EPUB are written from the same tree, so a block of text has the same
letters in both. A place is said by the block that it is in and the letters of it that
come before; what is counted are letters and digits alone, so that a hyphen at the end
of a line counts for nothing. A formula counts as one letter.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Generic, TypeVar

from publish.words.letters import letters

P = TypeVar("P")

# Elements within a line (HTML, phrasing content); all others begin and end a block.
_IN_LINES = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q ruby s samp"
        " small span strong sub sup time u var wbr",
    )
)
# What has no letters in common with what the other output makes of it, and readings,
# which print sets as boxes.
_APART = frozenset({"head", "math", "svg", "rt", "rp"})
# Stands for a formula, of which each output has letters of its own.
_FORMULA = "\N{OBJECT REPLACEMENT CHARACTER}"
# Letters behind a place by which it is found where its block has changed; fewer tell
# too little.
AHEAD, ENOUGH = 60, 12


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the flow of a chapter.

    chapter: `Chapter.name`
    block: what `named` calls the block that it is in
    nth: how many blocks before that one say the same
    letters: of the block before the place
    ahead: the letters that follow in the block, as many as `AHEAD` at most; empty where
        nobody needs them
    """

    chapter: str
    block: str
    nth: int
    letters: int
    ahead: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a print edition.

    label: the number as it is printed
    places: where its text begins; behind that, where further blocks of it begin, for an
        EPUB that leaves out the first of them
    """

    label: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Paging:
    """The pages of the print edition that an EPUB tells.

    source: what the edition is known by: its ISBN as a URN, or words
    """

    source: str
    pages: tuple[PrintedPage, ...]

    def within(self, chapters: Container[str]) -> dict[str, list[PrintedPage]]:
        """The pages that begin in these chapters, by the names of both. A page with the
        text of several belongs to the first of them."""
        found: dict[str, list[PrintedPage]] = {}
        for page in self.pages:
            names = (p.chapter for p in page.places if p.chapter in chapters)
            if name := next(names, ""):
                places = tuple(p for p in page.places if p.chapter == name)
                found.setdefault(name, []).append(PrintedPage(page.label, places))
        return found


@dataclass(frozen=True, slots=True)
class Piece(Generic[P]):
    """Text without an element in it, or a formula.

    at: where whoever reads the flow has it from
    """

    text: str
    letters: str
    at: P


@dataclass(slots=True)
class Block(Generic[P]):
    """Text from one edge of a block to the next; or a picture."""

    pieces: list[Piece[P]] = field(default_factory=list)
    picture: str = ""

    @property
    def letters(self) -> str:
        return "".join([piece.letters for piece in self.pieces])

    @property
    def name(self) -> str:
        return self.picture or named(self.letters)


class Flow(Generic[P]):
    """Filled by who goes through the XHTML of a chapter, element by element."""

    def __init__(self) -> None:
        self.blocks: list[Block[P]] = []
        self._open: Block[P] = Block()
        self._apart = 0

    def begin(self, tag: str, *, apart: bool = False) -> None:
        """apart: whether the text of the element is none of the flow, as that of the
        call of a note"""
        if self._apart or apart or tag in _APART:
            self._apart += 1
        elif tag not in _IN_LINES:
            self.close()

    def end(self, tag: str) -> None:
        if self._apart:
            self._apart -= 1
        elif tag not in _IN_LINES:
            self.close()

    def text(self, text: str, at: P) -> None:
        if text and not self._apart:
            self._open.pieces.append(Piece(text, letters(text), at))

    def formula(self, at: P) -> None:
        if not self._apart:
            self._open.pieces.append(Piece("", _FORMULA, at))

    def picture(self, address: str, at: P) -> None:
        """address: its last part is the file's name, in either output"""
        if not self._apart:
            self.close()
            name = f"picture {address.rpartition('/')[2]}"
            self.blocks.append(Block([Piece("", "", at)], name))

    def close(self) -> None:
        """End the block, if there is one."""
        if any(piece.letters for piece in self._open.pieces):
            self.blocks.append(self._open)
        self._open = Block()

    def nths(self) -> Iterator[tuple[Block[P], int]]:
        """Each block, with how many before it say the same."""
        met: dict[str, int] = {}
        for block in self.blocks:
            name = block.name
            yield block, met.get(name, 0)
            met[name] = met.get(name, 0) + 1


def named(text: str) -> str:
    """A short name for a block of these letters, which no other letters have."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
