"""`book.toml` is checked whole, each fault with its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from publish.config import (
    DEFAULT_EDITIONS,
    Facts,
    identifier,
    is_foreign,
    load_config,
    modified,
)
from publish.config.isbn import isbn_digits, isbn_words
from publish.config.schema import schema_text
from publish.lengths import trim_of
from publish.model import (
    Edition,
    Format,
    Matter,
    Person,
    Series,
    Subject,
    Trim,
)
from publish.problems import PublishError, Severity
from tests.trees import CHAPTERS

WHOLE = """\
[book]
title = "The Lamp"
subtitle = "A Year"
language = "en-GB"
people = [
  { name = "Ada Bell", role = "aut", sort = "Bell, Ada" },
  { name = "Bo Carr", role = "ill" },
]
publisher = "North Light"
rights = "© 2026 Ada Bell"
series = { name = "Lights", position = 2 }
subjects = [{ scheme = "thema", code = "FBA", text = "Modern fiction" }, "lamps"]
date = 2026-03-01
modified = 2026-03-02T01:00:00+01:00
numbering = "chapters"

[contents]
front = ["preface.md"]
body = ["one.md", { part = "Winter", chapters = ["0*.md", "x.md"] }]

[editions.ebook]
format = "epub"
isbn = "978-0-306-40615-7"

