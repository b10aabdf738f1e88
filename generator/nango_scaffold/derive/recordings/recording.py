"""What a test plays to a script and expects of it, written down request by request."""

from __future__ import annotations

from typing import Any

from .javascript import UNDEFINED, known

FAILURE = 500
"""The status of a response that is no success."""
NOW = "2024-03-15T12:00:00.000Z"
"""The time at which a script runs that asks for it."""


class ScriptError(Exception):
    """The script ends with an error here; the message is its own."""


class Recording:
    """One run of a script: the responses that it gets, the requests that it sends, what it saves and deletes.

    Args:
        trouble: what is wrong in this run: the API ``fails`` at once, ``lists errors`` in answer to the first query, or ``finds
            nothing`` of what is looked up; empty where all is well.
    """

    def __init__(self, trouble: str = "") -> None:
        self._trouble = trouble
        self._responses: list[dict[str, Any]] = []
        self._requests: list[dict[str, Any]] = []
        self._saved: dict[str, list[Any]] = {}
        self._deleted: dict[str, list[Any]] = {}
        self._metadata: list[Any] = []

    @property
    def finds_nothing(self) -> bool:
        """Whether the API knows nothing of what is looked up."""
        return self._trouble == "finds nothing"

    def exchange(self, request: dict[str, Any], data: Any, headers: dict[str, str] | None = None) -> None:
        """A request and its response.

        Raises:
            ScriptError: this is a run in which the API fails.
        """
        self._requests.append(request)
        if self._trouble == "fails":
            self._responses.append({"status": FAILURE, "data": {"message": "Out of order"}})
            raise ScriptError(f"Request failed with status code {FAILURE}")
        if self._trouble == "lists errors":
            self._responses.append({"data": {"errors": [{"message": "Out of order"}]}})
            raise ScriptError("The API answered the query with errors")
        self._responses.append({"headers": headers, "data": data} if headers else {"data": data})

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

    def played(self, **values: Any) -> tuple[dict[str, Any], bool]:
        """The recording of a test, as JSON; and whether all that is expected of the script is known.

        Args:
            values: what the script is run with, by name; what is undefined is left out.
        """
        expected, is_exact = known(
            {
                "requests": self._requests,
                "saved": self._saved,
                "deleted": self._deleted,
                "metadata": self._metadata,
            }
        )
        set_values = {name: value for name, value in values.items() if value is not UNDEFINED}
        return {**set_values, "responses": self._responses, "expected": expected}, is_exact
