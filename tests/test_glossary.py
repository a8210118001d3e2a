"""Terms of the glossary and the words that lead to them; the list of abbreviations."""

from dataclasses import replace

import pytest

from publish.check_book import check_book
from publish.epub import render_epub
from publish.epub.chapters import chapter_xhtml
from publish.model import (
    Book,
    Definition,
    DefinitionList,
    Edition,
    Element,
    Format,
    Heading,
    Role,
    Span,
    Target,
    Term,
    TermReference,
)
from publish.pdf import render_pdf
from publish.style import load_style
from publish.transform import transform
from publish.transform.edition import for_edition
from publish.walk import chapter_inlines, own_inlines, plain_text, walk_blocks
from tests.leaves import links
from tests.test_epub import tree
from tests.test_pdf import PRINT, opened, pages
from tests.trees import METADATA, read

GLOSSARY = "# Glossary\n\nWick\n:   What burns.\n\nAnchor\n:   What holds.\n"

TWO_NAMES = "<dl><dt>B<dt>C<dd>1<dd>2<dt>A<dd>3</dl>"


def made(files: dict[str, str], language: str = "en") -> Book:
    """The file `glossary.md` has that role."""
    parsed = read(files, replace(METADATA, language=language))
    chapters = tuple(
        replace(c, role=Role.GLOSSARY) if c.source == "glossary.md" else c
        for c in parsed.chapters
    )
    return transform(replace(parsed, chapters=chapters))


def references(after: Book) -> list[tuple[str, Target | None]]:
    return [
        (plain_text(inline.children), inline.target)
        for chapter in after.chapters
        for inline in chapter_inlines(chapter)
        if isinstance(inline, TermReference)
    ]


def listed(after: Book, name: str) -> list[tuple[str, str]]:
    """The terms and definitions of the lists of a chapter."""
    (chapter,) = [c for c in after.chapters if c.source == name]
    found: list[tuple[str, str]] = []
    for block in walk_blocks(chapter.blocks):
        if isinstance(block, DefinitionList):
            for item in block.items:
                if isinstance(item, Term):
                    found.append((plain_text(item.children), ""))
                else:
                    found[-1] = found[-1][0], words(item)
    return found


def words(definition: Definition) -> str:
    blocks = walk_blocks(definition.children)
    return " ".join(plain_text(own_inlines(block)) for block in blocks)


def said(after: Book) -> list[tuple[str, int, str]]:
    return [(p.at.path.name, p.at.line, p.code) for p in check_book(after)]


def test_words_lead_to_their_term() -> None:
    text = '# One\n\nThe [wick]{.term} and [two\nanchors]{.term of="anchor"}.\n'

    after = made({"1.md": text, "glossary.md": GLOSSARY})

    name = after.chapters[-1].name
    assert references(after) == [
        ("wick", Target(name, "term")),
        ("two anchors", Target(name, "term-1")),
    ]
    assert said(after) == []


def test_a_term_that_is_not_defined_is_reported_with_a_guess() -> None:
    text = "# One\n\nThe\n[wicks]{.term} and\n[oil]{.term}.\n"

    after = made({"1.md": text, "glossary.md": GLOSSARY})

    assert said(after) == [("1.md", 4, "no-term"), ("1.md", 5, "no-term")]
    assert [problem.hint for problem in check_book(after)] == [
        'did you mean .term of="Wick"?',
        'define it there, or name a term that is there: .term of="…"',
    ]


def test_a_term_is_defined_once() -> None:
    twice = f"{GLOSSARY}\nwick\n:   Again.\n"

    after = made({"1.md": "# One\n\n[wick]{.term}\n", "glossary.md": twice})

    assert said(after) == [("glossary.md", 9, "same-term")]


def test_without_a_glossary_term_is_a_class_like_any_other() -> None:
    after = made({"1.md": "# One\n\n[wick]{.term .loud}\n\nOil\n:   Burns.\n"})

    spans = [
        inline.attributes.classes
        for chapter in after.chapters
        for inline in chapter_inlines(chapter)
        if isinstance(inline, Span)
    ]
    assert spans == [("term", "loud")]
    assert references(after) == []
    assert said(after) == []


def test_an_edition_without_the_glossary_has_the_words() -> None:
    text = "# One\n\nThe [wick]{.term}.\n"
    after = made({"1.md": text, "glossary.md": GLOSSARY})
    edition = replace(PRINT, leave_out=("glossary.md",))

    left = for_edition(replace(after, editions=(edition,)), edition)

    assert references(left) == [("wick", None)]


def test_no_link_to_a_term_stands_in_a_link() -> None:
    text = "# One\n\n[the [wick]{.term}](1.md) and [[it](1.md)]{.term of=wick}\n"

    after = made({"1.md": text, "glossary.md": GLOSSARY})

    assert references(after) == []


