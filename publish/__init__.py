"""Markdown chapters in, an EPUB and a PDF out.

    book.toml ─ load_config ─> Config
       *.md   ─ read_manuscript ─> Manuscript
                 parse ─> Book ─ cite_sources, read_images ─> Book ─ transform ─> Book
                                                                                   │
                     ┌─────────────────────────────┬───────────── for_edition ─────┘
             start_pdf ─> PDF                     render_epub ─> EPUB
                     └──── words, checks ─> Problem, … ───┘
                                report

Each arrow is a module or folder, and imports point one way: a module may import only
what stands above it in `tests/test_architecture.py`.
"""

from publish.artifact import Artifact
from publish.problems import Position, Problem, PublishError, Severity
from publish.report import Report
from publish.wanted import Wanted

__all__ = [
    "Artifact",
    "Position",
    "Problem",
    "PublishError",
    "Report",
    "Severity",
    "Wanted",
    "build",
]


def __getattr__(name: str) -> object:
    # `build` brings in every library; `publish --help` must not wait for them.
    if name == "build":
        from publish.pipeline import build  # noqa: PLC0415

        return build
    raise AttributeError(name)
