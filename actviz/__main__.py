"""`python -m actviz` does what `actviz` does."""

import signal
import sys
from types import FrameType

INTERRUPTED = 130
"""The exit status after Ctrl-C, by the shells' convention."""


def main() -> None:
    """Run the command line; Ctrl-C ends it with a line, also while it is being loaded."""
    try:
        try:
            if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where a shell has it ignored
                signal.signal(signal.SIGINT, _interrupt)
            from actviz.terminal.commands import main as run

            run()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the way out is short
    except KeyboardInterrupt:
        if sys.stderr is not None:
            print("Interrupted: every file is either as it was or complete", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End the command, once: Ctrl-C by somebody impatient must not end what clears away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
