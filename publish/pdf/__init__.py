"""Render a book as PDF with WeasyPrint, in processes of their own.

here:    fragments ─ document ─> tasks ─ crew ─> parts ─ pagination ─┐
there:             compositor: typeset (WeasyPrint), tagging,        │
                   tags, structure                                   │
here:    finish <─ assemble <─ parts <─ crew ─ contents, furniture <─┘

Where a fragment cannot be set, `failing` finds the block.
"""

from publish.pdf.process import RunningPdf, render_pdf, start_pdf

__all__ = ["RunningPdf", "render_pdf", "start_pdf"]
