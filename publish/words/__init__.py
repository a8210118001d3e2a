"""Nothing an author wrote is lost: words are compared at each seam of the way.

    manuscript ─ source ─> tree ─ xhtml ─> XHTML ─ pdf ─> PDF

A word is a run of letters and digits. What is compared are multisets, so that order
and marks do not matter, and a word that is said twice must come out twice.
"""

from publish.words.pdf import lost_in_pdf
from publish.words.source import lost_in_tree
from publish.words.xhtml import lost_in_xhtml

__all__ = ["lost_in_pdf", "lost_in_tree", "lost_in_xhtml"]
