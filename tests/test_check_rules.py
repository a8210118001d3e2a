"""Each rule for an EPUB finds the one thing that was spoilt in a good one."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from publish.check import check_by_rules, check_epubs
from publish.check.media import Picture, picture_of
from publish.check.twins import without_twins
from publish.pipeline import build
from publish.problems import Severity
from publish.wanted import Wanted
from tests.ace import judge
from tests.conftest import GUIDE, LAMP, NAMELESS, BuildWhole
from tests.epubs import FILES, HEAD, PACKAGE, pack, png, spoilt, with_item
from tests.missing import skipped_if_missing

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
OPF, NAV, NCX = "EPUB/book.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx"
COVER, ONE, TWO = "EPUB/cover.xhtml", "EPUB/text/one.xhtml", "EPUB/text/two.xhtml"
CSS = "EPUB/book.css"
P = "<p>South-west.</p>"
TABLE = "<table>" + "<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>" * 4 + "</table>"
FEATURE = '<meta property="schema:accessibilityFeature">'
CLAIM, CERTIFIER = "epub-claim-invalid", "epub-certifier"
SPINE = PACKAGE[PACKAGE.index("<itemref") : PACKAGE.index("</spine>")]
NAV_TYPE = 'href="nav.xhtml" media-type="application/xhtml+xml"'
UNLISTED = "epub-not-listed"
MARK = "epub-pagelist-missing-pagebreak"
CONFORMS = '<meta property="dcterms:conformsTo" id="c">EPUB Accessibility 1.1 - '
LANDMARK = '<li><a epub:type="bodymatter" href="text/one.xhtml">Oil</a></li>'
PAGE = '<li><a href="text/one.xhtml#p1">1</a></li>'

# What is spoilt: the file, the words, what takes their place, and the code.
ERRORS = [
    # The package.
    (OPF, 'version="3.0"', 'version="4.0"', "epub-version"),
    (OPF, "<dc:title>The Lamp</dc:title>", "", "epub-title"),
    (OPF, "<dc:title>The Lamp</dc:title>", "<dc:title> </dc:title>", "epub-title"),
    (OPF, "<dc:language>en</dc:language>", "", "epub-language"),
    (OPF, "<dc:language>en", "<dc:language>english language", "epub-language"),
    (OPF, 'unique-identifier="id"', 'unique-identifier="ada"', "epub-identifier"),
    (OPF, 'id="ada"', 'id="id"', "duplicate-id"),
    (OPF, "Ada Bell", "", "epub-empty-metadata"),
    (OPF, ">alternativeText<", "><", "epub-empty-metadata"),
    (OPF, "2026-05-01T12:00:00Z", "2026-05-01", "epub-modified"),
    (OPF, "2026-05-01T12:00:00Z", "2026-13-01T12:00:00Z", "epub-modified"),
    (OPF, "dcterms:modified", "dcterms:created", "epub-modified"),
    (OPF, "<dc:date>", "<dc:date>2025</dc:date><dc:date>", "epub-date"),
    (OPF, 'refines="#ada"', 'refines="#bea"', "epub-refines"),
    (OPF, '"pageBreakSource"', '"mine:pages"', "epub-prefix"),
    (OPF, '<itemref idref="two"/>', '<itemref idref="gone"/>', "epub-spine"),
    (OPF, '<itemref idref="two"/>', '<itemref idref="one"/>', "epub-spine"),
    (OPF, '<itemref idref="cover"/>', '<itemref idref="picture"/>', "epub-spine"),
    (OPF, SPINE, "", "epub-spine"),
    (OPF, 'properties="nav"', "", "epub-nav"),
    (OPF, 'href="cover.xhtml"', 'href="cover.xhtml" properties="nav"', "epub-nav"),
    (OPF, 'href="book.css"', 'href="book.css" properties="cover-image"', "epub-cover"),
    (OPF, NAV_TYPE, 'href="nav.xhtml" media-type="text/css"', "epub-nav"),
    (OPF, 'toc="ncx"', 'toc="gone"', "epub-ncx"),
    (OPF, 'toc="ncx"', 'toc="css"', "epub-ncx"),
    (
        OPF,
        '"two"/>\n  </s',
        '"two"/><itemref idref="nav" linear="no"/></s',
        "epub-unreached",
    ),
    # The manifest.
    (OPF, 'href="book.css"', 'href="gone.css"', "epub-no-file"),
    (OPF, 'href="book.css"', 'href="text/one.xhtml"', "epub-manifest"),
    (OPF, 'href="book.css"', 'href="book.css#a"', "epub-manifest"),
    (OPF, 'href="book.css"', 'href="book.opf"', "epub-manifest"),
    (OPF, 'href="book.css"', 'href="https://example.org/a.css"', "epub-remote"),
    (OPF, '"image/png"', '"image/jpeg"', "epub-media-type"),
    (OPF, 'id="one"', 'id="one" fallback="gone"', "epub-fallback"),
    (OPF, 'id="two"', 'id="two" properties="mathml"', "epub-property"),
    (OPF, '<item id="css" href="book.css" media-type="text/css"/>', "", UNLISTED),
    # Every XHTML file.
    (TWO, "</p>", "", "epub-xml"),
    (TWO, "South-west", "South&nbsp;west", "epub-xml"),
    (TWO, 'encoding="utf-8"', 'encoding="iso-8859-1"', "epub-encoding"),
    (
        TWO,
        "html>",
        'html PUBLIC "-//W3C//DTD XHTML 1.1//EN"'
        ' "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">',
        "epub-doctype",
    ),
    (TWO, "html>", 'html [<!ENTITY a SYSTEM "a.txt">]>', "epub-entity"),
    (TWO, P, '<p id="storm">South-west.</p>', "duplicate-id"),
    (TWO, 'xml:lang="en"', 'xml:lang="fr"', "html-xml-lang-mismatch"),
    (TWO, P, "<svg xmlns='http://www.w3.org/2000/svg'/>", "epub-property"),
    (TWO, P, "<form action='a'><p>a</p></form>", "epub-property"),
    (TWO, "<title>Wind</title>", "<title> </title>", "document-title"),
    # Links.
    (ONE, "two.xhtml#storm", "gone.xhtml", "epub-no-target"),
    (ONE, "two.xhtml#storm", "two.xhtml#calm", "epub-no-anchor"),
    (ONE, "two.xhtml#storm", "../../../two.xhtml", "epub-bad-address"),
    (ONE, "two.xhtml#storm", "file:///etc/passwd", "epub-bad-address"),
    (ONE, "two.xhtml#storm", "data:text/html,a", "epub-bad-address"),
    (ONE, "../book.css", "https://example.org/book.css", "epub-remote"),
    (COVER, "cover.png", "https://example.org/cover.png", "epub-remote"),
    (COVER, "cover.png", "gone.png", "epub-no-target"),
    (OPF, '    <itemref idref="two"/>\n', "", "epub-not-in-spine"),
    (CSS, "body {", "@import 'gone.css'; body {", "epub-no-target"),
    (CSS, "body {", "b { background: url(https://e.org/a.png) } body {", "epub-remote"),
    # Style sheets.
    (CSS, "margin: 0 5%;", "direction: rtl;", "epub-css-direction"),
    (TWO, "<p>", "<p style='unicode-bidi: embed'>", "epub-css-direction"),
    (CSS, "center; }", "center;", "epub-css"),
    # Contents, pages, landmarks.
    (NAV, 'epub:type="toc"', 'epub:type="lot"', "epub-nav"),
    (NAV, "landmarks", "toc", "epub-nav"),
    (NAV, '<a href="text/two.xhtml">Wind</a>', "<span>Wind</span>", "epub-nav"),
    (NAV, LANDMARK, LANDMARK * 2, "epub-nav"),
    (NAV, 'epub:type="bodymatter" ', "", "epub-nav"),
    (NAV, LANDMARK, "", "epub-nav"),
    (NAV, 'aria-label="Contents">', 'aria-label="Contents"><div/>', "epub-nav"),
    (NCX, "http://www.daisy.org/z3986/2005/ncx/", "urn:ncx", "epub-ncx"),
    (NAV, ">Wind<", "><", "epub-nav-label"),
    (NAV, "text/two.xhtml", "https://example.org/", "epub-nav-outside"),
    (NAV, "#tin", "#tun", "epub-no-anchor"),
    (NCX, "9780306406157", "9780306406164", "epub-ncx"),
    (NCX, "text/two.xhtml", "text/gone.xhtml", "epub-no-target"),
    (NCX, "text/two.xhtml", "nav.xhtml", "epub-not-in-spine"),
    (NCX, "text/two.xhtml", "text/two.xhtml#calm", "epub-no-anchor"),
    (NCX, 'id="n2"', 'id="n1"', "duplicate-id"),
]
WARNINGS = [
    (OPF, "<dc:date>2026-05-01", "<dc:date>May 2026", "epub-date"),
    (OPF, "urn:isbn:9780306406157", "urn:uuid:1234", "epub-identifier"),
    (OPF, ' xml:lang="en"', "", "epub-lang"),
    (OPF, "pageBreakSource", "pageBreak", "epub-pagesource"),
    (OPF, "schema:accessibilitySummary", "schema:about", "epub-claim-missing"),
    (OPF, ">textual</meta>", ">reading</meta>", CLAIM),
    (OPF, ">none<", ">noSound<", CLAIM),
    (OPF, f"{FEATURE}alt", f"{FEATURE}none</meta>{FEATURE}alt", CLAIM),
    (OPF, "<dc:date>", f"{CONFORMS}WCAG 2.9 Level A</meta><dc:date>", CLAIM),
    (OPF, "<dc:date>", f"{CONFORMS}WCAG 2.2 Level AA</meta><dc:date>", CERTIFIER),
    (OPF, "<dc:date>", '<meta property="a11y:exemption">a</meta><dc:date>', CLAIM),
    (TWO, "<title>Wind</title>", "", "document-title"),
    (TWO, 'lang="en" xml:lang="en"', "", "html-has-lang"),
    (TWO, P, '<p lang="english">a</p>', "valid-lang"),
    (COVER, ' alt="The Lamp, by Ada Bell"', "", "image-alt"),
    (ONE, ">the storm<", "><", "link-name"),
    (TWO, P, "<h3>South</h3>", "heading-order"),
    (TWO, P, "<h2> </h2>", "empty-heading"),
    (TWO, P, TABLE, "td-has-header"),
    (TWO, P, "<table><tr><th></th><td>a</td></tr></table>", "empty-table-header"),
    (TWO, P, "<iframe src='one.xhtml'></iframe>", "frame-title"),
    (TWO, P, "<nav><p>a</p></nav><nav><p>b</p></nav>", "landmark-unique"),
    (ONE, 'role="doc-chapter"', "", "epub-type-has-matching-role"),
    (ONE, 'aria-label="1"', "", "pagebreak-label"),
    (NAV, PAGE, PAGE.replace("#p1", "#tin"), "epub-pagelist-broken"),
    (NAV, PAGE, PAGE.replace("</li>", f"<ol>{PAGE}</ol></li>"), "epub-nav"),
    (ONE, "<h2", "<p role='doc-pagebreak' id='p2' aria-label='2'/><h2", MARK),
    (NAV, 'text/one.xhtml">Oil</a>\n', 'text/two.xhtml#storm">A</a>', "epub-toc-order"),
    (NCX, "<text>Wind</text>", "<text> </text>", "epub-nav-label"),
    (NCX, "text/two.xhtml", "https://example.org/", "epub-nav-outside"),
]


@pytest.mark.parametrize(("name", "old", "new", "code"), [*ERRORS, *WARNINGS])
def test_what_is_spoilt_is_found(
    name: str, old: str, new: str, code: str, tmp_path: Path
) -> None:
    found = check_by_rules(spoilt(tmp_path / "a.epub", name, old, new))

    severity = Severity.ERROR if (name, old, new, code) in ERRORS else Severity.WARNING
    assert (code, severity) in {(p.code, p.severity) for p in found}


def test_the_good_one_is_good(tmp_path: Path) -> None:
    assert check_by_rules(pack(tmp_path / "a.epub")) == ()


# No calendar has a thirteenth month, but EPUBCheck looks at the digits alone.
UNSEEN = "2026-13-01T12:00:00Z"


def test_epubcheck_calls_each_error_an_error(tmp_path: Path) -> None:
    cases = [case for case in ERRORS if case[2] != UNSEEN]
    paths = [
        spoilt(tmp_path / f"{number}.epub", *case[:3])
        for number, case in enumerate(cases)
    ]

    found = check_epubs([*paths, pack(tmp_path / "good.epub")])

    errors = [any(p.severity is Severity.ERROR for p in said) for said in found]
    assert [case for case, wrong in zip(cases, errors, strict=False) if not wrong] == []
    assert found[-1] == ()


# What Ace does not ask, or asks of experts only.
OURS = {"epub-date", "epub-identifier", CERTIFIER, "epub-nav", "epub-nav-label"}
OURS |= {"epub-nav-outside", "td-has-header"}
# We have one code where Ace has one for each property.
CLAIMS = {"epub-claim-missing", CLAIM}


def test_ace_finds_the_same(tmp_path: Path) -> None:
    cases = [c for c in WARNINGS if c[3] not in OURS and "exemption" not in c[2]]
    paths = [
        spoilt(tmp_path / f"{number}.epub", *case[:3])
        for number, case in enumerate(cases)
    ]
    with skipped_if_missing():
        found = judge([*paths, pack(tmp_path / "good.epub")])

    rules = [{violation.rule for violation in said} for said in found]
    for (*_, code), said in zip(cases, rules, strict=False):
        if code in CLAIMS:
            assert any(rule.startswith("metadata-") for rule in said), code
        else:
            assert code in said
    assert rules[-1] == set()


def test_what_epubcheck_found_too_is_said_once(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.epub", ONE, "two.xhtml#storm", "gone.xhtml")
    ours, (theirs,) = check_by_rules(path), check_epubs([path])

    assert [p.code for p in ours] == ["epub-no-target"]
    assert [p.code for p in theirs] == ["rsc-007"]
    assert list(without_twins(theirs, ours)) == []


def test_what_epubcheck_found_elsewhere_is_said_beside_ours(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.epub", ONE, "two.xhtml#storm", "gone.xhtml")
    ours, (theirs,) = check_by_rules(path), check_epubs([path])
    other = replace(theirs[0], at=replace(theirs[0].at, line=99))

    assert list(without_twins([*theirs, other], ours)) == [other]


def test_a_problem_has_its_place_in_the_file_inside(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.epub", ONE, "two.xhtml#storm", "gone.xhtml")

    (problem,) = check_by_rules(path)

    assert str(problem) == (
        f"{path}/EPUB/text/one.xhtml:12:13: error: `gone.xhtml` leads to a file that"
        " is not there [epub-no-target]"
    )


def test_a_place_in_a_style_sheet_is_that_of_the_word(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.epub", CSS, "text-align: center", "direction: rtl")

    (problem,) = check_by_rules(path)

    assert (problem.at.line, problem.at.column) == (2, 6)


@pytest.mark.parametrize(
    "css",
    [
        "/* direction: rtl */",
        'a { content: "direction: rtl"; }',
        ".direction:hover { color: red; }",
        "a { flex-direction: row; }",
        '@import url("data:text/css,a");',
    ],
)
def test_what_only_looks_like_a_rule_is_none(css: str, tmp_path: Path) -> None:
    assert check_by_rules(spoilt(tmp_path / "a.epub", CSS, "body", f"{css} body")) == ()


@pytest.mark.parametrize(
    ("name", "kind", "data", "code"),
    [
        ("a.png", "image/png", b"\xff\xd8\xff\xe0", "epub-media-type"),
        ("a.png", "image/png", b"words", "epub-media-type"),
        ("a.jpg", "image/png", png(9, 9), "epub-media-type"),
        ("a.ttf", "font/ttf", b"wOF2" + bytes(40), "epub-media-type"),
        ("a.jpg", "image/jpg", b"\xff\xd8\xff\xe0", "epub-media-type"),
        ("a.css", "text/css", b"a { color: red } /* \xff */", "epub-encoding"),
        ("a.xhtml", "application/xhtml+xml", "<a/>", "epub-no-html"),
        ("a.xhtml", "application/xhtml+xml", "<a>" * 2000, "epub-xml"),
        ("META-INF/a.css", "text/css", "", "epub-no-file"),
        ("../META-INF/a.css", "text/css", "", "epub-manifest"),
    ],
)
def test_files_are_what_the_manifest_says(
    name: str, kind: str, data: str | bytes, code: str, tmp_path: Path
) -> None:
    files = with_item(name, kind, data)
    if name == "../META-INF/a.css":
        files["META-INF/a.css"] = files.pop(f"EPUB/{name}")
    elif name == "META-INF/a.css":
        files.pop(f"EPUB/{name}")

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert {p.code for p in found} == {code}


def test_fonts_go_by_any_of_their_names(tmp_path: Path) -> None:
    for name in ("font/otf", "application/vnd.ms-opentype", "application/font-sfnt"):
        files = with_item("a.otf", name, b"\0\1\0\0" + bytes(40))

        assert check_by_rules(pack(tmp_path / "a.epub", files)) == ()


def test_a_picture_that_readers_need_not_know_wants_a_fallback(tmp_path: Path) -> None:
    avif = b"\0\0\0\x1cftypavif" + bytes(40)
    files = with_item("a.avif", "image/avif", avif)
    page = f"{HEAD}<head><title>A</title></head><body><img src='../a.avif' alt='A'/>"
    files[TWO] = f"{page}<p id='storm'/></body></html>"

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert [p.code for p in found] == ["epub-foreign-type"]


def test_a_book_has_one_cover(tmp_path: Path) -> None:
    files = with_item("b.png", "image/png", png(9, 9), 'properties="cover-image"')

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert [p.code for p in found] == ["epub-cover"]


def test_a_cover_is_a_picture(tmp_path: Path) -> None:
    files = with_item("b.css", "text/css", "", 'properties="cover-image"')
    package = str(files[OPF]).replace('\n      properties="cover-image"', "")

    found = check_by_rules(pack(tmp_path / "a.epub", {**files, OPF: package}))

    assert [p.code for p in found] == ["epub-cover"]


def test_a_link_leads_to_what_is_read(tmp_path: Path) -> None:
    files = with_item("text/more.xhtml", "application/xhtml+xml", FILES[TWO])
    files[ONE] = str(FILES[ONE]).replace("two.xhtml#storm", "more.xhtml#storm")

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert [p.code for p in found] == ["epub-not-in-spine"]


@pytest.mark.parametrize(
    "address", ["https://example.org/a.mp3", "http://example.org/a.mp3"]
)
def test_sound_may_come_from_the_web(address: str, tmp_path: Path) -> None:
    film = f'<audio src="{address}" controls="controls"/>'
    files = dict(FILES)
    files[TWO] = str(FILES[TWO]).replace(P, film)
    old = 'id="two"'
    new = f'{old} properties="remote-resources"'
    files[OPF] = str(FILES[OPF]).replace(old, new)

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    # Whoever listens on the line hears what is fetched without a lock.
    wanted = [] if address.startswith("https") else ["epub-remote"]
    assert [p.code for p in found] == wanted


def test_what_is_fetched_is_announced(tmp_path: Path) -> None:
    film = '<audio src="https://example.org/a.mp3" controls="controls"/>'

    found = check_by_rules(spoilt(tmp_path / "a.epub", TWO, P, film))

    assert [p.code for p in found] == ["epub-property"]


def test_a_circle_of_refinements_is_found(tmp_path: Path) -> None:
    circle = (
        '<meta id="x" refines="#y" property="group-position">1</meta>'
        '<meta id="y" refines="#x" property="group-position">1</meta>'
    )

    found = check_by_rules(
        spoilt(tmp_path / "a.epub", OPF, "<dc:date>", f"{circle}<dc:date>")
    )

    assert [p.code for p in found] == ["epub-refines"]


def test_a_prefix_that_is_explained_is_known(tmp_path: Path) -> None:
    files = dict(FILES)
    package = str(FILES[OPF]).replace("schema:accessMode", "mine:mode", 1)
    new = '<package prefix="mine: https://example.org/ b: https://example.org/b"'
    files[OPF] = package.replace("<package", new)

    assert check_by_rules(pack(tmp_path / "a.epub", files)) == ()


def test_claims_of_pages_need_pages(tmp_path: Path) -> None:
    files = dict(FILES)
    files[NAV] = str(FILES[NAV]).replace("page-list", "lot").replace("pagelist", "toc")
    files[NAV] = str(files[NAV]).replace('"Pages" ', '"Pages" ')
    files[ONE] = str(FILES[ONE]).replace("pagebreak", "note")

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert [p.code for p in found if p.code == "epub-claim-pages"] == [
        "epub-claim-pages",
        "epub-claim-pages",
    ]


def test_a_claim_that_somebody_vouches_for_is_right(tmp_path: Path) -> None:
    claim = (
        f"{CONFORMS}WCAG 2.2 Level AA</meta>"
        '<meta property="a11y:certifiedBy" refines="#c">Ada Bell</meta>'
    )

    found = check_by_rules(
        spoilt(tmp_path / "a.epub", OPF, "<dc:date>", f"{claim}<dc:date>")
    )

    assert found == ()


def test_epub_2_is_read_as_what_it_is(tmp_path: Path) -> None:
    found = check_by_rules(pack(tmp_path / "a.epub", epub_2()))

    assert {p.code for p in found} == {"epub-claim-missing"}


def test_epub_2_has_an_ncx(tmp_path: Path) -> None:
    files = epub_2()
    files[OPF] = str(files[OPF]).replace(' toc="ncx"', "")

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert {p.code for p in found} == {"epub-claim-missing", "epub-ncx"}


PACKAGE_2 = """<package xmlns="http://www.idpf.org/2007/opf" version="2.0"
  unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:identifier id="id">urn:isbn:9780306406157</dc:identifier>
  <dc:title>The Lamp</dc:title><dc:language>en</dc:language></metadata>
  <manifest>
  <item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
  <item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
  <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
  <item id="css" href="book.css" media-type="text/css"/></manifest>
  <spine toc="ncx"><itemref idref="one"/><itemref idref="two"/></spine></package>"""


def epub_2() -> dict[str, str | bytes]:
    """An older book, with an entity that its document type explains."""
    files = {name: FILES[name] for name in ("META-INF/container.xml", NCX, TWO, CSS)}
    one = str(FILES[ONE]).replace("<!DOCTYPE html>", DOCTYPE)
    return {**files, OPF: PACKAGE_2, ONE: one.replace("One tin.", "One&nbsp;tin.")}


DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN"'
    ' "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
)


def test_our_own_books_are_good(whole: BuildWhole) -> None:
    for book in (GUIDE, LAMP, NAMELESS):
        assert check_by_rules(whole(book).epub) == ()


@pytest.mark.parametrize("name", ["noir-et-blanc", "mdlearn-fa"])
def test_books_of_others_that_we_make_are_good(name: str, tmp_path: Path) -> None:
    if not (CORPORA / name).is_dir():
        pytest.skip("the corpora are not here")
    (made,) = build(CORPORA / name, Wanted(editions=("ebook",))).artifacts
    path = tmp_path / made.name
    path.write_bytes(made.data)

    assert check_by_rules(path) == ()


def test_the_size_of_a_picture_is_in_its_first_bytes() -> None:
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        made = io.BytesIO()
        Image.new("RGB", (70, 30)).save(made, kind)
        assert picture_of(made.getvalue()) == Picture(70, 30), kind
    for options in ({"lossless": True}, {"exif": b"Exif\0\0abc"}):
        made = io.BytesIO()
        Image.new("RGB", (70, 30)).save(made, "WEBP", **options)
        assert picture_of(made.getvalue()) == Picture(70, 30), options
    made = io.BytesIO()
    Image.new("CMYK", (70, 30)).save(made, "JPEG", exif=b"Exif\0\0" + bytes(60_000))
    assert picture_of(made.getvalue()) == Picture(70, 30, is_cmyk=True)
