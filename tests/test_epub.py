"""The EPUB: what is in it, how it is packed, and what EPUBCheck says."""

import io
import os
import pickle
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image as Pillow

from publish.check import check_epub, check_epubs
from publish.epub import render_epub
from publish.epub.chapters import chapter_xhtml
from publish.epub.repack import ZIP_EPOCH
from publish.model import (
    Attributes,
    Blocks,
    Book,
    Chapter,
    Code,
    Contents,
    Edition,
    Emphasis,
    Entry,
    Format,
    Generated,
    Heading,
    Image,
    ImageFile,
    Link,
    Matter,
    Metadata,
    Note,
    NotePlace,
    NoteReference,
    Paragraph,
    Person,
    Plain,
    Quote,
    Role,
    Series,
    Subject,
    Table,
    TableCell,
    TableRow,
    Target,
    Text,
)
from publish.problems import Severity
from publish.shops import Limit, size_limits
from publish.style import Style, load_style
from publish.transform import transform
from publish.transform.endnotes import gather_notes
from tests.trees import read

EDITION = Edition("ebook", Format.EPUB)
UUID = "urn:uuid:12345678-1234-5678-9234-567812345678"
ISBN = "9780306406157"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("classic")


def metadata(title: str = "The Lamp", language: str = "en-GB") -> Metadata:
    modified = datetime(2020, 1, 1, tzinfo=UTC)
    return Metadata(title=title, language=language, identifier=UUID, modified=modified)


def text(words: str, own_id: str = "") -> Paragraph:
    return Paragraph((Text(words),), 1, Attributes(own_id))


def chapter(name: str, *blocks: object, language: str = "en-GB") -> Chapter:
    given: Blocks = blocks  # type: ignore[assignment]
    path = Path(f"{name}.md")
    return Chapter(
        path=path,
        source=str(path),
        language=language,
        blocks=given,
        title=name,
        name=name,
    )


def book(*chapters: Chapter) -> Book:
    return Book(metadata(), chapters)


def picture(folder: Path) -> ImageFile:
    path = folder / "my picture.png"
    Pillow.new("RGB", (8, 8), "red").save(path)
    return ImageFile("my-picture.png", path, ("my picture.png",), "image/png", 8, 8)


def cell(*inlines: Text | NoteReference, header: bool = False) -> TableCell:
    return TableCell((Plain(inlines, 1),), 1, header=header)


def nasty(folder: Path) -> Book:
    """Whatever has broken an EPUB before, in one book."""
    heading = Heading(
        1,
        (Text("One & <two>"), NoteReference("b", 1, 1, mark="1")),
        1,
        Attributes("r1"),
        "1",
    )
    inlines = (
        Text('"quoted" & <tag>'),
        NoteReference("a", 2, 2, mark="2"),
        Emphasis((Text("again"), NoteReference("a", 2, 2, 2, "2"))),
        Link("x", (Text("over there"),), 2, target=Target("two", "چراغ‌ها")),
        Link("x", (Text("here"),), 2, target=Target("one", "fn1")),
        Link("x", (Text("top"),), 2, target=Target("one")),
        Image("my picture.png", None, 2, file="my-picture.png"),
        Code("x < 1"),
    )
    head = TableRow(
        (cell(Text("head"), NoteReference("c", 3, 3, mark="3"), header=True),), 3
    )
    table = Table((), (head,), (TableRow((cell(Text("cell")),), 3),), (), 3)
    notes = (
        Note("b", (text("of the heading"),), 1, "1", (False, True)),
        Note("a", (text("twice"), Quote((text("quote"),), 1)), 2, "2", (False, False)),
        Note(
            "c",
            (Paragraph((Text("again "), NoteReference("b", 1, 1, 2, "1")), 3),),
            3,
            "3",
            (False,),
        ),
    )
    one = chapter("one", heading, Paragraph(inlines, 2), text("x", "fn1"), table)
    two = chapter(
        "two",
        Heading(1, (Text("دو"),), 1, Attributes("چراغ‌ها")),
        text("سلام", "50%-off"),
        Paragraph((Link("x", (Text("up"),), 2, target=Target("two", "50%-off")),), 2),
        language="fa",
    )
    entries = (
        Entry("One", "1", Target("one", "r1"), (Entry("x", "", Target("one", "fn1")),)),
        Entry("دو", "", Target("two", "چراغ‌ها")),
    )
    contents = chapter(
        "toc", Heading(1, (Generated("Contents"),), 0), Contents(entries)
    )
    facts = replace(
        metadata('The <Lamp> & "more"'),
        subtitle="A\x0b Year",
        people=(
            Person("Ada Bell", sort="Bell, Ada"),
            Person("Cy Dow"),
            Person("Eva Fell", "trl"),
        ),
        publisher="North & Light",
        rights="© 2020",
        description="<p>words</p>",
        published="1904-05",
        series=Series("Lights", "2"),
        subjects=(Subject("Fiction", "thema", "FBA"), Subject("sea")),
    )
    return Book(
        facts,
        (
            replace(contents, role=Role.CONTENTS, matter=Matter.FRONT),
            replace(one, notes=notes),
            two,
            chapter("empty"),
        ),
        images=(picture(folder),),
        contents=entries,
    )


