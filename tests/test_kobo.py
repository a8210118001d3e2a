"""Files for Kobo's own reading system: each sentence in a span, nothing else new."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from publish.check import check_epub
from publish.epub.kobo import for_kobo
from publish.epub.resource import Resource
from publish.model import Format
from publish.pipeline import build
from publish.wanted import Wanted
from tests.writing import write

TOML = """
[book]
title = "The Lamp"
language = "en"
people = ["Ada Bell"]

[editions.ebook]
format = "epub"

[editions.kobo]
format = "epub"
kobo = true
"""
TEXT = """# One

She came. “Late!” he said; *very* late. A & B[^1] are 3.5 m apart.

![A lamp](a.svg "The lamp"){#fig-a}

```
x = 1. y = 2.
```

| a | b |
|---|---|
| c | d. e |

Math $x. y$ here.

[^1]: Note one. Two.
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def spanned(body: str) -> str:
    text = f"<html><head><title>A. B</title></head><body>{body}</body></html>"
    file = Resource("a", "a.xhtml", "application/xhtml+xml", text.encode(), (), True)
    made = for_kobo(file).read().decode()
    _, _, inside = made.partition('id="book-inner">')
    found = re.sub(r'<span class="koboSpan" id="kobo.([0-9.]+)">', r"<\1|", inside)
    return found.removesuffix("</div></div></body></html>").replace("</span>", ">")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>One. Two.</p>", "<p><1.1|One. ><1.2|Two.></p>"),
        ("<p>Is it 3.5? Yes</p>", "<p><1.1|Is it 3.5? ><1.2|Yes></p>"),
        ("<p>a <em>b.</em> c</p>", "<p><1.1|a ><em><1.2|b.></em><1.3| c></p>"),
        ("<p>a &amp; b. c</p>", "<p><1.1|a &amp; b. ><1.2|c></p>"),
        ("<p>«یک؟ دو.»</p>", "<p><1.1|«یک؟ ><1.2|دو.»></p>"),
        ("<pre>a. b</pre>", "<pre>a. b</pre>"),
        ("<p>a</p>\n<p>b</p>", "<p><1.1|a></p>\n<p><2.1|b></p>"),
        ('<p><img src="x" alt="" /></p>', '<p><1.1|<img src="x" alt="" />></p>'),
    ],
)
def test_each_sentence_has_a_span(body: str, found: str) -> None:
    assert spanned(body) == found


def test_a_book_for_kobo_is_the_same_book(tmp_path: Path) -> None:
    write(tmp_path, {"book.toml": TOML, "1.md": TEXT, "a.svg": PICTURE})
    plain, kobo = build(tmp_path, Wanted(formats=(Format.EPUB,))).artifacts

    assert (plain.name, kobo.name) == (
        "the-lamp-ebook.epub",
        "the-lamp-kobo.kepub.epub",
    )
    texts = []
    for artifact in (plain, kobo):
        with zipfile.ZipFile(BytesIO(artifact.data)) as epub:
            (name,) = (n for n in epub.namelist() if n.endswith("-one.xhtml"))
            texts.append(re.sub("<[^>]+>", "", epub.read(name).decode()))
        path = tmp_path / artifact.name
        path.write_bytes(artifact.data)
        assert [str(problem) for problem in check_epub(path)] == []
    assert texts[0] == texts[1]
