"""What a page looks like: a folder of `styles/`, read and checked."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from publish.fonts import Face, is_installed, load_faces
from publish.problems import Position, Problem, PublishError


class Opening(StrEnum):
    """Where a chapter begins in print: on a right-hand page, on the next page, or
    below the end of the one before it."""

    RECTO = "recto"
    PAGE = "page"
    RUN_ON = "run-on"


class Use(StrEnum):
    """What a font is for. The stylesheets name families in this order."""

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
    epub_css, text_css, furniture_css: see the design of print: what lies in the text
        block, and what stands round it
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

    def fonts_for(self, *uses: Use) -> tuple[Font, ...]:
        """The fonts for one of *uses*, in their order."""
        return tuple(font for use in uses for font in self.fonts if font.use is use)


_ANYWHERE = Position(Path("book.toml"))


def load_style(name: str, at: Position = _ANYWHERE) -> Style:
    """Read `styles/NAME`, with its fonts made ready.

    at: what asked for it, for the problem
    Raises PublishError for a style that does not exist, and with all that is wrong
    with one that does.
    """
    folder = STYLES / name
    if name not in style_names():
        message = f"there is no style “{name}”"
        hint = f"the styles are: {', '.join(style_names())}"
        raise PublishError([Problem(at, "no-style", message, hint)])
    path = folder / "style.toml"
    text = path.read_text(encoding="utf-8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PublishError([Problem(Position(path), "bad-toml", str(error))]) from error
    if problems := tuple(_problems(path, text, table)):
        raise PublishError(problems)
    return Style(
        name=name,
        folder=folder,
        description=table["description"],
        opening=Opening(table["opening"]),
        page=PageDesign(**table["page"]),
        fonts=tuple(_fonts(table["fonts"], Position(path))),
        epub_css=_sheet(folder / "epub.css"),
        text_css=_sheet(folder / "text.css"),
        furniture_css=_sheet(folder / "furniture.css"),
    )


def style_names() -> tuple[str, ...]:
    """Every style there is, by name."""
    return tuple(sorted(path.parent.name for path in STYLES.glob("*/style.toml")))


def _styles_folder() -> Path:
    # A wheel carries the styles inside the package; in a checkout they are beside it.
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "styles"


STYLES = _styles_folder()


def _sheet(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _fonts(rows: list[dict[str, Any]], at: Position) -> Iterator[Font]:
    for row in rows:
        family = row["family"]
        if row.get("optional", False) and not is_installed(family):
            continue
        faces = load_faces(family, row["weights"], row.get("italics", False), at)
        yield Font(Use(row["use"]), family, faces)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the value of a key may be. name: as it reads after "must be" """

    name: str
    type: type
    choices: tuple[str, ...] = ()
    needed: bool = True

    def fits(self, value: object) -> bool:
        if not isinstance(value, self.type):
            return False
        return not self.choices or value in self.choices


def _choice(kind: type[StrEnum]) -> _Kind:
    return _Kind(f"one of: {', '.join(kind)}", str, tuple(kind))


# The keys of style.toml and of each of its `[[fonts]]` are exactly these.
_KEYS: Mapping[str, _Kind] = {
    "description": _Kind("text", str),
    "opening": _choice(Opening),
    "page": _Kind("written as [page]", dict),
    "fonts": _Kind("written as [[fonts]]", list),
}
_PAGE_KEYS: Mapping[str, _Kind] = {
    field.name: _Kind("a number with a point, like 11.0", float)
    for field in fields(PageDesign)
}
_FONT_KEYS: Mapping[str, _Kind] = {
    "use": _choice(Use),
    "family": _Kind("text", str),
    "weights": _Kind("a list of numbers", list),
    "italics": _Kind("true or false", bool, needed=False),
    "optional": _Kind("true or false", bool, needed=False),
}


def _problems(path: Path, text: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _table_problems(path, text, 0, table, _KEYS)
    if isinstance(page := table.get("page"), dict):
        start = max(0, text.find("[page]"))
        yield from _table_problems(path, text, start, page, _PAGE_KEYS)
    rows = table.get("fonts", [])
    if not isinstance(rows, list):
        return
    heads = [match.start() for match in re.finditer(r"(?m)^\[\[fonts\]\]", text)]
    for row, start in zip(rows, heads, strict=False):
        yield from _table_problems(path, text, start, row, _FONT_KEYS)


def _table_problems(
    path: Path,
    text: str,
    start: int,
    table: Mapping[str, Any],
    keys: Mapping[str, _Kind],
) -> Iterator[Problem]:
    """start: where in *text* the table begins"""
    for key in table:
        if key not in keys:
            guess = get_close_matches(key, keys, n=1)
            hint = f"did you mean `{guess[0]}`?" if guess else ""
            at = Position(path, _line_of(key, text, start))
            yield Problem(at, "unknown-key", f"unknown key `{key}`", hint)
    for key, kind in keys.items():
        if key not in table and kind.needed:
            at = Position(path, text.count("\n", 0, start) + 1)
            yield Problem(at, "missing-key", f"no `{key}`")
        elif key in table and not kind.fits(table[key]):
            at = Position(path, _line_of(key, text, start))
            yield Problem(at, "bad-value", f"`{key}` must be {kind.name}")


def _line_of(key: str, text: str, start: int) -> int:
    match = re.compile(rf"(?m)^[ \t]*\[*{re.escape(key)}\b").search(text, start)
    return text.count("\n", 0, match.start()) + 1 if match else 0
