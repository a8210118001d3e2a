"""One idea of a date, from whatever file it comes to whatever file it goes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from publish.config import Facts, load_config, modified
from publish.dates import first_moment, is_date
from publish.problems import PublishError
from tests.trees import read


@pytest.mark.parametrize("date", ["1904", "1904-05", "1904-05-17", "2024-02-29"])
def test_a_year_a_month_and_a_day_are_dates(date: str) -> None:
    assert is_date(date)


@pytest.mark.parametrize(
    "words",
    ["", "190", "19045", "1904-13", "1904-5", "2023-02-29", "0000", "١٩٠٤", "1904\n"],
)
def test_what_no_calendar_has_is_no_date(words: str) -> None:
    assert not is_date(words)


def test_a_date_begins_with_its_first_second() -> None:
    assert first_moment("1904-05") == datetime(1904, 5, 1, tzinfo=UTC)


def test_a_heading_with_an_impossible_date_stays_in_the_text() -> None:
    chapters = "".join(f"## Chapter {n}\n\nwords\n\n" for n in range(3))

    book = read(f"## Date: 2020-13-45\n\n{chapters}")

    assert book.metadata.published == ""
    assert "2020-13-45" in repr(book.chapters)


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:59:59-05:00",
        "1979-12-31",
        "1980-01-01T00:00:00+01:00",
    ],
)
def test_a_moment_that_no_file_can_carry_is_a_problem(
    tmp_path: Path, moment: str
) -> None:
    path = tmp_path / "book.toml"
    path.write_text(f'[book]\ntitle = "T"\nmodified = {moment}\n', encoding="utf-8")

    with pytest.raises(PublishError) as caught:
        load_config(path)

    assert [(p.at.line, p.code) for p in caught.value.problems] == [(3, "bad-value")]


@pytest.mark.parametrize(("seconds", "date"), [("", "0800"), ("86400", "2001")])
def test_a_file_is_never_older_than_1980(
    monkeypatch: pytest.MonkeyPatch, seconds: str, date: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)

    assert modified(Facts(published=date)) == datetime(1980, 1, 1, tzinfo=UTC)
