"""Tell authors of one name apart, where the style wants it whatever the year.

CSL's rule "primary-name" (specification 1.0.2, "Disambiguation"), which Typst 0.15 does
not know: J. Smith 2020 and A. Smith 1776.
"""

import re
from collections.abc import Iterable, Mapping

from publish.citations.locators import Terms
from publish.citations.record import Record
from publish.citations.signs import BEHIND, plain, shown

# Rules that look at names alone.
RULES = frozenset(
    {"primary-name", "primary-name-with-initials", "all-names"}
    | {"all-names-with-initials"}
)


def told_apart(records: Mapping[str, Record]) -> dict[str, str]:
    """What stands before the family name of a first author, by keys; only for names
    that several have."""
    firsts = {key: first_author(record) for key, record in records.items()}
    given: dict[str, list[str]] = {}
    for family, name in firsts.values():
        if family and name:
            given.setdefault(family, []).append(name)
    return {
        key: shortest(name, given[family])
        for key, (family, name) in firsts.items()
        if family and name and any(differ(name, other) for other in given[family])
    }


def differ(one: str, other: str) -> bool:
    """Whether two first names are of two people: "G. V." may well be Greg."""
    if "." in one or "." in other:
        one, other = _initials(one), _initials(other)
    return not (one.startswith(other) or other.startswith(one))


def families(record: Record) -> list[str]:
    """The family names of the authors, or the editors."""
    said = record.fields.get("author") or record.fields.get("editor", "")
    names = re.split(r"\s+and\s+(?![^{]*\})", said)
    return [_parted(name)[0] for name in names]


def first_author(record: Record) -> tuple[str, str]:
    """Family name and the others; the second empty for who has one name only."""
    said = record.fields.get("author") or record.fields.get("editor", "")
    return _parted(re.split(r"\s+and\s+(?![^{]*\})", said)[0])


def _parted(name: str) -> tuple[str, str]:
    name = name.strip()
    if "," in re.sub(r"\{[^{}]*\}", "", name):
        family, *_, given = re.split(r",\s*(?![^{]*\})", name)
    elif name.startswith("{") and name.endswith("}"):
        family, given = name, ""
    else:
        given, _, family = name.rpartition(" ")
    return bare(family), bare(given)


def names_of(record: Record, terms: Terms) -> str:
    """The authors, for styles that name none in the text."""
    named = families(record)
    match named:
        case [family]:
            return family
        case [family, other] if other:
            return f"{family} {terms.joiner or '&'} {other}"
        case _:
            return f"{named[0]} {terms.et_al}"


def as_editors(names: str, word: str) -> str:
    """Names of BibLaTeX, with the word for editors behind the last of them."""
    *most, last = re.split(r"\s+and\s+(?![^{]*\})", names)
    family, given = _parted(last)
    # A body has one name, and no room for what follows it.
    if word and given:
        last = f"{{{family}}}, {{{BEHIND}{word}}}, {given}"
    return " and ".join((*most, last))


def bare(name: str) -> str:
    """The words of a field, without marks and braces."""
    return " ".join(plain(shown(re.sub(r"[{}]", "", name))).split())


def shortest(name: str, others: Iterable[str]) -> str:
    """Initials, or the whole name where they are another's too."""
    own = _initials(name)
    same = any(differ(name, other) and _initials(other) == own for other in others)
    return name if same else own


def _initials(name: str) -> str:
    """ "Jean-Paul M." is "J.-P. M."."""
    words = name.replace(".", ". ").split()
    return " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in words
    )
