"""What a person writes for a model: its fields, one a line, or a JSON sample of its records."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ..answers.size import refuse_huge
from ..errors import AnswersError
from ..models.read import accept_model
from ..nango_yaml.emit import mapping as yaml_lines
from ..yaml12 import YamlProblem, load
from .samples import Described, describe_sample

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_LINE = re.compile(r"(\s*)([^\s:#'\"{}\[\]-][^:{}\[\]'\"]*?)\s*:(?!:)\s*(.*)")
_EXAMPLE = "one field a line, such as `id: string` or `email?: string`"
_ENDS = ",;"
_QUOTED = re.compile(r"""(['"])([A-Za-z_][\w-]*)\1""")


def describe(
    text: str, known: Collection[str] = (), *, needs_id: bool = False, names: Collection[str] = ()
) -> Described:
    """Read the description of a model.

    Args:
        text: lines such as ``email?: string``, deeper ones below a line such as ``owner:``; or JSON.
        known: the models that its fields may name.
        needs_id: whether the model must have an ``id``; see ``describe_sample``.
        names: what a list of the records may be called.

    Raises:
        AnswersError: a line, or the JSON, that cannot be read; fields that mean something else to Nango.
    """
    if is_sample(text):
        described = describe_sample(_sample(text), needs_id=needs_id, names=names)
    else:
        described = Described(_lines(text))
    for problem in accept_model("Model", described.fields, known=known):
        raise AnswersError(
            problem.what, where=problem.where.removeprefix("Model."), fix=f"accepted: {problem.fix}"
        )
    return described


def as_lines(fields: Mapping[str, Any]) -> str:
    """Fields as a person writes them, one a line."""
    return "\n".join(yaml_lines(fields, 0))


def is_sample(text: str) -> bool:
    """Whether a text means to be JSON."""
    return text.lstrip()[:1] in ("{", "[") and bool(re.match(r'\s*(\[\s*)*(\{\s*("|\})|\])', text))


def is_whole_sample(text: str) -> bool:
    """Whether a text is a whole piece of JSON, so that nothing more is to be waited for."""
    if text.rstrip()[-1:] not in ("}", "]"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _sample(text: str) -> Any:
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
    lines = [_cleaned(line) for line in text.replace("\t", "    ").splitlines()]
    _refuse_bare(lines)
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


def _cleaned(line: str) -> str:
    """A line as YAML reads it: the name in quotes, whatever it holds; without what TypeScript puts at the end."""
    found = _LINE.fullmatch(line.rstrip().rstrip(_ENDS))
    if found is None:
        return line.rstrip().rstrip(_ENDS) if line.strip() in _ENDS else line
    indent, name, rest = found.groups()
    if "|" in rest:  # the values of a choice as TypeScript has them
        rest = _QUOTED.sub(r"\2", rest)
    return f"{indent}{json.dumps(name, ensure_ascii=False)}: {rest}".rstrip()


def _refuse_bare(lines: list[str]) -> None:
    """Refuse a name without a type: YAML would take it for the only value there is, or for null."""
    for number, line in enumerate(lines, 1):
        bare = line.split(" #")[0].strip()
        if not bare or bare.startswith("#") or bare[0] in "-{[":
            continue
        following = next((each for each in lines[number:] if each.strip()), "")
        opens = bare.endswith(":") and (_indent(following) > _indent(line) or following.lstrip()[:1] == "-")
        if ":" not in bare or (bare.endswith(":") and not opens):
            name = bare.rstrip(":").strip('"')
            raise AnswersError(f"{name[:60]!r} has no type", where=f"line {number}", fix=f"write {_EXAMPLE}")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
