"""The content documents: one XHTML file a chapter."""

from collections.abc import Mapping
from types import MappingProxyType

from publish.epub.code import part_long_lines
from publish.epub.document import IMAGES, TEXT, XHTML, address, document
from publish.epub.formulas import formula_xhtml, with_signs
from publish.epub.locators import places_xhtml
from publish.epub.notes import call_xhtml, notes_xhtml, own_anchor
from publish.epub.resource import Resource
from publish.epub.semantics import meaning, meaning_of_division
from publish.epub.tables import mark_wide_tables
from publish.language import labels
from publish.model import (
    Blocks,
    Chapter,
    Equation,
    Heading,
    IndexPlace,
    Math,
    Matter,
    NoteList,
    NoteReference,
    PageReference,
    Role,
    Target,
)
from publish.xhtml import Output, blocks_xhtml, escape

_MATTER: Mapping[Matter, str] = MappingProxyType(
    {
        Matter.FRONT: "frontmatter",
        Matter.BODY: "bodymatter",
        Matter.BACK: "backmatter",
    }
)

# Roles that DPUB-ARIA 1.1 knows under the same name. Those that are landmarks to a
# screen reader want a name; the others are read as what they hold.
_LANDMARKS = frozenset(
    {
        Role.FOREWORD,
        Role.PREFACE,
        Role.ACKNOWLEDGMENTS,
        Role.INTRODUCTION,
        Role.PROLOGUE,
        Role.PART,
        Role.CHAPTER,
        Role.CONCLUSION,
        Role.EPILOGUE,
        Role.AFTERWORD,
        Role.APPENDIX,
        Role.NOTES,
        Role.GLOSSARY,
        Role.BIBLIOGRAPHY,
        Role.INDEX,
        Role.CONTENTS,
        Role.CREDITS,
        Role.ERRATA,
    }
)
_OTHER_ROLES = frozenset(
    {Role.DEDICATION, Role.EPIGRAPH, Role.COLOPHON, Role.ABSTRACT, Role.QUESTIONS}
)
# The EPUB Structural Semantics Vocabulary has no word for these.
_NO_TYPE = frozenset({Role.FRONTISPIECE, Role.ALSO_BY, Role.LISTINGS})


def chapter_path(name: str) -> str:
    """Where the chapter of that name lies, relative to the package document."""
    return f"{TEXT}/{name}.xhtml"


def place(target: Target) -> str:
    """The address of *target*, relative to the package document."""
    return address(chapter_path(target.chapter), own_anchor(target.anchor))


def chapter_xhtml(chapter: Chapter, title: str) -> str:
    """What the file of one chapter says, its notes at the end.

    title: of the file, which no other file of the EPUB has
    """
    chapter = part_long_lines(mark_wide_tables(chapter))
    return document(
        title,
        chapter.language,
        _section(chapter, with_signs(_body(chapter))),
        up="../",
        matter=_MATTER[chapter.matter],
    )


def chapter_resource(chapter: Chapter, text: str) -> Resource:
    """The file of one chapter. text: what it says"""
    # Author's text is escaped, so these are markup wherever they are found.
    properties = (("mathml", "<math"), ("svg", "<svg"))
    return Resource(
        id=f"text-{chapter.name}",
        path=chapter_path(chapter.name),
        media_type=XHTML,
        data=text.encode(),
        properties=tuple(name for name, tag in properties if tag in text),
        in_spine=True,
    )


def _body(chapter: Chapter) -> str:
    def href(target: Target) -> str:
        path = "" if target.chapter == chapter.name else f"{target.chapter}.xhtml"
        return address(path, own_anchor(target.anchor)) or f"{chapter.name}.xhtml"

    def page(reference: PageReference) -> str:
        if not reference.screen:
            return ""
        address = escape(href(reference.target))
        return f'<a href="{address}">{escape(reference.screen)}</a>'

    words = labels(chapter.language)

    def notes(notes: NoteList) -> str:
        return notes_xhtml(notes, words, output)

    def formula(formula: Math | Equation) -> str:
        return formula_xhtml(formula, words)

    def call(note: NoteReference) -> str:
        return call_xhtml(note, chapter.name)

    def places(found: tuple[IndexPlace, ...], comma: str) -> str:
        return places_xhtml(found, comma, href)

    output = Output(
        href=href,
        picture=_picture,
        anchor=own_anchor,
        note=call,
        page=page,
        notes=notes,
        formula=formula,
        places=places,
        division=meaning_of_division,
        meaning=meaning,
    )
    return blocks_xhtml(chapter.blocks, output)


def _picture(name: str) -> str:
    return f"../{IMAGES}/{name}"


def _section(chapter: Chapter, body: str) -> str:
    role = chapter.role
    attributes = [("class", role.value)]
    if role not in _NO_TYPE:
        attributes.append(("epub:type", role.value))
    if role in _LANDMARKS | _OTHER_ROLES:
        attributes.append(("role", f"doc-{role.value}"))
    if role in _LANDMARKS:
        heading = _first_heading(chapter.blocks)
        attributes.append(
            ("aria-labelledby", own_anchor(heading))
            if heading
            else ("aria-label", chapter.title)
        )
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<section{written}>\n{body}\n</section>"


def _first_heading(blocks: Blocks) -> str:
    """The id of the first heading; empty where there is none with words and an id."""
    for block in blocks:
        if isinstance(block, Heading):
            return block.attributes.id if block.children else ""
    return ""
