"""Words too near to an edge of the page, or over it."""

from collections.abc import Iterator
from functools import partial

from publish.model import Feature
from publish.preflight.document import Leaf
from publish.preflight.drawn import Area, Stroke, Words
from publish.preflight.job import SLACK, Job, told
from publish.preflight.say import Fault
from publish.preflight.spots import from_outside, from_spine, said_at, spot

# Half a point is nothing to a knife.
_NEARLY = 0.5
# What is as narrow as this, outside of what is cut, is a mark for whoever cuts it.
_NARROW = 3


def margins(leaf: Leaf, job: Job) -> Iterator[Fault]:
    if leaf.turned or not job.knows(leaf):
        # Nobody can tell where its spine is.
        return
    free = job.printer.margins
    gutter = free.gutter(job.pages)
    outer = free.outer(bleed=job.printing.bleed)
    near_spine = f"words are nearer to the spine than {job.length(gutter)}"
    of_pages = f"a book of {job.pages} pages needs that inner margin"
    near_edge = f"words are nearer to the edge than {job.length(outer)}"
    for thing in leaf.things:
        if not isinstance(thing, Words) or not thing.box.meets(leaf.media):
            continue
        inside = from_spine(thing.box, leaf, job)
        outside = from_outside(thing.box, leaf, job)
        if inside > gutter - _NEARLY and outside > outer - _NEARLY:
            continue
        where = partial(said_at, thing, leaf, job)
        if min(inside, outside) < -_NEARLY:
            yield Fault(
                leaf.number,
                "print-cut",
                "words are cut off",
                hint="move them into the page",
                weight=-min(inside, outside),
                where=where,
            )
            continue
        if inside < gutter - _NEARLY:
            yield Fault(
                leaf.number,
                "print-gutter",
                near_spine,
                hint=f"{of_pages}{told(free.source)}",
                weight=-inside,
                where=where,
            )
        if outside < outer - _NEARLY:
            yield Fault(
                leaf.number,
                "print-margin",
                near_edge,
                job.length(outside),
                f"make the outer margins wider{told(free.source)}",
                weight=-outside,
                where=where,
            )


def marks(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """Nothing stands beside the page that is not printed on it."""
    if Feature.MARKS not in job.forbids or not job.knows(leaf):
        return
    trim = job.trim_box(leaf).grown(-SLACK)
    says = "there are marks for the press beside the page"
    hint = f"leave them out{told(job.printer.file.source)}"
    for thing in leaf.things:
        match thing:
            case Stroke(box=box) | Area(box=box):
                narrow = min(box.width, box.height) < _NARROW
            case _:
                continue
        if narrow and box.meets(leaf.media) and not box.meets(trim):
            where = partial(spot, box, leaf, job)
            yield Fault(leaf.number, "print-marks", says, hint=hint, where=where)
