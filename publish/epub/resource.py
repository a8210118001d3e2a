"""One file inside an EPUB."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that the manifest lists.

    id: in the manifest, an XML name
    path: relative to the package document, with slashes
    data: the bytes, or the file that holds them
    properties: of its manifest item, such as "nav" or "cover-image"
    in_spine: whether it is read in turn; the order of the spine is that of the list
    """

    id: str
    path: str
    media_type: str
    data: bytes | Path
    properties: tuple[str, ...] = ()
    in_spine: bool = False

    @property
    def size(self) -> int:
        """Bytes."""
        data = self.data
        return data.stat().st_size if isinstance(data, Path) else len(data)

    def read(self) -> bytes:
        return self.data.read_bytes() if isinstance(self.data, Path) else self.data
