"""Read what the engine has answered: its HTML, as runs of signs set alike."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import groupby

from publish.citations.signs import BEGINS, BEHIND, CLOSED, ENDS, OTHERS, shown


@dataclass(frozen=True, slots=True)
class Run:
    """Signs that are set alike.

    marks: "em", "strong", "small-caps", "sup", "sub", the outer ones first
    key: the source that they lead to; empty for none
    href: an address outside of the book; empty for none
    place: number of the place in a source that stands here, and no text; -1 for none
    """

    text: str
    marks: tuple[str, ...] = ()
    key: str = ""
    href: str = ""
    place: int = -1


Runs = tuple[Run, ...]
# A sign, and a run without text that says how it is set.
Cell = tuple[str, Run]


@dataclass(frozen=True, slots=True)
class Listed:
    """One source in a bibliography. label: "[1]", where the style has one"""

    key: str
    label: Runs
    words: Runs


@dataclass(frozen=True, slots=True)
class Reply:
    """here: each citation, in the order of the request
    alone: each source in brackets of its own, by key
    prose: those with their author before them, by "key place"
    listed: the bibliography, in its order
    in_notes: whether citations are notes
    hanging: whether the lines of an entry behind its first are set in
    """

    here: tuple[Runs, ...]
    alone: Mapping[str, Runs]
    prose: Mapping[str, Runs]
    listed: tuple[Listed, ...]
    in_notes: bool
    hanging: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was made. line: of the sources; 0 where it is none of them"""

    reason: str
    line: int = 0
    of_sources: bool = False


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[_Node | str]" = field(default_factory=list)

    def all(self) -> "Iterator[_Node]":
        for child in self.children:
            if isinstance(child, _Node):
                yield child
                yield from child.all()


def _links(node: _Node) -> Iterator[_Node]:
    """Those into the list, without the one back to where a note is called."""
    for child in node.children:
        if isinstance(child, str) or child.attributes.get("role") == "doc-backlink":
            continue
        if child.tag == "a" and child.attributes.get("href", "").startswith("#"):
            yield child
        else:
            yield from _links(child)


_VOID = frozenset({"meta", "br", "hr", "img", "link", "wbr"})


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_reply(html: str, et_al: str, joiner: str) -> Reply:
    """et_al, joiner: see `engine.Request`"""
    tree = _Tree()
    tree.feed(html.partition("<body>")[2].rpartition("</body>")[0])
    tree.close()
    return _Reader(tree.root, et_al, joiner).reply()


class _Reader:
    def __init__(self, root: _Node, et_al: str, joiner: str) -> None:
        self._et_al = et_al
        words = "|".join(re.escape(word) for word in {"and", "&", joiner} if word)
        # "Bell, Cox, and others"
        self._others = re.compile(rf"(,?);?\s*(?:(?:{words})\s*)?{OTHERS}\.?")
        self._by_id = {
            node.attributes["id"]: node
            for node in root.all()
            if "id" in node.attributes
        }
        self._asked = [node for node in root.all() if "data-kind" in node.attributes]
        sections = (node for node in root.all() if node.tag == "section")
        by_role = {node.attributes.get("role", ""): node for node in sections}
        self._list = by_role.get("doc-bibliography", _Node(""))
        self._keys = dict(self._key_of_each())

    def _key_of_each(self) -> Iterator[tuple[str, str]]:
        """The entry of each source has an id that only links to it tell."""
        for node in self._asked:
            if node.attributes["data-kind"] == "key":
                for link in _links(self._note(node) or node):
                    yield link.attributes["href"][1:], node.attributes["data-name"]

    def reply(self) -> Reply:
        kinds = ("here", "key", "prose", "first", "again")
        found: dict[str, dict[str, Runs]] = {kind: {} for kind in kinds}
        in_notes = False
        for node in self._asked:
            kind, name = node.attributes["data-kind"], node.attributes["data-name"]
            note = self._note(node)
            in_notes = in_notes or note is not None
            found[kind][name] = self._runs(note or node)
        return Reply(
            here=tuple(found["here"].values()),
            alone=found["key"],
            prose=found["prose"],
            listed=tuple(self._listed()),
            in_notes=in_notes,
            hanging="hanging" in self._list.attributes.get("class", ""),
        )

    def _note(self, node: _Node) -> _Node | None:
        """The note that a citation has become."""
        for inside in node.all():
            if inside.attributes.get("role") == "doc-noteref":
                for link in inside.all():
                    if link.tag == "a":
                        return self._by_id[link.attributes["href"][1:]]
        return None

    def _listed(self) -> Iterator[Listed]:
        for item in self._list.all():
            if item.tag != "li":
                continue
            key = self._keys.get(item.attributes.get("id", ""), "")
            label: Runs = ()
            words = _Node("", {}, [])
            for child in item.children:
                if (
                    isinstance(child, _Node)
                    and child.attributes.get("class") == "prefix"
                ):
                    label = self._runs(_bare(child))
                else:
                    words.children.append(child)
            yield Listed(key, label, self._runs(words))

    def _runs(self, node: _Node) -> Runs:
        cells = _nested(_marked(self._cells(node, Run(""))))
        cells = _edited(cells, self._others, rf"\1 {self._et_al}")
        cells = _edited(cells, _SUFFIX, ", ")
        for pattern, words in _MENDS:
            cells = _edited(cells, pattern, words)
        runs = [
            replace(like, text=shown("".join([sign for sign, _ in group])))
            for like, group in groupby(cells, lambda cell: cell[1])
        ]
        return _trimmed(runs)

    def _cells(self, node: _Node, like: Run) -> Iterator[Cell]:
        for child in node.children:
            if isinstance(child, str):
                yield from ((sign, like) for sign in child)
            elif "data-place" in child.attributes:
                place = int(child.attributes["data-place"])
                yield _PLACE, replace(like, place=place)
            elif child.attributes.get("role") != "doc-backlink":
                yield from self._cells(child, self._within(child, like))

    def _within(self, node: _Node, like: Run) -> Run:
        mark = _MARKS.get(node.tag, "")
        if "small-caps" in node.attributes.get("style", ""):
            mark = "small-caps"
        if mark:
            return replace(like, marks=(*like.marks, mark))
        href = node.attributes.get("href", "") if node.tag == "a" else ""
        if href.startswith("#"):
            return replace(like, key=self._keys.get(href[1:], ""))
        return replace(like, href=href) if href else like


