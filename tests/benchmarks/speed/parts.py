"""All that is measured of the speed, in its order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from tests.benchmarks.speed.again import epub_again, novel_again, pdf_again, unchanged
from tests.benchmarks.speed.bench import Bench, NothingMadeError
from tests.benchmarks.speed.cluster import shelf
from tests.benchmarks.speed.cold import cold
from tests.benchmarks.speed.dense import dense
from tests.benchmarks.speed.edits import copied
from tests.benchmarks.speed.epub import epub
from tests.benchmarks.speed.lengths import LENGTHS, lengths
from tests.benchmarks.speed.novel import SOURCE, write_novel, write_shelf
from tests.benchmarks.speed.rows import Row, cells, figures_of
from tests.benchmarks.speed.run_on import run_on
from tests.benchmarks.subject import Figures, Options, say
from tests.dense import CHAPTERS, write_dense

# The longest book that needs no dialect of another tool.
GUIDE = "learn-go"
LONG, THOUSAND, RUN_ON = 1500, 1000, 250
BOOKS, PAGES_EACH = 20, 20


class Books:
    """Books that can be changed, each made when it is first wanted."""

    def __init__(self, corpora: Path, folder: Path) -> None:
        self._corpora, self._folder = corpora, folder

    def guide(self) -> Path:
        made = self._folder / GUIDE
        return made if made.exists() else copied(self._corpora / GUIDE, made)

    def novel(self, pages: int = LONG) -> Path:
        made = self._folder / f"novel-of-{pages}"
        return made if made.exists() else write_novel(made, self._corpora, pages)

    def dense(self, times: int = 1) -> Path:
        made = self._folder / f"dense-{times}"
        return made if made.exists() else write_dense(made, CHAPTERS * times)

    def shelf(self) -> Path:
        made = self._folder / "shelf"
        if made.exists():
            return made
        return write_shelf(made, self._corpora, BOOKS, PAGES_EACH)


Part = Callable[[Bench, Books], Iterable[Row | str]]

# By what is measured and, where there is a choice, of which book.
PARTS: Mapping[tuple[str, ...], Part] = {
    ("cold", GUIDE): lambda bench, books: cold(bench, books.guide()),
    ("cold", "novel"): lambda bench, books: cold(bench, books.novel()),
    ("again", "novel"): lambda bench, books: novel_again(bench, books.novel()),
    ("again", GUIDE): lambda bench, books: pdf_again(bench, books.guide()),
    ("unchanged",): lambda bench, books: unchanged(bench, books.novel(THOUSAND)),
    ("epub", GUIDE): lambda bench, books: epub(bench, books.guide()),
    ("epub", "novel"): lambda bench, books: epub(bench, books.novel()),
    ("epub-again", GUIDE): lambda bench, books: epub_again(bench, books.guide()),
    ("epub-again", "novel"): lambda bench, books: epub_again(bench, books.novel()),
    ("lengths",): lambda bench, books: lengths(
        bench, {pages: books.novel(pages) for pages in LENGTHS}
    ),
    ("dense",): lambda bench, books: dense(bench, books.dense(), books.dense(times=2)),
    ("shelf",): lambda bench, books: shelf(bench, books.shelf()),
    ("run-on",): lambda bench, books: run_on(bench, books.novel(RUN_ON)),
}


def measure(options: Options) -> Figures:
    """The table of all parts, or of those in whose name `options.only` stands."""
    bench = Bench(options.corpora, options.folder.absolute(), options.runs)
    books = Books(options.corpora, bench.folder / "books")
    found: list[Row] = []
    said: list[str] = []
    for there in _found(bench, books, options.only):
        if isinstance(there, Row):
            found.append(there)
            say(f"  {' · '.join(cells(there))}")
        else:
            said.append(there)
    return figures_of(found, list(dict.fromkeys(said)))


def _found(bench: Bench, books: Books, only: str) -> Iterator[Row | str]:
    for needed in (SOURCE, GUIDE):
        if not (bench.corpora / needed).is_dir():
            yield f"skipped all: {bench.corpora / needed} is not there"
            return
    wanted = [part for name, part in PARTS.items() if only in ("", *name)]
    if not wanted:
        names = sorted({name for part in PARTS for name in part})
        yield f"nothing is called {only}; there is {', '.join(names)}"
        return
    bench.warm_up(books.novel(pages=1))
    for part in wanted:
        try:
            yield from part(bench, books)
        except NothingMadeError as error:
            yield str(error)
