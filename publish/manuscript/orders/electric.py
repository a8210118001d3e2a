"""Electric Book's `default.yml`, with its lists of files for each product.

https://electricbookworks.github.io/electric-book/docs/setup/file-lists.html
"""

from collections.abc import Iterator
from typing import Any

from publish.config import Facts
from publish.manuscript.book_data import facts_of
from publish.manuscript.folder import Folder
from publish.manuscript.listing import Entry, Listing
from publish.manuscript.orders.yaml_file import line_of, read_yaml_file
from publish.manuscript.roles import role_of_word
from publish.manuscript.settings import Settings
from publish.model import Matter, Role

_FILE = "default.yml"

# Whose list of files is the book's, the fullest first.
_PRODUCTS = ("print-pdf", "epub", "screen-pdf", "web")

# What a page's `style` says of its file.
STYLES = {
    "halftitle-page": Role.HALF_TITLE,
    "title-page": Role.TITLE_PAGE,
    "copyright-page": Role.COPYRIGHT_PAGE,
    "contents-page": Role.CONTENTS,
    "dedication-page": Role.DEDICATION,
    "epigraph-page": Role.EPIGRAPH,
    "frontispiece-page": Role.FRONTISPIECE,
    "part-page": Role.PART,
}
STYLE_MATTER = {
    "cover-page": Matter.FRONT,
    "previous-publications-page": Matter.FRONT,
    "frontmatter-page": Matter.FRONT,
    "endmatter-page": Matter.BACK,
}


def read_electric(folder: Folder) -> Listing | None:
    """The files of the printed book, or of the first product that lists some."""
    if not folder.has(_FILE):
        return None
    settings, problems = read_yaml_file(folder, _FILE)
    products = settings.values.get("products")
    if not isinstance(products, dict):
        return None
    text, _ = folder.read(_FILE)
    roles = {
        name: word for product in products.values() for name, word in _roles(product)
    }
    entries: list[Entry] = []
    line = 0
    for name in _first_list(products):
        line = line_of(text, name, line) or line
        role = role_of_word(roles.get(name, ""))
        entries.append(Entry(name=name, at=folder.at(_FILE, line), role=role))
    if not entries:
        return None
    return Listing(
        by=_FILE,
        tool="Electric Book",
        entries=tuple(entries),
        facts=_facts(folder, settings),
        style_roles=True,
        problems=problems,
    )


def _facts(folder: Folder, settings: Settings) -> Facts:
    image = settings.text("image")
    # Its pictures lie in a folder of their own, which a copy may not have.
    cover = next((f for f in (image, f"images/{image}") if image and folder.has(f)), "")
    return facts_of(Settings({**settings.values, "cover": cover}))


def _files(product: Any) -> Iterator[tuple[str, str]]:
    said = product.get("files") if isinstance(product, dict) else None
    for item in said if isinstance(said, list) else ():
        match item:
            case str():
                yield item, ""
            case dict():
                yield from ((name, str(word or "")) for name, word in item.items())


def _roles(product: Any) -> Iterator[tuple[str, str]]:
    return ((name, word) for name, word in _files(product) if word)


def _first_list(products: dict[str, Any]) -> list[str]:
    for product in _PRODUCTS:
        if names := [name for name, _ in _files(products.get(product))]:
            return names
    return []
