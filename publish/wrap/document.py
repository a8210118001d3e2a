"""Back, spine and front as one document, and the sheet that lays it out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from publish.barcode import Symbol
from publish.fonts import Face
from publish.language import direction
from publish.lettering import reach
from publish.model import CoverRules, Praise
from publish.style import Use
from publish.wrap.bars import bars
from publish.wrap.colours import BLACK, PAPER, Palette
from publish.wrap.designs import Design
from publish.wrap.fitting import Letters, Rows, Voice
from publish.wrap.sheet import Box, CoverSheet
from publish.wrap.spine import SpineLine

# What stands beside the barcode, and must not be higher.
FOOT = "foot"
# Between the words on the back and the field of the barcode, in points.
CLEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLayout:
    """Everything that is on the sheet, and how large.

    rem: the measure of the design, in points; text: the size of what is read
    rows: title, subtitle and authors, as they are broken
    words: what else stands somewhere, by what a design calls it; each is a paragraph
    pictures: `picture` and `portrait`, by their addresses
    isbn: over the bars
    """

    sheet: CoverSheet
    rules: CoverRules
    design: Design
    letters: Letters
    palette: Palette
    rem: float
    text: float
    rows: Mapping[str, Rows]
    words: Mapping[str, Sequence[str]]
    praise: Sequence[Praise]
    pictures: Mapping[str, str]
    spine: SpineLine | None
    spine_up: bool = False
    symbol: Symbol | None = None
    isbn: str = ""

    @property
    def margin(self) -> float:
        return margin(self.design, self.rules, self.rem)

    @property
    def field(self) -> Box:
        """Of the barcode. Ours keeps to the margin; where there is none, the printer
        puts its own where it always does."""
        free = self.margin if self.symbol else 0
        return self.sheet.barcode_field(self.rules, free)

    @property
    def rise(self) -> float:
        """From the top of the title's first line to that of its letters, in points."""
        if "title" not in self.rows:
            return 0
        rows, voice = self.rows["title"], self.design.title
        ascent, descent = reach(self.letters.faces(voice)[0])
        _, high = self.letters.ink(rows.rows[0], voice)
        return (rows.step + rows.size * (ascent - descent)) / 2 - high * rows.size


def margin(design: Design, rules: CoverRules, rem: float) -> float:
    return max(rules.safe, design.margin * rem)


def document(layout: CoverLayout) -> Element:
    """The whole sheet."""
    language = layout.letters.language
    root = Element("html", {"lang": language, "dir": direction(language)})
    body = SubElement(root, "body")
    sheet = layout.design.body
    sheet.set("dir", direction(language))
    body.append(sheet)
    _choose(sheet, layout)
    _fill(sheet, layout)
    _flows(sheet)
    if layout.spine:
        sheet.extend(_spine(layout.spine, layout))
    if layout.symbol:
        (code,) = (f.faces[0] for f in layout.letters.style.fonts if f.use is Use.CODE)
        field = layout.field
        rtl = layout.sheet.right_to_left
        sheet.append(bars(layout.symbol, layout.isbn, field, code, right_to_left=rtl))
    return root


def with_words_marked(root: Element) -> Element:
    """With an id on each word of what flows, to see where it ends up."""
    for flow in root.iter():
        if "flow" not in flow.attrib:
            continue
        for paragraph in flow.iter("p"):
            words = (paragraph.text or "").split()
            paragraph.text = None
            for word in words:
                span = SubElement(paragraph, "span", {"class": "word"})
                span.text, span.tail = word, " "
    for n, span in enumerate(s for s in root.iter("span") if s.get("class") == "word"):
        span.set("id", f"word-{n}")
    return root


def _choose(element: Element, layout: CoverLayout) -> None:
    """Leave what the cover has something for."""
    for child in list(element):
        wanted = child.get("only", child.get("fill", ""))
        if (wanted and not _has(wanted, layout)) or _has(
            child.get("without", ""), layout
        ):
            element.remove(child)
            continue
        _choose(child, layout)


