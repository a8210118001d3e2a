"""What stands in a line, as XHTML."""

from typing import assert_never

from publish.addresses import leaves_the_book
from publish.model import (
    BARE,
    Citation,
    CiteKey,
    Code,
    Emphasis,
    Generated,
    Image,
    IndexMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    NoteReference,
    PageReference,
    Span,
    Strike,
    Strong,
    TermReference,
    Text,
)
from publish.xhtml.output import Output, attributes_xhtml, element, escape


def inlines_xhtml(inlines: Inlines, output: Output) -> str:
    return "".join([_inline(inline, output) for inline in inlines])


def _inline(inline: Inline, output: Output) -> str:  # noqa: C901, PLR0912 - a case a kind
    match inline:
        case Text(value) | Generated(value):
            return escape(value)
        case Code(value, attributes):
            return element("code", escape(value), attributes, output)
        case Math():
            return output.formula(inline)
        case LineBreak():
            return "<br />\n"
        case Emphasis(children, attributes):
            return element("em", inlines_xhtml(children, output), attributes, output)
        case Strong(children, attributes):
            inside = inlines_xhtml(children, output)
            return element("strong", inside, attributes, output)
        case Strike(children, attributes):
            return element("s", inlines_xhtml(children, output), attributes, output)
        case Link():
            return _link(inline, output)
        case Image():
            return _image(inline, output)
        case NoteReference():
            return output.note(inline)
        case CiteKey(key, _, bare):
            return escape(f"-@{key}" if bare else f"@{key}")
        case Citation(children):
            return f"[{inlines_xhtml(children, output)}]"
        case PageReference():
            return output.page(inline)
        case IndexMark(children, attributes=attributes):
            inside = inlines_xhtml(children, output)
            bare = attributes == BARE
            return inside if bare else element("span", inside, attributes, output)
        case TermReference():
            return _term_reference(inline, output)
        case Span(tag, children, _, attributes):
            return element(tag, inlines_xhtml(children, output), attributes, output)
        case _:
            assert_never(inline)


def _term_reference(term: TermReference, output: Output) -> str:
    inside = inlines_xhtml(term.children, output)
    if term.target is None:
        return element("span", inside, term.attributes, output, "term")
    href, more = output.href(term.target), output.meaning("glossref")
    return element("a", inside, term.attributes, output, "term", href=href, **more)


def _link(link: Link, output: Output) -> str:
    inside = inlines_xhtml(link.children, output)
    if link.target is not None:
        href = output.href(link.target)
    elif leaves_the_book(link.href):
        href = link.href
    else:
        return element("span", inside, link.attributes, output, title=link.title)
    more = output.meaning("biblioref") if link.source else {}
    return element(
        "a", inside, link.attributes, output, href=href, title=link.title, **more
    )


def _image(image: Image, output: Output) -> str:
    # `alt` always stands there: an empty one is how HTML says "decoration".
    src, alt = escape(output.picture(image.file)), escape(image.alt or "")
    more = attributes_xhtml(image.attributes, output, title=image.title)
    return f'<img src="{src}" alt="{alt}"{more} />'
