"""What tells where in the book a thing stands: contents, index, sources."""

from dataclasses import dataclass
from enum import StrEnum

from publish.model.attributes import BARE, Attributes, Target
from publish.model.inlines import Inlines


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
