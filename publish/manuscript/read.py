"""Read a manuscript: a folder, its `book.toml`, or one file of text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from publish.config import (
    DEFAULT_EDITIONS,
    Config,
    ConfigError,
    Facts,
    TomlFile,
    check_config,
    foreign_facts,
    identifier,
    is_foreign,
    modified,
    read_toml,
)
from publish.crew import Executor, Here
from publish.dialect import Dialect
from publish.files import other_kind
from publish.manuscript.book_data import facts_of
from publish.manuscript.citing import citing_of
from publish.manuscript.contents import contents_order
from publish.manuscript.folder import Folder, is_document, is_text
from publish.manuscript.headings import title_of
from publish.manuscript.leaving_out import with_left_out
from publish.manuscript.listing import Entry, Listing, locate_entries
from publish.manuscript.naming import (
    Place,
    note_of_author,
    notes_of_title,
    readable_name,
    settle_languages,
)
from publish.manuscript.natural import natural_order, some, speaks_for_all
from publish.manuscript.orders import read_other_order
from publish.manuscript.orders.yaml_file import line_of
from publish.manuscript.page import Page, read_page
from publish.manuscript.remarks import (
    SAVE_AS_TEXT,
    note_of_books,
    note_of_documents,
    note_of_programs,
    note_of_sources,
    notes_of_headings,
    says_author,
)
from publish.manuscript.source import Manuscript, Source
from publish.manuscript.sources import build_sources
from publish.manuscript.values import values_of
from publish.model import MADE, NO_NUMBERS, Accessibility, Edition, Metadata
from publish.problems import Position, Problem, PublishError, Severity
from publish.signs import clean_strings

# Files of other tools that stand for their folder when they are named.
_LISTS = frozenset(
    ("SUMMARY.md", "_bookdown.yml", "_quarto.yml", "Book.txt", "default.yml")
)
_COVERS = ("cover.jpg", "cover.jpeg", "cover.png")


def read_manuscript(where: Path, executor: Executor | None = None) -> Manuscript:
    """Read the whole manuscript that *where* is or stands for.

    executor: who guesses the language of its files; None for this process
    Raises PublishError when there is no text, or a `book.toml` with mistakes.
    """
    folder, file = _place(where)
    toml = where.name if where.suffix == ".toml" else "book.toml"
    settings = Said() if file else _said(folder, toml)
    page = cache(lambda name: read_page(folder, name))
    listing = (
        Listing(entries=(Entry(name=file, at=folder.at(file)),))
        if file
        else _listing(folder, settings, page)
    )
    entries, problems = locate_entries(folder, listing)
    if listing.tool and not any(entry.name for entry in entries):
        problems += (_nothing_listed(folder, listing),)
        listing = replace(natural_order(folder, page), facts=listing.facts)
        entries, _ = locate_entries(folder, listing)
    sources = build_sources(folder, listing, entries, page)
    problems = (
        *settings.problems,
        *listing.problems,
        *problems,
        *(() if file else (*folder.problems, *note_of_documents(folder))),
        *(
            problem
            for source in _files(sources)
            for problem in page(source.file).problems
        ),
        *_unlisted(folder, listing, sources),
        *note_of_programs(sources),
        *(note_of_books(folder) if not (file or listing.by or settings.config) else ()),
    )
    if not any(_files(sources)):
        raise PublishError((*problems, _no_text(where, folder)))
    at = Place(folder.path, file)
    read = _Read(folder, at, settings, listing, sources, page, problems)
    return _manuscript(read, executor or Here())


def _place(where: Path) -> tuple[Folder, str]:
    """The folder, and the one file when that is the whole manuscript."""
    if where.is_dir():
        return Folder(where), ""
    if not where.is_file():
        kind = other_kind(where)
        problem = Problem(
            Position(where),
            "no-manuscript",
            f"this is {kind}, no file" if kind else "there is no such file or folder",
            "name a folder with Markdown files, or one such file",
        )
        raise PublishError([problem])
    folder = Folder(where.parent)
    if where.suffix in (".toml", ".book") or where.name in _LISTS:
        return folder, ""
    if is_text(where.name):
        return folder, where.name
    problem = Problem(
        Position(where),
        "no-manuscript",
        "this is no text that a book can be made of",
        "save it as Markdown or plain text (.md, .txt) and name that"
        if is_document(where.name)
        else "name a folder with Markdown files, or one .md, .markdown or .txt file",
    )
    raise PublishError([problem])


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a `book.toml` says, whoever's it is.

    config: None when there is none of ours
    base: where mdBook has its text; None when the file is not mdBook's
    """

    config: Config | None = None
    facts: Facts = field(default_factory=Facts)
    base: str | None = None
    problems: tuple[Problem, ...] = ()


