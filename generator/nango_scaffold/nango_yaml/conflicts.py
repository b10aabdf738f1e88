"""What the nango CLI accepts in silence, or refuses for the whole file, when an entry is added carelessly.

Source: behaviour of the nango CLI 0.69.36, measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..yaml12.nodes import value_of
from .document import SECTIONS, Document
from .errors import ModelClash, Position, Refused, position

if TYPE_CHECKING:
    from .edits import Block, Path
    from .references import References

_V2 = ("syncs", "actions", "on-events")
_SCRIPTS = ("syncs", "actions")
_V1_KEYS = frozenset(("runs", "returns", "type"))
_DEFAULT_METHOD = {"syncs": "GET", "actions": "POST"}


def refuse_foreign_keys(document: Document) -> None:
    """The CLI accepts ``integrations`` and ``models`` at the top, and nothing else."""
    for name, (key, _) in document.top.items():
        if name not in SECTIONS:
            raise Refused(
                f"the nango CLI accepts no top-level key {name!r}, only integrations and models",
                **position(key),
            )


def refuse_v1(document: Document, first: str, data: Any) -> None:
    """The first integration, by what it holds after an edit, decides how the CLI reads all of them."""
    if is_v2(data):
        return
    # Where any other is in the new form, the file was meant to be: only its first integration stands wrong.
    integrations = {name: value_of(pair[1]) for name, pair in document.section("integrations").items()}
    if is_v1(integrations[first]) and not any(map(is_v2, integrations.values())):
        raise Refused(
            f"nango.yaml is in the old (v1) form: the scripts of {first} stand right below its name, and a file is read in one "
            "form as a whole",
            **position(document.section("integrations")[first][0]),
            fix="Bring the file to the new form first: put each script below syncs: or actions: of its integration, and say "
            "output: for returns:. Or leave it as it is, and write the new integration into a project of its own: "
            "--project OTHER_FOLDER.",
            pasting_is_no_help=True,
        )
    raise Refused(
        f"the first integration, {first}, would have neither syncs, actions nor on-events, so the nango CLI would read the "
        "whole file in the old (v1) form and ignore the scripts of all others",
        **position(document.section("integrations")[first][0]),
        fix=f"Put the scripts of {first} below syncs: or actions:, or move another integration to the first place.",
    )


def is_v2(integration: Any) -> bool:
    """Whether an integration, if it is the first, makes the CLI read the file in the v2 form."""
    return isinstance(integration, Mapping) and any(key in integration for key in _V2)


def is_v1(integration: Any) -> bool:
    """Whether an integration holds scripts in the v1 form: right below its name."""
    scripts = integration.values() if isinstance(integration, Mapping) else ()
    return any(isinstance(script, Mapping) and not _V1_KEYS.isdisjoint(script) for script in scripts)


def refuse_literal(document: Document, references: References, model: str, ours: Block) -> None:
    """A type name that is no model is a string literal to the CLI: a new model of that name would change its meaning."""
    for path in references.to(model):
        if not _is_ours(path, ours):
            raise Refused(
                f"{'.'.join(path)} uses {model} as a literal; a model of that name would change what it means",
                **_place(document, path),
                fix=f"Use another name, such as {free_name(document, model, ours)}.",
            )


def clash(document: Document, model: str, theirs: Any, ours: Any, block: Block, why: str) -> ModelClash:
    """The refusal for a model that exists with other fields, with what differs."""
    return ModelClash(
        model,
        theirs=theirs,
        ours=ours,
        proposed=free_name(document, model, block),
        shapes=_differences(theirs, ours),
        why=why,
        **position(document.section("models")[model][0]),
    )


def free_name(document: Document, model: str, block: Block) -> str:
    """A model name after the integration's that neither the file nor the block knows."""
    words = re.findall(r"[A-Za-z0-9]+", block.integration)
    prefix = "".join(word[0].upper() + word[1:] for word in words) or "Other"
    # A model's name cannot begin with a digit, as the name of an integration can.
    stem = f"{prefix}{model}" if prefix[0].isalpha() else f"{model}{prefix}"
    stem = model if model.startswith(prefix) else stem
    name, number = stem, 2
    known_models = {*document.section("models"), *block.models}
    # Anywhere in the text it may be a literal, which a model of that name would change.
    while name in known_models or re.search(rf"\b{name}\b", document.text):
        name, number = f"{stem}{number}", number + 1
    return name


