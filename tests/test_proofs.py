"""One chapter alone, and drafts: their pages are those of the book."""

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from publish.artifact import Artifact
from publish.crew import Executor, Kept, Work, crew
from publish.crew.work import R
from publish.epub import draft_epub, render_epub
from publish.model import FINAL, Book, Matter, Proof, Role
from publish.pdf import start_pdf
from publish.pdf.copy import Copy
from publish.pdf.setter import set_copy, sketch_copy
from publish.store import Store
from publish.style import Opening, Style, load_style
from publish.transform import transform
from tests.tagged import tag_lines
from tests.test_openings import labels, outline
from tests.test_pdf import PRINT, opened
from tests.test_tags import CLAIM
from tests.trees import METADATA, read
from tests.verapdf import faults

STYLE = load_style("classic")
WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "
DRAFT = Proof(draft=True)

Letter = tuple[str, float, float]


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with crew(2) as made:
        yield made


@cache
def book(language: str = "en") -> Book:
    """A preface, three chapters with notes and links to each other, an afterword."""
    files = {"preface.md": f"# Preface\n\n{WORDS * 40}\n\nSee [three](3.md).\n"}
    files |= {
        f"{n}.md": f"# Chapter {n}\n\n{WORDS * 30 * n}[^a]\n\n## Deep {n}\n\n"
        f"See [here](#deep-{n}), [there](1.md#deep-1) and [the web](https://a.org/).\n"
        f"\n[^a]: A note, and a [link](2.md).\n"
        for n in (1, 2, 3)
    }
    files["after.md"] = f"# Afterword\n\n{WORDS}\n"
    made = read(files, replace(METADATA, language=language))
    chapters = tuple(
        replace(c, role=Role.PREFACE, matter=Matter.FRONT)
        if c.source == "preface.md"
        else c
        for c in made.chapters
    )
    return transform(replace(made, chapters=chapters))


def name_of(title: str, made: Book) -> str:
    return next(c.name for c in made.chapters if c.title == title)


def shown(
    executor: Executor,
    proof: Proof = FINAL,
    made: Book | None = None,
    style: Style = STYLE,
) -> Artifact:
    return start_pdf(made or book(), PRINT, style, executor, proof).finish()


def only(title: str, executor: Executor, language: str = "en") -> Artifact:
    made = book(language)
    return shown(executor, Proof(name_of(title, made)), made)


def letters(artifact: Artifact) -> list[list[Letter]]:
    """Of each page, with furniture, each with its place."""
    with pypdfium2.PdfDocument(io.BytesIO(artifact.data)) as pdf:
        found = []
        for page in pdf:
            text = page.get_textpage()
            signs = enumerate(text.get_text_range())
            found.append([(s, *text.get_charbox(n)[:2]) for n, s in signs if s.strip()])
        return found


@pytest.mark.parametrize("title", ["Preface", "Contents", "Chapter 1", "Chapter 3"])
@pytest.mark.parametrize("opening", Opening)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_pages_of_a_chapter_are_those_of_the_book(
    executor: Executor, language: str, opening: Opening, title: str
) -> None:
    made, style = book(language), replace(STYLE, opening=opening)
    if title == "Contents":
        title = next(c.title for c in made.chapters if c.role is Role.CONTENTS)
    whole = shown(executor, FINAL, made, style)

    alone = shown(executor, Proof(name_of(title, made)), made, style)

    begin = labels(whole).index(labels(alone)[0])
    end = begin + alone.pages
    assert labels(alone) == labels(whole)[begin:end]
    assert letters(alone) == letters(whole)[begin:end]
    assert begin == min(outline(whole).get(title, begin), begin)
    # What is behind it is another chapter, or the blank page before one.
    begins = {*outline(whole).values(), whole.pages}
    assert not begins.isdisjoint({end, end + 1})


def test_a_chapter_keeps_its_side_of_the_sheet(executor: Executor) -> None:
    """Where any page may open a chapter, this one opens on the left."""
    made, style = book(), replace(STYLE, opening=Opening.PAGE)
    title = next(
        t
        for t in ("Chapter 2", "Chapter 3", "Afterword")
        if int(labels(shown(executor, Proof(name_of(t, made)), made, style))[0]) % 2
        == 0
    )
    whole = shown(executor, FINAL, made, style)
    alone = shown(executor, Proof(name_of(title, made)), made, style)

    assert letters(alone)[0] == letters(whole)[outline(whole)[title]]


@dataclass
class Listening:
    """Remembers what is to be set, by the files of the chapters."""

    executor: Executor
    asked: list[str] = field(default_factory=list)
    ways: set[str] = field(default_factory=set)

    def submit(self, work: Work[R]) -> "Future[R]":
        if isinstance(work.task, Copy):
            self.asked += [c.path.name for c in work.task.fragment.chapters]
            self.ways.add(work.do.__name__)
        return self.executor.submit(work)

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        return self.executor.gather(futures)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Chapter 1", ["1.md"]),
        ("Chapter 2", ["1.md", "2.md"]),
        ("Title page", [""]),
    ],
)
def test_only_what_decides_the_numbers_is_set(
    executor: Executor, title: str, asked: list[str]
) -> None:
    listening = Listening(executor)

    only(title, listening)

    assert listening.asked == asked


