"""Where a line must not end although there is a space."""

import re
from collections.abc import Callable, Mapping
from functools import cache

_NO_BREAK = "\N{NO-BREAK SPACE}"

# French sets a space before these signs and within its quotation marks; a line that
# begins with one of them is a misprint.
_FRENCH = re.compile(r"(?<=«)[ \n](?!\s)|(?<!\s)[ \n](?=[»!?;:](?!\w))")
# A preposition or conjunction of one letter goes along with the next word: ČSN 01 6910
# for Czech, its like for Slovak; Polish calls one that is left behind an orphan.
_CZECH = re.compile(r"(?<![\w’'-])([KkSsVvZzOoUuAaIi])[ \n](?=\w|\Z)")
_POLISH = re.compile(r"(?<![\w’'-])([AaIiOoUuWwZz])[ \n](?=\w|\Z)")

_BREAKS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "fr": (_FRENCH, _NO_BREAK),
    "cs": (_CZECH, rf"\1{_NO_BREAK}"),
    "sk": (_CZECH, rf"\1{_NO_BREAK}"),
    "pl": (_POLISH, rf"\1{_NO_BREAK}"),
}


@cache
def tie(language: str) -> Callable[[str], str] | None:
    """What makes spaces of a text ones at which no line ends; None where the language
    asks for none."""
    rule = _BREAKS.get(language.partition("-")[0].lower())
    if rule is None:
        return None
    pattern, tied = rule
    return lambda text: pattern.sub(tied, text)
