"""Join each picture of the text to the file that shows it."""

from dataclasses import replace

from publish.addresses import picture_paths
from publish.kinds import rewrite_where
from publish.language import labels
from publish.model import (
    Attributes,
    Block,
    Book,
    Chapter,
    Generated,
    Image,
    Inline,
    Link,
    Paragraph,
    Span,
    Text,
)
from publish.walk import Rewrite


def resolve_images(book: Book) -> Book:
    """A picture that was found shows its file; another gives way to a visible mark."""
    names = {path: file.name for file in book.images for path in file.sources}
    chapters = (_resolve(chapter, names) for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _resolve(chapter: Chapter, names: dict[str, str]) -> Chapter:
    missing = labels(chapter.language).picture_missing

    def change(inline: Inline) -> Inline:
        if not isinstance(inline, Image):
            return inline
        for path in picture_paths(chapter.source, inline.src):
            if path in names:
                return replace(inline, file=names[path])
        return _mark(inline, missing)

    return rewrite_where(chapter, Rewrite(block=_alone, inline=change), Image)


def _alone(block: Block) -> Block:
    """A paragraph that is nothing but a picture says so, for the style."""
    if not isinstance(block, Paragraph):
        return block
    shown = [child for child in block.children if not _is_space(child)]
    if len(shown) == 1 and isinstance(shown[0], Link):
        shown = list(shown[0].children)
    if len(shown) != 1 or not isinstance(shown[0], Image):
        return block
    attributes = block.attributes
    classes = ("picture", *attributes.classes)
    return replace(block, attributes=replace(attributes, classes=classes))


def _is_space(inline: Inline) -> bool:
    return isinstance(inline, Text) and not inline.value.strip()


def _mark(image: Image, missing: str) -> Span:
    said = [words for words in (image.alt, image.title) if words]
    words: tuple[Inline, ...] = (Generated(f"[{missing}]"),)
    if said:
        words = (Generated(f"[{missing}: "), Text(" – ".join(said)), Generated("]"))
    own = image.attributes
    attributes = Attributes(own.id, ("missing-picture",), shown=own.shown)
    return Span("span", words, image.line, attributes)
