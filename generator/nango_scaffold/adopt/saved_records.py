"""That an action gives back what a sync saved: it reads the records of a model from Nango's own API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..naming.verbs import read_verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .script import Script

_RECORDS = re.compile(r"new URL\(\s*['\"`][^'\"`]*/records['\"`]")
_MODEL = re.compile(r"searchParams\.set\(\s*['\"]model['\"],\s*['\"](\w+)['\"]")
_VARIABLE = re.compile(r"\b(key|host)\s*=\s*\w+\.find\([^;]*?\.name === ['\"](\w+)['\"]\)")


def saved_records(name: str, script: Script, syncs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """``from_sync`` of a list action, and the variables with the secret key and the host; empty where it reads no such records.

    Args:
        name: of the action.
        script: its file.
        syncs: the answers about the syncs.
    """
    model = _MODEL.search(script.text)
    if model is None or read_verb(name).kind != "list" or not _RECORDS.search(script.text):
        return {}
    names = [sync["name"] for sync in syncs if model[1] in (sync.get("models") or [sync.get("model")])]
    variables = {f"from_sync_{use}": name for use, name in _VARIABLE.findall(script.text)}
    return {"from_sync": names[0], **variables} if names else {}
