"""A manifest read back: it lies in the project, so anybody may have written it.

Every key is checked for its type and its size before anything uses it. A manifest may name only what is its own: files below
its integration's folder and the project files, its own key of nango.yaml.
"""

from __future__ import annotations

import bz2
import json
import re
from binascii import a2b_base64
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..nango_yaml import Block
from ..plan import check_path
from ..spec.integration import Guess
from .manifest import PROJECT_FILES, HandWritten, Manifest, Undo, UndoBaseline, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LARGEST = 4 * 2**20
"""The most characters of a manifest, and of what it holds compressed."""

_DEEPEST = 60
_MOST = 200_000  # values; a manifest of fifty scripts has some two thousand
_LARGEST_NUMBER = 2**53
_FIX = "restore it from git, or delete it: edited files are then kept as they are"
_HALF_CHARACTER = r"\\u[dD][89abAB]"
_ANSWERS_FILE = r"(?is)(?:\.\./){0,20}([^/].*\.(?:ya?ml|json))"
_DIGEST = r"[0-9a-f]{8}-[0-9]{1,9}"

T = TypeVar("T")


class _SpoiltError(Exception):
    """Why a text is no manifest."""


def from_text(text: str, path: str) -> Manifest:
    """Read a manifest.

    Args:
        text: the file.
        path: where it lies below the project, in the folder of its integration.

    Raises:
        ProjectError: the file is no manifest that this version reads, or names what is not its own.
    """
    try:
        return _manifest(_Part(_parsed(text)), path)
    except _SpoiltError as problem:
        raise ProjectError(
            f"the manifest of the last run cannot be read ({problem})", where=path, fix=_FIX
        ) from None


