"""What an author's Markdown may say besides, where books differ."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """caption_in_brackets: whether the words in the brackets of a picture are its
    caption, as Pandoc and Quarto read them, and not what it shows
    backslash_math: whether `\\(` and `\\[` begin formulas, and are no plain brackets
    variables: (name, value) of the words that `{{< var name >}}` stands for
    data: (name, value) of what is known of the book, for `{{< meta title >}}`
    """

    caption_in_brackets: bool = False
    backslash_math: bool = False
    variables: tuple[tuple[str, str], ...] = ()
    data: tuple[tuple[str, str], ...] = ()

    def spelt(self) -> Iterator[str]:
        """See `publish.crew`."""
        yield repr(self)