def every_role() -> Book:
    return book(
        *(
            replace(chapter(f"c-{role.value}", text("words")), role=role)
            for role in Role
        ),
        *(
            replace(
                chapter(
                    f"h-{role.value}", Heading(1, (Text("x"),), 1, Attributes("h"))
                ),
                role=role,
            )
            for role in Role
        ),
    )


def unpacked(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def tree(data: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(unpacked(data).read(f"EPUB/{name}"))


def metas(data: bytes, name: str) -> list[str]:
    """The texts of the package's `meta` elements with that property."""
    elements = tree(data, "content.opf").iter(f"{OPF}meta")
    return [e.text or "" for e in elements if e.get("property") == name]


def test_a_book_may_be_known_by_several_names(style: Style) -> None:
    made = book(chapter("one", text("x")))
    data = replace(made.metadata, identifier="urn:x:1", also_known=("doi:10.1/x",))
    made = replace(made, metadata=data)
    edition = replace(EDITION, isbn="9780306406157")

    package = tree(render_epub(made, edition, style).data, "content.opf")

    dublin_core = "{http://purl.org/dc/elements/1.1/}identifier"
    assert [element.text for element in package.iter(dublin_core)] == [
        "urn:isbn:9780306406157",
        "urn:x:1",
        "doi:10.1/x",
    ]


def test_an_edition_may_go_without_fonts(style: Style) -> None:
    made = book(chapter("one", text("x")))
    data = render_epub(made, replace(EDITION, fonts=False), style).data

    with unpacked(data) as archive:
        assert not [name for name in archive.namelist() if "/fonts/" in name]
        assert b"@font-face" not in archive.read("EPUB/styles/book.css")


def test_epubcheck_has_nothing_to_say(tmp_path: Path, style: Style) -> None:
    nobody = Book(
        metadata("چراغ", "fa"), (chapter("one", text("سلام"), language="fa"),)
    )
    books = {
        "nasty": (nasty(tmp_path), replace(EDITION, isbn=ISBN)),
        "rtl": (nobody, EDITION),
        "nothing": (book(), EDITION),
        "roles": (every_role(), EDITION),
        "cover": (replace(book(chapter("a")), cover=picture(tmp_path)), EDITION),
    }
    paths = []
    for name, (made, edition) in books.items():
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(render_epub(made, edition, style).data)

    found = check_epubs(paths)

    assert [str(p) for problems in found for p in problems] == []


def test_epubcheck_names_the_file_inside_and_its_line(
    tmp_path: Path, style: Style
) -> None:
    path = tmp_path / "bad.epub"
    twice = book(chapter("one", text("a", "same"), text("b", "same")))
    path.write_bytes(render_epub(twice, EDITION, style).data)

    problems = check_epub(path)

    inside = path / "EPUB/text/one.xhtml"
    assert {(p.at.path, p.code) for p in problems} == {(inside, "rsc-005")}
    assert problems[0].at.line == 11


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in check_epub(tmp_path / "none.epub")] == ["no-file"]


def test_mimetype_is_first_and_stored(style: Style) -> None:
    data = render_epub(book(chapter("one")), EDITION, style).data

    first = unpacked(data).infolist()[0]

    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    # The name and the body stand straight behind the header of 30 bytes.
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_entries_tell_nothing_of_the_clock_or_the_machine(
    tmp_path: Path, style: Style
) -> None:
    entries = unpacked(render_epub(nasty(tmp_path), EDITION, style).data).infolist()

    assert {entry.date_time for entry in entries} == {ZIP_EPOCH}
    assert {(entry.create_system, entry.external_attr) for entry in entries} == {
        (3, 0o100644 << 16)
    }
    assert not any(entry.extra or entry.comment for entry in entries)
    names = [entry.filename for entry in entries[1:]]
    assert names == ["META-INF/container.xml", *sorted(names[1:])]


def test_every_part_is_well_formed_and_its_ids_are_unique(
    tmp_path: Path, style: Style
) -> None:
    data = render_epub(nasty(tmp_path), EDITION, style).data

    for name in unpacked(data).namelist():
        if name.endswith((".xhtml", ".opf", ".ncx")):
            root = tree(data, name.removeprefix("EPUB/"))
            ids = [e.get("id") for e in root.iter() if e.get("id")]
            assert len(ids) == len(set(ids)), name


BUILD = """
import sys
from pathlib import Path
from tests.test_epub import EDITION, load_style, nasty, render_epub
data = render_epub(nasty(Path(sys.argv[1])), EDITION, load_style("classic")).data
sys.stdout.buffer.write(data)
"""


@pytest.mark.parametrize(
    ("seed", "zone", "locale"),
    [("1", "Asia/Tokyo", "C"), ("2", "America/New_York", "tr_TR.UTF-8")],
)
def test_another_process_makes_the_same_bytes(
    tmp_path: Path, style: Style, seed: str, zone: str, locale: str
) -> None:
    here = render_epub(nasty(tmp_path), EDITION, style).data

    there = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        check=True,
    ).stdout

    assert here == there


