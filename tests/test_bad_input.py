"""Bad input and failures: one message, the right exit status, nothing written, no traceback."""

import ctypes
import os
import re
import resource
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import actviz
from actviz.errors import InputError, WriteError
from actviz.figures import Curve
from actviz.output import files, rendering
from tests.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("plot", "rleu"), "unknown activation 'rleu'; did you mean 'relu'?"),
        (("plot", "relu", "gleu"), "unknown activation 'gleu'; did you mean 'gelu'?"),
        (("plot", "zzz"), "'actviz list' shows them all"),
        (("plot", "softmax"), "run 'actviz softmax -3 1.5 2.7' instead"),
        (("compare", "relu", "hardmax"), "run 'actviz softmax -3 1.5 2.7 --hardmax' instead"),
        (("plot", "leaky:-1"), "negative_slope = -1 is outside its domain [0, ∞)"),
        (("plot", "leaky:inf"), "outside its domain"),
        (("plot", "elu:alpha=0"), "alpha = 0 is outside its domain (0, ∞)"),
        (("plot", "leaky:slop=0.1"), "no parameter 'slop'; did you mean 'slope'?"),
        (("plot", "relu:0.1"), "too many values in 'relu:0.1'"),
        (("plot", "relu:a=0.1"), "relu has no parameters"),
        (("plot", "leaky:"), "can't read 'leaky:'"),
        (("plot", "leaky:a="), "can't read 'leaky:a='"),
        (("plot", "leaky:a=0.1,slope=0.2"), "given twice"),
        (("plot", "leaky:abc"), "negative_slope must be a number, not 'abc'"),
        (("plot", "rrelu:0.3,0.1"), "lower must not exceed upper"),
        (("plot", "maxout:weights=1/2"), "as many weights as biases are needed, not 2 and 3"),
        (("plot", "maxout:weights=1//2"), "weights must be numbers separated by '/'"),
        (("plot", "generalized_relu:max_value=1,threshold=2"), "max_value must not be below threshold"),
        (("plot", "relu", "--x", "5", "-5"), "the x range is empty: 5 is not below -5"),
        (("plot", "relu", "--x", "1", "1"), "the x range is empty"),
        (("plot", "relu", "--x", "-inf", "1"), "must be finite"),
        (("plot", "relu", "--x", "0", "nan"), "must be finite"),
        (("plot", "relu", "--x", "0"), "requires 2 arguments"),
        (("plot", "relu", "--x", "-1e308", "1e308"), "must lie within ±1e+300"),
        (("plot", "relu", "--x", "1", "1.0000000000000002"), "too narrow"),
        (("plot", "relu", "--x", "0", "1e-300"), "too narrow"),
        (("plot",), "Missing argument 'NAME"),
        (("compare",), "Missing argument 'NAME"),
        (("compare", "relu"), "a comparison needs two activations or more, not 1"),
        (("compare", *(f"leaky:{slope}" for slope in range(61))), "compare 60 at most"),
        (("plot", "relu", "--together", "--log-y"), "--together and --log-y exclude each other"),
        (("compare", "--side-by-side", *(f"leaky:{slope}" for slope in range(61))), "compare 60 at most"),
        (("compare", "leaky:0.2", "lrelu"), "leaky_relu is given twice"),
        (("plot", "relu", "--format", "gif"), "unsupported format 'gif'; use png, svg or pdf"),
        (("plot", "relu", "--out", "x.jpg"), "unsupported ending '.jpg' of 'x.jpg'; use .png, .svg or .pdf"),
        (("plot", "relu", "--out", "v1.0"), "'.0' of 'v1.0'; use .png, .svg or .pdf, or 'v1.0/' for a folder"),
        (("plot", "relu", "elu", "--out", "-"), "standard output takes one figure, not 2"),
        (("plot", "relu", "--out", "-", "--format", "png,svg"), "standard output takes one format, not png, svg"),
        (("plot", "relu", "--out", "-", "--show"), "--show opens a file, but with '--out -' there is none"),
        (("gallery", "--out", "-"), "a folder of that name is './-'"),
        (("plot", "relu", "elu", "--out", "x.png"), "'x.png' is one file, but there are 2 figures"),
        (("plot", "relu", "--out", "x.png", "--format", "svg"), "'x.png' is png, but --format asks for svg"),
        (("plot", "relu", "--dpi", "5000"), "5000 dpi is outside [10, 1200]"),
        (("plot", "relu", "--dpi", "nan"), "nan dpi is outside [10, 1200]"),
        (("plot", "relu", "--size", "0", "3"), "a size of 0 inches is outside [1, 40]"),
        (("plot", "relu", "--size", "1000", "3"), "a size of 1000 inches is outside [1, 40]"),
        (("plot", "relu", "--size", "slid"), "unknown size 'slid'; did you mean 'slide'?"),
        (("plot", "relu", "--size", "huge"), "use docs, slide, square, paper, phone, or width and height in inches"),
        (("compare", "relu", "elu", "--size", "3", "relu6"), "unknown size '3'; use docs"),
        (("softmax", "1", "2", "--theme", "drak"), "unknown theme 'drak'; did you mean 'dark'?"),
        (("plot", "relu", "--size", "40", "40", "--dpi", "1200"), "more than 100 million pixels"),
        (("plot", "relu", "--derivative", "--size", "1", "1"), "is too small for this figure; it needs"),
        (("plot", "relu", "--otu", "x"), "--out"),
        (("gallery", "--jobs", "0"), "--jobs"),
        (("plot", "relu", "--dpi", "many"), "'--dpi': 'many'"),
        (("plot", "relu", "--x", "a", "b"), "'--x': 'a"),
        (("schedule", "cosin"), "unknown schedule 'cosin'; did you mean 'cosine'?"),
        (("schedule", "sawtooth"), "unknown schedule 'sawtooth'; there are piecewise, exponential, natural_exp, "),
        (("schedule", "cosine", "cosine:rate=0.1"), "cosine is given twice"),
        (("schedule", "cosine", "--until", "0"), "--until 0 is outside [1, 10000]"),
        (("schedule", "cosine:alpha=2"), "cosine: alpha = 2 is outside its domain [0, 1]"),
        (("schedule", "cosine:foo=0.5"), "cosine has no parameter 'foo'; it has rate, steps and alpha"),
        (("schedule", "cosine:alfa=0.5"), "cosine has no parameter 'alfa'; did you mean 'alpha'?"),
        (("schedule", "polynomial:cycle=0.5"), "polynomial: cycle must be a whole number, not 0.5"),
        (("schedule", "piecewise:10/20,1/2"), "one value more than boundaries is needed, not 2 and 2"),
        (("schedule", "linear_cosine:1.5e308"), "the rates of linear_cosine:rate=1.5e+308 are too large to be drawn"),
        (("softmax", "1", "--decimals", "16"), "--decimals 16 is outside [0, 15]"),
        (("softmax", "--", "-3", "1", "--no-figure"), "--no-figure must stand before '--'"),
        (("gallery", "--out", ""), "this folder is '.'"),
        (("plot", "relu", "--colors", "blu"), "unknown colour 'blu'; did you mean 'blue'?"),
        (("plot", "relu", "--colors", "#12345"), "unknown colour '#12345'; write it as '#004488'"),
        (("plot", "relu", "--colors", "red,green,blue"), "--colors names 3 colours, but the figure has two curves"),
        (("compare", "relu", "elu", "--colors", "red,#F00"), "the colour '#F00' is given twice in --colors"),
        (("softmax", "1", "2", "--colors", "red,lime,blue"), "--colors names 3 colours, but the figure has 2 classes"),
        (("softmax", *"1234567", "--colors", "red,blue"), "name one for all, or one for each"),
        (("plot", "relu", "--label", "ReLU (2010)"), "the --label 'ReLU (2010)' is not NAME=TEXT"),
        (("plot", "relu", "--label", "rleu=x"), "unknown activation 'rleu'; did you mean 'relu'?"),
        (("plot", "relu", "--label", "relu= "), "the --label of relu is empty"),
        (("plot", "relu", "--label", "relu=A", "--label", "relu=B"), "there is more than one --label for relu"),
        (("plot", "swiglu", "--label", "swiglu=A"), "swiglu takes two inputs, so --label has no meaning for it"),
        (("plot", "relu", "--out", ""), "--out is empty; this folder is '.'"),
        (("list", "--family", ""), "--family '' is unknown; there are Linear"),
        (("list", "--in", ""), "--in '' is unknown; there are torch"),
        (("compare", "relu", "elu", "--label", "selu=x"), "a --label for 'selu', which isn't in the figure"),
        (
            ("compare", "leaky:0.3", "leaky:0.4", "--label", "leaky=x"),
            "slope=0.3 or leaky_relu:negative_slope=0.4; say",
        ),
        (
            ("plot", "relu", "--mark", "20"),
            "--mark 20 is outside the x axis, which goes from -10 to 10; give a wider --x",
        ),
        (("plot", "relu", "--mark", "2", "--x", "-1", "1"), "--mark 2 is outside the x axis, which goes from -1 to 1"),
        (("plot", "relu", "--mark", "half"), "--mark 'half' is not a number"),
        (("plot", "relu", "--mark", "nan"), "--mark nan isn't a place on the x axis"),
        (("plot", "exponential", "--x", "0", "1000", "--mark", "900"), "--mark 900: exponential is ∞ there"),
        (("plot", "relu", "--title", "a\\nb\\nc"), "--title may have 2 lines, not 3"),
        (("gallery", "--only", "rleu"), "no figure of the gallery matches 'rleu'; did you mean 'relu'?"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2, a message that names the bad thing, nothing on standard output, nothing written."""
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert len([line for line in result.stderr.splitlines() if line.startswith("Error: ")]) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("out", ["file/folder", "file/folder/x.png", "/proc/actviz"])
def test_a_place_that_cannot_be_written(run: Run, tmp_path: Path, out: str) -> None:
    """Exit 1, the reason, no traceback, nothing changed."""
    (tmp_path / "file").write_text("mine")
    result = run("plot", "relu", "--out", out)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: can't write '{out}")
    assert len(result.stderr.splitlines()) == 1
    if out.startswith("file"):
        assert result.stderr.endswith(": 'file' is not a folder\n")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


def test_a_path_that_no_system_takes(run: Run, tmp_path: Path) -> None:
    """A name that is too long, or links that lead to each other: exit 1, and the message says which path."""
    long = "a" * 300
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "loop.svg").symlink_to("loop.svg")
    for command, out, path in (
        (("plot", "relu"), long, f"{long}/relu.png"),
        (("plot", "relu"), f"{long}.svg", f"{long}.svg"),
        (("plot", "relu"), "loop", "loop/relu.png"),
        (("plot", "relu"), "loop.svg", "loop.svg"),
        (("gallery",), long, f"{long}/manifest.json"),
        (("gallery",), "loop", "loop/manifest.json"),
    ):
        result = run(*command, "--out", out)
        assert (result.returncode, result.stdout) == (1, "")
        reason = "File name too long" if long in out else "Too many levels of symbolic links"
        assert result.stderr == f"Error: can't write '{path}': {reason}\n"
    assert sorted(os.listdir(tmp_path)) == ["loop", "loop.svg"]


def _give_up_power() -> None:
    """Let permissions count for root too, from the next program on."""
    drop_from_bounding_set, dac_override = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the way to take root's power is Linux's")
def test_a_read_only_folder(run: Run, tmp_path: Path) -> None:
    """Exit 1 and the reason, for one figure and for the gallery; what is there stays."""
    folder = tmp_path / "locked"
    assert run("plot", "relu", "--out", "locked").returncode == 0
    before = {path: path.read_bytes() for path in folder.iterdir()}
    folder.chmod(0o555)
    for command in (("plot", "relu", "--no-notes"), ("gallery", "--only", "A1-relu")):
        result = subprocess.run(
            [sys.executable, "-m", "actviz", *command, "--out", "locked"], cwd=tmp_path, capture_output=True,
            encoding="utf-8", check=False, preexec_fn=_give_up_power,
        )  # fmt: skip
        assert (result.returncode, result.stdout) == (1, "")
        assert "Error: can't write 'locked/" in result.stderr
        assert "Permission denied" in result.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_where_the_file_should_be(run: Run, tmp_path: Path) -> None:
    """Exit 1; the other format isn't written either."""
    (tmp_path / "relu.svg").mkdir()
    result = run("plot", "relu", "--out", ".")
    assert (result.returncode, result.stdout) == (1, "")
    assert "relu.svg" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["relu.svg"]


def test_the_old_file_is_intact_when_writing_fails(tmp_path: Path) -> None:
    """With a limit on the size of files, in the middle of writing."""
    (tmp_path / "relu.png").write_text("old")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    result = subprocess.run(
        [sys.executable, "-m", "actviz", "plot", "relu", "--out", "."],
        cwd=tmp_path,
        preexec_fn=limit,
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "File too large" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["relu.png"]
    assert (tmp_path / "relu.png").read_text() == "old"


def test_files_are_put_in_place_together(tmp_path: Path) -> None:
    """If one of several can't be written, none is."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(WriteError, match="can't write"):
        files.write({tmp_path / "a.svg": b"a", tmp_path / "taken" / "b.svg": b"b"})
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_control_characters_in_a_name_are_shown_not_sent(run: Run) -> None:
    """A message can't clear the screen."""
    result = run("plot", "re\x1b[2Jlu")
    assert result.returncode == 2
    assert "\x1b" not in result.stderr


@given(st.text(max_size=300))
@settings(max_examples=20, deadline=None)
def test_any_title_is_drawn_or_refused(title: str) -> None:
    """Markup, broken TeX, control characters, any script: a well-formed file, or a message if no font has it."""
    try:
        content = rendering.render(Curve(actviz.get("relu"), title=title), ("svg",))["svg"]
    except InputError as error:
        assert re.match("no installed font has the characters|title may have 2 lines", str(error))  # noqa: PT017
    else:
        ET.fromstring(content)


def test_a_title_that_no_font_has_is_refused(run: Run, tmp_path: Path) -> None:
    """Rather than drawn as boxes; another installed font helps out where one has the characters."""
    result = run("plot", "relu", "--title", "a \U00012000 b")
    assert (result.returncode, result.stdout) == (2, "")
    assert "no installed font has the characters" in result.stderr
    assert not list(tmp_path.iterdir())
    result = run("plot", "relu", "--title", "\u2a0c", "--out", "integral.svg")  # in STIX, which matplotlib ships
    assert (result.returncode, result.stderr) == (0, "")
