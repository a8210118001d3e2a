"""The one table that says what may stand in `book.toml`."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from publish.config.design import DESIGN, LOOK
from publish.config.isbn import isbn_digits, isbn_hint
from publish.config.kinds import (
    DAY,
    MOMENT,
    NUMBER_OR_TEXT,
    TEXT,
    Key,
    ListOf,
    Named,
    OneOf,
    Table,
    Value,
    one_of,
)
from publish.config.printing import BOOKLET, LENGTH, PRINTER, PROFILE, SWITCH, TRIM
from publish.config.relators import RELATORS, relator_hint
from publish.config.toml_file import Place
from publish.config.wraps import COVER
from publish.language import is_language_tag, language_hint
from publish.model import (
    AS_TYPED,
    BY_LANGUAGE,
    Exemption,
    Format,
    NotePlace,
    Numerals,
    SourceLists,
)


class NumberingWord(StrEnum):
    """The usual ways to count, in a word."""

    NONE = "none"
    CHAPTERS = "chapters"
    SECTIONS = "sections"


class Within(StrEnum):
    """What figures are counted in."""

    CHAPTER = "chapter"
    BOOK = "book"


class Made(StrEnum):
    """Pages that can be made of a book's data, by what an author calls them."""

    HALF_TITLE = "half-title"
    SERIES_PAGE = "series-page"
    ALSO_BY = "also-by"
    TITLE_PAGE = "title-page"
    COPYRIGHT_PAGE = "copyright-page"
    CONTENTS = "contents"
    FIGURES = "figures"
    TABLES = "tables"
    LISTINGS = "listings"
    CONTRIBUTORS = "about-the-author"


class Captions(StrEnum):
    """Where the caption of a picture stands: `![brackets](lamp.png "title")`."""

    TITLE = "title"
    BRACKETS = "brackets"


class Formulas(StrEnum):
    """What stands round formulas."""

    DOLLARS = "dollars"
    BACKSLASHES = "backslashes"


def format_hint(place: Place) -> str:
    """What to write for the format of the edition at *place*."""
    name = str(place[-1]).casefold()
    if re.search(r"e-?book|epub|kindle|kobo|digital", name):
        return 'write format = "epub", or "pdf" for pages'
    if re.search(r"print|paper|hard|pdf|cover|large|screen|pocket", name):
        return 'write format = "pdf", or "epub" for an e-book'
    return 'write format = "epub" for an e-book, format = "pdf" for pages'


