"""The text of a PDF with tags, page by page: what its author wrote, as it is read."""

import ctypes
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from operator import itemgetter
from typing import Any
from unicodedata import bidirectional

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from publish.words.letters import letters
from tests.leaves import numbers
from tests.tagged import text_of

# Stands for a picture or a formula.
THING = "\N{OBJECT REPLACEMENT CHARACTER}"
_THINGS = frozenset({"/Figure", "/Formula"})
# Notes, and readings set over a line. Running heads, folios and the heads that tables
# repeat have no tag.
_APART = frozenset({"/Note", "/RT", "/RP"})
# The bullet or the number of an item; what a list explains is text.
_BULLET = re.compile(r"\W*(\w{1,6}[.)]|[.)]\w{1,6})?\W*")
# Points that a sign may stand above or below the line that it is in.
_RAISED = 5

# A piece of text, and how high on the page its line stands.
_Piece = tuple[float, str]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What is compared: letters alone, and a `THING` for each picture and each formula.

    label: in digits of ASCII, if it is a number
    lines: of a book that runs from right to left; others need none
    """

    label: str
    text: str
    lines: tuple[str, ...] = ()


def printed_pages(data: bytes) -> list[PrintedPage]:
    with pypdfium2.PdfDocument(data) as read:
        labels = [read.get_page_label(n) for n in range(len(read))]
        turned = any(_runs_left(p.get_textpage().get_text_bounded()) for p in read)
        words = [_words(page, turned=turned) for page in read]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        reader = _Reader(words, numbers(pdf))
        found: list[list[_Piece]] = [[] for _ in labels]
        for root in pdf.Root.StructTreeRoot.K:
            for page, piece in reader.text(root):
                found[page].append(piece)
    return [
        PrintedPage(label, spelt(text for _, text in pieces), _lines(pieces) * turned)
        for label, pieces in zip(labels, found, strict=True)
    ]


def spelt(texts: Iterable[str]) -> str:
    """The letters and the things of a text."""
    return THING.join(map(letters, "".join(texts).split(THING)))


def _lines(pieces: Iterable[_Piece]) -> tuple[str, ...]:
    lines: list[list[str]] = []
    height = inf
    for at, text in pieces:
        if abs(at - height) > _RAISED:
            height = at
            lines.append([])
        lines[-1].append(text)
    return tuple(filter(None, map(spelt, lines)))


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\W*\d+\W*", text))


@dataclass(frozen=True, slots=True)
class _Reader:
    """words: of each page, what each mark holds
    numbers: of the pages, by their objects
    """

    words: Sequence[Mapping[int, Sequence[_Piece]]]
    numbers: Mapping[tuple[int, int], int]

    def text(self, tag: Any) -> Iterator[tuple[int, _Piece]]:
        """What a tag holds, piece by piece, each with its page."""
        kind = str(tag.S)
        if kind in _APART:
            return
        held = list(self._held(tag))
        whole = "".join(text for _, (_, text) in held)
        if kind in _THINGS:
            places = {page: height for page, (height, _) in reversed(held)}
            yield from ((page, (places[page], THING)) for page in sorted(places))
        elif kind == "/Link" and tag.P.P.S == "/TOCI":
            # The last is the number of the page.
            yield from held[:-1]
        elif kind == "/Link" and is_number(whole):
            # The call of a note, or a page in the index.
            return
        elif kind != "/Lbl" or not _BULLET.fullmatch(whole):
            yield from held

    def _held(self, tag: Any) -> Iterator[tuple[int, _Piece]]:
        kids: Any = tag.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            inside = isinstance(kid, pikepdf.Dictionary)
            if inside and "/S" in kid:
                yield from self.text(kid)
            elif not inside or "/MCID" in kid:
                page = self.numbers[(kid if inside else tag).Pg.objgen]
                mark = int(kid.MCID if inside else kid)
                # Of a drawing there are no words.
                pieces = self.words[page].get(mark, [(0.0, "")])
                yield from ((page, piece) for piece in pieces)


def _words(page: Any, *, turned: bool) -> Mapping[int, Sequence[_Piece]]:
    """What each mark of a page holds, by its number."""
    text = page.get_textpage()
    spread = _spread(text) if turned else {}
    found: dict[int, list[_Piece]] = defaultdict(list)
    # What is deeper is in pictures, and in running heads.
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
        at = ctypes.addressof(item.raw.contents)
        said = spread.get(at, "") if turned else text_of(item, text)
        found[mark].append((item.get_matrix().f, said))
    text.close()
    return found


def _spread(text: Any) -> dict[int, str]:
    """The signs of each piece of text, by its address, in the order of reading: PDFium
    has Latin words among Persian ones the last first."""
    found: dict[int, list[tuple[float, str]]] = defaultdict(list)
    x, y = ctypes.c_double(), ctypes.c_double()
    for n in range(text.count_chars()):
        if item := pdfium.FPDFText_GetTextObject(text, n):
            pdfium.FPDFText_GetCharOrigin(text, n, x, y)
            sign = chr(pdfium.FPDFText_GetUnicode(text, n))
            found[ctypes.addressof(item.contents)].append((x.value, sign))
    return {at: _as_read(signs) for at, signs in found.items()}


def _as_read(signs: Iterable[tuple[float, str]]) -> str:
    """signs: each with its place, from the left"""
    from_left = [sign for _, sign in sorted(signs, key=itemgetter(0))]
    if not any(map(_runs_left, from_left)):
        return "".join(from_left)
    runs = [list(run) for _, run in groupby(reversed(from_left), _runs_left)]
    return "".join(
        "".join(run if _runs_left(run[0]) else reversed(run)) for run in runs
    )


def _runs_left(text: str) -> bool:
    return any(bidirectional(sign) in {"R", "AL"} for sign in text)
