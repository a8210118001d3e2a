"""Make of what an author wrote a tree that is valid in an EPUB. No word is lost.

`elements` is the table of what each element may hold, `attributes` of what may be
written on it. What does not fit is unwrapped, wrapped, parted or renamed here, from
the innermost outwards: so each rule finds children that are in order already, but for
those that want another parent, which the parent's own rule gives them.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from publish.parse.attributes import Say, conform_attributes
from publish.parse.draft import Draft, Node
from publish.parse.elements import (
    ELEMENTS,
    NEVER_INSIDE,
    WAYS,
    Content,
    Place,
    Way,
    all_line,
    is_line,
    tag_of,
)
from publish.parse.mark_tags import name_mark
from publish.parse.shapes import (
    anchor_of,
    as_span,
    can_hold,
    flatten,
    split,
    spread,
)
from publish.parse.span_kinds import name_kind
from publish.parse.structures import (
    as_blocks,
    make_address,
    make_caption,
    make_cells,
    make_details,
    make_figure,
    make_group,
    make_list,
    make_rows,
    make_ruby,
    make_summary,
    make_table,
    make_terms,
    open_groups,
)
from publish.signs import clean_text

# `parse.tree` stops at 100. What was put round elements without their parent may make
# that more, and WeasyPrint recurses to death beyond about 137 nested boxes.
_DEPTH = 110
_FOREIGN_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

# Elements that mean nothing without one of their attributes.
_WANTED = {"a": "href", "bdo": "dir", "data": "value"}

Rule = Callable[[Draft, Sequence[Node], Say], list[Node]]


def conform(root: Draft, say: Say) -> None:
    """Change what *root* holds so that it is valid below an EPUB's body.

    Conforming twice changes nothing more. The pictures' addresses are left as they
    are, and so is whether a link leads anywhere.

    say: is given line, code, message and hint of what was dropped or changed
    """
    root.children = as_blocks(_fit_all(root.children, frozenset(), _sparing(say)), say)
    _bound_depth(root, 0, say)


def _bound_depth(draft: Draft, level: int, say: Say) -> None:
    """Make lines of the blocks that stand too deep once each has its proper parent."""
    for child in draft.children:
        if isinstance(child, str) or not child.children:
            continue
        if level >= _DEPTH and _is_block(child) and not all_line(child.children):
            say(child.line, "too-deep", "nested too deep; shown as plain text", "")
            child.tag = "div"
            child.attributes = {}
            child.children = flatten(child.children)
        else:
            _bound_depth(child, level + 1, say)


def _is_block(draft: Draft) -> bool:
    return ELEMENTS[draft.tag].stands is Place.BLOCK


def _sparing(say: Say) -> Say:
    """*say*, but once a chapter for what is only out of fashion."""
    said: set[str] = set()

    def sparing(line: int, code: str, message: str, hint: str) -> None:
        if code == "old-tag":
            if message in said:
                return
            said.add(message)
        say(line, code, message, hint)

    return sparing


def _fit_all(nodes: Iterable[Node], inside: frozenset[str], say: Say) -> list[Node]:
    """inside: those elements round *nodes* that do not allow themselves again"""
    fitted: list[Node] = []
    for node in nodes:
        if isinstance(node, Draft):
            fitted += _fit(node, inside, say)
        elif text := clean_text(node):
            fitted.append(text)
    return fitted


def _fit(draft: Draft, inside: frozenset[str], say: Say) -> list[Node]:
    """What stands in the place of *draft*."""
    name_mark(draft)
    name_kind(draft)
    if way := WAYS.get(draft.tag):
        if way.code:
            message = way.message.format(tag=draft.tag)
            say(draft.line, way.code, message, way.hint)
        if not way.becomes:
            return _unwrapped(draft, way, inside, say)
        _rename(draft, way)
    if draft.tag not in ELEMENTS:
        return _unwrapped(draft, Way(), inside, say)
    never, instead = NEVER_INSIDE.get(draft.tag, (frozenset(), ""))
    if never & inside:
        if draft.tag == "abbr":
            # The outer one says what it stands for.
            draft.attributes.pop("title", None)
        draft.tag = instead
    conform_attributes(draft, say)
    _rename_for_attributes(draft, say)
    if draft.tag in NEVER_INSIDE:
        inside |= {draft.tag}
    if draft.tag == "dl":
        draft.children = open_groups(draft.children)
    children = _fit_all(draft.children, inside, say)
    return _RULES[ELEMENTS[draft.tag].holds](draft, children, say)


def _unwrapped(draft: Draft, way: Way, inside: frozenset[str], say: Say) -> list[Node]:
    draft.attributes = {
        name: value for name, value in draft.attributes.items() if name == "id"
    }
    conform_attributes(draft, say)
    inner = draft.children if way.keeps else []
    if way.foreign:
        inner = [node for node in inner if not _is_foreign_tag(node)]
    children = _fit_all(inner, inside, say)
    gap: list[Node] = [" "] if way.spaced else []
    return [*anchor_of(draft), *gap, *children, *gap]


def _is_foreign_tag(node: Node) -> bool:
    """Whether *node* is a tag that came as text, since HTML has no such name."""
    return isinstance(node, str) and bool(_FOREIGN_TAG.fullmatch(node))


def _rename(draft: Draft, way: Way) -> None:
    draft.tag = way.becomes
    if way.classes:
        classes = draft.attributes.get("class", "")
        draft.attributes["class"] = f"{classes} {way.classes}"


def _rename_for_attributes(draft: Draft, say: Say) -> None:
    """An element that lacks the attribute that gives it its meaning is a span."""
    wanted = _WANTED.get(draft.tag)
    if wanted and wanted not in draft.attributes:
        draft.tag = "span"
        conform_attributes(draft, say)


def _nothing(draft: Draft, nodes: Sequence[Node], _say: Say) -> list[Node]:
    if draft.tag == "img" and not draft.attributes.get("src"):
        alt = draft.attributes.get("alt", "")
        return [*anchor_of(draft), *([alt] if alt else []), *nodes]
    draft.children = []
    return [draft, *nodes]


def _text(draft: Draft, nodes: Sequence[Node], _say: Say) -> list[Node]:
    """Text alone; what holds more gives way to what it holds."""
    if any(isinstance(node, Draft) for node in nodes):
        return [*anchor_of(draft), *nodes]
    draft.children = list(nodes)
    return [draft]


def _paragraph(draft: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    nodes = as_blocks(nodes, say)
    if not all_line(nodes):
        return split(draft, nodes)
    draft.children = list(nodes)
    return [draft]


def _headline(draft: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    if stray := [node for node in nodes if not is_line(node)]:
        if draft.tag != "dt":
            message = (
                f"`<{_shown(stray[0])}>` cannot stand in `<{draft.tag}>`;"
                " its text stays there"
            )
            say(draft.line, "misplaced-tag", message, "")
        nodes = flatten(nodes, "\n" if draft.tag == "pre" else " ")
    draft.children = list(nodes)
    return [draft]


def _shown(node: Node) -> str:
    return tag_of(node).replace("#code", "pre")


def _spread(draft: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    if draft.tag == "time" and "datetime" not in draft.attributes:
        draft.tag = "time" if all(isinstance(node, str) for node in nodes) else "span"
    nodes = as_blocks(nodes, say)
    if draft.tag == "span":
        return as_span(draft, nodes)
    if draft.tag == "a" and not all(can_hold(draft, node) for node in nodes):
        _say_inner_link(draft, nodes, say)
        return spread(draft, nodes)
    if not all_line(nodes):
        return spread(draft, nodes)
    draft.children = list(nodes)
    return [draft]


def _say_inner_link(draft: Draft, nodes: Sequence[Node], say: Say) -> None:
    if any(is_line(node) and not can_hold(draft, node) for node in nodes):
        message = "a link inside a link; the outer one is parted round it"
        say(draft.line, "misplaced-tag", message, "")


def _blocks(draft: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    # `<div><img><figcaption>` is what many write for a figure.
    if draft.tag == "div" and [*map(tag_of, nodes)].count("figcaption") == 1:
        draft.tag = "figure"
        return make_figure(draft, nodes, say)
    draft.children = as_blocks(nodes, say)
    return [draft]


_RULES: Mapping[Content, Rule] = {
    Content.NOTHING: _nothing,
    Content.TEXT: _text,
    Content.PARAGRAPH: _paragraph,
    Content.HEADLINE: _headline,
    Content.SPREAD: _spread,
    Content.BLOCKS: _blocks,
    Content.LIST: make_list,
    Content.TERMS: make_terms,
    Content.TABLE: make_table,
    Content.ROWS: make_rows,
    Content.CELLS: make_cells,
    Content.CAPTION: make_caption,
    Content.DETAILS: make_details,
    Content.SUMMARY: make_summary,
    Content.FIGURE: make_figure,
    Content.GROUP: make_group,
    Content.ADDRESS: make_address,
    Content.RUBY: make_ruby,
}
