"""Colours, inks, and what lets other things shine through."""

from collections.abc import Iterator
from functools import partial

from publish.model import Feature, Ink, Space
from publish.preflight.document import Leaf
from publish.preflight.drawn import Picture, Thing, Words
from publish.preflight.job import Job, told
from publish.preflight.pictures import most_ink
from publish.preflight.say import Fault, shown
from publish.preflight.spots import said_at, spot
from publish.problems import Severity

_NAMES = {Space.GREY: "grey", Space.CMYK: "CMYK", Space.RGB: "RGB"}
_NEARLY = 1.01


def spaces(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """Every colour is of a space that the printer takes."""
    colours = job.printer.colours
    takes = " or ".join(_NAMES[space] for space in _NAMES if space in job.spaces)
    hint = f"{job.printer.name} takes {takes}: convert it{told(colours.source)}"
    for thing in leaf.things:
        space = thing.colour.space
        if space in job.spaces or _is_black_text(thing):
            continue
        if space is None and not thing.colour.profile:
            # A pattern or a space that only its file knows.
            continue
        name = "Lab" if space is None else _NAMES[space]
        says = f"{_kind(thing)} in {name}"
        where = partial(spot, thing.box, leaf, job)
        yield Fault(leaf.number, "print-colour-space", says, hint=hint, where=where)


def black_text(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """Black words are printed with black ink alone."""
    refused = Space.RGB not in job.spaces
    severity = Severity.ERROR if refused else Severity.WARNING
    hint = f"set text in black ink alone{told(job.printer.colours.source)}"
    for thing in leaf.things:
        if isinstance(thing, Words) and _is_black_text(thing):
            of = "RGB" if thing.colour.space is Space.RGB else "several inks"
            says = f"black words are made of {of}"
            where = partial(said_at, thing, leaf, job)
            yield Fault(
                leaf.number, "print-black", says, "", hint, severity, where=where
            )


def _is_black_text(thing: Thing) -> bool:
    return isinstance(thing, Words) and thing.colour.is_rich_black


def colour_on_black(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """A book that is printed in black has nothing in colour."""
    paper = job.printing.paper
    if paper.ink is not Ink.BLACK:
        return
    hint = (
        "it comes out grey: make it grey yourself, or choose a paper for colour"
        f"{told(paper.source)}"
    )
    for thing in leaf.things:
        if not thing.colour.is_grey and thing.colour.space in job.spaces:
            if _is_black_text(thing):
                continue
            says = f"{_kind(thing)} in colour, and the paper is printed in black"
            here = spot(thing.box, leaf, job)
            yield Fault(leaf.number, "print-colour", says, here, hint, Severity.WARNING)


def ink(leaf: Leaf, job: Job) -> Iterator[Fault]:
    colours = job.printer.colours
    if not colours.ink:
        return
    says = f"there is more than {colours.ink:g} % of ink in one place"
    hint = f"make the colours lighter{told(colours.source)}"
    for thing in leaf.things:
        most = thing.colour.ink
        if isinstance(thing, Picture) and thing.colour.space is Space.CMYK:
            most = most_ink(thing)
        if most > colours.ink * _NEARLY:
            yield Fault(
                leaf.number,
                "print-ink",
                says,
                f"{most:.0f} %",
                hint,
                weight=most,
                where=partial(spot, thing.box, leaf, job),
            )


def profiles(leaf: Leaf, job: Job) -> Iterator[Fault]:
    if Feature.PROFILES not in job.forbids:
        return
    hint = f"leave out its colour profile{told(job.printer.file.source)}"
    for thing in leaf.things:
        if thing.colour.profile:
            says = f"{_kind(thing)} with a colour profile"
            where = partial(spot, thing.box, leaf, job)
            yield Fault(leaf.number, "print-profile", says, hint=hint, where=where)


def transparency(leaf: Leaf, job: Job) -> Iterator[Fault]:
    if Feature.TRANSPARENCY not in job.forbids:
        return
    hint = f"flatten the file{told(job.printer.file.source)}"
    found = False
    for thing in leaf.things:
        if thing.through:
            found = True
            says = f"{_kind(thing)} with transparency"
            yield Fault(
                leaf.number,
                "print-transparency",
                says,
                thing.through,
                hint,
                where=partial(spot, thing.box, leaf, job),
            )
    if leaf.group and not found:
        says = "the page is ready for transparency, and has none"
        yield Fault(leaf.number, "print-transparency", says, "", hint, Severity.WARNING)


def _kind(thing: Thing) -> str:
    match thing:
        case Words():
            return "words are"
        case Picture():
            return "a picture is"
    spot_name = thing.colour.spot
    return f"the ink “{shown(spot_name)}” is" if spot_name else "something drawn is"
