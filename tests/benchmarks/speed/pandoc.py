"""A PDF by Pandoc and WeasyPrint, in our style and with tags."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.rival import source_files
from tests.benchmarks.speed.reading import read_ready
from tests.benchmarks.speed.whole import sheet_of

# What the furniture reads of our own classes, said of what Pandoc writes.
_OF_PANDOC = """
#title-block-header { page: display }
#title-block-header h1 { string-set: left content() }
#TOC { break-before: recto; page: front }
#TOC ul { list-style: none }
#TOC a::after { content: leader(" . ") target-counter(attr(href), page) }
section.level1 { break-before: recto; page: body }
section.level1 > h1 { string-set: right content(); bookmark-level: 1 }
section.level2 > h2 { bookmark-level: 2 }
"""


def pdf_command(book: Path, pandoc: Path, made: Path) -> list[str]:
    """The files that `publish` reads, in the same order; see `rival` for why one by
    one. The sheet is written beside what is made."""
    sheet = made.with_suffix(".css")
    sheet.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as pictures:
        ready = read_ready(book, Path(pictures))
    sheet.write_text(sheet_of(ready) + _OF_PANDOC, encoding="utf-8")
    engine = Path(sys.executable).with_name("weasyprint")
    options = ["--from=markdown", "--to=html5", "--toc", "--toc-depth=2"]
    options += ["--file-scope", "--section-divs", "--quiet", f"--pdf-engine={engine}"]
    # A sheet by `--css` would be read by Pandoc, and its fonts written into the text.
    given = ["--pdf-tags", f"--stylesheet={sheet}", "--quiet"]
    options += [f"--pdf-engine-opt={option}" for option in given]
    options += ["--metadata=document-css=false"]
    options += [f"--metadata=title={ready.book.metadata.title}"]
    options += [f"--metadata=lang={ready.book.metadata.language}"]
    places = [f"--resource-path={book}", f"--output={made}"]
    return [str(pandoc), *options, *places, *source_files(book)]