def _said(folder: Folder, name: str) -> Said:
    if not folder.has(name):
        return Said()
    toml = read_toml(folder.path / name)
    summary = folder.has("SUMMARY.md") or folder.has("src/SUMMARY.md")
    if not is_foreign(toml.table, summary=summary):
        config = _checked(toml, folder)
        return Said(config=config, facts=config.facts, problems=config.problems)
    facts, base = foreign_facts(toml.table)
    note = Problem(
        Position(toml.path),
        "foreign-config",
        "this book.toml is another tool's:"
        " its title, people and language are used, the rest is passed over",
        severity=Severity.NOTE,
    )
    return Said(facts=facts, base=base.strip("/"), problems=(note,))


def _checked(toml: TomlFile, folder: Folder) -> Config:
    """Raises PublishError with all that is wrong with a file of ours, and with the
    chapters and styles that it asks for."""
    try:
        return check_config(toml)
    except ConfigError as error:
        # Fonts and sheets are not looked at before an edition is made of them.
        from publish.looks import style_problems  # noqa: PLC0415

        at = Position(toml.path)
        listing = contents_order(folder, error.parts or (), toml.path.name)
        _, missing = locate_entries(folder, listing)
        styles = style_problems(error.editions, folder.path, at)
        problems = dict.fromkeys(
            (*error.problems, *listing.problems, *missing, *styles)
        )
        raise PublishError(sorted(problems, key=lambda one: one.at)) from error


def _listing(folder: Folder, said: Said, page: Callable[[str], Page]) -> Listing:
    if said.config and said.config.parts is not None:
        return contents_order(folder, said.config.parts, said.config.path.name)
    if listing := read_other_order(folder, said.base):
        note = Problem(
            folder.at(listing.by),
            "other-order",
            f"the order of {listing.tool} is used",
            severity=Severity.NOTE,
        )
        return replace(listing, problems=(note, *listing.problems))
    return natural_order(folder, page)


def _files(sources: tuple[Source, ...]) -> Iterator[Source]:
    return (source for source in sources if source.file)


def _nothing_listed(folder: Folder, listing: Listing) -> Problem:
    return Problem(
        folder.at(listing.by),
        "empty-order",
        "none of the files it lists is there, the order of names is used",
        severity=Severity.WARNING,
    )


def _no_text(where: Path, folder: Folder) -> Problem:
    if folder.documents:
        return Problem(
            Position(where),
            "no-text",
            "there is no text to make a book of, only files of a word processor",
            SAVE_AS_TEXT,
        )
    return Problem(
        Position(where),
        "no-text",
        "there is no text to make a book of",
        "put Markdown files (.md) into the folder, or name another folder",
    )


def _unlisted(
    folder: Folder, listing: Listing, sources: tuple[Source, ...]
) -> Iterator[Problem]:
    """Names the files that an order leaves out."""
    if not listing.by:
        return
    listed = {source.file for source in sources} | {listing.by}
    if left := [file for file in folder.files if file not in listed]:
        yield Problem(
            folder.at(listing.by),
            "left-out",
            f"not listed, left out: {some(left)}",
            severity=Severity.NOTE,
        )


@dataclass(frozen=True, slots=True)
class _Read:
    folder: Folder
    at: Place
    said: Said
    listing: Listing
    sources: tuple[Source, ...]
    page: Callable[[str], Page]
    problems: tuple[Problem, ...]


def _manuscript(read: _Read, executor: Executor) -> Manuscript:
    files = tuple(_files(read.sources))
    whole = len(files) == len(read.sources) == 1
    facts, title_problems = _facts(read, files, whole)
    languages = settle_languages(facts.language, read.sources, read.at, executor)
    cover, cover_problems = _cover(read, facts)
    metadata = _metadata(replace(facts, language=languages.book))
    listed = read.listing.facts.bibliography
    speaker = read.listing.by if listed else _speaker(read, files, whole)
    citing, citing_problems = citing_of(read.folder, facts, read.said.config, speaker)
    config = read.said.config
    editions, editions_problems = _editions(read, files)
    dialect = config.dialect if config else Dialect()
    return Manuscript(
        folder=read.folder.path,
        metadata=metadata,
        numbering=config.numbering if config else NO_NUMBERS,
        sources=_without_book_title(languages.sources, facts.title, whole),
        editions=editions,
        dialect=replace(dialect, data=values_of(metadata)),
        quotes=config.quotes if config else None,
        made=config.made if config else MADE,
        cover=cover,
        citing=citing,
        whole=whole and files[0].role is None,
        problems=(
            *read.problems,
            *title_problems,
            *_remarks(read, facts, whole),
            *languages.problems,
            *cover_problems,
            *editions_problems,
            *citing_problems,
        ),
    )


def _editions(
    read: _Read, files: tuple[Source, ...]
) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    config = read.said.config
    if config is None:
        return DEFAULT_EDITIONS, ()
    return with_left_out(config, read.folder, [source.file for source in files])


