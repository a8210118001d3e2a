"""A word that is lost on the way is seen at each seam, and none is where none is."""

import io
import re
import zipfile
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar
from xml.etree.ElementTree import Element, fromstring

import pytest

from publish.artifact import Artifact
from publish.crew import Here, Kept, Work
from publish.epub import render_epub
from publish.model import (
    Book,
    Code,
    CodeBlock,
    Edition,
    Emphasis,
    Format,
    Generated,
    Image,
    LineBreak,
    Paragraph,
    Person,
    Text,
)
from publish.pdf import render_pdf
from publish.problems import Position, Problem
from publish.store import Store
from publish.style import load_style
from publish.stylesheets import Hiding
from publish.transform import transform
from publish.walk import Rewrite, rewrite_chapter
from publish.words import (
    Run,
    lost_in_document,
    lost_in_layout,
    lost_in_pages,
    lost_in_tree,
    lost_in_xhtml,
)
from publish.words.count import shown_words, words, written_text
from tests.trees import METADATA, chapter, paragraph, read, sources

R = TypeVar("R")
# What is legal in a manuscript and hard to count in a coarse look at it.
NASTY = [
    "[a](/u 'two words') ![b](x.png \"in it\") [c](<x y> (so))",
    '[a][b] and [b]\n\n[b]: <http://x.org/a b> "of it"',
    "[a]\n\n[a]: http://x.org/y\n  'over two\n  lines'",
    "[a]:\n/where\n\n[a] [e\\]f]\n\n[e\\]f]:no/room (t)",
    "[a][b][c]\n\n[c]: /u\n\n[not a def]: this is prose",
    '[a](y(z(q))w) [b](#a "it\'s \\" so") [c]( <> ) [d]() ![]()',
    '[a](javascript:alert(1) "told") <a href="javascript:x" title="zz">y</a>',
    "x[^1] y[^n-b] ^[said *here*]\n\n[^1]: first line\n\n    second\n\n[^n-b]: other",
    "&eacute;t&eacute; &amp; &copy; &#x41;b x&nbsp;y &nonsense; &amp;lt; &#0;",
    "`&eacute;` and `<b>` and ``a ` b`` and `[a](b)`",
    "\\*not\\* \\[a\\](b) snake\\_case \\`x\\` c\\d \\&amp;",
    "wo<!-- a comment\n\nof two -->rd b<b>o</b>ld o<font color=red>r</font>d",
    "<!-- a comment that\n\nnever ends",
    "this has `<!--` in it\n\nand more words, then `-->`",
    '<div class="a b" title="said">\n\ninner **x**\n\n</div>',
    "<script>let lost = 1;\n\n</script>\n\n<style>a{b:c}</style>\n\ntext",
    "漢字かな交じり文 한국어 ไทย text混在 <ruby>漢<rp>(</rp><rt>kan</rt></ruby>",
    "- [ ] task x\n- [x] done\n\n1. one\n2) two\n\n1986. A year\n\n[x](y) [ ](z)",
    '```python {#id .cls key="v w"}\ncode { a.b = c } [x](y)\n```\n\n~~~ {.r}\nx\n~~~',
    "``` not a fence `` ``` but code\n\n```\nnever closed [a](b)",
    "> ```js\n> let a = '<b>'\n> ```\n\n- ```\n  x {.y}\n  ```",
    '# Head {#anchor .cls data-x="y z"}\n\n[span]{.small} [x]{.a #c}y{z} {a b}',
    "Term\n: def one\n\n::: warning title\ninside\n:::",
    "<http://auto.link/path> <a@b.org> <your-name> List<String> a < b > c",
    "it's <y don't\n\nnew paragraph 'quoted' > end",
    "<table title=t><tr><td>a<td>b</table>\n\n| `c` |\n|:-:|\n| d\\|e |",
    "one *a*b**c**d_e_f  \ntwo\\\nthree ~~s~~t H~2~O",
    "<img src=a.png alt=\"alt words\" title='t w'> <abbr title='Hyper'>HT</abbr>",
    "<details><summary>sum</summary>\n\nbody\n</details><br/>a<hr>b",
    "<?php echo 1 ?> <![CDATA[ data ]]> <!ELEMENT br EMPTY>\n\n<!DOCTYPE html>",
    "<textarea>area</textarea><input value=i><button>go</button><video>v</video>",
    "a\u00adb so\u200bft x\ufeffy nul\x00l e\u0301\u0302 \u202ertl\u202c",
    "$a_{b}$ {{ jinja }} {% raw %} $$\\frac{a}{b}$$ {=html=}",
    "    indented <b>code</b> &amp; [x](y)\n\nSetext *head*\n===\n\nother\n---",
    "[^unused]: never called\n\n[^a]: b[^a]",
]


