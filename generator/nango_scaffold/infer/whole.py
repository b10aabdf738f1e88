"""The whole answers of an integration, from the scripts inferred for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from .actions import action_of
from .operations import find, read
from .syncs import is_list, sync_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .document import Document
    from .inference import Context, Inference


@frozen
class InferredAnswers:
    """Answers that were inferred.

    Attributes:
        answers: as an answers file has them.
        sources: where each value comes from, by its place, such as ``syncs[0].request.path``.
        notes: what was left out or guessed, with the script's name before it.
    """

    answers: Mapping[str, Any]
    sources: Mapping[str, str]
    notes: tuple[str, ...]


def script_of(document: Document, identifier: str, context: Context) -> Inference:
    """The sync or the action for an operation: what lists records becomes a sync.

    Raises:
        AnswersError: there is no such operation, or its answers cannot be inferred.
    """
    operation = read(document, find(document, identifier))
    if is_list(operation):
        return sync_of(operation, context, document)
    return action_of(operation, context)


def whole_answers(
    head: Mapping[str, Any], scripts: Sequence[Inference], notes: Iterable[str] = ()
) -> InferredAnswers:
    """The answers for some scripts.

    Args:
        head: the keys before them, such as the provider.
        scripts: what was inferred for each.
        notes: on the whole.
    """
    answers: dict[str, Any] = dict(head)
    sources: dict[str, str] = {}
    for kind in ("sync", "action"):
        own = [script for script in scripts if script.kind == kind]
        if own:
            answers[f"{kind}s"] = [script.script for script in own]
        for position, script in enumerate(own):
            sources.update(_placed(script, f"{kind}s[{position}]"))
    models = {name: fields for script in scripts for name, fields in script.models.items()}
    if models:
        answers["models"] = models
    return InferredAnswers(answers, sources, (*notes, *_notes(scripts)))


def inferred_from(data: Mapping[str, Any]) -> dict[str, str]:
    """By the name of a script whose answers name something to infer them from, what that is.

    Of a file its name alone: where it lies differs from machine to machine.
    """
    scripts = [*(data.get("syncs") or ()), *(data.get("actions") or ())]
    return {script["name"]: _origin(script["infer"]) for script in scripts if script.get("infer")}


def _origin(infer: Mapping[str, Any]) -> str:
    """What answers are inferred from: ``openapi.json, operation listUsers`` and ``the sample users.json``."""
    sample = infer.get("sample") or ()
    samples = [sample] if isinstance(sample, str) else sample
    parts = (
        [f"{_file_name(infer['openapi'])}, operation {infer.get('operation')}"]
        if infer.get("openapi")
        else []
    )
    parts += [" and ".join(map(_sample_name, samples))] if samples else []
    return " and ".join(parts)


def _sample_name(sample: str) -> str:
    """What a sample is called; whose connection it came from is nobody's business."""
    is_live = sample.startswith("connection ")
    return "a page of a live connection" if is_live else f"the sample {_file_name(sample)}"


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _placed(script: Inference, place: str) -> Mapping[str, str]:
    """The sources of a script by their places in the answers."""
    return {
        key if key.startswith("models.") else f"{place}.{key}": source
        for key, source in script.sources.items()
    }


def _notes(scripts: Iterable[Inference]) -> Iterable[str]:
    for script in scripts:
        yield from (f"{script.script['name']}: {note}" for note in script.notes)
