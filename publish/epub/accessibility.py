"""What the package claims about reading the book without eyes or by other means.

Nothing stands here that was not found in the book: a claim that is always made is
worth nothing to the reader who depends on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publish.access import barriers
from publish.epub.metadata import Statement
from publish.epub.resource import Resource
from publish.kinds import every
from publish.language import direction
from publish.language.summaries import sentences
from publish.model import Book, Equation, Heading, Image, Math, Role

# Marks of pictures that move: an animation chunk of PNG or WebP, an animation element
# of SVG. A GIF comes here only if it moves; the others have become PNG.
_MOVING = {
    "image/gif": (b"GIF8",),
    "image/png": (b"acTL",),
    "image/webp": (b"ANIM",),
    "image/svg+xml": (b"<animate", b"<set"),
}


def accessibility(
    book: Book, pictures: Iterable[Resource], *, paged: bool = False
) -> Iterator[Statement]:
    """The statements of EPUB Accessibility 1.1, section 2, that hold for this book.

    paged: whether the pages of print are marked and listed
    """
    alts = _alts(book)
    yield _claim("accessMode", "textual")
    if alts:
        yield _claim("accessMode", "visual")
    all_told = None not in alts
    yield _claim("accessModeSufficient", "textual" if all_told else "textual,visual")
    pages = ("pageBreakMarkers", "pageNavigation") if paged else ()
    for feature in (*_features(book, alts), *pages):
        yield _claim("accessibilityFeature", feature)
    yield from _claims(book)
    still = not any(_moves(picture) for picture in pictures)
    yield _claim("accessibilityHazard", "none" if still else "unknown")
    yield _summary(book.metadata.language, alts)


# The strings of EPUB Accessibility 1.1, section 4.2.
_STANDARD = "EPUB Accessibility 1.1 - WCAG {} Level {}"


def _claims(book: Book) -> Iterator[Statement]:
    """What the author vouches for. A claim that the book contradicts is not made."""
    said = book.metadata.accessibility
    if said.exemption:
        value = f"eaa-{said.exemption}"
        yield Statement("meta", value, {"property": "a11y:exemption"})
    if not said.conforms_to or any(barriers(book)):
        return
    _, version, level = said.conforms_to.split()
    conforms = {"property": "dcterms:conformsTo", "id": "conformance"}
    yield Statement("meta", _STANDARD.format(version, level), conforms)
    certifies = {"property": "a11y:certifiedBy", "id": "certifier"}
    yield Statement("meta", said.certified_by, {**certifies, "refines": "#conformance"})
    if said.credential:
        refines = {"property": "a11y:certifierCredential", "refines": "#certifier"}
        yield Statement("meta", said.credential, refines)
    if said.report:
        leads = {"rel": "a11y:certifierReport", "refines": "#certifier"}
        yield Statement("link", "", {**leads, "href": said.report})


def _alts(book: Book) -> list[str | None]:
    """What is said of each picture in the text that is more than decoration."""
    return [
        image.alt
        for chapter in book.chapters
        if book.images
        for image in every(chapter, Image)
        if image.alt != ""
    ]


def _claim(name: str, value: str) -> Statement:
    return Statement("meta", value, {"property": f"schema:{name}"})


def _summary(language: str, alts: list[str | None]) -> Statement:
    words = sentences(language)
    said = [words.text]
    if alts:
        said.append(words.undescribed if None in alts else words.described)
    statement = _claim("accessibilitySummary", " ".join(said))
    if words.language == language.partition("-")[0]:
        return statement
    # The package is in the book's language, this is not.
    foreign = {_XML_LANG: words.language, "dir": direction(words.language)}
    return replace(statement, attributes={**statement.attributes, **foreign})


_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _features(book: Book, alts: list[str | None]) -> Iterator[str]:
    yield "tableOfContents"
    yield "readingOrder"
    # The text is text, and the style sheet forbids no reader their own.
    yield "displayTransformability"
    blocks = (block for chapter in book.chapters for block in chapter.blocks)
    if any(isinstance(block, Heading) for block in blocks):
        yield "structuralNavigation"
    if alts and None not in alts:
        yield "alternativeText"
    if _has_formulas(book):
        # Not `describedMath`: what its author wrote stands in each, but in LaTeX.
        yield "MathML"
    if any(chapter.role is Role.INDEX for chapter in book.chapters):
        yield "index"


def _has_formulas(book: Book) -> bool:
    return any(
        any(every(chapter, Math)) or any(every(chapter, Equation))
        for chapter in book.chapters
    )


def _moves(picture: Resource) -> bool:
    marks = _MOVING.get(picture.media_type, ())
    data = picture.read() if marks else b""
    return any(mark in data for mark in marks)