def test_what_stands_behind_the_contents_waits_for_everything(
    executor: Executor,
) -> None:
    listening = Listening(executor)

    only("Preface", listening)

    assert {"preface.md", "1.md", "2.md", "3.md", "after.md"} < set(listening.asked)


def test_a_link_out_of_the_pages_is_words(executor: Executor) -> None:
    alone = only("Chapter 3", executor)

    with opened(alone) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", ())]
        places = {str(link.Dest) for link in links if "/Dest" in link}
        known = {str(name) for name in pdf.Root.Names.Dests.Names[::2]}
        web = [str(link.A.URI) for link in links if "/A" in link]
        numbers = list(map(int, pdf.Root.StructTreeRoot.ParentTree.Nums[::2]))
        used = [page.StructParents for page in pdf.pages]
        used += [link.StructParent for link in links]
    assert places == known
    assert {place.partition(":")[2] for place in known} == {
        "deep-3",
        "note:a",
        "note:a:call",
    }
    assert web == ["https://a.org/"]
    assert sorted(map(int, used)) == numbers


def test_a_link_out_of_the_pages_is_tagged_as_words(executor: Executor) -> None:
    lines = [line.strip() for line in tag_lines(only("Chapter 3", executor).data)]

    assert [line for line in lines if line.startswith(("Link", "Span"))] == [
        "Link -> '1'",
        "Link -> '1.'",
        "Span 'link'",
        "Link -> 'here'",
        "Span 'there'",
        "Link -> 'the web'",
    ]


def test_the_outline_is_that_of_the_chapter(executor: Executor) -> None:
    assert list(outline(only("Chapter 2", executor))) == ["Chapter 2", "Deep 2"]


def test_verapdf_finds_nothing_in_one_chapter(
    executor: Executor, tmp_path: Path
) -> None:
    paths = []
    for language, title in (
        ("en", "Chapter 3"),
        ("fa", "Chapter 2"),
        ("en", "Contents"),
    ):
        paths.append(tmp_path / f"{language} {title}.pdf")
        paths[-1].write_bytes(only(title, executor, language).data)

    assert faults(paths) == [[], [], []]
    assert all(CLAIM in path.read_bytes() for path in paths)


def test_one_chapter_is_the_same_bytes_whatever_is_kept(
    executor: Executor, tmp_path: Path
) -> None:
    kept = Kept(executor, Store(tmp_path))
    fresh = only("Chapter 2", executor)

    assert shown(kept).pages > fresh.pages
    assert only("Chapter 2", kept) == only("Chapter 2", kept) == fresh


def test_chapters_that_run_on_are_shown_together(executor: Executor) -> None:
    made, style = book(), replace(STYLE, opening=Opening.RUN_ON)

    alone = shown(executor, Proof(name_of("Chapter 2", made)), made, style)

    (note,) = alone.problems
    assert (note.code, str(note.at)) == ("runs-on", "2.md")
    assert note.message.endswith("there is also “Chapter 1”, “Chapter 3”, “Afterword”")
    assert "Chapter 3" in outline(alone)


def test_a_draft_has_the_same_letters_at_the_same_places(executor: Executor) -> None:
    listening = Listening(executor)

    draft = shown(listening, DRAFT)

    assert listening.ways == {sketch_copy.__name__}
    whole = shown(executor)
    assert letters(draft) == letters(whole)
    assert labels(draft) == labels(whole)
    assert outline(draft) == outline(whole)


def test_a_draft_claims_nothing(executor: Executor) -> None:
    assert CLAIM in shown(executor).data
    assert CLAIM not in shown(executor, DRAFT).data


class Idle:
    """Says what it was asked to do, and does nothing."""

    def submit(self, work: Work[R]) -> "Future[R]":
        raise LookupError(work.do.__name__)

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        raise AssertionError


def test_a_draft_takes_what_was_set_for_the_book(
    executor: Executor, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    shown(Kept(executor, store))

    assert shown(Kept(Idle(), store), DRAFT) == shown(executor, DRAFT)


def test_the_book_does_not_take_what_was_set_for_a_draft(
    executor: Executor, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    shown(Kept(executor, store), DRAFT)

    assert shown(Kept(Idle(), store), DRAFT) == shown(executor, DRAFT)
    with pytest.raises(LookupError, match=f"^{set_copy.__name__}$"):
        shown(Kept(Idle(), store))


def test_a_chapter_can_be_a_draft(executor: Executor) -> None:
    name = name_of("Chapter 2", book())

    draft = shown(executor, Proof(name, draft=True))

    assert letters(draft) == letters(only("Chapter 2", executor))


def test_the_draft_of_an_epub_is_the_epub(executor: Executor, tmp_path: Path) -> None:
    store = Store(tmp_path)

    drafts = [
        draft_epub(book(), PRINT, STYLE, Kept(executor, store)).data for _ in range(2)
    ]

    assert drafts == [render_epub(book(), PRINT, STYLE).data] * 2
