"""The fonts of a file."""

from collections.abc import Callable, Iterator
from functools import partial

from publish.preflight.document import Document, Leaf
from publish.preflight.drawn import Words
from publish.preflight.job import Job
from publish.preflight.letters import Font
from publish.preflight.say import Fault, shown
from publish.preflight.spots import spot
from publish.problems import Severity


def embedded(leaf: Leaf, job: Job) -> Iterator[Fault]:
    for name, words in _used(leaf, lambda font: not font.embedded).items():
        says = f"the font “{name}” is not in the file"
        hint = f"{job.printer.name} would set another one: embed it"
        where = partial(spot, words.box, leaf, job)
        yield Fault(leaf.number, "print-font", says, hint=hint, where=where)


def whole(document: Document, _job: Job) -> Iterator[Fault]:
    """Of a font there is no more in the file than is drawn with."""
    for name in dict.fromkeys(font.name for font in document.fonts if font.whole):
        says = f"the whole of the font “{shown(name)}” is in the file"
        hint = "embed the letters alone that are used: not every licence allows more"
        yield Fault(0, "print-font-whole", says, "", hint, Severity.WARNING)


def drawn(leaf: Leaf, _job: Job) -> Iterator[Fault]:
    for name in _used(leaf, lambda font: font.drawn):
        says = f"the font “{name}” is drawn by the file itself (Type 3)"
        hint = "some presses print its letters coarse: use TrueType or OpenType"
        yield Fault(leaf.number, "print-type3", says, "", hint, Severity.WARNING)


def _used(leaf: Leaf, is_meant: Callable[[Font], bool]) -> dict[str, Words]:
    """The names of fonts, each with the first words that are set in it."""
    found: dict[str, Words] = {}
    for thing in leaf.things:
        if isinstance(thing, Words) and is_meant(thing.font):
            found.setdefault(shown(thing.font.name), thing)
    return found
