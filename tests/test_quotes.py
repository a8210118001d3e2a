"""Quotation marks in the place of straight signs."""

from dataclasses import replace

import pytest

from publish.check_quotes import check_quotes
from publish.config.load import load_config
from publish.language import quotation_marks
from publish.model import (
    AS_TYPED,
    BY_LANGUAGE,
    Image,
    IndexMark,
    Person,
    Quotes,
    Series,
    Span,
    TermReference,
    Text,
)
from publish.problems import PublishError, Severity
from publish.transform.quotes import set_quotes
from publish.walk import chapter_inlines
from tests.conftest import WriteBook
from tests.trees import read


def curled(text: str, language: str = "en", quotes: Quotes = BY_LANGUAGE) -> str:
    """The words of a chapter, those of code in back-quotes left out."""
    book = read({"a.md": text})
    chapters = tuple(replace(c, language=language) for c in book.chapters)
    (chapter,) = set_quotes(replace(book, chapters=chapters, quotes=quotes)).chapters
    said = (i.value for i in chapter_inlines(chapter) if isinstance(i, Text))
    return "|".join(said).replace("\xa0", "~")


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ('"Yes," she said.', "“Yes,” she said."),
        ('He said "no" and "never".', "He said “no” and “never”."),
        ("It isn't the dogs' bowl.", "It isn’t the dogs’ bowl."),
        ("\"'Go,' he said,\" she said.", "“‘Go,’ he said,” she said."),
        ("\"She said 'go.'\"", "“She said ‘go.’”"),
        ("'Tis the '90s, rock 'n' roll.", "’Tis the ’90s, rock ’n’ roll."),
        ("In '14 to '18 the boys' lives", "In ’14 to ’18 the boys’ lives"),
        ("She said '42' or '421 of them'.", "She said ‘42’ or ‘421 of them’."),
        ("'Well,' he said. 'Then go.'", "‘Well,’ he said. ‘Then go.’"),
        ('("Yes")—"no"—wait—"', "(“Yes”)—“no”—wait—”"),
        ('"A quotation that goes on', "“A quotation that goes on"),
        ("'A quotation that goes on", "‘A quotation that goes on"),
        ("\"'Once upon a time", "“‘Once upon a time"),
        ('he said…"yes" and "Wait—"—she', "he said…“yes” and “Wait—”—she"),
        ("'Tisn't 'nuff, 'twas", "’Tisn’t ’nuff, ’twas"),
        ("the letters 's' and 't'", "the letters ‘s’ and ‘t’"),
        ("She thought; 'and goes on", "She thought; ‘and goes on"),
        (
            'Rather "Hello, World" than "Hello, ".',
            "Rather “Hello, World” than “Hello, ”.",
        ),
        ("The '.' and the '?' of it", "The ‘.’ and the ‘?’ of it"),
        ("'a word without its head", "’a word without its head"),
        ('"He is \'bout to go"', "“He is ’bout to go”"),
        ('"the \'fore deck"', "“the ’fore deck”"),
        ("6'2\" tall, 5\" wide, at 48°12'", "6'2\" tall, 5\" wide, at 48°12'"),
        ('"Room 5"', "“Room 5”"),
        ("the 1990's", "the 1990’s"),
        ("l'eau d'O'Neill", "l’eau d’O’Neill"),
    ],
)
def test_english(typed: str, set_as: str) -> None:
    assert curled(typed) == set_as


@pytest.mark.parametrize(
    ("language", "typed", "set_as"),
    [
        ("de", "\"Ja\", sagt 'sie'.", "„Ja“, sagt ‚sie‘."),
        ("de-CH", '"Ja"', "„Ja“"),
        ("fr", "\"Oui, l'eau\", dit-il 'non'.", "«~Oui, l’eau~», dit-il “non”."),
        ("fr-CH", '"Oui"', "«Oui»"),
        ("pl", '"Tak"', "„Tak”"),
        ("ru", '"Да"', "«Да»"),
        ("fa", '"بله"', "«بله»"),
        ("sv", '"Ja"', "”Ja”"),
        ("ja", '"はい"', "「はい」"),
        ("ja", '彼は"はい"と"いいえ"と', "彼は「はい」と「いいえ」と"),
        ("zh", '他说："你好"。', "他说：“你好”。"),
        ("fr", 'l\'"Odyssée" d\'"Homère"', "l’«~Odyssée~» d’«~Homère~»"),
        (
            "fr",
            'Il dit : " Oui, bien sûr ", et non.',
            "Il dit : « Oui, bien sûr », et non.",
        ),
        ("it", 'dell\'"Odissea"', "dell’«Odissea»"),
        ("he", 'צה"ל "כן" ד"ר', 'צה"ל ”כן” ד"ר'),
        ("nl", "Hij kwam 's avonds. 't Regende.", "Hij kwam ’s avonds. ’t Regende."),
        ("de", "Ich hab's; 's ist gut", "Ich hab’s; ’s ist gut"),
    ],
)
def test_other_languages(language: str, typed: str, set_as: str) -> None:
    assert curled(typed, language) == set_as


def test_a_quotation_goes_through_marks_and_past_what_is_no_text() -> None:
    text = '*"Yes,"* "*no*" "`x = "1"`" ("**a**")[^a] and "b"[^a]\n\n[^a]: "Note"\n'

    assert curled(text) == "“Yes,”| “|no|” “|” (“|a|”)| and “b”|“Note”"


def test_a_line_that_its_author_ended_is_a_space() -> None:
    assert curled('one\\\n"two"') == "one|“two”"


def test_headings_cells_and_terms_are_set_each_by_itself() -> None:
    text = '# "One"\n\n| "a" | b" |\n|---|---|\n| "c | d |\n\n"T"\n:   "D"\n'

    assert curled(text) == "“One”|“a”|b”|“c|d|“T”|“D”"


