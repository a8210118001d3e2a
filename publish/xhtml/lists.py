"""Contents, index and sources, as XHTML."""

from publish.model import (
    BARE,
    Bibliography,
    Entry,
    Index,
    IndexEntry,
    IndexGroup,
    IndexReference,
    SourceEntry,
)
from publish.xhtml.inlines import inlines_xhtml
from publish.xhtml.output import Output, element, escape, pair


def bibliography_xhtml(block: Bibliography, output: Output) -> str:
    if not block.entries:
        return element("div", "", block.attributes, output)
    rows = "\n".join([_source(entry, output) for entry in block.entries])
    names = ["p-sources", "p-hanging" if block.hanging else ""]
    if any(entry.label for entry in block.entries):
        names.append("p-numbered")
    if not block.title:
        return element("ul", f"\n{rows}\n", block.attributes, output, *names)
    listed = element("ul", f"\n{rows}\n", BARE, output, *names)
    more = output.meaning("bibliography")
    name = block.title if more else ""
    return element(
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
    return element("li", inside, entry.attributes, output)


def index_xhtml(index: Index, output: Output) -> str:
    groups = "\n".join([_index_group(group, index, output) for group in index.groups])
    name = output.prefix
    inside = f'<div class="{name}index-groups">\n{groups}\n</div>'
    if not index.title:
        return inside
    own = _said(output, "index") + pair("aria-label", index.title)
    return f'<section class="{name}index"{own}>\n{inside}\n</section>'


def _said(output: Output, word: str) -> str:
    """The attributes of an element of the index that the vocabulary has a word for."""
    pairs = output.meaning(word).items()
    return "".join([pair(name, value) for name, value in pairs])


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


def contents_xhtml(entries: tuple[Entry, ...], output: Output) -> str:
    rows = []
    for entry in entries:
        number = f'<span class="p-number">{escape(entry.number)}</span> '
        label = (number if entry.number else "") + escape(entry.title)
        row = f'<a href="{escape(output.href(entry.target))}">{label}</a>'
        if entry.children:
            row += f"\n{contents_xhtml(entry.children, output)}\n"
        rows.append(f"<li>{row}</li>")
    inside = "\n" + "\n".join(rows) + "\n"
    return element("ol", inside, BARE, output, "p-contents")
