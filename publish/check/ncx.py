"""Rules for the NCX, the contents that old readers use."""

from collections.abc import Iterator, Mapping

from publish.check.addresses import target
from publish.check.links import is_missing
from publish.check.package import Package
from publish.check.say import shown, warn
from publish.check.trace import Trace
from publish.check.xml import Document, repeated_ids
from publish.problems import Position, Problem


def check_ncx(
    package: Package, path: str, document: Document, traces: Mapping[str, Trace]
) -> Iterator[Problem]:
    root = document.root
    at = package.archive.at(path, root.line, root.column)
    if root.name != "ncx:ncx":
        yield Problem(at, "epub-ncx", "this is no NCX")
        return
    for meta in document.named("ncx:meta"):
        said = meta.get("content").strip()
        if meta.get("name") == "dtb:uid" and said != package.identifier():
            message = f"its identifier is `{shown(said)}`, not that of the book"
            hint = f"write `{shown(package.identifier())}`"
            place = package.archive.at(path, meta.line, meta.column)
            yield Problem(place, "epub-ncx", message, hint)
    for element in repeated_ids(document):
        message = f"the id `{shown(element.get('id'))}` is given twice"
        place = package.archive.at(path, element.line, element.column)
        yield Problem(place, "duplicate-id", message)
    for label in document.named("ncx:navLabel"):
        if not document.text(label) and not _is_heard(document, label.start):
            place = package.archive.at(path, label.line, label.column)
            yield warn(place, "epub-nav-label", "an entry has no words")
    for content in document.named("ncx:content"):
        place = package.archive.at(path, content.line, content.column)
        yield from _leads(content.get("src"), path, place, package, traces)


def _is_heard(document: Document, start: int) -> bool:
    inside = document.inside(document.elements[start])
    return any(element.name in {"ncx:audio", "ncx:img"} for element in inside)


def _leads(
    address: str, path: str, at: Position, package: Package, traces: Mapping[str, Trace]
) -> Iterator[Problem]:
    found = target(address, path)
    if found is None or found.is_outside:
        message = f"`{shown(address)}` leads out of the EPUB"
        yield warn(at, "epub-nav-outside", message)
    elif found.path not in package.archive.entries:
        message = f"`{shown(address)}` leads to a file that is not there"
        yield Problem(at, "epub-no-target", message)
    elif found.path not in package.spine:
        message = f"`{shown(found.path)}` is not in the order of reading"
        yield Problem(at, "epub-not-in-spine", message, "name it in the spine")
    elif is_missing(found, traces):
        message = f"there is no id `{shown(found.fragment)}` in `{shown(found.path)}`"
        yield Problem(at, "epub-no-anchor", message)


def depth(document: Document) -> int:
    """How deep the contents of the NCX go."""
    deep = {0: 0}
    for element in document.elements:
        above = deep[element.parent.start] if element.parent else 0
        deep[element.start] = above + (element.name == "ncx:navPoint")
    return max(deep.values())
