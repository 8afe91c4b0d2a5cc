"""Where figures are put: over files that are there, through links, and on standard output."""

import ctypes
import json
import os
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777])
def test_a_file_keeps_its_mode(mode: int, run: Run, tmp_path: Path) -> None:
    """A new figure in the place of an old one can be read by the same people."""
    for name in ("relu.png", "relu.svg"):
        (tmp_path / name).write_text("old")
        (tmp_path / name).chmod(mode)
    assert run("plot", "relu", "--out", ".").returncode == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {mode}
    assert (tmp_path / "relu.svg").read_text().startswith("<?xml")


def test_a_gallery_keeps_modes_and_links(run: Run, tmp_path: Path) -> None:
    """Of figures and of the manifest."""
    folder, elsewhere = tmp_path / "gallery", tmp_path / "elsewhere"
    assert run("gallery", "--only", "A3-relu").returncode == 0
    elsewhere.mkdir()
    (folder / "relu.svg").rename(elsewhere / "r.svg")
    (folder / "relu.svg").symlink_to("../elsewhere/r.svg")
    (folder / "relu.png").chmod(0o600)
    (folder / "manifest.json").write_text("{}")
    (folder / "manifest.json").chmod(0o640)
    (elsewhere / "r.svg").write_text("old")
    assert run("gallery", "--only", "A3-relu").returncode == 0
    assert (folder / "relu.svg").is_symlink()
    assert (elsewhere / "r.svg").read_text().startswith("<?xml")
    assert stat.S_IMODE((folder / "relu.png").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "manifest.json").stat().st_mode) == 0o640


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_written_through(there: bool, run: Run, tmp_path: Path) -> None:
    """The file that it leads to is replaced, or made; links to links, too."""
    (tmp_path / "target").mkdir()
    (tmp_path / "second.svg").symlink_to("target/figure")
    (tmp_path / "first.svg").symlink_to(tmp_path / "second.svg")
    if there:
        (tmp_path / "target" / "figure").write_text("old")
    assert run("plot", "relu", "--out", "first.svg").stdout == "first.svg\n"
    assert (tmp_path / "target" / "figure").read_text().startswith("<?xml")
    assert [(tmp_path / name).is_symlink() for name in ("first.svg", "second.svg")] == [True, True]
    assert sorted(os.listdir(tmp_path)) == ["first.svg", "second.svg", "target"]
    assert os.listdir(tmp_path / "target") == ["figure"]


def test_what_was_left_beside_the_target_of_a_link_is_cleared_away(run: Run, tmp_path: Path) -> None:
    """Temporary files lie there, so that they can be renamed on the same disk."""
    (tmp_path / "target").mkdir()
    (tmp_path / "x.svg").symlink_to("target/figure")
    for name in ("0a", "0a-0"):
        (tmp_path / "target" / f".actviz-{name}.tmp").touch()
    assert run("plot", "relu", "--out", "x.svg").returncode == 0
    assert os.listdir(tmp_path / "target") == ["figure"]


@pytest.mark.skipif(sys.platform != "linux", reason="the way to hinder root is Linux's")
def test_a_link_into_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """The temporary file can't be made: exit 1, the path that was asked for, the old file intact."""
    target = tmp_path / "target"
    target.mkdir()
    (target / "figure").write_text("old")
    (tmp_path / "x.svg").symlink_to("target/figure")
    target.chmod(0o555)
    result = subprocess.run(
        [sys.executable, "-m", "actviz", "plot", "relu", "--out", "x.svg"], cwd=tmp_path, capture_output=True,
        text=True, check=False, preexec_fn=lambda: ctypes.CDLL(None).prctl(24, 1, 0, 0, 0),
    )  # fmt: skip
    target.chmod(0o755)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "Error: can't write 'x.svg': Permission denied\n"
    assert (target / "figure").read_text() == "old"


@pytest.mark.parametrize("linked", [False, True])
def test_a_write_protected_file_is_refused(linked: bool, run: Run, tmp_path: Path) -> None:
    """By its mode, which counts for root too; the other format isn't written either."""
    protected = tmp_path / "protected"
    protected.write_text("old")
    if linked:
        (tmp_path / "relu.svg").symlink_to("protected")
    else:
        protected = protected.rename(tmp_path / "relu.svg")
    protected.chmod(0o444)
    before = sorted(os.listdir(tmp_path))
    for command in (("plot", "relu"), ("gallery", "--only", "A3-relu")):
        result = run(*command, "--out", ".")
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == "Error: can't write 'relu.svg': is write-protected\n"
        assert protected.read_text() == "old"
        assert sorted(os.listdir(tmp_path)) == before


def to_stdout(folder: Path, *arguments: str) -> tuple[int, bytes, str]:
    """Run a command that writes a figure to a pipe."""
    command = [sys.executable, "-m", "actviz", *arguments, "--out", "-"]
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return result.returncode, result.stdout, result.stderr.decode()


@pytest.mark.parametrize(
    ("command", "form"),
    list(zip([("plot", "relu"), ("compare", "relu", "elu", "--derivative")] * 2, ["png", "pdf", "svg", None])),
)
def test_one_figure_goes_to_standard_output(
    command: tuple[str, ...], form: str | None, run: Run, tmp_path: Path
) -> None:
    """The bytes that a file would have, and nothing else; as SVG if nothing is said."""
    assert run(*command, "--out", f"x.{form or 'svg'}").returncode == 0
    status, output, errors = to_stdout(tmp_path, *command, *(("--format", form) if form else ()))
    assert (status, errors) == (0, "")
    assert output == (tmp_path / f"x.{form or 'svg'}").read_bytes()
    assert len(os.listdir(tmp_path)) == 1


def test_the_table_makes_room_for_the_figure(run: Run, tmp_path: Path) -> None:
    """On standard error, as the JSON; without a figure they stay where they are."""
    table = run("softmax", "1000", "1001", "--no-figure")
    status, output, errors = to_stdout(tmp_path, "softmax", "1000", "1001")
    assert (status, errors) == (0, table.stdout + table.stderr)
    ET.fromstring(output)
    status, output, errors = to_stdout(tmp_path, "softmax", "1", "2", "--json", "--format", "png")
    assert (status, output[:4]) == (0, b"\x89PNG")
    assert json.loads(errors)["files"] == []
    status, output, errors = to_stdout(tmp_path, "softmax", "1000", "1001", "--no-figure")
    assert (status, output.decode(), errors) == (0, table.stdout, table.stderr)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("redirection", "status", "message"),
    [
        (">&-", 1, "Error: can't write to standard output: it is closed\n"),
        ("> /dev/full", 1, "Error: No space left on device\n"),
        ("| head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", 1, ""),
        ("2>&- > x.svg", 0, ""),
        ("2> /dev/full > x.svg", 0, ""),
    ],
)
def test_standard_output_that_takes_nothing(redirection: str, status: int, message: str, tmp_path: Path) -> None:
    """The exit status says whether the figure has arrived."""
    line = f"{sys.executable} -m actviz softmax 1000 1001 --format png --size 20 20 --out - {redirection}"
    result = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (status, message)


def test_a_folder_called_minus(run: Run) -> None:
    """It can be had."""
    assert run("plot", "relu", "--format", "svg", "--out", "./-").stdout == "-/relu.svg\n"
