"""Moves that make blocks and lines of text fit each other. None loses a word."""

from collections.abc import Sequence

from publish.parse.draft import Draft, Node
from publish.parse.elements import all_line, holds, is_blank, is_line

_LINKS = frozenset({"a", "#note"})
# Nothing is put inside these: links stay single, and the rest hold no elements.
_CLOSED = _LINKS | {"rp", "#code", "#equation"}


def copy_of(draft: Draft, children: list[Node]) -> Draft:
    """*draft* with other children. The first copy takes the id."""
    attributes = dict(draft.attributes)
    draft.attributes.pop("id", None)
    return Draft(draft.tag, attributes, children, draft.line, draft.raw)


def split(draft: Draft, nodes: Sequence[Node]) -> list[Node]:
    """A paragraph parted round the blocks among *nodes*."""
    parts: list[Node] = []
    line: list[Node] = []
    for node in nodes:
        if is_line(node):
            line.append(node)
            continue
        _close(draft, line, parts)
        line = []
        parts.append(node)
    _close(draft, line, parts)
    filled = [part for part in parts if not is_blank(part)]
    return [*anchor_of(draft), *filled]


def spread(draft: Draft, nodes: Sequence[Node]) -> list[Node]:
    """An element of a line put inside each block among *nodes*."""
    parts = _spread(draft, nodes)
    return [*anchor_of(draft), *parts]


def can_hold(draft: Draft, node: Node) -> bool:
    """Whether *node* may stand in *draft*, an element of a line."""
    if isinstance(node, str):
        return True
    if draft.tag == "a" and (node.tag in _LINKS or holds(node, _LINKS)):
        return False
    return is_line(node)


def _spread(draft: Draft, nodes: Sequence[Node]) -> list[Node]:
    parts: list[Node] = []
    line: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or can_hold(draft, node):
            line.append(node)
            continue
        _close(draft, line, parts)
        line = []
        if node.tag not in _CLOSED:
            node.children = _spread(draft, node.children)
        parts.append(node)
    _close(draft, line, parts)
    return parts


def _close(draft: Draft, line: list[Node], parts: list[Node]) -> None:
    if all(map(is_blank, line)):
        parts += line
    else:
        parts.append(copy_of(draft, line))


def anchor_of(draft: Draft) -> list[Node]:
    """What keeps the id of an element that goes; call it when no copy took the id."""
    if anchor := draft.attributes.pop("id", ""):
        return [Draft("span", {"id": anchor}, [], draft.line)]
    return []


def flatten(nodes: Sequence[Node], gap: str = " ") -> list[Node]:
    """*nodes* as one line: of blocks the text stays, kept apart by *gap*."""
    line: list[Node] = []
    apart = False
    for node in nodes:
        if apart and not (isinstance(node, str) and node[:1].isspace()):
            line.append(gap)
        apart = False
        if is_line(node):
            line.append(node)
            continue
        assert isinstance(node, Draft)
        if line and not (isinstance(line[-1], str) and line[-1][-1:].isspace()):
            line.append(gap)
        line += anchor_of(node)
        if node.tag == "#code":
            text = node.attributes.get("text", "")
            line += [*node.children, *([gap] if node.children else [])]
            line.append(Draft("code", {}, [text], node.line))
        elif node.tag == "#equation":
            text = node.attributes.get("text", "")
            line.append(Draft("#math", {"text": text}, [], node.line))
        else:
            line += flatten(node.children, gap)
        apart = True
    return line


def as_span(draft: Draft, nodes: Sequence[Node]) -> list[Node]:
    """A span; where it would say nothing, *nodes* alone; round blocks a division."""
    if not draft.attributes:
        return list(nodes)
    draft.tag = "span" if all_line(nodes) else "div"
    draft.children = list(nodes)
    return [draft]


def paragraphs(nodes: Sequence[Node]) -> list[Node]:
    """*nodes* among blocks: what is a line is made a paragraph."""
    return split(Draft("p", {}, [], _line_number(nodes)), nodes)


def _line_number(nodes: Sequence[Node]) -> int:
    return next((node.line for node in nodes if isinstance(node, Draft)), 0)


def loosen(draft: Draft) -> Draft:
    """A caption or the like without its parent: a paragraph, or a division."""
    draft.tag = "p" if all(map(is_line, draft.children)) else "div"
    return draft
