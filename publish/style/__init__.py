"""What a page looks like: a folder of `styles/`, read and checked.

model.py     what a style is
places.py    where styles are
keys.py      what may stand in `style.toml`    read.py   reads it and its sheets
"""

from publish.model import Opening
from publish.style.model import (
    Font,
    Knob,
    PageDesign,
    Sizes,
    Style,
    Use,
    letters_by_font,
)
from publish.style.places import STYLES, style_folders_of, style_names
from publish.style.read import ReadSheet, load_style, read_sheet, read_style, renamed

__all__ = [
    "STYLES",
    "Font",
    "Knob",
    "Opening",
    "PageDesign",
    "ReadSheet",
    "Sizes",
    "Style",
    "Use",
    "letters_by_font",
    "load_style",
    "read_sheet",
    "read_style",
    "renamed",
    "style_folders_of",
    "style_names",
]
