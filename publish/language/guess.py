"""Tell the language of a text from its script and its commonest words.

Libraries that do this were looked at: py3langid needs numpy and cannot tell
simplified from traditional Chinese, lingua weighs a hundred megabytes. A page of
running text needs neither.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from publish.braces import ATTRIBUTES
from publish.language.words import WORDS

# Enough to be sure, and little enough that seventy files cost nothing.
SAMPLE = 6000

# Fewer words than this say nothing.
FEWEST_WORDS = 12

# How much of the text the words of its language make up, each divided by the number of
# languages that share it. Running prose has 0.15 to 0.25, a technical list 0.11; a
# language that is not here reaches 0.04 with its neighbour's words.
SMALLEST_SHARE = 0.07

# How many times the share of the second the best must have.
LEAD = 1.5

# Letters of the scripts. A Chinese character says as much as about three letters.
_SCRIPTS: Mapping[str, tuple[str, int]] = {
    "Latn": ("A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ", 1),
    "Cyrl": ("Ѐ-ԯ", 1),
    "Grek": ("Ͱ-Ͽἀ-῿", 1),
    "Arab": ("ء-يٮ-ۓەۮ-ۿݐ-ݿ", 1),
    "Hebr": ("א-ת", 1),
    "Hani": ("㐀-䶿一-鿿", 3),
    "Kana": ("ぁ-ゖァ-ヺ", 2),
    "Hang": ("가-힣", 2),
    "Deva": ("ऀ-ॿ", 1),
    "Beng": ("ঀ-৾", 1),
    "Taml": ("ஂ-௺", 1),
    "Telu": ("ఀ-౿", 1),
    "Thai": ("ก-๛", 1),
    "Armn": ("Ա-Ֆա-և", 1),
    "Geor": ("ა-ჿ", 1),
}
_LETTERS = {
    script: (re.compile(f"[{letters}]"), weight)
    for script, (letters, weight) in _SCRIPTS.items()
}

# Scripts that one language of many readers has to itself.
_ALONE = {
    "Grek": "el",
    "Hebr": "he",
    "Hang": "ko",
    "Deva": "hi",
    "Beng": "bn",
    "Taml": "ta",
    "Telu": "te",
    "Thai": "th",
    "Armn": "hy",
    "Geor": "ka",
}

_SIMPLIFIED = "这们来说时为国会学对发经个后没还样现问让该开关书长门车东见"
_TRADITIONAL = "這們來說時為國會學對發經個後沒還樣現問讓該開關書長門車東見"

# Pairs that a few pages do not tell apart, or whose books quote each other: a file is
# never taken for the one in a book of the other.
_NEAR = (
    frozenset(("da", "nb", "nn", "no", "sv")),
    frozenset(("cs", "sk")),
    frozenset(("hr", "sr", "bs", "sh", "sl", "sr-Latn")),
    frozenset(("id", "ms")),
    frozenset(("es", "pt", "gl", "ca")),
    frozenset(("nl", "af")),
    frozenset(("ru", "uk", "be", "bg", "mk", "sr")),
    frozenset(("hi", "mr", "ne")),
)

# What is no prose: code in fences, code set off by an indent, code in a line, links'
# addresses, tags, comments, attributes, formulas, words with a backslash; and what says
# itself which language it is in.
_NOT_PROSE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|^(?: {4}|\t)[^\n]*$"
    r"|`[^`\n]+`"
    r"|^[ \t>]*(?P<colons>:{3,})[^\n]*\blang=[^\n]*\n"
    r".*?(?:^[ \t>]*(?P=colons):*[ \t]*$|\Z)"
    r"|\[[^\[\]]*\]\{[^{}]*\blang=[^{}]*\}"
    r"|<(?P<tag>[A-Za-z]\w*)\b[^<>]*\blang=[^<>]*>.*?</(?P=tag)\s*>"
    r"|<!--.*?-->"
    rf"|{ATTRIBUTES}"
    r"|(?<=\])\([^)\n]{0,999}\)"
    r"|<[^<>\n]*>"
    r"|\$[^$\n]+\$"
    r"|\\\w+"
    r"|\b\w+://\S+",
    re.MULTILINE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

GUESSABLE = frozenset((*WORDS, *_ALONE.values(), "ja", "zh-Hans", "zh-Hant", "zh"))


def guess_language(text: str) -> str:
    """The BCP 47 tag of the language *text* is clearly in; '' when it is not clear."""
    prose = _NOT_PROSE.sub(" ", text[: SAMPLE * 2])[:SAMPLE]
    weights = _weights(prose)
    east = weights["Kana"] + weights["Hani"]
    if weights["Kana"] * 8 > east:
        weights["Kana"] = east
    script = max(weights, key=weights.__getitem__)
    # A word has about five letters.
    if weights[script] < FEWEST_WORDS * 5:
        return ""
    if script == "Kana":
        return "ja"
    if script == "Hani":
        more = sum(map(prose.count, _TRADITIONAL)) > sum(map(prose.count, _SIMPLIFIED))
        return "zh-Hant" if more else "zh-Hans"
    return _ALONE.get(script) or _by_words(prose, script)


def mistakable(one: str, other: str) -> bool:
    """Whether a guess of *one* is no proof against *other*."""
    base = {tag.split("-")[0] for tag in (one, other)}
    return len(base) == 1 or any(base <= group for group in _NEAR)


def _weights(prose: str) -> dict[str, int]:
    """How much of the text is in each script."""
    weights = dict.fromkeys(_LETTERS, 0)
    for letter, count in Counter(prose).items():
        if script := _script_of(letter):
            weights[script] += count * _LETTERS[script][1]
    return weights


def _by_words(prose: str, script: str) -> str:
    words = Counter(word.casefold().replace("’", "'") for word in _WORD.findall(prose))
    total = 0
    # Two at least, so that there is always a second.
    scores = {"": 0.0, " ": 0.0}
    for word, count in words.items():
        if _script_of(word[0]) == script:
            total += count
            weight, languages = _KNOWN.get(word, (0.0, ()))
            for tag in languages:
                scores[tag] = scores.get(tag, 0.0) + count * weight
    (best, tag), (second, _) = sorted(
        ((score, tag) for tag, score in scores.items()), reverse=True
    )[:2]
    if total < FEWEST_WORDS or best < SMALLEST_SHARE * total or best < LEAD * second:
        return ""
    return tag


@cache
def _script_of(letter: str) -> str:
    found = (script for script, (known, _) in _LETTERS.items() if known.match(letter))
    return next(found, "")


def _known() -> dict[str, tuple[float, tuple[str, ...]]]:
    """Whose each word is; one that k languages share counts 1/k for each."""
    owners: dict[str, list[str]] = {}
    for tag, words in WORDS.items():
        for word in dict.fromkeys(words.split()):
            owners.setdefault(word, []).append(tag)
    return {word: (1 / len(tags), tuple(tags)) for word, tags in owners.items()}


_KNOWN = _known()
