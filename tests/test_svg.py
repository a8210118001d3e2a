"""A drawing in a book does nothing, asks for nothing and says no more than it shows."""

from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree

import pytest

from publish.svg import BadDrawingError, clean_svg, svg_size

NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def cleaned(inside: str, attributes: str = "") -> str:
    """What is inside of the drawing once it is clean."""
    svg = f"<svg {NAMESPACES} {attributes}>{inside}</svg>"
    text = clean_svg(svg.encode()).decode()
    # ElementTree declares the namespaces that are in use, and only those.
    return text.partition("<svg")[2].partition(">")[2].removesuffix("</svg>")


def fault(svg: str | bytes) -> str:
    data = svg.encode() if isinstance(svg, str) else svg
    with pytest.raises(BadDrawingError) as caught:
        clean_svg(data)
    return str(caught.value)


def test_a_plain_drawing_stays_as_it_is() -> None:
    plain = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff" />'
        '</linearGradient></defs><rect fill="url(#g)" width="5" height="5" />'
        '<text x="1" xml:lang="en">Oil <tspan>and</tspan> wicks</text>'
        '<use href="#g" /><a><title>t</title></a>'
    )

    assert cleaned(plain) == plain


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<script>alert(1)</script>", ""),
        ('<script href="x.js" />', ""),
        ('<g onload="alert(1)" ONCLICK="x" />', "<g />"),
        ("<foreignObject><p> </p></foreignObject>", "<g />"),
        ('<g><animate attributeName="x" /><set /></g>', "<g />"),
        ("<metadata>Ada was here</metadata>", ""),
        ("<!-- Ada was here -->", ""),
        ('<?xml-stylesheet href="http://x.org/a.css"?>', ""),
        ('<image href="http://x.org/a.png" />', "<g />"),
        ('<image xlink:href="file:///etc/passwd" />', "<g />"),
        ('<image href="a.png" />', "<g />"),
        ('<image href="data:text/html,x" />', "<g />"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+" />', "<g />"),
        ('<image href="data:image/png;base64,AAAA" />', "<g />"),
        ('<image href="data:image/png;base64,A" />', "<g />"),
        ('<use xlink:href="other.svg#a" />', "<g />"),
        ('<a href="http://x.org"><text>x</text></a>', "<a><text>x</text></a>"),
        ('<a href="javascript:alert(1)" />', "<a />"),
        ('<g xml:base="http://x.org/" />', "<g />"),
        ('<rect style="fill: url(http://x.org/a)" />', '<rect style="fill: none" />'),
        ("<rect style=\"fill: URL( 'a.svg#b' )\" />", '<rect style="fill: none" />'),
        ('<rect fill="url(//x.org/a" />', '<rect fill="none" />'),
        ('<g style="a: image-set(&quot;x.png&quot; 1x)" />', '<g style="a: none" />'),
        ("<style>@import 'http://x.org/a.css'; a{}</style>", "<style>a{}</style>"),
        ("<style>@IMPORT url(x.css)</style>", "<style />"),
        ("<style>@\\69mport 'x.css';</style>", "<style />"),
        (
            '<style>a{mask:-webkit-image-set("http://x.org/a" 1x)}</style>',
            "<style>a{mask: none}</style>",
        ),
        (
            "<style>a{b:cross-fade(url(#a), 'x.png')}</style>",
            "<style>a{b: none}</style>",
        ),
        ("<style>a{b:src('x.png')}</style>", "<style>a{b: none}</style>"),
        ("<style>a{b:\\75rl(x)}</style>", "<style>a{b: none}</style>"),
        ("<style>a{b:u/**/rl(x)}</style>", "<style>a{b: none}</style>"),
        ("<style>a{b:url(/**/x)}</style>", "<style>a{b: none}</style>"),
        ("<style>a{b:\\\\75rl(x)}</style>", "<style>a{b: none}</style>"),
        ("<style>@im/**/port 'x.css';a{}</style>", "<style>a{}</style>"),
        # What half a quotation or bracket would let out.
        (
            '<style>a{b: //**/* " */ url(x) "}</style>',
            '<style>a{b: / * " */ url(x) "}</style>',
        ),
        ('<style>a{b: \\" url(x) "}</style>', "<style>a{}</style>"),
        ("<style>a{b: rgb(}c) d{e: f}</style>", "<style>a{}</style>"),
        ("<style>a{b: [}c] d{e: f}</style>", "<style>a{}</style>"),
        ("<style>a[b{c: d}e:url(x){f: g}</style>", "<style />"),
        ('<g mask="-moz-element(#a)" />', '<g mask="none" />'),
        ('<g mask="u\\72l(x)" />', '<g mask="none" />'),
        ('<g cursor="image(/*)*/&quot;x&quot;)" />', '<g cursor="none" />'),
        ("<style>a{b:u\\72l(x.png)}</style>", "<style>a{b: none}</style>"),
        ("<style>a{b:u\\rl(x.png)}</style>", "<style>a{b: none}</style>"),
        ("<style><![CDATA[a{b:url(x)}]]></style>", "<style>a{b: none}</style>"),
        (
            "<style>@font-face{src:url(http://x.org/f)}</style>",
            "<style />",
        ),
    ],
)
def test_what_acts_fetches_or_tells_is_taken_out(given: str, kept: str) -> None:
    assert cleaned(given) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('<rect fill="url(#a)" />', '<rect fill="url(#a)" />'),
        ("<rect fill=\"url('#a')\" />", '<rect fill="url(#a)" />'),
        ('<rect fill="URL( #a ) red" />', '<rect fill="url(#a) red" />'),
        ('<rect style="fill:url( #a );a:b" />', '<rect style="fill: url(#a); a: b" />'),
        ('<g clip-path="url(#b)" />', '<g clip-path="url(#b)" />'),
        ('<path transform="rotate(45) translate(1, 2)" d="M0 0" />', ""),
        ('<rect class="a b" fill="#f00" />', ""),
        (
            '<style>.a &gt; #b:hover, a[c="d"]{e: "\\201C"; f: 1px !important}</style>',
            "",
        ),
        ("<style>a{}\nb{c: d}</style>", ""),
        ("<style>a{b: 'url(#a', 'url(x)'; c: \"d\\\"e(\"}</style>", ""),
        ("<style>a:not(.b) &gt; c:nth-child(2n + 1){d: RGB(1 2 3)}</style>", ""),
        ('<g style="a: calc(2 * (1px + 2px)); b: hsla(1, 2%, 3%, .5)" />', ""),
        ('<g transform="matrix(1 0 0 1 2 3) skewX(4) rotate(5, 6, 7)" />', ""),
        ('<g aria-label="It\'s an image (of x)" class="w-(a)" data-a="b(c)" />', ""),
    ],
)
def test_what_stays_within_the_drawing_is_kept(given: str, kept: str) -> None:
    ids = '<pattern id="a" /><clipPath id="b" />'

    assert cleaned(ids + given) == ids + (kept or given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('<rect fill="url(#gone)" />', '<rect fill="none" />'),
        ('<rect style="stroke: url(#gone)" />', '<rect style="stroke: none" />'),
        ('<rect id="a" fill="url(#a)" />', '<rect id="a" fill="none" />'),
        ('<use href="#gone"><title>Oil</title></use>', "<g><title>Oil</title></g>"),
        ('<linearGradient xlink:href="#gone" />', "<linearGradient />"),
        (
            '<use href="#a" /><foreignObject><g id="a" /></foreignObject>',
            "<g /><g />",
        ),
    ],
)
def test_what_leads_nowhere_in_the_drawing_is_taken_out(given: str, kept: str) -> None:
    assert cleaned(given) == kept


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a{b:c;;;d:e;}", "a{b: c; d: e}"),
        ("a { b: c d e {{{", ""),
        ("a{b}c{d:e}", "a{}\nc{d: e}"),
        ("/* a{b:c} */d{e:f}/*", "d{e: f}"),
        ('@charset "utf-16"; a{b:c}', "a{b: c}"),
        ("@media (x){a{b:c}d{e:f}}g{h:i}", "g{h: i}"),
        ("@media{a{b:c}", ""),
        ("a{b:'c;d:e}", "a{d: e}"),
        ("a{*b:c;d:e(f=g);h:i}", "a{h: i}"),
        ("&lt;!-- a{b:c} --&gt;", "a{b: c}"),
        ("} a{b:c}", "a{b: c}"),
        ("a{" * 20_000, ""),
        ("@a{" * 20_000, ""),
    ],
)
def test_only_sound_rules_of_style_are_kept(css: str, kept: str) -> None:
    want = f"<style>{kept}</style>" if kept else "<style />"

    assert cleaned(f"<style>{css}</style>") == want


