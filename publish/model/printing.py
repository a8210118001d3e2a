"""What a printer asks of the file that it prints a book from.

Lengths are in points (1/72 inch). Every group of numbers says where they come from.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trim:
    """The size of a page after cutting, in points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number stands, and when it was seen there."""

    name: str = ""
    date: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.date)))


NO_SOURCE = Source()


class Ink(StrEnum):
    BLACK = "black"
    COLOUR = "colour"


class Space(StrEnum):
    """The colour spaces of a file."""

    GREY = "grey"
    CMYK = "cmyk"
    RGB = "rgb"


class Feature(StrEnum):
    """What a file may have beside its pages, and a printer may not want."""

    MARKS = "marks"
    OUTLINE = "outline"
    LINKS = "links"
    METADATA = "metadata"
    TRANSPARENCY = "transparency"
    PROFILES = "profiles"
    SPREADS = "spreads"
    SECURITY = "security"


class Standard(StrEnum):
    """What a printer's file may claim to be (ISO 15930-1 and -7)."""

    NONE = ""
    X1A = "pdf/x-1a:2001"
    X4 = "pdf/x-4"

    @property
    def said(self) -> str:
        """As it reads in a sentence."""
        return self.replace("pdf/x", "PDF/X")


@dataclass(frozen=True, slots=True)
class Paper:
    """name: as `paper` in `book.toml` says it
    least, most: pages that can be bound; `fewer`: of these sizes no more than so many
    thickness: of a page, half a sheet; 0 where the printer does not say
    glue: what the spine is wider than its pages
    """

    name: str
    ink: Ink = Ink.BLACK
    least: int = 1
    most: float = inf
    thickness: float = 0
    glue: float = 0
    fewer: tuple[tuple[Trim, int], ...] = ()
    source: Source = NO_SOURCE

    def most_of(self, trim: Trim) -> float:
        """The most pages of that size."""
        fewer = (most for size, most in self.fewer if same(size, trim))
        return min([self.most, *fewer])


@dataclass(frozen=True, slots=True)
class Sizes:
    """trims: those that are offered; none for all
    least, most: between these, any other is too; None where none is
    """

    trims: tuple[Trim, ...] = ()
    least: Trim | None = None
    most: Trim | None = None
    source: Source = NO_SOURCE

    def offers(self, trim: Trim) -> bool:
        if any(same(one, trim) for one in self.trims):
            return True
        least, most = self.least, self.most
        if least is None and most is None:
            return not self.trims
        least, most = least or Trim(0, 0), most or Trim(inf, inf)
        return (
            least.width <= trim.width <= most.width
            and least.height <= trim.height <= most.height
        )


@dataclass(frozen=True, slots=True)
class Bleed:
    """width: of what is printed beyond the trim and cut off
    spine: whether at the spine, too
    """

    width: float = 0
    spine: bool = False
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Margins:
    """Space that must be free of what is not cut off: at the top, the outer edge and
    the foot, and so in a book with bleed; at the spine by the number of pages.

    gutters: most pages and width, from few pages to many
    """

    least: float = 0
    with_bleed: float = 0
    gutters: tuple[tuple[float, float], ...] = ()
    source: Source = NO_SOURCE

    def gutter(self, pages: int) -> float:
        """The inner margin of a book of so many pages."""
        for most, width in self.gutters:
            if pages <= most:
                return width
        return self.gutters[-1][1] if self.gutters else self.least

    def outer(self, *, bleed: bool) -> float:
        return max(self.least, self.with_bleed) if bleed else self.least


