"""Elements whose parts have an order: lists, terms, tables, figures, ruby."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import dropwhile, groupby, takewhile
from typing import TypeGuard

from publish.parse.attributes import Say
from publish.parse.draft import Draft, Node
from publish.parse.elements import (
    ELEMENTS,
    NO_ADDRESS,
    Place,
    holds,
    is_blank,
    tag_of,
)
from publish.parse.shapes import (
    anchor_of,
    as_span,
    flatten,
    loosen,
    paragraphs,
)

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_PARTS = _SECTIONS | _CELLS | {"tr", "caption"}


def as_blocks(nodes: Sequence[Node], say: Say) -> list[Node]:
    """Give each element that strayed from its parent such a parent."""
    if not any(_home(node) for node in nodes):
        return list(nodes)
    blocks: list[Node] = []
    run: list[Node] = []
    home = ""
    for node in nodes:
        if run and is_blank(node):
            run.append(node)
            continue
        if run and _home(node) != home:
            blocks += _housed(home, run, say)
            run = []
        home = _home(node)
        (run if home else blocks).append(node)
    return [*blocks, *_housed(home, run, say)]


def _home(node: Node) -> str:
    return "" if isinstance(node, str) else ELEMENTS[node.tag].home


def _housed(home: str, run: list[Node], say: Say) -> list[Node]:
    """*run*, which begins with an element of that home unless it is empty."""
    first = run[0] if run else ""
    if isinstance(first, str):
        return []
    if home in _HOMES:
        _say_stray(first, f"a `<{home}>` is put round it", say)
        return _HOMES[home](Draft(home, {}, [], first.line), run, say)
    loose: list[Node] = []
    for node in run:
        if isinstance(node, str):
            loose.append(node)
        elif home == "p":
            _say_stray(node, "shown as a paragraph", say)
            loose.append(loosen(node))
        else:
            loose += as_span(node, node.children)
    return loose


def _say_stray(draft: Draft, instead: str, say: Say) -> None:
    if draft.raw:
        message = f"`<{draft.tag}>` stands where it cannot; {instead}"
        say(draft.line, "misplaced-tag", message, "")


def make_list(ul: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """Only items in a list; what stands between two becomes one, or joins the first."""
    items: list[Draft] = []
    strays: list[Node] = []

    def close() -> None:
        if not all(map(is_blank, strays)):
            items.append(Draft("li", {}, as_blocks(strays, say), ul.line))
        strays.clear()

    for node in nodes:
        if isinstance(node, Draft) and node.tag == "li":
            close()
            items.append(node)
        elif tag_of(node) in {"ul", "ol"} and items and all(map(is_blank, strays)):
            items[-1].children.append(node)
        else:
            strays.append(node)
    close()
    if ul.tag == "ul":
        for item in items:
            item.attributes.pop("value", None)
    return _filled(ul, items)


def _filled(draft: Draft, children: Sequence[Node]) -> list[Node]:
    """*draft* with its children, or nothing where there are none."""
    draft.children = list(children)
    return [draft] if children else anchor_of(draft)


def make_terms(dl: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """Each run of definitions after a term; what comes before the first term goes out.

    What stands between two belongs to the definition before it.
    """
    before: list[Node] = []
    parts: list[Draft] = []
    for node in nodes:
        tag = tag_of(node)
        if is_blank(node):
            continue
        if isinstance(node, Draft) and (tag == "dt" or (tag == "dd" and parts)):
            parts.append(node)
        elif isinstance(node, Draft) and tag == "dd":
            _say_stray(node, "no term comes first, so it is put before the list", say)
            before.append(loosen(node))
        elif not parts:
            before.append(node)
        elif parts[-1].tag == "dd":
            parts[-1].children += as_blocks([node], say)
        else:
            parts.append(Draft("dd", {}, as_blocks([node], say), dl.line))
    if parts and parts[-1].tag == "dt":
        parts.append(Draft("dd", {}, [], parts[-1].line))
    return [*paragraphs(before), *_filled(dl, parts)]


def make_table(table: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """Caption, head, bodies, foot, in this order; anything else goes before the table,
    where browsers put it too."""
    before = _asides(nodes, _PARTS)
    if before:
        message = "text inside `<table>` but in no cell; it is put before the table"
        say(table.line, "misplaced-tag", message, "")
    captions = [
        node for node in nodes if isinstance(node, Draft) and node.tag == "caption"
    ]
    before += map(loosen, captions[1:])
    sections = _with_head(_sections(nodes))
    for section in sections:
        _bound_spans(section)
    filled = [section for section in sections if section.children]
    _name_sections(filled)
    if not filled:
        return [*before, *map(loosen, captions[:1]), *anchor_of(table)]
    _check_widths(table, filled, say)
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    ordered = sorted(filled, key=lambda part: order[part.tag])
    table.children = [*captions[:1], *ordered]
    return [*before, table]


def _check_widths(table: Draft, sections: Sequence[Draft], say: Say) -> None:
    """Widths that are not those of the columns would make more columns, or fewer."""
    columns = max(map(_columns, sections))
    for name in ("widths", "tbl-colwidths"):
        widths = table.attributes.get(name, "").split()
        if widths and len(widths) != columns:
            del table.attributes[name]
            message = f"the table has {columns} columns, and {len(widths)} widths"
            hint = f"give `{name}` a width for each column"
            say(table.line, "bad-attribute", f"{message}; left out", hint)


def _columns(section: Draft) -> int:
    rows = [row.children for row in section.children if isinstance(row, Draft)]
    return max(
        (
            sum(int(c.attributes.get("colspan", "1")) for c in row if _is_cell(c))
            for row in rows
        ),
        default=0,
    )


def _is_cell(node: Node) -> TypeGuard[Draft]:
    return isinstance(node, Draft)


def _asides(nodes: Sequence[Node], parts: frozenset[str]) -> list[Node]:
    """What is none of the *parts* of a table, each run of it a paragraph."""
    asides: list[Node] = []
    for is_part, run in groupby(nodes, key=lambda node: tag_of(node) in parts):
        if not is_part:
            asides += paragraphs(list(run))
    return asides


def _sections(nodes: Sequence[Node]) -> list[Draft]:
    """The sections among *nodes*; rows and cells without one get one together."""
    sections: list[Draft] = []
    implied = False
    for node in nodes:
        if isinstance(node, str) or node.tag not in _PARTS - {"caption"}:
            continue
        if node.tag in _SECTIONS:
            sections.append(node)
            implied = False
            continue
        if not implied:
            sections.append(Draft("tbody", {}, [], node.line))
            implied = True
        sections[-1].children.append(node)
    for section in sections:
        section.children = list(_rows(section.children))
    return sections


def _rows(nodes: Sequence[Node]) -> list[Draft]:
    """Rows with cells; cells without a row get one together."""
    rows: list[Draft] = []
    implied = False
    for node in nodes:
        if isinstance(node, str):
            continue
        if node.tag == "tr":
            rows.append(node)
            implied = False
        elif implied:
            rows[-1].children.append(node)
        else:
            rows.append(Draft("tr", {}, [node], node.line))
            implied = True
    return rows


def _with_head(sections: list[Draft]) -> list[Draft]:
    """The first rows of a table without a head are its head, if they hold nothing but
    heads and no row below does: such a row would begin a group."""
    if not sections or any(section.tag == "thead" for section in sections):
        return sections
    first, *others = sections
    rows = [row for row in first.children if isinstance(row, Draft)]
    below = list(dropwhile(_is_heads, rows))
    head = rows[: len(rows) - len(below)]
    later = [*below, *(row for section in others for row in section.children)]
    if first.tag != "tbody" or not head or not below or any(map(_is_heads, later)):
        return sections
    for left, row in zip(range(len(head), 0, -1), head, strict=True):
        cells = filter(_is_cell, row.children)
        if any(int(cell.attributes.get("rowspan", "1")) > left for cell in cells):
            return sections
    first.children = list(below)
    return [Draft("thead", {}, list(head), head[0].line), *sections]


def _is_heads(row: Node) -> bool:
    cells = row.children if isinstance(row, Draft) else []
    return bool(cells) and all(tag_of(cell) == "th" for cell in cells)


def _name_sections(sections: Sequence[Draft]) -> None:
    """Only the first head and the first foot are what they say."""
    seen = set()
    for section in sections:
        if section.tag in seen:
            section.tag = "tbody"
        elif section.tag != "tbody":
            seen.add(section.tag)


def _bound_spans(section: Draft) -> None:
    """No cell goes on below the last row of its section; rows without cells go."""
    rows = [row for row in section.children if isinstance(row, Draft)]
    cells = [cell for row in rows for cell in row.children if isinstance(cell, Draft)]
    if not any("rowspan" in cell.attributes for cell in cells):
        rows = [row for row in rows if row.children]
    for index, row in enumerate(rows):
        for cell in row.children:
            if isinstance(cell, Draft) and "rowspan" in cell.attributes:
                span = min(int(cell.attributes["rowspan"]), len(rows) - index)
                cell.attributes["rowspan"] = str(span)
    section.children = list(rows)


def make_rows(section: Draft, nodes: Sequence[Node], _say: Say) -> list[Node]:
    """Only rows and cells in a section of a table; the rest goes before it."""
    return _parted(section, nodes, _CELLS | {"tr"})


def make_cells(row: Draft, nodes: Sequence[Node], _say: Say) -> list[Node]:
    """Only cells in a row of a table; the rest goes before it."""
    return _parted(row, nodes, _CELLS)


def _parted(parent: Draft, nodes: Sequence[Node], own: frozenset[str]) -> list[Node]:
    parent.children = [node for node in nodes if tag_of(node) in own]
    return [*_asides(nodes, own), parent]


def make_caption(caption: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """A caption holds anything but a table."""
    caption.children = as_blocks(nodes, say)
    if holds(caption, frozenset({"table"})):
        caption.children = flatten(caption.children)
    return [caption]


def make_details(details: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """A summary, and it comes first. Without its words there is nothing to open."""
    summary = [node for node in nodes if tag_of(node) == "summary"][:1]
    rest = [node for node in nodes if not summary or node is not summary[0]]
    if summary and not _has_words(summary):
        rest = [*_inside(summary), *rest]
        summary = []
    details.children = [*summary, *as_blocks(rest, say)]
    if not summary:
        details.tag = "div"
        details.attributes.pop("open", None)
        if details.raw:
            message = "`<details>` has no `<summary>`; it is shown as a division"
            say(details.line, "misplaced-tag", message, "")
    return [details]


def _has_words(nodes: Sequence[Node]) -> bool:
    return any(
        not is_blank(node)
        if isinstance(node, str)
        else bool(node.attributes.get("alt", "").strip()) or _has_words(node.children)
        for node in nodes
    )


def _inside(nodes: Sequence[Node]) -> list[Node]:
    drafts = [node for node in nodes if isinstance(node, Draft)]
    return [node for draft in drafts for node in (*anchor_of(draft), *draft.children)]


def make_summary(summary: Draft, nodes: Sequence[Node], _say: Say) -> list[Node]:
    """A line of text, or one heading."""
    filled = [node for node in nodes if not is_blank(node)]
    heads = len(filled) == 1 and tag_of(filled[0]) in _HEADINGS
    summary.children = filled if heads else flatten(nodes)
    return [summary]


def make_figure(figure: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """One caption, at the beginning or at the end."""
    caption = [node for node in nodes if tag_of(node) == "figcaption"][:1]
    leads = bool(caption) and all(
        map(is_blank, takewhile(lambda node: node is not caption[0], nodes))
    )
    rest = [node for node in nodes if not caption or node is not caption[0]]
    blocks = as_blocks(rest, say)
    if all(map(is_blank, blocks)):
        blocks = []
    figure.children = [*caption, *blocks] if leads else [*blocks, *caption]
    return [figure]


def make_group(group: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """One heading among paragraphs, else it is a division."""
    group.children = as_blocks(nodes, say)
    tags = [tag_of(node) for node in group.children if not is_blank(node)]
    headings = sum(tag in _HEADINGS for tag in tags)
    if headings != 1 or headings + tags.count("p") != len(tags):
        group.tag = "div"
    return [group]


def make_address(address: Draft, nodes: Sequence[Node], say: Say) -> list[Node]:
    """No heading and no section stands in an address; with one it is a division."""
    address.children = as_blocks(nodes, say)
    if holds(address, NO_ADDRESS):
        address.tag = "div"
    return [address]


def make_ruby(ruby: Draft, nodes: Sequence[Node], _say: Say) -> list[Node]:
    """Base, annotation, base, annotation; a base that has none comes after."""
    parts = _ruby_parts(nodes)
    letters = "".join(map(_ruby_letter, parts))
    if not re.fullmatch(r"(b*(t+|p(tp)+))*b*", letters):
        parts = list(_without_parentheses(parts))
        letters = "".join(map(_ruby_letter, parts))
    end = max(letters.rfind("t"), letters.rfind("p")) + 1
    if "t" not in letters:
        return as_span(ruby, parts)
    ruby.children = parts[:end]
    return [ruby, *parts[end:]]


def _without_parentheses(parts: Sequence[Node]) -> Iterator[Node]:
    """What `<rp>` holds in its place."""
    for part in parts:
        if isinstance(part, Draft) and part.tag == "rp":
            yield from part.children
        else:
            yield part


def _ruby_parts(nodes: Sequence[Node]) -> list[Node]:
    """*nodes* without the white space round annotations, blocks made text."""
    parts: list[Node] = []
    for node in nodes:
        if is_blank(node) and parts and tag_of(parts[-1]) in {"rt", "rp"}:
            continue
        if isinstance(node, str) or ELEMENTS[node.tag].stands is Place.LINE:
            parts.append(node)
        elif node.tag in {"rt", "rp"}:
            while parts and is_blank(parts[-1]):
                parts.pop()
            parts.append(node)
        else:
            parts += flatten([node])
    return parts


def _ruby_letter(node: Node) -> str:
    return {"rt": "t", "rp": "p"}.get(tag_of(node), "b")


def open_groups(nodes: Sequence[Node]) -> list[Node]:
    """The parts of a list of terms without the divisions that group them."""
    opened: list[Node] = []
    for node in nodes:
        if isinstance(node, Draft) and node.tag == "div":
            inner = open_groups(node.children)
            if any(tag_of(child) in {"dt", "dd"} for child in inner):
                opened += [*anchor_of(node), *inner]
                continue
        opened.append(node)
    return opened


_HOMES: Mapping[str, Callable[[Draft, Sequence[Node], Say], list[Node]]] = {
    "ul": make_list,
    "dl": make_terms,
    "table": make_table,
}
