"""The rules about what an entry of nango.yaml says."""

from __future__ import annotations

import pytest

from .support import findings, lines, tree

SYNC = """
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
{more}
models:
    Order:
        id: string
"""


def with_sync(more: str) -> str:
    return SYNC.format(more="\n".join(f"                {line}" for line in more.splitlines()))


class TestFullSyncTracksDeletes:
    @pytest.mark.parametrize(
        "more", ["track_deletes: true", "sync_type: incremental", "sync_type: full\ntrack_deletes: true"]
    )
    def test_it_is_said_or_not_needed(self, more: str) -> None:
        assert lines("Y01", tree(with_sync(more))) == []

    def test_it_is_not_said(self) -> None:
        assert lines("Y01", tree(with_sync(""))) == ["nango.yaml:4:13"]

    def test_the_opposite_is_said(self) -> None:
        (found,) = findings("Y01", tree(with_sync("track_deletes: false")))
        assert (found.line, found.column, found.length) == (7, 17, len("track_deletes"))
        assert found.message == "The full sync orders does not say track_deletes: true."
