"""The tags of a PDF: what each piece of a page is, for those who do not see it.

Types of structure elements are those of ISO 32000-1, 14.8.4; rules for them are those
of ISO 14289-1 (PDF/UA-1). The tree is made by `tagging`, mended here and written by
`structure`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
GROUPS = frozenset({"THead", "TBody", "TFoot"})
CELLS = frozenset({"TH", "TD"})


@dataclass(slots=True, eq=False)
class Text:
    """A run of what one page shows for one tag, and draws without anything between.

    marks: the numbers of its marked content on that page, from 0; empty until the page
        is drawn, and where nothing of it was drawn
    layer: number of what it is drawn with
    """

    tag: "Tag"
    page: int
    marks: list[int] = field(default_factory=list)
    layer: int = 0


@dataclass(slots=True, eq=False)
class Area:
    """A place on a page that leads somewhere.

    box: WeasyPrint's, which knows the annotation once the page is drawn
    words: what the link says
    """

    page: int
    box: Any
    words: str = ""

    @property
    def annotation(self) -> Any:
        return self.box.link_annotation


@dataclass(slots=True, eq=False)
class Tag:
    """kind: type of structure element
    language: of its words, after what is around it; empty where nobody said
    alt: what tells of a picture; instead: what is read in place of what is drawn
    after: tags that come behind this one, wherever it stands: its notes
    keep: whether it groups, and stays although it holds nothing but other tags
    attributes: owner to names and values, for the `/A` of the element
    """

    kind: str
    parent: "Tag | None" = None
    language: str = ""
    alt: str = ""
    instead: str = ""
    id: str = ""
    keep: bool = False
    kids: "list[Tag | Text | Area]" = field(default_factory=list)
    after: "list[Tag]" = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tags(self) -> "Iterator[Tag]":
        return (kid for kid in self.kids if isinstance(kid, Tag))


def mend(root: Tag) -> None:
    """Make the tree what the standard wants, once every page is drawn."""
    _tidy(root)
    _step_headings(root, 0)


def _tidy(tag: Tag) -> None:
    kids: list[Tag | Text | Area] = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            _tidy(kid)
            kids += _standing(kid)
            kids += _behind(kid)
        elif kid.marks if isinstance(kid, Text) else kid.annotation:
            kids.append(kid)
    tag.kids = kids
    if tag.kind == "Table":
        _fill_table(tag)


def _standing(tag: Tag) -> "list[Tag | Text | Area]":
    """What stands in the place of a tag: nothing for an empty one, what it holds for
    one that means nothing itself."""
    if not tag.kids and tag.kind not in CELLS | {"TR"}:
        return []
    bare = not tag.keep and not tag.after and _inherits(tag)
    if tag.kind == "Div" and bare:
        if all(isinstance(kid, Tag) for kid in tag.kids):
            _adopt(tag)
            return tag.kids
        if not any(
            isinstance(kid, Tag) and kid.kind not in _INLINE for kid in tag.kids
        ):
            tag.kind = "P"
    if tag.kind == "Link" and not any(isinstance(kid, Area) for kid in tag.kids):
        # It led nowhere, and its words are words.
        tag.kind = "Span"
    return [tag]


_INLINE = frozenset({"Span", "Link", "Reference", "Code", "Quote", "Lbl", "Figure"})
_INLINE |= {"Formula"}


def _inherits(tag: Tag) -> bool:
    around = tag.parent.language if tag.parent else ""
    return tag.language == around


def _adopt(tag: Tag) -> None:
    for kid in tag.tags():
        kid.parent = tag.parent


def _behind(tag: Tag) -> Iterator[Tag]:
    for note in tag.after:
        _tidy(note)
        if note.kids:
            note.parent = tag.parent
            yield note
            yield from _behind(note)


def _step_headings(tag: Tag, last: int) -> int:
    """Let no level be left out on the way down (ISO 14289-1, 7.4.2)."""
    if tag.kind in HEADINGS:
        last = min(HEADINGS.index(tag.kind) + 1, last + 1)
        tag.kind = HEADINGS[last - 1]
    for kid in tag.tags():
        last = _step_headings(kid, last)
    return last


def _fill_table(table: Tag) -> None:
    """Give every row of a table as many columns, without cells that overlap.

    HTML lets rows end early, and cells reach beyond the last row.
    """
    table.kids.sort(key=lambda kid: isinstance(kid, Tag) and kid.kind == "TFoot")
    groups = [(rows, _taken(rows)) for rows in _row_groups(table)]
    width = max((len(line) for _, grid in groups for line in grid), default=0)
    for rows, grid in groups:
        for row, line in zip(rows, grid, strict=True):
            free = [False] * (width - len(line))
            for taken, columns in groupby(line + free):
                if not taken:
                    empty = Tag("TD", row, row.language, columns=len(list(columns)))
                    row.kids.append(empty)


def _row_groups(table: Tag) -> Iterator[list[Tag]]:
    """The rows of each group, which no cell leaves."""
    for in_group, kids in groupby(table.tags(), lambda kid: kid.kind in GROUPS):
        tags = list(kids)
        for rows in [kid.tags() for kid in tags] if in_group else [iter(tags)]:
            yield [row for row in rows if row.kind == "TR"]


def _taken(rows: list[Tag]) -> list[list[bool]]:
    """Which columns of each row are taken. What a cell spans is cut where it would
    leave the rows or lie on another cell."""
    grid: list[list[bool]] = [[] for _ in rows]
    for n, row in enumerate(rows):
        at = 0
        for cell in row.tags():
            while at < len(grid[n]) and grid[n][at]:
                at += 1
            free = grid[n][at : at + cell.columns]
            cell.columns = free.index(True) if True in free else cell.columns
            cell.rows = min(cell.rows, len(rows) - n)
            for line in grid[n : n + cell.rows]:
                line.extend([False] * (at + cell.columns - len(line)))
                line[at : at + cell.columns] = [True] * cell.columns
            at += cell.columns
    return grid
