"""What stands one below the other: paragraphs, tables, divisions and their like."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from publish.model.attributes import BARE, Attributes
from publish.model.inlines import Inlines
from publish.model.lists import Bibliography, Contents, Index


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
class Note:
    """The text of a note. label, mark: see `NoteReference`

    calls: for each of its calls, whether that stands in a note; empty until
        `number_notes` has run
    """

    label: str
    children: "Blocks"
    line: int
    mark: str = ""
    calls: tuple[bool, ...] = ()


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
