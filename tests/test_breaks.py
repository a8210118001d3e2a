"""Where lines of code that turn over are parted."""

import pypdfium2
import pytest

from publish.model import Edition, Format, Trim
from publish.pdf import render_pdf
from publish.pdf.breaks import BREAK, JOINER, NAME, breaks, join_hyphens
from publish.style import load_style
from publish.transform import transform
from tests.trees import read

# A line of code has room for 39 signs.
SMALL = Edition("print", Format.PDF, trim=Trim(300, 360))


def shown(line: str, room: int = 40) -> str:
    """The line with | where it may break, and ^ where it may not."""
    marks = breaks(line, room)
    signs = {BREAK: "|", JOINER: "^"}
    return "".join(signs.get(marks.get(n, ""), "") + c for n, c in enumerate(line))


@pytest.mark.parametrize(
    "line",
    [
        "rank(ascending=False)",
        "collections.|Counter(|count_words(|x))",
        'f(|rows[[|"first"]],|key=|other_value)',
        "/usr/|local/|share/|fonts/|garamond.|otf",
        "indented_|function_|name_|that_|goes_|on",
        "__a_|name_|of_|ten_|words_|and_|of_|more__",
        "3.14159265358979323846264338327950",
        "../|a_folder/|another_folder/.gitignore",
    ],
)
def test_a_long_run_breaks_behind_its_stops(line: str) -> None:
    assert shown(line.replace("|", "")) == line


def test_a_name_breaks_where_it_is_longer_than_a_line() -> None:
    assert shown("f(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)", 40) == f"f(|{'a' * 30})"
    assert shown("f(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)", 20).count("|") == NAME + 7


@pytest.mark.parametrize(
    ("text", "before", "joined"),
    [
        ("ls -lh", "", "ls -^lh"),
        ("git checkout --help", "", "git checkout --^help"),
        ("-v", "", "-^v"),
        ("-v", "x", "-v"),
        ("v", "-", "v"),
        ("[-v]", "", "[-^v]"),
        ("x->y", "", "x-^>y"),
        ("my-file", "", "my-file"),
        ("a - b", "", "a - b"),
        ("a-", "", "a-"),
    ],
)
def test_hyphens_stay_with_what_they_stand_before(
    text: str, before: str, joined: str
) -> None:
    assert join_hyphens(text, before).replace(JOINER, "^") == joined


def test_an_indent_stays_with_what_it_indents() -> None:
    assert shown("    a = 1") == "    ^a = 1"
    assert shown("    ") == "    "


@pytest.fixture(scope="module")
def page_lines() -> list[str]:
    text = """\
```python
            return name_of_a_module.name_of_a_function(with_a_word)
```

``` {.python .numberLines}
    # words and words and words and words and words and words
```

```
run some/long/path/to/a/file.csv -f -lh
run some/long/path/to/a/file.csv--f j --a -lh
```

Say `ls -lh` and `ls -lh` and `ls -lh` and `ls -lh` and `ls -lh` and `ls -lh` and now
`ls -lh` and `ls -lh` and `ls -lh`.
"""
    made = render_pdf(transform(read({"a.md": text})), SMALL, load_style("classic"))
    assert made.problems == ()
    with pypdfium2.PdfDocument(made.data) as pdf:
        return [
            line.strip()
            for page in pdf
            for line in page.get_textpage().get_text_range().splitlines()
        ]


def test_a_line_that_turns_hangs_at_its_indent(page_lines: list[str]) -> None:
    start = page_lines.index("return name_of_a_module.")

    assert page_lines[start : start + 3] == [
        "return name_of_a_module.",
        "name_of_a_function(",
        "with_a_word)",
    ]


def test_a_line_with_a_number_is_as_long_as_others(page_lines: list[str]) -> None:
    start = page_lines.index("# words and words and words")

    assert page_lines[start + 1] == "and words and words and"


def test_options_are_not_parted_on_the_page(page_lines: list[str]) -> None:
    assert [line for line in page_lines if line.endswith("-")] == []
    assert sum(line.count("-lh") for line in page_lines) == 11
