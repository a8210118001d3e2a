"""What a page looks like: a folder of `styles/`, read and checked."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path

from publish.config.design import DESIGN
from publish.config.kinds import TEXT, Key, ListOf, Named, OneOf, Table, Value, one_of
from publish.config.toml_file import TomlFile, read_toml
from publish.fonts import Face, covers, is_installed, load_faces
from publish.lengths import points_of
from publish.model import BOOK_AND_CHAPTER, Folios, Heads, Hyphens, LeadIn
from publish.model import Opening as Opening  # noqa: PLC0414 - it is a word of styles
from publish.ornaments import (
    Ornament,
    chosen,
    on_old_screens,
    on_screens,
    printed,
    read_ornaments,
)
from publish.plugins import style_folders
from publish.problems import Position, Problem, PublishError
from publish.stylesheets import Sheet, check_sheet


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
    problems: warnings, for what it was asked and has not
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


_ANYWHERE = Position(Path("book.toml"))


def load_style(
    name: str, at: Position = _ANYWHERE, manuscript: Path | None = None
) -> Style:
    """Read a style, with its fonts made ready: one in the folder `styles` of the
    manuscript, one of ours, or one that is installed as a package.

    at: what asked for it, for the problem
    manuscript: its folder; None where there is none
    Raises PublishError for a style that does not exist, and with all that is wrong
    with one that does.
    """
    folders = style_folders_of(manuscript)
    if name not in folders:
        message = f"there is no style “{name}”"
        hint = f"the styles are: {', '.join(folders)}"
        raise PublishError([Problem(at, "no-style", message, hint)])
    return read_style(folders[name])


def style_folders_of(manuscript: Path | None) -> Mapping[str, Path]:
    """Where each style is that a book may have, by their names."""
    folders = {**style_folders(), **{name: STYLES / name for name in style_names()}}
    if manuscript is not None:
        folders |= {path.name: path for path in _own_styles(manuscript)}
    return dict(sorted(folders.items()))


def _own_styles(manuscript: Path) -> Iterator[Path]:
    """The author's own; a link may lead out of the manuscript, and is not followed."""
    inside = manuscript.resolve()
    for path in (manuscript / "styles").glob("*/style.toml"):
        if path.resolve().is_relative_to(inside):
            yield path.parent


def style_names() -> tuple[str, ...]:
    """Every style that comes with publish."""
    return tuple(sorted(path.parent.name for path in STYLES.glob("*/style.toml")))


def _styles_folder() -> Path:
    # A wheel carries the styles inside the package; in a checkout they are beside it.
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "styles"


STYLES = _styles_folder()


def read_style(folder: Path, changed_by: Sequence[Path] = ()) -> Style:
    """Read one folder with a `style.toml` and its three stylesheets. One that changes
    another style has of all these what is different.

    changed_by: the folders of the styles that change it, the last one first
    Raises PublishError with all that is wrong with it.
    """
    toml = read_toml(folder / "style.toml")
    base = _base(toml, changed_by)
    paths = {sheet: folder / f"{sheet}.css" for sheet in _SHEETS}
    missing = () if base else _sheet_problems(_own(paths))
    if problems := (*_key_problems(toml, base), *missing):
        raise PublishError(problems)
    said = toml.table
    ornaments = read_ornaments(said.get("ornaments", {}), folder / "ornaments")
    if base is not None:
        ornaments = {**base.ornaments, **ornaments}
    ornament = chosen(said["ornament"], ornaments) if "ornament" in said else None
    sheets = {
        name: f"{_ornamental(ornament, name)}{read_sheet(path, name)}"
        for name, path in paths.items()
    }
    fonts = tuple(_fonts(toml))
    if base is None:
        return Style(
            name=folder.name,
            folder=folder,
            description=said["description"],
            opening=Opening(said["opening"]),
            page=PageDesign(**said["page"]),
            sizes=Sizes(**said["sizes"]),
            fonts=fonts,
            cover=said.get("cover", _COVER),
            grid=said.get("grid", False),
            epub_css=sheets[Sheet.EPUB],
            newer_css=sheets[Sheet.NEWER],
            text_css=sheets[Sheet.TEXT],
            furniture_css=sheets[Sheet.FURNITURE],
            knobs=_knobs(said.get("knobs", {})),
            ornaments=ornaments,
            ornament=ornament,
            hyphens=_hyphens(_knobs(said.get("knobs", {}))),
        )
    names = _new_names(base, fonts)

    def changed(sheet: str, name: Sheet) -> str:
        return f"{renamed(sheet, names)}\n{sheets[name]}"

    knobs = {**base.knobs, **_knobs(said.get("knobs", {}))}
    return replace(
        base,
        name=folder.name,
        folder=folder,
        description=said["description"],
        opening=Opening(said.get("opening", base.opening)),
        page=replace(base.page, **said.get("page", {})),
        sizes=replace(base.sizes, **said.get("sizes", {})),
        fonts=_in_place(base.fonts, fonts),
        cover=said.get("cover", base.cover),
        grid=said.get("grid", base.grid),
        epub_css=changed(base.epub_css, Sheet.EPUB),
        newer_css=changed(base.newer_css, Sheet.NEWER),
        text_css=changed(base.text_css, Sheet.TEXT),
        furniture_css=changed(base.furniture_css, Sheet.FURNITURE),
        knobs=knobs,
        ornaments=ornaments,
        ornament=base.ornament if ornament is None else ornament,
        hyphens=_hyphens(knobs),
    )


