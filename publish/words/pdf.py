"""From the tree to the pages. The only module that knows PDFium."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2

from publish.language import direction
from publish.model import Chapter
from publish.problems import Problem
from publish.words.count import chapter_words, lost_words, words

HYPHEN = "\N{HYPHEN}"
# PDFium writes this for a hyphen that it takes for the end of a line.
SOFT_END = "\ufffe"
# Lines at the head of a page among which a word broken by the page may go on.
HEAD_LINES = 4


def lost_in_pdf(chapters: Sequence[Chapter], pdf: bytes) -> Iterator[Problem]:
    """A problem for each chapter with words that are on no page.

    Books written from right to left are passed over: what is drawn there cannot be
    read back in order.
    """
    if any(direction(chapter.language) == "rtl" for chapter in chapters):
        return
    found = Counter(_drawn_words(pdf))
    for chapter in chapters:
        wanted = Counter(w.casefold() for w in chapter_words(chapter, hidden=False))
        lost = wanted - found
        found -= wanted
        yield from lost_words(chapter.path, lost, "the PDF")


def _drawn_words(pdf: bytes) -> Iterator[str]:
    """Every word as it stands on the pages, and again whole when a line broke it."""
    broken: list[str] = []
    for lines in _pages(pdf):
        heads = [words(line)[0] for line in lines[:HEAD_LINES] if words(line)]
        yield from (begun + head for begun in broken for head in heads)
        broken = []
        previous = ""
        for line in lines:
            found = words(line)
            yield from found
            if found:
                # Code breaks without a sign, so every end of a line may be a break.
                if previous:
                    yield previous + found[0]
                joined = previous if len(found) == 1 else ""
                previous = joined + found[-1] if _ends_in_word(line) else ""
                if line.endswith(HYPHEN):
                    broken.append(found[-1])


def _ends_in_word(line: str) -> bool:
    return line[-1:] == HYPHEN or line[-1:].isalnum()


def _pages(pdf: bytes) -> Iterator[list[str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage().get_text_range()
            text = text.replace(SOFT_END, HYPHEN).casefold()
            yield [line.rstrip() for line in text.splitlines()]
            page.close()
    finally:
        document.close()
