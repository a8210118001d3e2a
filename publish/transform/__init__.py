"""Change a book, one pass at a time. Every pass is a pure function of the book.

Whatever both outputs need is decided here, once, so that a number in the EPUB and
in print cannot differ. A pass cannot fail: what it cannot resolve it leaves as it is,
and `publish.check_book` finds it there.
"""

from collections.abc import Callable

from publish.model import Book
from publish.transform.abbreviations import list_abbreviations
from publish.transform.alternatives import tell_editions
from publish.transform.anchors import add_anchors
from publish.transform.answers import gather_answers
from publish.transform.bold_lines import set_bold_lines
from publish.transform.contents import add_contents
from publish.transform.directions import set_code_left_to_right, set_directions
from publish.transform.division_labels import label_divisions
from publish.transform.empty_code import drop_empty_code
from publish.transform.glossary import define_terms
from publish.transform.index import fill_index, place_index
from publish.transform.link_names import name_links
from publish.transform.links import resolve_links
from publish.transform.matter import add_back_matter, add_front_matter
from publish.transform.names import name_chapters
from publish.transform.notes import number_notes
from publish.transform.numbers import number_headings
from publish.transform.outline import title_chapters
from publish.transform.pictures import resolve_images
from publish.transform.references import resolve_references
from publish.transform.scenes import join_scene_breaks
from publish.transform.settle_marks import settle_marks
from publish.transform.spacing import tie_words
from publish.transform.things import number_things
from publish.transform.verse import part_lines_of_verse

# Run in this order. Titles come early because names, numbers and anchors are made of
# them, and lists that the tool makes before them, since they bring headings; links and
# references need anchors and numbers, and links' names pictures that were found; the
# index says numbers again, and the contents need all of these.
PASSES: tuple[Callable[[Book], Book], ...] = (
    drop_empty_code,
    tie_words,
    set_bold_lines,
    join_scene_breaks,
    part_lines_of_verse,
    gather_answers,
    list_abbreviations,
    settle_marks,
    place_index,
    title_chapters,
    add_front_matter,
    add_back_matter,
    name_chapters,
    number_headings,
    tell_editions,
    add_anchors,
    number_things,
    label_divisions,
    resolve_links,
    resolve_references,
    define_terms,
    resolve_images,
    name_links,
    number_notes,
    set_directions,
    set_code_left_to_right,
    fill_index,
    add_contents,
)


def transform(book: Book) -> Book:
    """Run every pass."""
    for change in PASSES:
        book = change(book)
    return book
