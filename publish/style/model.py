"""What a style is: how pages and screens look."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from publish.fonts import Face, covers
from publish.model import BOOK_AND_CHAPTER, Folios, Heads, Hyphens, LeadIn, Opening
from publish.ornaments import Ornament
from publish.problems import Problem
from publish.stylesheets import Hiding


class Use(StrEnum):
    """What a font is for."""

    TEXT = "text"
    CODE = "code"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    SYMBOLS = "symbols"
    EMOJI = "emoji"
    CJK = "cjk"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Font:
    """A family, and what the style uses it for."""

    use: Use
    family: str
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDesign:
    """What the pages of print are made from, on paper of any size.

    size, leading: of the text, in points
    measure: the widest line, in ems of `size`
    inner, outer: margins as shares of the width of the paper; top, bottom: of its
        height
    head, foot: how far what stands over and under the text reaches from it, in ems
    """

    size: float
    leading: float
    measure: float
    inner: float
    top: float
    outer: float
    bottom: float
    head: float
    foot: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """What is set smaller than the text, and how wide letters are: print guesses what
    will fit before it sets it. `publish.pdf.sheets` gives the sizes to the stylesheets,
    so that each is said once.

    note, code, table, wide_table, dense_table: shares of the text's size; a wide table
        is one that would not fit else, a dense one what would not fit even so
    note_leading: share of the text's leading
    table_space, wide_space, dense_space: between two columns, in ems of the text
    tab: as wide as so many letters of code
    letter: width of a letter of the text in ems, on average, in bold; figure, point,
        sign: of the widest of what stands in numbers; code_letter: of code;
        head_letter: of a running head, in ems of the text
    """

    note: float
    note_leading: float
    code: float
    tab: float
    table: float
    table_space: float
    wide_table: float
    wide_space: float
    dense_table: float
    dense_space: float
    letter: float
    figure: float
    point: float
    sign: float
    code_letter: float
    head_letter: float


# What a style lets an author do with one key of `[design]`: anything that the key may
# hold, or nothing; only some words or numbers, the style's own first; of a length, from
# the one to the other.
Knob = bool | tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """folder: where its own files are, for what its stylesheets refer to
    fonts: those that are installed, in the order in which a character is looked for
    cover: the design of a printed book's cover
    grid: whether the lines of all pages stand at the same heights
    epub_css: plain, for e-readers of any age; newer_css: for those that know more
    text_css, furniture_css: for print; what lies in the block of text, and what
        stands round it
    knobs: what an author may change of it, by the keys of `[design]`
    ornaments: what may stand between scenes, by names
    heads: what is said over the pages
    drop_caps: lines that the first letter of a chapter is high; 0 for none
    lead_in: how its first words are set
    hyphens: how often words are divided
    folios: where the numbers of pages stand
    ornament: what stands between scenes; None where its sheets say it
    opener: the colour behind the pages of parts, in six hexadecimal digits; empty for
        that of the paper
    hiding: what hides words in the sheet for print
    problems: warnings, for what it was asked and has not, and what print passes over
    """

    name: str
    folder: Path
    description: str
    opening: Opening
    page: PageDesign
    sizes: Sizes
    fonts: tuple[Font, ...]
    cover: str
    grid: bool
    epub_css: str
    newer_css: str
    text_css: str
    furniture_css: str
    knobs: Mapping[str, Knob]
    ornaments: Mapping[str, Ornament]
    heads: Heads = BOOK_AND_CHAPTER
    drop_caps: int = 0
    lead_in: LeadIn = LeadIn.NONE
    hyphens: Hyphens = Hyphens.NORMAL
    folios: Folios = Folios.FOOT_CENTER
    ornament: Ornament | None = None
    opener: str = ""
    hiding: tuple[Hiding, ...] = ()
    problems: tuple[Problem, ...] = ()

    def fonts_in(self, language: str) -> tuple[Font, ...]:
        """The fonts in the order in which a letter of *language* is looked for: the
        same Chinese letter is drawn otherwise in Japanese and in Korean."""
        region = _REGIONS.get(language.partition("-")[0], "-")
        return tuple(
            sorted(
                self.fonts,
                key=lambda font: (
                    font.use is Use.CJK and not font.family.endswith(region)
                ),
            )
        )


# These lead where the text runs right to left, so they bring their own spaces, digits
# and stops; the other fonts are asked only for what the ones before them lack.
_SCRIPTS = frozenset({Use.ARABIC, Use.HEBREW})


def letters_by_font(
    fonts: Iterable[Font], characters: set[int], code: bool
) -> Iterator[tuple[Font, set[int]]]:
    """The fonts that draw *characters*, each with those that it draws.

    fonts: in the order in which a letter is looked for
    code: whether some of them are set as code
    """
    missing = {letter for letter in characters if not chr(letter).isspace()}
    for font in fonts:
        # What a font covers is asked only where it counts: some are large.
        if font.use is Use.CODE:
            if code:
                yield font, characters & covers(font.faces[0])
        elif font.use is Use.HEADING:
            yield font, characters & covers(font.faces[0])
        elif font.use is Use.TEXT:
            yield font, characters & covers(font.faces[0])
            missing -= covers(font.faces[0])
        elif missing and missing & covers(font.faces[0]):
            wanted = characters if font.use in _SCRIPTS else missing
            yield font, wanted & covers(font.faces[0])
            missing = missing - covers(font.faces[0])


# A family says at the end of its name whose letters it has.
_REGIONS = {"zh": "SC", "ja": "JP", "ko": "KR"}
