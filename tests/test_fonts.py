import io
import os
import subprocess
import sys
from pathlib import Path

import fontpkg
import pytest
from fontTools.ttLib import TTFont

from publish.cache import cache_folder, cached
from publish.fonts import Face, covers, load_faces, subset
from publish.problems import Position, PublishError

AT = Position(Path("style.toml"), 7)
LETTERS = frozenset(map(ord, "The lamp, fi"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("PUBLISH_CACHE", str(folder))
    return folder


def garamond(weight: int = 400) -> Face:
    return load_faces("EB Garamond", [weight], False, AT)[0]


def features(font: TTFont) -> set[str]:
    return {
        record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord
    }


def test_a_family_comes_upright_and_then_italic() -> None:
    faces = load_faces("EB Garamond", [400, 700], True, AT)

    assert [(face.weight, face.italic) for face in faces] == [
        (400, False),
        (700, False),
        (400, True),
        (700, True),
    ]


def test_a_variable_font_becomes_static() -> None:
    font = TTFont(garamond().path)

    assert {"fvar", "gvar", "STAT"}.isdisjoint(font.keys())


def test_a_font_is_drawn_for_the_size_of_text() -> None:
    """Source Serif 4 is made for 20 points where nothing is said, and has thinner and
    narrower letters there."""
    (face,) = load_faces("Source Serif 4", [400], False, AT)
    master = TTFont(fontpkg.path("Source Serif 4", 400, "normal"))

    assert TTFont(face.path)["hmtx"]["n"][0] > master["hmtx"]["n"][0]


def test_faces_of_a_family_have_names_of_their_own() -> None:
    faces = load_faces("EB Garamond", [400, 600, 700], True, AT)

    fonts = [TTFont(face.path) for face in faces]
    assert [font["name"].getDebugName(4) for font in fonts] == [
        "EB Garamond Regular",
        "EB Garamond SemiBold",
        "EB Garamond Bold",
        "EB Garamond Italic",
        "EB Garamond SemiBold Italic",
        "EB Garamond Bold Italic",
    ]
    assert [font["OS/2"].usWeightClass for font in fonts] == [400, 600, 700] * 2
    assert [font["head"].macStyle for font in fonts] == [0, 0, 1, 2, 2, 3]


def test_bold_is_wider_than_regular() -> None:
    regular, bold = TTFont(garamond(400).path), TTFont(garamond(700).path)

    assert bold["hmtx"]["m"][0] > regular["hmtx"]["m"][0]


def test_a_font_that_is_static_already_is_used_as_it_is(cache: Path) -> None:
    (face,) = load_faces("Amiri", [400], False, AT)

    assert face.path.name == "Amiri-Regular.ttf"
    assert not cache.exists()


def test_a_family_that_is_not_installed_says_how_to_get_it() -> None:
    with pytest.raises(PublishError) as caught:
        load_faces("No Such Serif", [400], False, AT)

    assert str(caught.value) == (
        "style.toml:7: error: the font family “No Such Serif” is not installed"
        " [no-font]\n  hint: pip install fontpkg-no-such-serif"
    )


def test_a_weight_that_a_family_has_not_is_a_problem() -> None:
    with pytest.raises(PublishError, match="“Amiri” has no Light "):
        load_faces("Amiri", [300], True, AT)


def test_the_second_time_a_face_comes_from_the_cache() -> None:
    first = garamond()
    made = first.path.stat().st_mtime_ns

    assert garamond() == first
    assert first.path.stat().st_mtime_ns == made


def test_a_damaged_font_in_the_cache_is_made_again() -> None:
    path = garamond().path
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])

    assert garamond().path.read_bytes() == whole


def test_the_cache_holds_nothing_half_written(cache: Path) -> None:
    garamond()

    assert [path.suffix for path in cache.rglob("*") if path.is_file()] == [".ttf"]


def test_a_cache_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")

    with pytest.raises(PublishError) as caught:
        garamond()

    (problem,) = caught.value.problems
    assert problem.code == "no-cache"
    assert problem.hint == "set PUBLISH_CACHE to a folder that can be written"


