"""Command lines that Hypothesis makes up."""

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actviz.terminal.commands import main
from tests.conftest import EFFORT

_NAMES = "relu LEAKY:0.1 swish:beta=2 maxout:0/1,0/0 exp softmax swiglu sparsemax,softmin rleu elu:-1 leaky: :".split()  # noqa: SIM905
_NUMBERS = [*"-1 0 2.5 1e308 -1e308 nan inf -inf 1e-320 1_0 ٣ 0x1".split(), "", "1" * 400]  # noqa: SIM905
_OPTIONS = """--derivative --x --out --format --dpi --size --title --json --help --temperature --by-hand --
--side-by-side --no-figure --decimals --hardmax --against --theme --no-notes --log-y
--only --check --jobs --version --show-completion -x --bogus"""
_VALUES = "- out x.svg x.gif x.png a/b.pdf svg pdf,svg dark drak slide paper 6x4 20 $x$ é".split()  # noqa: SIM905
_TEXT = st.text(max_size=8).filter(lambda text: not set(text) & set("/\x00") and ".." not in text)

# `--show` opens a window, `--install-completion` writes into the shell's files: what they are for
words = st.lists(st.sampled_from([*_NAMES, *_NUMBERS, *_OPTIONS.split(), *_VALUES]) | _TEXT, max_size=7)
commands = {
    "drawing": st.sampled_from(
        [["plot"], ["compare"], ["compare", "relu", "elu"], ["softmax", "1", "2"], ["schedule", "cosine"]]
    ),
    "telling": st.sampled_from(
        [
            [],
            ["list"],
            ["show"],
            ["eval"],
            ["eval", "gelu"],
            ["softmax", "--no-figure"],
            ["nonsense"],
            ["relu"],
            ["explain"],
            ["explain", "dying", "--no-figure"],
        ]
    ),
    "building": st.just(["gallery", "--only", "A4-three", "--jobs", "1"]),
}


@pytest.mark.made_up
@pytest.mark.parametrize(("kind", "count"), [("drawing", 140), ("telling", 240), ("building", 20)])
def test_any_command_line_ends_well(kind: str, count: int) -> None:
    """Exit status 0, 1 or 2, never another exception, and no file outside the folder where it runs."""

    @settings(max_examples=count * EFFORT, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(command=commands[kind], more=words)
    def run(command: list[str], more: list[str]) -> None:
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as outside:
            inside = Path(outside, "inside")
            inside.mkdir()
            os.chdir(inside)
            output, errors = io.TextIOWrapper(io.BytesIO()), io.StringIO()
            try:
                with (
                    mock.patch.object(sys, "argv", ["actviz", *command, *more]),
                    contextlib.redirect_stdout(output),
                    contextlib.redirect_stderr(errors),
                    pytest.raises(SystemExit) as ending,
                ):
                    main()
            finally:
                os.chdir(before)
            assert os.listdir(outside) == ["inside"]
            assert not [path for path in inside.rglob("*") if path.name.endswith(".tmp")]
        status = ending.value.code or 0
        assert status in (0, 1, 2)
        assert "Traceback" not in errors.getvalue()
        assert status == 0 or errors.getvalue(), "it fails without a word"

    run()
