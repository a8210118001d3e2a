"""Part the files of chapters that are too long for old reading systems.

A chapter is parted between two of its blocks, where one can be found before a heading.
Each note goes along with its first call, since it opens in a window only within one
file, and every address that leads into the chapter is mended.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import unquote, unquote_to_bytes
from xml.parsers.expat import ParserCreate

from publish.epub.resource import Resource
from publish.xhtml import escape

# Legacy readers of Adobe show nothing beyond (EDRLab, Qualebook rule 87, 2025).
LARGEST = 300_000
# With its pictures (Kobo, kobolabs/epub-spec, August 2025).
HEAVIEST = 10_000_000
# So much of what a file may hold is given up for an end before a heading.
_SHARE = 0.5

_HEADING = re.compile(rb"(?:<span [^>]*></span>)?<h[2-6][ >]")
_NOTE = re.compile(rb'<aside class="footnote"')
_ID = re.compile(rb'\sid="([^"]+)"')
_OWN_ADDRESS = re.compile(rb'(\shref=")#([^"]+)"')
_CALL = re.compile(rb'\shref="#([^"]+)"')
_SHOWN = re.compile(rb'\ssrc="([^"]+)"')
_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_SECTION = re.compile(rb'\s(?:epub:type|role|aria-labelledby|aria-label)="[^"]*"')


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the ids of chapters are that were parted, by the names of both."""

    files: Mapping[str, Mapping[str, str]]

    def address(self, address: str) -> str:
        """An address of a file of text, its name last, with or without a folder."""
        path, sign, anchor = address.partition("#")
        folder, slash, file = path.rpartition("/")
        places = self.files.get(file.removesuffix(".xhtml"), {})
        return f"{folder}{slash}{places.get(unquote(anchor), file)}{sign}{anchor}"

    def mended(self, resource: Resource) -> Resource:
        """With addresses that lead to where things are now."""

        def mend(found: "re.Match[str]") -> str:
            return f"{found[1]}{self.address(found[2])}"

        if not self.files:
            return resource
        names = "|".join(map(re.escape, self.files))
        pattern = rf'(\s(?:href|src)=")((?:[^"#]*/)?(?:{names})\.xhtml#[^"]+)'
        text = re.sub(pattern, mend, resource.read().decode())
        return replace(resource, data=text.encode())


def part_long(
    files: Iterable[Resource], weigh: Callable[[str], int]
) -> tuple[tuple[Resource, ...], Moved]:
    """Files no larger than `LARGEST`, as far as their blocks let them be.

    weigh: bytes of a picture, by its address in a file
    """
    parted: list[Resource] = []
    moved: dict[str, dict[str, str]] = {}
    for file in files:
        parts = list(_parts(file, weigh))
        parted += parts
        if len(parts) > 1:
            name = _name(file).removesuffix(".xhtml")
            moved[name] = {
                anchor.decode(): _name(part)
                for part in parts
                for anchor in _ID.findall(part.read())
            }
    places = Moved(moved)
    return tuple(map(places.mended, parted)), places


def _name(file: Resource) -> str:
    return file.path.rpartition("/")[2]


def _parts(file: Resource, weigh: Callable[[str], int]) -> Iterator[Resource]:
    data = file.read()
    if len(data) <= LARGEST and len(data) + _heavy(data, weigh) <= HEAVIEST:
        yield file
        return
    frame = _frame(data)
    room = LARGEST - len(frame.head) - len(frame.tail)
    texts = [
        b"".join([*(u.block for u in part), *(u.notes for u in part)])
        for part in _filled(frame.units, room, weigh)
    ]
    names = [file.path, *(_numbered(file.path, n) for n in range(2, len(texts) + 1))]
    places = {
        anchor: name.rpartition("/")[2]
        for name, text in zip(names, texts, strict=True)
        for anchor in _ID.findall(text)
    }
    for number, (name, text) in enumerate(zip(names, texts, strict=True), 1):
        here = name.rpartition("/")[2]
        head = frame.head if number == 1 else _continued(frame.head, number)
        whole = head + _addressed(text, here, places) + frame.tail
        kinds = tuple(p for p in file.properties if f"<{_TAGS[p]}".encode() in whole)
        own = file.id if number == 1 else f"{file.id}-{number}"
        yield replace(file, id=own, path=name, data=whole, properties=kinds)


