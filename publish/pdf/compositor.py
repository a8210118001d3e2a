"""The process in which WeasyPrint runs: it sets one document after the other.

What they have in common comes first on standard input, pickled, then a task at a time;
an answer goes out for each. What happens to this process, a crash or a kill, happens to
it alone; and what WeasyPrint never gives back of its memory is given back when it ends.
"""

import gc
import os
import pickle
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publish.pdf.task import Answer, Failure, NoPango, Setup, Task

if TYPE_CHECKING:
    from publish.pdf.typeset import Press

# WeasyPrint calls itself some ten times for each box in a box; a manuscript is at most
# a hundred deep before notes, lists and tables add their own. Python's usual limit of
# 1000 calls is met at 137. The stack is only taken where it is used.
CALLS, STACK = 50_000, 512 * 1024 * 1024


class Compositor:
    """Sets the documents of one edition."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    @cached_property
    def _text(self) -> "Press":
        # Imported here, in the process that may lack Pango and may be broken by it.
        from publish.pdf.typeset import Press  # noqa: PLC0415

        return Press(self._setup.faces, self._setup.text, self._setup.images)

    @cached_property
    def _furniture(self) -> "Press":
        from publish.pdf.typeset import Press  # noqa: PLC0415

        return Press(self._setup.faces, self._setup.furniture, self._setup.images)

    def answer(self, task: Task) -> Answer:
        """The document as it is set, or why it cannot be.

        This is one of the three doors at which any exception is caught: WeasyPrint
        raises all kinds of them at what an author may write.
        """
        try:
            press = self._text if task.paths else self._furniture
        except OSError as error:
            return NoPango(str(error).splitlines()[0])
        try:
            return press.set(task)
        except Exception as error:
            return Failure(f"{type(error).__name__}: {error}")


def main() -> None:
    # What a library prints must not get between the bytes of the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    # A document is one big web of boxes that all live to the end: looking for what
    # could be thrown away costs 5 to 18 % of the time and saves 7 % of the memory.
    gc.disable()
    with tempfile.TemporaryDirectory(prefix="publish-") as folder, out:
        _hide_fonts_of_the_machine(Path(folder))
        try:
            compositor = Compositor(pickle.load(sys.stdin.buffer))
            while True:
                task = pickle.load(sys.stdin.buffer)
                pickle.dump(compositor.answer(task), out, pickle.HIGHEST_PROTOCOL)
                out.flush()
                del task
                gc.collect()
        except (EOFError, BrokenPipeError):
            # Nobody has more to set.
            return


def _hide_fonts_of_the_machine(folder: Path) -> None:
    """Let Fontconfig know of no font but those of the style.

    Else a letter that the style's fonts lack comes silently from the machine, and the
    same book differs between two of them.
    """
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><cachedir>{folder.as_posix()}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


def _run_deep(work: Callable[[], None]) -> None:
    """Run with room for deep recursion, which the main thread's stack may not have."""
    sys.setrecursionlimit(CALLS)
    threading.stack_size(STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


if __name__ == "__main__":
    _run_deep(main)
