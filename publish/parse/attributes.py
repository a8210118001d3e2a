"""What the attributes of an element may say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import shorten

from publish.language.tags import is_language_tag, shortest_tag
from publish.parse.clean import clean_id, clean_url, is_unsafe
from publish.parse.draft import Draft
from publish.parse.shown import NOT, ONLY, names_of, say_conditions
from publish.signs import clean_text

Say = Callable[[int, str, str, str], None]


@dataclass(frozen=True, slots=True)
class Value:
    """What the value of an attribute may be.

    name: as it reads after "is not"; empty where a bad value goes without a word
    fit: the value as HTML wants it; None for one that cannot be kept
    """

    name: str
    fit: Callable[[str], str | None]


def _pattern(name: str, pattern: str) -> Value:
    found = re.compile(pattern)

    def fit(value: str) -> str | None:
        value = value.strip()
        return value if found.fullmatch(value) else None

    return Value(name, fit)


def _one_of(name: str, words: str, *, any_case: bool = True) -> Value:
    known = frozenset(words.split())

    def fit(value: str) -> str | None:
        value = value.strip().lower() if any_case else value.strip()
        return value if value in known else None

    return Value(name, fit)


def _switch(name: str) -> Value:
    """An attribute that says something by being there."""
    return Value("", lambda _: name)


def _text(value: str) -> str | None:
    return value or None


def _classes(value: str) -> str | None:
    return " ".join(dict.fromkeys(value.split())) or None


def _language(value: str) -> str | None:
    value = shortest_tag(value.strip().replace("_", "-"))
    return value if is_language_tag(value) else None


def _spans(value: str) -> str | None:
    """How many columns or rows; HTML stops at 1000 columns."""
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return None
    return str(min(max(int(value), 1), 1000))


def _rows(value: str) -> str | None:
    """0 says as many as there are."""
    return "1000" if value.strip() == "0" else _spans(value)


def _pixels(value: str) -> str | None:
    found = re.fullmatch(r"\s*([0-9]{1,6})(?:\.[0-9]*)?\s*(?:px)?\s*", value)
    return str(int(found.group(1))) if found else None


def _width(value: str) -> str | None:
    """Pixels, or a share of the line, "50%", that a writer turns into a style."""
    return _share(value) or _pixels(value)


def _share(value: str) -> str | None:
    found = re.fullmatch(r"\s*([0-9]{1,4}(?:\.[0-9]{1,3})?)\s*%\s*", value)
    if not found or not 0 < float(found.group(1)) <= 100:  # noqa: PLR2004
        return None
    return f"{found.group(1)}%"


def _source(value: str) -> str | None:
    """Where a quotation is from. EPUBCheck takes it for a resource: only https."""
    url = clean_url(value)
    return url if url and url.startswith("https:") else None


def _widths(value: str) -> str | None:
    """Widths of columns, "[40,60]" or "40 60", in percent of the line at the most."""
    found = [float(n) for n in re.findall(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", value)]
    if not found or re.sub(r"[0-9.,%\s\[\]]", "", value):
        return None
    line = max(sum(found), 100)
    return " ".join(str(max(1, round(100 * width / line))) for width in found)


# What a date or time may be, from "Dates and times" in HTML; an hour has two digits.
_DAY = r"\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_HOUR = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?"
_ZONE = r"(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)"
_MOMENT = rf"{_DAY}[T ]{_HOUR}{_ZONE}?"
_LASTING = (
    r"P(\d+D|(\d+D)?T(\d+H(\d+M)?(\d+(\.\d{1,3})?S)?"
    r"|\d+M(\d+(\.\d{1,3})?S)?|\d+(\.\d{1,3})?S))"
)
_WHEN = (
    rf"\d{{4}}|\d{{4,}}-(0[1-9]|1[0-2])|(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    rf"|\d{{4,}}-W(0[1-9]|[1-4]\d|5[0-3])|{_DAY}|{_HOUR}|{_MOMENT}|{_LASTING}"
)

_NUMBER = _pattern("a whole number", r"[+-]?[0-9]{1,9}")
_TEXT = Value("", _text)
_CITE = Value("", _source)
_EDITED = _pattern("a date", rf"{_DAY}|{_MOMENT}")
_WIDTH = Value("", _width)
_SHARE = Value("", _share)
_WIDTHS = Value("the widths of columns in percent, like 40 60", _widths)

GLOBAL: Mapping[str, Value] = {
    "id": Value("", lambda value: clean_id(value) or None),
    "class": Value("", _classes),
    "title": _TEXT,
    "lang": Value("the code of a language, like en or fa", _language),
    "dir": _one_of("a direction (ltr, rtl or auto)", "ltr rtl auto"),
    "translate": _one_of("", "yes no"),
    ONLY: Value("", names_of),
    NOT: Value("", names_of),
    "aria-label": _TEXT,
    "aria-description": _TEXT,
    "aria-roledescription": _TEXT,
    "aria-current": _one_of("", "page step location date time true false"),
}

# The attributes that elements have besides those that all have.
OWN: Mapping[str, Mapping[str, Value]] = {
    "a": {"href": Value("", clean_url)},
    "img": {
        "src": Value("", lambda value: value.strip() or None),
        "alt": Value("", lambda value: value),
        "width": _WIDTH,
        "height": Value("", _pixels),
    },
    # Pictures side by side, as Quarto asks for them.
    "div": {"layout-ncol": _one_of("a number from 2 to 4", "2 3 4")},
    "ol": {
        "start": _NUMBER,
        "type": _one_of("one of 1, a, A, i, I", "1 a A i I", any_case=False),
        "reversed": _switch("reversed"),
    },
    "li": {"value": _NUMBER},
    "table": {"width": _SHARE, "widths": _WIDTHS, "tbl-colwidths": _WIDTHS},
    "td": {
        "colspan": Value("a whole number", _spans),
        "rowspan": Value("a whole number", _rows),
        "width": _SHARE,
    },
    "th": {
        "colspan": Value("a whole number", _spans),
        "rowspan": Value("a whole number", _rows),
        "width": _SHARE,
        "scope": _one_of("", "row col rowgroup colgroup"),
    },
    "blockquote": {"cite": _CITE},
    "q": {"cite": _CITE},
    "ins": {"cite": _CITE, "datetime": _EDITED},
    "del": {"cite": _CITE, "datetime": _EDITED},
    "time": {"datetime": _pattern("a date or a time", _WHEN)},
    "data": {"value": Value("", lambda value: value)},
    "details": {"open": _switch("open")},
    "#code": {
        "text": Value("", lambda value: value),
        "language": Value("", lambda value: value),
        "title": _TEXT,
        "first": _pattern("the number of a line", r"[0-9]{1,6}"),
        "marked": _pattern("lines, like 2 4-6", r"(?=.*\d)[\d\s,|-]+"),
    },
    "#division": {
        "kind": Value("", lambda value: value),
        "of": _pattern("the name of an exercise, like exr-oil", r"[a-z]{2,3}-\S+"),
    },
    "#math": {"text": Value("", lambda value: value)},
    "#equation": {"text": Value("", lambda value: value)},
    "#note": {"label": Value("", lambda value: value)},
    "#key": {
        "key": Value("", lambda value: value),
        "bare": _switch("bare"),
    },
    "#index": {
        **dict.fromkeys(("entry", "sort", "see", "see-also"), _TEXT),
        "range": _one_of("start or end", "start end"),
    },
    "#term": {"of": _TEXT},
}
# What Markdown has and HTML has not, as its author writes it.
_WRITTEN: Mapping[str, str] = {"#index": "[…]{.index}", "#term": "[…]{.term}"}

_PARTS = (
    "abstract acknowledgments afterword appendix bibliography chapter colophon"
    " conclusion credit credits dedication endnotes epigraph epilogue errata example"
    " foreword glossary index introduction notice pagelist part preface prologue"
    " pullquote qna toc"
)
_SECTION_ROLES = frozenset(
    {"group", "note", "presentation"} | {f"doc-{part}" for part in _PARTS.split()}
)
_ANY_ROLE = _SECTION_ROLES | {
    *("article", "definition", "document", "figure", "none", "separator", "term"),
    *("doc-footnote", "doc-subtitle", "doc-tip"),
}
_LIST_ROLES = frozenset({"list"})
_HEAD_ROLES = frozenset({"group", "presentation", "doc-footnote"})
_LINK_ROLES = ("doc-backlink", "doc-biblioref", "doc-glossref", "doc-noteref")

_FREE = (
    "div p pre blockquote address hgroup figure table"
    " abbr b bdi bdo cite code data del dfn em i ins kbd mark q ruby rt rp s samp"
    " small span strong sub sup time u var"
)

# Roles of WAI-ARIA and DPUB-ARIA by element, as EPUBCheck's grammar has them; those
# that act, that are deprecated, that need a name, a parent or children of some kind, or
# that take from lists and headings what they say are not here.
ROLES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_FREE.split(), _ANY_ROLE),
    "section": _SECTION_ROLES,
    "article": frozenset({"article", "document", "presentation"}),
    "aside": frozenset(
        {"note", "presentation", "doc-dedication", "doc-example", "doc-footnote"}
        | {"doc-glossary", "doc-pullquote", "doc-tip"}
    ),
    "header": _HEAD_ROLES,
    "footer": _HEAD_ROLES,
    "hr": frozenset({"presentation", "separator"}),
    "ul": _LIST_ROLES,
    "ol": _LIST_ROLES,
    "li": frozenset({"listitem"}),
    **{f"h{level}": frozenset({"doc-subtitle"}) for level in range(1, 7)},
    "figcaption": frozenset({"group", "presentation"}),
    "details": frozenset({"group"}),
    "a": frozenset({"link", *_LINK_ROLES}),
}

_ALIGNED: Mapping[str, str] = {
    **{name: name for name in ("left", "center", "right", "justify")},
    "middle": "center",
    "start": "left",
    "end": "right",
}
_DATA = re.compile(r"data-[a-z_][a-z0-9_.-]*")
_HIDDEN = "hidden text is shown; to leave it out, make it a comment"


def conform_attributes(draft: Draft, say: Say) -> None:
    """Leave of what is written on *draft* what HTML and EPUB allow there."""
    if not draft.attributes:
        return
    say_conditions(draft.attributes)
    kept: dict[str, str] = {}
    classes: dict[str, str] = {}
    own = OWN.get(draft.tag, {})
    for name, written in draft.attributes.items():
        value = clean_text(written)
        if kind := own.get(name) or GLOBAL.get(name):
            fitted = kind.fit(value)
            if fitted is not None:
                kept[name] = fitted
            else:
                _say_bad(draft, name, value, kind, say)
        elif name == "style":
            _read_style(draft, value, kept, classes, say)
        elif name in {"align", "fig-align"}:
            classes.setdefault("align", _ALIGNED.get(value.strip().lower(), ""))
        else:
            _read_other(draft, name, value, kept, say)
    if added := " ".join(filter(None, classes.values())):
        kept["class"] = _classes(f"{kept.get('class', '')} {added}") or ""
    draft.attributes = kept


def _say_bad(draft: Draft, name: str, value: str, kind: Value, say: Say) -> None:
    if draft.tag == "#code":
        message = f"a listing says `{value}` where {kind.name} should stand; left out"
        say(draft.line, "bad-attribute", message, "")
        return
    if name == "href":
        _say_link(draft, value, say)
    elif kind.name:
        shown = _WRITTEN.get(draft.tag, f"<{draft.tag}>")
        message = f"`{name}={value}` of `{shown}` is not {kind.name}; left out"
        say(draft.line, "bad-attribute", message, "")


def _say_link(draft: Draft, url: str, say: Say) -> None:
    shown = shorten(url, 60)
    if is_unsafe(url):
        message = f"a book must not hold this link, so only its text stays: {shown}"
        say(draft.line, "unsafe-link", message, "")
    else:
        message = f"this address cannot be read, so only the link's text stays: {shown}"
        say(draft.line, "bad-link", message, "")


def _read_other(
    draft: Draft, name: str, value: str, kept: dict[str, str], say: Say
) -> None:
    """Attributes that are renamed or allowed under a condition. The rest goes."""
    if name.startswith("on"):
        message = f"`{name}` of `<{draft.tag}>` is left out; nothing runs in a book"
        say(draft.line, "no-script", message, "")
    elif name == "hidden":
        say(draft.line, "shown-text", _HIDDEN, "")
    elif name == "role":
        role = value.strip().lower()
        if role in ROLES.get(draft.tag, frozenset()):
            kept["role"] = role
    elif name == "xml:lang":
        if (language := _language(value)) is not None:
            kept.setdefault("lang", language)
    elif name == "name" and draft.tag in {"a", "img"}:
        if anchor := clean_id(value):
            kept.setdefault("id", anchor)
    elif _DATA.fullmatch(name):
        kept[name] = value


def _read_style(
    draft: Draft, style: str, kept: dict[str, str], classes: dict[str, str], say: Say
) -> None:
    """Keep of a style what books need: how text is aligned, how wide a picture is."""
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if name == "text-align":
            classes["align"] = _ALIGNED.get(value, "")
        elif name == "font-variant" and value == "small-caps":
            classes["font"] = "small-caps"
        elif name in {"width", "max-width"} and "width" in OWN.get(draft.tag, {}):
            share = _share(value)
            # At most the whole line is no wish: a small picture would be stretched.
            if share and (name, share) != ("max-width", "100%"):
                kept["width"] = share
        elif (name, value) in {("display", "none"), ("visibility", "hidden")}:
            say(draft.line, "shown-text", _HIDDEN, "")
