"""What was judged in each document, in the book."""

from collections.abc import Iterator, Mapping

from publish.layout import Layout, Seen
from publish.pdf.judgement import Judged
from publish.pdf.places import Reader


def layout_of(
    judged: Mapping[int, Judged],
    pages: Mapping[tuple[int | None, int], tuple[int, str]],
    readers: Mapping[str, Reader],
) -> Layout:
    """judged: the fragments, by their numbers
    pages: of each page of a fragment, its number in the file and on the paper
    readers: of the chapters, by their names
    """
    seen = [one for n, part in judged.items() for one in _seen(n, part, pages, readers)]
    return Layout(
        tuple(sorted(seen, key=lambda one: (one.page, one.top, one.flaw))),
        sum(part.lines for part in judged.values()),
        sum(part.hyphens for part in judged.values()),
        sum(part.whole for part in judged.values()),
        sum(part.single for part in judged.values()),
    )


def _seen(
    fragment: int,
    part: Judged,
    pages: Mapping[tuple[int | None, int], tuple[int, str]],
    readers: Mapping[str, Reader],
) -> Iterator[Seen]:
    for fault in part.faults:
        place = fault.place
        # What the tool made has nothing to be mended by its author.
        if place is None or place.chapter not in readers:
            continue
        page, folio = pages[fragment, fault.page]
        at = readers[place.chapter].position(place)
        yield Seen(fault.flaw, page, folio, at, fault.top, fault.bottom, fault.amount)
