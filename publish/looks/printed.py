"""Sheets for print that say what an author has changed."""

import re
from collections.abc import Iterator

from publish.css_strings import quoted
from publish.fonts import heights, reach
from publish.initials import TAILED
from publish.model import Design, Folios, Head, HeadingPlace, Heads, Hyphens, LeadIn
from publish.ornaments import printed
from publish.style import Font, Opening, Style, Use

_HEADINGS = ":is(h1, h2, h3, h4, h5, h6)"
# Pages whose words stand where their designer put them.
_DISPLAY = (
    ":not(.p-titlepage, .p-halftitlepage, .p-dedication, .p-epigraph, .p-frontispiece,"
    " .p-seriespage, .p-also-by, .p-part)"
)
# Their scripts have faces of their own.
_OWN_FACES = (
    ":not(:lang(ar), :lang(fa), :lang(ur), :lang(ps), :lang(ckb), :lang(sd), :lang(ug),"
    " :lang(he), :lang(yi))"
)


def text_rules(style: Style, design: Design, *, links: bool) -> Iterator[str]:
    """For the block of text. links: whether someone can follow them"""
    if heading := next((f for f in style.fonts if f.use is Use.HEADING), None):
        yield _headings_in(heading, style)
    if design.headings:
        yield _PLACED[design.headings]
    if design.colour:
        plain = ", .p-part" if design.opener else ""
        yield from _coloured(f"#{design.colour}", links=links, plain=plain)
    if design.ornament and style.ornament is not None:
        yield from printed(style.ornament, design.colour)
    if design.sink is not None:
        # A chapter that runs on does not touch the one before it.
        least = _APART if style.opening is Opening.RUN_ON else 0
        down = max(design.sink, least) * style.page.leading / style.page.size
        yield f"section > .p-mark + h1 {{ margin-top: {down:.4f}rem }}"
    if design.indent is not None:
        yield _indented(design.indent)
    if style.hyphens is Hyphens.NONE and design.hyphens:
        yield (
            "html, p, li, dd, blockquote, .p-footnote, .p-wide, .p-broken, .p-packed"
            " { hyphens: manual }"
        )
    yield from _opener_rules(style)


def _opener_rules(style: Style) -> Iterator[str]:
    if style.drop_caps:
        yield _drop_cap(style, style.drop_caps)
    if style.lead_in is LeadIn.SMALL_CAPS:
        yield ".p-lead { font-variant-caps: small-caps; letter-spacing: 0.04em }"


# Lines between the end of a chapter and the next one on its page.
_APART = 2

_PLACED = {
    HeadingPlace.START: f"section{_DISPLAY} {_HEADINGS} {{ text-align: start }}",
    HeadingPlace.CENTER: f"section{_DISPLAY} > {_HEADINGS} {{ text-align: center }}",
}


def _headings_in(font: Font, style: Style) -> str:
    behind = [f.family for f in style.fonts if f.use not in {Use.HEADING, Use.CODE}]
    families = ", ".join(map(quoted, dict.fromkeys((font.family, *behind))))
    # What has no slanted face is not slanted by a machine.
    slant = "" if any(face.italic for face in font.faces) else "; font-style: normal"
    return f"{_HEADINGS}{_OWN_FACES} {{ font-family: {families}{slant} }}"


def _coloured(colour: str, *, links: bool, plain: str) -> Iterator[str]:
    """plain: sections more whose links are as the text"""
    yield f"{_HEADINGS}, hr, .p-drop {{ color: {colour}; border-color: {colour} }}"
    yield (
        ".p-division:is(.pullquote, .sidebar, .note, .tip, .important, .warning,"
        f" .caution), table, thead :is(th, td), tfoot :is(th, td), .p-notes::before"
        f" {{ border-color: {colour} }}"
    )
    yield f"@page {{ @footnote {{ border-color: {colour} }} }}"
    if links:
        yield (
            f"section:not(.p-toc, .p-loi, .p-lot, .p-listings, .p-index{plain})"
            f" a[href]:not(.p-note-call) {{ color: {colour} }}"
        )


def _indented(ems: float) -> str:
    return (
        "p, blockquote p + p, li > p + p, .p-footnote p + p, .p-note p + p"
        f" {{ text-indent: {ems:g}em }}\n"
        'html[dir="rtl"] section:not([dir="ltr"]) p + p::before,'
        f' section[dir="rtl"] p + p::before {{ width: {ems:g}em }}\n'
        '[dir="rtl"] p { text-indent: 0 }'
    )


