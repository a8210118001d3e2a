"""Signs that stand for what the citation engine would take for something else.

They lie in Unicode's private use area, go through the engine as letters that nobody
writes, and are taken out of what it answers. A source that holds such signs itself
loses them (`plain`).
"""

import re

# How words are set: each kind is begun by one sign and ended by the next.
MARKS = {
    "em": ("\ue000", "\ue001"),
    "strong": ("\ue002", "\ue003"),
    "small-caps": ("\ue004", "\ue005"),
    "sup": ("\ue006", "\ue007"),
    "sub": ("\ue008", "\ue009"),
}
BEGINS = {begin: mark for mark, (begin, _) in MARKS.items()}
ENDS = {end: mark for mark, (_, end) in MARKS.items()}
# A name that is "and others".
OTHERS = "\ue010"
# Behind a name, before what follows it behind a comma.
BEHIND = "\ue011"
# Behind a closing quotation mark of a source: with nothing there, Typst 0.15 makes one
# of it and the style's own.
CLOSED = "\ue012"
# What BibLaTeX reads as an order, and what it is.
_LITERAL = dict(
    zip("\ue020\ue021\ue022\ue023\ue024\ue025\ue030", '$#_~^"\\', strict=True)
)
_ESCAPES = str.maketrans({literal: sign for sign, literal in _LITERAL.items()})
_LITERALS = str.maketrans(_LITERAL)
_OURS = re.compile("[\ue000-\ue03f]")


def plain(text: str) -> str:
    """Text of an author, without any of these signs."""
    return _OURS.sub("", text)


def hidden(text: str) -> str:
    """Text whose signs say nothing to BibLaTeX; braces and backslashes are ours."""
    text = text.translate(_ESCAPES).replace("%", r"\%").replace("&", r"\&")
    return text.replace("”", f"”{CLOSED}")


def shown(text: str) -> str:
    """What `hidden` hid, as it was."""
    return text.translate(_LITERALS)
