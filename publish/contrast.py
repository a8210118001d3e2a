"""How well one colour is read on another (WCAG 2.2)."""

from collections.abc import Sequence


def luminance(colour: Sequence[float]) -> float:
    """From 0, black, to 1, white. colour: its red, green and blue, from 0 to 1"""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """From 1 to 21. Letters want 4.5 at least, and on any ground either black ones or
    white ones have it: the less of both is at best the root of 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(part: float) -> float:
    if part <= 0.04045:  # noqa: PLR2004
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)
