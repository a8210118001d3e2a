"""Signs and words that go along with what stands beside them."""

from dataclasses import replace

import pytest

from publish.language import tie
from publish.model import Generated, Text
from publish.transform import transform
from publish.transform.spacing import tie_words
from publish.walk import chapter_inlines, plain_text, tied_text
from tests.trees import read


@pytest.mark.parametrize(
    ("language", "text", "tied"),
    [
        ("fr", "« Qui est là ? »", "«~Qui est là~?~»"),
        ("fr-CA", "Non ; jamais : voilà !", "Non~; jamais~: voilà~!"),
        ("fr", "ensemble\n»", "ensemble~»"),
        # What is no space there, or no such sign.
        ("fr", "«Non», dit-il; à 8:30 ?!", "«Non», dit-il; à 8:30~?!"),
        ("fr", "a  !", "a  !"),
        ("fr", "voir :term ou ::", "voir :term ou~::"),
        ("cs", "Šel v lese a k vodě", "Šel v~lese a~k~vodě"),
        ("sk", "O psovi, z mesta", "O~psovi, z~mesta"),
        ("pl", "i w domu, z nią", "i~w~domu, z~nią"),
        ("cs", "Byl v ", "Byl v~"),
        ("pl", "Lampa - w, A-klasa", "Lampa - w, A-klasa"),
    ],
)
def test_what_is_tied(language: str, text: str, tied: str) -> None:
    change = tie(language)

    assert change
    assert change(text).replace("\xa0", "~") == tied
    assert change(change(text)) == change(text)


@pytest.mark.parametrize("language", ["en", "de", "fa", ""])
def test_languages_that_ask_for_nothing(language: str) -> None:
    assert tie(language) is None


def test_passages_in_another_language() -> None:
    text = (
        "Oh !\n\n::: {.note lang=fr}\nOh !\n:::\n\n"
        "[Ah !]{lang=fr} He !\n\n`Oh !`{lang=fr}\n"
    )

    (chapter,) = tie_words(read({"a.md": text})).chapters

    said = [one.value for one in chapter_inlines(chapter) if isinstance(one, Text)]
    assert said == ["Oh !", "Oh\xa0!", "Ah\xa0!", " He !"]


def test_a_book_and_its_notes() -> None:
    text = "# Qui ?\n\n*Non*\xa0! *Oui* ![^a]\n\n[^a]: « Si »\n"

    book = read({"a.md": text})
    (french,) = (replace(chapter, language="fr") for chapter in book.chapters)

    titled = replace(book.metadata, language="fr", title="Qui est là ?")
    done = tie_words(replace(book, metadata=titled, chapters=(french,)))

    (chapter,) = done.chapters
    assert done.metadata.title == "Qui est là\xa0?"

    said = [one.value for one in chapter_inlines(chapter) if isinstance(one, Text)]
    assert said == ["Qui\xa0?", "Non", "\xa0! ", "Oui", "\xa0!", "«\xa0Si\xa0»"]


def test_titles_in_contents_and_references_stay_tied() -> None:
    text = "# Quoi !\n\n## Où  ça\u202f?\n\nVoir [](#quoi).\n"
    book = read({"a.md": text})
    french = (replace(chapter, language="fr") for chapter in book.chapters)

    done = transform(replace(book, chapters=tuple(french)))

    (entry,) = (one for one in done.contents if one.title == "Quoi\xa0!")
    assert [child.title for child in entry.children] == ["Où ça\u202f?"]
    chapter = next(c for c in done.chapters if c.title == "Quoi\xa0!")
    said = [i.value for i in chapter_inlines(chapter) if isinstance(i, Generated)]
    assert "Quoi\xa0!" in said


def test_words_are_shown_tied_and_compared_folded() -> None:
    words = (Text("\xa0 A\n  b\u202f! \xa0"), Text(" c\xad\td\u2003"))

    assert tied_text(words) == "A b\u202f! \xa0 c d"
    assert plain_text(words) == "A b ! c d"
    assert tied_text((Text("\xa0"),)) == ""
