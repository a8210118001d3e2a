"""Write blocks as XHTML. Both outputs are made of this; `Output` is how they differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from publish.addresses import leaves_the_book
from publish.lines import INDENT
from publish.model import (
    BARE,
    PLAIN_LINES,
    STATEMENTS,
    Attributes,
    Attribution,
    Bibliography,
    Block,
    Blocks,
    BulletList,
    Citation,
    CiteKey,
    Code,
    CodeBlock,
    CodeToken,
    Contents,
    DefinitionList,
    Division,
    DivisionKind,
    Element,
    Emphasis,
    Entry,
    Equation,
    Figure,
    Generated,
    Heading,
    Image,
    Index,
    IndexEntry,
    IndexGroup,
    IndexMark,
    IndexPlace,
    IndexReference,
    Inline,
    Inlines,
    Line,
    LineBlock,
    LineBreak,
    Link,
    ListItem,
    Math,
    NoteList,
    NoteReference,
    OrderedList,
    PageBreak,
    PageReference,
    Paragraph,
    Plain,
    Quote,
    SceneBreak,
    SourceEntry,
    Span,
    Strike,
    Strong,
    Table,
    TableCell,
    TableRow,
    Target,
    Term,
    TermReference,
    Text,
)
from publish.walk import has_words, lines_of_code, walk_inlines

# Elements that HTML writes without an end tag and XHTML closes at once.
VOID = frozenset({"br", "hr", "img", "wbr"})
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


@dataclass(frozen=True, slots=True)
class Output:
    """How one output writes what the tree leaves open, for one chapter.

    href: address of a place in the book
    picture: address of the `ImageFile` of that name
    anchor: an id of this chapter as the output wants it
    note: the call of a note, as XHTML
    page: the number of a page of print, as XHTML
    notes: notes where they stand, as XHTML
    formula: mathematics, as XHTML
    places: where an entry of the index leads, as XHTML that goes on behind its words;
        it is given the comma of lists too
    meaning: attributes that say what an element is, by its word in the EPUB Structural
        Semantics Vocabulary; none where nobody would read them
    division: the same for a division, by its kind
    page_break: as XHTML; empty where there are no pages
    prefix: of the classes of what the tool makes, where an author might have the same
    """

    href: Callable[[Target], str]
    picture: Callable[[str], str]
    anchor: Callable[[str], str]
    note: Callable[[NoteReference], str]
    page: Callable[[PageReference], str]
    notes: Callable[[NoteList], str]
    places: Callable[[tuple[IndexPlace, ...], str], str]
    formula: Callable[[Math | Equation], str]
    meaning: Callable[[str], Mapping[str, str]] = lambda _: {}
    division: Callable[[DivisionKind], Mapping[str, str]] = lambda _: {}
    page_break: str = ""
    prefix: str = ""


def escape(text: str) -> str:
    """Text for XML, outside and inside of double quotes."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )


def blocks_xhtml(blocks: Blocks, output: Output) -> str:
    return "\n".join([_block(block, output) for block in blocks])


def inlines_xhtml(inlines: Inlines, output: Output) -> str:
    return "".join([_inline(inline, output) for inline in inlines])


def with_mark(blocks: Blocks, mark: Inlines) -> Blocks:
    """A note with its mark before its first words."""
    match blocks:
        case (Paragraph() | Plain() as first, *rest):
            return _paragraph(first, (*mark, *first.children)), *rest
        case _:
            return Paragraph(mark, 0), *blocks


def with_end(blocks: Blocks, end: Inlines) -> Blocks:
    """end: empty, or a space and what follows it"""
    if not end:
        return blocks
    match blocks:
        case (*rest, Paragraph() | Plain() as last):
            return *rest, _paragraph(last, (*last.children, *end))
        case _:
            return *blocks, Paragraph(end[1:], 0)


def _paragraph(block: Paragraph | Plain, children: Inlines) -> Block:
    attributes = block.attributes if isinstance(block, Paragraph) else BARE
    return Paragraph(children, block.line, attributes)


