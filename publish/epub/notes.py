"""Notes: their calls in the text, and the notes themselves.

Every reading system that shows notes in a window wants exactly this: `noteref` and
`footnote`, the id on the `aside`, and a way back; most want both in one file.
"""

import re

from publish.language import Labels
from publish.model import (
    BARE,
    Attributes,
    Generated,
    Inlines,
    Note,
    NoteList,
    NoteReference,
    Span,
)
from publish.xhtml import (
    Output,
    attributes_xhtml,
    blocks_xhtml,
    with_end,
    with_mark,
)

BACK = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"


def own_anchor(anchor: str) -> str:
    """An author's id, moved aside where it is one that a note or a page will have.

    No two ids become one: whatever looks like one of ours, with or without lines
    after it, gets one line more.
    """
    return f"{anchor}_" if _LIKE_OURS.fullmatch(anchor) else anchor


_LIKE_OURS = re.compile(
    r"fn\d+(-\d+)?_*|r\d+(-\d+){0,2}_*|pg(\d+|[ivxlcdm]+)_*", re.ASCII
)


def call_xhtml(call: NoteReference, chapter: str) -> str:
    """The mark in the text that leads to its note.

    chapter: name of the one in which it stands
    """
    here = call.chapter in {"", chapter}
    file = "" if here else f"{call.chapter}.xhtml"
    anchor = _call_anchor(call.number, call.occurrence, call.group if here else 0)
    return (
        '<a class="noteref" epub:type="noteref" role="doc-noteref"'
        f' href="{file}#{_note_anchor(call.number, call.group)}"'
        f' id="{anchor}">{call.mark}</a>'
    )


def notes_xhtml(notes: NoteList, labels: Labels, output: Output) -> str:
    """An aside for each note."""
    written = "\n".join(
        _note(note, number, notes, labels, output)
        for number, note in enumerate(notes.notes, 1)
    )
    if notes.attributes == BARE:
        return written
    return f"<div{attributes_xhtml(notes.attributes, output)}>\n{written}\n</div>"


def _note(
    note: Note, number: int, notes: NoteList, labels: Labels, output: Output
) -> str:
    ways_back = _ways_back(number, note, notes, labels)
    blocks = with_mark(note.children, (Generated(f"{note.mark}. "),))
    return (
        '<aside class="footnote" epub:type="footnote" role="doc-footnote"'
        f' id="{_note_anchor(number, notes.group)}">\n'
        f"{blocks_xhtml(with_end(blocks, ways_back), output)}\n</aside>"
    )


def _ways_back(number: int, note: Note, notes: NoteList, labels: Labels) -> Inlines:
    ways: list[Generated | Span] = []
    for occurrence, in_note in enumerate(note.calls, 1):
        mark = BACK if occurrence == 1 else f"{BACK}{occurrence}"
        place = f"{number}" if len(note.calls) == 1 else f"{number}-{occurrence}"
        # Calls in notes stand where the notes are.
        group = notes.group if in_note else 0
        file = f"{notes.chapter}.xhtml" if notes.group and not in_note else ""
        rest = (
            ("aria-label", f"{labels.back_to_text} ({place})"),
            ("epub:type", "backlink"),
            ("href", f"{file}#{_call_anchor(number, occurrence, group)}"),
            ("role", "doc-backlink"),
        )
        attributes = Attributes("", ("backlink",), rest)
        # No `Link`, whose anchors are the author's and moved aside for these.
        ways += [Generated(" "), Span("a", (Generated(mark),), 0, attributes)]
    return tuple(ways)


def _note_anchor(number: int, group: int) -> str:
    return f"fn{group}-{number}" if group else f"fn{number}"


def _call_anchor(number: int, occurrence: int, group: int) -> str:
    if group:
        return f"r{group}-{number}-{occurrence}"
    return f"r{number}" if occurrence == 1 else f"r{number}-{occurrence}"
