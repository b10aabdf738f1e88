"""The names that only the machine knows: providers, and what is in the project. Nothing is parsed that can be avoided.

They come from files of strangers, and a shell puts what it is offered on the command line as it is: only names that
need no quoting in any shell are offered.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ScaffoldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ...providers.index import ProviderCard

    Completer = Callable[[str, Mapping[str, str]], Iterable[tuple[str, str]]]
    """From the word up to the cursor and the options before it, to words with their help."""

_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def looked_up(metavar: str, current: str, option_values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names that stand for a metavar and begin with `current`; none when they cannot be had."""
    completer = _COMPLETERS.get(metavar)
    try:
        for word, help in completer(current, option_values) if completer else ():
            if word.startswith(current):
                yield word, help
    except (ScaffoldError, OSError, ValueError):
        return


def _cards(option_values: Mapping[str, str]) -> tuple[ProviderCard, ...]:
    from ...project import look
    from ...providers.index import provider_cards

    named = option_values.get("--providers")
    # A pipe would be waited for.
    if named and not Path(named).is_file():
        return ()
    project = look(option_values.get("--project", "."))
    return provider_cards(Path(project.seeks_providers_from), Path(named) if named else None)


def _providers(current: str, option_values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((card.key, card.name) for card in _cards(option_values) if _HARMLESS.fullmatch(card.key))


def _auth_modes(current: str, option_values: Mapping[str, str]) -> list[tuple[str, str]]:
    return _harmless(card.auth_mode for card in _cards(option_values))


def _categories(current: str, option_values: Mapping[str, str]) -> list[tuple[str, str]]:
    return _harmless(name for card in _cards(option_values) for name in card.categories)


def _harmless(words: Iterable[str]) -> list[tuple[str, str]]:
    """Each word once, without help."""
    return [(word, "") for word in sorted(set(words)) if _HARMLESS.fullmatch(word)]


def _integrations(current: str, option_values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    from ...commit import read
    from ...project import look
    from ...project.integration_names import integration_names

    project = look(option_values.get("--project", "."))
    data = read(Path(project.root), [project.layout.yaml])[project.layout.yaml] or b""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return ((name, "") for name in integration_names(text))


def _settings(current: str, option_values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The answers by name, and behind ``provider=`` the providers."""
    if current.startswith("provider="):
        return ((f"provider={key}", name) for key, name in _providers("", option_values))
    from ...answers.format import ANSWERS

    return ((f"{name}=", key.help) for name, key in ANSWERS.keys.items())


def _rules(current: str, option_values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The rules, behind those that stand in the word already."""
    from ...check.rules import RULES

    before = current[: current.rfind(",") + 1]
    return ((before + rule.id, rule.summary) for rule in RULES if rule.id not in before.split(","))


_COMPLETERS: Mapping[str, Completer] = {
    "PROVIDER": _providers,
    "INTEGRATION": _integrations,
    "MODE": _auth_modes,
    "CATEGORY": _categories,
    "KEY=VALUE": _settings,
    "RULES": _rules,
}
