"""A file is replaced whole or stays as it was."""

import pickle
from pathlib import Path

import pytest

from publish.artifact import Spool
from publish.cache import cached
from publish.files import replace_file
from publish.problems import Position, PublishError


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(b"old")

    replace_file(path, [b"new"])

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_has_the_mode_of_any_other(tmp_path: Path) -> None:
    replace_file(tmp_path / "a", [b""])

    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_what_cannot_be_replaced_stays_and_nothing_is_left_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.epub"
    path.mkdir()

    with pytest.raises(OSError, match=r"a\.epub"):
        replace_file(path, [b"new"])

    assert list(tmp_path.iterdir()) == [path]


def busy(part: Path, path: Path) -> Path:
    """What Windows says of a file that another program has open."""
    raise PermissionError(13, "Permission denied", str(part), None, str(path))


def test_a_file_that_is_open_elsewhere_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", busy)

    with pytest.raises(PermissionError):
        replace_file(tmp_path / "a.epub", [b"new"])

    assert list(tmp_path.iterdir()) == []


def test_a_cached_file_that_another_build_has_just_made_and_opened_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_CACHE", str(tmp_path))
    at = Position(Path("book.toml"))
    made = cached("fonts", "a", ".ttf", lambda: b"font", at)

    def meanwhile(part: Path, path: Path) -> Path:
        made.write_bytes(b"font")
        return busy(part, path)

    made.unlink()
    monkeypatch.setattr(Path, "replace", meanwhile)

    assert cached("fonts", "a", ".ttf", lambda: b"font", at) == made
    made.unlink()
    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(PublishError):
        cached("fonts", "a", ".ttf", lambda: b"font", at)


def test_what_is_spooled_is_equal_to_itself_however_large() -> None:
    spool = Spool(lambda file: file.write(bytes(3_000_000) + b"x"))
    other = Spool(lambda file: file.write(bytes(3_000_001)))

    assert spool == spool  # noqa: PLR0124, two readers of one file
    assert spool != other
    assert spool.size == 3_000_001
    assert pickle.loads(pickle.dumps(spool)) == spool


def test_where_nothing_can_be_spooled_there_is_one_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(prefix: str) -> None:
        raise OSError(prefix)

    monkeypatch.setattr("publish.artifact.TemporaryFile", full)

    with pytest.raises(OSError, match="publish-"):
        Spool(lambda file: file.write(b"x"))
