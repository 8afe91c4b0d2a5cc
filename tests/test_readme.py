"""README and examples: what they show is what happens."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests import readme
from tests.conftest import Run
from tests.readme import ROOT

README = readme.README.read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("block", readme.blocks())
def test_console_blocks_show_real_output(block: str, run: Run) -> None:
    """Each command prints just what the README says; `python -m tests.readme` writes there what it prints."""
    shown = readme.COMMAND.findall(block)
    assert [run(*shlex.split(command)).stdout for command, _ in shown] == [output for _, output in shown]


def test_every_command_is_in_the_readme() -> None:
    """A newcomer finds each of them with its output."""
    for command in ("plot", "compare", "softmax", "schedule", "explain", "list", "show", "eval", "gallery"):
        assert f"$ actviz {command}" in README


def test_the_python_blocks_run(tmp_path: Path) -> None:
    """As they stand, and the values in their comments are right."""
    blocks = re.findall(r"```python\n((?:import [\w. ]+\n+)*import actviz\n.*?)```", README, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        values = re.findall(r"^(\w\S.*?)  # ([\d.]+)[,:]", block, re.MULTILINE)
        checks = [f"assert {expression} == {value}" for expression, value in values]
        subprocess.run([sys.executable, "-W", "error", "-c", "\n".join([block, *checks])], cwd=tmp_path, check=True)
    assert (tmp_path / "relu6.png").exists()


def test_pictures_and_links_of_the_readme_exist() -> None:
    """No picture is missing on the page."""
    words = re.sub(r"```.*?```", "", README, flags=re.DOTALL)  # where ](x) is code
    links = re.findall(r"\]\((?!http)([^)#]+)\)", words)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_two_commands_set_everything_up() -> None:
    """Each is one line, begins with a virtual environment, and .ci/run finds the second."""
    lines = dict(re.findall(r"<!-- (\w+) -->\n```sh\n(.*)\n```", README))
    assert lines.keys() == {"gallery", "tests"}
    assert all(line.startswith("python3 -m venv .venv && .venv/bin/pip install ") for line in lines.values())
    assert lines["gallery"].endswith(".venv/bin/actviz gallery")
    extract = re.search(r"^tests=\$\((.*)\)$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert extract is not None
    found = subprocess.run(["bash", "-c", extract[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == lines["tests"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_run(example: Path, tmp_path: Path) -> None:
    """Each has a title, prints something, and writes only where it runs."""
    assert example.read_text(encoding="utf-8").startswith('"""')
    result = subprocess.run([sys.executable, example], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout
    assert result.stderr == ""
    for name in re.findall(r"\S+\.png", result.stdout):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
