"""A book made of fragments is the book set in one piece, page by page."""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, zip_longest
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from publish.style import Opening, load_style
from tests.conftest import GUIDE, LAMP
from tests.glyphs import fonts_in
from tests.leaves import (
    Drawn,
    Letter,
    boxes,
    drawn,
    letters,
    links,
    outline,
    shapes,
)
from tests.one_piece import Both, both_ways, read_book
from tests.structure import Tags

CORPORA = GUIDE.parent.parent / "shared" / "corpora"
STYLE = load_style("classic")
# Nobody sees a difference of less, in points.
NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Case:
    """blocks: no more of each chapter"""

    folder: Path
    blocks: int | None = None
    opening: Opening = STYLE.opening

    def __str__(self) -> str:
        other = "" if self.opening is STYLE.opening else f"-{self.opening}"
        return f"{self.folder.name}{other}"


CASES = [
    Case(GUIDE),
    Case(LAMP),
    # Pages are mirrored, and chapters share them.
    Case(LAMP, opening=Opening.PAGE),
    Case(LAMP, opening=Opening.RUN_ON),
    Case(CORPORA / "alice"),
    Case(CORPORA / "curie"),
    Case(CORPORA / "dickinson"),
    Case(CORPORA / "mdlearn-fa"),
    Case(CORPORA / "mdlearn-fa", 12, Opening.PAGE),
    Case(CORPORA / "noir-et-blanc"),
    # They have 2,000 pages, which take minutes: so the beginning of every chapter, for
    # each may be in another language or hold other things.
    Case(CORPORA / "command-line", 10),
    Case(CORPORA / "electric-book", 30),
    Case(CORPORA / "learn-go", 16),
    Case(CORPORA / "py-rse", 20),
]


class Read:
    """A PDF, opened by two who read it."""

    def __init__(self, data: bytes, stack: ExitStack) -> None:
        self.pdf = stack.enter_context(pikepdf.open(io.BytesIO(data)))
        self.seen = stack.enter_context(pypdfium2.PdfDocument(data))

    @cached_property
    def drawn(self) -> list[list[Drawn]]:
        return [drawn(leaf) for leaf in self.pdf.pages]

    @cached_property
    def letters(self) -> list[tuple[list[Letter], str]]:
        return [letters(leaf) for leaf in self.seen]


@dataclass(frozen=True, slots=True)
class Pair:
    both: Both
    whole: Read
    made: Read


@pytest.fixture(
    scope="module",
    params=[case for case in CASES if case.folder.is_dir()],
    ids=str,
)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    case: Case = request.param
    pictures = tmp_path_factory.mktemp("pictures")
    book, edition = read_book(case.folder, pictures, case.blocks)
    both = both_ways(book, edition, replace(STYLE, opening=case.opening))
    with ExitStack() as stack:
        yield Pair(both, Read(both.whole, stack), Read(both.made, stack))


def differences(
    whole: Sequence[Sequence[object]], made: Sequence[Sequence[object]]
) -> list[tuple[int, object, object]]:
    """The first few, each with its page, counted from 1."""
    found: list[tuple[int, object, object]] = []
    for page, (ones, others) in enumerate(zip(whole, made, strict=True), 1):
        # Which takes no time where it is so.
        if ones != others:
            pairs = zip_longest(ones, others)
            found += ((page, *pair) for pair in pairs if not is_near(*pair))
    return found[:5]


def is_near(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= NEAR
    if isinstance(one, dict) and isinstance(other, dict):
        return is_near(sorted(one.items()), sorted(other.items()))
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(is_near, one, other))
    return one == other


def test_pages_are_cut_alike(pair: Pair) -> None:
    whole, made = (list(map(boxes, r.pdf.pages)) for r in (pair.whole, pair.made))

    assert {"/MediaBox", "/TrimBox", "/BleedBox"} <= set(whole[0])
    assert differences([whole], [made]) == []


def test_letters_stand_in_the_same_places(pair: Pair) -> None:
    whole, made = (
        [on_paper for on_paper, _ in read.letters] for read in (pair.whole, pair.made)
    )

    assert [off for _, off in pair.made.letters if off] == []
    assert differences(whole, made) == []


def test_rules_and_pictures_stand_in_the_same_places(pair: Pair) -> None:
    whole, made = ([shapes(p) for p in r.seen] for r in (pair.whole, pair.made))

    assert differences(whole, made) == []


def test_the_same_is_drawn_with_the_same_fonts_in_the_same_marks(pair: Pair) -> None:
    assert differences(pair.whole.drawn, pair.made.drawn) == []


def test_fonts_draw_the_same_letters(pair: Pair) -> None:
    whole, made = fonts_in(pair.whole.pdf), fonts_in(pair.made.pdf)
    shown = glyphs_of(pair.made)

    assert made.keys() == shown.keys()
    for name, glyphs in shown.items():
        for font in made[name]:
            differ = [n for n in glyphs if not is_near(font[n], whole[name][0][n])]
            assert differ == [], name


def glyphs_of(read: Read) -> dict[str, set[int]]:
    """The numbers of the glyphs that are drawn, by the name of the font."""
    found: dict[str, set[int]] = defaultdict(set)
    for _, font, shown in chain.from_iterable(read.drawn):
        if font.startswith("/"):
            found[font] |= {int(shown[n : n + 4], 16) for n in range(0, len(shown), 4)}
    return found


def test_links_lead_to_the_same_places(pair: Pair) -> None:
    assert differences(links(pair.whole.pdf), links(pair.made.pdf)) == []


def test_outline_leads_to_the_same_places(pair: Pair) -> None:
    whole, made = outline(pair.whole.pdf), outline(pair.made.pdf)

    assert whole
    assert differences([whole], [made]) == []


def test_labels_are_the_numbers_that_were_counted(pair: Pair) -> None:
    """The one piece says of every page its number, as a figure and as a numeral."""
    # A figure sorts before a numeral.
    counted = [sorted(off.split()) for _, off in pair.whole.letters]
    first = max(n for n, (figure, _) in enumerate(counted) if figure == "1")
    body = first if pair.both.body else len(counted)

    labels = [pair.made.seen.get_page_label(n) for n in range(len(counted))]
    assert labels == [pairs[n < body] for n, pairs in enumerate(counted)]


def test_tags_are_the_same(pair: Pair) -> None:
    """The tags of both are ours, for WeasyPrint's own are others: `test_tags` tells
    whether they are good, this whether they are joined well."""
    whole, made = Tags(pair.whole.pdf), Tags(pair.made.pdf)

    assert differences([whole.tags], [made.tags]) == []
    assert differences(whole.marks, made.marks) == []
    assert differences(whole.links, made.links) == []
    assert made.ids == whole.ids
