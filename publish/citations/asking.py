"""Ask the engine, again without what it cannot read."""

import re
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from publish.citations.engine import Request, ask
from publish.citations.names import bare, first_author
from publish.citations.record import Record
from publish.citations.reply import Reply, Runs, Trouble, text_of
from publish.citations.scope import Prepared, Scope, prepared
from publish.crew import NO_KIT, Executor, Work, WorkError
from publish.model import Shown
from publish.problems import Position, Problem, Severity

# Requests that one process answers in a millisecond, by their letters.
_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Answered:
    prepared: Prepared
    reply: Reply


# What scopes are told apart by.
_Name = tuple[int, tuple[Shown, ...]]


class Asking:
    """style_at: where the style is named"""

    def __init__(self, executor: Executor, style_at: Position) -> None:
        self._executor, self._style_at = executor, style_at
        self._begun: dict[_Name, tuple[Prepared, Future[Reply | Trouble]]] = {}
        self.problems: list[Problem] = []

    def begin(self, scope: Scope) -> None:
        ready = prepared(scope)
        begun = self._executor.submit(_work(ready.request))
        self._begun[scope.number, scope.shown] = ready, begun

    def answered(self, scope: Scope) -> Answered | None:
        """What the engine says in the end; None where it can say nothing."""
        while True:
            ready, future = self._begun[scope.number, scope.shown]
            try:
                (reply,) = self._executor.gather([future])
            except WorkError as error:
                reply = Trouble(error.reason)
            if isinstance(reply, Trouble):
                if not self._refuse(scope, ready, reply):
                    return None
            elif not self._retry(scope, ready, reply):
                self.problems += ready.problems
                self._check_names(scope, ready, reply)
                return Answered(ready, reply)
            self.begin(scope)

    def _check_names(self, scope: Scope, ready: Prepared, reply: Reply) -> None:
        """Typst 0.15 does not find the authors of every style."""
        if not scope.manners.style.lists:
            return
        families = {
            one.key: first_author(scope.manners.records[ready.keys[one.key]])[0]
            for one in reply.listed
            if one.key and ready.authors[one.key]
        }
        named = any(
            families[one.key].casefold() in text_of(one.words).casefold()
            for one in reply.listed
            if one.key in families
        )
        if families and not named:
            message = "the bibliography of this style names no authors"
            hint = "if they should be there, take another style"
            self.problems.append(
                Problem(self._style_at, "bad-style", message, hint, Severity.WARNING)
            )

    def _refuse(self, scope: Scope, ready: Prepared, trouble: Trouble) -> bool:
        """Leave out the source that the engine stumbled over, if it was one."""
        if not trouble.of_sources or not 1 <= trouble.line <= len(ready.lines):
            message = f"the citations cannot be made: {trouble.reason}"
            self.problems.append(Problem(self._style_at, "bad-style", message))
            return False
        key = ready.lines[trouble.line - 1]
        scope.refused.add(key)
        record = scope.manners.records[key]
        message = f"the source `{key}` cannot be read: {trouble.reason}"
        self.problems.append(Problem(record.at, "bad-source", message))
        return True

    def _retry(self, scope: Scope, ready: Prepared, reply: Reply) -> bool:
        """Whether another kind of source is worth a try."""
        twice = [
            key
            for key, words in (
                (ready.keys[o.key], o.words) for o in reply.listed if o.key
            )
            if key not in scope.kinds and _says_twice(words, scope.manners.records[key])
        ]
        # Typst 0.15 takes the title of a collection for that of one of its volumes too.
        scope.kinds |= dict.fromkeys(twice, "inbook")
        again = self._retry_empty(scope, ready, reply) or bool(twice)
        if again or scope.first or reply.in_notes:
            return again
        scope.first = tuple(ready.keys[key] for key in _lettered(reply, ready))
        return bool(scope.first)

    def _retry_empty(self, scope: Scope, ready: Prepared, reply: Reply) -> bool:
        """Some styles list nothing of a source that is of no certain kind: as a page of
        the web or a book it is listed."""
        empty = [
            ready.keys[one.key] for one in reply.listed if one.key and not one.words
        ]
        again = [key for key in empty if key not in scope.kinds]
        for key in again:
            fields = scope.manners.records[key].fields
            scope.kinds[key] = "online" if "url" in fields else "book"
        for key in set(empty) - set(again):
            at = scope.manners.records[key].at
            message = f"the style lists nothing of the source `{key}`"
            hint = "give it another type, or an author and a title"
            self.problems.append(
                Problem(at, "bad-source", message, hint, Severity.WARNING)
            )
        return bool(again)


# The letter of a year: 1904a, n.d.-a.
_LETTER = re.compile(r"(?<!\w)(\d{4}|n\.d\.-?)([a-z])(?![a-z])")


def _lettered(reply: Reply, ready: Prepared) -> Iterator[str]:
    """Sources of one author and year whose letters do not follow the list: Typst 0.15
    gives them in the order of the text."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in reply.listed:
        if one.key and (found := _LETTER.search(text_of(one.words))):
            group = ready.authors[one.key], found[1]
            groups.setdefault(group, []).append((found[2], one.key))
    for lettered in groups.values():
        if lettered != sorted(lettered, key=lambda pair: pair[0]):
            yield from (key for _, key in lettered)


def _says_twice(words: Runs, record: Record) -> bool:
    title = bare(record.fields.get("booktitle", "")).casefold()
    return bool(title) and text_of(words).casefold().count(title) > 1


def _work(request: Request) -> Work[Reply | Trouble]:
    weight = len(request.sources) // _LETTERS
    # In another process, which a slip of the engine ends and not this one.
    return Work(ask, NO_KIT, request, weight=weight, local=True)
