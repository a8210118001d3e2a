"""Set a whole book: fragments, their documents, WeasyPrint, furniture, one PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from publish.access import wordless
from publish.artifact import Artifact
from publish.check_fonts import check_pdf_fonts
from publish.check_letters import letters_of
from publish.fonts import Face
from publish.images import image_bytes
from publish.language import direction
from publish.model import Book, Edition, ImageFile
from publish.pdf.assemble import Overlay, Part, assembled
from publish.pdf.document import document_of, running_heads
from publish.pdf.drawn import drawn_texts
from publish.pdf.finish import finish
from publish.pdf.fragments import Fragment, cut
from publish.pdf.furniture import furniture_of, runs
from publish.pdf.messages import lacks_glyphs, problems_of
from publish.pdf.page import page_of
from publish.pdf.pagination import BookPage, folio, paginate
from publish.pdf.sheets import (
    FONT,
    IMAGE,
    filled,
    font_css,
    furniture_css,
    text_css,
    used_faces,
)
from publish.pdf.typeset import Press, Typeset
from publish.problems import Problem
from publish.style import Style
from publish.words import lost_in_document, lost_in_layout, lost_in_pages


@dataclass(frozen=True, slots=True)
class SetFragment:
    """log: what WeasyPrint had to say; problems: what else there is to say"""

    part: Part
    log: tuple[str, ...]
    problems: tuple[Problem, ...]


def set_book(book: Book, edition: Edition, style: Style) -> Artifact:
    """The PDF of *edition*, with what there is to say about it."""
    return _Setting(book, edition, style).made()


class _Setting:
    def __init__(self, book: Book, edition: Edition, style: Style) -> None:
        self.book, self.style = book, style
        self.name = f"{edition.name}.pdf"
        self.language = book.metadata.language
        self.page = page_of(style.page, style.sizes, edition.trim)
        self.fragments = cut(book, style.opening)
        letters = letters_of(book) | set(book.metadata.title)
        self.faces = used_faces(style, letters)
        images = {image.name: image for image in book.images}
        self.serve = partial(_serve, self.faces, images)

    @cached_property
    def text(self) -> Press:
        sheets = text_css(self.page), filled(self.style.text_css, self.page)
        return Press(self.faces, (font_css(self.faces), *sheets), self.serve)

    @cached_property
    def furniture(self) -> Press:
        sheets = furniture_css(self.page, self.language), self.style.furniture_css
        return Press(self.faces, (font_css(self.faces), *sheets), self.serve)

    def made(self) -> Artifact:
        found = {
            n: self.set(fragment, {})
            for n, fragment in enumerate(self.fragments)
            if not fragment.is_contents
        }
        pages = self.with_contents(found)
        parts = [found[n] for n in range(len(self.fragments))]
        log = tuple(dict.fromkeys(line for part in parts for line in part.log))
        said = tuple(problems_of(log, self.book, self.style, self.name))
        accessible = not lacks_glyphs(log) and not _is_wordless(self.book)
        body = next((n for n, page in enumerate(pages) if not page.roman), 0)
        with assembled(
            [part.part for part in parts],
            tuple(self.overlays(parts, pages)),
            pages,
            self.page,
            right_to_left=direction(self.language) == "rtl",
        ) as pdf:
            data = finish(pdf, self.book.metadata, body=body, accessible=accessible)
        problems = (
            *(problem for part in parts for problem in part.problems),
            *said,
            *check_pdf_fonts(data, self.style, self.name),
        )
        return Artifact(self.name, data, len(pages), problems)

    def set(self, fragment: Fragment, labels: Mapping[str, str]) -> SetFragment:
        document = document_of(fragment, self.book, self.page, labels)
        made = self.text.typeset(document.root)
        problems = (
            *document.problems,
            *(p for section in document.sections for p in lost_in_document(*section)),
            *lost_in_layout(document.sections, made.runs),
            *lost_in_pages(made.runs, drawn_texts(made.data), fragment.chapters[0]),
        )
        return SetFragment(_part(made), made.log, problems)

    def with_contents(self, found: dict[int, SetFragment]) -> list[BookPage]:
        """Set the contents, whose numbers depend on how long they are themselves.

        found: all other fragments; the contents are added
        A round knows the pages that contents took in the round before it. That number
        only grows, and is bounded by the pages of contents whose every number is as
        wide as can be: so there is a last round, and its numbers are right. Should it
        need fewer pages than were counted, the last of them stay empty.
        """
        counts = {n: len(done.part.pages) for n, done in found.items()}
        open_ = [n for n in range(len(self.fragments)) if n not in found]
        counts |= dict.fromkeys(open_, 1)
        while True:
            pages = paginate(self.fragments, [counts[n] for n in sorted(counts)])
            labels = self.labels(pages, found)
            for n in open_:
                found[n] = self.set(self.fragments[n], labels)
            needed = {n: len(found[n].part.pages) for n in open_}
            if all(needed[n] <= counts[n] for n in open_):
                return pages
            counts |= {n: max(counts[n], needed[n]) for n in open_}

    def labels(
        self, pages: Sequence[BookPage], found: Mapping[int, SetFragment]
    ) -> dict[str, str]:
        """The number of the page on which each id stands."""
        labels: dict[str, str] = {}
        for page in pages:
            if page.fragment is not None and page.fragment in found:
                done = found[page.fragment].part.pages[page.index : page.index + 1]
                for anchor in (anchor for was in done for anchor in was.anchors):
                    labels.setdefault(anchor, folio(page, self.language))
        return labels

    def overlays(
        self, parts: Sequence[SetFragment], pages: Sequence[BookPage]
    ) -> Iterator[Overlay]:
        heads = {
            c.name: running_heads(c, self.book, self.page) for c in self.book.chapters
        }
        openings = {
            (n, at): [name for name in page.anchors if name in heads]
            for n, part in enumerate(parts)
            for at, page in enumerate(part.part.pages)
        }
        before, first = "", 0
        for run in runs(pages):
            root = furniture_of(run, openings, before, heads, self.language)
            yield Overlay(_part(self.furniture.typeset(root, tagged=False)), first)
            first += len(run)
            for page in run:
                if page.fragment is not None:
                    begun = openings.get((page.fragment, page.index))
                    before = begun[-1] if begun else before


def _part(made: Typeset) -> Part:
    return Part(made.data, made.pages, made.fonts)


def _is_wordless(book: Book) -> bool:
    """Whether something is in the book that only its author could put into words."""
    return any(thing for chapter in book.chapters for thing in wordless(chapter))


def _serve(
    faces: tuple[Face, ...], images: Mapping[str, ImageFile], url: str
) -> bytes | None:
    if url.startswith(FONT):
        return faces[int(url.removeprefix(FONT))].path.read_bytes()
    image = images.get(url.removeprefix(IMAGE)) if url.startswith(IMAGE) else None
    return image_bytes(image) if image else None
