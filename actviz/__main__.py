"""`python -m actviz` does what `actviz` does."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
"""The exit status after Ctrl-C, by the shells' convention."""


def main() -> None:
    """Run the command line; Ctrl-C ends it with a line, also while it is being loaded."""
    try:
        _run()
    except KeyboardInterrupt:
        try:
            if sys.stderr is not None:
                print("Interrupted: every file is either as it was or complete", file=sys.stderr, flush=True)
        finally:
            os._exit(INTERRUPTED)  # Python's own way out may end in the signal instead


def _run() -> None:
    """Run the command line so that Ctrl-C has an effect only where it can end it cleanly.

    That is not where modules are being imported, since what is raised there may be dropped, or become another error.
    Nor is it right after the first Ctrl-C: a second one, by somebody impatient, must not cut short what clears away.
    """
    import signal  # here, like all that takes time to load, since Ctrl-C may come meanwhile
    import threading
    import time

    last = -1.0  # when it had an effect, in seconds

    def interrupt(number: int, frame: "FrameType | None") -> None:
        nonlocal last
        while frame is not None:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                threading.Timer(0.01, signal.raise_signal, [number]).start()
                return
            frame = frame.f_back
        if time.monotonic() > last + 1:
            last = time.monotonic()
            raise KeyboardInterrupt

    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else a shell has it ignored
            signal.signal(signal.SIGINT, interrupt)
        from actviz.terminal.commands import main

        main()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the way out is short


if __name__ == "__main__":
    main()
