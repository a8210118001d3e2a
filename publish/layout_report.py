"""Say what a compositor would mend, and show the pages that need it most."""

import io
from collections.abc import Callable, Iterator, Sequence

import pypdfium2
from PIL import Image as Pillow
from PIL import ImageDraw

from publish.artifact import Artifact
from publish.layout import Flaw, Layout, Seen
from publish.problems import Problem, Severity

# Of what may be many, loose lines in a narrow column and turned ones in a long poem,
# the worst of each.
MOST_TOLD = 10
_MANY = (Flaw.LOOSE_LINE, Flaw.TURNED_LINE)
_TIGHTER = "end the paragraph with {.tighter} or {.looser}, or change a word"
_WORDS: dict[Flaw, tuple[Callable[[Seen], str], str]] = {
    Flaw.WIDOW: (
        lambda _: "the last line of a paragraph stands alone at the head of the page",
        _TIGHTER,
    ),
    Flaw.ORPHAN: (
        lambda _: "the first line of a paragraph stands alone at the foot of the page",
        _TIGHTER,
    ),
    Flaw.RUNT: (
        lambda seen: (
            f"the last line of this paragraph is {seen.amount:.1f} em long, less than"
            " an indent"
        ),
        _TIGHTER,
    ),
    Flaw.SHORT_PAGE: (
        lambda seen: f"the chapter ends with a page of {_count(seen, 'line')}",
        "shorten a paragraph before it with {.tighter}, or let one grow with {.looser}",
    ),
    Flaw.EARLY_PAGE: (
        lambda seen: (
            f"the page ends {_count(seen, 'line')} early, for what follows has no room"
            " there"
        ),
        "put what follows a paragraph earlier or later, or make it smaller",
    ),
    Flaw.LAST_HEADING: (
        lambda _: "a heading stands at the foot of the page, and its text overleaf",
        "begin a page before it: end it with {.new-page}",
    ),
    Flaw.HYPHEN_STACK: (
        lambda seen: f"{seen.amount:.0f} lines in a row end in a hyphen",
        "end the paragraph with {.no-hyphens} or {.looser}, or change a word",
    ),
    Flaw.LOOSE_LINE: (
        lambda seen: (
            f"the spaces of a line are {seen.amount:.1f} times as wide as usual"
        ),
        "end the paragraph with {.tighter} or {.looser}, let a long word be divided"
        " with a soft hyphen (&shy;) or a foreign one by saying its language"
        " ([Wort]{lang=de}), or change a word",
    ),
    Flaw.OVERFULL_LINE: (
        lambda seen: f"a line leaves its block by {seen.amount:.0f} points",
        "part what has no spaces, or make it shorter",
    ),
    Flaw.PARTED_WORD: (
        lambda _seen: "the page ends within a word",
        "write {.no-hyphens} at the end of the paragraph",
    ),
    Flaw.CARRIED_NOTE: (
        lambda seen: f"a note stands {_count(seen, 'page')} after what calls it",
        'shorten the notes of the page, or write notes = "chapter" for the edition',
    ),
    Flaw.FAR_PICTURE: (
        lambda seen: f"what is mentioned here stands {_count(seen, 'page')} away",
        "move the picture or the table nearer to its mention",
    ),
    Flaw.TURNED_LINE: (
        lambda seen: f"a line of verse takes {_count(seen, 'line')}",
        "let it be, or make the type smaller or the margins narrower under [design]",
    ),
}


def _count(seen: Seen, noun: str) -> str:
    number = abs(round(seen.amount))
    return f"{number} {noun}{'s' if number != 1 else ''}"


def layout_problems(artifact: Artifact) -> Iterator[Problem]:
    """A warning for everything that was seen; of what may be many, for the worst."""
    if artifact.layout is None:
        return
    name = artifact.edition.name if artifact.edition else artifact.name
    for one in _told(artifact.layout):
        words, hint = _WORDS[one.flaw]
        message = f"{_page(one)} of `{name}`: {words(one)}"
        yield Problem(one.at, one.flaw, message, hint, Severity.WARNING)


def _page(one: Seen) -> str:
    """As it is printed, and where it is in the file if that is another number."""
    page = f"page {one.folio}"
    return page if one.folio == str(one.page) else f"{page} ({one.page} of the file)"


def _told(layout: Layout) -> list[Seen]:
    """All but those of many that are not among the worst."""
    worst: list[Seen] = []
    for flaw in _MANY:
        many = [one for one in layout.seen if one.flaw is flaw]
        worst += sorted(many, key=lambda one: -one.amount)[:MOST_TOLD]
    return [one for one in layout.seen if one.flaw not in _MANY or one in worst]


