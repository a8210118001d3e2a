"""What an element is, to a reading system and to who listens.

Words are those of the EPUB Structural Semantics Vocabulary 1.1, roles those of
DPUB-ARIA 1.1 and WAI-ARIA 1.2.
"""

from collections.abc import Mapping
from types import MappingProxyType

from publish.model import DivisionKind

# Words that have a role, and the role.
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        word: f"doc-{word}"
        for word in ("biblioref", "bibliography", "glossary", "glossref", "index")
    }
)
_NOTHING: Mapping[str, str] = MappingProxyType({})
# What warns is a notice; what stands beside the text is a note to WAI-ARIA.
_NOTICE = MappingProxyType({"epub:type": "notice", "role": "doc-notice"})
_ASIDE = MappingProxyType({"role": "note"})
_DIVISIONS: Mapping[DivisionKind, Mapping[str, str]] = MappingProxyType(
    {
        DivisionKind.EPIGRAPH: {"epub:type": "epigraph", "role": "doc-epigraph"},
        DivisionKind.DEDICATION: {"epub:type": "dedication", "role": "doc-dedication"},
        DivisionKind.PULL_QUOTE: {"epub:type": "pullquote", "role": "doc-pullquote"},
        DivisionKind.SIDEBAR: _ASIDE,
        DivisionKind.NOTE: _ASIDE,
        DivisionKind.TIP: {"epub:type": "tip", "role": "doc-tip"},
        DivisionKind.IMPORTANT: _NOTICE,
        DivisionKind.WARNING: _NOTICE,
        DivisionKind.CAUTION: _NOTICE,
        DivisionKind.EXAMPLE: {"role": "doc-example"},
    }
)


def meaning(word: str) -> Mapping[str, str]:
    """Attributes of an element that the vocabulary has a word for."""
    said = {"epub:type": word}
    return said | {"role": _ROLES[word]} if word in _ROLES else said


def meaning_of_division(kind: DivisionKind) -> Mapping[str, str]:
    """Attributes by which a division of the kind is known."""
    return _DIVISIONS.get(kind, _NOTHING)
