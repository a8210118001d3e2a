"""Put what a text cites into words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from publish.citations.apart import told_apart
from publish.citations.asking import Answered, Asking
from publish.citations.engine import is_there
from publish.citations.library import Library, read_library
from publish.citations.passages import (
    Begun,
    Called,
    Heard,
    Manner,
    Passage,
    Reading,
)
from publish.citations.place import (
    Anchors,
    bibliography,
    with_book_list,
    with_chapter_list,
)
from publish.citations.scope import Manners, Scope
from publish.citations.setting import Answer, Setting
from publish.citations.styles import USUAL, Style, named_style, style_of_file
from publish.citations.terms import NO_WORDS, TermsOf, ask_terms, terms_of
from publish.crew import NO_KIT, Executor, Here, Work, WorkError
from publish.manuscript import Citing
from publish.model import (
    Bibliography,
    Book,
    Chapter,
    Inlines,
    Note,
    Paragraph,
    Shown,
    SourceLists,
)
from publish.problems import Position, Problem, Severity


def cite_sources(
    book: Book, citing: Citing, executor: Executor | None = None
) -> tuple[Book, tuple[Problem, ...]]:
    """The book with its citations in words and its bibliography, where it has any.

    executor: who asks the engine; None for this process
    What cannot be cited stays as it is written, and is a problem.
    """
    heard = tuple(map(_heard, book.chapters))
    if not any(one.passages for one in heard) and not citing.also:
        return book, ()
    library = read_library(citing.files)
    unknown = tuple(_unknown(book, heard, library))
    if not is_there():
        return book, (*library.problems, *unknown, _no_engine(citing))
    style, problems = _style(citing)
    problems = [*library.problems, *unknown, *problems]
    if not style:
        return book, tuple(problems)
    executor = executor or Here()
    made, said = _cited(book, citing, _Given(heard, library, style), executor)
    return made, (*problems, *said)


@dataclass(frozen=True, slots=True)
class Cites:
    """What one chapter cites.

    passages: in the order in which `Reading` comes to them
    order: their numbers in the order of the text, where a note stands at its first call
    """

    passages: tuple[Passage, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    heard: tuple[Cites, ...]
    library: Library
    style: Style


def _heard(chapter: Chapter) -> Cites:
    passages: list[Passage] = []
    # What is heard in the text, under "", and in each note.
    spoken: dict[str, list[int | str]] = {"": []}
    where = [""]

    def answer(passage: Passage) -> Inlines | None:
        spoken[where[-1]].append(len(passages))
        passages.append(passage)
        return None

    def hear(thing: Heard) -> None:
        match thing:
            case Called(label):
                spoken[where[-1]].append(label)
            case Begun(label):
                spoken[label] = []
                where.append(label)

    Reading(answer, hear).chapter(chapter)
    if not passages:
        return Cites((), ())
    order = dict.fromkeys(_in_order(spoken, "", set()))
    rest = (n for n in range(len(passages)) if n not in order)
    return Cites(tuple(passages), (*order, *rest))


def _in_order(
    spoken: Mapping[str, Sequence[int | str]], where: str, seen: set[str]
) -> Iterator[int]:
    for thing in spoken[where]:
        if isinstance(thing, int):
            yield thing
        elif thing in spoken and thing not in seen:
            seen.add(thing)
            yield from _in_order(spoken, thing, seen)


def _unknown(book: Book, heard: Iterable[Cites], library: Library) -> Iterator[Problem]:
    for chapter, text in zip(book.chapters, heard, strict=True):
        for passage in text.passages:
            for source in passage.sources:
                if source.key not in library.records:
                    at = Position(chapter.path, passage.line)
                    yield _no_source(source.key, at, passage.manner, library)


def _no_source(key: str, at: Position, manner: Manner, library: Library) -> Problem:
    message = f"no source has the key `{key}`"
    near = get_close_matches(key, library.records, n=1)
    # An at sign in running text may be something else altogether.
    severity = Severity.ERROR if manner is Manner.BRACKETS else Severity.WARNING
    hint = f"did you mean `@{near[0]}`?" if near else ""
    if not near and manner is not Manner.BRACKETS:
        hint = f"if it is no source, write `\\@{key}`"
    return Problem(at, "unknown-source", message, hint, severity)


def _no_engine(citing: Citing) -> Problem:
    return Problem(
        citing.at,
        "no-citation-engine",
        "the program that makes citations is not installed,"
        " so they are shown as they are written",
        "give the command `pipx inject publish-press typst`,"
        ' or `pip install "publish-press[citations]"`',
    )


def _style(citing: Citing) -> tuple[Style | None, list[Problem]]:
    if citing.style_file:
        return style_of_file(citing.style_file, citing.style_at)
    style = named_style(citing.style or USUAL, citing.style_at)
    if isinstance(style, Problem):
        return None, [style]
    return style, []


def _cited(
    book: Book, citing: Citing, given: _Given, executor: Executor
) -> tuple[Book, list[Problem]]:
    language = book.metadata.language
    wanted = Work(ask_terms, NO_KIT, TermsOf(language), local=True)
    try:
        (words,) = executor.gather([executor.submit(wanted)])
    except WorkError:
        words = NO_WORDS
    terms = terms_of(words)
    manners = Manners(given.library.records, given.style, terms, language)
    asking = Asking(executor, citing.style_at)
    scopes = list(_scopes(given, citing, manners))
    for scope in scopes:
        asking.begin(scope)
    setter = _Setter(book, citing)
    for scope in scopes:
        if answered := asking.answered(scope):
            setter.take(scope, answered)
    made, problems = setter.made()
    return made, list(dict.fromkeys((*asking.problems, *problems)))


def _scopes(given: _Given, citing: Citing, manners: Manners) -> Iterator[Scope]:
    """The whole book, or each chapter that cites something."""
    known = given.library.records
    by_chapter = [
        {
            (number, n): text.passages[n]
            for n in text.order
            if all(source.key in known for source in text.passages[n].sources)
        }
        for number, text in enumerate(given.heard)
    ]
    also = citing.also
    if "*" in also:
        also = tuple(dict.fromkeys(record.key for record in known.values()))
    if citing.lists is SourceLists.CHAPTER:
        for number, passages in enumerate(by_chapter, 1):
            if passages:
                yield from _by_editions(Scope(manners, passages, number=number))
        return
    passages = {at: one for chapter in by_chapter for at, one in chapter.items()}
    if passages or also:
        yield from _by_editions(Scope(manners, passages, also))


def _by_editions(scope: Scope) -> Iterator[Scope]:
    """In notes a source is named in full once: what some editions leave out must not
    be where the others need it. All sources stand in the list all the same."""
    parts: dict[tuple[Shown, ...], dict[tuple[int, int], Passage]] = {(): {}}
    for at, passage in scope.passages.items():
        shown = passage.shown if scope.manners.style.in_notes else ()
        parts.setdefault(shown, {})[at] = passage
    common = parts.pop(())
    others = (
        c.key for part in parts.values() for p in part.values() for c in p.sources
    )
    yield replace(scope, passages=common, also=(*scope.also, *others))
    for shown, part in parts.items():
        yield Scope(scope.manners, part, number=scope.number, shown=shown)


class _Setter:
    """Puts answers into the book.

    notes: those that citations of a chapter have become
    """

    def __init__(self, book: Book, citing: Citing) -> None:
        self._book, self._citing = book, citing
        self._answers: dict[tuple[int, int], Answer] = {}
        self._lists: dict[int, Bibliography] = {}
        self._anchors: dict[int, Anchors] = {}
        self._problems: list[Problem] = []

    def take(self, scope: Scope, answered: Answered) -> None:
        ready = answered.prepared
        reply, before = told_apart(answered.reply, ready, scope.manners)
        anchors = self._anchors.setdefault(scope.number, Anchors(scope.number))
        listed = self._citing.lists is not SourceLists.NONE
        listed = listed and scope.manners.style.lists
        entries = {one.key for one in reply.listed if one.words or one.label}
        keys = ready.keys

        def href(key: str) -> str:
            return anchors.href(keys[key]) if listed and key in entries else ""

        setting = Setting(scope.manners, ready, reply, before, href)
        for (at, placed), runs in zip(ready.placed.items(), reply.here, strict=True):
            self._answers[at] = Answer(setting, runs, placed)
        if listed and entries and not scope.shown:
            self._lists[scope.number] = bibliography(
                reply, anchors, keys, scope.manners.language
            )

    def made(self) -> tuple[Book, list[Problem]]:
        chapters = tuple(
            self._chapter(number, chapter)
            for number, chapter in enumerate(self._book.chapters)
        )
        book = replace(self._book, chapters=chapters)
        if 0 in self._lists:
            book, problems = with_book_list(book, self._lists[0])
            self._problems += problems
        return book, self._problems

    def _chapter(self, number: int, chapter: Chapter) -> Chapter:
        notes: list[Note] = []
        count = iter(range(10**9))

        def answer(passage: Passage) -> Inlines | None:
            found = self._answers.get((number, next(count)))
            if found is None:
                return None
            if not found:
                self._say_empty(chapter, passage)
                return None
            if not found.in_notes or passage.in_note:
                return found.in_line(passage)
            label = f"cited {len(notes) + 1}"
            text = Paragraph(found.as_note(passage), passage.line)
            notes.append(Note(label, (text,), passage.line))
            return found.call(passage, label)

        new = Reading(answer, lambda _thing: None).chapter(chapter)
        new = replace(new, notes=(*new.notes, *notes)) if notes else new
        if listed := self._lists.get(number + 1):
            return with_chapter_list(new, listed)
        return new

    def _say_empty(self, chapter: Chapter, passage: Passage) -> None:
        at = Position(chapter.path, passage.line)
        keys = "`, `".join(source.key for source in passage.sources)
        message = f"the style finds nothing to say of `{keys}`, shown as it is written"
        hint = "give the source an author, a title and a date"
        self._problems.append(Problem(at, "empty-citation", message, hint))
