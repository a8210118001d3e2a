"""Rules for readers who do not see, of those that need no browser.

Where Ace by DAISY, or axe in it, has the same rule, the code is theirs.
"""

import re
from collections.abc import Iterator, Mapping

from publish.check.documents import Content
from publish.check.say import shown, warn
from publish.check.trace import is_page_break
from publish.check.xml import Document, Element
from publish.problems import Problem

_HEADING = re.compile(r"h([1-6])")
# https://www.w3.org/TR/epub-ssv-11/ beside https://www.w3.org/TR/dpub-aria-1.1/
_WORDS = """
    abstract acknowledgments afterword appendix bibliography chapter colophon
    conclusion credit credits dedication endnotes epigraph epilogue errata
    footnote foreword glossary index introduction noteref notice part preface
    prologue pullquote qna backlink biblioref glossref subtitle tip pagebreak toc
"""
_SAME_WORD = frozenset(_WORDS.split())
_ROLES: Mapping[str, str] = {word: f"doc-{word}" for word in _SAME_WORD} | {
    "page-list": "doc-pagelist"
}
# A table with so many rows and columns has heads, or nobody who listens follows it.
_LARGE = 4


def check_access(content: Content) -> Iterator[Problem]:
    # On the way down, what is hidden from those who listen is passed over.
    hidden_until = 0
    level = 0
    for element in content.document.elements:
        if element.start < hidden_until:
            continue
        if element.attributes.get("aria-hidden") == "true" or (
            "hidden" in element.attributes
        ):
            hidden_until = element.end
            continue
        if (name := element.name) in _BY_NAME:
            yield from _BY_NAME[name](content, element)
        if found := _HEADING.fullmatch(name):
            depth = int(found[1])
            if level and depth > level + 1:
                message = f"a heading of level {depth} follows one of level {level}"
                hint = "levels go down one by one"
                yield warn(content.at(element), "heading-order", message, hint)
            level = depth
            yield from _heading(content, element)
        if "epub:type" in element.attributes:
            yield from _role(content, element)
        if is_page_break(element) and not _label(content.document, element):
            message = "the mark of a page has no number"
            hint = 'write aria-label="12"'
            yield warn(content.at(element), "pagebreak-label", message, hint)
    yield from _tables(content)


def _label(document: Document, element: Element) -> str:
    """What a reader who listens is told of it."""
    said = (element.attributes.get(name) for name in ("aria-label", "title"))
    if found := next(filter(None, said), ""):
        return found
    if element.get("aria-labelledby"):
        return element.get("aria-labelledby")
    if words := document.text(element):
        return words
    inside = document.inside(element)
    return next(filter(None, map(_alternative, inside)), "")


def _alternative(element: Element) -> str:
    if element.name in {"svg:title", "math:math"}:
        return element.name
    said = (element.get(name) for name in ("alt", "aria-label", "title", "alttext"))
    return next(filter(None, said), "")


def _picture(content: Content, element: Element) -> Iterator[Problem]:
    is_decorative = element.get("role") in {"presentation", "none"}
    if (
        "alt" in element.attributes
        or is_decorative
        or _label(content.document, element)
    ):
        return
    message = f"the picture `{shown(element.get('src'))}` has no words"
    hint = 'say what it shows: alt="…"; one that only decorates has alt=""'
    yield warn(content.at(element), "image-alt", message, hint)


def _link(content: Content, element: Element) -> Iterator[Problem]:
    if element.get("href") and not _label(content.document, element):
        message = f"the link to `{shown(element.get('href'))}` has no words"
        hint = "a reader who listens is told the file's name in their place"
        yield warn(content.at(element), "link-name", message, hint)


def _frame(content: Content, element: Element) -> Iterator[Problem]:
    if not _label(content.document, element):
        message = "the frame has no title"
        yield warn(content.at(element), "frame-title", message, 'write title="…"')


def _heading(content: Content, element: Element) -> Iterator[Problem]:
    if not _label(content.document, element):
        message = "a heading is empty"
        hint = "take it away: who listens goes from heading to heading"
        yield warn(content.at(element), "empty-heading", message, hint)


def _tables(content: Content) -> Iterator[Problem]:
    # Tables within tables are for looks.
    until = 0
    for table in content.document.named("table"):
        if table.start >= until:
            until = table.end
            yield from _table(content, table)


def _table(content: Content, table: Element) -> Iterator[Problem]:
    if table.get("role") in {"presentation", "none"}:
        return
    rows: dict[int, int] = {}
    has_heads = False
    for cell in content.document.inside(table):
        if cell.name == "th" or cell.get("scope") or cell.get("headers"):
            has_heads = True
        if cell.name in {"td", "th"} and cell.parent:
            rows[cell.parent.start] = rows.get(cell.parent.start, 0) + 1
    if not has_heads and len(rows) >= _LARGE and max(rows.values()) >= _LARGE:
        message = "the table has no heads"
        hint = "write the cells that say what a row or column holds as <th>"
        yield warn(content.at(table), "td-has-header", message, hint)


def _head(content: Content, element: Element) -> Iterator[Problem]:
    if not _label(content.document, element):
        message = "the head of a row or column is empty"
        hint = "write words in it, or make it a <td>"
        yield warn(content.at(element), "empty-table-header", message, hint)


def _role(content: Content, element: Element) -> Iterator[Problem]:
    roles = element.words("role")
    if element.name in {"body", "html"} or element.name.startswith("svg:"):
        return
    for word in element.words("epub:type"):
        wanted = _ROLES.get(word)
        if wanted and wanted not in roles and not _fits(word, element):
            message = f'epub:type="{word}" has no role that says the same'
            hint = f'write role="{wanted}" beside it'
            at = content.at(element)
            yield warn(at, "epub-type-has-matching-role", message, hint)
            return


def _fits(word: str, element: Element) -> bool:
    """Whether another role, or none, is right for an element of this kind."""
    if word in {"toc", "page-list"}:
        return element.name == "nav"
    if word in {"noteref", "backlink", "biblioref", "glossref"}:
        return element.name != "a"
    if word in {"endnotes", "footnote"}:
        return element.name in {"ol", "ul", "li", "dl"} or bool(element.get("role"))
    return bool(element.get("role"))


_BY_NAME = {
    "img": _picture,
    "area": _link,
    "a": _link,
    "iframe": _frame,
    "th": _head,
}
