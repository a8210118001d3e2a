"""The process in which WeasyPrint runs.

A job comes pickled on standard input, an answer goes pickled to standard output. What
happens to this process, a crash or a kill, happens to it alone; and what WeasyPrint
never gives back of its memory is given back when it ends.
"""

import gc
import os
import pickle
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from publish.artifact import Artifact
from publish.model import Book, Edition
from publish.pdf.job import Answer, Job, Refusal
from publish.problems import Position, Problem
from publish.style import Style

# WeasyPrint calls itself some ten times for each box in a box; a manuscript is at most
# a hundred deep before notes, lists and tables add their own. Python's usual limit of
# 1000 calls is met at 137. The stack is only taken where it is used.
CALLS, STACK = 50_000, 512 * 1024 * 1024


def answer(job: Job) -> Answer:
    """The finished PDF, or why there is none.

    This is one of the three doors at which any exception is caught: WeasyPrint raises
    all kinds of them at what an author may write.
    """
    # Imported here, in the process that may lack Pango and may be broken by it.
    try:
        from publish.pdf.setting import set_book  # noqa: PLC0415
    except OSError as error:
        return Refusal((no_pango(job.edition, str(error)),))
    try:
        return set_book(job.book, job.edition, job.style)
    except Exception:
        return second_try(job, set_book)


def second_try(
    job: Job, set_book: Callable[[Book, Edition, Style], Artifact]
) -> Answer:
    """What can be set of a book that cannot."""
    from publish.pdf.failing import without_failing  # noqa: PLC0415

    def sets(book: Book) -> bool:
        try:
            set_book(book, job.edition, job.style)
        except Exception:
            return False
        return True

    # One layout after the other is thrown away here.
    gc.enable()
    book, problems = without_failing(job.book, sets)
    try:
        made = set_book(book, job.edition, job.style)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        at = Position(Path(f"{job.edition.name}.pdf"))
        failure = Problem(at, "pdf-render", f"the book cannot be set in print ({what})")
        return Refusal((*problems, failure))
    return replace(made, problems=(*problems, *made.problems))


def no_pango(edition: Edition, reason: str) -> Problem:
    return Problem(
        Position(Path(f"{edition.name}.pdf")),
        "no-pango",
        f"a PDF needs Pango, which is not installed here ({reason.splitlines()[0]})",
        hint=(
            "install it; on Debian and Ubuntu: apt install libpango-1.0-0"
            " libpangoft2-1.0-0 libharfbuzz-subset0; on Fedora: dnf install pango;"
            " on macOS: brew install pango; on Windows: install MSYS2, then in its"
            " shell: pacman -S mingw-w64-x86_64-pango"
        ),
    )


def main() -> None:
    # What a library prints must not get between the bytes of the answer.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="publish-") as folder:
        _hide_fonts_of_the_machine(Path(folder))
        job = pickle.load(sys.stdin.buffer)
        # A book is one big web of boxes that all live to the end: looking for what
        # could be thrown away costs 5 to 18 % of the time and saves 7 % of the memory.
        gc.disable()
        with out:
            pickle.dump(answer(job), out)


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
