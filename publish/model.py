"""The book as one closed tree.

Every stage after `parse` reads this tree and nothing else. All of it is frozen: it
is compared with `==`, hashed, and sent to another process as it is. A field that a
pass fills starts empty and says which pass fills it.

`line` is always the line of the author's file, counted from 1; 0 means that no line
of a file made this (the tool did), or, on a `Plain`, that only the block round it
knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shown:
    """In which editions a thing stands, by their names or those of formats, as the
    author wrote them.

    only: in these; empty for all
    never: in none of these
    """

    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is written on an element besides its kind.

    id: as the author wrote it; unique in its chapter once `add_anchors` has run
    classes: in the order written
    rest: (name, value) pairs sorted by name, each allowed by `parse.content`
    shown: None for in every edition, as for all that an edition holds once
        `for_edition` has made it
    """

    id: str = ""
    classes: tuple[str, ...] = ()
    rest: tuple[tuple[str, str], ...] = ()
    shown: Shown | None = None

    def get(self, name: str) -> str:
        """The value of one of `rest`; empty when it is not there."""
        return dict(self.rest).get(name, "") if self.rest else ""


BARE = Attributes()


@dataclass(frozen=True, slots=True)
class Target:
    """A place inside the book.

    chapter: `Chapter.name`
    anchor: an id in that chapter; empty for its beginning
    """

    chapter: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """value: as the reader sees it; a line end of the source is "\\n" """

    value: str


@dataclass(frozen=True, slots=True)
class Generated:
    """Words that the tool wrote, not the author. The words check leaves them out."""

    value: str


@dataclass(frozen=True, slots=True)
class Code:
    """Code within a line."""

    value: str
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Math:
    """A formula within a line.

    source: LaTeX, as the author wrote it between the dollars
    mathml: what stands in the element `math`; parsing leaves no formula without it
    plain: the same where there is nothing but text: "E = mc²"
    """

    source: str
    line: int
    mathml: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A break that the author forced."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: "Inlines"
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Strong:
    children: "Inlines"
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Strike:
    children: "Inlines"
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Link:
    """href: as the author wrote it, percent-encoded
    target: where in the book it leads; None until `resolve_links` has run, and for
        links that leave the book
    source: whether it leads from a citation to a `SourceEntry`
    """

    href: str
    children: "Inlines"
    line: int
    title: str = ""
    attributes: Attributes = BARE
    target: Target | None = None
    source: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """src: as the author wrote it, percent-decoded
    alt: None when the author wrote none; empty when they said it is decoration
    file: name of the `ImageFile` it shows; empty until `resolve_images` has run
    """

    src: str
    alt: str | None
    line: int
    title: str = ""
    attributes: Attributes = BARE
    file: str = ""


@dataclass(frozen=True, slots=True)
class CiteKey:
    """`@key`: names a thing of the book or a source. What neither `cite_sources` puts
    into words nor `resolve_references` finds stays, and is shown as it was written.

    bare: written `-@key`: the number alone of a thing, a source without its author
    """

    key: str
    line: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """`[see @key, p. 3; @other]`: brackets that hold a `CiteKey`."""

    children: "Inlines"
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class PageReference:
    """Says on which page of print something stands.

    words: of print, with {} for the number: "page {}"
    screen: what stands in its place where there are no pages; empty for nothing
    """

    target: Target
    words: str
    screen: str = ""


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A call of a note.

    label: as in `[^label]`, the key into `Chapter.notes`
    number: 1, 2, … in its chapter; 0 until `number_notes` has run
    mark: the number in the digits of the chapter's language; empty until then
    occurrence: 1 for the first call of the same note, 2 for its second, …
    chapter, group: name of the chapter and number of the `NoteList` where its note
        stands; empty for the chapter that calls it
    """

    label: str
    line: int
    number: int = 0
    occurrence: int = 1
    mark: str = ""
    chapter: str = ""
    group: int = 0


class Edge(StrEnum):
    """Which end of a range of pages a mark for the index stands at."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class IndexMark:
    """Words, or a place between words, to which entries of the index lead.

    entries: each from its heading down: ("Lamp", "wick"); the words are the only one
        where there is none
    sort: of each entry, as it is sorted: the last of its levels, or more of them
    see, see_also: entries that these send the reader to; a mark with one of them is
        no place
    edge: the end of a range that it is; None for a place of its own
    main: whether the entry is treated here above all
    attributes: with an id once `fill_index` has run, if the index leads to it
    """

    children: "Inlines"
    line: int
    entries: "tuple[Levels, ...]" = ()
    sort: "tuple[Levels, ...]" = ()
    see: "tuple[Levels, ...]" = ()
    see_also: "tuple[Levels, ...]" = ()
    edge: Edge | None = None
    main: bool = False
    attributes: Attributes = BARE


