"""Where facts come from: the one module of this room that reads files."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..frozen import frozen
from .catalogue import display_names, entry_text, keys, parse_entry, resolve
from .facts import CatalogueError, ProviderFacts, facts_from_entry
from .fields import READERS, mapping, read_fields, shown
from .nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

_EMBEDDED = Path(__file__).with_name("embedded.yaml")
_PACKAGE = os.path.join("@nangohq", "providers")
_OWN_AUTH_MODE = "OAUTH2"  # the most frequent by far; an empty list of scopes is right for the others too


class UnknownProviderError(AnswersError):
    """No catalogue has the provider.

    Args:
        provider: as asked for.
        nearest: the keys that may have been meant, best first.
        searched: how many keys were looked at, by place.
    """

    def __init__(self, provider: str, nearest: list[str], searched: Mapping[str, int]) -> None:
        places = " and ".join(f"{count} in {place}" for place, count in searched.items())
        meant = f"Did you mean {' or '.join(nearest)}? " if nearest else ""
        super().__init__(
            f"{shown(provider)} is not a known provider",
            where="provider",
            fix=f"{meant}Searched: {places}. For a provider of your own give provider_facts: with its base_url.",
        )
        self.provider = provider
        self.nearest = nearest
        self.searched = dict(searched)


@frozen
class Catalogue:
    """One file of providers.

    Args:
        text: what it holds.
        place: what to call it in messages; no part of it depends on the machine.
        path: where it lies.
        embedded: our own file, in our own schema.
    """

    text: str
    place: str
    path: Path
    embedded: bool = False

    def facts(self, key: str) -> ProviderFacts | None:
        """The facts of one provider; None when the file does not have it.

        Raises:
            CatalogueError: the file or the entry cannot be used.
        """
        if self.embedded:
            return _embedded_facts(self.text, key)
        entry = resolve(self.text, key)
        return facts_from_entry(key, entry.own, entry.base, self.place) if entry else None


def find(
    provider: str,
    *,
    providers_path: Path | None = None,
    project: Path | None = None,
    generic: Mapping[str, Any] | None = None,
) -> ProviderFacts:
    """The facts of a provider.

    The first of these that applies is asked: `providers_path`; the providers.yaml that the project's own Nango
    uses; our embedded facts. What the answers state in `generic` goes over what was found, and stands alone for
    a provider nobody knows.

    A provider that the project's providers.yaml lacks is looked up in the embedded facts too: that file is as old
    as the project's CLI, while the server that runs the scripts has its own, newer one. A file named by
    `providers_path` was chosen on purpose, so what it lacks stays unknown.

    Args:
        provider: the key in providers.yaml.
        providers_path: a providers.yaml to read instead of the project's.
        project: the folder that holds, or will hold, ``nango-integrations/``.
        generic: facts from the answers (`provider_facts`): some of `fields.READERS`, or all that a former run
            stored (`ProviderFacts.to_data`), which are then taken as they are.

    Raises:
        UnknownProviderError: nobody knows the provider, and `generic` has no base URL for it.
        AnswersError: `generic` or the file at `providers_path` cannot be used.
        ProjectError: the project's providers.yaml cannot be used.
    """
    if "source" in mapping(generic):
        return _stored(provider, mapping(generic))
    stated = read_fields(generic, "provider_facts") if generic is not None else {}
    catalogues = open_catalogues(providers_path, project)
    known = _first_known(provider, catalogues, explicit=providers_path is not None)
    if known is not None:
        return replace(known, **stated, source=f"{known.source}, answers") if stated else known
    if not stated.get("base_url"):
        raise _unknown(provider, catalogues, stated)
    return ProviderFacts(
        key=provider, source="answers", **{"auth_mode": _OWN_AUTH_MODE, "display_name": provider, **stated}
    )


def open_catalogues(providers_path: Path | None = None, project: Path | None = None) -> list[Catalogue]:
    """The catalogues `find` asks, in that order.

    Raises:
        AnswersError: the file at `providers_path` cannot be read.
        ProjectError: the project's providers.yaml cannot be read.
    """
    if providers_path is not None:
        try:
            return [Catalogue(_read(providers_path), f"{providers_path.name} (--providers)", providers_path)]
        except CatalogueError as error:
            raise _as_answer(error) from None
    path = project_catalogue(project) if project is not None else None
    found = [Catalogue(_read(path), f"providers.yaml (node_modules, {_version(path)})", path)] if path else []
    return [*found, embedded()]


@lru_cache(maxsize=1)
def embedded() -> Catalogue:
    """Our own facts about popular providers, for projects without node_modules."""
    return Catalogue(_EMBEDDED.read_text("utf-8"), "embedded", _EMBEDDED, embedded=True)


def project_catalogue(project: Path) -> Path | None:
    """The providers.yaml of the Nango CLI that a project uses, found as Node would; None when there is none.

    Node looks in the ``node_modules`` of a folder and of each folder above it, and for what a package needs it
    starts at the package's real place, so nested copies and pnpm's links are found the same way.
    """
    start = os.path.abspath(project / "nango-integrations")
    cli = _resolve(start, "nango")
    package = (cli and _resolve(cli, _PACKAGE)) or _resolve(start, _PACKAGE)
    path = os.path.join(package, "providers.yaml") if package else ""
    return Path(path) if os.path.exists(path) else None


def _resolve(start: str, package: str) -> str | None:
    """The real folder of a package as seen from the folder `start`."""
    folder = start
    while True:
        found = os.path.join(folder, "node_modules", package)
        if os.path.isdir(found):
            return os.path.realpath(found)
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return None


def _version(path: Path) -> str:
    """The version of the package around a providers.yaml, for messages."""
    try:
        return str(mapping(json.loads(path.with_name("package.json").read_text("utf-8")))["version"])
    except (OSError, ValueError, KeyError):
        return "unknown version"


def _read(path: Path) -> str:
    """A catalogue's text, its line ends all alike and without a byte order mark."""
    try:
        if path.exists() and not path.is_file():
            raise CatalogueError("not a regular file", where=str(path))
        status = path.stat()
        return _text_of(path, (status.st_mtime_ns, status.st_size, status.st_ino))
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except ValueError:
        raise CatalogueError("is not UTF-8 text", where=str(path)) from None