def refuse_collisions(document: Document, name: str, integration: Any, ours: Block) -> None:
    """Within one integration: a script name is one, a model is one sync's output, METHOD and path name one script.

    It is judged by what it holds after the edit; collisions among the user's own entries are left alone.
    """
    scripts = _scripts(integration)
    syncs = [(path, data) for path, data in scripts if path[0] == "syncs"]
    names = [(path, path[1]) for path, _ in scripts]
    outputs = [(path, model) for path, data in syncs for model in _output_names(data)]
    endpoints = [
        (path, used) for path, data in scripts for used in _endpoints(data, _DEFAULT_METHOD[path[0]])
    ]
    uses = {"the name {}": names, "the output model {}": outputs, "the endpoint {}": endpoints}
    for what, values in uses.items():
        for value, *paths in _twice(values):
            _refuse_twice(what.format(value), paths, document, name, ours)


def _refuse_twice(what: str, paths: list[Path], document: Document, name: str, ours: Block) -> None:
    """Refuse what two scripts use, where one of them is in the block."""
    if not any(_in_block(path, ours) for path in paths):
        return
    both = " and ".join(map(".".join, paths))
    raise Refused(
        f"{what} would be used twice in {name}, by {both}; the nango CLI refuses that",
        **_place(document, ("integrations", name, *paths[0])),
    )


def _scripts(integration: Any) -> list[tuple[Path, Mapping[str, Any]]]:
    if not isinstance(integration, Mapping):
        return []
    return [
        ((kind, name), data)
        for kind in _SCRIPTS
        for name, data in (integration.get(kind) or {}).items()
        if isinstance(data, Mapping)
    ]


def _twice(uses: list[tuple[Path, str]]) -> Iterator[tuple[str, Path, Path]]:
    first: dict[str, Path] = {}
    for path, value in uses:
        other = first.setdefault(value, path)
        if other != path:
            yield value, other, path


def _output_names(script: Mapping[str, Any]) -> list[str]:
    output = script.get("output")
    outputs = output if isinstance(output, list) else [output]
    return [str(item) for item in outputs if item is not None]


def _endpoints(script: Mapping[str, Any], default: str) -> Iterator[str]:
    endpoint = script.get("endpoint")
    for item in endpoint if isinstance(endpoint, list) else [endpoint]:
        if isinstance(item, Mapping):
            yield f"{item.get('method') or default} {item.get('path')}"
        elif isinstance(item, str):
            method, _, path = item.rpartition(" ")
            yield f"{method or default} {path}"


def _is_ours(path: Path, ours: Block) -> bool:
    section, name, *rest = path
    if section == "models":
        return name in ours.models
    return name == ours.integration and _in_block(tuple(rest[:2]), ours)


def _in_block(path: Path, ours: Block) -> bool:
    kind, script = path
    return script in (ours.syncs if kind == "syncs" else ours.actions)


def _place(document: Document, path: Path) -> Position:
    for length in range(len(path), 0, -1):
        pair = document.pair(*path[:length])
        if pair is not None:
            return position(pair[0])
    return Position(line=0, column=0)


_MOST_SHOWN = 4
_LONGEST_TYPE = 40


def _differences(theirs: Any, ours: Any) -> str:
    """What two models do not have in common, a line for each; nested fields by their path."""
    left, right = _leaves(theirs, ""), _leaves(ours, "")
    return "\n  ".join(
        f"{title} {_listed([leaf for leaf in leaves if leaf not in others])}"
        for title, leaves, others in (("in the file:  ", left, right), ("to be written:", right, left))
    )


def _listed(leaves: list[str]) -> str:
    if not leaves:
        return "nothing more"
    more = f", and {len(leaves) - _MOST_SHOWN} more" if len(leaves) > _MOST_SHOWN else ""
    return ", ".join(leaves[:_MOST_SHOWN]) + more


def _leaves(shape: Any, path: str) -> list[str]:
    """The fields of a model, those of nested objects as ``outer.inner``, each with its type."""
    if isinstance(shape, Mapping):
        inner = [
            leaf
            for name, of in shape.items()
            for leaf in _leaves(of, f"{path}.{name}" if path else str(name))
        ]
        return inner or [f"{path}: {{}}" if path else "{}"]
    text = " ".join(str(shape).split()) if isinstance(shape, str) else repr(shape)
    text = text if len(text) <= _LONGEST_TYPE else f"{text[: _LONGEST_TYPE - 3]}..."
    return [f"{path}: {text}" if path else text]
