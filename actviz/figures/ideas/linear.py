"""Without an activation, a stack of layers stays linear."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from actviz import analysis
from actviz.figures.idea import Erratum, Idea, named
from actviz.lessons import separation
from actviz.lessons.separation import Separation
from actviz.options import option
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

FILL = 0.14
"""Opacity of the two sides of a boundary."""


@dataclass(frozen=True, kw_only=True)
class Linear(Idea):
    """Two rings of points, and the boundary that two layers find with each activation.

    Parameters
    ----------
    units
        How many the hidden layer has, 1 to 60.
    """

    word: ClassVar[str] = "linear"
    summary: ClassVar[str] = "Without an activation layers stay linear: no line can separate two rings."
    example: ClassVar[tuple[str, ...]] = ("relu", "gelu", "sigmoid", "--units", "3")
    usual: ClassVar[tuple[str, ...]] = ("linear", "relu", "tanh")
    most: ClassVar[int] = 6

    units: int = option(6, "Hidden units.", low=1, high=60)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._found()

    @property
    def heading(self) -> str:
        return "What an activation makes of two layers"

    @property
    def sentences(self) -> list[str]:
        units = f"{self.units} hidden units" if self.units > 1 else "1 hidden unit"
        said = [f"A disc of 60 points in a ring of 60 others, and what two layers with the same {units} make of them."]
        for found in self._found():
            name = "Without an activation" if _is_linear(found) else f"With {named(found.activation)}"
            more = ""
            if _is_linear(found):
                more = ". However many units there are, their outputs hold no more than the two inputs"
            elif found.bends:
                more = "; the boundary bends only where a hidden unit does"
            said.append(f"{name}, {self._boundary(found)}: {found.right} of 120 right ({found.share:.0%}){more}.")
        said.append(
            "Only the output weights are fitted, by least squares; no stack of linear layers can do better than one "
            "fitted so."
        )
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        rank = separation.separate("linear", separation.MOST_UNITS).rank
        return (
            Erratum(
                "A1 3.1",
                "with a linear activation one layer approximates nearly any function",
                f"it takes a non-linear one and two layers, as A3 says: {separation.MOST_UNITS} linear units have "
                f"features of rank {rank}, no more than two inputs and a constant",
            ),
        )

    def _boundary(self, found: Separation) -> str:
        return "a straight line" if _is_linear(found) else "a broken line" if found.bends else "a curve"

    def _found(self) -> list[Separation]:
        return [separation.separate(one, self.units) for one in self.activations]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        count = len(self.activations)
        return self.arrange(size, count, square=True, panel=(2.3, 2.3), footer=NAMED_FOOTER, between=0.45)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot

        panels = self.panels(self.dimensions)
        units = f"{self.units} hidden units" if self.units > 1 else "1 hidden unit"
        panels.title(self.title, self.heading, aside=f"the same {units}")
        for index, found in enumerate(self._found()):
            name = "none: $f(x) = x$" if _is_linear(found) else named(found.activation, plainly=False)
            ends = (-separation.EXTENT, separation.EXTENT)
            axes = panels.add(index, name, f"{found.share:.0%} right", "$x_1$; up: $x_2$")
            self._draw(Plot(axes, ends, ends), found)
        return panels.figure

    def _draw(self, plot: "Plot", found: Separation) -> None:
        from actviz.style import colour, scaled, theme

        at, output = separation.plane(found)
        low, high = min(float(output.min()), 0.0) - 1, max(float(output.max()), 0.0) + 1
        axes = plot.axes
        axes.grid(visible=False)
        axes.contourf(at, at, output, levels=[low, 0, high], colors=[colour(1), colour(0)], alpha=FILL, zorder=0.5)
        for a, b, c in found.bends:
            x, y = c * a / (a * a + b * b), c * b / (a * a + b * b)
            plot.line(
                [x - 9 * b, x + 9 * b], [y + 9 * a, y - 9 * a], theme().muted, dash=1, width=0.8, zorder=1.5, gid="bend"
            )
        axes.contour(
            at, at, output, levels=[0], colors=[theme().ink], linewidths=scaled(2.2), linestyles="solid", zorder=2
        )
        points, targets = separation.rings()
        inner, outer = points[targets > 0].T, points[targets < 0].T
        plot.points(inner[0], inner[1], colour(0), size=3.4, clear=False, zorder=3, gid="inner")
        plot.points(outer[0], outer[1], colour(1), "s", size=3.8, filled=False, clear=False, zorder=3, gid="outer")


def _is_linear(found: Separation) -> bool:
    return not analysis.nonlinear(found.activation)
