"""What an edition is set with, and the works of setting its documents."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from xml.etree.ElementTree import Element

from publish.check_letters import letters_of
from publish.crew import Kit, Work
from publish.drawings import drawn_letters
from publish.kinds import every
from publish.language import in_digits
from publish.model import Book, Edition, Hyphens, Image
from publish.ornaments import signs_of
from publish.pdf.colours import Mixer
from publish.pdf.compositor import Compositor
from publish.pdf.copy import Copies
from publish.pdf.fragments import Fragment
from publish.pdf.ground import Ground, ground_of
from publish.pdf.judgement import Judged
from publish.pdf.numbers import Numbers
from publish.pdf.page import Page
from publish.pdf.press import bleed_of, inking_of, leads_of
from publish.pdf.setter import judge_copy, set_copy, sketch_copy
from publish.pdf.sheets import (
    FONT,
    IMAGE,
    INKS,
    MENDED,
    filled,
    furniture_css,
    text_css,
    used_faces,
)
from publish.pdf.task import Grid, Part, Setup, Task
from publish.pdf.total_fit import Manners
from publish.style import Style
from publish.words import written_text

# Letters that are set in a millisecond, and milliseconds that an element of furniture
# takes.
_LETTERS, _FURNITURE = 50, 2
# Of TeX: `\hyphenpenalty`, where 10,000 is never.
_PENALTIES = {
    Hyphens.NONE: 10_000,
    Hyphens.FEW: 600,
    Hyphens.NORMAL: 200,
    Hyphens.MANY: 50,
}


class Bench:
    """Has the faces, the style sheets and the pictures of an edition, and gives the
    works that need them. draft: whether nobody looks if every word has arrived"""

    def __init__(
        self, book: Book, edition: Edition, style: Style, page: Page, *, draft: bool
    ) -> None:
        self._book, self._edition, self._style = book, edition, style
        self._page, self._draft = page, draft
        self._copies = Copies(book, page)
        self._pictures = {image.name: image.path for image in book.images}

    @cached_property
    def kit(self) -> Kit:
        fonts = {f"{FONT}{n}": face.path for n, face in enumerate(self.setup.faces)}
        printing = self._edition.printing
        inks = printing.profile if printing else None
        return Kit(Compositor, self.setup, fonts | ({INKS: inks} if inks else {}))

    @cached_property
    def setup(self) -> Setup:
        book, style, page = self._book, self._style, self._page
        printing = self._edition.printing
        letters = letters_of(book) | drawn_letters(book)
        letters |= set(book.metadata.title) | set(signs_of(style.ornament))
        # Those of the numbers of pages, which the text may not have.
        letters |= set(in_digits("0123456789", book.metadata.language))
        base = text_css(page, bleed_of(printing))
        base += self.ground.css if self.ground else ""
        text = filled(style.text_css, page)
        return Setup(
            used_faces(style, letters),
            (base, text, MENDED),
            # Heads and numbers are set in the letters of the text.
            (furniture_css(page, book.metadata.language), text, style.furniture_css),
            tagged=leads_of(printing).links,
            inking=inking_of(printing),
            numbered=self._edition.line_numbers,
            manners=Manners(hyphen=_PENALTIES[style.hyphens]),
            grid=Grid(page.top, page.leading) if style.grid else None,
            hiding=style.hiding,
        )

    @cached_property
    def ground(self) -> Ground | None:
        """What the pages of parts have."""
        if not self._style.opener:
            return None
        printing = self._edition.printing
        profile = printing.profile if printing else None
        inks = profile.read_bytes() if profile else b""
        return ground_of(self._style.opener, Mixer(inking_of(printing), inks))

    def fragment(self, fragment: Fragment, numbers: Numbers) -> Work[Part]:
        """Setting it. numbers: as in `Copy`"""
        copy = self._copies.of(fragment, numbers)
        shown = dict.fromkeys(_shown(fragment)) if self._pictures else {}
        pictures = {f"{IMAGE}{name}": self._pictures[name] for name in shown}
        weight = sum(len(written_text(c)) for c in fragment.chapters) // _LETTERS
        work = Work(set_copy, self.kit, copy, pictures, weight)
        return replace(work, do=sketch_copy, better=set_copy) if self._draft else work

    def judged(self, fragment: Fragment, numbers: Numbers) -> Work[Judged]:
        """Looking it over as a compositor would. numbers: as in `Copy`"""
        work = self.fragment(fragment, numbers)
        return Work(judge_copy, work.kit, work.task, work.files, work.weight)

    def furniture(self, root: Element) -> Work[Part]:
        """Setting it. root: its document"""
        weight = sum(1 for _ in root.iter()) * _FURNITURE
        return Work(Compositor.set, self.kit, Task(root), weight=weight)


def _shown(fragment: Fragment) -> Iterator[str]:
    """The names of the pictures in it."""
    for chapter in fragment.chapters:
        for image in every(chapter, Image):
            if image.file:
                yield image.file
