"""The first letter and the first words of a chapter."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from publish.initials import OPENING_ROLES, parted
from publish.language import direction
from publish.model import Chapter
from publish.pdf.classes import classes
from publish.pdf.foot import letter_count
from publish.pdf.page import Page

# What may stand between the head of a chapter and its text.
_BEFORE = frozenset({"p-mark", "subtitle", "epigraph", "source"})
# What is set as the text round it.
_INSIDE = frozenset({"em", "strong", "span", "i", "b", "q", "cite", "a"})
# Words that lead in.
_WORDS = re.compile(r"\s*(?:\S+\s+){0,3}\S+")


def set_opener(section: Element, chapter: Chapter, page: Page) -> None:
    """Mark the first letter and the first words of a chapter, if the style wants it.

    A letter is not set large beside a paragraph that has fewer lines, nor in scripts
    without capitals.
    """
    if not (page.drop_caps or page.lead_in) or chapter.role not in OPENING_ROLES:
        return
    if direction(chapter.language) == "rtl":
        return
    paragraph = _first_paragraph(section)
    if paragraph is None:
        return
    outer, holder = _first_words(paragraph)
    if not parted(holder.text or "")[1]:
        return
    drop = None
    if page.drop_caps and _lines(paragraph, page) > page.drop_caps:
        drop = _drop_cap(outer, holder)
    if page.lead_in:
        _lead_in(holder, drop)


def _drop_cap(outer: Sequence[Element], holder: Element) -> Element:
    """The first letter of an element in one of its own, with the marks before it,
    those of the elements round it too."""
    before, letter, rest = parted(holder.text or "")
    marks = "".join([parted(element.text or "")[0] for element in outer]) + before
    for element in (*outer, holder):
        element.text = ""
    drop = Element("span", {"class": "p-drop", "data-letter": letter})
    drop.text, drop.tail = letter, rest
    if marks:
        # As large as the text: it is read, and not looked at.
        drop.text = ""
        own = {"class": "p-drop-mark", "style": f"--marks: {len(marks)}"}
        mark = SubElement(drop, "span", own)
        mark.text, mark.tail = marks, letter
    holder.insert(0, drop)
    return drop


def _first_paragraph(section: Element) -> Element | None:
    headed = False
    for child in section:
        if child.tag == "h1":
            headed = True
        elif child.tag == "p" and _BEFORE.isdisjoint(classes(child)):
            return child if headed else None
        elif _BEFORE.isdisjoint(classes(child)):
            return None
    return None


def _first_words(element: Element) -> tuple[tuple[Element, ...], Element]:
    """The innermost element that begins with the first word of a paragraph, and those
    round it, which have nothing but marks before it."""
    first = next(iter(element), None)
    if first is None or first.tag not in _INSIDE or classes(first):
        return (), element
    if any(parted(element.text or "")[1:]):
        return (), element
    outer, inner = _first_words(first)
    return (element, *outer), inner


def _lines(paragraph: Element, page: Page) -> float:
    """As many as a paragraph surely has, however narrow its letters."""
    letters = letter_count("".join(paragraph.itertext()))
    return letters * page.sizes.letter * _NARROW * page.size / page.text_width


# Of what is guessed for letters that must fit.
_NARROW = 0.8


def _lead_in(holder: Element, drop: Element | None) -> None:
    """Mark the words behind the letter, as far as they are all of one piece."""
    text = (drop.tail if drop is not None else holder.text) or ""
    found = _WORDS.match(text)
    if not found:
        return
    lead = Element("span", {"class": "p-lead"})
    lead.text, lead.tail = found[0], text[found.end() :]
    if drop is None:
        holder.text = ""
        holder.insert(0, lead)
    else:
        drop.tail = ""
        holder.insert(1, lead)
