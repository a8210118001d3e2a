"""Paragraphs in print: even lines, whole words, and nothing lost in them."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pymupdf
import pytest
from weasyprint.layout import inline, page

from publish.layout import Flaw
from publish.pdf.compositor import Compositor
from publish.pdf.judgement import Judged
from publish.pdf.measured import Paragraph
from publish.pdf.planning import Planner, Tally
from publish.pdf.sheets import FONT, MENDED
from publish.pdf.task import Grid, Part, Setup, Task
from publish.pdf.total_fit import Manners
from publish.pdf.whole import Breaker
from publish.style import load_style

pymupdf.TOOLS.mupdf_display_errors(False)

# EB Garamond, Source Code Pro, Amiri and Source Serif 4.
USED = (*load_style("classic").fonts[:3], load_style("report").fonts[0])
FACES = tuple(face for font in USED for face in font.faces)
FONTS = {f"{FONT}{n}": face.path for n, face in enumerate(FACES)}
# A measure of 240 points between margins of 30.
SHEET = """
@page { size: 300pt 400pt; margin: 30pt }
html { font: 11pt/14pt "EB Garamond"; text-align: justify; hyphens: auto;
  word-spacing: 0.01px; hyphenate-limit-chars: 6 3 3; orphans: 2; widows: 2 }
body, p { margin: 0 }
p { text-indent: 1.2em }
code { font-family: "Source Code Pro"; font-size: 0.82em; padding: 0 2pt;
  border: 1pt solid }