def test_a_division_is_a_glossary_in_another_chapter() -> None:
    text = "# One\n\n[Wick]{.term}\n\n::: glossary\nWick\n:   What burns.\n:::\n"

    after = made({"1.md": text})

    assert [target for _, target in references(after)] == [Target("03-one", "term")]
    (section,) = [
        block
        for chapter in after.chapters
        for block in walk_blocks(chapter.blocks)
        if isinstance(block, Element)
    ]
    assert section.tag == "section"
    assert dict(section.attributes.rest) == {
        "role": "doc-glossary",
        "aria-label": "Glossary",
    }


@pytest.mark.parametrize(
    ("text", "order"),
    [
        (GLOSSARY, ["Wick", "Anchor"]),
        (GLOSSARY.replace("Glossary", "Glossary {.sorted}"), ["Anchor", "Wick"]),
        (
            GLOSSARY.replace("Wick", "::: sorted\nWick", 1) + ":::\n",
            ["Anchor", "Wick"],
        ),
        (f"# G {{.sorted}}\n\n{TWO_NAMES}\n", ["A", "B", "C"]),
    ],
)
def test_terms_are_sorted_where_their_author_asks(text: str, order: list[str]) -> None:
    after = made({"glossary.md": text})

    assert [term for term, _ in listed(after, "glossary.md")] == order


def test_terms_are_sorted_by_the_rules_of_the_language() -> None:
    terms = "\n\n".join(f"{word}\n:   x" for word in ("Öre", "Zon", "År", "Anka"))

    after = made({"glossary.md": f"# Ordlista {{.sorted}}\n\n{terms}\n"}, "sv")

    found = [term for term, _ in listed(after, "glossary.md")]
    assert found == ["Anka", "Zon", "År", "Öre"]


def test_the_epub_says_what_is_a_term() -> None:
    text = "# One\n\nThe [wick]{.term}.\n"
    after = made({"1.md": text, "glossary.md": GLOSSARY})
    epub = Edition("ebook", Format.EPUB)
    data = render_epub(after, epub, load_style("classic")).data

    one, glossary = (
        tree(data, f"text/{name}.xhtml") for name in ("03-one", "04-glossary")
    )

    kind = "{http://www.idpf.org/2007/ops}type"
    (link,) = [e for e in one.iter() if e.get("role") == "doc-glossref"]
    assert (link.get(kind), link.get("href")) == (
        "glossref",
        "04-glossary.xhtml#term",
    )
    terms = [e for e in glossary.iter() if e.get(kind) == "glossterm"]
    assert [(e.tag.rpartition("}")[2], e.get("id"), e.text) for e in terms] == [
        ("dfn", "term", "Wick"),
        ("dfn", "term-1", "Anchor"),
    ]
    assert len([e for e in glossary.iter() if e.get(kind) == "glossdef"]) == 2


def test_a_definition_in_a_term_is_not_put_into_another() -> None:
    text = "# Glossary\n\n<dfn>Wick</dfn>\n:   What burns.\n"
    after = made({"glossary.md": text})

    xhtml = chapter_xhtml(after.chapters[-1], "Glossary")

    assert xhtml.count("<dfn>") == 1
    assert '<dt><span id="term" epub:type="glossterm"><dfn>' in xhtml


def test_in_print_a_word_leads_to_its_term() -> None:
    after = made({"1.md": "# One\n\nThe [wick]{.term}.\n", "glossary.md": GLOSSARY})

    artifact = render_pdf(after, PRINT, load_style("classic"))

    assert artifact.problems == ()
    one, glossary = (
        next(n for n, text in enumerate(pages(artifact)) if text.startswith(title))
        for title in ("One", "Glossary")
    )
    with opened(artifact) as pdf:
        found = [(words, place[0]) for _, words, place in links(pdf)[one]]
    assert found == [("wick", glossary)]


ABBREVIATIONS = (
    '# One\n\nThe <abbr title="United Nations">UN</abbr>, the'
    ' <abbr title="British\nBroadcasting Corporation">BBC</abbr>, <abbr>etc.</abbr> and'
    ' the <abbr title="Something else">UN</abbr>.\n'
)


def test_abbreviations_are_listed_once_and_sorted() -> None:
    files = {
        "1.md": ABBREVIATIONS,
        "2.md": "# Two\n\n::: abbreviations\n:::\n\nMore.\n",
    }

    after = made(files)

    assert listed(after, "2.md") == [
        ("BBC", "British Broadcasting Corporation"),
        ("UN", "United Nations"),
    ]
    assert said(after) == []


def test_a_list_alone_in_its_file_gets_a_heading_in_its_language() -> None:
    after = made({"1.md": ABBREVIATIONS, "2.md": "::: abbreviations\n:::\n"}, "de")

    heading = after.chapters[-1].blocks[0]
    assert isinstance(heading, Heading)
    assert plain_text(heading.children) == "Abkürzungsverzeichnis"


def test_no_abbreviation_no_list() -> None:
    after = made({"1.md": "# One\n\n::: abbreviations\n:::\n"})

    assert said(after) == [("1.md", 0, "empty-list")]
