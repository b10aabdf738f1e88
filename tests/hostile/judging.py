"""What holds of every run, for any input."""

from __future__ import annotations

MOST_SECONDS = 1.5  # of CPU: 1 on a machine that has nothing else to do


def judge(out: str, err: str, seconds: float) -> None:
    """No traceback, nothing that moves the cursor, an error that can be read, and all that at once."""
    assert "Traceback" not in err
    assert not [char for char in out + err if not char.isprintable() and char != "\n"]
    assert len(err) < 5_000
    assert seconds < MOST_SECONDS, f"{seconds:.1f} s"
