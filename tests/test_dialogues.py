"""Speech that became a list."""

from dataclasses import replace

import pytest

from publish.check_dialogues import check_dialogues
from publish.problems import Severity
from tests.trees import read

FRENCH = """\
# Là

Il entra.

- Qui est là ? demanda-t-il.

- *Personne*, dit une voix.

Il rit.

- Alors je reste !
"""
RUSSIAN = "- Кто там? - спросил он.\n- Никого.\n- Я тут, - сказала она.\n"
SPANISH = "- ¿Quién? -preguntó.\n- Nadie.\n- ¡Ven!\n"


TALK = "Il entra.\n\n" + "- Non.\n\nIl rit.\n\n- Oui, dit-il.\n\nElle rit.\n\n" * 4
WHO = "- Qui ?\n- Moi !\n"
COMMANDS = """\
- Choisissez Enregistrer sous… puis donnez un nom.
- Fermez le fichier.
- Quittez le programme.
"""
HESITATING = "- Je… - dit-il.\n- Oui.\n- Non.\n"


def told(text: str, language: str) -> list[tuple[int, str]]:
    book = read({"a.md": text})
    chapters = tuple(replace(c, language=language) for c in book.chapters)
    found = list(check_dialogues(replace(book, chapters=chapters)))
    return [(p.at.line, p.code) for p in found if p.severity is Severity.NOTE]


@pytest.mark.parametrize(
    ("text", "language", "line"),
    [
        (FRENCH, "fr", 5),
        (FRENCH, "fr-CA", 5),
        (TALK + WHO, "fr", 3),
        (RUSSIAN, "ru", 1),
        (HESITATING, "fr", 1),
        (f"Prosa.\n\n{SPANISH}", "es", 3),
        (f"> Prosa.\n>\n> {SPANISH.replace(chr(10), chr(10) + '> ')}", "pt", 3),
    ],
)
def test_speech_in_a_list_is_told_once(text: str, language: str, line: int) -> None:
    assert told(text, language) == [(line, "speech-as-list")]


def test_it_is_told_once_a_book() -> None:
    book = read({"a.md": "Rien.\n", "b.md": FRENCH, "c.md": FRENCH})
    chapters = tuple(replace(c, language="fr") for c in book.chapters)

    (problem,) = check_dialogues(replace(book, chapters=chapters))

    assert str(problem.at) == "b.md:5"
    assert problem.message.endswith("speech; so do lists of 1 more chapter")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "en"),
        (FRENCH, "de"),
        (FRENCH.replace("- ", "— "), "fr"),
        (FRENCH.replace("- ", "\\\\- "), "fr"),
        # One more list, which nobody says.
        (f"{FRENCH}\n* une lampe\n", "fr"),
        (f"{FRENCH}\n* Voir `ls -l`.\n", "fr"),
        (f"{FRENCH}\n* [ ] Rien.\n", "fr"),
        # Questions, and sentences.
        ("- Pourquoi ?\n- Comment ?\n- Où ? Quand ?\n", "fr"),
        ("- Une lampe.\n- Un phare, puis un autre.\n- Rien - ou peu.\n", "fr"),
        ("- Qui ? dit-il.\n- Moi.\n", "fr"),
        (COMMANDS, "fr"),
        (TALK, "fr"),
        (WHO * 6, "fr"),
    ],
)
def test_lists_are_lists(text: str, language: str) -> None:
    assert told(text, language) == []
