"""The finest that a printer prints: letters, lines, greys and pixels."""

from collections.abc import Callable, Iterator
from functools import partial

from publish.preflight.document import Leaf
from publish.preflight.drawn import Area, Picture, Stroke, Words
from publish.preflight.job import Job, told
from publish.preflight.say import Fault
from publish.preflight.spots import said_at, spot
from publish.problems import Severity

# What is one hundredth smaller is nothing to any eye: files round.
_NEARLY = 0.99
# What eight bits can say of a grey.
_LIGHTEST = 0.3


def small_type(leaf: Leaf, job: Job) -> Iterator[Fault]:
    detail = job.printer.detail
    least = detail.type * _NEARLY
    says = f"letters are smaller than {detail.type:g} pt"
    hint = f"set them larger{told(detail.source)}"
    for thing in leaf.things:
        if isinstance(thing, Words) and not thing.font.drawn and thing.size < least:
            here, where = f"{thing.size:.1f} pt", partial(said_at, thing, leaf, job)
            yield Fault(
                leaf.number,
                "print-small-type",
                says,
                here,
                hint,
                Severity.WARNING,
                -thing.size,
                where,
            )


def thin_lines(leaf: Leaf, job: Job) -> Iterator[Fault]:
    detail = job.printer.detail
    least = detail.line * _NEARLY
    says = f"lines are thinner than {detail.line:g} pt"
    hint = f"draw them wider{told(detail.source)}"
    if not detail.line:
        says = "lines have no width: each machine draws them as thin as it can"
        hint = "give them a width"
    for thing in leaf.things:
        match thing:
            case Stroke(width=width):
                thin = width < least or not width
            case Area(thin=width):
                thin = 0 < width < least
            case _:
                continue
        if thin and not thing.colour.is_white:
            here, where = f"{width:.2f} pt", partial(spot, thing.box, leaf, job)
            yield Fault(
                leaf.number,
                "print-hairline",
                says,
                here,
                hint,
                Severity.WARNING,
                -width,
                where,
            )


def pale(leaf: Leaf, job: Job) -> Iterator[Fault]:
    detail = job.printer.detail
    says = f"grey is lighter than {detail.grey:g} %"
    hint = f"it comes out as white: make it darker{told(detail.source)}"
    for thing in leaf.things:
        grey = thing.colour.grey
        if _LIGHTEST < grey < detail.grey * _NEARLY:
            here, where = f"{grey:.0f} %", partial(spot, thing.box, leaf, job)
            yield Fault(
                leaf.number,
                "print-pale",
                says,
                here,
                hint,
                Severity.WARNING,
                -grey,
                where,
            )


def pixels(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """Pictures have as many pixels as can be seen."""
    least = job.printer.detail.pixels
    says = f"pictures have fewer than {least:g} pixels to the inch"
    for picture in _pictures(leaf):
        if picture.bits > 1 and picture.pixels < least * _NEARLY:
            here, where = _coarse(picture, leaf, job)
            yield Fault(
                leaf.number,
                "print-pixels",
                says,
                here,
                _larger(job),
                Severity.WARNING,
                -picture.pixels,
                where,
            )


def line_art(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """What is black or white, and nothing between, has twice as many: its edges show
    each of them."""
    least = 2 * job.printer.detail.pixels
    says = f"line art has fewer than {least:g} pixels to the inch"
    for picture in _pictures(leaf):
        if picture.bits == 1 and picture.pixels < least * _NEARLY:
            here, where = _coarse(picture, leaf, job)
            yield Fault(
                leaf.number,
                "print-line-art",
                says,
                here,
                _larger(job),
                Severity.WARNING,
                -picture.pixels,
                where,
            )


def _pictures(leaf: Leaf) -> Iterator[Picture]:
    for thing in leaf.things:
        # One pixel that is drawn large is an area.
        if isinstance(thing, Picture) and min(thing.size) > 1:
            yield thing


def _coarse(picture: Picture, leaf: Leaf, job: Job) -> tuple[str, Callable[[], str]]:
    return f"{picture.pixels:.0f}", partial(spot, picture.box, leaf, job)


def _larger(job: Job) -> str:
    return f"take a larger one, or show it smaller{told(job.printer.detail.source)}"
