"""Pack resources into an EPUB. The only module that knows ebooklib.

It makes the container, the package document and the zip; what goes in is ours, byte
for byte, because what ebooklib writes by itself is not valid in every book.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ebooklib import epub

from publish.artifact import Spool
from publish.epub.metadata import UNIQUE_ID, Statement
from publish.epub.places import FOLDER
from publish.epub.repack import repack
from publish.epub.resource import Resource
from publish.xhtml import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """identifier: the unique one
    direction: "ltr" or "rtl", of the pages and of the metadata
    modified: in any time zone
    """

    identifier: str
    title: str
    language: str
    direction: str
    modified: datetime
    statements: tuple[Statement, ...]
    resources: tuple[Resource, ...]


def pack(package: Package) -> Spool:
    """The whole EPUB. The same package always gives the same bytes."""
    book = epub.EpubBook()
    # What ebooklib says about itself is nothing a reader needs.
    book.metadata.pop(epub.NAMESPACES["OPF"], None)
    book.IDENTIFIER_ID = UNIQUE_ID
    book.set_identifier(package.identifier)
    book.set_title(package.title)
    book.set_language(package.language)
    # Left to right is the default, and some old systems stumble over the attribute.
    book.set_direction("rtl" if package.direction == "rtl" else None)
    _describe(book, package.statements)
    for resource in package.resources:
        _add(book, resource)
    raw = io.BytesIO()
    options = {
        "mtime": package.modified.astimezone(UTC),
        "epub3_pages": False,
        "raise_exceptions": True,
        # Everything is packed again below.
        "compresslevel": 0,
    }
    epub.write_epub(raw, book, options)
    _check_pages(raw, package.resources)
    files = {
        f"{FOLDER}/{resource.path}": resource.data
        for resource in package.resources
        if isinstance(resource.data, Path)
    }

    def packed(into: BinaryIO) -> None:
        repack(raw, lambda opf: _with_language(opf, package), files, into)

    return Spool(packed)


def _check_pages(raw: io.BytesIO, resources: Iterable[Resource]) -> None:
    """The words of a page were looked for in its bytes, so it has to be these."""
    with zipfile.ZipFile(raw) as archive:
        for page in resources:
            if page.in_spine:
                packed = archive.read(f"{FOLDER}/{page.path}")
                assert packed == page.read(), f"{page.path} is packed as it is"


def _describe(book: epub.EpubBook, statements: Iterable[Statement]) -> None:
    for statement in statements:
        namespace = None if statement.name in {"meta", "link"} else "DC"
        attributes = dict(statement.attributes)
        book.add_metadata(namespace, statement.name, statement.value, attributes)


def _add(book: epub.EpubBook, resource: Resource) -> None:
    # A file is put in by `repack`, so that not all of them are in memory at once.
    data = b"" if isinstance(resource.data, Path) else resource.data
    item = epub.EpubItem(resource.id, resource.path, resource.media_type, data)
    item.properties = list(resource.properties)
    book.add_item(item)
    if resource.in_spine:
        book.spine.append(item)


# ebooklib declares a prefix that EPUB 3.3 reserves anyway, and leaves out the language.
_PREFIX = b' prefix="rendition: http://www.idpf.org/vocab/rendition/#"'


def _with_language(opf: bytes, package: Package) -> bytes:
    language, direction = escape(package.language), package.direction
    attributes = f' xml:lang="{language}" dir="{direction}"'.encode()
    changed = opf.replace(_PREFIX, attributes, 1)
    assert changed != opf, "ebooklib writes another package element"
    return changed
