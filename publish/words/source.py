"""From the manuscript to the tree, by a coarse scan that knows no Markdown."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from publish.manuscript.source import Source
from publish.model import Chapter, Metadata
from publish.problems import Problem
from publish.words.count import lost_words, missing, words, written_words

# What stands in a source and is not text: addresses, attributes, comments, scripts,
# labels, the numbers of list items.
NOT_TEXT = re.compile(
    r"""<!--(?s:.*?)(?:-->|\Z)
      | <(?P<opaque>script|style)\b(?s:.*?)</(?P=opaque)\s*>
      | </?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>
      | <[^\s<>]+>
      | \]\(\s*<[^<>\n]*>
      | \]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*[^)\n]*\)
      | \]\s?\[[^\[\]]*\]
      | \[\^[^\]\s]+\]
      | ^[ \t>]*\[[^\[\]]+\]:[^\n]*
      | \{[^{}]*\}
      | ^[ \t>*+-]*(?:`{3,}|~{3,}|:{3,})[^\n]*
      | ^(?:[ \t>*+-]|\d{1,9}[.)][ \t])*\d{1,9}[.)](?=\s)
      | &\#?\w+;
      | \[[xX]\](?=[ \t])
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


def lost_in_tree(
    sources: Iterable[Source], chapters: Sequence[Chapter], metadata: Metadata
) -> Iterator[Problem]:
    """A problem for each file with words that are not in the tree and should be.

    Headings that became the book's data are found there.
    """
    data = words(" ".join(_data(metadata)))
    found: dict[str, list[str]] = {}
    for chapter in chapters:
        if not chapter.generated:
            inside = found.setdefault(chapter.source, [])
            inside += written_words(chapter)
    for source in sources:
        in_tree = Counter(found.get(source.file, []))
        lost = _lost(source.text, in_tree, data)
        yield from lost_words(source.path, lost, "the book")


def _data(metadata: Metadata) -> Iterator[str]:
    yield from ("Title", metadata.title, metadata.subtitle, metadata.published)
    yield from (f"Author {person.name}" for person in metadata.people)
    yield from ("Year", "Date", "Translator", "Editor")


def _lost(text: str, in_tree: Counter[str], data: list[str]) -> Counter[str]:
    lost = missing(words(text), in_tree.elements())
    if not lost:
        return lost
    # In code `&eacute;` is eight signs, elsewhere one: a word is only lost when it is
    # missing in both ways to read it.
    lost &= missing(words(unescape(text)), in_tree.elements())
    excused = Counter(words(" ".join(m[0] for m in NOT_TEXT.finditer(text))))
    lost = Counter({w: n for w, n in (lost - excused).items() if w not in data})
    if not lost:
        return lost
    # A tag or a comment within a word leaves one word where the source shows two.
    longer = " ".join(in_tree - Counter(words(text)))
    return Counter({word: n for word, n in lost.items() if word not in longer})