def attributes_xhtml(
    attributes: Attributes, output: Output, *classes: str, **more: str
) -> str:
    """Attributes of a start tag, each with a space before it.

    classes: set before the author's own; *more*: where not empty and not the author's
    """
    if attributes is BARE and not classes and not more:
        return ""
    pairs = []
    if attributes.id:
        pairs.append(("id", output.anchor(attributes.id)))
    if names := " ".join(name for name in (*classes, *attributes.classes) if name):
        pairs.append(("class", names))
    pairs += attributes.rest
    written = dict(pairs)
    pairs += [item for item in more.items() if item[1] and item[0] not in written]
    return "".join([_pair(name, value) for name, value in pairs])


def _pair(name: str, value: str) -> str:
    text = f'{name}="{escape(value)}"'
    if name == "lang":
        # XHTML wants it twice (EPUB 3.3, XHTML content documents).
        return f" {text} xml:{text}"
    if name == "width" and value.endswith("%"):
        return f' style="width: {escape(value)}"'
    return f" {text}"


def _element(
    tag: str,
    inside: str,
    attributes: Attributes,
    output: Output,
    *classes: str,
    **more: str,
) -> str:
    start = tag + attributes_xhtml(attributes, output, *classes, **more)
    return f"<{start} />" if tag in VOID else f"<{start}>{inside}</{tag}>"


def _block(block: Block, output: Output) -> str:  # noqa: C901, PLR0912 - a case a kind
    match block:
        case Paragraph(children, _, attributes):
            return _element("p", inlines_xhtml(children, output), attributes, output)
        case Plain(children):
            return inlines_xhtml(children, output)
        case Heading():
            return _heading(block, output)
        case CodeBlock():
            return _code_block(block, output)
        case Equation():
            return _equation(block, output)
        case Quote(children, _, attributes):
            return _element("blockquote", _within(children, output), attributes, output)
        case BulletList(items, _, attributes):
            return _element("ul", _items(items, output), attributes, output)
        case OrderedList():
            return _ordered_list(block, output)
        case DefinitionList():
            return _definition_list(block, output)
        case SceneBreak(_, attributes):
            return _element("hr", "", attributes, output)
        case Table():
            return _table(block, output)
        case Figure():
            return _figure(block, output)
        case Division():
            return _division(block, output)
        case Attribution(children, _, attributes):
            inside = inlines_xhtml(children, output)
            return _element("p", inside, attributes, output, "source")
        case LineBlock():
            return _line_block(block, output)
        case PageBreak():
            return output.page_break
        case Element():
            return _plain_division(block, output)
        case Contents(entries):
            return _contents(entries, output)
        case NoteList():
            return output.notes(block)
        case Index():
            return _index(block, output)
        case Bibliography():
            return _bibliography(block, output)
        case _:
            assert_never(block)


def _inline(inline: Inline, output: Output) -> str:  # noqa: C901, PLR0912 - a case a kind
    match inline:
        case Text(value) | Generated(value):
            return escape(value)
        case Code(value, attributes):
            return _element("code", escape(value), attributes, output)
        case Math():
            return output.formula(inline)
        case LineBreak():
            return "<br />\n"
        case Emphasis(children, attributes):
            return _element("em", inlines_xhtml(children, output), attributes, output)
        case Strong(children, attributes):
            inside = inlines_xhtml(children, output)
            return _element("strong", inside, attributes, output)
        case Strike(children, attributes):
            return _element("s", inlines_xhtml(children, output), attributes, output)
        case Link():
            return _link(inline, output)
        case Image():
            return _image(inline, output)
        case NoteReference():
            return output.note(inline)
        case CiteKey(key, _, bare):
            return escape(f"-@{key}" if bare else f"@{key}")
        case Citation(children):
            return f"[{inlines_xhtml(children, output)}]"
        case PageReference():
            return output.page(inline)
        case IndexMark(children, attributes=attributes):
            inside = inlines_xhtml(children, output)
            bare = attributes == BARE
            return inside if bare else _element("span", inside, attributes, output)
        case TermReference():
            return _term_reference(inline, output)
        case Span(tag, children, _, attributes):
            return _element(tag, inlines_xhtml(children, output), attributes, output)
        case _:
            assert_never(inline)