def test_titles_hold_words_alone() -> None:
    given = "<title>a <b>b</b><tspan>c</tspan></title><desc><g /></desc>"

    assert cleaned(given) == "<title>a bc</title><desc />"


def test_words_behind_a_foreign_element_are_kept() -> None:
    given = (
        '<text>a<x:y xmlns:x="http://x.org/" />b<tspan>c</tspan>d<script />e'
        "<!-- f -->g</text>"
    )

    assert cleaned(given) == "<text>ab<tspan>c</tspan>deg</text>"


def test_foreign_attributes_are_left_out() -> None:
    given = (
        '<g xmlns:i="http://www.inkscape.org/" i:label="Ada" xml:space="preserve" />'
    )

    assert cleaned(given) == '<g xml:space="preserve" />'


def test_ids_that_are_none_in_xml_are_renamed_with_what_refers_to_them() -> None:
    given = (
        '<pattern id="1" /><pattern id="a:b" /><g id="a b" /><g id="a-b" />'
        '<g id="id-1" /><use href="#1" /><use xlink:href="#a:b" />'
        '<g fill="url(#a:b)" />'
        '<g style="fill: url(\'#1\'); stroke: #111" /><g aria-labelledby="1 a-b" />'
        "<style>a{fill:url(#1)}</style>"
    )

    assert cleaned(given) == (
        '<pattern id="id-1-2" /><pattern id="id-a-b" /><g id="id-a-b-2" />'
        '<g id="a-b" />'
        '<g id="id-1" />'
        '<use href="#id-1-2" /><use xlink:href="#id-a-b" /><g fill="url(#id-a-b)" />'
        '<g style="fill: url(#id-1-2); stroke: #111" />'
        '<g aria-labelledby="id-1-2 a-b" /><style>a{fill: url(#id-1-2)}</style>'
    )