def test_a_chapter_that_came_from_another_process_is_written_alike() -> None:
    """What is copied there and back is equal to what it was, and not the same."""
    made = transform(read("# A\n\nx[^1] `y`\n\n[^1]: z\n"))
    (one,) = (c for c in gather_notes(made, NotePlace.CHAPTER).chapters if c.source)

    assert chapter_xhtml(pickle.loads(pickle.dumps(one)), "A") == chapter_xhtml(
        one, "A"
    )


def test_a_note_leads_back_to_each_of_its_calls(tmp_path: Path, style: Style) -> None:
    root = tree(render_epub(nasty(tmp_path), EDITION, style).data, "text/one.xhtml")

    ways = {
        aside.get("id"): [
            (a.get("href"), a.get("aria-label"))
            for a in aside.iter(f"{XHTML}a")
            if a.get("role") == "doc-backlink"
        ]
        for aside in root.iter(f"{XHTML}aside")
    }

    assert ways == {
        "fn1": [("#r1", "Back to text (1-1)"), ("#r1-2", "Back to text (1-2)")],
        "fn2": [("#r2", "Back to text (2-1)"), ("#r2-2", "Back to text (2-2)")],
        "fn3": [("#r3", "Back to text (3)")],
    }
    ids = {e.get("id") for e in root.iter()}
    assert {"r1", "r1-2", "r2", "r2-2", "r3", "r1_", "fn1_"} <= ids


