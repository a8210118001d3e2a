"""The fonts inside the EPUB, and the rules that bring them into its style sheet."""

import re
from collections.abc import Iterable

from publish.epub.document import FONTS
from publish.epub.resource import Resource
from publish.fonts import Face, subset
from publish.style import Style, letters_by_font

_CODE = re.compile("<(?:pre|code|kbd|samp|tt)[ >]")
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
    needed: dict[str, set[int]] = {}
    for language, parts in spoken.items():
        characters = {ord(c) for c in set().union(*parts)}
        code = any(_CODE.search(part) for part in parts)
        for font, letters in letters_by_font(
            style.fonts_in(language), characters, code
        ):
            needed.setdefault(font.family, set()).update(letters)
    return tuple(
        _resource(face, needed[face.family])
        for face in _faces(style)
        if face.family in needed
    )


def _faces(style: Style) -> Iterable[Face]:
    """One family may be there for two uses."""
    return dict.fromkeys(face for font in style.fonts for face in font.faces)


def font_rules(style: Style, resources: Iterable[Resource]) -> str:
    """A rule `@font-face` for each of *resources*, addresses relative to the sheet."""
    kept = {resource.path for resource in resources}
    return "".join(
        f'@font-face {{ font-family: "{face.family}";'
        f" font-weight: {face.weight};"
        f" font-style: {'italic' if face.italic else 'normal'};"
        f' src: url("../{path}"); }}\n'
        for face in _faces(style)
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
