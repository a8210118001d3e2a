"""An XML file as a flat list of its elements, each with its line and column.

Flat, because files of strangers may be nested so deeply that recursion dies of it. What
is inside an element is a slice of the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

# Names of these are written with a prefix, or with none, whatever the file uses.
_PREFIXES = {
    "http://www.w3.org/1999/xhtml": "",
    "http://www.idpf.org/2007/opf": "opf:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.idpf.org/2007/ops": "epub:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/2000/svg": "svg:",
    "http://www.w3.org/1999/xlink": "xlink:",
    "http://www.w3.org/1998/Math/MathML": "math:",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx:",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf:",
    "http://www.w3.org/2001/04/xmlenc#": "enc:",
    "http://www.w3.org/2000/09/xmldsig#": "ds:",
}
_SEPARATOR = " "
# Readers and checkers die of deeper nesting, and no book needs a tenth of it.
_DEEPEST = 1_000
# Each takes half a kilobyte of memory; a chapter of ten megabytes has a fifth of it.
_MOST_ELEMENTS = 500_000
_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii"})


class BadXmlError(Exception):
    """Its text says what is wrong, in the words of expat."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line, self.column = line, column


@dataclass(slots=True, eq=False)
class Element:
    """name: as in "p", "svg:image", "opf:item"
    line, column: of its start tag, counted from 1
    start, end: where it is in the elements of its document, and what follows it
    text_start, text_end: the same in the texts
    """

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    parent: "Element | None"
    start: int
    text_start: int
    end: int = 0
    text_end: int = 0

    def get(self, name: str) -> str:
        """An attribute; '' when it is not there."""
        return self.attributes.get(name, "")

    def words(self, name: str) -> list[str]:
        """An attribute that is a list of words."""
        return self.attributes.get(name, "").split()

    def above(self) -> "Iterator[Element]":
        """Its parent, the parent of that, and so on."""
        above = self.parent
        while above:
            yield above
            above = above.parent


@dataclass(slots=True)
class Document:
    """elements: in the order of their start tags
    texts: in order
    doctype: the public identifier of the document type; None without a type
    encoding: as declared, in small letters; '' when it is not
    outside: the first entity that would be fetched from outside; '' for none
    """

    elements: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    doctype: str | None = None
    encoding: str = ""
    outside: str = ""

    @property
    def root(self) -> Element:
        return self.elements[0]

    def inside(self, element: Element) -> Sequence[Element]:
        """All elements below, in order."""
        return self.elements[element.start + 1 : element.end]

    def children(self, element: Element) -> Iterator[Element]:
        at = element.start + 1
        while at < element.end:
            child = self.elements[at]
            yield child
            at = child.end

    def text(self, element: Element) -> str:
        """All words in it, in one line."""
        words = "".join(self.texts[element.text_start : element.text_end])
        return " ".join(words.split())

    def named(self, *names: str) -> Iterator[Element]:
        return (element for element in self.elements if element.name in names)

    @property
    def is_unicode(self) -> bool:
        return not self.encoding or self.encoding in _ENCODINGS


def parse_xml(data: bytes) -> Document:
    """Raises BadXmlError."""
    reading = _Reading(expat.ParserCreate(namespace_separator=_SEPARATOR))
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise BadXmlError(reason, error.lineno, error.offset + 1) from error
    except (LookupError, ValueError) as error:
        raise BadXmlError("its encoding is not known", 1, 1) from error
    finally:
        # Each knows the other; without this, every document waits for the collector.
        del reading.parser
    return reading.document


def repeated_ids(document: Document) -> Iterator[Element]:
    """Elements whose id another one has had before."""
    seen: set[str] = set()
    for element in document.elements:
        name = element.attributes.get("id")
        if name in seen:
            yield element
        elif name:
            seen.add(name)


class _Reading:
    """What expat calls while it reads."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.document = Document()
        self.open: Element | None = None
        self.depth = 0
        self.names: dict[str, str] = {}
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.document.texts.append
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity

    def start(self, name: str, attributes: dict[str, str]) -> None:
        known, elements = self.names, self.document.elements
        element = Element(
            known.get(name) or self.name(name),
            {known.get(a) or self.name(a): v for a, v in attributes.items()},
            self.parser.CurrentLineNumber,
            self.parser.CurrentColumnNumber + 1,
            self.open,
            len(elements),
            len(self.document.texts),
        )
        elements.append(element)
        self.open = element
        self.depth += 1
        if self.depth > _DEEPEST:
            reason = "elements are nested too deeply"
            raise BadXmlError(reason, element.line, element.column)
        if element.start >= _MOST_ELEMENTS:
            reason = f"it has more than {_MOST_ELEMENTS:,} elements"
            raise BadXmlError(reason, element.line, element.column)

    def end(self, _name: str) -> None:
        element = self.open
        assert element is not None, "expat ends what it began"
        element.end = len(self.document.elements)
        element.text_end = len(self.document.texts)
        self.open = element.parent
        self.depth -= 1

    def name(self, full: str) -> str:
        space, separator, local = full.rpartition(_SEPARATOR)
        prefix = _PREFIXES.get(space, f"{{{space}}}") if separator else ""
        return self.names.setdefault(full, prefix + local)

    def declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        self.document.encoding = (encoding or "").lower()

    def doctype(
        self, _name: str, _system: str | None, public: str | None, _inside: int
    ) -> None:
        self.document.doctype = public or ""

    def entity(
        self, name: str, _is_parameter: int, value: str | None, *_: object
    ) -> None:
        if value is None:
            self.document.outside = self.document.outside or name