def _within(children: Blocks, output: Output) -> str:
    """Blocks inside another block: on lines of their own, unless it is bare text."""
    inside = blocks_xhtml(children, output)
    return inside if all(isinstance(c, Plain) for c in children) else f"\n{inside}\n"


def _heading(heading: Heading, output: Output) -> str:
    inside = inlines_xhtml(heading.children, output)
    if heading.number:
        inside = f'<span class="number">{escape(heading.number)}</span> {inside}'
    return _element(f"h{heading.level}", inside, heading.attributes, output)


def _code_block(block: CodeBlock, output: Output) -> str:
    if not block.caption and not block.title:
        return _listing(block, output)
    own = block.attributes
    words = [inlines_xhtml(block.caption, output)] if block.caption else []
    if block.title:
        title = f"<code>{escape(block.title)}</code>"
        words.append(f'<span class="p-file">{title}</span>')
    caption = f"<figcaption>{' '.join(words)}</figcaption>"
    listing = _listing(replace(block, attributes=replace(own, id="")), output)
    inside = f"\n{caption}\n{listing}\n"
    return _element("figure", inside, Attributes(own.id), output, "listing")


def _listing(block: CodeBlock, output: Output) -> str:
    inside = _code_lines(block) if block.lines != PLAIN_LINES else _code(block)
    name = f' class="language-{escape(block.language)}"' if block.language else ""
    numbered = "p-numbered" if block.lines.first else ""
    # Code is left to right in a book of any direction.
    return _element(
        "pre",
        f"<code{name}>{inside}</code>",
        block.attributes,
        output,
        "code",
        numbered,
        dir="ltr",
    )


def _code(block: CodeBlock) -> str:
    if not block.tokens:
        return escape(block.text)
    return "".join(map(_token, block.tokens))


def _token(token: CodeToken) -> str:
    text = escape(token.text)
    return f'<span class="{token.kind}">{text}</span>' if token.kind else text


def _code_lines(block: CodeBlock) -> str:
    """Each line an element that ends as it does. Its number is no text: nobody wants
    to copy it, or to hear it."""
    said = block.lines
    lines = []
    for number, tokens in enumerate(lines_of_code(block), 1):
        code = "".join(map(_token, tokens))
        calls = "".join(
            f' <span class="p-callout">{call}</span>'
            for line, call in said.calls
            if line == number
        )
        tag = "mark" if number in said.marked else "span"
        shown = f' data-line="{said.first + number - 1}"' if said.first else ""
        lines.append(f'<{tag} class="p-line"{shown}>{code}{calls}\n</{tag}>')
    return "".join(lines)


def _equation(equation: Equation, output: Output) -> str:
    name, numbered = output.prefix, ""
    inside = f'\n<div class="{name}formula">{output.formula(equation)}</div>\n'
    if equation.number:
        number = escape(f"({equation.number})")
        inside += f'<p class="{name}equation-number">{number}</p>\n'
        numbered = f"{name}numbered"
    classes = (f"{name}equation", numbered)
    return _element("div", inside, equation.attributes, output, *classes)


def _items(items: tuple[ListItem, ...], output: Output) -> str:
    return "\n" + "\n".join([_item(item, output) for item in items]) + "\n"


def _item(item: ListItem, output: Output) -> str:
    number = "" if item.value is None else str(item.value)
    children, name = item.children, ""
    if item.checked is not None:
        children, name = _with_box(children, item.checked), "task"
    inside = _within(children, output)
    return _element("li", inside, item.attributes, output, name, value=number)


def _with_box(children: Blocks, checked: bool) -> Blocks:
    """The box of a task stands in the line of its first words."""
    sign = Generated(TICKED if checked else UNTICKED)
    box = (Span("span", (sign,), 0, Attributes(classes=("box",))), Generated(" "))
    first = children[0] if children else None
    if isinstance(first, Paragraph | Plain):
        return (replace(first, children=(*box, *first.children)), *children[1:])
    return (Plain(box, 0), *children)


