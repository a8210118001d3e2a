"""Orders of files that other tools wrote, each tool in a file of its own."""

from collections.abc import Callable

from publish.manuscript.folder import Folder
from publish.manuscript.listing import Listing
from publish.manuscript.orders.bookdown import read_bookdown
from publish.manuscript.orders.crowbook import read_crowbook
from publish.manuscript.orders.electric import read_electric
from publish.manuscript.orders.leanpub import read_book_txt
from publish.manuscript.orders.quarto import read_quarto
from publish.manuscript.orders.summary import read_summary

# The first that finds its file gives the order.
_READERS: tuple[Callable[[Folder], Listing | None], ...] = (
    read_bookdown,
    read_quarto,
    read_book_txt,
    read_crowbook,
    read_electric,
)

__all__ = ["read_other_order"]


def read_other_order(folder: Folder, base: str | None) -> Listing | None:
    """The order that another tool wrote, if one did.

    base: where mdBook has its text; None when no `book.toml` of mdBook is there
    """
    if listing := read_summary(folder, base):
        return listing
    for read in _READERS:
        if listing := read(folder):
            return listing
    return None
