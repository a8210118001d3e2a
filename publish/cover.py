"""A cover made of words, for a book that has no picture of its own."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from PIL import Image

from publish.fonts import Face
from publish.language import direction, script_of
from publish.lettering import Line, draw_line, set_line
from publish.model import Metadata
from publish.rows import even_rows, pieces
from publish.style import Style, Use

# What shops ask for: 1.6 : 1, the shorter side 1,600 pixels.
SHOP = WIDTH, HEIGHT = 1600, 2560
# Inside of an EPUB: in Apple Books the pictures of a page may have about ten million
# bytes, unpacked (Asset Guide 5.3, September 2023).
INSIDE = 1440, 2304
_MARGIN = 176
_MEASURE = WIDTH - 2 * _MARGIN

_INK = (246, 241, 231)
# Quiet grounds. Each has a contrast of 7 and more with the ink, so that the title
# reads at the size of a thumbnail.
_GROUNDS = (
    (34, 56, 79),
    (36, 70, 58),
    (90, 36, 48),
    (67, 48, 79),
    (55, 66, 75),
    (84, 58, 40),
    (29, 70, 80),
    (70, 72, 40),
)

# Sizes in pixels, each with the most lines it may take. Beyond the last, the words
# grow as small as the longest of them wants, down to what can still be read; what is
# longer even then is no word, and breaks anywhere.
_TITLE_SIZES = ((296, 2), (256, 3), (220, 4), (184, 5), (152, 7), (120, 9), (88, 14))
_SUBTITLE_SIZES = ((88, 2), (76, 4), (60, 6))
_AUTHOR_SIZES = ((92, 2), (76, 3), (60, 6))
_SMALLEST = 24
_LEADING = 1.14
# The letters of naskh stand higher and hang lower than Latin ones.
_NASKH_LEADING = 1.5

# Nobody sees what a JPEG loses above it.
_QUALITY = 92

_TITLE_TOP = 360
_RULE_WIDTH, _RULE_HEIGHT = 220, 6
# Above and below the rule, and at least between one thing and the next.
_SPACE = 100


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the words of one cover are set. leading: in ems"""

    language: str
    right_to_left: bool
    leading: float


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one size. size: of the em, in pixels; step: from line to line"""

    lines: tuple[Line, ...]
    size: float
    step: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.step

    def cut(self, height: float) -> "_Block":
        """As many of the lines as stand in *height* pixels."""
        return replace(self, lines=self.lines[: int(height / self.step)])


def typographic_cover(
    metadata: Metadata, style: Style, size: tuple[int, int] = SHOP
) -> bytes:
    """A PNG of title, subtitle and authors, on one axis: left, or right for a
    language that is written from the right. The colour follows from the title.

    size: width and height in pixels, 1 : 1.6
    """
    right_to_left = direction(metadata.language) == "rtl"
    naskh = script_of(metadata.language) == "Arab"
    leading = _NASKH_LEADING if naskh else _LEADING
    setting = _Setting(metadata.language, right_to_left, leading)
    upright = _faces(style, setting, italic=False)
    # 0 is the ground and 255 the ink; the palette says between which colours.
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    authors = _fit("\n".join(metadata.authors), upright, _AUTHOR_SIZES, setting)
    foot = HEIGHT - _MARGIN - authors.height
    _draw(image, authors, foot, setting)
    title = _fit(metadata.title, upright, _TITLE_SIZES, setting)
    title = title.cut(foot - _TITLE_TOP - 2 * _SPACE)
    below = _rule(image, _draw(image, title, _TITLE_TOP, setting), setting)
    # Arabic and Hebrew have no slanted letters of their own.
    faces = upright if right_to_left else _faces(style, setting, italic=True)
    subtitle = _fit(metadata.subtitle, faces, _SUBTITLE_SIZES, setting)
    if below + subtitle.height + _SPACE <= foot:
        _draw(image, subtitle, below, setting)
    if size != SHOP:
        image = image.resize(size, Image.Resampling.LANCZOS)
    image.putpalette(_palette(ground_of(metadata.title)))
    png = io.BytesIO()
    image.save(png, "PNG", compress_level=6)
    return png.getvalue()


def shop_cover(picture: bytes) -> bytes:
    """A cover as shops take it: a JPEG in RGB, upright, no higher than 2,560 pixels.

    picture: an image file; the paper shows through where it is transparent
    """
    with Image.open(io.BytesIO(picture)) as image:
        clear = image.convert("RGBA")
    bare = Image.new("RGB", clear.size, "white")
    bare.paste(clear, mask=clear.getchannel("A"))
    bare.thumbnail((HEIGHT, HEIGHT), Image.Resampling.LANCZOS)
    jpeg = io.BytesIO()
    bare.save(jpeg, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return jpeg.getvalue()


def ground_of(title: str) -> tuple[int, int, int]:
    """The colour that follows from a title."""
    # Not `hash`, which is another in each process.
    return _GROUNDS[sha256(title.encode()).digest()[0] % len(_GROUNDS)]


def _palette(ground: tuple[int, int, int]) -> list[int]:
    """256 colours in even steps from the ground to the ink."""
    return [
        round(low + (high - low) * step / 255)
        for step in range(256)
        for low, high in zip(ground, _INK, strict=True)
    ]


def _faces(style: Style, setting: _Setting, *, italic: bool) -> tuple[Face, ...]:
    """One face a font, those for the language's own script first."""
    scripts = {Use.ARABIC, Use.HEBREW}
    fonts = [font for font in style.fonts_in(setting.language) if font.use != Use.CODE]
    if setting.right_to_left:
        fonts.sort(key=lambda font: font.use not in scripts)
    return tuple(
        next((face for face in font.faces if face.italic == italic), font.faces[0])
        for font in fonts
    )


