"""`book.toml`: what may stand in it, what it says, and what is wrong with it."""

from publish.config.facts import Facts, identifier, modified
from publish.config.foreign import foreign_facts, is_foreign
from publish.config.load import (
    DEFAULT_EDITIONS,
    Config,
    ConfigError,
    LeftOut,
    Part,
    check_config,
    load_config,
)
from publish.config.toml_file import TomlFile, read_toml

__all__ = [
    "DEFAULT_EDITIONS",
    "Config",
    "ConfigError",
    "Facts",
    "LeftOut",
    "Part",
    "TomlFile",
    "check_config",
    "foreign_facts",
    "identifier",
    "is_foreign",
    "load_config",
    "modified",
    "read_toml",
]
