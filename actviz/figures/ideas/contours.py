"""Gradient descent on long and on round contours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Erratum, Idea, counted
from actviz.lessons import descent
from actviz.lessons.descent import Descent
from actviz.model import readable
from actviz.options import option
from actviz.prose import listed
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

CENTRE, REACH = (-0.75, 0.0), 1.75
"""The middle of the panels, and how far from it they reach at least."""


@dataclass(frozen=True, kw_only=True)
class Contours(Idea):
    """Descent with inputs of different spreads, normalised but correlated ones, and normalised uncorrelated ones.

    Parameters
    ----------
    spread
        How many times larger one input's spread is than the other's, 0.01 to 100.
    correlation
        That of the normalised inputs, -0.99 to 0.99.
    """

    word: ClassVar[str] = "contours"
    summary: ClassVar[str] = "Inputs of different spreads make long contours, on which descent is slow."
    example: ClassVar[tuple[str, ...]] = ("--spread", "10", "--correlation", "-0.9")

    spread: float = option(4.0, "Ratio of the inputs' spreads.", low=0.01, high=100)
    correlation: float = option(0.5, "That of the normalised inputs.", low=-0.99, high=0.99)

    @property
    def heading(self) -> str:
        return "Gradient descent likes round contours"

    @property
    def sentences(self) -> list[str]:
        said = [
            "A linear unit with two weights descends the mean squared error from (-2, 1), each time with the best "
            "step size there is, until 1 % of the distance is left."
        ]
        said += [f"{what[0].upper()}{what[1:]}: κ = {_kappa(one)}, {_steps(one)}." for what, one in self._found()]
        said.append(
            "κ is the ratio of the contours' curvatures; each step leaves its contour at a right angle, and shrinks "
            "the distance by (κ - 1)/(κ + 1) or better. One step is the ideal of a perfect bowl, not what training "
            "looks like."
        )
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        kappas = [f"{_kappa(descent.correlated(r))} for r = {r:g}" for r in (0.0, 0.5, 0.9)]
        return (
            Erratum(
                "A3",
                "normalised inputs make round contours, with steps as drawn there",
                f"only uncorrelated ones do: κ = (1 + |r|)/(1 − |r|) is {listed(kappas)}; and each step leaves its "
                "contour at a right angle",
            ),
        )

    def _found(self) -> list[tuple[str, Descent]]:
        return [
            (f"inputs with spreads 1 and {readable(self.spread)}", descent.spread(self.spread)),
            (f"normalised, with correlation {readable(self.correlation)}", descent.correlated(self.correlation)),
            ("normalised and uncorrelated", descent.normalised()),
        ]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, 3, square=True, panel=(2.3, 2.3), footer=NAMED_FOOTER, between=0.45)

    def draw(self) -> "ThemedFigure":
        from actviz.marks import descents
        from actviz.marks.plot import Plot
        from actviz.style import colour

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading, aside="each with its best step size")
        found = self._found()
        reach = max(REACH, *(1.1 * float(np.abs(one.path - CENTRE).max()) for _, one in found))
        overs = (
            f"spreads 1 and {readable(self.spread)}", f"normalised, correlation {readable(self.correlation)}",
            "normalised, uncorrelated",
        )  # fmt: skip
        for index, ((_, one), over) in enumerate(zip(found, overs, strict=True)):
            axes = panels.add(index, f"{_steps(one)}: κ = {_kappa(one)}", over, "$w_1$; up: $w_2$")
            plot = Plot(axes, (CENTRE[0] - reach, CENTRE[0] + reach), (CENTRE[1] - reach, CENTRE[1] + reach))
            descents.draw(plot, one, colour(0), self.notes)
        return panels.figure


def _steps(one: Descent) -> str:
    return counted(one.steps, len(one.path) - 1)


def _kappa(one: Descent) -> str:
    return powers(f"{one.condition:.4g}")
