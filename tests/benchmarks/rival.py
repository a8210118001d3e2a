"""The same EPUB by Pandoc, in turn with ours, so that both meet the same weather.

Pandoc runs in the folder of the book, as its author would run it: only so it knows a
link to another chapter. It gets the files that `publish` reads, in the same order, the
folders in which their pictures are, the title and the language that are known of the
book, a contents page, and `--file-scope`, without which no link from chapter to chapter
works. It would fetch pictures from the network while it works; a proxy that refuses
everything keeps it off (15 pictures of `learn-go` cost nothing one can measure; marking
them as external in a filter costs Pandoc more).
"""

import os
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from publish.manuscript import Manuscript, read_manuscript
from publish.model import Format
from publish.parse import parse
from tests.benchmarks.builds import build
from tests.benchmarks.measure import Run, costs, run
from tests.benchmarks.subject import Figures, Options, say
from tests.benchmarks.table import table

# Port 9 discards; nobody listens there.
NOWHERE = "http://127.0.0.1:9"
OFFLINE: Mapping[str, str] = {"http_proxy": NOWHERE, "https_proxy": NOWHERE}


def beside_pandoc(book: Path, options: Options) -> Figures:
    """The EPUB of *book* by both, in turn, as often as the options say."""
    pandoc = pandoc_program()
    if pandoc is None:
        return Figures("- skipped Pandoc: pypandoc_binary is not installed", {})
    version = run([str(pandoc), "--version"]).stdout.partition("\n")[0]
    rival = epub_command(book, pandoc, options.folder / f"{book.name}-by-pandoc.epub")
    ours: list[Run] = []
    theirs: list[Run] = []
    for turn in range(options.runs):
        say(f"{book.name} beside {version}, {turn + 1} of {options.runs} …")
        ours.append(build(book, Format.EPUB, options.folder / book.name).cost)
        theirs.append(run(rival, {**os.environ, **OFFLINE}, book))
    heads = (f"EPUB of {book.name}", "publish", version, "ratio")
    rows = [
        _row("seconds", [r.seconds for r in ours], [r.seconds for r in theirs]),
        _row("CPU s", [r.cpu_seconds for r in ours], [r.cpu_seconds for r in theirs]),
        _row("MB", [r.megabytes for r in ours], [r.megabytes for r in theirs]),
    ]
    note = (
        f"- medians of {options.runs} runs, in turn; in brackets the least and the most"
    )
    failed = [made for made in theirs if made.status]
    note += "".join(f"\n- {version}: {made.stderr.strip()}" for made in failed)
    data = {"publish": list(map(costs, ours)), version: list(map(costs, theirs))}
    return Figures(f"{table(heads, rows)}\n{note}", {"beside_pandoc": data})


def pandoc_program() -> Path | None:
    """The Pandoc of `pypandoc_binary`; None where that is not installed."""
    # Looked up, not imported: of the package only the program in it is of use.
    spec = find_spec("pypandoc")
    if spec is None or spec.origin is None:
        return None
    files = Path(spec.origin).parent / "files"
    return next(
        (p for p in (files / "pandoc", files / "pandoc.exe") if p.exists()), None
    )


def epub_command(book: Path, pandoc: Path, made: Path) -> list[str]:
    """To be run in the folder of the book."""
    manuscript = read_manuscript(book)
    known = parse(manuscript)[0].metadata
    files = [path.relative_to(book) for path in _files(manuscript)]
    folders = dict.fromkeys((Path(), *(file.parent for file in files)))
    options = ["--from=markdown", "--to=epub3", "--toc", "--file-scope"]
    options += [f"--metadata=title={known.title}", f"--metadata=lang={known.language}"]
    options += [f"--resource-path={os.pathsep.join(map(str, folders))}"]
    options += [f"--output={made.absolute()}"]
    return [str(pandoc), *options, *map(str, files)]


def source_files(book: Path) -> list[str]:
    return list(map(str, _files(read_manuscript(book))))


def _files(manuscript: Manuscript) -> list[Path]:
    # A title for a part has no file.
    return [source.path for source in manuscript.sources if source.file]


def _row(what: str, ours: Sequence[float], theirs: Sequence[float]) -> list[str]:
    ratio = median(ours) / median(theirs)
    return [what, _spread(ours), _spread(theirs), f"{ratio:.2f}"]


def _spread(figures: Sequence[float]) -> str:
    return f"{median(figures):.2f} ({min(figures):.2f}–{max(figures):.2f})"
