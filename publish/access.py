"""What of a book cannot be heard until its author puts it into words."""

from collections.abc import Iterator

from publish.model import Chapter, Image, Link
from publish.walk import chapter_inlines, plain_text, walk_inlines


def wordless(chapter: Chapter) -> Iterator[Image | Link]:
    """Pictures without a word of what they show, and links that say nothing.

    A picture whose words are empty is decoration: so its author said.
    """
    for inline in chapter_inlines(chapter):
        if isinstance(inline, Image):
            if inline.alt is None:
                yield inline
        elif isinstance(inline, Link) and not plain_text(inline.children):
            inner = list(walk_inlines(inline.children))
            if not any(isinstance(i, Image) and i.alt is None for i in inner):
                yield inline
