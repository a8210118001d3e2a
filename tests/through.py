"""Markdown through our tree and out as XHTML, with no book round it."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from publish.manuscript import Source
from publish.model import Block, Chapter, CodeBlock, Image, Inline, Link, Target
from publish.parse import parse_source
from publish.walk import Rewrite, rewrite_chapter
from publish.xhtml import Output, blocks_xhtml, escape

OUTPUT = Output(
    href=lambda target: target.chapter,
    picture=lambda name: quote(name, safe="/:?#[]@!$&'()*+,;=%"),
    anchor=lambda anchor: anchor,
    note=lambda reference: f"[^{reference.label}]",
    page=lambda page: page.words,
    notes=lambda notes: f"[{len(notes.notes)} notes]",
    places=lambda places, comma: "".join(comma + place.section for place in places),
    meaning=lambda word: {"role": f"doc-{word}"},
    formula=lambda formula: f"<math>{escape(formula.source)}</math>",
)


def through_our_tree(markdown: str) -> str:
    """The text, and each note behind it."""
    source = Source(path=Path("spec.md"), file="spec.md", text=markdown)
    chapter = resolved(parse_source(source, "en")[0])
    notes = (
        f'<aside id="{note.label}">\n{blocks_xhtml(note.children, OUTPUT)}\n</aside>'
        for note in chapter.notes
    )
    return "\n".join([blocks_xhtml(chapter.blocks, OUTPUT), *notes])


def resolved(chapter: Chapter) -> Chapter:
    """As if every link and picture of the example led somewhere, and without the
    colours of code."""

    def plain(block: Block) -> Block:
        return replace(block, tokens=()) if isinstance(block, CodeBlock) else block

    def change(inline: Inline) -> Inline:
        if isinstance(inline, Link):
            return replace(inline, target=Target(inline.href))
        if isinstance(inline, Image):
            return replace(inline, file=inline.src)
        return inline

    return rewrite_chapter(chapter, Rewrite(inline=change, block=plain))
