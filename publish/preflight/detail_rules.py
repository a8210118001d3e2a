"""The finest that a printer prints: letters, lines, greys and pixels."""

from collections.abc import Iterator
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
    """Pictures have as many pixels as can be seen, line art twice as many."""
    detail = job.printer.detail
    if not detail.pixels:
        return
    for thing in leaf.things:
        if not isinstance(thing, Picture) or min(thing.size) <= 1:
            # One pixel that is drawn large is an area.
            continue
        is_art = thing.bits == 1
        least = detail.pixels * (2 if is_art else 1)
        if thing.pixels < least * _NEARLY:
            name, code = "pictures have", "print-pixels"
            if is_art:
                name, code = "line art has", "print-line-art"
            says = f"{name} fewer than {least:g} pixels to the inch"
            hint = f"take a larger one, or show it smaller{told(detail.source)}"
            here, where = f"{thing.pixels:.0f}", partial(spot, thing.box, leaf, job)
            yield Fault(
                leaf.number,
                code,
                says,
                here,
                hint,
                Severity.WARNING,
                -thing.pixels,
                where,
            )
