"""Set a cover, see that all of it fits, and finish the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from math import ceil, inf
from pathlib import Path
from xml.etree.ElementTree import Element

from publish.artifact import Artifact
from publish.barcode import Symbol, barcode
from publish.cover import ground_of
from publish.crew import Executor
from publish.fonts import Face
from publish.images.printed import Printed
from publish.language import direction, script_of
from publish.model import Edition, Metadata, Printing
from publish.pdf import PICTURE, Loose, loose_pdf, loose_problems
from publish.pdf.task import Part
from publish.problems import Position, Problem, PublishError, Severity
from publish.rows import pieces
from publish.style import Style
from publish.svg import MEDIA_TYPE as SVG
from publish.wrap.bars import symbol_size
from publish.wrap.colours import palette, rgb
from publish.wrap.designs import Design, design_names, load_design
from publish.wrap.document import (
    FOOT,
    CoverLayout,
    code_face,
    document,
    margin,
    sheet_css,
    with_guides,
    with_words_marked,
)
from publish.wrap.fitting import BETWEEN, Letters, Place, Rows, Voice, fit
from publish.wrap.sheet import CoverSheet, case_of, sheet_of, spine_width
from publish.wrap.spine import Room, SpineLine, spine_line

# Of the words on the back, in points: the largest, the smallest, from one to the next.
_MOST, _LEAST, _STEP = 15.0, 9.0, 0.5
# As many rem are the width of a page.
_REMS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the cover of an edition is made from.

    name: of the file, without its ending
    pages: of the finished book
    pictures: `picture` and `portrait`, as far as there are any, with their files
    at: where an author would look for what is wrong
    """

    name: str
    metadata: Metadata
    edition: Edition
    printing: Printing
    style: Style
    pages: int
    pictures: Mapping[str, tuple[Printed, Path]] = field(default_factory=dict)
    at: Position


def make_wrap(job: Job, executor: Executor, *, guides: bool = False) -> list[Artifact]:
    """The cover; with *guides* once more, with lines over it to look at.

    Raises PublishError where something is missing or does not fit.
    """
    design = _design(job)
    sheet = _sheet(job)
    layout, problems = _layout(job, design, sheet)
    layout, part = _set(job, layout, executor)
    said = loose_problems(part.log, f"{job.name}.pdf")
    problems = (*problems, *said, *_seen(job, sheet))
    made = [_file(job, layout, part, job.name, problems)]
    if guides:
        name = f"{job.name}-guides"
        root = with_guides(document(layout), layout)
        drawn = _loose(job, layout).set(root, executor)
        made.append(_file(job, layout, drawn, name, ()))
    return made


def _file(
    job: Job, layout: CoverLayout, part: Part, name: str, problems: Sequence[Problem]
) -> Artifact:
    edge = layout.sheet.edge
    data = loose_pdf(part, _faces(layout), edge, job.metadata, job.printing)
    return Artifact(f"{name}.pdf", data, 1, tuple(problems))


def _design(job: Job) -> Design:
    name = job.edition.wrap.design or job.style.cover
    if name in design_names():
        return load_design(name)
    near = get_close_matches(name, design_names(), n=1)
    hint = (
        f'did you mean "{near[0]}"?'
        if near
        else f"the designs are: {', '.join(design_names())}"
    )
    message = f"there is no design “{name}” for a cover"
    raise PublishError([Problem(job.at, "no-design", message, hint)])


def _sheet(job: Job) -> CoverSheet:
    wrap, printer = job.edition.wrap, job.printing.printer
    rtl = direction(job.metadata.language) == "rtl"
    spine = spine_width(job.printing.paper, wrap, job.pages)
    if not spine:
        message = f"how thick the book is cannot be told: {printer.name} does not say"
        hint = (
            "its cover template has the width of the spine: write"
            f' spine = "18.2mm" under [editions.{job.edition.name}.cover]'
        )
        raise PublishError([Problem(job.at, "no-spine", message, hint)])
    if wrap.template:
        return case_of(wrap.template, right_to_left=rtl)
    return sheet_of(job.edition.trim, spine, printer.cover, right_to_left=rtl)


def _layout(
    job: Job, design: Design, sheet: CoverSheet
) -> tuple[CoverLayout, tuple[Problem, ...]]:
    """What fits no size is an error, and raised; what is left out is said."""
    rules, wrap, data = job.printing.printer.cover, job.edition.wrap, job.metadata
    rtl = sheet.right_to_left
    naskh = script_of(data.language) == "Arab"
    letters = Letters(job.style, data.language, rtl, naskh)
    rem = sheet.front.width / _REMS
    rows = {} if "picture" in job.pictures else _rows(job, design, letters, sheet)
    symbol, problems = _symbol(job, sheet)
    spine = _spine(job, design, letters, sheet)
    if rules.spine_from and job.pages >= rules.spine_from:
        problems = (*problems, *_spine_lacks(job, sheet, spine))
    layout = CoverLayout(
        sheet=sheet,
        rules=rules,
        design=design,
        letters=letters,
        palette=palette(_colour(job, sheet), job.printing.printer.colours),
        rem=rem,
        text=min(_MOST, max(_LEAST + _STEP, round(2 * rem * 1.08) / 2)),
        rows=rows,
        words=_words(job),
        praise=wrap.praise,
        pictures={name: f"{PICTURE}{name}" for name in job.pictures},
        spine=spine,
        spine_up=wrap.spine_up,
        symbol=symbol,
        isbn=f"ISBN {job.edition.isbn_words or job.edition.isbn}",
    )
    return layout, problems


