"""A `book.toml` without what is wrong in it, so that the rest can be looked at too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from publish.config.design import design_of
from publish.config.keys import FILE
from publish.config.kinds import Fault
from publish.config.toml_file import Place, TomlFile
from publish.model import Edition, Format


def without_tables(toml: TomlFile, faults: Iterable[Fault]) -> TomlFile:
    """The file without every edition, and every key of another table, in which
    something is wrong: what stands there together cannot be judged."""
    places = [f.place if "design" in f.place else f.place[:2] for f in faults]
    return replace(toml, table=_without(toml.table, places))


def sound(toml: TomlFile) -> TomlFile:
    """The file without every key that is wrong, and every table that lacks one."""
    table = toml.table
    while wrong := [fault.place for fault in FILE.faults(table, ())]:
        table = _without(table, wrong)
    return replace(toml, table=table)


def sound_editions(toml: TomlFile, default: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions as far as their look goes, without what is wrong of it.

    default: those of a file that names none
    """
    right, said = sound(toml), toml.table.get("editions", {})
    if not said:
        design = design_of(right, "")
        return tuple(replace(edition, design=design) for edition in default)
    return tuple(
        _edition(right, name, keys)
        for name, keys in right.table.get("editions", {}).items()
        # What it would be held against is not known.
        if ("style" in said[name]) == ("style" in keys)
    )


def _edition(toml: TomlFile, name: str, keys: Mapping[str, Any]) -> Edition:
    plain = Edition(name, Format(keys["format"]), design=design_of(toml, name))
    if "style" not in keys:
        return plain
    at = toml.at(("editions", name, "style"))
    return replace(plain, style=keys["style"], style_at=at)


def _without(table: Mapping[str, Any], places: Sequence[Place]) -> dict[str, Any]:
    """places: in the table; of a list it is all that goes"""
    kept: dict[str, Any] = {}
    for key, value in table.items():
        inside = [place[1:] for place in places if place[0] == key]
        if all(place and isinstance(place[0], str) for place in inside):
            kept[key] = _without(value, inside) if inside else value
    return kept