def test_of_two_equal_ids_the_first_is_kept() -> None:
    given = '<g id="a" /><g id="a" /><g id="1" /><g id="1" /><g id="" />'

    assert cleaned(given) == '<g id="a" /><g /><g id="id-1" /><g /><g />'


def test_entities_as_drawing_programs_write_them_work() -> None:
    svg = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd" ['
        '<!ENTITY ns "http://www.w3.org/2000/svg">]>'
        '<svg xmlns="&ns;"><text>&amp;</text></svg>'
    )

    assert b"<text>&amp;</text>" in clean_svg(svg.encode())


def test_a_bomb_of_entities_neither_expands_nor_hangs() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    svg = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]><svg {NAMESPACES}>&l29;</svg>'
    start = perf_counter()

    assert fault(svg).startswith("its XML is broken (")
    assert perf_counter() - start < 2


@pytest.mark.parametrize("place", ["<text>&e;</text>", '<text x="&e;" />'])
def test_an_entity_of_another_file_is_not_read(tmp_path: Path, place: str) -> None:
    (tmp_path / "secret").write_text("Ada was here")
    entity = f'<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">'

    said = fault(f"<!DOCTYPE svg [{entity}]><svg {NAMESPACES}>{place}</svg>")

    assert "Ada" not in said


def test_entities_given_by_another_file_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY e "Ada was here">')
    address = (tmp_path / "x.dtd").as_uri()
    parameter = f'<!ENTITY % p SYSTEM "{address}">%p;'

    for subset in (f'SYSTEM "{address}"', f"[{parameter}]"):
        svg = f"<!DOCTYPE svg {subset}><svg {NAMESPACES}><text>&e;</text></svg>"
        try:
            assert b"Ada" not in clean_svg(svg.encode())
        except BadDrawingError as error:
            assert "Ada" not in str(error)  # noqa: PT017 - both ways are right


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        ("<svg>", "its XML is broken (no element found: line 1, column 5)"),
        (f"<svg {NAMESPACES}><g></svg>", "its XML is broken (mismatched tag: line 1"),
        ("<svg/>", "it does not begin with `<svg xmlns=…>`"),
        (f"<g {NAMESPACES}/>", "it does not begin with `<svg xmlns=…>`"),
        (
            f'<?xml version="1.0" encoding="x-klingon"?><svg {NAMESPACES}/>',
            "its XML is broken (",
        ),
        (f"<svg {NAMESPACES}>&nbsp;</svg>", "its XML is broken (undefined entity"),
        (
            f"<svg {NAMESPACES}>{'<g>' * 101}{'</g>' * 101}</svg>",
            "it is nested too dee",
        ),
        (
            f"<svg {NAMESPACES}>{'<g>' * 50_000}{'</g>' * 50_000}</svg>",
            "it is nested too deep",
        ),
        (b"<svg \xff/>", "its XML is broken (not well-formed"),
    ],
)
def test_a_drawing_that_cannot_be_shown_says_why(svg: str | bytes, reason: str) -> None:
    assert fault(svg).startswith(reason)


