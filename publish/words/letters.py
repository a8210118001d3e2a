"""Letters, for where words cannot be told: on pages a line may end within a word."""

import re
from collections import Counter
from unicodedata import normalize

# A tatweel draws out the letter before it and is none itself.
BETWEEN = re.compile(r"[\W_\u0640]+")


def letters(text: str) -> str:
    """Letters and digits alone, in lower case. Hyphens, spaces and accents fall away.

    A font has one glyph for an accented letter, however the text spells it.
    """
    return BETWEEN.sub("", normalize("NFKD", text.casefold()))


def lacks(wanted: str, found: str) -> Counter[str]:
    """Letters of *wanted* that *found* has not, however both are ordered."""
    return Counter(letters(wanted)) - Counter(letters(found))
