"""What every PDF has besides its pages, and how it is written."""

import io
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.language import direction
from publish.model import Metadata
from publish.pdf.xmp import xmp_packet

# Metadata that nobody dated says this; a file then carries no date at all.
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


def finish(
    pdf: Pdf, metadata: Metadata, *, body: int | None, accessible: bool
) -> bytes:
    """The finished file.

    body: the page, counted from 0, that is page 1; those before it are i, ii, iii, …;
        None where there is nothing but those
    accessible: whether it may claim to be PDF/UA-1
    """
    root = pdf.Root
    root.Lang = String(metadata.language)
    root.PageLabels = _page_labels(body)
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


def _page_labels(body: int | None) -> Dictionary:
    """Roman numbers before the page that is page 1 (ISO 32000-1, 12.4.2)."""
    arabic = Dictionary(S=Name.D, St=1)
    if body == 0:
        return Dictionary(Nums=Array([0, arabic]))
    roman = Dictionary(S=Name.r)
    later = [] if body is None else [body, arabic]
    return Dictionary(Nums=Array([0, roman, *later]))


def _preferences(language: str) -> Dictionary:
    preferences = Dictionary(DisplayDocTitle=True)
    if direction(language) == "rtl":
        preferences.Direction = Name.R2L
    return preferences
