"""The files of an integration, read for what its entries in nango.yaml do not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..render.paths import ROOT, mapper_stem
from ..typescript.module_paths import candidates
from ..typescript.nodes import tokens
from ..typescript.syntax import syntax_of
from .checks import checks_of
from .entries import action_answer, sync_answer
from .notes import Unexpressed
from .own_pages import function_answers, own_paging
from .requests import request_of
from .responses import incremental_field, mapping_of, own_loops, response_path, saved_path
from .script import Script, line_of
from .several_requests import details_of, lookups_of, read_back_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..operations import Project
    from .script import Request
    from .several_requests import DetailFunction, LookupFunction

_ITS_OWN = "it is written in its own way"
_FURTHER = "a further request: the answers have one for each model"
_UNSPOKEN = (
    "batchUpdate",
    "batchDelete",
    "deleteRecordsFromPreviousExecutions",
    "setMetadata",
    "updateMetadata",
    "triggerAction",
    "triggerSync",
    "getRecordsByIds",
    "getConnection",
    "getToken",
    "getEnvironmentVariables",
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

    def sync(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A sync's answer, from its entry and its file."""
        answer = sync_answer(name, entry)
        script = self._script("syncs", name)
        if script is None:
            return answer
        models = [str(model) for model in answer.get("models") or [answer.get("model", "")]]
        self._add_requests(script, answer, models)
        if not any(call.pages for call in script.calls) and len(script.calls) == 1 and not own_loops(script):
            answer["request"].update(_single_page(script))
        if len(script.calls) == 1:
            self._add_parts(script, answer, models)
        self._since(script, answer)
        self._detailed(script, answer, models[0])
        mapped = self._mapping(script, models[0])
        mapping = {"mapping": mapped} if mapped else {}
        return {**answer, **function_answers(script), **self._looked_up(script), **mapping}

    def _add_parts(self, script: Script, answer: dict[str, Any], models: list[str]) -> None:
        """Note the models whose records are in the response for the first one."""
        for model in models[1:]:
            path = saved_path(script, model)
            if path:
                mapped = self._mapping(script, model)
                part = {"from": models[0], "response_path": path, **({"mapping": mapped} if mapped else {})}
                answer.setdefault("requests", {}).setdefault(model, {}).update(part)

    def _add_requests(self, script: Script, answer: dict[str, Any], models: list[str]) -> None:
        """Add the request of the first model, and those of the others."""
        by_model = self._requests(script, models)
        answer["request"] = by_model.pop(models[0], {})
        for model, request in by_model.items():
            answer["requests"] = answer.get("requests", {})
            answer["requests"].setdefault(model, {}).update(request)

    def action(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """An action's answer, from its entry and its file."""
        answer = action_answer(name, entry)
        script = self._script("actions", name)
        if script is None:
            return answer
        read_back = self._read_back(script)
        for call in () if read_back else script.calls[1:]:
            self._note(script, call)(_FURTHER)
        for call in script.calls[:1]:
            answer["request"] = request_of(call, script.names, self._note(script, call))
            path = "" if read_back else response_path(script)
            if path and "response_path" not in answer["request"]:
                answer["request"]["response_path"] = path
        mapped = self._mapping(script, str(entry.get("output")))
        optional = {
            "checks": list(checks_of(script)),
            "metadata": _metadata_model(script),
            **self._looked_up(script),
            **read_back,
            "mapping": mapped,
        }
        return {**answer, **{key: value for key, value in optional.items() if value}}

    def unlike(self, rendered: Mapping[str, str]) -> Iterator[Unexpressed]:
        """What is odd in files that are not word for word what the answers give."""
        for path, script in self.scripts.items():
            if not _says_the_same(rendered.get(path), script.text):
                odd = [*self.notes.get(path, ()), *_oddities(path, script)]
                yield from odd or [Unexpressed(path, _ITS_OWN)]
        for path in [path for path in self.notes if path not in self.scripts]:
            yield from self.notes[path]
        yield from self._other_files_unlike(
            {path: rendered[path] for path in rendered if path not in self.scripts}
        )

    def _other_files_unlike(self, rendered: Mapping[str, str]) -> Iterator[Unexpressed]:
        for path, ours in rendered.items():
            theirs = self._text(path)
            if theirs is not None and not _says_the_same(ours, theirs):
                yield Unexpressed(path, _ITS_OWN)

    def _script(self, folder: str, name: str) -> Script | None:
        path = f"{ROOT}/{self.integration}/{folder}/{name}.ts"
        text = self._text(path) if re.fullmatch(r"[\w-]+", name) else None
        if text is None:
            self.notes.setdefault(path, []).append(
                Unexpressed(path, "there is no such file that can be read")
            )
            return None
        script = Script(text)
        self._lookups[path] = lookups_of(script, lambda source: self._imported(path, source))
        values = {name: lookup.value for name, lookup in self._lookups[path].items()}
        looked_up = Script(text, values)
        self._details[path] = details_of(looked_up) if folder == "syncs" else {}
        self.scripts[path] = replace(looked_up, details=tuple(self._details[path]))
        return self.scripts[path]

    def _detailed(self, script: Script, answer: dict[str, Any], first: str) -> None:
        """Put the details of records beside the request that lists them."""
        for detail in self._details[self._path_of(script)].values():
            request = request_of(detail.request, detail.names, self._note(script, detail.request))
            of_model = {**request, **({"response_path": detail.path} if detail.path else {})}
            if detail.model in ("", first):
                answer["detail"] = of_model
            else:
                answer.setdefault("requests", {}).setdefault(detail.model, {})["detail"] = of_model

    def _imported(self, path: str, source: str) -> Script | None:
        """The file that an import of a script names."""
        texts = (self._text(candidate) for candidate in candidates(path, source))
        return next((Script(text) for text in texts if text is not None), None)

    def _looked_up(self, script: Script) -> dict[str, Any]:
        """The look-ups of a script, as a part of its answer."""
        path = self._path_of(script)
        answers = [
            {
                "name": lookup.value,
                **request_of(lookup.request, lookup.names, self._note(script, lookup.request)),
                "pick": lookup.pick,
            }
            for lookup in self._lookups[path].values()
        ]
        return {"lookups": answers} if answers else {}

    def _read_back(self, script: Script) -> dict[str, Any]:
        """What an action reads back, as a part of its answer."""
        reading = read_back_of(script)
        if reading is None:
            return {}
        request, names, path = reading
        answer = request_of(request, names, self._note(script, request))
        return {"read_back": {**answer, **({"response_path": path} if path else {})}}

    def _text(self, path: str) -> str | None:
        data = self.project.get(path)
        try:
            return None if data is None else data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return None

    def _path_of(self, script: Script) -> str:
        return next(path for path, known in self.scripts.items() if known is script)

    def _note(self, script: Script, call: Request) -> Callable[[str], None]:
        path = self._path_of(script)

        def note(reason: str) -> None:
            self.notes.setdefault(path, []).append(Unexpressed(f"{path}:{call.line}", reason))

        return note

    def _requests(self, script: Script, models: list[str]) -> dict[str, dict[str, Any]]:
        """The request by which each model is fetched; the first for one that no request is known of."""
        requests: dict[str, dict[str, Any]] = {}
        for call in script.calls:
            model = call.model if call.model in models else models[0]
            if model in requests:
                self._note(script, call)(_FURTHER)
            else:
                request = request_of(call, script.names, self._note(script, call))
                requests[model] = {**request, **own_paging(call)}
        return requests

    def _since(self, script: Script, answer: dict[str, Any]) -> None:
        """How the date of the last run is used."""
        request = answer["request"]
        if answer.get("sync_type") != "incremental":
            request.pop("incremental", None)
        elif "incremental" not in request:
            path = incremental_field(script)
            request.update({"incremental": {"field": path}} if path else {})

    def _mapping(self, script: Script, model: str) -> dict[str, Any]:
        """How the model is filled, from the mapper that the script imports or holds."""
        own = f"{ROOT}/{self.integration}/mappers"
        sources = (candidates(f"{own}/script.ts", source) for source in script.source.sources)
        named = [paths[0] for paths in sources if paths and paths[0].startswith(f"{own}/")]
        usual = [f"{own}/{mapper_stem(model)}.ts"] if re.fullmatch(r"[A-Za-z0-9_]+", model) else []
        texts = [script.text, *map(self._text, dict.fromkeys([*named, *usual]))]
        mappings = (mapping_of(Script(text), model) for text in texts if text)
        return next((mapping for mapping in mappings if mapping), {})


def _metadata_model(script: Script) -> str:
    """The model as which an action reads the metadata; empty for none."""
    calls = (call for call in script.source.calls if call.method == "getMetadata" and call.types)
    return next((call.types[0] for call in calls if re.fullmatch(r"[A-Z]\w*", call.types[0])), "")


def _single_page(script: Script) -> dict[str, Any]:
    path = response_path(script)
    return {"paginate": {"type": "none"}, **({"response_path": path} if path else {})}


def _oddities(path: str, script: Script) -> Iterator[Unexpressed]:
    for loop in sorted(own_loops(script), key=line_of):
        yield Unexpressed(f"{path}:{line_of(loop)}", "a loop of its own")
    for name in _UNSPOKEN:
        for call in [call for call in script.source.calls if call.method == name][:1]:
            yield Unexpressed(f"{path}:{line_of(call.node)}", f"it uses nango.{name}")
    if not script.calls:
        yield Unexpressed(path, "it makes no request that can be read")


def _says_the_same(ours: str | None, theirs: str) -> bool:
    """Whether two files hold the same tokens, however they are laid out."""
    return ours is not None and tokens(syntax_of(ours).root) == tokens(syntax_of(theirs).root)
