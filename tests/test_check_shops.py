"""What shops refuse or ignore, each number with its source and its date."""

import tomllib
from pathlib import Path

import pytest

from publish.check import check_by_rules, load_shop, shop_names
from publish.problems import Problem, Severity
from publish.shops import PROFILES
from tests.epubs import CSS, FILES, NAV, NCX, ONE, PACKAGE, pack, png, with_item

OPF, SHEET = "EPUB/book.opf", "EPUB/book.css"
ISBN = "urn:isbn:9780306406157"
# More than the eye can see: two thirds of a JPEG's head is enough.
CMYK = b"\xff\xd8\xff\xc0\0\x14\x08\0\x09\0\x09\x04" + bytes(20)


def found(path: Path, shop: str) -> list[Problem]:
    return list(check_by_rules(path, [load_shop(shop)]))


def without(text: str, old: str, new: str = "") -> str:
    assert old in text
    return text.replace(old, new)


SPOILT = [
    (
        "kobo",
        "cover",
        Severity.ERROR,
        {**FILES, "EPUB/cover.png": b"GIF89a" + bytes(9)},
    ),
    (
        "kobo",
        "postscript",
        Severity.ERROR,
        with_item("a.eps", "image/x-eps", b"%!PS-Adobe-3.0"),
    ),
    ("kobo", "CMYK", Severity.ERROR, with_item("a.jpg", "image/jpeg", CMYK)),
    ("kobo", "blank", Severity.WARNING, with_item("a%20b.css", "text/css", "")),
    ("kobo", "woff2", Severity.NOTE, with_item("a.woff2", "font/woff2", b"wOF2")),
    (
        "kobo",
        "ISBN",
        Severity.WARNING,
        {
            **FILES,
            OPF: without(PACKAGE, ISBN, "urn:x:1"),
            "EPUB/toc.ncx": without(NCX, ISBN, "urn:x:1"),
        },
    ),
    (
        "kobo",
        "page for the cover",
        Severity.WARNING,
        {
            **FILES,
            "EPUB/cover.xhtml": ONE.replace("../", "").replace("two", "text/two"),
        },
    ),
    (
        "kobo",
        'name="cover"',
        Severity.WARNING,
        {**FILES, OPF: without(PACKAGE, '<meta name="cover" content="picture"/>')},
    ),
    ("kobo", "NCX of an EPUB 3", Severity.NOTE, FILES),
    (
        "kobo",
        "clamp()",
        Severity.WARNING,
        {**FILES, SHEET: "p { width: clamp(1, 2, 3) }"},
    ),
    ("bn", "min()", Severity.WARNING, {**FILES, SHEET: "p { width: min(1em, 2em) }"}),
    (
        "bn",
        "@media",
        Severity.WARNING,
        {**FILES, SHEET: "@media print { p { top: 0 } }"},
    ),
    (
        "bn",
        "calc()",
        Severity.WARNING,
        {**FILES, SHEET: "p { width: calc(1em + 1px) }"},
    ),
    ("bn", "var()", Severity.WARNING, {**FILES, SHEET: "p { width: var(--a) }"}),
    ("bn", "flex", Severity.WARNING, {**FILES, SHEET: "p { display: flex }"}),
    ("bn", "grid", Severity.WARNING, {**FILES, SHEET: "p { display: inline-grid }"}),
    ("bn", "custom", Severity.WARNING, {**FILES, SHEET: "p { --a: 1 }"}),
    ("bn", ":is()", Severity.WARNING, {**FILES, SHEET: "p:is(.a) { top: 0 }"}),
    ("bn", "logical", Severity.WARNING, {**FILES, SHEET: "p { margin-inline: 0 }"}),
    (
        "apple",
        "pixels",
        Severity.ERROR,
        with_item("a.png", "image/png", png(2800, 2001)),
    ),
    ("apple", "CMYK", Severity.WARNING, with_item("a.jpg", "image/jpeg", CMYK)),
    ("apple", "10 MB", Severity.WARNING, FILES),
    (
        "kindle",
        "full NCX",
        Severity.ERROR,
        {
            **{n: d for n, d in FILES.items() if n != "EPUB/toc.ncx"},
            OPF: without(
                without(PACKAGE, ' toc="ncx"'),
                '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
            ),
        },
    ),
    ("kindle", "margins", Severity.WARNING, {**FILES, SHEET: "p { margin: 0 -1em }"}),
    ("kindle", "woff", Severity.NOTE, with_item("a.woff", "font/woff", b"wOFF")),
    ("kindle", "625", Severity.ERROR, {**FILES, "EPUB/cover.png": png(600, 1200)}),
    ("kindle", "10,000", Severity.ERROR, {**FILES, "EPUB/cover.png": png(700, 10_001)}),
    (
        "kindle",
        "avif",
        Severity.ERROR,
        with_item("a.avif", "image/avif", b"\0\0\0\x1cftypavif"),
    ),
    (
        "kindle",
        "scripts",
        Severity.WARNING,
        with_item("a.xhtml", "application/xhtml+xml", NAV, 'properties="scripted"'),
    ),
    (
        "kindle",
        "Persian",
        Severity.ERROR,
        {**FILES, OPF: without(PACKAGE, "<dc:language>en", "<dc:language>fa")},
    ),
    (
        "kindle",
        "Arabic",
        Severity.WARNING,
        {**FILES, OPF: without(PACKAGE, "<dc:language>en", "<dc:language>ar")},
    ),
    (
        "kindle",
        "right to left",
        Severity.WARNING,
        {**FILES, OPF: without(PACKAGE, "<dc:language>en", "<dc:language>he")},
    ),
]


