"""The newest catalogue, brought by the user's own npm: with the registry, the proxy and the rights set up for it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path

from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from .fields import mapping
from .places import PACKAGE

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]*")
_PATIENCE = 300  # seconds; npm tries again by itself when a connection fails
_LARGEST = 32 * 1024 * 1024  # of a file in the package; providers.yaml is not near a thirtieth of it
_LARGEST_PACKAGE = 256 * 1024 * 1024  # unpacked


@frozen
class Package:
    """A version of the package of providers.

    Args:
        version: as its own package.json says.
        text: its providers.yaml.
    """

    version: str
    text: str


def bring(version: str, folder: Path) -> Package:
    """Bring a version of the package.

    Args:
        version: a version, or a tag such as ``latest``.
        folder: where npm is run: the ``.npmrc`` of a project counts too.

    Raises:
        AnswersError: `version` is none.
        ProjectError: npm is not there or fails, or what it brought is not the package.
    """
    if not _VERSION.fullmatch(version):
        raise AnswersError(
            f"{version[:80]!r} is not a version", where="--version", fix="accepted: 0.71.10, or a tag: latest"
        )
    npm = shutil.which("npm")
    if npm is None:
        raise _failed("npm is not installed, or not on the PATH", "install Node.js, which comes with npm")
    with tempfile.TemporaryDirectory(prefix="nango-scaffold-") as target:
        _pack(npm, f"{PACKAGE}@{version}", Path(target), folder if folder.is_dir() else Path(target))
        packed = list(Path(target).glob("*.tgz"))
        if len(packed) != 1:
            raise _failed("npm brought no package", f"try it by hand: npm pack {PACKAGE}@{version}")
        return unpacked(packed[0])


def unpacked(path: Path) -> Package:
    """The catalogue in a packed package. Nothing is unpacked to disk: two files are read, whatever else there is.

    Raises:
        ProjectError: it is no package of providers, or larger than one can be.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            found = _members(archive)
        version = str(mapping(json.loads(found["package.json"].decode()))["version"])
        if not _VERSION.fullmatch(version):
            raise ValueError("its version is none")
        return Package(version, found["providers.yaml"].decode("utf-8-sig"))
    except (tarfile.TarError, zlib.error, OSError, EOFError, ValueError, KeyError) as error:
        raise _failed(f"what npm brought is not {PACKAGE} ({error})", "name another --version") from None


def _members(archive: tarfile.TarFile) -> dict[str, bytes]:
    """The two files we read, by name: right below the package's one folder."""
    found, total = {}, 0
    for member in archive:
        total += member.size
        if total > _LARGEST_PACKAGE:
            raise ValueError("it is too large")
        folder, _, name = member.name.partition("/")
        if folder and name in ("package.json", "providers.yaml") and member.isreg():
            if member.size > _LARGEST:
                raise ValueError(f"{name} is too large")
            file = archive.extractfile(member)
            found[name] = file.read() if file else b""
    return found


def _pack(npm: str, spec: str, target: Path, folder: Path) -> None:
    command = [npm, "pack", spec, "--pack-destination", str(target), "--ignore-scripts", "--loglevel=error"]
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise _failed(f"npm did not end within {_PATIENCE} s", "try again, or look at its network") from None
    except OSError as error:
        raise _failed(f"npm cannot be started: {error.strerror}", "") from None
    if done.returncode:
        reason = _reason(done.stderr.decode(errors="replace"))
        raise _failed(f"npm failed: {reason}", f"try it by hand: npm pack {spec}")


def _reason(stderr: str) -> str:
    """Why npm failed, on one line: the first that is more than a code."""
    said = [re.sub(r"^npm (?:error|ERR!)\s*", "", line).strip() for line in stderr.splitlines()]
    told = [
        line for line in said if line and not re.match(r"code |errno |syscall |A complete log|npm warn", line)
    ]
    return re.sub(r"^(?:notarget|network|\d{3}) ", "", told[0])[:300] if told else "it gave no reason"


def _failed(what: str, fix: str) -> ProjectError:
    return ProjectError(what, where="providers refresh", fix=f"{fix}\n  Nothing was changed.".lstrip("\n "))
