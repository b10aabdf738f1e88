"""A manifest read back: it lies in the project, so anybody may have written it.

Every key is checked for its type and its size before anything uses it. A manifest may name only what is its own: files below
its integration's folder and the project files, its own key of nango.yaml.
"""

from __future__ import annotations

import bz2
import re
from binascii import a2b_base64
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..nango_yaml import Block
from ..plan import check_path
from ..spec.integration import Guess
from .manifest import PROJECT_FILES, HandWritten, Manifest, Undo, UndoBaseline, digest
from .strict_json import LARGEST, SpoiltError, parse_strictly

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FIX = "restore it from git, or delete it: edited files are then kept as they are"
_ANSWERS_FILE = r"(?is)(?:\.\./){0,20}([^/].*\.(?:ya?ml|json))"
_DIGEST = r"[0-9a-f]{8}-[0-9]{1,9}"

T = TypeVar("T")


def from_text(text: str, path: str) -> Manifest:
    """Read a manifest.

    Args:
        text: the file.
        path: where it lies below the project, in the folder of its integration.

    Raises:
        ProjectError: the file is no manifest that this version reads, or names what is not its own.
    """
    try:
        return _manifest(_Part(parse_strictly(text)), path)
    except SpoiltError as problem:
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
            SpoiltError: always.
        """
        raise SpoiltError(f"{self.where or 'it'} {why}")

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.refuse("is not a string")
        return str(self.value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("is neither true nor false")
        return bool(self.value)

    def count(self) -> int:
        if type(self.value) is not int or self.value < 0:
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
    # To Python, true and 1.0 are equal to 1.
    if type(version) is int and version == 1:
        return _first_format(whole.fields({**_REQUIRED, "nango_yaml": None}, _OPTIONAL), integration)
    if type(version) is not int or version != 2:
        raise _newer(version, path)
    return _second_format(whole.fields({**_REQUIRED, "merge_base": None}, _OPTIONAL_2), integration)


def _newer(version: Any, path: str) -> Exception:
    if type(version) is int and version > 2:
        return ProjectError(
            f"the manifest has format {str(version)[:20]}, this version reads 1 and 2",
            where=path,
            fix="update nango-scaffold",
        )
    return SpoiltError("its format is none there ever was")


def _first_format(parts: Mapping[str, _Part], integration: str) -> Manifest:
    # Format 1 held the text of each file, be it of the project, and nothing compressed.
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
    # A reviewer sees the digests, not what is compressed: nothing is merged from a text that they do not vouch for.
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
    # What a manifest names may be deleted: of the files with a dot in front, none is ours but the manifest itself.
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
    if not path:
        return ""
    inside = re.fullmatch(_ANSWERS_FILE, path)
    if inside is None:
        part.refuse("names no answers file")
    try:
        check_path(inside[1])
    except AnswersError as error:
        part.refuse(f"names a file that cannot be: {error.what}")
    return path


def _unpacked(part: _Part) -> Any:
    """What was compressed."""
    try:
        data = a2b_base64("".join(part.texts()))
        # A few bytes may unpack to gigabytes: no more is unpacked than may be there.
        unpacker = bz2.BZ2Decompressor()
        text = unpacker.decompress(data, LARGEST)
        if not unpacker.eof or unpacker.unused_data:
            part.refuse("is cut off, or too long")
        return parse_strictly(text.decode())
    except (OSError, EOFError, ValueError) as error:
        part.refuse(f"is not as it was written: {str(error)[:100]}")