@pytest.mark.parametrize(("shop", "words", "severity", "files"), SPOILT)
def test_each_shop_says_what_it_would_do(
    shop: str,
    words: str,
    severity: Severity,
    files: dict[str, str | bytes],
    tmp_path: Path,
) -> None:
    problems = found(pack(tmp_path / "a.epub", files), shop)

    assert [p for p in problems if words in str(p) and p.severity is severity], problems


@pytest.mark.parametrize(
    ("shop", "words", "severity"),
    [
        ("kobo", "more than 1 GB", Severity.ERROR),
        ("kobo", "10 MB in one XHTML file", Severity.ERROR),
        ("kindle", "more than 650 MB", Severity.ERROR),
        ("apple", "more than 2 GB", Severity.WARNING),
    ],
)
def test_files_are_weighed(
    shop: str,
    words: str,
    severity: Severity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = pack(tmp_path / "a.epub")
    assert not any(words in str(p) for p in found(path, shop))
    monkeypatch.setattr("publish.check.shop.load_profile", tiny)

    problems = found(path, shop)

    assert [p for p in problems if words in str(p) and p.severity is severity]


def tiny(name: str) -> dict[str, object]:
    """The profile with all sizes a million times smaller."""
    profile = tomllib.loads((PROFILES / f"{name}.toml").read_text("utf-8"))
    for rule in profile["rule"]:
        rule["most"] = rule.get("most", 0) / 1_000_000
    return profile


def test_a_good_book_of_a_small_cover_passes_everywhere(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.epub", {**FILES, "EPUB/cover.png": png(1000, 1600)})

    said = [problem for shop in shop_names() for problem in found(path, shop)]

    assert {problem.severity for problem in said} == {Severity.NOTE}


@pytest.mark.parametrize("shop", ["bn", "kobo"])
def test_what_supports_guards_is_no_trouble(shop: str, tmp_path: Path) -> None:
    css = "@supports (width: min(1em, 2em)) { @media print { p { top: var(--a) } } }"
    path = pack(tmp_path / "a.epub", {**FILES, SHEET: css + CSS})

    assert [p for p in found(path, shop) if "css" in str(p.at.path)] == []


def test_what_comes_after_supports_is_trouble(tmp_path: Path) -> None:
    css = "@supports (top: 0) { p { top: 0 } } p { width: min(1em, 2em) }"
    path = pack(tmp_path / "a.epub", {**FILES, SHEET: css})

    (problem,) = found(path, "bn")

    assert str(problem) == (
        f"{path}/EPUB/book.css:1:48: warning: Barnes & Noble has trouble with style"
        " sheets with min(): the book may not open [shop-troubles]\n"
        "  hint: put it into a second style sheet, inside @supports (heylefty on"
        " Hacker News; StackOverflow 77441756; PyPI epubfix, about 2013)"
    )


def test_a_deep_contents_is_told_to_those_who_cut_it(tmp_path: Path) -> None:
    link = '<a href="text/one.xhtml">a</a>'
    deep = f"<li>{link}<ol>" * 4 + f"<li>{link}</li>" + "</ol></li>" * 4
    nav = NAV.replace(
        '<li><a href="text/two.xhtml">', f'{deep}<li><a href="text/two.xhtml">'
    )
    head = "<navLabel><text>a</text></navLabel>"
    point = f'<navPoint id="d{{}}">{head}<content src="text/one.xhtml"/>'
    points = "".join(point.format(n) for n in range(3)) + "</navPoint>" * 3
    ncx = NCX.replace("</navMap>", f"{points}</navMap>")
    path = pack(
        tmp_path / "a.epub", {**FILES, "EPUB/nav.xhtml": nav, "EPUB/toc.ncx": ncx}
    )

    assert any("there are 5" in p.message for p in found(path, "kobo"))
    assert any("there are 3" in p.message for p in found(path, "kindle"))


def test_every_number_has_a_source_and_a_date() -> None:
    for name in shop_names():
        for rule in load_shop(name).rules:
            assert rule.source, (name, rule.check)
            assert rule.date, (name, rule.check)


def test_of_a_shop_without_sources_nothing_is_claimed(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.epub")

    for name in ("google", "tolino"):
        assert [p.code for p in found(path, name)] == ["shop-unknown"]