# An entry of the index, from its heading down: ("Lamp", "wick").
Levels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermReference:
    """`[wicks]{.term of="wick"}`: words that the glossary explains.

    of: the term as the glossary has it; empty where the words are it
    target: its definition; None until `define_terms` has run, and for no such term
    """

    children: "Inlines"
    line: int
    of: str = ""
    attributes: Attributes = BARE
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Any inline element of HTML that has no kind of its own."""

    tag: str
    children: "Inlines"
    line: int
    attributes: Attributes = BARE


Inline = (
    Text
    | Generated
    | Code
    | Math
    | LineBreak
    | Emphasis
    | Strong
    | Strike
    | Link
    | Image
    | NoteReference
    | CiteKey
    | Citation
    | PageReference
    | IndexMark
    | TermReference
    | Span
)
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 1 (the chapter's title) to 6; `attributes.id` is its anchor
    number: "2" or "2.1"; empty until `number_headings` has run, or for none
    """

    level: int
    children: Inlines
    line: int
    attributes: Attributes = BARE
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: Inlines
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Plain:
    """Text that stands where blocks stand but is no paragraph: a tight list's item."""

    children: Inlines
    line: int


@dataclass(frozen=True, slots=True)
class Quote:
    children: "Blocks"
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class ListItem:
    """checked: whether the box of a task is ticked; None for an item without a box
    value: its number where the author set one
    """

    children: "Blocks"
    line: int
    attributes: Attributes = BARE
    checked: bool | None = None
    value: int | None = None


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[ListItem, ...]
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class OrderedList:
    """style: "1", "a", "A", "i" or "I" as HTML's `type` says it"""

    items: tuple[ListItem, ...]
    line: int
    start: int = 1
    style: str = "1"
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Term:
    children: Inlines
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Definition:
    children: "Blocks"
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """items: at least one term before each run of definitions
    glossary: whether it explains terms of the book; known when `define_terms` has run
    """

    items: tuple[Term | Definition, ...]
    line: int
    attributes: Attributes = BARE
    glossary: bool = False


@dataclass(frozen=True, slots=True)
class CodeToken:
    """kind: class name for the style, e.g. "k" for a keyword; empty for plain text"""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CodeLines:
    """What is said of the lines of a listing. Here they are counted from 1.

    first: the number that stands beside the first; 0 where no numbers do
    marked: those that stand out
    calls: (line, number) of those that an item of the list behind explains
    apart: whether each is an element, though nothing is said of any
    """

    first: int = 0
    marked: tuple[int, ...] = ()
    calls: tuple[tuple[int, int], ...] = ()
    apart: bool = False


