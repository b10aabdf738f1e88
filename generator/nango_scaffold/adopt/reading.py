"""The files of an integration, read for what its entries in nango.yaml do not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ..render.paths import ROOT, mapper_stem
from ..typescript.module_paths import candidates
from ..typescript.nodes import inside, tokens
from ..typescript.syntax import syntax_of
from .conditions import checks_of
from .entries import Unexpressed, action_answer, sync_answer
from .inline_mappings import mapping_in_place, output_in_place, plain_output
from .list_actions import list_paging, saved_records
from .list_actions import page_variables as page_variables_of_action
from .origins import FromParent
from .own_pages import function_answers, own_paging, page_variables
from .placeholders import dates_of
from .record_lists import parent_path, record_lists
from .requests import request_of, single_request_of
from .responses import incremental_field, list_path, mapping_of, own_loops, response_path, saved_path
from .script import Script, line_of
from .several_requests import details_of, lookups_of, picked_values, read_back_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..operations import Project
    from ..typescript.syntax import Node
    from .record_lists import RecordList
    from .script import Request
    from .several_requests import DetailFunction, LookupFunction, PickedValue

_ITS_OWN = "it is written in its own way"
_FURTHER = "a further request: the answers have one for each model"
_DESCRIBED_BY = {
    "batchDelete": "'deleted': ",
    "getConnection": "${connection.",
    "updateMetadata": "'save_metadata': ",
}
"""Methods of ``nango`` that an answer may describe, each with what stands in the answer then."""

_REPORTED_METHODS = tuple(
    "batchUpdate batchDelete deleteRecordsFromPreviousExecutions setMetadata updateMetadata triggerAction triggerSync "
    "getRecordsByIds getConnection getToken getEnvironmentVariables".split()
)


@dataclass
class Reading:
    """The files of the integration, as far as they were read, and what was found odd in each."""

    integration: str
    project: Project
    scripts: dict[str, Script] = field(default_factory=dict)
    notes: dict[str, list[Unexpressed]] = field(default_factory=dict)
    _lookups: dict[str, dict[str, LookupFunction]] = field(default_factory=dict)
    _details: dict[str, dict[str, DetailFunction]] = field(default_factory=dict)
    _answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    _picked: dict[str, list[PickedValue]] = field(default_factory=dict)

    def sync(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A sync's answer, from its entry and its file."""
        answer = sync_answer(name, entry)
        script = self._script("syncs", name)
        if script is None:
            return answer
        models = [str(model) for model in answer.get("models") or [answer.get("model", "")]]
        answer["request"] = {}
        lists = record_lists(script, models)
        for each in lists:
            self._add_list(script, answer, models[0], each)
        _trim_models(answer)
        # With several requests, records that are saved in place may be of any of them.
        if len(script.calls) == 1:
            self._add_parts(script, answer, models)
        self._since(script, answer)
        self._detailed(script, answer, models[0])
        for each in lists:
            self._add_mapping(script, answer, models[0], each)
        if not lists:
            answer |= _without_nothing({"mapping": self._mapping(script, models[0])})
        answer |= {**function_answers(script), **self._looked_up(script)}
        self._answers[script.path] = answer
        return answer

    def _add_mapping(self, script: Script, answer: dict[str, Any], first: str, fetched: RecordList) -> None:
        """Add how a mapper fills the model of a list, and what of that comes from the record it was fetched for."""
        if fetched.part not in ("records", "children"):
            return
        model = fetched.model
        mapped = self._mapping(script, model, fetched) or mapping_in_place(script, model, fetched)
        of_parent = {name: value.path for name, value in mapped.items() if isinstance(value, FromParent)}
        own = {name: value for name, value in mapped.items() if name not in of_parent}
        holder = answer
        if fetched.part == "children":
            holder = answer["children"]
        elif model != first:
            holder = answer["requests"][model]
        holder |= _without_nothing({"mapping": own})
        # What a record takes from a parent is set with the parents, what a child takes from its record with the children.
        target = answer.get("parents", holder) if fetched.part == "records" else holder
        target |= _without_nothing({"from_parent": of_parent})

    def _add_parts(self, script: Script, answer: dict[str, Any], models: list[str]) -> None:
        """Note the models whose records are in the response for the first one."""
        for model in models[1:]:
            path = saved_path(script, model)
            if path:
                mapping = _without_nothing({"mapping": self._mapping(script, model)})
                part = {"from": models[0], "response_path": path, **mapping}
                answer.setdefault("requests", {}).setdefault(model, {}).update(part)

    def _add_list(self, script: Script, answer: dict[str, Any], first: str, fetched: RecordList) -> None:
        """Add the request of a list where its part of the answer is, if that has none yet."""
        call, part, model = fetched.request, fetched.part, fetched.model
        holder, key = answer, "request" if part == "records" else str(part)
        if part == "records" and model != first:
            holder, key = answer.setdefault("requests", {}), model
        note = self._note(script, call)
        if "path" in holder.get(key, {}):
            note(_FURTHER)
            return
        # The variables of the page are no values of the request: Nango's paging sends them.
        names = replace(fetched.names, paging=page_variables(call))
        read = single_request_of if part == "parents" else request_of
        request = {**read(call, names, note), **self._page_of(script, fetched)}
        holder[key] = {**holder.get(key, {}), **request}
        if part == "children":
            # The entry's second endpoint was taken for a further model's.
            holder[key] = {"model": model, **answer.get("requests", {}).pop(model, {}), **holder[key]}

    def _page_of(self, script: Script, fetched: RecordList) -> dict[str, Any]:
        """How a list is paged by a loop of its own, or that it comes in one response."""
        call = fetched.request
        if call.pages:
            return {}
        path = list_path(script, call)
        place = {} if path is None else {"response_path": path}
        if paged := own_paging(call):
            return {**place, **paged}
        # A loop that could not be read may turn pages: that all comes in one response is certain only without one.
        is_in_loop = any(inside(call.node, loop) for loop in own_loops(script))
        return {} if is_in_loop else {"paginate": {"type": "none"}, **place}

    def action(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """An action's answer, from its entry and its file."""
        answer = action_answer(name, entry)
        script = self._script("actions", name)
        if script is None:
            return answer
        read_back = self._read_back(script)
        if not read_back:
            for call in script.calls[1:]:
                self._note(script, call)(_FURTHER)
        if script.calls:
            answer["request"] = self._request_of_action(script, script.calls[0], bool(read_back))
        mapping = self._mapping(script, str(entry.get("output")))
        optional = {
            "checks": list(checks_of(script)),
            "output": plain_output(script),
            "metadata": _metadata_model(script),
            "dates": dates_of(script.names.main, script.names),
            **self._looked_up(script),
            **read_back,
            **saved_records(name, script, self._answers.values()),
            "mapping": mapping or self._output(script, answer, read_back),
        }
        answer |= _without_nothing(optional)
        self._answers[script.path] = answer
        return answer

    def _output(
        self, script: Script, answer: Mapping[str, Any], read_back: Mapping[str, Any]
    ) -> dict[str, Any]:
        """How an action fills its output itself, from the last response."""
        request = read_back.get("read_back") or answer.get("request", {})
        return output_in_place(script, request.get("response_path", ""))

    def _request_of_action(self, script: Script, call: Request, is_read_back: bool) -> dict[str, Any]:
        paginate = list_paging(call, script.names)
        names = script.names
        if paginate:
            names = replace(names, paging=page_variables_of_action(call))
        request = request_of(call, names, self._note(script, call))
        # With a read-back, the first path in the script is that of the second response.
        path = None if is_read_back else response_path(script)
        return {**_without_nothing({"paginate": paginate, "response_path": path}), **request}

    def unlike(self, rendered: Mapping[str, str]) -> Iterator[Unexpressed]:
        """What is odd in files that are not word for word what the answers give."""
        for path, script in self.scripts.items():
            if not _has_same_tokens(rendered.get(path), script.text):
                odd = [*self.notes.get(path, ()), *_oddities(path, script, str(self._answers.get(path)))]
                yield from odd or [Unexpressed(path, _ITS_OWN)]
        for path, notes in self.notes.items():
            if path not in self.scripts:
                yield from notes
        for path, ours in rendered.items():
            text = self._text(path) if path not in self.scripts else None
            if text is not None and not _has_same_tokens(ours, text):
                yield Unexpressed(path, _ITS_OWN)

    def _script(self, folder: str, name: str) -> Script | None:
        path = f"{ROOT}/{self.integration}/{folder}/{name}.ts"
        # A name such as `../x`, which the CLI accepts, would lead out of the folder.
        text = self._text(path) if re.fullmatch(r"[\w-]+", name) else None
        if text is None:
            note = Unexpressed(path, "there is no such file that can be read")
            self.notes.setdefault(path, []).append(note)
            return None
        script = Script(text, path)
        # Each step reads with what the one before it knows: a request of a look-up is none of the script's own.
        self._lookups[path] = lookups_of(script, lambda source: self._imported(path, source))
        values = {name: lookup.value for name, lookup in self._lookups[path].items()}
        looked_up = Script(text, path, values)
        self._details[path] = details_of(looked_up) if folder == "syncs" else {}
        detailed = replace(looked_up, details=tuple(self._details[path]))
        self._picked[path] = picked_values(detailed, is_sync=folder == "syncs")
        self.scripts[path] = replace(
            detailed,
            picked={each.place: each.name for each in self._picked[path]},
            picking=frozenset(each.request.node.start_byte for each in self._picked[path]),
        )
        return self.scripts[path]

    def _detailed(self, script: Script, answer: dict[str, Any], first: str) -> None:
        """Put the details of records beside the request that lists them."""
        for detail in self._details[script.path].values():
            request = single_request_of(detail.request, detail.names, self._note(script, detail.request))
            if detail.path:
                request["response_path"] = detail.path
            if detail.model in ("", first):
                answer["detail"] = request
            else:
                answer.setdefault("requests", {}).setdefault(detail.model, {})["detail"] = request

    def _imported(self, path: str, source: str) -> Script | None:
        """The file that an import of a script names."""
        texts = (self._text(candidate) for candidate in candidates(path, source))
        return next((Script(text) for text in texts if text is not None), None)

    def _looked_up(self, script: Script) -> dict[str, Any]:
        """The look-ups of a script, as a part of its answer."""
        answers = []
        for lookup in self._lookups[script.path].values():
            request = single_request_of(lookup.request, lookup.names, self._note(script, lookup.request))
            answers.append({"name": lookup.value, **request, "pick": lookup.pick})
        for each in self._picked[script.path]:
            request = single_request_of(each.request, script.names, self._note(script, each.request))
            answers.append({"name": each.name, **request, "pick": each.pick})
        return {"lookups": answers} if answers else {}

    def _read_back(self, script: Script) -> dict[str, Any]:
        """What an action reads back, as a part of its answer."""
        reading = read_back_of(script)
        if reading is None:
            return {}
        request, names, path = reading
        answer = single_request_of(request, names, self._note(script, request))
        if path:
            answer["response_path"] = path
        return {"read_back": answer}

    def _text(self, path: str) -> str | None:
        data = self.project.get(path)
        if data is None:
            return None
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return None

    def _note(self, script: Script, call: Request) -> Callable[[str], None]:
        def note(reason: str) -> None:
            unexpressed = Unexpressed(f"{script.path}:{call.line}", reason)
            self.notes.setdefault(script.path, []).append(unexpressed)

        return note

    def _since(self, script: Script, answer: dict[str, Any]) -> None:
        """How the date of the last run is used."""
        request = answer["request"]
        if answer.get("sync_type") != "incremental":
            request.pop("incremental", None)
        elif "incremental" not in request:
            path = incremental_field(script)
            request.update({"incremental": {"field": path}} if path else {})

    def _mapping(self, script: Script, model: str, fetched: RecordList | None = None) -> dict[str, Any]:
        """How the model is filled, from the mapper that the script imports or holds."""
        own = f"{ROOT}/{self.integration}/mappers"
        sources = (candidates(f"{own}/script.ts", source) for source in script.source.sources)
        paths = [paths[0] for paths in sources if paths and paths[0].startswith(f"{own}/")]
        # Model names are untrusted, too: only a plain one names a file.
        if re.fullmatch(r"[A-Za-z0-9_]+", model):
            paths.append(f"{own}/{mapper_stem(model)}.ts")
        texts = [script.text, *map(self._text, dict.fromkeys(paths))]
        path_of = partial(parent_path, script, fetched)
        mappings = (mapping_of(Script(text), model, path_of) for text in texts if text)
        return next(filter(None, mappings), {})


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _metadata_model(script: Script) -> str:
    """The model as which an action reads the metadata; empty for none."""
    calls = (call for call in script.source.calls if call.method == "getMetadata" and call.types)
    return next((call.types[0] for call in calls if re.fullmatch(r"[A-Z]\w*", call.types[0])), "")


def _trim_models(answer: dict[str, Any]) -> None:
    """Take the model of the children out of the sync's own."""
    child = answer.get("children", {}).get("model")
    models = [model for model in answer.get("models", ()) if model != child]
    if len(models) == 1:
        del answer["models"]
        answer["model"] = models[0]
    elif models:
        answer["models"] = models


def _oddities(path: str, script: Script, answer: str) -> Iterator[Unexpressed]:
    """What of a script its answer does not hold."""
    for loop in sorted(_unread_loops(script), key=line_of):
        yield Unexpressed(f"{path}:{line_of(loop)}", "a loop of its own")
    # Backwards, so that the first call of a method is the one that stays.
    lines = {call.method: line_of(call.node) for call in reversed(script.source.calls)}
    for method in _REPORTED_METHODS:
        is_described = method in _DESCRIBED_BY and _DESCRIBED_BY[method] in answer
        if method in lines and not is_described:
            yield Unexpressed(f"{path}:{lines[method]}", f"it uses nango.{method}")
    if not script.calls:
        yield Unexpressed(path, "it makes no request that can be read")


def _unread_loops(script: Script) -> list[Node]:
    """The loops that turn no pages in a way that is described."""
    paged = [call.node for call in script.calls if own_paging(call)]
    return [loop for loop in own_loops(script) if not any(inside(node, loop) for node in paged)]


def _has_same_tokens(ours: str | None, theirs: str) -> bool:
    """Whether two files hold the same tokens, however they are laid out."""
    return ours is not None and tokens(syntax_of(ours).root) == tokens(syntax_of(theirs).root)