def _heavy(text: bytes, weigh: Callable[[str], int]) -> int:
    """Bytes of the pictures that it shows."""
    return sum(weigh(address.decode()) for address in set(_SHOWN.findall(text)))


_TAGS = {"mathml": "math", "svg": "svg"}


def _numbered(path: str, number: int) -> str:
    # No chapter's name holds a point.
    return f"{path.removesuffix('.xhtml')}.{number}.xhtml"


def _continued(head: bytes, number: int) -> bytes:
    """The head of a file that goes on with a chapter: it is not announced again."""
    title = (_TITLE.search(head) or [b"", b""])[1]
    name = b"<title>%s \xe2\x80\x93 %d</title>" % (title, number)
    head = _TITLE.sub(lambda _: name, head, count=1)
    at = head.rindex(b"<section")
    return head[:at] + _SECTION.sub(b"", head[at:])


def _addressed(text: bytes, here: str, places: Mapping[bytes, str]) -> bytes:
    """With the file in each address that leads into another part."""

    def mend(found: "re.Match[bytes]") -> bytes:
        file = places.get(unquote_to_bytes(found[2]), here)
        return (
            found[0]
            if file == here
            else b'%s%s#%s"' % (found[1], escape(file).encode(), found[2])
        )

    return _OWN_ADDRESS.sub(mend, text)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not parted: a block, and the notes that it is the first to call."""

    block: bytes
    notes: bytes

    @property
    def size(self) -> int:
        return len(self.block) + len(self.notes)


@dataclass(frozen=True, slots=True)
class _Frame:
    """head: all before the first block of the chapter; tail: all behind the last"""

    head: bytes
    units: Sequence[_Unit]
    tail: bytes


def _frame(data: bytes) -> _Frame:
    cuts = _cuts(data)
    pieces = [data[start:end] for start, end in pairwise(cuts)]
    notes = {_ID.findall(p)[0]: p for p in pieces if _NOTE.match(p)}
    units = []
    for block in pieces:
        if not _NOTE.match(block):
            own = b"".join(_called(block, notes))
            units.append(_Unit(block, own))
    left = b"".join(notes.values())
    units[-1] = _Unit(units[-1].block, units[-1].notes + left)
    return _Frame(data[: cuts[0]], units, data[cuts[-1] :])


def _called(text: bytes, notes: dict[bytes, bytes]) -> Iterator[bytes]:
    """Those of *notes* that a text calls, and those that they call; taken out."""
    for anchor in _CALL.findall(text):
        if note := notes.pop(anchor, b""):
            yield note
            yield from _called(note, notes)


def _cuts(data: bytes) -> list[int]:
    """Where the blocks of the chapter begin, and where the last of them ends."""
    cuts: list[int] = []
    depth = inside = 0
    before = ""
    parser = ParserCreate()

    def begin(tag: str, _: dict[str, str]) -> None:
        nonlocal depth, inside, before
        depth += 1
        if not inside:
            inside = depth if tag == "section" else 0
        elif depth == inside + 1:
            # The mark of a page goes with the heading behind it.
            if before != "span":
                cuts.append(parser.CurrentByteIndex)
            before = tag

    def end(_: str) -> None:
        nonlocal depth
        if depth == inside:
            cuts.append(parser.CurrentByteIndex)
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(data, True)
    return cuts


def _filled(
    units: Sequence[_Unit], room: int, weigh: Callable[[str], int]
) -> Iterator[Sequence[_Unit]]:
    """The units of each part."""
    begun = size = heavy = 0
    # Where a part could end before a heading.
    end = 0
    for n, unit in enumerate(units):
        pictures = _heavy(unit.block, weigh)
        full = size + unit.size > room
        if n > begun and (full or size + heavy + unit.size + pictures > HEAVIEST):
            stop = end if end > begun else n
            yield units[begun:stop]
            begun = stop
            size = sum(one.size for one in units[begun:n])
            heavy = sum(_heavy(one.block, weigh) for one in units[begun:n])
        if _HEADING.match(unit.block) and size > room * _SHARE:
            end = n
        size, heavy = size + unit.size, heavy + pictures
    yield units[begun:]
