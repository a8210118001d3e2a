"""The CSS that is made for one book: what a style's two sheets cannot know."""

import re
from collections.abc import Sequence, Set

from publish.fonts import Face, covers
from publish.language import direction, number_style
from publish.pdf.page import Page
from publish.style import Style, Use

# Our own names for what a page shows, and for a place of the book outside of the
# fragment. There is no host and no path, so nothing else can be meant by them.
FONT, IMAGE, PLACE = "press:font/", "press:image/", "press:place/"
# The profile of the inks.
INKS = "press:inks"

_VARIABLE = re.compile(r"var\((--[a-z-]+)\)")


_ALWAYS = frozenset({Use.TEXT, Use.CODE, Use.HEADING})


def used_faces(style: Style, characters: Set[str]) -> tuple[Face, ...]:
    """The faces to load: those that the sheets name, and of the others those that hold
    one of *characters* that none before them has."""
    wanted = {ord(character) for character in characters}
    faces: list[Face] = []
    for font in style.fonts:
        covered = frozenset[int]().union(*(covers(face) for face in font.faces))
        if font.use in _ALWAYS or wanted & covered:
            faces += font.faces
            wanted -= covered
    # One family may be there for two uses.
    return tuple(dict.fromkeys(faces))


def font_css(faces: Sequence[Face]) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f" font-style: {'italic' if face.italic else 'normal'};"
        f' src: url("{FONT}{n}") }}'
        for n, face in enumerate(faces)
    )


# The mark of a note, as a share of the text that it stands in; as `text.css`.
_MARK = 0.68


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
        "--table-mark": f"{_MARK * sizes.table:.4g}rem",
        "--wide-mark": f"{_MARK * sizes.wide_table:.4g}rem",
        "--dense-mark": f"{_MARK * sizes.dense_table:.4g}rem",
    }
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), sheet)


def text_css(page: Page, bleed: float = 0.0) -> str:
    """The paper, what must not leave the block of text, and the numbers in the
    contents, which no style's sheet may hold.

    bleed: how far beyond the paper is printed
    A picture that covers its page is set as if the block of text stood in the middle of
    the paper: `assemble` brings it there, on whichever side the page falls.
    """
    height, line = page.text_height, page.leading
    beyond = round(bleed, 3)
    aside = round((page.width - page.text_width) / 2, 3) + beyond
    return f"""
{_paper(page)}
html {{ font-size: {page.size:g}pt; line-height: {line / page.size:.6f} }}
/* Letters are not kerned with a space that is widened. Said of every space, a line is
   as wide as it was measured. */
html {{ word-spacing: 0.01px }}
.p-contents {{ word-spacing: 0 }}
img, svg {{ max-width: 100%; max-height: {height - 2 * line:g}pt }}
figure img, figure svg {{ max-height: {height - 5 * line:g}pt }}
.p-whole {{ position: relative; height: {height - 1:g}pt }}
figure.bleed {{ break-before: page; break-inside: auto; position: relative; margin: 0 }}
figure.bleed::before {{ content: ""; display: block; height: {height - 1:g}pt }}
figure.bleed img, figure.bleed svg {{
  position: absolute;
  left: {-aside:g}pt;
  top: {-page.top - beyond:g}pt;
  /* It is written on some as a share of the line. */
  width: {page.width + 2 * beyond:g}pt !important;
  height: {page.height + 2 * beyond:g}pt;
  max-width: none;
  max-height: none;
  object-fit: cover;
}}
.p-half {{ break-after: page; position: relative; height: {height - 1:g}pt }}
.p-half img {{
  position: absolute;
  left: {-aside:g}pt;
  top: {-page.top - beyond:g}pt;
  width: {2 * (page.width + beyond):g}pt;
  height: {page.height + 2 * beyond:g}pt;
  max-width: none;
  max-height: none;
  object-fit: cover;
}}
.p-half-right img {{ left: {-aside - page.width:g}pt }}
.p-contents a::after {{ content: leader(" . ") attr(data-page) }}
"""


# What an author may do to one paragraph so that a page comes out: what is a hundredth
# of an em between letters is not seen. It comes last: an author knows better. Joined
# scripts have no space between letters.
MENDED = """
.tighter { letter-spacing: -0.006em; word-spacing: -0.01em }
.looser { letter-spacing: 0.006em; word-spacing: 0.04em }
:is(.tighter, .looser):is(:lang(ar), :lang(fa), :lang(ur), :lang(ps), :lang(ckb)) {
  letter-spacing: 0;
}
.no-hyphens { hyphens: manual }
.keep-together { break-inside: avoid }
.keep-with-next { break-after: avoid }
.new-page { break-before: page }
"""


def furniture_css(page: Page, language: str) -> str:
    """The paper, and the counters and strings that a style's furniture reads."""
    odd, even = "right", "left"
    if direction(language) == "rtl":
        odd, even = even, odd
    return f"""
{_paper(page)}
html {{ font-size: {page.size:g}pt; line-height: {page.leading / page.size:.6f} }}
html {{ word-spacing: 0.01px }}
@counter-style folio {{ system: extends {number_style(language)} }}
body > div {{ break-before: page }}
body > .recto {{ break-before: recto }}
body > .verso {{ break-before: verso }}
.front {{ page: front }}
.start {{ page: start }}
.body {{ page: body }}
.display {{ page: display }}
.display-start {{ page: display-start }}
.p-mark {{ string-set: {even} attr(data-book), {odd} attr(data-title) }}
.p-shown {{
  string-set: folio attr(data-folio), opener-folio attr(data-opener),
    {even}-section attr(data-even), {odd}-section attr(data-odd);
}}
"""


def _paper(page: Page) -> str:
    inner, outer = f"{page.inner:g}pt", f"{page.outer:g}pt"
    top, bottom = f"{page.top:g}pt", f"{page.bottom:g}pt"
    return f"""
@page {{ size: {page.width:g}pt {page.height:g}pt }}
@page :right {{ margin: {top} {outer} {bottom} {inner} }}
@page :left {{ margin: {top} {inner} {bottom} {outer} }}
"""
