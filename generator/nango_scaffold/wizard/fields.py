"""How a user describes a model: its fields, one per line, or a JSON sample of its records."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ..answers.size import refuse_huge
from ..errors import AnswersError
from ..infer.samples import Described, describe_sample
from ..models.accept import accept_model
from ..nango_yaml.emit import mapping as yaml_lines
from ..yaml12 import YamlProblem, load
from .question import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from .draft import Slot

_LINE = re.compile(r"(\s*)([^\s:#'\"{}\[\]-][^:{}\[\]'\"]*?)\s*:(?!:)\s*(.*)")
_EXAMPLE = "one field per line, such as `id: string` or `email?: string`"
_ENDS = ",;"
_QUOTED = re.compile(r"""(['"])([A-Za-z_][\w-]*)\1""")


def describe(
    text: str, known: Collection[str] = (), *, needs_id: bool = False, names: Collection[str] = ()
) -> Described:
    """Parse the description of a model.

    Args:
        text: lines such as ``email?: string``, nested ones indented below a line such as ``owner:``; or JSON.
        known: the models that its fields may name.
        needs_id: whether the model must have an ``id``; see ``describe_sample``.
        names: likely names of a list of the records.

    Raises:
        AnswersError: a line, or the JSON, that cannot be parsed; fields that mean something else to Nango.
    """
    if is_sample(text):
        described = describe_sample(parsed_sample(text), needs_id=needs_id, names=names)
    else:
        described = Described(_lines(text))
    for problem in accept_model("Model", described.fields, known=known):
        raise AnswersError(
            problem.what, where=problem.where.removeprefix("Model."), fix=f"accepted: {problem.fix}"
        )
    return described


def as_lines(fields: Mapping[str, Any]) -> str:
    """Fields as a user types them, one per line."""
    return "\n".join(yaml_lines(fields, 0))


def fields_question(slot: Slot, ask: str, help: str, fields: Mapping[str, Any]) -> Question:
    """A question for the fields of a model, with those that are derived."""
    return Question(slot, ask, help, "lines", as_lines(fields), derived=True)


def is_sample(text: str) -> bool:
    """Whether a text looks like JSON."""
    return text.lstrip()[:1] in ("{", "[") and bool(re.match(r'\s*(\[\s*)*(\{\s*("|\})|\])', text))


def is_whole_sample(text: str) -> bool:
    """Whether a text is complete JSON, so that no more lines are to be expected."""
    if text.rstrip()[-1:] not in ("}", "]"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def parsed_sample(text: str) -> Any:
    """Parse a sample as it was pasted.

    Raises:
        AnswersError: it is no whole JSON, or too much of it.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise AnswersError(
            f"the JSON breaks off or is broken: {error.msg.lower()}",
            where=f"line {error.lineno}, column {error.colno}",
            fix="paste the whole of it, from the first bracket to the last",
        ) from None
    except (ValueError, RecursionError):
        raise AnswersError("the JSON is nested too deeply", fix="paste one record of it") from None
    refuse_huge(data)
    return data


def _lines(text: str) -> dict[str, Any]:
    # YAML takes no tab for an indent, and editors of TypeScript write them.
    lines = [_yaml_line(line) for line in text.replace("\t", "    ").splitlines()]
    _refuse_missing_type(lines)
    try:
        data = load("\n".join(lines))
    except YamlProblem as problem:
        raise AnswersError(
            f"it cannot be read: {problem.reason}",
            where=f"line {problem.line}",
            fix=f"write {_EXAMPLE}; the values of a choice without quotes: open | closed",
        ) from None
    if not isinstance(data, dict) or not data:
        raise AnswersError("there is no field in it", fix=f"write {_EXAMPLE}")
    return {str(key): value for key, value in data.items()}


def _yaml_line(line: str) -> str:
    """A line as YAML: the name in quotes, whatever it holds; without the , or ; that TypeScript puts at the end."""
    text = line.rstrip().rstrip(_ENDS)
    parts = _LINE.fullmatch(text)
    if parts is None:
        return text if line.strip() in _ENDS else line
    indent, name, type_ = parts.groups()
    # An enum whose values are quoted, as in TypeScript.
    if "|" in type_:
        type_ = _QUOTED.sub(r"\2", type_)
    return f"{indent}{json.dumps(name, ensure_ascii=False)}: {type_}".rstrip()


def _refuse_missing_type(lines: list[str]) -> None:
    """Refuse a name without a type: YAML would read it as the only value of the whole text, or as null."""
    for index, line in enumerate(lines):
        text = line.split(" #")[0].strip()
        # Comments, items and flow collections are for the YAML reader to judge.
        is_field = bool(text) and text[0] not in "#-{["
        if is_field and not _has_type(text, line, lines[index + 1 :]):
            name = text.rstrip(":").strip('"')
            where = f"line {index + 1}"
            raise AnswersError(f"{name[:60]!r} has no type", where=where, fix=f"write {_EXAMPLE}")


def _has_type(text: str, line: str, lines_below: list[str]) -> bool:
    """Whether a line has a type behind its colon, or nested fields below it."""
    if not text.endswith(":"):
        return ":" in text
    next_line = next((other for other in lines_below if other.strip()), "")
    return _indent(next_line) > _indent(line) or next_line.lstrip().startswith("-")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
