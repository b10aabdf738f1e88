"""``${= expression}``: one TypeScript expression in a path, a parameter, a header or a body."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import ArrayOf, Model, ObjectOf, Primitive, Ref, members_of, widened, without_null
from ...spec.requests import LAST_SYNC_DATE, Computed
from ..models.expression_fit import IN_WORDS, kinds_of
from .roots import may_be_absent, object_fields, without_undefined
from .variables import parse_condition

if TYPE_CHECKING:
    from ...models.types import Field, Type
    from ...typescript.expression_reads import Reading
    from .roots import Roots

_OPENING = re.compile(r"\$\{'[^']*'\}|\$\{=")
_MOST_ENDS = 40  # braces behind each of which the end of an expression is looked for
_ANY, _DATE = Primitive("any"), Primitive("Date")
_KNOWN_KINDS = {"text": ("text",), "number": ("number",), "list": ("list",), "text or list": ("text", "list")}


def lifted(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with a number in the place of each expression, and the expressions.

    An expression ends at the first brace before which it is one. Where there is none, the text stays from there on.

    >>> lifted("/a/${= `${input.x}-1` }/${input.y}")
    ('/a/${=0}/${input.y}', (' `${input.x}-1` ',))
    """
    parts: list[str] = []
    expressions: list[str] = []
    end = 0
    while opening := _OPENING.search(text, end):
        parts.append(text[end : opening.end()])
        end = opening.end()
        # What is quoted opens nothing, and is stepped over.
        expression = _expression_at(text[end:]) if opening[0] == "${=" else None
        if expression is not None:
            parts.append(f"{len(expressions)}}}")
            expressions.append(expression)
            end += len(expression) + 1
    return "".join((*parts, text[end:])), tuple(expressions)


def _expression_at(text: str) -> str | None:
    """The expression at the beginning of a text, without its closing brace; what is before the first one where none is."""
    from ...typescript.expression import LONGEST, expression_node

    # Braces of objects, functions and template literals stand in expressions as well: only the parser tells which
    # one ends it. The bounds keep a text of many braces from being parsed as many times.
    ends = [brace.start() for brace in re.finditer("}", text[: LONGEST + 1])][:_MOST_ENDS]
    whole = (text[:end] for end in ends if expression_node(text[:end]) is not None)
    first = text.find("}")
    # One that is too long is still an expression, which is refused as one.
    return next(whole, text[:first] if first >= 0 else None)


def read_paths(expression: str) -> list[str]:
    """What an expression reads, as placeholders name it: the longest path to each value, through objects alone."""
    from ...typescript.expression_reads import readings

    names = [
        (reading.root, *takewhile(lambda step: isinstance(step, str), reading.path))
        for reading in readings(expression)
    ]
    paths = dict.fromkeys(".".join(map(str, path)) for path in names)
    # What is on the way to another value is an object, and no value of its own.
    return [path for path in paths if not any(other.startswith(f"{path}.") for other in paths)]


def parse_expression(text: str, roots: Roots, where: str, *, of_any_type: bool) -> Computed:
    """An expression in a text, which may give a list or an object where ``of_any_type`` is set.

    Raises:
        AnswersError: what is no expression, reads what the script does not have, or gives what cannot stand there.
    """
    from ...typescript.expression import expression_problem, expression_source
    from ...typescript.expression_result import result_of

    placeholder = f"${{={text}}}"
    if why := expression_problem(text, roots.named):
        raise AnswersError(
            f"{placeholder!r} cannot stand here: {why}",
            where=where,
            fix=f"accepted: one TypeScript expression over {', '.join(roots.named)}, without statements",
        )
    variables = parse_condition(text, roots, where).variables
    _refuse_misread(text, roots, where)
    result = result_of(text)
    if not of_any_type and result.kind in ("list", "object"):
        raise AnswersError(
            f"{placeholder!r} gives {IN_WORDS[result.kind]}, and this holds single values",
            where=where,
            fix="join it to a string, as with .join(','); a request body may hold lists and objects",
        )
    return Computed(expression_source(text), variables, result.kind, result.absence != "never")


def _refuse_misread(text: str, roots: Roots, where: str) -> None:
    """Refuse an expression that takes a value for what its type is not, as far as that shows."""
    from ...typescript.expression_reads import readings

    # Otherwise the compiler would refuse the generated script, at a line that the user did not write.
    for reading in readings(text):
        if reading.root == LAST_SYNC_DATE:
            continue
        field = _field_at(reading, roots, where)
        name = ".".join(map(str, (reading.root, *reading.path))).replace(".0", "[0]")
        if field is not None and _may_be_missed(field, reading):
            raise AnswersError(
                f"{name} may be absent, and the expression needs it",
                where=where,
                fix=f"provide for that, as in {name}?.x or ({name} ?? ...)",
            )
        if field is not None and _DATE in members_of(field.type):
            raise AnswersError(
                f"{name} is a date, which reaches a script as text",
                where=where,
                fix=f"write ${{{name}:date}} beside the expression, or make the field a string",
            )
        if field is not None and _is_mistaken(field, reading):
            raise AnswersError(
                f"the expression takes {name} for something else than its type",
                where=where,
                fix="convert it first, as with String(...) or Number(...)",
            )


def _field_at(reading: Reading, roots: Roots, where: str) -> Field | None:
    """What an expression reads, as a field with its type; ``None`` for a root, and where the type does not say it."""
    of: Type = _type_of_root(reading.root, roots)
    field: Field | None = None
    for step in reading.path:
        inner = without_null(without_undefined(of))
        fields = object_fields(inner, roots)
        if isinstance(step, str) and fields and step not in fields and not _has_any_key(inner, roots):
            raise AnswersError(
                f"the expression reads a field {step!r} that is not there",
                where=where,
                accepted=fields,
            )
        field = fields.get(step) if isinstance(step, str) else None
        item = inner.item if isinstance(inner, ArrayOf) else _ANY
        of = field.type if field is not None else item
    return field


def _has_any_key(of: Type, roots: Roots) -> bool:
    shape = roots.models.model(of.model).shape if isinstance(of, Ref) else of
    return isinstance(shape, ObjectOf) and shape.index is not None


def _type_of_root(name: str, roots: Roots) -> Type:
    of = roots.named.get(name) or _ANY
    return of.shape if isinstance(of, Model) else of


def _may_be_missed(field: Field, reading: Reading) -> bool:
    return reading.is_entered and may_be_absent(field) and not reading.may_be_missing[-1]


def _is_mistaken(field: Field, reading: Reading) -> bool:
    """Whether no value of a field's type is what an expression takes it for; of one whose methods are called, not each."""
    expected = _KNOWN_KINDS.get(reading.kind)
    if expected is None:
        return False
    members = members_of(without_null(without_undefined(field.type)))
    fits = [not set(expected).isdisjoint(kinds_of(widened(member))) for member in members]
    # A method must be there on every value that the type allows; any other use may stand behind a check.
    return not all(fits) if reading.is_entered else not any(fits)
