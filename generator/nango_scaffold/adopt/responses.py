"""Where a script finds its records in a response, and how mappers fill the models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .literals import Code, ObjectLiteral, value_of
from .requests import spread_object
from .tokens import closing, end_of_expression, is_sign, matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .script import Script
    from .tokens import Token

_ON_LISTS = ("map", "filter", "forEach", "flatMap", "length")


def response_path(script: Script) -> str | None:
    """The steps behind ``response.data`` where a script takes its records from; ``None`` where it does not show."""
    code = script.code
    for index in range(2, len(code)):
        if matches(code, index, "data") and is_sign(code[index - 1], "."):
            owner = code[index - 2].text
            if f"{owner}.data" in script.names.known or owner in script.names.known:
                continue
            steps, end = _steps(code, index + 1)
            is_taken = (
                _is_argument(code, index - 2, end)
                or _is_assigned(code, index - 2, end)
                or steps[1:] == ["map"]
            )
            steps = [step for step in steps if step not in _ON_LISTS]
            if steps and (is_taken or _walks(code, end)):
                return ".".join(steps)
    return None


def _steps(code: Sequence[Token], index: int) -> tuple[list[str], int]:
    steps = []
    while index < len(code):
        index += is_sign(code[index], "?", "!")
        if not (index + 1 < len(code) and is_sign(code[index], ".") and code[index + 1].kind == "word"):
            break
        steps.append(code[index + 1].text)
        index += 2
    return steps, index


def _is_argument(code: Sequence[Token], start: int, end: int) -> bool:
    """``toUser(response.data.user)``."""
    is_mapper = start > 1 and is_sign(code[start - 1], "(") and code[start - 2].text.startswith(("to", "map"))
    return is_mapper and end < len(code) and is_sign(code[end], ")")


def _is_assigned(code: Sequence[Token], start: int, end: int) -> bool:
    """``const users = response.data.users;``."""
    return start > 0 and is_sign(code[start - 1], "=") and end < len(code) and is_sign(code[end], ";")


def _walks(code: Sequence[Token], end: int) -> bool:
    """``response.data.users.map(``."""
    return end + 1 < len(code) and code[end - 1].text in _ON_LISTS and is_sign(code[end], "(")


def incremental_field(script: Script) -> str | None:
    """The field of a record that is compared with the date of the last run."""
    code = script.code
    dates = {"lastSyncDate"} | {
        code[index + 1].text
        for index in range(len(code) - 6)
        if code[index].text in ("const", "let")
        and matches(code, index + 2, "=", "nango", ".", "lastSyncDate", ";")
    }
    for index in range(len(code) - 4):
        if matches(code, index, "new", "Date", "("):
            end = closing(code, index + 2)
            if end + 1 < len(code) and is_sign(code[end + 1], "<", ">"):
                rest = code[end + 1 : end_of_expression(code, end + 1, ";", ",", "|")]
                steps, stop = _steps(code, index + 4)
                if any(token.text in dates for token in rest) and steps and stop == end:
                    return ".".join(steps)
    return None


def mapping_of(script: Script, model: str) -> dict[str, Any]:
    """Field of a model <- path in the response, where a mapper takes it from another name."""
    code = script.code
    for index in range(len(code) - 5):
        if matches(code, index, ")", ":", model, "{", "return", "{"):
            first = index + 5
            value = value_of(code[first : closing(code, first) + 1])
            raw = _parameter(code, index)
            return dict(_mapped(value, raw)) if isinstance(value, ObjectLiteral) and raw else {}
    return {}


def _parameter(code: Sequence[Token], end: int) -> str:
    """The first parameter of the function whose parameters end at an index."""
    opening = next((at for at in range(end, -1, -1) if is_sign(code[at], "(")), None)
    return "" if opening is None else code[opening + 1].text


def _mapped(value: ObjectLiteral, raw: str) -> Iterator[tuple[str, str]]:
    fields = dict(value.fields)
    for spread in value.spreads:
        inner = spread_object(spread)
        fields.update(inner.fields if inner else {})
    for name, item in fields.items():
        code = item.tokens if isinstance(item, Code) else ()
        if len(code) > 6 and [token.text for token in code[:3]] == ["new", "Date", "("]:
            code = code[3:-1]
        steps, end = _steps(code, 1)
        if code and code[0].text == raw and steps and end == len(code) and steps != [name]:
            yield name, ".".join(steps)
