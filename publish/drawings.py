"""The words in drawings are set in the fonts of the style, as all others are.

A drawing asks for what its author's machine had. In print that is not there; in an
e-book a picture is lent no fonts of the book, and brings its own.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.crew import NO_KIT, Executor, Files, Work
from publish.fonts import Face, small_subset
from publish.model import Book, ImageFile
from publish.style import Font, Style, Use, letters_by_font
from publish.svg import MEDIA_TYPE, svg_bytes
from publish.svg_words import SVG, TEXT

# Declarations of a family: alone, or behind the size in a shorthand (CSS Fonts 4, 2.7).
_FAMILY = re.compile(r"(\bfont-family\s*:\s*)([^;}]*)")
_SHORTHAND = re.compile(
    r"(\bfont\s*:[^;}]*?"
    r"(?:\d[\d.]*(?:px|pt|pc|cm|mm|in|em|rem|ex|%)"
    r"|\b(?:(?:xx?-)?(?:small|large)|medium|smaller|larger)\b(?!-))"
    r"(?:\s*/\s*[\w.%]+)?\s+)([^;}]+)"
)
# What families are called whose letters are all of one width.
_MONO = re.compile(
    r"\bmono(?:space)?\b|mono$|courier|consol|menlo|\bcode\b|typewriter", re.IGNORECASE
)
_SAME = frozenset({"inherit", "initial", "unset", "revert"})
_OTHER_CASE = re.compile(r"text-transform|small-caps", re.IGNORECASE)
_BOLD = re.compile(r"\bbold|font-weight[\"'=:\s]+[6-9]00", re.IGNORECASE)
_SLANTED = re.compile("italic|oblique", re.IGNORECASE)
_REGULAR = 400
_AT_ONCE = 8
_STYLE = f"{{{SVG}}}style"


def name_fonts(book: Book, style: Style, executor: Executor) -> Book:
    """The same book, its drawings asking for the fonts of *style*."""
    return _changed(_named, book, style, executor)


def embed_fonts(book: Book, style: Style, executor: Executor) -> Book:
    """The same book, its drawings with the fonts of *style* in them that they need."""
    return _changed(_dressed, book, style, executor)


def drawn_letters(book: Book) -> set[str]:
    """All signs in the drawings of a book that have words, of which some are drawn."""
    return set().union(*(image.path.read_text("utf-8") for image in _worded(book)))


def _changed(
    do: Callable[[None, "_Task", Files], bytes],
    book: Book,
    style: Style,
    executor: Executor,
) -> Book:
    fonts = style.fonts_in(book.metadata.language)
    changed: dict[str, ImageFile] = {}
    for some in _parted(_worded(book)):
        tasks = (_Task(image.path.read_bytes(), fonts) for image in some)
        # Elsewhere the fonts are in other places.
        works = (Work(do, NO_KIT, task, here=True, local=True) for task in tasks)
        drawings = executor.gather([executor.submit(work) for work in works])
        for image, svg in zip(some, drawings, strict=True):
            changed[image.name] = _put_away(image, svg)
    cover = book.cover and changed.get(book.cover.name, book.cover)
    images = (changed.get(image.name, image) for image in book.images)
    return replace(book, images=tuple(images), cover=cover)


def _worded(book: Book) -> list[ImageFile]:
    images = {image.name: image for image in (book.cover, *book.images) if image}
    return [image for image in images.values() if _has_words(image)]


def _parted(images: Sequence[ImageFile]) -> Iterator[Sequence[ImageFile]]:
    """As many as may be in memory at once."""
    for at in range(0, len(images), _AT_ONCE):
        yield images[at : at + _AT_ONCE]


def _has_words(image: ImageFile) -> bool:
    return image.media_type == MEDIA_TYPE and b"<text" in image.path.read_bytes()


def _put_away(image: ImageFile, svg: bytes) -> ImageFile:
    """Beside the drawing it was made of: another edition may have another style."""
    path = image.path.with_name(f"{sha256(svg).hexdigest()}.svg")
    path.write_bytes(svg)
    return replace(image, path=path)


@dataclass(frozen=True, slots=True)
class _Task:
    svg: bytes
    fonts: tuple[Font, ...]

    def spelt(self) -> Iterator[str]:
        yield self.svg.decode()
        yield repr(self.fonts)


def _named(_kit: None, task: _Task, _files: Files) -> bytes:
    root = ElementTree.fromstring(task.svg)
    _Families(task.fonts).rename(root)
    return svg_bytes(root)


def _dressed(_kit: None, task: _Task, _files: Files) -> bytes:
    root = ElementTree.fromstring(task.svg)
    spoken = {ord(c) for text in root.iter(TEXT) for c in "".join(text.itertext())}
    if _OTHER_CASE.search(task.svg.decode()):
        spoken |= {ord(c) for letter in spoken for c in _both_cases(chr(letter))}
    code = any(map(_is_mono, _said_families(root)))
    drawn = tuple(letters_by_font(task.fonts, spoken, code))
    _Families([font for font, _ in drawn]).rename(root)
    said = task.svg.decode()
    bold, slanted = _BOLD.search(said), _SLANTED.search(said)
    rules = ElementTree.Element(_STYLE)
    rules.text = "".join(
        _rule(face, letters)
        for font, letters in drawn
        for face in font.faces
        if (bold or face.weight == _REGULAR) and (slanted or not face.italic)
    )
    root.insert(0, rules)
    return svg_bytes(root)


def _said_families(root: Element) -> Iterator[str]:
    for element in root.iter():
        yield element.get("font-family", "")
        declared = element.get("style", "")
        if element.tag == _STYLE:
            declared += element.text or ""
        for pattern in (_FAMILY, _SHORTHAND):
            yield from (found[2] for found in pattern.finditer(declared))


class _Families:
    """What a drawing asks for instead of the families that its author named."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        names = [f"'{font.family}'" for font in fonts if font.use is not Use.CODE]
        mono = [f"'{font.family}'" for font in fonts if font.use is Use.CODE]
        self._text = ", ".join([*names, "serif"])
        self._code = ", ".join([*mono, *names, "monospace"])

    def rename(self, root: Element) -> None:
        """Everywhere in a drawing; and where none was named, the one of the text."""
        for element in root.iter():
            if said := element.get("font-family"):
                element.set("font-family", self._instead(said))
            if declared := element.get("style"):
                element.set("style", self._renamed(declared))
            if element.tag == _STYLE:
                element.text = self._renamed(element.text or "")
        root.attrib.setdefault("font-family", self._text)

    def _renamed(self, css: str) -> str:
        for pattern in (_FAMILY, _SHORTHAND):
            css = pattern.sub(lambda found: found[1] + self._instead(found[2]), css)
        return css

    def _instead(self, said: str) -> str:
        if said.strip() in _SAME:
            return said
        return self._code if _is_mono(said) else self._text


def _is_mono(said: str) -> bool:
    """Whether the first of the families is, which is the one that was meant."""
    first = said.partition(",")[0].strip("'\" ")
    return _MONO.search(first) is not None


def _both_cases(letter: str) -> str:
    return letter.upper() + letter.lower()


def _rule(face: Face, letters: set[int]) -> str:
    data = b64encode(small_subset(face, letters)).decode("ascii")
    slant = "italic" if face.italic else "normal"
    return (
        f"@font-face {{ font-family: '{face.family}'; font-weight: {face.weight};"
        f" font-style: {slant}; src: url(data:font/ttf;base64,{data}) }}\n"
    )
