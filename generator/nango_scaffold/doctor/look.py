"""Look at a project and the machine: the one module of this room that reads files and starts programs.

What can be read from a package.json is: to start the CLI takes a second or more.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..commit import is_unfinished, read
from ..errors import ProjectError
from ..naming.reserved import INTEGRATION_NAME
from ..operations.manifests import manifest_path, read_manifest
from ..programs import find_program
from ..providers.catalogue_locations import open_catalogues
from ..regular_file import read_json, read_regular
from ..render.paths import YAML
from .surroundings import NangoYaml, Package, Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..operations import Reader
    from ..project import NangoProject
    from ..providers.catalogue_locations import Catalogue

PACKAGES = ("nango", "@nangohq/node", "zod", "ts-to-zod")
_PATIENCE = 10  # seconds, for a program that should answer at once

# An integration that no project has: what keeps it from being added would keep any other.
_REHEARSAL = nango_yaml.Block(
    "nango-scaffold-doctor",
    actions={"look": {"description": "Look.", "endpoint": {"method": "GET", "path": "/look"}}},
)


def look_around(project: NangoProject) -> Surroundings:
    """See what is there."""
    root, folder = Path(project.root), Path(project.location)
    reader = project.layout.reading(partial(read, root))
    yaml, names = _nango_yaml(reader)
    count, broken = _manifests(project, reader, names)
    return Surroundings(
        project=project,
        python=sys.version_info[:3],
        git=_version("git"),
        node=_version("node"),
        client=_client(project.package_manager.name),
        packages=tuple(_packages(folder)),
        has_tsconfig=(root / "tsconfig.json").is_file() or "tsconfig.json" in project.layout.elsewhere,
        catalogue=_catalogues(Path(project.seeks_providers_from)),
        nango_yaml=yaml,
        bare_records=tuple(_bare_records(folder)),
        is_unfinished=is_unfinished(root),
        manifests=count,
        broken_manifests=broken,
        platform=sys.platform,
        installer=next((name for name in ("uv", "pipx") if find_program(name)), ""),
        origin=_origin(),
    )


def _origin() -> str:
    """Where this installation came from, as an installer takes it: an address, or the clone that it lies in."""
    # The file is missing for what came from an index, and an installer may have written anything into it.
    with suppress(PackageNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        direct = json.loads(distribution("nango-scaffold").read_text("direct_url.json") or "")
        url = str(direct["url"])
        if not url.startswith("file:"):
            return f"{direct['vcs_info']['vcs']}+{url}" if "vcs_info" in direct else url
    return "."


def _version(program: str) -> str | None:
    """What ``PROGRAM --version`` says; None when there is none that answers."""
    path = find_program(program)
    if path is None:
        return None
    try:
        process = subprocess.run(
            [path, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    # `git version 2.43.0`, `v20.11.0`: the words around the number differ.
    match = re.search(r"\d+(\.\d+)+", process.stdout)
    return match[0] if match else None


def _client(name: str) -> str | None:
    """The version of a package manager."""
    return _npm() if name == "npm" else _version(name)


def _npm() -> str | None:
    """The version of npm from its own package.json, for it is slow to start."""
    path = find_program("npm")
    if path is None:
        return None
    for folder in Path(os.path.realpath(path)).parents:
        data = read_json(folder / "package.json")
        if data.get("name") == "npm":
            return str(data.get("version", "there"))
    return "there"


def _packages(start: Path) -> Iterator[tuple[str, Package]]:
    """The packages as Node finds them: in the ``node_modules`` of a folder, or of one above it."""
    above = [folder / "node_modules" for folder in (start.absolute(), *start.absolute().parents)]
    for name in PACKAGES:
        manifests = (read_json(folder / name / "package.json") for folder in above)
        data = next(filter(None, manifests), None)
        if data:
            engines = data.get("engines")
            node = str(engines.get("node", "")) if isinstance(engines, dict) else ""
            yield name, Package(str(data.get("version", "")), node)


def _catalogues(project: Path) -> tuple[str, ...]:
    try:
        return tuple(_place(catalogue) for catalogue in open_catalogues(None, project))
    except ProjectError as error:
        return (f"{error.where}: {error.what}",)


def _place(catalogue: Catalogue) -> str:
    return f"{catalogue.place}, from {catalogue.origin}" if catalogue.origin else catalogue.place


def _nango_yaml(reader: Reader) -> tuple[NangoYaml | None, tuple[str, ...]]:
    """The project's nango.yaml, and the integrations in it."""
    try:
        data = reader([YAML])[YAML]
        if data is None:
            return None, ()
        text = nango_yaml.decode(data)
        names = tuple(map(str, nango_yaml.read(text).integrations))
        # Reading is more lenient than adding: a section that cannot be added to shows here only.
        nango_yaml.merge(text, _REHEARSAL)
    except nango_yaml.Refused as refused:
        return NangoYaml(refused=f"{refused.where}: {refused.what}", fix=refused.advice), ()
    except ProjectError as error:
        return NangoYaml(refused=f"{error.where}: {error.what}", fix=error.fix), ()
    return NangoYaml(len(names)), names


def _manifests(
    project: NangoProject, reader: Reader, names: tuple[str, ...]
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """How many manifests can be read, and why the others cannot."""
    count, broken = 0, []
    for path in (manifest_path(name) for name in names if INTEGRATION_NAME.fullmatch(name)):
        try:
            count += read_manifest(reader([path])[path], path) is not None
        except ProjectError as error:
            broken.append((project.layout.real(path), error.what))
    return count, tuple(broken)


def _bare_records(folder: Path) -> Iterator[int]:
    """The lines of schema.zod.ts with a ``z.record`` of one argument."""
    try:
        text = read_regular(folder / "schema.zod.ts").decode()
    except (OSError, ValueError):
        return
    # Few projects have the file at this place, and the parser takes a while to load.
    from ..typescript.nodes import arguments
    from ..typescript.source_file import SourceFile

    for call in SourceFile(text).calls_of("z.record"):
        if len(arguments(call)) == 1:
            yield call.start_point[0] + 1
