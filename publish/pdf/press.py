"""What a printer's file is, and is not."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.model import Feature, Ink, Metadata, Printing, Standard, Trim
from publish.pdf.assemble import Leads
from publish.pdf.sheet import PaperSheet
from publish.pdf.task import ColourMode, Inking
from publish.pdf.xmp import press_packet
from publish.problems import Position, Problem, Severity


def leads_of(printing: Printing | None) -> Leads:
    """What leads through the file of an edition."""
    if printing is None:
        return Leads()
    if printing.booklet:
        # They lead to pages, and sheets are none.
        return Leads(links=False, outline=False)
    return Leads(
        links=not printing.forbids(Feature.LINKS),
        outline=not printing.forbids(Feature.OUTLINE),
    )


def inking_of(printing: Printing | None) -> Inking:
    if printing is None:
        return Inking()
    detail = printing.printer.detail
    mode = ColourMode.FOUR if printing.turns_colours else ColourMode.KEY
    if printing.paper.ink is Ink.BLACK:
        mode = ColourMode.BLACK
    most = printing.printer.colours.ink
    return Inking(mode, detail.line, detail.grey / 100, most)


def bleed_of(printing: Printing | None) -> float:
    """How far beyond the trim an edition is printed, in points."""
    return printing.printer.bleed.width if printing and printing.bleed else 0.0


def unbound(
    printing: Printing, trim: Trim, count: int, at: Position
) -> Iterator[Problem]:
    """A book of so many pages that this printer cannot bind."""
    paper = printing.paper
    least, most = paper.least, paper.most_of(trim)
    bound = f"{printing.printer.name} binds {least:,} to {most:,} pages"
    if count < least:
        message = f"the book has too few pages: {count}"
        hint = f"{bound} ({paper.source})"
        yield Problem(at, "too-few-pages", message, hint)
    elif count > most:
        message = f"the book has too many pages: {count:,}"
        hint = f"{bound} on this paper; choose a larger trim ({paper.source})"
        yield Problem(at, "too-many-pages", message, hint)


def without_bleed(
    printing: Printing, bare: Iterable[Position], name: str
) -> Iterator[Problem]:
    """Pictures up to the edge in a file that ends there. bare: where their pages are"""
    if printing.bleed or not printing.printer.bleed.width:
        return
    for at in bare:
        message = (
            f"a picture of {name} goes up to the edge, and its pages have no bleed"
        )
        hint = "write bleed = true for the edition in book.toml"
        yield Problem(at, "no-bleed", message, hint, Severity.WARNING)


def misfits(
    sheet: PaperSheet, printing: Printing, count: int, name: str
) -> Iterator[Problem]:
    """A book that this printer cannot bind, or whose pages have no room.

    count: of its pages; name: of the file
    """
    printer, at = printing.printer, Position(Path(name))
    trim = Trim(sheet.page.width, sheet.page.height)
    yield from unbound(printing, trim, count, at)
    outer = sheet.page.outer - sheet.gutter
    wanted = printer.margins.outer(bleed=printing.bleed)
    if outer < wanted:
        message = (
            f"the gutter of {count} pages leaves {outer / 72:.3g} in at the outer edge"
        )
        hint = f"{printer.name} wants {wanted / 72:.3g} in: choose a larger trim"
        yield Problem(at, "no-room", message, hint)


# What Ingram's and most others' presses of that standard are made for; it is known by
# its name alone, so that no profile need be in the file (ISO 15930-1, 6.4).
_CONDITION = "CGATS TR 001"
_REGISTRY = "http://www.color.org"


def finish_press(
    pdf: Pdf, metadata: Metadata, printing: Printing, *, claims: bool
) -> bytes:
    """The finished file, with nothing that its printer does not want.

    claims: whether it may say that it is of the standard that its printer wants
    """
    standard = printing.printer.file.standard
    if not printing.forbids(Feature.METADATA):
        pdf.docinfo["/Title"] = String(metadata.title)
        if metadata.authors:
            pdf.docinfo["/Author"] = String(", ".join(metadata.authors))
    if claims and standard is Standard.X1A:
        _claim_x1a(pdf, metadata)
    elif claims and standard is Standard.X4 and printing.profile:
        _claim_x4(pdf, metadata, printing.profile.read_bytes())
    made = io.BytesIO()
    _save(pdf, made, old=standard is Standard.X1A)
    return made.getvalue()


def _save(pdf: Pdf, made: io.BytesIO, *, old: bool) -> None:
    """old: for a press that knows PDF 1.3 and no packed objects"""
    pdf.save(
        made,
        force_version=("1.3" if old else "1.6", 0),
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable
        if old
        else pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )


def _claim_x1a(pdf: Pdf, metadata: Metadata) -> None:
    """What ISO 15930-1 wants of the file besides its pages."""
    _say(pdf, metadata)
    pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-1:2001")
    pdf.docinfo["/GTS_PDFXConformance"] = String("PDF/X-1a:2001")
    _intend(
        pdf,
        OutputConditionIdentifier=String(_CONDITION),
        OutputCondition=String("SWOP, coated"),
        RegistryName=String(_REGISTRY),
        Info=String(f"{_CONDITION}, SWOP"),
    )


def _claim_x4(pdf: Pdf, metadata: Metadata, profile: bytes) -> None:
    """What ISO 15930-7 wants of the file besides its pages.

    profile: of the inks, which has to be in the file
    """
    _say(pdf, metadata)
    pdf.Root.Metadata = Stream(pdf, press_packet(metadata))
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML
    _intend(
        pdf,
        OutputConditionIdentifier=String("Custom"),
        Info=String("the profile in this file"),
        DestOutputProfile=pdf.make_stream(profile, N=4),
    )


def _say(pdf: Pdf, metadata: Metadata) -> None:
    stamp = String(f"{metadata.modified:D:%Y%m%d%H%M%SZ}")
    pdf.docinfo["/Title"] = String(metadata.title)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = String("publish")
    pdf.docinfo["/Trapped"] = Name("/False")


def _intend(pdf: Pdf, **more: Any) -> None:
    """Say for which press the colours are."""
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, **more)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def unclaimed(data: bytes) -> bytes:
    """The same file without the claim to be of a standard."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for key in ("/GTS_PDFXVersion", "/GTS_PDFXConformance"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        for key in ("/OutputIntents", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        _save(pdf, made, old=data.startswith(b"%PDF-1.3"))
    return made.getvalue()
