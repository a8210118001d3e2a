"""YAML as authors and other tools write it, into plain values with their lines.

Only `true`, `false` and nothing are taken for more than words: `title: No` is a title,
`date: 2001-02-03` and `version: 1.10` stay as they were written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Settings:
    """values: by key, each a str, a bool, None, or lists and dicts of these
    lines: where each key stands, counted from 1 in the whole file
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def text(self, *keys: str) -> str:
        """The words under the first of *keys* that has some."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, bool):
                value = str(value).lower()
            if isinstance(value, str) and value.strip():
                return value.strip()
        return ""

    def line(self, key: str) -> int:
        return self.lines.get(key, 0)


class SettingsError(Exception):
    """line: where the text stops being YAML, counted from 1 in the whole file"""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def read_settings(text: str, first_line: int = 1) -> Settings | None:
    """The mapping that *text* holds, or None when it is YAML of another kind.

    Raises SettingsError when it is no YAML.
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            return None
        built = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise SettingsError(line, error.problem or "not YAML") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SettingsError(first_line, "not YAML") from error
    lines = {
        str(key.value): first_line + key.start_mark.line
        for key, _ in node.value
        if isinstance(key, yaml.ScalarNode)
    }
    return Settings({str(key): value for key, value in built.items()}, lines)


class _Loader(yaml.SafeLoader):
    """A safe loader that leaves dates and numbers as they were written."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - yaml's own way
    yaml_constructors = {}  # noqa: RUF012


def _other(loader: _Loader, node: yaml.Node) -> object:
    """Values with a tag of their own, such as R's `!expr`, are their words."""
    match node:
        case yaml.ScalarNode():
            return loader.construct_scalar(node)
        case yaml.SequenceNode():
            return loader.construct_sequence(node, deep=True)
        case _:
            return _mapping(loader, node)


def _mapping(loader: _Loader, node: yaml.Node) -> dict[str, object]:
    assert isinstance(node, yaml.MappingNode)
    # Only words can be keys; `{{ title }}` of a template has a mapping there.
    return {
        str(key.value): loader.construct_object(value, deep=True)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    }


_Loader.add_constructor(None, _other)
_Loader.add_constructor(
    "tag:yaml.org,2002:bool", lambda _, node: node.value.lower() == "true"
)
_Loader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), None
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), None
)
