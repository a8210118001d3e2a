"""What stands in a line."""

from dataclasses import dataclass
from enum import StrEnum

from publish.model.attributes import BARE, Attributes, Target


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
    paged: written `@key{.page}`: with the page of print on which a thing stands
    """

    key: str
    line: int
    bare: bool = False
    paged: bool = False


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