[editions.paperback]
format = "pdf"
trim = "5.5x8.5in"
"""


def faults(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(PublishError) as caught:
        load_config(path)
    return [(problem.at.line, problem.code) for problem in caught.value.problems]


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "book.toml"


def test_every_key_of_the_guide_is_understood(toml: Path) -> None:
    toml.write_text(WHOLE, encoding="utf-8")

    config = load_config(toml)

    assert config.facts == Facts(
        title="The Lamp",
        subtitle="A Year",
        language="en-GB",
        people=(Person("Ada Bell", "aut", "Bell, Ada"), Person("Bo Carr", "ill")),
        publisher="North Light",
        rights="© 2026 Ada Bell",
        published="2026-03-01",
        modified=datetime(2026, 3, 2, tzinfo=UTC),
        series=Series("Lights", "2"),
        subjects=(Subject("Modern fiction", "thema", "FBA"), Subject("lamps")),
    )
    assert str(config.facts.modified) == "2026-03-02 00:00:00+00:00"
    assert config.numbering == CHAPTERS
    assert config.editions == (
        Edition(
            "ebook",
            Format.EPUB,
            isbn="9780306406157",
            isbn_words="978-0-306-40615-7",
            pages="paperback",
        ),
        Edition("paperback", Format.PDF, trim=Trim(396, 612)),
    )
    assert config.problems == ()


@pytest.mark.parametrize(
    ("said", "first", "others"),
    [('"urn:x:1"', "urn:x:1", ()), ('["urn:x:1", "doi:2"]', "urn:x:1", ("doi:2",))],
)
def test_a_book_may_have_several_identifiers(
    toml: Path, said: str, first: str, others: tuple[str, ...]
) -> None:
    toml.write_text(f'[book]\ntitle = "x"\nidentifier = {said}\n', encoding="utf-8")

    facts = load_config(toml).facts

    assert (facts.identifier, facts.also_known) == (first, others)


def test_parts_say_where_they_are_written(toml: Path) -> None:
    toml.write_text(WHOLE, encoding="utf-8")

    parts = load_config(toml).parts or ()

    assert [(part.matter, part.title, part.files) for part in parts] == [
        (Matter.FRONT, "", ("preface.md",)),
        (Matter.BODY, "", ("one.md",)),
        (Matter.BODY, "Winter", ("0*.md", "x.md")),
    ]
    assert [part.at.line for part in parts] == [18, 19, 19]


def test_everything_wrong_is_said_at_once_with_its_line(toml: Path) -> None:
    toml.write_text(
        "[book]\n"
        'titel = "x"\n'
        "language = 'english'\n"
        "people = [\n"
        '  { name = "A", role = "aut" },\n'
        '  { nam = "B", role = "author" },\n'
        "]\n"
        "[editions.e]\n"
        'format = "epub"\n'
        'isbn = "978-0-306-40615-8"\n'
        "[editions.p]\n"
        'trim = "big"\n',
        encoding="utf-8",
    )

    assert faults(toml) == [
        (2, "unknown-key"),
        (3, "bad-value"),
        (6, "unknown-key"),
        (6, "bad-value"),
        (6, "missing-key"),
        (10, "bad-value"),
        (11, "missing-key"),
        (12, "bad-value"),
    ]


def test_what_does_not_go_together_is_said_at_once_with_what_is_wrong(
    toml: Path,
) -> None:
    toml.write_text(
        "[book]\n"
        'titel = "x"\n'
        'accessibility = { conforms_to = "WCAG 2.2 AA" }\n'
        "[editions.p]\n"
        'format = "pdf"\n'
        'printer = "kdp"\n'
        'paper = "papyrus"\n'
        "[editions.q]\n"
        'format = "pdf"\n'
        'printer = "kpd"\n'
        'paper = "papyrus"\n',
        encoding="utf-8",
    )

    assert faults(toml) == [
        (2, "unknown-key"),
        (3, "half-claim"),
        (7, "no-paper"),
        # Without a printer nothing can be said of its paper.
        (10, "bad-value"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "editions = 3",
        "editions = []",
        "editions.p = 3",
        '[editions."a b"]\nformat = "pdf"',
        "design = 3",
        "book = 3\ncontents = 3",
        '[contents]\nbody = ["1.md", 3, { part = 4 }]',
        "[editions.p]\nformat = 3\ndesign = { size = 3, css = { print = 4 } }",
        "[editions.p.design]\nsize = 3",
    ],
)
def test_whatever_is_wrong_is_said(toml: Path, text: str) -> None:
    toml.write_text(text, encoding="utf-8")

    assert {code for _, code in faults(toml)} <= {
        *("bad-value", "missing-key", "bad-name")
    }


def test_what_is_wrong_in_a_list_is_named(toml: Path) -> None:
    toml.write_text(
        '[book]\npeople = [{ name = "A" }, { role = "aut" }]\n'
        '[contents]\nmake = ["half-title", "nope"]\n',
        encoding="utf-8",
    )

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    missing, wrong = (p.message for p in caught.value.problems)
    assert missing == "no `name` in number 2 of [book.people]"
    assert wrong.startswith("`nope` in `make` must be one of ")


def test_misspelt_key_names_its_line_and_a_guess(toml: Path) -> None:
    toml.write_text('[book]\ntitel = "x"\n', encoding="utf-8")

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    assert str(caught.value) == (
        f"{toml}:2: error: unknown key `titel` [unknown-key]\n"
        "  hint: did you mean `title`?"
    )


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('author = "A"', 'write people = ["…"]'),
        ('authr = "A"', 'write people = ["…"]'),
        ('trim = "A5"', "put it under [editions.…]"),
        ('margin = "2cm"', "or `trim` under [editions.…]"),
        ('font = "x"', "write `text-font` under [design]"),
        ('date = "May 2026"', "write it as 2026-05-01, or just 2026"),
        ('date = "2026-5-1"', "write 2026-05-01"),
        ("[editions.kindle]", 'write format = "epub", or "pdf" for pages'),
        ("[editions.hardcover]", 'write format = "pdf", or "epub" for an e-book'),
        ("[editions.other]", 'format = "pdf" for pages'),
        ('language = "Persian"', 'did you mean "fa"?'),
        ('language = "en_GB"', 'did you mean "en-GB"?'),
        ('people = [{ name = "A", role = "translator" }]', '"trl" is the code for'),
        ("title = 1984", 'put it in quotes: "1984"'),
        ('numbering = "chapter"', 'did you mean "chapters"?'),
        ('numbering.sections = "2"', "write 2, without quotes"),
    ],
)
def test_a_slip_gets_a_hint_that_helps(toml: Path, line: str, hint: str) -> None:
    toml.write_text(f"[book]\n{line}\n", encoding="utf-8")

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    assert [problem.at.line for problem in caught.value.problems] == [2]
    assert hint in caught.value.problems[0].hint


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('author = "A"', 'write people = ["…"] under [book]'),
        ('title = "A"', "put it under [book]"),
        ('size = "A5"', "write `trim` under [editions.…]"),
        ('size = "6x9in"', "write `trim` under [editions.…]"),
        ('size = "12pt"', "put it under [design]"),
        ("size = 12", "put it under [design]"),
        ('[editions.p]\nformat = "pdf"\nsize = "12pt"', "put it under [design]"),
        ('[editions.p]\nformat = "pdf"\nsize = "6x9in"', "write `trim`"),
        ('[editions.p]\nformat = "pdf"\nsize = "210mm"', "write `trim`"),
        ("pages = 3", "put it under [editions.…]"),
        ("[pdf]", "write [editions.print]"),
        ('[editions.p]\nformat = "pdf"\nstyle = "Large print"', 'write "large-print"'),
        ('[editions.p]\nformat = "pdf"\nquotes = "x"', "put it under [writing]"),
        ('[book]\nquotes = "language"', "put it under [writing]"),
        ('[contents]\nquotes = "language"', "put it under [writing]"),
        ('[contents]\nstyle = "novel"', "put it under [editions.…]"),
        ('[contents]\ntitle = "x"', "put it under [book]"),
        ('[contents]\nornament = "leaf"', "write `ornament` under [design]"),
        ('[contents]\nchapters = ["1.md"]', "write `body`"),
        ('[design]\nquotes = "language"', "put it under [writing]"),
        ('[design.print]\nsize = "9pt"', "put it under [editions.print.design]"),
        ('[design.ebook]\nindent = "1em"', "put it under [editions.ebook.design]"),
        ('[editions.p]\nformat = "pdf"\ntrim = "A-5"', 'write "A5"'),
        ('[editions.p]\nformat = "pdf"\ntrim = "6x9"', 'write "6x9in"'),
        ('[editions.p]\nformat = "pdf"\ntrim = "148 by 210"', 'write "148x210mm"'),
        ('[editions.p]\nformat = "epub"\nkobo = "true"', "write true, without quotes"),
        ('[editions.p]\nformat = "pdf"\ntrim = "1x2"', "no book is of that size"),
    ],
)
def test_a_key_in_another_place_gets_a_hint_too(
    toml: Path, line: str, hint: str
) -> None:
    toml.write_text(f"{line}\n", encoding="utf-8")

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    assert [problem.hint for problem in caught.value.problems] == [hint]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('size = "12px"', 'write "9pt"'),
        ("size = 12", 'write "12pt"'),
        ('size = "12 points"', 'write "12pt"'),
        ('size = "3px"', ""),
        ('indent = "5mm"', 'write "1.29em": 5mm beside letters of 11 points'),
        ('indent = "16px"', 'write "1.09em": 16px beside letters of 11 points'),
        ('measure = "10cm"', 'write "25.8em": 10cm beside letters of 11 points'),
        ('measure = "10mm"', ""),
        ("leading = 1.2", 'write a length: "13.2pt" is right for 11 points'),
        ('leading = "120%"', 'write a length: "13.2pt" is right for 11 points'),
        ('leading = "1.2em"', 'write a length: "13.2pt" is right for 11 points'),
        ("leading = 14", 'write "14pt"'),
        ('leading = "20px"', 'write "15pt"'),
        ("leading = true", ""),
        ('sink = "3 lines"', "write 3"),
        ('sink = "3"', "write 3, without quotes"),
        ('sink = "30 lines"', ""),
    ],
)
def test_a_measure_in_another_unit_is_converted(
    toml: Path, line: str, hint: str
) -> None:
    toml.write_text(f"[design]\n{line}\n", encoding="utf-8")

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    assert [problem.hint for problem in caught.value.problems] == [hint]


def test_a_misspelt_edition_of_a_design_is_told_at_its_line(toml: Path) -> None:
    toml.write_text(
        '[book]\ntitle = "x"\n[editions.print]\nformat = "pdf"\n'
        '[editions.prnt.design]\nsize = "12pt"\n',
        encoding="utf-8",
    )

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    assert str(caught.value) == (
        f"{toml}:5: error: no `format` in [editions.prnt] [missing-key]\n"
        "  hint: did you mean [editions.print.design]?"
    )


@pytest.mark.parametrize(
    "people", ['"Jane"', '["Jane"]', '{ name = "Jane" }', '[{ name = "Jane" }]']
)
def test_one_author_needs_no_list(toml: Path, people: str) -> None:
    toml.write_text(f"[book]\npeople = {people}\n", encoding="utf-8")

    assert load_config(toml).facts.people == (Person("Jane"),)


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ("title = “The Light”", "typographic quotes", 'title = "The Light"'),
        ("title = „Licht“ # x", "typographic quotes", 'title = "Licht"'),
        ("title = ‘Light’", "typographic quotes", 'title = "Light"'),
        ('title = "Light”', "typographic quotes", 'title = "Light"'),
        ('title = "Light', "a quote is opened and not closed", 'title = "Light"'),
        ("title = 'Light", "a quote is opened and not closed", "close it"),
        ('people = ["A", "B]', "a quote is opened and not closed", "close it"),
        ("title = The Light", "words without quotes", 'title = "The Light"'),
        ("title = It's “so”", "typographic quotes", "straight"),
        ("date = 2026-5-1", "this is no date", "write 2026-05-01"),
        ("date = 2026/05/01", "this is no date", "write 2026-05-01"),
        ("date = 1.5.2026", "this is no date", "2026-05-01"),
        ("date = May 2026", "this is no date", "or just 2026"),
        ('title: "Light"', "an equals sign is missing", 'write title = "Light"'),
        ("title = 'It's'", "quotes within quotes", 'between " "'),
        ('title = "a "b" c"', "quotes within quotes", "between ' '"),
        ("[contents", "a bracket is not closed", "write [contents]"),
        ('people = ["A"', "a list is not closed", "end it with ]"),
        ('title = "A:\\Users"', "invalid hex value", "write / instead"),
        ("[book]", "[book] stands twice", "under one"),
        ('title = """Light', "three quotes are opened and not closed", "close them"),
    ],
)
def test_what_is_no_toml_is_told_in_words_for_writers(
    toml: Path, line: str, said: str, hint: str
) -> None:
    toml.write_text(f"[book]\n{line}\n", encoding="utf-8")

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("bad-toml", said)
    assert hint in problem.hint


