"""Language tags (BCP 47): whether one is well formed, its script, direction, name.

The data is Unicode's CLDR, as Babel carries it.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global

# Language, script, region, variants, extensions; what EPUBCheck asks for and no more.
_TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*"
    r"(-x(-[A-Za-z0-9]{1,8})+)?"
)

# Scripts written from right to left: https://www.unicode.org/iso15924/
_RIGHT_TO_LEFT = """
    Adlm Arab Aran Armi Avst Chrs Cprt Elym Garay Hatr Hebr Hung Khar Lydi Mand Mani
    Mend Merc Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb
    Sogd Sogo Syrc Thaa Yezi
"""


def is_language_tag(tag: str) -> bool:
    """Whether *tag* has the form of a BCP 47 tag."""
    return bool(_TAG.fullmatch(tag))


def script_of(tag: str) -> str:
    """The four letters of the script a language is written in; '' when unknown."""
    subtags = tag.replace("_", "-").split("-")
    for subtag in subtags[1:]:
        if len(subtag) == 1:
            break
        if re.fullmatch(r"[A-Za-z]{4}", subtag):
            return subtag.title()
    likely: Mapping[str, str] = get_global("likely_subtags")
    language = subtags[0].lower()
    region = next((s.upper() for s in subtags[1:] if re.fullmatch(r"\w\w", s)), "")
    full = likely.get(f"{language}_{region}") or likely.get(language, "")
    return full.split("_")[1] if full else ""


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written."""
    return "rtl" if script_of(language) in _RIGHT_TO_LEFT.split() else "ltr"


def language_name(tag: str) -> str:
    """The English name of a language, as in "Persian"; the tag when it has none."""
    names = _names()
    return names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0]) or tag


def language_hint(words: str) -> str:
    """The tag that was meant by something that is none."""
    if is_language_tag(tag := words.strip().replace("_", "-")):
        return f'did you mean "{tag}"?'
    names = {name.casefold(): tag for tag, name in _names().items()}
    guess = get_close_matches(words.strip().casefold(), names, n=1, cutoff=0.75)
    return f'did you mean "{names[guess[0]].replace("_", "-")}"?' if guess else ""


@cache
def _names() -> dict[str, str]:
    return dict(Locale.parse("en").languages.items())
