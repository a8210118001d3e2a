"""One break between two scenes, however it was drawn."""

import pytest

from publish.model import Blocks, CodeBlock, Paragraph, SceneBreak
from publish.transform import transform
from publish.transform.scenes import join_scene_breaks
from tests.trees import read

OLD = "  *    *    *    *    *\n\n    *    *    *    *\n\n  *    *    *    *    *\n"


def blocks(text: str) -> Blocks:
    return join_scene_breaks(read(text)).chapters[0].blocks


@pytest.mark.parametrize(
    "drawn", ["***", "---\n\n***", OLD, r"\* \* \*", r"\*\*\*", "⁂", "#", "##"]
)
def test_a_break_is_one(drawn: str) -> None:
    kinds = [type(block) for block in blocks(f"One.\n\n{drawn}\n\nTwo.\n")]

    assert kinds == [Paragraph, SceneBreak, Paragraph]


def test_two_breaks_with_words_between_them_are_two() -> None:
    kinds = [type(block) for block in blocks("One.\n\n***\n\nTwo.\n\n***\n\nThree.\n")]

    assert kinds == [Paragraph, SceneBreak, Paragraph, SceneBreak, Paragraph]


def test_a_heading_without_words_that_opens_a_chapter_is_no_break() -> None:
    assert not any(isinstance(block, SceneBreak) for block in blocks("#\n\nOne.\n"))


@pytest.mark.parametrize(
    "drawn",
    [
        *(r"\*", r"\* a \*", "•", r"\#", "`***`", "![***](p.png)", "[***](b.md)"),
        *(r"[\*\*]{#anchor}", r"\*\*\*[^1]" + "\n\n[^1]: note"),
    ],
)
def test_other_paragraphs_stay(drawn: str) -> None:
    kinds = [type(block) for block in blocks(f"One.\n\n{drawn}\n\nTwo.\n")]

    assert kinds == [Paragraph] * 3


@pytest.mark.parametrize(
    "drawn", ["```\n* * *\n```", "    ***", "    * * * * *", "    * a\n    * b"]
)
def test_stars_that_are_code_stay(drawn: str) -> None:
    made = blocks(f"The program prints:\n\n{drawn}\n\nTwo.\n")

    assert [type(block) for block in made] == [Paragraph, CodeBlock, Paragraph]


def test_a_break_that_a_link_leads_to_stays() -> None:
    made = blocks('One.\n\n<hr id="a"><hr><hr id="b">\n\nTwo.\n')

    ids = [b.attributes.id for b in made if isinstance(b, SceneBreak)]
    assert ids == ["a", "b"]


def test_breaks_are_joined_in_every_book() -> None:
    (chapter,) = transform(read("One.\n\n***\n\n***\n\nTwo.\n")).chapters[-1:]

    assert [type(block) for block in chapter.blocks].count(SceneBreak) == 1
