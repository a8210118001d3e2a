"""Tell sources apart by the names of their authors before it is done by letters.

CSL adds first names and names of others where citations would be the same, and letters
only to years of the same authors ("Disambiguation" in its specification). Typst 0.15
does so as long as nothing is cited twice; then it gives letters to all of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from publish.citations.names import differ, families, first_author, shortest
from publish.citations.record import Record
from publish.citations.reply import Listed, Reply, Run, Runs, replaced, text_of
from publish.citations.scope import Manners, Prepared

# The letter of a year: 1904a.
LETTER = re.compile(r"(?<!\w)(\d{4})([a-z])(?![a-z])")


@dataclass(slots=True)
class _Change:
    """What becomes of the citations of one source.

    letter: the year with its letter, and with the right one or none
    names: how many authors are named; 0 for as many as there are
    """

    letter: tuple[str, str] = ("", "")
    names: int = 0


@dataclass(slots=True)
class _Changes:
    by_key: dict[str, _Change] = field(default_factory=dict)
    initials: dict[str, str] = field(default_factory=dict)


def told_apart(
    reply: Reply, ready: Prepared, manners: Manners
) -> tuple[Reply, Mapping[str, str]]:
    """The answer with as few letters as can be, and what stands before family names
    that several have, by keys of the engine."""
    style = manners.style
    if reply.in_notes or not (style.adds_first_names or style.adds_names):
        return reply, ready.before
    records = {key: manners.records[own] for key, own in ready.keys.items()}
    changes = _Changes()
    for (_, year), group in _lettered(reply, records).items():
        _settle(group, year, records, manners, changes)
    if not changes.by_key:
        return reply, ready.before
    writer = _Writer(changes, records, manners)
    changed = replace(
        reply,
        here=tuple(writer.citation(runs) for runs in reply.here),
        alone={key: writer.source(key, runs) for key, runs in reply.alone.items()},
        prose={
            name: writer.source(name.partition(" ")[0], runs)
            for name, runs in reply.prose.items()
        },
        listed=tuple(writer.entry(one) for one in reply.listed),
    )
    return changed, {**changes.initials, **ready.before}


Group = list[tuple[str, str]]


def _lettered(
    reply: Reply, records: Mapping[str, Record]
) -> dict[tuple[str, str], Group]:
    """Letters and keys, as they are listed, by family name and year."""
    groups: dict[tuple[str, str], Group] = {}
    for one in reply.listed:
        if one.key and (found := LETTER.search(text_of(one.words))):
            family, _ = first_author(records[one.key])
            groups.setdefault((family, found[1]), []).append((found[2], one.key))
    return groups


def _settle(
    group: Group,
    year: str,
    records: Mapping[str, Record],
    manners: Manners,
    changes: _Changes,
) -> None:
    """Names in place of letters, unless some sources would be alike without these."""
    authors = {key: records[key].fields.get("author", "") for _, key in group}
    if len(set(authors.values())) == 1:
        return
    means: dict[str, tuple[str, int]] = {}
    for key, own in authors.items():
        others = [records[other] for other, said in authors.items() if said != own]
        found = _means(records[key], others, manners)
        if found is None:
            return
        means[key] = found
    works: dict[str, list[tuple[str, str]]] = {}
    for letter, key in group:
        works.setdefault(authors[key], []).append((letter, key))
    for same in works.values():
        for number, (letter, key) in enumerate(same):
            new = chr(ord("a") + number) if len(same) > 1 else ""
            initials, names = means[key]
            pair = (f"{year}{letter}", f"{year}{new}")
            changes.by_key[key] = _Change(pair, names)
            if initials:
                changes.initials[key] = initials


def _means(
    record: Record, others: list[Record], manners: Manners
) -> tuple[str, int] | None:
    """First name or initials, and how many authors; None where they do not help."""
    style, first = manners.style, first_author(record)
    initials, names = "", 0
    if any(first_author(other) != first for other in others):
        given = [first_author(other)[1] for other in others]
        apart = bool(first[1]) and any(differ(first[1], name) for name in given)
        if not (style.adds_first_names and apart):
            return None
        initials = shortest(first[1], given)
    same = [families(other) for other in others if first_author(other) == first]
    if same:
        named = families(record)
        if not style.adds_names or named in same:
            return None
        names = _needed(named, same)
    return initials, names


def _needed(own: list[str], others: list[list[str]]) -> int:
    """How many names it takes to be like none of the others."""
    count = 2
    while count < len(own) and any(own[:count] == o[:count] for o in others):
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Writer:
    changes: _Changes
    records: Mapping[str, Record]
    manners: Manners

    def citation(self, runs: Runs) -> Runs:
        return tuple(self._each(runs))

    def _each(self, runs: Runs) -> Iterator[Run]:
        for key, piece in groupby(runs, lambda run: run.key):
            yield from self.source(key, tuple(piece))

    def source(self, key: str, runs: Runs) -> Runs:
        change = self.changes.by_key.get(key)
        if not change:
            return runs
        runs = self._lettered(change, runs)
        return self._named(key, change, runs) if change.names else runs

    def entry(self, listed: Listed) -> Listed:
        change = self.changes.by_key.get(listed.key)
        if not change:
            return listed
        return replace(listed, words=self._lettered(change, listed.words))

    def _lettered(self, change: _Change, runs: Runs) -> Runs:
        old, new = change.letter
        return replaced(runs, re.compile(rf"\b{old}(?![a-z])"), new)

    def _named(self, key: str, change: _Change, runs: Runs) -> Runs:
        names, et_al = families(self.records[key]), self.manners.terms.et_al
        first, begin = re.escape(names[0]), re.escape(et_al)
        if change.names >= len(names):
            *most, last = names
            words = f"{', '.join(most)}, {self.manners.terms.joiner or '&'} {last}"
            return replaced(runs, re.compile(rf"{first},? {begin}"), words)
        words = ", ".join(names[: change.names])
        runs = replaced(runs, re.compile(rf"{first}(?=, {begin})"), words)
        return replaced(runs, re.compile(rf"{first}(?= {begin})"), f"{words},")
