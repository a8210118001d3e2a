"""A whole book set by our library, in a style whose chapters begin where one wants.

    python -m tests.benchmarks.speed.in_fragments BOOK PDF OPENING

What the command checks besides is left out.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.pdf import render_pdf
from tests.benchmarks.speed.reading import read_ready


def main() -> None:
    book, pdf, opening = sys.argv[1:]
    with TemporaryDirectory() as folder:
        ready = read_ready(Path(book), Path(folder), opening)
        artifact = render_pdf(ready.book, ready.edition, ready.style)
    Path(pdf).write_bytes(artifact.data)


if __name__ == "__main__":
    main()
