"""Lines with options, which MyST has at the beginning of what stands in a fence:
`:label: eq-energy`, `:class: dropdown`.

The name is taken, what only a page of the web can be told is passed over. Only
`parse.markdown` and its rules use this; it is the same door, in another room.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# What rules say in markdown-it's environment: (line, word) of options nobody knows.
UNKNOWN_OPTIONS = "publish-unknown-options"

_OPTION = re.compile(r":([A-Za-z][\w-]*):(?:[ \t]+(.*?))?[ \t]*$")
_NAMES = frozenset({"label", "name"})
_PASSED_OVER = frozenset(
    {"class", "enumerated", "icon", "nonumber", "nowrap", "number", "numbered", "open"}
)


@dataclass(frozen=True, slots=True)
class Options:
    """attributes: what they say
    lines: how many there are
    unknown: the option behind them that is none; it stays where it is
    """

    attributes: dict[str, str]
    lines: int
    unknown: str


NO_OPTIONS = Options({}, 0, "")


def read_options(lines: Iterable[str]) -> Options:
    """Those that *lines* begin with."""
    attributes: dict[str, str] = {}
    count = 0
    for line in lines:
        found = _OPTION.match(line)
        if not found:
            break
        if found[1] in _NAMES:
            attributes |= {"id": found[2]} if found[2] else {}
        elif found[1] not in _PASSED_OVER:
            return Options(attributes, count, found[1])
        count += 1
    return Options(attributes, count, "")
