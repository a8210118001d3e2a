"""Every example of the CommonMark specification, through our tree and back to HTML."""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import CASES
from tests.through import through_our_tree

SPEC = Path(__file__).parent / "node/node_modules/commonmark-spec/spec.txt"
FENCE = "`" * 32
if not SPEC.is_file() and not os.environ.get("CI"):
    pytest.skip("`npm ci` in tests/node brings it", allow_module_level=True)

EXAMPLE = re.compile(rf"^{FENCE} example\n(.*?)^\.\n(.*?)^{FENCE}$", re.M | re.S)

OURS = CASES / "commonmark-exceptions.md"

# Where we leave the specification on purpose: raw HTML is read and made valid, where
# CommonMark copies it. What comes out instead stands in `OURS`, example by example.
REASONS = {
    "a tag that is never closed ends with its block": (
        "21 31 150 155 174 175 184 187 476 477 494 630 631 642 643"
    ),
    "text that stands alone behind a raw tag is a paragraph": (
        "151 161 162 164 165 166 177 178 186"
    ),
    "a table is completed with what HTML says is in it": "148 149 160 190 191",
    "what begins a tag and never ends it is shown": "156 157 158",
    "a name that is no element of HTML is shown": (
        "163 491 524 536 613 614 615 617 623"
    ),
    "scripts, styles, forms, comments and their like fall away": (
        "170 171 172 176 180 626"
    ),
    "what nothing ends stops at the next blank line": "173",
    "what is never closed and has words for attributes is prose": "616",
    "raw code becomes a block of code like any other": "169",
    "character data is shown": "182 629",
    "an element that may hold either is put where it is valid": "154 167",
    "an address is written as EPUBCheck wants it": "344 597",
    "an address that leads nowhere leaves its text": "346 598 599 600 601",
    "a backslash keeps a line from ending at the space behind it": "13",
    "every picture has an alternative text": "475",
    "the title of a picture alone in its paragraph is its caption": "572 573 576 577"
    " 584 585 586 588 589 591",
}
EXCEPTIONS = {int(n) for numbers in REASONS.values() for n in numbers.split()}


def examples() -> list[tuple[str, str]]:
    """(Markdown, HTML) of each example, in the order of the specification."""
    text = SPEC.read_text(encoding="utf-8").replace("→", "\t")
    return [(found[1], found[2]) for found in EXAMPLE.finditer(text)]


class Canonical(HTMLParser):
    """What a reader could tell of a piece of HTML: tags, attributes, words."""

    BLOCKS = frozenset(
        ("p", "div", "ul", "ol", "li", "blockquote", "pre", "hr", "table")
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag == "pre"
        kept = sorted(
            (name, value)
            for name, value in attrs
            # Ours alone: code stands left to right and has a class for the style.
            if (tag, name, value)
            not in {
                ("pre", "class", "code"),
                ("pre", "dir", "ltr"),
                # To nowhere else than here, which an output writes in full.
                ("a", "href", ""),
            }
        )
        self.found.append(f"<{tag} {kept}>" if kept else f"<{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "pre"
        if tag not in {"br", "hr", "img"}:
            self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.found.append(data if self.code else re.sub(r"\s+", " ", data))


def canonical(html: str) -> str:
    """One line an element; white space beside blocks does not count."""
    parser = Canonical()
    parser.feed(html)
    parser.close()
    joined = "".join(parser.found)
    names = "|".join(sorted(Canonical.BLOCKS)) + "|h[1-6]|br"
    return re.sub(rf" *(</?(?:{names})(?: [^>]*)?>) *", r"\n\1\n", joined).strip()


def cases() -> Iterator[object]:
    for number, (markdown, html) in enumerate(examples(), start=1):
        yield pytest.param(number, markdown, html, id=str(number))


@pytest.mark.parametrize(("number", "markdown", "html"), list(cases()))
def test_example(number: int, markdown: str, html: str) -> None:
    agrees = canonical(through_our_tree(markdown)) == canonical(html)

    assert agrees is (number not in EXCEPTIONS)


def test_there_are_652_examples() -> None:
    assert len(examples()) == 652


def test_exceptions_come_out_as_we_want_them(
    request: pytest.FixtureRequest,
) -> None:
    found = examples()
    ours = "".join(
        f"{number}\n.\n{found[number - 1][0]}.\n"
        f"{through_our_tree(found[number - 1][0])}\n.\n\n"
        for number in sorted(EXCEPTIONS)
    )

    if request.config.getoption("--update-golden"):
        OURS.write_text(ours, encoding="utf-8")
    assert ours == OURS.read_text(encoding="utf-8")
