"""What a page looks like: a folder of `styles/`, read and checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from publish.config.kinds import TEXT, Key, ListOf, Table, Value, one_of
from publish.config.toml_file import TomlFile, read_toml
from publish.fonts import Face, is_installed, load_faces
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
    """

    size: float
    leading: float
    measure: float
    inner: float
    top: float
    outer: float
    bottom: float


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


_NUMBER = Value("a number", _is_number, {"type": "number"})
_YES = Value(
    "true or false", lambda value: isinstance(value, bool), {"type": "boolean"}
)
_WEIGHT = Value(
    "a weight from 100 to 900",
    lambda value: value in range(100, 901) and _is_number(value),
    {"type": "integer", "minimum": 100, "maximum": 900},
)
# The one table that says what may stand in `style.toml`.
_STYLE = Table(
    {
        "description": Key(TEXT, "What it is for, in a line.", required=True),
        "opening": Key(one_of(Opening), "Where a chapter begins.", required=True),
        "page": Key(
            Table(
                {
                    field.name: Key(_NUMBER, field.name, required=True)
                    for field in fields(PageDesign)
                }
            ),
            "What the pages are made from.",
            required=True,
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