LANGUAGE = Value(
    'a language tag like "en", "en-GB" or "zh-Hant"',
    lambda value: isinstance(value, str) and is_language_tag(value),
    {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    lambda value: language_hint(value) if isinstance(value, str) else "",
)
RELATOR = Value(
    'a code of the MARC relator list, like "aut", "edt", "ill" or "trl"',
    lambda value: isinstance(value, str) and value in RELATORS,
    {"enum": sorted(RELATORS)},
    lambda value: relator_hint(value) if isinstance(value, str) else "",
)
NOTHING = Value("false", lambda value: value is False, {"const": False})
ISBN = Value(
    "an ISBN of 13 digits",
    lambda value: isinstance(value, str) and bool(isbn_digits(value)),
    {"type": "string", "pattern": "^[0-9Xx -]+$"},
    isbn_hint,
)


def style_hint(value: object) -> str:
    """How the name of a style is written that is not a single word."""
    words = re.findall(r"[\w-]+", value.casefold()) if isinstance(value, str) else ()
    return f'write "{"-".join(words)}"' if words else ""


STYLE = Value(
    "the name of a style",
    lambda value: isinstance(value, str) and bool(re.fullmatch(r"[\w-]+", value)),
    {"type": "string", "pattern": r"^[\w-]+$"},
    style_hint,
)

LEVELS = Value(
    "a number from 0 to 5",
    lambda value: type(value) is int and 0 <= value <= 5,  # noqa: PLR2004 - h2 to h6
    {"type": "integer", "minimum": 0, "maximum": 5},
)
LISTED_LEVELS = Value(
    "a number from 1 to 6",
    lambda value: type(value) is int and 1 <= value <= 6,  # noqa: PLR2004 - h1 to h6
    {"type": "integer", "minimum": 1, "maximum": 6},
)

PERSON = Table(
    {
        "name": Key(TEXT, "The name as it reads on the title page.", required=True),
        "role": Key(RELATOR, "MARC relator code; aut (author) unless said."),
        "sort": Key(TEXT, 'The name as it is sorted: "Bell, Ada".'),
    },
    {"file-as": "write `sort`", "file_as": "write `sort`"},
)
SERIES = Table(
    {
        "name": Key(TEXT, "The name of the series.", required=True),
        "position": Key(NUMBER_OR_TEXT, "Where the book stands in it."),
    }
)
SUBJECT = Table(
    {
        "scheme": Key(TEXT, "bisac, thema, …"),
        "code": Key(TEXT, "The code in that scheme."),
        "text": Key(TEXT, "The subject in words.", required=True),
    }
)
NUMBERING = Table(
    {
        "chapters": Key(one_of(Numerals), "How chapters are counted."),
        "parts": Key(one_of(Numerals), "How parts are counted."),
        "sections": Key(
            LEVELS, "How many levels of headings below a chapter's are counted."
        ),
        "figures": Key(
            one_of(Within), "Where figures, tables and the like begin again with 1."
        ),
    },
    {
        "depth": "write `sections`",
        **dict.fromkeys(("tables", "listings", "equations"), "write `figures`"),
    },
)


QUOTE_WORDS = {"as-typed": AS_TYPED, "language": BY_LANGUAGE}


def _are_quotes(value: object) -> bool:
    if not isinstance(value, str):
        return False
    signs = "".join(value.split())
    return value in QUOTE_WORDS or (
        len(signs) == 4  # noqa: PLR2004 - opening, closing, and both within
        and not any(sign.isalnum() or sign in "\"'" for sign in signs)
    )


QUOTES = Value(
    '"as-typed", "language" or four signs like "«»“”"',
    _are_quotes,
    {"type": "string"},
    lambda _: 'write "language" for those of the language of the book',
)
WRITING = Table(
    {
        "captions": Key(
            one_of(Captions),
            "Where the caption of a picture stands: in its title, or in its brackets.",
        ),
        "formulas": Key(
            one_of(Formulas),
            r"What stands round formulas: dollars, or also \( \) and \[ \].",
        ),
        "quotes": Key(
            QUOTES,
            "What becomes of straight quotation marks: nothing, those of the language,"
            " or four signs.",
        ),
    }
)
# What authors write instead of a key of [book].
ELSEWHERE_IN_BOOK = {
    "author": 'write people = ["…"]',
    "authors": 'write people = ["…"]',
    "editor": 'write people = [{ name = "…", role = "edt" }]',
    "translator": 'write people = [{ name = "…", role = "trl" }]',
    "illustrator": 'write people = [{ name = "…", role = "ill" }]',
    "lang": "write `language`",
    "isbn": "an ISBN belongs to an edition: [editions.ebook]",
    "year": "write `date`",
    "published": "write `date`",
    "copyright": "write `rights`",
    "license": "write `rights`",
    "licence": "write `rights`",
    "keywords": "write `subjects`",
    "summary": "write `description`",
    "blurb": "write `description`",
    "toc": "the contents are made of the headings; `numbering` numbers them",
}
# What they try for the size of the pages.
PAGE = {
    "margin": "write `margin`, the outer one, or `trim`",
    **dict.fromkeys(("page-size", "pagesize", "page_size"), "write `trim`"),
    **dict.fromkeys(("width", "height"), 'write trim = "6x9in"'),
    "theme": "write `style`",
}


def placed(hints: Mapping[str, str], where: str) -> dict[str, str]:
    """Hints for one table, said in another."""
    return {
        name: f"{hint} {where}" if "write" in hint else hint
        for name, hint in hints.items()
    }


def size_hint(trim: str) -> Callable[[object], str]:
    """What to write for `size`, which is meant for letters or for pages. trim: for
    these"""
    letters = DESIGN.keys["size"].kind
    assert isinstance(letters, Value)
    return lambda value: (
        "put it under [design]" if letters.fits(value) or letters.hint(value) else trim
    )


# What they try for the look of them.
IN_DESIGN = placed(LOOK, "under [design]")
IN_WRITING = dict.fromkeys(WRITING.keys, "put it under [writing]")

# Alone, or with the words that stand in an EPUB before and in it.
_CLAIM = re.compile(r"(?:EPUB Accessibility 1\.1 - )?WCAG 2\.[012] (?:Level )?A{1,3}")


def claimed(words: str) -> str:
    """What `CLAIM` allows, in its short form: "WCAG 2.2 AA"."""
    return words.rpartition(" - ")[2].replace("Level ", "")


CLAIM = Value(
    'a standard and its level, like "WCAG 2.2 AA"',
    lambda value: isinstance(value, str) and bool(_CLAIM.fullmatch(value)),
    {"type": "string", "pattern": f"^{_CLAIM.pattern}$"},
    lambda _: 'write "WCAG 2.2 AA", with another version or level if it is another',
)
WEB = Value(
    "an address on the web",
    lambda value: isinstance(value, str) and value.startswith(("https://", "http://")),
    {"type": "string", "pattern": "^https?://"},
)
ACCESSIBILITY = Table(
    {
        "conforms_to": Key(CLAIM, "What the book has been found to conform to."),
        "certified_by": Key(TEXT, "Who has found it so."),
        "credential": Key(TEXT, "What gives them authority."),
        "report": Key(WEB, "Where their report can be read."),
        "exemption": Key(
            one_of(Exemption), "Why the European Accessibility Act asks for less."
        ),
    }
)
BOOK = Table(
    {
        "title": Key(TEXT, "The title."),
        "subtitle": Key(TEXT, "The subtitle."),
        "language": Key(LANGUAGE, "The language of the text, as a BCP 47 tag."),
        "people": Key(
            OneOf((TEXT, PERSON, ListOf(OneOf((TEXT, PERSON))))),
            "Those who made the book, in the order of the title page.",
        ),
        "publisher": Key(TEXT, "Who publishes it."),
        "rights": Key(TEXT, "The line of copyright or licence."),
        "description": Key(TEXT, "What a shop says about it."),
        "series": Key(OneOf((TEXT, SERIES)), "The series it belongs to."),
        "subjects": Key(ListOf(OneOf((TEXT, SUBJECT))), "What it is about."),
        "identifier": Key(
            OneOf((TEXT, ListOf(TEXT))),
            "One of your own, or several, instead of the one that is made.",
        ),
        "date": Key(DAY, "When it was published."),
        "modified": Key(MOMENT, "What the files say instead of the clock."),
        "also_by": Key(ListOf(TEXT), "Other books of the same author."),
        "about_the_author": Key(TEXT, "Who the author is."),
        "accessibility": Key(
            ACCESSIBILITY, "What is vouched for to those who read by other means."
        ),
        "cover": Key(TEXT, "A picture, relative to book.toml."),
        "numbering": Key(
            OneOf((NUMBERING, one_of(NumberingWord))), "What is counted, and how."
        ),
        "bibliography": Key(
            OneOf((TEXT, ListOf(TEXT))),
            "Files of the sources that the text cites: BibTeX or CSL-JSON.",
        ),
        "bibliography_in": Key(
            one_of(SourceLists),
            "Where what is cited is listed: for the book, or in each chapter.",
        ),
        "csl": Key(TEXT, "The style of citations: its name, or a .csl file."),
        "nocite": Key(
            OneOf((TEXT, ListOf(TEXT))),
            'Keys of sources that are listed though nothing cites them, "*" for all.',
        ),
    },
    {
        **dict.fromkeys(
            ("front", "body", "back", "chapters"), "put it under [contents]"
        ),
        **dict.fromkeys(
            ("format", "style", "trim", "pages"), "put it under [editions.…]"
        ),
        **IN_WRITING,
        **IN_DESIGN,
        **placed(PAGE, "under [editions.…]"),
        "size": size_hint("write `trim` under [editions.…]"),
        **ELSEWHERE_IN_BOOK,
    },
)
PART = Table(
    {
        "part": Key(TEXT, "The title of the part.", required=True),
        "chapters": Key(ListOf(TEXT), "Its files.", required=True),
    }
)
FILES = ListOf(OneOf((TEXT, PART)))
CONTENTS = Table(
    {
        "front": Key(FILES, "What stands before the text."),
        "body": Key(FILES, "The text: files, patterns like 0*.md, parts."),
        "back": Key(FILES, "What follows the text."),
        "make": Key(
            ListOf(one_of(Made)), "The pages in front that are made for the book."
        ),
    },
    {
        **dict.fromkeys(
            ("format", "style", "trim", "pages"), "put it under [editions.…]"
        ),
        **IN_WRITING,
        **IN_DESIGN,
        **placed(PAGE, "under [editions.…]"),
        "size": size_hint("write `trim` under [editions.…]"),
        **dict.fromkeys(BOOK.keys, "put it under [book]"),
        **placed(ELSEWHERE_IN_BOOK, "under [book]"),
        "chapters": "write `body`",
    },
)
EDITION = Table(
    {
        "format": Key(
            one_of(Format), "What kind of file it is.", required=True, hint=format_hint
        ),
        "isbn": Key(ISBN, "The ISBN of this edition."),
        "style": Key(STYLE, "What the pages look like."),
        "trim": Key(TRIM, "The size of a page after cutting."),
        "printer": Key(PRINTER, "Who prints it."),
        "paper": Key(TEXT, "The paper it is printed on, one of the printer's."),
        "bleed": Key(SWITCH, "Whether something is printed up to the edge."),
        "booklet": Key(
            BOOKLET,
            "Two pages to a sheet, in the order of folding: all in one, or so many.",
        ),
        "marks": Key(SWITCH, "Whether marks to cut by stand round each page."),
        "profile": Key(TEXT, "The ICC profile of the printer's inks, a file."),
        "custom": Key(PROFILE, "What your own printer asks for."),
        "watermark": Key(TEXT, "Words across each page, under the text."),
        "line_numbers": Key(SWITCH, "Whether every fifth line of a page is numbered."),
        "margin": Key(LENGTH, "The least of the outer margin, for notes by hand."),
        "cover": Key(COVER, "Back, spine and front of a printed book."),
        "pages": Key(
            OneOf((TEXT, NOTHING)),
            "The print edition whose pages an EPUB tells; without it, the first.",
        ),
        "kobo": Key(SWITCH, "Whether an EPUB is made for Kobo's own reading system."),
        "kindle": Key(SWITCH, "Whether Calibre makes a file for Kindles of an EPUB."),
        "embed_fonts": Key(SWITCH, "Whether an EPUB brings its own fonts."),
        "notes": Key(one_of(NotePlace), "Where the notes stand."),
        "contents_depth": Key(
            LISTED_LEVELS, "How many levels of headings its contents list."
        ),
        "leave_out": Key(
            OneOf((TEXT, ListOf(TEXT))), "Files, or patterns, that it does not hold."
        ),
        "design": Key(DESIGN, "What it changes of the style, and of [design]."),
    },
    {
        **IN_WRITING,
        **IN_DESIGN,
        **PAGE,
        "size": size_hint("write `trim`"),
        "type": "write `format`",
        "output": "write `format`",
        **dict.fromkeys(("imposition", "impose", "signature"), "write `booklet`"),
        **dict.fromkeys(("stamp", "proof"), "write `watermark`"),
        **dict.fromkeys(("exclude", "without", "skip"), "write `leave_out`"),
    },
)
VARIABLES = Named(
    NUMBER_OR_TEXT,
    r"[^\W\d][\w.:-]*",
    "cannot be called in the text",
    "begin with a letter; use letters, digits, points and hyphens",
)
FILE = Table(
    {
        "book": Key(BOOK, "The book."),
        "contents": Key(CONTENTS, "Its files in order."),
        "writing": Key(WRITING, "How its Markdown is to be read."),
        "editions": Key(
            Named(EDITION, r"[A-Za-z0-9][A-Za-z0-9_-]*"),
            "The forms in which it comes out.",
        ),
        "variables": Key(VARIABLES, "Words that the text calls by a name."),
        "design": Key(DESIGN, "What all editions change of their styles."),
    },
    {
        **IN_DESIGN,
        **placed(PAGE, "under [editions.…]"),
        "size": size_hint("write `trim` under [editions.…]"),
        **placed(ELSEWHERE_IN_BOOK, "under [book]"),
        **dict.fromkeys(("epub", "ebook"), "write [editions.ebook]"),
        **dict.fromkeys(("pdf", "print", "paperback"), "write [editions.print]"),
        **dict.fromkeys(("edition", "output", "outputs"), "write [editions.…]"),
        **dict.fromkeys(("vars", "variable", "substitutions"), "write [variables]"),
        "chapters": "write `body`, under [contents]",
        **{key: "put it under [editions.…]" for key in EDITION.keys if key != "design"},
        **dict.fromkeys(BOOK.keys, "put it under [book]"),
        **dict.fromkeys(CONTENTS.keys, "put it under [contents]"),
        **IN_WRITING,
    },
)
