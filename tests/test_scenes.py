"""One break between two scenes, however it was drawn."""

import pytest

from publish.model import CodeBlock, Paragraph, SceneBreak
from publish.transform.scenes import join_scene_breaks
from tests.trees import read

OLD = "  *    *    *    *    *\n\n    *    *    *    *\n\n  *    *    *    *    *\n"


@pytest.mark.parametrize(
    "drawn",
    ["***", "---\n\n***", OLD, r"\* \* \*", r"\*\*\*", "⁂", "        * * *", "#"],
)
def test_a_break_is_one(drawn: str) -> None:
    book = join_scene_breaks(read(f"One.\n\n{drawn}\n\nTwo.\n"))

    kinds = [type(block) for block in book.chapters[0].blocks]
    assert kinds == [Paragraph, SceneBreak, Paragraph]


def test_a_heading_without_words_that_opens_a_chapter_is_no_break() -> None:
    book = join_scene_breaks(read("#\n\nOne.\n"))

    assert not any(isinstance(block, SceneBreak) for block in book.chapters[0].blocks)


@pytest.mark.parametrize("drawn", [r"\*", r"\* a \*", "•", r"\#"])
def test_other_paragraphs_stay(drawn: str) -> None:
    book = join_scene_breaks(read(f"One.\n\n{drawn}\n\nTwo.\n"))

    assert [type(block) for block in book.chapters[0].blocks] == [Paragraph] * 3


@pytest.mark.parametrize("drawn", ["```\n* * *\n```", "    ***", "    * a\n    * b"])
def test_stars_that_are_code_stay(drawn: str) -> None:
    book = join_scene_breaks(read(f"One.\n\n{drawn}\n\nTwo.\n"))

    assert isinstance(book.chapters[0].blocks[1], CodeBlock)
