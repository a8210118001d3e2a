"""A whole book whose lines are ended one after the other, as WeasyPrint does by itself,
and stand on no grid.

    python -m tests.benchmarks.speed.line_by_line BOOK PDF

All else is as `publish build` does it.
"""

import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.cli import main as publish
from publish.pdf import setting
from publish.pdf.bench import Bench
from publish.pdf.task import Setup


class _Plain(Bench):
    @cached_property
    def setup(self) -> Setup:
        return replace(super().setup, manners=None, grid=None)


def main() -> None:
    book, pdf = sys.argv[1:]
    setattr(setting, "Bench", _Plain)  # noqa: B010 - mypy takes it for a mistake
    with TemporaryDirectory() as folder:
        command = ["build", book, "-o", folder, "--format", "pdf", "--no-cache"]
        # It ends the process, with a status for what the author should mend.
        with suppress(SystemExit):
            publish.main(command)
        (made,) = Path(folder).glob("*.pdf")
        shutil.move(made, pdf)


if __name__ == "__main__":
    main()