.caps { font-variant-caps: small-caps; letter-spacing: 0.04em }
.keys { white-space: nowrap }
"""
LEFT, RIGHT = 30, 270
PROSE = (
    "The keeper trimmed the lamp and wrote down that nothing had happened in the night,"
    " as he had done for years, and nobody came to the door of the lighthouse. He had"
    " no reason to complain, for the bread was good and the coal was dry, and the wind"
    " that had blown for eleven days was gone out over the sea at last. "
)
GERMAN = (
    "Der Leuchtturmwärter verzeichnete gewissenhaft die Wetterbeobachtungen und"
    " überprüfte anschließend die Beleuchtungseinrichtungen, während draußen"
    " außergewöhnlich starke Küstenströmungen die Schifffahrtsverbindungen"
    " unterbrachen. "
)
MIXED = (
    "<p>The <em>keeper</em> trimmed the <code>lamp --bright</code> and wrote"
    " <b><i>down</i></b> that no<i>thing</i> had happened<sup>10</sup> in the"
    " <span class='caps'>night of storms</span>, as he had done for years—and"
    " <a href='https://example.org'>nobody came to the door</a> of the light\xadhouse;"
    " 12\u00a0km away, <span class='keys'>Ctrl + Alt</span> he had <code>no-</code>"
    "reason to com<em>plain</em>, for the naïve co\u0301zy bread was good and the coal"
    " was dry, <span lang='de'>und die Wetterbeobachtungen</span> went on at last.</p>"
)


def compositor(sheet: str = "", **more: Any) -> Compositor:
    sheets = (SHEET, sheet)
    manners = more.pop("manners", Manners())
    return Compositor(Setup(FACES, sheets, (), manners=manners, **more), FONTS)


def task(body: str, language: str = "en") -> Task:
    section = f"<body><div><section>{body}</section></div></body>"
    root = fromstring(f"<html lang='{language}'>{section}</html>")
    return Task(root, (Path("a.md"),))


def made(body: str, sheet: str = "", language: str = "en", **more: Any) -> Part:
    return compositor(sheet, **more).set(task(body, language), {})


def judged(body: str, sheet: str = "", language: str = "en", **more: Any) -> Judged:
    return compositor(sheet, **more).judge(task(body, language), {})


def rows(part: Part) -> list[list[tuple[str, float, float]]]:
    """The letters of each line with their edges, page by page."""
    found: dict[tuple[int, int], list[tuple[str, float, float]]] = {}
    flags = pymupdf.TEXTFLAGS_RAWDICT | pymupdf.mupdf.FZ_STEXT_IGNORE_ACTUALTEXT
    with pymupdf.open(stream=part.data) as pdf:
        for number, page in enumerate(pdf):
            for text in page.get_text("rawdict", flags=flags)["blocks"]:
                for line in text["lines"]:
                    for span in line["spans"]:
                        for letter in span["chars"]:
                            x, y = letter["origin"]
                            # What is raised belongs to the line below it.
                            key = number, round((y + 3) / 14)
                            end = letter["bbox"][2]
                            found.setdefault(key, []).append((letter["c"], x, end))
    return [sorted(row, key=lambda one: one[1]) for _, row in sorted(found.items())]


def words(part: Part) -> list[str]:
    return ["".join(letter for letter, _, _ in row).strip() for row in rows(part)]


def edges(part: Part) -> list[float]:
    """Where the lines end, spaces apart."""
    return [
        max(right for letter, _, right in row if not letter.isspace())
        for row in rows(part)
    ]


@pytest.mark.parametrize(
    ("body", "language", "near"),
    [
        (f"<p>{PROSE * 3}</p>", "en", 0.25),
        # The space between spaced capitals stands behind the last one too.
        (MIXED, "en", 0.6),
        (f"<p>{GERMAN * 4}</p>", "de", 0.25),
    ],
)
def test_full_lines_end_at_the_edge(body: str, language: str, near: float) -> None:
    part = made(body, language=language)

    assert part.lost == ()
    # What is raised is a row by itself.
    rowed = zip(edges(part), words(part), strict=True)
    ends = [end for end, line in rowed if len(line) > 2]
    assert len(ends) > 5
    # A border round code stands beyond its letters.
    assert all(RIGHT - 3.2 <= end <= RIGHT + 0.25 for end in ends[:-1])
    plain = [end for end in ends[:-1] if end > RIGHT - 2]
    assert plain == pytest.approx([RIGHT] * len(plain), abs=near)


def test_no_letter_is_lost_or_doubled() -> None:
    whole, single = made(MIXED), made(MIXED, manners=None)

    def letters(part: Part) -> str:
        text = re.sub("[\u2010\xad\\s]", "", "".join(words(part)))
        return "".join(sorted(text))

    assert letters(whole) == letters(single)


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        'html { font-family: "Source Serif 4"; word-spacing: 0 }',
        "html { letter-spacing: 0.02em }",
        'html { font-family: "Source Code Pro", "EB Garamond" }',
        "p { width: 60pt }",
        "p { width: 60pt; font-family: Amiri }",
    ],
)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{PROSE}{MIXED[3:-4]}", "en"),
        (GERMAN * 2, "de"),
        # Letters that are drawn as one, divided and not.
        ("The official staffing of fjords is sufficiently baffling. " * 4, "en"),
        # Letters that are kerned with a space.
        ("V. Y well-known AV VAY V half-; TV Y: Y VV KV, Y " * 5, "en"),
        # Signs that take the script of what stands beside them.
        ("Статья Nature «Темнота и свет» была, Times «Утро» и «Авангард», " * 3, "ru"),
        ("from 1914–1918 “11.7” [7] “1.17” (71) “7.1” [1] and 11.7 V, T 1, " * 4, "en"),
        # Marks that have no letter.
        (
            "The sign &#x301; over one vowel, &#x308; over the other &#x303; is " * 3,
            "en",
        ),
        ("lamp of night &#160; bread was &#160;good.&#160; Bread " * 4, "en"),
        # Letters that only another font has.
        ("┌─│┐└┘─────│┐└ and ┐└┘──" * 9, "en"),
        ("Ο φάρος δεν έσβησε ᾧ ποτέ, и ꝗ ſpal ҂ спал. " * 4, "el"),
        ("« Où ?\u202f» dit-elle\u00a0: «\u00a0Là-bas…\u00a0» " * 5, "fr"),
        ("one <u>un der</u> <s> two </s><b> </b><i>f</i>f " * 9, "en"),
    ],
)
def test_words_are_as_wide_as_they_were_measured(
    text: str, language: str, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is seen of it that they are not shaped before they are drawn."""
    body, sheet = f"<p>{text}</p>", f".caps {{ letter-spacing: normal }} {sheet}"

    unshaped = made(body, sheet, language)

    monkeypatch.setattr(Paragraph, "extent", lambda *_: None)
    assert unshaped.data == made(body, sheet, language).data


