"""Where chapters begin, whatever the style says of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from publish.artifact import Artifact
from publish.model import NO_NUMBERS, Book, Matter, Role
from publish.pdf import render_pdf
from publish.pdf.fragments import Kind, cut
from publish.style import Opening, Style, load_style
from publish.transform import transform
from tests.test_pdf import PRINT, bands, drawn, opened, pages
from tests.trees import METADATA, chapter, read, with_images

WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "
BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
    '<rect width="90" height="90"/></svg>'
)


def style(opening: Opening) -> Style:
    return replace(load_style("classic"), opening=opening)


def book(chapters: int, folder: Path, words: int = 60, language: str = "en") -> Book:
    (folder / "box.svg").write_text(BOX, encoding="utf-8")
    files = {
        f"{n}.md": f"# Chapter {n}\n\n{WORDS * words}\n\n"
        f"See [the next]({n % chapters + 1}.md).\n\n![a box](box.svg)\n"
        for n in range(1, chapters + 1)
    }
    made = read(files, replace(METADATA, language=language))
    return transform(with_images(made, folder)[0])


def outline(artifact: Artifact) -> dict[str, int]:
    """Title to page, counted from 0."""
    found = {}
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for mark in pdf.get_toc():
            dest = mark.get_dest()
            assert dest
            found[mark.get_title()] = dest.get_index()
    return found


def headed(artifact: Artifact, title: str) -> list[int]:
    """The pages with a heading of that name: not the contents, not the heads."""
    found = []
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for n, page in enumerate(pdf):
            text = page.get_textpage()
            search = text.search(title)
            while place := search.get_next():
                _, bottom, _, top = text.get_charbox(place[0])
                if top - bottom > 12:
                    found.append(n)
    return found


def labels(artifact: Artifact) -> list[str]:
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return [pdf.get_page_label(n) for n in range(len(pdf))]


@pytest.mark.parametrize("opening", Opening)
def test_bookmarks_and_contents_lead_to_the_headings(
    tmp_path: Path, opening: Opening
) -> None:
    artifact = render_pdf(book(8, tmp_path, words=37), PRINT, style(opening))

    assert artifact.problems == ()
    contents = next(page for page in pages(artifact) if page.startswith("Contents"))
    for title, page in outline(artifact).items():
        assert headed(artifact, title) == [page], title
        number = contents.partition(title)[2].replace(".", "").split()[0]
        assert number == labels(artifact)[page], title


@pytest.mark.parametrize("opening", Opening)
def test_page_1_is_a_right_hand_page(tmp_path: Path, opening: Opening) -> None:
    artifact = render_pdf(book(3, tmp_path), PRINT, style(opening))

    assert labels(artifact).index("1") % 2 == 0


def test_chapters_that_run_on_begin_below_one_another(tmp_path: Path) -> None:
    artifact = render_pdf(book(6, tmp_path, words=1), PRINT, style(Opening.RUN_ON))

    places = list(outline(artifact).values())
    assert len(set(places)) < len(places)
    assert places[0] == places[1]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_text_keeps_its_margins_on_either_side(tmp_path: Path, language: str) -> None:
    """A chapter set as if it began on the right moves where it begins on the left."""
    made = book(4, tmp_path, words=37, language=language)
    artifact = render_pdf(made, PRINT, style(Opening.PAGE))

    edges: tuple[set[int], set[int]] = set(), set()
    for n in range(labels(artifact).index("1"), artifact.pages):
        whole = [line for line in bands(drawn(artifact, n)) if line[2] - line[1] > 1180]
        edges[n % 2].update(round(left / 8) for _, left, _ in whole)
    right, left = edges
    assert max(right) - min(right) <= 1
    assert max(left) - min(left) <= 1
    # Of a right-hand page, the inner margin is on the left; it is the narrow one.
    assert (min(right) < min(left)) is (language == "en")


def test_links_and_pictures_move_with_their_page(tmp_path: Path) -> None:
    artifact = render_pdf(book(4, tmp_path, words=9), PRINT, style(Opening.PAGE))

    with opened(artifact) as pdf:
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        found = [
            (numbers[tag.Pg.objgen] % 2, float(tag.A.BBox[0]))
            for tag in figures(pdf.Root.StructTreeRoot.K[0])
        ]
        links = [
            (n % 2, float(link.Rect[0]))
            for n, page in enumerate(pdf.pages)
            for link in page.get("/Annots", ())
            if "Chapter" not in str(link.get("/Contents", ""))
        ]
    for some in (found, links):
        right, left = (sorted(x for side, x in some if side == n) for n in (0, 1))
        assert right
        # The outer margin is 20 points wider than the inner one.
        assert [x - right[0] for x in left] == pytest.approx([20] * len(left), abs=2)
        assert [x - right[0] for x in right] == pytest.approx([0] * len(right), abs=2)


def figures(tag: Any) -> list[Any]:
    kids = tag.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    inside = [k for k in kids if isinstance(k, pikepdf.Dictionary) and "/S" in k]
    found = [figure for kid in inside for figure in figures(kid)]
    return [tag, *found] if tag.S == "/Figure" else found


def test_a_book_of_front_matter_alone_counts_in_roman(tmp_path: Path) -> None:
    made = book(2, tmp_path)
    front = tuple(
        replace(c, role=Role.PREFACE, matter=Matter.FRONT) if not c.generated else c
        for c in made.chapters
    )

    artifact = render_pdf(replace(made, chapters=front), PRINT, style(Opening.RECTO))

    assert labels(artifact)[:2] == ["i", "ii"]
    assert pages(artifact)[-1].split()[-1] == labels(artifact)[-1]


def test_more_pages_than_a_run_of_furniture_are_numbered_through(
    tmp_path: Path,
) -> None:
    artifact = render_pdf(book(1, tmp_path, words=3300), PRINT, style(Opening.RECTO))

    named, words = labels(artifact), pages(artifact)
    begin = named.index("1")
    assert len(named) - begin > 105
    for n in range(begin + 1, len(named)):
        assert named[n] in words[n].split()
        assert ("Chapter 1" if n % 2 == 0 else "The Lamp") in words[n]


def test_fragments_begin_where_the_style_says() -> None:
    roles = {
        "title": Role.TITLE_PAGE,
        "copyright": Role.COPYRIGHT_PAGE,
        "part": Role.PART,
    }
    names = ("title", "copyright", "one", "two", "part", "three", "four")
    chapters = tuple(
        replace(
            chapter(name=name),
            role=roles.get(name, Role.CHAPTER),
            matter=Matter.FRONT if n < 2 else Matter.BODY,
        )
        for n, name in enumerate(names)
    )
    made = Book(METADATA, chapters, numbering=NO_NUMBERS)

    def fragments(opening: Opening) -> list[tuple[str, str, bool]]:
        return [
            (" ".join(c.name for c in f.chapters), f.kind, f.recto)
            for f in cut(made, opening)
        ]

    assert fragments(Opening.RUN_ON) == [
        ("title", Kind.DISPLAY, True),
        ("copyright", Kind.DISPLAY, False),
        ("one two", Kind.START, True),
        ("part", Kind.DISPLAY, True),
        ("three four", Kind.BODY, True),
    ]
    rectos = [
        [recto for *_, recto in fragments(o)] for o in (Opening.PAGE, Opening.RECTO)
    ]
    assert rectos == [
        [False, False, True, False, False, False, False],
        [True, False, True, True, True, True, True],
    ]
