"""Find what a text cites: the keys and what is written round them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum, auto

from publish.model import (
    Block,
    Blocks,
    Chapter,
    Citation,
    CiteKey,
    Generated,
    Inline,
    Inlines,
    NoteReference,
    Shown,
    Text,
)
from publish.transform.things import is_thing
from publish.walk import UNMARKED, WRAPPERS, Rewrite


class Manner(Enum):
    """How something is cited."""

    BRACKETS = auto()  # [see @key, p. 3; @other]
    IN_TEXT = auto()  # @key [p. 3]
    WITHOUT_AUTHOR = auto()  # -@key [p. 3]


@dataclass(frozen=True, slots=True)
class Cited:
    """One source in a citation.

    before, behind: what the author wrote round it; where in the source it is said
        stands at the beginning of *behind*
    bare: written `-@key`: without its author
    """

    key: str
    before: Inlines = ()
    behind: Inlines = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One citation of the text.

    in_note: whether it stands in a note of the author
    shown: in which editions, for each thing round it that is not in all of them
    """

    manner: Manner
    sources: tuple[Cited, ...]
    line: int
    in_note: bool = False
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a note."""

    label: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of a note."""

    label: str


Heard = Called | Begun
# What stands for a passage; None to leave it as it is written.
Answer = Callable[[Passage], Inlines | None]


class Reading(Rewrite):
    """Puts into each line of a text what *answer* says of each of its passages."""

    def __init__(self, answer: Answer, heard: Callable[[Heard], None]) -> None:
        """heard: told of each call of a note, and where each note begins"""
        super().__init__()
        self._answer, self._heard = answer, heard
        self._in_note = False
        self._before_signs = False
        self._shown: tuple[Shown, ...] = ()

    def chapter(self, chapter: Chapter) -> Chapter:
        """The text first, then the notes in the order of their definitions."""
        # In French the call of a note stands before the signs of a sentence.
        self._before_signs = chapter.language.partition("-")[0] == "fr"
        blocks = self.blocks(chapter.blocks)
        self._in_note = True
        notes = []
        for note in chapter.notes:
            self._heard(Begun(note.label))
            notes.append(replace(note, children=self.blocks(note.children)))
        self._in_note = False
        return replace(chapter, blocks=blocks, notes=tuple(notes))

    def _block(self, block: Block) -> Block | Blocks | None:
        with self._within(block):
            return super()._block(block)

    @contextmanager
    def _within(self, thing: Block | Inline) -> Iterator[None]:
        around = self._shown
        if not isinstance(thing, UNMARKED) and thing.attributes.shown:
            self._shown = (*around, thing.attributes.shown)
        yield
        self._shown = around

    def _passage(self, line: list[Inline]) -> tuple[int, Passage | None]:
        count, passage = _passage(line, in_note=self._in_note)
        return count, passage and replace(passage, shown=self._shown)

    def inlines(self, inlines: Inlines) -> Inlines:
        new: list[Inline] = []
        rest = list(inlines)
        changed = False
        while rest:
            count, passage = self._passage(rest)
            answered = self._answer(passage) if passage else None
            if answered is not None:
                changed = True
                rest = [*_left_of(rest, count), *rest[count:]]
                if any(isinstance(inline, NoteReference) for inline in answered):
                    _close_up(new, answered)
                    if not self._before_signs:
                        answered = _noted(answered, rest)
                elif self._in_note and any(map(_is_seen, rest)):
                    answered = _unended(answered)
                new += answered
                continue
            inline = rest.pop(0)
            if isinstance(inline, NoteReference):
                self._heard(Called(inline.label))
            if isinstance(inline, WRAPPERS) and not isinstance(inline, Citation):
                with self._within(inline):
                    inside = self.inlines(inline.children)
                if inside is not inline.children:
                    changed = True
                    inline = replace(inline, children=inside)
            new.append(inline)
            if passage:
                # What is left as it is written is not read again.
                new += rest[: count - 1]
                del rest[: count - 1]
        return tuple(new) if changed else inlines


# Signs that a call of a note follows (Chicago Manual of Style, 14.26), and the end of a
# word that is an author's.
_SIGNS = re.compile(r"(?:[’']s\b)?(?:[.,;:!?…]+[”’\"'»)]*|[”’»]+[.,;:!?…]*)?")


def _close_up(new: list[Inline], answered: Inlines) -> None:
    """What calls a note follows the word before it at once."""
    last = new[-1] if new else None
    if isinstance(answered[0], NoteReference) and isinstance(last, Text):
        word = last.value.rstrip()
        new[-1:] = [Text(word)] if word else []


