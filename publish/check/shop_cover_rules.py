"""Questions that the profile of a shop may ask of the cover of an EPUB."""

from collections.abc import Iterator

from publish.check.addresses import target
from publish.check.profile import Found, Rule, kind_in
from publish.check.reading import Epub
from publish.problems import Position


def cover_types(epub: Epub, rule: Rule) -> Iterator[Found]:
    cover = epub.package.cover
    if cover and (kind := kind_in(epub, cover)) in rule.names:
        yield Found(epub.package.archive.at(cover.path), kind)


def cover_least(epub: Epub, rule: Rule) -> Iterator[Found]:
    for at, width, height in _cover(epub):
        if width < rule.least[0] or height < rule.least[1]:
            yield Found(at, f"{width} × {height}")


def cover_most(epub: Epub, rule: Rule) -> Iterator[Found]:
    for at, width, height in _cover(epub):
        if max(width, height) > rule.most:
            yield Found(at, f"{width} × {height}")


def _cover(epub: Epub) -> Iterator[tuple[Position, int, int]]:
    cover = epub.package.cover
    if cover and (picture := epub.media.pictures.get(cover.path)):
        yield epub.package.archive.at(cover.path), picture.width, picture.height


def cover_page(epub: Epub, _rule: Rule) -> Iterator[Found]:
    cover = epub.package.cover
    shown_in = (
        target(link.address, path)
        for path in epub.package.spine
        if path in epub.traces
        for link in epub.traces[path].links
        if link.element == "img"
    )
    if cover and cover.path not in {found.path for found in shown_in if found}:
        yield Found(epub.package.archive.at(cover.path))


def cover_meta(epub: Epub, _rule: Rule) -> Iterator[Found]:
    if epub.package.cover and not epub.package.values("cover"):
        yield Found(epub.package.at())