def test_a_key_within_a_text_of_several_lines_is_no_key(toml: Path) -> None:
    toml.write_text(
        '[book]\ndescription = """\ntitle = 3\n"""\ntitle = 3\n', encoding="utf-8"
    )

    assert faults(toml) == [(5, "bad-value")]


def test_what_is_no_toml_is_told_with_its_line(toml: Path) -> None:
    toml.write_text('[book]\ntitle = "x\n', encoding="utf-8")

    assert faults(toml) == [(2, "bad-toml")]


def test_bytes_that_are_no_utf8_are_told_with_their_line(toml: Path) -> None:
    toml.write_bytes(b'[book]\ntitle = "\xe9"\n')

    assert faults(toml) == [(2, "not-utf8")]


def test_a_mark_of_byte_order_and_windows_line_ends_are_normal(toml: Path) -> None:
    toml.write_bytes(b'\xef\xbb\xbf[book]\r\ntitle = "A"\r\n')

    assert load_config(toml).facts.title == "A"


def test_a_copy_for_review_is_an_edition_like_others(toml: Path) -> None:
    toml.write_text(
        '[book]\ntitle = "x"\n[editions.review]\nformat = "pdf"\ntrim = "A4"\n'
        'watermark = " Uncorrected proof "\nline_numbers = true\nmargin = "60mm"\n',
        encoding="utf-8",
    )

    (edition,) = load_config(toml).editions

    assert edition.watermark == "Uncorrected proof"
    assert edition.line_numbers
    assert round(edition.margin) == 170


