"""What covers look like: a folder with numbers, a sheet and a document each.

design.toml  the voices of `publish.wrap.fitting`
cover.css    builds on `publish.wrap.document.sheet_css`
cover.xhtml  `fill` names what an element shows, and without it there is no element;
             `only` and `without` do the same for one with others in it. What flows down
             the back has a name in `flow`, and must end inside of its box. What stands
             beside the barcode has the class `beside-code`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from publish.wrap.fitting import Voice

DESIGNS = Path(__file__).parent / "designs"


@dataclass(frozen=True, slots=True)
class Design:
    """margin: of front and back, in rem
    title, subtitle, authors, spine: how these are set
    css: of the whole; body: the document, in which `fill` says what stands where
    """

    name: str
    margin: float
    title: Voice
    subtitle: Voice
    authors: Voice
    spine: Voice
    css: str
    document: str

    @property
    def body(self) -> Element:
        return fromstring(self.document)


def design_names() -> list[str]:
    return sorted(path.parent.name for path in DESIGNS.glob("*/design.toml"))


@cache
def load_design(name: str) -> Design:
    """name: one of `design_names`"""
    folder = DESIGNS / name
    said = tomllib.loads((folder / "design.toml").read_text("utf-8"))
    voices = {
        key: Voice(**said[key]) for key in ("title", "subtitle", "authors", "spine")
    }
    return Design(
        name=name,
        margin=said["margin"],
        css=(folder / "cover.css").read_text("utf-8"),
        document=(folder / "cover.xhtml").read_text("utf-8"),
        **voices,
    )
