"""Pages in their order, with what their place in the book says of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from publish.manuscript.folder import Folder
from publish.manuscript.listing import Entry, Listing
from publish.manuscript.orders.bookdown import opening_part
from publish.manuscript.orders.electric import STYLE_MATTER, STYLES
from publish.manuscript.page import Page
from publish.manuscript.roles import role_of_name
from publish.manuscript.source import Source
from publish.model import MATTER, Matter, Role


def build_sources(
    folder: Folder,
    listing: Listing,
    entries: tuple[Entry, ...],
    page: Callable[[str], Page],
) -> tuple[Source, ...]:
    """One source for each entry, in order; front, body and back never interleave."""
    sources = [
        _source(folder, listing, entry, page(entry.name))
        if entry.name
        else _part(entry)
        for entry in entries
    ]
    if listing.tool == "Bookdown":
        sources = list(_bookdown_parts(sources))
    if all(source.depth == 0 for source in sources):
        sources = list(_below_parts(sources))
    return tuple(
        settled
        if source.file and page(source.file).role
        else _placed(source, settled, opens)
        for source, settled, opens in zip(
            sources, _settled(sources), _opens(sources), strict=True
        )
    )


# Words that are the subject of a chapter as often as they are what it is.
_AMBIGUOUS = frozenset((Role.NOTES, Role.BIBLIOGRAPHY, Role.INDEX))


def _placed(source: Source, settled: Source, opens: bool) -> Source:
    """What the place of a file says against its name."""
    # An author's note before everything else is no afterword.
    if source.role is Role.AFTERWORD and (opens or source.matter is Matter.FRONT):
        return replace(source, role=Role.PREFACE, matter=Matter.FRONT)
    misplaced = settled.matter is Matter.BODY
    if misplaced and source.role in _AMBIGUOUS:
        return replace(settled, role=None)
    return settled


def _opens(sources: list[Source]) -> Iterator[bool]:
    """For each source, whether it stands before the body, and there is one."""
    body = [n for n, source in enumerate(sources) if source.matter is Matter.BODY]
    for n in range(len(sources)):
        yield bool(body) and n < body[0]


def _part(entry: Entry) -> Source:
    return Source(
        path=entry.at.path,
        file="",
        text="",
        title=entry.title,
        role=Role.PART,
        matter=entry.matter or Matter.BODY,
        numbered=entry.numbered,
        depth=entry.depth,
    )


def _source(folder: Folder, listing: Listing, entry: Entry, page: Page) -> Source:
    style = page.settings.text("style").split(" ")[0] if listing.style_roles else ""
    role = page.role or entry.role or STYLES.get(style) or role_of_name(entry.name)
    matter = entry.matter or STYLE_MATTER.get(style)
    if matter is None:
        matter = MATTER.get(role, Matter.BODY) if role else Matter.BODY
    return Source(
        path=folder.path / entry.name,
        file=entry.name,
        text=page.text,
        plain=page.plain,
        title=page.title,
        label=entry.label,
        role=role,
        matter=matter,
        language=page.language,
        numbered=entry.numbered if page.numbered is None else page.numbered,
        depth=entry.depth,
        included=page.included,
    )


def _bookdown_parts(sources: list[Source]) -> Iterator[Source]:
    """Bookdown writes the opening of a part as a heading at the top of a file."""
    depth = 0
    appendix = False
    for source in sources:
        if found := opening_part(source.text):
            index, title, appendix = found
            lines = source.text.split("\n")
            lines[index] = ""
            text = "\n".join(lines)
            depth = 1
            part = replace(
                source,
                text="",
                title=title,
                role=Role.PART,
                matter=Matter.BACK if appendix else Matter.BODY,
                numbered=False,
            )
            if not text.strip():
                yield part
                continue
            yield replace(part, file="")
            source = replace(source, text=text)  # noqa: PLW2901
        if appendix:
            role = source.role or Role.APPENDIX
            source = replace(source, role=role, matter=Matter.BACK)  # noqa: PLW2901
        yield replace(source, depth=depth)


def _below_parts(sources: list[Source]) -> Iterator[Source]:
    """In a list without levels, chapters stand below the part that opens before."""
    depth = 0
    before: Source | None = None
    for source in sources:
        if source.role is Role.PART:
            depth = 1
        # Back matter has left the last part, unless that part holds nothing else.
        elif source.matter is Matter.BACK and before and before.role is not Role.PART:
            depth = depth if before.matter is Matter.BACK else 0
        yield source if source.role is Role.PART else replace(source, depth=depth)
        before = source


def _settled(sources: list[Source]) -> Iterator[Source]:
    """What stands among the body is body, whatever its name says."""
    matters = [source.matter for source in sources]
    first = next((n for n, m in enumerate(matters) if m is not Matter.FRONT), 0)
    last = max((n for n, m in enumerate(matters) if m is not Matter.BACK), default=-1)
    for n, source in enumerate(sources):
        misplaced = (source.matter is Matter.FRONT and n > first) or (
            source.matter is Matter.BACK and n < last
        )
        yield replace(source, matter=Matter.BODY) if misplaced else source
