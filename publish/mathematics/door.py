"""The door to two libraries that raise all kinds of exceptions at what is written."""

from collections.abc import Iterator
from contextlib import contextmanager


class FormulaError(Exception):
    """A formula that cannot be shown. reason: in an author's words, as a sentence"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# What latex2mathml means by its exceptions.
_REASONS = {
    "RecursionError": "it is too deep or too long",
    "DenominatorNotFoundError": "a fraction has nothing below its line",
    "NumeratorNotFoundError": "a fraction has nothing above its line",
    "ExtraLeftOrMissingRightError": "there is a `\\left` without its `\\right`",
    "MissingSuperScriptOrSubscriptError": "nothing follows a `^` or `_`",
    "DoubleSubscriptsError": "there are two `_` behind one sign; write braces",
    "DoubleSuperscriptsError": "there are two `^` behind one sign; write braces",
    "NoAvailableTokensError": "something is missing at its end",
    "MissingEndError": "there is a `\\begin` without its `\\end`",
    "InvalidAlignmentError": "the columns of an array are l, c and r only",
    "LimitsMustFollowMathOperatorError": "`\\limits` follows no operator",
}


@contextmanager
def door() -> Iterator[None]:
    """Raises FormulaError for whatever is raised within."""
    try:
        yield
    except FormulaError:
        raise
    except Exception as error:
        reason = _REASONS.get(type(error).__name__, "it cannot be read")
        raise FormulaError(reason) from error
