"""Find out where in the book a link leads."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from publish.addresses import leaves_the_book, name_key
from publish.kinds import chapter_ids, every, rewrite_where
from publish.model import Bibliography, Book, Chapter, Inline, Link, Target
from publish.transform.anchors import folded
from publish.transform.things import is_thing
from publish.walk import Rewrite

INDEX = ("readme", "index")
# What a chapter's file may be called where other tools have made a page of it.
ENDINGS = frozenset(
    {".md", ".markdown", ".txt", ".rmd", ".qmd", ".html", ".htm", ".xhtml"}
)
# The beginning of a page, even where nothing is called so (HTML, 7.4.6.4).
TOP = "top"


def resolve_links(book: Book) -> Book:
    """A link to a chapter's file or heading gets its `Target`, and so does one to a
    thing's name, in whatever chapter it is.

    Headings match by their anchor, and where none does, by their letters alone, without
    accents and case. A link that leads nowhere keeps None.
    """
    places = Places(book.chapters)

    def resolved(chapter: Chapter) -> Chapter:
        def change(inline: Inline) -> Inline:
            if not isinstance(inline, Link) or leaves_the_book(inline.href):
                return inline
            if inline.source:
                return replace(inline, target=places.source(inline.href))
            return replace(inline, target=places.find(chapter, inline.href))

        return rewrite_where(chapter, Rewrite(inline=change), Link)

    return replace(book, chapters=tuple(map(resolved, book.chapters)))


class Places:
    """Where each file and each anchor is; several chapters may come from one file."""

    def __init__(self, chapters: Iterable[Chapter]) -> None:
        self.by_file: dict[str, list[Chapter]] = {}
        self.anchors: dict[str, set[str]] = {}
        self.folded: dict[str, dict[str, str]] = {}
        self.things: dict[str, Target] = {}
        self.sources: dict[str, Target] = {}
        for chapter in chapters:
            for key in dict.fromkeys(_file_keys(chapter.source)):
                self.by_file.setdefault(key, []).append(chapter)
            anchors = list(chapter_ids(chapter))
            self.anchors[chapter.name] = set(anchors)
            self.folded[chapter.name] = {folded(a): a for a in reversed(anchors)}
            for anchor in filter(is_thing, anchors):
                self.things.setdefault(anchor, Target(chapter.name, anchor))
            for anchor in _entries(chapter):
                self.sources.setdefault(anchor, Target(chapter.name, anchor))

    def source(self, href: str) -> Target | None:
        """Where a source is listed, in whatever chapter that is."""
        return self.sources.get(unquote(href.removeprefix("#")))

    def find(self, chapter: Chapter, href: str) -> Target | None:
        # Decoded piece by piece: a file may have a "#" in its name, written "%23".
        if not href:
            return None
        path, _, fragment = href.partition("#")
        path, fragment = unquote(path.partition("?")[0]), unquote(fragment)
        if not path and not fragment:
            return Target(chapter.name)
        candidates = self._chapters(chapter, path)
        if not fragment:
            return Target(candidates[0].name) if candidates else None
        for candidate in candidates:
            if fragment in self.anchors[candidate.name]:
                return Target(candidate.name, fragment)
        if not path and fragment in self.things:
            return self.things[fragment]
        letters = folded(fragment)
        for candidate in candidates:
            if letters and (anchor := self.folded[candidate.name].get(letters)):
                return Target(candidate.name, anchor)
        if candidates and fragment.lower() == TOP:
            return Target(candidates[0].name)
        return None

    def names_in(self, chapter: Chapter, href: str) -> list[str] | None:
        """Every id of the file that *href* names; None where there is no such file."""
        path = unquote(href.partition("#")[0].partition("?")[0])
        files = self._chapters(chapter, path)
        names = [name for file in files for name in sorted(self.anchors[file.name])]
        return names if files else None

    def _chapters(self, chapter: Chapter, path: str) -> list[Chapter]:
        """The link's own chapter first, then the others of the file it names."""
        if not path:
            others = self.by_file.get(name_key(chapter.source), [])
            return [chapter, *(other for other in others if other is not chapter)]
        folder = "" if path.startswith("/") else posixpath.dirname(chapter.source)
        joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        stem, ending = posixpath.splitext(joined)
        found = self.by_file.get(name_key(joined), [])
        if not found and ending.lower() in ENDINGS:
            found = self.by_file.get(name_key(stem), [])
        return found


def _entries(chapter: Chapter) -> Iterator[str]:
    for sources in every(chapter, Bibliography):
        yield from (entry.attributes.id for entry in sources.entries)


def _file_keys(source: str) -> Iterator[str]:
    """The file, the file without its ending, and the folder whose index it is."""
    yield name_key(source)
    stem, _ = posixpath.splitext(source)
    yield name_key(stem)
    folder, name = posixpath.split(stem)
    if name.casefold() in INDEX:
        yield name_key(folder or ".")
        # What a web site makes of a README.
        yield name_key(posixpath.join(folder, "index"))
