"""From the tree to the pages. The only module that knows PDFium."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from publish.language import direction
from publish.model import Chapter
from publish.problems import Problem
from publish.words.count import lost_words, shown_words, words

HYPHEN = "\N{HYPHEN}"
# PDFium writes this for a hyphen that it takes for the end of a line.
SOFT_END = "\ufffe"
# Hebrew, Arabic and their kin, with their presentation forms.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
DIGITS = "0123456789"
# Lines at the head of a page among which a word broken by the page may go on.
HEAD_LINES = 4
# Lines that one word of code may fill.
LINES = 4


def lost_in_pdf(chapters: Sequence[Chapter], pdf: bytes) -> Iterator[Problem]:
    """A problem for each chapter with words that are on no page.

    What is written from right to left is passed over: it cannot be read back in order.
    """
    found = Counter(_drawn_words(pdf))
    for chapter in chapters:
        if direction(chapter.language) == "rtl":
            continue
        shown = (word.casefold() for word in shown_words(chapter))
        wanted = Counter(word for word in shown if not RIGHT_TO_LEFT.search(word))
        lost = wanted - found
        found -= wanted
        yield from lost_words(chapter.path, lost, "the PDF")


def _drawn_words(pdf: bytes) -> Iterator[str]:
    """Every word as it stands on the pages, and again whole when a line broke it."""
    broken: list[str] = []
    for lines in _pages(pdf):
        heads = [words(line)[0] for line in lines[:HEAD_LINES] if words(line)]
        yield from (start + head for start in broken for head in heads)
        broken = []
        begun: list[str] = []
        for line in lines:
            found = words(line)
            if not found:
                continue
            yield from found
            # The number of a note stands close behind its word.
            yield from (word.rstrip(DIGITS) for word in found if word[-1] in DIGITS)
            # Code breaks without a sign, so every end of a line may be a break.
            yield from (start + found[0] for start in begun)
            longer = [start + found[0] for start in begun] if len(found) == 1 else []
            begun = [found[-1], *longer[:LINES]] if _ends_in_word(line) else []
            if line.endswith(HYPHEN):
                broken += begun


def _ends_in_word(line: str) -> bool:
    return line[-1:] == HYPHEN or line[-1:].isalnum()


def _pages(pdf: bytes) -> Iterator[list[str]]:
    # Its library is large, and an EPUB needs nothing of it.
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage().get_text_range()
            text = text.replace(SOFT_END, HYPHEN).casefold()
            yield [line.rstrip() for line in text.splitlines()]
            page.close()
    finally:
        document.close()
