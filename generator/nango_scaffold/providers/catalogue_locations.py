"""Which catalogues there are and where they lie. Nothing is parsed here, so it is quick to import."""

from __future__ import annotations

import io
import os
import re
from binascii import crc32
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from ..frozen import frozen
from ..regular_file import read_json, read_regular
from . import cache
from .errors import CatalogueError, as_answer

PACKAGE = "@nangohq/providers"
REFRESHED = "providers.yaml"
"""The catalogue that `providers refresh` brought, in the user's cache folder."""

_VERSION = r"[0-9A-Za-z][0-9A-Za-z.+-]{0,80}"
RESOURCES = Path(__file__).with_name("resources")
"""The catalogue of known resources, a file a provider; see `known_resources`."""

_EMBEDDED = Path(__file__).with_name("embedded.yaml")
_STAMP = rf"# {re.escape(PACKAGE)} (\S+) (\d+)(?: (\S+))?\n"
"""Its version, the checksum of all that follows, and where it came from."""


@frozen
class Catalogue:
    """One file of providers.

    Args:
        text: what it holds.
        place: what to call it in messages; no part of it depends on the machine.
        path: where it lies.
        kind: one a person named; the project's; our copy of the newest; our own file, in our own schema.
        origin: the registry that a refreshed one came from, without credentials; '' for others, or when unknown.
    """

    text: str
    place: str
    path: Path
    kind: Literal["named", "project", "refreshed", "embedded"]
    origin: str = ""

    @property
    def is_embedded(self) -> bool:
        """Whether it is our own file, in our own schema."""
        return self.kind == "embedded"

    @property
    def is_refreshed(self) -> bool:
        """Whether it is the copy that `providers refresh` brought."""
        return self.kind == "refreshed"


def open_catalogues(providers_path: Path | None = None, project: Path | None = None) -> list[Catalogue]:
    """The catalogues to ask, in that order; see `sources.find`.

    Raises:
        AnswersError: the file at `providers_path` cannot be read.
        ProjectError: the project's providers.yaml cannot be read.
    """
    if providers_path is not None:
        try:
            place = f"{providers_path.name} (--providers)"
            return [Catalogue(_read(providers_path), place, providers_path, "named")]
        except CatalogueError as error:
            raise as_answer(error) from None
    catalogues: list[Catalogue] = []
    if project is not None and (path := project_catalogue(project)) is not None:
        place = f"providers.yaml (node_modules, {_version(path)})"
        catalogues.append(Catalogue(_read(path), place, path, "project"))
    if (newest := refreshed()) is not None:
        catalogues.append(newest)
    return [*catalogues, embedded()]


@lru_cache(maxsize=8)
def resources_text(key: str) -> str:
    """What the file of a provider's known resources holds; '' where there is none."""
    try:
        return (RESOURCES / f"{key}.yaml").read_text(encoding="utf-8")
    except OSError:
        return ""


@lru_cache(maxsize=1)
def embedded() -> Catalogue:
    """Our own facts about popular providers, for projects without node_modules."""
    return Catalogue(_EMBEDDED.read_text("utf-8"), "embedded", _EMBEDDED, "embedded")


def refreshed() -> Catalogue | None:
    """The catalogue that `providers refresh` brought; None when there is none, or it is not as we wrote it."""
    text = cache.read(REFRESHED)
    if text is None:
        return None
    stamp = re.match(_STAMP, text)
    # One that somebody edited or a full disk cut short would be the source of facts nobody can account for.
    if stamp is None or crc32(text[stamp.end() :].encode()) != int(stamp[2]):
        return None
    path = Path(cache.folder(), REFRESHED)
    return Catalogue(text, f"providers.yaml (refreshed, {stamp[1]})", path, "refreshed", stamp[3] or "")


def write_refreshed(text: str, version: str, origin: str = "") -> Path:
    """Make a catalogue the refreshed one.

    Raises:
        OSError: it cannot be written; the former one stays then.
    """
    stamp = f"# {PACKAGE} {version} {crc32(text.encode())} {origin}".rstrip()
    return cache.write(REFRESHED, f"{stamp}\n{text}")


def version_of(catalogue: Catalogue | None) -> str:
    """The version a catalogue's place tells; '' when it tells none."""
    match = re.search(r", (\S+)\)$", catalogue.place) if catalogue else None
    return match[1] if match else ""


def project_catalogue(project: Path) -> Path | None:
    """The providers.yaml of the Nango CLI that a project uses, found as Node would; None when there is none.

    Node looks in the ``node_modules`` of a folder and of each folder above it, and for what a package needs it
    starts at the package's real place, so nested copies and pnpm's links are found the same way.
    """
    start = os.path.abspath(project / "nango-integrations")
    package = os.path.join(*PACKAGE.split("/"))
    cli = _resolve(start, "nango")
    package_folder = (cli and _resolve(cli, package)) or _resolve(start, package)
    path = os.path.join(package_folder, "providers.yaml") if package_folder else ""
    return Path(path) if os.path.exists(path) else None


def _resolve(start: str, package: str) -> str | None:
    """The real folder of a package as seen from the folder `start`."""
    folder = start
    while True:
        candidate = os.path.join(folder, "node_modules", package)
        if os.path.isdir(candidate):
            return os.path.realpath(candidate)
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return None


def _version(path: Path) -> str:
    """The version of the package around a providers.yaml, for messages."""
    version = read_json(path.with_name("package.json")).get("version")
    if isinstance(version, str) and re.fullmatch(_VERSION, version):
        return version
    return "unknown version"


_UNREADABLE = "name a providers.yaml that can be read, or install the packages of the project again"


def _read(path: Path) -> str:
    """A catalogue's text, its line ends all alike and without a byte order mark."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise CatalogueError("not a regular file", where=str(path), fix=_UNREADABLE)
        return _text_of(path, (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino))
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", where=str(path), fix=_UNREADABLE) from None
    except ValueError:
        raise CatalogueError("is not UTF-8 text", where=str(path), fix=_UNREADABLE) from None


@lru_cache(maxsize=2)
def _text_of(path: Path, state: tuple[int, ...]) -> str:
    """What a file in some state holds: a batch asks one file hundreds of times."""
    return io.StringIO(read_regular(path).decode("utf-8-sig"), newline=None).read()
