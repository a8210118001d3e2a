"""A page is as it was before lines that are not wanted."""

from types import SimpleNamespace

from publish.pdf.taken_back import Before


def test_all_that_lines_do_to_a_page_is_undone() -> None:
    area = SimpleNamespace(height=10, children=["a"])
    page = SimpleNamespace(
        footnotes=["b", "c"],
        current_page_footnotes=["a"],
        reported_footnotes=[],
        excluded_shapes=["float"],
        broken_out_of_flow={"x": 1},
        page_bottom=300.0,
        current_footnote_area=area,
    )
    lines = ["one"]
    before = Before(page, lines)

    lines.append("two")
    page.footnotes.remove("b")
    page.current_page_footnotes.append("b")
    page.reported_footnotes.append(page.current_page_footnotes.pop(0))
    page.excluded_shapes = [*page.excluded_shapes, "another"]
    page.broken_out_of_flow["y"] = 2
    page.page_bottom, area.height, area.children = 280.0, 30, ["b"]

    assert before.put_off() == ["a"]

    before.take_back()

    assert before.put_off() == []
    assert lines == ["one"]
    assert page.footnotes == ["b", "c"]
    assert page.current_page_footnotes == area.children == ["a"]
    assert page.reported_footnotes == []
    assert page.excluded_shapes == ["float"]
    assert page.broken_out_of_flow == {"x": 1}
    assert (page.page_bottom, area.height) == (300.0, 10)
