"""Make the editions of a book, print first: the EPUB tells its pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from publish.artifact import Artifact
from publish.crew import Executor
from publish.flow import Paging
from publish.model import Book, Edition, Format, Proof
from publish.problems import Position, Problem, PublishError
from publish.style import Style
from publish.transform.edition import for_edition

if TYPE_CHECKING:
    # Neither output needs anything of the other, and most of the time of a small build
    # would go into reading what it does not use.
    from publish.pdf import RunningPdf

# Makes an edition, or ends what was begun. Raises PublishError where it cannot be made.
Making = Callable[[], Artifact]
Begun = Sequence[tuple[Edition, Making]]


def begin_editions(  # noqa: PLR0913, PLR0917
    book: Book,
    editions: Sequence[tuple[Edition, Style]],
    held: Mapping[str, Book],
    executor: Executor,
    proof: Proof,
    style_of: Callable[[Edition], Style],
) -> Begun:
    """Begin to make *editions*. Others set the pages; this process can do other things.

    book: that every pass has been over; held: what each edition holds of it, by names
    style_of: gives the style of an edition that is not made
    """
    running = {
        edition.name: _pdf(held[edition.name], edition, style, executor, proof)
        for edition, style in editions
        if edition.format is Format.PDF
    }
    begun: list[tuple[Edition, Making]] = []
    for edition, style in editions:
        if edition.format is Format.PDF:
            pdf = running[edition.name]
            begun.append(
                (edition, pdf.finish if proof.draft else _proved(edition, pdf))
            )
        elif proof.draft:
            begun.append(
                (edition, _draft(held[edition.name], edition, style, executor))
            )
        else:
            pages = _pages_of(edition, book, running, executor, style_of)
            making = _epub(held[edition.name], edition, style, executor, pages)
            begun.append((edition, making))
    return begun


def finish_editions(
    begun: Begun, progress: Callable[[str], None]
) -> tuple[dict[str, Artifact], list[Problem]]:
    """What can be made, by the names of the editions, and what is wrong with it."""
    made: dict[str, Artifact] = {}
    problems: list[Problem] = []
    # This process makes the EPUB while others still set pages.
    for edition, making in sorted(begun, key=lambda one: one[0].format is Format.PDF):
        progress(f"making {edition.name}")
        try:
            made[edition.name] = making()
        except PublishError as error:
            problems += error.problems
        else:
            problems += made[edition.name].problems
    return made, list(dict.fromkeys(problems))


def _pdf(
    book: Book, edition: Edition, style: Style, executor: Executor, proof: Proof
) -> "RunningPdf":
    from publish.pdf import start_pdf  # noqa: PLC0415

    return start_pdf(book, edition, style, executor, proof)


def _proved(edition: Edition, pdf: "RunningPdf") -> Making:
    if edition.printing is None or not edition.printing.printer.file.standard:
        return pdf.finish
    from publish.proving import proved  # noqa: PLC0415

    return lambda: proved(pdf.finish(), edition)


def _draft(book: Book, edition: Edition, style: Style, executor: Executor) -> Making:
    from publish.epub import draft_epub  # noqa: PLC0415

    return lambda: draft_epub(book, edition, style, executor)


def _epub(
    book: Book,
    edition: Edition,
    style: Style,
    executor: Executor,
    pages: Callable[[], Paging] | None,
) -> Making:
    """pages: gives those that the EPUB tells; None for none"""
    from publish.epub import render_epub  # noqa: PLC0415

    def making() -> Artifact:
        try:
            paging = pages() if pages else None
        except PublishError as error:
            made = render_epub(book, edition, style, executor)
            message = f"the pages of `{edition.pages}` cannot be set, so none are told"
            lacks = Problem(Position(Path(f"{edition.name}.epub")), "no-pages", message)
            found = (*error.problems, lacks, *made.problems)
            return replace(made, problems=found)
        return render_epub(book, edition, style, executor, paging)

    return making


def _pages_of(
    edition: Edition,
    book: Book,
    running: Mapping[str, "RunningPdf"],
    executor: Executor,
    style_of: Callable[[Edition], Style],
) -> Callable[[], Paging] | None:
    """What gives the pages that an EPUB tells: of the edition that is being made, or of
    one that is set for them alone. What was asked for changes nothing."""
    if not edition.pages:
        return None
    (printed,) = (one for one in book.editions if one.name == edition.pages)
    pdf = running.get(printed.name)
    if pdf is None:
        whole = for_edition(book, printed)
        pdf = _pdf(whole, printed, style_of(printed), executor, Proof())
    name = f"{book.metadata.title} ({printed.name})"
    source = f"urn:isbn:{printed.isbn}" if printed.isbn else name
    return lambda: Paging(source, pdf.printed())
