"""The bars of an ISBN and of a price, as they are published."""

import pytest

from publish.barcode import (
    HEIGHT,
    MODULE,
    add_on_modules,
    add_on_of,
    barcode,
    ean_modules,
)

ISBN = "9780306406157"


def test_bars_are_those_of_a_published_example() -> None:
    # 4003994155486: "International Article Number", Wikipedia.
    assert ean_modules("4003994155486") == (
        "101"
        "000110101001110111101000101100101110011101"
        "01010"
        "110011010011101001110101110010010001010000"
        "101"
    )


@pytest.mark.parametrize(
    ("first", "other_way"),
    [("0", ""), ("4", "2 5 6"), ("9", "2 3 5"), ("1", "3 5 6")],
)
def test_the_first_digit_is_told_by_how_the_others_are_written(
    first: str, other_way: str
) -> None:
    modules = ean_modules(f"{first}111111000000")
    digits = [modules[3 + 7 * n : 10 + 7 * n] for n in range(6)]

    # 1 is 0011001 the usual way, 0110011 the other.
    turned = [str(n) for n, code in enumerate(digits, 1) if code == "0110011"]
    assert " ".join(turned) == other_way


def test_an_add_on_is_that_of_a_published_example() -> None:
    # 52495: "EAN-5", Wikipedia; its checksum is 1, so its first and third are G.
    assert add_on_modules("52495") == (
        "010110111001010010011010011101010001011010110001"
    )


def test_a_symbol_has_its_size_and_quiet_zones() -> None:
    symbol = barcode(ISBN)

    # GS1: 37.29 × 25.93 mm at full size; 3.63 mm free at the left, 2.31 at the right.
    assert symbol.width * 0.33 == pytest.approx(37.29)
    assert symbol.height * 0.33 == pytest.approx(25.93, abs=0.01)
    assert pytest.approx(22.85, abs=0.01) == HEIGHT * 0.33
    assert symbol.bars[0].left * 0.33 == pytest.approx(3.63)
    last = symbol.bars[-1]
    assert (symbol.width - last.left - last.width) * 0.33 == pytest.approx(2.31)


def test_guards_are_longer_than_the_other_bars() -> None:
    bars = barcode(ISBN).bars

    long = [n for n, bar in enumerate(bars) if bar.height > HEIGHT]
    assert long == [0, 1, 14, 15, 28, 29]
    assert len(bars) == 30


def test_an_add_on_stands_behind_the_isbn_with_its_digits_above() -> None:
    symbol = barcode(ISBN, "51499")

    assert symbol.width == pytest.approx(167, abs=3)
    assert [d.text for d in symbol.digits if d.top] == list("51499")
    behind = symbol.bars[30]
    assert behind.left - (11 + 95) >= 7
    assert behind.top > 0


@pytest.mark.parametrize(("add_on", "size"), [("", 1.0), ("51499", 0.91)])
def test_a_symbol_is_as_large_as_the_field_of_kdp_holds(
    add_on: str, size: float
) -> None:
    symbol = barcode(ISBN, add_on)

    made = symbol.magnification(144, 86.4)

    assert made == size
    assert symbol.width * MODULE * made <= 144


def test_a_field_may_be_too_small() -> None:
    assert barcode(ISBN).magnification(84, 86) == 0
    assert barcode(ISBN).magnification(85, 86) == 0.8


@pytest.mark.parametrize(
    ("price", "digits"),
    [
        ("USD 14.99", "51499"),
        ("USD 5", "50500"),
        ("USD 100", "59999"),
        ("USD 99.99", "59999"),
        ("CAD 19.5", "61950"),
        ("AUD 24.95", "32495"),
        ("NZD 30.00", "43000"),
        ("GBP 9.99", "00999"),
        ("GBP 120.00", "12000"),
        ("GBP 200", ""),
        ("EUR 12.00", ""),
        ("", ""),
    ],
)
def test_a_price_becomes_five_digits(price: str, digits: str) -> None:
    assert add_on_of(price) == digits
