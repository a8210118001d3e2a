"""The book as it stands in one edition."""

from publish.model import Book, Edition, Format, NotePlace
from publish.transform.contents import add_contents
from publish.transform.endnotes import gather_notes
from publish.transform.index import fill_index
from publish.transform.leaving_out import leave_out


def for_edition(book: Book, edition: Edition) -> Book:
    """book: that every pass has been over"""
    held = gathered = leave_out(book, edition)
    if edition.format is not Format.EPUB or edition.notes is not NotePlace.FOOT:
        gathered = gather_notes(held, edition.notes)
    if held is not book or edition.notes is not NotePlace.FOOT:
        # Marks have gone, or moved with their notes.
        gathered = fill_index(gathered)
    same = held is book and len(gathered.chapters) == len(held.chapters)
    if same and not edition.depth:
        return gathered
    return add_contents(gathered, edition.depth)