def _ordered_list(block: OrderedList, output: Output) -> str:
    return _element(
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
            rows.append(_element("dd", inside, item.attributes, output, **more))
    return _element("dl", "\n" + "\n".join(rows) + "\n", block.attributes, output)


def _term(term: Term, output: Output) -> str:
    inside = inlines_xhtml(term.children, output)
    return _element("dt", inside, term.attributes, output)


def _defined_term(term: Term, output: Output) -> str:
    # One definition does not stand in another.
    tag = "span" if any(map(_is_definition, walk_inlines(term.children))) else "dfn"
    inside, more = inlines_xhtml(term.children, output), output.meaning("glossterm")
    return f"<dt>{_element(tag, inside, term.attributes, output, **more)}</dt>"


def _is_definition(inline: Inline) -> bool:
    return isinstance(inline, Span) and inline.tag == "dfn"


def _term_reference(term: TermReference, output: Output) -> str:
    inside = inlines_xhtml(term.children, output)
    if term.target is None:
        return _element("span", inside, term.attributes, output, "term")
    href, more = output.href(term.target), output.meaning("glossref")
    return _element("a", inside, term.attributes, output, "term", href=href, **more)


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
    return _element("table", inside, table.attributes, output, width=width)


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
    return _element("figure", inside, figure.attributes, output)


def _division(division: Division, output: Output) -> str:
    children, title = division.children, division.title
    first = children[0] if children else None
    parts = [""]
    if title and division.kind in STATEMENTS and isinstance(first, Paragraph):
        head = (Span("span", title, 0, _TITLE), Generated(" "))
        first = replace(first, children=(*head, *first.children))
        children = (first, *children[1:])
    elif title:
        parts.append(_element("p", inlines_xhtml(title, output), _TITLE, output))
    if children:
        parts.append(_within(children, output).strip("\n"))
    inside = "\n".join([*parts, ""])
    return _element(
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
    return _element("p", lines, block.attributes, output, turn)


def _line(line: Line, output: Output) -> str:
    indent = INDENT * line.indent
    return f'<span class="p-line">{indent}{inlines_xhtml(line.children, output)}</span>'


def _row(row: TableRow, scope: str, output: Output) -> str:
    cells = "".join([_cell(cell, scope, output) for cell in row.cells])
    return _element("tr", cells, row.attributes, output)


def _cell(cell: TableCell, scope: str, output: Output) -> str:
    # An empty header names nothing; a screen reader would still announce it.
    header = cell.header and has_words(cell.children)
    return _element(
        "th" if header else "td",
        _within(cell.children, output),
        cell.attributes,
        output,
        cell.align,
        colspan="" if cell.columns == 1 else str(cell.columns),
        rowspan="" if cell.rows == 1 else str(cell.rows),
        scope=scope if header and not cell.attributes.get("scope") else "",
    )


def _link(link: Link, output: Output) -> str:
    inside = inlines_xhtml(link.children, output)
    if link.target is not None:
        href = output.href(link.target)
    elif leaves_the_book(link.href):
        href = link.href
    else:
        return _element("span", inside, link.attributes, output, title=link.title)
    more = output.meaning("biblioref") if link.source else {}
    return _element(
        "a", inside, link.attributes, output, href=href, title=link.title, **more
    )


def _bibliography(block: Bibliography, output: Output) -> str:
    if not block.entries:
        return _element("div", "", block.attributes, output)
    rows = "\n".join([_source(entry, output) for entry in block.entries])
    names = ["p-sources", "p-hanging" if block.hanging else ""]
    if any(entry.label for entry in block.entries):
        names.append("p-numbered")
    if not block.title:
        return _element("ul", f"\n{rows}\n", block.attributes, output, *names)
    listed = _element("ul", f"\n{rows}\n", BARE, output, *names)
    more = output.meaning("bibliography")
    name = block.title if more else ""
    return _element(
        "section",
        f"\n{listed}\n",
        block.attributes,
        output,
        **{"aria-label": name},
        **more,
    )


def _source(entry: SourceEntry, output: Output) -> str:
    inside = inlines_xhtml(entry.children, output)
    if entry.label:
        label = inlines_xhtml(entry.label, output)
        inside = f'<span class="p-label">{label}</span> {inside}'
    return _element("li", inside, entry.attributes, output)


def _image(image: Image, output: Output) -> str:
    # `alt` always stands there: an empty one is how HTML says "decoration".
    src, alt = escape(output.picture(image.file)), escape(image.alt or "")
    more = attributes_xhtml(image.attributes, output, title=image.title)
    return f'<img src="{src}" alt="{alt}"{more} />'


def _plain_division(division: Element, output: Output) -> str:
    inside = _within(division.children, output)
    word = _WORDS.get(division.attributes.get("role"))
    more = output.meaning(word) if word else {}
    return _element(division.tag, inside, division.attributes, output, **more)


# What passes make of an author's divisions, by their roles.
_WORDS = {"doc-glossary": "glossary"}


def _index(index: Index, output: Output) -> str:
    groups = "\n".join([_index_group(group, index, output) for group in index.groups])
    name = output.prefix
    inside = f'<div class="{name}index-groups">\n{groups}\n</div>'
    if not index.title:
        return inside
    own = _said(output, "index") + _pair("aria-label", index.title)
    return f'<section class="{name}index"{own}>\n{inside}\n</section>'


def _said(output: Output, word: str) -> str:
    """The attributes of an element of the index that the vocabulary has a word for."""
    pairs = output.meaning(word).items()
    return "".join([_pair(name, value) for name, value in pairs])


def _index_group(group: IndexGroup, index: Index, output: Output) -> str:
    name, kind = output.prefix, _said(output, "index-group")
    inside = _index_entries(group.entries, index, output)
    if group.letter:
        inside = f'<h2 class="{name}letter">{escape(group.letter)}</h2>\n{inside}'
    return f'<div class="{name}index-group"{kind}>\n{inside}\n</div>'


def _index_entries(
    entries: tuple[IndexEntry, ...], index: Index, output: Output
) -> str:
    rows = "\n".join([_index_entry(entry, index, output) for entry in entries])
    kind = _said(output, "index-entry-list")
    return f'<ul class="{output.prefix}index-entries"{kind}>\n{rows}\n</ul>'


def _index_entry(entry: IndexEntry, index: Index, output: Output) -> str:
    own = f' id="{escape(output.anchor(entry.anchor))}"' if entry.anchor else ""
    term = inlines_xhtml(entry.words, output)
    parts = [f"<span{_said(output, 'index-term')}>{term}</span>"]
    if entry.places:
        parts.append(output.places(entry.places, index.comma))
    for word, others, kind in (
        (index.see, entry.see, "index-xref-preferred"),
        (index.see_also, entry.see_also, "index-xref-related"),
    ):
        if others:
            parts.append(index.semicolon if entry.places else index.comma)
            ways = index.semicolon.join([_way(other, output) for other in others])
            said = f'<i class="{output.prefix}see">{escape(word)}</i> {ways}'
            parts.append(f"<span{_said(output, kind)}>{said}</span>")
    if entry.children:
        parts.append(f"\n{_index_entries(entry.children, index, output)}\n")
    kind = _said(output, "index-entry")
    name = f"{output.prefix}index-entry"
    return f'<li class="{name}"{own}{kind}>{"".join(parts)}</li>'


def _way(other: IndexReference, output: Output) -> str:
    words = escape(other.words)
    if not other.anchor:
        return words
    return f'<a href="#{escape(output.anchor(other.anchor))}">{words}</a>'


def _contents(entries: tuple[Entry, ...], output: Output) -> str:
    rows = []
    for entry in entries:
        number = f'<span class="number">{escape(entry.number)}</span> '
        label = (number if entry.number else "") + escape(entry.title)
        row = f'<a href="{escape(output.href(entry.target))}">{label}</a>'
        if entry.children:
            row += f"\n{_contents(entry.children, output)}\n"
        rows.append(f"<li>{row}</li>")
    inside = "\n" + "\n".join(rows) + "\n"
    return _element("ol", inside, BARE, output, "contents")
