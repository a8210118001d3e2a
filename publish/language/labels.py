"""The words that the tool itself writes into a book."""

import tomllib
from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words for one language, as they begin a line; they stand in `labels.toml`.

    guide: heads the landmarks of an EPUB
    pages: heads its page list
    copyright: names the page with the rights
    start_of_text: the landmark of the first chapter
    picture_missing: in place of a picture, in brackets
    listing: before the number of a piece of program code
    answer: heads the solution of an exercise
    on_page: names a page in running text, with {} for its number
    see: in the index, before the entry to go to; in small letters
    see_also: in the index, before one that has more; in small letters
    """

    contents: str
    guide: str
    pages: str
    notes: str
    note: str
    back_to_text: str
    cover: str
    title_page: str
    half_title: str
    copyright: str
    dedication: str
    epigraph: str
    chapter: str
    part: str
    appendix: str
    figure: str
    table: str
    page: str
    start_of_text: str
    picture_missing: str
    list_of_figures: str
    list_of_tables: str
    index: str
    glossary: str
    bibliography: str
    section: str
    listing: str
    equation: str
    theorem: str
    lemma: str
    corollary: str
    proposition: str
    conjecture: str
    definition: str
    example: str
    exercise: str
    answer: str
    proof: str
    tip: str
    important: str
    warning: str
    caution: str
    on_page: str
    see: str
    see_also: str
    abbreviations: str
    list_of_listings: str
    about_the_author: str
    also_by: str


# Tags under which the same words are known by another name.
_SAME = {
    "no": "nb",
    "in": "id",
    "iw": "he",
    "sh": "sr-Latn",
    "bs": "hr",
    "zh": "zh-Hans",
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant",
}


@cache
def labels(language: str) -> Labels:
    """The words for a BCP 47 tag, its language without the rest, or English."""
    table = _table()
    found = (table[tag] for tag in _nearest(language) if tag in table)
    return next(found, table["en"])


def credit(language: str, role: str, names: Iterable[str]) -> str:
    """How a title page names those who are not the authors: "Translated by Bo, Cy".

    role: MARC relator
    """
    said = [_credits().get(tag, {}) for tag in (*_nearest(language), "en")]
    words = ChainMap(*said)
    # Everybody has contributed something.
    return words.get(role, words["ctb"]).replace("{}", words["join"].join(names))


def _nearest(language: str) -> Iterator[str]:
    """The tag itself, then shorter and shorter ones."""
    subtags = language.split("-")
    for length in range(len(subtags), 0, -1):
        tag = "-".join(subtags[:length])
        yield _SAME.get(tag, tag)


@cache
def _credits() -> dict[str, dict[str, str]]:
    return tomllib.loads(_text("people.toml"))


@cache
def _table() -> dict[str, Labels]:
    said = tomllib.loads(_text("labels.toml"))
    return {tag: Labels(**words) for tag, words in said.items()}


def _text(name: str) -> str:
    return files("publish.language").joinpath(name).read_text("utf-8")
