"""Text as XML can hold it, and signs of which words are made."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

# What XML 1.0 (section 2.2) cannot hold: control characters, half surrogates. And
# what Unicode keeps from interchange: the C1 controls and the noncharacters.
_UNFIT = re.compile(
    r"\r\n?|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
# These part words, so a space takes their place.
_PARTING = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85")

# Signs of scripts that part no words with spaces. Hangul has spaces, but its lines end
# between syllables too (UAX #14).
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007"
    "\u3021-\u3029\u3031-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)

Thing = TypeVar("Thing")


def clean_text(text: str) -> str:
    """Take out the characters that XML cannot hold; words stay apart."""
    # Nothing that is printed is unfit: so most of a text need not be looked through.
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _UNFIT.sub(_fit_character, text)


def _fit_character(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] == "\r":
        return "\n"
    return " " if found in _PARTING else ""


def clean_strings(thing: Thing) -> Thing:
    """A dataclass, a tuple or a string, with clean text throughout."""
    cleaned: Thing = _clean(thing)
    return cleaned


def _clean(thing: Any) -> Any:
    if isinstance(thing, str):
        return clean_text(thing)
    if isinstance(thing, tuple):
        return tuple(map(_clean, thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        values = {f.name: _clean(getattr(thing, f.name)) for f in fields(thing)}
        return replace(thing, **values)
    return thing
