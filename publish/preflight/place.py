"""Places on a page, in points (1/72 inch) from its lower left corner."""

from collections.abc import Iterable
from math import hypot, inf, sqrt
from typing import NamedTuple

Point = tuple[float, float]


class Matrix(NamedTuple):
    """What takes one system of places to another (ISO 32000-1, 8.3.3)."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def of(self, x: float, y: float) -> Point:
        return (
            self.a * x + self.c * y + self.e,
            self.b * x + self.d * y + self.f,
        )

    def then(self, next_: "Matrix") -> "Matrix":
        """This one first, the other on what it gives."""
        a, b, c, d, e, f = next_
        return Matrix(
            self.a * a + self.b * c,
            self.a * b + self.b * d,
            self.c * a + self.d * c,
            self.c * b + self.d * d,
            self.e * a + self.f * c + e,
            self.e * b + self.f * d + f,
        )

    @property
    def wide(self) -> float:
        """How long a line of one unit becomes that goes to the right."""
        return hypot(self.a, self.b)

    @property
    def high(self) -> float:
        """How long a line of one unit becomes that goes up."""
        return hypot(self.c, self.d)

    @property
    def scale(self) -> float:
        return sqrt(abs(self.a * self.d - self.b * self.c))


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def grown(self, far: float) -> "Box":
        return Box(self.left - far, self.bottom - far, self.right + far, self.top + far)

    def within(self, other: "Box") -> "Box":
        """What both have in common; turned inside out where that is nothing."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def meets(self, other: "Box") -> bool:
        """Whether anything is in both; a line without width is something."""
        left, bottom, right, top = self.within(other)
        return left <= right and bottom <= top

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )


EVERYWHERE = Box(-inf, -inf, inf, inf)


def round_of(points: Iterable[Point]) -> Box:
    """The smallest box that holds them all; there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def moved(box: Box, matrix: Matrix) -> Box:
    return round_of(
        matrix.of(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)
    )
