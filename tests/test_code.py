"""Code is coloured, and not one sign of it is changed."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from publish.model import CodeBlock, CodeToken, Heading, Quote, Text, Trim
from publish.parse.code import highlight_code
from publish.pdf.code import loosen_lines, printed_lines
from publish.pdf.page import page_of
from publish.style import load_style
from publish.transform.empty_code import drop_empty_code
from publish.walk import chapter_blocks
from tests.trees import chapter, read

SAMPLES = {
    "python": '@wick\ndef oil(n: int) -> str:\n    """Burn."""\n\treturn f"{n}"  # k\n',
    "go": 'package main\n\nfunc main() {\n\tfmt.Println("oil", 1.5)\n}\n',
    "console": "$ echo oil\noil\n\n$ ls\n",
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-oil\n+wick\n",
    "html": '<p class="a">&amp; <!-- no --></p>\n<script>let a = 1</script>\n',
    "css": "a::before { content: '\\201C'; }\n",
    "json": '{"a": [1, null, "x"]}\n',
    "yaml": "a: &x\n  - 'b'\n---\n\n\n",
    "sql": "SELECT * FROM oil WHERE n > 1; -- all\n",
    "r": "x <- c(1, NA)\n",
    "c": "#include <stdio.h>\nint main(void) { return 0; }\n",
    "js": "const a = `x${1}y`;\r\nlet b\r\n",
    "rust": 'fn main() { let a: &\'static str = "x"; }\n',
    "bash": '\n\n   for f in *; do\n  echo "$f"\ndone   \n\n',
    "php": "not php <?php echo 1; ?> not php\n",
    "make": "all:\n\t@echo oil\n",
    "latex": "\\section{Oil} % burns\n$x^2$\n",
    "python3": "é = 'ü🎉'\x0c\n",
}


def coloured(text: str, language: str) -> tuple[CodeToken, ...]:
    before = chapter(CodeBlock(text, 1, language))
    (after,) = highlight_code(before).blocks
    assert isinstance(after, CodeBlock)
    return after.tokens


def test_code_is_cut_into_the_kinds_that_a_style_tells_apart() -> None:
    assert coloured("def oil(n):  # ok\n    return 1\n", "python") == (
        CodeToken("k", "def "),
        CodeToken("nf", "oil"),
        CodeToken("", "(n):  "),
        CodeToken("c", "# ok\n    "),
        CodeToken("k", "return "),
        CodeToken("m", "1\n"),
    )


@pytest.mark.parametrize("language", SAMPLES)
def test_tokens_join_to_the_text(language: str) -> None:
    text = SAMPLES[language].replace("\r\n", "\n")

    tokens = coloured(text, language)

    assert "".join(token.text for token in tokens) == text
    assert {token.kind for token in tokens} > {""}


@pytest.mark.parametrize("text", ["a\r\nb = 1\r\n", "\ufeffa = 1\n", "a\rb = 1\n"])
def test_code_that_a_lexer_would_change_stays_without_colour(text: str) -> None:
    assert "".join(token.text for token in coloured(text, "python")) in {"", text}


@pytest.mark.parametrize("language", ["", "no-such-language", "text", "1+1", "../x"])
def test_a_language_that_nobody_knows_has_no_colour(language: str) -> None:
    assert coloured("def oil(): pass\n", language) == ()


@pytest.mark.parametrize("language", ["Python", "PYTHON", "py"])
def test_a_language_is_known_by_any_of_its_names(language: str) -> None:
    assert coloured("def oil(): pass\n", language)[0] == CodeToken("k", "def ")


def test_nothing_but_colour_is_changed() -> None:
    heading, listing = Heading(1, (Text("A"),), 1), CodeBlock("pass\n", 3, "python")
    before = chapter(heading, Quote((listing,), 3), CodeBlock("pass\n", 6))

    coloured = replace(listing, tokens=(CodeToken("k", "pass\n"),))
    after = chapter(heading, Quote((coloured,), 3), CodeBlock("pass\n", 6))
    assert highlight_code(before) == after


@pytest.mark.parametrize(
    ("html", "ragged"),
    [
        ("<p>some words and <code>a_name</code> in a long line</p>", 0),
        ("<p>see <code>a_long_name</code></p>", 1),
        ("<p>see <em><a href='#x'><code>a_long_name</code></a></em></p>", 1),
        ("<p>see <a href='x'>https://example.org/a/b</a></p>", 1),
        ("<ul><li>see <code>a_long_name</code></li></ul>", 1),
        ("<div class='center'><p><code>a_long_name</code></p></div>", 0),
        ("<p class='right'><code>a_long_name</code></p>", 0),
        ("<table><tr><td><p><code>a_long_name</code></p></td></tr></table>", 0),
        ("<figure><figcaption><p><code>name</code></p></figcaption></figure>", 0),
    ],
)
def test_lines_full_of_code_end_freely_where_nobody_said_how(
    html: str, ragged: int
) -> None:
    section = fromstring(f"<section>{html}</section>")

    loosen_lines(section)

    found = [e for e in section.iter() if "p-ragged" in (e.get("class") or "").split()]
    assert len(found) == ragged


@pytest.mark.parametrize(("code", "lines"), [("a\nb\n", 2), ("", 1), ("x" * 150, 3)])
def test_lines_that_turn_over_are_counted(code: str, lines: int) -> None:
    style = load_style("classic")
    listing = fromstring(f"<pre><code>{code}</code></pre>")

    made = printed_lines(listing, page_of(style.page, style.sizes, Trim(432, 648)))

    assert made == lines


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("```\n```", 0),
        ("``` python\n\n```", 0),
        ("> ```\n> ```", 0),
        ("``` {#a}\n```", 1),
        ('``` {.python title="a.py"}\n```', 1),
        ("``` {.python .numberLines}\n\n```", 1),
        ("```\na\n```", 1),
    ],
)
def test_a_block_of_code_that_shows_nothing_is_none(text: str, left: int) -> None:
    (one,) = drop_empty_code(read(f"Words\n\n{text}\n\nwords")).chapters

    code = [block for block in chapter_blocks(one) if isinstance(block, CodeBlock)]
    assert len(code) == left
