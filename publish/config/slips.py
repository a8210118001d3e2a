"""What writers get wrong in a line of TOML, and how to write it."""

import re

# Quotes as word processors make them.
_CURLY = "“”„‟«»‘’‚‹›"
# Everything before a comment, and the quotes that are closed in it.
_CLOSED = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'""")
_VALUE = re.compile(r"""\s*([\w.-]+)\s*=\s*([^\s"'\[{#][^"#]*?)\s*(?:#.*)?$""")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}")
_HINT = "text stands in quotes, a list in [ ]"


# What TOML says of more than one line, and what to do.
_SAID = {
    "unclosed array": ("a list is not closed", "end it with ]"),
    "cannot overwrite a value": ("a key is set twice", "take one of the two away"),
    "unterminated string": ("three quotes are opened and not closed", "close them"),
}
_TWICE = re.compile(r"cannot declare \('([^']*)',?(.*)\) twice")


def explained(message: str, line: str) -> tuple[str, str]:
    """What TOML has to say of a *line*, in words for writers, and what to do."""
    message = message[:1].lower() + message[1:]
    if twice := _TWICE.fullmatch(message):
        table = "a group" if twice[2] else f"[{twice[1]}]"
        return f"{table} stands twice", "put all that belongs to it under one"
    said, hint = _SAID.get(message) or slip(line)
    return said or message, hint


def slip(line: str) -> tuple[str, str]:
    """What is wrong with a line that is no TOML, '' if unknown, and what to do."""
    bare = _CLOSED.sub("", line)
    if any(sign in bare for sign in _CURLY):
        straight = re.sub(f"[{_CURLY}]", '"', line.strip())
        return "typographic quotes", f"use straight ones: {straight}"
    if is_unclosed(line):
        return "a quote is opened and not closed", _closing(line)
    if found := _VALUE.match(line):
        return _bare_value(found[1], found[2])
    if re.match(r"\s*\w+\s*:", line):
        key, _, value = line.strip().partition(":")
        return "an equals sign is missing", f"write {key.strip()} = {value.strip()}"
    if re.match(r"\s*\[[\w. -]*$", line):
        return "a bracket is not closed", f"write {line.strip()}]"
    if line.count('"') > 2 or line.count("'") > 2:  # noqa: PLR2004 - those round it
        other = "' '" if '"' in line else '" "'
        return "quotes within quotes", f"put the value between {other}"
    if "\\" in line:
        return "", "write / instead of \\, or put the value between ' '"
    return "", _HINT


def is_unclosed(line: str) -> bool:
    """Whether a quote is opened on a line and not closed."""
    bare = _CLOSED.sub("", line.replace('"""', "").replace("'''", ""))
    before = bare.partition("#")[0]
    return '"' in before or bool(re.search(r"[=\[,{]\s*'", before))


def date_hint(words: str) -> str:
    """How to write what looks like a date."""
    if found := _DAY.fullmatch(words.strip()):
        year, month, day = (int(piece) for piece in found.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004 - of a calendar
            return f"write {year}-{month:02}-{day:02}"
    if found := re.search(r"\b(\d{4})\b", words):
        return f"write it as {found[1]}-05-01, or just {found[1]}"
    return "write it as 2026-05-01, or just 2026"


def _closing(line: str) -> str:
    # The only quote of the line: the value goes on to its end.
    if line.count('"') == 1 and re.search(r'=\s*"[^"\]}]*$', line):
        return f'close it: {line.strip()}"'
    return "close it with the sign that opens it"


def _bare_value(key: str, value: str) -> tuple[str, str]:
    if _DAY.fullmatch(value) or _DAY_FIRST.fullmatch(value) or key == "date":
        return "this is no date", date_hint(value)
    return "words without quotes", f'write {key} = "{value}"'
