"""The order of a folder for which nobody wrote one."""

import math
import re
from collections.abc import Callable, Iterator

from publish.manuscript.folder import Folder, natural_key, stem
from publish.manuscript.listing import Entry, Listing
from publish.manuscript.page import Page
from publish.manuscript.roles import role_of_name
from publish.model import MATTER, Matter, Role
from publish.problems import Problem, Severity

# Files about a project and not of its text.
_ABOUT = frozenset(
    ("license", "licence", "contributing", "changelog", "code_of_conduct")
)
_ABOUT_TOO = frozenset(("code-of-conduct", "robots", "requirements", "cmakelists"))

# Roles that open and close the body where files are not numbered.
_OPENING = (Role.INTRODUCTION, Role.PROLOGUE)
_CLOSING = (Role.CONCLUSION, Role.EPILOGUE)


def natural_order(folder: Folder, page: Callable[[str], Page]) -> Listing:
    """Every file in natural order of the paths, unless front matter gives an order.

    README or index comes first; a preface or an appendix without a number goes where
    such a thing stands in a book.
    """
    files = [file for file in folder.files if not is_about(file)]
    left = [*(file for file in folder.files if is_about(file)), *folder.hidden]
    problems = tuple(_left_out(folder, left))
    orders = {file: _order(page(file)) for file in files}
    if any(order < math.inf for order in orders.values()):
        files.sort(key=lambda file: _nested_key(page(file), orders))
    else:
        ranks = {file: _rank(page(file)) for file in files}
        files.sort(key=ranks.__getitem__)
        problems += tuple(_assumed(folder, files))
    front = any(_role(page(file)) in _FRONT for file in files[1:])
    return Listing(
        entries=tuple(
            Entry(
                name=file,
                at=folder.at(file),
                matter=Matter.FRONT if front and _is_first(page(file)) else None,
            )
            for file in files
        ),
        problems=problems,
    )


_FRONT = frozenset(role for role, matter in MATTER.items() if matter is Matter.FRONT)


def is_about(file: str) -> bool:
    name = stem(file).casefold()
    if file.lower().endswith(".txt") and name in _ABOUT_TOO:
        return True
    return name in _ABOUT or name == "code-of-conduct"


def _is_first(page: Page) -> bool:
    return speaks_for_all(page) and "/" not in page.file


def speaks_for_all(page: Page) -> bool:
    """Whether it is what a reader of the folder opens first, and not an index of
    words."""
    named = stem(page.file).casefold() in ("readme", "index")
    return named and page.role is not Role.INDEX


def _role(page: Page) -> Role | None:
    return page.role or role_of_name(page.file)


def _rank(page: Page) -> tuple[int, int]:
    """Where a file goes that its author did not number: front, body or back."""
    role = _role(page)
    if _is_first(page):
        return (-1, 0)
    # A number, or a folder, is the author's own order, but a role that is said is said
    # on purpose.
    numbered = re.match(r"\d", page.file)
    if role is None or (numbered and page.role is None) or "/" in page.file:
        return (2, 0)
    place = 0 if numbered else tuple(Role).index(role)
    if role in _OPENING:
        return (1, place)
    if role in _CLOSING:
        return (3, place)
    match MATTER.get(role):
        case Matter.FRONT:
            return (0, place)
        case Matter.BACK:
            return (4, place)
        case _:
            return (2, 0)


def _order(page: Page) -> float:
    try:
        order = float(page.settings.text("nav_order", "order"))
    except ValueError:
        return math.inf
    return order if math.isfinite(order) else math.inf


def _nested_key(page: Page, orders: dict[str, float]) -> tuple[object, ...]:
    """Orders hold within a folder; a folder has that of its README or index."""
    file = page.file
    folders = file.split("/")[:-1]
    prefixes = ["/".join(folders[: n + 1]) for n in range(len(folders))]
    steps = [
        (_folder_order(prefix, orders), natural_key(prefix)) for prefix in prefixes
    ]
    first = speaks_for_all(page)
    own = orders[file]
    # The number of README or index is that of its folder, or there is none. Then it
    # stays first, as the others come last.
    if first and (steps or own == math.inf):
        own = -math.inf
    return (*steps, (own, natural_key(file)))


def _folder_order(prefix: str, orders: dict[str, float]) -> float:
    names = (f"{prefix}/index.md", f"{prefix}/README.md", f"{prefix}.md")
    return next((orders[name] for name in names if name in orders), math.inf)


def _left_out(folder: Folder, files: list[str]) -> Iterator[Problem]:
    if files:
        yield Problem(
            folder.at(""),
            "left-out",
            f"left out: {some(files)}",
            "name a file under [contents] in book.toml to have it in the book",
            Severity.NOTE,
        )


def _assumed(folder: Folder, files: list[str]) -> Iterator[Problem]:
    if len(files) > 1:
        yield Problem(
            folder.at(""),
            "assumed-order",
            f"no order was given: {len(files)} files in the order of their names,"
            f" {files[0]} first",
            severity=Severity.NOTE,
        )


def some(names: list[str], most: int = 12) -> str:
    """A list for people: the first few names, and how many more."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