def _drop_cap(style: Style, lines: int) -> str:
    """Its foot on the base line of the last line beside it, its head at that of the
    capitals of the first. All in sizes of the text."""
    face = next(f.faces[0] for f in style.fonts if f.use is Use.TEXT)
    high = heights(face)
    line = style.page.leading / style.page.size
    size = ((lines - 1) * line + high.capital) / high.capital
    # Of the text, from the head of its line box.
    base = (line - high.ascent - high.descent) / 2 + high.ascent
    # Of the letter, in a box as high as it is large.
    own = size * ((1 - high.ascent - high.descent) / 2 + high.ascent)
    down = (lines - 1) * line + base - own
    height = (lines - 0.5) * line - down
    tall, _ = reach(face, "d")
    tails = [
        letter
        for letter in sorted(TAILED)
        if size * reach(face, letter)[1] > line - tall
    ]
    deep = ", ".join(f'[data-letter="{letter}"]' for letter in tails)
    return f"""
.p-drop {{
  float: left;
  height: {height:.4f}rem;
  margin: {down:.4f}rem 0.08em 0 0;
  font-size: {size:.4f}rem;
  line-height: 1;
  text-indent: 0;
  font-style: normal;
  font-variant-numeric: lining-nums;
}}
/* A line more stands beside one that goes down so far. */
.p-drop:is({deep or ":not(*)"}) {{ height: {height + line:.4f}rem }}
/* Marks before it hang beside the first line; none is wider than an em. */
.p-drop-mark {{
  display: inline-block;
  width: calc(var(--marks) * 1em);
  margin: 0 0.1em 0 calc(var(--marks) * -1em - 0.1em);
  font-size: 1rem;
  line-height: 0;
  text-align: right;
  vertical-align: {(lines - 1) * line:.4f}rem;
}}
p:has(> .p-drop) {{ orphans: {lines} }}"""


_KINDS = ("", " front", " start", " body", " display", " display-start")
_BARE = (
    *(":blank", " front:blank", " start:blank", " body:blank", " display"),
    *(" display:blank", " display-start"),
)


def furniture_rules(style: Style, design: Design) -> Iterator[str]:
    """For what stands round the text."""
    if design.heads and {design.heads.left, design.heads.right} == {Head.NONE}:
        yield "@page { @top-center { border: none } }"
    match design.folios:
        case Folios.FOOT_OUTER:
            yield "@page { @bottom-center { width: 100% } }"
            yield "@page :left { @bottom-center { text-align: left } }"
            yield "@page :right { @bottom-center { text-align: right } }"
        case Folios.NONE:
            for kind in _KINDS:
                yield f"@page{kind} {{ @bottom-center {{ content: none }} }}"
        case Folios.HEAD_OUTER:
            yield from _in_the_head(style)


def _in_the_head(style: Style) -> Iterator[str]:
    """Beside the running head, set as it is; on a page that has none, at the foot."""
    said = re.findall(r"@top-center\s*\{([^{}]*)\}", style.furniture_css)
    own = "".join(text for text in said if "content:" not in text)
    figures = "font-variant-caps: normal; letter-spacing: 0; width: auto"
    yield "@page { @top-center { width: auto } }"
    for side in ("left", "right"):
        box = f"@top-{side} {{ {own}; {figures}; text-align: {side}"
        yield f"@page :{side} {{ {box}; content: string(folio) }} }}"
    for kind in ("", " front"):
        yield f"@page{kind} {{ @bottom-center {{ content: string(opener-folio) }} }}"
    boxes = " ".join(f"@{box} {{ content: none }}" for box in ("top-left", "top-right"))
    foot = "@bottom-center { content: none }"
    for kind in _BARE:
        yield f"@page{kind} {{ {boxes} {foot} }}"


def headed(furniture: str, heads: Heads) -> str:
    """A sheet that shows the section, which may change on any page, beside the strings
    that are set where a chapter begins."""
    for side in ("left", "right"):
        if getattr(heads, side) is Head.SECTION:
            string = f"string({side}, first-except)"
            furniture = furniture.replace(string, f"{string} string({side}-section)")
    return furniture
