"""What shops refuse or ignore: by the profiles of `publish.shops`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import publish.check.shop_cover_rules as covers
import publish.check.shop_rules as rules
from publish.check.profile import Effect, Found, Rule
from publish.check.reading import Epub
from publish.check.say import warn
from publish.problems import Problem, Severity
from publish.shops import load_profile

# A rule of a profile asks one of these questions.
_CHECKS: Mapping[str, Callable[[Epub, Rule], Iterator[Found]]] = {
    "epub-bytes": rules.epub_bytes,
    "html-bytes": rules.html_bytes,
    "image-bytes": rules.image_bytes,
    "pixels": rules.pixels,
    "cmyk": rules.cmyk,
    "types": rules.types,
    "cover-types": covers.cover_types,
    "cover-least": covers.cover_least,
    "cover-most": covers.cover_most,
    "cover-page": covers.cover_page,
    "cover-meta": covers.cover_meta,
    "no-ncx": rules.no_ncx,
    "ncx": rules.ncx,
    "ncx-depth": rules.ncx_depth,
    "toc-depth": rules.toc_depth,
    "css": rules.css,
    "scripts": rules.scripts,
    "names": rules.names,
    "languages": rules.languages,
    "direction": rules.direction,
    "isbn": rules.isbn,
}


@dataclass(frozen=True, slots=True)
class Shop:
    """name: as it reads in a sentence"""

    name: str
    rules: tuple[Rule, ...]


def load_shop(name: str) -> Shop:
    """name: one of `shop_names`"""
    profile = load_profile(name)
    origin = {"source": profile["source"], "date": profile["date"]}
    return Shop(
        profile["name"],
        tuple(
            Rule(
                check=rule["check"],
                effect=Effect(rule["effect"]),
                says=rule["says"],
                do=rule.get("do", ""),
                source=(origin | rule)["source"],
                date=(origin | rule)["date"],
                most=rule.get("most", 0),
                least=tuple(rule.get("least", ())),
                names=tuple(rule.get("names", ())),
            )
            for rule in profile["rule"]
        ),
    )


def check_for_shop(epub: Epub, shop: Shop) -> Iterator[Problem]:
    at = epub.package.archive.at()
    if not shop.rules:
        message = f"nothing is known of {shop.name} that has a source"
        hint = "the rules of EPUB itself were applied, which every shop asks for"
        yield Problem(at, "shop-unknown", message, hint, Severity.NOTE)
    for rule in shop.rules:
        for found in _CHECKS[rule.check](epub, rule):
            yield _problem(shop, rule, found)


_VERBS: Mapping[Effect, str] = {
    Effect.REFUSES: "refuses",
    Effect.TROUBLES: "has trouble with",
    Effect.IGNORES: "ignores",
}


def _problem(shop: Shop, rule: Rule, found: Found) -> Problem:
    message = f"{shop.name} {_VERBS[rule.effect]} {rule.says.format(found=found.what)}"
    origin = f"({rule.source}, {rule.date})"
    hint = f"{rule.do} {origin}".strip()
    match rule.effect:
        case Effect.REFUSES:
            return Problem(found.at, "shop-refuses", message, hint)
        case Effect.TROUBLES:
            return warn(found.at, "shop-troubles", message, hint)
        case Effect.IGNORES:
            return Problem(found.at, "shop-ignores", message, hint, Severity.NOTE)