def _remarks(read: _Read, facts: Facts, whole: bool) -> Iterator[Problem]:
    said = bool(facts.people) or (whole and says_author(read.sources[0].text))
    if not said:
        yield note_of_author(read.at, foreign=read.said.base is not None)
    if not whole:
        yield from notes_of_headings(read.folder, read.sources)
    if not facts.bibliography:
        yield from note_of_sources(read.folder, read.sources, read.at)


def _facts(
    read: _Read, files: tuple[Source, ...], whole: bool
) -> tuple[Facts, tuple[Problem, ...]]:
    """Book data: ours first, then other tools', then the first file's own."""
    facts = read.said.facts.or_else(read.listing.facts)
    speaker = _speaker(read, files, whole)
    own = facts_of(read.page(speaker).settings) if speaker else Facts()
    title, where = facts.title, ""
    if not title:
        title, where = _title(read, own.title, speaker, whole)
    facts = replace(facts.or_else(own), title=title)
    notes = list(notes_of_title(title, where, read.at) if where else ())
    if speaker and not facts.published:
        notes += _no_date(read.page(speaker), read.folder)
    return facts, tuple(notes)


def _no_date(page: Page, folder: Folder) -> Iterator[Problem]:
    if date := page.settings.text("date"):
        yield Problem(
            folder.at(page.file, page.settings.line("date")),
            "unknown-date",
            f"this date is not understood, left out: {date}",
            "write it like 2026-03-01, 2026-03 or 2026",
            Severity.NOTE,
        )


def _speaker(read: _Read, files: tuple[Source, ...], whole: bool) -> str:
    """The file whose front matter and heading speak for the book; '' for none."""
    if whole:
        return files[0].file
    names = [read.listing.index, *(source.file for source in files), *read.folder.files]
    for name in names:
        if not name or not read.folder.has(name):
            continue
        top = "/" not in name and speaks_for_all(read.page(name))
        if top or name == read.listing.index:
            return name
    return ""


def _title(read: _Read, own: str, speaker: str, whole: bool) -> tuple[str, str]:
    """A title and where it was found; '' when the author said it in so many words."""
    page = read.page(speaker) if speaker else Page("", "")
    heading = "" if page.plain else title_of(page.text, only=whole)
    # R Markdown and Quarto keep the book's title in the front matter of its index.
    titled = whole or speaker.lower().endswith((".rmd", ".qmd"))
    choices = ((own, ""), (heading, "the heading"))
    for words, kind in choices if titled else choices[::-1]:
        if words:
            return words, kind and f"{kind} of {speaker}"
    path = read.folder.path / speaker if whole else read.folder.path
    return readable_name(path), f"the name of the {'file' if whole else 'folder'}"


def _metadata(facts: Facts) -> Metadata:
    facts = clean_strings(facts)
    return Metadata(
        title=facts.title,
        subtitle=facts.subtitle,
        language=facts.language,
        people=facts.people,
        identifier=facts.identifier
        or identifier(facts.title, facts.people, facts.language),
        modified=modified(facts),
        publisher=facts.publisher,
        rights=facts.rights,
        description=facts.description,
        published=facts.published,
        series=facts.series,
        subjects=facts.subjects,
        also_by=facts.also_by,
        about=facts.about,
        accessibility=facts.accessibility or Accessibility(),
        also_known=facts.also_known,
    )


def _without_book_title(
    sources: tuple[Source, ...], title: str, whole: bool
) -> tuple[Source, ...]:
    """The title of the book in an index's front matter is not that of a chapter."""
    if whole:
        return sources
    return tuple(
        replace(source, title="") if source.file and source.title == title else source
        for source in sources
    )


def _cover(read: _Read, facts: Facts) -> tuple[Path | None, tuple[Problem, ...]]:
    folder, config = read.folder, read.said.config
    if facts.cover:
        file = folder.locate(facts.cover, _cover_at(read, facts.cover))
        if isinstance(file, Problem):
            return None, (file,)
        return folder.path / file, ()
    found = next((name for name in _COVERS if folder.has(name)), "")
    if not found or config or not read.listing.entries or _is_one_file(read):
        return None, ()
    note = Problem(
        folder.at(found),
        "assumed-cover",
        "this picture is taken for the cover",
        severity=Severity.NOTE,
    )
    return folder.path / found, (note,)


def _cover_at(read: _Read, cover: str) -> Position:
    """Where the cover is named: in our file, another tool's, or front matter."""
    config = read.said.config
    if config and config.facts.cover:
        return config.cover_at
    file = read.listing.by if read.listing.facts.cover else read.listing.index
    file = file or next(_files(read.sources)).file
    return read.folder.at(file, line_of(read.folder.read(file)[0], cover))


def _is_one_file(read: _Read) -> bool:
    """One file was named, and not its folder."""
    return not read.listing.by and len(read.sources) == 1
