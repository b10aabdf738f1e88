"""Answers with ``infer:`` in them become answers without: what was inferred stands below what is written beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..answers.load import place_steps
from ..errors import AnswersError
from ..naming.words import pascal, singular
from .actions import action_of
from .document import Document, is_document
from .fields import Selection
from .inference import Context, Draft, Inference, Kind
from .names import model_name
from .operations import find, read
from .pagination import paginate_of
from .samples import (
    Recorded,
    filled,
    is_unique,
    no_record,
    parsed_headers,
    sample_records,
    shape_of_values,
    unwrapped,
)
from .shape import Object, at, record_of
from .syncs import add_record_model, ask_for_paging, sync_of
from .whole import InferredAnswers, whole_answers

if TYPE_CHECKING:
    from ..providers import ProviderFacts
    from .operations import Operation

KEY = "infer"
_MODEL_KEYS = ("model", "metadata", "input", "output")
KEYS = (KEY, "name", *_MODEL_KEYS)
"""Of a script, what tells what is inferred for it."""
_DEFAULT = Selection()


class Files:
    """The files that answers name, as they are read; what cannot be read is an AnswersError.

    Args:
        data: gives the parsed data of a file.
        text: gives its text.
        document: gives the API document that parsed data is, by the name of its file.
        samples: what is no file, by the name that answers have for it: parsed samples, and the text of headers.
    """

    def __init__(
        self,
        data: Callable[[str], Any],
        text: Callable[[str], str],
        document: Callable[[Any, str], Document],
        samples: Mapping[str, Any] | None = None,
    ) -> None:
        self.samples = dict(samples or {})
        self._data = data
        self._text = text
        self._document = document
        self._documents: dict[str, Document] = {}

    def data(self, name: str) -> Any:
        """The parsed data of a file."""
        return self.samples[name] if name in self.samples else self._data(name)

    def text(self, name: str) -> str:
        """The text of a file."""
        return str(self.samples[name]) if name in self.samples else self._text(name)

    def document(self, name: str) -> Document:
        """The API document in a file, read once."""
        if name not in self._documents:
            self._documents[name] = self._document(self.data(name), name)
        return self._documents[name]


def settled(data: Mapping[str, Any], files: Files, facts: ProviderFacts | None) -> InferredAnswers:
    """The answers with what was inferred in place of ``infer:``, below what is written beside it.

    The ``infer:`` of ``data`` have been checked against the format; ``files`` reads what they name.

    Raises:
        AnswersError: a file cannot be read, or gives no answers.
    """
    return with_inferences(data, inferences(data, files, facts))


def inferences(
    data: Mapping[str, Any], files: Files, facts: ProviderFacts | None
) -> dict[str, InferredAnswers]:
    """What is inferred for each script with ``infer:``, by its place such as ``syncs[0]``.

    Of the answers only the provider, the integration, and of each script what ``KEYS`` names make a difference. See
    ``settled`` for the arguments and the error.
    """
    context = Context(str(data.get("integration") or data.get("provider")), facts)
    parts: dict[str, InferredAnswers] = {}
    for kind, place, script in _scripts(data):
        if KEY in script:
            inference = _inferred_at(f"{place}.{KEY}", kind, script, files, context)
            parts[place] = whole_answers({}, [inference])
    return parts


def with_inferences(data: Mapping[str, Any], parts: Mapping[str, InferredAnswers]) -> InferredAnswers:
    """The answers with what was inferred for each script, by its place, below what is written beside it."""
    scripts: dict[str, list[Mapping[str, Any]]] = {}
    for kind, place, script in _scripts(data):
        if place in parts:
            (inferred,) = parts[place].answers[f"{kind}s"]
            own = {key: value for key, value in script.items() if key != KEY}
            script = _over(own, inferred)
        scripts.setdefault(f"{kind}s", []).append(script)
    return _joined({**data, **scripts}, parts, data)


def _scripts(data: Mapping[str, Any]) -> Iterator[tuple[Kind, str, Mapping[str, Any]]]:
    """The scripts of the answers: the kind, the place and the settings of each."""
    kinds: tuple[Kind, Kind] = ("sync", "action")
    for kind in kinds:
        for position, script in enumerate(data.get(f"{kind}s") or ()):
            yield kind, f"{kind}s[{position}]", script


def _joined(
    answers: dict[str, Any], parts: Mapping[str, InferredAnswers], data: Mapping[str, Any]
) -> InferredAnswers:
    """The answers with the models of all that was inferred, and with its sources and notes."""
    models: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for place, part in parts.items():
        models.update(part.answers.get("models", {}))
        sources.update({_moved(key, place): source for key, source in part.sources.items()})
    answers["models"] = _with_models(data.get("models") or {}, models)
    notes = tuple(note for part in parts.values() for note in part.notes)
    # What the answers set themselves was not inferred.
    inferred = {place: source for place, source in sources.items() if not _is_set(place, data)}
    return InferredAnswers(answers, inferred, notes)


def _moved(key: str, place: str) -> str:
    """The place of an answer in the whole, for its place among the answers of one script."""
    return re.sub(r"^(syncs|actions)\[0\]", place, key)


def _is_set(place: str, data: Any) -> bool:
    for step in place_steps(place):
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
    return data is not None and not isinstance(data, Mapping)


def _over(explicit: Any, inferred: Any) -> Any:
    """What is written, over what was inferred: mappings key by key."""
    if not isinstance(explicit, Mapping) or not isinstance(inferred, Mapping):
        return explicit
    merged = dict(inferred)
    for key, value in explicit.items():
        merged[key] = _over(value, inferred[key]) if key in inferred else value
    return merged


def _with_models(explicit: Mapping[str, Any], inferred: Mapping[str, Any]) -> dict[str, Any]:
    """The models that are written, each over the one inferred; a field is one, with ``?`` and without."""
    models = dict(inferred)
    for name, fields in explicit.items():
        own = fields if isinstance(fields, Mapping) else {}
        # Otherwise a field that the answers make optional would stand there twice.
        names = {str(key).removesuffix("?") for key in own}
        known = inferred.get(name) or {}
        others = {key: type_ for key, type_ in known.items() if key.removesuffix("?") not in names}
        models[name] = {**others, **own} if others else fields
    return models


def _inferred_at(
    place: str, kind: Kind, script: Mapping[str, Any], files: Files, context: Context
) -> Inference:
    """What is inferred for a script; an error says which script it is about."""
    try:
        return _inferred(kind, script, files, context)
    except AnswersError as error:
        what = f"{error.where}: {error.what}".removeprefix(": ")
        raise AnswersError(what, where=place, fix=error.fix, accepted=error.accepted) from None


def _inferred(kind: Kind, script: Mapping[str, Any], files: Files, context: Context) -> Inference:
    settings = script[KEY] or {}
    _refuse_incomplete(settings)
    context.selection = Selection(
        settings.get("depth", _DEFAULT.depth),
        settings.get("max_fields", _DEFAULT.most),
        tuple(settings.get("fields", ())),
    )
    # The operation of a script before may have had it as its usual name.
    context.names.discard(script["name"])
    if "sample" in settings:
        operation = _operation(settings, files) if "openapi" in settings else None
        inference = _from_samples(kind, script, operation, files, context)
    else:
        document = files.document(settings["openapi"])
        inference = _of_operation(kind, _operation(settings, files), context, document)
    return _renamed(inference, script, context)


def _refuse_incomplete(settings: Mapping[str, Any]) -> None:
    """Refuse settings that need others beside them."""
    if "openapi" not in settings and "sample" not in settings:
        raise AnswersError("infer names neither a document nor a sample", fix="set openapi, or sample")
    for key, other in (("openapi", "operation"), ("operation", "openapi"), ("headers", "sample")):
        if key in settings and other not in settings:
            raise AnswersError(f"infer has {key} without {other}", fix=f"set {other} too")


def _operation(settings: Mapping[str, Any], files: Files) -> Operation:
    document = files.document(settings["openapi"])
    return read(document, find(document, settings["operation"]))


def _of_operation(
    kind: Kind, operation: Operation, context: Context, document: Document | None = None
) -> Inference:
    """What an operation says of a script; its document tells what its silence on pages means."""
    return sync_of(operation, context, document) if kind == "sync" else action_of(operation, context)


def _renamed(inference: Inference, script: Mapping[str, Any], context: Context) -> Inference:
    """What was inferred, with the names that the script gives its models."""
    for key in _MODEL_KEYS:
        old, new = (str(of.get(key) or "").removesuffix("[]") for of in (inference.script, script))
        # A type that begins with a capital is a model; others are `none` or plain.
        if old in inference.models and new[:1].isupper() and new != old:
            inference = _with_name(inference, old, new)
    context.models.update(inference.models)
    return inference


def _with_name(inference: Inference, old: str, new: str) -> Inference:
    """What was inferred, with another name for one of its models."""
    word = re.compile(rf"\b{re.escape(old)}\b")
    names = {key: word.sub(new, str(inference.script[key])) for key in _MODEL_KEYS if key in inference.script}
    renamed = ((new if name == old else name, fields) for name, fields in inference.models.items())
    models = {name: _replaced(fields, word, new) for name, fields in renamed}
    places = {f"models.{old}": f"models.{new}"}
    sources = {places.get(place, place): source for place, source in inference.sources.items()}
    return Inference(inference.kind, {**inference.script, **names}, models, sources, inference.notes)


def _replaced(value: Any, word: re.Pattern[str], new: str) -> Any:
    """Types in which a model has another name."""
    if isinstance(value, Mapping):
        return {key: _replaced(item, word, new) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, word, new) for item in value]
    return word.sub(new, value) if isinstance(value, str) else value


def _from_samples(
    kind: Kind, script: Mapping[str, Any], operation: Operation | None, files: Files, context: Context
) -> Inference:
    """What samples show; what they do not, the operation of a document beside them says."""
    settings = script[KEY]
    names = [settings["sample"]] if isinstance(settings["sample"], str) else list(settings["sample"])
    samples = [_sample(name, files) for name in names]
    if "headers" in settings:
        first = samples[0]
        samples[0] = Recorded(first.body, parsed_headers(files.text(settings["headers"])), first.endpoint)
    base = _of_operation(kind, operation, context) if operation is not None else None
    source = ", ".join(names)
    sampled = from_samples(kind, script["name"], samples, context, source=source, operation=operation)
    if base is None:
        return sampled
    # The sample has a model for the record, too; further ones of the document, such as the input, are still needed.
    record = base.script.get("model" if kind == "sync" else "output")
    models = {name: fields for name, fields in base.models.items() if name != record}
    models, sources = {**models, **sampled.models}, {**base.sources, **sampled.sources}
    return Inference(kind, _over(sampled.script, base.script), models, sources, sampled.notes)


def _sample(name: str, files: Files) -> Recorded:
    data = files.data(name)
    if is_document(data):
        what = f"{name} is an API document, and no sample"
        raise AnswersError(what, where=name, fix="name it in `openapi`")
    return unwrapped(data)


def from_samples(
    kind: Kind,
    name: str,
    samples: list[Recorded],
    context: Context,
    *,
    source: str,
    operation: Operation | None = None,
) -> Inference:
    """The answers for a script, from samples of its response.

    Args:
        kind: of the script.
        name: of the script.
        samples: the responses.
        context: what the scripts of the integration share.
        source: where the samples are, for the sources.
        operation: that of a document, which knows the types of what the samples do not show.

    Raises:
        AnswersError: there is no record in them.
    """
    bodies = [sample.body for sample in samples]
    records, notes = sample_records(bodies, (name, context.integration))
    documented = operation.response_shape if operation else None
    inner = at(documented, records.path)
    sampled = records.record_in(shape_of_values(bodies))
    # The sample tells what the API sends, the document what it did not happen to send.
    shape = filled(sampled, getattr(inner, "item", inner) if records.is_list else inner)
    record = record_of(shape)
    if record is None or not record.properties:
        raise no_record()
    draft = Draft(kind, context)
    draft.set("name", name, "the answers")
    draft.note(*notes)
    _ask_sampled(draft, samples[0], records.path, source, operation)
    record = Object(record.properties, record.name, source=source)
    if kind == "action":
        _add_output(draft, record, name, source)
        return draft.inference()
    _require_list(bool(records.is_list), name, source)
    add_record_model(draft, record, name, lambda path: is_unique(path, bodies, records))
    paging = paginate_of(
        operation,
        records=records.path,
        sample=samples[0].body,
        sample_headers=samples[0].headers or None,
        facts=context.facts,
    )
    ask_for_paging(paging, draft)
    return draft.inference()


def _ask_sampled(
    draft: Draft, sample: Recorded, path: tuple[str, ...], source: str, operation: Operation | None
) -> None:
    draft.ask("response_path", ".".join(path), source)
    if sample.endpoint.startswith("/") and operation is None:
        draft.ask("path", re.split(r"[?#]", sample.endpoint)[0], f"{source}: the endpoint that was recorded")


def _require_list(is_list: bool, name: str, source: str) -> None:
    if not is_list:
        raise AnswersError(
            f"{source} holds no list of records, which the sync {name} fetches",
            where=source,
            fix="another sample, or an action",
        )


def _add_output(draft: Draft, record: Object, name: str, source: str) -> None:
    model = model_name(draft.context.prefix, record.name or singular(name))
    fields, mapping = draft.describe(record, model)
    names = [model, f"{draft.context.prefix}{pascal(name)}Output"]
    draft.set("output", draft.add_model(names, fields, source), source)
    if mapping:
        draft.set("mapping", mapping, source)
