"""A book as those who set it otherwise need it: ready, and with its style."""

from dataclasses import dataclass, replace
from pathlib import Path

from publish.images import read_images
from publish.manuscript import read_manuscript
from publish.model import Book, Edition, Format
from publish.parse import parse
from publish.style import Opening, Style, load_style
from publish.transform import transform


@dataclass(frozen=True, slots=True)
class Ready:
    """edition: the first that is a PDF"""

    book: Book
    edition: Edition
    style: Style


def read_ready(folder: Path, into: Path, opening: str = "") -> Ready:
    """into: a folder for its pictures, which stays as long as the book is being made
    opening: where chapters begin, in place of what the style says of it; an author
    cannot choose it yet"""
    manuscript = read_manuscript(folder)
    parsed, _ = parse(manuscript)
    book, _ = read_images(parsed, manuscript.folder, manuscript.cover, into)
    book = transform(replace(book, editions=manuscript.editions))
    edition = next(e for e in manuscript.editions if e.format is Format.PDF)
    style = load_style(edition.style)
    if opening:
        style = replace(style, opening=Opening(opening))
    return Ready(book, edition, style)
