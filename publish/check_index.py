"""Look for what an author should mend in the marks for the index, and in the terms of
the glossary."""

from collections.abc import Iterator

from publish.guesses import Guesses
from publish.kinds import every
from publish.model import Book, Chapter, Edge, Index, IndexMark, Levels, TermReference
from publish.problems import Position, Problem, Severity
from publish.transform.abbreviations import asks_for_abbreviations
from publish.transform.glossary import defined_terms, term_key
from publish.transform.index_marks import (
    Gathered,
    Growing,
    Marked,
    entries_of,
    gather,
    holds_index,
    marks_of,
)
from publish.walk import plain_text, same_words


def check_lists(book: Book) -> Iterator[Problem]:
    """Every list that an author asks for has something in it."""
    for chapter in book.chapters:
        if any(not index.groups for index in every(chapter, Index)):
            message = "there is no mark in the book that this index could list"
            hint = "mark words for it: [lamp]{.index}"
            yield _empty_list(chapter, message, hint)
        if asks_for_abbreviations(chapter):
            message = "there is no abbreviation in the book that could stand here"
            hint = 'say what they stand for: [BBC]{.abbr title="…"}'
            yield _empty_list(chapter, message, hint)


def _empty_list(chapter: Chapter, message: str, hint: str) -> Problem:
    at = Position(chapter.path)
    return Problem(at, "empty-list", message, hint, Severity.WARNING)


def check_index(book: Book) -> Iterator[Problem]:
    """Every mark names an entry, every range has two ends, and whoever is sent to
    another entry finds one."""
    gathered = gather(book)
    entries = list(gathered.root.walk())
    if entries and not any(map(holds_index, book.chapters)):
        yield _no_index(book)
        return
    yield from _lone_marks(book)
    for marked, levels in gathered.unpaired:
        yield _open_range(marked, levels)
    names = [_shown(entry.levels) for entry in entries]
    guesses = Guesses()
    for entry in entries:
        for others, attribute in ((entry.see, "see"), (entry.see_also, "see-also")):
            for levels, marked in others.items():
                other = gathered.find(levels)
                if other is None:
                    near = guesses.near(_shown(levels), names)
                    yield _dead_see(marked, levels, near, attribute)
                elif other is entry:
                    yield _own_see(marked, levels, attribute)
        if entry.see and (entry.places or entry.children):
            yield _see_with_pages(entry)
    yield from _near_entries(gathered)


def _at(marked: Marked) -> Position:
    return Position(marked.chapter.path, marked.mark.line)


def _shown(levels: Levels) -> str:
    return "!".join(levels)


def _no_index(book: Book) -> Problem:
    chapter, mark = next(
        (chapter, mark)
        for chapter in book.chapters
        for mark in every(chapter, IndexMark)
    )
    message = "words are marked for an index, but the file with the index is your own"
    hint = "write ::: index and ::: on two lines of it where the marks shall be listed"
    at = Position(chapter.path, mark.line)
    return Problem(at, "own-index", message, hint, Severity.WARNING)


def _lone_marks(book: Book) -> Iterator[Problem]:
    for chapter in book.chapters:
        inside = holds_index(chapter)
        for marked in marks_of(chapter):
            if not entries_of(marked.mark):
                message = "this mark names no entry of the index"
                hint = 'write words in it, or entry="…" behind .index'
                yield Problem(_at(marked), "no-entry", message, hint)
            elif inside:
                message = "what stands with the index is not listed in it"
                hint = "put the mark into another chapter, or the index"
                yield Problem(
                    _at(marked), "mark-in-index", message, hint, Severity.WARNING
                )


def _open_range(marked: Marked, levels: Levels) -> Problem:
    entry = _shown(levels)
    if marked.mark.edge is Edge.START:
        message = f"the range of `{entry}` begins here and does not end"
        hint = f'write []{{.index entry="{entry}" range="end"}} where it ends'
    else:
        message = f"the range of `{entry}` ends here and has not begun"
        hint = f'write []{{.index entry="{entry}" range="start"}} where it begins'
    return Problem(_at(marked), "open-range", message, hint)


def _dead_see(marked: Marked, levels: Levels, near: str, attribute: str) -> Problem:
    message = f"the index has no entry `{_shown(levels)}` to send a reader to"
    hint = "mark a place for it, or name another entry; its levels are parted by !"
    if near:
        hint = f'did you mean {attribute}="{near}"?'
    return Problem(_at(marked), "dead-see", message, hint)


def _own_see(marked: Marked, levels: Levels, attribute: str) -> Problem:
    message = f"`{_shown(levels)}` sends the reader to itself"
    hint = f"name another entry in {attribute}"
    return Problem(_at(marked), "dead-see", message, hint)


def _see_with_pages(entry: Growing) -> Problem:
    marked = next(iter(entry.see.values()))
    message = f"`{_shown(entry.levels)}` sends the reader to another entry"
    message += " and has pages or entries below it as well"
    hint = "write see-also, or mark its places with the other entry"
    return Problem(_at(marked), "see-with-pages", message, hint, Severity.WARNING)


def _near_entries(gathered: Gathered) -> Iterator[Problem]:
    """Words at the beginning of a sentence have a capital that an entry has not."""
    for parent in (gathered.root, *gathered.root.walk()):
        first: dict[str, Growing] = {}
        for entry in parent.children.values():
            word = entry.levels[-1].casefold()
            other = first.setdefault(word, entry)
            if other is not entry and same_words(other.levels[-1], entry.levels[-1]):
                marked = _first_mark(entry)
                message = f"`{_shown(other.levels)}` and `{_shown(entry.levels)}` are"
                message += " two entries of the index"
                hint = f'if they are one, write entry="{_shown(other.levels)}"'
                at = _at(marked)
                yield Problem(at, "near-entry", message, hint, Severity.WARNING)


def _first_mark(entry: Growing) -> Marked:
    marks = [marked for _, marked in entry.places]
    marks += [*entry.see.values(), *entry.see_also.values()]
    return marks[0] if marks else _first_mark(next(iter(entry.children.values())))


def check_terms(book: Book) -> Iterator[Problem]:
    """Every term is defined, and once."""
    terms: dict[str, Position] = {}
    words: dict[str, str] = {}
    for term in defined_terms(book):
        at = Position(term.chapter.path, term.line)
        key = term_key(term.words)
        if key in terms:
            message = f"`{term.words}` is defined a second time"
            hint = f"the text leads to the definition at {terms[key]}"
            yield Problem(at, "same-term", message, hint, Severity.WARNING)
        terms.setdefault(key, at)
        words.setdefault(key, term.words)
    guesses = Guesses()
    for chapter in book.chapters:
        for reference in every(chapter, TermReference):
            if reference.target is None:
                at = Position(chapter.path, reference.line)
                said = reference.of or plain_text(reference.children)
                yield _no_term(said, at, guesses.near(said, words.values()))


def _no_term(said: str, at: Position, near: str) -> Problem:
    message = f"the glossary has no term `{said}`"
    hint = 'define it there, or name a term that is there: .term of="…"'
    if near:
        hint = f'did you mean .term of="{near}"?'
    return Problem(at, "no-term", message, hint)
