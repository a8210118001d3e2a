"""What makes a book of a manuscript: this package and all that it is built on."""

import ctypes
import platform
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from publish.plugins import style_folders

# Libraries of the system, by the function that tells their version.
_LIBRARIES = {
    "pango_version": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "FcGetVersion": (
        "libfontconfig.so.1",
        "libfontconfig.dylib",
        "libfontconfig-1.dll",
    ),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0.dll"),
}


@cache
def engine() -> str:
    """Other as soon as anything is other that could change a byte of a book, but for
    the manuscript: our own code, all styles, libraries, fonts, Python."""
    digest = sha256()
    for part in _parts():
        digest.update(part)
    return digest.hexdigest()


def _parts() -> Iterator[bytes]:
    yield f"{sys.version} {platform.machine()} {zlib.ZLIB_RUNTIME_VERSION}".encode()
    for package in sorted(set(_installed())):
        yield package.encode()
    for call, names in _LIBRARIES.items():
        yield _library(call, names).encode()
    ours = Path(__file__).parent
    for folder in (ours, ours.parent / "styles"):
        # A version has more than one day.
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(folder).as_posix().encode()
                yield path.read_bytes()
    for name, folder in style_folders().items():
        yield name.encode()
        for path in sorted((*folder.glob("*.toml"), *folder.glob("*.css"))):
            yield path.name.encode()
            yield path.read_bytes()


def _installed() -> Iterator[str]:
    """Name and version of every package, after which a folder is called."""
    for folder in sys.path:
        yield from (path.name for path in Path(folder).glob("*.dist-info"))


def _library(call: str, names: tuple[str, ...]) -> str:
    """The version of a library of the system, as it says itself."""
    for name in names:
        try:
            function = getattr(ctypes.CDLL(name), call)
        except (OSError, AttributeError):
            continue
        function.restype = ctypes.c_char_p if call.endswith("string") else ctypes.c_int
        return f"{name} {function()}"
    return call
