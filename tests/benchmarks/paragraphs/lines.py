"""The spaces between words in the lines of a PDF, whoever made it."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any

import pymupdf

# Times the normal space, as `publish.pdf.judging` has it.
LOOSE = 1.6
_HYPHENS = ("-", "\N{HYPHEN}", "\N{SOFT HYPHEN}")
# Points by which letters on one line may differ in height, and lines in width.
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Evenness:
    """lines: that are as wide as the measure
    others: that are not, which the last lines of paragraphs have to be
    hyphens, loose: of a hundred of the full ones
    deviation: standard, of the spaces, in times the normal one; mean: of the same
    row: most hyphens below each other
    """

    lines: int
    others: int
    hyphens: float
    loose: float
    deviation: float
    mean: float
    row: int
    pages: int


def evenness(pdf: bytes, normal: float, edges: Set[float]) -> Evenness:
    """normal: the advance of a space; edges: where full lines end; both in points"""
    spaces: list[float] = []
    loose = hyphens = row = most = 0
    with pymupdf.open(stream=pdf) as document:
        lines = [line for page in document for line in _lines(page)]
        pages = len(document)
    full = 0
    for line in lines:
        if all(abs(line[-1][2] - edge) > _NEAR for edge in edges):
            row = 0
            continue
        gaps = [gap / normal for gap in _gaps(line)]
        full += 1
        ends = line[-1][0].endswith(_HYPHENS)
        hyphens += ends
        row = row + 1 if ends else 0
        most = max(most, row)
        if gaps:
            loose += fmean(gaps) > LOOSE
            spaces += [fmean(gaps)]
    share = 100 / full
    return Evenness(
        full,
        len(lines) - full,
        hyphens * share,
        loose * share,
        pstdev(spaces),
        fmean(spaces),
        most,
        pages,
    )


# A letter, where it begins and where it ends.
_Letter = tuple[str, float, float]


def _lines(page: Any) -> Iterator[Sequence[_Letter]]:
    rows: dict[float, list[_Letter]] = {}
    # What is drawn, and not what it is said to stand for.
    flags = pymupdf.TEXTFLAGS_RAWDICT | pymupdf.mupdf.FZ_STEXT_IGNORE_ACTUALTEXT
    for block in page.get_text("rawdict", flags=flags)["blocks"]:
        for line in block["lines"]:
            for span in line["spans"]:
                for letter in span["chars"]:
                    height = letter["origin"][1]
                    at = next((y for y in rows if abs(y - height) < _NEAR), height)
                    x = letter["origin"][0]
                    rows.setdefault(at, []).append((letter["c"], x, letter["bbox"][2]))
    for _, row in sorted(rows.items()):
        letters = sorted(row, key=lambda letter: letter[1])
        while letters and letters[-1][0].isspace():
            letters.pop()
        if letters:
            yield letters


def _gaps(line: Sequence[_Letter]) -> Iterator[float]:
    """Between words: from the end of one to the beginning of the next."""
    end: float | None = None
    parted = False
    for letter, left, right in line:
        if letter in {" ", "\N{NO-BREAK SPACE}"}:
            parted = True
            continue
        if parted and end is not None:
            yield left - end
        parted, end = False, right
