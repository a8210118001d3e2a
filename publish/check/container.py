"""Rules for the container (OCF): the zip, its names, and the way to the package."""

import re
import unicodedata
from collections.abc import Iterator

from publish.check.addresses import Target
from publish.check.archive import Archive, BrokenFileError
from publish.check.say import shown, warn
from publish.check.xml import BadXmlError, Document, parse_xml
from publish.problems import Problem, PublishError, Severity

_MIMETYPE = b"application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"
_STORED, _DEFLATED = 0, 8
# https://www.w3.org/TR/epub-33/#sec-container-filenames
_FORBIDDEN = re.compile(
    r'["*:<>?\\|\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]'
)
_LONGEST_NAME = 255
# They hide fonts a little; every reader of EPUB knows them.
_OBFUSCATIONS = frozenset(
    {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
)


def check_container(archive: Archive) -> Iterator[Problem]:
    yield from _mimetype(archive)
    yield from _names(archive)
    for name, info in archive.entries.items():
        if info.compress_type not in {_STORED, _DEFLATED}:
            message = "it is packed in a way that EPUB does not know"
            hint = "pack it again, with deflate"
            yield Problem(archive.at(name), "epub-packing", message, hint)


def _mimetype(archive: Archive) -> Iterator[Problem]:
    at = archive.at("mimetype")
    info = archive.entries.get("mimetype")
    hint = "zip it first, without compression: zip -X0 book.epub mimetype"
    if info is None:
        message = "there is no file `mimetype`, by which an EPUB is known"
        yield Problem(at, "epub-mimetype", message, hint)
        return
    if archive.zip.infolist()[0] is not info:
        message = "`mimetype` is not the first file of the zip"
        yield Problem(at, "epub-mimetype", message, hint)
    elif info.extra:
        message = "`mimetype` has an extra field in the zip"
        yield Problem(at, "epub-mimetype", message, hint)
    if info.compress_type != _STORED:
        message = "`mimetype` is compressed"
        yield Problem(at, "epub-mimetype", message, hint)
    if _start(archive, "mimetype", 40) != _MIMETYPE:
        message = f"`mimetype` does not hold `{_MIMETYPE.decode()}` and nothing else"
        hint = "no blank and no end of line may follow"
        yield Problem(at, "epub-mimetype", message, hint)


def _start(archive: Archive, name: str, length: int) -> bytes:
    try:
        return archive.head(name, length)
    except BrokenFileError:
        return b""


def _names(archive: Archive) -> Iterator[Problem]:
    for name in archive.doubled:
        message = f"there are two files `{shown(name)}`"
        yield Problem(archive.at(name), "epub-doubled-name", message)
    seen: dict[str, str] = {}
    for name in archive.entries:
        key = unicodedata.normalize("NFC", name).casefold()
        if (other := seen.setdefault(key, name)) != name:
            message = f"its name differs from `{shown(other)}` by capitals alone"
            hint = "many systems take both for one file: rename one"
            yield Problem(archive.at(name), "epub-doubled-name", message, hint)
        yield from _name(archive, name)


def _name(archive: Archive, name: str) -> Iterator[Problem]:
    at, hint = archive.at(name), "use small letters, digits, hyphens and full stops"
    if Target(name).is_outside or "/../" in name:
        message = "its name leads out of the EPUB"
        yield Problem(at, "epub-bad-name", message, hint)
    elif found := _FORBIDDEN.search(name):
        message = f"a name in an EPUB must not hold `{shown(found[0])}`"
        yield Problem(at, "epub-bad-name", message, hint)
    elif any(part.endswith(".") for part in name.split("/")):
        message = "a name in an EPUB must not end in a full stop"
        yield Problem(at, "epub-bad-name", message, hint)
    elif any(len(part.encode()) > _LONGEST_NAME for part in name.split("/")):
        message = f"its name is longer than {_LONGEST_NAME} bytes"
        yield Problem(at, "epub-bad-name", message, hint)
    elif re.search(r"\s", name):
        yield warn(at, "epub-odd-name", "its name has a blank in it", hint)


def find_package(archive: Archive) -> tuple[str, Document]:
    """The package document and its name. Raises PublishError: without it there is
    nothing more to look at.
    """
    if _CONTAINER not in archive.entries:
        hint = "an EPUB names its package document there"
        raise _stop(archive, "", f"there is no file `{_CONTAINER}`", hint)
    container = _parsed(archive, _CONTAINER)
    roots = [
        root
        for root in container.named("ocf:rootfile")
        if root.get("media-type") == _PACKAGE_TYPE
    ]
    if not roots or not (name := roots[0].get("full-path")):
        hint = f"write <rootfile full-path=… media-type={_PACKAGE_TYPE!r}/>"
        raise _stop(archive, _CONTAINER, "no package document is named", hint)
    if name not in archive.entries:
        message = f"the package document `{shown(name)}` is not there"
        raise _stop(archive, _CONTAINER, message)
    package = _parsed(archive, name)
    if package.root.name != "opf:package":
        message = "this is no package document of an EPUB"
        raise _stop(archive, name, message)
    return name, package


def _stop(archive: Archive, name: str, message: str, hint: str = "") -> PublishError:
    return PublishError([Problem(archive.at(name), "epub-container", message, hint)])


def _parsed(archive: Archive, name: str) -> Document:
    try:
        return parse_xml(archive.read(name))
    except BrokenFileError as error:
        message = f"it cannot be read: {error}"
        problem = Problem(archive.at(name), "epub-broken", message)
    except BadXmlError as error:
        at = archive.at(name, error.line, error.column)
        problem = Problem(at, "epub-xml", f"it cannot be read as XML: {error}")
    raise PublishError([problem])


def find_encrypted(archive: Archive) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """The files that cannot be read without a key, and what there is to say of it."""
    if _ENCRYPTION not in archive.entries:
        return frozenset(), ()
    at = archive.at(_ENCRYPTION)
    try:
        document = _parsed(archive, _ENCRYPTION)
    except PublishError as error:
        return frozenset(), error.problems
    locked, hidden = set(), 0
    for data in document.named("enc:EncryptedData"):
        below = document.inside(data)
        methods = [e.get("Algorithm") for e in below if e.parent is data]
        names = {e.get("URI") for e in below if e.name == "enc:CipherReference"}
        if _OBFUSCATIONS.intersection(methods):
            hidden += len(names)
        locked |= names
    if len(locked) > hidden:
        message = f"{len(locked) - hidden} files are encrypted and cannot be checked"
        hint = "a copy protection; check the book before it is put on"
        return frozenset(locked), (warn(at, "epub-encrypted", message, hint),)
    message = f"{hidden} fonts are obfuscated, which EPUB 3.4 calls outdated"
    hint = "embed fonts as they are, where their licence allows it"
    note = Problem(at, "epub-obfuscated", message, hint, Severity.NOTE)
    return frozenset(locked), (note,) if hidden else ()
