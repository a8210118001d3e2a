"""Rules for the spine, and for the files that the package gives a part to play."""

from collections import Counter
from collections.abc import Iterator

from publish.check.package import NCX, XHTML, Item, Package
from publish.check.say import shown
from publish.problems import Problem

# A file has one fallback, and that perhaps another; longer chains are a trick.
_FALLBACKS = 20


def check_spine(package: Package) -> Iterator[Problem]:
    yield from _spine(package)
    yield from _spine_types(package)
    yield from _ncx(package)
    if not package.is_epub_2:
        yield from _nav(package)
        yield from _cover(package)


def _spine(package: Package) -> Iterator[Problem]:
    counts = Counter(ref.get("idref") for ref in package.itemrefs)
    for ref in package.itemrefs:
        name = ref.get("idref")
        if name not in package.by_id:
            message = f"the spine names `{shown(name)}`, which the manifest has not"
            yield Problem(package.at(ref), "epub-spine", message)
        elif counts.pop(name, 0) > 1:
            message = f"`{shown(name)}` stands in the spine twice"
            yield Problem(package.at(ref), "epub-spine", message)
    if all(ref.get("linear") == "no" for ref in package.itemrefs):
        message = "nothing is in the spine that is read in order"
        yield Problem(package.at(), "epub-spine", message)


def _spine_types(package: Package) -> Iterator[Problem]:
    for ref in package.itemrefs:
        item = package.by_id.get(ref.get("idref"))
        if item and not _is_read(item, package):
            message = f"`{shown(item.path)}` is in the spine and no text"
            hint = f"it is {shown(item.media_type)}; put it into a file of XHTML"
            yield Problem(package.at(ref), "epub-spine", message, hint)


def _is_read(item: Item, package: Package) -> bool:
    """Whether readers of books can open it, or what stands in for it."""
    kinds = {XHTML, "image/svg+xml"}
    if package.is_epub_2:
        kinds |= {"application/x-dtbook+xml", "text/x-oeb1-document"}
    seen: set[str] = set()
    while item.media_type not in kinds:
        name = item.element.get("fallback")
        if len(seen) > _FALLBACKS or name in seen or name not in package.by_id:
            return False
        seen.add(name)
        item = package.by_id[name]
    return True


def _nav(package: Package) -> Iterator[Problem]:
    found = [item for item in package.items if "nav" in item.properties]
    hint = 'one XHTML file of the manifest has properties="nav"'
    if len(found) != 1:
        said = "several files are" if found else "no file is"
        message = f"{said} named as the navigation document"
        yield Problem(package.at(), "epub-nav", message, hint)
    elif found[0].media_type != XHTML:
        message = "the navigation document is no XHTML"
        yield Problem(package.at(found[0].element), "epub-nav", message, hint)


def _cover(package: Package) -> Iterator[Problem]:
    found = [item for item in package.items if "cover-image" in item.properties]
    for item in found[1:]:
        message = "there are several pictures of the cover"
        yield Problem(package.at(item.element), "epub-cover", message)
    for item in found[:1]:
        if not item.media_type.startswith("image/"):
            message = "the picture of the cover is no picture"
            yield Problem(package.at(item.element), "epub-cover", message)


def _ncx(package: Package) -> Iterator[Problem]:
    for spine in package.document.named("opf:spine"):
        name = spine.get("toc")
        item = package.by_id.get(name)
        if name and item is None:
            message = f"the spine names `{shown(name)}` as NCX, which is not there"
            yield Problem(package.at(spine), "epub-ncx", message)
        elif item and item.media_type != NCX:
            message = f"`{shown(item.path)}` is named as NCX and is none"
            yield Problem(package.at(spine), "epub-ncx", message)
        elif package.is_epub_2 and not name:
            message = "the book has no NCX, the contents of an EPUB 2"
            yield Problem(package.at(spine), "epub-ncx", message)
