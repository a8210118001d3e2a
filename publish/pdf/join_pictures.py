"""Pictures and signs of formulas that several parts of a book show, stored once."""

from hashlib import sha256
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

# See `outlined`, which can be loaded only where there is a WeasyPrint.
_SIGN = "/sign"


def share_pictures(book: Pdf) -> None:
    """Let all pages show the first of pictures that are the same."""
    first: dict[bytes, Any] = {}
    shared: dict[tuple[int, int], Any] = {}
    for leaf in book.pages:
        resources: Any = leaf.get("/Resources", Dictionary())
        drawn = resources.get("/XObject", Dictionary())
        for key in sorted(drawn.keys()):
            picture = drawn[key]
            if picture.get("/Subtype") != Name.Image and not key.startswith(_SIGN):
                continue
            if picture.objgen not in shared:
                same = first.setdefault(_digest(picture), picture)
                shared[picture.objgen] = same
            drawn[key] = shared[picture.objgen]


def _digest(picture: Any) -> bytes:
    """Of all that is seen of a picture."""
    return sha256(_spelt(picture).encode()).digest()


def _spelt(value: Any) -> str:
    """The same for two values that are the same, whatever their object numbers."""
    if isinstance(value, Array):
        return f"[{' '.join(map(_spelt, value))}]"
    if not isinstance(value, Dictionary | Stream):
        return str(value)
    inside = " ".join(f"{key} {_spelt(value[key])}" for key in sorted(value.keys()))
    if isinstance(value, Stream):
        inside += f" {sha256(value.read_raw_bytes()).hexdigest()}"
    return f"<<{inside}>>"
