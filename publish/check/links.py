"""Rules for links: each leads to a file of the EPUB, and to an id that is there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from publish.check.addresses import Target, scheme, target
from publish.check.manifest import CORE
from publish.check.package import SVG, XHTML, Item, Package
from publish.check.say import shown, warn
from publish.check.trace import Link, Trace
from publish.problems import Position, Problem

_DOCUMENTS = frozenset({XHTML, SVG})


def check_links(package: Package, traces: Mapping[str, Trace]) -> Iterator[Problem]:
    clicked: set[str] = set()
    for trace in traces.values():
        for link in trace.links:
            # Most links are right, and a place takes longer to make than to look.
            at = partial(package.archive.at, trace.path, link.line, link.column)
            if found := target(link.address, trace.path):
                if link.is_clicked:
                    clicked.add(found.path)
                yield from _inside(link, found, at, package, traces)
            else:
                yield from _outside(link, at)
    yield from _unreached(package, clicked)
    if not package.is_epub_2:
        yield from _remote_property(package, traces.values())


def _outside(link: Link, at: Callable[[], Position]) -> Iterator[Problem]:
    name = scheme(link.address)
    if name == "file":
        message = f"`{shown(link.address)}` leads to a file of the machine that made it"
        hint = "put the file into the book, or take the link away"
        yield Problem(at(), "epub-bad-address", message, hint)
    elif link.is_clicked:
        if name == "data":
            message = "the link leads to data: readers refuse that"
            yield Problem(at(), "epub-bad-address", message)
    elif name in {"http", "https"} and not link.may_be_remote:
        message = f"`{shown(link.address)}` would be fetched from the web"
        hint = "put the file into the book; only film, sound and fonts may stay outside"
        yield Problem(at(), "epub-remote", message, hint)
    elif name == "http":
        message = f"`{shown(link.address)}` is fetched by a way that others can read"
        yield warn(at(), "epub-remote", message, "write https")


def _inside(
    link: Link,
    found: Target,
    at: Callable[[], Position],
    package: Package,
    traces: Mapping[str, Trace],
) -> Iterator[Problem]:
    item = package.by_path.get(found.path)
    if found.is_outside:
        message = f"`{shown(link.address)}` leads out of the EPUB"
        yield Problem(at(), "epub-bad-address", message)
    elif found.path not in package.archive.entries:
        message = f"`{shown(link.address)}` leads to a file that is not there"
        yield Problem(at(), "epub-no-target", message, _guess(found.path, package))
    elif item is None:
        message = f"`{shown(found.path)}` is not in the manifest"
        hint = "readers show only what is listed there"
        yield Problem(at(), "epub-not-listed", message, hint)
    elif is_missing(found, traces):
        message = f"there is no id `{shown(found.fragment)}` in `{shown(found.path)}`"
        yield Problem(at(), "epub-no-anchor", message)
    elif link.is_clicked and found.path not in package.spine:
        if item.media_type in _DOCUMENTS and found.path != _nav(package):
            message = f"`{shown(found.path)}` is not in the order of reading"
            hint = "name it in the spine"
            yield Problem(at(), "epub-not-in-spine", message, hint)
    elif link.element in {"img", "svg:image"} and _is_foreign(item):
        message = f"pictures of the type {shown(item.media_type)} need a fallback"
        hint = "save it as JPEG or PNG"
        yield Problem(at(), "epub-foreign-type", message, hint)


def _guess(path: str, package: Package) -> str:
    name = path.rpartition("/")[2].casefold()
    for entry in package.archive.entries:
        if entry.rpartition("/")[2].casefold() == name:
            return f"there is `{shown(entry)}`"
    return ""


def is_missing(found: Target, traces: Mapping[str, Trace]) -> bool:
    """Whether it names an id that its file, which was read, has not."""
    # epubcfi() and media fragments are no ids.
    if not found.fragment or "(" in found.fragment or "=" in found.fragment:
        return False
    known = traces.get(found.path)
    return known is not None and found.fragment not in known.ids


def _nav(package: Package) -> str:
    return package.nav.path if package.nav else ""


def _is_foreign(item: Item) -> bool:
    return item.media_type not in CORE and not item.element.get("fallback")


def _unreached(package: Package, clicked: set[str]) -> Iterator[Problem]:
    """What is passed over in reading must be reached by a link."""
    for ref in package.itemrefs:
        item = package.by_id.get(ref.get("idref"))
        if ref.get("linear") == "no" and item and item.path not in clicked:
            message = f"no link leads to `{shown(item.path)}`, which is read apart"
            hint = 'link to it, or take linear="no" away'
            yield Problem(package.at(ref), "epub-unreached", message, hint)


def _remote_property(package: Package, traces: Iterable[Trace]) -> Iterator[Problem]:
    for trace in traces:
        item = package.by_path.get(trace.path)
        if item is None:
            continue
        is_remote = any(
            not link.is_clicked and link.may_be_remote and _is_web(link.address)
            for link in trace.links
        )
        if is_remote and "remote-resources" not in item.properties:
            message = "the manifest does not say that this file asks the web"
            hint = 'write properties="remote-resources" on its item'
            at = package.archive.at(trace.path)
            yield Problem(at, "epub-property", message, hint)


def _is_web(address: str) -> bool:
    return target(address, "") is None and scheme(address) in {"http", "https"}
