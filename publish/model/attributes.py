"""What may be written on every element, and places that lead into the book."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """In which editions a thing stands, by their names or those of formats, as the
    author wrote them.

    only: in these; empty for all
    never: in none of these
    """

    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is written on an element besides its kind.

    id: as the author wrote it; unique in its chapter once `add_anchors` has run
    classes: in the order written
    rest: (name, value) pairs sorted by name, each allowed by `parse.content`
    shown: None for in every edition, as for all that an edition holds once
        `for_edition` has made it
    """

    id: str = ""
    classes: tuple[str, ...] = ()
    rest: tuple[tuple[str, str], ...] = ()
    shown: Shown | None = None

    def get(self, name: str) -> str:
        """The value of one of `rest`; empty when it is not there."""
        return dict(self.rest).get(name, "") if self.rest else ""


BARE = Attributes()


@dataclass(frozen=True, slots=True)
class Target:
    """A place inside the book.

    chapter: `Chapter.name`
    anchor: an id in that chapter; empty for its beginning
    """

    chapter: str
    anchor: str = ""
