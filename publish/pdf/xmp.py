"""What a PDF says about itself, in XMP (ISO 16684-1)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from publish.model import Metadata
from publish.xhtml import escape

# No byte order mark in the first line: it is UTF-8 without one.
_PACKET = """\
<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{facts}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


# PDF/A wants to be told of every word that it does not know (ISO 19005-2, 6.6.2.3.3).
_ABOUT_UA = """\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def xmp_packet(
    metadata: Metadata, dated: datetime | None, *, accessible: bool, lasting: bool
) -> bytes:
    """Title, authors, language and date, and what the file is.

    dated: of the file; None for none
    accessible: whether it may claim PDF/UA-1; lasting: PDF/A-2u
    """
    facts = "\n".join(_facts(metadata, dated, accessible=accessible, lasting=lasting))
    return _PACKET.format(facts=facts).encode()


def _facts(
    metadata: Metadata, dated: datetime | None, *, accessible: bool, lasting: bool
) -> Iterator[str]:
    title = f'<rdf:li xml:lang="x-default">{escape(metadata.title)}</rdf:li>'
    yield f"<dc:title><rdf:Alt>{title}</rdf:Alt></dc:title>"
    if metadata.authors:
        yield f"<dc:creator>{_list('Seq', metadata.authors)}</dc:creator>"
    yield f"<dc:language>{_list('Bag', [metadata.language])}</dc:language>"
    if dated:
        moment = f"{dated:%Y-%m-%dT%H:%M:%SZ}"
        yield f"<xmp:CreateDate>{moment}</xmp:CreateDate>"
        yield f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>"
    if lasting:
        yield "<pdfaid:part>2</pdfaid:part>"
        yield "<pdfaid:conformance>U</pdfaid:conformance>"
    if accessible:
        yield "<pdfuaid:part>1</pdfuaid:part>"
    if accessible and lasting:
        yield _ABOUT_UA


def _list(kind: str, values: Sequence[str]) -> str:
    items = "".join([f"<rdf:li>{escape(value)}</rdf:li>" for value in values])
    return f"<rdf:{kind}>{items}</rdf:{kind}>"


_PRESS = """\
<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdf:Trapped>False</pdf:Trapped>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def press_packet(metadata: Metadata) -> bytes:
    """That a file is PDF/X-4, and what that has to say (ISO 15930-7, 6.15 and 6.16)."""
    return _PRESS.format(
        title=escape(metadata.title),
        moment=f"{metadata.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        document=uuid5(NAMESPACE_URL, metadata.identifier),
    ).encode()
