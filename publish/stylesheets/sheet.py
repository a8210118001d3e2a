"""What a style sheet is for."""

from enum import StrEnum


class Sheet(StrEnum):
    """What a sheet is for.

    TEXT: print, what stands in the block of text; FURNITURE: what stands round it
    EPUB: e-readers of any age; NEWER: those that know more
    """

    TEXT = "text"
    FURNITURE = "furniture"
    EPUB = "epub"
    NEWER = "epub-newer"


PRINTED = frozenset({Sheet.TEXT, Sheet.FURNITURE})
# What holds rules. Of a sheet for e-readers it is set apart, for newer ones.
CONDITIONS = frozenset({"media", "supports", "container", "layer"})