def test_a_chapter_says_its_language_direction_and_part_of_the_book(
    tmp_path: Path, style: Style
) -> None:
    root = tree(render_epub(nasty(tmp_path), EDITION, style).data, "text/two.xhtml")

    body = root.find(f"{XHTML}body")
    section = root.find(f"{XHTML}body/{XHTML}section")

    assert (root.get("lang"), root.get("dir")) == ("fa", "rtl")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fa"
    assert body is not None
    assert section is not None
    assert body.get(f"{EPUB}type") == "bodymatter"
    assert section.attrib == {
        "class": "chapter",
        f"{EPUB}type": "chapter",
        "role": "doc-chapter",
        "aria-labelledby": "چراغ‌ها",
    }


def test_landmarks_lead_to_cover_contents_and_text(
    tmp_path: Path, style: Style
) -> None:
    root = tree(render_epub(nasty(tmp_path), EDITION, style).data, "nav.xhtml")

    marks = [
        (a.get(f"{EPUB}type"), a.get("href"), a.text)
        for a in root.iter(f"{XHTML}a")
        if a.get(f"{EPUB}type")
    ]

    assert marks == [
        ("cover", "cover.xhtml", "Cover"),
        ("toc", "text/toc.xhtml", "Contents"),
        ("bodymatter", "text/one.xhtml", "Start of text"),
    ]


def test_the_ncx_knows_its_depth_and_its_identifier(
    tmp_path: Path, style: Style
) -> None:
    edition = replace(EDITION, isbn=ISBN)

    root = tree(render_epub(nasty(tmp_path), edition, style).data, "toc.ncx")

    ncx = "{http://www.daisy.org/z3986/2005/ncx/}"
    facts = {m.get("name"): m.get("content") for m in root.iter(f"{ncx}meta")}
    assert facts["dtb:depth"] == "2"
    assert facts["dtb:uid"] == f"urn:isbn:{ISBN}"
    orders = [point.get("playOrder") for point in root.iter(f"{ncx}navPoint")]
    assert orders == ["1", "2", "3"]


def test_the_ncx_has_two_levels_and_the_contents_all(style: Style) -> None:
    """Kindle shows no more of them."""
    scene = Entry("Scene", "", Target("one", "scene"))
    chapter_ = Entry("One", "1", Target("one"), children=(scene,))
    part = Entry("Winter", "I", Target("winter"), children=(chapter_,))
    made = replace(
        book(chapter("winter"), chapter("one", text("Scene", "scene"))),
        contents=(part,),
    )

    data = render_epub(made, EDITION, style).data

    ncx = "{http://www.daisy.org/z3986/2005/ncx/}"
    told = tree(data, "toc.ncx")
    assert [t.text for t in told.iter(f"{ncx}text")][1:] == ["I Winter", "1 One"]
    depths = [m.get("content") for m in told.iter(f"{ncx}meta")]
    assert "2" in depths
    contents = next(tree(data, "nav.xhtml").iter(f"{XHTML}nav"))
    labels = [a.text for a in contents.iter(f"{XHTML}a")]
    assert labels == ["I Winter", "1 One", "Scene"]


