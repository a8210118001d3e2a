"""From the XHTML of print to the lines on its pages, and from those to the PDF.

What is set is known exactly: which element a run of text is of, where a hyphen was
put in, what left the paper. So elements are compared letter by letter, each for
itself, and nothing is guessed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import Element

from publish.model import Chapter
from publish.problems import Position, Problem, Severity
from publish.stylesheets import Hiding
from publish.words.count import lost_words, shown_words, words
from publish.words.letters import lacks, letters


@dataclass(frozen=True, slots=True)
class Run:
    """Text that was set on one line.

    page: counted from 0
    element: whose text it is; None for what the style or the furniture adds
    on_paper: whether all of it lies on the page and is seen
    """

    page: int
    element: Element | None
    text: str
    on_paper: bool


def lost_in_document(chapter: Chapter, section: Element) -> Iterator[Problem]:
    """A problem for words of the chapter that its print XHTML has not."""
    shown = list(shown_words(chapter))
    text = "".join((*section.itertext(), *_spoken(section)))
    if lacks("".join(shown), text):
        lost = Counter(shown) - Counter(words(text))
        yield from lost_words(chapter.path, lost, "the document for print")


def _spoken(section: Element) -> Iterator[str]:
    """What formulas say, of which only outlines are seen."""
    for element in section.iter("span"):
        yield f" {element.get('alt', '')} "


def lost_in_layout(
    sections: Iterable[tuple[Path, Element]],
    runs: Iterable[Run],
    hidden: Mapping[Element, Hiding] = MappingProxyType({}),
) -> Iterator[Problem]:
    """A problem for each chapter with text that was set nowhere, or off the paper, and
    a warning for each rule of an author's that hides some.

    sections: each chapter's file and element
    hidden: what such a rule may hide
    An element may be set more than once, as the head of a table is on each page.
    """
    on_paper: dict[Element, list[str]] = {}
    for run in runs:
        if run.element is not None and run.on_paper:
            on_paper.setdefault(run.element, []).append(run.text)
    for path, section in sections:
        lost: Counter[str] = Counter()
        wanted: dict[Hiding, Counter[str]] = {}
        for element in section.iter():
            text = _own_text(element)
            if not text or text.isspace():
                continue
            gone = _lost(text, "".join(on_paper.get(element, ())))
            if gone and element in hidden:
                wanted.setdefault(hidden[element], Counter()).update(gone)
            else:
                lost += gone
        yield from lost_words(path, lost, "the pages")
        for hiding, words_of_it in wanted.items():
            yield _hides(hiding, words_of_it)


def _hides(hiding: Hiding, lost: Counter[str]) -> Problem:
    rule = f"{hiding.selector} {{ {hiding.said} }}"
    message = f"`{rule}` hides words in print, such as “{next(iter(lost))}”"
    hint = "take it away, or write {not=print} behind what print is to go without"
    return Problem(hiding.at, "hidden-words", message, hint, Severity.WARNING)


def _own_text(element: Element) -> str:
    tails = [child.tail or "" for child in element]
    return "".join([element.text or "", *tails])


def _lost(text: str, found: str) -> Counter[str]:
    wanted, have = letters(text), letters(found)
    # Right to left, the runs of a line come in another order.
    if not wanted or wanted == have or not lacks(wanted, have):
        return Counter()
    lost = Counter(words(text)) - Counter(words(found))
    return lost or Counter(words(text))


def lost_in_pages(
    runs: Iterable[Run], drawn: Iterable[str], path: Path
) -> Iterator[Problem]:
    """A problem for each page of the PDF that lacks letters which were set on it.

    drawn: what can be read on each page
    path: of the first chapter on them
    """
    wanted: dict[int, list[str]] = {}
    for run in runs:
        if run.on_paper:
            wanted.setdefault(run.page, []).append(run.text)
    for number, page in enumerate(drawn):
        lost = lacks("".join(wanted.get(number, ())), page)
        if lost:
            signs = "".join(lost)[:NAMED]
            message = f"page {number + 1} of this file lacks letters: {signs}"
            hint = "this is a fault of publish, not yours: please report it"
            yield Problem(Position(path), "lost-words", message, hint)


# As many letters as a message can name and still be read.
NAMED = 20
