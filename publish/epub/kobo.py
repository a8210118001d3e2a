"""What Kobo's own reading system wants: each sentence in a span of its own.

It counts pages, remembers places and keeps notes by them. Other systems pass them over.
The form is that of the files that Kobo sells, as the program kepubify writes it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.parsers.expat import ParserCreate

from publish.epub.document import XHTML
from publish.epub.resource import Resource

# What is no text of the book, and what is set by its lines.
_APART = frozenset({"head", "math", "svg", "pre", "rt", "rp", "nav"})
# A block: the first number of the spans in it is its own.
_BLOCKS = frozenset(
    {"p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"figcaption", "caption", "blockquote", "div", "section", "aside", "figure"}
)
# A sentence with what closes it, and the space behind it.
_SENTENCE = re.compile(r".+?(?:[.!?…。！？؟۔]+[\"'”’»)\]]*(?=\s|$)\s*|$)", re.DOTALL)
_BODY = re.compile(r"<body[^>]*>")
_FRAME = '<div id="book-columns"><div id="book-inner">', "</div></div>"


def for_kobo(resource: Resource) -> Resource:
    """A file of text with these spans; any other file as it is."""
    if resource.media_type != XHTML or not resource.in_spine:
        return resource
    data = _with_spans(resource.read()).decode()
    begin, end = _FRAME
    data = _BODY.sub(lambda found: f"{found[0]}{begin}", data, count=1)
    return replace(resource, data=data.replace("</body>", f"{end}</body>").encode())


def _with_spans(data: bytes) -> bytes:
    out: list[bytes] = []
    done = 0
    for start, stop, name in _Reader(data).spans():
        out += [
            data[done:start],
            b'<span class="koboSpan" id="%s">' % name.encode(),
            data[start:stop],
            b"</span>",
        ]
        done = stop
    return b"".join([*out, data[done:]])


class _Reader:
    """Goes through a file; what is found are bytes from and to, in their order."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._block = self._apart = 0
        # Where the text began that is being read, and of which block it is.
        self._open: tuple[int, int] | None = None
        parser = self._parser = ParserCreate()
        parser.buffer_text = False
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self._found: list[tuple[int, int, int]] = []
        parser.Parse(data, True)

    def _close(self) -> None:
        if self._open:
            start, block = self._open
            self._found.append((start, self._parser.CurrentByteIndex, block))
            self._open = None

    def _begin(self, tag: str, _: dict[str, str]) -> None:
        self._close()
        if self._apart or tag in _APART:
            self._apart += 1
        elif tag in _BLOCKS:
            self._block += 1
        elif tag == "img":
            start = self._parser.CurrentByteIndex
            stop = self._data.index(b">", start) + 1
            self._found.append((start, stop, self._block))

    def _end(self, _: str) -> None:
        self._close()
        if self._apart:
            self._apart -= 1

    def _text(self, _: str) -> None:
        if not self._apart and not self._open:
            self._open = (self._parser.CurrentByteIndex, self._block)

    def spans(self) -> Iterator[tuple[int, int, str]]:
        """With the id of each."""
        last, count = -1, 0
        for start, stop, block in self._found:
            text = self._data[start:stop].decode()
            pieces = [text] if text.startswith("<img") else _SENTENCE.findall(text)
            at = start
            for piece in pieces:
                end = at + len(piece.encode())
                if piece.strip():
                    count = count + 1 if block == last else 1
                    last = block
                    yield at, end, f"kobo.{block}.{count}"
                at = end
