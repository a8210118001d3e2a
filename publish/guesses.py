"""Guess what was meant by a name that nothing has."""

from collections.abc import Iterable
from difflib import get_close_matches

# A guess looks at every name there is. Who has more to mend than this has made one slip
# many times, and sees it from the first of them.
_MOST = 20


class Guesses:
    """Those of one kind of name in a book."""

    def __init__(self) -> None:
        self._left = _MOST

    def near(self, wanted: str, names: Iterable[str]) -> str:
        """The one of *names* that is most like *wanted*; empty where none is, and when
        enough was guessed."""
        if not self._left:
            return ""
        self._left -= 1
        return next(iter(get_close_matches(wanted, list(names), n=1)), "")
