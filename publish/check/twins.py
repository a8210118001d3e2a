"""What our rules and a judge from outside both found is said once, in our words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from publish.problems import Problem

# Our codes, and what the judges say of the same thing: their code, and where that
# stands for many things, their words.
_TWINS: Mapping[str, str] = {
    "duplicate-id": r"rsc-005 .*(Duplicate|unique value)|duplicate-id[a-z-]*",
    "epub-bad-address": r"rsc-0(07|11|26|29|30|33)",
    "epub-broken": r"pkg-004|pkg-008|pkg-003|rsc-002",
    "epub-claim-invalid": r"metadata-.*-invalid",
    "epub-claim-missing": r"metadata-access\w+",
    "epub-claim-pages": r"metadata-accessibilityfeature-printpagenumbers-.*",
    "epub-container": r"rsc-002|rsc-003|pkg-020|opf-002",
    "epub-cover": r"rsc-005 .*cover-image|opf-012",
    "epub-css-direction": r"css-001",
    "epub-date": r"opf-05[34]|rsc-005 .*dc:date",
    "epub-css": r"css-008",
    "epub-doctype": r"htm-004",
    "epub-doubled-name": r"opf-060",
    "epub-empty-metadata": r"rsc-005 .*string with length at least|opf-055",
    "epub-encoding": r"rsc-028|css-003|css-004",
    "epub-entity": r"htm-003",
    "epub-fallback": r"opf-040",
    "epub-foreign-type": r"rsc-032|med-003|med-007",
    "epub-identifier": r"opf-030|opf-048|opf-085|rsc-005 .*identifier",
    "epub-language": r"opf-092|rsc-005 .*dc:language",
    "epub-bad-name": r"pkg-009|pkg-011",
    "epub-odd-name": r"pkg-010",
    "epub-manifest": r"opf-074|opf-091|opf-099|pkg-025",
    "epub-media-type": r"opf-029|opf-013|opf-090|pkg-02[12]",
    "epub-mimetype": r"pkg-00[567]",
    "epub-modified": r"rsc-005 .*dcterms:modified",
    "epub-nav": r"rsc-005 .*(\bnav\b|landmark|element \"(li|ol)\" incomplete)",
    "epub-nav-outside": r"nav-010",
    "epub-ncx": r"ncx-001|opf-049|opf-050|rsc-005 .*NCX",
    "epub-nav-label": r"rsc-005 .*must contain text",
    "epub-no-anchor": r"rsc-012",
    "epub-no-file": r"rsc-001|opf-003",
    "epub-no-target": r"rsc-007",
    "epub-not-in-spine": r"rsc-011",
    "epub-not-listed": r"rsc-008",
    "epub-prefix": r"opf-028",
    "epub-property": r"opf-01[458]",
    "epub-refines": r"opf-065|rsc-005 .*(refines|must refine)",
    "epub-remote": r"rsc-006|rsc-031",
    "epub-spine": r"opf-03[34]|opf-043|opf-049|rsc-005 .*itemref",
    "epub-title": r"rsc-005 .*dc:title|epub-title",
    "epub-toc-order": r"nav-011|epub-toc-order",
    "epub-unlisted": r"opf-003",
    "epub-unreached": r"opf-096",
    "epub-version": r"opf-001",
    "epub-xml": r"rsc-005 .*(well-formed|must be terminated)|rsc-016|parsing-.*",
    "html-has-lang": r"html-has-lang",
    "html-xml-lang-mismatch": r"rsc-005 .*xml:lang|html-xml-lang-mismatch",
    "valid-lang": r"html-lang-valid|valid-lang|opf-092",
    "document-title": r"document-title|rsc-0(05|17) .*\"title\"",
}


def without_twins(
    judged: Iterable[Problem], ours: Sequence[Problem]
) -> Iterator[Problem]:
    """What the judges found that our rules have not said of the same file.

    What a judge found on other lines, and more often than our rules did, is heard.
    """
    judged = list(judged)
    said = Counter(_key(problem, problem.code) for problem in ours)
    lines = {(problem.at.path, problem.code, problem.at.line) for problem in ours}
    theirs = [(problem, tuple(_codes(problem))) for problem in judged]
    counts = Counter(
        (*_key(problem, code), problem.code)
        for problem, codes in theirs
        for code in codes
    )
    for problem, codes in theirs:
        keys = [_key(problem, code) for code in codes]
        same_line = any((problem.at.path, c, problem.at.line) in lines for c in codes)
        as_often = any(
            counts[*key, problem.code] <= said[key] * (1 + (key[1] in _BOTH))
            for key in keys
        )
        if not same_line and not as_often:
            yield problem


# Of these a judge names both places, the first and the second.
_BOTH = frozenset({"duplicate-id", "epub-nav"})
# These stand at the entry in the manifest, and judges say it of the file.
_ANYWHERE = frozenset({"epub-no-file"})


def _key(problem: Problem, code: str) -> tuple[Path, str]:
    return (Path() if code in _ANYWHERE else problem.at.path), code


def _codes(problem: Problem) -> Iterator[str]:
    """Ours for what a judge says."""
    if problem.code not in _TWINS:
        yield problem.code
    words = f"{problem.code} {problem.message}"
    for code, pattern in _PATTERNS.items():
        if pattern.match(words):
            yield code


_PATTERNS = {
    code: re.compile(rf"(?:{theirs})(?![\w-])") for code, theirs in _TWINS.items()
}
