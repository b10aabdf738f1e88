"""The API documents and the samples that scripts of a draft are inferred from. Pure but for how files are read."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..infer.operations import entries
from ..infer.pagination import paginate_of
from ..infer.samples import unwrapped
from ..infer.settle import KEY, KEYS, inferences, with_inferences
from ..infer.whole import InferredAnswers, best_matching
from .fields import is_sample, parsed_sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..infer.document import Document
    from ..infer.operations import Entry
    from ..infer.paging_rules import Paging
    from ..infer.samples import Described
    from ..infer.settle import Files
    from ..providers import ProviderFacts

_KINDS = ("syncs", "actions")
_ABOUT = ("provider", "integration", "provider_facts")
_LONGEST_NAME = 200


class Evidence:
    """What scripts are inferred from; what was inferred once is kept.

    Args:
        files: reads what ``infer`` names, and holds what is no file.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self._entries: dict[str, list[Entry]] = {}
        self._matches: dict[tuple[str, str], list[Entry]] = {}
        self._inferences: dict[str, dict[str, InferredAnswers]] = {}

    def document(self, name: str) -> Document:
        """The API document in a file.

        Raises:
            AnswersError: it cannot be read, or is none.
        """
        if name.startswith(("http://", "https://")):
            what = "an address is not fetched"
            raise AnswersError(what, fix="save the document, and name the file")
        if name == "-":
            raise AnswersError("standard input is what you type", fix="name a file")
        document = self.files.document(name)
        if name not in self._entries:
            self._entries[name] = list(entries(document))
        return document

    def operations(self, name: str, words: str = "") -> list[Entry]:
        """The operations of a document that match some words, the most likely first."""
        key = (name, " ".join(words.split()))
        if key not in self._matches:
            self._matches[key] = best_matching(self._entries[name], words)
        return self._matches[key]

    def add_sample(self, name: str, data: Any) -> str:
        """Keep a sample, or the text of headers, that is no file; what answers call it, which is the name of nothing else."""
        samples, name = self.files.samples, name[:_LONGEST_NAME]
        names = (name if number == 1 else f"{name} ({number})" for number in count(1))
        free_or_same = next(name for name in names if samples.get(name, data) == data)
        samples[free_or_same] = data
        return free_or_same

    def inferred_answers(self, data: Mapping[str, Any], facts: ProviderFacts) -> InferredAnswers:
        """The answers with what was inferred in place of each ``infer``.

        Raises:
            AnswersError: a file cannot be read, or gives no answers.
        """
        # The key is all that decides the result: most answers leave it as it is, and nothing is inferred anew.
        about = {key: data[key] for key in _ABOUT if key in data}
        scripts = {kind: [_deciding(script) for script in data.get(kind) or ()] for kind in _KINDS}
        key = json.dumps({**about, **scripts}, sort_keys=True, default=str)
        if key not in self._inferences:
            self._inferences[key] = inferences({**about, **scripts}, self.files, facts)
        return with_inferences(data, self._inferences[key])


def infers(data: Mapping[str, Any]) -> bool:
    """Whether any script of the answers is to be inferred."""
    return any(KEY in script for kind in _KINDS for script in data.get(kind) or ())


def sample_paging(text: str, described: Described, facts: ProviderFacts) -> Paging | None:
    """How a response that was pasted for the fields of a sync says that it is paged; None for what is no list."""
    if not described.is_list or not is_sample(text):
        return None
    sample = unwrapped(parsed_sample(text))
    path = tuple(filter(None, described.response_path.split(".")))
    headers = sample.headers or None
    paging = paginate_of(records=path, sample=sample.body, sample_headers=headers, facts=facts)
    own = facts.paginate or {}
    # What the provider's facts have already is no news; nor is it that nothing shows, where they say it.
    is_known = bool(own) if paging.settings is None else paging.settings.items() <= own.items()
    return None if is_known else paging


def _deciding(script: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a script that decide what is inferred for it."""
    return {key: script[key] for key in KEYS if key in script}


def with_exact_models(inferred: InferredAnswers, typed: Mapping[str, Any]) -> InferredAnswers:
    """The answers where a model has the fields that the user typed, and no others of those inferred for it."""
    answers = dict(inferred.answers)
    answers["models"] = {**answers["models"], **typed}
    for kind in _KINDS:
        if kind in answers:
            answers[kind] = [_with_fields_only(script, typed) for script in answers[kind]]
    return InferredAnswers(answers, inferred.sources, inferred.notes)


def _with_fields_only(script: Mapping[str, Any], typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """A script whose mapping is that of the fields that its model has."""
    model = str(script.get("model") or script.get("output")).removesuffix("[]")
    if model not in typed or "mapping" not in script:
        return script
    names = {str(name).removesuffix("?") for name in typed[model]}
    mapping = {key: value for key, value in script["mapping"].items() if key.split(".")[0] in names}
    others = {key: value for key, value in script.items() if key != "mapping"}
    return {**others, "mapping": mapping} if mapping else others
