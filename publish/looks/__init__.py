"""A style with what an author changes of it: knobs, not forks.

knobs.py     what the style lets be changed
faces.py     other families, and how wide their letters are
numbers.py   sizes, leading, measure, margins
printed.py   sheets for print        screens.py   a sheet for e-readers
own.py       the author's own sheets    starting.py  the folder of a new style
telling.py   what may be changed, for who wants to change it
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from publish.fonts import families
from publish.looks.faces import missing_families, undrawn, with_faces
from publish.looks.knobs import allowed
from publish.looks.numbers import with_numbers
from publish.looks.own import own_sheets
from publish.looks.printed import furniture_rules, headed, text_rules
from publish.looks.screens import epub_rules, newer_rules
from publish.model import Edition, Format
from publish.ornaments import chosen, recoloured
from publish.problems import Position, Problem, PublishError, Severity
from publish.style import Style, load_style


def style_of(edition: Edition, manuscript: Path, at: Position) -> Style:
    """The style of an edition, as the author wants it.

    manuscript: its folder; at: what asked for the style where nothing names it, for
        problems
    Raises PublishError with all that is wrong.
    """
    try:
        style = load_style(edition.style, edition.style_at or at, manuscript)
    except PublishError as error:
        more = (
            *missing_families(edition.design),
            *own_sheets(edition, manuscript, frozenset(families())).problems,
        )
        raise PublishError((*error.problems, *more)) from error
    return designed(style, edition, manuscript)


def style_problems(
    editions: Iterable[Edition], manuscript: Path, at: Position
) -> Iterator[Problem]:
    """Why editions cannot have the styles that they ask for. at: as for `style_of`"""
    for edition in editions:
        try:
            style_of(edition, manuscript, at)
        except PublishError as error:
            yield from error.problems


def designed(style: Style, edition: Edition, manuscript: Path) -> Style:
    """The same style with all that the edition changes of it.

    Raises PublishError with what it does not let be changed, or what is wrong with
    fonts and sheets.
    """
    design, ignored, refused = allowed(style, edition.design)
    own = {font.family for font in style.fonts}
    sheets = own_sheets(edition, manuscript, own)
    problems = (*refused, *missing_families(design), *sheets.problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise PublishError(problems)
    if not (design.said or ignored):
        return style
    plain = style
    style = with_faces(style, design)
    style = with_numbers(style, design, edition.trim)
    style = replace(
        style,
        opening=design.opening or style.opening,
        heads=design.heads or style.heads,
        folios=design.folios or style.folios,
        drop_caps=style.drop_caps if design.drop_caps is None else design.drop_caps,
        lead_in=design.lead_in or style.lead_in,
        ornament=chosen(design.ornament, style.ornaments)
        if design.ornament
        else style.ornament,
        hyphens=design.hyphens or style.hyphens,
        opener=design.opener,
        hiding=(*style.hiding, *sheets.hiding),
        problems=(*style.problems, *ignored, *sheets.problems),
    )
    if missing := tuple(undrawn(style, design)):
        raise PublishError(missing)
    is_read = edition.format is Format.PDF and edition.printing is None
    text = recoloured(style.text_css, plain.ornament, design.colour)
    rules = text_rules(style, design, links=is_read)
    return replace(
        style,
        text_css="\n".join((text, *rules, *sheets.printed)),
        furniture_css="\n".join(
            (headed(style.furniture_css, style.heads), *furniture_rules(style, design))
        ),
        epub_css="\n".join((style.epub_css, *epub_rules(style, design), *sheets.epub)),
        newer_css="\n".join(
            (style.newer_css, *newer_rules(style, design), *sheets.newer)
        ),
    )