_COVER = "classic"
# A style of its own has them all but the second.
_SHEETS = (Sheet.EPUB, Sheet.NEWER, Sheet.TEXT, Sheet.FURNITURE)


def read_sheet(path: Path, sheet: Sheet) -> str:
    """A sheet; nothing for one that is not there.

    Raises PublishError with all that must not stand in it.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        at = Position(path, line)
        problem = Problem(at, "not-utf8", "not UTF-8", "save the file as UTF-8")
        raise PublishError([problem]) from error
    # Ours are looked through before anybody has them.
    if not path.is_relative_to(STYLES) and (
        problems := tuple(check_sheet(text, path, sheet))
    ):
        raise PublishError(problems)
    return text


def _ornamental(ornament: Ornament | None, sheet: Sheet) -> str:
    """What stands before the rules of a sheet, which may say otherwise."""
    if ornament is None:
        return ""
    rules = {
        Sheet.TEXT: [printed(ornament)],
        Sheet.EPUB: on_old_screens(ornament),
        Sheet.NEWER: [on_screens(ornament)],
    }
    return "".join(f"{rule}\n" for rule in rules.get(sheet, ()))


def _knobs(said: Mapping[str, bool | list[str | int]]) -> Mapping[str, Knob]:
    return {
        key: value if isinstance(value, bool) else tuple(value)
        for key, value in said.items()
    }


def _hyphens(knobs: Mapping[str, Knob]) -> Hyphens:
    """A style that allows only some has the first of them."""
    allowed = knobs.get("hyphens")
    return Hyphens(str(allowed[0])) if isinstance(allowed, tuple) else Hyphens.NORMAL


def renamed(sheet: str, names: Mapping[str, str]) -> str:
    """A sheet with other families. names: those that it has, with what they become"""
    for old, new in names.items():
        sheet = sheet.replace(f'"{old}"', f'"{new}"')
    return sheet


def _new_names(base: Style, own: Iterable[Font]) -> Mapping[str, str]:
    """Families of *base*, and those that take their places: the first of each use."""
    before, after = _firsts(base.fonts), _firsts(own)
    return {before[use]: after[use] for use in after if use in before}


def _firsts(fonts: Iterable[Font]) -> Mapping[Use, str]:
    firsts: dict[Use, str] = {}
    for font in fonts:
        firsts.setdefault(font.use, font.family)
    return firsts


def _own(paths: Mapping[Sheet, Path]) -> Iterator[Path]:
    return (path for name, path in paths.items() if name is not Sheet.NEWER)


def _base(toml: TomlFile, changed_by: Sequence[Path]) -> Style | None:
    """The style that this one changes, if it names one: beside it, or else one that
    every book may have."""
    name = toml.table.get("base")
    if not isinstance(name, str):
        return None
    folder = toml.path.parent
    changing = (folder, *changed_by)
    if re.fullmatch(r"[\w-]+", name):
        beside = folder.parent / name
        known = style_folders_of(None).get(name)
        for found in (beside, known):
            if found and (found / "style.toml").is_file() and found not in changing:
                return read_style(found, changing)
        if beside in changing:
            message = f"this style changes “{name}”, which changes this one"
            raise PublishError([Problem(toml.at(("base",)), "no-style", message)])
    return load_style(name, toml.at(("base",)))


def _in_place(base: Iterable[Font], own: Sequence[Font]) -> tuple[Font, ...]:
    """The fonts of a style, its own in place of those for the same use."""
    uses = {font.use for font in own}
    kept = [font for font in base if font.use not in uses]
    order = list(Use)
    return tuple(sorted([*own, *kept], key=lambda font: order.index(font.use)))


def _fonts(toml: TomlFile) -> Iterator[Font]:
    for index, row in enumerate(toml.table.get("fonts", ())):
        family = row["family"]
        if row.get("optional", False) and not is_installed(family):
            continue
        at = toml.at(("fonts", index, "family"))
        faces = load_faces(family, row["weights"], row.get("italics", False), at)
        yield Font(Use(row["use"]), family, faces)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_size(value: object) -> bool:
    return isinstance(value, int | float) and value > 0 and _is_number(value)


_NUMBER = Value("a number", _is_number, {"type": "number"})
_SIZE = Value("a number above 0", _is_size, {"type": "number", "exclusiveMinimum": 0})
_YES = Value(
    "true or false", lambda value: isinstance(value, bool), {"type": "boolean"}
)
_WEIGHT = Value(
    "a weight from 100 to 900",
    lambda value: value in range(100, 901) and _is_number(value),
    {"type": "integer", "minimum": 100, "maximum": 900},
)


def _is_range(value: object) -> bool:
    """The least and the most."""
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004
        return False
    least, most = (points_of(end) if isinstance(end, str) else None for end in value)
    return least is not None and most is not None and least <= most


_RANGE = Value(
    'two lengths like ["9pt", "14pt"]',
    _is_range,
    {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
)


def _knob(key: str) -> Key:
    if key in {"size", "leading"}:
        return Key(OneOf((_YES, _RANGE)), "From the one to the other.")
    if key in {"headings", "folios", "drop-caps", "lead-in", "opening", "hyphens"}:
        some = ListOf(DESIGN.keys[key].kind)
        return Key(OneOf((_YES, some)), "Those of them; the style's own is the first.")
    return Key(_YES, "Whether it may be changed.")


_FONT = Table(
    {
        "use": Key(one_of(Use), "What it is for.", required=True),
        "family": Key(TEXT, "Its name.", required=True),
        "weights": Key(ListOf(_WEIGHT), "Which.", required=True),
        "italics": Key(_YES, "Whether each is italic too."),
        "optional": Key(_YES, "Whether a book goes without it."),
    }
)


def _keys(*, whole: bool) -> Table:
    """What may stand in `style.toml`. whole: whether it must say everything, because it
    changes no other style"""

    def numbers(of: type[PageDesign | Sizes], kind: Value) -> Table:
        return Table({f.name: Key(kind, f.name, required=whole) for f in fields(of)})

    return Table(
        {
            "base": Key(TEXT, "The style that this one changes."),
            "description": Key(TEXT, "What it is for, in a line.", required=True),
            "opening": Key(one_of(Opening), "Where a chapter begins.", whole),
            "cover": Key(TEXT, "The design of a printed book's cover."),
            "grid": Key(_YES, "Whether lines keep the same heights on all pages."),
            "page": Key(
                numbers(PageDesign, _NUMBER), "What pages are made from.", whole
            ),
            "sizes": Key(numbers(Sizes, _SIZE), "What is smaller, and widths.", whole),
            "fonts": Key(
                ListOf(_FONT),
                "The families, in the order in which a character is looked for.",
                whole,
            ),
            "knobs": Key(
                Table({key: _knob(key) for key in DESIGN.keys if key != "css"}),
                "What an author may change of it, under [design] in book.toml.",
            ),
            "ornament": Key(TEXT, "What stands between scenes: a name, or signs."),
            "ornaments": Key(
                Named(TEXT, r"[a-z][a-z-]*", "is no name of an ornament"),
                "What may, by names: signs, or drawings in the folder `ornaments`.",
            ),
        }
    )


def _key_problems(toml: TomlFile, base: Style | None) -> Iterator[Problem]:
    for fault in _keys(whole=base is None).faults(toml.table, ()):
        yield Problem(toml.at(fault.place), fault.code, fault.message, fault.hint)


def _sheet_problems(paths: Iterable[Path]) -> Iterator[Problem]:
    for path in paths:
        if not path.is_file():
            yield Problem(Position(path), "no-stylesheet", "no such file")