PLAIN_LINES = CodeLines()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """text: ends in a newline, but for an empty block and one of HTML's `<pre>`
    language: first word of the fence's info string; empty for none
    tokens: `text` cut up for colour; empty where the language is unknown
    caption: stands over it; empty for none
    number: see `Figure`
    title: of what file it is, as an author says over it; empty for none
    """

    text: str
    line: int
    language: str = ""
    attributes: Attributes = BARE
    tokens: tuple[CodeToken, ...] = ()
    caption: Inlines = ()
    number: str = ""
    title: str = ""
    lines: CodeLines = PLAIN_LINES


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula that stands by itself.

    source, mathml: see `Math`
    number: "3" or "2.3"; what the author gave it with `\\tag`, or what `number_things`
        counted; empty for none
    """

    source: str
    line: int
    attributes: Attributes = BARE
    mathml: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class SceneBreak:
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class TableCell:
    """align: "left", "center", "right", or empty
    columns, rows: how many it spans
    """

    children: "Blocks"
    line: int
    header: bool = False
    align: str = ""
    columns: int = 1
    rows: int = 1
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[TableCell, ...]
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Table:
    """number: see `Figure`
    widths: of the columns, in percent of the line; empty where they follow the words
    """

    caption: "Blocks"
    head: tuple[TableRow, ...]
    body: tuple[TableRow, ...]
    foot: tuple[TableRow, ...]
    line: int
    attributes: Attributes = BARE
    number: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """Any block element of HTML that has no kind of its own; "div" is a division that
    means nothing to us."""

    tag: str
    children: "Blocks"
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Figure:
    """A thing with its caption: pictures, or what an author says is shown so.

    above: whether the caption stands over what is shown
    number: "3" or "2.3"; empty until `number_things` has run, or for none
    """

    children: "Blocks"
    caption: "Blocks"
    line: int
    attributes: Attributes = BARE
    above: bool = False
    number: str = ""


class DivisionKind(StrEnum):
    """What a division is. The values are what an author writes behind the colons, and
    the class of its element."""

    EPIGRAPH = "epigraph"
    DEDICATION = "dedication"
    PULL_QUOTE = "pullquote"
    VERSE = "verse"
    DRAMA = "drama"
    LETTER = "letter"
    SIDEBAR = "sidebar"
    NOTE = "note"
    TIP = "tip"
    IMPORTANT = "important"
    WARNING = "warning"
    CAUTION = "caution"
    THEOREM = "theorem"
    LEMMA = "lemma"
    COROLLARY = "corollary"
    PROPOSITION = "proposition"
    CONJECTURE = "conjecture"
    DEFINITION = "definition"
    EXAMPLE = "example"
    PROOF = "proof"
    EXERCISE = "exercise"
    ANSWER = "answer"
    ANSWERS = "answers"


# Remarks, which GitHub, Quarto and MyST know under the same names.
ADMONITIONS = (
    DivisionKind.NOTE,
    DivisionKind.TIP,
    DivisionKind.IMPORTANT,
    DivisionKind.WARNING,
    DivisionKind.CAUTION,
)
# What a textbook states and asks; what each is called begins its first line.
STATEMENTS = (
    DivisionKind.THEOREM,
    DivisionKind.LEMMA,
    DivisionKind.COROLLARY,
    DivisionKind.PROPOSITION,
    DivisionKind.CONJECTURE,
    DivisionKind.DEFINITION,
    DivisionKind.EXAMPLE,
    DivisionKind.PROOF,
    DivisionKind.EXERCISE,
    DivisionKind.ANSWER,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that something was written in. path, source: see `Chapter`"""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Division:
    """Blocks that are one thing of a kind: an epigraph, a warning, a theorem.

    title: what the author calls it; `number_things` puts before it what the tool does:
        "Warning", "Theorem 2.3"
    number: see `Figure`
    answers: of an answer, the name of its exercise, `exr-oil`; empty for none
    origin: of an answer that `gather_answers` took from another chapter; else None
    """

    kind: DivisionKind
    children: "Blocks"
    line: int
    title: Inlines = ()
    attributes: Attributes = BARE
    number: str = ""
    answers: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Says, below a quotation, whose words it is; below a letter, who signed it."""

    children: Inlines
    line: int
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class Line:
    """A line that its author ended. indent: in spaces, as it was written"""

    children: Inlines
    indent: int = 0


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Lines that stay as they are: a stanza, an address.

    turn: in ems, how far in a line goes on that is too long: deeper than any begins
    """

    lines: tuple[Line, ...]
    line: int
    attributes: Attributes = BARE
    turn: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page of print that the author forced. It is nothing on a screen."""

    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents, with those below it."""

    title: str
    number: str
    target: Target
    children: "tuple[Entry, ...]" = ()


