"""`python -m actviz` does what `actviz` does."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
"""The exit status after Ctrl-C, by the shells' convention."""


def main() -> None:
    """Run the command line; Ctrl-C ends it with one line of explanation, even while it is loading."""
    try:
        _run()
    except KeyboardInterrupt:
        try:
            if sys.stderr is not None:
                print("Interrupted: every file is either as it was or complete", file=sys.stderr, flush=True)
        finally:
            os._exit(INTERRUPTED)  # Python's own exit could die of the signal instead


def _run() -> None:
    """Run the command line so that Ctrl-C has an effect only where it can end it cleanly.

    Not while modules are being imported, where an exception may be swallowed or turned into another error. Nor within
    a second of the last one: an impatient second Ctrl-C must not cut short the clean-up.
    """
    import signal  # here, like all that takes time to load: Ctrl-C may come in the meantime
    import threading
    import time

    last = -1.0  # when Ctrl-C last had an effect, in seconds

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
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # exiting is quick, so nothing more to interrupt


if __name__ == "__main__":
    main()
