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


# ISO 639-2 codes of languages that have a shorter code, which BCP 47 wants instead.
_LONG = """
    aar abk afr aka alb amh ara arg arm asm ava ave aym aze bak bam baq bel ben bis
    bod bos bre bul bur cat ces cha che chi chu chv cor cos cre cym cze dan deu div
    dut dzo ell eng epo est eus ewe fao fas fij fin fra fre fry ful geo ger gla gle
    glg glv gre grn guj hat hau heb her hin hmo hrv hun hye ibo ice ido iii iku ile
    ina ind ipk isl ita jav jpn kal kan kas kat kau kaz khm kik kin kir kom kon kor
    kua kur lao lat lav lim lin lit ltz lub lug mac mah mal mao mar may mkd mlg mlt
    mol mon mri msa mya nau nav nbl nde ndo nep nld nno nob nor nya oci oji ori orm
    oss pan per pli pol por pus que roh ron rum run rus sag san scc scr sin slk slo
    slv sme smo sna snd som sot spa sqi srd srp ssw sun swa swe tah tam tat tel tgk
    tha tib tir ton tsn tso tuk tur twi uig ukr urd uzb ven vie vol wel wln wol xho
    yid yor zha zho zul
"""


def is_language_tag(tag: str) -> bool:
    """Whether *tag* is a BCP 47 tag, and its language one that a reader can know.

    Of codes of three letters only those are known to be wrong that have a shorter one.
    """
    if not _TAG.fullmatch(tag) or shortest_tag(tag) != tag:
        return False
    language = tag.partition("-")[0].lower()
    known = language in _names() or language in get_global("language_aliases")
    return known or len(language) == _ISO_639_3


_ISO_639_3 = 3


def shortest_tag(tag: str) -> str:
    """ "eng-GB" is "en-GB"; other tags stay as they are."""
    language, *rest = tag.split("-", 1)
    if language.lower() not in _LONG.split():
        return tag
    return "-".join([get_global("language_aliases")[language.lower()], *rest])


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
    if is_language_tag(tag := shortest_tag(words.strip().replace("_", "-"))):
        return f'did you mean "{tag}"?'
    names = {name.casefold(): tag for tag, name in _names().items()}
    guess = get_close_matches(words.strip().casefold(), names, n=1, cutoff=0.75)
    return f'did you mean "{names[guess[0]].replace("_", "-")}"?' if guess else ""


@cache
def _names() -> dict[str, str]:
    return dict(Locale.parse("en").languages.items())
