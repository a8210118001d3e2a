"""Look for what an author should mend, in a book that every pass has been over."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from urllib.parse import unquote

from publish.access import barriers, wordless
from publish.addresses import is_address, leaves_the_book
from publish.as_written import as_written
from publish.check_dialogues import check_dialogues
from publish.check_index import check_index, check_lists, check_terms
from publish.check_pictures import check_pictures
from publish.check_quotes import check_quotes
from publish.guesses import Guesses
from publish.kinds import blocks_where, every, holds, marked_where
from publish.model import (
    Blocks,
    Book,
    Chapter,
    CiteKey,
    CodeBlock,
    Division,
    DivisionKind,
    Figure,
    Image,
    Link,
    Table,
)
from publish.problems import Position, Problem, Severity
from publish.transform.alternatives import tell_editions
from publish.transform.answers import is_answer
from publish.transform.contents import title_of
from publish.transform.links import Places
from publish.transform.references import is_bare
from publish.transform.standing import names_in, standing
from publish.transform.things import is_thing, kind_of
from publish.walk import (
    UNMARKED,
    plain_text,
    walk_blocks,
)


def check_book(book: Book) -> Iterator[Problem]:
    """Everything that can be known before rendering."""
    yield from check_links(book)
    yield from check_references(book)
    yield from check_index(book)
    yield from check_terms(book)
    yield from check_lists(book)
    yield from check_words(book)
    yield from check_captions(book)
    yield from check_pictures(book)
    yield from check_editions(book)
    yield from check_answers(book)
    yield from check_quotes(book)
    yield from check_dialogues(book)


def check_links(book: Book) -> Iterator[Problem]:
    """Every link that stays in the book leads to a file or heading of it."""
    dead = [
        (link, chapter)
        for chapter in as_written(book.chapters)
        for link in every(chapter, Link)
        if link.target is None and not leaves_the_book(link.href)
    ]
    places = Places(book.chapters if dead else ())
    names = frozenset(_names(book)) if dead else frozenset()
    guesses = Guesses()
    for link, chapter in dead:
        name = unquote(link.href).removeprefix("#")
        if link.href.startswith("#") and is_thing(name):
            at = Position(chapter.path, link.line)
            yield _dead_reference(name, at, guesses.near(name, names), "#")
        else:
            yield _dead_link(link, chapter, places, guesses)


def check_names(book: Book) -> Iterator[Problem]:
    """No two things of a file have one name in the same edition, nor two of the book
    that references call by it.

    book: as it was read, before names that are met again are counted
    """
    first: dict[tuple[str, str], Position] = {}
    met: dict[tuple[str, str], frozenset[str]] = {}
    for chapter in tell_editions(book).chapters:
        line = 0
        for thing in marked_where(chapter, "id"):
            line = getattr(thing, "line", 0) or line
            name, shown = thing.attributes.id, thing.attributes.shown
            if not name:
                continue
            key = ("" if is_thing(name) else chapter.source, name)
            at = Position(chapter.path, line)
            where = standing(shown, book.editions)
            if key in first and (not where or where & met[key]):
                message = f"`{name}` is the name of something else already"
                hint = f"references lead to the one at {first[key]}"
                yield Problem(at, "same-name", message, hint, Severity.WARNING)
            first.setdefault(key, at)
            met[key] = met.get(key, frozenset()) | where


def check_references(book: Book) -> Iterator[Problem]:
    """Every name of a thing is the name of one."""
    names = frozenset(_names(book))
    guesses = Guesses()
    for chapter in as_written(book.chapters):
        for cited in every(chapter, CiteKey):
            if is_thing(cited.key):
                at = Position(chapter.path, cited.line)
                if cited.key in names:
                    yield _uncounted(cited.key, at, book)
                else:
                    near = guesses.near(cited.key, names)
                    yield _dead_reference(cited.key, at, near, "@")
        for division in every(chapter, Division):
            if division.answers and division.answers not in names:
                at = Position(chapter.path, division.line)
                near = guesses.near(division.answers, names)
                yield _dead_reference(division.answers, at, near, "")


def _names(book: Book) -> Iterator[str]:
    for chapter in book.chapters:
        for block in blocks_where(chapter, "id"):
            if not isinstance(block, UNMARKED) and is_thing(block.attributes.id):
                yield block.attributes.id


def _uncounted(name: str, at: Position, book: Book) -> Problem:
    noted = (note for chapter in book.chapters for note in chapter.notes)
    blocks = (block for note in noted for block in walk_blocks(note.children))
    names = {b.attributes.id for b in blocks if not isinstance(b, UNMARKED)}
    message = f"what is called `{name}` has no number to refer to it by"
    hint = "its name says what it is: `fig-` begins that of a figure, `tbl-` of a table"
    if name in names:
        message = f"`{name}` is in a note, and nothing there can be referred to"
        hint = "put it into the text, or refer to what the note stands at"
    return Problem(at, "dead-reference", message, hint)


def _dead_reference(name: str, at: Position, near: str, sign: str) -> Problem:
    """near: a name that may be meant; empty for none
    sign: what a name begins with where this one is written
    """
    message = f"nothing in the book is called `{name}`"
    hint = f"give the thing its name: {{#{name}}}"
    if near:
        hint = f"did you mean `{sign}{near}`?"
    return Problem(at, "dead-reference", message, hint)


def check_words(book: Book) -> Iterator[Problem]:
    """Every picture and every link says something to those who do not see it."""
    for chapter in as_written(book.chapters):
        for thing in wordless(chapter):
            at = Position(chapter.path, thing.line)
            yield _no_alt(thing, at) if isinstance(thing, Image) else _mute(thing, at)
        for link in every(chapter, Link):
            if link.target and is_bare(link):
                yield _mute(link, Position(chapter.path, link.line))


def check_captions(book: Book) -> Iterator[Problem]:
    """What has a number, and stands in the lists by it, has words beside it."""
    for chapter in as_written(book.chapters):
        for block in blocks_where(chapter, Figure, Table, CodeBlock):
            if not isinstance(block, Figure | Table | CodeBlock) or not block.number:
                continue
            alone = block.number[-1:].isdecimal() and not title_of(block)
            if alone and kind_of(block.attributes.id):
                message = f"`{block.attributes.id}` has a number and no caption"
                hint = 'a picture’s stands in its title: ![…](lamp.png "The lamp")'
                if not isinstance(block, Figure):
                    hint = "write it behind: a line that begins with a colon"
                at = Position(chapter.path, block.line)
                yield Problem(at, "no-caption", message, hint, Severity.NOTE)


def check_claim(book: Book, at: Position) -> Iterator[Problem]:
    """The book does not contradict what its author vouches for. at: where that is"""
    said = book.metadata.accessibility.conforms_to
    count = sum(1 for _ in barriers(book)) if said else 0
    if count:
        things = "one thing in it has" if count == 1 else f"{count} things in it have"
        message = f"the book cannot conform to {said}: {things} no words"
        hint = "see the warnings; until they are mended the EPUB claims nothing"
        yield Problem(at, "false-claim", message, hint)


def check_editions(book: Book) -> Iterator[Problem]:
    """What does not stand in every edition names some that there are, or formats."""
    known = names_in(book.editions)
    own = [edition.name for edition in book.editions]
    for chapter in book.chapters:
        for thing in marked_where(chapter, "shown"):
            shown = thing.attributes.shown
            for name in (*shown.only, *shown.never) if shown else ():
                if name.casefold() not in known:
                    at = Position(chapter.path, getattr(thing, "line", 0))
                    yield _no_edition(name, own, at)


def _no_edition(name: str, own: Sequence[str], at: Position) -> Problem:
    message = f"`{name}` is no edition of this book and no format"
    there = dict.fromkeys((*own, "print", "epub"))
    hint = f"there is {', '.join(f'`{one}`' for one in there)}"
    if near := get_close_matches(name, (*own, "print", "pdf", "epub", "html"), n=1):
        hint = f"did you mean `{near[0]}`?"
    return Problem(at, "unknown-edition", message, hint)


def _no_alt(image: Image, at: Position) -> Problem:
    message = f"no words say what `{image.src}` shows"
    hint = 'write alt="what it shows" in its tag or in braces behind it; alt="" if it'
    hint += " only decorates"
    return Problem(at, "no-alt", message, hint, Severity.WARNING)


def _mute(link: Link, at: Position) -> Problem:
    message = f"the link to `{link.href}` has no words"
    hint = "write words in it, or say what its picture shows"
    return Problem(at, "no-link-text", message, hint, Severity.WARNING)


def check_answers(book: Book) -> Iterator[Problem]:
    """Where answers are gathered, there are some, and all of them are there."""
    places = [
        (block, Position(chapter.path, block.line))
        for chapter in book.chapters
        if holds(chapter, Division)
        for block in walk_blocks(chapter.blocks)
        if isinstance(block, Division) and block.kind is DivisionKind.ANSWERS
    ]
    for place, at in places:
        if not any(map(is_answer, place.children)):
            message = "no answer stands before this place, so none is gathered here"
            hint = "answers stand in the exercises, or say which one they are `of`"
            yield Problem(at, "no-answers", message, hint, Severity.WARNING)
    if not places:
        return
    for chapter in book.chapters:
        for block in _loose_answers(chapter.blocks):
            message = "this answer stays here: its exercise has no name"
            hint = "begin the exercise with `::: {#exr-name}`, with a name of yours"
            at = Position(chapter.path, block.line)
            yield Problem(at, "loose-answer", message, hint, Severity.WARNING)


def _loose_answers(blocks: Blocks) -> Iterator[Division]:
    """Answers that nobody could tell the exercises of, if they stood elsewhere."""
    named = {
        inside
        for block in walk_blocks(blocks)
        if isinstance(block, Division) and kind_of(block.attributes.id)
        for inside in block.children
    }
    for block in walk_blocks(blocks):
        if is_answer(block) and not block.answers and block not in named:
            yield block


def _dead_link(
    link: Link, chapter: Chapter, places: Places, guesses: Guesses
) -> Problem:
    at = Position(chapter.path, link.line)
    if not link.href:
        message = f"the link `{plain_text(link.children)}` has no address"
        hint = "write the file or the address that it leads to between the parentheses"
        return Problem(at, "dead-link", message, hint)
    path, _, fragment = unquote(link.href).partition("#")
    names = places.names_in(chapter, link.href)
    if names is None:
        message = f"the link `{unquote(link.href)}` leads to no chapter of the book"
        hint = "name a file that is a chapter, and a heading that is in it"
        if is_address(link.href):
            kind = "mailto:" if "@" in link.href else "https://"
            hint = f"an address begins with its kind: `{kind}{link.href}`"
        return Problem(at, "dead-link", message, hint)
    where = f"`{path}`" if path else "this file"
    message = f"no heading of {where} is called `#{fragment}`"
    hint = "a heading's name is its words in small letters, joined by hyphens"
    if near := guesses.near(fragment, names):
        hint = f"did you mean `#{near}`?"
    return Problem(at, "dead-link", message, hint)
