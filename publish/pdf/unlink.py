"""Links to places that are not shown: their words stay, and lead nowhere."""

from collections.abc import Set
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

from publish.pdf.sheets import PLACE

# The number of an object, which tells it from others.
_Id = tuple[int, int]


def unlink(part: Pdf, known: Set[str]) -> None:
    """Take away the links out of a fragment that lead to none of the places *known*."""
    gone: dict[int, _Id] = {}
    for leaf in part.pages:
        kept = Array()
        for link in leaf.get("/Annots", ()):
            if _is_lost(link, known):
                gone[int(link.StructParent)] = link.objgen
            else:
                kept.append(link)
        if len(kept) < len(leaf.get("/Annots", ())):
            leaf.Annots = kept
    if gone:
        _untag(part.Root.StructTreeRoot.ParentTree, gone)


def _is_lost(link: Any, known: Set[str]) -> bool:
    address = str(link.A.get("/URI", "")) if "/A" in link else ""
    return address.startswith(PLACE) and address.removeprefix(PLACE) not in known


def _untag(parents: Any, gone: dict[int, _Id]) -> None:
    """parents: which tag each link is a part of, by number (ISO 32000-1, 14.7.4.4)"""
    kept = Array()
    listed = iter(parents.Nums)
    for number, tag in zip(listed, listed, strict=True):
        if int(number) in gone:
            _take_out(gone[int(number)], tag)
        else:
            kept.extend((number, tag))
    parents.Nums = kept


def _take_out(link: _Id, tag: Any) -> None:
    kids = tag.K if isinstance(tag.K, Array) else [tag.K]
    leads = [kid.Obj.objgen if _is_place(kid) else None for kid in kids]
    tag.K = Array([k for k, to in zip(kids, leads, strict=True) if to != link])
    if not {*leads} - {None, link}:
        # The same as what `tags` makes of a link that led nowhere.
        tag.S = Name.Span


def _is_place(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
