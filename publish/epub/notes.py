"""Notes: their calls in the text, and the notes at the end of the same file.

Every reading system that shows notes in a window wants exactly this: `noteref` and
`footnote` in one file, the id on the `aside`, and a way back.
"""

import re
from collections.abc import Mapping

from publish.language import Labels
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Generated,
    Inlines,
    Note,
    NoteReference,
    Paragraph,
    Plain,
    Span,
)
from publish.xhtml import Output, blocks_xhtml

BACK = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"


def own_anchor(anchor: str) -> str:
    """An author's id, moved aside where it is one that a note will have.

    No two ids become one: whatever looks like a note's id, with or without lines
    after it, gets one line more.
    """
    return f"{anchor}_" if _LIKE_OURS.fullmatch(anchor) else anchor


_LIKE_OURS = re.compile(r"fn\d+_*|r\d+(-\d+)?_*", re.ASCII)


def call_xhtml(call: NoteReference) -> str:
    """The mark in the text that leads to its note."""
    return (
        '<a class="noteref" epub:type="noteref" role="doc-noteref"'
        f' href="#{_note_anchor(call.number)}"'
        f' id="{_call_anchor(call.number, call.occurrence)}">{call.mark}</a>'
    )


def notes_xhtml(
    notes: tuple[Note, ...], calls: Mapping[str, int], labels: Labels, output: Output
) -> str:
    """The notes of one chapter, one aside each.

    calls: how often each label is called in the chapter
    """
    return "\n".join(
        _note(note, number, calls.get(note.label, 0), labels, output)
        for number, note in enumerate(notes, 1)
    )


def _note(note: Note, number: int, calls: int, labels: Labels, output: Output) -> str:
    ways_back = _ways_back(number, calls, labels)
    blocks = _with_end(_with_mark(note.children, note.mark), ways_back)
    return (
        '<aside class="footnote" epub:type="footnote" role="doc-footnote"'
        f' id="{_note_anchor(number)}">\n{blocks_xhtml(blocks, output)}\n</aside>'
    )


def _with_mark(blocks: Blocks, number: str) -> Blocks:
    mark = Generated(f"{number}. ")
    match blocks:
        case (Paragraph() | Plain() as first, *rest):
            return _paragraph(first, (mark, *first.children)), *rest
        case _:
            return Paragraph((mark,), 0), *blocks


def _with_end(blocks: Blocks, end: Inlines) -> Blocks:
    """end: empty, or a space and what follows it"""
    if not end:
        return blocks
    match blocks:
        case (*rest, Paragraph() | Plain() as last):
            return *rest, _paragraph(last, (*last.children, *end))
        case _:
            return *blocks, Paragraph(end[1:], 0)


def _paragraph(block: Paragraph | Plain, children: Inlines) -> Block:
    attributes = block.attributes if isinstance(block, Paragraph) else Attributes()
    return Paragraph(children, block.line, attributes)


def _ways_back(number: int, calls: int, labels: Labels) -> Inlines:
    ways: list[Generated | Span] = []
    for occurrence in range(1, calls + 1):
        mark = BACK if occurrence == 1 else f"{BACK}{occurrence}"
        place = f"{number}" if calls == 1 else f"{number}-{occurrence}"
        rest = (
            ("aria-label", f"{labels.back_to_text} ({place})"),
            ("epub:type", "backlink"),
            ("href", f"#{_call_anchor(number, occurrence)}"),
            ("role", "doc-backlink"),
        )
        attributes = Attributes("", ("backlink",), rest)
        # No `Link`, whose anchors are the author's and moved aside for these.
        ways += [Generated(" "), Span("a", (Generated(mark),), 0, attributes)]
    return tuple(ways)


def _note_anchor(number: int) -> str:
    return f"fn{number}"


def _call_anchor(number: int, occurrence: int) -> str:
    return f"r{number}" if occurrence == 1 else f"r{number}-{occurrence}"
