"""Another tool's YAML file."""

from publish.manuscript.folder import Folder
from publish.manuscript.settings import Settings, SettingsError, read_settings
from publish.problems import Problem


def read_yaml_file(folder: Folder, file: str) -> tuple[Settings, tuple[Problem, ...]]:
    """Its settings; nothing and a problem at the line when it is not YAML."""
    text, problems = folder.read(file)
    try:
        settings = read_settings(text)
    except SettingsError as error:
        problem = Problem(
            folder.at(file, error.line), "bad-yaml", f"this is not YAML: {error}"
        )
        return Settings(), (*problems, problem)
    return settings or Settings(), problems


def line_of(text: str, name: str, after: int = 0) -> int:
    """The line, counted from 1 and below *after*, on which *name* is written; or 0.

    YAML's own marks are gone once the values are plain.
    """
    for number, line in enumerate(text.split("\n")[after:], after + 1):
        if name in line and not line.lstrip().startswith("#"):
            return number
    return 0
