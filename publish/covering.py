"""The covers of all kinds of editions: pictures for shops, sheets for printers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.artifact import Artifact
from publish.builds import Progress, Workshop, made
from publish.chosen import choose, file_name
from publish.covers import make_covers
from publish.crew import Executor, Here
from publish.images.find import Finder
from publish.images.inks import Inks
from publish.images.prepare import BadPictureError
from publish.images.printed import Printed, printed
from publish.manuscript import Manuscript, read_manuscript
from publish.model import FINAL, Edition, Format, Printing
from publish.parse import parse
from publish.pdf.press import unbound
from publish.problems import CommandError, Position, Problem, PublishError, Severity
from publish.report import Report, in_order
from publish.store import Store
from publish.style import Style
from publish.svg import MEDIA_TYPE as SVG
from publish.wanted import Wanted
from publish.wrap import Job, make_wrap


@dataclass(frozen=True, slots=True)
class Asked:
    """editions: by their names; none for the e-books
    pages: of a book that is not set for it; 0 to count those of the real one
    guides: whether covers for print are made once more, with lines over them
    """

    editions: tuple[str, ...] = ()
    pages: int = 0
    guides: bool = False


def cover_editions(
    where: Path,
    asked: Asked,
    store: Store | None,
    workshop: Workshop,
    progress: Progress = lambda _step: None,
) -> Report:
    """Make the covers that are asked for. Writes nothing to disk.

    where, store, workshop: as for `publish.builds.made`
    Raises CommandError, and PublishError where there is no book.
    """
    if not asked.editions:
        _check_used(asked, printed=False)
        return make_covers(where)
    manuscript = read_manuscript(where, Here())
    chosen = choose(manuscript, Wanted(asked.editions))
    shown = [e.name for e, _ in chosen if e.format is Format.EPUB]
    wrapped = [one for one in chosen if one[0].format is Format.PDF]
    _check_used(asked, printed=bool(wrapped))
    artifacts: list[Artifact] = []
    problems: list[Problem] = []
    if shown:
        report = make_covers(where, shown)
        artifacts += report.artifacts
        problems += report.problems
    for edition, style in wrapped:
        try:
            printing = _printing(edition, manuscript)
            pages = asked.pages
            if not pages:
                pages, wrong = _pages(where, edition, store, workshop, progress)
                problems += wrong
            progress(f"making the cover of {edition.name}")
            with workshop() as executor:
                artifacts += _wrapped(
                    manuscript, edition, style, printing, pages, asked, executor
                )
        except PublishError as error:
            problems += error.problems
            continue
        if asked.pages:
            at = _at(manuscript)
            problems.append(_assumed(edition, asked.pages, at))
            problems += unbound(printing, edition.trim, asked.pages, at)
    problems += (problem for made in artifacts for problem in made.problems)
    return Report(tuple(artifacts), in_order(problems))


def _check_used(asked: Asked, *, printed: bool) -> None:
    """Raises CommandError for what is said of covers that are not made."""
    for option, said in (("--pages", asked.pages), ("--guides", asked.guides)):
        if said and not printed:
            message = f"{option} is for the cover of an edition that is printed"
            raise CommandError(f"{message}: name one with -e")


def _at(manuscript: Manuscript) -> Position:
    return Position(manuscript.folder / "book.toml")


def _printing(edition: Edition, manuscript: Manuscript) -> Printing:
    if edition.printing:
        return edition.printing
    message = f"nobody is said to print `{edition.name}`, so its cover has no size"
    hint = f'write printer = "kdp", or another, under [editions.{edition.name}]'
    raise PublishError([Problem(_at(manuscript), "no-printer", message, hint)])


def _pages(
    where: Path,
    edition: Edition,
    store: Store | None,
    workshop: Workshop,
    progress: Callable[[str], None],
) -> tuple[int, tuple[Problem, ...]]:
    """As many as the finished book has, and why it cannot be printed, if it cannot. It
    is built, if it is not there yet."""
    report = made(where, Wanted((edition.name,)), store, workshop, progress)
    if not report.artifacts:
        raise PublishError(report.problems)
    (artifact,) = report.artifacts
    wrong = (p for p in report.problems if p.severity is Severity.ERROR)
    return artifact.pages, tuple(wrong)


def _assumed(edition: Edition, pages: int, at: Position) -> Problem:
    message = f"the spine of `{edition.name}` is that of {pages} pages, as you said"
    hint = "without --pages those of the book are counted"
    return Problem(at, "assumed-pages", message, hint, Severity.NOTE)


def _wrapped(  # noqa: PLR0913, PLR0917
    manuscript: Manuscript,
    edition: Edition,
    style: Style,
    printing: Printing,
    pages: int,
    asked: Asked,
    executor: Executor,
) -> Sequence[Artifact]:
    parsed, _ = parse(manuscript, executor)
    book = replace(parsed, chapters=())
    at = _at(manuscript)
    inks = _inks(manuscript, edition, printing, at)
    with TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as folder:
        pictures = {
            name: _kept(name, path, inks, Path(folder), at)
            for name, path in _pictures(manuscript, edition, at)
        }
        job = Job(
            name=f"{file_name(book, edition, FINAL).rpartition('.')[0]}-cover",
            metadata=book.metadata,
            edition=edition,
            printing=printing,
            style=style,
            pages=pages,
            pictures=pictures,
            at=at,
        )
        return make_wrap(job, executor, guides=asked.guides)


def _pictures(
    manuscript: Manuscript, edition: Edition, at: Position
) -> Iterator[tuple[str, Path]]:
    if manuscript.cover:
        yield "picture", manuscript.cover
    if edition.wrap.portrait and edition.wrap.note:
        found = Finder(manuscript.folder).find(at, "", edition.wrap.portrait)
        if isinstance(found, Problem):
            raise PublishError([found])
        yield "portrait", manuscript.folder / found


def _inks(
    manuscript: Manuscript, edition: Edition, printing: Printing, at: Position
) -> Inks:
    """With the profile that the cover has of its own, or that of the pages."""
    profile = _file(manuscript, edition.wrap.profile, at)
    if not profile and printing.turns_colours and printing.profile:
        profile = printing.profile.read_bytes()
    return Inks(profile, printing.printer.colours.ink)


def _file(manuscript: Manuscript, name: str, at: Position) -> bytes:
    """A file of the book's folder; nothing for no name."""
    if not name:
        return b""
    path = (manuscript.folder / name).resolve()
    if not path.is_relative_to(manuscript.folder.resolve()) or not path.is_file():
        hint = "put it into the book's folder"
        problem = Problem(at, "no-file", f"no such file: {name}", hint)
        raise PublishError([problem])
    return path.read_bytes()


_ENDINGS = {SVG: ".svg"}


def _kept(
    name: str, path: Path, inks: Inks, folder: Path, at: Position
) -> tuple[Printed, Path]:
    """The picture as it is printed, and the file of it."""
    try:
        picture = printed(path.read_bytes(), inks)
    except BadPictureError as error:
        message = f"the picture `{path.name}` cannot be shown: {error}"
        problem = Problem(at, "broken-picture", message)
        raise PublishError([problem]) from error
    kept = folder / f"{name}{_ENDINGS.get(picture.media_type, '.jpg')}"
    kept.write_bytes(picture.data)
    return picture, kept
