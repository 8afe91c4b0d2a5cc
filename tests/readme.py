"""The commands that the README shows, with their output; `python -m tests.readme` writes the output anew."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ actviz (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def blocks() -> list[str]:
    """The README's console sessions."""
    return BLOCK.findall(README.read_text(encoding="utf-8"))


def output(command: str, folder: Path) -> str:
    """Run a command in a folder, in a pipe, and return what it prints."""
    result = subprocess.run(
        [sys.executable, "-m", "actviz", *shlex.split(command)],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return result.stdout


def main() -> None:
    """Write into the README what its commands print now."""
    with tempfile.TemporaryDirectory() as folder:

        def session(block: re.Match[str]) -> str:
            return COMMAND.sub(lambda shown: f"$ actviz {shown[1]}\n{output(shown[1], Path(folder))}", block[0])

        README.write_text(BLOCK.sub(session, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
