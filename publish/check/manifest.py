"""Rules for the manifest: each file is in it once, and is what it says there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from publish.check.archive import BrokenFileError
from publish.check.media import HEAD, Picture, kind_of, picture_of
from publish.check.package import CSS, NCX, SVG, XHTML, Item, Package
from publish.check.say import shown, warn
from publish.problems import Problem

# https://www.w3.org/TR/epub-33/#sec-core-media-types
_IMAGES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp", SVG})
_AUDIO = frozenset({"audio/mpeg", "audio/mp4", "audio/ogg"})
_FONTS = frozenset({"font/ttf", "font/otf", "font/woff", "font/woff2"})
# Names that fonts had before, and that checkers still take.
_OLD_FONTS = frozenset(
    {"application/font-sfnt", "application/vnd.ms-opentype", "application/font-woff"}
)
_SCRIPTS = frozenset(
    {"text/javascript", "application/javascript", "application/ecmascript"}
)
_TEXTS = frozenset({XHTML, NCX, CSS, "application/smil+xml"})
CORE = _IMAGES | _AUDIO | _FONTS | _OLD_FONTS | _SCRIPTS | _TEXTS
# Types for which the web may be asked while the book is read.
REMOTE = ("audio/", "video/", "font/", "application/font", "application/vnd.ms-open")
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    SVG: (".svg",),
}
# One shape of file under several names.
_SAME = {
    "font/ttf": "sfnt",
    "font/otf": "sfnt",
    "application/font-sfnt": "sfnt",
    "application/vnd.ms-opentype": "sfnt",
    "application/x-font-ttf": "sfnt",
    "application/x-font-truetype": "sfnt",
    "application/x-font-otf": "sfnt",
    "application/x-font-opentype": "sfnt",
    "application/font-woff": "font/woff",
    "application/x-font-woff": "font/woff",
    "audio/mp4": "video/mp4",
    "video/ogg": "audio/ogg",
    "image/jpg": "image/jpeg",
}


@dataclass(slots=True)
class Media:
    """What was found in the files that are no text.

    kinds: by paths, as the bytes tell
    pictures: by paths
    """

    kinds: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)


def check_manifest(package: Package) -> Iterator[Problem]:
    entries, seen = package.archive.entries, set()
    for item in package.items:
        at, href = package.at(item.element), item.element.get("href")
        if not item.path:
            if not item.media_type.startswith(REMOTE):
                message = f"`{shown(href)}` is not in the EPUB"
                yield Problem(at, "epub-remote", message, "put the file into the book")
        elif "#" in href:
            message = f"`{shown(href)}` names a part of a file"
            yield Problem(at, "epub-manifest", message, "leave out # and what follows")
        elif item.path == package.name:
            message = "the package document names itself in the manifest"
            yield Problem(at, "epub-manifest", message, "take the entry away")
        elif item.path in seen:
            message = f"`{shown(item.path)}` is in the manifest twice"
            yield Problem(at, "epub-manifest", message)
        elif item.path.startswith("META-INF/"):
            message = "a file of the book lies in META-INF"
            yield Problem(at, "epub-manifest", message, "put it into another folder")
        elif item.path not in entries:
            message = f"there is no file `{shown(item.path)}`"
            yield Problem(at, "epub-no-file", message, _near(item.path, entries))
        seen.add(item.path)
    yield from _unlisted(package)
    yield from _foreign(package)


def _near(path: str, names: Mapping[str, object]) -> str:
    found = next((name for name in names if name.casefold() == path.casefold()), "")
    return f"there is `{shown(found)}`: capitals count" if found else ""


def _unlisted(package: Package) -> Iterator[Problem]:
    for name in package.archive.entries:
        inside = name.startswith("META-INF/") or name in {"mimetype", package.name}
        if not inside and name not in package.by_path:
            message = "it is not in the manifest: no reader will find it"
            at = package.archive.at(name)
            yield warn(at, "epub-unlisted", message, "list it, or take it out")


def _foreign(package: Package) -> Iterator[Problem]:
    """What readers need not know must say what they show in its place."""
    for item in package.items:
        name = item.element.get("fallback")
        if name and name not in package.by_id:
            message = f"the fallback `{shown(name)}` is not in the manifest"
            yield Problem(package.at(item.element), "epub-fallback", message)
        if item.media_type == "image/jpg":
            message = "`image/jpg` is no type of file"
            at = package.at(item.element)
            yield Problem(at, "epub-media-type", message, "write image/jpeg")


def look_at_media(
    package: Package, locked: frozenset[str], media: Media
) -> Iterator[Problem]:
    """Read every file that is no text, once and one after the other."""
    texts = {XHTML, NCX, CSS}
    for path, item in package.by_path.items():
        known = path in package.archive.entries
        if not known or path in locked or item.media_type in texts:
            continue
        at = package.archive.at(path)
        try:
            head = package.archive.head(path, HEAD)
        except BrokenFileError as error:
            yield Problem(at, "epub-broken", f"it cannot be read: {error}")
            continue
        media.kinds[path] = kind_of(head)
        if picture := picture_of(head):
            media.pictures[path] = picture
        yield from _types(item, media.kinds[path], package)


def _types(item: Item, kind: str, package: Package) -> Iterator[Problem]:
    said, at = item.media_type, package.archive.at(item.path)
    if not kind:
        if said in _IMAGES | _FONTS:
            message = f"it is named as {shown(said)} and is none, or a broken one"
            yield Problem(at, "epub-media-type", message)
    elif said.startswith(("image/", "font/", "application/")) and _differ(said, kind):
        message = f"it is named as {shown(said)} and is {kind}"
        hint = f'write media-type="{kind}" in the manifest'
        yield Problem(at, "epub-media-type", message, hint)
    elif kind in _ENDINGS and not item.path.lower().endswith(_ENDINGS[kind]):
        message = f"its name does not end as that of {kind} should"
        hint = f"call it …{_ENDINGS[kind][0]}"
        yield warn(at, "epub-media-type", message, hint)


def _differ(said: str, kind: str) -> bool:
    same = _SAME.get(said, said) == _SAME.get(kind, kind)
    # Scripts, PDFs and the like are for those who know them.
    return not same and (said in CORE or said.startswith(("image/", "font/")))
