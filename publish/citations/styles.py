"""The styles of citations: by name, or from a file of CSL."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from publish.citations.locators import ENGLISH, PAGE
from publish.citations.names import RULES
from publish.problems import Position, Problem, Severity

USUAL = "chicago-author-date"
CSL = "{http://purl.org/net/xbiblio/csl}"
# Of the word before a place.
SHORT = "short"


@dataclass(frozen=True, slots=True)
class Style:
    """name: as the engine knows it; empty for one from a file
    csl: the text of the file
    labels: which form of the word before a place it writes, by kind; empty for none,
        "short" where it does not say
    names: whether authors of one name are told apart whatever the year
    lists: whether it has a bibliography
    adds_first_names, adds_names: whether that tells citations apart before letters do
    in_notes: whether citations are notes
    brackets: what stands round a citation; None where that is not known
    bare_editors: whether the engine lists editors of a book as no authors are listed
    """

    name: str
    csl: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    names: bool = False
    lists: bool = True
    adds_first_names: bool = False
    adds_names: bool = False
    in_notes: bool = False
    brackets: tuple[str, str] | None = None
    bare_editors: bool = False

    def form(self, kind: str) -> str:
        return self.labels.get(kind, SHORT)


def named_style(name: str, at: Position) -> Style | Problem:
    """The style of that name."""
    table = _table()
    also: dict[str, str] = table["also"]
    known = name.strip().casefold().replace(" ", "-").replace("_", "-")
    known = also.get(known, known)
    if known in table["names"]:
        labels = {PAGE: ""} if known in table["bare_pages"] else {}
        return Style(
            known,
            labels=labels,
            names=known in table["names_apart"],
            adds_first_names=known in table["adds_names"],
            adds_names=known in table["adds_names"],
            in_notes=known in table["notes"],
            bare_editors=known in table["bare_editors"],
        )
    near = get_close_matches(known, [*table["names"], *also], n=3, cutoff=0.5)
    near = list(dict.fromkeys(also.get(one, one) for one in near))
    hint = f"there is `{'`, `'.join(near or sorted(['apa', USUAL, 'ieee']))}`"
    hint += "; any other can be a .csl file in the book's folder"
    message = f"there is no style `{name}`"
    if known in table["broken"]:
        message = f"the style `{name}` cannot be used, its list would name no authors"
        hint = "there are `springer-vancouver`, `sage-vancouver`, `elsevier-vancouver`"
    return Problem(at, "unknown-style", message, hint)


@cache
def _table() -> dict[str, Any]:
    text = files("publish.citations").joinpath("styles.toml").read_text("utf-8")
    return tomllib.loads(text)


def style_of_file(path: Path, at: Position) -> tuple[Style | None, list[Problem]]:
    """The style that a .csl file is, or leads to."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        root = fromstring(text)
    except (OSError, UnicodeDecodeError) as error:
        return None, [_bad(path, f"it cannot be read ({error})", at)]
    except ParseError as error:
        line = error.position[0]
        return None, [_bad(path, "it is no XML", Position(path, line))]
    if root.tag != f"{CSL}style":
        return None, [_bad(path, "it is no style of CSL", at)]
    if root.find(f"{CSL}citation") is None:
        return _parent(root, path, at)
    problems = []
    if "first-reference-note-number" in text:
        message = (
            f"`{path.name}` wants to say in which note a source was cited first;"
            " that is left out, because notes are numbered in each chapter"
        )
        problems.append(Problem(at, "bad-style", message, "", Severity.WARNING))
    rules = {c.get("givenname-disambiguation-rule") for c in root}
    lists = root.find(f"{CSL}bibliography") is not None
    if not lists:
        # The engine wants one all the same.
        begin, end, rest = text.rpartition("</")
        text = f"{begin}{_NO_LIST}{end}{rest}"
    style = Style(
        "",
        text,
        labels_of(root),
        names=not rules.isdisjoint(RULES),
        lists=lists,
        adds_first_names=_adds(root, "givenname"),
        adds_names=_adds(root, "names"),
        in_notes=root.get("class") == "note",
        brackets=_brackets(root),
    )
    return style, problems


def _adds(root: Element, what: str) -> bool:
    return any(c.get(f"disambiguate-add-{what}") == "true" for c in root)


def _brackets(root: Element) -> tuple[str, str] | None:
    if root.get("class") == "note":
        return None
    layout = root.find(f"{CSL}citation/{CSL}layout")
    said = {} if layout is None else layout.attrib
    return said.get("prefix", "").strip(), said.get("suffix", "").strip()


_NO_LIST = (
    '<bibliography xmlns="http://purl.org/net/xbiblio/csl"><layout>'
    '<text variable="title"/></layout></bibliography>'
)


def _bad(path: Path, reason: str, at: Position) -> Problem:
    return Problem(at, "bad-style", f"`{path.name}` cannot be used: {reason}")


def _parent(
    root: Element, path: Path, at: Position
) -> tuple[Style | None, list[Problem]]:
    """Most styles of journals say only which other one they are."""
    for link in root.iter(f"{CSL}link"):
        if link.get("rel") == "independent-parent":
            name = link.get("href", "").rstrip("/").rpartition("/")[2]
            style = named_style(name, at)
            if isinstance(style, Style):
                return style, []
            reason = f"it only says that it is the same as `{name}`"
            hint = f"put {name}.csl beside it, and name that"
            return None, [Problem(at, "bad-style", f"`{path.name}`: {reason}", hint)]
    return None, [_bad(path, "it says nothing of citations", at)]


def labels_of(root: Element) -> dict[str, str]:
    """Which word a style writes before a place, by kinds of places.

    The engine cannot be told of what kind a place is, so the words are not its own.
    """
    macros = {m.get("name", ""): m for m in root.iter(f"{CSL}macro")}
    layout = root.find(f"{CSL}citation/{CSL}layout")
    if layout is None:
        return {}
    return {kind: _form(layout, macros, kind) for kind in ENGLISH}


def _form(layout: Element, macros: Mapping[str, Element], kind: str) -> str:
    found = list(_forms(layout, macros, kind, 0))
    return found[0] if found else ""


# Macros that call themselves are no style.
_DEEPEST = 30


def _forms(
    element: Element, macros: Mapping[str, Element], kind: str, depth: int
) -> Iterator[str]:
    for child in element:
        name = child.tag.removeprefix(CSL)
        if name == "label" and child.get("variable") == "locator":
            yield child.get("form", "long")
        elif name == "text" and child.get("macro") in macros and depth < _DEEPEST:
            yield from _forms(macros[child.get("macro", "")], macros, kind, depth + 1)
        elif name == "choose":
            branch = next((b for b in child if _holds(b, kind)), None)
            if branch is not None:
                yield from _forms(branch, macros, kind, depth)
        else:
            yield from _forms(child, macros, kind, depth)


def _holds(branch: Element, kind: str) -> bool:
    """Whether a condition is met by a plain book that is cited at a place."""
    if branch.tag == f"{CSL}else":
        return True
    tests = [
        _is_so(name, word, kind)
        for name, words in branch.items()
        if name != "match"
        for word in words.split()
    ]
    match branch.get("match"):
        case "any":
            return any(tests)
        case "none":
            return not any(tests)
        case _:
            return all(tests)


def _is_so(test: str, word: str, kind: str) -> bool:
    if test == "locator":
        return word == kind
    return test in {"variable", "is-numeric"} and word == "locator"
