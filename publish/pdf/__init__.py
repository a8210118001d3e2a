"""Render a book as PDF with WeasyPrint, a fragment at a time.

here:    fragments ─ document ─> works ─ crew ─> parts ─ pagination ─┐
there:             compositor: typeset (WeasyPrint), tagging,        │
                   tags, structure                                   │
here:    finish <─ assemble <─ parts <─ crew ─ contents, furniture <─┘

Where a fragment cannot be set, `failing` finds the block. Where one chapter is shown,
`portion` says what is set, and `unlink` takes away the links out of it.
"""

from publish.pdf.process import RunningPdf, render_pdf, start_pdf

__all__ = ["RunningPdf", "render_pdf", "start_pdf"]
