"""Words of an author in a style sheet."""


def quoted(words: str) -> str:
    """As a string of CSS (CSS Syntax 3, 4.3.7)."""
    escaped = "".join(
        f"\\{ord(letter):x} " if letter in _SPECIAL or ord(letter) < _SPACE else letter
        for letter in words
    )
    return f'"{escaped}"'


_SPECIAL, _SPACE = frozenset('"\\<>{}'), 0x20