@pytest.mark.parametrize(
    "box",
    [
        "",
        "0 0 10",
        "0 0 10 10 10",
        "a b c d",
        "0 0 0 10",
        "0 0 10 -1",
        "0 0 10 nan",
        "0 0 inf 10",
        "0 0 1e99 10",
        "0 0 1_0 10",
        "0;0;10;10",
        "0 0 10 1.2.3",
    ],
)
def test_a_view_box_that_is_none_is_said(box: str) -> None:
    svg = f'<svg {NAMESPACES} viewBox="{box}"/>'

    assert fault(svg) == f"its viewBox `{box}` is not four numbers"


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("", (0, 0)),
        ('width="10" height="20"', (10, 20)),
        ('width="10.4px" height=" 20 PX "', (10, 20)),
        ('width="1in" height="2.54cm"', (96, 96)),
        ('width="25.4mm" height="6pc"', (96, 96)),
        ('width="72pt" height=".5in"', (96, 48)),
        ('width="100%" height="100%"', (0, 0)),
        ('width="100%" height="100%" viewBox="0 0 30 40"', (30, 40)),
        ('width="10" viewBox="0,0 30,40"', (30, 40)),
        ('viewBox=" -1.5 +2e1 3.4e1 .4e2 "', (34, 40)),
        ('viewBox="0 0 1 1"', (1, 1)),
        ('width="1.2.3" height="5"', (0, 0)),
        ('width="1e999" height="5"', (0, 0)),
        ('width="." height="5"', (0, 0)),
        ('width="-5" height="5"', (0, 0)),
        ('width="9999999999999" height="5"', (0, 0)),
        ('width="5em" height="5"', (0, 0)),
    ],
)
def test_the_size_is_said_in_pixels(attributes: str, size: tuple[int, int]) -> None:
    svg = clean_svg(f"<svg {NAMESPACES} {attributes}/>".encode())

    assert svg_size(svg) == size


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig"])
def test_any_encoding_becomes_utf_8(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    svg = (
        f'<?xml version="1.0" encoding="{name}"?><svg {NAMESPACES}><text>é</text></svg>'
    )

    made = clean_svg(svg.encode(encoding))

    assert made.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<svg ")
    assert "<text>é</text>".encode() in made


def test_a_clean_drawing_stays_clean() -> None:
    once = clean_svg(
        f'<svg {NAMESPACES}><g id="1" /><use xlink:href="#1" /></svg>'.encode()
    )

    assert clean_svg(once) == once
    assert ElementTree.fromstring(once).tag == "{http://www.w3.org/2000/svg}svg"


def test_what_others_call_the_namespace_changes_nothing() -> None:
    """WeasyPrint does, as soon as it is imported."""
    before = cleaned("<path d='M0 0'/>")
    ElementTree.register_namespace("", "")

    assert cleaned("<path d='M0 0'/>") == before


HTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def spoken(inside: str) -> list[tuple[str, str, str]]:
    """The lines of text in a clean drawing: what each says, and where it stands."""
    svg = clean_svg(f"<svg {NAMESPACES}>{inside}</svg>".encode())
    lines = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}tspan")
    return [(e.text or "", e.get("x", ""), e.get("y", "")) for e in lines]


