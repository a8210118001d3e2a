"""The fonts of a book: found, made static, cut down to what the book uses.

The only module that knows fontpkg, HarfBuzz and fontTools. Fonts come as packages
from PyPI, never from the machine, so a book looks the same wherever it is built.
Many of those are variable, which neither e-readers nor PDF take well: each weight
becomes a static file, made once and kept in the user's cache.
"""

import importlib.util
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import fontpkg
import uharfbuzz

from publish.cache import cached
from publish.problems import Position, Problem, PublishError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


@dataclass(frozen=True, slots=True)
class Face:
    """One static font file.

    weight: 100 to 900, as in CSS; 400 is regular, 700 is bold
    path: a TrueType file, the same bytes for everyone with the same packages
    """

    family: str
    weight: int
    italic: bool
    path: Path


def load_faces(
    family: str, weights: Sequence[int], italics: bool, at: Position
) -> tuple[Face, ...]:
    """Each weight upright and then, with *italics*, each weight italic.

    at: what asked for them, for the problem
    Raises PublishError for a family, a weight or a slant that is not installed.
    """
    slants = (False, True) if italics else (False,)
    return tuple(
        Face(family, weight, italic, _static_file(family, weight, italic, at))
        for italic in slants
        for weight in weights
    )


def is_installed(family: str) -> bool:
    """Whether a package that holds *family* is there."""
    if family in _PACKAGES:
        return importlib.util.find_spec(_PACKAGES[family].name) is not None
    return fontpkg.slugify(family) in fontpkg.families()


@cache
def covers(face: Face) -> frozenset[int]:
    """The code points that *face* can draw."""
    return frozenset(opened(face).unicodes)


def opened(face: Face) -> uharfbuzz.Face:
    """The file as HarfBuzz reads it: where it looks, and not the ten megabytes of a
    Chinese font."""
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(face.path))


@cache
def advances(face: Face) -> Mapping[int, int]:
    """The width of each glyph, in thousandths of an em."""
    source = opened(face)
    font = uharfbuzz.Font(source)
    return {
        glyph: round(font.get_glyph_h_advance(glyph) * 1000 / source.upem)
        for glyph in range(source.glyph_count)
    }


@cache
def space(face: Face) -> float:
    """The width of the space between words, in ems."""
    glyph = uharfbuzz.Font(opened(face)).get_nominal_glyph(ord(" "))
    return advances(face).get(glyph or 0, 0) / 1000


@cache
def spellings(face: Face) -> Mapping[int, str]:
    """Glyph to the letters that it draws, as far as the font tells.

    A code point leads to it, or it takes the place of other glyphs: as the form of a
    letter at the end of a word, or as one sign for several letters.
    """
    # An EPUB needs nothing of it.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(face.path, lazy=True) as font:
        names = {
            name: _spelt(code)
            for code, name in sorted(font.getBestCmap().items(), reverse=True)
        }
        rules = list(_substitutions(font))
        known = 0
        while known < len(names):
            known = len(names)
            for glyphs, made in rules:
                if made not in names and all(glyph in names for glyph in glyphs):
                    names[made] = "".join(names[glyph] for glyph in glyphs)
        return {font.getGlyphID(name): letters for name, letters in names.items()}


def _spelt(code: int) -> str:
    if code == _TATWEEL:
        return "\N{ZERO WIDTH JOINER}"
    return normalize("NFKC", chr(code)) if code in _ARABIC_FORMS else chr(code)


# Forms of Arabic letters have code points of their own, which nobody types.
_ARABIC_FORMS = range(0xFB50, 0xFF00)
# Draws out the letter before it. To who reads or searches it is nothing, but where
# nothing is drawn a reader sees the end of a word.
_TATWEEL = 0x0640
# Kinds of substitution (OpenType 1.9, "GSUB").
_SINGLE, _MULTIPLE, _ALTERNATE, _LIGATURE, _EXTENSION = 1, 2, 3, 4, 7


