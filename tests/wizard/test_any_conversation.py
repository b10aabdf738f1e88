"""Any conversation - answers, steps back, changes, removals - ends in answers that load, derive, and survive a second run."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.infer.documents import openapi, responds, takes
from tests.wizard.support import facts_of, world

from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError, ScaffoldError
from nango_scaffold.infer.document import Document
from nango_scaffold.infer.settle import Files
from nango_scaffold.wizard.answers_file import answers_text
from nango_scaffold.wizard.as_answers import as_answers
from nango_scaffold.wizard.draft import DONE, Draft, Slot, add_script, back, remove, with_inferred
from nango_scaffold.wizard.evidence import Evidence
from nango_scaffold.wizard.question import Back, Question
from nango_scaffold.wizard.questions import answered, next_question, question_of, slots_of
from nango_scaffold.wizard.script_questions import SOURCES
from nango_scaffold.wizard.sources import Sources
from nango_scaffold.wizard.world import plain_answers

TYPED = {
    "provider": ["github", "freshdesk", "hubspot", "jira", "linear", "https://api.acme.example/v2"],
    "integration": ["mine", "größe", "a-b"],
    "name": ["users", "Größe", "create-user", "update-user", "list-users", "get-user", "delete-user", "do-it", "error"],
    "path": ["/users", "/a/{owner}/b", "/x/{id}?q=1", "/deep/${metadata.a}/${input.b}", "/folders/{folder}",
             "/x/${lookup.a}/${lookup.b}", "/boards/${parent.id}/cards", "/graphql", "/y?since=${lastSyncDate:date}"],
    "lookup": ["/first", "https://other.example/first?q=${metadata.q}", "/b/${lookup.b}", "/c/{id}"],
    "pick": ["id", "0.id", "data[1].key"],
    "parents": ["/boards", "/x/${lookup.a}"],
    "parents_in": ["boards", "data.items"],
    "query": ["{ users { nodes { id } } }", "query ($t: ID, $after: String) { users(after: $after) { nodes { id } } }",
              "mutation ($input: X) { userCreate(input: $input) { user { id } } }", "no query"],
    "variables": ["t: ${metadata.t}", "t: ${input.t}", "u: 1", "nothing"],
    "detail": ["/users/${record.id}", "-"],
    "detail_fields": ["id: string\nname?: string", '{"user": {"id": 1, "a": 2}}'],
    "fields": ["id: string", "id: number\nname?: string\nhead: { ref: string }", '[{"uuid": "x", "2fa": 1}]', "name: string",
               '{"data": [{"id": 1, "größe": null, "tags": ["a"]}]}', '[{"id": 1}]'],
    "input": ["name: string", "id: number", '{"a": {"b": [1]}}'],
    "metadata": ["owner: string", "owner: number\nid: string", "other?: string"],
    "filter": ["since", "updated[gte]", "since=${lastSyncDate:http}", "a=b"],
    "runs": ["every day", "15m", "never"],
    "scopes": ["repo", "a, b c", "x:y"],
    "document": ["api.json", "nowhere.json", "page.json"],
    "operation": ["list users", "POST /users", "users/of-team", "no such thing", "", "no more"],
    "response": ["page.json", '[{"id": 1, "größe": 2}]', '{"user": {"id": 1}}', '{"users": [{"uuid": "x", "2fa": 1}]}', "api.json", "", "[]"],
    "headers": ["", 'Link: <https://x.example/?page=2>; rel="next"', "page.json"],
}  # fmt: skip
NUMBERS = st.integers(0, 10**6)
KINDS = (
    ["answer"] * 12
    + ["enter"] * 6
    + ["back"] * 3
    + ["finish"] * 3
    + ["change"] * 6
    + ["remove", "add", "add"]
)
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), NUMBERS), max_size=60)
USER = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "integer"}, "größe": {"type": "number"}},
}
USERS = responds({"type": "object", "properties": {"users": {"type": "array", "items": USER}}})
TEAM = [{"name": "team", "in": "path", "required": True, "schema": {"type": "string"}}]
PATHS = {
    "/users": {"get": {**USERS, "operationId": "users/list", "summary": "list users"}, "post": takes(USER)},
    "/teams/{team}/users": {"get": {**USERS, "operationId": "users/of-team", "parameters": TEAM}},
}
DATA = {
    "api.json": openapi(PATHS).root.value,
    "page.json": {"users": [{"id": 1, "name": "x"}], "next": "abc"},
}


def data_of(name: str) -> Any:
    if name in DATA:
        return DATA[name]
    raise AnswersError("no such file", where=name)


FILES = Files(data_of, lambda name: json.dumps(data_of(name)), Document)
WORLD = world(evidence=Evidence(FILES))


class RandomPerson:
    """Answers the questions about a source with accepted values, chosen by numbers; finally with Enter."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.patience = 8

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        self.patience -= 1
        self.number //= 3
        texts = typed(question.slot)
        first = self.number % len(texts)
        likely = ["", *texts] if self.patience < 4 else [*texts[first:], *texts[:first]]
        for text in likely:
            if self.patience > 0 and not problem(text):
                return text
        raise Back

    def say(self, *lines: str, heading: str = "") -> None:
        assert all(lines) or lines == ("",)

    def show(self, text: str, language: str = "") -> None:
        raise AssertionError("nothing is shown")


