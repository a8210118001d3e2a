"""What a PDF says about itself, in XMP (ISO 16684-1)."""

from collections.abc import Sequence

from publish.model import Metadata
from publish.xhtml import escape

# No byte order mark in the first line: it is UTF-8 without one.
_PACKET = """\
<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{facts}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def xmp_packet(metadata: Metadata, *, accessible: bool) -> bytes:
    """Title, authors and language, and that the file is PDF/UA-1 if it is.

    accessible: whether the file may claim it
    """
    title = f'<rdf:li xml:lang="x-default">{escape(metadata.title)}</rdf:li>'
    facts = [f"<dc:title><rdf:Alt>{title}</rdf:Alt></dc:title>"]
    if metadata.authors:
        facts.append(f"<dc:creator>{_list('Seq', metadata.authors)}</dc:creator>")
    facts.append(f"<dc:language>{_list('Bag', [metadata.language])}</dc:language>")
    if accessible:
        facts.append("<pdfuaid:part>1</pdfuaid:part>")
    return _PACKET.format(facts="\n".join(facts)).encode()


def _list(kind: str, values: Sequence[str]) -> str:
    items = "".join([f"<rdf:li>{escape(value)}</rdf:li>" for value in values])
    return f"<rdf:{kind}>{items}</rdf:{kind}>"