def _fit(
    text: str,
    faces: Sequence[Face],
    sizes: Sequence[tuple[int, int]],
    setting: _Setting,
) -> _Block:
    """*text* in the greatest of *sizes* that it fits, its lines of even length.

    Line ends in *text* are kept.
    """

    def line(words: str) -> Line:
        return set_line(
            words.strip(),
            faces,
            right_to_left=setting.right_to_left,
            language=setting.language,
        )

    paragraphs = [
        [(piece, line(piece).width) for piece in pieces(part)]
        for part in text.splitlines()
    ]
    widest = max((w for some in paragraphs for _, w in some), default=0.0)
    for size, most in sizes:
        measure = _MEASURE / size
        rows = [row for some in paragraphs for row in even_rows(some, measure)]
        if widest <= measure and len(rows) <= most:
            break
    else:
        size, most = sizes[-1]
        size = max(_SMALLEST, int(min(size, _MEASURE / widest)))
        measure = _MEASURE / size
        short = [
            [part for piece, _ in some for part in _broken(piece, measure, line)]
            for some in paragraphs
        ]
        rows = [row for some in short for row in even_rows(some, measure)][:most]
    return _Block(tuple(map(line, rows)), size, size * setting.leading)


def _broken(
    piece: str, measure: float, line: Callable[[str], Line]
) -> Iterator[tuple[str, float]]:
    """A piece, or its halves and theirs, none of them wider than *measure*."""
    width = line(piece).width
    if width <= measure or len(piece) == 1:
        yield piece, width
        return
    middle = len(piece) // 2
    yield from _broken(piece[:middle], measure, line)
    yield from _broken(piece[middle:], measure, line)


def _draw(image: Image.Image, block: _Block, top: float, setting: _Setting) -> float:
    """Draw the lines below *top*; where they end."""
    for number, line in enumerate(block.lines):
        # The base line stands where half of the leading and the ascent end.
        base = round(top + (number + 0.5) * block.step + 0.28 * block.size)
        mask = draw_line(line, block.size)
        if not mask.rows:
            continue
        ink = Image.frombytes("L", (mask.width, mask.height), mask.rows)
        width = round(line.width * block.size)
        start = WIDTH - _MARGIN - width if setting.right_to_left else _MARGIN
        corner = (start + mask.left, base - mask.bottom - mask.height)
        image.paste(255, corner, ink.transpose(Image.Transpose.FLIP_TOP_BOTTOM))
    return top + block.height


def _rule(image: Image.Image, top: float, setting: _Setting) -> float:
    start = WIDTH - _MARGIN - _RULE_WIDTH if setting.right_to_left else _MARGIN
    y = round(top) + _SPACE
    image.paste(255, (start, y, start + _RULE_WIDTH, y + _RULE_HEIGHT))
    return y + _RULE_HEIGHT + _SPACE
