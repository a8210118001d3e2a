"""Read a text that is not Markdown: blank lines part paragraphs, and that is all."""

from collections.abc import Iterator

from publish.model import Blocks, Paragraph, Text


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
            yield Paragraph((Text("\n".join(lines)),), start)
            lines, start = [], 0
