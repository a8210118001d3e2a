"""Packages that bring something to publish, as they say themselves when installed."""

import importlib.util
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path


def style_folders() -> Mapping[str, Path]:
    """The folders of installed styles, by their names.

    A package that brings one has an entry point in the group `publish.styles`: its name
    is that of the style, its value a module in whose folder `style.toml` lies. The
    module is looked for and not run.
    """
    found: dict[str, Path] = {}
    for point in sorted(entry_points(group="publish.styles")):
        for folder in _folders(point.module):
            if (folder / "style.toml").is_file():
                found.setdefault(point.name, folder)
    return found


def _folders(module: str) -> Iterator[Path]:
    """Where a module may lie. Its package is found, which runs nothing; for what is in
    that, Python would run it."""
    package, _, inner = module.partition(".")
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        # It says what there is not.
        return
    if spec is None:
        return
    for place in spec.submodule_search_locations or ():
        folder = Path(place, *inner.split("."))
        yield folder
        if inner:
            yield folder.parent
    if spec.origin and not inner:
        yield Path(spec.origin).parent
