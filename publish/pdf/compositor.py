"""Sets documents with WeasyPrint, in a process that it may break."""

import gc
import os
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publish.crew import Files
from publish.pdf.task import NoPangoError, NotSetError, Part, Setup, Task

if TYPE_CHECKING:
    from publish.pdf.typeset import Press


class Compositor:
    """Sets the documents of one edition.

    files: the fonts, by the addresses of `publish.pdf.sheets`
    """

    def __init__(self, setup: Setup, files: Files) -> None:
        self._setup, self._files = setup, files

    @cached_property
    def _text(self) -> "Press":
        return self._press(self._setup.text)

    @cached_property
    def _furniture(self) -> "Press":
        return self._press(self._setup.furniture)

    def _press(self, sheets: tuple[str, ...]) -> "Press":
        _hide_fonts_of_the_machine()
        # Imported here, in the process that sets.
        from publish.pdf.typeset import Press  # noqa: PLC0415

        return Press(self._setup.faces, sheets, self._files)

    def set(self, task: Task, files: Files) -> Part:
        """The document as it is set. files: its pictures, by their addresses

        This is one of the three doors at which any exception is caught: WeasyPrint
        raises all kinds of them at what an author may write. Raises NoPangoError, and
        NotSetError.
        """
        try:
            press = self._text if task.paths else self._furniture
        except OSError as error:
            raise NoPangoError(str(error).splitlines()[0]) from error
        # Nothing that is there already is looked at below.
        gc.freeze()
        try:
            return press.set(task, files)
        except Exception as error:
            raise NotSetError(f"{type(error).__name__}: {error}") from error
        finally:
            # A document is one big web of boxes.
            gc.collect()
            gc.unfreeze()


def _hide_fonts_of_the_machine() -> None:
    """Let Fontconfig know of no font but those of the style.

    Else a letter that the style's fonts lack comes silently from the machine, and the
    same book differs between two of them.
    """
    folder = Path(_FOLDER.name)
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><cachedir>{folder.as_posix()}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


_FOLDER = tempfile.TemporaryDirectory(prefix="publish-")
