"""Squared error and cross-entropy."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Erratum, Idea
from actviz.lessons import losses
from actviz.lessons.losses import LOSSES, Neuron
from actviz.model import readable
from actviz.options import option
from actviz.registry import get
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

FORMULAS = {"cross-entropy": r"$-\ln\,y$", "squared error": "$(y - 1)^2 / 2$"}
GRADIENTS = {"cross-entropy": "$y - 1$", "squared error": r"$(y - 1)\,y\,(1 - y)$"}

TALLEST = 3.0
"""The height of the axis of losses."""

WRONG = -6.0
"""A logit at which the prediction is badly wrong."""

STEPS, RATE = 300, 0.15


@dataclass(frozen=True, kw_only=True)
class Losses(Idea):
    """Both losses over the prediction, their gradients over the logit, and a neuron that learns with each.

    Parameters
    ----------
    start
        The logit at which the neuron begins, -30 to 30.
    """

    word: ClassVar[str] = "losses"
    summary: ClassVar[str] = "Cross-entropy learns at once from what is badly wrong, squared error hardly does."
    example: ClassVar[tuple[str, ...]] = ("--start", "-6")
    hidden: ClassVar[tuple[str, ...]] = ("sigmoid", "softplus")

    start: float = option(-4.0, "The logit at which the neuron begins.", low=-30, high=30)

    @property
    def heading(self) -> str:
        return "Cross-entropy learns from what is badly wrong"

    @property
    def sentences(self) -> list[str]:
        cross, squared = (losses.gradient(loss, np.array([WRONG, 0.0])).tolist() for loss in LOSSES)
        said = [
            "Two losses of a prediction y = sigmoid(z) whose right class is 1: cross-entropy -ln y, and squared "
            "error (y - 1)²/2.",
            f"Their gradients by the logit z: at z = {readable(WRONG)}, where the prediction is badly wrong, "
            f"{cross[0]:.4f} and {squared[0]:.4f}; at z = 0, {cross[1]:g} and {squared[1]:g}. The squared error "
            "pulls hardest at y = 1/3, and not at all where y is near 0.",
        ]
        first, second = self._learned()
        gets = f"gets above 1/2 {_when(first)} with cross-entropy and {_when(second)} with squared error"
        said.append(
            f"A neuron that begins at z = {readable(self.start)}, y = {first.outputs[0]:.4f}, and learns with rate "
            f"{RATE} {gets if first.right else 'is above 1/2 from the start'}. After "
            f"100 steps y is {first.outputs[100]:.4f} and {second.outputs[100]:.4f}, after {STEPS} "
            f"{first.outputs[-1]:.4f} and {second.outputs[-1]:.4f}."
        )
        said.append("Equal rates don't make their speeds comparable; what counts is the plateau at the start.")
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        z = np.linspace(-6, 6, 12001)
        turn = float(z[np.argmax(losses.curvature("squared error", z) > 0)])
        convex = bool((losses.curvature("cross-entropy", z) > 0).all())
        return (
            Erratum(
                "A1 3.1, A3",
                "a monotonic activation makes the loss of a single layer convex",
                "the squared error of a sigmoid isn't: its curvature by z is negative up to z = "
                f"{readable(round(turn, 3))}, where y "
                f"= {1 / (1 + math.exp(-turn)):.3f}; its cross-entropy {'is' if convex else 'is not'}",
            ),
            Erratum(
                "A2",
                "the sigmoid is often used for regression",
                f"it is for the probability of one of two classes: its outputs lie in {get('sigmoid').range}",
            ),
        )

    def _learned(self) -> list[Neuron]:
        return [losses.learn(loss, self.start, RATE, STEPS) for loss in LOSSES]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, 3, panel=(2.4, 2.4), footer=NAMED_FOOTER)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot
        from actviz.style import colour

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading, aside="the right class: $t$ = 1")
        y, z, steps = np.linspace(0.0, 1.0, 401), np.linspace(-8, 8, 401), np.arange(STEPS + 1)
        of_y = Plot(panels.add(0, "loss", " and ".join(FORMULAS.values()), "prediction $y$"), (0, 1), (0, TALLEST))
        of_z = Plot(panels.add(1, "gradient $dL/dz$", "over the logit $z$, $y = σ(z)$", "$z$"), (-8, 8), (-1.32, 0.42))
        over = f"while one neuron learns, from $z$ = {readable(self.start).replace('-', '−')}"
        learning = Plot(panels.add(2, "prediction $y$", over, "step"), (0, STEPS), (0, 1.03))
        for number, (loss, neuron) in enumerate(zip(LOSSES, self._learned(), strict=True)):
            hue, gid = colour(number), loss.replace(" ", "-")
            values = losses.of_probability(loss, y)
            seen = values <= 2 * TALLEST
            of_y.line(y[seen], values[seen], hue, loss, dash=number, gid=f"loss-{gid}")
            of_z.line(z, losses.gradient(loss, z), hue, GRADIENTS[loss], dash=number, gid=f"gradient-{gid}")
            learning.line(steps, neuron.outputs, hue, loss, dash=number, gid=f"output-{gid}")
        if self.notes:
            cross, squared = (float(losses.gradient(loss, np.array(WRONG))) for loss in LOSSES)
            places = [(x, 0.0) for x in (WRONG + 1.5, WRONG + 2, WRONG)]
            of_z.say(["badly wrong:\nno gradient", "no gradient"], colour(1), [*places, (WRONG, squared)])
            places = [(x, cross) for x in (WRONG + 1.5, WRONG + 2, WRONG)]
            of_z.say(["badly wrong:\nfull gradient", "full gradient"], colour(0), places)
        for plot in (of_y, of_z, learning):
            plot.finish()
        return panels.figure


def _when(neuron: Neuron) -> str:
    if neuron.right is None:
        return f"in none of {STEPS} steps"
    return f"in step {neuron.right}"
