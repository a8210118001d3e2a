"""Render a book as PDF with WeasyPrint, a fragment at a time.

here:    fragments ─ copy ─> works ─ crew ─> parts ─ pagination ─────┐
there:             setter: document, compositor: typeset             │
                   (WeasyPrint), tagging, tags, structure            │
here:    finish <─ assemble <─ parts <─ crew ─ contents, furniture <─┘

Where a fragment cannot be set, `failing` finds the block. Of a book of which one
chapter is shown, `portion` says what is set, and `unlink` takes away the links out of
it.
"""

from publish.pdf.process import RunningPdf, render_pdf, start_pdf

__all__ = ["RunningPdf", "render_pdf", "start_pdf"]
