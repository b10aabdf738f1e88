"""What is inferred from the responses that documentation shows: the records, their id, and no pagination that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts, find

from .documented_samples import DocumentedSample, documented_samples, inferred_syncs

SAMPLES = documented_samples()


def facts_of(provider: str) -> ProviderFacts:
    """The built-in facts of a provider; none for unknown ones."""
    try:
        return find(provider)
    except AnswersError:
        return ProviderFacts(provider, "OAUTH2", base_url="https://api.example.com", source="nothing")


def script(sample: DocumentedSample) -> dict[str, Any]:
    return dict(inferred_syncs((sample,), facts_of(sample.provider)).answers["syncs"][0])


def essence(paging: dict[str, Any]) -> dict[str, Any]:
    """The settings without the page size."""
    return {key: value for key, value in paging.items() if key not in ("limit", "limit_name_in_request")}


def test_there_are_enough_and_each_has_its_page() -> None:
    assert len(SAMPLES) >= 60
    assert len({(sample.provider, sample.name) for sample in SAMPLES}) == len(SAMPLES)
    assert all(sample.docs.startswith("https://") for sample in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.label)
def test_the_records_and_their_id(sample: DocumentedSample) -> None:
    sync = script(sample)
    assert sync["request"].get("response_path") == sample.records
    assert sync["request"].get("record_path", "") == sample.within
    assert sync.get("mapping", {}).get("id", "id") == sample.id


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.label)
def test_no_pagination_is_wrong(sample: DocumentedSample) -> None:
    paging = script(sample)["request"].get("paginate")
    assert paging is None or essence(paging) == sample.paging


def test_the_pagination_of_few_stays_unknown() -> None:
    # A sample has no parameters to show: where they take a cursor or a number, only the provider's facts tell.
    unknown = [sample for sample in SAMPLES if "paginate" not in script(sample)["request"]]
    by_link = [sample.label for sample in unknown if sample.paging["type"] == "link"]
    assert len(unknown) <= 51
    assert len(by_link) <= 6, by_link