class Listed(StrEnum):
    """What a list of pages lists. The values are what an author writes: `::: toc`."""

    HEADINGS = "toc"
    FIGURES = "figures"
    TABLES = "tables"
    LISTINGS = "listings"


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of what stands where, set in the text. Empty until `add_contents` has
    run."""

    entries: tuple[Entry, ...] = ()
    of: Listed = Listed.HEADINGS


@dataclass(frozen=True, slots=True)
class NoteList:
    """Notes, set where they stand. Empty where an author has left room for them, until
    `gather_notes` has run.

    chapter: name of the chapter that calls them
    group: 1, 2, … where notes of several chapters stand in one; 0 in their own
    """

    notes: "tuple[Note, ...]" = ()
    chapter: str = ""
    group: int = 0
    attributes: Attributes = BARE


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where an entry of the index leads.

    end: the end of a range that begins at `target`; None for a place of its own
    section, end_section: where these stand, in words, for want of pages: the number of
        a section or chapter, or a title
    heading: id of the heading that `target` stands under, or label of the note that it
        is in; empty for neither
    main: whether the entry is treated there above all
    """

    target: Target
    section: str
    heading: str = ""
    end: Target | None = None
    end_section: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class IndexReference:
    """From one entry of the index to another.

    words: the levels of the other, as they are shown: "Lamp, wick"
    anchor: `IndexEntry.anchor`; empty where there is no such entry
    """

    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """words: without the levels above it
    anchor: an id in the chapter of the index; empty where nothing leads here
    places: in the order of the book
    """

    words: Inlines
    anchor: str = ""
    places: tuple[IndexPlace, ...] = ()
    see: tuple[IndexReference, ...] = ()
    see_also: tuple[IndexReference, ...] = ()
    children: "tuple[IndexEntry, ...]" = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Entries under one letter. letter: empty for signs and numbers"""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The index of the book, set in the text. Empty until `fill_index` has run.

    title: names it for those who listen, where its chapter is something else
    see, see_also: the words that lead from one entry to another
    comma, semicolon: what parts the parts of a list, each with its space
    """

    groups: tuple[IndexGroup, ...] = ()
    title: str = ""
    see: str = ""
    see_also: str = ""
    comma: str = ", "
    semicolon: str = "; "


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source that is cited. `attributes.id` is where its citations lead.

    label: "[1]", where the style of the citations has one; empty for none
    """

    children: Inlines
    attributes: Attributes
    label: Inlines = ()


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What is cited, as the style lists it. Empty where an author has left room for it,
    until `cite_sources` has run.

    title: what it is called in a chapter of another kind; empty in the bibliography of
        the book, which is called after its chapter
    hanging: whether all lines of an entry but its first are set in
    """

    entries: tuple[SourceEntry, ...]
    line: int
    attributes: Attributes = BARE
    title: str = ""
    hanging: bool = True


Block = (
    Heading
    | Paragraph
    | Plain
    | Quote
    | BulletList
    | OrderedList
    | DefinitionList
    | CodeBlock
    | Equation
    | SceneBreak
    | Table
    | Figure
    | Division
    | Attribution
    | LineBlock
    | PageBreak
    | Element
    | Contents
    | NoteList
    | Index
    | Bibliography
)
Blocks = tuple[Block, ...]


class Counted(StrEnum):
    """Things that are counted, each kind by itself. The value begins the name that an
    author gives to one: `{#fig-lamp}` (as in Quarto)."""

    FIGURE = "fig"
    TABLE = "tbl"
    LISTING = "lst"
    EQUATION = "eq"
    THEOREM = "thm"
    LEMMA = "lem"
    COROLLARY = "cor"
    PROPOSITION = "prp"
    CONJECTURE = "cnj"
    DEFINITION = "def"
    EXAMPLE = "exm"
    EXERCISE = "exr"


