"""Make the pages that the book's data can fill."""

import re
from collections.abc import Iterator
from dataclasses import replace

from publish.language import credit, in_digits, labels, list_stops
from publish.model import (
    Attributes,
    Block,
    Book,
    Chapter,
    Contents,
    Edition,
    Element,
    Format,
    Generated,
    Heading,
    Listed,
    Matter,
    Metadata,
    Paragraph,
    Role,
)

# The order of a book's front (Chicago Manual of Style, 1.4). What stands in no list
# keeps the author's place, behind these.
BEFORE_CONTENTS = (
    Role.HALF_TITLE,
    Role.SERIES_PAGE,
    Role.ALSO_BY,
    Role.FRONTISPIECE,
    Role.TITLE_PAGE,
    Role.COPYRIGHT_PAGE,
    Role.DEDICATION,
    Role.EPIGRAPH,
    Role.CONTENTS,
    Role.FIGURES,
    Role.TABLES,
    Role.LISTINGS,
)

# Relators whose names stand on the copyright page: designers, printers, proofreaders,
# holders of the copyright, publishers.
MAKERS = frozenset(
    "bjd bkd bkp cmt cov cph dsr pbl pfr prt tyd tyg".split()  # noqa: SIM905
)

# Digits of a year at the beginning of a date.
YEAR = 4


def add_front_matter(book: Book) -> Book:
    """The pages that the book wants made, but for those the author wrote."""
    written = {chapter.role for chapter in book.chapters}
    made = [
        page
        for page in _pages(book)
        if page.role in book.made and page.role not in written
    ]
    front = [c for c in book.chapters if c.matter is Matter.FRONT]
    rest = [c for c in book.chapters if c.matter is not Matter.FRONT]
    ordered = sorted([*made, *front], key=_place)
    return replace(book, chapters=(*ordered, *rest))


def add_back_matter(book: Book) -> Book:
    """A page about the author behind all but the colophon, where the book's data say
    who that is and no file does."""
    about = [words for words in _PARTED.split(book.metadata.about) if words.strip()]
    written = any(chapter.role is Role.CONTRIBUTORS for chapter in book.chapters)
    if not about or written or Role.CONTRIBUTORS not in book.made:
        return book
    title = labels(book.metadata.language).about_the_author
    blocks = (Paragraph((Generated(" ".join(words.split())),), 0) for words in about)
    head = Heading(1, (Generated(title),), 0)
    page = _page(book, Role.CONTRIBUTORS, title, (head, *blocks))
    page = replace(page, matter=Matter.BACK)
    colophon = [c for c in book.chapters if c.role is Role.COLOPHON]
    others = [c for c in book.chapters if c.role is not Role.COLOPHON]
    return replace(book, chapters=(*others, page, *colophon))


_PARTED = re.compile(r"\n\s*\n")


def _place(chapter: Chapter) -> int:
    """Python's sort is stable: what has no place of its own keeps its order."""
    if chapter.role in BEFORE_CONTENTS:
        return BEFORE_CONTENTS.index(chapter.role)
    return len(BEFORE_CONTENTS)


def _pages(book: Book) -> Iterator[Chapter]:
    words = labels(book.metadata.language)
    title = Heading(1, (Generated(book.metadata.title),), 0)
    yield _page(book, Role.HALF_TITLE, words.half_title, (title,))
    if series := book.metadata.series:
        said = " · ".join(filter(None, (series.name, series.position)))
        yield _page(book, Role.SERIES_PAGE, series.name, (_line(said, "series"),))
    if books := book.metadata.also_by:
        head = Heading(1, (Generated(words.also_by),), 0)
        lines = (_line(title, "book") for title in books)
        yield _page(book, Role.ALSO_BY, words.also_by, (head, *lines))
    title_page = tuple(_title_page(book.metadata))
    yield _page(book, Role.TITLE_PAGE, words.title_page, title_page)
    copyright_page = tuple(_copyright_page(book))
    if copyright_page:
        yield _page(book, Role.COPYRIGHT_PAGE, words.copyright, copyright_page)
    heading = Heading(1, (Generated(words.contents),), 0)
    yield _page(book, Role.CONTENTS, words.contents, (heading, Contents()))
    lists = (
        (Role.FIGURES, words.list_of_figures, Listed.FIGURES),
        (Role.TABLES, words.list_of_tables, Listed.TABLES),
        (Role.LISTINGS, words.list_of_listings, Listed.LISTINGS),
    )
    for role, title_of_list, of in lists:
        head = Heading(1, (Generated(title_of_list),), 0)
        yield _page(book, role, title_of_list, (head, Contents(of=of)))


def _page(book: Book, role: Role, title: str, blocks: tuple[Block, ...]) -> Chapter:
    return Chapter(
        path=book.chapters[0].path.parent,
        source="",
        language=book.metadata.language,
        blocks=blocks,
        title=title,
        role=role,
        matter=Matter.FRONT,
        numbered=False,
        generated=True,
    )


def _title_page(metadata: Metadata) -> Iterator[Block]:
    yield Heading(1, (Generated(metadata.title),), 0, Attributes(classes=("title",)))
    if metadata.subtitle:
        yield _line(metadata.subtitle, "subtitle", role="doc-subtitle")
    for name in metadata.authors:
        yield _line(name, "author")
    for words in _credits(metadata, printed=False):
        yield _line(words, "contributor")
    if series := metadata.series:
        words = " · ".join(filter(None, (series.name, series.position)))
        yield _line(words, "series")
    if metadata.publisher:
        yield _line(metadata.publisher, "publisher")


def _credits(metadata: Metadata, *, printed: bool) -> Iterator[str]:
    """One line for each role but that of author, in the order of `people`.

    printed: those whose work is the printed thing or the rights in it
    """
    by_role: dict[str, list[str]] = {}
    for person in metadata.people:
        known = person.role == "pbl" and person.name == metadata.publisher
        if person.role != "aut" and not known:
            by_role.setdefault(person.role, []).append(person.name)
    for role, names in by_role.items():
        if (role in MAKERS) is printed:
            yield credit(metadata.language, role, names)


def _copyright_page(book: Book) -> Iterator[Block]:
    metadata = book.metadata
    lines = []
    if metadata.rights:
        lines.append(_line(metadata.rights, "rights"))
    comma, _ = list_stops(metadata.language)
    year = in_digits(metadata.published[:YEAR], metadata.language)
    place = comma.join(filter(None, (metadata.publisher, year)))
    if place:
        lines.append(_line(place, "imprint"))
    lines += (_line(words, "credit") for words in _credits(metadata, printed=True))
    lines += (_line(_isbn(one), "isbn") for one in book.editions if one.isbn)
    if lines:
        yield Element("div", tuple(lines), 0, Attributes(classes=("colophon",)))


def _isbn(edition: Edition) -> str:
    """ "ISBN 978-0-306-40615-7 (large print)": which form of the book has it."""
    form = edition.name.replace("-", " ").replace("_", " ")
    if edition.format is Format.EPUB and not _says_epub(form):
        form += ", EPUB"
    return f"ISBN {edition.isbn_words or edition.isbn} ({form})"


def _says_epub(form: str) -> bool:
    return any(word in form.replace(" ", "").casefold() for word in ("ebook", "epub"))


def _line(words: str, name: str, role: str = "") -> Paragraph:
    rest = (("role", role),) if role else ()
    return Paragraph((Generated(words),), 0, Attributes(classes=(name,), rest=rest))
