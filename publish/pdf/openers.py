"""The first letter and the first words of a chapter."""

import re
import unicodedata
from xml.etree.ElementTree import Element, SubElement

from publish.language import direction
from publish.model import Chapter, Role
from publish.pdf.classes import classes
from publish.pdf.foot import letter_count
from publish.pdf.page import Page

# What tells or explains; others list, or are short.
_ROLES = frozenset(
    {
        *(Role.FOREWORD, Role.PREFACE, Role.INTRODUCTION, Role.PROLOGUE, Role.CHAPTER),
        *(Role.CONCLUSION, Role.EPILOGUE, Role.AFTERWORD),
    }
)
# What may stand between the head of a chapter and its text.
_BEFORE = frozenset({"p-mark", "subtitle", "epigraph", "source"})
# What is set as the text round it.
_INSIDE = frozenset({"em", "strong", "span", "i", "b", "q", "cite", "a"})
# Punctuation that stands before a word belongs to its first letter, spaces with it
# (CSS Pseudo-Elements 4, 3.1), and so do marks that are set over the letter.
_OPENS = frozenset({"Ps", "Pi", "Pf", "Po"})
_LETTERS = frozenset({"Lu", "Ll", "Lt"})
# Words that lead in.
_WORDS = re.compile(r"\s*(?:\S+\s+){0,3}\S+")


def set_opener(section: Element, chapter: Chapter, page: Page) -> None:
    """Mark the first letter and the first words of a chapter, if the style wants it.

    A letter is not set large beside a paragraph that has fewer lines, nor in scripts
    without capitals.
    """
    if not (page.drop_caps or page.lead_in) or chapter.role not in _ROLES:
        return
    if direction(chapter.language) == "rtl":
        return
    paragraph = _first_paragraph(section)
    if paragraph is None:
        return
    holder = _first_words(paragraph)
    if holder is None:
        return
    marks, letter, rest = _parted(holder.text or "")
    if not letter:
        return
    if page.drop_caps and _lines(paragraph, page) > page.drop_caps:
        holder.text = ""
        drop = Element("span", {"class": "p-drop", "data-letter": letter})
        drop.text, drop.tail = letter, rest
        if marks:
            # As large as the text: it is read, and not looked at.
            drop.text = ""
            mark = SubElement(drop, "span", {"class": "p-drop-mark"})
            mark.text, mark.tail = marks, letter
        holder.insert(0, drop)
        if page.lead_in:
            _lead_in(holder, drop)
    elif page.lead_in:
        _lead_in(holder, None)


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


def _first_words(element: Element) -> Element | None:
    """The innermost element that begins with the first word of a paragraph."""
    if (element.text or "").strip():
        return element
    first = next(iter(element), None)
    if first is None or first.tag not in _INSIDE or classes(first):
        return None
    return _first_words(first)


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the first letter and belongs to it, the letter, and the rest;
    no letter where there is none to be set large."""
    end = 0
    while end < len(text) and (
        text[end].isspace() or unicodedata.category(text[end]) in _OPENS
    ):
        end += 1
    if end == len(text) or unicodedata.category(text[end]) not in _LETTERS:
        return "", "", text
    begin, end = end, end + 1
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return text[:begin].lstrip(), text[begin:end], text[end:]


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
