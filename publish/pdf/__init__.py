"""Render a book as PDF with WeasyPrint, a fragment at a time.

here:    fragments ─ copy ─> works ─ crew ─> parts ─ pagination ─────┐
there:             setter: document, compositor: typeset             │
                   (WeasyPrint), tagging, tags, structure            │
here:    finish <─ assemble <─ parts <─ crew ─ contents, furniture <─┘

`setting` is all of it in order. `bench` has what an edition is set with, and gives the
works; `galleys` has them done, again until every number of a page is right.

The lines of a paragraph are chosen before the first is made: `whole` has WeasyPrint ask
`planning`, which has it `measured` and takes the best of `total_fit`; `spaced` makes
them as wide as the measure, and `grid` says how high they stand.

Where a fragment cannot be set, `failing` finds the block. Of a book of which one
chapter is shown, `portion` says what is set, and `unlink` takes away the links out of
it. A cover is one sheet by itself: `loose`.
"""

from publish.pdf.loose import PICTURE, Loose, loose_pdf
from publish.pdf.messages import loose_problems
from publish.pdf.process import RunningPdf, render_pdf, start_pdf

__all__ = [
    "PICTURE",
    "Loose",
    "RunningPdf",
    "loose_pdf",
    "loose_problems",
    "render_pdf",
    "start_pdf",
]
