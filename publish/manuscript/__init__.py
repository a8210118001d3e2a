"""The manuscript: which files, in which order, and what is known of the book.

folder.py       which files there are, and never one outside
decode.py       bytes to text
front_matter.py settings above the text          settings.py  their YAML
page.py         one file read and checked
contents.py     the author's order               natural.py   nobody's
orders/         other tools' orders              listing.py   what an order is
sources.py      pages in order, with role and matter
citing.py       what a book cites from
naming.py       title and language, said or guessed
read.py         all of it, top to bottom
shelf.py        whether a folder holds one book or many
"""

from publish.manuscript.read import read_manuscript
from publish.manuscript.shelf import books_below
from publish.manuscript.source import Citing, Manuscript, Source

__all__ = ["Citing", "Manuscript", "Source", "books_below", "read_manuscript"]
