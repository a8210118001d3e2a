"""What a file is, by the word in its front matter or by its name."""

import re
import unicodedata
from difflib import get_close_matches

from publish.manuscript.folder import stem
from publish.model import Role

_WORDS = {
    "half title": Role.HALF_TITLE,
    "half title page": Role.HALF_TITLE,
    "title page": Role.TITLE_PAGE,
    "copyright": Role.COPYRIGHT_PAGE,
    "imprint": Role.COPYRIGHT_PAGE,
    "contents": Role.CONTENTS,
    "table of contents": Role.CONTENTS,
    "acknowledgements": Role.ACKNOWLEDGMENTS,
    "notes": Role.NOTES,
    "references": Role.BIBLIOGRAPHY,
    "works cited": Role.BIBLIOGRAPHY,
}

# Names of files, without accents, in the languages that books here came in.
_NAMES: dict[str, Role] = {
    name: role
    for role, names in {
        Role.HALF_TITLE: "half title,half title page,halftitle,halftitle page",
        Role.FRONTISPIECE: "frontispiece,frontispiece page,frontispice",
        Role.TITLE_PAGE: "title page,titlepage,page de titre,titelseite",
        Role.COPYRIGHT_PAGE: "copyright,copyright page,impressum,mentions legales",
        Role.DEDICATION: "dedication,dedication page,dedicace,widmung,"
        "dedicatoria,dedica",
        Role.EPIGRAPH: "epigraph,epigraph page,epigraphe,epigrafe",
        Role.FOREWORD: "foreword,geleitwort",
        Role.PREFACE: "preface,vorwort,avant propos,prefacio,prefazione,voorwoord",
        Role.ACKNOWLEDGMENTS: "acknowledgments,acknowledgements,remerciements,"
        "danksagung,agradecimientos,agradecimentos,ringraziamenti",
        Role.INTRODUCTION: "introduction,einleitung,introduccion,introduzione,"
        "introducao,inleiding",
        Role.PROLOGUE: "prologue,prolog,prologo",
        Role.CONCLUSION: "conclusion,conclusions,conclusione,conclusiones,schluss",
        Role.EPILOGUE: "epilogue,epilog,epilogo",
        Role.AFTERWORD: "afterword,postface,nachwort,posfacio,postfazione,nawoord",
        Role.APPENDIX: "appendix,annexe,anhang,apendice,appendice,bijlage",
        Role.GLOSSARY: "glossary,glossaire,glossar,glosario,glossario",
        Role.BIBLIOGRAPHY: "bibliography,references,bibliographie,bibliografia,"
        "literaturverzeichnis",
        Role.COLOPHON: "colophon,kolophon,colofon,colofao",
        Role.CONTRIBUTORS: "contributors,about the author,about the authors,"
        "a propos de l'auteur,uber den autor,sobre el autor",
    }.items()
    for name in names.split(",")
}
_APPENDIX = re.compile(r"(?:appendix|annexe|anhang|apendice|appendice) (?:[a-z]|\d+)")


def role_of_word(word: str) -> Role | None:
    """The role that an author means by a word in `role:`."""
    squeezed = re.sub(r"[\s_-]+", "", word.casefold())
    for role in Role:
        if squeezed == role.value.replace("-", ""):
            return role
    return _WORDS.get(" ".join(re.split(r"[\s_-]+", word.casefold().strip())))


def role_hint(word: str) -> str:
    roles = [role.value for role in Role]
    guess = get_close_matches(word.casefold(), roles, n=1)
    if guess:
        return f"did you mean `{guess[0]}`?"
    return f"one of {', '.join(roles)}"


def role_of_name(file: str) -> Role | None:
    """The role that a file's name says: `00-preface.md`, `dedication-page.md`."""
    name = unicodedata.normalize("NFD", stem(file).casefold())
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = re.sub(r"[\s_.-]+", " ", name.replace("’", "'")).strip()
    name = re.sub(r"^(?:\d+[a-z]? )+", "", name)
    return _NAMES.get(name) or (Role.APPENDIX if _APPENDIX.fullmatch(name) else None)
