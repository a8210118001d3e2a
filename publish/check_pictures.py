"""Look for what an author writes behind a picture and what does nothing there."""

from collections.abc import Iterator
from difflib import get_close_matches

from publish.as_written import as_written
from publish.kinds import blocks_where, every
from publish.model import Attributes, Book, Figure, Image
from publish.problems import Position, Problem, Severity
from publish.walk import things_in, walk_blocks

# What gives a figure a page, and what of it covers all of one, or of two.
_PAGES = ("full-page", "bleed", "spread")
_COVERS = {"bleed": "a whole page", "spread": "two pages"}
# How near a class must be to one of them to be meant for it.
_NEAR = 0.8


def check_pictures(book: Book) -> Iterator[Problem]:
    """What is asked for a picture can be done where it stands."""
    for chapter in as_written(book.chapters):
        for image in every(chapter, Image):
            at = Position(chapter.path, image.line)
            yield from _not_alone(image, at)
            yield from _misspelt(image.attributes, at)
        for figure in blocks_where(chapter, Figure):
            if isinstance(figure, Figure):
                at = Position(chapter.path, figure.line)
                yield from _covering(figure, at)
                yield from _misspelt(figure.attributes, at)


def _not_alone(image: Image, at: Position) -> Iterator[Problem]:
    """The classes of a picture that stands alone are those of its figure."""
    for name in _PAGES:
        if name in image.attributes.classes:
            message = f"`.{name}` does nothing here: `{image.src}` does not stand alone"
            hint = "give the picture a paragraph of its own, between blank lines"
            yield _idle(at, message, hint)


def _covering(figure: Figure, at: Position) -> Iterator[Problem]:
    for name, page in _COVERS.items():
        if name not in figure.attributes.classes:
            continue
        for image in _images(figure):
            width = image.attributes.get("width")
            if width.endswith("%"):
                message = f"`width={width}` does nothing in print: `.{name}` lets"
                message += f" `{image.src}` cover {page}"
                yield _idle(at, message, "take the width away, or the class")


def _images(figure: Figure) -> Iterator[Image]:
    for block in walk_blocks(figure.children):
        yield from (thing for thing in things_in(block) if isinstance(thing, Image))


def _misspelt(own: Attributes, at: Position) -> Iterator[Problem]:
    """Any other class is the author's, so this is but a guess."""
    for name in own.classes:
        near = get_close_matches(name, _PAGES, n=1, cutoff=_NEAR)
        if near and name not in _PAGES:
            message = f"`.{name}` says nothing of a picture, if it is none of your own"
            yield _idle(at, message, f"did you mean `.{near[0]}`?", Severity.NOTE)


def _idle(
    at: Position, message: str, hint: str, severity: Severity = Severity.WARNING
) -> Problem:
    return Problem(at, "idle-attribute", message, hint, severity)
