"""Build one tree from Markdown's events and the author's raw tags.

The rule that keeps a slip where it is: **what Markdown opened is a barrier.** No raw
end tag closes it, and its own end closes the raw tags that were opened inside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publish.parse.attributes import Say
from publish.parse.draft import Draft
from publish.parse.elements import ELEMENTS, NAMES, WAYS, Place
from publish.parse.markdown import BLOCK_END, END, START, TEXT, Event

# A comment or a tag of which only the beginning is there.
HALF = re.compile(r"<!--|</?[A-Za-z][\w-]*")
# WeasyPrint recurses to death beyond about 137 nested boxes.
DEPTH = 100
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
    | {"param", "source", "track", "wbr"}
)
# Start tags that HTML lets stand without an end, and the open elements each closes.
IMPLIED_ENDS = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "thead": frozenset({"tbody", "tr", "td", "th", "caption", "colgroup"}),
    "tbody": frozenset({"thead", "tbody", "tr", "td", "th", "caption", "colgroup"}),
    "tfoot": frozenset({"thead", "tbody", "tr", "td", "th", "caption", "colgroup"}),
    "p": frozenset({"p"}),
    "rt": frozenset({"rt", "rp"}),
    "rp": frozenset({"rt", "rp"}),
    "option": frozenset({"option"}),
}
# Elements that end where the element around them does, not where their block does.
STAYING = frozenset(IMPLIED_ENDS)


@dataclass(slots=True)
class _Open:
    """start: the event that opened it; None for the root
    draft: where children go; that of the element around it when nested too deep
    """

    draft: Draft
    start: int | None
    markdown: bool
    staying: bool = False


def build_tree(events: Sequence[Event], say: Say) -> Draft:
    """One "#root" with everything in it. *say* takes line, code, message and hint."""
    ends = _pair_raw_tags(events)
    return _Builder(events, ends, say).build()


def _pair_raw_tags(events: Sequence[Event]) -> dict[int, int]:
    """Index of a raw start tag -> index of its end tag, both inside one barrier."""
    ends: dict[int, int] = {}
    open_raw: list[list[tuple[int, str]]] = [[]]
    for index, event in enumerate(events):
        if event.raw and event.kind is not TEXT:
            level = open_raw[-1]
            if event.kind is START and event.tag not in VOID:
                level.append((index, event.tag))
            elif event.kind is END:
                for at in range(len(level) - 1, -1, -1):
                    if level[at][1] == event.tag:
                        ends[level[at][0]] = index
                        del level[at:]
                        break
        elif event.kind is START:
            open_raw.append([])
        elif event.kind is END:
            open_raw.pop()
    return ends


class _Builder:
    def __init__(self, events: Sequence[Event], ends: dict[int, int], say: Say) -> None:
        self.events = events
        self.ends = ends
        self.end_of = {end: start for start, end in ends.items()}
        self.say = say
        self.root = Draft("#root", {}, [], 1)
        self.stack = [_Open(self.root, None, True)]
        self.too_deep = False

    def build(self) -> Draft:
        for index, event in enumerate(self.events):
            if event.kind is TEXT:
                self._text(event)
                self._say_half(event)
            elif event.kind is BLOCK_END:
                self._end_block()
            elif event.raw:
                self._raw(index, event)
            elif event.kind is START:
                self._open(index, event)
            else:
                self._close_markdown()
        return self.root

    def _raw(self, index: int, event: Event) -> None:
        if event.tag not in NAMES:
            self._text(event)
        elif event.kind is END:
            self._raw_end(index, event)
        elif event.tag in VOID:
            draft = Draft(event.tag, event.attributes, [], event.line, raw=True)
            self.stack[-1].draft.children.append(draft)
        elif index in self.ends:
            self._imply_ends(event.tag)
            self._open(index, event)
        elif not event.inline and event.tag not in {"script", "style"}:
            self._imply_ends(event.tag)
            self._open(index, event)
            self.stack[-1].staying = event.tag in STAYING
        elif event.inline and _is_line(event.tag) and not _is_prose(event):
            self._open(index, event)
            self.stack[-1].staying = True
            self._say_unclosed(event)
        else:
            # "Use the <title> tag": in prose, a tag without an end is a word.
            self._text(event)

    def _raw_end(self, index: int, event: Event) -> None:
        start = self.end_of.get(index)
        if start is None:
            if event.tag not in {"br", "p"}:
                message = (
                    f"`{event.text}` closes nothing that was opened here; left out"
                )
                self.say(event.line, "stray-end-tag", message, "")
            return
        while self.stack[-1].start != start:
            self.stack.pop()
        self.stack.pop()

    def _imply_ends(self, tag: str) -> None:
        closed = IMPLIED_ENDS.get(tag, frozenset())
        while (top := self.stack[-1]).draft.tag in closed and not top.markdown:
            if top.start in self.ends:
                return
            self.stack.pop()

    def _open(self, index: int, event: Event) -> None:
        parent = self.stack[-1].draft
        draft = Draft(event.tag, event.attributes, [], event.line, raw=event.raw)
        if len(self.stack) >= DEPTH:
            if not self.too_deep:
                self.too_deep = True
                self.say(
                    event.line,
                    "too-deep",
                    f"nested more than {DEPTH} deep; shown without the inner levels",
                    "",
                )
            if event.tag[0] == "#" or event.tag in VOID:
                parent.children.append(draft)
            else:
                # The words stay, and stay apart.
                parent.children.append("\n")
                draft = parent
        else:
            parent.children.append(draft)
        self.stack.append(_Open(draft, index, not event.raw))

    def _close_markdown(self) -> None:
        while not self.stack[-1].markdown:
            self._say_if_unclosed(self.stack.pop())
        self.stack.pop()

    def _end_block(self) -> None:
        """Raw tags of this block that nothing closes end here, in the block."""
        while not (top := self.stack[-1]).markdown:
            inside = len(self.stack) > 1 and not self.stack[-2].markdown
            if top.start in self.ends or (top.staying and inside):
                return
            self._say_if_unclosed(self.stack.pop())

    def _say_if_unclosed(self, ended: _Open) -> None:
        if ended.start is None or ended.start in self.ends or ended.staying:
            return
        self._say_unclosed(self.events[ended.start])

    def _say_unclosed(self, event: Event) -> None:
        message = f"`{event.text}` is never closed; it ends with its paragraph"
        self.say(event.line, "unclosed-tag", message, f"write `</{event.tag}>`")

    def _say_half(self, event: Event) -> None:
        if event.raw and (found := HALF.search(event.text)):
            line = event.line + event.text.count("\n", 0, found.start())
            message = f"`{found[0].strip()}` begins something that never ends"
            self.say(line, "unclosed-tag", f"{message}; shown as text", "")

    def _text(self, event: Event) -> None:
        self.stack[-1].draft.children.append(event.text)


def _is_prose(event: Event) -> bool:
    """Whether what looks like a tag is rather a sum: "if a <b and c> d"."""
    return any(not value for value in event.attributes.values())


def _is_line(tag: str) -> bool:
    """Whether an element stands within a line, under its own name or today's."""
    kind = ELEMENTS.get(tag) or ELEMENTS.get(WAYS[tag].becomes)
    return kind is not None and kind.stands is Place.LINE
