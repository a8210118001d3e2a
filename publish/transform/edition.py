"""The book as it stands in one edition."""

from publish.model import Book, Edition, Format, NotePlace
from publish.transform.contents import add_contents
from publish.transform.endnotes import gather_notes


def for_edition(book: Book, edition: Edition) -> Book:
    """book: that every pass has been over"""
    gathered = book
    if edition.format is not Format.EPUB or edition.notes is not NotePlace.FOOT:
        gathered = gather_notes(book, edition.notes)
    if len(gathered.chapters) == len(book.chapters) and not edition.depth:
        return gathered
    return add_contents(gathered, edition.depth)
