"""Mathematics: what is read as a formula, and what both outputs make of it."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from time import process_time
from xml.etree import ElementTree

import pikepdf
import pytest

from publish.check import check_epub
from publish.dialect import Dialect
from publish.epub.formulas import with_signs
from publish.manuscript import Source
from publish.mathematics import (
    EM,
    FormulaError,
    Outline,
    outline_of,
    outline_of_sign,
    outlines,
    read_formula,
    repairs,
)
from publish.model import Code, CodeBlock, Equation, Link, Math, Trim
from publish.parse import parse_source
from publish.pdf.formulas import formula_xhtml, too_large
from publish.pdf.page import page_of
from publish.pipeline import build
from publish.report import Report
from publish.style import load_style
from publish.transform import transform
from publish.walk import chapter_blocks, chapter_inlines
from publish.words import lost_in_xhtml
from publish.words.count import written_text
from tests.conftest import BOOK_TOML, WriteBook
from tests.tagged import tag_lines
from tests.trees import CHAPTERS, chapter, paragraph, read, read_one
from tests.verapdf import faults

STYLE = load_style("classic")
PAGE = page_of(STYLE.page, STYLE.sizes, Trim(432, 648))
# What each of these holds is in no other.
HARD = [
    r"E = mc^2",
    r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    r"\int_0^\infty e^{-x^2}\,\mathrm{d}x = \frac{\sqrt[3]{\pi}}{2}",
    r"\sum_{i=1}^n i \le \lim_{x\to 0} \max_y \prod x",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
    r"\left( \frac12 \right)^2 + \binom{n}{k} \big( x \big)",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}\begin{vmatrix} a \end{vmatrix}",
    r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{sonst, für alle é} \end{cases}",
    r"\mathbf{x} \mathbb{R} \mathcal{L} \mathfrak{g} \mathrm{d} \mathsf{s} \bm{\alpha}",
    r"\hat{x} \vec{v} \overline{AB} \widetilde{xyz} \ddot{x} \underbrace{a+b}_c",
    r"\cancel{x} \boxed{y} \phantom{z} \xrightarrow{f} \overset{a}{=}",
    r"\not= \not\in \color{red}{x} \color{pink}{y} \href{https://example.org}{z}",
    r"\text{привет} a\quad b\;c \substack{a\\b} {}_a^b C \sideset{_1^2}{}\sum",
    r"\begin{array}{l|r} a & b \\ \hline c & d \end{array} \Huge x \operatorname{sn} x",
]
BAD = {
    "": "there is nothing in it",
    r"\,": "there is nothing in it",
    r"\foo{x}": r"the command `\foo` is not known",
    r"\frac{1}{2": "there is a `{` without its `}`",
    "x}": "there is a `}` without its `{`",
    "x^": "nothing follows a `^` or `_`",
    "x^2^3": "there are two `^` behind one sign; write braces",
    r"\frac{1}": "something is missing in it",
    r"\left( x": r"there is a `\left` without its `\right`",
    r"\begin{matrix} x": r"there is a `\begin` without its `\end`",
    r"\begin{tikzpicture}\end{tikzpicture}": "`tikzpicture` is no environment",
    r"\def\a{\a\a}\a": r"commands cannot be defined in it: `\def`",
    r"\newcommand{\R}{\mathbb{R}} \R": "commands cannot be defined in it",
    r"x \tag{1}": r"`\tag` is for what stands by itself",
    "a & b": "there is a `&` that parts no columns",
    r"\text{a $x$ b}": "there are dollars within its words",
    r"\text{سلام}": "the font of formulas has no س",
    "ש": "the font of formulas has no ש",
    "日": "the font of formulas has no 日",
    "😀": "the font of formulas has no 😀",
}
# That no library has foreseen. None may take long.
NASTY = [
    *(sign * 3000 for sign in ("x", "^", "_", "'", "&", "$", "%", "1", r"\\"[:1])),
    *(f"{command} " * 400 for command in (r"\frac", r"\sqrt", r"\left(", r"\sum")),
    *("x^{" * n + "x" + "}" * n for n in (9, 39, 60)),
    *(r"\frac{" * n + "x" + "}{y}" * n for n in (5, 39)),
    r"\begin{matrix}" * 60 + "x" + r"\end{matrix}" * 60,
    *(r"\left(" * n + "x" + r"\right)" * n for n in (6, 60)),
    *(r"\unicode{x110000}", "\x00", "\ud800", "\u202e", "&#x0;", r"\char'777"),
    *("<b>x</b>", r"\text{<script>}", r"\href{javascript:x}{y}", r"\verb|}|", "a%b"),
    *("x" * 9000, r"\hspace{99999999em}x", r"\kern-9999em x", "x\n\n\ny", "\u0301"),
]


def problems(text: str) -> list[tuple[int, str, str]]:
    source = Source(path=Path("one.md"), file="one.md", text=text)
    found = parse_source(source, "en")[1]
    return [(problem.at.line, problem.code, problem.message) for problem in found]


@pytest.mark.parametrize(
    ("latex", "mathml"),
    [
        (r"a\pm b", "<mi>a</mi><mo>±</mo><mi>b</mi>"),
        (r"\infty", "<mi>∞</mi>"),
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        (r"\mathbf{x}\mathbb{R}\mathscr{B}", "<mi>𝐱</mi><mi>ℝ</mi><mi>ℬ</mi>"),
        ("3{,}14", "<mn>3,14</mn>"),
        (r"\not= \not\in", "<mo>≠</mo><mo>∉</mo>"),
        (r"2\sin x", "<mn>2</mn>{}<mi>sin</mi>{}<mi>x</mi>"),
        (r"\sin(x)", '<mi>sin</mi><mo stretchy="false">(</mo><mi>x</mi>'),
        (r"x\label{eq:x}\nonumber", "<mi>x</mi>"),
        ("50%", "<mn>50</mn><mi>%</mi>"),
        (
            r"\overset{\overline{}}{P}",
            '<mover><mi>P</mi><mo accent="true">―</mo></mover>',
        ),
        (r"a \& b", "<mi>a</mi><mi>&amp;</mi><mi>b</mi>"),
        (r"\text{a \& b 5\%}", "<mtext>a\xa0&amp;\xa0b\xa05%</mtext>"),
        ("<x>", "<mo>&lt;</mo><mi>x</mi><mo>&gt;</mo>"),
        (r"\lim_x y", "<munder><mi>lim</mi><mi>x</mi></munder>{}<mi>y</mi>"),
    ],
)
def test_a_formula_is_what_tex_would_set(latex: str, mathml: str) -> None:
    wanted = mathml.replace("{}", '<mspace width="0.167em" />')

    assert read_formula(latex, display=True).mathml.startswith(wanted)


def test_limits_stand_beside_their_sign_in_a_line() -> None:
    formula = read_formula(r"\lim_x y", display=False)

    assert formula.mathml.startswith("<msub><mi>lim</mi><mi>x</mi></msub>")


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        ("E = mc^2", "E = mc²"),
        (r"\pi", "π"),
        (r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/(2a)"),
        (r"\cfrac{1}{1+\cfrac[l]{1}{x}}", "1/(1 + 1/x)"),
        (r"\cfrac12 + \cfrac{\cfrac{a}{b}}{c}", "1/2 + (a/b)/c"),
        ("x_1^{10} y_i^{n+k}", "x₁¹⁰y_i^(n + k)"),
        (r"\mathbf{v} \in \mathbb{R}^3", "v ∈ ℝ³"),
        (r"\sum_{i=1}^n f'(x)", "∑_(i = 1)ⁿf′(x)"),
    ],
)
def test_a_formula_can_be_told_in_a_line_of_text(latex: str, plain: str) -> None:
    assert read_formula(latex, display=False).plain == plain


@pytest.mark.parametrize(("latex", "reason"), BAD.items())
def test_a_formula_that_cannot_be_shown_says_why(latex: str, reason: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula(latex, display=False)

    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize("latex", NASTY, ids=range(len(NASTY)))
def test_no_formula_takes_long_or_breaks_anything(latex: str) -> None:
    begun = process_time()

    try:
        formula = read_formula(latex, display=True)
    except FormulaError:
        pass
    else:
        ElementTree.fromstring(f"<math>{formula.mathml}</math>")

    assert process_time() - begun < 5


def test_what_is_drawn_does_not_depend_on_what_was_drawn_before() -> None:
    mathml = read_formula("x^{ab'} + f_{x}", display=False).mathml
    before = drawn(mathml)
    # As text leaves it that cannot be drawn to its end.
    repairs.math_font().language("DFLT", "")

    assert drawn(mathml) == before


def drawn(mathml: str) -> Outline:
    """Not one that was kept."""
    outline: Outline = outlines.outline.__wrapped__(mathml, display=False)
    return outline


def test_an_em_is_as_wide_as_the_font_is_large() -> None:
    apart = outline_of('<mi>a</mi><mspace width="2em" /><mi>b</mi>', display=False)
    together = outline_of("<mi>a</mi><mi>b</mi>", display=False)

    assert apart.width - together.width == pytest.approx(2 * EM, rel=0.01)


def test_the_pieces_of_a_formula_are_as_wide_as_the_whole() -> None:
    formula = read_formula("f(a = b) = c + d", display=False)

    outline = outline_of(formula.mathml, display=False)

    assert len(outline.pieces) == 3
    assert sum(piece.width for piece in outline.pieces) == outline.width
    (whole,) = outline.whole
    assert len(whole.signs) == sum(len(piece.signs) for piece in outline.pieces)
    assert [sign.x for sign in whole.signs] == sorted(sign.x for sign in whole.signs)


def test_a_sign_stands_on_the_line() -> None:
    formula = read_formula("x", display=False)

    (piece,) = outline_of(formula.mathml, display=False).whole
    (sign,) = piece.signs

    assert (sign.x, sign.y, sign.scale) == (0, 0, 1)
    assert 400 < piece.height < 500
    assert 0 <= piece.depth < 20
    assert outline_of_sign(sign.sign).startswith("M ")


@pytest.mark.parametrize(
    "latex",
    [
        r"\smash{x}",
        r"x = \quad",
        "+".join(f"a_{{{n}}}" for n in range(40)) + r"= \,",
        r"\sqrt{2} + \smash{x} + y",
        r"a + b = \hspace{-9em} c",
        r"\hspace{-9em} x",
    ],
)
def test_what_has_no_height_or_width_is_drawn(latex: str) -> None:
    formula = read_formula(latex, display=False)

    outline = outline_of(formula.mathml, display=False)

    for piece in (*outline.pieces, *outline.whole):
        assert piece.width > 0
        assert piece.height + piece.depth > 0


def test_a_formula_without_height_is_one_in_print(write_book: WriteBook) -> None:
    text = (
        "# One\n\nDeep $\\smash{x}$ and $2 + 3 = \\;$.\n\n$$ \\smash{x} = \\quad $$\n"
    )

    report = build(write_book({"1.md": text}))

    assert report.problems == ()


def test_an_equation_is_no_wider_than_the_page() -> None:
    source = "a" * 200
    mathml = read_formula(source, display=True).mathml

    equation = Equation(source, 7, mathml=mathml)
    written = formula_xhtml(equation, PAGE)
    found = list(too_large(chapter(equation), PAGE))

    (width,) = re.findall(r"width: ([\d.]+)em", written)
    assert [(problem.at.line, problem.code) for problem in found] == [
        (7, "wide-formula")
    ]
    assert float(width) == pytest.approx(PAGE.text_width / PAGE.size, abs=0.01)


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize("rows", [20, 90])
def test_a_formula_is_no_higher_than_the_page(rows: int, *, display: bool) -> None:
    lines = r" \\ ".join(f"a_{{{n}}} &= b" for n in range(rows))
    source = rf"\begin{{aligned}}{lines}\end{{aligned}}"
    mathml = read_formula(source, display=display).mathml

    formula = Equation(source, 7, mathml=mathml)
    inline = Math(source, 7, mathml=mathml)
    written = formula_xhtml(formula if display else inline, PAGE)
    found = too_large(chapter(formula if display else paragraph(inline)), PAGE)

    heights = map(float, re.findall(r"height: ([\d.]+)em", written))
    assert max(heights) < PAGE.text_height / PAGE.size
    codes = [(problem.at.line, problem.code) for problem in found]
    assert codes == [(7, "tall-formula")] * (rows > 20)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("the $x$ of", "the $x$ of"),
        ("the $x$, $y$.", "the {$x$,} {$y$.}"),
        ("«$x$» ($y$)", "{«$x$»} {($y$)}"),
        ("$x$-rays", "{$x$-}rays"),
        ("<b>$x$</b>.", "<b>$x$</b>."),
        ("a$x$b", "a$x$b"),
    ],
)
def test_signs_stay_with_the_formula_that_they_touch(given: str, kept: str) -> None:
    """To an e-reader MathML is like a picture: a line may end on both sides of it."""
    math = r'<math display="inline" alttext="\1"><mi>\1</mi></math>'
    signs = {ord("{"): '<span class="p-joined">', ord("}"): "</span>"}

    written = re.sub(r"\$(\w)\$", math, given)

    assert with_signs(written) == re.sub(r"\$(\w)\$", math, kept.translate(signs))


def test_a_formula_that_cannot_be_read_is_code_and_has_its_line() -> None:
    text = "# A\n\nb\n$\\foo$ c\n\n$$\n\\bar{\n$$ {#eq-x}\n"

    found = problems(text)

    assert [(line, code) for line, code, _ in found] == [
        (4, "bad-math"),
        (6, "bad-math"),
    ]
    assert "`\\foo`: the command `\\foo` is not known" in found[0][2]
    one = read_one(text)
    assert Code("$\\foo$") in chapter_inlines(one)
    (block,) = (b for b in chapter_blocks(one) if isinstance(b, CodeBlock))
    assert (block.text, block.attributes.id) == ("\\bar{\n", "eq-x")


def test_a_formula_that_nothing_ends_is_reported_where_it_begins() -> None:
    found = problems("a\n\n$$\nx\n\ny\n$$\n\n$$z$$\n\n$$\nw\n")

    assert [(line, code) for line, code, _ in found] == [
        (3, "open-formula"),
        (11, "open-formula"),
    ]


def test_backslashes_are_formulas_where_the_book_says_so() -> None:
    text = "a \\(x^2\\) b\n\n\\[\ny\n- z\n\\] {#eq-y}\n\nc \\[w\\] d \\(\n"
    source = Source(path=Path("one.md"), file="one.md", text=text)

    plain, _ = parse_source(source, "en")
    latex, _ = parse_source(source, "en", dialect=Dialect(backslash_math=True))

    assert not any(isinstance(i, Math) for i in chapter_inlines(plain))
    assert not any(isinstance(b, Equation) for b in chapter_blocks(plain))
    maths = [i.source for i in chapter_inlines(latex) if isinstance(i, Math)]
    equations = [b.source for b in chapter_blocks(latex) if isinstance(b, Equation)]
    assert (maths, equations) == (["x^2"], ["y\n- z", "w"])


def test_equations_with_a_name_are_counted_and_referred_to() -> None:
    files = {
        "1.md": "# A\n\n$$x$$\n\n$$y=1$$ {#eq-y}\n\n- a $$z=1$$ {#eq-z} b\n\n@eq-w\n",
        "2.md": "# B\n\n$$w=1$$ {#eq-w}\n\n$$v \\tag{V}$$ {#eq-v}\n\n@eq-v, -@eq-y\n",
    }
    made = transform(replace(read(files), numbering=CHAPTERS))

    numbers = [
        block.number
        for one in made.chapters
        for block in chapter_blocks(one)
        if isinstance(block, Equation)
    ]
    said = [
        (link.children[0].value, link.href)  # type: ignore[union-attr]
        for one in made.chapters
        for link in chapter_inlines(one)
        if isinstance(link, Link) and link.href.startswith("#eq")
    ]
    assert numbers == ["", "1.1", "1.2", "2.1", "V"]
    assert said == [
        ("Equation\N{NO-BREAK SPACE}2.1", "#eq-w"),
        ("Equation\N{NO-BREAK SPACE}V", "#eq-v"),
        ("1.1", "#eq-y"),
    ]


def test_an_equation_in_a_figure_is_no_part_of_it() -> None:
    text = "# A\n\n::: {#fig-x}\n$$x=1$$ {#eq-x}\n\ny\n:::\n\n$$z=1$$ {#eq-z}\n"

    (one,) = transform(replace(read({"1.md": text}), numbering=CHAPTERS)).chapters[-1:]

    numbers = [b.number for b in chapter_blocks(one) if isinstance(b, Equation)]
    assert numbers == ["1.1", "1.2"]


def test_a_formula_in_a_heading_is_told_in_the_contents() -> None:
    made = transform(read({"1.md": "# On $E=mc^2$\n\na\n"}))

    assert "On E = mc²" in [one.title for one in made.chapters]


def test_a_formula_that_is_missing_is_a_loss() -> None:
    one = read_one("# A\n\nb $x + yz$ c\n")
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><h1>A</h1><p>b %s c</p></html>'
    math = b'<math xmlns="http://www.w3.org/1998/Math/MathML"%s><mi>yz x</mi></math>'

    def lost(formula: bytes) -> list[str]:
        pages = {one.name: page % formula}
        return [problem.code for problem in lost_in_xhtml([one], pages, "the EPUB")]

    assert "yz" in written_text(one)
    assert lost(math % b' alttext="x + yz"') == []
    assert lost(math % b"") == ["lost-words"]
    assert lost(b"") == ["lost-words"]


MANUSCRIPT = {
    "book.toml": BOOK_TOML,
    "1.md": "# All of $\\pi$\n\n"
    + "\n\n".join(f"Text ${source}$ and\n\n$$\n{source}\n$$" for source in HARD)
    + "\n\n> In a note.[^a]\n\n[^a]: With $x_1^2$.\n\n| $a$ |\n|---|\n| $b$ |\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("mathematics")
    for name, text in MANUSCRIPT.items():
        (folder / name).write_text(text, encoding="utf-8")
    return build(folder)


def test_no_formula_of_the_usual_kinds_is_bad(made: Report) -> None:
    assert [str(problem) for problem in made.problems] == []


def test_epubcheck_finds_nothing(made: Report, tmp_path: Path) -> None:
    (epub,) = (a for a in made.artifacts if a.name.endswith(".epub"))
    path = tmp_path / "book.epub"
    path.write_bytes(epub.data)

    assert list(check_epub(path)) == []


def test_the_epub_says_that_it_holds_mathematics(made: Report) -> None:
    (epub,) = (a for a in made.artifacts if a.name.endswith(".epub"))
    with zipfile.ZipFile(io.BytesIO(epub.data)) as archive:
        package = archive.read("EPUB/content.opf").decode()
        (page,) = (n for n in archive.namelist() if "all-of" in n)
        text = archive.read(page).decode()

    assert len(re.findall('properties="mathml"', package)) == 1
    assert '<meta property="schema:accessibilityFeature">MathML</meta>' in package
    assert '<meta property="schema:accessMode">visual</meta>' not in package
    assert text.count("<math ") == text.count(" alttext=") == 2 * len(HARD) + 4
    assert 'alttext="E = mc^2"' in text


def test_each_formula_of_the_pdf_is_one_with_words(made: Report) -> None:
    (pdf,) = (a for a in made.artifacts if a.name.endswith(".pdf"))

    lines = [line.strip() for line in tag_lines(pdf.data)]

    formulas = [line for line in lines if line.startswith("Formula")]
    assert len(formulas) == 2 * len(HARD) + 4
    assert all(" alt='" in line for line in formulas)


def test_verapdf_finds_nothing(made: Report, tmp_path: Path) -> None:
    (pdf,) = (a for a in made.artifacts if a.name.endswith(".pdf"))
    path = tmp_path / "book.pdf"
    path.write_bytes(pdf.data)

    assert faults([path]) == [[]]


def test_each_sign_is_written_once(made: Report) -> None:
    (pdf,) = (a for a in made.artifacts if a.name.endswith(".pdf"))

    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        forms = [
            thing.read_raw_bytes()
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream)
            and thing.get("/Subtype") == pikepdf.Name.Form
            and list(thing.get("/BBox", ()))[:1] == [-8 * EM]
        ]

    assert len(forms) > 50
    assert len(forms) == len(set(forms))


def test_a_formula_that_moves_under_the_finger_can_be_reached_by_keys(
    write_book: WriteBook,
) -> None:
    long, tall = "+".join("abcdefghijklmnopq"), r" \\ ".join("abcdefghijklmnopqrstuvw")
    rows = rf"\begin{{gather}}{tall}\end{{gather}}"
    text = f"# One\n\n${long}$\n\n$$ {long} $$\n\n$$ {rows} $$\n\n$$ x $$\n"

    report = build(write_book({"1.md": text}))

    epub = next(a.data for a in report.artifacts if a.name.endswith("epub"))
    with zipfile.ZipFile(io.BytesIO(epub)) as book:
        pages = [n for n in book.namelist() if n.endswith(".xhtml")]
        page = "".join(book.read(name).decode() for name in pages)
    start = (
        '<span class="long-formula" role="group" aria-label="Equation" tabindex="0">'
    )
    assert page.count(start) == page.count("long-formula") == 2


def test_mathematics_gives_the_same_bytes_again(
    made: Report, write_book: WriteBook
) -> None:
    again = build(write_book(MANUSCRIPT))

    assert [a.data for a in again.artifacts] == [a.data for a in made.artifacts]


def test_a_book_without_formulas_says_nothing_of_them(write_book: WriteBook) -> None:
    report = build(write_book({"1.md": "# A\n\nIt costs $5 and then $6.\n"}))

    (epub,) = (a for a in report.artifacts if a.name.endswith(".epub"))
    with zipfile.ZipFile(io.BytesIO(epub.data)) as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert "MathML" not in package
    assert "mathml" not in package
