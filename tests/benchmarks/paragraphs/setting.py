"""Paragraphs in the text face of the classic style, on its measure at 6 × 9 inches."""

import gc
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from time import process_time
from xml.etree.ElementTree import Element, SubElement

import typst

from publish.fonts import Face
from publish.model import Trim
from publish.pdf.compositor import Compositor
from publish.pdf.page import Page, page_of
from publish.pdf.sheets import FONT, filled, text_css
from publish.pdf.task import Setup, Task
from publish.pdf.total_fit import Manners
from publish.style import Style, load_style
from tests.benchmarks.paragraphs.prose import Prose

# The quicker of them counts: what else the machine does takes time, and gives none.
_RUNS = 2
TRIM = Trim(432.0, 648.0)


@cache
def style() -> Style:
    return load_style("classic")


@cache
def page() -> Page:
    return page_of(style().page, style().sizes, TRIM)


def faces() -> tuple[Face, ...]:
    (text,) = (font for font in style().fonts if font.use == "text")
    return text.faces


def by_us(
    prose: Prose, manners: Manners | None, sheet: str = ""
) -> tuple[bytes, float]:
    """A PDF, and the seconds it took. manners: None for line by line
    sheet: what is different"""
    sheets = (text_css(page()), filled(style().text_css, page()), sheet)
    setup = Setup(faces(), sheets, (), tagged=False, manners=manners)
    files = {f"{FONT}{n}": face.path for n, face in enumerate(faces())}
    compositor = Compositor(setup, files)
    compositor.sketch(_task(prose, prose.paragraphs[:1]), {})
    task = _task(prose, prose.paragraphs)
    runs = [_timed(compositor, task) for _ in range(_RUNS)]
    return min(runs, key=lambda run: run[1])


def _timed(compositor: Compositor, task: Task) -> tuple[bytes, float]:
    # A build collects only where a task ends.
    gc.disable()
    begun = process_time()
    part = compositor.sketch(task, {})
    return part.data, process_time() - begun


def _task(prose: Prose, paragraphs: Sequence[str]) -> Task:
    root = Element("html", {"lang": prose.language})
    section = SubElement(SubElement(SubElement(root, "body"), "div"), "section")
    for text in paragraphs:
        SubElement(section, "p").text = text
    return Task(root, (Path("prose.md"),))


def by_typst(prose: Prose, hyphen: str = "100%") -> bytes:
    """hyphen: what dividing a word costs Typst; 100 % is what it thinks best"""
    sheet = page()
    margin = TRIM.width - sheet.inner - sheet.text_width
    source = [
        f"#set page(width: {TRIM.width}pt, height: {TRIM.height}pt)",
        f"#set page(margin: (top: {sheet.top}pt, bottom: {sheet.bottom}pt,"
        f" left: {sheet.inner}pt, right: {margin}pt))",
        f'#set text(font: "{faces()[0].family}", size: {sheet.size}pt,'
        f' lang: "{prose.language.partition("-")[0]}", hyphenate: true,'
        ' number-type: "old-style", overhang: false,'
        f" costs: (hyphenation: {hyphen}))",
        "#set par(justify: true, leading: 0.65em, spacing: 0.65em,"
        ' first-line-indent: (amount: 1.2em, all: true), linebreaks: "optimized")',
        *(f"#{_string(text)}\n" for text in prose.paragraphs),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prose.typ"
        path.write_text("\n".join(source), encoding="utf-8")
        folders = sorted({str(face.path.parent) for face in faces()})
        data: object = typst.compile(
            str(path), font_paths=folders, ignore_system_fonts=True
        )
    assert isinstance(data, bytes), "asked for one file"
    return data


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
