"""The words that a language has for places in a source, as the engine knows them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from publish.citations.engine import compiled
from publish.citations.locators import ENGLISH, Terms
from publish.citations.reply import Trouble
from publish.crew import Files

FORMS = ("long", "short", "symbol")
_PLACES = tuple(
    (kind, form, several)
    for kind in ENGLISH
    for form in FORMS
    for several in (False, True)
)
_WANTED = (
    *_PLACES,
    ("editor", "short", False),
    ("editor", "short", True),
    ("et-al", "long", False),
    ("and", "long", False),
)
# Of a language that the engine does not know.
NO_WORDS = ("",) * len(_WANTED)
# Round each word, so that one that is missing is known.
_BEGIN, _MIDDLE, _END = "\ue03a", "\ue03c", "\ue03b"
_CSL = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout>WANTED</layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography>
</style>"""
_DOCUMENT = """#set text(lang: LANGUAGE, region: REGION)
#cite(<a>)
#bibliography(bytes(sys.inputs.bib), style: bytes(sys.inputs.csl), title: none)"""


@dataclass(frozen=True, slots=True)
class TermsOf:
    """language: BCP 47"""

    language: str

    def spelt(self) -> Iterator[str]:
        yield self.language


def ask_terms(_kit: None, wanted: TermsOf, _files: Files) -> tuple[str, ...]:
    """A style of CSL that is all its words, one for each of `_WANTED`."""
    asked = "".join(
        f'<text term="{term}" form="{form}" plural="{str(several).lower()}"'
        f' prefix="{_BEGIN}{number}{_MIDDLE}" suffix="{_END}"/>'
        for number, (term, form, several) in enumerate(_WANTED)
    )
    inputs = {"bib": "@book{a, title={T}}", "csl": _CSL.replace("WANTED", asked)}
    html = compiled(_DOCUMENT, wanted.language, inputs)
    if isinstance(html, Trouble):
        return NO_WORDS
    found = {
        int(number): unescape(word)
        for number, word in re.findall(f"{_BEGIN}(\\d+){_MIDDLE}([^<]*?){_END}", html)
    }
    return tuple(found.get(n, "") for n in range(len(_WANTED)))


def terms_of(words: Sequence[str]) -> Terms:
    """What `ask_terms` has found."""
    *labels, editor, editors, et_al, joiner = words
    kinds = dict(zip(_PLACES, labels, strict=True))
    return Terms(kinds, et_al or "et al.", joiner, (editor, editors))
