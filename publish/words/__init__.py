"""Nothing an author wrote is lost: words are compared at each seam of the way.

    manuscript ─ source ─> tree ─ xhtml ─> XHTML of the EPUB
                             └── layout ─> XHTML of print ─> pages ─> PDF

A word is a run of letters and digits. What is compared are multisets, so that order
and marks do not matter, and a word that is said twice must come out twice.
"""

from publish.words.count import written_text
from publish.words.layout import (
    Run,
    lost_in_document,
    lost_in_layout,
    lost_in_pages,
)
from publish.words.source import lost_in_tree
from publish.words.xhtml import lost_in_xhtml

__all__ = [
    "Run",
    "lost_in_document",
    "lost_in_layout",
    "lost_in_pages",
    "lost_in_tree",
    "lost_in_xhtml",
    "written_text",
]
