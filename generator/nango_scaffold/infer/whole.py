"""The operations of a document to choose from, and the whole answers of an integration for those that were chosen."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from .actions import action_of
from .operations import entries, find, read
from .syncs import is_list, sync_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .document import Document
    from .inference import Context, Inference
    from .operations import Entry


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
    """The answers for some scripts."""
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
    return InferredAnswers(answers, sources, (*notes, *_named_notes(scripts)))


def inferred_from(data: Mapping[str, Any]) -> dict[str, str]:
    """By the name of a script whose answers name something to infer them from, what that is.

    Of a file its name alone: where it lies differs from machine to machine.
    """
    scripts = chain(data.get("syncs") or (), data.get("actions") or ())
    return {script["name"]: _origin(script["infer"]) for script in scripts if script.get("infer")}


def _origin(infer: Mapping[str, Any]) -> str:
    """What answers are inferred from: ``openapi.json, operation listUsers`` and ``the sample users.json``."""
    sample = infer.get("sample") or ()
    origins = list(map(_sample_name, [sample] if isinstance(sample, str) else sample))
    if infer.get("openapi"):
        origins.insert(0, f"{_file_name(infer['openapi'])}, operation {infer.get('operation')}")
    return " and ".join(origins)


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


def _named_notes(scripts: Iterable[Inference]) -> list[str]:
    return [f"{script.script['name']}: {note}" for script in scripts for note in script.notes]


# The operations of a document as a list to choose from.


@frozen
class ListedOperation:
    """An operation to choose.

    Attributes:
        id: what ``--operation`` names it by.
        method: in capitals.
        path: as the document has it.
        tag: its group; empty for none.
        kind: ``list`` for what a sync can fetch, ``one`` for what is an action.
        summary: one line; empty for none.
    """

    id: str
    method: str
    path: str
    tag: str
    kind: str
    summary: str


def listing(document: Document, words: str = "") -> Iterator[ListedOperation]:
    """The operations of a document, those only whose id, path, tag or summary holds all of some words."""
    for entry in matching(entries(document), words):
        kind = "list" if is_list(read(document, entry)) else "one"
        yield ListedOperation(entry.id, entry.method, entry.path, entry.tag, kind, entry.summary)


def matching(operations: Iterable[Entry], words: str) -> Iterator[Entry]:
    """The operations whose id, method, path, tag or summary holds all of some words, in their order."""
    terms = words.lower().split()
    for entry in operations:
        text = " ".join((entry.id, entry.method, entry.path, entry.tag, entry.summary)).lower()
        if all(term in text for term in terms):
            yield entry


def best_matching(operations: Iterable[Entry], words: str) -> list[Entry]:
    """The operations that match some words, the most likely first: by id, then by path, the shortest of each first."""
    name = " ".join(words.split()).lower()

    def rank(entry: Entry) -> tuple[bool, bool, bool, int]:
        # False comes first.
        names = (entry.id.lower(), f"{entry.method} {entry.path}".lower())
        is_named = all(term in names[0] for term in name.split())
        is_at_end = entry.path.lower().endswith(name)
        return name not in names, not is_at_end, not is_named, len(entry.path)

    return sorted(matching(operations, words), key=rank)