def lost(book: Book, text: str, source: str = "one.md") -> list[Problem]:
    return [*lost_in_tree(sources({source: text}), book.chapters, book.metadata)]


def without(book: Book, word: str) -> Book:
    """The book with the first text that holds *word* taken out, and nothing else."""
    done: list[object] = []

    def change(inline: object) -> object:
        if isinstance(inline, Text | Code) and word in inline.value and not done:
            done.append(inline)
            return replace(inline, value=inline.value.replace(word, "", 1))
        return inline

    rewrite = Rewrite(inline=change)  # type: ignore[arg-type]
    chapters = tuple(rewrite_chapter(one, rewrite) for one in book.chapters)
    assert done
    return replace(book, chapters=chapters)


@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_lost_from_what_is_hard_to_read(text: str) -> None:
    book = read({"one.md": text})

    assert lost(book, text) == []
    assert lost(transform(book), text) == []


def test_one_lost_word_is_named_with_its_file() -> None:
    text = '# Oil\n\nIt burned, and it *glowed* [here](x "title").\n'

    (problem,) = lost(without(read({"one.md": text}), "glowed"), text)

    assert str(problem) == (
        "one.md: error: 1 word of this file is not in the book: “glowed” [lost-words]\n"
        "  hint: this is a fault of publish, not yours: please report it with the file"
    )


class Counting(Here):
    """Counts what it was asked to do."""

    asked = 0

    def submit(self, work: Work[R]) -> "Future[R]":
        self.asked += 1
        return super().submit(work)


def test_what_was_compared_for_a_build_is_not_compared_for_the_next(
    tmp_path: Path,
) -> None:
    files = {"one.md": "oil", "two.md": "wick"}
    counting = Counting()
    kept = Kept(counting, Store(tmp_path))

    for word in ("oil", "lamp"):
        changed = files | {"one.md": word}
        made = read(changed).chapters
        assert [*lost_in_tree(sources(changed), made, METADATA, executor=kept)] == []

    assert counting.asked == 3


def test_of_many_lost_words_the_first_are_named() -> None:
    text = " ".join("abcdefghijkl")
    book = read({"one.md": text})
    empty = replace(book, chapters=(replace(book.chapters[0], blocks=()),))

    (problem,) = lost(empty, text)

    assert problem.message == (
        "12 words of this file are not in the book:"
        " “a”, “b”, “c”, “d”, “e”, “f”, “g”, “h” and others"
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It burned. It glowed.", "It"),
        ("[oil](oil.md) and <a href='oil'>oil</a>", "oil"),
        ('![wick](wick.png "wick") and wick', "wick"),
        ("x[^1]\n\n[^1]: the first line of a note\n", "first"),
        ("```go\nfmt.Println(`{.go}`, a[go](go))\n```\n\nand go", "go"),
        ("a {.b} { return b } b", "return"),
        ("<!-- a\n\nthen b", "then"),
        ("a <b\n\nthen words\n\n> quoted", "words"),
        ("b `<!--` then words `-->`", "b"),
        ("see (a b c)[d] [d](e f g)", "f"),
        ("漢字", "字"),
        ("The Lamp was lit. The wick.", "Lamp"),
        ("a\\_b a", "a"),
        ("1. one\n2. two 2", "2"),
        ("[a]: b c d", "c"),
    ],
)
def test_a_word_is_missed_although_it_stands_elsewhere_too(
    text: str, word: str
) -> None:
    book = read({"one.md": text})

    assert lost(book, text) == []
    assert len(lost(without(book, word), text)) == 1