def test_an_epub_that_a_shop_would_not_take_is_told(
    style: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = (Limit("Kindle", 1000, "others", "2026"), Limit("Kobo", 10**9, "", ""))
    monkeypatch.setattr("publish.shops.size_limits", lambda: limits)

    (problem,) = render_epub(book(chapter("one", text("x"))), EDITION, style).problems

    assert (problem.code, problem.severity) == ("too-large", Severity.WARNING)
    assert problem.message.startswith("Kindle takes no EPUB of")
    assert "others, 2026" in problem.hint


def test_the_limits_are_those_of_the_profiles() -> None:
    assert [(limit.shop, limit.most // 10**6) for limit in size_limits()] == [
        ("Apple Books", 2000),
        ("Kindle", 650),
        ("Kobo", 1000),
    ]


def test_the_package_says_who_made_the_book(tmp_path: Path, style: Style) -> None:
    edition = replace(EDITION, isbn=ISBN)

    data = render_epub(nasty(tmp_path), edition, style).data

    package = tree(data, "content.opf")
    said = {
        name: [element.text for element in package.iter(f"{DC}{name}")]
        for name in ("title", "creator", "contributor", "identifier", "date")
    }
    assert said == {
        "title": ['The <Lamp> & "more": A Year'],
        "creator": ["Ada Bell", "Cy Dow"],
        "contributor": ["Eva Fell"],
        "identifier": [f"urn:isbn:{ISBN}", UUID],
        "date": ["1904-05"],
    }
    assert metas(data, "role") == ["aut", "aut", "trl"]
    assert metas(data, "dcterms:modified") == ["2020-01-01T00:00:00Z"]
    assert b"Ebook-lib" not in unpacked(data).read("EPUB/content.opf")


def test_pages_of_a_book_from_the_right_turn_to_the_right(style: Style) -> None:
    persian = Book(metadata("چراغ", "fa"), (chapter("one", language="fa"),))

    package = tree(render_epub(persian, EDITION, style).data, "content.opf")

    spine = package.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert package.get("dir") == "rtl"


@pytest.mark.parametrize(
    ("alt", "sufficient", "claimed"),
    [(None, "textual,visual", False), ("a lamp", "textual", True)],
)
def test_pictures_are_called_described_only_when_all_are(
    tmp_path: Path, style: Style, alt: str | None, sufficient: str, claimed: bool
) -> None:
    shown = Paragraph((Image("x", alt, 1, file="my-picture.png"),), 1)
    made = replace(book(chapter("one", shown)), images=(picture(tmp_path),))

    data = render_epub(made, EDITION, style).data

    features = metas(data, "schema:accessibilityFeature")
    assert ("alternativeText" in features) is claimed
    assert metas(data, "schema:accessModeSufficient") == [sufficient]
    assert metas(data, "schema:accessMode") == ["textual", "visual"]


def test_a_book_of_words_alone_is_not_called_visual(style: Style) -> None:
    data = render_epub(book(chapter("one", text("x"))), EDITION, style).data

    assert metas(data, "schema:accessMode") == ["textual"]
    assert metas(data, "schema:accessibilityHazard") == ["none"]


def test_a_picture_that_moves_is_no_promise_of_calm(
    tmp_path: Path, style: Style
) -> None:
    path = tmp_path / "moving.gif"
    frames = [Pillow.new("P", (4, 4), colour) for colour in (0, 1)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    file = ImageFile("moving.gif", path, ("moving.gif",), "image/gif", 4, 4)

    data = render_epub(replace(book(), images=(file,)), EDITION, style).data

    assert metas(data, "schema:accessibilityHazard") == ["unknown"]


def test_only_fonts_that_the_words_need_are_inside(style: Style) -> None:
    def families(*blocks: object) -> set[str]:
        data = render_epub(book(chapter("one", *blocks)), EDITION, style).data
        fonts = [n for n in unpacked(data).namelist() if n.startswith("EPUB/fonts/")]
        return {name.split("/")[-1].split("-")[0] for name in fonts}

    assert families(text("plain")) == {"eb"}
    assert families(Paragraph((Code("x"),), 1)) == {"eb", "source"}
    assert families(text("سلام")) == {"eb", "amiri"}


def test_han_letters_are_those_of_the_language(style: Style) -> None:
    def families(language: str) -> set[str]:
        made = Book(
            metadata("x", language), (chapter("one", text("道"), language=language),)
        )
        names = unpacked(render_epub(made, EDITION, style).data).namelist()
        return {n.split("-")[2] for n in names if n.startswith("EPUB/fonts/noto-sans")}

    assert families("ja") == {"jp"}
    assert families("zh-Hant") == {"sc"}
