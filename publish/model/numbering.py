"""What is counted, and how a number is written."""

from dataclasses import dataclass
from enum import StrEnum


class Numerals(StrEnum):
    """How a number is written."""

    NONE = "none"
    ARABIC = "arabic"
    ROMAN = "roman"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What of a book is counted.

    sections: levels of headings below a chapter's title that are counted with it
    through: whether figures, tables and the like are counted through the book, and
        not within each chapter that has a number
    """

    chapters: Numerals = Numerals.NONE
    parts: Numerals = Numerals.NONE
    sections: int = 0
    through: bool = False


NO_NUMBERS = Numbering()


class Counted(StrEnum):
    """Things that are counted, each kind by itself. The value begins the name that an
    author gives to one: `{#fig-lamp}` (as in Quarto)."""

    FIGURE = "fig"
    TABLE = "tbl"
    LISTING = "lst"
    EQUATION = "eq"
    THEOREM = "thm"
    LEMMA = "lem"
    COROLLARY = "cor"
    PROPOSITION = "prp"
    CONJECTURE = "cnj"
    DEFINITION = "def"
    EXAMPLE = "exm"
    EXERCISE = "exr"
