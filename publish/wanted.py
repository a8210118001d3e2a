"""What is to be made of a book, as who builds it says."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """editions, formats: only these, by their names; empty for all
    only: a chapter, by its file or its title, to show its pages alone, as they are in
        the book; empty for the book
    draft: whether to be quick, and do nothing that only a finished file needs
    judged: whether to look the pages over as a compositor would
    """

    editions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    only: str = ""
    draft: bool = False
    judged: bool = False

    def spelt(self) -> Iterator[str]:
        """See `publish.crew`."""
        for words in (self.editions, self.formats):
            yield str(len(words))
            yield from words
        yield from (self.only, str(self.draft), str(self.judged))


ALL = Wanted()
