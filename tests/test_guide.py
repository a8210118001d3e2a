"""The guide in manuscript/ is true: it builds, and it names all that there is."""

import ast
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from publish.cli import main
from publish.config import load_config
from publish.config.design import DESIGN
from publish.config.keys import BOOK, CONTENTS, EDITION, PERSON, SERIES, SUBJECT
from publish.layout import Flaw
from publish.manuscript.roles import role_of_word
from publish.model import Role
from publish.pipeline import build
from publish.report import Report
from publish.wanted import Wanted
from tests.conftest import GUIDE, BuildWhole

ROOT = Path(__file__).parent.parent
# Where a code stands second in what is called.
CALLS = frozenset(
    {"Problem", "Fault", "Way", "Found", "_Found", "say", "warn", "error"}
)
CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# What the command says at its own doors, where it has only words.
SAID = re.compile(r" \[([a-z-]+)\](?:\n|$)")


@pytest.fixture(scope="module")
def report(whole: BuildWhole) -> Report:
    return whole(GUIDE).report


def test_the_guide_builds_without_a_problem(report: Report) -> None:
    assert report.problems == ()
    assert [made.name for made in report.artifacts] == [
        "publish-ebook.epub",
        "publish-print.pdf",
    ]


def test_every_code_of_the_package_is_explained_and_no_other() -> None:
    explained = re.findall(r"^`([a-z0-9-]+)`\n:", text("40-messages.md"), re.MULTILINE)

    assert explained == sorted(codes())


def test_codes_are_found_where_they_are_made() -> None:
    assert {"no-picture", "unknown-key", "old-tag", "no-note", "internal"} <= codes()


def test_every_command_and_option_is_in_the_appendix() -> None:
    appendix = text("appendix-options.md")

    assert [name for name in command_words() if not named(name, appendix)] == []


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    commands = [f"publish {name}" for name in main.commands]
    assert [c for c in (*commands, "make book", "make test") if c not in readme] == []


def test_every_key_of_book_toml_is_explained() -> None:
    chapter = text("30-book-toml.md")
    tables = (BOOK, CONTENTS, DESIGN, EDITION, PERSON, SERIES, SUBJECT)

    keys = [key for table in tables for key in table.keys]
    assert [key for key in keys if not re.search(rf"\b{key}\b", chapter)] == []


def test_every_role_is_named() -> None:
    chapter = text("12-chapters.md")

    assert [role.value for role in Role if f"`{role.value}`" not in chapter] == []
    for word in ("copyright", "imprint", "contents", "references"):
        assert f"`{word}`" in chapter
        assert role_of_word(word)


def test_the_example_of_book_toml_is_right(tmp_path: Path) -> None:
    (example,) = (e for e in listings("30-book-toml.md", "toml") if "[book]" in e)
    path = tmp_path / "book.toml"
    path.write_text(example, encoding="utf-8")

    config = load_config(path)

    assert config.problems == ()
    assert config.facts.title == tomllib.loads(example)["book"]["title"]


def test_the_first_book_is_what_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hill, wind, *_ = listings("11-first-book.md", "markdown")
    said, missing, *_ = listings("11-first-book.md", "text")
    (tmp_path / "kites").mkdir()
    (tmp_path / "kites/01-the-hill.md").write_text(hill, encoding="utf-8")
    (tmp_path / "kites/02-the-wind.md").write_text(wind, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    notes = build(Path("kites"))
    with Path("kites/01-the-hill.md").open("a", encoding="utf-8") as file:
        file.write("\n" + listings("11-first-book.md", "markdown")[2])
    errors = build(Path("kites"))

    assert squeezed("\n".join(map(str, notes.problems))) in squeezed(said)
    assert [f"dist/{made.name}" for made in notes.artifacts] == said.split()[:2]
    assert f"({notes.artifacts[1].pages} pages)" in squeezed(said)
    assert squeezed(str(errors.problems[-1])) == squeezed(missing)


def test_the_guide_needs_nothing_but_its_own_folder(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(GUIDE, copy)

    report = build(copy, Wanted(editions=("ebook",)))

    assert report.problems == ()


def text(name: str) -> str:
    return (GUIDE / name).read_text(encoding="utf-8")


def named(word: str, chapter: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", chapter) is not None


def squeezed(words: str) -> str:
    """Listings in the guide are broken where the page is too narrow."""
    return " ".join(words.split())


def listings(name: str, language: str) -> list[str]:
    pattern = rf"^```{language}\n(.*?)^```$"
    return re.findall(pattern, text(name), re.MULTILINE | re.DOTALL)


def command_words() -> Iterator[str]:
    """`publish build`, `--edition`, `-e` and so on, of every command."""
    for name, command in main.commands.items():
        yield f"publish {name}"
        yield from options(command)
        if isinstance(command, click.Group):
            for below, one in command.commands.items():
                yield f"publish {name} {below}"
                yield from options(one, name)
    yield from options(main)


def options(command: click.Command, group: str = "") -> Iterator[str]:
    """group: the command that it stands behind; empty for none"""
    names = f"{group} {command.name}".strip()
    context = click.Context(command, **command.context_settings)
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            yield from parameter.opts
        elif parameter.name:
            yield f"publish {names} {parameter.make_metavar(context)}"


def codes() -> set[str]:
    """Every code that the package can give a problem."""
    found: set[str] = {*Flaw}
    for path in sorted((ROOT / "publish").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and called(node) in CALLS:
                found.update(filter(CODE.fullmatch, code_of(node)))
        if path.parent.name == "cli":
            found.update(
                code for line in strings(source) for code in SAID.findall(line)
            )
    return found


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def code_of(call: ast.Call) -> Iterator[str]:
    named = [word.value for word in call.keywords if word.arg == "code"]
    # `Way("span")` says what an element becomes; its code always has a name.
    second = call.args[1:2] if called(call) != "Way" else []
    for value in (*named, *second):
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def strings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
