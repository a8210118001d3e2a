"""Turn the drafts that stand in a line into the inlines of `model`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from urllib.parse import unquote

from publish.model import (
    BARE,
    Attributes,
    Citation,
    CiteKey,
    Code,
    Emphasis,
    Image,
    IndexMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    NoteReference,
    Span,
    Strike,
    Strong,
    TermReference,
    Text,
)
from publish.parse.draft import Draft
from publish.parse.mark_tags import (
    INDEX,
    INDEX_ATTRIBUTES,
    TERM_ATTRIBUTES,
    index_mark,
    term_reference,
)
from publish.parse.shown import NOT, ONLY, shown_of

Mark = TypeVar("Mark", IndexMark, TermReference)
# Quarto's, of a figure of several pictures; its class says it.
COLUMNS = "layout-ncol"


def freeze_inlines(children: Sequence[Draft | str]) -> Inlines:
    """Texts that touch become one."""
    inlines: list[Inline] = []
    for child in children:
        if isinstance(child, Draft):
            inlines.append(_inline(child))
        elif inlines and isinstance(inlines[-1], Text):
            inlines[-1] = Text(inlines[-1].value + child)
        elif child:
            inlines.append(Text(child))
    return tuple(inlines)


def freeze_line(draft: Draft) -> Inlines:
    """What stands in a draft, without white space at either end."""
    return trimmed(freeze_inlines(draft.children))


def trimmed(inlines: Inlines) -> Inlines:
    """Without white space at either end."""
    found = list(inlines)
    while found and isinstance(found[0], Text):
        if value := found[0].value.lstrip():
            found[0] = Text(value)
            break
        del found[0]
    while found and isinstance(found[-1], Text):
        if value := found[-1].value.rstrip():
            found[-1] = Text(value)
            break
        del found[-1]
    return tuple(found)


def attributes_of(draft: Draft, *taken: str) -> Attributes:
    """What is left of a draft's attributes when its kind has taken those it knows."""
    if not draft.attributes:
        return BARE
    known = {"id", "class", "text", "language", "label", "checked", COLUMNS, *taken}
    known |= {ONLY, NOT}
    rest = [pair for pair in draft.attributes.items() if pair[0] not in known]
    classes = draft.attributes.get("class", "").split()
    return Attributes(
        draft.attributes.get("id", ""),
        # Those that begin so are of the build, and do what no author asked for.
        tuple(name for name in classes if not name.startswith("p-")),
        tuple(sorted(rest)),
        shown_of(draft.attributes),
    )


def _inline(draft: Draft) -> Inline:  # noqa: C901, PLR0912 - a case a kind
    match draft.tag:
        case "em":
            return Emphasis(freeze_inlines(draft.children), attributes_of(draft))
        case "strong":
            return Strong(freeze_inlines(draft.children), attributes_of(draft))
        case "s":
            return Strike(freeze_inlines(draft.children), attributes_of(draft))
        case "code" if all(isinstance(child, str) for child in draft.children):
            return Code("".join(map(str, draft.children)), attributes_of(draft))
        case "br":
            return LineBreak()
        case "img":
            return _image(draft)
        case "#note":
            return NoteReference(draft.attributes["label"], draft.line)
        case "#math":
            return Math(draft.attributes["text"], draft.line)
        case "#key":
            bare = "bare" in draft.attributes
            paged = "page" in draft.attributes.get("class", "").split()
            return CiteKey(draft.attributes["key"], draft.line, bare, paged)
        case "#cite":
            return Citation(freeze_inlines(draft.children), draft.line)
        case "#index":
            mark = index_mark(draft, freeze_inlines(draft.children))
            return _marked(mark, draft, *INDEX_ATTRIBUTES)
        case "#term":
            term = term_reference(draft, freeze_inlines(draft.children))
            return _marked(term, draft, *TERM_ATTRIBUTES)
        case "a" if "href" in draft.attributes:
            return Link(
                draft.attributes["href"],
                freeze_inlines(draft.children),
                draft.line,
                draft.attributes.get("title", ""),
                attributes_of(draft, "href", "title"),
            )
        case "a":
            return Span(
                "span", freeze_inlines(draft.children), draft.line, attributes_of(draft)
            )
        case _:
            inside = freeze_inlines(draft.children)
            return Span(draft.tag, inside, draft.line, attributes_of(draft))


def _marked(mark: Mark, draft: Draft, *taken: str) -> Mark:
    written = attributes_of(draft, *taken)
    if draft.tag == INDEX:
        # All that its class says the mark itself says.
        written = replace(written, classes=())
    return replace(mark, attributes=written)


def _image(draft: Draft) -> Image:
    # A raw tag's address is percent-encoded as a rule, and as a rule by hand.
    src = draft.attributes.get("src", "")
    return Image(
        unquote(src) if draft.raw else src,
        draft.attributes.get("alt"),
        draft.line,
        draft.attributes.get("title", ""),
        attributes_of(draft, "src", "alt", "title"),
    )
