"""The files of the chapters, each made and checked by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.crew import NO_KIT, Executor, Files, Work
from publish.epub.chapters import chapter_resource, chapter_xhtml
from publish.epub.pages import PageMark, mark_pages
from publish.epub.resource import Resource
from publish.flow import PrintedPage
from publish.model import Chapter
from publish.problems import Problem
from publish.words import lost_in_xhtml


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """pages: of print that are marked in it
    problems: words of the chapter that are not in it, if someone has looked
    """

    resource: Resource
    pages: tuple[PageMark, ...]
    problems: tuple[Problem, ...]


def chapter_files(
    chapters: Iterable[Chapter],
    titles: Mapping[str, str],
    pages: Mapping[str, Sequence[PrintedPage]],
    executor: Executor,
    *,
    draft: bool = False,
) -> list[ChapterFile]:
    """titles: of the files, by the names of the chapters; see `chapter_xhtml`
    pages: of print that begin in them, by the same names
    draft: whether it is enough that they are made
    """
    tasks = (
        _Task(chapter, titles[chapter.name], tuple(pages.get(chapter.name, ())))
        for chapter in chapters
    )
    do, better = (_drafted, _made) if draft else (_made, None)
    # They take less time than another process needs to begin.
    works = [Work(do, NO_KIT, task, here=True, better=better) for task in tasks]
    return executor.gather([executor.submit(work) for work in works])


@dataclass(frozen=True, slots=True)
class _Task:
    chapter: Chapter
    title: str
    pages: tuple[PrintedPage, ...]

    def spelt(self) -> Iterator[str]:
        yield self.title
        yield repr(self.pages)
        yield repr(self.chapter)


def _drafted(_kit: None, task: _Task, _files: Files) -> ChapterFile:
    text = chapter_xhtml(task.chapter, task.title)
    marked, pages = mark_pages(text, task.pages) if task.pages else (text, ())
    return ChapterFile(chapter_resource(task.chapter, marked), pages, ())


def _made(kit: None, task: _Task, files: Files) -> ChapterFile:
    drafted = _drafted(kit, task, files)
    pages = {task.chapter.name: drafted.resource.read()}
    lost = lost_in_xhtml((task.chapter,), pages, "the EPUB")
    return replace(drafted, problems=tuple(lost))
