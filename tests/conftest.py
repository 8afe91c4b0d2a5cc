"""What the tests share: the command line, called or as a process of its own."""

import contextlib
import gc
import io
import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from actviz.terminal.commands import main

Run = Callable[..., subprocess.CompletedProcess[str]]

EFFORT = int(os.environ.get("ACTVIZ_EFFORT", "1"))
"""How many times as many cases are made up as in the README's test command."""

# processes find each other's bytecode, as a user's do
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `actviz ARGUMENTS` in an empty folder, in a pipe.

    It is a call, which shows the same as a process in a tenth of the time; but a process of its own if it gets an
    environment, or makes others, as `gallery` does without `--jobs 1`.
    """

    def call(
        *arguments: str, cwd: Path = tmp_path, encoding: str = "utf-8", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        makes_others = arguments[:1] == ("gallery",) and ("--jobs", "1") not in itertools.pairwise(arguments)
        if environment or makes_others:
            return run_process(*arguments, cwd=cwd, **environment)
        output, errors = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
        with (
            mock.patch.object(sys, "argv", ["actviz", *arguments]),
            mock.patch.object(sys, "stdin", io.StringIO()),
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(errors),
            contextlib.chdir(cwd),
            pytest.raises(SystemExit) as ending,
        ):
            main()
        gc.enable()
        printed, said = (stream.buffer.getvalue().decode() for stream in (output, errors))  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(arguments, int(ending.value.code or 0), printed, said)

    return call


def run_process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `actviz ARGUMENTS` in a process of its own, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "actviz", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
