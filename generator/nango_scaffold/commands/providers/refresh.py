"""The command ``providers refresh``: download the newest catalogue into the user's cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import ProjectError
from ..arguments import Commands, add_command, add_project

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from ...providers.catalogue_locations import Catalogue
    from ...providers.npm import Package
    from ...report.providers import Refreshed

_EXAMPLES = """\
  nango-scaffold providers refresh
  nango-scaffold providers refresh --version 0.69.36
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands,
        "refresh",
        help="download the newest catalogue",
        description=(
            "Download the newest @nangohq/providers with your own npm, and store its providers.yaml in your cache folder:\n"
            "it is used for providers that are not in the project's own, below node_modules. npm runs in an empty folder\n"
            "with your own settings: the .npmrc of a project does not affect what all projects get."
        ),
        examples=_EXAMPLES,
    )
    parser.set_defaults(run="providers.refresh")
    parser.add_argument(
        "--version", metavar="X", default="latest", help="the version to download (default: the newest)"
    )
    add_project(parser)
    parser.add_argument("--json", action="store_true", help="print what changed as JSON")


def run(options: argparse.Namespace) -> int:
    """Run ``providers refresh``.

    Raises:
        ProjectError: npm is not there or failed, or what it brought cannot be used; nothing was changed.
    """
    from pathlib import Path

    from ...project import look
    from ...providers.npm import bring
    from ...report.providers import refresh_as_data, refresh_text
    from ..terminal_output import announce, say

    project = Path(look(options.project).seeks_providers_from)
    announce("Asking npm")
    refreshed = refresh(bring(options.version), project)
    say(refresh_text(refreshed), options, lambda: refresh_as_data(refreshed))
    return 0


def refresh(package: Package, project: Path) -> Refreshed:
    """Make a package's catalogue the refreshed one, and give what that changed.

    Raises:
        ProjectError: it cannot be used or stored; nothing was changed.
    """
    from contextlib import suppress

    from ...providers.catalogue_locations import open_catalogues, refreshed, version_of
    from ...providers.errors import CatalogueError
    from ...report.providers import Refreshed

    own = open_catalogues(project=project)[0]
    former = refreshed() or own
    now, before = usable_keys(package), set[str]()
    # A broken one has no keys that could be gone.
    with suppress(CatalogueError):
        before = keys_of(former)
    return Refreshed(
        version=package.version,
        before=version_of(former),
        new=frozenset(now - before),
        gone=frozenset(before - now),
        count=len(now),
        path=str(_stored_copy(package)),
        origin=package.origin,
        over=version_of(own) if own.kind == "project" else "",
    )


def _stored_copy(package: Package) -> Path:
    from ...providers.catalogue_locations import write_refreshed

    try:
        return write_refreshed(package.text, package.version, package.origin)
    except OSError as error:
        raise ProjectError(
            f"the catalogue cannot be stored: {error.strerror}",
            where=str(error.filename or "the cache folder"),
            fix="name another folder in XDG_CACHE_HOME. Nothing was changed.",
        ) from None


def usable_keys(package: Package) -> set[str]:
    """The providers of a package.

    Raises:
        ProjectError: it has none that can be used.
    """
    from pathlib import Path

    from ...providers.catalogue_locations import Catalogue
    from ...providers.errors import CatalogueError

    keys, reason = set[str](), ""
    try:
        keys = keys_of(Catalogue(package.text, "npm", Path("providers.yaml"), "refreshed"))
    except CatalogueError as error:
        reason = f": {error.what}"
    if not keys:
        raise ProjectError(
            f"version {package.version} has no provider that can be used{reason}",
            where="providers refresh",
            fix="name another --version. Nothing was changed.",
        )
    return keys


def keys_of(catalogue: Catalogue) -> set[str]:
    """The providers of a catalogue that can be used."""
    from ...providers.resolve import all_facts

    return {key for key, facts in all_facts(catalogue) if facts is not None}