def _substitutions(font: "TTFont") -> Iterator[tuple[tuple[str, ...], str]]:
    """Glyphs, and the one that may take their place."""
    lookups = font["GSUB"].table.LookupList.Lookup if "GSUB" in font else ()
    for table in (table for lookup in lookups for table in lookup.SubTable):
        rules = table.ExtSubTable if table.LookupType == _EXTENSION else table
        if rules.LookupType == _SINGLE:
            yield from (((old,), new) for old, new in rules.mapping.items())
        elif rules.LookupType == _MULTIPLE:
            # What comes behind the letter itself draws it out, or has its dots.
            yield from (((old,), new[0]) for old, new in rules.mapping.items() if new)
        elif rules.LookupType == _ALTERNATE:
            for old, choice in rules.alternates.items():
                yield from (((old,), new) for new in choice)
        elif rules.LookupType == _LIGATURE:
            for old, choice in rules.ligatures.items():
                for ligature in choice:
                    yield (old, *ligature.Component), ligature.LigGlyph


def glyph_subset(face: Face, glyphs: Set[int]) -> bytes:
    """A TrueType font with the outlines of *glyphs*, which keep their numbers.

    For a PDF, which says itself what the glyphs stand for and where they go.
    """
    font = opened(face)
    flags = uharfbuzz.SubsetFlags.NO_HINTING
    kept = _with_glyphs(font, glyphs, flags | uharfbuzz.SubsetFlags.RETAIN_GIDS)
    # The first leaves an empty place for every glyph of the font.
    made: bytes = _with_glyphs(kept, set(range(max(glyphs) + 1)), flags).blob.data
    return made


def _with_glyphs(
    font: uharfbuzz.Face, glyphs: Set[int], flags: uharfbuzz.SubsetFlags
) -> uharfbuzz.Face:
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.unicode_set.clear()
    wanted.layout_feature_tag_set.clear()
    wanted.name_id_set.clear()
    wanted.drop_table_tag_set.update(_NOT_IN_A_PDF)
    wanted.flags = flags
    return uharfbuzz.subset(font, wanted)


# What a viewer that is given glyphs does not read.
_NOT_IN_A_PDF = frozenset(
    int.from_bytes(tag, "big") for tag in (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"STAT")
)


def family_of(data: bytes) -> str:
    """The family that a font file says it is of; empty where it says nothing."""
    font = uharfbuzz.Face(data)
    return font.get_name(16) or font.get_name(1) or ""


def subset(face: Face, characters: Set[int]) -> bytes:
    """A TrueType font with the glyphs for *characters* and nothing else.

    characters: code points; those that the face does not cover are passed over
    Ligatures, small capitals, figures and the rest that CSS can ask for by name
    still work. The names and the licence stay inside.
    """
    wanted = _wanted(characters | _ALWAYS)
    wanted.layout_feature_tag_set.update(_LEFT_OUT)
    wanted.layout_feature_tag_set.invert()
    return bytes(uharfbuzz.subset(opened(face), wanted).blob.data)


def small_subset(face: Face, characters: Set[int]) -> bytes:
    """The same for words that are not styled: a quarter of the bytes. What CSS can ask
    for by name is not in it, and what letters need to stand together is."""
    wanted = _wanted(characters)
    wanted.layout_feature_tag_set.update(_SHAPING)
    return bytes(uharfbuzz.subset(opened(face), wanted).blob.data)


