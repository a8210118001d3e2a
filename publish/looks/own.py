"""Style sheets of an author's own, which come after all others."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from publish.model import Edition, Format
from publish.problems import Position, Problem, PublishError
from publish.style import ReadSheet, read_sheet
from publish.stylesheets import Hiding, Sheet


@dataclass(frozen=True, slots=True)
class OwnSheets:
    """printed, epub: what they say; those of other editions are not read
    newer: what only newer e-readers know; hiding: what hides words in print
    problems: warnings, and errors for those that cannot be used
    """

    printed: tuple[str, ...] = ()
    epub: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    hiding: tuple[Hiding, ...] = ()
    problems: tuple[Problem, ...] = ()


def own_sheets(edition: Edition, manuscript: Path, families: Set[str]) -> OwnSheets:
    """families: those of the style; a sheet may name them and those of the design"""
    design = edition.design
    is_paper = edition.format is Format.PDF
    names = design.print_css if is_paper else design.epub_css
    sheet = Sheet.TEXT if is_paper else Sheet.EPUB
    families |= {design.text_font, design.heading_font, design.code_font} - {""}
    sheets: list[ReadSheet] = []
    problems: list[Problem] = []
    for name in names:
        try:
            read = _read(name, manuscript, sheet, families, design.at("css"))
        except PublishError as error:
            problems += error.problems
        else:
            sheets.append(read)
            problems += read.problems
    texts = tuple(read.css for read in sheets)
    if is_paper:
        hiding = tuple(one for read in sheets for one in read.hiding)
        return OwnSheets(printed=texts, hiding=hiding, problems=tuple(problems))
    newer = tuple(read.newer for read in sheets if read.newer)
    return OwnSheets(epub=texts, newer=newer, problems=tuple(problems))


def _read(
    name: str, manuscript: Path, sheet: Sheet, families: Set[str], at: Position
) -> ReadSheet:
    path = manuscript / name
    inside = path.resolve().is_relative_to(manuscript.resolve())
    if not inside or not path.is_file():
        there = list(_sheets(manuscript))
        near = get_close_matches(name, there, n=1) if inside else ()
        message = f"there is no style sheet “{name}” in the folder of the book"
        hint = "put it there; its name is counted from book.toml"
        hint = f"did you mean “{near[0]}”?" if near else hint
        raise PublishError([Problem(at, "no-stylesheet", message, hint)])
    return read_sheet(path, sheet, families)


def _sheets(manuscript: Path) -> Iterator[str]:
    for path in sorted(manuscript.glob("*.css")):
        yield path.name
    for path in sorted(manuscript.glob("*/*.css")):
        yield path.relative_to(manuscript).as_posix()
