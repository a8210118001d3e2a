"""What an EPUB says of itself to readers who do not read with their eyes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Whole sentences in one language; they stand in `summaries.toml`.

    language: BCP 47; English where the book's own has no sentences
    """

    language: str
    text: str
    described: str
    undescribed: str


def sentences(language: str) -> Sentences:
    """The sentences for a BCP 47 tag, which its language alone decides."""
    table = _table()
    return table.get(language.partition("-")[0].lower(), table["en"])


@cache
def _table() -> dict[str, Sentences]:
    text = files("publish.language").joinpath("summaries.toml").read_text("utf-8")
    said = tomllib.loads(text)
    return {tag: Sentences(language=tag, **words) for tag, words in said.items()}
