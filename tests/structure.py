"""The tags of a PDF and all that leads to them, in a form in which two can be compared.

`tagged` shows tags to people, with their words. Here they hold the numbers of what they
mark, for who knows already what is marked.
"""

from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Pdf

from tests.leaves import numbers

# What is told by where a tag stands, and what is read one by one.
_PLACE = {"/Type", "/S", "/P", "/K", "/Pg"}


class Tags:
    """tags: in the order of reading: depth, kind, what each says of itself, and what it
        holds: marks and links by page and number, and other tags
    marks: of each page, the tag that each mark leads to, by its number in `tags`
    links: of each page, the tag that each link leads to
    ids: the tag that each id leads to
    """

    def __init__(self, pdf: Pdf) -> None:
        root: Any = pdf.Root.StructTreeRoot
        self.tags: list[tuple[int, str, object, object]] = []
        self._known: dict[tuple[int, int], int] = {}
        self._pages = numbers(pdf)
        self._areas = {
            area.objgen: (page, n)
            for page, leaf in enumerate(pdf.pages)
            for n, area in enumerate(leaf.get("/Annots", ()))
        }
        for tag in root.K:
            assert tag.P.objgen == root.objgen
            self._read(tag, 0)
        parents = _pairs(root.ParentTree.Nums)
        assert all(int(n) < int(root.ParentTreeNextKey) for n in parents)
        self.marks = [
            [self._known.get(tag.objgen) for tag in parents[leaf.StructParents]]
            if "/StructParents" in leaf
            else []
            for leaf in pdf.pages
        ]
        self.links = [
            [self._known[parents[area.StructParent].objgen] for area in areas]
            for areas in (leaf.get("/Annots", ()) for leaf in pdf.pages)
        ]
        names = _pairs(root.get("/IDTree", {}).get("/Names", ()))
        self.ids = {str(name): self._known[tag.objgen] for name, tag in names.items()}

    def _read(self, tag: Any, depth: int) -> None:
        self._known[tag.objgen] = len(self.tags)
        said = {key: _plain(value) for key, value in tag.items() if key not in _PLACE}
        kids: Any = tag.get("/K", Array())
        kids = list(kids) if isinstance(kids, Array) else [kids]
        inside = [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]
        held = [self._held(kid, tag) for kid in kids]
        self.tags.append((depth, str(tag.S), said, held))
        for kid in inside:
            assert kid.P.objgen == tag.objgen
            self._read(kid, depth + 1)

    def _held(self, kid: Any, tag: Any) -> object:
        if not isinstance(kid, Dictionary):
            return "mark", self._pages[tag.Pg.objgen], int(kid)
        if "/Obj" in kid:
            page, n = self._areas[kid.Obj.objgen]
            assert self._pages[kid.Pg.objgen] == page
            return "link", page, n
        if "/MCID" in kid:
            return "mark", self._pages[kid.Pg.objgen], int(kid.MCID)
        return "tag"


def _pairs(listed: Any) -> dict[Any, Any]:
    """What a tree of numbers or names holds, without its branches."""
    each = iter(listed)
    return dict(zip(each, each, strict=True))


def _plain(value: Any) -> object:
    if isinstance(value, Array):
        return [_plain(one) for one in value]
    if isinstance(value, Dictionary):
        return {key: _plain(one) for key, one in value.items()}
    return float(value) if isinstance(value, Decimal | int) else str(value)
