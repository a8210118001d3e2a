"""Where styles are: with publish, in packages, beside a book."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from publish.plugins import style_folders


def style_folders_of(manuscript: Path | None) -> Mapping[str, Path]:
    """Where each style is that a book may have, by their names."""
    folders = {**style_folders(), **{name: STYLES / name for name in style_names()}}
    if manuscript is not None:
        folders |= {path.name: path for path in _own_styles(manuscript)}
    return dict(sorted(folders.items()))


def _own_styles(manuscript: Path) -> Iterator[Path]:
    """The author's own; a link may lead out of the manuscript, and is not followed."""
    inside = manuscript.resolve()
    for path in (manuscript / "styles").glob("*/style.toml"):
        if path.resolve().is_relative_to(inside):
            yield path.parent


def style_names() -> tuple[str, ...]:
    """Every style that comes with publish."""
    return tuple(sorted(path.parent.name for path in STYLES.glob("*/style.toml")))


def _styles_folder() -> Path:
    # A wheel carries the styles inside the package; in a checkout they are beside it.
    package = Path(__file__).parent.parent
    inside = package / "styles"
    return inside if inside.is_dir() else package.parent / "styles"


STYLES = _styles_folder()
