"""The one way to standard output and standard error.

All that is printed is made visible, and spelled so that the stream's encoding can hold it. That a stream cannot be
written (its reader is gone, its disk is full, it was never open) stops nothing: what a command did decides its exit
code, not what became of its words.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, cast

from .visible import in_encoding, json_in_encoding, known_encoding, visible, visible_json

if TYPE_CHECKING:
    from typing import IO


def write(text: str, stream: IO[str] | None) -> None:
    """Print text as it is shown everywhere: nothing in it steers a terminal.

    Args:
        text: with its own ends of lines.
        stream: standard output or standard error; None where it is not open.
    """
    _put(in_encoding(visible(text), encoding_of(stream)), stream)


def write_json(text: str, stream: IO[str] | None) -> None:
    """Print a JSON text; what must not be shown, or cannot be spelled, becomes an escape of JSON."""
    _put(json_in_encoding(visible_json(text), encoding_of(stream)), stream)


def encoding_of(stream: IO[str] | None) -> str:
    """The encoding that a stream writes."""
    return known_encoding(getattr(stream, "encoding", None))


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a stream is a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def flush(stream: IO[str] | None) -> None:
    """Send on what is still held back."""
    _put("", stream)


def for_drawing(stream: IO[str] | None) -> IO[str]:
    """A stream for what draws by itself: what is written is visible already, and colours are part of it."""
    return cast("IO[str]", _Spelled(stream))


class _Spelled:
    """A stream that writes what its encoding can hold, and never fails."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._stream = stream
        self.encoding = encoding_of(stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def isatty(self) -> bool:
        """See ``io``."""
        return is_terminal(self._stream)

    def flush(self) -> None:
        """See ``io``."""
        flush(self._stream)

    def write(self, text: str) -> int:
        """See ``io``."""
        _put(in_encoding(text, self.encoding), self._stream)
        return len(text)


def _put(text: str, stream: IO[str] | None) -> None:
    if stream is None or stream.closed:
        return
    try:
        stream.write(text)
        # An empty text is `flush`, which fails in the same ways.
        if not text:
            stream.flush()
    # Whoever reads has seen enough, as `head` has.
    except BrokenPipeError:
        _give_up(stream)
    except OSError as error:
        _give_up(stream)
        # Of standard error there is nowhere left to tell.
        if stream is not sys.stderr:
            reason = error.strerror or type(error).__name__
            write(f"nango-scaffold: standard output cannot be written: {reason}\n", sys.stderr)


def _give_up(stream: IO[str]) -> None:
    """Let the rest go nowhere: it is still in the buffer, and the interpreter would try it again at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    # A stream without a file behind it, as in a test, is not written at the end.
    except (OSError, ValueError):
        return