def _noted(answered: Inlines, rest: list[Inline]) -> Inlines:
    """What calls a note stands behind the word and the signs of a sentence."""
    if not rest or not isinstance(rest[0], Text):
        return answered
    signs = _SIGNS.match(rest[0].value)
    if not (signs and signs[0]):
        return answered
    rest[0] = Text(rest[0].value[signs.end() :])
    if not rest[0].value:
        del rest[0]
    said = answered[-2] if len(answered) > 1 else None
    ended = isinstance(said, Generated) and said.value.endswith(".")
    moved = signs[0].removeprefix(".") if ended else signs[0]
    signs_left = (Text(moved),) if moved else ()
    return (*answered[:-1], *signs_left, answered[-1])


def _is_seen(inline: Inline) -> bool:
    return not isinstance(inline, Text) or bool(inline.value.strip())


def _unended(answered: Inlines) -> Inlines:
    """Without the point that ends a note, where the author's sentence goes on."""
    ends = bool(answered) and answered[-1] == Generated(".")
    return answered[:-1] if ends else answered


# What is said of a key in brackets behind it.
_BRACKETS = re.compile(r"\s?\[([^\[\]]*)\]")


def _passage(line: list[Inline], *, in_note: bool) -> tuple[int, Passage | None]:
    """The passage that a line begins with, and how many inlines it takes up."""
    match line[0]:
        case Citation(children, at):
            sources = tuple(_sources(children))
            if not sources or any(is_thing(source.key) for source in sources):
                return 1, None
            return 1, Passage(Manner.BRACKETS, sources, at, in_note)
        case CiteKey(key, at, bare) if not is_thing(key):
            manner = Manner.WITHOUT_AUTHOR if bare else Manner.IN_TEXT
            count, behind, others = _behind(line)
            sources = (Cited(key, (), behind), *others)
            return count, Passage(manner, sources, at, in_note)
        case _:
            return 1, None


def _behind(line: list[Inline]) -> tuple[int, Inlines, tuple[Cited, ...]]:
    """`@key [p. 3]`, and `@key [p. 3; @other]`."""
    match line[1:3]:
        case [Text(value), *_] if found := _BRACKETS.match(value):
            return 2, (Text(found[1]),), ()
        case [Text(" " | "\n"), Citation(children)]:
            first, *others = _pieces(children)
            if not any(isinstance(inline, CiteKey) for inline in first):
                return 3, tuple(first), tuple(map(_source, others))
    return 1, (), ()


def _left_of(line: list[Inline], count: int) -> list[Inline]:
    """The rest of the text whose beginning a passage has taken."""
    last = line[count - 1]
    if count == 2 and isinstance(last, Text):  # noqa: PLR2004 - key and text
        found = _BRACKETS.match(last.value)
        assert found
        rest = last.value[found.end() :]
        return [Text(rest)] if rest else []
    return []


def _sources(children: Inlines) -> Iterator[Cited]:
    """Pieces without a key belong to the one before them."""
    found: list[Cited] = []
    loose: Inlines = ()
    for piece in _pieces(children):
        if any(isinstance(inline, CiteKey) for inline in piece):
            source = _source(piece)
            found.append(replace(source, before=(*loose, *source.before)))
            loose = ()
        elif found:
            behind = (*found[-1].behind, Text(";"), *piece)
            found[-1] = replace(found[-1], behind=behind)
        else:
            loose = (*loose, *piece, Text("; "))
    yield from found


_PARTED = re.compile("[;\N{ARABIC SEMICOLON}]")


def _pieces(children: Inlines) -> list[list[Inline]]:
    """Parted by semicolons of any script, and before the second key of a piece."""
    pieces: list[list[Inline]] = [[]]
    for child in children:
        if isinstance(child, Text):
            first, *others = _PARTED.split(child.value)
            pieces[-1].append(Text(first))
            pieces += [[Text(other)] for other in others]
            continue
        if isinstance(child, CiteKey) and any(
            isinstance(inline, CiteKey) for inline in pieces[-1]
        ):
            pieces.append([])
        pieces[-1].append(child)
    return pieces


def _source(piece: list[Inline]) -> Cited:
    place = next(n for n, inline in enumerate(piece) if isinstance(inline, CiteKey))
    key = piece[place]
    assert isinstance(key, CiteKey)
    before = stripped(tuple(piece[:place]))
    return Cited(key.key, before, tuple(piece[place + 1 :]), key.bare)


def stripped(inlines: Inlines) -> Inlines:
    """Without space at either end, and without empty pieces."""
    left = list(inlines)
    while left and isinstance(left[0], Text):
        value = left[0].value.lstrip()
        if value:
            left[0] = Text(value)
            break
        del left[0]
    while left and isinstance(left[-1], Text):
        value = left[-1].value.rstrip()
        if value:
            left[-1] = Text(value)
            break
        del left[-1]
    return tuple(left)
