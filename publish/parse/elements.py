"""The elements of HTML: where each may stand and what it may hold.

Read from the RELAX NG grammar and the Schematron rules that EPUBCheck 5.3 applies to
a content document, and tightened where our own tree holds less (a term holds a line
of text, not blocks).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from publish.parse.draft import Draft, Node


class Place(Enum):
    """Where an element may stand: among blocks, in a line, or in one parent only."""

    BLOCK = auto()
    LINE = auto()
    PARENT = auto()


class Content(Enum):
    """What an element may hold. A LINE is text and what may stand in it.

    PARAGRAPH: a line, parted round what is a block
    HEADLINE: a line that stays one, so blocks in it become text
    SPREAD: a line; round blocks it goes inside each of them
    The last nine have rules of their own.
    """

    NOTHING = auto()
    TEXT = auto()
    PARAGRAPH = auto()
    HEADLINE = auto()
    SPREAD = auto()
    BLOCKS = auto()
    LIST = auto()
    TERMS = auto()
    TABLE = auto()
    ROWS = auto()
    CELLS = auto()
    CAPTION = auto()
    DETAILS = auto()
    SUMMARY = auto()
    FIGURE = auto()
    GROUP = auto()
    ADDRESS = auto()
    RUBY = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """home: for PARENT, what is put round it where that parent is missing"""

    stands: Place
    holds: Content
    home: str = ""


def _kinds(
    names: str, stands: Place, holds: Content, home: str = ""
) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), Kind(stands, holds, home))


ELEMENTS: Mapping[str, Kind] = {
    **_kinds(
        "div section article aside header footer blockquote",
        Place.BLOCK,
        Content.BLOCKS,
    ),
    **_kinds("p", Place.BLOCK, Content.PARAGRAPH),
    **_kinds("#division", Place.BLOCK, Content.BLOCKS),
    **_kinds("h1 h2 h3 h4 h5 h6 pre", Place.BLOCK, Content.HEADLINE),
    **_kinds("#code #title #stanza #attribution", Place.BLOCK, Content.HEADLINE),
    **_kinds("hr #equation #page", Place.BLOCK, Content.NOTHING),
    **_kinds("ul ol", Place.BLOCK, Content.LIST),
    **_kinds("li", Place.PARENT, Content.BLOCKS, "ul"),
    **_kinds("dl", Place.BLOCK, Content.TERMS),
    **_kinds("dt", Place.PARENT, Content.HEADLINE, "dl"),
    **_kinds("dd", Place.PARENT, Content.BLOCKS, "dl"),
    **_kinds("table", Place.BLOCK, Content.TABLE),
    **_kinds("thead tbody tfoot", Place.PARENT, Content.ROWS, "table"),
    **_kinds("tr", Place.PARENT, Content.CELLS, "table"),
    **_kinds("td th", Place.PARENT, Content.BLOCKS, "table"),
    **_kinds("caption", Place.PARENT, Content.CAPTION, "p"),
    **_kinds("details", Place.BLOCK, Content.DETAILS),
    **_kinds("summary", Place.PARENT, Content.SUMMARY, "p"),
    **_kinds("figure", Place.BLOCK, Content.FIGURE),
    **_kinds("figcaption", Place.PARENT, Content.BLOCKS, "p"),
    **_kinds("hgroup", Place.BLOCK, Content.GROUP),
    **_kinds("address", Place.BLOCK, Content.ADDRESS),
    **_kinds(
        "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small"
        " span strong sub sup time u var #cite #index #term",
        Place.LINE,
        Content.SPREAD,
    ),
    **_kinds("br img wbr #note #key #math", Place.LINE, Content.NOTHING),
    **_kinds("ruby", Place.LINE, Content.RUBY),
    **_kinds("rt", Place.PARENT, Content.HEADLINE, "span"),
    **_kinds("rp", Place.PARENT, Content.TEXT, "span"),
}

# Elements that must not stand anywhere below these, and what they become there.
NEVER_INSIDE: Mapping[str, tuple[frozenset[str], str]] = {
    "header": (frozenset({"header", "footer"}), "div"),
    "footer": (frozenset({"header", "footer"}), "div"),
    "address": (frozenset({"address"}), "div"),
    "abbr": (frozenset({"abbr"}), "span"),
    "dfn": (frozenset({"dfn"}), "span"),
    "time": (frozenset({"time"}), "span"),
}
# What an address must not hold at any depth.
NO_ADDRESS = frozenset(
    {"header", "footer", "section", "article", "aside", "#division"}
    | {f"h{level}" for level in range(1, 7)}
)


@dataclass(frozen=True, slots=True)
class Way:
    """What becomes of an element that a book does not have.

    becomes: another element; empty when only what it holds stays
    classes: given to the other element
    keeps: whether what it holds stays at all
    spaced: whether what it holds must be kept apart from what is beside it
    foreign: whether it holds tags of another language than HTML
    code, message, hint: the problem; none where nothing is lost
    """

    becomes: str = ""
    classes: str = ""
    keeps: bool = True
    spaced: bool = False
    foreign: bool = False
    code: str = ""
    message: str = ""
    hint: str = ""


def _old(becomes: str, classes: str = "", shown: str = "") -> Way:
    shown = shown or (f"`<{becomes}>`" if becomes else "plain text")
    message = f"`<{{tag}}>` is not part of HTML any more; shown as {shown}"
    return Way(becomes, classes, code="old-tag", message=message)


_NO_FORM = "a book has no forms; of `<{tag}>` only the text is kept"
_NO_MEDIA = "`<{tag}>` cannot be part of the book yet; only the text it holds is shown"
_NO_DRAWING = "`<{tag}>` cannot be read yet; only its text is shown"
_NO_PLACE = "`<{tag}>` has no place inside a chapter; the tag is left out"
_MEANT = "to show the tag itself, write it between backticks"

_FORM = Way(code="no-form", message=_NO_FORM, hint=_MEANT)
_FORM_ROW = Way(spaced=True, code="no-form", message=_NO_FORM, hint=_MEANT)
_MEDIA = Way(code="no-media", message=_NO_MEDIA, hint="give a link to it instead")
_DRAWING = Way(
    foreign=True,
    code="no-drawing",
    message=_NO_DRAWING,
    hint="save it as a picture file",
)
_OUTSIDE = Way(code="left-out-tag", message=_NO_PLACE, hint=_MEANT)
_SILENT = Way()
_GONE = Way(keeps=False)

WAYS: Mapping[str, Way] = {
    "acronym": Way("abbr"),
    "applet": _MEDIA,
    "area": _GONE,
    "audio": _MEDIA,
    "base": _GONE,
    "basefont": _SILENT,
    "bgsound": _SILENT,
    "big": _old("span", "big", "bigger text"),
    "blink": _old(""),
    "body": _OUTSIDE,
    "button": _FORM,
    "canvas": _MEDIA,
    "center": _old("div", "center", "a centred division"),
    "col": _SILENT,
    "colgroup": _SILENT,
    "datalist": _FORM_ROW,
    "dialog": Way("div"),
    "dir": Way("ul"),
    "embed": _MEDIA,
    "fieldset": Way("div", code="no-form", message=_NO_FORM, hint=_MEANT),
    "font": _old("span", "", "plain text"),
    "form": Way("div", code="no-form", message=_NO_FORM, hint=_MEANT),
    "frame": _OUTSIDE,
    "frameset": _OUTSIDE,
    "head": _OUTSIDE,
    "html": _OUTSIDE,
    "iframe": _MEDIA,
    "image": Way("img"),
    "input": _FORM,
    "isindex": _FORM,
    "keygen": _FORM,
    "label": _FORM,
    "legend": Way("p"),
    "link": _GONE,
    "listing": _old("pre"),
    "main": Way("div"),
    "map": _SILENT,
    "marquee": _old(""),
    "math": _DRAWING,
    "menu": Way("ul"),
    "menuitem": _SILENT,
    "meta": _GONE,
    "meter": Way("span"),
    "multicol": _old("div", "", "a division"),
    "nav": Way("div"),
    "nobr": _old("span", "nobr"),
    "noembed": _SILENT,
    "noframes": _SILENT,
    "noscript": _SILENT,
    "object": _MEDIA,
    "optgroup": _FORM_ROW,
    "option": _FORM_ROW,
    "output": Way("span"),
    "param": _SILENT,
    "picture": _SILENT,
    "plaintext": _OUTSIDE,
    "progress": Way("span"),
    "rb": _SILENT,
    "rtc": _SILENT,
    "script": Way(
        keeps=False,
        code="no-script",
        message="a script is left out; nothing runs in a book",
        hint=_MEANT,
    ),
    "search": Way("div"),
    "select": _FORM_ROW,
    "selectedcontent": _SILENT,
    "slot": _SILENT,
    "source": _SILENT,
    "spacer": _SILENT,
    "strike": Way("s"),
    "style": Way(
        keeps=False,
        code="no-style",
        message="`<style>` is left out; the book's style decides how it looks",
    ),
    "svg": _DRAWING,
    "template": Way(
        keeps=False,
        code="left-out-tag",
        message="`<template>` is left out with what it holds",
        hint=_MEANT,
    ),
    "textarea": _FORM,
    "title": _OUTSIDE,
    "track": _SILENT,
    "tt": _old("code"),
    "video": _MEDIA,
    "xmp": _old("pre"),
}

# Every name that HTML has or had; any other name between angle brackets is text.
NAMES = frozenset(name for name in ELEMENTS if name[0] != "#") | frozenset(WAYS)


def tag_of(node: Node) -> str:
    """The element's name; empty for text."""
    return "" if isinstance(node, str) else node.tag


def is_blank(node: Node) -> bool:
    """Whether *node* is text without a word or sign."""
    return isinstance(node, str) and not node.strip(" \t\n")


def is_line(node: Node) -> bool:
    """Whether *node* may stand in a line of text."""
    return isinstance(node, str) or node.tag in _IN_LINES


_IN_LINES = frozenset(t for t, kind in ELEMENTS.items() if kind.stands is Place.LINE)


def all_line(nodes: Iterable[Node]) -> bool:
    """Whether all of *nodes* may stand in a line of text."""
    return all(map(is_line, nodes))


def holds(draft: Draft, names: frozenset[str]) -> bool:
    """Whether one of *names* stands in *draft*, at any depth."""
    open_drafts = [draft]
    while open_drafts:
        for child in open_drafts.pop().children:
            if isinstance(child, Draft):
                if child.tag in names:
                    return True
                open_drafts.append(child)
    return False
