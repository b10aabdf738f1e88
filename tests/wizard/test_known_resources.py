"""The wizard offers the names of known resources, and shows what is known of the chosen one."""

from __future__ import annotations

from nango_scaffold.known_resources import with_known_resources
from nango_scaffold.providers.known_resources import resource_names
from nango_scaffold.wizard.as_answers import as_answers
from nango_scaffold.wizard.draft import Draft
from nango_scaffold.wizard.questions import answered, next_question

from .support import world

KNOWING = world(known_resources=with_known_resources, resource_names=resource_names)


def draft_after(*texts: str) -> Draft:
    """The draft after some answers, each as typed; empty for Enter."""
    draft = Draft()
    for text in texts:
        question = next_question(draft, KNOWING)
        assert question is not None
        draft = answered(question, text, draft, KNOWING)
    return draft


def test_their_names_are_offered() -> None:
    for script in ("sync", "action"):
        question = next_question(draft_after("hubspot", "", script), KNOWING)
        assert question is not None
        assert question.help.endswith("; known: contacts, companies, deals")
    assert question.default == "create-contact"


def test_what_is_known_is_the_default_and_enter_leaves_it_unset() -> None:
    draft = draft_after("hubspot", "", "sync", "contacts", "")
    question = next_question(draft, KNOWING)
    assert question is not None
    assert (question.slot.key, question.default) == ("path", "/crm/v3/objects/contacts")
    entered = answered(question, "", draft, KNOWING)
    assert as_answers(entered)["syncs"] == [{"name": "contacts"}]
    typed = answered(question, question.default, draft, KNOWING)
    assert as_answers(typed)["syncs"] == [{"name": "contacts", "request": {"path": question.default}}]
