"""Whether the pages have the size and the boxes that the printer wants."""

from collections.abc import Iterator

from publish.model import Feature, Source, same
from publish.preflight.document import Document, Leaf
from publish.preflight.drawn import Area, Picture
from publish.preflight.job import SLACK, Job, told
from publish.preflight.place import Box
from publish.preflight.say import Fault
from publish.problems import Severity


def trim_offered(_document: Document, job: Job) -> Iterator[Fault]:
    sizes = job.printer.sizes
    if not sizes.offers(job.trim):
        says = f"{job.printer.name} prints no books of {job.size(job.trim)}"
        hint = f"choose one of its sizes{told(sizes.source)}"
        yield Fault(0, "print-trim", says, hint=hint)


def one_size(document: Document, job: Job) -> Iterator[Fault]:
    """All pages are as large as the first."""
    first = document.pages[0].size
    for leaf in document.pages:
        if not same(leaf.size, first):
            says = f"the page has another size than the first, {job.size(first)}"
            hint = "make all pages as large as each other"
            yield Fault(leaf.number, "print-sizes", says, job.size(leaf.size), hint)


def turned(leaf: Leaf, job: Job) -> Iterator[Fault]:
    if leaf.turned:
        says = "the page is turned"
        hint = f"{job.printer.name} prints it upright: turn what is on it instead"
        here = f"by {leaf.turned}°"
        yield Fault(leaf.number, "print-turned", says, here, hint)


def sheet_size(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """A page is as large as the trim, with bleed where there is some."""
    if same(leaf.size, job.sheet) or _has_room_for_marks(leaf, job):
        return
    bleed = job.printer.bleed
    if _is_spread(leaf, job):
        if Feature.SPREADS in job.forbids:
            says = "two pages of the book are on one page of the file"
            hint = f"make a page of each{told(job.printer.file.source)}"
            yield Fault(leaf.number, "print-spread", says, job.size(leaf.size), hint)
        return
    cut = job.size(job.trim)
    if job.bleed:
        says = f"the page is not {job.size(job.sheet)}, which is {cut} with bleed"
        source = bleed.source
    else:
        says = f"the page is not {cut}"
        source = job.printer.sizes.source if job.printer.key else Source()
    hint = f"make each page of the file {job.size(job.sheet)}{told(source)}"
    yield Fault(leaf.number, "print-page-size", says, job.size(leaf.size), hint)


def _has_room_for_marks(leaf: Leaf, job: Job) -> bool:
    """Whether the page says where it is cut, and has all of the bleed round it and
    more, for a printer who takes marks."""
    return (
        Feature.MARKS not in job.forbids
        and leaf.trim is not None
        and _is_size(leaf.trim, job)
        and leaf.media.grown(SLACK).holds(job.sheet_box(leaf))
    )


def _is_spread(leaf: Leaf, job: Job) -> bool:
    two = 2 * job.trim.width
    return two - SLACK < leaf.media.width < two + 4 * (job.printer.bleed.width + SLACK)


def boxes(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """The boxes that a page has lie where they belong."""
    for name, what in _wrong_boxes(leaf, job):
        hint = f"its {name} has to be {what}, or leave it out"
        says = f"the {name} of the page is wrong"
        yield Fault(leaf.number, "print-boxes", says, what, hint)


def _wrong_boxes(leaf: Leaf, job: Job) -> Iterator[tuple[str, str]]:
    """The names of boxes, and what they should be."""
    media = leaf.media.grown(SLACK)
    if leaf.trim is not None:
        if not _is_size(leaf.trim, job) or not media.holds(leaf.trim):
            yield "TrimBox", job.size(job.trim)
        elif same(leaf.size, job.sheet) and not _sits(leaf.trim, leaf, job):
            yield "TrimBox", f"{job.length(job.bleed)} from the edges, not at the spine"
    if leaf.crop is not None and not leaf.crop.grown(SLACK).holds(leaf.media):
        yield "CropBox", "as large as the page"
    if leaf.bleed is not None:
        wanted = job.sheet_box(leaf).within(leaf.media)
        if job.bleed and not leaf.bleed.grown(SLACK).holds(wanted):
            yield "BleedBox", f"{job.length(job.bleed)} larger than the cut page"
        elif not media.holds(leaf.bleed):
            yield "BleedBox", "within the page"


def _is_size(box: Box, job: Job) -> bool:
    return (
        abs(box.width - job.trim.width) < SLACK
        and abs(box.height - job.trim.height) < SLACK
    )


def _sits(trim: Box, leaf: Leaf, job: Job) -> bool:
    """Whether what is printed round the trim is what the page has round it."""
    sheet = job.sheet_box(leaf)
    return sheet.grown(SLACK).holds(leaf.media) and leaf.media.grown(SLACK).holds(trim)


def bleeds(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """What is printed up to the edge goes on beyond it."""
    bleed = job.printer.bleed
    if not bleed.width or not job.knows(leaf):
        return
    if job.bleed:
        says = f"what is printed up to the edge ends before {job.length(job.bleed)}"
        do = "let it go on as far beyond the edge"
    else:
        says = "something is printed up to the edge, and the file has no bleed"
        do = f"give it bleed of {job.length(bleed.width)}, or end it before the edge"
    hint = f"{do}{told(bleed.source)}"
    for thing in leaf.things:
        if isinstance(thing, Area | Picture) and not thing.colour.is_white:
            for edge in _short(thing.box, leaf, job):
                yield Fault(
                    leaf.number, "print-bleed", says, edge, hint, Severity.WARNING
                )


def _short(box: Box, leaf: Leaf, job: Job) -> Iterator[str]:
    """The edges of the cut page that the box reaches without going on as far as it
    should. Where nothing is cut at the spine, it may end there."""
    trim, sheet = job.trim_box(leaf), job.sheet_box(leaf)
    if not box.meets(trim):
        return
    at_spine = "left" if job.spine_left(leaf) else "right"
    edges = {
        "left": (box.left - trim.left, box.left - sheet.left),
        "foot": (box.bottom - trim.bottom, box.bottom - sheet.bottom),
        "right": (trim.right - box.right, sheet.right - box.right),
        "top": (trim.top - box.top, sheet.top - box.top),
    }
    for name, (to_trim, to_sheet) in edges.items():
        free = name == at_spine and not job.printer.bleed.spine
        if to_trim < SLACK and not free and (to_sheet > SLACK or not job.bleed):
            yield f"at the {name}"
