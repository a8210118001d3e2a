"""Go through an EPUB once, file by file, and lay each before the rules."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from publish.check.access import check_access
from publish.check.archive import Archive, BrokenFileError
from publish.check.claims import check_claims
from publish.check.container import check_container, find_encrypted, find_package
from publish.check.documents import Content, check_document, parsed
from publish.check.landmarks import check_landmarks
from publish.check.links import check_links
from publish.check.manifest import Media, check_manifest, look_at_media
from publish.check.navigation import (
    Navigation,
    check_entries,
    check_navigation,
    read_navigation,
)
from publish.check.ncx import check_ncx, depth
from publish.check.package import CSS, NCX, SVG, XHTML, Item, Package
from publish.check.packaging import check_package
from publish.check.pages import check_pages
from publish.check.spine import check_spine
from publish.check.styles import (
    Feature,
    StyleSheet,
    check_encoding,
    decoded,
    read_sheet,
    read_style,
)
from publish.check.trace import Trace, trace
from publish.check.xml import Document, Element
from publish.problems import Problem, PublishError


@dataclass(slots=True)
class Epub:
    """What is known of an EPUB when every file of it was read.

    features: what its style sheets use
    ncx_depth: how deep the contents of the NCX go; 0 without one
    """

    package: Package
    locked: frozenset[str] = frozenset()
    media: Media = field(default_factory=Media)
    traces: dict[str, Trace] = field(default_factory=dict)
    features: list[Feature] = field(default_factory=list)
    navigation: Navigation | None = None
    ncx_depth: int = 0


def read_epub(archive: Archive) -> tuple[Epub | None, tuple[Problem, ...]]:
    """All that our own rules find; and what a shop may ask, if there is a package."""
    problems = list(check_container(archive))
    locked, said = find_encrypted(archive)
    problems += said
    try:
        package = Package(archive, *find_package(archive))
    except PublishError as error:
        return None, (*problems, *error.problems)
    epub = Epub(package, locked)
    problems += check_package(package)
    problems += check_spine(package)
    problems += check_manifest(package)
    problems += look_at_media(package, locked, epub.media)
    problems += _read_texts(epub)
    problems += check_links(package, epub.traces)
    problems += _across(epub)
    return epub, tuple(problems)


def _read_texts(epub: Epub) -> Iterator[Problem]:
    for item in epub.package.by_path.values():
        readable = item.media_type in _READERS and item.path not in epub.locked
        if not readable or item.path not in epub.package.archive.entries:
            continue
        at = epub.package.archive.at(item.path)
        try:
            data = epub.package.archive.read(item.path)
        except BrokenFileError as error:
            yield Problem(at, "epub-broken", f"it cannot be read: {error}")
        else:
            yield from _READERS[item.media_type](epub, item, data)


def _read_css(epub: Epub, item: Item, data: bytes) -> Iterator[Problem]:
    at = epub.package.archive.at(item.path)
    yield from check_encoding(data, at)
    kept = epub.traces.setdefault(item.path, Trace(item.path))
    yield from _keep(epub, kept, read_sheet(decoded(data), at))


def _keep(epub: Epub, kept: Trace, sheet: StyleSheet) -> tuple[Problem, ...]:
    kept.links.extend(sheet.links)
    epub.features.extend(sheet.features)
    return sheet.problems


def _read_xml(epub: Epub, item: Item, data: bytes) -> Iterator[Problem]:
    at = epub.package.archive.at(item.path)
    document = parsed(data, at)
    if isinstance(document, Problem):
        yield document
        return
    kept = epub.traces[item.path] = trace(item.path, document, at)
    content = Content(document, item, epub.package)
    if item.media_type == XHTML:
        yield from check_document(content)
        yield from check_access(content)
        yield from check_landmarks(content)
    yield from _styles(epub, kept, content)
    if item is epub.package.nav:
        epub.navigation = read_navigation(content)
        yield from check_navigation(content)


def _styles(epub: Epub, kept: Trace, content: Content) -> Iterator[Problem]:
    for element in content.document.elements:
        if element.name in {"style", "svg:style"}:
            css = "".join(_raw(content.document, element))
            sheet = read_sheet(css, content.at(element), element.line)
            yield from _keep(epub, kept, sheet)
        elif css := element.attributes.get("style", ""):
            yield from _keep(epub, kept, read_style(css, content.at(element)))


def _raw(document: Document, element: Element) -> list[str]:
    return document.texts[element.text_start : element.text_end]


# Where the NCX leads is known when all else is read.
_READERS = {CSS: _read_css, XHTML: _read_xml, SVG: _read_xml}


def _across(epub: Epub) -> Iterator[Problem]:
    """What can be said when every file was read."""
    package, navigation = epub.package, epub.navigation
    yield from _ncx(epub)
    if navigation:
        yield from check_entries(navigation, package.spine, epub.traces)
        yield from check_pages(package, navigation, epub.traces)
    yield from check_claims(
        package,
        has_pages=bool(navigation and navigation.has_pages),
        has_marks=any(kept.breaks for kept in epub.traces.values()),
    )


def _ncx(epub: Epub) -> Iterator[Problem]:
    archive, item = epub.package.archive, epub.package.ncx
    if item is None or item.path not in archive.entries or item.media_type != NCX:
        return
    try:
        document = parsed(archive.read(item.path), archive.at(item.path))
    except BrokenFileError as error:
        message = f"it cannot be read: {error}"
        yield Problem(archive.at(item.path), "epub-broken", message)
        return
    if isinstance(document, Problem):
        yield document
        return
    epub.ncx_depth = depth(document)
    yield from check_ncx(epub.package, item.path, document, epub.traces)
