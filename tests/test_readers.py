"""Real readers show the whole book: epub.js, MuPDF and Calibre."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from publish.pipeline import build
from publish.wanted import Wanted
from tests import mupdf
from tests.calibre import warnings
from tests.conftest import GUIDE, LAMP, BuildWhole
from tests.epubjs import faults_by_day, faults_by_day_and_night
from tests.epubs import FILES, NAV, ONE, TWO, pack
from tests.writing import write

BOOK = """
[book]
title = "{title}"
language = "{language}"
people = ["Ada Bell"]

[editions.ebook]
format = "epub"
"""
# Drawn in black on nothing.
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">
<path d="M10 10L290 190M10 190L290 10" stroke="#000"/></svg>"""
EMPTY = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Nothing</title></head>
<body><p>&#160;</p></body></html>"""
# The words are put in, so that the same can be in another script.
TEXT = """# {word} {word}

{line}[^one] {line} {line}[^two]

{line} $x^2+y^2=z^2$, {line}
$\\sum_{{i=1}}^{{n}} a_i x^i + b_i y^i + c_i z^i = \\int_0^1 f(x)\\,dx$.

$$
F = \\frac{{1}}{{2}} \\rho v^2 A c + \\frac{{1}}{{3}} \\rho v^3 B d
  + \\frac{{1}}{{4}} \\rho w^4
$$ {{#eq-pull}}

## {word} {long}

![{word}](lamp.svg "{line}"){{#fig-one}}

::: {{#fig-two layout-ncol=2}}
![{word}](lamp.svg "{word}"){{#fig-day}}

![{word}](lamp.svg "{word}"){{#fig-night}}

{line}
:::

- [ ] {word}
- [x] {line}

  {line}
    - [ ] {word}

1. {line}
2. {line}

| {word} | {word} |
|---|--:|
| {word} | 20–28 |
| {line} | 1,234.50 |

: {line}

| {long} | {long} | {word} | {word} | {word} |
|---|---|---|---|--:|
| {long} | {long} | {line} | {word} | 1,234.50 |

## {word}

``` {{.go .numberLines}}
func main() {{
	if err := fetch("https://example.org/a/long/address/that/turns/over"); err != nil {{
		fmt.Println("{word}", err) // {line}
	}}
}}
```

::: verse
{line}
  {line}
:::

> {line}
>
> — {word}

::: warning
{line}
:::

::: drama
**{word}** {line}

*{line}*
:::

{word}
:   {line}

[{word}]{{.index}} [{long}]{{.index entry="{word}!{long}"}} `{long}_{long}` {long}{long}
<https://example.org/a/very/long/address/that/leads/nowhere/and/turns/over.html>

[^one]: {line}
[^two]: {line}

    {line}
"""
ENGLISH = {
    "word": "Lamp",
    "long": "Incomprehensibilities",
    "line": "The *keeper* trimmed it, **twice**, and wrote down that nothing happened.",
}
PERSIAN = {
    "word": "چراغ",
    "long": "می‌آموزانیم‌شان",
    "line": "نگهبان آن را *دو بار* پاک کرد، و **نوشت** که هیچ روی نداد (Nothing).",
}


def made_up(folder: Path, language: str, words: Mapping[str, str]) -> Path:
    """A book in which there is one of everything, and more than a page of it."""
    chapters = {f"{n}.md": TEXT.format_map(words) for n in (1, 2)}
    toml = BOOK.format(title=words["word"], language=language)
    write(folder, {"book.toml": toml, "lamp.svg": DRAWING, **chapters})
    (artifact,) = build(folder, Wanted(formats=("epub",))).artifacts
    path = folder / artifact.name
    path.write_bytes(artifact.data)
    return path


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """One that is read from left to right, and one from right to left."""
    make = tmp_path_factory.mktemp
    return {
        "en": made_up(make("en"), "en", ENGLISH),
        "fa": made_up(make("fa"), "fa", PERSIAN),
    }


def test_epubjs_shows_all_by_day_and_night_in_any_size(
    books: Mapping[str, Path],
) -> None:
    found = faults_by_day_and_night([*books.values()])

    assert dict(zip(books, found, strict=True)) == {name: [] for name in books}


def test_epubjs_shows_the_whole_books(whole: BuildWhole) -> None:
    epubs = [whole(book).epub for book in (GUIDE, LAMP)]

    assert faults_by_day(epubs) == [[], []]


def test_epubjs_is_not_silent(tmp_path: Path) -> None:
    """What the tests above look for is found where it is."""
    faults = """<p style="font-size: 20px">Small.</p>
<p><span style="color: #111">Black.</span></p>
<p style="white-space: nowrap">A line that is very much too long for any phone.</p>
<p style="display: none">Gone.</p>
<p><img src="../none.png" alt="a cat"/></p>
<p><a role="doc-noteref" href="#lost">1</a><a role="doc-noteref" href="#n2">2</a></p>
<p id="n2">A note without a way back.</p>"""
    spoilt = {
        "EPUB/text/two.xhtml": TWO.replace("</body>", f"{faults}</body>"),
        "EPUB/nav.xhtml": NAV.replace("one.xhtml#tin", "one.xhtml#gone"),
    }

    (found,) = faults_by_day_and_night([pack(tmp_path / "a.epub", {**FILES, **spoilt})])

    shown = {line.removeprefix("text/two.xhtml, ") for line in found}
    assert shown >= {
        "http://reader.invalid/EPUB/none.png is fetched",
        "light, 100 %: the picture a cat is not shown",
        "light, 100 %: not all of its text is shown",
        "light, 180 %: p does not grow with the text",
        "light, 180 %: p leaves its page: A line that is very much too long for an",
        "dark, 100 %: span has ink rgb(17, 17, 17) on rgb(18, 18, 18)",
        "text/two.xhtml: call 1 leads to no note",
        "text/two.xhtml: nothing leads back to call 2",
        "the contents do not lead to text/one.xhtml#gone",
    }


@pytest.mark.parametrize("book", [GUIDE, LAMP], ids=lambda book: book.name)
def test_mupdf_draws_every_page(whole: BuildWhole, book: Path) -> None:
    assert mupdf.faults(whole(book).epub) == []


def test_mupdf_draws_from_right_to_left(books: Mapping[str, Path]) -> None:
    assert mupdf.faults(books["fa"]) == []


def test_mupdf_is_not_silent(tmp_path: Path) -> None:
    cat = ONE.replace("One tin.", '<img src="../cover.css" alt="a cat"/>')
    files = {**FILES, "EPUB/text/one.xhtml": cat, "EPUB/text/two.xhtml": EMPTY}

    assert mupdf.faults(pack(tmp_path / "a.epub", files)) == [
        "page 3 is empty",
        "html: cannot load image src='../cover.css'",
    ]


def test_calibre_warns_of_nothing(books: Mapping[str, Path], whole: BuildWhole) -> None:
    epubs = [*books.values(), whole(GUIDE).epub, whole(LAMP).epub]

    assert warnings(epubs) == [[]] * len(epubs)


def test_calibre_is_not_silent(tmp_path: Path) -> None:
    lost = {**FILES, "EPUB/book.css": "@strange { p { margin: 0 } }"}

    ((said,),) = warnings([pack(tmp_path / "a.epub", lost)])

    assert "@strange" in said
