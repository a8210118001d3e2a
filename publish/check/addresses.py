"""What an address inside an EPUB leads to."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from publish.addresses import leaves_the_book


@dataclass(frozen=True, slots=True)
class Target:
    """path: of a file from the top of the EPUB; begins with "../" when it is outside
    fragment: an id in it; '' for the file as a whole
    """

    path: str
    fragment: str = ""

    @property
    def is_outside(self) -> bool:
        return self.path.startswith(("../", "/")) or self.path == ".."


def target(address: str, base: str) -> Target | None:
    """Where *address* in the file *base* leads; None for no file of the EPUB."""
    address = address.strip()
    if leaves_the_book(address):
        return None
    path, _, fragment = address.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return Target(base, unquote(fragment))
    if path.startswith("/"):
        # From the top of the EPUB, and never of the machine.
        path = posixpath.relpath(path, "/" + posixpath.dirname(base))
    whole = posixpath.join(posixpath.dirname(base), path)
    # "../" at the top leads outside; normpath keeps it.
    return Target(posixpath.normpath(whole), unquote(fragment))


def scheme(address: str) -> str:
    """ "https" of "https://…"; "https" for one that begins with two slashes, too."""
    head, colon, _ = address.strip().partition(":")
    return head.lower() if colon and not address.startswith("//") else "https"
