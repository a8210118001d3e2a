"""What a style lets be changed, and what it does not."""

from collections.abc import Iterator
from dataclasses import fields, replace

from publish.lengths import points_of
from publish.model import AS_THE_STYLE, Design
from publish.ornaments import unknown_ornament
from publish.problems import Problem, Severity
from publish.style import Style

# Fields that no style need agree to.
_FREE = frozenset({"places", "own", "print_css", "epub_css"})
# What is as good as nothing said.
_NOTHING = {"drop-caps": 0, "lead-in": "none"}


def allowed(
    style: Style, design: Design
) -> tuple[Design, tuple[Problem, ...], tuple[Problem, ...]]:
    """What of a design the style has; a warning for what is left out of it, an error
    for what must not be.

    What is said of all editions is passed over in one whose style has it not; what is
    said of this edition is meant for this style.
    """
    found = {problem: name for name, problem in _problems(style, design)}
    own = {p for p, name in found.items() if key_of(name) in design.own}
    left_out = {name: getattr(AS_THE_STYLE, name) for name in found.values()}
    ignored = (replace(p, severity=Severity.WARNING) for p in found if p not in own)
    refused = (p for p in found if p in own)
    return replace(design, **left_out), tuple(ignored), tuple(refused)


def key_of(field: str) -> str:
    """The key of `[design]` that a field of `Design` has its value from."""
    return field.replace("_", "-")


def _problems(style: Style, design: Design) -> Iterator[tuple[str, Problem]]:
    """With the names of the fields."""
    for field in fields(Design):
        name, key = field.name, key_of(field.name)
        if name in _FREE or name not in design.said:
            continue
        knob, value = style.knobs.get(key, False), getattr(design, name)
        if value == _NOTHING.get(key):
            continue
        at = design.at(key)
        if knob is False or knob == ():
            message = f"the style “{style.name}” has no `{key}`"
            has = ", ".join(k for k, allows in style.knobs.items() if allows)
            hint = f"it has {has}" if has else "nothing of it can be changed"
            yield name, Problem(at, "no-knob", message, hint)
        elif knob is not True and (wrong := _beyond(knob, value)):
            message = f"the style “{style.name}” takes no such `{key}`"
            yield name, Problem(at, "no-knob", message, wrong)
        elif key == "ornament":
            for one in unknown_ornament(value, style.ornaments, style.name, at):
                yield name, one
    size = design.size or style.page.size
    if design.leading and design.leading < size:
        message = f"lines {design.leading:g}pt apart are too near for {size:g}pt"
        hint = "a fifth to a third more than the size is usual"
        yield "leading", Problem(design.at("leading"), "no-knob", message, hint)


def _beyond(knob: tuple[str | int, ...], value: object) -> str:
    """What to write instead; empty for a value that is allowed."""
    if isinstance(value, float):
        least, most = (points_of(str(end)) or 0 for end in knob)
        if least <= value <= most:
            return ""
        return f"write a length from {least:g}pt to {most:g}pt"
    if value in knob:
        return ""
    return f"write {' or '.join(_written(one) for one in knob)}"


def _written(value: str | int) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
