"""Read a text that is not Markdown: blank lines part paragraphs, nothing is markup."""

from collections.abc import Iterator

from publish.model import Blocks, Inline, Inlines, LineBreak, Paragraph, Text

# Lines that are shorter were ended by their author, as in verse or an address; longer
# ones by a machine that wraps.
SHORT = 55


def read_plain(text: str) -> Blocks:
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    lines: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            start = start or number
            lines.append(line.strip())
        elif lines:
            yield Paragraph(_joined(lines), start)
            lines, start = [], 0


def _joined(lines: list[str]) -> Inlines:
    if max(map(len, lines)) >= SHORT:
        return (Text("\n".join(lines)),)
    inlines: list[Inline] = []
    for line in lines:
        inlines += (Text(line), LineBreak())
    return tuple(inlines[:-1])
