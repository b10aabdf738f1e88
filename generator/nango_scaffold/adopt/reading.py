"""The files of an integration, read for what its entries in nango.yaml do not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..render.paths import ROOT, mapper_stem
from .entries import action_answer, sync_answer
from .notes import Unexpressed
from .requests import request_of
from .responses import incremental_field, mapping_of, response_path
from .script import Script
from .tokens import code_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..operations import Project
    from .script import Call

_IMPORTED = re.compile(r"""from\s+['"](\.\./mappers/[\w./-]+?)(?:\.js|\.ts)?['"]""")
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

    def sync(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A sync's answer, from its entry and its file."""
        answer = sync_answer(name, entry)
        script = self._script("syncs", name)
        if script is None:
            return answer
        models = [str(model) for model in answer.get("models") or [answer.get("model", "")]]
        by_model = self._requests(script, models)
        answer["request"] = by_model.pop(models[0], {})
        for model, request in by_model.items():
            answer["requests"] = answer.get("requests", {})
            answer["requests"].setdefault(model, {}).update(request)
        if not any(call.pages for call in script.calls) and len(script.calls) == 1 and not _own_loops(script):
            answer["request"].update(_single_page(script))
        self._since(script, answer)
        mapped = self._mapping(script, models[0])
        return {**answer, **({"mapping": mapped} if mapped else {})}

    def action(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """An action's answer, from its entry and its file."""
        answer = action_answer(name, entry)
        script = self._script("actions", name)
        if script is None:
            return answer
        for call in script.calls[1:]:
            self._note(script, call)(_FURTHER)
        for call in script.calls[:1]:
            answer["request"] = request_of(call, script.names, self._note(script, call))
            found = response_path(script)
            if found and "response_path" not in answer["request"]:
                answer["request"]["response_path"] = found
        mapped = self._mapping(script, str(entry.get("output")))
        return {**answer, **({"mapping": mapped} if mapped else {})}

    def unlike(self, rendered: Mapping[str, str]) -> Iterator[Unexpressed]:
        """What is odd in files that are not word for word what the answers give."""
        for path, script in self.scripts.items():
            ours = rendered.get(path)
            if ours is not None and _words(ours) == _words(script.text):
                continue
            odd = [*self.notes.get(path, ()), *_oddities(path, script)]
            yield from odd
            if not odd:
                yield Unexpressed(path, _ITS_OWN)
        yield from (note for path in self.notes if path not in self.scripts for note in self.notes[path])
        for path, ours in rendered.items():
            text = None if path in self.scripts else self._text(path)
            if text is not None and _words(ours) != _words(text):
                yield Unexpressed(path, _ITS_OWN)

    def _script(self, folder: str, name: str) -> Script | None:
        path = f"{ROOT}/{self.integration}/{folder}/{name}.ts"
        text = self._text(path) if re.fullmatch(r"[\w-]+", name) else None
        if text is None:
            self.notes.setdefault(path, []).append(
                Unexpressed(path, "there is no such file that can be read")
            )
            return None
        self.scripts[path] = Script(text)
        return self.scripts[path]

    def _text(self, path: str) -> str | None:
        data = self.project.get(path)
        try:
            return None if data is None else data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return None

    def _path_of(self, script: Script) -> str:
        return next(path for path, known in self.scripts.items() if known is script)

    def _note(self, script: Script, call: Call) -> Callable[[str], None]:
        path = self._path_of(script)

        def note(reason: str) -> None:
            self.notes.setdefault(path, []).append(Unexpressed(f"{path}:{call.line}", reason))

        return note

    def _requests(self, script: Script, models: list[str]) -> dict[str, dict[str, Any]]:
        """The request by which each model is fetched; the first for one that no request is known of."""
        found: dict[str, dict[str, Any]] = {}
        for call in script.calls:
            model = call.model if call.model in models else models[0]
            if model in found:
                self._note(script, call)(_FURTHER)
            else:
                found[model] = request_of(call, script.names, self._note(script, call))
        return found

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
        named = [f"{own}/{path.removeprefix('../mappers/')}.ts" for path in _IMPORTED.findall(script.text)]
        usual = [f"{own}/{mapper_stem(model)}.ts"] if re.fullmatch(r"[A-Za-z0-9_]+", model) else []
        texts = [
            script.text,
            *(self._text(path) for path in dict.fromkeys([*named, *usual]) if ".." not in path),
        ]
        found = (mapping_of(Script(text), model) for text in texts if text)
        return next((mapped for mapped in found if mapped), {})


def _single_page(script: Script) -> dict[str, Any]:
    found = response_path(script)
    return {"paginate": {"type": "none"}, **({"response_path": found} if found else {})}


def _own_loops(script: Script) -> list[int]:
    """The lines of loops that turn pages, or do something, in a way of their own."""
    lines = [*script.lines_of("while", "("), *script.lines_of("do", "{")]
    return sorted([*lines, *script.lines_of("for", "(", "let"), *script.lines_of("for", "(", ";")])


def _oddities(path: str, script: Script) -> Iterator[Unexpressed]:
    yield from (Unexpressed(f"{path}:{line}", "a loop of its own") for line in _own_loops(script))
    for name in _UNSPOKEN:
        for line in script.lines_of("nango", ".", name)[:1]:
            yield Unexpressed(f"{path}:{line}", f"it uses nango.{name}")
    if not script.calls:
        yield Unexpressed(path, "it makes no request that can be read")


def _words(text: str) -> list[str]:
    return [token.text for token in code_of(tokens_of(text))]
