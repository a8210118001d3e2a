"""The frame that every XHTML file of the EPUB has in common."""

import re
from urllib.parse import quote

from publish.language import direction
from publish.xhtml import escape

XHTML = "application/xhtml+xml"
# Where things lie, relative to the package document.
STYLE_SHEET = "styles/book.css"
# For newer reading systems alone; a book is right without it.
NEWER_SHEET = "styles/newer.css"
IMAGES = "images"
FONTS = "fonts"
TEXT = "text"
NAV = "nav.xhtml"
COVER = "cover.xhtml"


def document(title: str, language: str, body: str, *, up: str, matter: str = "") -> str:
    """A whole XHTML file.

    body: what stands inside of `<body>`
    up: the way from the file's folder to the package document, "" or "../"
    matter: the `epub:type` of the body; empty for none
    """
    kind = f' epub:type="{matter}"' if matter else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        "<!DOCTYPE html>\n"
        '<html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{escape(language)}" xml:lang="{escape(language)}"'
        f' dir="{direction(language)}">\n'
        "<head>\n"
        f"<title>{escape(title)}</title>\n"
        f'<link rel="stylesheet" type="text/css" href="{up}{STYLE_SHEET}" />\n'
        f'<link rel="stylesheet" type="text/css" href="{up}{NEWER_SHEET}" />\n'
        "</head>\n"
        f"<body{kind}>\n{body}\n</body>\n</html>\n"
    )


def address(path: str, anchor: str) -> str:
    """A reference to *anchor* in the file at *path*; to the file where it is empty."""
    return f"{path}#{fragment(anchor)}" if anchor else path


def fragment(anchor: str) -> str:
    """*anchor* as it is written after the `#` of an address.

    Letters of other scripts stay as they are: many reading systems compare what they
    find there with the id, letter by letter.
    """
    return _NOT_IN_FRAGMENTS.sub(lambda found: quote(found[0], safe=""), anchor)


# RFC 3987, ifragment: what is left out here must be percent-encoded.
_NOT_IN_FRAGMENTS = re.compile(r"[^\w\-.~!$&'()*+,;=:@/?]")
