"""One transformation for all samples, or one for each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.idea import Idea
from actviz.lessons import adaptive
from actviz.lessons.adaptive import Transformed
from actviz.model import readable
from actviz.options import option
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

MARKERS = ("s", "o")
SIZES = (4.0, 6.0, 8.0)
"""Sizes in points of the markers of a weak, a middling and a strong sample."""

REACH = 3.2
"""How far the functions are drawn."""


@dataclass(frozen=True, kw_only=True)
class Transform(Idea):
    """Six samples of two classes, and what one PReLU for all and APReLU, one for each, make of them.

    Parameters
    ----------
    slope
        The PReLU's slope for negative numbers, -2 to 2 and not 0.
    """

    word: ClassVar[str] = "transform"
    summary: ClassVar[str] = "One function for all samples keeps their spread; one for each gathers them."
    example: ClassVar[tuple[str, ...]] = ("--slope", "0.5")
    hidden: ClassVar[tuple[str, ...]] = ("prelu", "sigmoid")

    slope: float = option(0.25, "The PReLU's, for negative numbers.", low=-2, high=2)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.slope == 0:
            raise InputError("slope 0 turns all six samples into 0; give another", "slope")

    @property
    def heading(self) -> str:
        return "One function for all samples, or one for each"

    @property
    def sentences(self) -> list[str]:
        one, each = self._found()
        slopes = [", ".join(f"{value:.4f}" for value in row) for row in each.slopes]
        return [
            "Six samples of two channels: two classes, each in a weak, a middling and a strong form.",
            f"One PReLU with slope {readable(self.slope)} for all: twice the input gives twice the output, so the "
            f"distance between the classes divided by their spread stays as it is, {one.ratio:.4f}.",
            f"APReLU works out a slope for each sample, {slopes[0]} from weak to strong: the ratio becomes "
            f"{each.ratio:.4f}, because strong samples are held back.",
            "The small network's weights are chosen to show the effect, not learned.",
        ]

    def _found(self) -> tuple[Transformed, Transformed]:
        return adaptive.for_all(self.slope), adaptive.for_each()

    def panels(self, size: Size) -> "Panels":
        return self.arrange(size, 3, rows=2, by_rows=True, square=True, panel=(2.0, 2.0), between=0.42, narrow=0.9)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading)
        found = self._found()
        reach = 1.12 * max(float(np.abs(one.outputs).max()) for one in found)
        ends = min(float(one.outputs.min()) for one in found), max(float(one.outputs.max()) for one in found)
        middle = (min(ends[0], 0.0) + max(ends[1], 0.0)) / 2
        half = max(0.62 * (max(ends[1], 0.0) - min(ends[0], 0.0)), 0.5 * reach)
        names = (f"PReLU: slope {readable(self.slope)}", "APReLU: own slopes")
        for row, (one, name, who) in enumerate(zip(found, names, ("one for all", "one for each"), strict=True)):
            before = Plot(panels.add(0, "samples", "two channels", row=row), (-REACH, 0.4), (-REACH, 0.4))
            self._samples(before, one.inputs, named=self.notes)
            lines = Plot(panels.add(1, name, who, row=row), (-REACH, REACH), (-REACH, REACH))
            self._functions(lines, one)
            limits = (middle - half, middle + half)
            self._samples(
                Plot(panels.add(2, f"afterwards: {one.ratio:.2f}", "distance / spread", row=row), limits, limits),
                one.outputs,
            )
        return panels.figure

    @staticmethod
    def _samples(plot: "Plot", samples: "np.ndarray", named: bool = False) -> None:
        from actviz.style import colour, theme

        for number, (group, marker) in enumerate(zip(samples, MARKERS, strict=True)):
            x, y = group.T
            plot.line(x, y, theme().faint, width=1, zorder=1.5, gid=f"class-{number}-spread")
            for place, size in enumerate(SIZES):
                plot.points([x[place]], [y[place]], colour(number), marker, size=size, gid=f"class-{number}-{place}")
            if named:
                plot.say("strong", colour(number), [(x[2], y[2])], gap=0.09)
                plot.say("weak", colour(number), [(x[0], y[0])], gap=0.07)

    def _functions(self, plot: "Plot", found: Transformed) -> None:
        from actviz.style import colour, theme

        x = np.array([-REACH, 0.0])
        plot.line([0, REACH], [0, REACH], theme().ink, gid="positive")
        slopes = np.unique(found.slopes)
        if slopes.size == 1:
            plot.line(x, slopes[0] * x, theme().ink, gid="negative")
            plot.say(
                f"slope {readable(float(slopes[0]))}", theme().ink, [(-1.6, -1.6 * slopes[0]), (-2, -2 * slopes[0])]
            )
            return
        for number, row in enumerate(found.slopes):
            for place, slope in enumerate(row):
                plot.line(x, slope * x, colour(number), width=1.8, dash=number, gid=f"negative-{number}-{place}")
        weak, strong = found.slopes[0, 0], found.slopes[0, -1]
        if self.notes:
            plot.say(f"weak: {weak:.2f}", theme().ink, [(-2.4, -2.4 * weak), (-1.8, -2.0 * weak)])
            plot.say(f"strong: {strong:.2f}", theme().ink, [(-2.2, -2.2 * strong), (-1.8, -1.8 * strong)])
