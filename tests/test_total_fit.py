"""The ends of a paragraph's lines, chosen all together."""

from dataclasses import replace
from itertools import pairwise, product

import pytest

from publish.pdf.total_fit import (
    EASY,
    Limits,
    Manners,
    Measure,
    Stop,
    balanced,
    best_stops,
    spacing,
)

# Letters are a unit wide, and do not give way.
PLAIN = Manners(track=0.0, widen=0.0, stub=0.0, full=0.0)
MEASURE = Measure(width=20.0, space=1.0, size=2.0)


def stops(*words: str, hyphen: float = PLAIN.hyphen) -> list[Stop]:
    """A paragraph of words; "|" is where one may be divided, and "/" behind one is
    where its author ended a line."""
    found = [Stop(0, 0.0, 0.0, 0, 0, 0, 0)]
    x = 0.0
    letters = 0
    for n, word in enumerate(words):
        parts = word.removesuffix("/").split("|")
        for part in parts[:-1]:
            x += len(part)
            letters += len(part)
            found.append(
                Stop(
                    letters, x + 1, x, n, n, letters + 1, letters, hyphen,
                    hyphen=True, divides=True,
                )
            )  # fmt: skip
        x += len(parts[-1])
        letters += len(parts[-1]) + 1
        forced = word.endswith("/")
        found.append(
            Stop(letters, x, x + 1, n, n + 1, letters - 1, letters, forced=forced)
        )
        x += 1
    return found


def lines(
    words: str, limits: Limits | None = None, manners: Manners = PLAIN
) -> list[str]:
    """What stands on each line; a divided word ends in a hyphen."""
    given = words.split()
    there = stops(*given, hyphen=manners.hyphen)
    chosen = best_stops(there, MEASURE, manners, limits or Limits())
    assert chosen is not None
    text = words.replace("|", "").replace("/", "") + " "
    ends = [0, *(stop.at for stop in chosen)]
    return [
        text[a:b].strip() + "-" * stop.divides
        for (a, b), stop in zip(pairwise(ends), chosen, strict=True)
    ]


PROSE = (
    "the keeper trimmed the lamp and wrote down that no thing had come to the door in"
    " all the long night he had been there"
)


def cost(cut: list[str]) -> float:
    """TeX's demerits of whole words on lines, without the last."""
    total = 0.0
    fits = [1]
    for line in cut[:-1]:
        gap = 20 - len(line)
        spaces = line.count(" ")
        if not spaces:
            return float("inf")
        ratio = gap / spaces / (0.5 if gap > 0 else 0.3)
        if ratio < -1:
            return float("inf")
        total += (10 + 100 * abs(ratio) ** 3) ** 2
        fits.append(
            0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        )
    if len(cut[-1]) > 20:
        return float("inf")
    total += 100
    fits.append(1)
    return total + sum(10_000 for a, b in pairwise(fits) if abs(a - b) > 1)


def test_nothing_is_better() -> None:
    words = PROSE.split()[:16]

    every = []
    for cuts in product((False, True), repeat=len(words) - 1):
        text = words[0]
        for word, cut in zip(words[1:], cuts, strict=True):
            text += ("\n" if cut else " ") + word
        every.append(text.split("\n"))

    best = min(map(cost, every))
    assert cost(lines(" ".join(words))) == pytest.approx(best)


def test_a_tight_line_is_taken_where_it_helps() -> None:
    found = lines("aaaa bbbb cccc ddd ee ffff gggg hhhh iii jj kkkk")

    # One letter too many for the measure.
    assert len(found[0]) == 21


def test_a_word_is_divided_where_a_line_would_be_bad() -> None:
    words = "aaaa bbbb ccc|cccccccccc ddddd eeee ffff"

    assert lines(words)[0] == "aaaa bbbb ccc-"
    assert lines(words, manners=replace(PLAIN, hyphen=1e8))[0] == "aaaa bbbb"


def longest(cut: list[str]) -> int:
    """Hyphens in a row."""
    ends = "".join("-" if line.endswith("-") else " " for line in cut)
    return max(map(len, ends.split()), default=0)


def test_no_more_hyphens_in_a_row_than_there_may_be() -> None:
    words = " ".join(["xxxxxxx|xxxxx"] * 12)

    assert longest(lines(words, manners=replace(PLAIN, row=9, hyphen=0.0))) > 2
    assert longest(lines(words)) == 2


def test_no_third_hyphen_in_a_row_for_even_spaces() -> None:
    words = "aaaaaaa bbbbbbbb cc|" + "cccccc dddddddd ee|" * 3 + "eeeeee fffffff"

    assert longest(lines(words)) <= 2


