"""Words that stand elsewhere: `{{< var name >}}`, `{{< meta title >}}`, `{{name}}`.

The first two are Quarto's short codes; the third is read where something is called so,
and stays what it is where nothing is, for many a template has it. Only
`parse.markdown` uses this; it is the same door, in another room.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from publish.parse.inside import push_link

# What `read_markdown` says in markdown-it's environment: the `Values` of the book.
VALUES = "publish-values"
_NAME = r"[\w.:-]+"
_CALL = re.compile(
    rf"\{{\{{\{{(?P<shown><[^{{}}\n]*>)\}}\}}\}}"
    rf"|\{{\{{<[ \t]*(?P<kind>var|meta)[ \t]+(?P<name>{_NAME})[ \t]*>\}}\}}"
    rf"|\{{\{{[ \t]*(?P<short>{_NAME})[ \t]*\}}\}}"
)
# The address of a link with a call in it, which may hold spaces.
_ADDRESS = re.compile(r"\(((?:[^\s(){}]|\{\{[^{}\n]*\}\})+)\)")


@dataclass(frozen=True, slots=True)
class Values:
    """variables: what an author has named; data: what is known of the book"""

    variables: Mapping[str, str]
    data: Mapping[str, str]

    def names(self, kind: str) -> Mapping[str, str]:
        """Those that `var` or `meta` knows."""
        return self.data if kind == "meta" else self.variables


@dataclass(frozen=True, slots=True)
class Call:
    """A place where words from elsewhere stand.

    source: as it was written
    value: None where nothing is called so
    """

    source: str
    kind: str
    name: str
    value: str | None


def call_at(text: str, at: int, end: int, values: Values) -> Call | None:
    """The call that begins there, if one does."""
    found = _CALL.match(text, at, end)
    if not found:
        return None
    if shown := found["shown"]:
        # Quarto's way to show a short code.
        return Call(found[0], "", "", f"{{{{{shown}}}}}")
    if short := found["short"]:
        value = values.variables.get(short)
        return None if value is None else Call(found[0], "var", short, value)
    kind, name = found["kind"], found["name"]
    known = values.names(kind)
    # In Quarto the data of a book stand under this word.
    value = known.get(name, known.get(name.removeprefix("book.")))
    return Call(found[0], kind, name, value)


def filled(text: str, values: Values) -> Iterator[Call | str]:
    """The text cut at each call."""
    done = at = 0
    while (at := text.find("{{", at)) >= 0:
        call = call_at(text, at, len(text), values)
        if call is None:
            at += 1
            continue
        if text[done:at]:
            yield text[done:at]
        yield call
        done = at = at + len(call.source)
    if text[done:]:
        yield text[done:]


def add_variable_rules(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.before("escape", "variable", _variable)
    markdown.inline.ruler.before("link", "variable_link", _link)


def _variable(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos) or VALUES not in state.env:
        return False
    call = call_at(state.src, state.pos, state.posMax, state.env[VALUES])
    if call is None:
        return False
    if not silent:
        token = state.push("variable", "", 0)
        token.content = call.source if call.value is None else call.value
        token.meta = {"call": call}
    state.pos += len(call.source)
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """A link whose address is called from elsewhere, in part or as a whole."""
    if state.src[state.pos] != "[" or VALUES not in state.env:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = _ADDRESS.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    parts = list(filled(found[1], state.env[VALUES]))
    # Without a value it is no link: the words say what is wrong.
    if not any(isinstance(part, Call) and part.value is not None for part in parts):
        return False
    if not silent:
        address = "".join(
            p if isinstance(p, str) else p.value or p.source for p in parts
        )
        push_link(state, address, state.pos + 1, end)
    state.pos = found.end()
    return True