def test_words_are_shaped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a line that ends with a word."""
    split = []
    shaping = inline.split_first_line

    def shape(text: str, *more: Any, **named: Any) -> Any:
        split.append(text)
        return shaping(text, *more, **named)

    monkeypatch.setattr(inline, "split_first_line", shape)
    part = made(f"<p>{PROSE * 3}</p>", "html { hyphens: manual }")

    assert len(words(part)) > 9
    assert split == []


def test_lines_are_more_even_than_one_after_the_other() -> None:
    def loosest(part: Part) -> float:
        gaps = [
            after[1] - before[2]
            for row in rows(part)
            for before, space, after in zip(row, row[1:], row[2:], strict=False)
            if space[0] == " "
        ]
        return max(gaps)

    text = f"<p>{PROSE * 4}</p>"
    assert loosest(made(text)) < loosest(made(text, manners=None)) - 1


def test_a_divided_word_is_read_whole() -> None:
    part = made(f"<p>{GERMAN * 4}</p>", language="de")

    assert any(line.endswith("\N{HYPHEN}") for line in words(part))
    with pymupdf.open(stream=part.data) as pdf:
        text = "".join(page.get_text() for page in pdf)
    assert "\N{HYPHEN}" not in text
    assert text.replace("\N{SOFT HYPHEN}\n", "").split() == (GERMAN * 4).split()


def test_the_hyphen_of_a_word_is_its_own() -> None:
    part = made(
        "<p>" + "well\N{HYPHEN}known lighthouse\N{HYPHEN}keepers " * 12 + "</p>"
    )

    with pymupdf.open(stream=part.data) as pdf:
        text = "".join(page.get_text() for page in pdf)
    assert text.count("\N{HYPHEN}") == 24


def test_no_page_ends_within_a_word() -> None:
    part = made(f"<p>{GERMAN}</p>" * 40, language="de")
    single = made(f"<p>{GERMAN}</p>" * 40, language="de", manners=None)

    def ends(done: Part) -> int:
        with pymupdf.open(stream=done.data) as pdf:
            pages = [page.get_text().split()[-1] for page in pdf]
        return sum(page.endswith(("\N{HYPHEN}", "\xad", "-")) for page in pages)

    assert len(part.pages) > 5
    assert ends(single) > 0
    assert ends(part) == 0


NOTE = "<span class='p-footnote'>Eine Anmerkung.</span>"
NOTES = ".p-footnote { float: footnote; footnote-policy: line; text-align: start }"


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        # Of two lines none can go to the next page alone.
        (f"@ {GERMAN}", ""),
        # A line that calls a note goes to the next page, and takes another along.
        (GERMAN.replace("starke", f"starke{NOTE}"), NOTES),
        # The page ends earlier than its lines were chosen for, not to part two blocks.
        (
            f"{GERMAN * 2}@</p><pre>a\n\nb</pre><p>{GERMAN}",
            "pre { break-before: avoid }",
        ),
        # Nothing can be chosen where something floats.
        (f"{GERMAN * 2}<i style='float: left'>x</i>", ""),
    ],
)
def test_no_page_ends_within_a_word_whatever_stands_there(
    text: str, sheet: str
) -> None:
    ends = (" ".join(["Beleuchtungseinrichtungen"] * n) for n in [0, 1, 2, 3, 4] * 2)
    texts = "".join(f"<p>{text.replace('@', end)}</p>" for end in ends)

    for lines in range(24):
        done = judged(f"<p>{lines}</p>" * lines + texts, sheet, "de")

        assert done.hyphens > 5
        assert Flaw.PARTED_WORD not in [fault.flaw for fault in done.faults]


@pytest.mark.parametrize("manners", [Manners(), None])
def test_a_note_stands_on_the_page_of_its_call(manners: Manners | None) -> None:
    """WeasyPrint 70 puts a note off for the second line of a paragraph behind it."""
    text = PROSE.replace("lamp", f"lamp{NOTE}")

    for lines in range(12):
        body = f"<p>{lines}</p>" * lines + f"<p>{text}</p><p>{PROSE}</p>" * 6
        done = judged(body, NOTES, manners=manners)

        assert Flaw.CARRIED_NOTE not in [fault.flaw for fault in done.faults]


def test_no_more_than_two_hyphens_in_a_row() -> None:
    lines = words(made(f"<p>{GERMAN * 12}</p>", language="de"))

    run = "".join("-" if line.endswith("\N{HYPHEN}") else " " for line in lines)
    assert "-" in run
    assert "---" not in run


def test_notes_stand_with_their_words() -> None:
    note = "<span class='p-footnote'>A note on the lamp.</span>"
    text = PROSE.replace("lamp", f"lamp{note}").replace("sea", f"sea{note}")

    part = made(
        f"<p>{text * 6}</p>", ".p-footnote { float: footnote; text-align: start }"
    )

    assert part.lost == ()
    lines = [line for line in words(part) if len(line) > 20 and "A note" not in line]
    assert not any(line[0].isdigit() for line in lines)


# What WeasyPrint does alone, as it would without all this.
@pytest.mark.parametrize(
    "sheet",
    [
        "p::first-line { font-variant-caps: small-caps }",
        "p::first-letter { font-weight: bold }",
        "section { columns: 2; column-gap: 10pt }",
        "p { word-spacing: -0.25em }",
        "p { font-size: 0 } p * { font-size: 11pt }",
        "p { hyphenate-character: '' }",
        "p { hyphenate-character: '==' }",
        "p { text-align: justify; text-align-last: center }",
        "p { white-space: pre-wrap }",
        "p { display: table }",
        "p { letter-spacing: -0.02em }",
    ],
)
def test_an_author_may_say_anything(sheet: str) -> None:
    body = f"<p>{PROSE * 3}<em>{PROSE}</em></p>"

    whole, single = made(body, sheet), made(body, sheet, manners=None)

    assert len(whole.lost) <= len(single.lost)
    assert max(edges(whole)) <= max(RIGHT, *edges(single)) + 0.2
    assert abs(len(words(whole)) - len(words(single))) <= len(words(single)) / 4


@pytest.mark.parametrize(
    "width", ["width: 10pt; min-width: 9em", "width: 100%; max-width: 20pt"]
)
def test_a_box_that_is_as_wide_as_it_may_be_is_not_guessed(width: str) -> None:
    body = f"<p>{PROSE}<b></b> {PROSE}</p>"
    sheet = f"b {{ display: inline-block; {width} }}"

    whole, single = made(body, sheet), made(body, sheet, manners=None)

    assert rows(whole) == rows(single)


def test_lines_that_an_author_asked_for_stay_behind_the_end_of_a_page() -> None:
    """However often they are chosen anew for the page to end with a word."""
    text = f"{GERMAN}{PROSE}".split() * 8
    for begin in range(0, 24, 3):
        looser = f"<p class='looser'>{' '.join(text[begin:])}</p>"
        counts = [
            len(words(made(f"<p>{'<br/>'.join('a' * begin)}</p>{one}", language="de")))
            for one in (looser, looser.replace("looser", ""))
        ]

        assert counts[0] == counts[1] + 1


@pytest.mark.parametrize("name", ["looser", "tighter"])
def test_no_line_is_won_at_any_price(name: str) -> None:
    """Where words would run into one another, or stand far apart, or one of them be
    alone on the last line."""
    plain, mended = (
        words(made(f"<p class='{one}'>{PROSE[:115]}</p>", MENDED)) for one in ("", name)
    )

    assert len(plain) == len(mended) == 3


def test_the_last_line_is_aligned_as_its_style_says() -> None:
    part = made(f"<p>{PROSE}</p>", "p { text-indent: 0; text-align-last: center }")

    row = rows(part)[-1]
    assert row[0][1] - LEFT == pytest.approx(RIGHT - edges(part)[-1], abs=3)


def test_what_has_no_spaces_stays_within_the_measure() -> None:
    part = made(
        "<p>" + "灯台守は夜のあいだ何も起こらなかったと書き留めた。" * 9 + "</p>",
        language="ja",
    )

    assert max(edges(part)) <= RIGHT + 0.1


def test_below_a_float_lines_are_chosen_again() -> None:
    floated = "<div style='float: left; width: 40pt; height: 26pt'>A</div>"

    done = judged(f"{floated}<p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>")

    assert (done.whole, done.single) == (2, 1)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (PROSE, (1, 0)),
        ("A short one.", (0, 0)),
        (PROSE.replace("bread", "\u05dc\u05d7\u05dd"), (0, 1)),
        # Aramaic, Adlam.
        (PROSE.replace("bread", "\U00010841\U00010847"), (0, 1)),
        (PROSE.replace("bread", "\U0001e900\U0001e922"), (0, 1)),
        (PROSE.replace("bread", "<br/>bread"), (1, 0)),
        (f"{PROSE}<br/>", (1, 0)),
        (
            PROSE.replace("bread", "<span style='display: inline-block'>b</span>"),
            (0, 1),
        ),
    ],
)
def test_what_is_not_sure_is_counted(text: str, counts: tuple[int, int]) -> None:
    done = judged(f"<p>{text}</p>")

    assert (done.whole, done.single) == counts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for the bread", "for the<br/>bread"),
        ("for the bread", "for the <br/>\n bread"),
        ("for the bread", "<em>for the<br/> bread</em>"),
        ("for the bread", "for <span class='keys'>the<br/>bread</span>"),
    ],
)
def test_a_line_that_its_author_ended_is_not_stretched(before: str, after: str) -> None:
    text = f"<p>{PROSE.replace(before, after) * 2}</p>"

    part = made(text)

    ends = [round(RIGHT - end) for end in edges(part)]
    lines = words(part)
    short = [line for line, end in zip(lines, ends, strict=True) if end > 1]
    assert [line.endswith("for the") for line in short[:2]] == [True, True]
    assert short[2:] == lines[-1:]
    begins = [line for line in lines if line.startswith("bread was good")]
    assert len(begins) == 2
    done = judged(text)
    assert (done.whole, done.single) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        f"<br/>{PROSE}",
        f"{PROSE}<br/>",
        f"{PROSE}<br/> <br/> ",
        f"<em>{PROSE}<br/></em>",
        f"A<br/><br/>{PROSE}",
        "A<br/>B<br/>C",
        "<br/>",
    ],
)
def test_as_many_lines_are_ended_as_their_author_ended(text: str) -> None:
    def heights(part: Part) -> list[float]:
        with pymupdf.open(stream=part.data) as pdf:
            return [word[1] for word in pdf[0].get_text("words")]

    body = f"<p>{text}</p><p>{PROSE}</p>"
    whole, single = made(body), made(body, manners=None)

    assert whole.lost == ()
    assert heights(whole)[-1] == heights(single)[-1]


def test_a_page_may_begin_where_an_author_ended_a_line() -> None:
    ended = PROSE.replace("the bread", "the<br/>bread")
    text = "".join(f"<p>{ended}{PROSE * (n % 3)}{ended}</p>" for n in range(40))

    part, done = made(text), judged(text)

    with pymupdf.open(stream=part.data) as pdf:
        pages = [page.get_text().split() for page in pdf]
    assert part.lost == ()
    assert "the" in [page[-1] for page in pages]
    assert (done.whole, done.single) == (40, 0)


def test_a_formula_is_as_wide_as_it_is() -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='23' height='9'"
        " style='vertical-align: -2pt'><rect width='23' height='9'/></svg>"
    )
    text = f"<p>{PROSE.replace('lamp', drawing).replace('sea', f'({drawing})')}</p>" * 3

    done, part = judged(text), made(text)

    assert (done.whole, done.single) == (3, 0)
    assert max(edges(part)) <= RIGHT + 0.25
    ends = [end for end in edges(part) if end > RIGHT - 20]
    assert sum(end > RIGHT - 0.25 for end in ends) > len(ends) / 2


def test_a_heading_has_no_short_line() -> None:
    title = "The keeper of the lamp, and what he wrote down in the nights of the storm"
    body = f"<h2>{title}</h2><p>{PROSE}</p>"
    sheet = "h2 { font-size: 16pt; line-height: 19pt; text-align: center }"

    def widths(part: Part) -> list[float]:
        found = [[*row] for row in rows(part) if row[0][2] - row[0][1] > 0]
        heads = [row for row in found if "".join(c for c, _, _ in row).strip() in title]
        return [row[-1][2] - row[0][1] for row in heads]

    whole = widths(made(body, sheet))
    single = widths(made(body, sheet, manners=None))
    assert len(whole) == len(single)
    assert min(whole) > min(single) + 20


def test_a_heading_has_the_lines_of_its_author() -> None:
    title = "The keeper of the lamp<br/>and what he wrote down in the nights of storms"
    body = f"<h2>{title}</h2><p>{PROSE}</p>"
    sheet = "h2 { font-size: 16pt; line-height: 19pt; text-align: center }"

    found = words(made(body, sheet))

    assert found[0] == "The keeper of the lamp"
    assert found[1].startswith("and what")
    assert "storms" in found[2]


def bases_of(part: Part) -> list[float]:
    """Of the full lines of the first page, down from its top, in points."""
    with pymupdf.open(stream=part.data) as pdf:
        spans = [
            span
            for text in pdf[0].get_text("dict")["blocks"]
            for line in text["lines"]
            for span in line["spans"]
        ]
    return [s["origin"][1] for s in spans if len(s["text"]) > 20]


def short_pages(part: Part) -> int:
    """How many pages, but for the last, end a line or two above the others."""
    with pymupdf.open(stream=part.data) as pdf:
        ends = [max(block[3] for block in page.get_text("blocks")) for page in pdf]
    return sum(end < max(ends) - 7 for end in ends[:-1])


def of_all_lengths(lines: int, note: str = "") -> str:
    """So many short paragraphs, and some of many lengths."""
    text = " ".join(PROSE.split() * 3)
    texts = (text[: 90 + 47 * n] for n in range(24))
    many = (f"<p>{text.replace('coal', f'coal{note}')}.</p>" for text in texts)
    return f"<p>{lines}</p>" * lines + "".join(many)


def test_pages_end_level(monkeypatch: pytest.MonkeyPatch) -> None:
    level = [made(of_all_lengths(lines)) for lines in range(12)]
    monkeypatch.setattr(Planner, "turns", lambda *_: iter(()))
    usual = [made(of_all_lengths(lines)) for lines in range(12)]

    short = sum(map(short_pages, usual))
    assert short > 12
    assert sum(map(short_pages, level)) < short / 2
    assert all(part.lost == () for part in level)


def test_a_page_that_cannot_be_level_stays_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Of a paragraph of several pages there is always a line to gain or to lose.
    bodies = [of_all_lengths(n, NOTE) + f"<p>{PROSE * 14}</p>" * 2 for n in range(5)]
    monkeypatch.setattr("publish.pdf.level._room", lambda *_: 1)
    tried = [made(body, NOTES) for body in bodies]
    monkeypatch.setattr(Planner, "turns", lambda *_: iter(()))
    usual = [made(body, NOTES) for body in bodies]

    assert [rows(part) for part in tried] == [rows(part) for part in usual]


def test_no_line_is_loose_for_a_page_to_be_level() -> None:
    for lines in range(4):
        done = judged(of_all_lengths(lines))

        assert Flaw.LOOSE_LINE not in [fault.flaw for fault in done.faults]


def test_text_goes_on_on_the_grid() -> None:
    body = f"<p>{PROSE}</p><h2>A head</h2><p>{PROSE}</p><pre>code</pre><p>{PROSE}</p>"
    sheet = (
        "h2 { font-size: 15pt; margin: 9pt 0; text-align: start }"
        " pre { margin: 5pt 0; font-size: 8pt }"
    )

    kept = bases_of(made(body, sheet, grid=Grid(30, 14)))
    loose = bases_of(made(body, sheet))

    first = kept[0]
    assert {round((base - first) % 14) % 14 for base in kept} == {0}
    assert {round((base - first) % 14) % 14 for base in loose} != {0}


def test_no_gap_is_left_behind_a_line_that_is_a_little_higher() -> None:
    high = '<span style="display: inline-block; height: 18pt">x</span>'
    body = f"<p>{PROSE}{high}</p><p>{PROSE}</p><h2>Head</h2><p>{PROSE}</p>"

    bases = bases_of(made(body, "h2 { margin: 9pt 0 }", grid=Grid(30, 14)))

    gaps = [round(after - before) for before, after in pairwise(bases)]
    assert [gap for gap in gaps if gap != 14] == [18, 52]
    # Behind a heading the grid is kept again.
    off = [round((base - bases[0]) % 14) % 14 for base in bases]
    assert (off[0], max(off), off[-1]) == (0, 4, 0)


def test_nothing_stays_behind() -> None:
    places = [*Breaker(Manners(), None, Tally()).answers()]
    before = [getattr(*place) for place in places]
    assert (page, "make_page") in places

    made(f"<p>{PROSE}</p>")

    assert before == [getattr(*place) for place in places]
