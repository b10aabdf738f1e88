"""Which facts hold for a provider: the catalogues are asked in order, and the answers have the last word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from .catalogue import display_names, entries, entry_text, keys, parse_entry, resolve
from .catalogue_locations import embedded, open_catalogues
from .errors import UNUSABLE, CatalogueError, as_answer
from .facts import ProviderFacts, facts_from_entry
from .fields import READERS, mapping, read_fields, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .catalogue_locations import Catalogue

_NEWEST = " The newest catalogue may have it: nango-scaffold providers refresh."
_WHOLE = (
    " Without a providers.yaml only some popular providers are known: nango-scaffold providers refresh brings all of"
    " Nango's, and so does npm install in a project that needs nango."
)
_LONGEST_KEY = 100
_OWN_AUTH_MODE = "OAUTH2"  # the most frequent by far; an empty list of scopes is right for the others too


class UnknownProviderError(AnswersError):
    """No catalogue has the provider.

    Args:
        provider: as asked for.
        nearest: the keys that may have been meant, best first.
        searched: how many keys were looked at, by place.
        whole_catalogue: how to get at those that were not looked at; '' when there are none, or none are wanted.
    """

    def __init__(
        self, provider: str, nearest: list[str], searched: Mapping[str, int], *, whole_catalogue: str = ""
    ) -> None:
        places = " and ".join(f"{count} in {place}" for place, count in searched.items())
        meant = f"Did you mean {' or '.join(nearest)}? " if nearest else ""
        super().__init__(
            f"{shown(provider)} is not a known provider",
            where="provider",
            fix=f"{meant}Searched: {places}.{whole_catalogue} "
            "For a provider of your own give provider_facts: with its base_url.",
        )
        self.provider = provider
        self.nearest = nearest
        self.searched = dict(searched)
        self.whole_catalogue = whole_catalogue


def find(
    provider: str,
    *,
    providers_path: Path | None = None,
    project: Path | None = None,
    generic: Mapping[str, Any] | None = None,
) -> ProviderFacts:
    """The facts of a provider.

    These are asked in order: the providers.yaml that the project's own Nango uses; the one that `providers refresh`
    brought; our embedded facts. What the answers state in `generic` goes over what was found, and stands alone for
    a provider nobody knows.

    A provider that the project's providers.yaml lacks is looked up in the others too: that file is as old as the
    project's CLI, while the server that runs the scripts has its own, newer one. A file named by `providers_path`
    was chosen on purpose, so it is the only one asked, and what it lacks stays unknown.

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
    # Catalogues differ from machine to machine: facts that an earlier run stored hold as they are.
    if "source" in mapping(generic):
        return _stored(provider, mapping(generic))
    answer_facts = read_fields(generic, "provider_facts") if generic is not None else {}
    catalogues = open_catalogues(providers_path, project)
    known = _first_known(provider, catalogues, explicit=providers_path is not None)
    if known is not None:
        return _with_answer_facts(known, answer_facts) if answer_facts else known
    if not answer_facts.get("base_url"):
        raise _unknown(provider, catalogues, answer_facts)
    return ProviderFacts(
        key=provider,
        source="answers",
        stated=tuple(answer_facts),
        **{"auth_mode": _OWN_AUTH_MODE, "display_name": provider, **answer_facts},
    )


def _with_answer_facts(known: ProviderFacts, answer_facts: Mapping[str, Any]) -> ProviderFacts:
    """The facts, what the answers state over what was found; they know which of it Nango's entry does not say."""
    news = tuple(name for name, value in answer_facts.items() if getattr(known, name) != value)
    return replace(known, **answer_facts, source=f"{known.source}, answers", stated=news)


def facts_in(catalogue: Catalogue, key: str) -> ProviderFacts | None:
    """The facts of one provider in one catalogue; None when it does not have the provider.

    Raises:
        CatalogueError: the file or the entry cannot be used.
    """
    if catalogue.is_embedded:
        return _embedded_facts(catalogue.text, key)
    entry = resolve(catalogue.text, key)
    return facts_from_entry(key, entry.own, entry.base, catalogue.place) if entry else None


