"""`python -m actviz` does what `actviz` does."""

import signal
import sys

INTERRUPTED = 130
"""The exit status after Ctrl-C, by the shells' convention."""


def main() -> None:
    """Run the command line; Ctrl-C ends it with a line, also while it is being loaded."""
    try:
        from actviz.terminal.commands import main as run

        run()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the way out is short
        if sys.stderr is not None:
            print("Interrupted: every file is either as it was or complete", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
