"""Which templates an update may run: it is the project that names them, and their code runs with all the user's rights.

Trusted is the template this installation came from, a location on Copier's own list of trusted ones, and whatever
``--trust`` is said for. A trusted repository is not trusted in every commit it can be asked for, since a forge hands out
what strangers propose from the same address: only in its releases and, where it lies on this disk, in its branches.
"""

from __future__ import annotations

import json
import os
import re
import warnings
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ProjectError
from ..frozen import frozen
from ..programs import git_in
from .answers_file import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|[^/]*@[^/]*:|--?[a-z]")
"""How what is no path begins: an address, a shortcut such as ``gh:``, a host of ssh, an option."""
_HASH = re.compile(r"(?:.+-[0-9]+-g)?([0-9a-f]{4,64})")
"""A commit without a name of its own, as git describes it."""
_GITHUB = re.compile(r"https://(github|gitlab)\.com/([^?#]+?)(?:\.git)?/?")
_SHORT = {"github": "gh:", "gitlab": "gl:"}
_CREDENTIALS = re.compile(r"(?<=//)[^/@\s]+@")


@frozen
class Template:
    """The template of one integration, as its answers name it.

    Attributes:
        integration: its key in nango.yaml.
        source: where the template lies: an address, a shortcut, or a path, which is meant from the project.
        commit: the version the integration has.
    """

    integration: str
    source: str
    commit: str


def template_of(integration: str, answers: Mapping[str, Any]) -> Template | None:
    """The template that Copier's answers name; None where they name none that has versions."""
    source, commit = answers.get("_src_path"), answers.get("_commit")
    return Template(integration, str(source), str(commit)) if source and commit else None


def refuse_untrusted(templates: Sequence[Template], project: Path) -> None:
    """Refuse to run what is not trusted; nothing of it is run, cloned or looked at to find that out.

    Raises:
        ProjectError: naming each template that is not, and what to do.
    """
    sources: dict[str, list[str]] = {}
    commits: dict[str, list[str]] = {}
    for template in templates:
        if not _is_trusted(template.source, project):
            sources.setdefault(template.source, []).append(template.integration)
        elif not _is_published(template, project):
            commits.setdefault(f"{template.source} at {template.commit}", []).append(template.integration)
    if sources:
        raise _refusal("the template is not trusted, and an update runs its code", sources, _LIST)
    if commits:
        raise _refusal("this is not a release of the template, so its code may be anybody's", commits, "")


_LIST = ", or put its location on the list of trusted ones in Copier's settings"


def _refusal(what: str, named: Mapping[str, Sequence[str]], list_: str) -> ProjectError:
    sources = ", ".join(f"{_printable(source)} (of {', '.join(names)})" for source, names in named.items())
    first = next(iter(named.values()))[0]
    return ProjectError(
        f"{what}: {sources}",
        where=path_of(first),
        fix=f"look at what it is; if you trust it, run the update with --trust and without --dry-run{list_}. Nothing was run or changed",
    )


def absolute_source(template: Template, project: Path) -> str:
    """Where the template lies, whatever the current folder is."""
    path = _path(template.source, project)
    is_relative = path is not None and not os.path.isabs(os.path.expanduser(template.source))
    return os.path.abspath(path) if path is not None and is_relative else template.source


@lru_cache(maxsize=1)
def own_locations() -> tuple[str, ...]:
    """Where this installation came from: its clone, and what pip was told to install it from."""
    root = Path(__file__).resolve().parents[3]
    clone = [str(root)] if (root / "copier.yml").is_file() else []
    return tuple(dict.fromkeys([*clone, *_installed_from()]))


def _installed_from() -> Iterator[str]:
    """The address, or the folder, that pip noted when it installed this package; nothing for a package index."""
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        noted = distribution("nango-scaffold").read_text("direct_url.json")
        data = json.loads(noted or "{}")
        url = str(data.get("url", ""))
    except (PackageNotFoundError, OSError, ValueError, AttributeError):
        return
    if "dir_info" in data and url.startswith("file:"):
        yield url2pathname(urlsplit(url).path)
    elif "vcs_info" in data:
        # Answers may name the repository in any of the spellings that Copier takes.
        yield from (url, f"git+{url}")
        if short := _GITHUB.fullmatch(url):
            site, name = short.groups()
            yield from (f"{_SHORT[site]}{name}", f"{_SHORT[site]}{name}.git")
            yield from (f"https://{site}.com/{name}", f"https://{site}.com/{name}.git")


def _is_trusted(source: str, project: Path) -> bool:
    if "\0" in source:
        return False  # no path, address or setting is so, and Copier's comparison would fail on it
    path = _path(source, project)
    if path is None:
        return source in own_locations() or _is_listed(source)
    # By where they lead: what a link of the project leads to is what would run.
    own = {os.path.realpath(place) for place in own_locations() if os.path.isabs(place)}
    return os.path.realpath(path) in own or _is_listed(source)


def _is_listed(source: str) -> bool:
    """Whether Copier's settings trust a location, by Copier's own comparison."""
    from copier._settings import is_trusted_repository
    from copier.errors import SettingsError

    from copier import load_settings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of settings that are not there, which trust nothing
            return is_trusted_repository(load_settings().trust, source)
    except (SettingsError, OSError, ValueError) as error:
        raise ProjectError(
            f"Copier's settings cannot be read: {str(error).splitlines()[0]}",
            where="Copier's settings",
            fix="fix the file, or run the update with --trust",
        ) from None


def _is_published(template: Template, project: Path) -> bool:
    """Whether a commit is a release or, of a template on this disk, part of a branch."""
    from packaging.version import InvalidVersion, Version

    with suppress(InvalidVersion):
        if "." in template.commit and Version(template.commit):  # a hash may be digits throughout
            return True
    commit, folder = _HASH.fullmatch(template.commit), _path(template.source, project)
    return bool(commit and folder and folder.is_dir() and _is_in_a_branch(commit[1], folder))


def _is_in_a_branch(commit: str, folder: Path) -> bool:
    process = git_in(folder, "for-each-ref", "--count=1", f"--contains={commit}", "refs/heads", "refs/tags")
    return process.returncode == 0 and bool(process.stdout.strip())


def _path(source: str, project: Path) -> Path | None:
    """The path that a source is; None when Copier takes it for something else, or no system has such a path."""
    # A drive of Windows looks like the scheme of an address.
    if _REMOTE.match(source) and not os.path.isabs(source):
        return None
    if "\0" in source:
        return None
    return project / os.path.expanduser(source)


def _printable(source: str) -> str:
    """A source for a message, without what would sign somebody in."""
    text = _CREDENTIALS.sub("", source)
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable if len(printable) <= 200 else f"{printable[:197]}..."