@lru_cache(maxsize=2)
def _text_of(path: Path, state: tuple[int, ...]) -> str:
    """What a file in some state holds: a batch asks one file hundreds of times."""
    return path.read_text("utf-8-sig")


def _first_known(provider: str, catalogues: list[Catalogue], *, explicit: bool) -> ProviderFacts | None:
    for catalogue in catalogues:
        try:
            facts = catalogue.facts(provider)
        except CatalogueError as error:
            placed = CatalogueError(
                f"{shown(provider)} cannot be read from it: {error.what}",
                where=str(catalogue.path),
                fix="Install Nango's packages again, or name another providers.yaml with --providers.",
            )
            raise (_as_answer(placed) if explicit else placed) from None
        if facts is not None:
            return facts if catalogue.embedded else _with_own_docs(facts)
    return None


def _with_own_docs(facts: ProviderFacts) -> ProviderFacts:
    """With the third party's documentation in the place of Nango's page on it, where we know it."""
    ours = _embedded_facts(embedded().text, facts.key)
    return replace(facts, docs=ours.docs) if ours and ours.docs else facts


def _embedded_facts(text: str, key: str) -> ProviderFacts | None:
    lines = entry_text(text, key)
    if lines is None:
        return None
    return ProviderFacts(
        key=key, source="embedded", **read_fields(parse_entry(lines), f"embedded.yaml: {key}")
    )


def _stored(provider: str, data: Mapping[str, Any]) -> ProviderFacts:
    facts = ProviderFacts.from_data(data)
    if facts.key != provider:
        raise AnswersError(
            f"the facts stored are those of {shown(facts.key)}, the answers ask for {shown(provider)}",
            where="provider_facts.key",
            fix="Remove provider_facts to have them looked up again.",
        )
    return facts


def _unknown(provider: str, catalogues: list[Catalogue], stated: Mapping[str, Any]) -> AnswersError:
    if stated:
        return AnswersError(
            f"{shown(provider)} is not a known provider, so its facts need a base URL",
            where="provider_facts.base_url",
            fix=f"Accepted beside it: {', '.join(READERS)}",
        )
    names: dict[str, str] = {}
    searched: dict[str, int] = {}
    for catalogue in catalogues:
        found = dict.fromkeys(keys(catalogue.text), "")
        searched[catalogue.place] = len(found)
        names = {**found, **display_names(catalogue.text), **names}
    meant = nearest(provider, names, names={key: name for key, name in names.items() if name})
    return UnknownProviderError(provider, meant, searched)


def _as_answer(error: CatalogueError) -> AnswersError:
    return AnswersError(f"{error.where}: {error.what}", where="--providers", fix=error.fix)
