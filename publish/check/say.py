"""How a check says what it found."""

from publish.problems import Position, Problem, Severity

# Longer than any name that a person gives, shorter than what fills a screen.
_LONG = 120


def warn(at: Position, code: str, message: str, hint: str = "") -> Problem:
    """The file can be read, but not by everyone, or not as it is meant."""
    return Problem(at, code, message, hint, Severity.WARNING)


def shown(words: str) -> str:
    """Words out of a stranger's file, fit for a line on a terminal."""
    line = " ".join(words.split())
    if len(line) > _LONG:
        line = line[:_LONG] + "…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
