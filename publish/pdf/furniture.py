"""What stands round the text: running heads and page numbers, on pages without any.

They depend on the whole book, the text does not: so they are set apart, a run of pages
at a time, and laid over the text by `assemble`.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from publish.language import direction
from publish.pdf.fragments import Kind
from publish.pdf.pagination import BookPage

# A document of 2,000 pages takes more than twice as long a page as one of 100.
LONGEST = 100

Heads = Mapping[str, tuple[str, str]]


def runs(pages: Sequence[BookPage]) -> Iterator[Sequence[BookPage]]:
    """Pages that are numbered through, no more than LONGEST. A blank page is in one run
    with the page behind it, which makes it."""
    begin = 0
    for n, (page, after) in enumerate(pairwise(pages), 1):
        full = n - begin >= LONGEST and page.kind is not None
        if after.number != page.number + 1 or full:
            yield pages[begin:n]
            begin = n
    if begin < len(pages):
        yield pages[begin:]


@dataclass(frozen=True, slots=True)
class Round:
    """What decides the furniture of a run beside its pages.

    openings: chapters that begin on a page, by fragment and page
    bare: pages that show a picture and nothing else, by the same
    before: the chapter that the page before the run is of; empty for none
    heads: of each chapter, what stands over the left-hand and the right-hand pages
    shown: what else stands round a page, by fragment and page; see `publish.pdf.heads`
    """

    openings: Mapping[tuple[int, int], Sequence[str]]
    bare: Set[tuple[int, int]]
    before: str
    heads: Heads
    language: str
    shown: Mapping[tuple[int, int], Mapping[str, str]] = field(default_factory=dict)


def furniture_of(run: Sequence[BookPage], round_: Round) -> Element:
    """The document of a run. Its first page belongs to nothing: it says what the
    strings and the number are before the run."""
    language = round_.language
    before = "left" if run[0].recto is (direction(language) == "ltr") else "right"
    root = Element("html", {"lang": language, "dir": direction(language)})
    root.set("style", f"break-before: {before}")
    SubElement(
        SubElement(root, "head"), "style"
    ).text = f"@page :first {{ counter-reset: page {run[0].number - 1} }}"
    body = SubElement(root, "body")
    _mark(SubElement(body, "div"), round_.before, round_.heads)
    after_blank = False
    for page in run:
        if page.kind is not None and page.fragment is not None:
            at = page.fragment, page.index
            kind = Kind.DISPLAY if at in round_.bare else page.kind
            side = "recto" if page.recto else "verso"
            name = f"{kind} {side}" if after_blank else kind.value
            division = SubElement(body, "div", {"class": name})
            for chapter in round_.openings.get(at, ()):
                _mark(division, chapter, round_.heads)
            if data := round_.shown.get(at):
                SubElement(division, "div", {"class": "p-shown", **data})
        after_blank = page.kind is None
    return root


def _mark(division: Element, chapter: str, heads: Heads) -> None:
    book, title = heads.get(chapter, ("", ""))
    data = {"class": "p-mark", "data-book": book, "data-title": title}
    SubElement(division, "div", data)