def test_signs_of_the_author_s_own() -> None:
    assert curled("\"Ja\", 'so'", "de", Quotes(signs="»«›‹")) == "»Ja«, ›so‹"
    assert curled('"Oui"', "fr", Quotes(signs="«»“”")) == "«~Oui~»"
    assert curled('"Oui"', "fr", Quotes(signs="“”‘’")) == "“Oui”"


def test_nothing_is_changed_unless_it_is_asked_for() -> None:
    book = read({"a.md": '"Yes," he said. It\'s.'})

    assert set_quotes(book) is book
    assert set_quotes(replace(book, quotes=AS_TYPED)).chapters is book.chapters


def test_many_straight_ones_are_told_once() -> None:
    few, many = (read({"a.md": '"Yes." ' * n}) for n in (9, 10))

    half = replace(few, chapters=(*few.chapters, *few.chapters))

    (problem,) = check_quotes(many)
    # Chapters of one file.
    assert "36 straight" in next(check_quotes(half)).message

    assert (problem.code, problem.severity) == ("straight-quotes", Severity.NOTE)
    assert "20 straight quotation marks" in problem.message
    assert 'quotes = "language"' in problem.hint
    assert list(check_quotes(few)) == []
    for quotes in (AS_TYPED, BY_LANGUAGE, Quotes(signs="«»“”")):
        assert list(check_quotes(replace(many, quotes=quotes))) == []


def test_the_title_of_the_book() -> None:
    book = read({"a.md": '# "One"\n'})
    titled = replace(book, metadata=replace(book.metadata, title='Alice\'s "Day"'))

    done = set_quotes(replace(titled, quotes=BY_LANGUAGE))

    assert done.metadata.title == "Alice’s “Day”"


def test_all_that_is_seen_of_the_book_s_data() -> None:
    book = read({"a.md": "One"})
    data = replace(
        book.metadata,
        people=(Person("Brian O'Neill"),),
        series=Series("Hobson's Tales"),
        also_by=("It isn't",),
        about="She's here",
    )

    done = set_quotes(replace(book, metadata=data, quotes=BY_LANGUAGE)).metadata

    assert done.people[0].name == "Brian O’Neill"
    assert done.series == Series("Hobson’s Tales")
    assert (done.also_by, done.about) == (("It isn’t",), "She’s here")


def test_a_passage_in_another_language_has_its_own() -> None:
    text = '"One"\n\n::: {.note lang=fr}\n"Deux"\n:::\n'

    assert curled(text) == "“One”|«~Deux~»"


def test_entries_and_terms_are_called_as_in_the_text() -> None:
    text = (
        '[it]{.term of="O\'Neill rule"} and [x]{.index entry="Hobson\'s choice"}\n\n'
        "::: glossary\nO'Neill rule\n:   A rule.\n:::\n"
    )
    book = read({"a.md": text})

    (chapter,) = set_quotes(replace(book, quotes=BY_LANGUAGE)).chapters

    marks = list(chapter_inlines(chapter))
    assert next(i.of for i in marks if isinstance(i, TermReference)) == "O’Neill rule"
    found = next(i.entries for i in marks if isinstance(i, IndexMark))
    assert found == (("Hobson’s choice",),)


def test_what_pictures_and_abbreviations_say_is_in_the_language_of_their_text() -> None:
    text = (
        '![A "lamp"](a.png "It isn\'t lit") [NL]{.abbr title="\'North\' Light"}\n\n'
        '[![Une "lampe"](b.png) [NL]{.abbr title=\'"Nord"\'}]{lang=fr}\n\n'
        '::: {.note lang=de}\n![Eine "Lampe"](c.png)\n:::\n\n'
        '![](d.png) <abbr title=\'"x"\' lang="fr">y</abbr>\n'
    )
    book = read({"a.md": text})

    (chapter,) = set_quotes(replace(book, quotes=BY_LANGUAGE)).chapters

    inlines = list(chapter_inlines(chapter))
    alts = [i.alt for i in inlines if isinstance(i, Image)]
    assert alts == ["A “lamp”", "Une «\xa0lampe\xa0»", "Eine „Lampe“", ""]
    titles = [i.title for i in inlines if isinstance(i, Image)]
    assert titles[0] == "It isn’t lit"
    spans = [i for i in inlines if isinstance(i, Span) and i.tag == "abbr"]
    said = [span.attributes.get("title") for span in spans]
    assert said == ["‘North’ Light", "«\xa0Nord\xa0»", "«\xa0x\xa0»"]


def test_all_languages_have_some() -> None:
    marks = quotation_marks("tlh")

    assert marks.opening
    assert marks.closing


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        ('"as-typed"', AS_TYPED),
        ('"language"', BY_LANGUAGE),
        ('"«» ‹›"', Quotes(signs="«»‹›")),
        ('"„“‚‘"', Quotes(signs="„“‚‘")),
    ],
)
def test_what_they_may_be(write_book: WriteBook, said: str, quotes: Quotes) -> None:
    folder = write_book({"book.toml": f"[writing]\nquotes = {said}\n"})

    assert load_config(folder / "book.toml").quotes == quotes


@pytest.mark.parametrize("said", ['"«»"', "'\"\"ab'", '"curly"', '"abcd"', "4", "true"])
def test_what_they_may_not_be(write_book: WriteBook, said: str) -> None:
    folder = write_book({"book.toml": f"[writing]\nquotes = {said}\n"})

    with pytest.raises(PublishError) as caught:
        load_config(folder / "book.toml")

    (problem,) = caught.value.problems
    assert (problem.code, problem.at.line) == ("bad-value", 2)
    assert 'write "language"' in problem.hint
