"""Whether a file is of the standard that the printer wants (ISO 15930-1 and -7)."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from publish.model import Standard
from publish.preflight.document import Document, Leaf
from publish.preflight.job import Job, told
from publish.preflight.say import Fault, listed

_NAMES = {Standard.X1A: "PDF/X-1a:2001", Standard.X4: "PDF/X-4"}
_XMP_VERSION = re.compile(rb"GTS_PDFXVersion[^>]{0,40}[>\"']\s*(PDF/X-4p?)")


def standard(document: Document, job: Job) -> Iterator[Fault]:
    """All that is lacking is told at once: nobody mends it piece by piece."""
    wanted = job.printer.file.standard
    if wanted is Standard.NONE:
        return
    lacking = list(_LACKS[wanted](document))
    if lacking:
        says = f"the file is no {_NAMES[wanted]}"
        hint = f"export it as {_NAMES[wanted]} {told(job.printer.file.source)}"
        yield Fault(0, "print-standard", says, "; ".join(lacking), hint)


def _lacks_x1a(document: Document) -> Iterator[str]:
    pdf = document.pdf
    info: Any = pdf.trailer.get("/Info", {})
    if not str(info.get("/GTS_PDFXVersion", "")).startswith("PDF/X-1"):
        yield "it does not say so (GTS_PDFXVersion)"
    if pdf.pdf_version > "1.3":
        yield f"it is of PDF {pdf.pdf_version}, not 1.3"
    if document.is_packed:
        yield "its objects are packed, as in PDF 1.5"
    if not str(info.get("/Title", "")):
        yield "it has no title"
    for key in ("/CreationDate", "/ModDate"):
        if not str(info.get(key, "")):
            yield f"it has no {key.lstrip('/')}"
    if str(info.get("/Trapped", "")) not in {"/True", "/False"}:
        yield "it does not say whether it is trapped"
    yield from _lacks_both(document)
    within = [leaf.number for leaf in document.pages if _has_notes_within(leaf)]
    if within:
        yield f"notes lie over page {listed(within)}"


def _lacks_x4(document: Document) -> Iterator[str]:
    pdf = document.pdf
    said: Any = pdf.Root.get("/Metadata")
    xmp = said.read_bytes() if hasattr(said, "read_bytes") else b""
    if not _XMP_VERSION.search(xmp):
        yield "it does not say so (pdfxid:GTS_PDFXVersion in its XMP)"
    if pdf.pdf_version > "1.6":
        yield f"it is of PDF {pdf.pdf_version}, not 1.6 or older"
    yield from _lacks_both(document)


def _lacks_both(document: Document) -> Iterator[str]:
    pdf = document.pdf
    if not any(_is_for_print(intent) for intent in pdf.Root.get("/OutputIntents", ())):
        yield "it has no output intent (GTS_PDFX)"
    if "/ID" not in pdf.trailer:
        yield "it has no ID"
    without = [leaf.number for leaf in document.pages if leaf.trim is None]
    if without:
        yield f"page {listed(without)} has no TrimBox"


def _is_for_print(intent: Any) -> bool:
    return str(intent.get("/S", "")) == "/GTS_PDFX"


def _has_notes_within(leaf: Leaf) -> bool:
    edge = leaf.bleed or leaf.trim or leaf.media
    return any(box.meets(edge) for _, box in leaf.notes)


_LACKS: Mapping[Standard, Callable[[Document], Iterator[str]]] = {
    Standard.X1A: _lacks_x1a,
    Standard.X4: _lacks_x4,
}
