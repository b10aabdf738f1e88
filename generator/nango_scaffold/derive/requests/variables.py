"""One placeholder, ``${input.due:date}``: the value that it names, and its format."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...answers.parts import DATE_FORMS
from ...errors import AnswersError
from ...models.types import Model, ObjectOf, Primitive, Ref, members_of, widened, without_null
from ...spec.requests import LAST_SYNC_DATE, LOOKUP, Condition, Variable
from ...spec.template_text import variable_text
from ...spec.values import Step
from .roots import fields_of, has_absent, is_single, is_value, may_be_absent, object_fields, without_undefined

if TYPE_CHECKING:
    from .roots import Roots

EXPRESSION = "${="
"""What begins an expression in a text: ``${= input.a * 2}``."""
PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
NAME = re.compile(r"\s*([A-Za-z]+)(?:\.(.+?))?(?:\s*:\s*([\w-]*))?\s*")
_CREDENTIALS = frozenset({"credentials", "apiKey", "accessToken", "access_token", "api_key", "clientSecret"})
_TEXT, _NUMBER, _FLAG, _DATE = map(Primitive, ("string", "number", "boolean", "Date"))
_DATES = (_TEXT, _NUMBER, _DATE)
_FORMATTED = {"number": (_TEXT, _NUMBER), "text": (_TEXT, _NUMBER, _FLAG)}
_RESULTS = {"number": _NUMBER, "text": _TEXT}

FORMATS = (*DATE_FORMS, "number", "text")


def parse_variable(inner: str, roots: Roots, where: str, *, of_any_type: bool) -> Variable:
    """The variable of a placeholder, by what stands between its braces."""
    text = f"${{{inner}}}"
    match = NAME.fullmatch(inner)
    root, path, format_ = match.groups() if match else ("", None, None)
    of = roots.named.get(root)
    # A field may have a colon in its own name, as those of XML namespaces do.
    if f"{path}:{format_}" in fields_of(of):
        path, format_ = f"{path}:{format_}", None
    if of_any_type and isinstance(of, Model) and _is_whole(match):
        return Variable(root, "", Ref(of.name))
    _refuse_unknown(text, root, path, roots, where)
    variable = _named(text, root, str(path), roots, where)
    # A Date in a template literal would be written out in words, in the time zone of the machine.
    if format_ is None and without_undefined(variable.type) == _DATE:
        format_ = "iso"
    if format_ is not None:
        return _formatted(variable, format_, text, where)
    if not of_any_type:
        _refuse_several(variable, text, where)
    return variable


def _is_whole(match: re.Match[str] | None) -> bool:
    """Whether a placeholder names a root alone; what is looked up is several values."""
    return match is not None and match.groups() == (match[1], None, None) and match[1] != LOOKUP


def _refuse_unknown(text: str, root: str, path: str | None, roots: Roots, where: str) -> None:
    # A value has no fields, and of a model one field is meant.
    if root in roots.named and is_value(roots.named[root]) != bool(path):
        return
    _refuse_credentials(text, root, where)
    _refuse_last_sync(text, root, where)
    raise AnswersError(f"{text!r} names nothing here", where=where, fix=f"accepted: {roots.accepted()}")


def _named(text: str, root: str, path: str, roots: Roots, where: str) -> Variable:
    """The value of a known root, or what is at a path in it."""
    of = roots.named[root]
    if isinstance(of, ObjectOf):
        return _configured(text, root, path, of, where)
    if of is None or isinstance(of, Model):
        return _field(text, root, path, of, roots, where)
    return Variable(root, "", of, has_absent(of))


def _refuse_several(variable: Variable, text: str, where: str) -> None:
    if not is_single(variable.type):
        raise AnswersError(
            f"{text!r} is not a single value",
            where=where,
            fix="accepted: a string, number or boolean field",
        )


def _refuse_credentials(text: str, root: str, where: str) -> None:
    """Refuse a placeholder that asks for credentials, with the reason."""
    if root in _CREDENTIALS:
        raise AnswersError(
            f"{text!r} asks for credentials, which a script has no part in: Nango's proxy adds them to each request",
            where=where,
            fix="leave it out where the provider's entry adds them; a request that has to be signed, or to carry a key "
            "in its body, needs a script written by hand: nango.getToken() gives it the credentials",
        )


def _refuse_last_sync(text: str, root: str, where: str) -> None:
    """Refuse the date of the last run where a script has none."""
    if root == LAST_SYNC_DATE:
        raise AnswersError(
            f"{text!r} is the date of the last run, by which only an incremental sync of the pattern paginated asks",
            where=where,
            fix="write `sync_type: incremental` for the sync, or remove it",
        )


def _configured(text: str, root: str, key: str, of: ObjectOf, where: str) -> Variable:
    """A key of the connection's configuration."""
    first, _, rest = key.partition(".")
    _refuse_credentials(text, first, where)
    # The two parts of a connection beside its configuration that people look for there.
    others = {"metadata": "${metadata.%s}", "connection_config": f"${{{root}.%s}}"}
    if rest and first in others:
        raise AnswersError(
            f"{text!r} is no value of the connection's configuration",
            where=where,
            fix=f"write {others[first] % rest}",
        )
    return Variable(root, key, of.index or _TEXT)


