"""Read the folder of a style."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from publish.config.toml_file import TomlFile, read_toml
from publish.fonts import is_installed, load_faces
from publish.model import Hyphens, Opening
from publish.ornaments import (
    NO_ORNAMENT,
    Ornament,
    chosen,
    on_old_screens,
    on_screens,
    printed,
    read_ornaments,
    unknown_ornament,
)
from publish.problems import Position, Problem, PublishError, Severity
from publish.style.keys import style_keys
from publish.style.model import Font, Knob, PageDesign, Sizes, Style, Use
from publish.style.places import STYLES, style_folders_of
from publish.stylesheets import (
    PRINTED,
    Hiding,
    Sheet,
    apart,
    check_families,
    check_sheet,
    hiding_rules,
    without,
)

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
        if near := get_close_matches(name.casefold(), folders, n=1):
            hint = f"did you mean “{near[0]}”? {hint}"
        raise PublishError([Problem(at, "no-style", message, hint)])
    return read_style(folders[name])


def read_style(folder: Path, changed_by: Sequence[Path] = ()) -> Style:
    """Read one folder with a `style.toml` and its three stylesheets. One that changes
    another style has of all these what is different.

    changed_by: the folders of the styles that change it, the last one first
    Raises PublishError with all that is wrong with it.
    """
    toml = read_toml(folder / "style.toml")
    base = _base(toml, changed_by)
    paths = {sheet: folder / f"{sheet}.css" for sheet in _SHEETS}
    missing = () if base else _sheet_problems(_demanded(paths))
    if problems := (*_key_problems(toml, base), *missing):
        raise PublishError(problems)
    said = toml.table
    ornaments = read_ornaments(said.get("ornaments", {}), folder / "ornaments")
    said_one = said.get("ornament")
    named = {**(base.ornaments if base else {}), **ornaments}
    fonts = tuple(_fonts(toml))
    families = {font.family for font in (*fonts, *(base.fonts if base else ()))}
    ornament = None
    if said_one is not None:
        at = toml.at(("ornament",))
        if unknown := tuple(unknown_ornament(said_one, named, folder.name, at)):
            raise PublishError(unknown)
        ornament = chosen(said_one, named)
    own = _Own(
        folder,
        said,
        fonts,
        ornaments,
        ornament,
        {name: read_sheet(path, name, families) for name, path in paths.items()},
    )
    return _changed(base, own) if base else _whole(own)


@dataclass(frozen=True, slots=True)
class _Own:
    """What the folder of one style says, checked.

    said: the table of its `style.toml`
    """

    folder: Path
    said: Mapping[str, Any]
    fonts: tuple[Font, ...]
    ornaments: Mapping[str, Ornament]
    ornament: Ornament | None
    sheets: Mapping[Sheet, "ReadSheet"]

    def css(self, name: Sheet) -> str:
        css = self.sheets[name].css
        if name is Sheet.NEWER:
            css += self.sheets[Sheet.EPUB].newer
        return f"{_ornamental(self.ornament, name)}{css}"

    @property
    def knobs(self) -> Mapping[str, Knob]:
        said: Mapping[str, bool | list[str | int]] = self.said.get("knobs", {})
        return {
            key: value if isinstance(value, bool) else tuple(value)
            for key, value in said.items()
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(one for sheet in self.sheets.values() for one in sheet.problems)


def _whole(own: _Own) -> Style:
    said = own.said
    return Style(
        name=own.folder.name,
        folder=own.folder,
        description=said["description"],
        opening=Opening(said["opening"]),
        page=PageDesign(**said["page"]),
        sizes=Sizes(**said["sizes"]),
        fonts=own.fonts,
        cover=said.get("cover", _COVER),
        grid=said.get("grid", False),
        epub_css=own.css(Sheet.EPUB),
        newer_css=own.css(Sheet.NEWER),
        text_css=own.css(Sheet.TEXT),
        furniture_css=own.css(Sheet.FURNITURE),
        knobs=own.knobs,
        ornaments=own.ornaments,
        ornament=own.ornament,
        hyphens=_hyphens(own.knobs),
        hiding=own.sheets[Sheet.TEXT].hiding,
        problems=own.problems,
    )


def _changed(base: Style, own: _Own) -> Style:
    said = own.said
    names = _new_names(base, own.fonts)
    knobs = {**base.knobs, **own.knobs}

    def both(sheet: str, name: Sheet) -> str:
        return f"{renamed(sheet, names)}\n{own.css(name)}"

    return replace(
        base,
        name=own.folder.name,
        folder=own.folder,
        description=said["description"],
        opening=Opening(said.get("opening", base.opening)),
        page=replace(base.page, **said.get("page", {})),
        sizes=replace(base.sizes, **said.get("sizes", {})),
        fonts=_in_place(base.fonts, own.fonts),
        cover=said.get("cover", base.cover),
        grid=said.get("grid", base.grid),
        epub_css=both(base.epub_css, Sheet.EPUB),
        newer_css=both(base.newer_css, Sheet.NEWER),
        text_css=both(base.text_css, Sheet.TEXT),
        furniture_css=both(base.furniture_css, Sheet.FURNITURE),
        knobs=knobs,
        ornaments={**base.ornaments, **own.ornaments},
        ornament=base.ornament if own.ornament is None else own.ornament,
        hyphens=_hyphens(knobs),
        hiding=(*base.hiding, *own.sheets[Sheet.TEXT].hiding),
        problems=(*base.problems, *own.problems),
    )


_COVER = "classic"
# A style of its own has them all but the second.
_SHEETS = (Sheet.EPUB, Sheet.NEWER, Sheet.TEXT, Sheet.FURNITURE)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """css: without what print would pass over; problems: a warning for each of it
    newer: of one for e-readers, what only newer ones know
    hiding: of one for print, what hides words
    """

    css: str
    problems: tuple[Problem, ...] = ()
    newer: str = ""
    hiding: tuple[Hiding, ...] = ()


def read_sheet(path: Path, sheet: Sheet, families: Set[str]) -> ReadSheet:
    """A sheet; nothing for one that is not there.

    families: those that print has
    Raises PublishError with all that is wrong with it where something must not stand
    in it.
    """
    try:
        text = _LINE_END.sub("\n", path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return ReadSheet("")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        at = Position(path, line)
        problem = Problem(at, "not-utf8", "not UTF-8", "save the file as UTF-8")
        raise PublishError([problem]) from error
    # Ours are looked through before anybody has them.
    if path.is_relative_to(STYLES):
        return ReadSheet(text)
    problems = tuple(check_sheet(text, path, sheet))
    if sheet in PRINTED:
        problems += tuple(check_families(text, path, families))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise PublishError(problems)
    text = without(text, (one.at for one in problems))
    css, newer = apart(text) if sheet is Sheet.EPUB else (text, "")
    hiding = tuple(hiding_rules(text, path)) if sheet is Sheet.TEXT else ()
    return ReadSheet(css, problems, newer, hiding)


# As CSS counts lines (CSS Syntax 3, 3.3).
_LINE_END = re.compile(r"\r\n?|\f")


def _ornamental(ornament: Ornament | None, sheet: Sheet) -> str:
    """What stands before the rules of a sheet, which may say otherwise."""
    if ornament is None:
        return ""
    rules = {
        Sheet.TEXT: printed,
        Sheet.EPUB: on_old_screens,
        Sheet.NEWER: on_screens,
    }
    if sheet not in rules:
        return ""
    return "".join(f"{rule}\n" for rule in rules[sheet](ornament))


def _hyphens(knobs: Mapping[str, Knob]) -> Hyphens:
    """A style that allows only some has the first of them."""
    allowed = knobs.get("hyphens")
    if isinstance(allowed, tuple) and allowed:
        return Hyphens(str(allowed[0]))
    return Hyphens.NORMAL


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


def _demanded(paths: Mapping[Sheet, Path]) -> Iterator[Path]:
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


def _key_problems(toml: TomlFile, base: Style | None) -> Iterator[Problem]:
    for fault in style_keys(whole=base is None).faults(toml.table, ()):
        yield Problem(toml.at(fault.place), fault.code, fault.message, fault.hint)
    ornaments = toml.table.get("ornaments")
    if isinstance(ornaments, dict) and NO_ORNAMENT in ornaments:
        message = f"`{NO_ORNAMENT}` is the word for no ornament, and can name none"
        at = toml.at(("ornaments", NO_ORNAMENT))
        yield Problem(at, "bad-name", message, "give the ornament another name")


def _sheet_problems(paths: Iterable[Path]) -> Iterator[Problem]:
    for path in paths:
        if not path.is_file():
            yield Problem(Position(path), "no-stylesheet", "no such file")
