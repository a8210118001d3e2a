"""Rules for the pages of print: each mark is listed, and the print edition is named."""

from collections.abc import Iterator, Mapping

from publish.check.navigation import Navigation
from publish.check.package import Package
from publish.check.say import shown, warn
from publish.check.trace import Trace
from publish.problems import Problem


def check_pages(
    package: Package, navigation: Navigation, traces: Mapping[str, Trace]
) -> Iterator[Problem]:
    yield from _source(package, navigation)
    listed = {entry.target for entry in navigation.pages}
    marks = {
        (path, mark.anchor)
        for path, trace in traces.items()
        for mark in trace.breaks
        if mark.anchor
    }
    for entry in navigation.pages:
        found = entry.target
        if found is None:
            continue
        is_mark = (found.path, found.fragment) in marks
        if found.path not in package.spine or (
            found.fragment and not is_mark and not package.is_fixed
        ):
            message = f"page {shown(entry.label)} leads to no mark of a page"
            hint = 'give the mark epub:type="pagebreak" and role="doc-pagebreak"'
            yield warn(entry.at, "epub-pagelist-broken", message, hint)
    if not package.is_fixed:
        pairs = {(found.path, found.fragment) for found in listed if found}
        yield from _unlisted(package, traces, pairs)


def _unlisted(
    package: Package, traces: Mapping[str, Trace], listed: set[tuple[str, str]]
) -> Iterator[Problem]:
    for path, trace in traces.items():
        if path not in package.spine:
            continue
        for mark in trace.breaks:
            if (path, mark.anchor) not in listed:
                message = "a page begins here that the list of pages has not"
                hint = "add it to the page-list of the navigation document"
                yield warn(mark.at, "epub-pagelist-missing-pagebreak", message, hint)


def _source(package: Package, navigation: Navigation) -> Iterator[Problem]:
    if not navigation.has_pages or package.is_fixed:
        return
    sources = [e for e in package.document.named("dc:source") if package.text(e)]
    if not sources and not any(package.values("pageBreakSource")):
        message = "there is a list of pages; the edition they are of is not named"
        hint = 'write <meta property="pageBreakSource">urn:isbn:…</meta>'
        yield warn(package.at(), "epub-pagesource", message, hint)