def all_facts(catalogue: Catalogue) -> Iterator[tuple[str, ProviderFacts | None]]:
    """Every provider of a catalogue, parsed at once: None for an entry that cannot be used.

    Raises:
        CatalogueError: the file holds no providers.
    """
    for key, entry in entries(catalogue.text):
        if not is_usable_key(key):
            continue
        try:
            if catalogue.is_embedded and entry:
                yield key, _own_facts(key, entry.own)
            else:
                yield key, facts_from_entry(key, entry.own, entry.base, catalogue.place) if entry else None
        except CatalogueError:
            yield key, None


def is_usable_key(key: str) -> bool:
    """Whether a key of a catalogue can be shown and asked for."""
    return key.isprintable() and len(key) <= _LONGEST_KEY


def _first_known(provider: str, catalogues: list[Catalogue], *, explicit: bool) -> ProviderFacts | None:
    for catalogue in catalogues:
        try:
            facts = facts_in(catalogue, provider)
        except CatalogueError as error:
            # Our own copy, which nobody can mend: what comes behind it will do.
            if catalogue.is_refreshed:
                continue
            placed = CatalogueError(
                f"{shown(provider)} cannot be read from it: {error.what}",
                where=str(catalogue.path),
                fix=UNUSABLE,
            )
            raise (as_answer(placed) if explicit else placed) from None
        if facts is not None:
            return facts if catalogue.is_embedded else _with_own_docs(facts)
    return None


def _with_own_docs(facts: ProviderFacts) -> ProviderFacts:
    """With the third party's documentation in the place of Nango's page on it, where we know it."""
    own = _embedded_facts(embedded().text, facts.key)
    if own is None or not own.docs:
        return facts
    return replace(facts, docs=own.docs)


def _embedded_facts(text: str, key: str) -> ProviderFacts | None:
    lines = entry_text(text, key)
    return None if lines is None else _own_facts(key, parse_entry(lines))


def _own_facts(key: str, entry: Mapping[str, Any]) -> ProviderFacts:
    return ProviderFacts(key=key, source="embedded", **read_fields(entry, f"embedded.yaml: {key}"))


def _stored(provider: str, data: Mapping[str, Any]) -> ProviderFacts:
    facts = ProviderFacts.from_data(data)
    if facts.key != provider:
        raise AnswersError(
            f"the facts stored are those of {shown(facts.key)}, the answers ask for {shown(provider)}",
            where="provider_facts.key",
            fix="Remove provider_facts to have them looked up again.",
        )
    return facts


def _unknown(provider: str, catalogues: list[Catalogue], answer_facts: Mapping[str, Any]) -> AnswersError:
    if answer_facts:
        return AnswersError(
            f"{shown(provider)} is not a known provider, so its facts need a base URL",
            where="provider_facts.base_url",
            fix=f"Accepted beside it: {', '.join(READERS)}",
        )
    from ..naming.suggest import nearest

    names: dict[str, str] = {}
    searched: dict[str, int] = {}
    # Keys alone are needed for a suggestion, and names where they can be seen: no entry is parsed.
    for catalogue in catalogues:
        catalogue_keys = dict.fromkeys(filter(is_usable_key, keys(catalogue.text)), "")
        searched[catalogue.place] = len(catalogue_keys)
        names = {**catalogue_keys, **display_names(catalogue.text), **names}
    meant = nearest(provider, names, names={key: name for key, name in names.items() if name})
    kinds = {catalogue.kind for catalogue in catalogues}
    whole = _NEWEST if "project" in kinds else _WHOLE
    # A file that was named is the only one wanted, and of a refreshed one there is none newer.
    if not kinds.isdisjoint(("named", "refreshed")):
        whole = ""
    return UnknownProviderError(provider, meant, searched, whole_catalogue=whole)
