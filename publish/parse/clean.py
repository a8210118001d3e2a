"""Ids and addresses as an EPUB can hold them."""

import re
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import SplitResult, urlsplit

from publish.signs import clean_text

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Schemes with a host, and those without, that EPUBCheck 5.3 knows (HTM-025) and a
# reading system can do something sensible with.
_HOSTED = frozenset({"http", "https", "ftp"})
_HOSTLESS = frozenset(
    {"mailto", "tel", "urn", "news", "nntp", "irc", "xmpp", "sip", "sips"}
)

# What a URL must not hold as it stands (RFC 3986, WHATWG URL); letters of any script
# may stay. A percent sign needs two digits after it.
_REFUSED = re.compile(r'[\s"<>\\^`{|}\[\]\x00-\x1f\x7f-\x9f]|%(?![0-9A-Fa-f]{2})')

_LABEL = re.compile(r"[\w-]{1,63}")
_PORT_LIMIT = 65535
_USER = re.compile(r"[\w.~!$&'()*+,;=:%-]*")


def clean_id(text: str) -> str:
    """An id as HTML wants it: without white space. Fragments of links go this way too.

    Empty when nothing is left.
    """
    return "-".join(clean_text(text).split())


def clean_url(url: str) -> str | None:
    """An address that may stand in a link; None for one that may not.

    What is relative stays relative: whether it leads anywhere is not asked here.
    Cleaning twice changes nothing.
    """
    url = re.sub(r"[\t\n\r]", "", clean_text(url).strip())
    if url.startswith("\\\\"):
        return None
    if url.startswith("//"):
        url = f"https:{url}"
    scheme = _SCHEME.match(url)
    if scheme is None:
        return _escape(url.replace("\\", "/"))
    name = scheme.group(1).lower()
    rest = url[scheme.end() :]
    if name in _HOSTED:
        return _hosted(name, rest)
    if name in _HOSTLESS and rest:
        return f"{name}:{_escape(rest)}"
    return None


def is_unsafe(url: str) -> bool:
    """Whether *url* would run a program, or read a file of the reader's machine."""
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20\x7f]", "", url))
    name = scheme.group(1).lower() if scheme else ""
    return name in {"javascript", "vbscript", "data", "file"} or url.startswith("\\\\")


def _hosted(scheme: str, rest: str) -> str | None:
    """An address with a host, from what follows the scheme and its colon."""
    if not rest.startswith("//"):
        return None
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        fits = _is_authority(parts)
    except ValueError:  # brackets without a partner, a port that is no number
        return None
    if not fits:
        return None
    host_end = 2 + len(parts.netloc)
    return f"{scheme}:{rest[:host_end]}{_escape(rest[host_end:])}"


def _is_authority(parts: SplitResult) -> bool:
    user, at, _ = parts.netloc.rpartition("@")
    if at and not _USER.fullmatch(user):
        return False
    if parts.port is not None and parts.port > _PORT_LIMIT:
        return False
    return _is_host(parts.hostname or "")


def _is_host(host: str) -> bool:
    if ":" in host:
        try:
            IPv6Address(host)
        except AddressValueError:
            return False
        return "%" not in host
    if not all(map(_LABEL.fullmatch, host.removesuffix(".").split("."))):
        return False
    try:
        host.encode("idna").decode("idna")
    except UnicodeError:
        return False
    return True


def _escape(text: str) -> str:
    """Percent-encode what must not stand in a URL after its host."""
    before, mark, fragment = text.partition("#")
    return (
        _REFUSED.sub(_percent, before)
        + mark
        + _REFUSED.sub(_percent, fragment).replace("#", "%23")
    )


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())
