"""Turn the checked drafts of `parse.tree` into the closed tree of `model`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.lines import level_turns, split_lines
from publish.model import (
    Attributes,
    Attribution,
    Bibliography,
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    CodeLines,
    Contents,
    Definition,
    DefinitionList,
    Division,
    DivisionKind,
    Element,
    Equation,
    Figure,
    Heading,
    Image,
    Inlines,
    Line,
    LineBlock,
    Listed,
    ListItem,
    NoteList,
    OrderedList,
    PageBreak,
    Paragraph,
    Plain,
    Quote,
    SceneBreak,
    Shown,
    Span,
    Table,
    TableCell,
    TableRow,
    Term,
)
from publish.parse.callouts import find_callouts
from publish.parse.code_info import line_numbers
from publish.parse.divisions import TITLED, fit_division, other_classes
from publish.parse.draft import Draft, Node
from publish.parse.elements import is_blank, is_line, tag_of
from publish.parse.freeze_inline import (
    COLUMNS,
    attributes_of,
    freeze_inlines,
    freeze_line,
    trimmed,
)
from publish.parse.shapes import as_span

HEADINGS = {f"h{level}": level for level in range(1, 7)}
ALIGNMENTS = ("left", "center", "right")
TASK = re.compile(r"\s*\[([ xX])\](?=\s)\s*")


def freeze_blocks(children: Sequence[Draft | str]) -> Blocks:
    """Blocks as blocks; runs of text between them as `Plain`."""
    return find_callouts(tuple(_blocks(children)))


def _blocks(children: Sequence[Draft | str]) -> Iterator[Block]:
    run: list[Draft | str] = []
    for child in children:
        if isinstance(child, str) or is_line(child):
            run.append(child)
        else:
            yield from _plain(run)
            run = []
            yield _block(child)
    yield from _plain(run)


def _plain(run: Sequence[Draft | str]) -> Iterator[Plain]:
    """Nothing for white space alone; no white space at either end."""
    inlines = trimmed(freeze_inlines(run))
    if inlines:
        line = next((child.line for child in run if isinstance(child, Draft)), 0)
        yield Plain(inlines, line)


def _block(draft: Draft) -> Block:  # noqa: C901, PLR0912 - a case a kind
    match draft.tag:
        case "p":
            return Paragraph(freeze_line(draft), draft.line, attributes_of(draft))
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            level = HEADINGS[draft.tag]
            return Heading(level, freeze_line(draft), draft.line, attributes_of(draft))
        case "blockquote":
            inside = freeze_blocks(draft.children)
            return Quote(inside, draft.line, attributes_of(draft))
        case "ul":
            return BulletList(_items(draft), draft.line, attributes_of(draft))
        case "ol":
            return _ordered_list(draft)
        case "dl":
            return DefinitionList(_definitions(draft), draft.line, attributes_of(draft))
        case "#code":
            return _code_block(draft)
        case "#equation":
            source = draft.attributes["text"]
            return Equation(source, draft.line, attributes_of(draft))
        case "pre":
            return _pre(draft)
        case "hr":
            return SceneBreak(draft.line, attributes_of(draft))
        case "table":
            return _table(draft)
        case "figure":
            return _figure(draft)
        case "div" if room := _room(draft):
            return _conditional(room, attributes_of(draft).shown)
        case "div" if draft.attributes.get("id", "").startswith(_SHOWN):
            return _named(draft)
        case "#division":
            return _division(draft)
        case "#attribution":
            return Attribution(freeze_line(draft), draft.line)
        case "#stanza":
            return LineBlock(_lines(draft), draft.line)
        case "#page":
            return PageBreak(draft.line)
        case "#title":
            return Paragraph(freeze_line(draft), draft.line)
        case _:
            children = freeze_blocks(draft.children)
            if not draft.raw and all(isinstance(c, LineBlock) for c in children):
                children = level_turns(children)
            return Element(draft.tag, children, draft.line, attributes_of(draft))


def _conditional(room: Block, shown: Shown | None) -> Block:
    """Room for a list, in a division where only some editions have it."""
    if shown is None:
        return room
    return Element("div", (room,), 0, Attributes(shown=shown))


def _room(draft: Draft) -> Contents | NoteList | Bibliography | None:
    """What an empty division leaves room for: `::: toc`."""
    name = draft.attributes.get("class", "").partition(" ")[0]
    if not all(map(is_blank, draft.children)):
        return None
    # Pandoc's, which its users write as HTML too.
    if draft.attributes.get("id") == "refs":
        return Bibliography((), draft.line, attributes_of(draft))
    if draft.raw:
        return None
    if name == "bibliography":
        return Bibliography((), draft.line, attributes_of(draft))
    if name in _LISTED:
        return Contents(of=Listed(name))
    return NoteList() if name == "notes" else None


_LISTED = frozenset(map(str, Listed))


def _named(draft: Draft) -> Block:
    """What a division with the name of a figure, a table or a listing holds, with its
    last paragraph for a caption, as Quarto has it."""
    attributes = attributes_of(draft)
    if columns := draft.attributes.get(COLUMNS):
        classes = (*attributes.classes, f"columns-{columns}")
        attributes = replace(attributes, classes=classes)
    shown = freeze_blocks(draft.children)
    caption: Inlines = ()
    last = shown[-1] if len(shown) > 1 else None
    if isinstance(last, Paragraph) and not _shows(last):
        shown, caption = shown[:-1], last.children
    match shown:
        case (Table() as table,) if not table.caption:
            held = (Plain(caption, draft.line),) if caption else ()
            return replace(table, caption=held, attributes=attributes)
        case (CodeBlock() as code,):
            where = attributes.shown or code.attributes.shown
            named = replace(code.attributes, id=attributes.id, shown=where)
            return replace(code, caption=caption, attributes=named)
        case _:
            held = (Plain(caption, draft.line),) if caption else ()
            return Figure(shown, held, draft.line, attributes)


_SHOWN = ("fig-", "tbl-", "lst-")


def _shows(paragraph: Paragraph) -> bool:
    return any(isinstance(inline, Image) for inline in paragraph.children)


def _code_block(draft: Draft) -> CodeBlock:
    said = draft.attributes
    text = said["text"]
    return CodeBlock(
        text,
        draft.line,
        said["language"],
        attributes_of(draft, "title", "first", "marked"),
        caption=freeze_line(draft),
        title=said.get("title", ""),
        lines=CodeLines(
            int(said.get("first", "0")),
            line_numbers(said.get("marked", ""), text.count("\n")),
        ),
    )


def _pre(draft: Draft) -> Block:
    """Raw `<pre>` with nothing but text in it is code, as a fence would be."""
    inside = draft.children
    if len(inside) == 1 and isinstance(inside[0], Draft) and inside[0].tag == "code":
        inside = inside[0].children
    if all(isinstance(child, str) for child in inside):
        text = "".join(map(str, inside)).removeprefix("\n")
        return CodeBlock(text, draft.line, "", attributes_of(draft))
    children = (Plain(freeze_inlines(draft.children), draft.line),)
    return Element("pre", children, draft.line, attributes_of(draft))


def _division(draft: Draft) -> Division:
    kind = DivisionKind(draft.attributes["kind"])
    own = attributes_of(draft, "kind", "of")
    own = replace(own, classes=other_classes(own.classes, kind))
    title, children = _titled(draft, kind)
    if title:
        own = replace(own, id=own.id or title.attributes.id)
    of = draft.attributes.get("of", "")
    words = title.children if title else ()
    if title and (shown := title.attributes.shown):
        words = (Span("span", words, title.line, Attributes(shown=shown)),)
    children = fit_division(kind, children)
    return Division(kind, children, draft.line, words, own, answers=of)


def _titled(draft: Draft, kind: DivisionKind) -> tuple[Heading | None, Blocks]:
    """What a division is called, and what else stands in it."""
    first = next((child for child in draft.children if not is_blank(child)), "")
    blocks = freeze_blocks(draft.children)
    if isinstance(first, Draft) and first.tag == "#title":
        return Heading(1, freeze_line(first), first.line), blocks[1:]
    if kind in TITLED and blocks and isinstance(blocks[0], Heading):
        return blocks[0], blocks[1:]
    return None, blocks


def _lines(draft: Draft) -> tuple[Line, ...]:
    lines = split_lines(freeze_inlines(draft.children))
    return tuple(line for line in lines if line.children)


def _items(draft: Draft) -> tuple[ListItem, ...]:
    return tuple(_item(child) for child in draft.children if isinstance(child, Draft))


def _item(draft: Draft) -> ListItem:
    checked = _take_task(draft)
    value = draft.attributes.get("value")
    return ListItem(
        freeze_blocks(draft.children),
        draft.line,
        attributes_of(draft, "value"),
        checked,
        None if value is None else int(value),
    )


def _take_task(draft: Draft) -> bool | None:
    """GFM's `[ ]` and `[x]` at the start of an item; taken out of its text."""
    if draft.raw:
        return None
    first = next(
        (c for c in draft.children if not (isinstance(c, str) and c.isspace())), ""
    )
    holder = first if isinstance(first, Draft) and first.tag == "p" else draft
    for at, child in enumerate(holder.children):
        if not isinstance(child, str):
            return None
        if found := TASK.match(child):
            holder.children[at] = child[found.end() :]
            return found[1] != " "
        if not child.isspace():
            return None
    return None


