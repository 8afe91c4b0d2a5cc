"""Print the table of ratios; exit status 1 if one is above its bar.

Every command is a whole process, started alternately with what it is compared with. The gallery's page is compared with
its limits; without Chromium and playwright, only its size is.
"""

import math
import os
import shlex
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
from typing import TYPE_CHECKING

from tests.benchmarks import page

if TYPE_CHECKING:
    from actviz.figures import Picture

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
    for number, figure in enumerate(sys.argv[1:]):
        panels, *formats = figure.split(",")
        plt.clf()
        for panel in range(int(panels)):
            plt.subplot(1, int(panels), panel + 1)
            plt.plot(x, np.tanh(x))
        for form in formats:
            plt.savefig(f"{{number}}.{{form}}")
"""
MANY = """
    import sys
    from pathlib import Path
    from actviz.figures import Curve
    from actviz.registry import get
    from actviz.gallery import building
    pictures = [Curve(get(f"swish:{1 + number / 1000}"), derivative=True) for number in range(int(sys.argv[1]))]
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


@dataclass(frozen=True)
class Cost:
    """Of a process: seconds from its start to its end, and the gigabytes that it, or one it started, had at most."""

    seconds: float
    memory: float


def measured(command: list[str], folder: Path) -> Cost:
    """Run a command in a folder."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{shlex.join(command)} failed with exit status {process.returncode}")
    return Cost(taken, used.ru_maxrss / 1e6)


def compare(
    one: list[str], other: list[str], before: Callable[[Path], None] = lambda folder: None
) -> tuple[Cost, Cost]:
    """Run both in turn, each in a folder of its own, and give the medians."""
    costs: list[tuple[Cost, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("one", "other")]
        for place in places:
            place.mkdir()
        for _ in range(RUNS + 1):
            for place in places:
                before(place)
            costs.append(tuple(map(measured, (one, other), places)))
    del costs[0]  # it fills the caches of the file system
    first, second = (
        Cost(median(cost.seconds for cost in run), median(cost.memory for cost in run))
        for run in zip(*costs, strict=True)
    )
    return first, second


def panels(picture: "Picture") -> int:
    """Return the panels that the counterpart of a figure has: those of an idea, and otherwise one."""
    from actviz.figures import Idea

    if not isinstance(picture, Idea):
        return 1
    arranged = picture.panels(picture.dimensions)
    return arranged.count * arranged.bands_of


def page_rows() -> list[Row]:
    """Measure the gallery's page as it is committed."""
    found: list[Row] = []

    def add(what: str, value: float, most: float, unit: str) -> None:
        ratio = value / most if most else math.inf if value else 0.0
        found.append(Row(f"the page: {what}", f"{most:g} {unit}", ratio, 1.0))
        print(found[-1], f"{value:.4g} {unit} |", flush=True)

    add("HTML, script and data", page.size() / 1e3, 700, "KB")
    with page.browser() as chromium:
        if not chromium:
            print("Chromium or playwright isn't there, so nothing else of the page is measured.", file=sys.stderr)
            return found
        visits = [page.visit(chromium) for _ in range(RUNS + 1)][1:]  # the first fills caches
    slowed = f"CPU {page.SLOWED} times slower"
    for what, values, most, unit in (
        (f"to the first picture, {slowed}", [one.picture for one in visits], 1.0, "s"),
        (f"until it can be used, {slowed}", [one.interactive for one in visits], 2.0, "s"),
        (f"longest move of its curve, {slowed}", [one.move for one in visits], 16, "ms"),
        (f"length folded, {page.WIDTH} wide", [one.length for one in visits], 6000, "px"),
        ("layout shift", [one.shift for one in visits], 0, "in all"),
    ):
        add(what, median(values), most, unit)
    return found


def rows() -> list[Row]:
    """Measure everything."""
    found: list[Row] = []

    def add(what: str, against: str, one: float, other: float, bar: float, unit: str = "s") -> None:
        found.append(Row(what, against, one / other, bar))
        print(found[-1], f"{one:.3f} {unit}, {other:.3f} {unit} |", flush=True)

    def add_time(what: str, against: str, costs: tuple[Cost, Cost], bar: float) -> None:
        add(what, against, costs[0].seconds, costs[1].seconds, bar)

    def remove(folder: Path) -> None:
        shutil.rmtree(folder / "gallery", ignore_errors=True)

    from actviz.gallery import building

    print("| what | against | ratio | bar | | medians |\n|---|---|---|---|---|---|")
    plot = actviz("plot", "relu6", "--derivative")
    add_time("cold `actviz plot relu6 --derivative`", "pyplot, two PNGs", compare(plot, script(TWO_PNGS)), 1.0)
    for arguments in (
        ("--help",), ("list",), ("show", "gelu"), ("eval", "gelu", "1"), ("softmax", "-3", "1.5", "2.7", "--no-figure"),
    ):  # fmt: skip
        costs = compare(actviz(*arguments), script(IMPORT))
        add_time(f"`actviz {' '.join(arguments)}`", "importing pyplot", costs, 0.5)
    pictures = building.selected(None)
    loop = script(LOOP, *(",".join([str(panels(one)), *building.formats(one)]) for one in pictures))
    add_time("`actviz gallery` from nothing", "pyplot, a loop", compare(actviz("gallery"), loop, before=remove), 0.7)
    costs = compare(actviz("gallery"), script(IMPORT))
    add_time("`actviz gallery`, nothing changed", "importing pyplot", costs, 0.5)
    many, few = compare(script(MANY, "600"), script(MANY, "60"), before=remove)
    add("600 figures, time of each", "60 figures", many.seconds / 600, few.seconds / 60, 1.1)
    add("600 figures, memory", "60 figures", many.memory, few.memory, 1.2, "GB")
    return found + page_rows()


def main() -> None:
    """Measure on two cores."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    sys.exit(any(row.ratio > row.bar for row in rows()))


if __name__ == "__main__":
    main()