def _has(name: str, layout: CoverLayout) -> bool:
    if name == "praise":
        return bool(layout.praise)
    if name == "said":
        return any(_has(one, layout) for one in ("text", "praise", "note"))
    return bool(
        name
        and (
            layout.pictures.get(name) or layout.rows.get(name) or layout.words.get(name)
        )
    )


def _fill(sheet: Element, layout: CoverLayout) -> None:
    for element in list(sheet.iter()):
        name = element.attrib.pop("fill", "")
        if not name:
            continue
        if name in layout.pictures:
            element.set("src", layout.pictures[name])
            element.set("alt", "")
        elif name in layout.rows:
            _fill_rows(element, layout.rows[name], _voice(name, layout), layout)
        elif name == "praise":
            for said in layout.praise:
                quote = SubElement(element, "div", {"class": "quote"})
                SubElement(quote, "p").text = said.text
                if said.by:
                    SubElement(quote, "p", {"class": "by"}).text = said.by
        else:
            for paragraph in layout.words[name]:
                SubElement(element, "p").text = paragraph


def _voice(name: str, layout: CoverLayout) -> Voice:
    voice: Voice = getattr(layout.design, name)
    return voice


def _fill_rows(element: Element, rows: Rows, voice: Voice, layout: CoverLayout) -> None:
    style = (
        f"font-size: {rows.size:.3f}pt; line-height: {rows.step:.3f}pt;"
        f" {_said(voice, layout.letters)}"
    )
    element.set("style", style)
    for row in rows.rows:
        SubElement(element, "span", {"class": "row"}).text = row


def _said(voice: Voice, letters: Letters) -> str:
    italic = voice.italic and not letters.right_to_left
    return (
        f"font-weight: {700 if voice.bold else 400};"
        f" font-style: {'italic' if italic else 'normal'};"
        f" letter-spacing: {letters.spacing(voice):g}em"
    )


def _flows(sheet: Element) -> None:
    """Mark where each flow ends and how far it may go."""
    for element in list(sheet.iter()):
        if name := element.get("flow"):
            # First, so that it is there even where the rest leaves the sheet.
            limit = Element("div", {"id": f"{name}-limit", "class": "limit"})
            element.insert(0, limit)
            SubElement(element, "div", {"id": f"{name}-end"})
        if "beside-code" in (element.get("class") or "").split():
            element.set("id", FOOT)


def _spine(line: SpineLine, layout: CoverLayout) -> Iterator[Element]:
    spine = layout.sheet.spine
    safe = layout.margin
    ascent, descent = reach(layout.letters.faces(line.voice)[0])
    # In the turned box the foot of the spine is at the right, or at the left.
    long, thick = spine.height - 2 * safe, spine.width
    turn, left, top = "rotate(90deg)", spine.right, spine.top + safe
    if layout.spine_up:
        turn, left, top = "rotate(-90deg)", spine.left, spine.bottom - safe
    box = Element("div", {"class": "spine"})
    box.set(
        "style",
        f"left: {left:.3f}pt; top: {top:.3f}pt; width: {long:.3f}pt;"
        f" height: {thick:.3f}pt; transform: {turn};"
        f" {_said(line.voice, layout.letters)}",
    )
    for word in line.words:
        at = SubElement(box, "span", {"class": f"spine-{word.kind}"})
        # Of the base line, in a line as high as the letters.
        down = word.size * (1 + ascent - descent) / 2
        base = thick / 2 + word.base
        at.set(
            "style",
            f"left: {word.start:.3f}pt; top: {base - down:.3f}pt;"
            f" font-size: {word.size:.3f}pt",
        )
        at.text = word.text
    yield box