def _ordered_list(draft: Draft) -> OrderedList:
    return OrderedList(
        _items(draft),
        draft.line,
        int(draft.attributes.get("start", "1")),
        draft.attributes.get("type", "1"),
        attributes_of(draft, "start", "type"),
    )


def _definitions(draft: Draft) -> tuple[Term | Definition, ...]:
    found: list[Term | Definition] = []
    for child in draft.children:
        if not isinstance(child, Draft):
            continue
        if child.tag == "dt":
            found.append(Term(freeze_line(child), child.line, attributes_of(child)))
        else:
            inside = freeze_blocks(child.children)
            found.append(Definition(inside, child.line, attributes_of(child)))
    return tuple(found)


def _table(draft: Draft) -> Table:
    parts: dict[str, list[Draft]] = {}
    for child in draft.children:
        if isinstance(child, Draft):
            parts.setdefault(child.tag, []).append(child)
    captions = [
        child for caption in parts.get("caption", []) for child in caption.children
    ]
    attributes = attributes_of(draft, *_WIDTHS)
    body = _rows([*parts.get("tbody", []), *parts.get("tr", [])])
    foot = _rows(parts.get("tfoot", []))
    if ROW_HEADERS in attributes.classes:
        body, foot = tuple(_with_headers(body)), tuple(_with_headers(foot))
    widths = next((draft.attributes[n] for n in _WIDTHS if n in draft.attributes), "")
    return Table(
        freeze_blocks(captions),
        _rows(parts.get("thead", [])),
        body,
        foot,
        draft.line,
        attributes,
        widths=tuple(map(int, widths.split())),
    )


