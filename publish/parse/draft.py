"""What the parser builds before the tree is frozen."""

from dataclasses import dataclass


@dataclass(slots=True)
class Draft:
    """An element on its way into the tree. Only `parse` sees one, so it may change.

    tag: name in HTML, lower case; or one of the kinds that only Markdown has:
        "#note" (the call of a note; attributes["label"]; empty, stands in a line),
        "#key" (`@key`; attributes["key"] and ["bare"]; empty, stands in a line),
        "#cite" (brackets with a key in them; stands in a line),
        "#index", "#term" (see `mark_tags`; stand in a line),
        "#math" (a formula; attributes["text"]; empty, stands in a line),
        "#equation" (a formula by itself; attributes["text"]; empty, a block),
        "#code" (a code block; attributes["text"], ["language"] and what `code_info`
            has read; holds its caption; a block),
        "#division" (one of a kind; attributes["kind"] and ["of"]; holds blocks),
        "#title" (of a division, its first child; holds a line),
        "#attribution" (the last words of a quotation; holds a line),
        "#stanza" (lines, parted by breaks and line ends; holds a line),
        "#page" (a page break; empty, a block)
    attributes: as written, names in lower case
    line: of the author's file
    raw: the author wrote it as a tag; False where Markdown made it
    """

    tag: str
    attributes: dict[str, str]
    children: "list[Draft | str]"
    line: int
    raw: bool = False


Node = Draft | str
