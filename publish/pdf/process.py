"""Begin to make a PDF, and take what was made."""

from dataclasses import dataclass

from publish.artifact import Artifact
from publish.crew import Executor, crew
from publish.drawings import name_fonts
from publish.flow import PrintedPage
from publish.images.inks import NO_INKS, Inks
from publish.images.pressed import press_images
from publish.model import FINAL, Book, Edition, Proof
from publish.pdf.setting import Setting
from publish.style import Style


@dataclass(frozen=True, slots=True)
class RunningPdf:
    """A PDF that is being made while its maker does other things."""

    setting: Setting
    executor: Executor

    def printed(self) -> tuple[PrintedPage, ...]:
        """Wait for its pages, and say where each of them begins.

        Raises PublishError where there are none; see `finish`.
        """
        return self.setting.printed(self.executor)

    def finish(self) -> Artifact:
        """Wait for the PDF.

        Raises PublishError where there is none: Pango is missing, nothing of the book
        can be set, or the processes were ended.
        """
        return self.setting.finish(self.executor)


def start_pdf(
    book: Book,
    edition: Edition,
    style: Style,
    executor: Executor,
    proof: Proof = FINAL,
) -> RunningPdf:
    """Begin to make the PDF of *edition*."""
    if edition.printing:
        printing = edition.printing
        inks = NO_INKS
        if printing.turns_colours and printing.profile:
            profile = printing.profile.read_bytes()
            inks = Inks(profile, printing.printer.colours.ink)
        book = press_images(book, printing.paper.ink, executor, inks)
    setting = Setting(name_fonts(book, style, executor), edition, style, proof)
    setting.begin(executor)
    return RunningPdf(setting, executor)


def render_pdf(
    book: Book, edition: Edition, style: Style, proof: Proof = FINAL
) -> Artifact:
    """The PDF of *edition*, made in processes of its own. The same input always gives
    the same bytes.

    Raises PublishError where there is none; see `RunningPdf.finish`.
    """
    with crew() as executor:
        return start_pdf(book, edition, style, executor, proof).finish()
