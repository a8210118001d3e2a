"""What an author's Markdown may say besides, where books differ."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """caption_in_brackets: whether the words in the brackets of a picture are its
    caption, as Pandoc and Quarto read them, and not what it shows
    """

    caption_in_brackets: bool = False

    def spelt(self) -> Iterator[str]:
        """See `publish.crew`."""
        yield repr(self)