@dataclass(frozen=True, slots=True)
class Order:
    """even: whether there must be as many left-hand pages as right-hand ones
    last_blank: whether nothing may stand on the last page
    reversed: whether a book that is read from right to left comes from its end
    blanks: how many blank pages may follow each other; 0 for any number
    """

    even: bool = False
    last_blank: bool = False
    reversed: bool = False
    blanks: int = 0
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class FileRules:
    """forbids: what it may not have; standard: what it has to be
    megabytes: 0 for any
    """

    forbids: frozenset[Feature] = frozenset()
    standard: Standard = Standard.NONE
    megabytes: float = 0
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Colours:
    """spaces: those that are taken
    ink: the most in one place, in per cent; 0 for any
    """

    spaces: frozenset[Space] = frozenset(Space)
    ink: float = 0
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Detail:
    """The least that comes out: letters and lines in points, pixels of a picture to the
    inch, grey in per cent; 0 for any."""

    type: float = 0
    line: float = 0
    pixels: float = 0
    grey: float = 0
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class CoverRules:
    """bleed: beyond the trim on all sides
    safe: what must be free inside the trim
    spine_from: pages of the thinnest book whose spine may have words; 0 for none
    spine_clear: what must be free on either side of these
    barcode: width and height of its field, and how far from trim and spine
    """

    bleed: float = 9
    safe: float = 9
    spine_from: int = 0
    spine_clear: float = 4.5
    barcode: tuple[float, float] = (144, 86.4)
    barcode_from: float = 18
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """key: as `printer` in `book.toml` says it; name: as it reads in a sentence
    papers: the first is taken where nothing is said
    """

    key: str
    name: str
    papers: tuple[Paper, ...]
    sizes: Sizes = field(default=Sizes())
    bleed: Bleed = field(default=Bleed())
    margins: Margins = field(default=Margins())
    order: Order = field(default=Order())
    file: FileRules = field(default=FileRules())
    colours: Colours = field(default=Colours())
    detail: Detail = field(default=Detail())
    cover: CoverRules = field(default=CoverRules())


@dataclass(frozen=True, slots=True)
class Booklet:
    """Pages two up on sheets that are folded. signature: how many pages are folded into
    one another, a multiple of 4; 0 where all of them are"""

    signature: int = 0


@dataclass(frozen=True, slots=True)
class Printing:
    """How an edition is printed.

    paper: one of the printer's
    bleed: whether something is printed up to the edge
    marks: whether marks to cut by stand round each page
    booklet: None for single pages, one behind the other
    profile: file of the ICC profile of its inks; None for none
    """

    printer: Printer
    paper: Paper
    bleed: bool = False
    marks: bool = False
    booklet: Booklet | None = None
    profile: Path | None = None

    @property
    def turns_colours(self) -> bool:
        """Whether colours of light are turned into inks."""
        takes = self.printer.colours.spaces
        # What a file of that standard is made for are the inks that it names.
        in_ink = self.printer.file.standard is Standard.X4
        return self.profile is not None and (in_ink or Space.RGB not in takes)

    @property
    def is_read(self) -> bool:
        """Whether the printer takes all that helps who reads on a screen."""
        helps = (Feature.LINKS, Feature.OUTLINE, Feature.METADATA)
        return not self.forbids(*helps) and not self.printer.file.standard

    def forbids(self, *features: Feature) -> bool:
        """Whether the printer wants none of them."""
        return not self.printer.file.forbids.isdisjoint(features)


_MILLIMETRE = 72 / 25.4
# Papers of which half is a millimetre narrower than its name says, as ISO 216 rounds.
_ROUNDED = (
    Trim(297 * _MILLIMETRE, 210 * _MILLIMETRE),
    Trim(353 * _MILLIMETRE, 250 * _MILLIMETRE),
)


def spread(trim: Trim) -> Trim:
    """The sheet on which two pages lie side by side."""
    two = Trim(2 * trim.width, trim.height)
    for sheet in _ROUNDED:
        if same(two, Trim(sheet.width - _MILLIMETRE, sheet.height)):
            return sheet
    return two


# Printers round to a thousandth of an inch, and some to a hundredth.
_SAME = 0.72


def same(one: Trim, other: Trim) -> bool:
    """Whether two sizes are one, as printers name them."""
    return (
        abs(one.width - other.width) < _SAME and abs(one.height - other.height) < _SAME
    )
