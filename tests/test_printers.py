"""Profiles of printers, and what an edition makes of them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from publish.config import load_config
from publish.config.printing import PROFILE
from publish.lengths import points_of, trim_of
from publish.model import Booklet, Ink, Printing, Trim
from publish.printers import PROFILES, load_printer, printer_names
from publish.problems import PublishError

EDITION = """
[editions.paperback]
format = "pdf"
"""


def printing(folder: Path, *lines: str) -> Printing:
    return loaded(folder, *lines)[0]


def loaded(folder: Path, *lines: str) -> tuple[Printing, Trim]:
    path = folder / "book.toml"
    path.write_text("\n".join((EDITION, *lines)), encoding="utf-8")
    (edition,) = load_config(path).editions
    assert edition.printing
    return edition.printing, edition.trim


def said(folder: Path, *lines: str) -> list[tuple[int, str, str, str]]:
    """The line below those of `EDITION`, the code, the message and the hint of each."""
    path = folder / "book.toml"
    path.write_text("\n".join((EDITION, *lines)), encoding="utf-8")
    try:
        problems = load_config(path).problems
    except PublishError as error:
        problems = error.problems
    return [(p.at.line - 4, p.code, p.message, p.hint) for p in problems]


def tables(said: Any) -> list[dict[str, Any]]:
    """All tables with numbers in a profile, itself among them."""
    if isinstance(said, list):
        return [table for one in said for table in tables(one)]
    if not isinstance(said, dict):
        return []
    return [said, *(table for one in said.values() for table in tables(one))]


@pytest.mark.parametrize("name", printer_names())
def test_a_profile_says_where_its_numbers_are_from(name: str) -> None:
    told = tomllib.loads((PROFILES / f"{name}.toml").read_text("utf-8"))

    assert told["name"]
    assert told["source"]
    assert told["date"]
    assert all(("source" in t) <= bool(t.get("source")) for t in tables(told))


@pytest.mark.parametrize("name", printer_names())
def test_an_author_may_write_every_number_of_a_profile(name: str) -> None:
    """All but the source of a part, and the sizes that are thinner."""
    told = tomllib.loads((PROFILES / f"{name}.toml").read_text("utf-8"))
    for table in tables(told)[1:]:
        for key in ("source", "date", "fewer"):
            table.pop(key, None)

    assert list(PROFILE.faults(told, ())) == []


def test_the_gutter_grows_with_the_number_of_pages() -> None:
    margins = load_printer("kdp").margins

    # KDP Help, paperback: inside margins in inches.
    bands = {24: 0.375, 150: 0.375, 151: 0.5, 301: 0.625, 501: 0.75, 701: 0.875}
    assert {n: margins.gutter(n) / 72 for n in bands} == bands
    assert margins.gutter(900) == margins.gutter(701)
    widths = [margins.gutter(n) for n in range(1, 1000)]
    assert widths == sorted(widths)


def test_some_sizes_are_bound_thinner() -> None:
    white, cream, *_ = load_printer("kdp").papers

    assert white.most_of(Trim(432, 648)) == 828
    assert white.most_of(Trim(612, 792)) == 590
    assert cream.most_of(Trim(612, 792)) == 550


def test_sizes_between_those_that_are_offered() -> None:
    kdp, lulu = load_printer("kdp").sizes, load_printer("lulu").sizes
    a5, giant = Trim(419.528, 595.276), Trim(700, 900)

    assert kdp.offers(a5)
    assert lulu.offers(a5)
    assert not kdp.offers(giant)
    assert not lulu.offers(Trim(400, 500))
    assert load_printer("ingram").sizes.offers(Trim(400, 500))


def test_an_edition_names_its_printer_and_paper(tmp_path: Path) -> None:
    done = printing(tmp_path, 'printer = "kdp"', 'paper = "cream"', "bleed = true")

    assert (done.printer.name, done.paper.name, done.bleed) == ("KDP", "cream", True)


def test_the_first_paper_is_taken_where_none_is_said(tmp_path: Path) -> None:
    assert printing(tmp_path, 'printer = "lulu"').paper.name == "white"


def test_an_office_prints_on_its_own_sheets(tmp_path: Path) -> None:
    _, trim = loaded(tmp_path, 'printer = "office"')

    assert trim == Trim(595.276, 841.89)


@pytest.mark.parametrize(
    ("said", "booklet"),
    [("true", Booklet()), ("16", Booklet(16)), ("false", None)],
)
def test_an_office_folds_booklets(
    tmp_path: Path, said: str, booklet: Booklet | None
) -> None:
    done = printing(tmp_path, 'printer = "office"', f"booklet = {said}")

    assert done.booklet == booklet


def test_a_booklet_has_half_of_the_sheets_that_its_printer_takes(
    tmp_path: Path,
) -> None:
    _, trim = loaded(tmp_path, 'printer = "office"', "booklet = true")

    assert trim == trim_of("A5")


def test_a_printer_of_one_s_own(tmp_path: Path) -> None:
    done = printing(
        tmp_path,
        'printer = "custom"',
        "bleed = true",
        "[editions.paperback.custom]",
        'bleed = { width = "3mm", spine = true }',
        'margins = { least = "8mm", gutter = [{ most = 200, width = "14mm" }] }',
        'paper = [{ name = "wove", ink = "colour", pages = [64, 640] }]',
    )

    assert done.bleed
    assert done.paper.ink is Ink.COLOUR
    assert (done.paper.least, done.paper.most) == (64, 640)
    assert done.printer.bleed.width == points_of("3mm")
    assert done.printer.margins.gutter(900) == points_of("14mm")
    assert not done.printer.file.forbids


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ['printer = "kpd"'],
            (
                "bad-value",
                "`printer` must be the name of a printer, one of"
                " ingram, kdp, lulu, office, custom",
                'did you mean "kdp"?',
            ),
        ),
        (
            ['printer = "kdp"', 'paper = "creme"'],
            ("no-paper", "KDP has no paper “creme”", 'did you mean "cream"?'),
        ),
        (
            ['printer = "ingram"', 'paper = "gold"'],
            (
                "no-paper",
                "IngramSpark has no paper “gold”",
                'it has "white", "cream", "colour"',
            ),
        ),
        (
            ['printer = "lulu"', 'trim = "5x8in"'],
            (
                "no-trim",
                "Lulu prints no books of 5x8in",
                "it prints 5.5x8.5in, 5.83x8.27in, 4.25x6.875in",
            ),
        ),
        (
            ['printer = "custom"'],
            (
                "no-printer",
                'printer = "custom" has no numbers',
                "write them under [editions.paperback.custom]",
            ),
        ),
        (
            ["bleed = true"],
            ("no-effect", "`bleed` is not used", "say who prints it: `printer`"),
        ),
        (
            ['printer = "office"', "bleed = true"],
            (
                "no-effect",
                "`bleed` is not used",
                "an office printer prints nothing up to the edge",
            ),
        ),
        (
            ["booklet = true"],
            ("no-effect", "`booklet` is not used", "say who prints it: `printer`"),
        ),
        (
            [
                *('printer = "custom"', "booklet = 16", "marks = true"),
                *("[editions.paperback.custom]", 'name = "Lamp"'),
            ],
            ("no-effect", "`marks` is not used", "a booklet is folded, and not cut"),
        ),
        (
            ['printer = "kdp"', "booklet = 16"],
            (
                "no-effect",
                "`booklet` is not used",
                "KDP wants single pages, and folds them itself",
            ),
        ),
        (
            ['printer = "office"', "booklet = 14"],
            (
                "bad-value",
                "`booklet` must be true, false, or the pages of a signature:"
                " 4, 8, 12, 16, …",
                "write 16: a folded sheet has four pages",
            ),
        ),
        (
            ['trim = "A5"', 'margin = "90mm"'],
            (
                "no-room",
                "a margin of 90mm takes more than half of the page",
                "choose a larger trim, as A4, or a smaller margin",
            ),
        ),
        (
            ["margin = 60"],
            (
                "bad-value",
                '`margin` must be a length like "3mm" or "0.125in"',
                'write "60mm"',
            ),
        ),
        (
            ['margins = "60mm"'],
            (
                "unknown-key",
                "unknown key `margins`",
                "write `margins` under [design]",
            ),
        ),
        (
            ['printer = "kdp"', "[editions.paperback.custom]", 'name = "Lamp"'],
            ("no-effect", "`custom` is not used", 'it is for printer = "custom"'),
        ),
    ],
)
def test_what_does_not_go_together_is_said(
    tmp_path: Path, lines: list[str], found: tuple[str, str, str]
) -> None:
    ((line, *rest),) = said(tmp_path, *lines)

    assert tuple(rest) == found
    assert line in range(1, len(lines) + 1)
