"""The signal on its way forward through the layers."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Idea
from actviz.lessons import propagation
from actviz.lessons.propagation import Propagation
from actviz.model import Activation
from actviz.options import option
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

GAINS = ((0.5, "too small: 0.5/n"), (1.0, "Xavier, LeCun: 1/n"), (2.0, "He: 2/n"))
"""The weights' variances times the width of a layer, and what they are called."""

LOWEST, HIGHEST = -12, 8
"""Powers of ten beyond which no signal is drawn."""


@dataclass(frozen=True, kw_only=True)
class Signal(Idea):
    """The mean square of the layers' inputs against depth, for three variances of the weights.

    Parameters
    ----------
    depth
        The number of layers, 1 to 200.
    """

    word: ClassVar[str] = "signal"
    summary: ClassVar[str] = "The signal fades or grows with depth, unless the weights suit the function."
    example: ClassVar[tuple[str, ...]] = ("relu", "gelu", "--depth", "50")
    usual: ClassVar[tuple[str, ...]] = ("sigmoid", "tanh", "relu", "selu")
    most: ClassVar[int] = 6

    depth: int = option(30, "The number of layers.", low=1, high=200)

    @property
    def heading(self) -> str:
        return "The signal against depth"

    @property
    def sentences(self) -> list[str]:
        layers = f"{self.depth} layers" if self.depth > 1 else "1 layer"
        said = [
            f"The mean square of the inputs after {layers} of a wide random network, if it was 1 before.",
        ]
        for gain, name in GAINS:
            found = (self._propagation(one, gain) for one in self.activations)
            ends = (f"{label} {_end(one)}" for label, one in zip(self.names(), found, strict=True))
            said.append(f"With weights of variance {gain:g}/n ({name.partition(':')[0]}): {', '.join(ends)}.")
        said.append(
            "That is why there are rules for initial weights: 2/n keeps the signal of ReLU (He), 1/n that of SELU "
            "(LeCun) and nearly that of tanh near 0 (Xavier); n is the width of a layer, and there are no biases."
        )
        return said

    def _propagation(self, activation: Activation, gain: float) -> Propagation:
        return propagation.propagate(activation, gain, self.depth)

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER
        from actviz.marks.plot import room_for

        room = room_for(self.names(plainly=False), size, most=1.4)
        return self.arrange(size, len(GAINS), room=room, panel=(2.0, 2.3), footer=NAMED_FOOTER)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot
        from actviz.style import colour, scaled, theme

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading, aside="mean square of the layers' inputs")
        found = [[self._propagation(one, gain) for one in self.activations] for gain, _ in GAINS]
        logs = np.log10([value for row in found for one in row for value in one.signal if value > 0])
        low = 10.0 ** max(LOWEST, min(-2, math.floor(logs.min())))
        high = 10.0 ** min(HIGHEST, max(2, math.ceil(logs.max()) + 1))
        for index, ((_, name), row) in enumerate(zip(GAINS, found, strict=True)):
            axes = panels.add(index, name, "weights of variance", "layer")
            plot = Plot(axes, (0, self.depth), (low, high), log=True, whole=True)
            axes.axhline(1, color=theme().faint, linewidth=scaled(1), zorder=1)
            ends = []
            for number, (one, label) in enumerate(zip(row, self.names(plainly=False), strict=True)):
                signal = one.signal
                plot.line(np.arange(signal.size), signal, colour(number), dash=number, gid=f"signal-{number}")
                ends.append((label, colour(number), float(signal[-1])))
            plot.finish()
            plot.name_ends(ends, panels.room)
        return panels.figure


def _end(found: Propagation) -> str:
    if found.overflows:
        return f"overflows in layer {found.overflows}"
    return powers(f"{found.signal[-1]:.3g}")
