"""A folder of integrations as it lies on disk, read whole for ``check``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..check import Tree
from ..check.tree import YAML
from ..errors import ProjectError, ScaffoldError
from ..frozen import frozen
from ..naming.reserved import INTEGRATION_NAME
from ..operations import Project
from ..operations.adopted import adopted_answers
from ..operations.lookup import syncs_without_track_deletes
from ..operations.manifests import last_manifest
from ..operations.open_guesses import open_guesses
from ..project import look
from ..providers import base_path_of
from ..providers.index import provider_cards
from ..render.paths import ROOT
from .tree_files import tree_files, yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..operations import Reader
    from ..operations.open_guesses import OpenGuess
    from ..project import NangoProject


@frozen
class Folder:
    """Where the integrations lie.

    Attributes:
        whole: the project that they lie in.
        prefix: what is put before paths when they are shown, which then start where the user said.
    """

    whole: NangoProject
    prefix: str

    @property
    def project(self) -> Path:
        """The root of the project."""
        return Path(self.whole.root)

    @property
    def path(self) -> Path:
        """The folder of nango.yaml."""
        return Path(self.whole.location)


def find_folder(named: Path) -> Folder:
    """The folder of nango.yaml, from the project or from any folder in it.

    Raises:
        ProjectError: there is no nango.yaml.
    """
    project = look(named)
    if project.rivals or project.flavour == "zero-yaml":
        project.refuse_unwritable()
    if not os.path.exists(f"{project.location}/{YAML}"):
        raise ProjectError(
            "there is no nango.yaml here",
            where=str(named),
            fix=f"name the project, which holds {ROOT}/nango.yaml, or the folder that holds nango.yaml",
        )
    below = os.path.relpath(project.location, os.path.abspath(named)).replace(os.sep, "/")
    return Folder(project, "" if below == "." else f"{below}/")


def read_tree(folder: Folder, reader: Reader) -> Tree:
    """Read all that rules look at; of a nango.yaml that makes no sense, that alone.

    Args:
        folder: where it lies.
        reader: reads the project.

    Raises:
        ProjectError: nango.yaml cannot be read; of any other file that cannot, the tree says so.
    """
    text = yaml_text(reader)
    names = [integration.name for integration in Tree({YAML: text}, {}).integrations]
    project = Project(reader)
    files = tree_files(folder.path, folder.project, names, reader)
    return Tree(
        {YAML: text, **files.texts},
        _base_paths(folder, names, project),
        tuple(_guesses(text, names, project)),
        files.javascript,
        files.unread,
        frozenset(syncs_without_track_deletes(names, project)),
    )


def _guesses(text: str, names: list[str], project: Project) -> Iterator[OpenGuess]:
    """What runs of ours guessed; nothing of a manifest that cannot be used: that is for `doctor` to say."""
    try:
        document = nango_yaml.read(text)
    except ScaffoldError:
        return
    for name in names:
        try:
            yield from open_guesses(project, document, [name])
        except ScaffoldError:
            continue


def _base_paths(folder: Folder, names: list[str], project: Project) -> dict[str, str]:
    """The path part of each integration's base URL, where it is known; what differs between connections as placeholders."""
    known = _base_urls(Path(folder.whole.seeks_providers_from))
    base_paths: dict[str, str] = {}
    for name in names:
        path = base_path_of(_base_url(name, project, known))
        if path:
            base_paths[name] = path
    return base_paths


def _base_urls(project: Path) -> Mapping[str, str]:
    """The base URLs of all providers; none when the project's catalogue cannot be used: that is for others to say."""
    try:
        return {card.key: card.base_url for card in provider_cards(project)}
    except ScaffoldError:
        return {}


def _base_url(name: str, project: Project, known: Mapping[str, str]) -> str | None:
    """The base URL by what an earlier run noted, else by the provider of the integration's name."""
    if not INTEGRATION_NAME.fullmatch(name):
        return None
    try:
        manifest = last_manifest(name, project)
        if manifest is not None:
            return str(manifest.facts.get("base_url") or "")
        answers = adopted_answers(name, project)
    # What is broken there is for `doctor` to say; a rule that needs the URL passes.
    except ScaffoldError:
        return None
    if answers is None:
        return known.get(name)
    return str((answers.provider_facts or {}).get("base_url") or known.get(answers.provider, ""))