def test_an_epub_has_no_pages_for_them(toml: Path) -> None:
    toml.write_text(
        '[book]\ntitle = "x"\n[editions.review]\nformat = "epub"\n'
        'watermark = "Proof"\nline_numbers = true\nmargin = "60mm"\nbooklet = true\n',
        encoding="utf-8",
    )

    problems = load_config(toml).problems

    assert {(p.at.line, p.code, p.hint) for p in problems} == {
        (5, "no-effect", "an EPUB has no pages of its own"),
        (6, "no-effect", "an EPUB has no pages of its own"),
        (7, "no-effect", "an EPUB has no pages of its own"),
        (8, "no-effect", "an EPUB is not printed"),
    }


def test_settings_that_nothing_uses_are_said_to_have_no_effect(toml: Path) -> None:
    toml.write_text(
        '[book]\ntitle = "x"\n[editions.p]\nformat = "pdf"\npaper = "cream"\n'
        '[editions.e]\nformat = "epub"\ntrim = "A5"\n'
        '[editions.q]\nformat = "pdf"\npages = "p"\n',
        encoding="utf-8",
    )

    problems = load_config(toml).problems

    assert [(p.at.line, p.code, p.severity) for p in problems] == [
        (5, "no-effect", Severity.WARNING),
        (8, "no-effect", Severity.WARNING),
        (11, "no-effect", Severity.WARNING),
    ]


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ("", "paperback"),
        ('pages = "large"', "large"),
        ("pages = false", ""),
    ],
)
def test_an_epub_tells_the_pages_of_one_edition(
    toml: Path, pages: str, found: str
) -> None:
    toml.write_text(EDITIONS.format(pages), encoding="utf-8")

    config = load_config(toml)

    assert [edition.pages for edition in config.editions] == [found, "", ""]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("paperbak", "write `paperback`"), ("ebook", "write `paperback`")],
)
def test_pages_are_those_of_an_edition_for_print(
    toml: Path, name: str, hint: str
) -> None:
    toml.write_text(EDITIONS.format(f'pages = "{name}"'), encoding="utf-8")

    with pytest.raises(PublishError) as caught:
        load_config(toml)

    (problem,) = caught.value.problems
    assert (problem.at.line, problem.code, problem.hint) == (5, "no-pages", hint)