class SourceLists(StrEnum):
    """Where what is cited is listed."""

    BOOK = "book"
    CHAPTER = "chapter"
    NONE = "none"


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
    APPENDIX = "appendix"
    NOTES = "endnotes"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    INDEX = "index"
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
    Role.FOREWORD: Matter.FRONT,
    Role.PREFACE: Matter.FRONT,
    Role.ACKNOWLEDGMENTS: Matter.FRONT,
    Role.AFTERWORD: Matter.BACK,
    Role.APPENDIX: Matter.BACK,
    Role.NOTES: Matter.BACK,
    Role.GLOSSARY: Matter.BACK,
    Role.BIBLIOGRAPHY: Matter.BACK,
    Role.INDEX: Matter.BACK,
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
class Note:
    """The text of a note. label, mark: see `NoteReference`

    calls: for each of its calls, whether that stands in a note; empty until
        `number_notes` has run
    """

    label: str
    children: Blocks
    line: int
    mark: str = ""
    calls: tuple[bool, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Person:
    """role: code of the MARC relator list, e.g. "aut", "trl", "ill"
    sort: "Bell, Ada"; empty when the name sorts as it stands
    """

    name: str
    role: str = "aut"
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """scheme: "bisac", "thema", …; empty with `code` for a plain keyword"""

    text: str
    scheme: str = ""
    code: str = ""


class Numerals(StrEnum):
    """How a number is written."""

    NONE = "none"
    ARABIC = "arabic"
    ROMAN = "roman"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What of a book is counted.

    sections: levels of headings below a chapter's title that are counted with it
    through: whether figures, tables and the like are counted through the book, and
        not within each chapter that has a number
    """

    chapters: Numerals = Numerals.NONE
    parts: Numerals = Numerals.NONE
    sections: int = 0
    through: bool = False


NO_NUMBERS = Numbering()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """language: BCP 47 tag, e.g. "en-GB"
    identifier: urn:uuid:… or what the author gave; the same for every build
    also_by: titles of other books by the author
    about: who the author is; an empty line parts paragraphs
    published: date of publication, as the author wrote it: 1904, 1904-05, 1904-05-17
    modified: UTC; what the outputs say instead of the clock
    """

    title: str
    language: str
    identifier: str
    modified: datetime
    subtitle: str = ""
    people: tuple[Person, ...] = ()
    publisher: str = ""
    rights: str = ""
    description: str = ""
    published: str = ""
    series: Series | None = None
    subjects: tuple[Subject, ...] = ()
    also_by: tuple[str, ...] = ()
    about: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of those whose role is author, in the order given."""
        return tuple(person.name for person in self.people if person.role == "aut")


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture of the manuscript, ready for the outputs: upright, no larger than shops
    allow, and without what the camera wrote.

    name: file name in the outputs, ASCII, unique, e.g. "lamp.png"
    path: the ready picture, for as long as the book is being made
    sources: every path relative to the manuscript that shows it
    width, height: in pixels; 0 for an SVG that does not say
    """

    name: str
    path: Path
    sources: tuple[str, ...]
    media_type: str
    width: int
    height: int


class NotePlace(StrEnum):
    """Where notes stand: at the foot of the page that calls them, at the end of their
    chapter, or at the end of the book."""

    FOOT = "foot"
    CHAPTER = "chapter"
    BOOK = "book"


class Format(StrEnum):
    EPUB = "epub"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Trim:
    """The size of a page after cutting, in points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Edition:
    """One form in which the book comes out.

    name: the key in `[editions.name]`; the file is named after the book and it
    isbn: thirteen digits without hyphens; empty for none
    isbn_words: the same with the author's hyphens, as it is printed
    style: a folder of `styles/`
    depth: levels of headings in its contents, chapters the first; 0 where nothing says
    leave_out: files of chapters that it does not hold, as in `Chapter.source`
    """

    name: str
    format: Format
    isbn: str = ""
    style: str = "classic"
    trim: Trim = Trim(432, 648)
    isbn_words: str = ""
    notes: NotePlace = NotePlace.FOOT
    depth: int = 0
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What is made of a book while its author is at work on it.

    only: `Chapter.name` of the chapter whose pages are shown; empty for all
    draft: whether nothing is done that only a finished file needs
    """

    only: str = ""
    draft: bool = False


# No proof, but the book: all of it, with all that a finished file needs.
FINAL = Proof()


@dataclass(frozen=True, slots=True)
class Book:
    """contents: filled by `add_contents`; what nav, NCX, outline and page share
    editions: all that the author has, whichever are made now
    made: the pages that the tool makes where the author wrote none
    """

    metadata: Metadata
    chapters: tuple[Chapter, ...]
    images: tuple[ImageFile, ...] = ()
    cover: ImageFile | None = None
    contents: tuple[Entry, ...] = ()
    numbering: Numbering = NO_NUMBERS
    editions: tuple[Edition, ...] = ()
    made: tuple[Role, ...] = MADE
