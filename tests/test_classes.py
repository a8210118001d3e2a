"""What an author calls a division is the author's: print never takes it for its own."""

import re
from collections.abc import Iterator

import pytest

from publish.model import DivisionKind, Edition, Element, Format, Role
from publish.parse.mend_rules import MENDS
from publish.pdf import render_pdf
from publish.pdf.page import page_of
from publish.pdf.sheets import MENDED, text_css
from publish.style import Style, load_style, style_names
from publish.transform import transform
from tests.trees import read, read_one

PRINT = Edition("print", Format.PDF)
# Classes that an author may write to have something set in its own way, and those that
# say what the tree says, where it says so.
FOR_AUTHORS = {
    "bleed",
    *MENDS,
    "verse",
    "line-block",
    "source",
    "small-caps",
    "left",
    "right",
    "center",
    "picture",
    "keys",
    "full-page",
    "spread",
    "columns-2",
    "columns-3",
    "columns-4",
    "abbreviations",
}
IN_PLACE = re.compile(
    r"\.task > (p > )?\.box|li\.task|pre :is\([^)]*\)|pre \.k"
    r"|(figcaption|figure figure) \.label|figure\.listing"
)

NAMES = (
    "footnote notes note note-call note-number part line mark wide tight short dense"
    " figures contents whole roman front body start display chapter title author"
    " box task number code k c hll main see letter "
    # Words called so are marked for the index.
    + " ".join(role.value for role in Role if role is not Role.INDEX)
)
WRITTEN = """# A

before

<div class="{0}" data-level="1" data-bookmark="x" data-number="9">

words of a division, some more

</div>

<section class="{0}">

words of a section

</section>

A <span class="{0}">span</span>, [span]{{{1}}}, [link](https://example.org){{{1}}}.

::: {{{1}}}
words [^1]
:::

<table class="{0}"><tr><td class="{0}">5</td><td>word</td></tr></table>

<ol class="{0}"><li class="x"><a href="#a" class="{0}">link</a></li></ol>

[^1]: A note.
"""


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("classic")


def test_a_class_of_an_author_means_nothing_to_print(style: Style) -> None:
    # Those mean something where they stand: a span that is called so is an element.
    named = {"mark", *DivisionKind}
    braces = " ".join(f".{name}" for name in NAMES.split() if name not in named)

    def printed(names: str, braces: str) -> bytes:
        text = WRITTEN.format(names, braces)
        return render_pdf(transform(read({"one.md": text})), PRINT, style).data

    assert printed(NAMES, braces) == printed("plain", ".plain")


def test_classes_of_the_build_are_no_author_s_to_give() -> None:
    (block,) = read_one("::: {.p-whole .p-footnote .mine}\nx\n:::\n").blocks

    assert isinstance(block, Element)
    assert block.attributes.classes == ("mine",)


@pytest.mark.parametrize("name", style_names())
def test_classes_of_a_sheet_for_print_are_the_build_s_or_meant_for_authors(
    name: str,
) -> None:
    style = load_style(name)
    page = page_of(style.page, style.sizes, PRINT.trim)
    sheets = [style.text_css, text_css(page), MENDED]

    strangers = {
        f".{found}"
        for sheet in sheets
        for selector in selectors(sheet)
        if ".p-" not in selector
        for found in re.findall(r"\.([a-z][\w-]*)", IN_PLACE.sub("", selector))
        if found not in FOR_AUTHORS
    }

    assert strangers == set()


@pytest.mark.parametrize("name", style_names())
def test_numbers_and_contents_of_an_author_are_none_of_the_build_s(name: str) -> None:
    style = load_style(name)

    sheets = (style.text_css, style.epub_css, style.newer_css)
    assert re.findall(r"\.(?:number|contents)\b(?!-)", "".join(sheets)) == []


def selectors(sheet: str) -> Iterator[str]:
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for rule in re.findall(r"([^{}]+)\{", sheet):
        if "@" not in rule:
            parts = re.split(r",(?![^(]*\))", rule)
            yield from (" ".join(part.split()) for part in parts)
