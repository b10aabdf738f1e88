"""The newest catalogue, brought by the user's own npm: with the registry, the proxy and the rights set up for it.

Never with those that a project sets up: its ``.npmrc`` may name any registry and hand it the user's secrets, and what
comes is kept for all projects. So npm runs in an empty folder, without what an npm that runs us says of its project.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tarfile
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path

from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..programs import find_program, run_program
from .catalogue_locations import PACKAGE
from .fields import mapping

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]*")
_PATIENCE = 300  # seconds; npm tries again by itself when a connection fails
_LARGEST = 32 * 1024 * 1024  # of a file in the package; providers.yaml is not near a thirtieth of it
_LARGEST_PACKAGE = 256 * 1024 * 1024  # unpacked
_NO_REASON = re.compile(r"code |errno |syscall |A complete log|npm (?:warn|http|notice)")
_RUN_BY_NPM = ("npm_execpath", "npm_lifecycle_event", "npm_command", "npm_config_user_agent")
_ASKED = re.compile(
    r"(?P<scheme>https?://)(?:[^/@\s]*@)?(?P<rest>[^\s?#@]*/)" + PACKAGE.replace("/", "(?:/|%2f)"),
    re.IGNORECASE,
)


@frozen
class Package:
    """A version of the package of providers.

    Args:
        version: as its own package.json says.
        text: its providers.yaml.
        origin: the registry it came from, as npm names it, without credentials; '' when npm does not say.
    """

    version: str
    text: str
    origin: str = ""


def bring(version: str) -> Package:
    """Bring a version of the package, or what has a tag such as ``latest``.

    Raises:
        AnswersError: `version` is none.
        ProjectError: npm is not there or fails, or what it brought is not the package.
    """
    if not _VERSION.fullmatch(version):
        raise AnswersError(
            f"{version[:80]!r} is not a version", where="--version", fix="accepted: 0.71.10, or a tag: latest"
        )
    npm = find_program("npm")
    if npm is None:
        raise _failed("npm is not installed, or not on the PATH", "install Node.js, which comes with npm")
    with tempfile.TemporaryDirectory(prefix="nango-scaffold-") as name:
        folder = Path(name)
        # npm takes the nearest folder with a package.json for its project, and reads the .npmrc there.
        (folder / "package.json").write_text("{}", "utf-8")
        log = _pack(npm, f"{PACKAGE}@{version}", folder)
        # npm names the file after the package and its version, which a tag does not tell.
        packed = list(folder.glob("*.tgz"))
        if len(packed) != 1:
            raise _failed("npm downloaded no package", f"try it by hand: npm pack {PACKAGE}@{version}")
        return replace(unpacked(packed[0]), origin=_registry(log))


def unpacked(path: Path) -> Package:
    """The catalogue in a packed package. Nothing is unpacked to disk: two files are read, whatever else there is.

    Raises:
        ProjectError: it is no package of providers, or larger than one can be.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            files = _members(archive)
        version = str(mapping(json.loads(files["package.json"].decode()))["version"])
        if not _VERSION.fullmatch(version):
            raise ValueError("its version is none")
        return Package(version, files["providers.yaml"].decode("utf-8-sig"))
    except (tarfile.TarError, zlib.error, OSError, EOFError, ValueError, KeyError) as error:
        raise _failed(f"what npm downloaded is not {PACKAGE} ({error})", "name another --version") from None


def _members(archive: tarfile.TarFile) -> dict[str, bytes]:
    """The two files we read, by name: right below the package's one folder."""
    files, total = {}, 0
    for member in archive:
        # To get to the next member is to unpack this one, of whatever size a hostile archive makes it.
        total += member.size
        if total > _LARGEST_PACKAGE:
            raise ValueError("it is too large")
        folder, _, name = member.name.partition("/")
        if folder and name in ("package.json", "providers.yaml") and member.isreg():
            if member.size > _LARGEST:
                raise ValueError(f"{name} is too large")
            file = archive.extractfile(member)
            files[name] = file.read() if file else b""
    return files


def _pack(npm: str, spec: str, folder: Path) -> str:
    """Let npm put a package into the folder; what it says of that."""
    # At this level npm says which registry it asks.
    options = ["--ignore-scripts", "--no-workspaces", "--no-color", "--loglevel=http"]
    process = _run([npm, "pack", spec, *options], folder)
    log = process.stderr.decode(errors="replace")
    if process.returncode:
        by_hand = f"try it by hand, in an empty folder: npm pack {spec}"
        raise _failed(f"npm failed: {_reason(log)}", by_hand)
    return log


def _registry(log: str) -> str:
    """The registry that npm asked for the package, by what it logs; '' when it does not say."""
    request = _ASKED.search(log)
    return f"{request['scheme']}{request['rest']}" if request else ""


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    try:
        return run_program(command, folder, _environment(), _PATIENCE)
    except subprocess.TimeoutExpired:
        raise _failed(f"npm did not end within {_PATIENCE} s", "try again, or look at its network") from None
    except OSError as error:
        raise _failed(f"npm cannot be started: {error.strerror}", "") from None


def _environment() -> dict[str, str]:
    """The user's own settings of npm; without those of an npm that runs us, which knows the project's.

    Corepack would look for a package.json that says which npm to use.
    """
    inherited = any(name in os.environ for name in _RUN_BY_NPM)
    settings = {key: value for key, value in os.environ.items() if not (inherited and key.startswith("npm_"))}
    return {**settings, "COREPACK_ENABLE_PROJECT_SPEC": "0"}


def _reason(stderr: str) -> str:
    """Why npm failed, on one line: the first that is more than a code."""
    messages = [re.sub(r"^npm (?:error|ERR!)\s*", "", line).strip() for line in stderr.splitlines()]
    for message in messages:
        if message and not _NO_REASON.match(message):
            return re.sub(r"^(?:notarget|network|\d{3}) ", "", message)[:300]
    return "it gave no reason"


def _failed(what: str, fix: str) -> ProjectError:
    return ProjectError(what, where="providers refresh", fix=f"{fix}\n  Nothing was changed.".lstrip("\n "))