def sheet_css(layout: CoverLayout) -> str:
    """What a design builds on: where things are, and what they are called."""
    sheet, rem = layout.sheet, layout.rem
    field = layout.field
    colours = layout.palette
    foot = sheet.back.bottom - field.top
    inset = layout.margin
    families = ", ".join(
        dict.fromkeys(f'"{face.family}"' for face in layout.letters.faces(Voice()))
    )
    side = "left" if sheet.right_to_left else "right"
    leading = 1.65 if layout.letters.naskh else 1.3
    return f"""
@page {{ size: {sheet.width:.4f}pt {sheet.height:.4f}pt; margin: 0 }}
:root {{
  --ground: {colours.ground}; --shade: {colours.shade}; --on: {colours.on};
  --ink: {colours.ink}; --black: {BLACK}; --paper: {PAPER};
  --text: {layout.text:g}pt;
  --foot: {max(0, foot + CLEAR - inset):.3f}pt;
  --band: {sheet.edge + 2 * foot - field.height:.3f}pt;
  --code: {field.width + CLEAR:.3f}pt; --rise: {layout.rise:.3f}pt;
  --margin: {inset:.3f}pt; --edge: {sheet.edge:.3f}pt;
}}
html {{
  font-family: {families}; font-size: {rem:.4f}pt; line-height: {leading};
  color: var(--black); overflow-wrap: break-word;
}}
body, p, div {{ margin: 0; padding: 0 }}
body {{ position: absolute; left: 0; top: 0; width: 100%; height: 100% }}
.sheet, .front, .back, .live, .spine, .spine > span, .limit {{ position: absolute }}
.sheet {{ {_at(sheet.whole)}; overflow: hidden }}
.front {{ {_at(sheet.whole_front)}; overflow: hidden }}
.back {{ {_at(sheet.whole_back)}; overflow: hidden }}
.front > .live {{ {_at(_within(sheet.front, sheet.whole_front, inset))} }}
.back > .live {{ {_at(_within(sheet.back, sheet.whole_back, inset))} }}
.spine {{ transform-origin: 0 0 }}
.spine > span {{ line-height: 1; white-space: nowrap }}
.picture {{
  position: absolute; left: 0; top: 0; width: 100%; height: 100%;
  object-fit: cover; object-position: center;
}}
.text, .praise, .note {{ max-width: 30em }}
.row {{ display: block; white-space: nowrap }}
.limit {{ left: 0; bottom: 0; width: 1pt; height: 0 }}
.beside-code {{ position: absolute; bottom: 0; left: 0; right: 0 }}
.beside-code {{ padding-{side}: var(--code) }}
.barcode-words, .digit {{ text-align: left; letter-spacing: 0 }}
.digit {{ text-align: center }}
{layout.design.css}
"""


def _within(panel: Box, whole: Box, inset: float) -> Box:
    box = panel.inset(inset)
    return Box(box.left - whole.left, box.top - whole.top, box.width, box.height)


def _at(box: Box) -> str:
    return (
        f"left: {box.left:.4f}pt; top: {box.top:.4f}pt;"
        f" width: {box.width:.4f}pt; height: {box.height:.4f}pt"
    )


def code_face(layout: CoverLayout) -> tuple[Face, ...]:
    """That of the digits below the bars, where there are any."""
    fonts = (f for f in layout.letters.style.fonts if f.use is Use.CODE)
    return tuple(f.faces[0] for f in fonts) if layout.symbol else ()


# Lines over a cover that show its folds: colour and form.
_GUIDES = {
    "trim": "0.5pt solid rgb(230, 0, 90)",
    "safe": "0.5pt dashed rgb(0, 130, 220)",
    "fold": "0.5pt solid rgb(0, 150, 70)",
    "field": "0.5pt dashed rgb(240, 130, 0)",
}


def with_guides(root: Element, layout: CoverLayout) -> Element:
    """With lines where it is cut and folded, round what is safe, and round the field of
    the barcode: to look at, never to be printed."""
    sheet, rules = layout.sheet, layout.rules
    body = root.find("body")
    assert body is not None, "a document has a body"
    drawn = [
        ("trim", sheet.whole.inset(sheet.edge)),
        ("safe", sheet.front.inset(rules.safe)),
        ("safe", sheet.back.inset(rules.safe)),
        ("fold", sheet.spine),
        ("field", layout.field),
    ]
    for kind, box in drawn:
        line = SubElement(body, "div", {"class": f"guide-{kind}"})
        line.set(
            "style",
            f"position: absolute; {_at(box)}; box-sizing: border-box;"
            f" border: {_GUIDES[kind]}",
        )
    return root
