"""What a page looks like: a folder of `styles/`, read and checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from publish.config.kinds import TEXT, Key, ListOf, Table, Value, one_of
from publish.config.toml_file import TomlFile, read_toml
from publish.fonts import Face, covers, is_installed, load_faces
from publish.problems import Position, Problem, PublishError


class Opening(StrEnum):
    """Where a chapter begins in print: on a right-hand page, on the next page, or
    below the end of the one before it."""

    RECTO = "recto"
    PAGE = "page"
    RUN_ON = "run-on"


class Use(StrEnum):
    """What a font is for."""

    TEXT = "text"
    CODE = "code"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    SYMBOLS = "symbols"
    EMOJI = "emoji"
    CJK = "cjk"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """folder: where its own files are, for what its stylesheets refer to
    fonts: those that are installed, in the order in which a character is looked for
    epub_css: plain, for e-readers of any age
    text_css, furniture_css: for print; what lies in the block of text, and what
        stands round it
    """

    name: str
    folder: Path
    description: str
    opening: Opening
    page: PageDesign
    sizes: Sizes
    fonts: tuple[Font, ...]
    epub_css: str
    text_css: str
    furniture_css: str

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


def load_style(name: str, at: Position = _ANYWHERE) -> Style:
    """Read `styles/NAME`, with its fonts made ready.

    at: what asked for it, for the problem
    Raises PublishError for a style that does not exist, and with all that is wrong
    with one that does.
    """
    if name not in style_names():
        message = f"there is no style “{name}”"
        hint = f"the styles are: {', '.join(style_names())}"
        raise PublishError([Problem(at, "no-style", message, hint)])
    return read_style(STYLES / name)


def style_names() -> tuple[str, ...]:
    """Every style there is."""
    return tuple(sorted(path.parent.name for path in STYLES.glob("*/style.toml")))


def _styles_folder() -> Path:
    # A wheel carries the styles inside the package; in a checkout they are beside it.
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "styles"


STYLES = _styles_folder()


def read_style(folder: Path) -> Style:
    """Read one folder with a `style.toml` and its three stylesheets.

    Raises PublishError with all that is wrong with it.
    """
    toml = read_toml(folder / "style.toml")
    sheets = {sheet: folder / f"{sheet}.css" for sheet in ("epub", "text", "furniture")}
    if problems := (*_key_problems(toml), *_sheet_problems(sheets.values())):
        raise PublishError(problems)
    return Style(
        name=folder.name,
        folder=folder,
        description=toml.table["description"],
        opening=Opening(toml.table["opening"]),
        page=PageDesign(**toml.table["page"]),
        sizes=Sizes(**toml.table["sizes"]),
        fonts=tuple(_fonts(toml)),
        epub_css=sheets["epub"].read_text(encoding="utf-8"),
        text_css=sheets["text"].read_text(encoding="utf-8"),
        furniture_css=sheets["furniture"].read_text(encoding="utf-8"),
    )


def _fonts(toml: TomlFile) -> Iterator[Font]:
    for index, row in enumerate(toml.table["fonts"]):
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


def _numbers(of: type[PageDesign | Sizes], kind: Value) -> Table:
    return Table({f.name: Key(kind, f.name, required=True) for f in fields(of)})


# The one table that says what may stand in `style.toml`.
_STYLE = Table(
    {
        "description": Key(TEXT, "What it is for, in a line.", required=True),
        "opening": Key(one_of(Opening), "Where a chapter begins.", required=True),
        "page": Key(
            _numbers(PageDesign, _NUMBER), "What the pages are made from.", True
        ),
        "sizes": Key(
            _numbers(Sizes, _SIZE), "What is smaller, and how wide letters are.", True
        ),
        "fonts": Key(
            ListOf(
                Table(
                    {
                        "use": Key(one_of(Use), "What it is for.", required=True),
                        "family": Key(TEXT, "Its name.", required=True),
                        "weights": Key(ListOf(_WEIGHT), "Which.", required=True),
                        "italics": Key(_YES, "Whether each is italic too."),
                        "optional": Key(_YES, "Whether a book goes without it."),
                    }
                )
            ),
            "The families, in the order in which a character is looked for.",
            required=True,
        ),
    }
)


def _key_problems(toml: TomlFile) -> Iterator[Problem]:
    for fault in _STYLE.faults(toml.table, ()):
        yield Problem(toml.at(fault.place), fault.code, fault.message, fault.hint)


def _sheet_problems(paths: Iterable[Path]) -> Iterator[Problem]:
    for path in paths:
        if not path.is_file():
            yield Problem(Position(path), "no-stylesheet", "no such file")
