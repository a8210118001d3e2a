"""Make of the engine's answers and the author's words what stands in the text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from publish.addresses import leaves_the_book
from publish.citations.locators import Locator
from publish.citations.names import first_author, names_of
from publish.citations.passages import Manner, Passage, stripped
from publish.citations.reply import Reply, Run, Runs, text_of
from publish.citations.scope import Manners, Placed, Prepared
from publish.model import (
    Attributes,
    Emphasis,
    Generated,
    Inline,
    Inlines,
    Link,
    NoteReference,
    Span,
    Strong,
    Text,
)
from publish.parse.clean import clean_url

NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Setting:
    """What all citations of a book or chapter are made with.

    before: what stands before names that several have, by keys of the engine
    href: the address of a source in the list; empty where there is none
    """

    manners: Manners
    prepared: Prepared
    reply: Reply
    before: Mapping[str, str]
    href: Callable[[str], str]

    @cached_property
    def places(self) -> bool:
        """Whether the style shows places in sources."""
        return any(run.place >= 0 for runs in self.reply.here for run in runs)

    def author(self, source: Placed) -> Runs:
        """Who is named before what stands in brackets."""
        author, _ = self._named(source)
        if author:
            return self._in_words(author)
        record = self.manners.records[self.prepared.keys[source.key]]
        words = names_of(record, self.manners.terms)
        return (Run(words),) if words else ()

    def _in_words(self, author: Runs) -> Runs:
        """A sentence says "and", whatever the brackets have."""
        joiner = self.manners.terms.joiner
        if not joiner:
            return author
        return tuple(
            replace(r, text=r.text.replace(" & ", f" {joiner} ")) for r in author
        )

    def without_author(self, source: Placed, segment: Runs) -> Runs:
        """What is left of a source in a citation when its author is named before it."""
        author, rest = self._named(source)
        said = text_of(segment)
        if self.reply.in_notes or not author:
            return segment
        # A number names nobody.
        if text_of(author) not in said and self._family(source.key) not in said:
            return segment
        return self._unbracketed(rest)

    def with_author(self, source: Placed, segment: Runs) -> Runs:
        """What stands of a source in a citation, and its author before it where a style
        has left them out as those of the source before it."""
        alone = self._unbracketed(self.reply.alone.get(source.key, ()))
        whole, said = text_of(alone), text_of(segment)
        family = self._family(source.key)
        if self.reply.in_notes or family not in whole or family in said:
            return segment
        # Typst 0.15 cuts "Bell, n.d.-b" down to "b".
        lengths = range(len(said), -1, -1)
        shared = next(n for n in lengths if whole.endswith(said[:n]))
        if said and not shared:
            return segment
        return (*_cut_behind(alone, len(whole) - shared), *segment)

    def _named(self, source: Placed) -> tuple[Runs, Runs]:
        """The author and the rest of "Bell (1904, 3)"."""
        whole = self.reply.prose.get(f"{source.key} {source.place}", ())
        text = text_of(whole)
        plain = text_of(tuple(run for run in whole if "sup" not in run.marks))
        cut = self._opening(text) if plain == text else len(plain)
        author = _cut_behind(whole, len(text[:cut].rstrip(" ,")))
        return author, _cut(whole, cut)

    def _opening(self, text: str) -> int:
        """Where what follows the author begins, or the end."""
        begin, end = self.manners.style.brackets or ("(", ")")
        if begin in _BRACKETS:
            return _last_bracket(text)
        if begin:
            place = text.removesuffix(end).rfind(begin)
            return place if place >= 0 else len(text)
        year = _YEAR.search(text)
        return year.start() if year else _last_bracket(text)

    def _unbracketed(self, runs: Runs) -> Runs:
        """Without space, and without the brackets round all of it."""
        while runs and runs[0].place < 0 and runs[0].text[:1] in {" ", ","}:
            runs = _cut(runs, 1)
        brackets = _BRACKETS | dict([self.manners.style.brackets or ("(", ")")])
        text = text_of(runs)
        begin = next(filter(text.startswith, filter(None, brackets)), "")
        end = brackets.get(begin, "")
        if begin and runs[0].place < 0 and runs[-1].text.endswith(end):
            last = replace(runs[-1], text=runs[-1].text.removesuffix(end))
            runs = _cut((*runs[:-1], last), len(begin))
        return tuple(run for run in runs if run.text or run.place >= 0)

    def _family(self, key: str) -> str:
        return first_author(self.manners.records[self.prepared.keys[key]])[0]

    def told_apart(self, key: str, runs: Runs) -> Runs:
        """With initials before a family name that others have too."""
        before = self.before.get(key, "")
        begins = text_of(runs).startswith(self._family(key))
        if not before or self.reply.in_notes or not begins:
            return runs
        return (replace(runs[0], text=f"{before} {runs[0].text}"), *runs[1:])

    def said(self, locator: Locator) -> Inlines:
        """A place in a source: with the style's word for it and the author's number."""
        form = self.manners.style.form(locator.kind)
        value = Text(locator.value)
        if not form:
            return (value,)
        word = self.manners.terms.label(locator.kind, form, several=locator.several)
        return (Generated(word + NO_BREAK), value) if word else (value,)


@dataclass(frozen=True)
class Answer:
    """What stands for one passage. False where the style has no words for it."""

    setting: Setting
    runs: Runs
    sources: Sequence[Placed]

    def __bool__(self) -> bool:
        return any(run.text.strip() or run.place >= 0 for run in self.runs)

    @property
    def in_notes(self) -> bool:
        return self.setting.reply.in_notes

    def in_line(self, passage: Passage) -> Inlines:
        """In running text, or within a note of the author's."""
        author = () if self.in_notes else self._author(passage)
        words = self._words(passage)
        if author and not words:
            href = self.setting.href(self.sources[0].key)
            return (Link(href, author, passage.line, source=True),) if href else author
        if author and words and not is_raised(self.runs):
            return (*author, Generated(" "), *words)
        return (*author, *words)

    def as_note(self, passage: Passage) -> Inlines:
        """What begins a note begins a sentence."""
        return _capital(self._words(passage))

    def call(self, passage: Passage, label: str) -> Inlines:
        return (*self._author(passage), NoteReference(label, passage.line))

    def _words(self, passage: Passage) -> Inlines:
        return tuple(_Pieces(self.setting, self.sources, passage.line).all(self.runs))

    def _author(self, passage: Passage) -> Inlines:
        """Who is named before the brackets, or before the call of a note."""
        if passage.manner is not Manner.IN_TEXT:
            return ()
        first = self.sources[0]
        author = self.setting.author(first)
        return tuple(unlinked(self.setting.told_apart(first.key, author)))