@frozen
class _Part:
    """A value of a manifest, and where it stands."""

    value: Any
    where: str = ""

    def refuse(self, why: str) -> NoReturn:
        """Refuse the manifest for this value.

        Raises:
            _SpoiltError: always.
        """
        raise _SpoiltError(f"{self.where or 'it'} {why}")

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.refuse("is not a string")
        return str(self.value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("is neither true nor false")
        return bool(self.value)

    def count(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            self.refuse("is not a whole number from 0")
        return int(self.value)

    def mapping(self) -> dict[str, _Part]:
        if not isinstance(self.value, dict):
            self.refuse("is not a mapping")
        return {key: _Part(item, f"{self.where}.{key[:60]}".lstrip(".")) for key, item in self.value.items()}

    def list(self) -> list[_Part]:
        if not isinstance(self.value, list):
            self.refuse("is not a list")
        return [_Part(item, f"{self.where}[{index}]") for index, item in enumerate(self.value)]

    def fields(self, required: Mapping[str, Any], optional: Mapping[str, Any]) -> dict[str, _Part]:
        """A mapping with known keys only, all of them; those that may be left out have a default."""
        parts = self.mapping()
        for key in required:
            if key not in parts:
                self.refuse(f"lacks {key}")
        for key in parts:
            if key not in required and key not in optional:
                self.refuse(f"has the unknown key {key[:60]!r}")
        return {**{key: _Part(value, key) for key, value in optional.items()}, **parts}

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.list())

    def by_name(self, read: Callable[[_Part], T]) -> dict[str, T]:
        return {key: read(item) for key, item in self.mapping().items()}


_REQUIRED = dict.fromkeys(("format", "generator", "answers", "provider", "files"))
_OPTIONAL: dict[str, Any] = {"about": "", "schema": "", "schema_added": {}, "origin": {}}
_OPTIONAL_2: dict[str, Any] = {
    **_OPTIONAL,
    "answers_file": "",
    "guesses": [],
    "hand_written": {},
    "inferred_from": {},
}
_HAND_WRITTEN: dict[str, Any] = {key: [] for key in ("files", "syncs", "actions", "on_events", "models")}


def _manifest(whole: _Part, path: str) -> Manifest:
    integration = path.split("/")[-2]
    version = whole.mapping().get("format", _Part(None, "format")).value
    if version == 1 and isinstance(version, int) and not isinstance(version, bool):
        return _first_format(whole.fields({**_REQUIRED, "nango_yaml": None}, _OPTIONAL), integration)
    if version != 2 or isinstance(version, (bool, float)):
        raise _newer(version, path)
    return _second_format(whole.fields({**_REQUIRED, "merge_base": None}, _OPTIONAL_2), integration)


def _newer(version: Any, path: str) -> Exception:
    if isinstance(version, int) and not isinstance(version, bool) and version > 2:
        return ProjectError(
            f"the manifest has format {str(version)[:20]}, this version reads 1 and 2",
            where=path,
            fix="update nango-scaffold",
        )
    return _SpoiltError("its format is none there ever was")


def _first_format(parts: Mapping[str, _Part], integration: str) -> Manifest:
    texts = _files(parts["files"], integration)
    own = {path: text for path, text in texts.items() if path not in PROJECT_FILES}
    origin = _origin(parts["origin"])
    return Manifest(
        **_shared(parts, integration),
        files=own,
        project_files={path: digest(text) for path, text in texts.items() if path not in own},
        block=_block(parts["nango_yaml"], integration),
        origin=origin,
        guesses=None,
        mixes_hand_written=origin.undo is not None and _is_of_adopted(origin.undo),
    )


def _second_format(parts: Mapping[str, _Part], integration: str) -> Manifest:
    digests = _files(parts["files"], integration)
    for path, mark in digests.items():
        if not re.fullmatch(_DIGEST, mark):
            _Part(mark, f"files.{path}").refuse("is not a digest")
    base = _Part(_unpacked(parts["merge_base"]), "merge_base").fields({"nango_yaml": None, "files": None}, {})
    own = _files(base["files"], integration)
    named = {path: mark for path, mark in digests.items() if path not in PROJECT_FILES}
    if named != {path: digest(text) for path, text in own.items()}:
        base["files"].refuse("is not what files says")
    return Manifest(
        **_shared(parts, integration),
        files=own,
        project_files={path: mark for path, mark in digests.items() if path not in own},
        block=_block(base["nango_yaml"], integration),
        origin=_origin(parts["origin"]),
        hand_written=_hand_written(parts["hand_written"], integration),
        guesses=tuple(_guess(item) for item in parts["guesses"].list()),
        answers_file=_answers_file(parts["answers_file"]),
        inferred_from=parts["inferred_from"].by_name(_Part.text),
    )


def _shared(parts: Mapping[str, _Part], integration: str) -> dict[str, Any]:
    """What both formats have alike."""
    return {
        "answers": _answers(parts["answers"], integration),
        "facts": _facts(parts["provider"]),
        "generator": parts["generator"].text(),
        "schema": parts["schema"].text(),
        "schema_added": parts["schema_added"].by_name(_Part.text),
    }


def _answers(part: _Part, integration: str) -> dict[str, Any]:
    """Answers as far as they must be to be looked through; the loader of all answers reads them before they are used."""
    parts = part.mapping()
    provider = parts.get("provider", _Part(None, "answers.provider")).text()
    named = parts.get("integration", _Part(None))
    name = provider if named.value is None else named.text()
    if name != integration:
        part.refuse(f"are those of {name[:60]!r}")
    for key, check in _ANSWER_CHECKS.items():
        answer = parts.get(key)
        if answer is not None and answer.value is not None:
            check(answer)
    return dict(part.value)


def _check_scripts(part: _Part) -> None:
    for item in part.list():
        item.mapping().get("name", _Part(None, f"{item.where}.name")).text()


def _check_names(part: _Part) -> None:
    """One string with all names, or a list of them."""
    if not isinstance(part.value, str):
        part.texts()


_ANSWER_CHECKS: dict[str, Callable[[_Part], object]] = {
    **dict.fromkeys(("syncs", "actions"), _check_scripts),
    **dict.fromkeys(("sync_names", "action_names"), _check_names),
    **dict.fromkeys(("models", "responses", "on_events", "provider_facts"), _Part.mapping),
}


def _facts(part: _Part) -> dict[str, Any]:
    parts = part.mapping()
    for key in ("key", "auth_mode"):
        parts.get(key, _Part(None, f"provider.{key}")).text()
    for key in ("source", "base_url"):
        if key in parts and parts[key].value is not None:
            parts[key].text()
    return dict(part.value)


def _files(part: _Part, integration: str) -> dict[str, str]:
    """What is said of each file, by paths that a manifest may name."""
    texts = part.by_name(_Part.text)
    for path in texts:
        _check_own(path, integration, part)
    return texts


def _check_own(path: str, integration: str, part: _Part) -> None:
    own = f"nango-integrations/{integration}/"
    try:
        check_path(path)
    except AnswersError as error:
        part.refuse(f"names a file that cannot be: {error.what}")
    is_ours = path.startswith(own) and not path.rpartition("/")[2].startswith(".")
    if path not in PROJECT_FILES and not is_ours:
        part.refuse(f"names a file that is not of {integration}: {path[:120]!r}")


def _block(part: _Part, integration: str) -> Block:
    keys = ("syncs", "actions", "on_events", "models")
    parts = part.fields({"integration": None}, {key: {} for key in keys})
    if parts["integration"].text() != integration:
        part.refuse(f"is about {parts['integration'].text()[:60]!r}")
    for key in ("syncs", "actions", "models"):
        parts[key].by_name(_Part.mapping)
    return Block(
        integration,
        syncs=parts["syncs"].value,
        actions=parts["actions"].value,
        models=parts["models"].value,
        on_events=parts["on_events"].by_name(lambda names: list(names.texts())),
    )


def _origin(part: _Part) -> UndoBaseline:
    parts = part.fields({}, {"beside": [], "has_schema": False, "undo": None})
    undo = None if parts["undo"].value is None else _undo(parts["undo"])
    return UndoBaseline(parts["beside"].texts(), parts["has_schema"].flag(), undo)


def _undo(part: _Part) -> Undo:
    parts = part.fields(dict.fromkeys(("left", "start", "stop", "text")), {})
    start, stop = parts["start"].count(), parts["stop"].count()
    if not start <= stop <= LARGEST:
        part.refuse("ends before it starts")
    return Undo(parts["left"].text(), start, stop, parts["text"].text())


def _is_of_adopted(undo: Undo) -> bool:
    """Whether it is what format 1 noted where an integration was adopted, and nowhere else."""
    return (undo.start, undo.stop, undo.text) == (0, 0, "")


def _hand_written(part: _Part, integration: str) -> HandWritten:
    parts = part.fields({}, _HAND_WRITTEN)
    for path in parts["files"].texts():
        _check_own(path, integration, parts["files"])
    return HandWritten(**{key: names.texts() for key, names in parts.items()})


def _guess(part: _Part) -> Guess:
    parts = part.fields(dict.fromkeys(("answer", "value", "why")), {})
    return Guess(**{key: item.text() for key, item in parts.items()})


def _answers_file(part: _Part) -> str:
    path = part.text()
    inside = re.fullmatch(_ANSWERS_FILE, path) if path else None
    if path and inside is None:
        part.refuse("names no answers file")
    if inside:
        try:
            check_path(inside[1])
        except AnswersError as error:
            part.refuse(f"names a file that cannot be: {error.what}")
    return path


def _parsed(text: str) -> Any:
    """The data of a JSON file, within bounds.

    Raises:
        _SpoiltError: it is no JSON, holds what is no JSON, a key twice, half a character, or too much.
    """
    if len(text) > LARGEST:
        raise _SpoiltError(f"it has more than {LARGEST // 2**20} MB")
    try:
        data = _load(text)
    except RecursionError:
        raise _SpoiltError(f"it is nested deeper than {_DEEPEST} levels") from None
    except ValueError as error:
        raise _SpoiltError(str(error)[:200]) from None
    _refuse_huge(data)
    if re.search(_HALF_CHARACTER, text) and any(_is_half(word) for word in _words(data)):
        raise _SpoiltError("it holds half a character (a lone surrogate)")
    return data


def _load(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_once, parse_constant=_refuse_constant, parse_int=_whole, parse_float=_real
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("it holds a key twice")
    return data


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) < 20 else _LARGEST_NUMBER + 1
    if abs(number) > _LARGEST_NUMBER:
        raise ValueError("it holds a number that JavaScript cannot hold")
    return number


def _real(digits: str) -> float:
    number = float(digits)
    if abs(number) == float("inf"):
        raise ValueError("it holds a number that JavaScript cannot hold")
    return number


def _refuse_huge(data: Any) -> None:
    """Refuse what is nested too deep or holds too many values, before anything walks it by calling itself."""
    level, count = [data], 0
    for _ in range(_DEEPEST):
        level = [item for value in level for item in _items(value)]
        count += len(level)
        if count > _MOST:
            raise _SpoiltError(f"it holds more than {_MOST} values")
        if not level:
            return
    raise _SpoiltError(f"it is nested deeper than {_DEEPEST} levels")


def _items(value: Any) -> Iterator[Any]:
    return iter(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())


def _words(data: Any) -> Iterator[str]:
    """Every string, keys among them."""
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value
        pending += _items(value)


def _is_half(word: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in word)


def _unpacked(part: _Part) -> Any:
    """What was compressed."""
    try:
        data = a2b_base64("".join(part.texts()))
        unpacker = bz2.BZ2Decompressor()
        text = unpacker.decompress(data, LARGEST)
        if not unpacker.eof or unpacker.unused_data:
            part.refuse("is cut off, or too long")
        return _parsed(text.decode())
    except (OSError, EOFError, ValueError) as error:
        part.refuse(f"is not as it was written: {str(error)[:100]}")
