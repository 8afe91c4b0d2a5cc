"""Print the table of ratios; exit status 1 if one is above its bar.

Every command is a whole process, started alternately with what it is compared with.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
CORES = 2
ROOT = Path(__file__).parent.parent.parent

PYPLOT = """
    import sys, matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    x = np.linspace(-10, 10, 1000)
"""
IMPORT = "import matplotlib.pyplot"
TWO_PNGS = f"""{PYPLOT}
    for name, y in (("function", np.clip(x, 0, 6)), ("derivative", ((x > 0) & (x < 6)) * 1.0)):
        plt.figure()
        plt.plot(x, y)
        plt.savefig(name + ".png")
"""
LOOP = f"""{PYPLOT}
    for number in range(int(sys.argv[1])):
        plt.clf()
        plt.plot(x, np.tanh(x))
        plt.savefig(f"{{number}}.png")
        plt.savefig(f"{{number}}.svg")
"""
MANY = """
    import sys
    from pathlib import Path
    from actviz.figures import Curve
    from actviz.gallery import building
    pictures = [Curve(f"swish:{1 + number / 1000}", derivative=True) for number in range(int(sys.argv[1]))]
    building.build(Path("gallery"), pictures, whole=False, jobs=None, step=lambda: None)
"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    against: str
    ratio: float
    bar: float

    def __str__(self) -> str:
        verdict = "met" if self.ratio <= self.bar else "NOT MET"
        return f"| {self.what} | {self.against} | {self.ratio:.2f} | {self.bar} | {verdict} |"


def script(text: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(text), *arguments]


def actviz(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "actviz", *arguments]


def seconds(command: list[str], folder: Path) -> float:
    """Time a process from its start to its end."""
    start = time.perf_counter()
    subprocess.run(
        command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip
    return time.perf_counter() - start


def compare(
    one: list[str], other: list[str], before: Callable[[Path], None] = lambda folder: None, runs: int = RUNS
) -> tuple[float, float]:
    """Run both in turn, each in a folder of its own, and give the medians of their seconds."""
    times: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("one", "other")]
        for place in places:
            place.mkdir()
        for number in range(runs + 1):
            before(places[0])
            measured = [seconds(*pair) for pair in zip((one, other), places, strict=True)]
            if number:  # the first run fills the caches of the file system
                for kept, time_taken in zip(times, measured, strict=True):
                    kept.append(time_taken)
    return median(times[0]), median(times[1])


def memory(command: list[str]) -> float:
    """Give the most memory that the largest of a command's processes has had, in bytes."""
    measure = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            [sys.executable, "-c", measure, *command], cwd=folder, check=True, capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    return float(result.stdout)


def rows() -> list[Row]:
    """Measure everything."""
    found = []

    def add(what: str, against: str, times: tuple[float, float], bar: float) -> None:
        found.append(Row(what, against, times[0] / times[1], bar))
        print(found[-1], f"{times[0]:.3f} s, {times[1]:.3f} s |", flush=True)

    print("| what | against | ratio | bar | | times |\n|---|---|---|---|---|---|")
    plot = actviz("plot", "relu6", "--derivative")
    add("cold `actviz plot relu6 --derivative`", "pyplot, two PNGs", compare(plot, script(TWO_PNGS)), 1.0)
    for arguments in (
        ("--help",), ("list",), ("show", "gelu"), ("eval", "gelu", "1"), ("softmax", "-3", "1.5", "2.7", "--no-figure"),
    ):  # fmt: skip
        times = compare(actviz(*arguments), script(IMPORT))
        add(f"`actviz {' '.join(arguments)}`", "importing pyplot", times, 0.5)

    def remove(folder: Path) -> None:
        shutil.rmtree(folder / "gallery", ignore_errors=True)

    from actviz.gallery.articles import PICTURES

    loop = script(LOOP, str(len(PICTURES)))
    add("`actviz gallery` from nothing", "pyplot, a loop", compare(actviz("gallery"), loop, before=remove), 0.7)
    times = compare(actviz("gallery"), script(IMPORT))
    add("`actviz gallery`, nothing changed", "importing pyplot", times, 0.5)
    few, many = script(MANY, "60"), script(MANY, "600")
    most, least = compare(many, few, before=remove, runs=1)
    add("600 figures, time of each", "60 figures", (most / 600, least / 60), 1.1)
    found.append(Row("600 figures, memory", "60 figures", memory(many) / memory(few), 1.2))
    print(found[-1])
    return found


def main() -> None:
    """Measure on two cores."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(any(row.ratio > row.bar for row in rows()))


if __name__ == "__main__":
    main()
