"""Let listings show files of the book's folder, or a part of one.

mdBook writes `{{#include trim.rs:2:10}}` and `{{#include trim.rs:oil}}` into a listing;
`include="trim.py" lines="2-10"` and `marker="oil"` behind its first signs say the same.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from publish.manuscript.source import Included
from publish.parse.attributes import Say
from publish.parse.markdown import START, Event
from publish.problems import Problem

_DIRECTIVE = re.compile(
    r"(?P<shown>\\)?\{\{\s*#(?:rustdoc_)?include\s+(?P<name>[^{}\s:]+)"
    r"(?::(?P<part>[^{}\s]*))?\s*\}\}"
)
# "2", "2:10", ":10", "2:", and with a hyphen.
_LINES = re.compile(r"(?P<first>\d{0,9})(?P<to>[:-](?P<last>\d{0,9}))?")
_BEGIN, _END = r"\bANCHOR:\s*", r"\bANCHOR_END:\s*"
_NAME = r"(?P<name>[\w-]+)"
_MARKER = re.compile(rf"(?:{_BEGIN}|{_END}){_NAME}")


def show_files(events: Iterable[Event], included: Iterable[Included], say: Say) -> None:
    """Put into each listing what it includes. What cannot be included stays there as
    it was written."""
    files = {one.name: one for one in included}
    for event in events:
        if event.kind is START and event.tag == "#code":
            _Listing(event, files, say).fill()


class _Listing:
    def __init__(self, event: Event, files: Mapping[str, Included], say: Say) -> None:
        self.event, self.files, self.say = event, files, say

    def fill(self) -> None:
        attributes = self.event.attributes
        if "{{" in attributes["text"]:
            attributes["text"] = self._with_files(attributes["text"])
        name = attributes.pop("include", "")
        lines, marker = attributes.pop("lines", ""), attributes.pop("marker", "")
        if name:
            said = [f'include="{name}"']
            said += [f'lines="{lines}"'] if lines else []
            said += [f'marker="{marker}"'] if marker else []
            shown = self._part(name, marker or lines, self.event.line)
            shown = " ".join(said) + "\n" if shown is None else shown
            attributes["text"] = shown + attributes["text"]

    def _with_files(self, text: str) -> str:
        parts: list[str] = []
        end = 0
        for found in _DIRECTIVE.finditer(text):
            parts.append(text[end : found.start()])
            end = found.end()
            line = self.event.line + 1 + text.count("\n", 0, found.start())
            parts.append(self._directive(found, line))
        return "".join([*parts, text[end:]])

    def _directive(self, found: re.Match[str], line: int) -> str:
        if found["shown"]:
            # A backslash lets a book speak of it.
            return found[0][1:]
        shown = self._part(found["name"], found["part"] or "", line)
        # What stands behind it ends the last line.
        return found[0] if shown is None else shown.removesuffix("\n")

    def _part(self, name: str, part: str, line: int) -> str | None:
        """The lines of a file that are wanted; None where there are none."""
        file = self.files.get(name)
        if file is None:
            self.say(line, "no-file", f"no such file: {name}", "")
            return None
        if file.problem is not None:
            self._say(file.problem, line)
            if not file.text:
                return None
        if not file.text.endswith("\n"):
            file = replace(file, text=file.text + "\n")
        if not part:
            return file.text
        if bounds := _LINES.fullmatch(part):
            return self._lines(file, bounds, line)
        return self._marked(file, part, line)

    def _say(self, problem: Problem, line: int) -> None:
        self.say(line, problem.code, problem.message, problem.hint)

    def _lines(self, file: Included, bounds: re.Match[str], line: int) -> str | None:
        lines = file.text.splitlines(keepends=True)
        first = int(bounds["first"] or 1)
        last = int(bounds["last"] or len(lines)) if bounds["to"] else first
        if 1 <= first <= min(last, len(lines)):
            return "".join(lines[first - 1 : last])
        message = f"`{file.name}` has no such lines: {bounds[0]}"
        self.say(line, "no-lines", message, f"it has {len(lines)} lines")
        return None

    def _marked(self, file: Included, name: str, line: int) -> str | None:
        """What stands between `ANCHOR: name` and `ANCHOR_END: name`, without the lines
        of any such marks."""
        lines = file.text.splitlines(keepends=True)
        begin, end = (
            re.compile(f"{sign}{re.escape(name)}(?![\\w-])") for sign in (_BEGIN, _END)
        )
        start = next((n for n, text in enumerate(lines) if begin.search(text)), None)
        if start is None:
            known = dict.fromkeys(m["name"] for m in _MARKER.finditer(file.text))
            hint = f"it has these: {', '.join(known)}" if known else ""
            hint = hint or f"write `ANCHOR: {name}` and `ANCHOR_END: {name}` into it"
            message = f"`{file.name}` has no marker `{name}`"
            self.say(line, "no-marker", message, hint)
            return None
        shown: list[str] = []
        for text in lines[start + 1 :]:
            if end.search(text):
                break
            if not _MARKER.search(text):
                shown.append(text)
        return "".join(shown)