def test_where_each_line_is_part_of_a_word_there_are_lines() -> None:
    words = "|".join(("a" * 9, *["b" * 19] * 3, "c" * 10))

    assert len(lines(words)) == 5


def test_a_stop_may_be_forbidden() -> None:
    usual = best_stops(stops(*PROSE.split()), MEASURE, PLAIN)
    assert usual
    first = usual[0].at

    other = best_stops(stops(*PROSE.split()), MEASURE, PLAIN, Limits(forbidden={first}))

    assert other
    assert first not in {stop.at for stop in other}


@pytest.mark.parametrize("more", [-1, 1])
def test_an_author_takes_or_gives_a_line(more: int) -> None:
    words = " ".join(["aa"] * 30)
    wide = replace(PLAIN, stretch=2.0, shrink=0.8)
    usual = len(lines(words, manners=wide))

    assert len(lines(words, Limits(lines=usual + more), wide)) == usual + more


def test_so_many_lines_as_nobody_can_make_are_none() -> None:
    assert best_stops(stops(*PROSE.split()), MEASURE, PLAIN, Limits(lines=40)) is None


def test_easy_lines_are_no_looser_than_they_may_be() -> None:
    loose = "aaaaaaa bbbbbbb cccccccccccc ddddddd eeeeeee"

    assert (
        best_stops(stops(*loose.split()), MEASURE, PLAIN, Limits(loosest=EASY)) is None
    )
    assert lines(loose)


def test_a_word_wider_than_the_measure_has_no_lines() -> None:
    assert best_stops(stops("a" * 30, "b"), MEASURE, PLAIN) is None


def test_a_stub_is_no_last_line() -> None:
    words = "aaaaa bbb cc ddddd eee fffffff ggg hhh i"

    assert lines(words)[-1] == "i"
    assert lines(words, manners=replace(PLAIN, stub=3.0))[-1] != "i"


def test_the_first_line_is_indented() -> None:
    words = stops("aaaaaaa", "bbbbbb", "ccccc", "ddddddd", "eeeee")
    measure = replace(MEASURE, indent=10.0)

    plain = best_stops(words, MEASURE, PLAIN)
    indented = best_stops(words, measure, PLAIN)
    assert plain
    assert indented
    assert indented[0].at < plain[0].at


def test_a_line_that_its_author_ended_is_a_last_one() -> None:
    begins, rest = PROSE.split(" no "), "the lamp went on"
    words = f"{begins[0]}/ {begins[1]}"

    apart = [*lines(begins[0]), *lines(begins[1])]
    assert lines(words) == apart
    assert lines(f"{rest}/ {words}") == [rest, *apart]
    assert lines(f"a/ {words}/ b", Limits(loosest=100.0)) == ["a", *apart, "b"]


def test_a_stub_is_no_line_that_its_author_ended() -> None:
    words = "aaaaa bbb cc ddddd eee fffffff ggg hhh i/ jj"

    assert lines(words)[-2:] == ["i", "jj"]
    stubs = replace(PLAIN, stub=3.0)
    assert lines(words, manners=stubs)[-2:] != ["i", "jj"]
    # One that is all that its author wrote is no fault.
    assert lines("i/ aaaa bbbb", Limits(loosest=EASY), stubs) == ["i", "aaaa bbbb"]


def test_lines_of_a_heading_end_where_its_author_ended_them() -> None:
    words = stops("aa", "bbb/", "ccc", "dddd", "eee", "ffff", "ggg")

    found = balanced(words, MEASURE)

    assert found
    assert [stop.at for stop in found] == [7, 16, 29]


@pytest.mark.parametrize("gap", [-1.4, -0.5, 0.0, 0.8, 3.0, 12.0])
def test_a_line_comes_out_as_wide_as_the_measure(gap: float) -> None:
    manners = Manners()
    width, spaces, letters = 20 - gap, 4, 18

    found = spacing(gap, width, (spaces, letters), MEASURE, manners)

    made = (width + found.space * spaces + found.letter * letters) * found.wide
    assert made == pytest.approx(20)
    assert abs(found.letter) <= manners.track * MEASURE.size + 1e-9
    assert abs(found.wide - 1) <= manners.widen + 1e-9


def test_a_line_of_one_word_stays_as_it_is() -> None:
    found = spacing(4.0, 16.0, (0, 16), MEASURE, Manners())

    assert (found.space, found.letter, found.wide) == (0, 0, 1)
