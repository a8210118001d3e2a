"""The folder of a new style, for its author to go on from."""

from collections.abc import Mapping
from dataclasses import fields

from publish.style import PageDesign, Sizes, Style


def new_style(name: str, base: Style) -> Mapping[str, str]:
    """The files of a style that changes *base* in nothing yet, by their names."""
    return {
        "style.toml": _toml(name, base),
        "text.css": _TEXT,
        "furniture.css": _FURNITURE,
        "epub.css": _EPUB,
    }


def _toml(name: str, base: Style) -> str:
    return f"""\
# The style “{name}”. It is “{base.name}” with what you change here: take away the # in
# front of a line. A book has it with style = "{name}" under [editions.…] in book.toml.

base = "{base.name}"
description = "{base.name}, with what is changed here"

# "recto", a right-hand page; "page", the next one; or "run-on".
# opening = "{base.opening}"

# What stands between scenes: {", ".join(base.ornaments)},
# "none" or signs of your own. A drawing of yours, an SVG in black on nothing, lies in
# the folder `ornaments` and has a name under [ornaments], such as waves = "waves.svg".
# ornament = "{_ornament(base)}"

# The size of the text and the way to the next line, in points; the widest line, in ems.
# Margins are shares: inner and outer of the width of the paper, top and bottom of its
# height. `head` and `foot` are how far what stands over and under the text reaches, in
# ems: a printer's margin lies beyond it.
[page]
{_numbers(base.page)}

# Smaller things: `note`, `code` and the tables are shares of the size of the text,
# `note_leading` is one of its leading, the spaces are between two columns, in ems. What
# follows says how wide letters are, in ems, so that print can guess what fits.
# [sizes]
{_numbers(base.sizes)}

# Families take the place of those for the same use. They come from PyPI, as fontpkg-….
# [[fonts]]
# use = "text"
# family = "{base.fonts[0].family}"
# weights = [400, 700]
# italics = true

# What book.toml may still change of it, under [design]: true, false, or a list of what
# you allow. What is not here is as in “{base.name}”.
# [knobs]
# drop-caps = false
"""


def _ornament(base: Style) -> str:
    """The name of its own."""
    return next((n for n, o in base.ornaments.items() if o == base.ornament), "none")


def _numbers(of: PageDesign | Sizes) -> str:
    return "\n".join(f"# {f.name} = {getattr(of, f.name):g}" for f in fields(of))


_TEXT = """\
/* What stands in the block of text of a printed page. It comes after the sheet of the
   style that this one changes, so that you write only what is to be otherwise.

   1rem is the size of the text, `size` in style.toml; 1rlh is a line, `leading`.
   Nothing of the page stands here, neither margins nor page numbers: see furniture.css.
   Pictures and fonts are not brought in by a sheet.

   Some selectors:

   h1, h2, h3              the head of a chapter, of a section, of one below it
   h1 .number              the number of a chapter
   section > .p-mark + h1  how far down the page it stands: margin-top
   hr::before              the signs between scenes: content
   blockquote, .verse      what is quoted; verse
   .p-division.note        a division that an author calls `note`
   .p-titlepage .subtitle  on the title page

   A rule stands outside of these marks of a comment. Here is one to try: take away the
   marks at its beginning and its end. */

/* h2 { font-style: italic } */
"""
_FURNITURE = """\
/* What stands round the text: running heads and the numbers of pages, in boxes of the
   margin (CSS Paged Media). The strings `left` and `right` hold what the running heads
   say; `first-except` leaves them out where a chapter begins. Rules to try, without the
   marks of a comment round them: */

/* @page {
  @top-center { font-variant-caps: normal; font-style: italic }
  @bottom-center { font-size: 1rem }
} */
"""
_EPUB = """\
/* The same in e-readers. Keep it plain: old ones drop the whole sheet for one thing
   that they do not know. So there is no function in it, nothing that says a direction,
   no rule inside of another. What stands in @media or @supports goes into a sheet for
   newer ones. The reader chooses size, colours and margins: write spaces in em or per
   cent, and leave colours alone, so that a dark page stays right. A rule to try,
   without the marks of a comment round it: */

/* h2 { font-style: italic; } */
"""
