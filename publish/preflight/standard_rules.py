"""Whether a file is of the standard that the printer wants (ISO 15930-1 and -7)."""

import re
from collections.abc import Callable, Iterator, Mapping

from publish.model import Standard
from publish.preflight.document import Document, Leaf
from publish.preflight.job import Job, told
from publish.preflight.say import Fault, listed

_NAMES = {Standard.X1A: "PDF/X-1a:2001", Standard.X4: "PDF/X-4"}
_NEEDED = ("Title", "CreationDate", "ModDate")
_XMP_VERSION = re.compile(rb"GTS_PDFXVersion[^>]{0,40}[>\"']\s*(PDF/X-4p?)")


def standard(document: Document, job: Job) -> Iterator[Fault]:
    """All that is lacking is told at once: nobody mends it piece by piece."""
    wanted = job.printer.file.standard
    if wanted is Standard.NONE:
        return
    lacking = list(_LACKS[wanted](document))
    if lacking:
        says = f"the file is no {_NAMES[wanted]}"
        hint = f"export it as {_NAMES[wanted]}{told(job.printer.file.source)}"
        yield Fault(0, "print-standard", says, "; ".join(lacking), hint)


def _lacks_x1a(document: Document) -> Iterator[str]:
    facts = document.facts
    if not facts.info.get("GTS_PDFXVersion", "").startswith("PDF/X-1"):
        yield "it does not say so (GTS_PDFXVersion)"
    if facts.version > "1.3":
        yield f"it is of PDF {facts.version}, not 1.3"
    if facts.packed:
        yield "its objects are packed, as since PDF 1.5"
    missing = [key for key in _NEEDED if not facts.info.get(key)]
    if missing:
        yield f"it does not say {', '.join(missing)}"
    if facts.info.get("Trapped") not in {"/True", "/False"}:
        yield "it does not say whether it is trapped"
    yield from _lacks_both(document)


def _lacks_x4(document: Document) -> Iterator[str]:
    if not _XMP_VERSION.search(document.facts.xmp):
        yield "it does not say so (pdfxid:GTS_PDFXVersion in its XMP)"
    if document.facts.version > "1.6":
        yield f"it is of PDF {document.facts.version}, not 1.6 or older"
    yield from _lacks_both(document)


def _lacks_both(document: Document) -> Iterator[str]:
    if not document.facts.for_print:
        yield "it has no output intent (GTS_PDFX)"
    if not document.facts.identified:
        yield "it has no ID"
    without = [leaf.number for leaf in document.pages if leaf.trim is None]
    if without:
        yield f"page {listed(without)} has no TrimBox"
    within = [leaf.number for leaf in document.pages if _has_notes_within(leaf)]
    if within:
        yield f"links or remarks lie over page {listed(within)}"


def _has_notes_within(leaf: Leaf) -> bool:
    edge = leaf.bleed or leaf.trim or leaf.media
    return any(box.meets(edge) for _, box in leaf.notes)


_LACKS: Mapping[Standard, Callable[[Document], Iterator[str]]] = {
    Standard.X1A: _lacks_x1a,
    Standard.X4: _lacks_x4,
}
