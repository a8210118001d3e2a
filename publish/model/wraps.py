"""What stands round a printed book: back, spine and front on one sheet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """The sheet of a case binding, by the numbers of its printer, in points.

    width, height: of the sheet; wrap: what of it is turned in, on all sides
    front: the width of a board; hinge: between a board and the spine
    """

    width: float
    height: float
    spine: float
    front: float
    hinge: float
    wrap: float


@dataclass(frozen=True, slots=True)
class Praise:
    """by: who has said it; may be empty"""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """What an author says of the cover of a printed edition.

    design: one of `publish.wrap`; empty for that of the style
    colour: six hexadecimal digits; empty for the one that follows from the title
    text: on the back, with an empty line between paragraphs; empty for the description
    note: who the author is; portrait: a picture beside it, relative to the manuscript
    price: as it is printed; add_on: five digits beside the ISBN, which tell it
    barcode: whether there is one
    spine: how thick the book is, in points; 0 where the paper tells
    spine_words: instead of the title; spine_up: whether words run from its foot up
    profile: of the printer's inks, a file relative to the manuscript
    """

    design: str = ""
    colour: str = ""
    text: str = ""
    praise: tuple[Praise, ...] = ()
    note: str = ""
    portrait: str = ""
    price: str = ""
    add_on: str = ""
    barcode: bool = True
    spine: float = 0
    spine_words: str = ""
    spine_up: bool = False
    template: Template | None = None
    profile: str = ""
