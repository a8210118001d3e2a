"""The CSS that is made for one book: what a style's two sheets cannot know."""

import re
from collections.abc import Mapping, Set

from publish.fonts import Face, covers
from publish.language import direction, number_style
from publish.pdf.page import Page
from publish.style import Opening, Style, Use

# Our own names for what a page shows. There is no host and no path, so nothing else
# can be meant by them.
FONT, IMAGE = "press:font/", "press:image/"

_VARIABLE = re.compile(r"var\((--[a-z-]+)\)")
# A chapter's first element, which says where the chapter begins.
_OPENINGS: Mapping[Opening, str] = {
    Opening.RECTO: ".p-chapter { break-before: recto }",
    Opening.PAGE: ".p-chapter { break-before: page }",
    Opening.RUN_ON: ".p-part, .p-chapter:first-child { break-before: recto }",
}


def used_faces(style: Style, characters: Set[str]) -> tuple[Face, ...]:
    """The faces to load: those for text and code, and of the others those that hold
    one of *characters* that none before them has."""
    wanted = {ord(character) for character in characters}
    faces: list[Face] = []
    for font in style.fonts:
        covered = frozenset[int]().union(*(covers(face) for face in font.faces))
        if font.use in {Use.TEXT, Use.CODE} or wanted & covered:
            faces += font.faces
            wanted -= covered
    return tuple(faces)


def font_css(faces: tuple[Face, ...]) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f" font-style: {'italic' if face.italic else 'normal'};"
        f' src: url("{FONT}{n}") }}'
        for n, face in enumerate(faces)
    )


def filled(sheet: str, page: Page) -> str:
    """A sheet with the sizes of its style where it names them as custom properties.

    WeasyPrint would look them up anew for each cell of a table, which takes a quarter
    longer.
    """
    sizes = page.sizes
    note_leading = sizes.note_leading * page.leading / (sizes.note * page.size)
    values = {
        "--note": f"{sizes.note:g}rem",
        "--note-leading": f"{note_leading:.4f}",
        "--code": f"{sizes.code:g}rem",
        "--code-in-line": f"{sizes.code:g}em",
        "--tab": f"{sizes.tab:g}",
        "--table": f"{sizes.table:g}rem",
        "--table-side": f"{sizes.table_space / 2:g}rem",
        "--wide-table": f"{sizes.wide_table:g}rem",
        "--wide-side": f"{sizes.wide_space / 2:g}rem",
        "--dense-table": f"{sizes.dense_table:g}rem",
        "--dense-side": f"{sizes.dense_space / 2:g}rem",
    }
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), sheet)


def page_css(page: Page, opening: Opening, language: str) -> str:
    """The paper, what must not leave the block of text, and the numbers in the
    contents, which neither of a style's sheets may hold."""
    figures = number_style(language)
    odd, even = "right", "left"
    if direction(language) == "rtl":
        odd, even = even, odd
    inner, outer = f"{page.inner:g}pt", f"{page.outer:g}pt"
    top, bottom = f"{page.top:g}pt", f"{page.bottom:g}pt"
    height, line = page.text_height, page.leading
    return f"""
@page {{ size: {page.width:g}pt {page.height:g}pt }}
@page :right {{ margin: {top} {outer} {bottom} {inner} }}
@page :left {{ margin: {top} {inner} {bottom} {outer} }}
html {{ font-size: {page.size:g}pt; line-height: {line / page.size:.4f} }}
img, svg {{ max-width: 100%; max-height: {height - 2 * line:g}pt }}
figure img, figure svg {{ max-height: {height - 5 * line:g}pt }}
.p-whole {{ position: relative; height: {height - 1:g}pt }}
@counter-style folio {{ system: extends {figures} }}
.p-contents a::after
  {{ content: leader(" . ") target-counter(attr(href), page, folio) }}
.p-contents a.p-roman::after
  {{ content: leader(" . ") target-counter(attr(href), page, lower-roman) }}
body > .front {{ page: front }}
body > .start {{ page: start }}
body > .body {{ page: body }}
body > .display {{ page: display }}
body > .display-start {{ page: display-start }}
.p-mark
  {{ string-set: {even} attr(data-book), {odd} attr(data-title) }}
{_OPENINGS[opening]}
"""
