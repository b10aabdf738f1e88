"""All providers that Nango knows, from names alone: each integration compiles and lints."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from nango_scaffold.errors import AnswersError
from nango_scaffold.providers.catalogue import keys
from nango_scaffold.providers.catalogue_locations import project_catalogue

from .support import lint, nango
from .support.project import prepare
from .support.scaffolded import TOOLCHAIN, in_an_empty_project, job, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from nango_scaffold.operations import Job
    from nango_scaffold.providers import ProviderFacts

pytestmark = pytest.mark.toolchain

WITHOUT_BASE_URL = {"asana-mcp", "linear-mcp", "mcp-generic", "notion-mcp", "unauthenticated"}
SPREAD, BATCH = 40, 50


@cache
def providers() -> tuple[str, ...]:
    catalogue = project_catalogue(TOOLCHAIN)
    assert catalogue is not None, "npm ci --prefix toolchain/nango-0.69"
    return tuple(keys(catalogue.read_text("utf-8")))


def named(provider: str, **answers: Any) -> Job:
    """The minimal answers: a provider and names."""
    if provider in WITHOUT_BASE_URL:
        answers.setdefault("provider_facts", {"base_url": "https://api.example.com"})
    return job(
        {
            "provider": provider,
            "sync_names": ["users"],
            "action_names": ["create-user", "list-users"],
            **answers,
        }
    )


def refusal_of(provider: str) -> AnswersError | None:
    try:
        in_an_empty_project([named(provider, provider_facts=None)])
    except AnswersError as refusal:
        return refusal
    return None


@cache
def facts_of(provider: str) -> ProviderFacts:
    return named(provider).facts


def traits(provider: str) -> tuple[str, str, str]:
    """The properties of a provider that affect the code: auth mode, form of the base URL, pagination."""
    facts = facts_of(provider)
    base = facts.base_url or ""
    form = "alternatives" if "||" in base else "from the connection" if "${" in base else "plain"
    form += " with a path" if facts.base_path else ""
    return facts.auth_mode, form, str((facts.paginate or {}).get("type"))


def spread(count: int) -> list[str]:
    """Providers with as many different traits as there is room for: every single trait, then combinations of them."""
    chosen: dict[str, None] = {}
    seen: Counter[Any] = Counter()

    def news(provider: str) -> tuple[int, int]:
        return sum(trait not in seen for trait in traits(provider)), int(traits(provider) not in seen)

    while len(chosen) < count:
        best = max((name for name in providers() if name not in chosen), key=news)
        chosen[best] = None
        seen.update([*traits(best), traits(best)])
    return list(chosen)


def batches(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[first : first + BATCH] for first in range(0, len(names), BATCH)]


def test_there_are_687_of_them() -> None:
    assert len(providers()) == 687
    assert set(providers()) >= WITHOUT_BASE_URL


def test_every_provider_renders_from_names_alone() -> None:
    for name in providers():
        tree = tree_of([named(name)])
        scripts = {path for path in tree if path.endswith(("/users.ts", "-user.ts", "-users.ts"))}
        folder = f"nango-integrations/{name}"
        assert scripts == {
            f"{folder}/syncs/users.ts",
            f"{folder}/actions/create-user.ts",
            f"{folder}/actions/list-users.ts",
            f"{folder}/mappers/to-user.ts",
        }, name


def test_a_provider_without_base_url_is_refused_until_the_answers_give_one() -> None:
    refusals = {name: refusal for name in providers() if (refusal := refusal_of(name))}
    assert set(refusals) == WITHOUT_BASE_URL
    for name, refusal in refusals.items():
        assert refusal.where == "provider_facts.base_url"
        assert name in str(refusal)


def test_the_base_url_they_are_given_is_in_each_of_their_requests() -> None:
    for name in WITHOUT_BASE_URL:
        tree = tree_of([named(name)])
        scripts = [text for path, text in tree.items() if "/syncs/" in path or "/actions/" in path]
        assert len(scripts) == 3
        assert all("baseUrlOverride: 'https://api.example.com'" in script for script in scripts)


def test_the_spread_shows_every_auth_mode_form_of_base_url_and_pagination() -> None:
    covered = {trait for name in spread(SPREAD) for trait in traits(name)}
    assert covered == {trait for name in providers() for trait in traits(name)}


def test_a_spread_of_providers_compiles_and_lints_in_one_project(tmp_path: Path) -> None:
    assert_clean(spread(SPREAD), tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("batch", range(14))
def test_all_providers_compile_and_lint(batch: int, tmp_path: Path) -> None:
    assert_clean(batches(providers())[batch], tmp_path)


def test_the_nightly_batches_hold_every_provider() -> None:
    assert [name for batch in batches(providers()) for name in batch] == list(providers())
    assert len(batches(providers())) == 14


def assert_clean(names: Iterable[str], folder: Path) -> None:
    """Compiled by Nango, and no finding of any linter, in one project."""
    project = prepare(tree_of([named(name) for name in names]), "0.69", folder)
    built = nango.build(project, "0.69")
    assert built.complete, (built.problems, built.output[-3000:])
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []
