"""What comes out of an activation when normally distributed numbers go in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Idea
from actviz.lessons import outputs
from actviz.lessons.outputs import Outputs as Distribution
from actviz.model import readable
from actviz.numerics import Array
from actviz.options import option
from actviz.style import Size

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

LEAST_SHOWN = 0.0005
"""The share of all outputs on each side that an axis may leave out."""

SPIKE = 0.05
"""The width of the bar of a single value, as a share of the axis."""

HEADROOM = 1.3
"""How many times as high as the highest bar axes are, so that there is room above it."""


@dataclass(frozen=True, kw_only=True)
class Outputs(Idea):
    """The distribution of f(Z) for Z ~ N(0, variance), with its mean.

    Parameters
    ----------
    variance
        That of the inputs, 0.01 to 100.
    """

    word: ClassVar[str] = "outputs"
    summary: ClassVar[str] = "What comes out if normal numbers go in: centred, sparse or saturated."
    example: ClassVar[tuple[str, ...]] = ("relu", "leaky:0.1", "elu", "--variance", "4")
    usual: ClassVar[tuple[str, ...]] = ("sigmoid", "tanh", "relu", "gelu")
    most: ClassVar[int] = 6

    variance: float = option(1.0, "That of the inputs.", low=0.01, high=100)

    def __post_init__(self) -> None:
        super().__post_init__()
        for activation in self.given:
            outputs.outputs(activation, self.variance)

    @property
    def heading(self) -> str:
        return f"What comes out when N(0, {readable(self.variance)}) goes in"

    @property
    def sentences(self) -> list[str]:
        said = [f"Outputs for inputs that are normally distributed with mean 0 and variance {readable(self.variance)}."]
        for found, name in zip(self._found(), self.names(), strict=True):
            centred = "so the next layer gets numbers around 0" if _zero(found.mean) == 0 else ""
            spikes = [f"{_share(mass)} of all are exactly {readable(value)}" for value, mass in found.spikes]
            about = f"mean {_zero(found.mean):.4f}, variance {found.variance:.4f}"
            said.append(f"{name}: {'; '.join(filter(None, [about, *spikes, centred]))}.")
        said.append(
            "A mean that isn't 0 reaches all weights of the next layer alike, and makes descent slower: see 'actviz "
            "explain zigzag'."
        )
        return said

    def _found(self) -> list[Distribution]:
        return [outputs.outputs(activation, self.variance) for activation in self.activations]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, len(self.activations), panel=(2.1, 1.9), footer=NAMED_FOOTER, between=0.3, left=0.4)

    def draw(self) -> "ThemedFigure":
        from actviz.style import colour

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading, aside="dashed: the mean")
        for index, (found, name) in enumerate(zip(self._found(), self.names(plainly=False), strict=True)):
            over = f"mean {readable(round(_zero(found.mean), 3))}, variance {found.variance:.3f}"
            self._histogram(panels.add(index, name, over, "output"), found, colour(index))
        return panels.figure

    def _histogram(self, axes: "Axes", found: Distribution, hue: str) -> None:
        from actviz.marks.plot import Plot
        from actviz.style import scaled, theme

        low, high = _shown(found)
        room = 0.05 * (high - low)
        density = found.masses / np.diff(found.edges)
        tall = float(density.max(initial=0.0))
        # spikes don't count, so the rest is seen even if nearly all of the distribution is a spike
        top = HEADROOM * (tall or 1.0)
        plot = Plot(axes, (low - room, high + room), (0, top))
        axes.set_yticks([])
        axes.axvline(found.mean, color=theme().ink, linewidth=scaled(1.4), dashes=(3, 2), zorder=4, gid="mean")
        plot.space.add_curve([found.mean, found.mean], [0, top])
        plot.space.add_curve(*_outline(density, found.edges))
        axes.stairs(density, found.edges, fill=True, color=hue, alpha=0.85, zorder=2, linewidth=0, gid="density")
        for value, _ in found.spikes:
            # its density is infinite
            wide = SPIKE * (high - low)
            axes.bar([value], [top], width=wide, color=hue, zorder=3, linewidth=0, gid="spike")
            plot.space.boxes.append(_box(plot, value - wide / 2, value + wide / 2, 0, top))
        for value, mass in found.spikes if self.notes else ():
            words = f"{_share(mass)} of all are {readable(value)}"
            beside = [
                (value + sign * SPIKE / 2 * (high - low), share * top) for share in (0.9, 0.8) for sign in (1, -1)
            ]
            plot.say(words, hue, beside, anywhere=True)


def _outline(density: Array, edges: Array) -> tuple[Array, Array]:
    """Return the places along the top of a histogram."""
    return np.repeat(edges, 2)[1:-1], np.repeat(density, 2)


def _box(plot: "Plot", left: float, right: float, bottom: float, top: float) -> tuple[float, float, float, float]:
    (a, b), (c, d) = plot.space.locate([left, right], [bottom, top])
    return float(a), float(b), float(c), float(d)


def _shown(found: Distribution) -> tuple[float, float]:
    """Choose the ends of an axis: nearly all outputs, and every single value that has a share."""
    total = np.cumsum(found.masses) + sum(mass for value, mass in found.spikes if value < found.edges[0])
    inside = np.flatnonzero((total > LEAST_SHOWN) & (total < total[-1] - LEAST_SHOWN))
    first, last = (inside[0], min(inside[-1] + 2, len(found.masses))) if inside.size else (0, len(found.masses))
    values = [0.0, float(found.edges[first]), float(found.edges[last]), *(value for value, _ in found.spikes)]
    return min(values), max(values)


def _zero(mean: float) -> float:
    return mean if abs(mean) > 1e-12 else 0.0


def _share(mass: float) -> str:
    return "half" if abs(mass - 0.5) < 1e-9 else f"{mass:.1%}"
