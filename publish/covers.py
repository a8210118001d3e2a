"""The covers that shops want beside the e-books."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.artifact import Artifact
from publish.chosen import choose, file_name
from publish.cover import HEIGHT, WIDTH, shop_cover, typographic_cover
from publish.crew import Here
from publish.images import read_images
from publish.manuscript import read_manuscript
from publish.model import FINAL, Format, ImageFile
from publish.parse import parse
from publish.problems import Position, Problem, Severity
from publish.report import Report
from publish.wanted import Wanted

# Below it Amazon takes no cover (KDP help, as of 2025): width and height in pixels.
_LEAST = (625, 1000)


def make_covers(where: Path, editions: Sequence[str] = ()) -> Report:
    """The cover of each EPUB edition, as a JPEG by itself. Writes nothing to disk.

    where: as for `publish.pipeline.build`
    editions: only these, by their names
    Raises CommandError, and PublishError where there is no book.
    """
    hands = Here()
    manuscript = read_manuscript(where, hands)
    wanted = Wanted(tuple(editions), (Format.EPUB,))
    chosen = choose(manuscript, wanted)
    if not editions:
        # What goes to a device and not to a shop has the same.
        sold = [one for one in chosen if not (one[0].kobo or one[0].kindle)]
        chosen = sold or chosen[:1]
    parsed, _ = parse(manuscript, hands)
    with TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as folder:
        book, problems = read_images(
            replace(parsed, chapters=()),
            manuscript.folder,
            manuscript.cover,
            Path(folder),
            hands,
        )
        at = Position(manuscript.cover or manuscript.folder)
        if book.cover and book.cover.media_type not in _PIXELS:
            return Report((), (*problems, _drawn(at)))
        own = book.cover.path.read_bytes() if book.cover else b""
        artifacts = tuple(
            Artifact(
                f"{file_name(book, edition, FINAL).rpartition('.')[0]}-cover.jpg",
                shop_cover(own or typographic_cover(book.metadata, style)),
            )
            for edition, style in chosen
        )
    small = _faults(book.cover, at) if book.cover else ()
    return Report(artifacts, (*problems, *small))


_PIXELS = frozenset({"image/jpeg", "image/png", "image/webp"})


def _drawn(at: Position) -> Problem:
    message = "the cover is a drawing, and shops take pictures made of pixels"
    hint = f"save it as a PNG of {WIDTH} × {HEIGHT} pixels"
    return Problem(at, "drawn-cover", message, hint)


def _faults(cover: ImageFile, at: Position) -> Iterator[Problem]:
    """What shops have against an author's picture."""
    size = f"{cover.width} × {cover.height} pixels"
    if cover.width < _LEAST[0] or cover.height < _LEAST[1]:
        message = f"the cover is too small for shops: {size}"
        hint = f"make it {WIDTH} × {HEIGHT}; Amazon takes none below 625 × 1000"
        yield Problem(at, "small-cover", message, hint, Severity.WARNING)
    elif cover.height < cover.width:
        message = f"the cover lies on its side: {size}"
        hint = f"shops show it upright: make it {WIDTH} × {HEIGHT}"
        yield Problem(at, "wide-cover", message, hint, Severity.WARNING)