def _colour(job: Job, sheet: CoverSheet) -> tuple[int, int, int]:
    """The author's, that of the picture where it meets the spine, or the title's."""
    if job.edition.wrap.colour:
        return rgb(job.edition.wrap.colour)
    if "picture" in job.pictures:
        picture, _ = job.pictures["picture"]
        if picture.media_type != SVG:
            return picture.right if sheet.right_to_left else picture.left
    return ground_of(job.metadata.title)


def _rows(
    job: Job, design: Design, letters: Letters, sheet: CoverSheet
) -> dict[str, Rows]:
    """Title, subtitle and authors as large as they may be."""
    rules, rem = job.printing.printer.cover, sheet.front.width / _REMS
    free = sheet.front.inset(margin(design, rules, rem))
    data = job.metadata
    said: list[tuple[str, Voice, Sequence[Sequence[str]]]] = [
        ("title", design.title, [pieces(data.title)]),
        ("subtitle", design.subtitle, [pieces(data.subtitle)]),
        ("authors", design.authors, _authors(data)),
    ]
    rows: dict[str, Rows] = {}
    problems: list[Problem] = []
    for name, voice, words in said:
        if not any(words):
            continue
        if found := fit(words, voice, letters, Place(free.width, free.height, rem)):
            rows[name] = found
        else:
            message = f"the {name} {'are' if name == 'authors' else 'is'} too long"
            hint = "shorten what stands under [book], or give the cover as a picture"
            problems.append(
                Problem(job.at, "cover-full", f"{message} for the front", hint)
            )
    if problems:
        raise PublishError(problems)
    return rows


# So many names stand one below the other.
_COLUMN = 3


def _authors(data: Metadata) -> list[list[str]]:
    names = data.authors or tuple(person.name for person in data.people[:1])
    if len(names) <= _COLUMN:
        return [pieces(name) for name in names]
    return [[f"{name} {BETWEEN} " for name in names]]


def _words(job: Job) -> dict[str, Sequence[str]]:
    data, wrap = job.metadata, job.edition.wrap
    series = data.series
    line = f"{series.name} {series.position}".strip() if series else ""
    return {
        "text": _paragraphs(wrap.text or data.description),
        "note": _paragraphs(wrap.note),
        "price": _paragraphs(wrap.price),
        "publisher": _paragraphs(data.publisher),
        "series": _paragraphs(line),
    }


