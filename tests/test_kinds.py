"""What is said of a chapter is what stands in it, whatever passes have made of it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import get_args

import pytest

from publish import kinds
from publish.check_book import check_book, check_names
from publish.citations import cite_sources
from publish.images import read_images
from publish.kinds import every, holds, marked_where, rewrite_where
from publish.manuscript import read_manuscript
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    Index,
    Inline,
    Kind,
    LineBreak,
    Seen,
    Strong,
    Text,
)
from publish.parse import parse
from publish.problems import Problem
from publish.transform import PASSES, transform
from publish.transform.edition import for_edition
from publish.walk import UNMARKED, Rewrite, chapter_blocks, things_in
from tests.conftest import GUIDE, LAMP, NAMELESS
from tests.trees import chapter, paragraph

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
BOOKS = (GUIDE, LAMP, NAMELESS, *sorted(p for p in CORPORA.glob("*") if p.is_dir()))
# Walks see breaks between the lines of a verse, which stand there in no tree.
CLASSES = tuple({*get_args(Block), *get_args(Inline)} - {LineBreak})
NAMES = ("id", "class", "shown", "lang", "dir", "title", "role", "aria-label")
EVERYTHING = frozenset[Kind]((*CLASSES, *NAMES))


@pytest.fixture(scope="module", params=BOOKS, ids=lambda path: path.name)
def read(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Book:
    """A book that no pass has been over yet."""
    manuscript = read_manuscript(request.param)
    parsed, _ = parse(manuscript)
    cited, _ = cite_sources(parsed, manuscript.citing)
    into = tmp_path_factory.mktemp(request.param.name)
    book, _ = read_images(cited, manuscript.folder, manuscript.cover, into)
    return replace(book, editions=manuscript.editions)


def stages(book: Book) -> Iterator[Book]:
    """As it was read, after each pass, and as each edition holds it."""
    yield book
    for change in PASSES:
        book = change(book)
        yield book
    for edition in book.editions:
        yield for_edition(book, edition)


def made(book: Book) -> Iterator[Chapter]:
    """Every chapter with other blocks or notes than before, at all stages."""
    known = {}
    for stage in stages(book):
        for one in stage.chapters:
            key = id(one.blocks), id(one.notes)
            if key not in known:
                # As long as it is held, nothing else has its id.
                known[key] = one
                yield one


def test_each_chapter_says_what_stands_in_it(read: Book) -> None:
    for one in made(read):
        found = EVERYTHING & {*standing((one.blocks, one.notes))}

        assert {kind for kind in EVERYTHING if holds(one, kind)} == found


def standing(value: object) -> Iterator[Kind]:
    """The kinds of all that is in *value*, without a walk of ours."""
    if isinstance(value, tuple):
        for inside in value:
            yield from standing(inside)
    elif isinstance(value, Attributes):
        yield from written(value)
    elif is_dataclass(value):
        yield type(value)
        # The words of an index are those of its marks.
        for field in () if isinstance(value, Index) else fields(value):
            yield from standing(getattr(value, field.name))


def written(own: Attributes) -> Iterator[str]:
    yield from ("id",) if own.id else ()
    yield from ("class",) if own.classes else ()
    yield from () if own.shown is None else ("shown",)
    yield from (name for name, _ in own.rest)


def test_nothing_that_is_looked_for_is_passed_over(read: Book) -> None:
    for one in made(read):
        things = [thing for block in chapter_blocks(one) for thing in things_in(block)]
        marked = [thing for thing in things if not isinstance(thing, UNMARKED)]

        for kind in CLASSES:
            found = [*map(id, every(one, kind))]
            assert found == [id(thing) for thing in things if type(thing) is kind]
        for name in NAMES:
            found = [*map(id, marked_where(one, name))]
            wanted = [id(t) for t in marked if name in written(t.attributes)]
            assert [one for one in found if one in wanted] == wanted


def test_what_passes_pass_over_they_would_not_change(
    read: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, said = list(stages(read)), list(problems(read))

    def everything(_blocks: Blocks) -> frozenset[Kind]:
        return EVERYTHING

    monkeypatch.setattr(kinds, "_kinds", everything)
    unseen = (replace(one, seen=Seen()) for one in read.chapters)
    looked_at = replace(read, chapters=tuple(unseen))

    assert list(stages(looked_at)) == made
    assert list(problems(looked_at)) == said


def problems(book: Book) -> Iterator[Problem]:
    yield from check_names(book)
    yield from check_book(transform(book))


def test_a_chapter_with_other_blocks_says_what_stands_in_those() -> None:
    plain = chapter(paragraph("oil"))
    bold = chapter(paragraph(Strong((Text("oil"),))))

    assert not holds(plain, Strong)
    assert holds(replace(plain, blocks=bold.blocks), Strong)
    assert not holds(plain, Strong)


def test_only_what_holds_what_is_looked_for_is_changed() -> None:
    one = chapter(paragraph("oil"), paragraph(Strong((Text("oil"),))))
    seen: list[Block] = []

    def see(block: Block) -> Block:
        seen.append(block)
        return block

    assert rewrite_where(one, Rewrite(block=see), Strong) is one
    assert seen == [one.blocks[1]]
