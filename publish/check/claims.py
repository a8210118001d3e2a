"""Rules for what the package says of accessibility (EPUB Accessibility 1.1)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.check.package import Package
from publish.check.say import shown, warn
from publish.check.xml import Element
from publish.problems import Problem

_SENSES = frozenset({"auditory", "tactile", "textual", "visual"})
_MODES = _SENSES | {
    "chartOnVisual",
    "chemOnVisual",
    "colorDependent",
    "diagramOnVisual",
    "mathOnVisual",
    "musicOnVisual",
    "textOnVisual",
}
# The vocabulary of schema.org, https://www.w3.org/community/reports/a11y-discov-vocab/
_FEATURE_WORDS = """
    alternativeText annotations ARIA audioDescription aural braille bookmarks
    ChemML closedCaptions describedMath displayTransformability
    fullRubyAnnotations highContrastAudio highContrastDisplay
    horizontalWriting index largePrint latex latex-chemistry longDescription
    MathML MathML-chemistry none openCaptions pageBreakMarkers pageNavigation
    printPageNumbers readingOrder rubyAnnotations signLanguage structuralNavigation
    synchronizedAudioText tableOfContents tactileGraphic tactileObject taggedPDF
    timingControl transcript ttsMarkup unknown unlocked verticalWriting
    withAdditionalWordSegmentation withoutAdditionalWordSegmentation captions
"""
_FEATURES = frozenset(_FEATURE_WORDS.split())
_DANGERS = {
    name: {name, f"no{capital}Hazard", f"unknown{capital}Hazard"}
    for name, capital in (
        ("flashing", "Flashing"),
        ("motionSimulation", "MotionSimulation"),
        ("sound", "Sound"),
    )
}
_HAZARDS = frozenset({"none", "unknown"}).union(*_DANGERS.values())
_CONFORMS = re.compile(r"EPUB Accessibility 1\.[12] - WCAG 2\.[0-2] Level A{1,3}")
_OLD_CONFORMS = re.compile(
    r"https?://www\.idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-(a|aa|aaa)"
)
_EXEMPTIONS = frozenset(
    f"eaa-{why}"
    for why in ("disproportionate-burden", "fundamental-alteration", "microenterprise")
)
_MARKERS = frozenset({"pageBreakMarkers", "printPageNumbers"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """what: as in "how it is read"
    values: that it may have; empty where it is prose
    """

    what: str
    example: str
    values: frozenset[str] = frozenset()


_CLAIMS: Mapping[str, _Claim] = {
    "accessMode": _Claim("by which senses it is read", "textual", _MODES),
    "accessibilityFeature": _Claim(
        "what helps to read it", "tableOfContents", _FEATURES
    ),
    "accessibilityHazard": _Claim("whether it holds dangers", "none", _HAZARDS),
    "accessModeSufficient": _Claim("which senses are enough", "textual", _SENSES),
    "accessibilitySummary": _Claim("how it can be read, in a sentence", "…"),
}


def check_claims(
    package: Package, *, has_pages: bool, has_marks: bool
) -> Iterator[Problem]:
    """has_pages, has_marks: what the book has of print, a list and marks in the text"""
    root = package.document.root
    if not package.is_epub_2 and not root.get("xml:lang"):
        message = "the language of the metadata is not said"
        hint = f'write xml:lang="{shown(package.language())}" on <package>'
        yield warn(package.at(), "epub-lang", message, hint)
    for name, claim in _CLAIMS.items():
        yield from _claimed(package, name, claim)
    yield from _together(package)
    yield from _conformance(package)
    features = set(package.values("schema:accessibilityFeature"))
    if "pageNavigation" in features and not has_pages:
        message = "it claims `pageNavigation` and has no list of pages"
        yield warn(package.at(), "epub-claim-pages", message, _UNCLAIM)
    if features & _MARKERS and not has_marks:
        message = "it claims marks of pages and has none"
        yield warn(package.at(), "epub-claim-pages", message, _UNCLAIM)


_UNCLAIM = "take the claim away"


def _claimed(package: Package, name: str, claim: _Claim) -> Iterator[Problem]:
    found = [pair for pair in package.stated(f"schema:{name}") if pair[1]]
    if not found:
        message = f"it is not said {claim.what}"
        hint = f'write <meta property="schema:{name}">{claim.example}</meta>'
        yield warn(package.at(), "epub-claim-missing", message, hint)
    for element, value in found if claim.values else ():
        words = value.split(",") if name == "accessModeSufficient" else [value]
        for word in words:
            if word.strip() not in claim.values:
                message = f"`{shown(word)}` is no value of {name}"
                yield warn(package.at(element), "epub-claim-invalid", message)


def _together(package: Package) -> Iterator[Problem]:
    """Values that contradict each other."""
    for name in ("accessibilityFeature", "accessibilityHazard"):
        values = set(package.values(f"schema:{name}"))
        alone = values & {"none", "unknown"}
        pairs = [values & danger for danger in _DANGERS.values()]
        clash = next((pair for pair in pairs if len(pair) > 1), set())
        if (alone and len(values) > 1) or (clash and name == "accessibilityHazard"):
            said = " and ".join(f"`{shown(v)}`" for v in sorted(clash or values))
            message = f"{said} contradict each other"
            yield warn(package.at(), "epub-claim-invalid", message)


def _conformance(package: Package) -> Iterator[Problem]:
    for element, value in package.stated("dcterms:conformsTo"):
        if value.startswith(("EPUB Accessibility", "http://www.idpf.org/epub/a11y")):
            if not (_CONFORMS.fullmatch(value) or _OLD_CONFORMS.fullmatch(value)):
                message = f"`{shown(value)}` is no standard that a book conforms to"
                hint = "write EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
                yield warn(package.at(element), "epub-claim-invalid", message, hint)
            elif not _is_certified(package, element.get("id")):
                message = "it claims to be accessible, and nobody vouches for it"
                hint = 'name who found it so: <meta property="a11y:certifiedBy" …>'
                yield warn(package.at(element), "epub-certifier", message, hint)
    for element, value in package.stated("a11y:exemption"):
        if value not in _EXEMPTIONS:
            message = f"`{shown(value)}` is no exemption that the law knows"
            yield warn(package.at(element), "epub-claim-invalid", message)


def _is_certified(package: Package, name: str) -> bool:
    for meta in package.document.named("opf:meta"):
        if _certifies(meta, name) and package.text(meta):
            return True
        if meta.get("name") == "a11y:certifiedBy" and meta.get("content"):
            return True
    return False


def _certifies(meta: Element, name: str) -> bool:
    # Old books say it of the whole book.
    return meta.get("property") == "a11y:certifiedBy" and (
        meta.get("refines") in {"", f"#{name}"}
    )
