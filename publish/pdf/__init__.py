"""Render a book as PDF with WeasyPrint, in a process of its own.

here:           start_pdf ─ job ─> worker ─ artifact ─> finish
in the worker:  document, sheets ─> typeset (WeasyPrint) ─> finish (pikepdf)
                in `typeset`: layout ─> tagging ─> tags ─> structure
                where that fails, `failing` finds the block
"""

from publish.pdf.process import RunningPdf, render_pdf, start_pdf

__all__ = ["RunningPdf", "render_pdf", "start_pdf"]
