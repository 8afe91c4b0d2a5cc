"""ReLUs that add up to a broken line, which nears any curve."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.idea import Idea
from actviz.lessons import hinges
from actviz.lessons.hinges import Hinges
from actviz.options import option
from actviz.prose import listed
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

MOST_PANELS = 6

MOST_SHOWN = 24
"""The most ReLUs that are drawn one by one."""


@dataclass(frozen=True, kw_only=True)
class Bends(Idea):
    """A sine, and sums of ReLUs that meet it at as many places as there are ReLUs.

    Parameters
    ----------
    units
        Up to six numbers of ReLUs, 1 to 1000 each.
    """

    word: ClassVar[str] = "bends"
    summary: ClassVar[str] = "More ReLUs, more bends: a broken line nears any curve."
    example: ClassVar[tuple[str, ...]] = ("--units", "3,6,12")
    hidden: ClassVar[tuple[str, ...]] = ("relu",)

    units: tuple[int, ...] = option(
        (2, 4, 8), "Numbers of ReLUs, up to 6; repeat it or use commas.", low=1, high=1000, metavar="NUMBERS"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= len(self.units) <= MOST_PANELS:
            raise InputError(f"units takes 1 to {MOST_PANELS} numbers, not {len(self.units)}", "units")
        if len(set(self.units)) < len(self.units):
            twice = next(number for number in self.units if self.units.count(number) > 1)
            raise InputError(f"units has {twice} twice", "units")

    @property
    def heading(self) -> str:
        return "More ReLUs, more bends: a line becomes a curve"

    @property
    def sentences(self) -> list[str]:
        errors = [f"{_written(one.largest_error)} with {_counted(one)}" for one in self._found()]
        return [
            "A layer of ReLUs adds up to a broken line: each ReLU begins at a knot and bends the line there.",
            f"A sum that meets sin(x) at the knots, from 0 to 2π, is at most this far from it: {listed(errors)}.",
            "Twice as many ReLUs leave about a quarter of the error, which is at most h²/8, where h is the distance "
            "between knots. In one dimension, that is all that a layer of ReLUs is.",
        ]

    def _found(self) -> list[Hinges]:
        return [hinges.interpolate(units) for units in self.units]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, len(self.units), panel=(2.5, 1.9), footer=NAMED_FOOTER)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot
        from actviz.style import colour, theme

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading, aside="thin: the ReLUs by themselves")
        x = np.linspace(0, 2 * np.pi, 401)
        for index, one in enumerate(self._found()):
            axes = panels.add(index, _counted(one), f"largest error {powers(f'{one.largest_error:.2g}')}", "$x$")
            plot = Plot(axes, (0, 2 * np.pi), (-1.45, 1.45))
            plot.line(x, np.sin(x), colour(1), "" if index else "sin $x$", width=5, alpha=0.45, zorder=2, gid="target")
            for number, part in enumerate(one.parts(np.array([0, 2 * np.pi])) if len(one.knots) <= MOST_SHOWN else ()):
                knot = one.knots[number]
                plot.line([0, knot, 2 * np.pi], [0, 0, part[1]], theme().muted, width=0.7, zorder=1.5, ghost=True,
                          gid=f"relu-{number}")  # fmt: skip
            places = np.concatenate([one.knots, [one.stop]])
            plot.line(places, one(places), colour(0), "" if index else "sum", gid="sum")
            if len(one.knots) <= MOST_SHOWN:
                plot.points(places, one(places), colour(0), size=4.5, gid="knots")
            plot.finish()
        return panels.figure


def _written(error: float) -> str:
    return f"{error:.4f}" if error >= 0.01 else powers(f"{error:.2g}")


def _counted(one: Hinges) -> str:
    return f"{len(one.knots)} ReLU{'' if len(one.knots) == 1 else 's'}"
