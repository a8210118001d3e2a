"""What every PDF has besides its pages, and how it is written."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.language import direction
from publish.model import Metadata
from publish.pdf.pagination import BookPage, numberings
from publish.pdf.xmp import xmp_packet

# Metadata that nobody dated says this; a file then carries no date at all.
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


def finish(
    pdf: Pdf, metadata: Metadata, pages: Sequence[BookPage], *, accessible: bool
) -> bytes:
    """The finished file.

    accessible: whether it may claim to be PDF/UA-1
    """
    root = pdf.Root
    root.Lang = String(metadata.language)
    root.PageLabels = _page_labels(pages)
    root.ViewerPreferences = _preferences(metadata.language)
    root.Metadata = Stream(pdf, xmp_packet(metadata, accessible=accessible))
    root.Metadata.Type, root.Metadata.Subtype = Name.Metadata, Name.XML
    pdf.docinfo["/Title"] = String(metadata.title)
    if metadata.authors:
        pdf.docinfo["/Author"] = String(", ".join(metadata.authors))
    modified = metadata.modified.astimezone(UTC)
    if modified != UNDATED:
        stamp = String(f"{modified:D:%Y%m%d%H%M%SZ}")
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
    made = io.BytesIO()
    pdf.save(
        made,
        min_version=("1.7", 0),
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return made.getvalue()


def _page_labels(pages: Sequence[BookPage]) -> Dictionary:
    """The numbers of the pages as they are printed (ISO 32000-1, 12.4.2)."""
    listed: list[Any] = []
    for n, page in numberings(pages):
        kind = Name.r if page.roman else Name.D
        listed += (n, Dictionary(S=kind, St=page.number))
    return Dictionary(Nums=Array(listed))


def _preferences(language: str) -> Dictionary:
    preferences = Dictionary(DisplayDocTitle=True)
    if direction(language) == "rtl":
        preferences.Direction = Name.R2L
    return preferences