# Ours, and Quarto's.
_WIDTHS = ("widths", "tbl-colwidths")
# The class of a table whose first column says what the rows are.
ROW_HEADERS = "row-headers"


def _with_headers(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    covered = 0
    for row in rows:
        if covered or not row.cells:
            covered = max(covered - 1, 0)
            yield row
            continue
        first, *others = row.cells
        covered = first.rows - 1
        yield replace(row, cells=(replace(first, header=True), *others))


def _figure(draft: Draft) -> Figure:
    parts = [child for child in draft.children if not is_blank(child)]
    above = bool(parts) and tag_of(parts[0]) == "figcaption"
    shown: list[Node] = []
    caption: list[Node] = []
    for part in parts:
        if isinstance(part, Draft) and part.tag == "figcaption":
            caption = as_span(part, part.children)
        else:
            shown.append(part)
    attributes = attributes_of(draft)
    shown_blocks, caption_blocks = freeze_blocks(shown), freeze_blocks(caption)
    return Figure(shown_blocks, caption_blocks, draft.line, attributes, above)


def _rows(sections: Sequence[Draft]) -> tuple[TableRow, ...]:
    rows = []
    for section in sections:
        inside = [section] if section.tag == "tr" else section.children
        rows += [_row(row) for row in inside if isinstance(row, Draft)]
    return tuple(rows)


def _row(draft: Draft) -> TableRow:
    cells = tuple(_cell(child) for child in draft.children if isinstance(child, Draft))
    return TableRow(cells, draft.line, attributes_of(draft))


def _cell(draft: Draft) -> TableCell:
    classes = draft.attributes.get("class", "").split()
    align = next((name for name in ALIGNMENTS if name in classes), "")
    attributes = attributes_of(draft, "colspan", "rowspan")
    kept = tuple(name for name in attributes.classes if name != align)
    return TableCell(
        freeze_blocks(draft.children),
        draft.line,
        draft.tag == "th",
        align,
        int(draft.attributes.get("colspan", "1")),
        int(draft.attributes.get("rowspan", "1")),
        replace(attributes, classes=kept),
    )
