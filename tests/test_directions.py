"""Code runs from left to right in a line that does not."""

from dataclasses import replace

import pytest

from publish.transform import transform
from publish.transform.directions import set_code_left_to_right, set_directions
from publish.xhtml import blocks_xhtml
from tests.through import OUTPUT
from tests.trees import METADATA, read


def made(text: str, language: str) -> str:
    book = read(text, replace(METADATA, language=language))
    (chapter,) = set_code_left_to_right(book).chapters
    return blocks_xhtml(chapter.blocks, OUTPUT)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("متن `.md` متن\n", '<code dir="ltr">.md</code>'),
        ("متن <kbd>Ctrl+</kbd> متن\n", '<kbd dir="ltr">Ctrl+</kbd>'),
        (
            "متن [Ctrl+C]{.kbd} متن\n",
            '<span class="keys" dir="ltr"><kbd dir="ltr">Ctrl</kbd>+',
        ),
        ("- متن *`.md`*\n", '<code dir="ltr">.md</code>'),
        (
            "نگاه <https://example.org/a/>.\n",
            '<a dir="ltr" href="https://example.org/a/">',
        ),
        ("[متن](https://example.org)\n", '<a href="https://example.org">'),
        ('متن <code dir="rtl">کد</code>\n', '<code dir="rtl">کد</code>'),
    ],
)
def test_in_a_book_from_right_to_left(text: str, code: str) -> None:
    assert code in made(text, "fa")


def test_in_a_passage_from_right_to_left() -> None:
    text = (
        "Some `.a` and [متن `.b`]{lang=fa dir=rtl}\n\n"
        "::: {lang=fa dir=rtl}\nمتن `.c`\n:::\n"
    )

    xhtml = made(text, "en")

    assert "<code>.a</code>" in xhtml
    assert '<code dir="ltr">.b</code>' in xhtml
    assert '<code dir="ltr">.c</code>' in xhtml


@pytest.mark.parametrize(
    "passage",
    ['<em dir="rtl">متن `.d`</em>', "[متن `.d`](b.md){dir=rtl}"],
)
def test_in_words_from_right_to_left(passage: str) -> None:
    assert '<code dir="ltr">.d</code>' in made(f"Some {passage} words\n", "en")


def test_code_is_left_to_right_in_every_book() -> None:
    book = transform(read("متن `.md` متن\n", replace(METADATA, language="fa")))

    assert '<code dir="ltr">' in blocks_xhtml(book.chapters[-1].blocks, OUTPUT)


def test_a_book_from_left_to_right_stays_as_it_is() -> None:
    book = read("Some `.md` here.\n")

    assert set_code_left_to_right(book) == book


def directed(text: str, language: str) -> str:
    book = read(text, replace(METADATA, language=language))
    (chapter,) = set_directions(book).chapters
    return blocks_xhtml(chapter.blocks, OUTPUT)


def test_a_passage_says_which_way_its_language_runs() -> None:
    text = "[שלום]{lang=he} [Ἄνεμος]{lang=el}\n\n::: {lang=fa}\nx [y]{lang=en}\n:::\n"

    made = directed(text, "en")

    assert '<span dir="rtl" lang="he" xml:lang="he">' in made
    assert '<span lang="el" xml:lang="el">' in made
    assert '<div dir="rtl" lang="fa" xml:lang="fa">' in made
    assert '<span dir="ltr" lang="en" xml:lang="en">y' in made


def test_a_direction_that_an_author_gave_stays() -> None:
    assert 'dir="ltr" lang="fa"' in directed("[ketab]{lang=fa dir=ltr}\n", "en")


@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fa", "ar")])
def test_languages_that_run_the_same_way_need_not_say_it(
    language: str, other: str
) -> None:
    assert "dir=" not in directed(f"[x]{{lang={other}}}\n", language)
