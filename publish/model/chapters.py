"""A chapter, and what it is to the book."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from publish.model.blocks import Blocks, Note

# A class of what stands in a chapter, or the name of something that is written on it.
Kind = type | str


class Matter(StrEnum):
    FRONT = "front"
    BODY = "body"
    BACK = "back"


class Role(StrEnum):
    """What a chapter is. The values are what an author writes in `role:`, and
    the `epub:type` of its section (EPUB Structural Semantics Vocabulary)."""

    HALF_TITLE = "halftitlepage"
    FRONTISPIECE = "frontispiece"
    SERIES_PAGE = "seriespage"
    ALSO_BY = "also-by"
    TITLE_PAGE = "titlepage"
    COPYRIGHT_PAGE = "copyright-page"
    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    CONTENTS = "toc"
    FIGURES = "loi"
    TABLES = "lot"
    LISTINGS = "listings"
    ABSTRACT = "abstract"
    FOREWORD = "foreword"
    PREFACE = "preface"
    ACKNOWLEDGMENTS = "acknowledgments"
    INTRODUCTION = "introduction"
    PROLOGUE = "prologue"
    PART = "part"
    CHAPTER = "chapter"
    CONCLUSION = "conclusion"
    EPILOGUE = "epilogue"
    AFTERWORD = "afterword"
    QUESTIONS = "qna"
    APPENDIX = "appendix"
    NOTES = "endnotes"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    INDEX = "index"
    ERRATA = "errata"
    CREDITS = "credits"
    OTHER_CREDITS = "other-credits"
    COLOPHON = "colophon"
    CONTRIBUTORS = "contributors"


# Where a role stands when the author does not say; body for the rest. An introduction
# is body text in most books (Chicago Manual of Style), a foreword never is.
MATTER: Mapping[Role, Matter] = {
    Role.HALF_TITLE: Matter.FRONT,
    Role.FRONTISPIECE: Matter.FRONT,
    Role.SERIES_PAGE: Matter.FRONT,
    Role.ALSO_BY: Matter.FRONT,
    Role.TITLE_PAGE: Matter.FRONT,
    Role.COPYRIGHT_PAGE: Matter.FRONT,
    Role.DEDICATION: Matter.FRONT,
    Role.EPIGRAPH: Matter.FRONT,
    Role.CONTENTS: Matter.FRONT,
    Role.FIGURES: Matter.FRONT,
    Role.TABLES: Matter.FRONT,
    Role.LISTINGS: Matter.FRONT,
    Role.ABSTRACT: Matter.FRONT,
    Role.FOREWORD: Matter.FRONT,
    Role.PREFACE: Matter.FRONT,
    Role.ACKNOWLEDGMENTS: Matter.FRONT,
    Role.AFTERWORD: Matter.BACK,
    Role.APPENDIX: Matter.BACK,
    Role.NOTES: Matter.BACK,
    Role.GLOSSARY: Matter.BACK,
    Role.BIBLIOGRAPHY: Matter.BACK,
    Role.INDEX: Matter.BACK,
    Role.ERRATA: Matter.BACK,
    Role.CREDITS: Matter.BACK,
    Role.OTHER_CREDITS: Matter.BACK,
    Role.COLOPHON: Matter.BACK,
    Role.CONTRIBUTORS: Matter.BACK,
}


# What is made for a book that does not say it.
MADE = (
    Role.ALSO_BY,
    Role.TITLE_PAGE,
    Role.COPYRIGHT_PAGE,
    Role.CONTENTS,
    Role.CONTRIBUTORS,
)


@dataclass(frozen=True, slots=True)
class Sight:
    """The kinds of what stands in some blocks and notes.

    of_blocks, of_notes: those in each of them
    """

    blocks: Blocks
    notes: tuple[Note, ...]
    of_blocks: tuple[frozenset[Kind], ...]
    of_notes: tuple[frozenset[Kind], ...]
    kinds: frozenset[Kind]


class Seen:
    """What was found in a chapter when someone last looked.

    It says nothing of a chapter by itself: whose blocks or notes are not those of
    `last` has to look again, but only at what is new in it. So it goes along with every
    copy of a chapter, and with what is kept of it for the next build.
    """

    __slots__ = ("last",)

    def __init__(self) -> None:
        self.last: Sight | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One file of the EPUB, one opening in print.

    path: the author's file, as `Position` wants it
    source: the same file relative to the manuscript, with slashes, for links
    title: plain words, for contents and running heads; until `title_chapters` has
        run, what the author's front matter says, or empty
    label: what another tool's contents calls it, for a file without a title
    name: ASCII, unique in the book, e.g. "02-the-storm"; the EPUB adds ".xhtml";
        empty until `name_chapters` has run
    depth: 0, or 1 and more where it stands below a part or another chapter in contents
    numbered: whether `number_headings` counts it
    number: what it counted, as it is written: "4", "IV", "Four"; empty for none
    count: the same in figures or a letter, as sections and figures begin with it
    generated: the tool made it from the book's data, no author wrote it
    notes: in the order of their definitions until `number_notes` has run, then in the
        order of their first calls
    paged: whether numbers of pages of print stand in it; known when `add_contents` has
        run
    seen: for `publish.kinds` alone
    """

    path: Path
    source: str
    language: str
    blocks: Blocks
    title: str = ""
    label: str = ""
    name: str = ""
    notes: tuple[Note, ...] = ()
    role: Role = Role.CHAPTER
    matter: Matter = Matter.BODY
    depth: int = 0
    numbered: bool = True
    number: str = ""
    count: str = ""
    generated: bool = False
    paged: bool = False
    seen: Seen = field(default_factory=Seen, compare=False, repr=False)
