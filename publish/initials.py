"""The first letter of a chapter, which may be set large, and what belongs to it."""

import unicodedata

from publish.model import Role

# The roles of chapters that tell or explain; others list, or are short.
OPENING_ROLES = (
    *(Role.FOREWORD, Role.PREFACE, Role.INTRODUCTION, Role.PROLOGUE, Role.CHAPTER),
    *(Role.CONCLUSION, Role.EPILOGUE, Role.AFTERWORD),
)
# Letters that may go below the base line.
TAILED = frozenset("JQÇĢĶĻŅŖŞŢȘȚĄĘĮŲgjpqyçąęįşţų")
# Punctuation that stands before a word belongs to its first letter, spaces with it
# (CSS Pseudo-Elements 4, 3.1), and so do marks that are set over the letter.
_OPENS = frozenset({"Ps", "Pi", "Pf", "Po"})
_LETTERS = frozenset({"Lu", "Ll", "Lt"})


def parted(text: str) -> tuple[str, str, str]:
    """The marks before the first letter, with the spaces behind them, the letter, and
    the rest; no letter where something else comes first, or nothing."""
    begin = 0
    while begin < len(text) and (
        text[begin].isspace() or unicodedata.category(text[begin]) in _OPENS
    ):
        begin += 1
    end = begin
    if end < len(text) and unicodedata.category(text[end]) in _LETTERS:
        end += 1
        while end < len(text) and unicodedata.category(text[end]) == "Mn":
            end += 1
    return text[:begin].lstrip(), text[begin:end], text[end:]