def test_a_lost_block_of_code_is_seen() -> None:
    text = "a\n\n```go\nfunc oil() {}\n```\n"
    book = read({"one.md": text})
    (one,) = book.chapters
    kept = tuple(block for block in one.blocks if not isinstance(block, CodeBlock))

    (problem,) = lost(replace(book, chapters=(replace(one, blocks=kept),)), text)

    assert problem.message.endswith("“func”, “oil”")


def test_each_file_answers_for_its_own_words() -> None:
    files = {"one.md": "oil", "two.md": "oil wick"}
    book = read(files)
    bare = replace(book, chapters=book.chapters[:1])

    problems = [*lost_in_tree(sources(files), bare.chapters, METADATA)]

    assert [(str(p.at), p.message[:7]) for p in problems] == [("two.md", "2 words")]


def test_what_the_tool_wrote_makes_up_for_nothing() -> None:
    made = chapter(paragraph(Generated("oil")))
    page = replace(chapter(paragraph("oil")), generated=True)

    assert len([*lost_in_tree(sources({"one.md": "oil"}), [made, page], METADATA)]) == 1


def test_headings_that_became_data_are_not_lost() -> None:
    text = "# Title: The Lamp\n\n## Author: Ada Bell\n\n## Year: 1865\n\n"
    text += "## A\n\nAda lit the lamp in 1865.\n\n## B\n\n## C\n"
    book = read(text)

    assert book.metadata.people == (Person("Ada Bell"),)
    assert lost(book, text) == []
    # The data excuses headings, not the text.
    assert len(lost(without(book, "Ada"), text)) == 1


def test_a_pasted_text_is_counted_as_it_stands() -> None:
    text = "<b>oil</b> [a](b) *c* &eacute;"
    book = read({"one.txt": text})

    assert lost(book, text, "one.txt") == []
    assert len(lost(without(book, "oil"), text, "one.txt")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 3000,
        "[" * 5000,
        "](" * 5000,
        "<a '" * 5000,
        "{.a" * 5000,
        "{" + ".a" * 5000,
        "[a]: " * 3000,
        "```\n" * 3001,
        "- " * 5000 + "x",
        "1. " * 3000,
        "[a](" + "(" * 5000,
        "x" * 100_000,
    ],
)
def test_no_text_takes_long_to_count(text: str) -> None:
    start = perf_counter()

    assert [*lost_in_tree(sources({"one.md": text}), [], METADATA)] != [None]
    assert perf_counter() - start < 2


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("It's 3.5 km – snake_case, Café 漢字 กา e\u0301") == (
        ["It", "s", "3", "5", "km", "snake", "case", "Café", "漢", "字", "ก", "า", "e"]
    )


def test_written_words_part_at_marks_and_shown_words_do_not() -> None:
    inlines = (
        Emphasis((Text("oil"),)),
        Text("y"),
        LineBreak(),
        Code("x"),
        Generated("no"),
        Image("a.png", "heard", 1, "title"),
    )
    one = chapter(Paragraph(inlines, 1), CodeBlock("c d\n", 1))

    assert words(written_text(one)) == ["oil", "y", "x", "heard", "title", "c", "d"]
    assert [*shown_words(one)] == ["oily", "x", "c", "d"]


# Everything that the outputs write in a way of its own.
TRICKY = """\
# Öl & *Docht*

Ein **fett**gedrucktes [Wort](#öl--docht "mit Titel"), `code`, ein Aus<wbr>druck,
H<sub>2</sub>O, x[^1] und [nirgends](#nirgends "auch hier").
![Bild](fort.png "im Rahmen")

Donaudampfschifffahrtsgesellschaftskapitän Rechtsschutzversicherungsgesellschaften
Kraftfahrzeughaftpflichtversicherungsbeitrag Grundstücksverkehrsgenehmigung flieht
Nahrungsmittelunverträglichkeit. finden Auflage schaffen offiziell Affe.

- [ ] offen
- [x] fertig
  1. eins
  2. zwei

Begriff
: Erklärung &eacute; < 5 &amp; 6

| Kopf | Zahl |
|------|-----:|
| a\\|b | 3,5  |

```python
def sehr_langer_name_fuer_eine_funktion(erstes_argument, zweites_argument): return "é"
x = "%s"  # Kommentar, der weit über den Rand der schmalen Seite hinausgeht, wirklich
```

> 漢字かな交じり文と English が混ざる長い文章はどこでも折り返される可能性があります。

<details><summary>Mehr</summary>

Inhalt <kbd>Strg</kbd>+<kbd>C</kbd>

</details>

[^1]: Eine Anmerkung[^2] mit *Betonung*.

[^2]: Noch eine.
"""


