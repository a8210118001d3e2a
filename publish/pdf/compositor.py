"""Sets documents with WeasyPrint, in a process that it may break."""

import gc
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publish.crew import Files
from publish.pdf.task import NoPangoError, NotSetError, Part, Setup, Task

if TYPE_CHECKING:
    from publish.pdf.judgement import Judged
    from publish.pdf.typeset import Press


class Compositor:
    """Sets the documents of one edition.

    files: the fonts, by the addresses of `publish.pdf.sheets`
    """

    def __init__(self, setup: Setup, files: Files) -> None:
        self._setup, self._files = setup, files

    def set(self, task: Task, files: Files) -> Part:
        """The document as it is set. files: its pictures, by their addresses

        Raises NoPangoError, and NotSetError.
        """
        press = self._press(task)
        with _door():
            return press.set(task, files)

    def sketch(self, task: Task, files: Files) -> Part:
        """The same as `set`, without a look whether every word has arrived."""
        press = self._press(task)
        with _door():
            return press.sketch(task, files)

    def judge(self, task: Task, files: Files) -> "Judged":
        """What a compositor would mend in the document. Raises as `set` does."""
        press = self._press(task)
        with _door():
            return press.judge(task, files)

    def _press(self, task: Task) -> "Press":
        try:
            return self._text if task.paths else self._furniture
        except OSError as error:
            raise NoPangoError(str(error).splitlines()[0]) from error

    @cached_property
    def _text(self) -> "Press":
        return self._begun(self._setup.text)

    @cached_property
    def _furniture(self) -> "Press":
        return self._begun(self._setup.furniture)

    def _begun(self, sheets: tuple[str, ...]) -> "Press":
        with _fonts_of_the_machine_hidden(), warnings.catch_warnings():
            # Of fonts of the machine, which we do not want.
            warnings.simplefilter("ignore")
            # Imported here, in the process that sets.
            from publish.pdf.typeset import Press  # noqa: PLC0415

            return Press(self._setup, sheets, self._files)


@contextmanager
def _door() -> Iterator[None]:
    """One of the three doors at which any exception is caught: WeasyPrint raises all
    kinds of them at what an author may write."""
    # Nothing that is there already is looked at below.
    gc.freeze()
    try:
        yield
    except Exception as error:
        raise NotSetError(f"{type(error).__name__}: {error}") from error
    finally:
        # A document is one big web of boxes.
        gc.collect()
        gc.unfreeze()


@contextmanager
def _fonts_of_the_machine_hidden() -> Iterator[None]:
    """Let a Fontconfig that begins now know of no font but those of the style.

    Else a letter that the style's fonts lack comes silently from the machine, and the
    same book differs between two of them. What is started later, a reader or a shop's
    converter, has its fonts.
    """
    folder = Path(_FOLDER.name)
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><cachedir>{folder.as_posix()}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    before = os.environ.get(_CONFIG)
    os.environ[_CONFIG] = str(config)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_CONFIG]
        else:
            os.environ[_CONFIG] = before


_CONFIG = "FONTCONFIG_FILE"
_FOLDER = tempfile.TemporaryDirectory(prefix="publish-")
