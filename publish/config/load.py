"""Check a `book.toml` whole and turn it into typed data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from publish.config.design import design_of, idle_design, pale_colours
from publish.config.facts import Facts
from publish.config.isbn import isbn_digits, isbn_words
from publish.config.keys import (
    FILE,
    QUOTE_WORDS,
    Captions,
    Formulas,
    Made,
    NumberingWord,
    Within,
    claimed,
)
from publish.config.kinds import Fault
from publish.config.printing import (
    idle_printing,
    printing_faults,
    printing_of,
    trim_for,
)
from publish.config.sound import sound, sound_editions, without_tables
from publish.config.toml_file import Place, TomlFile, read_toml
from publish.config.wraps import idle_wraps, wrap_faults, wrap_of
from publish.dialect import Dialect
from publish.lengths import points_of
from publish.model import (
    MADE,
    Accessibility,
    Edition,
    Exemption,
    Format,
    Matter,
    NotePlace,
    Numbering,
    Numerals,
    Person,
    Quotes,
    Role,
    Series,
    SourceLists,
    Subject,
)
from publish.problems import Position, Problem, PublishError, Severity

# What a book without [editions] comes out as.
DEFAULT_EDITIONS = (Edition("ebook", Format.EPUB), Edition("print", Format.PDF))


@dataclass(frozen=True, slots=True)
class Part:
    """A part, or files that stand in none.

    title: empty for files in no part
    files: names or patterns, relative to the manuscript, with slashes
    places: where each of `files` is written
    at: where the part is written
    """

    matter: Matter
    title: str
    files: tuple[str, ...]
    places: tuple[Position, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an edition does not hold.

    pattern: a name or a pattern, as in `Part.files`
    at: where it is written
    """

    edition: str
    pattern: str
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a `book.toml` says; what it leaves out is empty.

    path: the file itself, as `Position` wants it
    parts: None when the file says nothing of their order
    made, quotes: see `Book`
    cover_at: where the cover is written
    places: where the keys of [book] are written that have to do with citations
    source_lists: where what is cited is listed
    problems: warnings; anything worse was raised
    """

    path: Path
    facts: Facts
    numbering: Numbering
    parts: tuple[Part, ...] | None
    made: tuple[Role, ...]
    editions: tuple[Edition, ...]
    dialect: Dialect
    quotes: Quotes | None
    cover_at: Position
    left_out: tuple[LeftOut, ...] = ()
    places: Mapping[str, Position] = field(default_factory=dict)
    source_lists: SourceLists = SourceLists.BOOK
    problems: tuple[Problem, ...] = ()


class ConfigError(PublishError):
    """What is wrong with a `book.toml`.

    editions: as far as what is said of their look is right
    parts: as `Config.parts`, of those that are
    """

    def __init__(
        self,
        problems: Iterable[Problem],
        editions: tuple[Edition, ...],
        parts: tuple[Part, ...] | None,
    ) -> None:
        super().__init__(problems)
        self.editions, self.parts = editions, parts


def load_config(path: Path) -> Config:
    """Read and check one `book.toml`.

    Raises PublishError with a problem for everything that is wrong.
    """
    return check_config(read_toml(path))


def check_config(toml: TomlFile) -> Config:
    """Check a TOML file that is one of ours. Raises ConfigError as `load_config`
    does."""
    if problems := tuple(_problems(toml)):
        problems = tuple(sorted(problems, key=lambda problem: problem.at))
        right = sound(toml)
        raise ConfigError(
            problems,
            sound_editions(toml, DEFAULT_EDITIONS),
            _ordered(right, right.table.get("contents", {})),
        )
    book = toml.table.get("book", {})
    contents = toml.table.get("contents", {})
    return Config(
        path=toml.path,
        facts=_facts(book),
        numbering=_numbering(book.get("numbering", "none")),
        parts=_ordered(toml, contents),
        made=tuple(Role[Made(name).name] for name in contents["make"])
        if "make" in contents
        else MADE,
        editions=_editions(toml),
        dialect=_dialect(
            toml.table.get("writing", {}), toml.table.get("variables", {})
        ),
        quotes=_quotes(toml.table.get("writing", {})),
        cover_at=toml.at(("book", "cover")),
        left_out=tuple(_left_out(toml)),
        places={key: toml.at(("book", key)) for key in _CITING if key in book},
        source_lists=SourceLists(book.get("bibliography_in", "book")),
        problems=tuple(_warnings(toml)),
    )


_CITING = ("bibliography", "bibliography_in", "csl", "nocite")
# Of `numbering = "sections"`: deeper numbers are no help to who looks for a place.
_SECTIONS = 2


def _numbering(said: str | dict[str, Any]) -> Numbering:
    if isinstance(said, str):
        chapters = Numerals.NONE if said == NumberingWord.NONE else Numerals.ARABIC
        sections = _SECTIONS if said == NumberingWord.SECTIONS else 0
        return Numbering(chapters=chapters, sections=sections)
    return Numbering(
        chapters=Numerals(said.get("chapters", "none")),
        parts=Numerals(said.get("parts", "none")),
        sections=said.get("sections", 0),
        through=said.get("figures") == Within.BOOK,
    )


def _dialect(said: dict[str, str], variables: dict[str, str | float]) -> Dialect:
    return Dialect(
        caption_in_brackets=said.get("captions") == Captions.BRACKETS,
        backslash_math=said.get("formulas") == Formulas.BACKSLASHES,
        variables=tuple((name, str(value)) for name, value in variables.items()),
    )


def _quotes(said: dict[str, str]) -> Quotes | None:
    if "quotes" not in said:
        return None
    signs = "".join(said["quotes"].split())
    return QUOTE_WORDS.get(signs, Quotes(signs=signs))


def _facts(book: dict[str, Any]) -> Facts:
    return Facts(
        title=book.get("title", "").strip(),
        subtitle=book.get("subtitle", "").strip(),
        language=book.get("language", ""),
        people=_people(book.get("people", ())),
        publisher=book.get("publisher", ""),
        rights=book.get("rights", ""),
        description=book.get("description", "").strip(),
        identifier=next(iter(_texts(book.get("identifier", ()))), ""),
        also_known=_texts(book.get("identifier", ()))[1:],
        published=_day(book.get("date", "")),
        modified=_moment(book.get("modified")),
        series=_series(book.get("series")),
        subjects=tuple(map(_subject, book.get("subjects", ()))),
        also_by=tuple(book.get("also_by", ())),
        about=book.get("about_the_author", "").strip(),
        accessibility=_accessibility(book.get("accessibility", {})),
        cover=book.get("cover", ""),
        bibliography=_texts(book.get("bibliography", ())),
        csl=book.get("csl", "").strip(),
        nocite=_texts(book.get("nocite", ())),
    )


def _problems(toml: TomlFile) -> Iterator[Problem]:
    faults = tuple(FILE.faults(toml.table, ()))
    for fault in faults:
        hint = _other_edition(toml, fault) or fault.hint
        yield Problem(toml.at(fault.place), fault.code, fault.message, hint)
    rest = without_tables(toml, faults) if faults else toml
    # One edition may tell the pages of another.
    if not any(fault.place[0] == "editions" for fault in faults):
        yield from _without_pages(rest)
    yield from _half_claims(rest)
    yield from printing_faults(rest)
    yield from wrap_faults(rest)


def _other_edition(toml: TomlFile, fault: Fault) -> str:
    """The edition that is meant by one that has nothing but a table, such as
    [editions.prnt.design]."""
    if fault.code != "missing-key" or fault.place[:-1] != ("editions",):
        return ""
    editions = toml.table["editions"]
    keys = editions[fault.place[-1]]
    if not keys or not all(isinstance(value, dict) for value in keys.values()):
        return ""
    whole = [n for n, k in editions.items() if isinstance(k, dict) and "format" in k]
    near = get_close_matches(str(fault.place[-1]), whole, n=1)
    return f"did you mean [editions.{near[0]}.{next(iter(keys))}]?" if near else ""


def _texts(said: str | list[str]) -> tuple[str, ...]:
    """One or several."""
    return (said,) if isinstance(said, str) else tuple(said)


def _people(said: Any) -> tuple[Person, ...]:
    """One or several, each a name or a table."""
    return tuple(map(_person, said if isinstance(said, list | tuple) else (said,)))


def _person(said: str | dict[str, str]) -> Person:
    return Person(said.strip()) if isinstance(said, str) else Person(**said)


def _series(said: str | dict[str, Any] | None) -> Series | None:
    if said is None or isinstance(said, str):
        return Series(said) if said else None
    return Series(said["name"], str(said.get("position", "")))


def _accessibility(said: dict[str, str]) -> Accessibility | None:
    if not said:
        return None
    exemption = said.get("exemption")
    return Accessibility(
        conforms_to=claimed(said.get("conforms_to", "")),
        certified_by=said.get("certified_by", "").strip(),
        credential=said.get("credential", "").strip(),
        report=said.get("report", "").strip(),
        exemption=Exemption(exemption) if exemption else None,
    )


def _subject(said: str | dict[str, str]) -> Subject:
    return Subject(said) if isinstance(said, str) else Subject(**said)


def _day(said: str | int | date) -> str:
    return said.isoformat()[:10] if isinstance(said, date) else str(said)


def _moment(said: date | None) -> datetime | None:
    if said is None or isinstance(said, datetime):
        return said.astimezone(UTC) if said else None
    return datetime(said.year, said.month, said.day, tzinfo=UTC)


def _ordered(toml: TomlFile, contents: dict[str, Any]) -> tuple[Part, ...] | None:
    if contents and not any(matter.value in contents for matter in Matter):
        return None
    return tuple(_parts(toml, contents)) if "contents" in toml.table else None


def _parts(toml: TomlFile, contents: dict[str, Any]) -> Iterator[Part]:
    for matter in Matter:
        for index, said in enumerate(contents.get(matter.value, ())):
            place: Place = ("contents", matter.value, index)
            if isinstance(said, str):
                at = toml.at(place)
                yield Part(matter, "", (said,), (at,), at)
                continue
            places = tuple(
                toml.at((*place, "chapters", n)) for n in range(len(said["chapters"]))
            )
            files = tuple(said["chapters"])
            at = toml.at((*place, "part"))
            yield Part(matter, said["part"], files, places, at)


def _left_out(toml: TomlFile) -> Iterator[LeftOut]:
    for name, keys in toml.table.get("editions", {}).items():
        place: Place = ("editions", name, "leave_out")
        said = keys.get("leave_out", [])
        if isinstance(said, str):
            yield LeftOut(name, said, toml.at(place))
            continue
        for index, pattern in enumerate(said):
            yield LeftOut(name, pattern, toml.at((*place, index)))


def _editions(toml: TomlFile) -> tuple[Edition, ...]:
    said = toml.table.get("editions", {})
    if not said:
        design = design_of(toml, "")
        return tuple(replace(edition, design=design) for edition in DEFAULT_EDITIONS)
    return tuple(
        replace(
            _edition(name, keys, toml.path.parent),
            pages=_pages(keys, said),
            design=design_of(toml, name),
            style_at=toml.at(("editions", name, "style")) if "style" in keys else None,
        )
        for name, keys in said.items()
    )


def _pages(keys: dict[str, Any], editions: dict[str, dict[str, Any]]) -> str:
    """The name of the edition whose pages an EPUB tells."""
    printed = [name for name, one in editions.items() if one["format"] == Format.PDF]
    if keys["format"] != Format.EPUB or not printed:
        return ""
    wanted = keys.get("pages", printed[0])
    return wanted if wanted in printed else ""


def _edition(name: str, keys: dict[str, Any], folder: Path) -> Edition:
    plain = Edition(name, Format(keys["format"]))
    return Edition(
        name,
        plain.format,
        isbn=isbn_digits(keys.get("isbn", "")),
        style=keys.get("style", plain.style),
        trim=trim_for(keys, plain.trim),
        isbn_words=isbn_words(keys.get("isbn", "")),
        notes=NotePlace(keys.get("notes", "foot")),
        depth=keys.get("contents_depth", 0),
        fonts=keys.get("embed_fonts", True),
        kobo=keys.get("kobo", False) and not keys.get("kindle", False),
        kindle=keys.get("kindle", False),
        printing=printing_of(keys, folder),
        wrap=wrap_of(keys),
        watermark=keys.get("watermark", "").strip(),
        line_numbers=keys.get("line_numbers", False),
        margin=points_of(keys.get("margin", "")) or 0,
    )


def _without_pages(toml: TomlFile) -> Iterator[Problem]:
    """A problem for each EPUB that should tell the pages of what has none."""
    editions = toml.table.get("editions", {})
    printed = [name for name, one in editions.items() if one["format"] == Format.PDF]
    for name, keys in editions.items():
        wanted = keys.get("pages")
        if keys["format"] == Format.EPUB and wanted and wanted not in printed:
            why = "it is no PDF" if wanted in editions else "no edition is called so"
            message = f"there are no pages of `{wanted}` to tell: {why}"
            near = get_close_matches(wanted, printed, n=1) or printed
            hint = f"write `{near[0]}`" if near else "there is no edition for print"
            yield Problem(
                toml.at(("editions", name, "pages")), "no-pages", message, hint
            )


def _half_claims(toml: TomlFile) -> Iterator[Problem]:
    """A problem for a claim without a name, or a name without a claim."""
    place: Place = ("book", "accessibility")
    said = toml.table.get("book", {}).get("accessibility", {})
    pair = ("conforms_to", "certified_by")
    for one, other in (pair, pair[::-1]):
        if one in said and other not in said:
            message = f"`{one}` stands without `{other}`"
            hint = "a claim has the name of who vouches for it, if only your own"
            yield Problem(toml.at((*place, one)), "half-claim", message, hint)


def _warnings(toml: TomlFile) -> Iterator[Problem]:
    yield from idle_printing(toml)
    yield from idle_wraps(toml)
    yield from idle_design(toml)
    yield from dict.fromkeys(pale_colours(_editions(toml)))
    isbns: dict[str, str] = {}
    editions = toml.table.get("editions", {})
    for name, keys in editions.items():
        place = ("editions", name)
        if keys["format"] == Format.EPUB and "trim" in keys:
            yield _no_effect(toml, (*place, "trim"), "an EPUB has no pages of its own")
        if keys["format"] == Format.PDF and "pages" in keys:
            yield _no_effect(toml, (*place, "pages"), "a PDF has pages of its own")
        if keys["format"] == Format.PDF and "embed_fonts" in keys:
            yield _no_effect(toml, (*place, "embed_fonts"), "a PDF always has them")
        if keys["format"] == Format.PDF and "kobo" in keys:
            yield _no_effect(toml, (*place, "kobo"), "Kobo sells no PDFs")
        if keys["format"] == Format.PDF and "kindle" in keys:
            yield _no_effect(
                toml, (*place, "kindle"), "a file for Kindles is made of an EPUB"
            )
        elif keys.get("kindle") and keys.get("kobo"):
            yield _no_effect(toml, (*place, "kobo"), "a file for Kindles is no kepub")
        isbn = isbn_digits(keys.get("isbn", ""))
        if isbn and isbn in isbns:
            yield Problem(
                toml.at((*place, "isbn")),
                "same-isbn",
                f"`{name}` has the ISBN of `{isbns[isbn]}`",
                "each edition needs one of its own",
                Severity.WARNING,
            )
        isbns.setdefault(isbn, name)


def _no_effect(toml: TomlFile, place: Place, hint: str) -> Problem:
    return Problem(
        toml.at(place),
        "no-effect",
        f"`{place[-1]}` is not used",
        hint,
        Severity.WARNING,
    )
