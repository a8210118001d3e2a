"""Questions that the profile of a shop may ask of an EPUB."""

import re
from collections.abc import Callable, Iterator

from publish.check.addresses import target
from publish.check.package import XHTML
from publish.check.profile import Found, Rule, kind_in
from publish.check.reading import Epub
from publish.check.say import shown
from publish.language import direction as direction_of
from publish.language import language_name
from publish.problems import Position

_ISBN = re.compile(r"97[89](?:[- ]?\d){10}")
_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")


def epub_bytes(epub: Epub, rule: Rule) -> Iterator[Found]:
    path = epub.package.archive.path
    if (size := path.stat().st_size) > rule.most:
        yield Found(Position(path), _megabytes(size))


def html_bytes(epub: Epub, rule: Rule) -> Iterator[Found]:
    entries = epub.package.archive.entries
    yield from _heavy(epub, rule, lambda path: entries[path].file_size)


def image_bytes(epub: Epub, rule: Rule) -> Iterator[Found]:
    # Unpacked, a pixel has three bytes.
    def weight(path: str) -> int:
        picture = epub.media.pictures.get(path)
        return picture.width * picture.height * 3 if picture else 0

    yield from _heavy(epub, rule, weight)


def _heavy(epub: Epub, rule: Rule, weight: Callable[[str], int]) -> Iterator[Found]:
    """XHTML files that weigh too much with what they show."""
    archive = epub.package.archive
    for path in _texts(epub):
        shows = {path}
        for link in epub.traces[path].links:
            found = None if link.is_clicked else target(link.address, path)
            if found and found.path in archive.entries:
                shows.add(found.path)
        if (size := sum(map(weight, shows))) > rule.most:
            yield Found(archive.at(path), _megabytes(size))


def _texts(epub: Epub) -> Iterator[str]:
    for path, item in epub.package.by_path.items():
        if item.media_type == XHTML and path in epub.traces:
            yield path


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def pixels(epub: Epub, rule: Rule) -> Iterator[Found]:
    for path, picture in epub.media.pictures.items():
        if (count := picture.width * picture.height) > rule.most:
            what = f"{count / 1_000_000:.1f} million"
            yield Found(epub.package.archive.at(path), what)


def cmyk(epub: Epub, _rule: Rule) -> Iterator[Found]:
    for path, picture in epub.media.pictures.items():
        if picture.is_cmyk:
            yield Found(epub.package.archive.at(path))


def types(epub: Epub, rule: Rule) -> Iterator[Found]:
    for item in epub.package.items:
        if (kind := kind_in(epub, item)) in rule.names:
            yield Found(epub.package.archive.at(item.path), kind)


def no_ncx(epub: Epub, _rule: Rule) -> Iterator[Found]:
    if epub.package.ncx is None:
        yield Found(epub.package.at())


def ncx(epub: Epub, _rule: Rule) -> Iterator[Found]:
    if (found := epub.package.ncx) and not epub.package.is_epub_2:
        yield Found(epub.package.archive.at(found.path))


def ncx_depth(epub: Epub, rule: Rule) -> Iterator[Found]:
    if (found := epub.package.ncx) and epub.ncx_depth > rule.most:
        yield Found(epub.package.archive.at(found.path), str(epub.ncx_depth))


def toc_depth(epub: Epub, rule: Rule) -> Iterator[Found]:
    if navigation := epub.navigation:
        depth = max((entry.depth for entry in navigation.toc), default=0)
        if depth > rule.most:
            yield Found(navigation.at, str(depth))


def css(epub: Epub, rule: Rule) -> Iterator[Found]:
    # Once a file: a sheet that does it often is mended as a whole.
    seen: set[tuple[str, str]] = set()
    for feature in epub.features:
        key = feature.name, str(feature.at.path)
        if feature.name in rule.names and key not in seen:
            seen.add(key)
            yield Found(feature.at, feature.name)


def scripts(epub: Epub, _rule: Rule) -> Iterator[Found]:
    for item in epub.package.items:
        if "scripted" in item.properties:
            yield Found(epub.package.archive.at(item.path))


def names(epub: Epub, _rule: Rule) -> Iterator[Found]:
    for name in epub.package.archive.entries:
        if not _PLAIN.fullmatch(name):
            yield Found(epub.package.archive.at(name), shown(name))


def languages(epub: Epub, rule: Rule) -> Iterator[Found]:
    language = epub.package.language()
    if language.partition("-")[0].lower() in rule.names:
        yield Found(epub.package.at(), language_name(language))


def direction(epub: Epub, _rule: Rule) -> Iterator[Found]:
    package = epub.package
    said = [
        spine.get("page-progression-direction")
        for spine in package.document.named("opf:spine")
    ]
    if direction_of(package.language()) == "rtl" and "rtl" not in said:
        yield Found(package.at())


def isbn(epub: Epub, _rule: Rule) -> Iterator[Found]:
    package = epub.package
    said = [package.text(e) for e in package.document.named("dc:identifier")]
    if not any(map(_ISBN.search, [*said, package.archive.path.name])):
        yield Found(package.at())
