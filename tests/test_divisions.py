"""Divisions are called by their kinds, known to who listens, and well set in print."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from publish.check import check_epub
from publish.language import labels
from publish.lines import split_lines
from publish.model import (
    Attributes,
    Attribution,
    Block,
    Book,
    Division,
    DivisionKind,
    Emphasis,
    Line,
    LineBlock,
    LineBreak,
    PageBreak,
    Role,
    Text,
)
from publish.parse import parse_source
from publish.parse.divisions import division_kind
from publish.pipeline import build
from publish.report import Report
from publish.transform import transform
from publish.walk import chapter_blocks, own_inlines, plain_text
from publish.words.count import shown_words
from publish.words.source import lost_in_tree
from tests.conftest import WriteBook
from tests.tagged import tag_lines
from tests.trees import CHAPTERS, METADATA, read, sources
from tests.verapdf import faults

VERSE = """::: verse
Who has seen the wind?
    Neither I nor you:
But when the leaves hang trembling, and a line is so long that no page holds it all
:::
"""


def made(text: str, language: str = "en") -> Book:
    book = read({"one.md": text}, replace(METADATA, language=language))
    return transform(replace(book, numbering=CHAPTERS))


def blocks(book: Book) -> list[Block]:
    written = (chapter for chapter in book.chapters if not chapter.generated)
    return [block for chapter in written for block in chapter_blocks(chapter)]


def said(text: str, language: str = "en") -> list[str]:
    """What stands in each block that has words."""
    lines = (plain_text(own_inlines(block)) for block in blocks(made(text, language)))
    return [line for line in lines if line]


def of(report: Report, ending: str) -> bytes:
    return next(a.data for a in report.artifacts if a.name.endswith(ending))


def printed(report: Report) -> list[str]:
    """The words of each page."""
    pages = pypdfium2.PdfDocument(of(report, ".pdf"))
    return [page.get_textpage().get_text_range() for page in pages]


def starts(report: Report, page: int) -> dict[str, float]:
    """Where each line of a page begins, by its first word: points from the left."""
    words = pypdfium2.PdfDocument(of(report, ".pdf"))[page].get_textpage()
    text = words.get_text_range()
    found: dict[str, float] = {}
    at = 0
    for line in text.split("\r\n"):
        if line.strip():
            index = at + len(line) - len(line.lstrip())
            found[line.split()[0]] = words.get_charbox(index)[0]
        at += len(line) + 2
    return found


# What they are called


@pytest.mark.parametrize(
    "name", ["note", "tip", "important", "warning", "caution", "proof", "theorem"]
)
def test_a_division_is_called_by_its_kind_in_the_language_of_the_book(
    name: str,
) -> None:
    text = f"# One\n\n::: {name}\nwords\n:::\n"

    assert said(text)[1:] == [name.capitalize(), "words"]
    assert said(text, "fr")[1:] == [getattr(labels("fr"), name), "words"]


def test_an_admonition_with_a_title_is_called_by_it_alone() -> None:
    text = "# One\n\n::: warning\n## The tide\n\nwords\n:::\n"

    assert said(text)[1:] == ["The tide", "words"]


def test_a_title_is_no_heading_of_the_book() -> None:
    (entry,) = made("# One\n\n::: note\n## Two\n\nwords\n:::\n").contents

    assert (entry.title, entry.children) == ("One", ())


def test_what_has_a_name_is_counted_and_referred_to() -> None:
    text = (
        "# One\n\n::: {#thm-a}\nwords\n:::\n\n::: lemma\nwords\n:::\n\n"
        '::: {#thm-b name="Of *oil*"}\nwords\n:::\n\n@thm-b, -@thm-a, [](#thm-b)\n'
    )

    assert said(text)[1:] == [
        "Theorem 1.1",
        "words",
        "Lemma",
        "words",
        "Theorem 1.2 (Of oil)",
        "words",
        "Theorem 1.2, 1.1, Theorem 1.2",
    ]


def test_a_figure_in_an_exercise_is_counted_by_itself() -> None:
    text = (
        '# One\n\n::: {#exr-a}\n![a](a.png "A"){#fig-a}\n:::\n\n'
        '![b](b.png "B"){#fig-b}\n\n@fig-a, @fig-b\n'
    )

    assert said(text)[-1] == "Figure 1.1, Figure 1.2"


def test_a_passage_in_another_language_is_called_in_it() -> None:
    text = "# One\n\n::: {.warning lang=de}\nWorte\n:::\n"

    assert said(text)[1] == labels("de").warning


def test_every_kind_that_can_be_counted_is_known_by_its_name() -> None:
    names = ["thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr"]

    kinds = [division_kind({"id": f"{name}-x"}) for name in names]

    assert None not in kinds
    assert len(set(kinds)) == len(names)


@pytest.mark.parametrize("name", ["thm", "thm-", "fig-x", "sec-x", "theorem-x"])
def test_other_names_make_no_theorem(name: str) -> None:
    assert division_kind({"id": name}) is None


# Lines


def test_lines_end_at_breaks_and_where_the_source_ends_them() -> None:
    em = Emphasis((Text("\N{EN SPACE}a\nb"),), Attributes("x"))

    found = list(split_lines((em, Text("c"), LineBreak(), Text("\N{EN SPACE}d"))))

    assert found == [
        Line((Emphasis((Text("a"),), Attributes("x")),), 1),
        Line((Emphasis((Text("b"),)), Text("c"))),
        Line((Text("d"),), 1),
    ]


def test_a_line_that_turns_over_goes_deeper_than_any_begins() -> None:
    found = [b for b in blocks(made(VERSE)) if isinstance(b, LineBlock)]

    assert [(block.turn, [line.indent for line in block.lines]) for block in found] == [
        (4, [0, 4, 0])
    ]


def test_lines_count_as_words_each_by_itself() -> None:
    book = read({"one.md": "| one\n| two\n"})

    assert [
        *lost_in_tree(sources({"one.md": "one two"}), book.chapters, METADATA)
    ] == []
    (problem,) = lost_in_tree(sources({"one.md": "onetwo"}), book.chapters, METADATA)
    assert problem.code == "lost-words"


def test_a_word_ends_with_its_line() -> None:
    (chapter,) = read({"one.md": "| one\n| two\n"}).chapters

    assert [*shown_words(chapter)] == ["one", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "> [!WARNING]\n> words\n",
        "one\n\n\\newpage\n\ntwo\n",
        "one\n\n{{< pagebreak >}}\n\ntwo\n",
        '::: {.callout-note title="The tide" collapse=true}\nwords\n:::\n',
        "```{note} The tide\nSee [it](https://example.org/there).\n```\n\n[b](c.md)\n",
        "> words\n>\n> Voltaire {.source}\n",
    ],
)
def test_signs_are_no_words(text: str) -> None:
    book = read({"one.md": text})

    assert [*lost_in_tree(sources({"one.md": text}), book.chapters, METADATA)] == []


def test_words_of_an_admonition_in_a_fence_are_missed() -> None:
    text = "```{note}\nwords that count\n```\n"

    (problem,) = lost_in_tree(
        sources({"one.md": text}), read({"one.md": "words\n"}).chapters, METADATA
    )

    assert "“that”, “count”" in problem.message


# Both outputs


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("divisions")
    kinds = [kind for kind in DivisionKind if kind is not DivisionKind.ANSWERS]
    each = "\n\n".join(f"::: {kind}\nWords of a {kind}.\n:::" for kind in kinds)
    text = (
        f"# One\n\nFirst words of the chapter.\n\n{VERSE}\n{each}\n\n\\newpage\n\n"
        "\\newpage\n\nBehind the break.\n\n\\newpage\n"
    )
    (folder / "book.toml").write_text(
        '[book]\ntitle = "Kinds"\nlanguage = "en"\npeople = [{ name = "A. Keeper" }]\n'
    )
    (folder / "1.md").write_text(text)
    (folder / "2.md").write_text("# Two\n\nwords\n")
    return build(folder)


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("epigraph", 'blockquote class="p-division epigraph" epub:type="epigraph"'),
        ("dedication", 'section class="p-division dedication" epub:type="dedication"'),
        ("pullquote", 'aside class="p-division pullquote" epub:type="pullquote"'),
        ("tip", 'aside class="p-division tip" epub:type="tip" role="doc-tip"'),
        ("note", 'aside class="p-division note" role="note"'),
        ("warning", 'section class="p-division warning" epub:type="notice"'),
        ("example", 'section class="p-division example" role="doc-example"'),
        ("letter", 'div class="p-division letter"'),
    ],
)
def test_who_listens_hears_what_a_division_is(
    whole: Report, kind: str, start: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(of(whole, ".epub"))) as epub:
        (name,) = (name for name in epub.namelist() if name.endswith("-one.xhtml"))
        text = epub.read(name).decode()

    assert f"<{start}" in text, kind


def test_a_page_break_is_one_of_print_and_none_of_the_epub(whole: Report) -> None:
    pages = printed(whole)
    behind = next(n for n, page in enumerate(pages) if "Behind the break" in page)
    second = next(n for n, page in enumerate(pages) if page.startswith("Two"))

    assert "Words of a" in pages[behind - 1]
    assert "Words of a" not in pages[behind]
    # None at the end of a chapter, and one where there are two.
    assert second - behind <= 2
    with zipfile.ZipFile(io.BytesIO(of(whole, ".epub"))) as epub:
        texts = [epub.read(n).decode() for n in epub.namelist() if ".xhtml" in n]
    assert not any("p-break" in text or "newpage" in text for text in texts)


def test_verse_stands_in_the_middle_by_its_longest_line(write_book: WriteBook) -> None:
    poem = "::: verse\nA line of middling length\nB\n:::\n"
    report = build(write_book({"1.md": f"# One\n\nText.\n\n{poem}"}))
    page = next(n for n, text in enumerate(printed(report)) if "middling" in text)

    begins = starts(report, page)

    assert begins["A"] == pytest.approx(begins["B"], abs=1)
    assert begins["A"] > begins["Text."] + 50


def test_a_line_that_turns_over_hangs_in_print(whole: Report) -> None:
    page = next(n for n, text in enumerate(printed(whole)) if "trembling" in text)

    begins = starts(whole, page)

    assert begins["Neither"] > begins["Who"] + 15
    turned = printed(whole)[page].split("\r\n")
    after = turned[next(n for n, t in enumerate(turned) if "trembling" in t) + 1]
    assert begins[after.split()[0]] > begins["Neither"] + 15


def test_print_is_tagged_by_what_divisions_are(whole: Report) -> None:
    tags = tag_lines(of(whole, ".pdf"))

    def above(words: str) -> str:
        """The tag round the paragraph that says so."""
        at = next(n for n, tag in enumerate(tags) if words in tag)
        depth = len(tags[at]) - len(tags[at].lstrip())
        return next(
            tag.split()[0]
            for tag in reversed(tags[:at])
            if len(tag) - len(tag.lstrip()) < depth
        )

    assert above("'Words of a epigraph.'") == "BlockQuote"
    assert above("'Words of a note.'") == "Div"
    assert above("'Words of a warning.'") == "Sect"
    assert above("First words") == "Sect"


def test_judges_from_outside_have_nothing_to_say(whole: Report, tmp_path: Path) -> None:
    epub, pdf = tmp_path / "kinds.epub", tmp_path / "kinds.pdf"
    epub.write_bytes(of(whole, ".epub"))
    pdf.write_bytes(of(whole, ".pdf"))

    assert [str(problem) for problem in check_epub(epub)] == []
    assert faults([pdf]) == [[]]


def test_a_page_break_has_its_line() -> None:
    (_, found, _) = read({"one.md": "a\n\n\\newpage\n\nb\n"}).chapters[0].blocks

    assert found == PageBreak(3)


def test_a_division_keeps_what_its_author_wrote_on_it() -> None:
    text = '::: {.note #mine .blue lang=fr data-x="1"}\nx\n:::\n'

    (found,) = read({"one.md": text}).chapters[0].blocks

    assert isinstance(found, Division)
    assert found.attributes == Attributes(
        "mine", ("blue",), (("data-x", "1"), ("lang", "fr"))
    )


@pytest.mark.parametrize(
    "text",
    [
        "Water, water, every where\n-- Coleridge\n",
        "Water, water, every where\n\n— Coleridge\n",
        "> Water, water, every where\n\n-- Coleridge\n",
        "Water, water, every where\n\nColeridge {.source}\n",
        "Water, water, every where\n-- Coleridge\n\n***\n\nMore\n",
    ],
)
@pytest.mark.parametrize("role", [Role.EPIGRAPH, Role.DEDICATION, Role.CHAPTER])
def test_a_file_that_is_an_epigraph_knows_its_source(role: Role, text: str) -> None:
    (source,) = sources({"epigraph.md": text})

    chapter, _ = parse_source(replace(source, role=role), "en")

    said = [
        plain_text(b.children) for b in chapter.blocks if isinstance(b, Attribution)
    ]
    known = ["Coleridge" if ".source" in text else "— Coleridge"]
    assert said == (known if role is not Role.CHAPTER else [])
