"""A folder of integrations as it lies on disk, read whole for ``check``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..assemble import Project
from ..assemble.adopted import adopted_answers
from ..assemble.records import last_record
from ..check import Tree
from ..check.tree import YAML
from ..errors import ProjectError, ScaffoldError
from ..frozen import frozen
from ..naming.reserved import INTEGRATION_NAME
from ..providers import base_path_of
from ..providers.index import provider_cards
from ..render.paths import ROOT
from .tree_files import tree_files, yaml_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..assemble import Reader


@frozen
class Folder:
    """Where the integrations lie.

    Attributes:
        project: the project: what is locked while something is written.
        inside: the path from there to the folder of nango.yaml; empty when it is the same.
        shown: what is put before paths when they are shown, which then start where the user said.
    """

    project: Path
    inside: str
    shown: str

    @property
    def path(self) -> Path:
        """The folder of nango.yaml."""
        return self.project / self.inside


def find_folder(named: Path) -> Folder:
    """The folder of nango.yaml, from the project or from that folder itself.

    Raises:
        ProjectError: there is no nango.yaml.
    """
    if os.path.exists(named / ROOT / YAML):
        return Folder(named, f"{ROOT}/", f"{ROOT}/")
    if not os.path.exists(named / YAML):
        raise ProjectError(
            "there is no nango.yaml here",
            where=str(named),
            fix=f"name the project, which holds {ROOT}/nango.yaml, or the folder that holds nango.yaml",
        )
    whole = Path(os.path.abspath(named))
    return Folder(whole.parent, f"{ROOT}/", "") if whole.name == ROOT else Folder(named, "", "")


def read_tree(folder: Folder, reader: Reader) -> Tree:
    """Read all that rules look at; of a nango.yaml that makes no sense, that alone.

    Args:
        folder: where it lies.
        reader: reads the project.

    Raises:
        ProjectError: nango.yaml cannot be read; of any other file that cannot, the tree says so.
    """
    text = yaml_text(folder.inside, reader)
    names = [integration.name for integration in Tree({YAML: text}, {}).integrations]
    found = tree_files(folder.project, folder.inside, names, reader)
    base_paths = _base_paths(folder, names, reader)
    return Tree({YAML: text, **found.texts}, base_paths, found.javascript, found.unread)


def _base_paths(folder: Folder, names: list[str], reader: Reader) -> dict[str, str]:
    """The path part of each integration's base URL, where it is known; what differs between connections as placeholders."""
    known = _base_urls(folder.project)
    project = Project(reader)
    found: dict[str, str] = {}
    for name in names:
        path = base_path_of(_base_url(name, project, known) if folder.inside else known.get(name))
        if path:
            found[name] = path
    return found


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
        record = last_record(name, project)
        if record is not None:
            return str(record.facts.get("base_url") or "")
        answers = adopted_answers(name, project)
    except ScaffoldError:
        return None
    if answers is None:
        return known.get(name)
    return str((answers.provider_facts or {}).get("base_url") or known.get(answers.provider, ""))
