"""Rules for one XHTML file: well-formed, named, in a language that is said."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from publish.check.package import Item, Package
from publish.check.say import shown, warn
from publish.check.xml import BadXmlError, Document, Element, parse_xml, repeated_ids
from publish.language import is_language_tag, language_hint
from publish.problems import Position, Problem

# What a file may hold that its entry in the manifest must say.
_PROPERTIES = ("mathml", "svg", "scripted")
# A document type that XHTML 1.1 has and XHTML 5 has not.
_OLD_DOCTYPE = re.compile(r"-//W3C//DTD XHTML", re.IGNORECASE)
_SCRIPTED = frozenset({"form", "input", "button", "select", "textarea"})
_DATA = re.compile(r"(text/(x-)?\w+-?template|application/.*(json|xml)|text/plain)")


class Content(NamedTuple):
    """One XHTML file that a rule looks at."""

    document: Document
    item: Item
    package: Package

    def at(self, element: Element) -> Position:
        archive = self.package.archive
        return archive.at(self.item.path, element.line, element.column)


def parsed(data: bytes, at: Position) -> Document | Problem:
    """The document, or why there is none."""
    try:
        return parse_xml(data)
    except BadXmlError as error:
        hint = _XML_HINTS.get(str(error), "")
        place = Position(at.path, error.line, error.column)
        return Problem(place, "epub-xml", f"it cannot be read as XML: {error}", hint)


_XML_HINTS: Mapping[str, str] = {
    "undefined entity": "write the sign itself, or &#160; in place of &nbsp;",
    "mismatched tag": "each <p> has its </p>, each <br> is written <br/>",
    "not well-formed (invalid token)": "write &amp; for & and &lt; for <",
    "duplicate attribute": "an element has each attribute once",
    "unbound prefix": 'write xmlns:epub="http://www.idpf.org/2007/ops" on <html>',
}


def check_document(content: Content) -> Iterator[Problem]:
    document = content.document
    if document.root.name != "html":
        message = "this is no XHTML"
        hint = 'begin with <html xmlns="http://www.w3.org/1999/xhtml">'
        yield Problem(content.at(document.root), "epub-no-html", message, hint)
        return
    yield from _form(content)
    yield from _title(content)
    yield from _languages(content)
    for element in repeated_ids(document):
        message = f"the id `{shown(element.get('id'))}` is given twice"
        hint = "links to it lead to the first"
        yield Problem(content.at(element), "duplicate-id", message, hint)
    if not content.package.is_epub_2:
        yield from _properties(content)


def _form(content: Content) -> Iterator[Problem]:
    document, at = content.document, content.at(content.document.root)
    if not document.is_unicode:
        message = f"its encoding is {shown(document.encoding)}"
        yield Problem(at, "epub-encoding", message, "save it as UTF-8")
    if document.outside:
        message = f"the entity `{shown(document.outside)}` comes from outside"
        yield Problem(at, "epub-entity", message, "write out what it stands for")
    old = document.doctype and _OLD_DOCTYPE.search(document.doctype)
    if old and not content.package.is_epub_2:
        message = "its document type is that of EPUB 2"
        yield Problem(at, "epub-doctype", message, "write <!DOCTYPE html>")


def _title(content: Content) -> Iterator[Problem]:
    titles = list(content.document.named("title"))
    hint = "readers who listen hear it first: write <title> in its <head>"
    if not titles:
        at = content.at(content.document.root)
        yield warn(at, "document-title", "the file has no title", hint)
    for title in titles:
        if title.parent is not None and not content.document.text(title):
            at = content.at(title)
            yield Problem(at, "document-title", "the title of the file is empty", hint)


def _languages(content: Content) -> Iterator[Problem]:
    root = content.document.root
    if not (root.get("lang") or root.get("xml:lang")):
        message = "the language of the file is not said"
        hint = f'write lang="{content.package.language()}" on <html>'
        yield warn(content.at(root), "html-has-lang", message, hint)
    for element in content.document.elements:
        attributes = element.attributes
        plain, other = attributes.get("lang"), attributes.get("xml:lang")
        if plain is None and other is None:
            continue
        if plain and other and plain.lower() != other.lower():
            message = f"lang is `{shown(plain)}` and xml:lang `{shown(other)}`"
            at = content.at(element)
            yield Problem(at, "html-xml-lang-mismatch", message, "write both the same")
        tag = plain or other
        if tag and not is_language_tag(tag):
            message = f"`{shown(tag)}` is no language that readers know"
            hint = language_hint(tag)
            yield warn(content.at(element), "valid-lang", message, hint)


def _properties(content: Content) -> Iterator[Problem]:
    document, item = content.document, content.item
    found = {
        "mathml": next(document.named("math:math"), None),
        "svg": next(document.named("svg:svg"), None),
        "scripted": next(filter(_is_script, document.elements), None),
    }
    for name in _PROPERTIES:
        element = found[name]
        if element is not None and name not in item.properties:
            message = f"the manifest does not say that this file has `{name}`"
            hint = f'write properties="{name}" on its item'
            yield Problem(content.at(element), "epub-property", message, hint)
        elif element is None and name in item.properties:
            message = f"the manifest says that this file has `{name}`; it has not"
            hint = f"take `{name}` out of the properties of its item"
            at = content.package.archive.at(item.path)
            yield Problem(at, "epub-property", message, hint)


def _is_script(element: Element) -> bool:
    if element.name in {"script", "svg:script"}:
        return not _DATA.fullmatch(element.get("type"))
    return element.name in _SCRIPTED or any(
        name.startswith("on") for name in element.attributes
    )
