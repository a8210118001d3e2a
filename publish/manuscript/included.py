"""Files that listings show: which a text names, and what is in them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from publish.addresses import picture_paths
from publish.files import is_finished
from publish.manuscript.folder import Folder
from publish.manuscript.source import Included
from publish.problems import Position, Problem

# mdBook's line in a listing, and our own word behind the signs that begin one.
_DIRECTIVE = re.compile(r"\{\{\s*#(?:rustdoc_)?include\s+([^{}\s:]+)")
_ATTRIBUTE = re.compile(
    r"^[ \t>*+-]*(?:`{3,}|~{3,})[^\n]*\binclude=(\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+)",
    re.MULTILINE,
)


def read_included(folder: Folder, file: str, text: str) -> Iterator[Included]:
    """Every file that a listing of *file* may show. Whether one does, and what of it,
    is known when the Markdown is read."""
    # Looking for the word is quicker, and most texts do without it.
    if "include" not in text:
        return
    names = [found[1] for found in _DIRECTIVE.finditer(text)]
    names += [found[1].strip("\"'") for found in _ATTRIBUTE.finditer(text)]
    for name in dict.fromkeys(names):
        yield _read(folder, file, name)


def _read(folder: Folder, file: str, name: str) -> Included:
    """Beside its chapter, then at the top."""
    at = folder.at(file)
    paths = list(dict.fromkeys(picture_paths(file, name)))
    found = next(filter(folder.has, paths), None)
    if found is None:
        return Included(name, "", _missing(folder, paths, name, at))
    text, problems = folder.read(found)
    return Included(name, text, problems[0] if problems else None)


def _missing(folder: Folder, paths: list[str], name: str, at: Position) -> Problem:
    why = folder.locate(paths[0], at)
    if isinstance(why, Problem):
        shown = why.message.replace(paths[0], name)
        hint = "save what it shows as text" if is_finished(name) else why.hint
        return replace(why, message=shown, hint=hint)
    # `locate` adds the suffixes that lists of chapters leave out.
    return Problem(at, "no-file", f"no such file: {name}", f"did you mean `{why}`?")
