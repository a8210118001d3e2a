"""The chapter that an author means by the name of a file, or by a title."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import PurePath, PurePosixPath
from unicodedata import normalize

from publish.model import Book, Chapter
from publish.problems import UnknownChapterError
from publish.transform.anchors import folded, slug

# Chapters that a message names.
_NAMED = 5
# Signs of a file's name that another file's name may hold of it.
_LONGEST = 60


def find_chapter(book: Book, named: str) -> Chapter:
    """The chapter of that file, with or without its folder and its ending; else the one
    of that title; else the one whose file has that name in an EPUB.

    Raises UnknownChapterError where there is none, or more than one.
    """
    for is_meant in _ways(named):
        found = [chapter for chapter in book.chapters if is_meant(chapter)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownChapterError(f"`{named}` may be {_either(found, book)}")
    raise UnknownChapterError(f"no chapter `{named}`; there is {_guess(named, book)}")


def chapter_word(chapter: Chapter, book: Book) -> str:
    """What a finished file of the chapter is called after: "03-oil", or "part-03-oil"
    where there are several of that name."""
    if not _has_file(chapter, book):
        return chapter.name
    path = PurePosixPath(chapter.source).with_suffix("")
    stems = [PurePosixPath(other.source).stem for other in book.chapters]
    word = path.name if stems.count(path.name) == 1 else "-".join(path.parts)
    return slug(word)[-_LONGEST:].strip("-") or chapter.name


def _ways(named: str) -> Iterator[Callable[[Chapter], bool]]:
    parts = _parts(named.replace("\\", "/"))
    title, words = _plain(named), folded(named)
    yield lambda chapter: any(
        path[-len(parts) :] == parts for path in _paths(chapter) if parts
    )
    yield lambda chapter: _plain(chapter.title) == title
    yield lambda chapter: bool(words) and folded(chapter.title) == words
    yield lambda chapter: chapter.name == title


def _paths(chapter: Chapter) -> Iterator[tuple[str, ...]]:
    """All that the file of a chapter may be called."""
    if chapter.source:
        path = PurePath(chapter.path).as_posix()
        for spelt in (chapter.source, path, chapter.path.absolute().as_posix()):
            yield _parts(spelt)
            yield _parts(PurePosixPath(spelt).with_suffix("").as_posix())


def _parts(path: str) -> tuple[str, ...]:
    return PurePosixPath(_plain(path)).parts


def _plain(text: str) -> str:
    """Case, spaces and the ways to write an accented letter do not count."""
    return " ".join(normalize("NFC", text).casefold().split())


def _either(chapters: Sequence[Chapter], book: Book) -> str:
    names = [_name(chapter, book) for chapter in chapters]
    return " or ".join(f"`{name}`" for name in names[:_NAMED])


def _name(chapter: Chapter, book: Book) -> str:
    """By which this chapter is found and no other."""
    return chapter.source if _has_file(chapter, book) else chapter.name


def _has_file(chapter: Chapter, book: Book) -> bool:
    """Whether it has one for itself."""
    sources = [other.source for other in book.chapters]
    return bool(chapter.source) and sources.count(chapter.source) == 1


def _guess(named: str, book: Book) -> str:
    """The chapters whose names look most like that one, else the first of all."""
    names: dict[str, Chapter] = {}
    for chapter in book.chapters:
        if _has_file(chapter, book):
            names.setdefault(_plain(PurePosixPath(chapter.source).stem), chapter)
        names.setdefault(_plain(chapter.title), chapter)
    meant = _plain(PurePosixPath(named.replace("\\", "/")).stem)
    near = [name for name in names if meant and meant in name]
    near += get_close_matches(meant, names, n=_NAMED)
    likely = [names[name] for name in near]
    chapters = likely or [c for c in book.chapters if not c.generated]
    called = list(dict.fromkeys(_called(chapter, book) for chapter in chapters))
    listed = ", ".join(f"`{name}`" for name in called[:_NAMED])
    more = 0 if likely else max(0, len(called) - _NAMED)
    return f"{listed} and {more} more" if more else listed


def _called(chapter: Chapter, book: Book) -> str:
    return chapter.source if _has_file(chapter, book) else chapter.title
