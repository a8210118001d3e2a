"""What authors write under [design], in small letters, and what is meant by it."""

from collections.abc import Mapping


def _each(**words: str) -> Mapping[str, str]:
    """By what is meant, with `_` for a hyphen: all that is written for it."""
    return {
        written: meant.replace("_", "-")
        for meant, all_written in words.items()
        for written in all_written.split()
    }


_NO = "false off no"
MEANT_HEADINGS = _each(start="left right flush outer", center="middle true")
MEANT_HEADS = _each(book="title", author="name writer", none=f"{_NO} empty")
MEANT_FOLIOS = _each(
    foot_center="bottom foot center centre bottom-center bottom-centre true",
    foot_outer="outer outside bottom-outer",
    head_outer="top head top-outer head-center",
    none=_NO,
)
MEANT_LEAD_INS = _each(small_caps="true caps capitals smallcaps", none=_NO)
MEANT_OPENINGS = _each(
    recto="right right-hand odd",
    page="any left left-hand verso even next new",
    run_on="continuous same same-page none false",
)
MEANT_HYPHENS = _each(normal="true auto yes on", none=f"{_NO} never manual")
MEANT_DROPS = {
    **{"0": 0, "2": 2, "3": 3, "two": 2, "three": 3, "true": 3},
    **dict.fromkeys(("false", "none", "no", "off"), 0),
}
# Six hexadecimal digits, as CSS has them.
MEANT_COLOURS = {
    **{"black": "000000", "white": "ffffff", "grey": "808080", "gray": "808080"},
    **{"red": "ff0000", "green": "008000", "blue": "0000ff", "navy": "000080"},
    **{"maroon": "800000", "brown": "a52a2a", "purple": "800080", "teal": "008080"},
}