def _field(text: str, root: str, path: str, model: Model | None, roots: Roots, where: str) -> Variable:
    """A field of a model, or a field of an object that it holds."""
    fields = fields_of(model)
    # A name with a dot in it comes before a path, as the API may well have it.
    names = [path] if path in fields else path.split(".")
    if names[0] not in fields:
        owner = f"the model {model.name}" if model else f"this script, which has no {root}"
        accepted = [f"${{{root}.{field}}}" for field in fields]
        raise AnswersError(
            f"{text!r} names no field of {owner}",
            where=where,
            fix="" if accepted else f"describe a model with a field {path!r}",
            accepted=accepted,
        )
    field = fields[names[0]]
    variable = Variable(root, field.name, field.type, may_be_absent(field))
    for name in names[1:]:
        variable = _below(text, variable, name, roots, where)
    return variable


def _below(text: str, variable: Variable, name: str, roots: Roots, where: str) -> Variable:
    """The field of a value that is an object."""
    fields = object_fields(variable.type, roots)
    if name not in fields:
        way = variable_text(variable)
        raise AnswersError(
            f"{text!r} names no field of {way}",
            where=where,
            fix="" if fields else f"{way} has no fields: name a single value",
            accepted=fields,
        )
    field = fields[name]
    return replace(
        variable,
        type=field.type,
        optional=variable.optional or may_be_absent(field),
        below=(*variable.below, Step(name, after_null=variable.optional)),
    )


def parse_spread(text: str, roots: Roots, where: str) -> Variable:
    """The object that is spread into a body: ``input``, ``input.address``, or either in ``${}``.

    Raises:
        AnswersError: what names no object.
    """
    placeholder = PLACEHOLDER.fullmatch(text)
    variable = parse_variable(placeholder[1] if placeholder else text, roots, where, of_any_type=True)
    if variable.format or not object_fields(variable.type, roots):
        raise AnswersError(
            f"{text!r} is no object with fields",
            where=where,
            fix="accepted: an object to spread, such as input or input.address",
        )
    return variable


def _formatted(variable: Variable, format_: str, text: str, where: str) -> Variable:
    """The variable in a format that its type can have; ``number`` of a number is the number itself."""
    members = {widened(member) for member in members_of(without_null(without_undefined(variable.type)))}
    accepted = [name for name in FORMATS if members and members <= set(_FORMATTED.get(name, _DATES))]
    if format_ not in accepted:
        raise AnswersError(
            f"{format_!r} is no format that {text!r} can have",
            where=where,
            fix="" if accepted else "accepted: none, as it is not a single value",
            accepted=accepted,
        )
    is_already = members == {_RESULTS.get(format_)}
    return variable if is_already else replace(variable, format=format_)


def parse_condition(expression: str, roots: Roots, where: str) -> Condition:
    """A condition, and what it reads.

    Raises:
        AnswersError: one that reads what the script does not have.
    """
    names = read_by(expression)
    return Condition(
        expression, tuple(parse_variable(name, roots, where, of_any_type=True) for name in names)
    )


def read_by(expression: str) -> list[str]:
    """What an expression reads, as placeholders name it, each once: the fields of a root, or a root as a whole."""
    from ...typescript.expression_reads import readings  # brings the parser, which most answers do without

    fields: dict[str, list[str]] = {}
    for reading in readings(expression):
        of_root = fields.setdefault(reading.root, [])
        # What follows this one are methods of a Date, and no fields.
        if reading.path and reading.root != LAST_SYNC_DATE:
            of_root.append(f"{reading.root}.{reading.path[0]}")
    names = (name for root, of_root in fields.items() for name in of_root or [root])
    return list(dict.fromkeys(names))
