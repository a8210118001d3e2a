"""One tree of tags of many: that of each fragment becomes a part of the book's.

Keys are those of ISO 32000-1, 14.7: `StructParents` of a page and `StructParent` of a
link lead, by way of the `ParentTree`, to the tags of what they show.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from publish.pdf.pagination import BookPage


def join_tags(
    book: Pdf,
    opened: Sequence[Pdf],
    pages: Sequence[BookPage],
    moved: Sequence[tuple[float, float]],
) -> None:
    """opened: the fragments, whose pages are in the book already
    moved: how far to the right and up each page went, in points
    """
    root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = book.make_indirect(Dictionary(S=Name.Document, P=root, K=Array()))
    root.K = Array([document])
    parents, names, first = Array(), dict[str, Any](), list[int]()
    begin = 0
    for part in opened:
        tree: Any = book.copy_foreign(part.Root.StructTreeRoot)
        for tag in _kids(tree.K[0]):
            tag.P = document
            document.K.append(tag)
        for place, what in enumerate(tree.ParentTree.Nums):
            parents.append(what if place % 2 else int(what) + begin)
        listed = iter(tree.get("/IDTree", {}).get("/Names", ()))
        names |= {str(name): tag for name, tag in zip(listed, listed, strict=True)}
        first.append(begin)
        begin += int(tree.ParentTreeNextKey)
    root.ParentTree = book.make_indirect(Dictionary(Nums=parents))
    root.ParentTreeNextKey = begin
    if names:
        sorted_ = chain.from_iterable((String(n), names[n]) for n in sorted(names))
        root.IDTree = Dictionary(Names=Array(sorted_))
    book.Root.StructTreeRoot = root
    book.Root.MarkInfo = Dictionary(Marked=True)
    for leaf, at in zip(book.pages, pages, strict=True):
        if at.fragment is not None and "/StructParents" in leaf:
            leaf.StructParents = int(leaf.StructParents) + first[at.fragment]
            for link in leaf.get("/Annots", ()):
                link.StructParent = int(link.StructParent) + first[at.fragment]
    if any(map(any, moved)):
        leaves = (leaf.obj.objgen for leaf in book.pages)
        _move_boxes(document, dict(zip(leaves, moved, strict=True)))


_STAYS = (0.0, 0.0)


def _kids(tag: Any) -> list[Any]:
    kids = tag.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _move_boxes(tag: Any, moved: Mapping[tuple[int, int], tuple[float, float]]) -> None:
    """Where pictures stand is said in their tags too."""
    x, y = moved.get(tag.Pg.objgen, _STAYS) if "/Pg" in tag else _STAYS
    if (x or y) and "/BBox" in tag.get("/A", {}):
        left, bottom, right, top = map(float, tag.A.BBox)
        tag.A.BBox = Array([left + x, bottom + y, right + x, top + y])
    for kid in _kids(tag):
        if isinstance(kid, Dictionary) and "/S" in kid:
            _move_boxes(kid, moved)
