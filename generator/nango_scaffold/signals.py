"""Signals that end the process: it ends as by Ctrl-C, so that what it was doing is finished or taken back."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_INTERRUPTED = 130  # what the command line gives for KeyboardInterrupt
_SIGNALS = ("SIGTERM", "SIGHUP")


class Ending:
    """The signal that ended the process, if one did.

    Attributes:
        number: the number of the signal; 0 when there was none.
    """

    def __init__(self) -> None:
        self.number = 0
        self._listened_to: list[int] = []

    def listen(self) -> None:
        """Let the signals interrupt this process, except those that its parent has ignored, as nohup does."""
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                self._listened_to.append(number)
                signal.signal(number, self.interrupt)

    def stop_listening(self) -> None:
        """Let the signals end this process at once again: there is nothing left that could be half-done."""
        for number in self._listened_to:
            signal.signal(number, signal.SIG_DFL)

    def exit_code(self, code: int) -> int:
        """The exit code by the convention of shells, 128 and the number of the signal, for a run that was interrupted."""
        # A signal may come when the command is done already: then its own code counts.
        return 128 + self.number if self.number and code == _INTERRUPTED else code

    def interrupt(self, number: int, _: FrameType | None) -> None:
        """Do as Ctrl-C does."""
        self.number = number
        raise KeyboardInterrupt
