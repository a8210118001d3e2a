"""The specimen of a style: a short book of the kind that the style is for.

Each folder holds a text, which several styles may share. The editions are made here, so
that a new style wants a line and no file.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Specimen:
    """text: a folder beside this file; trim: the size of a page"""

    text: str
    trim: str = "6x9in"


SPECIMENS = {
    "classic": Specimen("novel"),
    "modern": Specimen("novel"),
    "large-print": Specimen("novel", "7x10in"),
    "report": Specimen("report"),
    "manual": Specimen("manual"),
    "verse": Specimen("poems", "5.5x8.5in"),
}
# The editions of each: one for the screen, one that is read as a file, and one that a
# printer binds, which has a cover.
EBOOK, PRINT, PAPERBACK = "ebook", "print", "paperback"


def write_specimen(style: str, folder: Path) -> Path:
    """The book that shows *style*, written into a folder that is not there yet."""
    specimen = SPECIMENS[style]
    shutil.copytree(HERE / specimen.text, folder)
    on_paper = f'format = "pdf"\nstyle = "{style}"\ntrim = "{specimen.trim}"\n'
    with (folder / "book.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[editions.{EBOOK}]\nformat = "epub"\nstyle = "{style}"\n')
        file.write(f"\n[editions.{PRINT}]\n{on_paper}")
        file.write(f'\n[editions.{PAPERBACK}]\nprinter = "kdp"\n{on_paper}')
    return folder
