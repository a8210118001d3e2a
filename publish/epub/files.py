"""The files of the chapters, each made and checked by itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publish.crew import NO_KIT, Executor, Files, Work
from publish.epub.chapters import chapter_resource
from publish.epub.resource import Resource
from publish.model import Chapter
from publish.problems import Problem
from publish.words import lost_in_xhtml


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """problems: words of the chapter that are not in it"""

    resource: Resource
    problems: tuple[Problem, ...]


def chapter_files(
    chapters: Iterable[Chapter], titles: Mapping[str, str], executor: Executor
) -> list[ChapterFile]:
    """titles: of the files, by the names of the chapters; see `chapter_resource`"""
    tasks = (_Task(chapter, titles[chapter.name]) for chapter in chapters)
    # They take less time than another process needs to begin.
    works = [Work(_made, NO_KIT, task, here=True) for task in tasks]
    return executor.gather([executor.submit(work) for work in works])


@dataclass(frozen=True, slots=True)
class _Task:
    chapter: Chapter
    title: str

    def spelt(self) -> Iterator[str]:
        yield self.title
        yield repr(self.chapter)


def _made(_kit: None, task: _Task, _files: Files) -> ChapterFile:
    chapter = task.chapter
    resource = chapter_resource(chapter, task.title)
    pages = {chapter.name: resource.read()}
    return ChapterFile(resource, tuple(lost_in_xhtml((chapter,), pages, "the EPUB")))