_MARKS = {"em": "em", "strong": "strong", "sup": "sup", "sub": "sub"}
# In the text of a run that is a place.
_PLACE = "\ue038"


def _bare(node: _Node) -> _Node:
    """The number of an entry, without the link back to where it was cited first."""
    children: list[_Node | str] = []
    for child in node.children:
        if isinstance(child, _Node) and child.tag == "a":
            children += child.children
        else:
            children.append(child)
    return _Node(node.tag, {}, children)


def _marked(cells: Iterable[Cell]) -> list[Cell]:
    """With the marks that stood in the sources."""
    inside: list[str] = []
    new: list[Cell] = []
    likes: dict[tuple[Run, tuple[str, ...]], Run] = {}
    for sign, like in cells:
        if sign in BEGINS:
            inside.append(BEGINS[sign])
        elif sign in ENDS:
            if ENDS[sign] in inside:
                del inside[len(inside) - 1 - inside[::-1].index(ENDS[sign])]
        elif not inside:
            new.append((sign, like))
        else:
            key = like, tuple(inside)
            if key not in likes:
                likes[key] = replace(like, marks=(*like.marks, *inside))
            new.append((sign, likes[key]))
    return new


def _nested(cells: list[Cell]) -> list[Cell]:
    """With single quotation marks for those of a source within the style's."""
    new = list(cells)
    opened: list[int] = []
    begin = -1
    for place, (sign, _) in enumerate(cells):
        if sign == "“":
            opened.append(place)
        elif sign == "”":
            begin = opened.pop() if opened else -1
        elif sign == CLOSED and opened and begin >= 0:
            for at, single in ((begin, "‘"), (place - 1, "’")):
                new[at] = single, cells[at][1]
    return new


_SUFFIX = re.compile(rf",?\s*{BEHIND}")
# Where pieces that a style sets one behind the other meet.
_MENDS = (
    (re.compile(rf"’{CLOSED}([.,])(?=”)"), r"\1’"),
    (re.compile(CLOSED), ""),
    (re.compile(r"[ \t\n\r]+"), " "),
    (re.compile(r"(?<!\.)\.\.(?!\.)"), "."),
    (re.compile(r"(?<=[.?!])([”’»“])\."), r"\1"),
    (re.compile(r"(?<=[?!])\."), ""),
    (re.compile(r" (?=[,.)\]])"), ""),
    (re.compile(r"(?<=[(\[]) "), ""),
    (re.compile(r"(?<=\d) (?=[:;]\d|: \d)|(?<=\w) (?=;\d)"), ""),
    (re.compile(r",(?=[,.)])"), ""),
)


def _edited(cells: list[Cell], pattern: re.Pattern[str], words: str) -> list[Cell]:
    text = "".join([sign for sign, _ in cells])
    new: list[Cell] = []
    done = 0
    for found in pattern.finditer(text):
        new += cells[done : found.start()]
        if said := found.expand(words):
            like = replace(cells[found.start()][1], place=-1)
            new += [(sign, like) for sign in said]
        done = found.end()
    return [*new, *cells[done:]] if done else cells


def _trimmed(runs: list[Run]) -> Runs:
    if runs and runs[0].place < 0:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" "))
    if runs and runs[-1].place < 0:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return tuple(
        replace(run, text="") if run.place >= 0 else run
        for run in runs
        if run.text or run.place >= 0
    )


def replaced(runs: Runs, pattern: re.Pattern[str], words: str) -> Runs:
    """With other words where the pattern is, across runs."""
    cells: list[Cell] = []
    for run in runs:
        like = replace(run, text="")
        cells += [(sign, like) for sign in run.text] or [(_PLACE, like)]
    edited = _edited(cells, pattern, words)
    return tuple(
        replace(like, text="".join([sign for sign, _ in group]).replace(_PLACE, ""))
        for like, group in groupby(edited, lambda cell: cell[1])
    )


def text_of(runs: Runs) -> str:
    return "".join(run.text for run in runs)
