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
    "list of figures": Role.FIGURES,
    "list of tables": Role.TABLES,
    "list of listings": Role.LISTINGS,
    "acknowledgements": Role.ACKNOWLEDGMENTS,
    "notes": Role.NOTES,
    "references": Role.BIBLIOGRAPHY,
    "works cited": Role.BIBLIOGRAPHY,
}

# Names of files in the languages that books here came in.
_LISTED = {
    Role.HALF_TITLE: "half title,half title page,halftitle,halftitle page,faux titre,"
    "schmutztitel,portadilla,occhiello",
    Role.ALSO_BY: "also by,also by the author,by the same author,other books,"
    "du meme auteur,de la meme autrice,vom selben autor,von derselben autorin,"
    "del mismo autor,de la misma autora,dello stesso autore,از همین نویسنده",
    Role.FRONTISPIECE: "frontispiece,frontispiece page,frontispice",
    Role.TITLE_PAGE: "title page,titlepage,page de titre,titelseite,frontespizio,"
    "صفحه عنوان",
    Role.COPYRIGHT_PAGE: "copyright,copyright page,impressum,mentions legales,"
    "creditos,pagina legal,شناسنامه,شناسنامه کتاب,حق نشر",
    Role.DEDICATION: "dedication,dedication page,dedicace,widmung,dedicatoria,dedica,"
    "تقدیم,تقدیم نامه,تقدیم به",
    Role.EPIGRAPH: "epigraph,epigraph page,epigraphe,epigrafe,epigrafo,motto",
    Role.CONTENTS: "contents,table of contents,toc,table des matieres,"
    "inhaltsverzeichnis,indice general,sommario,فهرست,فهرست مطالب",
    Role.ABSTRACT: "abstract,resume,zusammenfassung,resumen,چکیده",
    Role.FOREWORD: "foreword,geleitwort,سخن ناشر",
    Role.PREFACE: "preface,vorwort,avant propos,prefacio,prefazione,voorwoord,"
    "پیشگفتار,پیش گفتار,دیباچه",
    Role.ACKNOWLEDGMENTS: "acknowledgments,acknowledgements,acknowledgment,"
    "acknowledgement,thanks,remerciements,danksagung,dank,agradecimientos,"
    "agradecimentos,ringraziamenti,سپاسگزاری,سپاس گزاری,قدردانی,تشکر و قدردانی",
    Role.INTRODUCTION: "introduction,einleitung,einfuhrung,introduccion,introduzione,"
    "introducao,inleiding,مقدمه,درآمد",
    Role.PROLOGUE: "prologue,prolog,prologo,پیش درآمد",
    Role.CONCLUSION: "conclusion,conclusions,conclusione,conclusioni,conclusiones,"
    "schluss,schlusswort,نتیجه گیری,خاتمه",
    Role.EPILOGUE: "epilogue,epilog,epilogo,سخن پایانی",
    # An author's note that is not numbered goes to the back, as most do.
    Role.AFTERWORD: "afterword,postface,nachwort,posfacio,postfazione,nawoord,پس گفتار,"
    "پسگفتار,author's note,authors note,author note,a note from the author,"
    "note from the author,note de l'auteur,note de l auteur,anmerkung des autors,"
    "anmerkung der autorin,nachbemerkung,nota del autor,nota de la autora,"
    "nota dell'autore,nota dell'autrice,nota dell autore,یادداشت نویسنده",
    Role.APPENDIX: "appendix,appendices,annexe,annexes,anhang,apendice,appendice,"
    "bijlage,پیوست,ضمیمه",
    Role.NOTES: "notes,endnotes,end notes,notes de fin,anmerkungen,endnoten,notas,"
    "note finali,یادداشت ها,یادداشتها,پی نوشت,پی نوشت ها",
    Role.GLOSSARY: "glossary,glossaire,glossar,glosario,glossario,واژه نامه,واژهنامه",
    Role.BIBLIOGRAPHY: "bibliography,references,works cited,sources,bibliographie,"
    "bibliografia,literaturverzeichnis,literatur,quellen,fuentes,fonti,کتابنامه,"
    "کتاب نامه,منابع,منابع و مآخذ",
    Role.INDEX: "index,register,stichwortverzeichnis,indice alfabetico,"
    "indice analitico,نمایه",
    Role.ERRATA: "errata,erratum,corrigenda,fe de erratas,errata corrige,غلط نامه",
    Role.CREDITS: "credits",
    Role.COLOPHON: "colophon,kolophon,colofon,colofao",
    Role.CONTRIBUTORS: "contributors,about the author,about the authors,about author,"
    "about me,a propos de l'auteur,a propos de l auteur,a propos de l'autrice,"
    "uber den autor,uber die autorin,sobre el autor,sobre la autora,sull'autore,"
    "sull autore,sull'autrice,l'autore,درباره نویسنده,درباره ی نویسنده",
}
_APPENDIX = re.compile(
    r"(?:appendix|annexe?|anhang|apendice|appendice|bijlage|پیوست|ضمیمه)"
    r" (?:الف|[^\W\d_]|\d+|[ivx]+)(?: .+)?"
)


def _bare(name: str) -> str:
    """A name in small letters without accents, signs and the numbers before it."""
    name = unicodedata.normalize("NFD", name.casefold())
    name = "".join(c for c in name if not unicodedata.combining(c))
    # Persian on an Arabic keyboard.
    name = name.replace("ي", "ی").replace("ك", "ک").replace("’", "'")
    name = re.sub(r"[\s\u200c_.,:()–—-]+", " ", name).strip()
    return re.sub(r"^(?:\d+[a-z]? )+", "", name)


_NAMES = {
    _bare(name): role for role, names in _LISTED.items() for name in names.split(",")
}


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
    # `index` opens a folder; where it is one of words, it has a number or is listed.
    if stem(file).casefold() == "index":
        return None
    name = _bare(stem(file))
    return _NAMES.get(name) or (Role.APPENDIX if _APPENDIX.fullmatch(name) else None)
