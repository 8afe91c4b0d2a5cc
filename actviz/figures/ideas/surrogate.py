"""Surrogate gradients: the step goes forward, and another slope is used on the way back."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.idea import Idea, counted
from actviz.formula import mathtext, plain
from actviz.lessons import surrogates
from actviz.lessons.surrogates import MOST_STEPS, SURROGATES, Surrogate
from actviz.model import Activation, readable
from actviz.numerics import Array
from actviz.options import option
from actviz.prose import listed
from actviz.registry import get as lookup
from actviz.registry import names
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

REACH = 2.0
"""How far on both sides of the step functions and slopes are drawn."""

SAMPLES = 201

BAND, FAINT = 5.0, 0.4
"""The width of the step in points and its opacity, so that a slope drawn over it is seen."""


@dataclass(frozen=True, kw_only=True)
class SurrogateGradient(Idea):
    """A step, with each of the slopes that replace its own, 0, when gradients are computed.

    Parameters
    ----------
    start
        Where a neuron that should fire begins, -100 to -1e-6.
    rate
        The learning rate with which it comes nearer, 1e-6 to 10.
    """

    word: ClassVar[str] = "surrogate"
    summary: ClassVar[str] = "A step has slope 0, so another slope is used on the way back."
    example: ClassVar[tuple[str, ...]] = ("sign", "--start", "-0.5")
    usual: ClassVar[tuple[str, ...]] = ("heaviside",)
    most: ClassVar[int] = 1

    start: float = option(-1.25, "Where a neuron that should fire begins.", low=-100, high=-1e-6)
    rate: float = option(0.1, "Learning rate.", low=1e-6, high=10)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not _is_step(self._step):
            steps = [name for name in names() if _is_step(lookup(name))]
            raise InputError(f"{self._step.spec} isn't a step; give {listed(steps).replace(' and ', ' or ')}")

    @property
    def _step(self) -> Activation:
        return self.activations[0]

    @property
    def _jump(self) -> float:
        low, high = self._step.kinks[0].limits or (0.0, 0.0)
        return high - low

    @property
    def heading(self) -> str:
        return f"{self._step.title}: forward as it is, backward a surrogate"

    @property
    def sentences(self) -> list[str]:
        step = self._step
        said = [
            f"{step.title} jumps by {readable(self._jump)} at 0 and has slope 0 everywhere else, so no gradient comes "
            "back through it, and nothing before it learns.",
            "Surrogate gradients keep the step on the way forward and use the slope of something smoother on the way "
            "back:",
        ]
        for one in SURROGATES.values():
            peaks = dict.fromkeys(readable(float(one.slope(0.0, k))) for k in one.values)
            areas = dict.fromkeys(_written(one.area(k)) for k in one.values)
            uses = [f"{use.symbol} = {readable(use.value)} in {use.library}" for use in one.uses]
            with_uses = f", by default with {listed(uses)}" if uses else ""
            source = f" ({one.source})" if one.source else ""
            said.append(
                f"{_capital(one.title)}{source}: {plain(one.formula)}{with_uses}; it is {listed(list(peaks))} at 0, "
                f"and its area is {listed(list(areas))}."
            )
        said.append(
            f"A slope whose area is the jump, {readable(self._jump)}, is that of a smoothed step of the same height; "
            "but what counts more for learning is how far from 0 the slope can still be felt."
        )
        reached = []
        for one in SURROGATES.values():
            for k, steps in self._steps(one):
                of = "" if one.values == (1.0,) else f" with {readable(k)}"
                reached.append(f"{_taken(steps)} by {one.title}{of}")
        said.append(
            f"A neuron at x = {readable(self.start)} that should fire descends the loss (f(x) − 1)²/2 with learning "
            f"rate {readable(self.rate)}, and fires after {listed(reached)}; with the true slope it never does."
        )
        return said

    def _steps(self, one: Surrogate) -> list[tuple[float, int | None]]:
        return [(k, surrogates.descend(one, k, self.start, self.rate, self._jump)) for k in one.values]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, len(SURROGATES) + 1, panel=(2.3, 1.7), footer=NAMED_FOOTER, fractions=1)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot
        from actviz.style import colour

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading, aside="wide: forward; thin: backward")
        x = np.linspace(-REACH, REACH, SAMPLES)
        axes = panels.add(
            0, f"$f(x) = {mathtext(self._step.formula)}$", f"true slope; a neuron at {readable(self.start)}", "$x$"
        )
        plot = Plot(axes, (-REACH, REACH), self._ends(1.0))
        self._draw_step(plot, name="forward")
        plot.line([-REACH, REACH], [0.0, 0.0], colour(1), "never fires", width=2, gid="slope-true")
        plot.finish()
        for index, one in enumerate(SURROGATES.values(), 1):
            peak = max(float(one.slope(0.0, k)) for k in one.values)
            title = rf"backward ${mathtext(one.formula, display=True)}$"
            axes = panels.add(index, title, self._over(one), "$x$")
            plot = Plot(axes, (-REACH, REACH), self._ends(peak))
            self._draw_step(plot)
            for number, (k, steps) in enumerate(self._steps(one)):
                fires = "never fires" if steps is None else f"fires after {_taken(steps)}"
                name = fires if one.values == (1.0,) else f"$k$ = {readable(k)}: {_taken(steps)}"
                across, slope = _cut(one, k, x)
                plot.line(
                    across, slope, colour(1 + 2 * number), name, dash=number, width=2, gid=f"slope-{one.name}-{number}"
                )
            plot.finish()
        return panels.figure

    def _over(self, one: Surrogate) -> str:
        """Say what a panel shows, with the libraries' parameters."""
        uses: dict[float, list[str]] = {}
        for use in one.uses:
            uses.setdefault(use.value, []).append(use.library)
        return "; ".join([one.title, *(f"{listed(libraries)} {readable(k)}" for k, libraries in uses.items())])

    def _ends(self, peak: float) -> tuple[float, float]:
        """Return the ends of a y axis that shows the step and a slope."""
        low, high = self._step.kinks[0].limits or (0.0, 1.0)
        top = max(high, peak)
        bottom = min(low, 0.0)
        room = 0.12 * (top - bottom)
        return bottom - room, top + 1.6 * room

    def _draw_step(self, plot: "Plot", name: str = "") -> None:
        """Draw the step with open circles at both sides of its jump, and a filled one at its value."""
        from actviz.style import theme

        ink = theme().ink
        low, high = self._step.kinks[0].limits or (0.0, 1.0)
        plot.line(
            [-REACH, 0.0, 0.0, 0.0, REACH], [low, low, math.nan, high, high], ink, name, width=BAND, alpha=FAINT,
            zorder=2, solid_capstyle="butt", gid="step",
        )  # fmt: skip
        plot.points([0.0, 0.0], [low, high], ink, filled=False, size=5)
        plot.points([0.0], [self._step(0.0)], ink, size=5)


def _is_step(activation: Activation) -> bool:
    """Tell whether an activation is flat on both sides of its only jump, at 0."""
    kinks = activation.kinks
    x = np.array([-1e3, -1.0, -1e-3, 1e-3, 1.0, 1e3])
    return len(kinks) == 1 and kinks[0].x == 0 and bool(kinks[0].limits) and not np.any(activation.derivative(x))


def _cut(one: Surrogate, k: float, x: Array) -> tuple[Array, Array]:
    """Sample a slope, more densely near 0; NaN separates both sides where the clipped one jumps."""
    if one.name == "straight_through":
        return x[[0, -1]], one.slope(x[[0, -1]], k)
    if one.name == "clipped":
        return np.array([-REACH, -1, -1, -1, 1, 1, 1, REACH]), np.array([0, 0, math.nan, 1, 1, math.nan, 0, 0])
    dense = np.geomspace(REACH, REACH * 1e-3, SAMPLES // 2)
    across = np.concatenate([-dense, [0.0], dense[::-1]])
    return across, one.slope(across, k)


def _taken(steps: int | None) -> str:
    return "never" if steps is None else counted(steps, MOST_STEPS)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _written(area: float) -> str:
    return "infinite" if math.isinf(area) else readable(area)