def _paragraphs(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return [part for part in parts if part]


def _symbol(job: Job, sheet: CoverSheet) -> tuple[Symbol | None, tuple[Problem, ...]]:
    edition, wrap = job.edition, job.edition.wrap
    if not edition.isbn or not wrap.barcode:
        return None, ()
    symbol = barcode(edition.isbn, wrap.add_on)
    field = sheet.barcode_field(job.printing.printer.cover)
    if symbol_size(symbol, field):
        return symbol, ()
    message = "the barcode cannot be read where it is as small as its field"
    hint = "give the price without its digits" if wrap.add_on else "enlarge `barcode`"
    raise PublishError([Problem(job.at, "small-barcode", message, hint)])


def _spine(
    job: Job, design: Design, letters: Letters, sheet: CoverSheet
) -> SpineLine | None:
    rules, data, wrap = job.printing.printer.cover, job.metadata, job.edition.wrap
    if not rules.spine_from or job.pages < rules.spine_from:
        return None
    rem = sheet.front.width / _REMS
    inset = margin(design, rules, rem)
    words = [
        ("authors", (_COMMA if letters.naskh else ", ").join(data.authors)),
        ("title", wrap.spine_words or data.title),
        ("publisher", data.publisher),
    ]
    return spine_line(
        [word for word in words if word[1]],
        design.spine,
        letters,
        Room(
            sheet.spine.height - 2 * inset,
            sheet.spine.width,
            rules.spine_clear,
            design.spine.most * rem,
        ),
    )


_COMMA = "\N{ARABIC COMMA} "


def _spine_lacks(
    job: Job, sheet: CoverSheet, line: SpineLine | None
) -> Iterator[Problem]:
    """What a reader would look for on a spine, and does not find."""
    width = f"{sheet.spine.width / 72:.3f} in"
    if line is None:
        message = f"nothing stands on the spine, which is {width} wide"
        hint = "letters of 7 points do not fit; `spine_text` is for a shorter title"
    elif job.metadata.authors and all(w.kind != "authors" for w in line.words):
        message = "the title leaves no room for the author on the spine"
        hint = "say a shorter one: `spine_text`"
    else:
        return
    yield Problem(job.at, "bare-spine", message, hint, Severity.WARNING)


def _loose(job: Job, layout: CoverLayout) -> Loose:
    pictures = {f"{PICTURE}{name}": path for name, (_, path) in job.pictures.items()}
    return Loose(sheet_css(layout), _faces(layout), pictures, f"{job.name}.pdf")


def _faces(layout: CoverLayout) -> tuple[Face, ...]:
    families = {face.family for face in layout.letters.faces(Voice())}
    fonts = (f for f in layout.letters.style.fonts if f.family in families)
    return (*(face for font in fonts for face in font.faces), *code_face(layout))


def _set(job: Job, layout: CoverLayout, executor: Executor) -> tuple[CoverLayout, Part]:
    """In the largest letters in which all that is read fits."""
    while True:
        root = document(layout)
        part = _loose(job, layout).set(root, executor)
        if not _over(part, root):
            _check_foot(job, part, root)
            return layout, part
        if layout.text - _STEP < _LEAST:
            break
        layout = replace(layout, text=layout.text - _STEP)
    marked = with_words_marked(document(layout))
    over = _words_over(_loose(job, layout).set(marked, executor), marked)
    noun = "word" if over == 1 else "words"
    message = f"the text on the back of the cover is {over} {noun} too long"
    hint = (
        f"shorten `text`, `quotes` or `note` under [editions.{job.edition.name}.cover];"
        " without `text` the description of the book stands there"
    )
    raise PublishError([Problem(job.at, "cover-full", message, hint)])


def _check_foot(job: Job, part: Part, root: Element) -> None:
    (page,) = part.pages
    limits = [page.anchors[f"{flow}-limit"][1] for flow in _flows(root)]
    if FOOT in page.anchors and page.anchors[FOOT][1] > min(limits) + _CLOSE:
        message = "what stands beside the barcode is higher than the barcode"
        hint = "shorten `publisher` or `series` under [book], or `price`"
        raise PublishError([Problem(job.at, "cover-full", message, hint)])


def _flows(root: Element) -> list[str]:
    return [flow for element in root.iter() if (flow := element.get("flow"))]


def _over(part: Part, root: Element) -> bool:
    """Whether something ends below its limit. What would stand below the sheet is not
    set at all, nor is its end."""
    (page,) = part.pages
    ends = [page.anchors.get(f"{flow}-end", _NOWHERE)[1] for flow in _flows(root)]
    limits = [page.anchors[f"{flow}-limit"][1] for flow in _flows(root)]
    return any(end < limit - _CLOSE for end, limit in zip(ends, limits, strict=True))


_NOWHERE = 0.0, -inf
# Sums of fractions, in points.
_CLOSE = 0.1


def _words_over(part: Part, root: Element) -> int:
    """How many words would have to go. root: with its words marked"""
    (page,) = part.pages
    limit = max(page.anchors[f"{flow}-limit"][1] for flow in _flows(root))
    marked = [e.get("id", "") for e in root.iter("span") if e.get("class") == "word"]
    tops = [page.anchors.get(name, _NOWHERE)[1] for name in marked]
    # A line of words is about as high as this; its foot must be above the limit.
    return max(1, sum(top - _LINE * _LEAST < limit for top in tops))


_LINE = 1.2


def _seen(job: Job, sheet: CoverSheet) -> Iterator[Problem]:
    """What a printer has against a picture.

    Raises PublishError where its colours are none that are taken.
    """
    printer = job.printing.printer
    for name, (picture, _) in job.pictures.items():
        box = sheet.whole_front
        what = "the picture on the front" if name == "picture" else "the portrait"
        if picture.space not in printer.colours.spaces:
            message = f"{what} is in RGB, which {printer.name} does not take"
            hint = "save it in CMYK, or name an ICC profile of its inks: `profile`"
            raise PublishError([Problem(job.at, "rgb-picture", message, hint)])
        if name != "picture" or picture.media_type == SVG or not picture.width:
            continue
        scale = max(box.width / picture.width, box.height / picture.height)
        if (inch := round(72 / scale)) < printer.detail.pixels:
            message = (
                f"{what} has {inch} pixels to the inch, and {printer.name} wants"
                f" {printer.detail.pixels:g}"
            )
            wide, high = (
                ceil(side / 72 * printer.detail.pixels)
                for side in (box.width, box.height)
            )
            hint = f"make it {wide} × {high} pixels"
            yield Problem(job.at, "coarse-cover", message, hint, Severity.WARNING)