def test_words_in_html_stand_where_the_drawing_has_others_instead_of_them() -> None:
    """As diagrams.net writes them: what it has instead is cut short, or says that the
    viewer can do nothing."""
    label = (
        '<switch><foreignObject width="100%" height="100%">'
        f'<div {HTML} style="width: 68px; font-size: 12px; color: #336699">'
        "<div>staging<br/>area</div></div></foreignObject>"
        '<text x="50" y="20" fill="#000" text-anchor="middle">stag...</text></switch>'
    )

    assert spoken(label) == [("staging", "50", "12.8"), ("area", "50", "27.2")]
    clean = cleaned(label)
    assert "stag..." not in clean
    assert 'fill="#336699"' in clean
    assert 'text-anchor="middle"' in clean
    assert "<switch" not in clean


def test_words_in_html_alone_stand_in_the_middle_of_their_place() -> None:
    """As Mermaid writes them."""
    label = (
        '<g><foreignObject x="10" y="20" width="60" height="24">'
        f'<div {HTML}><span class="nodeLabel">Start</span></div></foreignObject></g>'
    )

    ((words, x, y),) = spoken(label)

    assert (words, x) == ("Start", "40")
    # The middle of the line, and from there to the foot of its letters.
    assert float(y) == pytest.approx(32 + 0.35 * 16)


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("width: 60px; font-size: 10px", ["light and", "wicks"]),
        ("width: 60px; font-size: 10px; white-space: nowrap", ["light and wicks"]),
        ("font-size: 10px", ["light and wicks"]),
        ("width: 6px; font-size: 10px", ["light and wicks"]),
        ("width: 1.2.3px; font-size: ..px", ["light and wicks"]),
    ],
)
def test_words_in_html_break_where_they_have_no_room(
    style: str, lines: list[str]
) -> None:
    label = (
        f'<foreignObject><p {HTML} style="{style}">light and wicks</p></foreignObject>'
    )

    assert [line for line, _, _ in spoken(label)] == lines


def test_what_acts_in_html_is_never_said() -> None:
    label = (
        f"<foreignObject><div {HTML}>Oil<script>alert(1)</script>"
        "<style>p{}</style></div></foreignObject>"
    )

    assert [words for words, _, _ in spoken(label)] == ["Oil"]


def test_html_that_is_very_deep_loses_no_word() -> None:
    deep = f"<div {HTML}>" + "<b>" * 5000 + "x" + "</b>" * 5000 + "</div>"

    assert said(f"<foreignObject>{deep}</foreignObject>") == ["x"]


def said(inside: str) -> list[str]:
    return [words for words, _, _ in spoken(inside)]


@pytest.mark.parametrize("number", ["1e400", "inf", "nan", "9" * 400, "1_0", "100%"])
def test_numbers_that_are_none_end_nothing(number: str) -> None:
    style = f"width: {number}px; font-size: {number}px"
    words = f'<p {HTML} style="{style}">Oil</p>'
    place = f'x="{number}" width="{number}"'

    assert spoken(f"<foreignObject {place}>{words}</foreignObject>")[0][1] == "0"


def test_a_picture_instead_of_words_says_where_they_stand() -> None:
    label = (
        f'<switch><foreignObject width="100%"><p {HTML}>Oil</p></foreignObject>'
        '<image x="41" y="23" width="118" height="17" href="a.png" /></switch>'
    )

    ((words, x, y),) = spoken(label)

    assert (words, x) == ("Oil", "100")
    assert float(y) == pytest.approx(31.5 + 0.35 * 16)


def test_the_margins_of_html_say_where_its_words_stand() -> None:
    style = "width: 68px; padding-top: 557px; margin-left: 211px; font-size: 10px"
    label = (
        f'<foreignObject width="100%"><p {HTML} style="{style}">Oil</p></foreignObject>'
    )

    assert spoken(label) == [("Oil", "245", "560.5")]


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        ("rgb(1, 2, 3)", "rgb(1, 2, 3)"),
        ("light-dark(#000, #fff)", "#000"),
        ("light-dark(rgb(9, 9, 9), #fff)", "rgb(9, 9, 9)"),
        ("hsl(1 2% 3%)", "black"),
        ("var(--c)", "black"),
        ("rebeccapurple", "rebeccapurple"),
    ],
)
def test_words_in_html_have_their_own_colour(colour: str, fill: str) -> None:
    """What is drawn round them has others, or none."""
    words = f'<p {HTML} style="color: {colour}">Oil</p>'
    label = f'<g fill="none"><foreignObject>{words}</foreignObject></g>'

    assert f'<text fill="{fill}" stroke="none"' in cleaned(label)


