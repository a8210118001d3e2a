"""The package document: what an EPUB says that it is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from publish.check.addresses import target
from publish.check.archive import Archive
from publish.check.xml import Document, Element
from publish.problems import Position

XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
SVG = "image/svg+xml"
CSS = "text/css"


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the manifest.

    path: from the top of the EPUB; '' for what lies on the web
    """

    element: Element
    path: str

    @property
    def media_type(self) -> str:
        # Parameters say which codec; the type is before them.
        return self.element.get("media-type").partition(";")[0].strip().lower()

    @property
    def properties(self) -> list[str]:
        return self.element.words("properties")


@dataclass(frozen=True)
class Package:
    """name: of the package document, from the top of the EPUB"""

    archive: Archive
    name: str
    document: Document

    def at(self, element: Element | None = None) -> Position:
        if element is None:
            element = self.document.root
        return self.archive.at(self.name, element.line, element.column)

    @cached_property
    def is_epub_2(self) -> bool:
        return self.document.root.get("version").startswith("2")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(map(self._item, self.document.named("opf:item")))

    def _item(self, element: Element) -> Item:
        found = target(element.get("href"), self.name)
        return Item(element, found.path if found else "")

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        return {item.element.get("id"): item for item in self.items}

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        return {item.path: item for item in self.items if item.path}

    @cached_property
    def itemrefs(self) -> tuple[Element, ...]:
        return tuple(self.document.named("opf:itemref"))

    @cached_property
    def spine(self) -> Mapping[str, int]:
        """Paths of the files in the order of reading, each with its place in it."""
        found = (self.by_id.get(ref.get("idref")) for ref in self.itemrefs)
        paths = dict.fromkeys(item.path for item in found if item)
        return {path: place for place, path in enumerate(paths)}

    @cached_property
    def nav(self) -> Item | None:
        return next((item for item in self.items if "nav" in item.properties), None)

    @cached_property
    def ncx(self) -> Item | None:
        """The one that the spine names, else the first."""
        named = [s.get("toc") for s in self.document.named("opf:spine")]
        found = self.by_id.get(named[0]) if named else None
        others = (item for item in self.items if item.media_type == NCX)
        return found or next(others, None)

    @cached_property
    def cover(self) -> Item | None:
        """The picture of the cover, as EPUB 3 names it, else as EPUB 2 does."""
        for item in self.items:
            if "cover-image" in item.properties:
                return item
        for meta in self.document.named("opf:meta"):
            if meta.get("name") == "cover":
                return self.by_id.get(meta.get("content"))
        return None

    @cached_property
    def is_fixed(self) -> bool:
        """Whether its pages are laid out once for all, like those of a picture book."""
        return "pre-paginated" in self.values("rendition:layout")

    def text(self, element: Element) -> str:
        return self.document.text(element)

    def stated(self, property_: str) -> Iterator[tuple[Element, str]]:
        """Statements about the whole book, in the words of EPUB 3 and of EPUB 2."""
        for meta in self.document.named("opf:meta"):
            if meta.get("property") == property_ and not meta.get("refines"):
                yield meta, self.text(meta)
            elif meta.get("name") == property_:
                yield meta, meta.get("content").strip()

    def values(self, property_: str) -> list[str]:
        return [value for _, value in self.stated(property_)]

    def language(self) -> str:
        found = next(self.document.named("dc:language"), None)
        return self.text(found) if found else ""

    def identifier(self) -> str:
        """The one that the package element names."""
        wanted = self.document.root.get("unique-identifier")
        for element in self.document.named("dc:identifier"):
            if element.get("id") == wanted:
                return self.text(element)
        return ""
