"""Where code may be parted at the end of a line."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

# None of the two is drawn, or copied out of a page.
BREAK, JOINER = "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}"
# Signs without a space that stay together in a line that turns over, as a name does.
NAME = 24

_RUN = re.compile(r"\S+")
# Behind the hyphens of an option, a rule or an arrow a line would end, by the rules for
# words (UAX #14), and behind the one of a name as well, where it may.
_STUCK = re.compile(r"(?<![^\W_])-+(?=[^\s-])|--+(?=[^\s-])|-(?=[^\w\s-]|_)")
# Good places: behind a stop or a bracket that something stands before, where a name
# or a string begins.
_GOOD = re.compile(
    r"""(?<=\S[(\[{)\]}=:/|?+>,;])(?=[^\W_]|["'$@\\_])|(?<=[,;])(?=[^\s,;])"""
    r"""|(?<=[)\]}]\.|[^\W\d]\.)(?=[^\W_])|(?<=[^\W_]-)(?=[^\W_])"""
)
# And in names that are long themselves.
_LONG_NAME = re.compile(rf"\w{{{NAME + 1},}}")
_PART = re.compile(r"(?<=[^\W_]_)(?=[^\W_])")


def join_hyphens(text: str, before: str = "") -> str:
    """The text, its hyphens not parted from what follows them but inside of a name.

    before: the sign before it; none at the beginning
    """
    if "-" not in text:
        return text
    return _STUCK.sub(rf"\g<0>{JOINER}", before + text)[len(before) :]


def breaks(line: str, room: int) -> Mapping[int, str]:
    """What to set before the signs of a line of code that turns over, by their places.

    room: signs that surely fit on a line
    """
    marks = {match.end(): JOINER for match in _STUCK.finditer(line)}
    indent = len(line) - len(line.lstrip())
    if 0 < indent < len(line):
        # The first line would be empty where what follows is too long.
        marks[indent] = JOINER
    for run in _RUN.finditer(line):
        if len(run[0]) > min(NAME, room):
            marks |= dict.fromkeys(_places(line, *run.span(), room), BREAK)
    return marks


def _places(line: str, start: int, end: int, room: int) -> Iterator[int]:
    """Where a run without spaces breaks. `overflow-wrap` does not see one that begins
    in one element and goes on in another: WeasyPrint 70 lets it leave the paper."""
    good = {match.start() for match in _GOOD.finditer(line, start, end)}
    for name in _LONG_NAME.finditer(line, start, end):
        good |= {match.start() for match in _PART.finditer(line, *name.span())}
    for this, after in pairwise((start, *sorted(good), end)):
        if this > start:
            yield this
        if after - this > room:
            yield from range(this + 1, after)
