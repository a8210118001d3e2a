"""Rules for the metadata of the package document."""

import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from publish.check.package import Package
from publish.check.say import shown, warn
from publish.check.xml import repeated_ids
from publish.language import is_language_tag, language_hint
from publish.problems import Problem

_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_TIME = r"T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)"
_DATE = re.compile(rf"\d{{4}}(-\d\d(-\d\d({_TIME})?)?)?")
# https://www.w3.org/TR/epub-33/#sec-reserved-prefixes, and two that older books use.
_RESERVED = frozenset(
    {"a11y", "dcterms", "marc", "media", "onix", "rendition", "schema", "xsd"}
    | {"msv", "prism"}
)
_PREFIX = re.compile(r"(\S+):\s")
_VERSIONS = frozenset({"3.0", "2.0"})


class Fault(NamedTuple):
    """What is wrong when an element is missing or empty."""

    name: str
    code: str
    message: str


_NEEDED = (
    Fault("dc:title", "epub-title", "the book has no title"),
    Fault("dc:language", "epub-language", "the language of the book is not said"),
    Fault("dc:identifier", "epub-identifier", "the book has no identifier"),
)


def check_package(package: Package) -> Iterator[Problem]:
    yield from _version(package)
    yield from _needed(package)
    yield from _empty(package)
    yield from _language(package)
    yield from _identifier(package)
    yield from _ids(package)
    yield from _dates(package)
    yield from _refines(package)
    yield from _prefixes(package)
    if not package.is_epub_2:
        yield from _modified(package)


def _version(package: Package) -> Iterator[Problem]:
    version = package.document.root.get("version")
    if version not in _VERSIONS:
        message = f"its version is `{shown(version)}`"
        hint = 'write version="3.0", for EPUB 3.3 too'
        yield Problem(package.at(), "epub-version", message, hint)


def _needed(package: Package) -> Iterator[Problem]:
    for name, code, message in _NEEDED:
        if not any(package.text(e) for e in package.document.named(name)):
            hint = f"write <{name}> in the metadata"
            yield Problem(package.at(), code, message, hint)


def _empty(package: Package) -> Iterator[Problem]:
    needed = {name for name, *_ in _NEEDED}
    for element in package.document.elements:
        name = element.get("property") if element.name == "opf:meta" else element.name
        says = element.name.startswith("dc:") or element.get("property")
        if says and name not in needed and not package.text(element):
            message = f"`{shown(name)}` is empty"
            hint = "write what it says, or take it away"
            at = package.at(element)
            yield Problem(at, "epub-empty-metadata", message, hint)


def _language(package: Package) -> Iterator[Problem]:
    named = [(e, package.text(e)) for e in package.document.named("dc:language")]
    named += [(e, e.get("xml:lang")) for e in package.document.elements]
    for element, tag in named:
        if tag and not is_language_tag(tag):
            message = f"`{shown(tag)}` is no language that readers know"
            hint = language_hint(tag)
            yield Problem(package.at(element), "epub-language", message, hint)


def _identifier(package: Package) -> Iterator[Problem]:
    wanted = package.document.root.get("unique-identifier")
    ids = {e.get("id") for e in package.document.named("dc:identifier")}
    if not wanted or wanted not in ids:
        message = "unique-identifier names no <dc:identifier>"
        hint = "give the identifier an id, and name that id"
        yield Problem(package.at(), "epub-identifier", message, hint)
    for element in package.document.named("dc:identifier"):
        text = package.text(element)
        if text.lower().startswith("urn:uuid:") and not _is_uuid(text[9:]):
            message = f"`{shown(text)}` is no UUID"
            yield warn(package.at(element), "epub-identifier", message)


def _is_uuid(words: str) -> bool:
    try:
        return str(uuid.UUID(words)) == words.lower()
    except ValueError:
        return False


def _ids(package: Package) -> Iterator[Problem]:
    for element in repeated_ids(package.document):
        message = f"the id `{shown(element.get('id'))}` is given twice"
        yield Problem(package.at(element), "duplicate-id", message)


def _dates(package: Package) -> Iterator[Problem]:
    found = list(package.document.named("dc:date"))
    if len(found) > 1 and not package.is_epub_2:
        message = "there are several <dc:date>: it is the day of publication alone"
        yield Problem(package.at(found[1]), "epub-date", message)
    for element in found:
        if (text := package.text(element)) and not _DATE.fullmatch(text):
            message = f"`{shown(text)}` is no date as EPUB writes it"
            hint = "write it as 2026-05-01, or just 2026"
            yield warn(package.at(element), "epub-date", message, hint)


def _modified(package: Package) -> Iterator[Problem]:
    found = list(package.stated("dcterms:modified"))
    hint = 'write <meta property="dcterms:modified">2026-05-01T12:00:00Z</meta>'
    if len(found) != 1:
        said = "several times" if found else "nowhere"
        message = f"when the file was last changed is said {said}"
        yield Problem(package.at(), "epub-modified", message, hint)
    for element, text in found:
        if not _is_moment(text):
            message = f"`{shown(text)}` is no moment in UTC"
            yield Problem(package.at(element), "epub-modified", message, hint)


def _is_moment(text: str) -> bool:
    if not _MODIFIED.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _refines(package: Package) -> Iterator[Problem]:
    ids = {element.get("id") for element in package.document.elements}
    leads: dict[str, str] = {}
    for element in package.document.elements:
        if not (address := element.get("refines")):
            continue
        if address.startswith("#") and address[1:] not in ids:
            message = f"refines leads to `{shown(address)}`, which is not there"
            yield Problem(package.at(element), "epub-refines", message)
        elif element.get("id"):
            leads[element.get("id")] = address[1:]
    if name := _circle(leads):
        message = f"`{shown(name)}` refines itself, by way of others"
        yield Problem(package.at(), "epub-refines", message)


def _prefixes(package: Package) -> Iterator[Problem]:
    known = _RESERVED.union(_PREFIX.findall(package.document.root.get("prefix")))
    for element in package.document.named("opf:meta", "opf:link", "opf:item"):
        words = element.words("property") + element.words("properties")
        for word in words:
            prefix, colon, _ = word.partition(":")
            if colon and prefix not in known:
                message = f"nobody has said what `{shown(prefix)}:` stands for"
                hint = f'write prefix="{shown(prefix)}: https://…" on <package>'
                yield Problem(package.at(element), "epub-prefix", message, hint)


def _circle(leads: dict[str, str]) -> str:
    """A name from which the way leads back to itself; '' for none."""
    done: set[str] = set()
    for start in leads:
        way: set[str] = set()
        at = start
        while at in leads and at not in done:
            if at in way:
                return at
            way.add(at)
            at = leads[at]
        done |= way
    return ""
