"""Write files whole or not at all."""

from pathlib import Path
from secrets import token_hex


def replace_file(path: Path, data: bytes) -> None:
    """Write *path*, in place of what may be there, so that nobody opens half a file,
    whoever else is reading or writing it. Its folder must be there.

    Raises OSError, with what was there before still there.
    """
    # The name is chance and nobody sees it; an ordinary file has the mode that the
    # system gives to files, which a temporary one has not.
    part = path.with_name(f".publish-{token_hex(8)}")
    try:
        with part.open("xb") as file:
            file.write(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
