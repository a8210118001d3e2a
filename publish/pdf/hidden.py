"""Whether a property hides an element, when all sheets have had their say."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.css import get_all_computed_styles
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration


def hiding_in(
    tree: weasyprint.HTML,
    sheets: Sequence[weasyprint.CSS],
    fonts: FontConfiguration,
    counters: CounterStyle,
) -> Callable[[Element, str], bool]:
    """What asks of an element and `display`, `visibility` or `font-size`. The styles
    are computed, as for the pages, when it is asked first."""

    @cache
    def styles() -> Any:
        return get_all_computed_styles(
            tree, sheets, font_config=fonts, counter_style=counters
        )

    def hides(element: Element, name: str) -> bool:
        style = styles()(element)
        match name:
            case "display":
                return bool(style["display"] == ("none",))
            case "visibility":
                return bool(style["visibility"] != "visible")
        return bool(style["font_size"] == 0)

    return hides
