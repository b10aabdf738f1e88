"""Responses as the documentation of APIs shows them, and the sync that is inferred from each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nango_scaffold.errors import AnswersError
from nango_scaffold.frozen import frozen
from nango_scaffold.infer.document import Document
from nango_scaffold.infer.settle import Files, settled
from nango_scaffold.infer.whole import InferredAnswers
from nango_scaffold.providers import ProviderFacts


@frozen
class DocumentedSample:
    """A sample with its labels.

    Attributes:
        provider: the key in Nango.
        name: of the sync.
        docs: the page that shows the response.
        path: of the request.
        bodies: of the responses; several of one list show what one alone does not.
        headers: of the first of them.
        depth: that the models are to have.
        records: the path of the records; empty where the body is the list.
        within: the property of an entry that holds the record itself; empty where the entry is the record.
        id: the path of what identifies a record.
        paging: as ``request.paginate`` has it, by the documentation.
    """

    provider: str
    name: str
    docs: str
    path: str
    bodies: tuple[Any, ...]
    headers: dict[str, str]
    depth: int
    records: str
    within: str
    id: str
    paging: dict[str, Any]

    @property
    def label(self) -> str:
        """Which one it is, in a sentence."""
        return f"{self.provider} {self.name}"

    def raw_records(self) -> list[Any]:
        """The entries of all bodies that hold the records."""
        return [entry for body in self.bodies for entry in value_at(body, self.records)]


def value_at(value: Any, path: str) -> Any:
    """The value at a dotted path; None where it leads nowhere."""
    for step in path.split(".") if path else ():
        value = value.get(step) if isinstance(value, dict) else None
    return value


@cache
def documented_samples() -> tuple[DocumentedSample, ...]:
    """All of them, in the order of the file."""
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    return tuple(_sample(entry) for entry in yaml.load(text, yaml.CSafeLoader))


def _sample(entry: dict[str, Any]) -> DocumentedSample:
    bodies = entry.pop("bodies", None) or [entry.pop("body")]
    return DocumentedSample(**{"headers": {}, "depth": 2, "within": "", **entry}, bodies=tuple(bodies))


def inferred_syncs(samples: tuple[DocumentedSample, ...], facts: ProviderFacts) -> InferredAnswers:
    """The answers with a sync for each of some samples of one provider.

    Raises:
        AnswersError: one of them shows no records.
    """
    bodies = {
        f"{sample.name}-{number}": body for sample in samples for number, body in enumerate(sample.bodies)
    }
    headers = {f"{sample.name}-headers": json.dumps(sample.headers) for sample in samples}
    files = Files(bodies.__getitem__, headers.__getitem__, _no_document)
    syncs = [
        {
            "name": sample.name,
            "request": {"path": sample.path},
            "infer": {
                "sample": [f"{sample.name}-{number}" for number in range(len(sample.bodies))],
                "headers": f"{sample.name}-headers",
                "depth": sample.depth,
            },
        }
        for sample in samples
    ]
    return settled({"provider": facts.key, "syncs": syncs}, files, facts)


def _no_document(_data: Any, name: str) -> Document:
    raise AnswersError("a sample is no document", where=name)
