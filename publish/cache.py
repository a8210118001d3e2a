"""What is made once and kept for the next build.

Nothing here changes a byte of a book: every entry can be made again, and its name
says what is in it.
"""

import os
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from publish.files import replace_file
from publish.problems import Position, Problem, PublishError


def cached(
    group: str, name: str, suffix: str, make: Callable[[], bytes], at: Position
) -> Path:
    """The file that *make* gives the bytes of, from the cache where it is there.

    group: folder of the cache, e.g. "fonts"
    name: says all that the bytes depend on
    at: what asked for it, for the problem
    Two processes may ask for one file at once. Raises PublishError where the cache
    cannot be written.
    """
    folder = cache_folder(os.environ, sys.platform) / group
    # The digest of what is in it stands in the file's name: a damaged one is passed
    # over and made again.
    for path in sorted(folder.glob(f"{name}-*{suffix}")):
        if path.stem == f"{name}-{_digest(path.read_bytes())}":
            return path
    data = make()
    path = folder / f"{name}-{_digest(data)}{suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep(path, data)
    except OSError as error:
        raise PublishError(
            [
                Problem(
                    at,
                    "no-cache",
                    f"cannot write to {folder}: {error.strerror}",
                    "set PUBLISH_CACHE to a folder that can be written",
                )
            ]
        ) from error
    return path


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def _keep(path: Path, data: bytes) -> None:
    try:
        replace_file(path, [data])
    except PermissionError:
        # Windows does not replace a file that another process has open: then it is
        # there already, and by its name it holds the same bytes.
        if not path.exists():
            raise


def cache_folder(environment: Mapping[str, str], platform: str) -> Path:
    """Where the system wants such files; PUBLISH_CACHE names another place.

    environment: as `os.environ`
    platform: as `sys.platform`
    """
    if chosen := environment.get("PUBLISH_CACHE"):
        return Path(chosen).absolute()
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        base = Path(local) if local else Path.home() / "AppData" / "Local"
        return base / "publish" / "cache"
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "publish"
    # A relative path there is to be passed over (XDG Base Directory Specification).
    shared = Path(environment.get("XDG_CACHE_HOME", ""))
    base = shared if shared.is_absolute() else Path.home() / ".cache"
    return base / "publish"
