"""`python -m tests.specimens [STYLE]...`."""

import argparse
import sys
from pathlib import Path

from tests.specimens import SPECIMENS
from tests.specimens.draw import draw


def main() -> None:
    """Draw the specimens, and say where each sheet is."""
    parser = argparse.ArgumentParser(prog="python -m tests.specimens")
    parser.add_argument("styles", nargs="*", metavar="STYLE", default=[*SPECIMENS])
    parser.add_argument("-o", "--output", type=Path, default=Path("dist/specimens"))
    chosen = parser.parse_args()
    chosen.output.mkdir(parents=True, exist_ok=True)
    for style in chosen.styles:
        sys.stdout.write(f"{draw(style, chosen.output.resolve())}\n")


main()
