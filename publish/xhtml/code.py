"""Listings, as XHTML."""

from dataclasses import replace

from publish.model import PLAIN_LINES, Attributes, CodeBlock, CodeToken
from publish.walk import lines_of_code
from publish.xhtml.inlines import inlines_xhtml
from publish.xhtml.output import Output, element, escape


def code_xhtml(block: CodeBlock, output: Output) -> str:
    if not block.caption and not block.title:
        return _listing(block, output)
    own = block.attributes
    words = [inlines_xhtml(block.caption, output)] if block.caption else []
    if block.title:
        title = f"<code>{escape(block.title)}</code>"
        words.append(f'<span class="p-file">{title}</span>')
    caption = f"<figcaption>{' '.join(words)}</figcaption>"
    listing = _listing(replace(block, attributes=replace(own, id="")), output)
    inside = f"\n{caption}\n{listing}\n"
    return element("figure", inside, Attributes(own.id), output, "listing")


def _listing(block: CodeBlock, output: Output) -> str:
    inside = _code_lines(block) if block.lines != PLAIN_LINES else _code(block)
    name = f' class="language-{escape(block.language)}"' if block.language else ""
    numbered = "p-numbered" if block.lines.first else ""
    # Code is left to right in a book of any direction.
    return element(
        "pre",
        f"<code{name}>{inside}</code>",
        block.attributes,
        output,
        "code",
        numbered,
        dir="ltr",
    )


def _code(block: CodeBlock) -> str:
    if not block.tokens:
        return escape(block.text)
    return "".join(map(_token, block.tokens))


def _token(token: CodeToken) -> str:
    text = escape(token.text)
    return f'<span class="{token.kind}">{text}</span>' if token.kind else text


def _code_lines(block: CodeBlock) -> str:
    """Each line an element that ends as it does. Its number is no text: nobody wants
    to copy it, or to hear it."""
    said = block.lines
    lines = []
    for number, tokens in enumerate(lines_of_code(block), 1):
        code = "".join(map(_token, tokens))
        calls = "".join(
            f' <span class="p-callout">{call}</span>'
            for line, call in said.calls
            if line == number
        )
        tag = "mark" if number in said.marked else "span"
        shown = f' data-line="{said.first + number - 1}"' if said.first else ""
        lines.append(f'<{tag} class="p-line"{shown}>{code}{calls}\n</{tag}>')
    return "".join(lines)
