"""What may stand in a style sheet of an author's own."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from publish.check.epubcheck import check_epubs
from publish.problems import Severity
from publish.style import STYLES
from publish.stylesheets import (
    Sheet,
    apart,
    check_families,
    check_sheet,
    hidden_elements,
    hiding_rules,
    without,
)
from tests import epubs

PLAIN = """\
/* The head of a chapter. */
h1, .note > p:first-child { color: #123; margin: 1em 0 -2px; }
a[href]:before { content: "\\2192  ;}" attr(title); }
"""


def said(css: str, sheet: Sheet) -> list[tuple[str, str]]:
    problems = check_sheet(css, Path("own.css"), sheet)
    return [(str(problem.at), problem.code) for problem in problems]


@pytest.mark.parametrize("sheet", list(Sheet))
def test_plain_rules_may_stand_in_any_sheet(sheet: Sheet) -> None:
    assert said(PLAIN, sheet) == []


@pytest.mark.parametrize(
    "path", sorted(STYLES.glob("*/*.css")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_the_sheets_of_our_styles_are_such(path: Path) -> None:
    css = path.read_text(encoding="utf-8")

    assert said(css, Sheet(path.stem)) == []


@pytest.mark.parametrize("sheet", list(Sheet))
@pytest.mark.parametrize(
    "css",
    [
        '@import "other.css";',
        "@import url(http://example.org/a.css);",
        "p { background: url(https://example.org/a.png) }",
        'p { background: url("../../secret.png") }',
        "p { background: URL(file:///etc/passwd) }",
        "p { background: u\\72l(a.png) }",
        "p { background: image-set('a.png' 1x) }",
        "p { list-style: square url(a.png) }",
        '@font-face { font-family: "X"; src: url(x.ttf) }',
        "a { content: src('a.png') }",
    ],
)
def test_nothing_leads_out_of_a_sheet(css: str, sheet: Sheet) -> None:
    assert "css-outside" in {code for _, code in said(css, sheet)}


@pytest.mark.parametrize(
    "css",
    [
        "@page { margin: 0 }",
        "@page :first { @top-center { content: none } }",
        '@page { @bottom-center { content: "x" } }',
        "p { content: counter(page) }",
        "a::after { content: target-counter(attr(href), page) }",
        "h1 { string-set: title content() }",
        "p::before { content: string(left) }",
        "h2 { page: wide }",
        "p { counter-reset: page 7 }",
        "@media print { @page { size: A4 } }",
        ".x { position: running(head) }",
    ],
)
def test_the_text_of_a_page_knows_nothing_of_the_page(css: str) -> None:
    assert {code for _, code in said(css, Sheet.TEXT)} == {"css-page"}


def test_the_foot_of_a_page_belongs_to_its_text() -> None:
    assert said("@page { @footnote { border-top: none } }", Sheet.TEXT) == []


# What EPUBCheck 5.3 calls an error, and what old readers stumble over.
@pytest.mark.parametrize(
    ("css", "at"),
    [
        ("p { direction: rtl }", "own.css:1:5"),
        ("\np { unicode-bidi: embed }", "own.css:2:5"),
        ("p {\n  width: calc(1em + 2px);\n}", "own.css:2:10"),
        ("@page { margin: 0 }", "own.css:1:1"),
        ("p { @media print { margin: 0 } }", "own.css:1:5"),
        ("@media print { p { direction: rtl } }", "own.css:1:20"),
        ("p { --x: 1 }", "own.css:1:5"),
        ("p { margin: var(--x) }", "own.css:1:13"),
        (":is(h1, h2) { margin: 0 }", "own.css:1:2"),
        ("p { a { margin: 0 } }", "own.css:1:5"),
    ],
)
def test_a_sheet_for_e_readers_is_plain(css: str, at: str) -> None:
    assert said(css, Sheet.EPUB) == [(at, "css-epub")]


@pytest.mark.parametrize(
    ("css", "at"),
    [
        ("p { color }", "own.css:1:10"),
        ("p { color: ; }", "own.css:1:5"),
        ("p { color: red }\n}", "own.css:2:1"),
        ("p { color: red", "own.css:1"),
        ("/* p { color: red }\n", "own.css:2"),
        ("p { content: 'a\n}", "own.css:1:14"),
        ("{ color: red }", "own.css:1:1"),
        ("p color: red;\n", "own.css:1:14"),
        ("p { margin: 1em) }", "own.css:1:16"),
    ],
)
@pytest.mark.parametrize("sheet", [Sheet.TEXT, Sheet.EPUB])
def test_a_slip_has_its_place(css: str, at: str, sheet: Sheet) -> None:
    assert said(css, sheet)[0] == (at, "css-syntax")


@pytest.mark.parametrize(
    ("css", "at", "hint"),
    [
        ("h1 { colr: red }", "own.css:1:6", "did you mean `color`?"),
        ("h1 {\n margin: 0; margin: 20 }", "own.css:2:13", "`margin: 20pt`?"),
        ("p { text-align: centre }", "own.css:1:5", "`text-align: center`?"),
        ("p { a { heigth: 1em } }", "own.css:1:9", "did you mean `height`?"),
        ("@media print { p { colr: red } }", "own.css:1:20", "`color`?"),
        ("@page { @footnote { colr: red } }", "own.css:1:21", "`color`?"),
        ("p { filter: blur(2px) }", "own.css:1:5", ""),
        ("p:nowhere { color: red }", "own.css:1:1", ""),
        ("p::selection { color: red }", "own.css:1:1", ""),
        ("p { overflow-x: auto }", "own.css:1:5", ""),
        ("p { bgcolor: red }", "own.css:1:5", ""),
        ("p {} @supports (x: y) { }", "own.css:1:6", "without the @supports round it"),
        ("@media (min-width: 3em) { p { top: 0 } }", "own.css:1:1", "no more of them"),
        ("@layer a, b { p { top: 0 } }", "own.css:1:1", '"@layer a { … }"'),
        ("@layer 3;", "own.css:1:1", '"@layer a { … }"'),
        (
            "p {\n @media print { top: 0 }\n}",
            "own.css:2:2",
            "write it round the rule: @media … { p { … } }",
        ),
        ("p { @foo; }", "own.css:1:5", "round the rule: @foo … { p { … } }"),
        ("p { top: 0; &::selection { top: 0 } }", "own.css:1:13", ""),
        ("p { a:nowhere { top: 0 } }", "own.css:1:5", ""),
        ("p { & b, i { top: 0 } }", "own.css:1:5", "write & before each of them"),
        ("@media all { @media (x: y) { } }", "own.css:1:14", "no more of them"),
    ],
)
@pytest.mark.parametrize("sheet", [Sheet.TEXT, Sheet.FURNITURE])
def test_what_print_does_not_know_is_a_warning(
    css: str, at: str, hint: str, sheet: Sheet
) -> None:
    if sheet is Sheet.FURNITURE:
        css = css.replace("footnote", "top-left")
    (problem,) = check_sheet(css, Path("own.css"), sheet)

    assert (str(problem.at), problem.code) == (at, "css-unknown")
    assert problem.severity is Severity.WARNING
    assert problem.hint.endswith(hint) if hint else not problem.hint


@pytest.mark.parametrize(
    "css",
    [
        "p { cursor: help; -webkit-hyphens: auto; --x: 3; margin: var(--x) }",
        '@counter-style mine { system: cyclic; symbols: "x"; suffix: " " }',
        "@layer own { p { color: red } }",
        "@layer reset, own.parts; @layer own { @layer parts { p { top: 0 } } }",
        "@layer { p { top: 0 } } @media print { @media all { p { top: 0 } } }",
        "@media screen { p { filter: blur(2px) } @supports (x: y) { } }",
        "p { > a, b { top: 0 } & + p, .x & { top: 0 } i::before { top: 0 } }",
    ],
)
def test_what_print_has_nothing_to_do_with_is_left_alone(css: str) -> None:
    assert said(css, Sheet.TEXT) == []


def test_what_is_for_screens_leads_nowhere_either() -> None:
    css = "@media screen { p { background: url(https://a/b.png) } }"

    assert said(css, Sheet.TEXT) == [("own.css:1:33", "css-outside")]


@pytest.mark.parametrize(
    ("css", "hint"),
    [
        ("p { @media print { top: 0 } }", "round the rule: @media … { p { … } }"),
        ("p { .a > b { top: 0 } }", "write it by itself: p .a > b { … }"),
        ("p { &.a { top: 0 } }", "write it by itself, with all its names"),
        ("@layer a { p { i { top: 0 } } }", "write it by itself: p i { … }"),
        ("p { --x: 1 }", "one thing that they do not know"),
    ],
)
def test_what_e_readers_do_not_know_is_written_otherwise(css: str, hint: str) -> None:
    (problem,) = check_sheet(css, Path("own.css"), Sheet.EPUB)

    assert problem.hint.endswith(hint)


CONDITIONS = """\
h1 { color: #111 }
@layer a, b;
@media (prefers-color-scheme: dark) { h1 { color: #eee } }
h2 { top: 0 }
@supports (display: grid) { @container (min-width: 3em) { h1 > a { top: 0 } } }
@layer b { h3 { top: 0; } h4 i { top: 0 } }
"""


def test_rules_for_some_e_readers_are_set_apart() -> None:
    plain, newer = apart(CONDITIONS)

    assert plain.split() == [
        "h1",
        "{",
        "color:",
        "#111",
        "}",
        "h2",
        "{",
        "top:",
        "0",
        "}",
    ]
    assert plain.count("\n") == CONDITIONS.count("\n")
    assert newer.startswith("@supports (color: black) {\nhtml { }\n@layer a, b;")
    assert newer.endswith("h4 i { top: 0 } }\n}")
    assert apart(PLAIN) == (PLAIN, "")


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("p { display: none }", [("own.css:1:5", "p", "display: none")]),
        ("p,\n .x { top: 0; visibility: hidden }", [("own.css:2:15", "p, .x")]),
        ("@media print { p { font-size: 0px } }", [("own.css:1:20", "p")]),
        ("@layer a { i { font: 0/1 serif } }", [("own.css:1:16", "i")]),
        ("@media screen { p { display: none } }", []),
        ("p { display: block; visibility: visible; font: 12pt x }", []),
        ("@page { display: none }", []),
    ],
)
def test_rules_that_hide_words(css: str, found: list[tuple[str, ...]]) -> None:
    rules = hiding_rules(css, Path("own.css"))

    said = [(str(one.at), one.selector, one.said) for one in rules]
    assert [one[: len(two)] for one, two in zip(said, found, strict=True)] == found


def hidden(markup: str, css: str, *shown: str) -> dict[str, str]:
    """Which rule hides each element, where the properties of *shown* ones do not."""
    rules = tuple(hiding_rules(css, Path("own.css")))

    def hides(element: Element, name: str) -> bool:
        return f"{element.tag} {name}" not in shown

    found = hidden_elements(fromstring(markup), rules, hides)
    return {element.tag: rule.said for element, rule in found.items()}


def test_elements_that_rules_hide() -> None:
    markup = "<div><p class='x'>a<b>c</b></p><p>d</p></div>"
    none = "display: none"

    assert hidden(markup, ".x, p::before { display: none }") == {"p": none, "b": none}
    assert hidden(markup, "p { display: block }") == {}


def test_a_rule_that_is_taken_back_hides_nothing() -> None:
    markup = "<div><p>a<b>c</b></p></div>"
    rules = "p { font: 0 serif } p { visibility: hidden }"
    font, visibility = "font: 0 serif", "visibility: hidden"

    assert hidden(markup, "p { display: none }", "p display") == {}
    assert hidden(markup, rules, "p visibility") == {"p": font, "b": font}
    assert hidden(markup, rules) == {"p": visibility, "b": visibility}
    # What is inside may be seen, unless the whole is not displayed.
    hiding = f"p {{ {visibility} }}"
    assert hidden(markup, hiding, "b visibility") == {"p": visibility}
    assert len(hidden(markup, "p { display: none }", "b display")) == 2


def test_where_print_cannot_be_asked_nothing_is_said_of_it(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text('raise OSError("no Pango")\n')
    script = (
        "from pathlib import Path\n"
        "from publish.stylesheets import Sheet, check_sheet\n"
        "css = 'p { colr: red; margin: x } p::selection { top: 0 } @foo { }'\n"
        "print(*check_sheet(css, Path('own.css'), Sheet.TEXT))\n"
    )
    paths = os.pathsep.join((str(tmp_path), *sys.path))

    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "\n"


def test_what_is_passed_over_is_taken_out_and_nothing_else_moves() -> None:
    css = "h1 {\n  colr:\n red; color: red }\nx:y { top: 0 } p { b: c }\np { top: 0 }"
    found = [problem.at for problem in check_sheet(css, Path("a"), Sheet.TEXT)]

    assert without(css, found) == (
        "h1 {\n       \n      color: red }\n               p {      }\np { top: 0 }"
    )


# What EPUBCheck takes for an error though browsers do not mind.
SLIPS = (
    *("p{color}", "p{color:;}", "p{color:red}}", "p{color:red", "/* x", "{color:red}"),
    *("p{;;color:red}", "p{color:red;;}", "p color: red;\n", "p{color:red};"),
    *(
        "p > {x:y}",
        "> p{x:y}",
        "p,{x:y}",
        "p..a{x:y}",
        "p.1a{x:y}",
        "#{x:y}",
        "a:{x:y}",
    ),
    *("p!{x:y}", "$a{x:y}", "a{b:c}<b{d:e}", "p{x:{a}}", "p{x:@a}", "p:hover:{x:y}"),
    *("p{direction:ltr}", "p{unicode-bidi:embed}", "p{content:'a\n}", "a[b{x:y}]{x:y}"),
)


def test_what_epubcheck_refuses_is_refused(tmp_path: Path) -> None:
    paths = [
        epubs.pack(
            tmp_path / f"{n}.epub",
            {**epubs.FILES, "EPUB/book.css": f"{epubs.CSS}\n{css}"},
        )
        for n, css in enumerate((*SLIPS, PLAIN))
    ]

    *slips, plain = check_epubs(paths)

    assert [css for css, found in zip(SLIPS, slips, strict=True) if not found] == []
    assert [css for css in SLIPS if not said(css, Sheet.EPUB)] == []
    assert plain == ()


def test_epubcheck_takes_what_is_set_apart(tmp_path: Path) -> None:
    _, newer = apart(CONDITIONS)
    sheet = f"{epubs.CSS}\n{newer}"
    path = epubs.pack(tmp_path / "a.epub", {**epubs.FILES, "EPUB/book.css": sheet})

    assert said(CONDITIONS, Sheet.EPUB) == []
    assert list(check_epubs([path])) == [()]


FAMILIES = frozenset({"EB Garamond", "Source Code Pro"})


@pytest.mark.parametrize(
    "css",
    [
        'p { font-family: "EB Garamond" }',
        "p { font-family: eb garamond, serif }",
        'p { font-family: "Nowhere", "EB Garamond" }',
        "p { font-family: inherit } q { font: inherit }",
        'p { font: italic 700 1.2em/1.3 "EB Garamond", serif }',
        "p { font-family: var(--face) } p { font-size: 2em }",
    ],
)
def test_families_that_print_has(css: str) -> None:
    assert list(check_families(css, Path("own.css"), FAMILIES)) == []


@pytest.mark.parametrize(
    ("css", "name", "at"),
    [
        ("p { font-family: Literata }", "Literata", "own.css:1:5"),
        ("h1 {}\np { font: 12pt Literata, serif }", "Literata", "own.css:2:5"),
        ("p { font-family: serif }", "serif", "own.css:1:5"),
        ("p { color: red; em { font-family: a b } }", "a b", "own.css:1:22"),
        ("@media print { p { font-family: x } }", "x", "own.css:1:20"),
        ("@page { @top-center { font-family: x } }", "x", "own.css:1:23"),
    ],
)
def test_families_that_print_has_not(css: str, name: str, at: str) -> None:
    (problem,) = check_families(css, Path("own.css"), FAMILIES)

    assert (problem.code, str(problem.at)) == ("css-font", at)
    assert problem.severity is Severity.WARNING
    assert f"“{name}”" in problem.message
    assert "`text-font`" in problem.hint
