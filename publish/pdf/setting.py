"""Set a whole book: fragments, what depends on all of them, one PDF."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from publish.access import wordless
from publish.artifact import Artifact
from publish.check_fonts import check_pdf_fonts
from publish.check_letters import letters_of
from publish.crew import Executor, Kit, Work, WorkError
from publish.language import direction
from publish.model import Book, Edition
from publish.pdf.assemble import Overlay, assembled
from publish.pdf.compositor import Compositor
from publish.pdf.document import Document, document_of, running_heads
from publish.pdf.failing import without_failing
from publish.pdf.finish import finish
from publish.pdf.fragments import Fragment, cut
from publish.pdf.furniture import furniture_of, runs
from publish.pdf.join_fonts import lend
from publish.pdf.messages import lacks_glyphs, no_pdf, problems_of
from publish.pdf.page import Page, page_of
from publish.pdf.pagination import BookPage, folio, paginate
from publish.pdf.sheets import (
    FONT,
    IMAGE,
    filled,
    furniture_css,
    text_css,
    used_faces,
)
from publish.pdf.task import NotSetError, Part, Setup, Task
from publish.problems import Problem, PublishError
from publish.style import Style
from publish.words import lost_in_document

# That are set in a millisecond.
_LETTERS = 50


@dataclass(frozen=True, slots=True)
class _Begun:
    """A fragment that is being set."""

    fragment: Fragment
    document: Document
    answer: "Future[Part]"


class Setting:
    """The PDF of one edition, from the documents that are set to what becomes of them.

    Made in two steps, so that whoever asks can do other things between them.
    """

    def __init__(self, book: Book, edition: Edition, style: Style) -> None:
        self.name = f"{edition.name}.pdf"
        self._book, self._style = book, style
        self._language = book.metadata.language
        self._page = page_of(style.page, style.sizes, edition.trim)
        self._fragments = cut(book, style.opening)
        self._begun: dict[int, _Begun] = {}
        self._problems: list[Problem] = []

    @cached_property
    def _kit(self) -> Kit:
        fonts = {f"{FONT}{n}": face.path for n, face in enumerate(self.setup.faces)}
        return Kit(Compositor, self.setup, fonts)

    @cached_property
    def setup(self) -> Setup:
        letters = letters_of(self._book) | set(self._book.metadata.title)
        text = filled(self._style.text_css, self._page)
        furniture = self._style.furniture_css
        return Setup(
            used_faces(self._style, letters),
            (text_css(self._page), text),
            # Heads and numbers are set in the letters of the text.
            (furniture_css(self._page, self._language), text, furniture),
        )

    def work(self, root: Element, paths: tuple[Path, ...] = ()) -> Work[Part]:
        """Setting one document. paths: see `Task`"""
        images = {f"{IMAGE}{image.name}": image.path for image in self._book.images}
        sources = dict.fromkeys(img.get("src", "") for img in root.iter("img"))
        shown = {src: images[src] for src in sources if src in images}
        weight = sum(map(len, root.itertext())) // _LETTERS
        return Work(Compositor.set, self._kit, Task(root, paths), shown, weight)

    def begin(self, executor: Executor) -> None:
        """Set all that does not depend on page numbers."""
        for n, fragment in enumerate(self._fragments):
            if not fragment.is_contents:
                self._begun[n] = self._begin(fragment, {}, executor)

    def finish(self, executor: Executor) -> Artifact:
        """Wait for the fragments, and make one PDF of them.

        Raises PublishError where there is none: Pango is missing, or nothing of the
        book can be set.
        """
        found = {n: self._done(begun, executor) for n, begun in self._begun.items()}
        pages = self._with_contents(found, executor)
        parts = [found[n] for n in range(len(self._fragments))]
        overlays = self._overlays(parts, pages, executor)
        every = (*parts, *(overlay.part for overlay in overlays))
        log = tuple(dict.fromkeys(line for part in every for line in part.log))
        problems = [
            *self._problems,
            *(problem for part in parts for problem in part.problems),
            *problems_of(log, self._book, self._style, self.name),
        ]
        body = next((n for n, page in enumerate(pages) if not page.roman), None)
        rtl = direction(self._language) == "rtl"
        with assembled(parts, overlays, pages, self._page, right_to_left=rtl) as pdf:
            fonts = (font for part in every for font in part.fonts)
            lend(pdf, fonts, self.setup.faces)
            data = finish(
                pdf,
                self._book.metadata,
                body=body,
                accessible=not lacks_glyphs(log) and not _is_wordless(self._book),
            )
        problems += check_pdf_fonts(data, self._style, self.name)
        return Artifact(self.name, data, len(pages), tuple(problems))

    def _begin(
        self, fragment: Fragment, labels: Mapping[str, str], executor: Executor
    ) -> _Begun:
        document = document_of(fragment, self._book, self._page, labels)
        paths = tuple(chapter.path for chapter in fragment.chapters)
        work = self.work(document.root, paths)
        return _Begun(fragment, document, executor.submit(work))

    def _done(self, begun: _Begun, executor: Executor) -> Part:
        try:
            part = begun.answer.result()
        except NotSetError:
            return self._second_try(begun.fragment, executor)
        except WorkError as error:
            raise PublishError([no_pdf(error, self.name)]) from error
        self._say_of(begun.document)
        return part

    def _say_of(self, document: Document) -> None:
        self._problems += document.problems
        for section in document.sections:
            self._problems += lost_in_document(*section)

    def _second_try(self, fragment: Fragment, executor: Executor) -> Part:
        """What can be set of a fragment that cannot."""

        def begin(book: Book) -> _Begun:
            some = replace(fragment, chapters=book.chapters)
            return self._begin(some, {}, executor)

        def sets(book: Book) -> bool:
            return begin(book).answer.exception() is None

        part = replace(self._book, chapters=fragment.chapters)
        book, problems = without_failing(part, sets)
        self._problems += problems
        begun = begin(book)
        try:
            set_part = begun.answer.result()
        except WorkError as error:
            raise PublishError([*self._problems, no_pdf(error, self.name)]) from error
        self._say_of(begun.document)
        return set_part

    def _with_contents(
        self, found: dict[int, Part], executor: Executor
    ) -> list[BookPage]:
        """Set the contents, whose numbers depend on how long they are themselves.

        found: all other fragments; the contents are added
        A round knows the pages that contents took in the round before it. That number
        only grows, and is bounded by the pages of contents whose every number is as
        wide as can be: so there is a last round, and its numbers are right. Should it
        need fewer pages than were counted, the last of them stay empty.
        """
        counts = {n: len(part.pages) for n, part in found.items()}
        contents = [n for n in range(len(self._fragments)) if n not in found]
        counts |= dict.fromkeys(contents, 1)
        while True:
            pages = paginate(self._fragments, [counts[n] for n in sorted(counts)])
            labels = self._labels(pages, found)
            begun = {
                n: self._begin(self._fragments[n], labels, executor) for n in contents
            }
            found |= {n: self._done(one, executor) for n, one in begun.items()}
            needed = {n: len(found[n].pages) for n in contents}
            if all(needed[n] <= counts[n] for n in contents):
                return pages
            counts |= {n: max(counts[n], needed[n]) for n in contents}

    def _labels(
        self, pages: Sequence[BookPage], found: Mapping[int, Part]
    ) -> dict[str, str]:
        """The number of the page on which each id stands."""
        labels: dict[str, str] = {}
        for page in pages:
            if page.fragment is not None and page.fragment in found:
                done = found[page.fragment].pages[page.index : page.index + 1]
                for anchor in (anchor for was in done for anchor in was.anchors):
                    labels.setdefault(anchor, folio(page, self._language))
        return labels

    def _overlays(
        self, parts: Sequence[Part], pages: Sequence[BookPage], executor: Executor
    ) -> list[Overlay]:
        """The furniture of all pages."""
        heads = _heads(self._book, self._page)
        openings = {
            (n, at): [name for name in page.anchors if name in heads]
            for n, part in enumerate(parts)
            for at, page in enumerate(part.pages)
        }
        begun: list[tuple[int, Future[Part]]] = []
        before, first = "", 0
        for run in runs(pages):
            root = furniture_of(run, openings, before, heads, self._language)
            begun.append((first, executor.submit(self.work(root))))
            first += len(run)
            for page in run:
                if page.fragment is not None:
                    names = openings.get((page.fragment, page.index))
                    before = names[-1] if names else before
        return list(self._laid_over(begun))

    def _laid_over(
        self, begun: Sequence[tuple[int, "Future[Part]"]]
    ) -> Iterator[Overlay]:
        for first, future in begun:
            try:
                yield Overlay(future.result(), first)
            except WorkError as error:
                raise PublishError([no_pdf(error, self.name)]) from error


def _heads(book: Book, page: Page) -> Mapping[str, tuple[str, str]]:
    return {c.name: running_heads(c, book, page) for c in book.chapters}


def _is_wordless(book: Book) -> bool:
    """Whether something is in the book that only its author could put into words."""
    return any(thing for chapter in book.chapters for thing in wordless(chapter))
