"""Lines of verse, each an element, so that one too long hangs what turns over."""

from xml.etree.ElementTree import Element, SubElement

from publish.pdf.classes import classes


def hang_lines(section: Element) -> None:
    """Cut the paragraphs of verse at the breaks that the poet made."""
    for verse in section.iter():
        if "verse" not in classes(verse):
            continue
        for stanza in [verse] if verse.tag == "p" else verse.iter("p"):
            _cut(stanza)


def _cut(stanza: Element) -> None:
    children, first = list(stanza), stanza.text
    stanza[:], stanza.text = [], None
    line = SubElement(stanza, "span", {"class": "p-line"})
    line.text = first
    for child in children:
        if child.tag == "br":
            # White space behind a break belongs to no line.
            line = SubElement(stanza, "span", {"class": "p-line"})
            line.text = (child.tail or "").lstrip("\n")
        else:
            line.append(child)