EDITIONS = """[book]
title = "x"
[editions.ebook]
format = "epub"
{}
[editions.paperback]
format = "pdf"
[editions.large]
format = "pdf"
"""


def test_without_editions_a_book_is_an_ebook_and_a_print(toml: Path) -> None:
    toml.write_text('[book]\ntitle = "x"\n', encoding="utf-8")

    config = load_config(toml)

    assert config.editions == DEFAULT_EDITIONS
    assert [(e.name, e.format, e.trim) for e in config.editions] == [
        ("ebook", Format.EPUB, Trim(432, 648)),
        ("print", Format.PDF, Trim(432, 648)),
    ]
    assert config.parts is None


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN 978 0 306 40615 7", "9780306406157"),
        ("0-306-40615-2", "9780306406157"),
        ("0-8044-2957-X", "9780804429573"),
        ("978-0-306-40615-8", ""),
        ("0-306-40615-3", ""),
        ("977-0-306-40615-7", ""),
        ("", ""),
    ],
)
def test_an_isbn_must_have_its_check_digit(written: str, digits: str) -> None:
    assert isbn_digits(written) == digits


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("978-0-306-40615-7", "978-0-306-40615-7"),
        ("ISBN 978 0 306 40615 7", "978-0-306-40615-7"),
        ("9780306406157", "9780306406157"),
        ("0-306-40615-2", "9780306406157"),
        ("", ""),
    ],
)
def test_an_isbn_is_printed_with_the_authors_hyphens(
    written: str, printed: str
) -> None:
    assert isbn_words(written) == printed


@pytest.mark.parametrize(
    ("words", "trim"),
    [
        ("6x9in", Trim(432, 648)),
        ("5.5 x 8.5 in", Trim(396, 612)),
        ("148x210mm", Trim(419.528, 595.276)),
        ("A5", Trim(419.528, 595.276)),
        ("6x9", None),
        ("600x900in", None),
        ("huge", None),
    ],
)
def test_a_trim_is_a_size_with_a_unit(words: str, trim: Trim | None) -> None:
    assert trim_of(words) == trim


def test_modified_is_said_or_of_the_environment_or_the_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = datetime(2020, 1, 2, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "500000000")

    assert modified(Facts(modified=said, published="1904")) == said
    assert modified(Facts(published="1904")) == datetime.fromtimestamp(5e8, UTC)

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert modified(Facts(published="2004-05")) == datetime(2004, 5, 1, tzinfo=UTC)

    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert modified(Facts()) == datetime(1980, 1, 1, tzinfo=UTC)


def test_the_identifier_follows_title_people_and_language_only() -> None:
    one = identifier("T", [Person("A")], "en")

    assert one == identifier("T", [Person("A", sort="Z")], "en")
    assert one.startswith("urn:uuid:")
    assert one != identifier("T", [Person("A")], "fr")
    assert one != identifier("T", [Person("B")], "en")


def test_another_tools_book_toml_is_known_by_its_keys() -> None:
    assert is_foreign({"book": {"title": "x"}, "output": {}}, summary=False)
    assert is_foreign({"book": {"title": "x", "src": "src"}}, summary=False)
    assert is_foreign({"book": {"authors": ["x"]}}, summary=True)
    assert is_foreign({"package": {"name": "x"}}, summary=False)

    assert not is_foreign({"book": {"authors": ["x"]}}, summary=False)
    assert not is_foreign({"book": {"title": "x"}}, summary=True)
    assert not is_foreign({}, summary=False)


def test_the_schema_that_ships_is_that_of_the_table() -> None:
    shipped = Path(__file__).parent.parent / "publish" / "book.schema.json"

    assert shipped.read_text(encoding="utf-8") == schema_text(), (
        "run: python -m publish.config.schema > publish/book.schema.json"
    )
