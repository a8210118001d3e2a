"""Rules for landmarks: parts of a file that readers who listen jump to."""

from collections.abc import Iterator

from publish.check.documents import Content
from publish.check.say import shown, warn
from publish.check.xml import Element
from publish.problems import Problem

# What these elements are without a role, and when a reader would be told so.
_LANDMARKS = {
    "aside": "complementary",
    "form": "form",
    "main": "main",
    "nav": "navigation",
    "section": "region",
}
_PARTS = frozenset({"article", "aside", "nav", "section"})
_ARIA = frozenset(
    {"banner", "complementary", "contentinfo", "form", "main", "navigation"}
    | {"region", "search"}
)
_LANDMARK_WORDS = """
    banner complementary contentinfo form main navigation region search
    doc-acknowledgments doc-afterword doc-appendix doc-bibliography doc-chapter
    doc-conclusion doc-credits doc-endnotes doc-epilogue doc-errata doc-foreword
    doc-glossary doc-index doc-introduction doc-pagelist doc-part doc-preface
    doc-prologue doc-toc
"""
_LANDMARK_ROLES = frozenset(_LANDMARK_WORDS.split())


def check_landmarks(content: Content) -> Iterator[Problem]:
    document, seen = content.document, set[tuple[str, str]]()
    by_id = {e.get("id"): e for e in document.elements if "id" in e.attributes}
    for element in document.elements:
        kind = _landmark(element)
        if not kind or _is_hidden(element):
            continue
        labels = [by_id[n] for n in element.words("aria-labelledby") if n in by_id]
        named = " ".join(map(document.text, labels))
        name = (element.get("aria-label") or named or element.get("title")).casefold()
        if (kind, name) in seen:
            said = f"`{shown(name)}`" if name else "without a name"
            message = f"another part of this file is {kind} {said}, too"
            hint = 'give each a name of its own: aria-label="…"'
            yield warn(content.at(element), "landmark-unique", message, hint)
        seen.add((kind, name))


def _landmark(element: Element) -> str:
    """What kind of landmark it is, as axe sees it; '' for none."""
    role = element.get("role").partition(" ")[0]
    if element.name not in _LANDMARKS and role not in _ARIA:
        return ""
    if element.name in {"section", "form"}:
        # Without a name they are nothing to jump to.
        if not _is_named(element):
            return ""
    elif element.name == "aside" and not role and _is_within(element):
        return ""
    kind = role or _LANDMARKS[element.name]
    return kind if kind in _LANDMARK_ROLES else ""


def _is_named(element: Element) -> bool:
    names = ("aria-label", "aria-labelledby", "title")
    return any(map(element.get, names))


def _is_within(element: Element) -> bool:
    # One within the text of a section is part of that.
    return any(above.name in _PARTS for above in element.above())


def _is_hidden(element: Element) -> bool:
    return any(
        "hidden" in one.attributes or one.get("aria-hidden") == "true"
        for one in (element, *element.above())
    )