@pytest.fixture(scope="module")
def tricky() -> Book:
    german = replace(METADATA, language="de", title="Öl")
    return transform(read({"one.md": TRICKY}, german))


def pages(epub: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {
            re.sub(r".*/|\.xhtml$", "", name): archive.read(name)
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }


@pytest.fixture(scope="module")
def xhtml(tricky: Book) -> dict[str, bytes]:
    edition = Edition("ebook", Format.EPUB)
    return pages(render_epub(tricky, edition, load_style("classic")).data)


def test_an_epub_holds_every_word_of_its_tree(
    tricky: Book, xhtml: dict[str, bytes]
) -> None:
    assert [*lost_in_xhtml(tricky.chapters, xhtml, "the EPUB")] == []


@pytest.mark.parametrize(
    ("gone", "names"),
    [
        ("fett", "“fett”"),
        ("Kommentar", "“Kommentar”"),
        ("Titel", "“Titel”"),
        ("Begriff", "“Begriff”"),
        ("Betonung", "“Betonung”"),
        ("eins", "“eins”"),
        ("折", "“折”"),
        ("Mehr", "“Mehr”"),
    ],
)
def test_a_word_that_an_epub_lost_is_named(
    tricky: Book, xhtml: dict[str, bytes], gone: str, names: str
) -> None:
    fewer = {name: page.replace(gone.encode(), b"") for name, page in xhtml.items()}

    (problem,) = lost_in_xhtml(tricky.chapters, fewer, "the EPUB")

    assert str(problem.at) == "one.md"
    assert problem.message == f"1 word of this file is not in the EPUB: {names}"


def test_a_chapter_that_an_epub_lost_is_all_lost(
    tricky: Book, xhtml: dict[str, bytes]
) -> None:
    name = tricky.chapters[-1].name
    fewer = {key: page for key, page in xhtml.items() if key != name}

    (problem,) = lost_in_xhtml(tricky.chapters, fewer, "the EPUB")

    wanted = words(written_text(tricky.chapters[-1]))
    assert problem.message.startswith(f"{len(wanted)} ")


@pytest.fixture(scope="module")
def made(tricky: Book) -> Artifact:
    return render_pdf(tricky, Edition("print", Format.PDF), load_style("classic"))


def test_a_pdf_holds_every_word_of_its_tree(made: Artifact) -> None:
    assert [p for p in made.problems if p.code == "lost-words"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Donau\u00addampf\u00adschiff und Zero\u200bWidth und می\u200cشود\n",
        "e\u0301le\u0300ve tre\u0300s élève très\n",
        "İstanbul Iğdır ıslak ß ŒUVRE ﬁ\n",
        "- x\n- y\n- z\n\na\\\nb\\\nc\n",
        "\u3000\u3000这本书很好。\u3000\u3000한국어 책입니다\n",
        "|" + " Spalte |" * 30 + "\n" + "|" + "---|" * 30 + "\n" + "| Wort " * 30,
        "H<sub>2</sub>O x^2 5[^a] 6[^a]\n\n[^a]: 7\n",
        "```\n" + "lampe" * 90 + "\n\ta\tb\n```\n",
        "سلام **Linux** دنیا `code` و *Mac OS* پایان.\n",
    ],
    ids=[
        "hyphens",
        "accents",
        "capitals",
        "letters",
        "han",
        "table",
        "digits",
        "code",
        "persian",
    ],
)
def test_nothing_is_missed_on_pages_that_have_it_all(text: str) -> None:
    book = transform(read({"one.md": text}))

    made = render_pdf(book, Edition("print", Format.PDF), load_style("classic"))

    assert [p for p in made.problems if p.code == "lost-words"] == []


