"""Write blocks as XHTML. Both outputs are made of this; `Output` is how they differ."""

from publish.xhtml.blocks import TICKED, UNTICKED, blocks_xhtml
from publish.xhtml.inlines import inlines_xhtml
from publish.xhtml.notes import with_end, with_mark
from publish.xhtml.output import VOID, Output, attributes_xhtml, escape

__all__ = [
    "TICKED",
    "UNTICKED",
    "VOID",
    "Output",
    "attributes_xhtml",
    "blocks_xhtml",
    "escape",
    "inlines_xhtml",
    "with_end",
    "with_mark",
]
