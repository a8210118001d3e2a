"""Where an EPUB says that pages of print begin, and whether they do.

A mark is right where the words behind it stand at the head of its page, and those
before it at the foot of the page before. What is compared are letters, and that there
is a picture or a formula; so a mark that is one word off is wrong.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from unicodedata import category
from xml.etree.ElementTree import Element, fromstring

from publish.signs import UNSPACED
from publish.words.letters import letters
from tests.printed import THING, PrintedPage, is_number, spelt

EPUB = "{http://www.idpf.org/2007/ops}"
HTML = "{http://www.w3.org/1999/xhtml}"
# Letters on either side of a mark that are compared, where a page has as many; and at
# least, where lines are compared.
COMPARED, COMPARED_IN_LINES = 60, 20
# Signs on either side of a mark, among which there are as many letters in any text.
_AROUND = 2000

_APART = frozenset({"backlink", "cover", "footnote", "index-locator-list", "noteref"})
_APART_TAGS = frozenset(f"{HTML}{tag}" for tag in ("head", "rt", "rp"))
_THINGS = frozenset(
    {
        f"{HTML}img",
        "{http://www.w3.org/1998/Math/MathML}math",
        "{http://www.w3.org/2000/svg}svg",
    }
)
_IN_LINES = frozenset(
    f"{HTML}{tag}"
    for tag in re.findall(
        r"\w+",
        "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q ruby s samp small"
        " span strong sub sup time u var wbr",
    )
)
# Between signs of scripts without spaces a page may begin anywhere.
_UNSPACED = re.compile(f"[{UNSPACED}]")
# Hyphens that show only at the end of a line, and what stands in a word.
_WITHIN = frozenset("\u00ad\u200c\u200d'\N{RIGHT SINGLE QUOTATION MARK}")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a page, and the letters round it.

    word: those of the word behind it, of which its page may have the end alone
    within: whether it stands within a word
    """

    label: str
    before: str
    behind: str
    word: str
    within: bool


def read(data: bytes, name: str) -> Element:
    """A file of an EPUB of ours."""
    with zipfile.ZipFile(BytesIO(data)) as epub:
        return fromstring(epub.read(f"EPUB/{name}"))


def flow_of(data: bytes) -> Iterator[str | Element]:
    """The text of all chapters in their order, and the marks in it."""
    spine = read(data, "content.opf")
    package = {"o": "http://www.idpf.org/2007/opf"}
    items = {i.get("id"): i.get("href") for i in spine.iterfind(".//o:item", package)}
    for item in spine.iterfind(".//o:itemref", package):
        yield from _walk(read(data, str(items[item.get("idref")])))


def _walk(element: Element) -> Iterator[str | Element]:
    kind = element.get(f"{EPUB}type")
    if kind in _APART or element.tag in _APART_TAGS:
        return
    if kind == "pagebreak":
        yield element
    elif element.tag in _THINGS:
        # A picture that only decorates is nothing in print either.
        yield "" if element.get("alt") == "" else THING
    elif element.tag != f"{HTML}a" or not is_number("".join(element.itertext())):
        edge = "" if element.tag in _IN_LINES else "\n"
        yield f"{edge}{element.text or ''}"
        for child in element:
            yield from _walk(child)
            yield child.tail or ""
        yield edge


def page_marks(data: bytes) -> list[Mark]:
    """The marks of an EPUB, in the order of its text."""
    parts: list[str] = []
    places: list[tuple[str, int]] = []
    size = 0
    for part in flow_of(data):
        if isinstance(part, str):
            parts.append(part)
            size += len(part)
        else:
            places.append((part.get("aria-label", ""), size))
    text = "".join(parts)
    return [
        page_mark(label, text[max(0, at - _AROUND) : at], text[at : at + _AROUND])
        for label, at in places
    ]


def page_mark(label: str, before: str, behind: str) -> Mark:
    """A mark between two texts."""
    word = _first_word(behind)
    within = bool(word) and behind.startswith(word) and _is_of_word(before[-1:])
    number = str(int(label)) if label.isdecimal() else label
    return Mark(number, spelt(before), spelt(behind), letters(word), within)


def _first_word(text: str) -> str:
    """Empty where a picture, a formula or a sign that is a word comes first."""
    for start, sign in enumerate(text):
        if sign == THING or _UNSPACED.match(sign):
            break
        if _is_of_word(sign):
            rest = enumerate(text[start:])
            end = next((n for n, sign in rest if not _is_of_word(sign)), None)
            return text[start:][:end]
    return ""


def _is_of_word(sign: str) -> bool:
    if not sign or _UNSPACED.match(sign):
        return False
    return sign.isalnum() or sign in _WITHIN or category(sign).startswith("M")


def wrong_marks(marks: Sequence[Mark], pages: Sequence[PrintedPage]) -> dict[str, str]:
    """What is wrong with marks, by the labels of their pages."""
    at = {page.label: n for n, page in enumerate(pages)}
    marked = {mark.label for mark in marks}
    found = {}
    for mark in marks:
        if mark.label not in at:
            found[mark.label] = "there is no such page"
            continue
        *earlier, page = pages[: at[mark.label] + 1]
        if fault := _fault(mark, page, list(_before(earlier, marked))):
            found[mark.label] = fault
    return found


def unmarked(marks: Sequence[Mark], pages: Sequence[PrintedPage]) -> list[str]:
    """Pages with text and without a mark."""
    marked = {mark.label for mark in marks}
    return [page.label for page in pages if page.text and page.label not in marked]


def _before(earlier: Sequence[PrintedPage], marked: set[str]) -> Iterator[PrintedPage]:
    """The last page with text, and those before it as long as they have no mark: they
    may hold what is in print alone."""
    for page in reversed(earlier):
        if page.text:
            yield page
            if page.label in marked:
                break


def _fault(mark: Mark, page: PrintedPage, earlier: Sequence[PrintedPage]) -> str:
    if mark.within:
        return f"it stands in a word: {mark.before[-20:]}|{mark.behind[:20]}"
    # Letters of the word behind the mark that are on the page before.
    begun = [n for n in range(max(1, len(mark.word))) if _begins(mark.behind[n:], page)]
    if not begun:
        return f"behind it is {mark.behind[:40]}, the page begins {page.text[:40]}"
    if not earlier and not mark.before:
        return ""
    befores = [mark.before + mark.behind[:n] for n in begun]
    if mark.behind.startswith(THING):
        # A formula may go on from page to page.
        befores.append(mark.before + THING)
    if any(_ends(before, page) for before in befores for page in earlier):
        return ""
    ends = " or ".join(page.text[-40:] for page in earlier)
    return f"before it is {mark.before[-40:]}, the page before ends {ends}"


def _begins(behind: str, page: PrintedPage) -> bool:
    head = page.text[:COMPARED]
    return bool(head) and (behind.startswith(head) or _has_lines(behind, page.lines))


def _ends(before: str, page: PrintedPage) -> bool:
    foot = page.text[-COMPARED:]
    return before.endswith(foot) or _has_lines(before[::-1], page.lines[::-1])


def _has_lines(text: str, lines: Sequence[str]) -> bool:
    """Whether a text begins with these lines, each with its letters in any order: words
    of two directions are drawn in another than they are read in."""
    done = 0
    for line in lines:
        if done >= COMPARED_IN_LINES:
            break
        if sorted(text[done : done + len(line)]) != sorted(line):
            return False
        done += len(line)
    return bool(lines)
