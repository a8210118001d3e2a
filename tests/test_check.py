"""EPUBCheck is asked the same, whatever a file is called and whatever Java is there."""

from pathlib import Path

import pytest

from publish.check import check_epub, check_epubs


def test_a_name_like_an_option_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "-x.epub").write_bytes(b"no book")
    monkeypatch.chdir(tmp_path)

    problems = check_epub(Path("-x.epub"))

    assert {str(problem.at) for problem in problems} == {"-x.epub"}
    assert "pkg-008" in {problem.code for problem in problems}


def test_a_java_without_a_compiler_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / "a.epub", tmp_path / "b.epub"]
    for path in paths:
        path.write_bytes(b"no book")
    found = check_epubs(paths)
    # All that Debian's default-jre-headless has and EPUBCheck needs.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "--limit-modules=java.se,jdk.zipfs")

    assert check_epubs(paths) == found
    assert "pkg-008" in {problem.code for problem in found[1]}
