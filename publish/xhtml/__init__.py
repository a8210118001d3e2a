"""Write blocks as XHTML. Both outputs are made of this; `Output` is how they differ."""

from publish.xhtml.blocks import blocks_xhtml
from publish.xhtml.notes import with_end, with_mark
from publish.xhtml.output import Output, attributes_xhtml, escape

__all__ = [
    "Output",
    "attributes_xhtml",
    "blocks_xhtml",
    "escape",
    "with_end",
    "with_mark",
]
