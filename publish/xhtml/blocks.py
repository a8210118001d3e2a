"""Blocks, as XHTML."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from publish.lines import INDENT
from publish.model import (
    STATEMENTS,
    Attributes,
    Attribution,
    Bibliography,
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Contents,
    DefinitionList,
    Division,
    DivisionKind,
    Element,
    Equation,
    Figure,
    Generated,
    Heading,
    Index,
    Inline,
    Line,
    LineBlock,
    ListItem,
    NoteList,
    OrderedList,
    PageBreak,
    Paragraph,
    Plain,
    Quote,
    SceneBreak,
    Span,
    Table,
    TableCell,
    TableRow,
    Term,
)
from publish.walk import has_words, walk_inlines
from publish.xhtml.code import code_xhtml
from publish.xhtml.inlines import inlines_xhtml
from publish.xhtml.lists import bibliography_xhtml, contents_xhtml, index_xhtml
from publish.xhtml.output import Output, element, escape

# The elements of divisions of these kinds; "div" for the rest.
_DIVISIONS: Mapping[DivisionKind, str] = {
    DivisionKind.EPIGRAPH: "blockquote",
    **dict.fromkeys(
        (
            DivisionKind.PULL_QUOTE,
            DivisionKind.SIDEBAR,
            DivisionKind.NOTE,
            DivisionKind.TIP,
        ),
        "aside",
    ),
    # What warns is none: it must not be passed over.
    **dict.fromkeys(
        (
            DivisionKind.DEDICATION,
            DivisionKind.IMPORTANT,
            DivisionKind.WARNING,
            DivisionKind.CAUTION,
            DivisionKind.EXAMPLE,
        ),
        "section",
    ),
}
_TITLE = Attributes(classes=("title",))
# As far as a line may go on that is too long, where the style has no name for it.
_COMMON_TURN = 2
TICKED, UNTICKED = "\N{BALLOT BOX WITH CHECK}", "\N{BALLOT BOX}"


def blocks_xhtml(blocks: Blocks, output: Output) -> str:
    return "\n".join([_block(block, output) for block in blocks])


def _block(block: Block, output: Output) -> str:  # noqa: C901, PLR0912 - a case a kind
    match block:
        case Paragraph(children, _, attributes):
            return element("p", inlines_xhtml(children, output), attributes, output)
        case Plain(children):
            return inlines_xhtml(children, output)
        case Heading():
            return _heading(block, output)
        case CodeBlock():
            return code_xhtml(block, output)
        case Equation():
            return _equation(block, output)
        case Quote(children, _, attributes):
            return element("blockquote", _within(children, output), attributes, output)
        case BulletList(items, _, attributes):
            return element("ul", _items(items, output), attributes, output)
        case OrderedList():
            return _ordered_list(block, output)
        case DefinitionList():
            return _definition_list(block, output)
        case SceneBreak(_, attributes):
            return element("hr", "", attributes, output)
        case Table():
            return _table(block, output)
        case Figure():
            return _figure(block, output)
        case Division():
            return _division(block, output)
        case Attribution(children, _, attributes):
            inside = inlines_xhtml(children, output)
            return element("p", inside, attributes, output, "source")
        case LineBlock():
            return _line_block(block, output)
        case PageBreak():
            return output.page_break
        case Element():
            return _plain_division(block, output)
        case Contents(entries):
            return contents_xhtml(entries, output)
        case NoteList():
            return output.notes(block)
        case Index():
            return index_xhtml(block, output)
        case Bibliography():
            return bibliography_xhtml(block, output)
        case _:
            assert_never(block)


def _within(children: Blocks, output: Output) -> str:
    """Blocks inside another block: on lines of their own, unless it is bare text."""
    inside = blocks_xhtml(children, output)
    return inside if all(isinstance(c, Plain) for c in children) else f"\n{inside}\n"


def _heading(heading: Heading, output: Output) -> str:
    inside = inlines_xhtml(heading.children, output)
    if heading.number:
        inside = f'<span class="p-number">{escape(heading.number)}</span> {inside}'
    return element(f"h{heading.level}", inside, heading.attributes, output)


def _equation(equation: Equation, output: Output) -> str:
    name, numbered = output.prefix, ""
    inside = f'\n<div class="{name}formula">{output.formula(equation)}</div>\n'
    if equation.number:
        number = escape(f"({equation.number})")
        inside += f'<p class="{name}equation-number">{number}</p>\n'
        numbered = f"{name}numbered"
    classes = (f"{name}equation", numbered)
    return element("div", inside, equation.attributes, output, *classes)


def _items(items: tuple[ListItem, ...], output: Output) -> str:
    return "\n" + "\n".join([_item(item, output) for item in items]) + "\n"


def _item(item: ListItem, output: Output) -> str:
    number = "" if item.value is None else str(item.value)
    children, name = item.children, ""
    if item.checked is not None:
        children, name = _with_box(children, item.checked), "task"
    inside = _within(children, output)
    return element("li", inside, item.attributes, output, name, value=number)


def _with_box(children: Blocks, checked: bool) -> Blocks:
    """The box of a task stands in the line of its first words."""
    sign = Generated(TICKED if checked else UNTICKED)
    box = (Span("span", (sign,), 0, Attributes(classes=("box",))), Generated(" "))
    first = children[0] if children else None
    if isinstance(first, Paragraph | Plain):
        return (replace(first, children=(*box, *first.children)), *children[1:])
    return (Plain(box, 0), *children)


def _ordered_list(block: OrderedList, output: Output) -> str:
    return element(
        "ol",
        _items(block.items, output),
        block.attributes,
        output,
        start="" if block.start == 1 else str(block.start),
        type="" if block.style == "1" else block.style,
    )


def _definition_list(block: DefinitionList, output: Output) -> str:
    rows = []
    for item in block.items:
        if isinstance(item, Term):
            write = _defined_term if block.glossary else _term
            rows.append(write(item, output))
        else:
            inside = _within(item.children, output)
            more = output.meaning("glossdef") if block.glossary else {}
            rows.append(element("dd", inside, item.attributes, output, **more))
    return element("dl", "\n" + "\n".join(rows) + "\n", block.attributes, output)


def _term(term: Term, output: Output) -> str:
    inside = inlines_xhtml(term.children, output)
    return element("dt", inside, term.attributes, output)


def _defined_term(term: Term, output: Output) -> str:
    # One definition does not stand in another.
    tag = "span" if any(map(_is_definition, walk_inlines(term.children))) else "dfn"
    inside, more = inlines_xhtml(term.children, output), output.meaning("glossterm")
    return f"<dt>{element(tag, inside, term.attributes, output, **more)}</dt>"


def _is_definition(inline: Inline) -> bool:
    return isinstance(inline, Span) and inline.tag == "dfn"


def _table(table: Table, output: Output) -> str:
    parts, width = [""], ""
    if table.caption:
        parts.append(f"<caption>{_within(table.caption, output)}</caption>")
    if table.widths:
        width = f"{min(sum(table.widths), 100)}%"
        parts.append(_columns(table.widths))
    sections = (("thead", table.head), ("tbody", table.body), ("tfoot", table.foot))
    for tag, rows in sections:
        if rows:
            scope = "col" if tag == "thead" else "row"
            lines = "\n".join([_row(row, scope, output) for row in rows])
            parts.append(f"<{tag}>\n{lines}\n</{tag}>")
    parts.append("")
    inside = "\n".join(parts)
    return element("table", inside, table.attributes, output, width=width)


def _columns(widths: tuple[int, ...]) -> str:
    """Their shares of the table, whatever that takes of the line."""
    shares = (round(100 * width / sum(widths)) for width in widths)
    columns = "".join(f'<col style="width: {share}%" />' for share in shares)
    return f"<colgroup>{columns}</colgroup>"


def _figure(figure: Figure, output: Output) -> str:
    parts = [_within(figure.children, output).strip("\n")]
    if figure.caption:
        inside = _within(figure.caption, output)
        parts.insert(0 if figure.above else 1, f"<figcaption>{inside}</figcaption>")
    inside = "\n".join(["", *parts, ""])
    return element("figure", inside, figure.attributes, output)


def _division(division: Division, output: Output) -> str:
    children, title = division.children, division.title
    first = children[0] if children else None
    parts = [""]
    if title and division.kind in STATEMENTS and isinstance(first, Paragraph):
        head = (Span("span", title, 0, _TITLE), Generated(" "))
        first = replace(first, children=(*head, *first.children))
        children = (first, *children[1:])
    elif title:
        parts.append(element("p", inlines_xhtml(title, output), _TITLE, output))
    if children:
        parts.append(_within(children, output).strip("\n"))
    inside = "\n".join([*parts, ""])
    return element(
        _DIVISIONS.get(division.kind, "div"),
        inside,
        division.attributes,
        output,
        "p-division",
        division.kind.value,
        **output.division(division.kind),
    )


def _line_block(block: LineBlock, output: Output) -> str:
    turn = "" if block.turn == _COMMON_TURN else f"p-turn-{block.turn}"
    lines = "\n".join([_line(line, output) for line in block.lines])
    return element("p", lines, block.attributes, output, turn)


def _line(line: Line, output: Output) -> str:
    indent = INDENT * line.indent
    return f'<span class="p-line">{indent}{inlines_xhtml(line.children, output)}</span>'


def _row(row: TableRow, scope: str, output: Output) -> str:
    cells = "".join([_cell(cell, scope, output) for cell in row.cells])
    return element("tr", cells, row.attributes, output)


def _cell(cell: TableCell, scope: str, output: Output) -> str:
    # An empty header names nothing; a screen reader would still announce it.
    header = cell.header and has_words(cell.children)
    return element(
        "th" if header else "td",
        _within(cell.children, output),
        cell.attributes,
        output,
        cell.align,
        colspan="" if cell.columns == 1 else str(cell.columns),
        rowspan="" if cell.rows == 1 else str(cell.rows),
        scope=scope if header and not cell.attributes.get("scope") else "",
    )


def _plain_division(division: Element, output: Output) -> str:
    inside = _within(division.children, output)
    word = _WORDS.get(division.attributes.get("role"))
    more = output.meaning(word) if word else {}
    return element(division.tag, inside, division.attributes, output, **more)


# What passes make of an author's divisions, by their roles.
_WORDS = {"doc-glossary": "glossary"}
