"""What is said of a listing: its title, its caption, its lines."""

import zipfile
from io import BytesIO

import pytest

from publish.model import CodeBlock, CodeLines, Format
from publish.pipeline import build
from publish.report import Report
from publish.walk import lines_of_code, plain_text
from tests.conftest import WriteBook
from tests.tagged import tag_lines
from tests.trees import read_one

LISTING = """\
# One

~~~ {.python #lst-trim .numberLines startFrom="8" hl_lines="2" title="trim.py" caption="To *trim*[^a]"}
oil = 3  # <1>
wick = "a line that is so long that it must turn over at the end of the measure, twice"
~~~

1. In pints.

See @lst-trim.

[^a]: With scissors.
"""  # noqa: E501 - as authors write


def block(text: str) -> CodeBlock:
    (found,) = (b for b in read_one(text).blocks if isinstance(b, CodeBlock))
    return found


def test_what_is_said_of_lines_is_in_the_tree() -> None:
    code = block(LISTING)

    assert code.lines == CodeLines(first=8, marked=(2,), calls=((1, 1),))
    assert code.text.startswith("oil = 3\nwick")
    assert (code.title, plain_text(code.caption)) == ("trim.py", "To trim")


@pytest.mark.parametrize(
    ("info", "marked"),
    [
        ('hl_lines="1-3 2"', (1, 2, 3)),
        ('hl_lines="2-900000"', (2, 3, 4)),
        ("hl_lines=3-2", ()),
        ("hl_lines=0", ()),
        ('code-line-numbers="1|3"', (1, 3)),
    ],
)
def test_marked_lines_are_those_that_are_there(
    info: str, marked: tuple[int, ...]
) -> None:
    code = block(f"``` {{.r {info}}}\na\nb\nc\nd\n```\n")

    assert code.lines.marked == marked


@pytest.mark.parametrize("info", ["code-line-numbers=true", 'linenums="1"'])
def test_other_tools_ask_for_numbers_otherwise(info: str) -> None:
    assert block(f"``` {{.r {info}}}\na\n```\n").lines == CodeLines(first=1)


def test_lines_are_those_of_the_text() -> None:
    code = block('```python\na = """x\n\ny"""\n\n```\n')

    lines = lines_of_code(code)

    assert "\n".join("".join(t.text for t in line) for line in lines) == (
        'a = """x\n\ny"""\n'
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    book = tmp_path_factory.mktemp("listings")
    (book / "1.md").write_text(LISTING, encoding="utf-8")
    (book / "book.toml").write_text(
        '[book]\ntitle = "T"\nlanguage = "en"\npeople = ["A"]\n', encoding="utf-8"
    )
    return build(book)


def test_nothing_is_wrong_with_it(report: Report) -> None:
    assert not report.problems


def made(report: Report, suffix: Format) -> bytes:
    return next(a.data for a in report.artifacts if a.name.endswith(suffix))


def test_numbers_of_lines_are_no_words_of_the_epub(report: Report) -> None:
    with zipfile.ZipFile(BytesIO(made(report, Format.EPUB))) as epub:
        (name,) = (n for n in epub.namelist() if n.endswith("-one.xhtml"))
        page = epub.read(name).decode()

    assert '<span class="p-line" data-line="8">' in page
    assert '<mark class="p-line" data-line="9">' in page
    assert ">8" not in page


def test_print_says_caption_file_and_calls_but_no_numbers(report: Report) -> None:
    lines = [line.strip() for line in tag_lines(made(report, Format.PDF))]

    assert "Code 'trim.py'" in lines
    (code,) = (line for line in lines if "oil = 3" in line)
    assert code.startswith("Code 'oil = 3' '1' 'wick")


def test_lines_wider_than_a_phone_hang_in_the_epub(write_book: WriteBook) -> None:
    text = "# One\n\n```\nshort\n```\n\n```\n" + "word " * 20 + "\n```\n"
    with zipfile.ZipFile(
        BytesIO(made(build(write_book({"1.md": text})), Format.EPUB))
    ) as epub:
        (name,) = (n for n in epub.namelist() if n.endswith("-one.xhtml"))
        page = epub.read(name).decode()

    assert "<code>short\n</code>" in page
    assert '<code><span class="p-line">word word' in page
