"""The ways through the EPUB: its navigation document, and the older NCX."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from publish.epub.chapters import place
from publish.epub.document import COVER, NAV, XHTML, document
from publish.epub.pages import NO_PAGES, PageList, PageMark
from publish.epub.resource import Resource
from publish.epub.titles import nav_title
from publish.language import Labels, labels
from publish.model import Book, Chapter, Entry, Matter, Role, Target
from publish.xhtml import escape

NCX_ID = "ncx"
# Kindle reads two (Kindle Publishing Guidelines): parts and chapters, or chapters and
# their sections.
_NCX_LEVELS = 2
# Back matter that a reader looks things up in, and so wants to reach at once.
_LOOKED_UP = (Role.NOTES, Role.GLOSSARY, Role.BIBLIOGRAPHY, Role.INDEX)


@dataclass(frozen=True, slots=True)
class _Point:
    """A line of the contents as both files write it. href: from the package"""

    label: str
    href: str
    children: "tuple[_Point, ...]" = ()


def nav_resource(book: Book, pages: PageList = NO_PAGES) -> Resource:
    """The navigation document: contents, landmarks, and the pages of print. Not in the
    spine: a chapter of the book holds the contents that are read in turn."""
    words = labels(book.metadata.language)
    body = (
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title">{escape(words.contents)}</h1>\n'
        f"{_list(_points(book, words))}\n"
        "</nav>\n"
        '<nav epub:type="landmarks" id="landmarks" aria-labelledby="landmarks-title"'
        ' hidden="hidden">\n'
        f'<h2 id="landmarks-title">{escape(words.guide)}</h2>\n'
        f"<ol>\n{_landmarks(book, words)}\n</ol>\n"
        "</nav>"
        f"{_pages(pages, words)}"
    )
    text = document(nav_title(book), book.metadata.language, body, up="")
    return Resource("nav", NAV, XHTML, text.encode(), ("nav",))


def _pages(pages: PageList, words: Labels) -> str:
    if not pages.entries:
        return ""
    rows = "\n".join(
        f'<li><a href="{escape(href)}">{escape(mark.label)}</a></li>'
        for mark, href in pages.entries
    )
    return (
        '\n<nav epub:type="page-list" role="doc-pagelist" id="pages"'
        ' aria-labelledby="pages-title" hidden="hidden">\n'
        f'<h2 id="pages-title">{escape(words.pages)}</h2>\n'
        f"<ol>\n{rows}\n</ol>\n</nav>"
    )


def ncx_resource(
    book: Book, title: str, identifier: str, pages: PageList = NO_PAGES
) -> Resource:
    """The contents once more, for reading systems older than EPUB 3.

    identifier: what the package calls its unique identifier
    """
    points = _above(_NCX_LEVELS, _points(book, labels(book.metadata.language)))
    order: dict[str, int] = {}
    rows = "\n".join(_nav_points(points, order, iter(range(1, 1 << 31))))
    highest = max((_number(mark) for mark, _ in pages.entries), default=0)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"'
        f' xml:lang="{escape(book.metadata.language)}">\n'
        "<head>\n"
        f'<meta name="dtb:uid" content="{escape(identifier)}" />\n'
        f'<meta name="dtb:depth" content="{_depth(points)}" />\n'
        f'<meta name="dtb:totalPageCount" content="{len(pages.entries)}" />\n'
        f'<meta name="dtb:maxPageNumber" content="{highest}" />\n'
        "</head>\n"
        f"<docTitle><text>{escape(title)}</text></docTitle>\n"
        f"<navMap>\n{rows}\n</navMap>\n{_page_targets(pages, order)}</ncx>\n"
    )
    return Resource(NCX_ID, "toc.ncx", "application/x-dtbncx+xml", text.encode())


def _page_targets(pages: PageList, order: dict[str, int]) -> str:
    """order: as of `_nav_points`"""
    rows = "\n".join(
        f'<pageTarget id="page-{number}" type="{_kind(mark)}"{_value(mark)}'
        f' playOrder="{order.setdefault(href, len(order) + 1)}">'
        f"<navLabel><text>{escape(mark.label)}</text></navLabel>"
        f'<content src="{escape(href)}" /></pageTarget>'
        for number, (mark, href) in enumerate(pages.entries, 1)
    )
    return f"<pageList>\n{rows}\n</pageList>\n" if rows else ""


def _number(mark: PageMark) -> int:
    """0 for a Roman number."""
    return int(mark.label) if mark.label.isdecimal() else 0


def _kind(mark: PageMark) -> str:
    return "normal" if _number(mark) else "front"


def _value(mark: PageMark) -> str:
    return f' value="{_number(mark)}"' if _number(mark) else ""


def _points(book: Book, words: Labels) -> tuple[_Point, ...]:
    if points := tuple(_point(entry) for entry in book.contents):
        return points
    # Both files must list something; a book without chapters has its cover at least.
    chapters = tuple(
        _Point(chapter.title, place(Target(chapter.name))) for chapter in book.chapters
    )
    return chapters or (_Point(words.cover, COVER),)


def _point(entry: Entry) -> _Point:
    label = f"{entry.number} {entry.title}".strip()
    children = tuple(_point(child) for child in entry.children)
    return _Point(label or "\N{HORIZONTAL ELLIPSIS}", place(entry.target), children)


def _list(points: tuple[_Point, ...]) -> str:
    rows = "\n".join(
        f'<li><a href="{escape(point.href)}">{escape(point.label)}</a>'
        + (f"\n{_list(point.children)}\n" if point.children else "")
        + "</li>"
        for point in points
    )
    return f"<ol>\n{rows}\n</ol>"


def _landmarks(book: Book, words: Labels) -> str:
    rows = [("cover", COVER, words.cover)]
    if contents := _first(book, role=Role.CONTENTS):
        rows.append(("toc", place(Target(contents.name)), words.contents))
    if start := _first(book, matter=Matter.BODY):
        rows.append(("bodymatter", place(Target(start.name)), words.start_of_text))
    for role in _LOOKED_UP:
        if chapter := _first(book, role=role):
            rows.append((role.value, place(Target(chapter.name)), chapter.title))
    return "\n".join(
        f'<li><a epub:type="{kind}" href="{escape(href)}">{escape(label)}</a></li>'
        for kind, href, label in rows
    )


def _first(
    book: Book, *, role: Role | None = None, matter: Matter | None = None
) -> Chapter | None:
    for chapter in book.chapters:
        if chapter.role is role or chapter.matter is matter:
            return chapter
    return None


def _nav_points(
    points: tuple[_Point, ...], order: dict[str, int], numbers: Iterator[int]
) -> Iterator[str]:
    """order: filled with the place in reading order of each address; two points with
    one address share it, as the NCX wants"""
    for point in points:
        play = order.setdefault(point.href, len(order) + 1)
        yield (
            f'<navPoint id="point-{next(numbers)}" playOrder="{play}">'
            f"<navLabel><text>{escape(point.label)}</text></navLabel>"
            f'<content src="{escape(point.href)}" />'
        )
        yield from _nav_points(point.children, order, numbers)
        yield "</navPoint>"


def _above(levels: int, points: tuple[_Point, ...]) -> tuple[_Point, ...]:
    """Without what stands deeper."""
    if levels == 0:
        return ()
    return tuple(
        replace(point, children=_above(levels - 1, point.children)) for point in points
    )


def _depth(points: tuple[_Point, ...]) -> int:
    return max((1 + _depth(point.children) for point in points), default=0)