def test_two_processes_make_the_same_font_at_once(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from publish.fonts import load_faces\n"
        "from publish.problems import Position\n"
        "(face,) = load_faces('EB Garamond', [700], False, Position(Path('x')))\n"
        "print(face.path.name)"
    )
    folders = [tmp_path / "shared", tmp_path / "shared", tmp_path / "other"]

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PUBLISH_CACHE": str(folder), "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for folder, seed in zip(folders, "123", strict=True)
    ]

    names = {process.communicate()[0] for process in processes}
    # The name holds a digest of the bytes.
    assert len(names) == 1
    assert len(list((tmp_path / "shared").rglob("*.ttf"))) == 1


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"PUBLISH_CACHE": "/c"}, "linux", Path("/c")),
        ({"XDG_CACHE_HOME": "/x"}, "linux", Path("/x/publish")),
        ({"XDG_CACHE_HOME": "x"}, "linux", Path.home() / ".cache/publish"),
        ({}, "linux", Path.home() / ".cache/publish"),
        ({}, "darwin", Path.home() / "Library/Caches/publish"),
        ({"LOCALAPPDATA": "/l"}, "win32", Path("/l/publish/cache")),
    ],
)
def test_the_cache_is_where_the_system_wants_it(
    environment: dict[str, str], platform: str, expected: Path
) -> None:
    assert cache_folder(environment, platform) == expected


def test_what_is_cached_is_made_once() -> None:
    made: list[str] = []

    def make() -> bytes:
        made.append("once")
        return b"bytes"

    paths = {cached("group", "name", ".bin", make, AT) for _ in range(3)}

    assert made == ["once"]
    assert [path.read_bytes() for path in paths] == [b"bytes"]


def test_a_subset_covers_what_was_asked_for() -> None:
    font = TTFont(io.BytesIO(subset(garamond(), LETTERS)))

    assert set(font.getBestCmap()) >= LETTERS
    assert ord("Z") not in font.getBestCmap()


def test_a_subset_can_hyphenate_and_number_a_list() -> None:
    font = TTFont(io.BytesIO(subset(garamond(), LETTERS)))

    assert set(font.getBestCmap()) >= set(map(ord, "-\u2010\u00a00123456789.•"))


def test_a_subset_keeps_small_capitals_figures_and_ligatures() -> None:
    font = TTFont(io.BytesIO(subset(garamond(), LETTERS)))

    assert features(font) >= {"smcp", "onum", "lnum", "tnum", "pnum", "liga", "locl"}
    assert font["GPOS"].table.FeatureList.FeatureRecord[0].FeatureTag == "kern"


def test_a_subset_keeps_the_forms_of_arabic_letters() -> None:
    (amiri,) = load_faces("Amiri", [400], False, AT)

    font = TTFont(io.BytesIO(subset(amiri, frozenset(map(ord, "کتاب")))))

    assert features(font) >= {"init", "medi", "fina"}


def test_a_subset_keeps_name_and_licence() -> None:
    font = TTFont(io.BytesIO(subset(garamond(700), LETTERS)))

    assert font["name"].getDebugName(4) == "EB Garamond Bold"
    assert "Open Font License" in font["name"].getDebugName(13)


def test_a_subset_is_small_and_the_same_each_time() -> None:
    first = subset(garamond(), LETTERS)

    assert first == subset(garamond(), LETTERS)
    assert len(first) < 40_000


def test_characters_that_a_face_has_not_are_passed_over() -> None:
    assert subset(garamond(), LETTERS | {ord("中")}) == subset(garamond(), LETTERS)


@pytest.mark.parametrize("character", "✓✗→☐☑│├└★⚠⌘↩♥№")
def test_common_symbols_are_in_a_named_font(character: str) -> None:
    (symbols,) = load_faces("DejaVu Sans", [400], False, AT)

    assert ord(character) in covers(symbols)


def test_covers_says_what_a_face_can_draw() -> None:
    assert covers(garamond()) >= LETTERS
    assert ord("中") not in covers(garamond())
