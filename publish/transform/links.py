"""Find out where in the book a link leads."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from publish.addresses import leaves_the_book
from publish.model import Attributes, Book, Chapter, Inline, Link, Target
from publish.transform.anchors import folded
from publish.walk import (
    Rewrite,
    chapter_blocks,
    own_inlines,
    rewrite_chapter,
    walk_inlines,
)

INDEX = ("readme", "index")


def resolve_links(book: Book) -> Book:
    """A link to a chapter's file or heading gets its `Target`.

    Headings match by their anchor, and where none does, by their letters alone, without
    accents and case. A link that leads nowhere keeps None.
    """
    places = _Places(book.chapters)

    def resolved(chapter: Chapter) -> Chapter:
        def change(inline: Inline) -> Inline:
            if not isinstance(inline, Link) or leaves_the_book(inline.href):
                return inline
            return replace(inline, target=places.find(chapter, inline.href))

        return rewrite_chapter(chapter, Rewrite(inline=change))

    return replace(book, chapters=tuple(map(resolved, book.chapters)))


class _Places:
    """Where each file and each anchor is; several chapters may come from one file."""

    def __init__(self, chapters: Iterable[Chapter]) -> None:
        self.by_file: dict[str, list[Chapter]] = {}
        self.anchors: dict[str, dict[str, str]] = {}
        for chapter in chapters:
            if chapter.generated:
                continue
            for key in _file_keys(chapter.source):
                self.by_file.setdefault(key, []).append(chapter)
            exact: dict[str, str] = {}
            for anchor in _anchors(chapter):
                exact.setdefault(anchor, anchor)
            loose = {folded(anchor): anchor for anchor in reversed(exact)}
            self.anchors[chapter.name] = loose | exact

    def find(self, chapter: Chapter, href: str) -> Target | None:
        path, _, fragment = unquote(href).partition("#")
        path = path.partition("?")[0]
        if not path and not fragment:
            return Target(chapter.name)
        candidates = self._chapters(chapter, path)
        if not fragment:
            return Target(candidates[0].name) if candidates else None
        for candidate in candidates:
            anchors = self.anchors[candidate.name]
            if anchor := anchors.get(fragment) or anchors.get(folded(fragment)):
                return Target(candidate.name, anchor)
        return None

    def _chapters(self, chapter: Chapter, path: str) -> list[Chapter]:
        """The link's own chapter first, then the others of the file it names."""
        if not path:
            others = self.by_file.get(_key(chapter.source), [])
            return [chapter, *(other for other in others if other is not chapter)]
        folder = "" if path.startswith("/") else posixpath.dirname(chapter.source)
        joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        return self.by_file.get(_key(joined), []) or self.by_file.get(
            _key(posixpath.splitext(joined)[0]), []
        )


def _key(path: str) -> str:
    return path.casefold()


def _file_keys(source: str) -> Iterator[str]:
    """The file, the file without its ending, and the folder whose index it is."""
    yield _key(source)
    stem, _ = posixpath.splitext(source)
    yield _key(stem)
    folder, name = posixpath.split(stem)
    if name.casefold() in INDEX:
        yield _key(folder or ".")


def _anchors(chapter: Chapter) -> Iterator[str]:
    for block in chapter_blocks(chapter):
        yield from _id_of(block)
        for inline in walk_inlines(own_inlines(block)):
            yield from _id_of(inline)


def _id_of(thing: object) -> Iterator[str]:
    attributes: Attributes | None = getattr(thing, "attributes", None)
    if attributes is not None and attributes.id:
        yield attributes.id
