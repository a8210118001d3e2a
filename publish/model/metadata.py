"""What a book says of itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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


class Exemption(StrEnum):
    """Why a book need not be accessible, by the European Accessibility Act: what EPUB
    Accessibility 1.1 calls it, without its "eaa-"."""

    BURDEN = "disproportionate-burden"
    ALTERATION = "fundamental-alteration"
    MICROENTERPRISE = "microenterprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessibility:
    """What an author vouches for, and what nobody can see from the book itself.

    conforms_to: "WCAG 2.2 AA"; empty for no claim
    certified_by: who has looked, which may be the author
    credential: what gives them authority to say so
    report: address of what they found
    """

    conforms_to: str = ""
    certified_by: str = ""
    credential: str = ""
    report: str = ""
    exemption: Exemption | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """language: BCP 47 tag, e.g. "en-GB"
    identifier: urn:uuid:… or what the author gave; the same for every build
    also_known: further identifiers that the author gave, such as a DOI
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
    accessibility: Accessibility = Accessibility()
    also_known: tuple[str, ...] = ()

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of those whose role is author, in the order given."""
        return tuple(person.name for person in self.people if person.role == "aut")
