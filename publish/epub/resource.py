"""One file inside an EPUB."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that the manifest lists.

    id: in the manifest, an XML name
    path: relative to the package document, with slashes
    properties: of its manifest item, such as "nav" or "cover-image"
    in_spine: whether it is read in turn; the order of the spine is that of the list
    """

    id: str
    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False
