"""The models of nango.yaml."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ...models.types import Literal
from ...models.words import BUILT_IN, read_word
from ...yaml12.scalars import is_string_everywhere
from ..finding import Edit
from ..model_data import field_types
from ..rule import IntegrationRule, Rule
from ..tree import YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...typescript.syntax import Span
    from ..entries import Integration
    from ..finding import Finding
    from ..model_data import FieldType
    from ..tree import File, Tree

_QUOTES = ("'", '"')
_WORD = r"""(?:'[^'"|\n]*'|"[^'"|\n]*"|[\w.+-]+(?: [\w.+-]+)*)"""
_QUOTED_UNION = re.compile(
    rf"""^[ -]+(?:(?P<field>[\w-]+)\??:[ ]+)?(?P<type>(?=['"]){_WORD}(?:[ ]*\|[ ]*{_WORD})+)[ ]*(?:\#.*)?\r?$""",
    re.MULTILINE,
)
_GENERIC = re.compile(r"(?P<outer>[A-Za-z]+)<\s*(?P<inner>\w+)\s*>")
_LISTS = ("array", "list", "set")
_PLAIN = re.compile(r"\w(?:[\w .|+-]*[\w.|+-])?")
_MODELS = re.compile(r"^models[ ]*:", re.MULTILINE)


class OptionalFieldsHaveQuestionMark(Rule):
    """An optional field of a model has a ``?`` after its name, and not ``undefined`` in its type."""

    id = "Y05"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for field in field_types(tree.document) if tree.document else ():
            if "undefined" in (part.lower() for part in _parts(field.type)):
                message = f"The field {field.field} of the model {field.model} has undefined in its type: an optional field has a ? after its name."
                yield self.finding(tree.yaml, field.span, message)


class TypesAreNoLiterals(Rule):
    """The type of a field is written as Nango reads it: ``email?: string`` and ``phones: Phone[]``.

    ``string?`` and ``array<Phone>`` are not types to Nango: the value of the field would have to be these very
    characters.
    """

    id = "Y16"
    level: ClassVar = "error"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if tree.document is None:
            return
        models = tree.document.models
        for field in field_types(tree.document):
            for part in _parts(field.type):
                right = _meant(part, field.field.rpartition(".")[2], models.__contains__)
                if right:
                    message = f"The field {field.field} of the model {field.model} has the type {part}, which Nango reads as a string: {right} is right."
                    yield self.finding(tree.yaml, field.span, message)


class OneSyncPerOutputModel(IntegrationRule):
    """A model is the output of one sync of an integration at most, and of none that comes after a sync with it as input.

    Records are stored by model: two syncs with the same one would overwrite each other's records.
    """

    id = "Y09"
    level: ClassVar = "error"

    def look(self, integration: Integration, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        users: dict[str, str] = {}
        for entry in (entry for entry in integration.entries if entry.kind == "sync"):
            for model in entry.outputs:
                if model in users:
                    message = f"The output {model} of the sync {entry.name} is {users[model]} already: it needs a model of its own."
                    yield self.finding(tree.yaml, entry.value_span("output"), message)
                users.setdefault(model, f"the output of the sync {entry.name}")
            # The CLI goes by the order of the file, and takes an input that was an output before.
            if entry.input:
                users.setdefault(entry.input, f"the input of the sync {entry.name}")


class EnumValuesWithoutQuotes(Rule):
    """The values of an enum have no quotes in a model: ``status: open | closed``."""

    id = "Y12"
    level: ClassVar = "error"
    fixable: ClassVar = True

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if tree.document is not None:
            models = tree.document.models
            for field in field_types(tree.document):
                yield from self._look(field, tree.yaml, models.__contains__)
        elif tree.refusal is not None:
            yield from self._unreadable(tree.yaml, tree.refusal.line)

    def _look(self, field: FieldType, source: File, is_model: Callable[[str], bool]) -> Iterator[Finding]:
        if any(_is_quoted(part) for part in _parts(field.type)):
            message = f"The values of {field.field} in the model {field.model} have quotes: an enum is written without."
            edits = _without_quotes(field.type, field.span, source.text, is_model)
            yield self.finding(source, field.span, message, *edits)

    def _unreadable(self, source: File, line: int) -> Iterator[Finding]:
        """Unions that begin with a quote, where it is one of them that makes the file no YAML."""
        unions = list(_quoted_unions(source.text))
        if line not in [source.text.count("\n", 0, union.start()) + 1 for union in unions]:
            return
        for union in unions:
            is_model = partial(_is_key, source.text)
            edits = _without_quotes(union["type"], union.span("type"), source.text, is_model)
            message = f"The values of {union['field'] or 'a list'} have quotes, which is no YAML here: an enum is written without."
            yield self.finding(source, union.span("type"), message, *edits)


def _parts(type_: str) -> list[str]:
    return [part.strip() for part in type_.split("|")]


def _meant(part: str, field: str, is_model: Callable[[str], bool]) -> str:
    """What is meant by a part of a type that only looks like a type; empty where it may be meant as it stands."""
    generic = _GENERIC.fullmatch(part)
    if generic is not None:
        return f"{generic['inner']}[]" if generic["outer"].lower() in _LISTS else ""
    inner = part.removesuffix("?")
    if inner == part or not _is_type(inner.removesuffix("[]"), is_model):
        return ""
    return f"{field}?: {inner}"


def _is_type(word: str, is_model: Callable[[str], bool]) -> bool:
    return word.lower() in BUILT_IN or is_model(word)


def _is_quoted(part: str) -> bool:
    return part.startswith(_QUOTES) or part.endswith(_QUOTES)


def _without_quotes(type_: str, span: Span, text: str, is_model: Callable[[str], bool]) -> tuple[Edit, ...]:
    """The edit that takes the quotes away, where each word stays a value: not the name of a type, a model, a number."""
    raw = text[slice(*span)]
    words = [_word(part, is_model) for part in _parts(type_)]
    # Over several lines, or behind an anchor, a tag or the mark of a block, the value is more than its words.
    if "\n" in raw or raw.startswith(("&", "!", "|", ">")) or "" in words:
        return ()
    plain = " | ".join(words)
    if not _PLAIN.fullmatch(plain) or not is_string_everywhere(plain):
        return ()  # without quotes it would be no text any more
    return (Edit(YAML, *span, plain),)


def _word(part: str, is_model: Callable[[str], bool]) -> str:
    """A part of a union without quotes; empty when it cannot do without."""
    if not _is_quoted(part):
        return part
    word = part[1:-1]
    is_value = part[0] == part[-1] and word.strip() == word and read_word(word, is_model) == Literal(word)
    return word if is_value else ""


def _quoted_unions(text: str) -> Iterator[re.Match[str]]:
    # Above the models, a description may hold such a text.
    models = _MODELS.search(text)
    return _QUOTED_UNION.finditer(text, models.end()) if models else iter(())


def _is_key(text: str, word: str) -> bool:
    return re.search(rf"^ +{re.escape(word)} *:", text, re.MULTILINE) is not None
