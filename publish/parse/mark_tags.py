"""Spans that mean something: `[wick]{.index}` and `[wick]{.term}`.

Which they are is seen from the attributes that Markdown gave them; what is written in
those of a mark for the index is read here too.
"""

import re
from collections.abc import Mapping

from publish.model import Edge, IndexMark, Inlines, Levels, TermReference
from publish.parse.draft import Draft
from publish.parse.shown import CONDITIONS, say_conditions
from publish.parse.span_kinds import names_kind

INDEX, TERM = "#index", "#term"
_TAGS: Mapping[str, str] = {"index": INDEX, "term": TERM}
# What these attributes are called, and what becomes of them, no element of HTML has.
INDEX_ATTRIBUTES = ("entry", "sort", "see", "see-also", "range")
TERM_ATTRIBUTES = ("of",)
_MAIN = "main"
_SAID = {INDEX: {"index", _MAIN}, TERM: {"term"}}
_OWN = {INDEX: INDEX_ATTRIBUTES, TERM: TERM_ATTRIBUTES}
# A sign between entries or levels, unless a backslash says that it is part of one.
_ENTRIES, _LEVELS = (re.compile(rf"(?<!\\){sign}") for sign in ";!")


def name_mark(draft: Draft) -> None:
    """Make of a span what its classes name. What else is written on a mark, but for
    where and whether it stands, is that of a span inside; on a term, if it names
    something itself."""
    classes = draft.attributes.get("class", "").split()
    named = next((name for name in _TAGS if name in classes), "")
    if draft.tag != "span" or draft.raw or not named:
        return
    say_conditions(draft.attributes)
    classes = draft.attributes["class"].split()
    draft.tag = _TAGS[named]
    own = {"id", *CONDITIONS, *_OWN[draft.tag]}
    written = {n: value for n, value in draft.attributes.items() if n in own}
    inner = {n: value for n, value in draft.attributes.items() if n not in own}
    others = [name for name in classes if name not in _SAID[draft.tag]]
    inner["class"] = " ".join(others)
    if not others:
        del inner["class"]
    if draft.tag == INDEX and _MAIN in classes:
        written["class"] = _MAIN
    if draft.tag == TERM and not names_kind(inner):
        written |= inner
    elif inner:
        draft.children = [Draft("span", inner, draft.children, draft.line)]
    draft.attributes = written


def index_mark(draft: Draft, children: Inlines) -> IndexMark:
    """What a draft says, but for its own attributes."""
    said = draft.attributes
    edge = said.get("range")
    return IndexMark(
        children,
        draft.line,
        entries=_read(said.get("entry", "")),
        sort=_read(said.get("sort", "")),
        see=_read(said.get("see", "")),
        see_also=_read(said.get("see-also", "")),
        edge=Edge(edge) if edge else None,
        main=_MAIN in said.get("class", "").split(),
    )


def term_reference(draft: Draft, children: Inlines) -> TermReference:
    return TermReference(children, draft.line, draft.attributes.get("of", ""))


def _read(text: str) -> tuple[Levels, ...]:
    """ "Lamp!wick; oil" is wick below Lamp, and oil."""
    entries = (
        tuple(filter(None, map(_plain, _LEVELS.split(entry))))
        for entry in _ENTRIES.split(text)
    )
    return tuple(filter(None, entries))


def _plain(level: str) -> str:
    return " ".join(re.sub(r"\\([!;])", r"\1", level).split())