def _wanted(characters: Set[int]) -> uharfbuzz.SubsetInput:
    """Of no feature yet."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.clear()
    wanted.name_id_set.clear()
    wanted.name_id_set.update(_KEPT_NAMES)
    wanted.flags = (
        uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    )
    return wanted


# What a reading system writes by itself: spaces, hyphens, the marks and the numbers of
# lists, as far as a face has them.
_ALWAYS = frozenset(map(ord, " \u00a0-\u00ad\u2010•◦▪.0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"))
# Copyright, family, style to PostScript name (0 to 6), licence and its address (13,
# 14), family and style of a weight beyond regular and bold (16, 17).
_KEPT_NAMES = (*range(7), 13, 14, 16, 17)


def _tags(names: Iterable[str]) -> frozenset[int]:
    return frozenset(int.from_bytes(name.encode("ascii"), "big") for name in names)


# Those that are on where nobody says anything (OpenType 1.9, "Feature registry").
_SHAPING = _tags(
    [
        *("rvrn", "ccmp", "locl", "rlig", "liga", "clig", "calt", "rclt"),
        *("kern", "dist", "mark", "mkmk", "curs", "abvm", "blwm"),
        *("isol", "init", "medi", "med2", "fina", "fin2", "fin3", "stch", "rand"),
        *("nukt", "akhn", "rphf", "pref", "rkrf", "blwf", "half", "abvf", "pstf"),
        *("cfar", "vatu", "cjct", "pres", "abvs", "blws", "psts", "haln"),
        *("ljmo", "vjmo", "tjmo"),
    ]
)
# Alternates that one asks for by number and not by name: a quarter of the bytes of
# a subset of EB Garamond.
_LEFT_OUT = _tags(
    (
        "aalt",
        *(f"cv{n:02}" for n in range(1, 100)),
        *(f"ss{n:02}" for n in range(1, 21)),
    )
)


@dataclass(frozen=True, slots=True)
class _Package:
    """A package of PyPI that holds fonts but is no fontpkg.

    name: as it is imported
    files: (weight, italic) to a path in the package
    """

    name: str
    files: Mapping[tuple[int, bool], str]


_PACKAGES: Mapping[str, _Package] = {
    "DejaVu Sans": _Package("ziafont", {(400, False): "fonts/DejaVuSans.ttf"}),
    "Noto Emoji": _Package(
        "deckr_fonts",
        {
            (400, False): "fonts/NotoEmoji[wght].ttf",
            (700, False): "fonts/NotoEmoji[wght].ttf",
        },
    ),
    **{
        f"Noto Sans {region}": _Package(
            "rendercv_fonts",
            {
                (400, False): f"Noto Sans/NotoSans{region}-Regular.ttf",
                (700, False): f"Noto Sans/NotoSans{region}-Bold.ttf",
            },
        )
        for region in ("JP", "KR", "SC")
    },
}


def _static_file(family: str, weight: int, italic: bool, at: Position) -> Path:
    master = _master(family, weight, italic, at)
    if not _is_variable(master):
        return master
    data = master.read_bytes()
    key = sha256(data)
    key.update(f"|{family}|{weight}|{italic}|{_MAKERS}".encode())
    slant = "-italic" if italic else ""
    return cached(
        "fonts",
        f"{fontpkg.slugify(family)}-{weight}{slant}-{key.hexdigest()[:16]}",
        ".ttf",
        lambda: _instance(data, family, weight, italic),
        at,
    )


def _is_variable(path: Path) -> bool:
    """Whether the list of tables at the file's head names the one of variations.

    Read alone, because a Chinese font has 8 MB behind it (OpenType 1.9, "otff").
    """
    with path.open("rb") as file:
        tables = int.from_bytes(file.read(12)[4:6])
        return any(file.read(16).startswith(b"fvar") for _ in range(tables))


# Another HarfBuzz may round an outline otherwise, so it must not find this one's file.
# The first number counts the changes of `_instance`.
_MAKERS = f"2|{version('uharfbuzz')}|{version('fonttools')}"


def _master(family: str, weight: int, italic: bool, at: Position) -> Path:
    slug = fontpkg.slugify(family)
    package = _PACKAGES.get(family)
    if not is_installed(family):
        name = package.name.replace("_", "-") if package else f"fontpkg-{slug}"
        message = f"the font family “{family}” is not installed"
        hint = f"pip install {name}"
        raise PublishError([Problem(at, "no-font", message, hint)])
    if package:
        path = _packaged(package, weight, italic)
    else:
        path = _fontpkg(family, weight, italic)
    if path is None:
        message = f"“{family}” has no {_style(weight, italic)} (weight {weight})"
        raise PublishError([Problem(at, "no-font", message)])
    return path


def _packaged(package: _Package, weight: int, italic: bool) -> Path | None:
    file = package.files.get((weight, italic))
    spec = importlib.util.find_spec(package.name)
    if file is None or spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / file


def _fontpkg(family: str, weight: int, italic: bool) -> Path | None:
    try:
        return Path(fontpkg.path(family, weight, "italic" if italic else "normal"))
    except fontpkg.FontpkgError:
        return None


def _instance(data: bytes, family: str, weight: int, italic: bool) -> bytes:
    """One weight of the variable font *data*, static and with names of its own."""
    # Kept once it is made, so few builds come here.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = uharfbuzz.Face(data)
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.flags |= uharfbuzz.SubsetFlags.SET_OVERLAPS_FLAG
    wanted.pin_all_axes_to_default(font)
    wanted.pin_axis_location(font, "wght", weight)
    for axis in font.axis_infos:
        if axis.tag == "opsz":
            size = min(max(_TEXT_SIZE, axis.min_value), axis.max_value)
            wanted.pin_axis_location(font, "opsz", size)
    pinned = io.BytesIO(uharfbuzz.subset(font, wanted).blob.data)
    named = TTFont(pinned, recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    _set_names(named, family, weight, italic)
    made = io.BytesIO()
    named.save(made)
    return made.getvalue()


# Points for which a font is drawn that is drawn otherwise for each size: most of a book
# is set in about so many, and what is large by default is too fine there.
_TEXT_SIZE = 11.0

_REGULAR, _BOLD = 400, 700
# The usual names (OpenType, OS/2.usWeightClass).
_WEIGHTS = {
    100: "Thin",
    200: "ExtraLight",
    300: "Light",
    _REGULAR: "Regular",
    500: "Medium",
    600: "SemiBold",
    _BOLD: "Bold",
    800: "ExtraBold",
    900: "Black",
}


def _style(weight: int, italic: bool) -> str:
    name = _WEIGHTS.get(weight, str(weight))
    if not italic:
        return name
    return "Italic" if weight == _REGULAR else f"{name} Italic"


def _set_names(font: "TTFont", family: str, weight: int, italic: bool) -> None:
    """Write the names and bits that tell the faces of a family apart.

    HarfBuzz keeps those of the master, and e-readers take two fonts of one name for
    the same font. By its old names (1, 2) a family has four faces at most: another
    weight is a family of its own there, and says in 16 and 17 where it belongs.
    """
    style = _style(weight, italic)
    postscript = f"{family}-{style}".replace(" ", "")
    names = {
        1: family,
        2: style,
        3: f"{font['name'].getDebugName(5)};{postscript}",
        4: f"{family} {style}",
        6: postscript,
    }
    if weight not in {_REGULAR, _BOLD}:
        names |= {
            1: f"{family} {_style(weight, False)}",
            2: _style(_REGULAR, italic),
            16: family,
            17: style,
        }
    for number in (*names, 16, 17, 25):
        font["name"].removeNames(nameID=number)
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    bold = weight == _BOLD
    font["head"].macStyle = bold | italic << 1
    # fsSelection: bit 0 italic, 5 bold, 6 regular (OpenType, OS/2); the rest stays.
    others = font["OS/2"].fsSelection & ~0b1100001
    regular = not bold and not italic
    font["OS/2"].fsSelection = others | italic | bold << 5 | regular << 6
    font["OS/2"].usWeightClass = weight
    if "STAT" in font:
        del font["STAT"]


def families() -> tuple[str, ...]:
    """The names of all families that are installed, but those for signs alone."""
    return tuple(sorted(family.name for family in fontpkg.families().values()))


def mean_width(face: Face, letters: str) -> float:
    """How wide *letters* are on average, in ems; 0 for a face that has none of them."""
    font, widths = uharfbuzz.Font(opened(face)), advances(face)
    glyphs = (font.get_nominal_glyph(ord(letter)) for letter in letters)
    found = [widths[glyph] for glyph in glyphs if glyph]
    return sum(found) / len(found) / 1000 if found else 0.0


@dataclass(frozen=True, slots=True)
class Heights:
    """In ems. ascent, descent: of a line, from its base line; capital: of an H"""

    ascent: float
    descent: float
    capital: float


@cache
def heights(face: Face) -> Heights:
    source = opened(face)
    font = uharfbuzz.Font(source)
    extents = font.get_font_extents("ltr")
    capital = font.get_glyph_extents(font.get_nominal_glyph(ord("H")) or 0)
    em = source.upem
    return Heights(
        extents.ascender / em,
        -extents.descender / em,
        (capital.y_bearing if capital else 0) / em,
    )


def reach(face: Face, letter: str) -> tuple[float, float]:
    """How far it goes above its base line and below it, in ems; nothing where the face
    has none."""
    source = opened(face)
    font = uharfbuzz.Font(source)
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord(letter)) or 0)
    if extents is None:
        return 0.0, 0.0
    top, bottom = extents.y_bearing, extents.y_bearing + extents.height
    return top / source.upem, -bottom / source.upem