def _capital(inlines: Inlines) -> Inlines:
    """With a capital letter where words of the author begin."""
    match inlines:
        case (Text(value), *rest):
            return (Text(value[:1].upper() + value[1:]), *rest)
        case (Emphasis() | Strong() as first, *rest):
            return (replace(first, children=_capital(first.children)), *rest)
        case _:
            return inlines


def _cut(runs: Runs, count: int) -> Runs:
    """Without the first signs."""
    left = []
    for run in runs:
        taken = min(count, len(run.text))
        count -= taken
        if run.text[taken:] or run.place >= 0:
            left.append(replace(run, text=run.text[taken:]))
    return tuple(left)


def _cut_behind(runs: Runs, count: int) -> Runs:
    """The first signs."""
    kept: list[Run] = []
    for run in runs:
        if count > 0 and run.text[:count]:
            kept.append(replace(run, text=run.text[:count]))
        count -= len(run.text)
    return tuple(kept)


_BRACKETS = {"(": ")", "[": "]", "<": ">", "{": "}", "（": "）", "［": "］", "〔": "〕"}
_CLOSING = frozenset(_BRACKETS.values())
_YEAR = re.compile(r"(?<!\w)\d{4}(?!\d)")


def _last_bracket(text: str) -> int:
    """Where the last bracket opens, or the end."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place] in _CLOSING:
            depth += 1
        elif text[place] in _BRACKETS:
            depth -= 1
            if depth <= 0:
                return place
    return len(text)


class _Pieces:
    """One citation.

    left: sources of which nothing stands in it yet
    """

    def __init__(self, setting: Setting, sources: Sequence[Placed], line: int) -> None:
        self._setting, self._line = setting, line
        self._left = list(sources)

    def all(self, runs: Runs) -> Iterator[Inline]:
        pieces = [(k, tuple(g)) for k, g in groupby(runs, lambda run: run.key)]
        owners = [self._owner(key, piece) if key else None for key, piece in pieces]
        pieces = list(self._authored(pieces, owners))
        if not any(text_of(piece) for key, piece in pieces if key) and owners:
            # The author alone said it all: "Bell", and not "Bell ()".
            places = any(run.place >= 0 for _, piece in pieces for run in piece)
            if not places and not any(
                o and (o.cited.before or o.behind) for o in owners
            ):
                return
        collapsed = _joins(pieces, owners, self._setting)
        first = next((n for n, owner in enumerate(owners) if owner), -1)
        last = max((n for n, owner in enumerate(owners) if owner), default=-1)
        for n, ((_, piece), owner) in enumerate(zip(pieces, owners, strict=True)):
            if n == first:
                # Of those that a style has drawn together: [1]–[4].
                for source in self._left:
                    yield from _before(source)
            if owner is None:
                yield from unlinked(collapsed.get(n, piece))
                continue
            yield from _before(owner)
            yield from self._linked(piece, owner)
            yield from self._behind(piece, owner)
            if n == last:
                for source in self._left:
                    yield from self._behind((), source)

    def _authored(
        self, pieces: Sequence[tuple[str, Runs]], owners: Sequence[Placed | None]
    ) -> Iterator[tuple[str, Runs]]:
        """With authors where they should be named. Words before a source part it from
        the one before it; Typst 0.15 takes other authors for the same now and then."""
        authors = self._setting.prepared.authors
        last: Placed | None = None
        for (key, piece), owner in zip(pieces, owners, strict=True):
            if owner is None:
                yield key, piece
                continue
            same = last and authors[last.key] == authors[owner.key]
            if owner.cited.bare:
                yield key, self._setting.without_author(owner, piece)
            elif same and not owner.cited.before:
                yield key, piece
            else:
                yield key, self._setting.with_author(owner, piece)
            last = owner

    def _owner(self, key: str, piece: Runs) -> Placed | None:
        """Whose words these are: a style may have sorted them."""
        places = {run.place for run in piece if run.place >= 0}
        same = [source for source in self._left if source.key == key]
        same.sort(key=lambda source: source.place not in places)
        if not same:
            return None
        self._left.remove(same[0])
        return same[0]

    def _linked(self, piece: Runs, owner: Placed) -> Iterator[Inline]:
        href = self._setting.href(owner.key)
        for leaves, group in groupby(piece, lambda run: leaves_the_book(run.href)):
            runs = tuple(group)
            if leaves:
                yield from unlinked(runs)
                continue
            words = tuple(self._words(runs, owner))
            yield (
                Link(href, words, self._line, source=True)
                if href
                else Span("span", words, self._line)
            )

    def _words(self, runs: Runs, owner: Placed) -> Iterator[Inline]:
        pieces: list[Piece] = []
        for run in self._setting.told_apart(owner.key, runs):
            if run.place >= 0 and owner.locator:
                said = self._setting.said(owner.locator)
                pieces += [(run.marks, inline) for inline in said]
            elif run.text:
                pieces.append((run.marks, Generated(run.text)))
        yield from _words(pieces)

    def _behind(self, piece: Runs, owner: Placed) -> Iterator[Inline]:
        shown = any(run.place >= 0 for run in piece)
        if owner.locator and not shown and not self._setting.places:
            # Many styles with numbers have no place for it. One that has leaves it
            # out where it is the same as before.
            yield Generated(", ")
            yield from self._setting.said(owner.locator)
        behind = owner.behind
        if behind:
            first = behind[0].value if isinstance(behind[0], Text) else "x"
            if first[:1].isalnum() or first[:1] in "(“‘":
                yield Generated(" ")
            yield from behind


def _before(source: Placed) -> Iterator[Inline]:
    before = stripped(source.cited.before)
    if before:
        yield from before
        last = before[-1]
        if not (
            isinstance(last, Text) and last.value.endswith(("(", "“", "‘", "[", "’"))
        ):
            yield Generated(" ")


def _joins(
    pieces: Sequence[tuple[str, Runs]],
    owners: Sequence[Placed | None],
    setting: Setting,
) -> dict[int, Runs]:
    """A comma between the years of one author, as CSL's `cite-group-delimiter` is where
    a style does not say; Typst 0.15 sets what it sets between authors."""
    new: dict[int, Runs] = {}
    for n in range(1, len(pieces) - 1):
        one, other = owners[n - 1], owners[n + 1]
        if not (one and other) or owners[n] or text_of(pieces[n][1]).strip() != ";":
            continue
        author = setting.prepared.authors[one.key]
        words = text_of(pieces[n + 1][1])
        same = author and author == setting.prepared.authors[other.key]
        plain = not any(p.locator or p.behind or p.cited.before for p in (one, other))
        if same and plain and words[:1].isdigit():
            new[n] = (replace(pieces[n][1][0], text=", "),)
    return new


def unlinked(runs: Runs) -> Iterator[Inline]:
    """Words of the engine, with links out of the book where it may hold these."""
    for href, group in groupby(runs, lambda run: run.href):
        words = tuple(_words([(r.marks, Generated(r.text)) for r in group if r.text]))
        if words and leaves_the_book(href) and clean_url(href):
            yield Link(address_of(href), words, 0)
        else:
            yield from words


Piece = tuple[tuple[str, ...], Inline]


def _words(pieces: Sequence[Piece]) -> Iterator[Inline]:
    """Pieces set as their marks say, those side by side in one."""
    for mark, group in groupby(pieces, lambda piece: piece[0][:1]):
        inside = list(group)
        if not mark:
            yield from (inline for _, inline in inside)
            continue
        yield _marked(mark[0], tuple(_words([(m[1:], one) for m, one in inside])))


def _marked(mark: str, inside: Inlines) -> Inline:
    match mark:
        case "em":
            return Emphasis(inside)
        case "strong":
            return Strong(inside)
        case "sup" | "sub":
            return Span(mark, inside, 0)
        case _:
            return Span("span", inside, 0, Attributes(classes=(mark,)))


# What an address holds as it is (RFC 3986, with the sign of what is encoded).
_UNSAFE = re.compile(r"[^\w!#$%&'()*+,/:;=?@\[\]~.-]", re.ASCII)


def address_of(href: str) -> str:
    """The address, with all signs encoded that none may hold."""
    return _UNSAFE.sub(
        lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), href
    )


def is_raised(runs: Runs) -> bool:
    """Whether a citation stands above the line, and needs no space before it."""
    return bool(runs) and all("sup" in run.marks for run in runs if run.text.strip())
