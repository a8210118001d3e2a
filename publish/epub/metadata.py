"""What the package document says about the book."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from publish.dates import is_date
from publish.epub.pages import PageList
from publish.model import Edition, Metadata, Person, Series, Subject


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the package's metadata.

    name: of Dublin Core, such as "creator"; "meta" or "link" for an element of EPUB's
        own
    value: its text; empty for one that says all in its attributes
    """

    name: str
    value: str
    attributes: Mapping[str, str]


def full_title(metadata: Metadata) -> str:
    """The one title of the package. In EPUB 3.3 the subtitle stands in it."""
    parts = (_words(metadata.title), _words(metadata.subtitle))
    return ": ".join(part for part in parts if part)


def identifiers(metadata: Metadata, edition: Edition) -> tuple[str, ...]:
    """The names of this publication; the first is the unique one.

    An ISBN names the edition, the book's own identifier all of them: with an ISBN
    two editions of one book are two books on a shelf.
    """
    isbn = f"urn:isbn:{edition.isbn}" if edition.isbn else ""
    own = map(_words, (metadata.identifier, *metadata.also_known))
    return tuple(dict.fromkeys(filter(None, (isbn, *own))))


def statements(metadata: Metadata, edition: Edition) -> Iterator[Statement]:
    """All but the title, the language, the unique identifier and the moment of the
    last change, which `package` sets."""
    yield from _identifier_statements(identifiers(metadata, edition))
    yield from _people(metadata.people)
    for name, value in (
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("description", metadata.description),
    ):
        if words := _words(value):
            yield Statement(name, words, {})
    if is_date(metadata.published):
        yield Statement("date", metadata.published, {})
    for number, subject in enumerate(metadata.subjects, 1):
        yield from _subject(subject, f"subject-{number}")
    if metadata.series and _words(metadata.series.name):
        yield from _series(metadata.series)


def page_statements(pages: PageList) -> Iterator[Statement]:
    """Whose pages the EPUB tells."""
    if pages.entries:
        yield Statement("meta", _words(pages.source), {"property": "pageBreakSource"})


def _words(text: str) -> str:
    """*text* on one line."""
    return " ".join(text.split())


UNIQUE_ID = "id"
_ISBN_13 = "15"  # ONIX code list 5


def _identifier_statements(names: tuple[str, ...]) -> Iterator[Statement]:
    for number, name in enumerate(names, 1):
        own_id = UNIQUE_ID if number == 1 else f"{UNIQUE_ID}-{number}"
        if number > 1:
            yield Statement("identifier", name, {"id": own_id})
        if name.startswith("urn:isbn:"):
            yield _refine(own_id, "identifier-type", _ISBN_13, "onix:codelist5")


def _people(people: tuple[Person, ...]) -> Iterator[Statement]:
    """The authors as creators, the others as contributors. A book that nobody wrote
    was made by those who edited or compiled it."""
    written = any(person.role == "aut" for person in people)
    makers = {"aut"} if written else {"edt", "com"}
    for number, person in enumerate(people, 1):
        name = _words(person.name)
        if not name:
            continue
        kind = "creator" if person.role in makers else "contributor"
        own_id = f"person-{number}"
        yield Statement(kind, name, {"id": own_id})
        yield _refine(own_id, "role", person.role, "marc:relators")
        if sort := _words(person.sort):
            yield _refine(own_id, "file-as", sort)


# The names that EPUB 3.3 reserves for `authority`, by how an author may write them.
_AUTHORITIES = MappingProxyType(
    {
        name.casefold(): name
        for name in (
            *("AAT", "BIC", "BISAC", "CLC", "CLIL", "DDC", "EuroVoc", "LCSH"),
            *("MEDTOP", "NDC", "Thema", "UDC", "WGS"),
        )
    }
)


def _subject(subject: Subject, own_id: str) -> Iterator[Statement]:
    scheme, code = _words(subject.scheme), _words(subject.code)
    text = _words(subject.text) or code
    if not text:
        return
    yield Statement("subject", text, {"id": own_id})
    # One without the other is an error.
    if scheme and code:
        authority = _AUTHORITIES.get(scheme.casefold(), scheme)
        yield _refine(own_id, "authority", authority)
        yield _refine(own_id, "term", code)


def _series(series: Series) -> Iterator[Statement]:
    yield Statement(
        "meta",
        _words(series.name),
        {"property": "belongs-to-collection", "id": "series"},
    )
    yield _refine("series", "collection-type", "series")
    if re.fullmatch(r"\d+(\.\d+)*", series.position, re.ASCII):
        yield _refine("series", "group-position", series.position)


def _refine(own_id: str, name: str, value: str, scheme: str = "") -> Statement:
    attributes = {"refines": f"#{own_id}", "property": name}
    if scheme:
        attributes["scheme"] = scheme
    return Statement("meta", value, attributes)
