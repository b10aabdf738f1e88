"""What the templates of scripts ask of a spec: paths of properties, texts with variables, keys of requests, pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..models.types import Literal, Model, Primitive, UnionOf, is_nullable, members_of
from ..naming.words import kebab, pascal, plural, spoken
from ..spec.mappers import UNREAD
from ..spec.paths import steps_of
from ..spec.requests import (
    LAST_SYNC_DATE,
    LOOKUP,
    Computed,
    DataList,
    DataObject,
    OptionalText,
    Variable,
)
from ..typescript.printer.literals import (
    access,
    doc_comment,
    is_identifier,
    line_comment,
    object_key,
    regex_text,
    template_text,
)
from .paths import lookup_variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..models.types import Alias, Type
    from ..spec.requests import Condition, Data, Pagination, Param, Part, Template
    from ..spec.syncs import Fetch, Mark, SyncSpec

_ENDPOINT = "endpoint"
_OF_KINDS = {"text": Primitive("string"), "number": Primitive("number")}
_SPELLED_ROOTS = {LAST_SYNC_DATE: "nango.lastSyncDate"}


def chain(steps: Iterable[str | int], owner: str, *, safe_from: int | None = None) -> str:
    """A property by the way to it, with ``?.`` at every step from one on: ``response.data?.items``.

    Args:
        steps: the names on the way.
        owner: the expression of what they are taken of.
        safe_from: the first step before which there may be nothing; ``None``: everything is there.
    """
    text = owner
    for index, step in enumerate(steps):
        is_safe = safe_from is not None and index >= safe_from
        text += access(step, optional=is_safe)
    return text


def spelled(variable: Variable, roots: Mapping[str, str]) -> str:
    """A value of the script's input, settings or another root, before it is formatted.

    Args:
        variable: the placeholder.
        roots: the expression of each root that is not a variable of its own name.
    """
    if variable.root == LOOKUP:
        return lookup_variable(variable.field)
    root = roots.get(variable.root) or _SPELLED_ROOTS.get(variable.root, variable.root)
    below = "".join(access(step.name, optional=step.after_null) for step in variable.below)
    return root + access(variable.field) + below if variable.field else root


def negation(text: str, roots: Mapping[str, str]) -> str:
    """The negation of an expression of the answers; ``roots``: see `spelled`."""
    # Late, for it brings the parser, which most scripts do without.
    from ..typescript.expression import expression_source, renamed

    return expression_source(renamed(text, roots), is_negated=True)


def condition(param: Param, roots: Mapping[str, str]) -> str:
    """The condition under which a parameter is sent: that of the answers, and that what it is filled from is there."""
    from ..typescript.expression import expression_source  # see `negation`

    expression = _with_names(param.when, roots) if param.when else "true"
    is_there = presence(param.value, roots)
    both = f"({expression}) && ({is_there})" if is_there else expression
    # The template writes it before `? { ... } : {}`, so it is laid out there: prettier sets parentheses by the place.
    return expression_source(f"({both}) ? 1 : 0").removesuffix(" ? 1 : 0")


def computed(value: Computed, roots: Mapping[str, str]) -> str:
    """An expression of a request over the variables of the script."""
    from ..typescript.expression import expression_source  # see `negation`

    return expression_source(_with_names(value, roots))


def _with_names(value: Computed | Condition, roots: Mapping[str, str]) -> str:
    """An expression with the names that a script has for what it reads."""
    from ..typescript.expression import renamed  # see `negation`

    looked_up = [variable.field for variable in value.variables if variable.root == LOOKUP]
    lookups = {f"{LOOKUP}.{name}": lookup_variable(name) for name in looked_up}
    return renamed(value.expression, {**_SPELLED_ROOTS, **roots, **lookups})


def presence(data: Data, roots: Mapping[str, str]) -> str:
    """The condition under which there is a text or a value to send; empty where there always is."""
    parts = data if isinstance(data, tuple) else ()
    stretches = [part for part in parts if isinstance(part, OptionalText)]
    # A text of nothing but optional stretches is empty, and not to be sent, unless one of them is there. Beside any other
    # text an absent stretch is simply left out.
    if stretches and len(stretches) == len(parts):
        return " || ".join(f"({_all_present(part.parts, roots)})" for part in stretches)
    return _all_present(parts, roots)


def _all_present(parts: Iterable[Part], roots: Mapping[str, str]) -> str:
    optional = (part for part in parts if isinstance(part, (Variable, Computed)) and part.optional)
    return " && ".join(dict.fromkeys(_is_present(part, roots) for part in optional))


def _is_present(part: Variable | Computed, roots: Mapping[str, str]) -> str:
    if isinstance(part, Variable):
        return f"{spelled(part, roots)} != null"
    from ..typescript.expression import expression_source  # see `negation`

    return expression_source(f"({_with_names(part, roots)}) != null")


def request_key(name: str) -> str:
    """The name of a property in a request object, with ``['endpoint']`` for a key ``endpoint`` that is not the request's.

    Nango's lint plugin takes each such key below a ProxyConfiguration for that of the request, and wants documentation
    above it; it does not look at a key in brackets.
    """
    return f"['{_ENDPOINT}']" if name == _ENDPOINT else object_key(name)


def template_lines(text: str) -> str:
    """A text of several lines as the literal part of a template literal, where each stays a line."""
    return "\n".join(template_text(line.rstrip()) for line in text.split("\n"))


def page_noted_in(pagination: Pagination | None) -> str:
    """The part of the request that ``nango.paginate`` writes a cursor or an offset into; empty for none.

    It does so only where the request has that part, and then the same request asks for the page it ended at.
    """
    if pagination is None or pagination.kind not in ("cursor", "offset"):
        return ""
    return "data" if pagination.in_body else "params"


def full_page(fetch: Fetch | SyncSpec) -> str:
    """The records of a full page where the offset is counted; empty where nothing says how many there are."""
    pagination = fetch.pagination
    return str(pagination.keys.get("limit", "")) if pagination.kind == "offset" else ""


def body_type(fetch: Fetch | SyncSpec) -> str:
    """The raw type of a whole body."""
    return fetch.body or (UNREAD if fetch.raw == UNREAD else f"{fetch.raw}[]")


def list_place(steps: Sequence[str]) -> str:
    """The place of a list in a body, in words."""
    return ".".join(steps) or "the top level"


def path_text(path: Iterable[str | int]) -> str:
    """A path with indices as the answers write it: ``data[0].id``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def records_of(model: str) -> str:
    """The records of a model in words: ``pull requests``."""
    return spoken(plural(kebab(model)))