def typed(slot: Slot) -> list[str]:
    """What is typed at the question of a slot; the name of a value stands behind the key of a look-up."""
    return TYPED[slot.key.partition(" ")[0]]


def after_answer(draft: Draft, slot: Slot, number: int) -> Draft:
    """The draft after one of the answers of a question; the same if it is refused."""
    question = question_of(slot, draft, WORLD)
    if question is None:
        return draft
    options = [option.value for option in question.options] or typed(slot)
    if options[number % len(options)] in SOURCES:
        return inferred(draft, slot, options[number % len(options)], number)
    try:
        return answered(question, options[number % len(options)], draft, WORLD)
    except ScaffoldError:
        return draft


def inferred(draft: Draft, slot: Slot, source: str, number: int) -> Draft:
    """The draft with what is inferred from a source; the same if there is none of it."""
    evidence = Evidence(FILES)
    try:
        scripts = Sources(RandomPerson(number), WORLD, draft, slot.script, evidence).scripts(source)
    except Back:
        return draft
    return with_inferred(draft, slot.script, scripts)


def entered(draft: Draft) -> Draft:
    """The draft after Enter at the next question; another answer where something has to be typed."""
    question = next_question(draft, WORLD)
    if question is None:
        return draft
    try:
        return answered(question, "", draft, WORLD)
    except ScaffoldError:
        assert not question.derived, f"Enter was refused at {question.slot}"
        others = (after_answer(draft, question.slot, number) for number in range(len(typed(question.slot))))
        return next(after for after in others if after != draft)


def stepped(draft: Draft, step: str, number: int) -> Draft:
    """One step; what the menu offers - to change, remove, add - is there when everything was asked."""
    question = next_question(draft, WORLD)
    if step == "back":
        return back(draft)
    if step == "finish":
        return finished(draft)
    if question is not None:
        return after_answer(draft, question.slot, number) if step == "answer" else entered(draft)
    if step == "remove":
        return remove(draft, draft.scripts[number % len(draft.scripts)])
    if step == "add" and len(draft.scripts) < 5:
        return add_script(draft, ("sync", "action")[number % 2])
    slots = list(slots_of(draft, WORLD))
    return after_answer(draft, slots[number % len(slots)], number // 7)


def finished(draft: Draft) -> Draft:
    """The draft after Enter at every question that is left."""
    for _ in range(80):
        question = next_question(draft, WORLD)
        if question is None:
            return draft
        is_last = question.slot.key == "kind" and draft.scripts
        draft = answered(question, DONE, draft, WORLD) if is_last else entered(draft)
    raise AssertionError("the questions have no end")


@settings(max_examples=150)
@given(STEPS)
def test_any_conversation_ends_in_answers_that_derive(steps: list[tuple[str, int]]) -> None:
    draft = Draft()
    for step, number in steps:
        draft = stepped(draft, step, number)
    answers = plain_answers(finished(draft), WORLD)
    loaded = load_answers(answers)
    facts = facts_of(loaded.provider, loaded.provider_facts)
    assert derive(loaded, facts, {})
    assert parse_text(answers_text(answers, "the command"), "file") == answers


@settings(max_examples=50)
@given(STEPS)
def test_a_conversation_can_be_broken_off_at_any_moment(steps: list[tuple[str, int]]) -> None:
    """What Ctrl-C keeps is a file that can be read, whatever was said so far."""
    draft = Draft()
    for step, number in steps[:12]:
        draft = stepped(draft, step, number)
        answers = as_answers(draft)
        assert parse_text(answers_text(answers, "the command"), "file") == {
            key: value for key, value in answers.items() if value
        }
