"""Inputs that are all positive make descent zigzag."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Erratum, Idea, counted, named
from actviz.lessons import descent, outputs
from actviz.lessons.descent import Descent
from actviz.lessons.descent import Zigzag as Learning
from actviz.options import option
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

CENTRE, REACH = (0.5, -0.55), 1.2
"""The middle of the panels, and how far from it they reach at least."""


@dataclass(frozen=True, kw_only=True)
class Zigzag(Idea):
    """A linear unit that learns from each activation's outputs, one sample a step; last with all samples a step.

    Parameters
    ----------
    batch
        Whether the first activation's descent with all samples a step is shown too.
    """

    word: ClassVar[str] = "zigzag"
    summary: ClassVar[str] = "With inputs that are all positive, weights can only grow or fall together."
    example: ClassVar[tuple[str, ...]] = ("relu", "elu", "--no-batch")
    usual: ClassVar[tuple[str, ...]] = ("sigmoid", "tanh")
    most: ClassVar[int] = 4

    batch: bool = option(True, "Leave out the descent with all samples a step.")

    def __post_init__(self) -> None:
        super().__post_init__()
        self._found()

    @property
    def heading(self) -> str:
        return "Inputs of one sign make descent zigzag"

    @property
    def sentences(self) -> list[str]:
        said = [
            "A linear unit with two weights goes from (0, 0) to the best ones, (1, -1). Its inputs are eight outputs "
            "of two units with an activation, one sample a step; it has arrived when 1 % of the distance is left."
        ]
        found = self._found()
        for one in found:
            steps, together = len(one.descent.path) - 1, int(one.together.sum())
            if not one.one_sign:
                sign = "its outputs have both signs;"
            elif together == steps:
                sign = "its outputs all have one sign, so"
            else:
                sign = "its outputs are 0 or have one sign, so no step moves the weights opposite ways;"
            some = f"{together} of {steps} steps move" if together else "none moves"
            said.append(
                f"{named(one.activation)}: {sign} {'all steps move' if together == steps else some} both weights the "
                f"same way. It takes {_steps(one.descent)}; κ = {_kappa(one.descent)}, where 1 means round contours."
            )
        if self.batch:
            first = found[0]
            said.append(
                f"{named(first.activation)} with all samples a step and the best rate: {_steps(first.batch)}. The "
                "sum over a batch may have any signs, but the contours stay long: κ = 1 + d m²/v for d inputs of mean "
                "m and variance v."
            )
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        one, wide = descent.zigzag("sigmoid"), outputs.outputs("sigmoid")
        many = descent.condition(wide.mean, wide.variance, 100)
        return (
            Erratum(
                "A3, A5",
                "all-positive inputs force all weights to move the same way",
                "that holds for each sample and output unit, as A1 says, but the sum over a batch may have any signs; "
                f"what stays is the condition number, κ = 1 + d m²/v: {one.descent.condition:.4g} for the two sigmoids "
                f"here, and {many:.0f} for 100 with normal inputs",
            ),
        )

    def _found(self) -> list[Learning]:
        return [descent.zigzag(one) for one in self.activations]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        count = len(self.activations) + self.batch
        return self.arrange(size, count, square=True, panel=(2.3, 2.3), footer=NAMED_FOOTER, between=0.45)

    def draw(self) -> "ThemedFigure":
        from actviz.marks import descents
        from actviz.style import colour

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading)
        found = self._found()
        shown = [(one, one.descent, index, "one sample a step") for index, one in enumerate(found)]
        if self.batch:
            shown.append((found[0], found[0].batch, 0, "all samples a step"))
        reach = max(REACH, *(self._reach(one) for _, one, _, _ in shown))
        for index, (learning, one, hue, how) in enumerate(shown):
            title = f"{named(learning.activation, plainly=False)}: {_steps(one)}"
            axes = panels.add(index, title, f"{how}, κ = {_kappa(one)}", "$w_1$; up: $w_2$")
            plot = self._plot(axes, reach)
            if learning.one_sign and one is learning.descent:
                self._tint(plot)
            descents.draw(plot, one, colour(hue), self.notes)
        return panels.figure

    @staticmethod
    def _reach(one: Descent) -> float:
        """Return how far a path goes from the middle of its panel, with some room."""
        return 1.12 * float(np.abs(one.path - CENTRE).max())

    @staticmethod
    def _plot(axes: "Axes", reach: float) -> "Plot":
        from actviz.marks.plot import Plot

        return Plot(axes, (CENTRE[0] - reach, CENTRE[0] + reach), (CENTRE[1] - reach, CENTRE[1] + reach))

    def _tint(self, plot: "Plot") -> None:
        """Tint the directions in which a step from the start can go."""
        from matplotlib.patches import Rectangle

        from actviz.marks.plot import REGION
        from actviz.style import colour

        for number, (x, y) in enumerate(((0.0, 0.0), (-10.0, -10.0))):
            plot.axes.add_patch(
                Rectangle(
                    (x, y), 10, 10, color=colour(0), alpha=0.13, linewidth=0, zorder=REGION, gid=f"allowed-{number}"
                )
            )
        if self.notes:
            (left, right), (bottom, top) = plot.axes.get_xlim(), plot.axes.get_ylim()
            plot.say("every step\ngoes this way ↗", colour(0), [(right, top), (right, 0.5 * top)], backed=False)
            plot.say("or this\nway ↙", colour(0), [(left, bottom), (left, 0.7 * bottom)], backed=False)


def _steps(one: Descent) -> str:
    return counted(one.steps, len(one.path) - 1)


def _kappa(one: Descent) -> str:
    return powers(f"{one.condition:.3g}") if one.condition < 1e6 else "∞"
