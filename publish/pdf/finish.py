"""What every PDF has besides its pages, and how it is written."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from publish.language import direction
from publish.model import Metadata
from publish.pdf.pagination import BookPage, numberings
from publish.pdf.xmp import xmp_packet

# Metadata that nobody dated says this; a file then carries no date at all.
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


def finish(
    pdf: Pdf,
    metadata: Metadata,
    pages: Sequence[BookPage],
    *,
    accessible: bool,
    lasting: bool = False,
) -> bytes:
    """The finished file.

    accessible: whether it may claim to be PDF/UA-1
    lasting: whether it may claim to be PDF/A-2u, which opens in a hundred years
    """
    root = pdf.Root
    root.Lang = String(metadata.language)
    root.PageLabels = _page_labels(pages)
    root.ViewerPreferences = _preferences(metadata.language)
    modified = metadata.modified.astimezone(UTC)
    dated = modified if modified != UNDATED else None
    packet = xmp_packet(metadata, dated, accessible=accessible, lasting=lasting)
    root.Metadata = Stream(pdf, packet)
    root.Metadata.Type, root.Metadata.Subtype = Name.Metadata, Name.XML
    pdf.docinfo["/Title"] = String(metadata.title)
    if metadata.authors:
        pdf.docinfo["/Author"] = String(", ".join(metadata.authors))
    if dated:
        stamp = String(f"{dated:D:%Y%m%d%H%M%SZ}")
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
    if lasting:
        root.OutputIntents = Array([_screen(pdf)])
    made = io.BytesIO()
    pdf.save(
        made,
        min_version=("1.7", 0),
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return made.getvalue()


def _screen(pdf: Pdf) -> Object:
    """What the colours of the file mean: those of screens (ISO 19005-2, 6.2.3)."""
    profile = files("pikepdf").joinpath("pdfa/data/sRGB.icc").read_bytes()
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
            Info=String("sRGB IEC61966-2.1"),
            RegistryName=String("http://www.color.org"),
            DestOutputProfile=pdf.make_stream(profile, N=3),
        )
    )


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
