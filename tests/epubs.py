"""A small EPUB by hand, good in every way, for tests to spoil."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

MIMETYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0"
  unique-identifier="id" xml:lang="en">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:isbn:9780306406157</dc:identifier>
    <dc:title>The Lamp</dc:title>
    <dc:language>en</dc:language>
    <dc:creator id="ada">Ada Bell</dc:creator>
    <meta refines="#ada" property="role" scheme="marc:relators">aut</meta>
    <dc:date>2026-05-01</dc:date>
    <meta property="dcterms:modified">2026-05-01T12:00:00Z</meta>
    <meta property="pageBreakSource">urn:isbn:9780306406164</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessMode">visual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">alternativeText</meta>
    <meta property="schema:accessibilityFeature">pageNavigation</meta>
    <meta property="schema:accessibilityFeature">pageBreakMarkers</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">It can be read aloud.</meta>
    <meta name="cover" content="picture"/>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"
      properties="nav"/>
    <item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
    <item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
    <item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="css" href="book.css" media-type="text/css"/>
    <item id="picture" href="cover.png" media-type="image/png"
      properties="cover-image"/>
  </manifest>
  <spine toc="ncx">
    <itemref idref="cover"/>
    <itemref idref="one"/>
    <itemref idref="two"/>
  </spine>
</package>
"""
NAV = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  lang="en" xml:lang="en">
<head><title>Contents</title></head>
<body>
<nav epub:type="toc" role="doc-toc" aria-label="Contents">
  <ol>
    <li><a href="text/one.xhtml">Oil</a>
      <ol><li><a href="text/one.xhtml#tin">The tin</a></li></ol></li>
    <li><a href="text/two.xhtml">Wind</a></li>
  </ol>
</nav>
<nav epub:type="page-list" role="doc-pagelist" aria-label="Pages" hidden="hidden">
  <ol><li><a href="text/one.xhtml#p1">1</a></li></ol>
</nav>
<nav epub:type="landmarks" aria-label="Landmarks" hidden="hidden">
  <ol><li><a epub:type="bodymatter" href="text/one.xhtml">Oil</a></li></ol>
</nav>
</body>
</html>
"""
NCX = """<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
  <head><meta name="dtb:uid" content="urn:isbn:9780306406157"/></head>
  <docTitle><text>The Lamp</text></docTitle>
  <navMap>
    <navPoint id="n1"><navLabel><text>Oil</text></navLabel>
      <content src="text/one.xhtml"/></navPoint>
    <navPoint id="n2"><navLabel><text>Wind</text></navLabel>
      <content src="text/two.xhtml"/></navPoint>
  </navMap>
</ncx>
"""
HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  lang="en" xml:lang="en">
"""
COVER = f"""{HEAD}<head><title>Cover</title></head>
<body><img src="cover.png" alt="The Lamp, by Ada Bell"/></body>
</html>
"""
ONE = f"""{HEAD}<head><title>Oil</title>
<link rel="stylesheet" href="../book.css"/></head>
<body>
<section epub:type="chapter" role="doc-chapter" aria-label="Oil">
<h1>Oil</h1>
<p><span epub:type="pagebreak" role="doc-pagebreak" id="p1" aria-label="1"/>One tin.</p>
<h2 id="tin">The tin</h2>
<p>Go on to <a href="two.xhtml#storm">the storm</a>, or
<a href="https://example.org/">look outside</a>.</p>
</section>
</body>
</html>
"""
TWO = f"""{HEAD}<head><title>Wind</title></head>
<body><h1 id="storm">Wind</h1><p>South-west.</p></body>
</html>
"""
CSS = """body { margin: 0 5%; }
h1 { text-align: center; }
"""


def png(width: int = 1600, height: int = 2560) -> bytes:
    """A grey picture of one colour."""
    rows = zlib.compress((b"\0" + b"\x80" * width) * height, 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + name
        + data
        + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


FILES: Mapping[str, str | bytes] = {
    "META-INF/container.xml": CONTAINER,
    "EPUB/book.opf": PACKAGE,
    "EPUB/nav.xhtml": NAV,
    "EPUB/toc.ncx": NCX,
    "EPUB/cover.xhtml": COVER,
    "EPUB/text/one.xhtml": ONE,
    "EPUB/text/two.xhtml": TWO,
    "EPUB/book.css": CSS,
    "EPUB/cover.png": png(),
}


def pack(path: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    """Write an EPUB: `mimetype` as it must be, then *files* in their order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as epub:
        epub.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        for name, data in files.items():
            epub.writestr(name, data)
    return path


def spoilt(path: Path, name: str, old: str, new: str) -> Path:
    """Write the good EPUB with one thing changed in the text of one file."""
    text = FILES[name]
    assert isinstance(text, str), f"{name} is no text"
    assert old in text, f"{old} does not stand in {name}"
    return pack(path, {**FILES, name: text.replace(old, new, 1)})


def with_item(
    name: str, media_type: str, data: str | bytes, attributes: str = ""
) -> dict[str, str | bytes]:
    """The files of the good EPUB, and one more that is in its manifest."""
    item = f'<item id="more" href="{name}" media-type="{media_type}" {attributes}/>'
    package = PACKAGE.replace("</manifest>", f"{item}</manifest>")
    return {**FILES, "EPUB/book.opf": package, f"EPUB/{name}": data}
