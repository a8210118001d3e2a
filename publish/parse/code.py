"""Colour code. The only module that knows Pygments."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String
from pygments.util import ClassNotFound

from publish.model import Block, Chapter, CodeBlock, CodeToken
from publish.walk import Rewrite, rewrite_chapter

# The kinds a style tells apart. Finer ones only make the file larger: print has
# weight, slant and a few greys to show them with.
KINDS = {
    Comment: "c",
    Keyword: "k",
    Operator.Word: "k",
    String: "s",
    Number: "m",
    Name.Function: "nf",
    Name.Class: "nc",
    Name.Builtin: "nb",
    Name.Tag: "nt",
    Name.Attribute: "na",
    Name.Decorator: "nd",
    Generic.Deleted: "gd",
    Generic.Inserted: "gi",
    Generic.Heading: "gh",
    Generic.Prompt: "gp",
    Generic.Output: "go",
}


def highlight_code(chapter: Chapter) -> Chapter:
    """Blocks of code in a language that Pygments knows are cut into tokens."""
    return rewrite_chapter(chapter, Rewrite(block=_highlight))


def _highlight(block: Block) -> Block:
    if not isinstance(block, CodeBlock) or not block.language or not block.text:
        return block
    return replace(block, tokens=_tokens(block.language, block.text))


@lru_cache(maxsize=4096)
def _tokens(language: str, text: str) -> tuple[CodeToken, ...]:
    lexer = _lexer(language.lower())
    if lexer is None:
        return ()
    tokens = tuple(_merged(lexer, text))
    # A lexer that loses a character must not cost the author a word.
    if "".join([token.text for token in tokens]) != text:
        return ()
    return tokens if any(token.kind for token in tokens) else ()


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _merged(lexer: Lexer, text: str) -> Iterator[CodeToken]:
    kind = ""
    run: list[str] = []
    for token_type, value in lexer.get_tokens(text):
        new = _kind(token_type)
        # White space has no colour: it joins what stands before it.
        if new != kind and not value.isspace():
            if run:
                yield CodeToken(kind, "".join(run))
            kind, run = new, []
        run.append(value)
    if run:
        yield CodeToken(kind, "".join(run))


@cache
def _kind(token_type: object) -> str:
    while token_type is not None:
        if token_type in KINDS:
            return KINDS[token_type]
        token_type = getattr(token_type, "parent", None)
    return ""
