"""Words as large as their place allows, in rows of even length."""

from collections.abc import Sequence
from dataclasses import dataclass

from publish.fonts import Face
from publish.lettering import Line, draw_line, set_line
from publish.rows import even_rows
from publish.style import Style, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How words of one kind are set.

    most, least: their size in rem; lines: how many there are unless they get small
    room: share of the height of the page's free part; leading, spacing: in ems
    """

    most: float = 1.5
    least: float = 0.75
    lines: int = 3
    room: float = 0.2
    leading: float = 1.2
    spacing: float = 0
    capitals: bool = False
    bold: bool = False
    italic: bool = False

    def says(self, text: str, language: str) -> str:
        """The words as they are set."""
        return _upper(text, language) if self.capitals else text


@dataclass(frozen=True, slots=True)
class Rows:
    """size, step: of the letters, and from row to row, in points"""

    rows: tuple[str, ...]
    size: float
    step: float

    @property
    def height(self) -> float:
        return len(self.rows) * self.step


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand, in points. rem: the measure of the design"""

    width: float
    height: float
    rem: float


@dataclass(frozen=True, slots=True)
class Letters:
    """What words of a language are set in. naskh: letters that need more height"""

    style: Style
    language: str
    right_to_left: bool
    naskh: bool

    def faces(self, voice: Voice) -> tuple[Face, ...]:
        """One face a font, those of the language's own script first."""
        scripts = {Use.ARABIC, Use.HEBREW}
        fonts = [f for f in self.style.fonts_in(self.language) if f.use != Use.CODE]
        if self.right_to_left:
            fonts.sort(key=lambda font: font.use not in scripts)
        italic = voice.italic and not self.right_to_left
        weight = 700 if voice.bold else 400
        return tuple(
            min(
                f.faces, key=lambda face: (face.italic != italic, face.weight != weight)
            )
            for f in fonts
        )

    def line(self, text: str, voice: Voice) -> Line:
        return set_line(
            text,
            self.faces(voice),
            right_to_left=self.right_to_left,
            language=self.language,
        )

    def width(self, text: str, voice: Voice) -> float:
        """In ems."""
        return self.line(text, voice).width + self.spacing(voice) * len(text)

    def spacing(self, voice: Voice) -> float:
        # Letters that join are never spaced.
        return 0 if self.right_to_left else voice.spacing

    def leading(self, voice: Voice) -> float:
        return voice.leading * (1.3 if self.naskh else 1)

    def ink(self, text: str, voice: Voice) -> tuple[float, float]:
        """How far the letters reach below and above their base line, in ems."""
        mask = draw_line(self.line(text, voice), _FINE)
        return mask.bottom / _FINE, (mask.bottom + mask.height) / _FINE


# Pixels to an em, to measure by.
_FINE = 200
# From one size to the next that is tried.
_STEP = 0.97
# Of the largest size: below it there may be as many lines as there is room for.
_SMALL = 0.6


def fit(
    paragraphs: Sequence[Sequence[str]],
    voice: Voice,
    letters: Letters,
    place: Place,
) -> Rows | None:
    """None where nothing fits. paragraphs: in pieces between which a row may end"""

    def says(text: str) -> str:
        return voice.says(text, letters.language)

    cut = [
        [(said, letters.width(said.strip(), voice)) for said in map(says, some)]
        for some in paragraphs
    ]
    widest = max((width for some in cut for _, width in some), default=0)
    size = voice.most * place.rem
    while size >= voice.least * place.rem:
        step = size * letters.leading(voice)
        if widest * size <= place.width:
            rows = [
                _row(row) for some in cut for row in even_rows(some, place.width / size)
            ]
            few = len(rows) <= voice.lines or size < _SMALL * voice.most * place.rem
            if few and len(rows) * step <= voice.room * place.height:
                return Rows(tuple(rows), size, step)
        size *= _STEP
    return None


# Between names in one row.
BETWEEN = "·"


def _row(words: str) -> str:
    return words.strip().removesuffix(BETWEEN).rstrip()


def _upper(text: str, language: str) -> str:
    if language.partition("-")[0] in {"tr", "az"}:
        text = text.replace("i", "İ")
    return text.upper()
