"""What a field, a value, a model and a script are called in answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..models.accept import accept_model
from ..models.types import Literal
from ..models.words import read_word
from ..naming.reserved import model_name_problem, script_name_problem
from ..naming.words import kebab, pascal, singular, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .operations import Operation

MOST_WORDS = 30
"""Values of an enum that a reader still takes in; more of them are a string."""
_LONGEST_MODEL, _LONGEST_SCRIPT, _LONGEST_FIELD = 90, 80, 200
_NOT_A_FIELD = frozenset({"__extends", "__string", "__proto__"})
_NOT_IN_IDENTIFIER = re.compile(r"[^A-Za-z0-9_]+")
_VERSION = re.compile(r"v?[0-9]+(\.[0-9]+)*|api|rest|latest", re.IGNORECASE)
_VERBS = {"POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete", "GET": "get"}


def field_name(key: str) -> str:
    """The field of a model for a property, ``_`` before a digit; empty where no field can have the name."""
    if not key.strip() or len(key) > _LONGEST_FIELD or key.endswith("?") or key in _NOT_A_FIELD:
        return ""
    name = f"_{key}" if key[0].isdigit() else key
    return "" if accept_model("Model", {name: "string"}) else name


def identifier(name: str) -> str:
    """A name that a placeholder can have, for a parameter: ``user-id`` becomes ``user_id``."""
    plain = _NOT_IN_IDENTIFIER.sub("_", name).strip("_") or "value"
    return f"_{plain}" if plain[0].isdigit() else plain


def enum_type(values: Iterable[Any]) -> str:
    """The values of an enum as a type; empty where the model language cannot hold them all as values.

    >>> enum_type(["open", "closed"]), enum_type(["open", "date"]), enum_type(["1st", "2nd"])
    ('open | closed', '', '')
    """
    literals = [str(value) for value in values if value not in (None, "")]
    is_exact = bool(literals) and len(literals) <= MOST_WORDS and all(map(_is_literal, values))
    text = " | ".join(literals)
    return text if is_exact and not accept_model("Model", {"field": text}) else ""


def _is_literal(value: Any) -> bool:
    """Whether nango.yaml reads a value as itself."""
    if isinstance(value, str) and (not value or "|" in value or value != value.strip()):
        return False
    # The CLI takes the digits at the beginning of a word for a number, and its own words for types.
    return read_word(str(value), lambda name: False) == Literal(value)


def model_name(prefix: str, name: str) -> str:
    """The name of a model: the provider's name, which no other provider's model has, and its own."""
    joined = pascal(name)
    if not joined.startswith(prefix) or joined == prefix:
        joined = f"{prefix}{joined}"
    joined = joined[:_LONGEST_MODEL]
    # A name of TypeScript or of Nango's SDK would hide it in every file.
    return f"{joined}Record" if model_name_problem(joined) else joined


def segments(path: str) -> list[str]:
    """The fixed segments of a path, without versions: ``/v1/users/{id}/cards`` -> ``users, cards``."""
    return [
        part for part in path.split("/") if words(part) and "{" not in part and not _VERSION.fullmatch(part)
    ]


def resource_of(operation: Operation) -> str:
    """What an operation is about, in the number that its path has: the last fixed segment."""
    fixed = segments(operation.path)
    return kebab(fixed[-1].rpartition(".")[2]) if fixed else kebab(operation.id)


def script_name(operation: Operation, *, is_list: bool) -> str:
    """The usual name for a script of an operation: ``pulls``, ``create-pull``, ``lock-issue``."""
    resource = resource_of(operation)
    if is_list:
        return _script(resource)
    if operation.method == "POST" and not _is_creation(operation, resource):
        return _script(_named_action(operation, resource))
    return _script(f"{_verb(operation)}-{singular(resource)}")


def longer_script_name(operation: Operation, *, is_list: bool) -> str:
    """A name for a script whose usual name is another's: with the segment before the last, else the operation's id."""
    fixed = segments(operation.path)
    owner = singular(fixed[-2]) if len(fixed) > 1 else ""
    if not owner:
        return _script(kebab(operation.id))
    name = f"{owner}-{resource_of(operation)}"
    return _script(name if is_list else f"{_verb(operation)}-{singular(name)}")


def _verb(operation: Operation) -> str:
    # Some APIs change a record by a POST to its own path.
    is_one = operation.path.rstrip("/").endswith("}")
    return "update" if operation.method == "POST" and is_one else _VERBS[operation.method]


def _is_creation(operation: Operation, resource: str) -> bool:
    """Whether a POST goes to a collection, or to a record of one."""
    return operation.path.rstrip("/").endswith("}") or singular(resource) != resource


def _named_action(operation: Operation, resource: str) -> str:
    """The name of an action that is no creation, such as ``POST /issues/{id}/lock``."""
    fixed = segments(operation.path)
    if len(fixed) > 1:
        return f"{resource}-{singular(fixed[-2])}"
    return kebab(operation.id) or f"create-{resource}"


def _script(name: str) -> str:
    text = "-".join(words(name))[:_LONGEST_SCRIPT].strip("-") or "records"
    is_usable = text[0].isalpha() and not script_name_problem(text)
    return text if is_usable else f"fetch-{text}"
