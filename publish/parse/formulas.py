"""Read the formulas of a chapter. One that cannot be read is shown as written."""

import re
from collections.abc import Callable
from dataclasses import replace

from publish.mathematics import FormulaError, read_formula
from publish.model import (
    Block,
    Chapter,
    Code,
    CodeBlock,
    Equation,
    Inline,
    Math,
)
from publish.walk import Rewrite, rewrite_chapter

# Is given line, code, message and hint.
Say = Callable[[int, str, str, str], None]
# An author's own number.
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]+)\}")
_LONGEST = 40


def read_formulas(chapter: Chapter, say: Say) -> Chapter:
    """The chapter with its formulas in MathML."""

    def change_inline(inline: Inline) -> Inline:
        if not isinstance(inline, Math):
            return inline
        try:
            formula = read_formula(inline.source, display=False)
        except FormulaError as error:
            _say_bad(inline, error, say)
            return Code(f"${inline.source}$")
        return replace(inline, mathml=formula.mathml, plain=formula.plain)

    def change_block(block: Block) -> Block:
        if not isinstance(block, Equation):
            return block
        try:
            formula = read_formula(block.source, display=True)
        except FormulaError as error:
            _say_bad(block, error, say)
            text = f"{block.source}\n"
            return CodeBlock(text, block.line, attributes=block.attributes)
        tag = _TAG.search(block.source)
        number = tag[1].strip() if tag else ""
        return replace(block, mathml=formula.mathml, number=number)

    return rewrite_chapter(chapter, Rewrite(block=change_block, inline=change_inline))


def _say_bad(formula: Math | Equation, error: FormulaError, say: Say) -> None:
    source = " ".join(formula.source.split())
    shown = source if len(source) <= _LONGEST else f"{source[:_LONGEST]}…"
    message = f"this formula is shown as its source, `{shown}`: {error.reason}"
    hint = "" if isinstance(formula, Equation) else "put a backslash before a dollar"
    hint = f"{hint} that is no formula's" if hint else ""
    say(formula.line, "bad-math", message, hint)