def marked_field(mark: Mark) -> str:
    """The field of a record that says whether it is deleted."""
    return chain(mark.steps, "record", safe_from=1 if mark.safe else None)


def doc_lines(*texts: str) -> list[str]:
    """Texts as the lines between those of a comment's beginning and end, at any depth."""
    return list(doc_comment([text.strip() for text in texts])[1:-1])


def as_text(value: float | bool) -> str:
    """A number or a flag as the text that a header holds."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def is_on_several_lines(data: Any) -> bool:
    """Whether prettier gives a value several lines in any case: an object that was open, or a list of such or of lists."""
    if isinstance(data, DataObject):
        return bool(data.entries)
    if isinstance(data, Mapping):
        return bool(data)
    items = _items(data)
    if any(map(is_on_several_lines, items)):
        return True
    # Several lists of several items each are a table to prettier, which gets a line for each row.
    return len(items) > 1 and all(len(_items(item)) > 1 for item in items)


def _items(data: Any) -> Sequence[Any]:
    if isinstance(data, DataList):
        return data.items
    return data if isinstance(data, list) else ()


def is_all_optional(of: Model | Alias) -> bool:
    """Whether no field of a model is required; the runner hands such an input over as undefined when it is empty."""
    return isinstance(of, Model) and all(field.optional for field in of.shape.fields)


def always_set(model: Model) -> list[str]:
    """The fields of a model that hold a value in each record."""
    return [field.name for field in model.shape.fields if not field.optional and not is_nullable(field.type)]


def is_variable_name(name: str) -> bool:
    """Whether a property of this name, set from a variable of this name, may be written as the name alone."""
    # `true` alone would not be the property of this name; for `endpoint` see `request_key`.
    return is_identifier(name) and name not in ("true", "false", "null", _ENDPOINT)


def is_template(data: Data) -> bool:
    """Whether a value is a text, with or without variables."""
    return isinstance(data, tuple)


def is_field_of_input(template: Template) -> bool:
    """Whether a value is a field of the input and nothing else."""
    alone = template[0] if len(template) == 1 else None
    if not isinstance(alone, Variable) or alone.format:
        return False
    return alone.root == "input" and bool(alone.field)


def is_without_variables(template: Template) -> bool:
    """Whether a text is always the same."""
    return all(isinstance(part, str) for part in template)


def is_always_text(template: Template) -> bool:
    """Whether a template gives text: one variable alone keeps its type, and null is left out."""
    return _type_of(template) is None or _is_text(_type_of(template))


def is_text_or_number(template: Template) -> bool:
    """Whether a template gives what a query takes; one variable alone keeps its type."""
    return _type_of(template) is None or _is_text_or_number(_type_of(template))


def is_formatted_as_date(variable: Variable) -> bool:
    """Whether a variable is sent as a date, in one of the formats of dates."""
    return variable.format not in ("", "number", "text")


def is_a_date(variable: Variable) -> bool:
    """Whether a variable holds a date itself, as that of the last run."""
    return Primitive("Date") in members_of(variable.type)


def _type_of(template: Template) -> Type | None:
    """The type of a variable alone; ``None`` where there is text beside it, or another one."""
    alone = template[0] if len(template) == 1 else None
    if isinstance(alone, Computed):
        return _OF_KINDS.get(alone.kind, Primitive("any"))
    if not isinstance(alone, Variable):
        return None
    if alone.format:
        # A date is sent as text in all formats but the epoch's, which count seconds or milliseconds.
        is_number = alone.format == "number" or alone.format.startswith("epoch")
        return Primitive("number" if is_number else "string")
    return alone.type


def _is_text(type_: Type | None) -> bool:
    if isinstance(type_, UnionOf):
        # A value that may be null is left out of the request while it is, so that null is never sent as text.
        return all(_is_text(member) for member in type_.members if member != Literal(None))
    return type_ == Primitive("string") or (isinstance(type_, Literal) and isinstance(type_.value, str))


def _is_text_or_number(type_: Type | None) -> bool:
    if isinstance(type_, UnionOf):
        return all(_is_text_or_number(member) for member in type_.members)
    if isinstance(type_, Literal):
        return not isinstance(type_.value, bool)
    return isinstance(type_, Primitive) and type_.name in {"string", "number"}


def part_of(data: DataObject, name: str) -> DataObject:
    """A mapping that is a part of a request body; an empty one where there is none."""
    part = dict(data.entries).get(name)
    return part if isinstance(part, DataObject) else DataObject(())


FILTERS: dict[str, Callable[..., Any]] = {
    "always_set": always_set,
    "as_text": as_text,
    "body_type": body_type,
    "chain": chain,
    "computed": computed,
    "condition": condition,
    "doc_lines": doc_lines,
    "full_page": full_page,
    "line_comment": line_comment,
    "list_place": list_place,
    "marked_field": marked_field,
    "negation": negation,
    "part": part_of,
    "page_noted_in": page_noted_in,
    "records_of": records_of,
    "pascal": pascal,
    "path_text": path_text,
    "presence": presence,
    "regex_text": regex_text,
    "request_key": request_key,
    "round_number": "{:g}".format,
    "spoken": spoken,
    "steps": steps_of,
    "safe_access": lambda name: access(name, optional=True),
    "template_text": template_text,
    "template_lines": template_lines,
    "variable": spelled,
}
TESTS: dict[str, Callable[[Any], bool]] = {
    "all_optional": is_all_optional,
    "a_date": is_a_date,
    "always_text": is_always_text,
    "field_of_input": is_field_of_input,
    "formatted_as_date": is_formatted_as_date,
    "variable_name": is_variable_name,
    "on_several_lines": is_on_several_lines,
    "template": is_template,
    "text_or_number": is_text_or_number,
    "without_variables": is_without_variables,
}
