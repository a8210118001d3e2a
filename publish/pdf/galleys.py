"""The fragments of a book, set until all numbers of pages that they tell are right."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace

from publish.crew import Executor, WorkError
from publish.model import Book, Edition
from publish.pdf.bench import Bench
from publish.pdf.copy import places_shown
from publish.pdf.failing import without_failing
from publish.pdf.fragments import Fragment
from publish.pdf.messages import no_pdf
from publish.pdf.numbers import UNKNOWN, Numbers, next_round
from publish.pdf.pagination import BookPage, Extent, as_set, closed, folio, paginate
from publish.pdf.task import NotSetError, Part
from publish.problems import Problem, PublishError


class Galleys:
    """What compositors have set, before it is bound: a part of each fragment.

    numbers: of the pages that stand in each fragment, as they were set last
    problems: what was known before, and what could not be set
    """

    def __init__(
        self,
        book: Book,
        edition: Edition,
        fragments: Sequence[Fragment],
        bench: Bench,
        problems: Iterable[Problem],
    ) -> None:
        self._book, self._fragments, self._bench = book, fragments, bench
        self._printing, self._name = edition.printing, f"{edition.name}.pdf"
        self.problems = [*problems]
        self.numbers: list[Numbers] = [
            dict.fromkeys(places_shown(fragment), UNKNOWN) for fragment in fragments
        ]
        self._begun: list[Future[Part]] = []
        self._counted: tuple[Sequence[Part], Sequence[BookPage]] | None = None

    def begin(self, executor: Executor) -> None:
        """Set everything as if no page had a number."""
        for fragment, numbers in zip(self._fragments, self.numbers, strict=True):
            self._begun.append(executor.submit(self._bench.fragment(fragment, numbers)))

    def early(self, only: int | None) -> Iterator[Part]:
        """Those that are there already, and that stay as they are whatever the others
        become: they tell no numbers of pages. only: the one that is wanted, if one is
        """
        for n, (one, numbers) in enumerate(zip(self._begun, self.numbers, strict=True)):
            stays = not numbers and only in {None, n}
            if stays and one.done() and not one.exception():
                yield one.result()

    def counted(self, executor: Executor) -> tuple[Sequence[Part], Sequence[BookPage]]:
        """Wait for all of them as they are set with the numbers of their pages, and for
        the pages of the book.

        Raises PublishError where something cannot be set at all.
        """
        if self._counted is None:
            parts = [self._done(n, one, executor) for n, one in enumerate(self._begun)]
            pages = self._with_numbers(parts, executor)
            if self._printing:
                pages = closed(pages, self._printing.printer.order)
            self._counted = parts, pages
        return self._counted

    def _done(self, n: int, begun: "Future[Part]", executor: Executor) -> Part:
        try:
            return begun.result()
        except NotSetError:
            return self._second_try(n, executor)
        except WorkError as error:
            raise PublishError([no_pdf(error, self._name)]) from error

    def _second_try(self, n: int, executor: Executor) -> Part:
        """What can be set of a fragment that cannot."""
        fragment = self._fragments[n]

        def begin(book: Book) -> "Future[Part]":
            some = replace(fragment, chapters=book.chapters)
            return executor.submit(self._bench.fragment(some, self.numbers[n]))

        def sets(book: Book) -> bool:
            return begin(book).exception() is None

        part = replace(self._book, chapters=fragment.chapters)
        book, problems = without_failing(part, sets)
        self.problems += problems
        try:
            return begin(book).result()
        except WorkError as error:
            raise PublishError([*self.problems, no_pdf(error, self._name)]) from error

    def _with_numbers(self, found: list[Part], executor: Executor) -> list[BookPage]:
        """Set again what tells the numbers of pages, until all of them are right.

        found: all fragments as they are set; those that are set again are replaced
        Contents and an index keep the most pages that they have had: should one need
        fewer at last, the last of them stay empty. With that and the boxes of
        `numbers`, every round makes something larger that is bounded, or is the last.
        """
        counts = [len(part.pages) for part in found]
        while True:
            extents = [
                Extent(count, [spread.page for spread in part.spreads])
                for count, part in zip(counts, found, strict=True)
            ]
            pages = paginate(self._fragments, extents)
            labels = self._labels(pages, found)
            wanted = [next_round(numbers, labels) for numbers in self.numbers]
            changed = [n for n, one in enumerate(wanted) if one != self.numbers[n]]
            if not changed:
                return pages
            self.numbers = wanted
            begun = {
                n: executor.submit(self._bench.fragment(self._fragments[n], wanted[n]))
                for n in changed
            }
            for n, one in begun.items():
                found[n] = self._done(n, one, executor)
                needed = len(found[n].pages)
                if self._fragments[n].lists_pages:
                    needed = max(counts[n], needed)
                counts[n] = needed

    def _labels(
        self, pages: Sequence[BookPage], found: Sequence[Part]
    ) -> dict[str, str]:
        """The number of the page on which each id stands."""
        labels: dict[str, str] = {}
        for page in pages:
            done = as_set(page, found)
            for anchor in done.anchors if done else ():
                labels.setdefault(anchor, folio(page, self._book.metadata.language))
        return labels
