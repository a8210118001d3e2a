"""A book with very much of all that is counted, cited and referred to."""

from pathlib import Path

# In each chapter.
FIGURES, NOTES, MARKS, CITATIONS, REFERENCES = 30, 30, 100, 50, 200
CHAPTERS = 10
SOURCES = 40

_BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
    '<rect width="90" height="30"/></svg>'
)
_TOML = """\
[book]
title = "The Dense Book"
language = "en"
people = ["Ada Bell"]
numbering = "sections"
bibliography = ["sources.bib"]

[contents]
make = ["title-page", "contents", "figures"]
"""


def write_dense(folder: Path, chapters: int = CHAPTERS) -> Path:
    """Write it into *folder*, with so many chapters. Gives *folder* back."""
    folder.mkdir(parents=True)
    (folder / "book.toml").write_text(_TOML, encoding="utf-8")
    (folder / "box.svg").write_text(_BOX, encoding="utf-8")
    sources = "".join(map(_source, range(SOURCES)))
    (folder / "sources.bib").write_text(sources, encoding="utf-8")
    for n in range(chapters):
        text = _chapter(n, chapters)
        (folder / f"{n:03}.md").write_text(text, encoding="utf-8")
    return folder


def _source(n: int) -> str:
    return (
        f"@book{{source{n}, author = {{Keeper{n // 2}, Ada}}, title = {{Lamp {n}}},"
        f" publisher = {{North}}, year = {{{1900 + n // 4}}}}}\n\n"
    )


def _chapter(n: int, chapters: int) -> str:
    """Everything refers to the chapter that comes next."""
    other = (n + 1) % chapters
    parts = [f"# Chapter {n} {{#sec-{n}}}\n"]
    notes = []
    for at in range(FIGURES):
        refers = " ".join(
            f"see @fig-{other}-{(at + k) % FIGURES} or @sec-{other},"
            for k in range(REFERENCES // FIGURES // 2 + 1)
        )
        marks = " ".join(
            f"[word{k}]{{.index}} of" for k in range(at * 3, at * 3 + 3)
        ) + (f" [lamp{at}]{{.index}}" if at < MARKS - 3 * FIGURES else "")
        cites = f"[@source{at % SOURCES}, p. {at + 1}]"
        if at < CITATIONS - FIGURES:
            cites += f" and @source{(at + 7) % SOURCES}"
        parts.append(
            f"{refers} {marks} trimmed.[^{at}] {cites} [](#sec-{other}){{.page}}\n\n"
            f'![A box](box.svg "Box {at}"){{#fig-{n}-{at} width=20%}}\n'
        )
        notes.append(f"[^{at}]: Note {at} of chapter {n}.\n")
    return "\n".join([*parts, *notes])
