"""What the user has besides names: an API document, responses, a connection. Scripts are inferred from it.

The questions are asked one after the other on the console; nothing of the draft changes until all of them are answered.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..infer.inference import Context
from ..infer.operations import read, server_of
from ..infer.samples import parsed_headers, sample_records, unwrapped
from ..infer.syncs import is_list
from ..infer.whole import script_of
from ..naming.reserved import script_name_problem
from ..naming.words import kebab, singular
from ..visible import visible_line
from .as_answers import as_answers, integration_of
from .draft import InferredScript, Slot, infer_settings, of_integration, with_answer, with_inferred
from .fields import is_sample, parsed_sample
from .question import Back, Match, Question, problem_of
from .world import spec_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..infer.operations import Entry
    from ..infer.samples import Recorded
    from .draft import Draft
    from .evidence import Evidence
    from .question import Console
    from .world import World

NO_MORE = "no more"
_PASTED = "pasted response"
_HEADER = re.compile(r"[A-Za-z0-9-]+:\s")
_SEGMENT = re.compile(r"[A-Za-z][\w-]*")
_BECOMES = {"sync": "lists records: a sync", "action": "no list of records: an action"}

_DOCUMENT = Question(
    Slot(0, "document"),
    "File of the API document",
    "OpenAPI 3 or Swagger 2, JSON or YAML; a file, as nothing is fetched",
)
_OPERATION = Question(
    Slot(0, "operation"),
    "Which operation?",
    "type words of its id, method, path or summary; Enter takes the first that has them all",
    "search",
)
_RESPONSE = Question(
    Slot(0, "response"),
    "What does the API answer?",
    "paste the response as JSON, or name its file; several files, one per line, are read together",
    "lines",
)
_HEADERS = Question(
    Slot(0, "headers"),
    "Headers of the first response",
    'they may tell how pages follow: paste them, such as Link: <...>; rel="next", or name a file; Enter: none',
    "lines",
)
SOURCE_QUESTIONS = (_DOCUMENT, _OPERATION, _RESPONSE, _HEADERS)
"""The questions about a source, as they are asked first."""


class Sources:
    """Asks for one source of scripts."""

    def __init__(self, console: Console, world: World, draft: Draft, number: int, evidence: Evidence) -> None:
        self._console = console
        self._world = world
        self._draft = draft
        self._number = number
        self._evidence = evidence

    def scripts(self, source: str) -> list[InferredScript]:
        """The scripts that are inferred from a source: ``document``, ``response`` or ``connection``.

        Raises:
            Back: the user wants none of it.
            ScaffoldError: the connection gives nothing that a script can be inferred from.
        """
        if source == "document":
            return self._of_document()
        return self._of_responses() if source == "response" else self._of_connection()

    def _of_document(self) -> list[InferredScript]:
        file = _last_document(self._draft)
        while True:
            file = self._ask(replace(_DOCUMENT, default=file, read=self._read_document))
            self._console.say(self._about(file))
            try:
                return self._operations(file)
            except Back:
                continue

    def _read_document(self, text: str) -> str:
        if not text:
            raise AnswersError("no file is named", fix="type the path of one on this machine")
        file = os.path.expanduser(text)
        self._evidence.document(file)
        return file

    def _about(self, file: str) -> str:
        """Title, version and server of a document, for the user to see whether it is that of the provider."""
        document = self._evidence.document(file)
        kind = "Swagger" if document.is_swagger else "OpenAPI"
        parts = (document.title, f"{kind} {document.version}", server_of(document))
        return " · ".join(filter(None, parts))

    def _operations(self, file: str) -> list[InferredScript]:
        """The scripts for one operation after the other, until the user wants no more; a step back takes the last one back."""
        scripts: list[InferredScript] = []
        while True:
            try:
                text = self._ask(self._operation_question(file, scripts))
            except Back:
                if not scripts:
                    raise
                self._console.say(f"taken back: {scripts.pop().settings['operation']}")
                continue
            if text == NO_MORE:
                return scripts
            scripts.append(self._script_of(file, text, scripts))
            self._console.say(self._becomes(file, scripts[-1]))

    def _operation_question(self, file: str, scripts: Sequence[InferredScript]) -> Question:
        question = replace(
            _OPERATION,
            read=lambda text: self._read_operation(file, text, scripts),
            search=partial(self._matches, file),
        )
        if not scripts:
            count = len(self._evidence.operations(file))
            return replace(question, help=f"{count} operations: {question.help}")
        return replace(question, ask="Another operation?", default=NO_MORE)

    def _matches(self, file: str, typed: str) -> Iterator[Match]:
        """The operations that match what was typed; of the first one, what it becomes."""
        document = self._evidence.document(file)
        for position, entry in enumerate(self._evidence.operations(file, typed)):
            request = f"{entry.method} {entry.path}"
            lines: tuple[str, ...] = ()
            if position == 0:
                kind = "sync" if is_list(read(document, entry)) else "action"
                lines = (f"{entry.id}: {entry.summary}", request, _BECOMES[kind])
            yield Match(visible_line(entry.id), request, lines)

    def _read_operation(self, file: str, text: str, scripts: Sequence[InferredScript]) -> str:
        """The operation that was typed, by its id or by words; the first that matches."""
        if text == NO_MORE and scripts:
            return text
        if not text:
            raise AnswersError("no operation is named", fix="type a word of its id, path or summary")
        operation = _identifier(self._entry(file, text), self._evidence.operations(file))
        self._try([*scripts, self._script_of(file, operation, scripts)])
        return operation

    def _entry(self, file: str, text: str) -> Entry:
        for entry in self._evidence.operations(file):
            if text in (entry.id, visible_line(entry.id), f"{entry.method} {entry.path}"):
                return entry
        matches = self._evidence.operations(file, text)
        if not matches:
            what = f"no operation has {visible_line(text)[:60]!r} in it"
            raise AnswersError(what, fix="type other words, or fewer")
        return matches[0]

    def _script_of(self, file: str, operation: str, others: Sequence[InferredScript]) -> InferredScript:
        """The script for an operation, with a name that no other has."""
        settings = {"openapi": file, "operation": operation}
        if any(script.settings == settings for script in others):
            raise AnswersError(f"{operation} is among them already", fix="another one, or Enter")
        context = Context(integration_of(self._draft), self._world.facts(self._draft))
        # Names that are taken: the operation gets another one.
        context.names |= {name for name in self._draft.names_beside(0) if name}
        context.names |= {script.offered["name"] for script in others}
        inference = script_of(self._evidence.document(file), operation, context)
        return InferredScript(inference.kind, settings, {"name": inference.script["name"]})

    def _becomes(self, file: str, script: InferredScript) -> str:
        entry = self._entry(file, script.settings["operation"])
        return f"{entry.method} {entry.path} becomes the {script.kind} {script.offered['name']}"

    def _of_responses(self) -> list[InferredScript]:
        samples: list[str] = []
        while True:
            try:
                text = self._ask(self._response_question(samples))
            # A step back takes the last response back, until there is none.
            except Back:
                if not samples:
                    raise
                samples.pop()
                continue
            if text:
                samples += self._names(text)
                continue
            try:
                script = self._sampled(samples, self._ask_headers(samples))
            except Back:
                continue
            self._console.say(f"the response {_BECOMES[script.kind]}")
            return [script]

    def _response_question(self, samples: Sequence[str]) -> Question:
        question = replace(_RESPONSE, read=lambda text: self._read_response(text, samples))
        if not samples:
            return question
        help = "what one response lacks, another may have: paste it, or name its file; Enter: no more"
        return replace(question, ask="Another response of the same request?", help=help)

    def _read_response(self, text: str, samples: Sequence[str]) -> str:
        if not text and samples:
            return text
        self._try([self._sampled([*samples, *self._names(text)])])
        return text

    def _names(self, text: str) -> list[str]:
        """What answers call the responses that were typed: the names of files, or that of a pasted one."""
        if is_sample(text):
            return [self._evidence.add_sample(_PASTED, parsed_sample(text))]
        return [os.path.expanduser(line.strip()) for line in text.splitlines() if line.strip()]

    def _ask_headers(self, samples: Sequence[str]) -> str:
        """What answers call the headers of the first response; empty for none."""
        if self._recorded(samples[:1])[0].headers:
            return ""
        text = self._ask(replace(_HEADERS, read=self._read_headers))
        return self._headers_name(text) if text else ""

    def _read_headers(self, text: str) -> str:
        if text and not parsed_headers(self._evidence.files.text(self._headers_name(text))):
            raise AnswersError("there is no header in it", fix='such as Link: <https://...>; rel="next"')
        return text

    def _headers_name(self, text: str) -> str:
        is_file = "\n" not in text and not _HEADER.match(text)
        return os.path.expanduser(text) if is_file else self._evidence.add_sample("pasted headers", text)

    def _of_connection(self) -> list[InferredScript]:
        if self._world.sample is None:
            raise Back
        about_integration = as_answers(of_integration(self._draft))
        facts = self._world.facts(self._draft)
        sample = self._world.sample(about_integration, facts, self._console)
        script = self._sampled([self._evidence.add_sample(sample.name, sample.data)])
        script = replace(script, offered={**script.offered, "path": sample.path})
        self._try([script])
        self._console.say(f"the response {_BECOMES[script.kind]}")
        return [script]

    def _sampled(self, samples: Sequence[str], headers: str = "") -> InferredScript:
        """The script for samples: a list of records becomes a sync, one record an action."""
        if not samples:
            fix = "paste the JSON that the API answers, or name its file"
            raise AnswersError("there is no response", fix=fix)
        recorded = self._recorded(samples)
        records, _ = sample_records([sample.body for sample in recorded], (integration_of(self._draft),))
        kind = "sync" if records.is_list else "action"
        settings: dict[str, Any] = {"sample": list(samples)}
        if headers:
            settings["headers"] = headers
        name = self._likely_name(kind, recorded[0].endpoint)
        return InferredScript(kind, settings, {"name": name} if name else {})

    def _recorded(self, samples: Sequence[str]) -> list[Recorded]:
        return [unwrapped(self._evidence.files.data(name)) for name in samples]

    def _likely_name(self, kind: str, endpoint: str) -> str:
        """A name by the path of the request; empty where the path has none."""
        segment = re.split(r"[?#]", endpoint)[0].rstrip("/").rpartition("/")[2]
        # An id, such as that of `/users/42`, names nothing.
        if not _SEGMENT.fullmatch(segment):
            return ""
        resource = kebab(segment)
        name = resource if kind == "sync" else f"get-{singular(resource)}"
        is_free = name not in self._draft.names_beside(0)
        return name if is_free and not script_name_problem(name) else ""

    def _try(self, scripts: Sequence[InferredScript]) -> None:
        """Derive the whole with some scripts.

        Raises:
            ScaffoldError: it cannot be.
        """
        draft = with_inferred(self._draft, self._number, scripts)
        # A script without a name is left out of the answers, and would be tried in vain.
        for number, script in enumerate(scripts, self._number):
            generic = f"records-{number}" if script.kind == "sync" else f"get-record-{number}"
            draft = with_answer(draft, Slot(number, "name"), script.offered.get("name") or generic)
        spec_of(draft, self._world)

    def _ask(self, question: Question) -> str:
        """Ask until an answer is valid, and give it as it was read.

        Raises:
            Back: the user wants to go back.
        """

        def answer(typed: str) -> str:
            return question.read(typed.strip() or question.enter)

        return answer(self._console.ask(question, lambda typed: problem_of(lambda: answer(typed))))


def _identifier(entry: Entry, operations: Sequence[Entry]) -> str:
    """What names an operation alone: its id, unless another one has the same."""
    same = [other for other in operations if other.id == entry.id]
    return entry.id if len(same) == 1 else f"{entry.method} {entry.path}"


def _last_document(draft: Draft) -> str:
    """The document that scripts were last inferred from; empty for none."""
    settings: list[Mapping[str, Any]] = [infer_settings(draft, script) or {} for script in draft.scripts]
    return next((str(each["openapi"]) for each in reversed(settings) if "openapi" in each), "")