def element(text: str) -> Element:
    return fromstring(f"<section>{text}</section>")


def runs(section: Element, *missing: str, off: str = "") -> list[Run]:
    """Each element set on one line, but for those whose text is *missing*."""
    return [
        Run(0, part, "".join([part.text or "", *[c.tail or "" for c in part]]), True)
        if part.text != off
        else Run(0, part, part.text or "", on_paper=False)
        for part in section.iter()
        if part.text not in missing
    ]


def test_text_that_was_set_nowhere_is_named() -> None:
    section = element("<p>one <b>two</b> three</p><p>four</p>")
    one = chapter(paragraph("one two three four"))

    assert [*lost_in_layout([(one.path, section)], runs(section))] == []
    (problem,) = lost_in_layout([(one.path, section)], runs(section, "four"))
    assert problem.message == "1 word of this file is not in the pages: “four”"


def test_text_that_a_sheet_hides_is_no_fault_of_ours() -> None:
    section = element("<p>one</p><p>two</p><p>three</p>")
    rule = Hiding(Position(Path("own.css"), 3, 5), ".x", "display: none")
    hidden = {part: rule for part in section if part.text in {"one", "two"}}
    said = runs(section, "two", "three")

    lost, hides = lost_in_layout([(chapter().path, section)], said, hidden)

    assert (lost.code, lost.message[-7:]) == ("lost-words", "“three”")
    assert str(hides).startswith(
        "own.css:3:5: warning: `.x { display: none }` hides words in print, such as"
        " “two” [hidden-words]\n"
    )


def test_text_off_the_paper_is_lost() -> None:
    section = element("<p>one</p><p>two</p>")
    one = chapter(paragraph("one two"))

    (problem,) = lost_in_layout([(one.path, section)], runs(section, off="two"))

    assert problem.message.endswith(": “two”")


def test_text_may_be_set_in_parts_and_more_than_once() -> None:
    section = element("<p>lamplight</p>")
    (line,) = runs(section, "", "None")[1:]
    parts = [replace(line, text=text) for text in ("lamp‐", "light", "lamplight")]

    assert [*lost_in_layout([(chapter().path, section)], parts)] == []


def test_words_that_print_s_own_document_lost_are_named() -> None:
    one = chapter(paragraph("one two three"))

    assert [*lost_in_document(one, element("<p>one t<i>wo</i> three</p>"))] == []
    (problem,) = lost_in_document(one, element("<p>one three</p>"))
    assert problem.message.endswith(": “two”")


def test_letters_that_a_page_lost_are_told() -> None:
    line = Run(0, None, "Leuchtturm‐", on_paper=True)

    (problem,) = lost_in_pages([line], ["Leuchttur"], Path("one.md"))

    assert str(problem.at) == "one.md"
    assert problem.message.startswith("page 1 of this file lacks letters: ")


def test_an_ideographic_space_is_no_word() -> None:
    book = read({"one.md": "\u3000\u3000这本书。\n"})

    found = [
        *lost_in_tree(
            sources({"one.md": "\u3000\u3000这本书。\n"}), book.chapters, METADATA
        )
    ]

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "![A square](my picture.png)\n",
        "see [this one](01 the first chapter.md) and [that](a b.md#part two)\n",
        "[x](x y.md)[y]( a b.txt )\n",
    ],
)
def test_names_of_files_with_spaces_are_no_words_of_the_text(text: str) -> None:
    made = read({"one.md": text})

    assert [*lost_in_tree(sources({"one.md": text}), made.chapters, METADATA)] == []


def test_words_in_parentheses_behind_brackets_are_words() -> None:
    text = "a [note] (of two words.) and [more](than one word)\n"
    nothing = read({"one.md": "a\n"})

    (problem,) = lost_in_tree(sources({"one.md": text}), nothing.chapters, METADATA)

    for word in ("note", "words", "more", "than"):
        assert f"“{word}”" in problem.message
