"""What a test plays to a script and expects of it, written down request by request."""

from __future__ import annotations

from typing import Any

from .javascript import known

FAILURE = 500
"""The status of a response that is no success."""
NOW = "2024-03-15T12:00:00.000Z"
"""The time at which a script runs that asks for it."""


class ScriptError(Exception):
    """The script ends with an error here; the message is its own."""


class Recording:
    """One run of a script: the responses that it gets, the requests that it sends, what it saves and deletes.

    Attributes:
        responses: the responses so far.
        fails: whether the API fails at once.
        lists_errors: whether it answers the first query with errors.
        finds_nothing: whether it knows nothing of what is looked up.
    """

    def __init__(self) -> None:
        self.responses: list[dict[str, Any]] = []
        self._requests: list[dict[str, Any]] = []
        self._saved: dict[str, list[Any]] = {}
        self._deleted: dict[str, list[Any]] = {}
        self._metadata: list[Any] = []
        self.fails = False
        self.lists_errors = False
        self.finds_nothing = False

    def exchange(self, request: dict[str, Any], data: Any, headers: dict[str, str] | None = None) -> None:
        """A request and its response.

        Raises:
            ScriptError: this is a run in which the API fails.
        """
        self._requests.append(request)
        if self.fails:
            self.responses.append({"status": FAILURE, "data": {"message": "Out of order"}})
            raise ScriptError(f"Request failed with status code {FAILURE}")
        if self.lists_errors:
            self.responses.append({"data": {"errors": [{"message": "Out of order"}]}})
            raise ScriptError("The API answered the query with errors")
        self.responses.append({**({"headers": headers} if headers else {}), "data": data})

    def save(self, model: str, records: list[Any]) -> None:
        """Records that are saved."""
        if records:
            self._saved.setdefault(model, []).extend(records)

    def delete(self, model: str, ids: list[Any]) -> None:
        """Records that are deleted, each by its id."""
        if ids:
            self._deleted.setdefault(model, []).extend({"id": id_} for id_ in ids)

    def note(self, metadata: Any) -> None:
        """What is written into the metadata."""
        self._metadata.append(metadata)

    def expected(self) -> tuple[dict[str, Any], bool]:
        """What the script is to have done, as far as it is known; and whether that is all of it."""
        parts, is_whole = known(
            {
                "requests": self._requests,
                "saved": self._saved,
                "deleted": self._deleted,
                "metadata": self._metadata,
            }
        )
        return parts, is_whole
