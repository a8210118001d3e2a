"""Where back, spine and front lie on the sheet, in points from its upper left."""

from dataclasses import dataclass

from publish.model import CoverRules, Paper, Template, Trim, Wrap


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def inset(self, by: float) -> "Box":
        return Box(
            self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by
        )


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """edge: what is cut off or turned in, on all sides
    back, spine, front: what is seen of the book when it is made; between the spine and
        the boards of a hardcover are the hinges
    """

    width: float
    height: float
    edge: float
    back: Box
    spine: Box
    front: Box

    @property
    def whole(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def right_to_left(self) -> bool:
        return self.front.left < self.back.left

    @property
    def whole_front(self) -> Box:
        """The front with what is cut off, up to the spine."""
        if self.right_to_left:
            return Box(0, 0, self.spine.left, self.height)
        return Box(self.spine.right, 0, self.width - self.spine.right, self.height)

    @property
    def whole_back(self) -> Box:
        if self.right_to_left:
            return Box(self.spine.right, 0, self.width - self.spine.right, self.height)
        return Box(0, 0, self.spine.left, self.height)

    def barcode_field(self, rules: CoverRules, inset: float = 0) -> Box:
        """At the foot of the back, beside the spine: at the right of it, and at the
        left in a book from right to left, whose back is the right half of the sheet
        (KDP and Lightning Source on reverse binding).

        inset: what is free round it at least
        """
        width, height = rules.barcode
        free = max(rules.barcode_from, rules.safe, inset)
        right = self.back.right - free - width
        left = self.back.left + free if self.right_to_left else right
        return Box(left, self.back.bottom - free - height, width, height)


def spine_width(paper: Paper, wrap: Wrap, pages: int) -> float:
    """0 where neither the author nor the printer says it."""
    if wrap.template:
        return wrap.template.spine
    if wrap.spine:
        return wrap.spine
    return pages * paper.thickness + paper.glue if paper.thickness else 0


def sheet_of(
    trim: Trim, spine: float, rules: CoverRules, *, right_to_left: bool
) -> CoverSheet:
    """The sheet of a paperback. trim: of a page; spine: its width"""
    return _sheet(trim, spine, rules.bleed, 0, right_to_left)


def case_of(template: Template, *, right_to_left: bool) -> CoverSheet:
    """The sheet of a hardcover."""
    board = Trim(template.front, template.height - 2 * template.wrap)
    return _sheet(board, template.spine, template.wrap, template.hinge, right_to_left)


def _sheet(
    panel: Trim, spine: float, edge: float, hinge: float, right_to_left: bool
) -> CoverSheet:
    width, height = panel.width, panel.height
    first = Box(edge, edge, width, height)
    middle = Box(first.right + hinge, edge, spine, height)
    last = Box(middle.right + hinge, edge, width, height)
    back, front = (last, first) if right_to_left else (first, last)
    return CoverSheet(last.right + edge, height + 2 * edge, edge, back, middle, front)
