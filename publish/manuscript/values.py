"""What a text can say of its own book by a name: `{{< meta title >}}`."""

from publish.model import Metadata


def values_of(metadata: Metadata) -> tuple[tuple[str, str], ...]:
    """(name, words) of all that is known; the names are those of `[book]`."""
    series = metadata.series
    said = {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "author": ", ".join(metadata.authors),
        "language": metadata.language,
        "publisher": metadata.publisher,
        "rights": metadata.rights,
        "description": metadata.description,
        "date": metadata.published,
        "year": metadata.published[:_YEAR],
        "series": series.name if series else "",
        "identifier": metadata.identifier,
    }
    return tuple((name, words) for name, words in said.items() if words)


_YEAR = 4