def layout_summary(artifact: Artifact, layout: Layout) -> str:
    """ "a.pdf: 9 pages, 202 full lines, 7.1 hyphens in 100; 2 loose lines, 1 runt"."""
    share = 100 * layout.hyphens / max(1, layout.lines)
    counts = ", ".join(
        f"{number:,} {_named(flaw, number)}"
        for flaw in Flaw
        if (number := layout.counts[flaw])
    )
    return (
        f"{artifact.name}: {artifact.pages:,} pages, {layout.lines:,} full lines,"
        f" {share:.1f} hyphens in 100; {counts or 'nothing to mend'}{_chosen(layout)}"
    )


def _chosen(layout: Layout) -> str:
    """ "; line ends chosen all together in 9 paragraphs, one after the other in 3"."""
    if not layout.whole and not layout.single:
        return ""
    return (
        f"; line ends chosen all together in {layout.whole:,}"
        f" paragraph{'s' * (layout.whole != 1)},"
        f" one after the other in {layout.single:,}"
    )


def _named(flaw: Flaw, number: int) -> str:
    words = flaw.replace("-", " ")
    return words if number == 1 else f"{words}s"


# What hurts a reader most counts most.
_WEIGHTS = {
    Flaw.OVERFULL_LINE: 9,
    Flaw.PARTED_WORD: 3,
    Flaw.WIDOW: 5,
    Flaw.ORPHAN: 4,
    Flaw.LAST_HEADING: 6,
    Flaw.SHORT_PAGE: 3,
    Flaw.EARLY_PAGE: 0.5,
    Flaw.HYPHEN_STACK: 3,
    Flaw.CARRIED_NOTE: 4,
    Flaw.FAR_PICTURE: 2,
    Flaw.RUNT: 2,
    Flaw.LOOSE_LINE: 1,
    Flaw.TURNED_LINE: 1,
}
# Pages of a sheet, side by side and below each other, and pixels of one to a point.
_ACROSS, _DOWN, _SCALE = 4, 3, 1.4
_GAP, _GROUND, _MARK, _NAME = 24, "#8a8a8a", (200, 30, 30, 60), (120, 0, 0, 255)


def worst_pages(artifact: Artifact) -> bytes | None:
    """The pages that have most to be mended, as one picture in PNG, with marks on what
    is meant; None where there is nothing."""
    if artifact.layout is None or not artifact.layout.seen:
        return None
    by_page: dict[int, list[Seen]] = {}
    for one in _told(artifact.layout):
        by_page.setdefault(one.page, []).append(one)

    def weight(page: int) -> float:
        return sum(_WEIGHTS[one.flaw] * max(1.0, one.amount) for one in by_page[page])

    worst = sorted(by_page, key=lambda page: (-weight(page), page))
    shown = sorted(worst[: _ACROSS * _DOWN])
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        pictures = [_marked(pdf[page - 1], by_page[page]) for page in shown]
    made = io.BytesIO()
    _sheet(pictures).save(made, "PNG", optimize=True)
    return made.getvalue()


def _marked(page: pypdfium2.PdfPage, seen: Sequence[Seen]) -> Pillow.Image:
    """seen: places on it, from the upper edge of the page after cutting"""
    picture = page.render(scale=_SCALE).to_pil().convert("RGBA")
    *_, top = page.get_trimbox()
    above = page.get_mediabox()[3] - top
    over = Pillow.new("RGBA", picture.size)
    draw = ImageDraw.Draw(over)
    for one in seen:
        begins, ends = ((above + at) * _SCALE for at in (one.top, one.bottom))
        draw.rectangle((0, begins, picture.width, ends), _MARK)
        draw.text((4, begins), one.flaw.replace("-", " "), _NAME, font_size=11)
    return Pillow.alpha_composite(picture, over).convert("RGB")


def _sheet(pictures: Sequence[Pillow.Image]) -> Pillow.Image:
    width = max(picture.width for picture in pictures) + _GAP
    height = max(picture.height for picture in pictures) + _GAP
    across = min(_ACROSS, len(pictures))
    down = -(-len(pictures) // across)
    sheet = Pillow.new("RGB", (across * width + _GAP, down * height + _GAP), _GROUND)
    for n, picture in enumerate(pictures):
        row, column = divmod(n, across)
        sheet.paste(picture, (column * width + _GAP, row * height + _GAP))
    return sheet