def test_what_moves_the_place_of_html_moves_its_words() -> None:
    words = f"<p {HTML}>Oil</p>"
    label = f'<foreignObject transform="scale(2)" class="a">{words}</foreignObject>'

    assert 'transform="scale(2)"' in cleaned(label)
    assert 'class="a"' in cleaned(label)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ('Oil<span style="display: none">x</span>', ["Oil"]),
        ('<i aria-hidden="true">x</i>Oil', ["Oil"]),
        ('Oil <img alt="lamp"/>', ["Oil lamp"]),
        ("<div>a<br/>b</div>c", ["a", "b", "c"]),
    ],
)
def test_what_html_shows_is_said_once(html: str, lines: list[str]) -> None:
    assert said(f"<foreignObject><p {HTML}>{html}</p></foreignObject>") == lines


def test_chinese_in_html_breaks_anywhere() -> None:
    words = f'<p {HTML} style="width: 60px; font-size: 10px">{"灯" * 13}</p>'

    assert said(f"<foreignObject>{words}</foreignObject>") == ["灯" * 6, "灯" * 6, "灯"]


def test_of_several_ways_to_show_a_thing_the_first_stays() -> None:
    """As every drawing of diagrams.net ends."""
    ways = (
        '<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/>'
        '<a href="http://x.org"><text>Viewer does not support full SVG 1.1</text></a>'
        "</switch>"
    )
    other = '<switch><g requiredExtensions="http://x.org"/><rect /></switch>'

    assert "Viewer" not in cleaned(ways)
    assert cleaned(other) == "<g><rect /></g>"


def test_which_language_is_shown_is_left_to_the_reader() -> None:
    ways = '<switch><text systemLanguage="fa">x</text><text>y</text></switch>'

    assert cleaned(ways) == ways


def test_what_programs_keep_for_themselves_is_taken_out() -> None:
    """diagrams.net writes its own file into an attribute, and what made it."""
    told = 'content="&lt;mxfile agent=ada" host="a1"'
    svg = f"<svg {NAMESPACES} {told}><g /></svg>"

    clean = clean_svg(svg.encode()).decode()

    assert "mxfile" not in clean
    assert "host" not in clean


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("fill: light-dark(#ffffff, var(--a, #121212))", "fill: #ffffff"),
        ("stroke: light-dark(rgb(0,0,0), rgb(255,255,255))", "stroke: rgb(0,0,0)"),
        ("fill: LIGHT-DARK( red , blue ) x", "fill: red x"),
        ("fill: light-dark(light-dark(red, blue), lime)", "fill: red"),
        ("fill: light-dark(red)", "fill: red"),
        ("fill: light-dark(url(http://x.org/a), red)", "fill: none"),
    ],
)
def test_of_two_colours_for_day_and_night_the_day_is_kept(css: str, kept: str) -> None:
    assert cleaned(f'<rect style="{css}" />') == f'<rect style="{kept}" />'


@pytest.mark.parametrize(
    ("html", "bold"),
    [
        ("Light the <b>lamp</b>", False),
        ("<b>Light</b> <strong>the lamp</strong>", True),
        ('<i style="font-weight: 700">Light</i>', True),
        ("<b>Light</b><br/>the lamp", False),
    ],
)
def test_words_in_html_are_bold_where_all_of_them_are(html: str, bold: bool) -> None:
    label = f"<foreignObject><p {HTML}>{html}</p></foreignObject>"

    assert ("font-weight" in cleaned(label)) is bold


def test_words_at_the_top_of_their_place_begin_there() -> None:
    style = "align-items: unsafe flex-start; padding-top: 7px; font-size: 10px"
    html = f'<div {HTML} style="{style}">a<br/>b</div>'

    ys = [float(y) for _, _, y in spoken(f"<foreignObject>{html}</foreignObject>")]

    assert ys == pytest.approx([16.5, 28.5])
