"""The fonts inside the EPUB, and the rules that bring them into its style sheet."""

import re
from collections.abc import Iterable, Iterator

from publish.epub.document import FONTS
from publish.epub.resource import Resource
from publish.fonts import Face, covers, subset
from publish.style import Font, Style, Use

_CODE = re.compile("<(?:pre|code|kbd|samp|tt)[ >]")
# These lead where the text runs right to left, so they bring their own spaces, digits
# and stops; the other fonts are asked only for what the ones before them lack.
_SCRIPTS = frozenset({Use.ARABIC, Use.HEBREW})
_OPENTYPE = b"OTTO"


def font_resources(
    style: Style, texts: Iterable[tuple[str, str]]
) -> tuple[Resource, ...]:
    """The fonts of *style* that *texts* need, cut down to their letters.

    texts: pairs of language (BCP 47) and XHTML
    """
    spoken: dict[str, list[str]] = {"": [style.epub_css]}
    for language, text in texts:
        spoken.setdefault(language, []).append(text)
    needed: dict[Font, set[int]] = {}
    for language, parts in spoken.items():
        characters = {ord(c) for c in set().union(*parts)}
        code = any(_CODE.search(part) for part in parts)
        for font, letters in _needed(style.fonts_in(language), characters, code):
            needed.setdefault(font, set()).update(letters)
    return tuple(
        _resource(face, needed[font])
        for font in style.fonts
        if font in needed
        for face in font.faces
    )


def _needed(
    fonts: Iterable[Font], characters: set[int], code: bool
) -> Iterator[tuple[Font, set[int]]]:
    missing = {letter for letter in characters if not chr(letter).isspace()}
    for font in fonts:
        # What a font covers is asked only where it counts: some are large.
        if font.use is Use.CODE:
            if code:
                yield font, characters & covers(font.faces[0])
        elif font.use is Use.TEXT:
            yield font, characters & covers(font.faces[0])
            missing -= covers(font.faces[0])
        elif missing and missing & covers(font.faces[0]):
            wanted = characters if font.use in _SCRIPTS else missing
            yield font, wanted & covers(font.faces[0])
            missing = missing - covers(font.faces[0])


def font_rules(style: Style, resources: Iterable[Resource]) -> str:
    """A rule `@font-face` for each of *resources*, addresses relative to the sheet."""
    kept = {resource.path for resource in resources}
    faces = [face for font in style.fonts for face in font.faces]
    return "".join(
        f'@font-face {{ font-family: "{face.family}";'
        f" font-weight: {face.weight};"
        f" font-style: {'italic' if face.italic else 'normal'};"
        f' src: url("../{path}"); }}\n'
        for face in faces
        if (path := _path(face)) in kept
    )


def _resource(face: Face, characters: set[int]) -> Resource:
    data = subset(face, characters)
    kind = "otf" if data.startswith(_OPENTYPE) else "ttf"
    return Resource(f"font-{_name(face)}", _path(face), f"font/{kind}", data)


def _path(face: Face) -> str:
    return f"{FONTS}/{_name(face)}{face.path.suffix}"


def _name(face: Face) -> str:
    family = re.sub("[^a-z0-9]+", "-", face.family.lower())
    return f"{family}-{face.weight}{'-italic' * face.italic}"
