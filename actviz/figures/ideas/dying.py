"""One step too large, and a unit is dead."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.idea import Erratum, Idea, named
from actviz.lessons import dying, propagation
from actviz.lessons.dying import Training
from actviz.model import readable
from actviz.options import option
from actviz.registry import get
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

LOWEST, HIGHEST = 1e-6, 10.0
"""The smallest and the largest loss that the axis shows."""

SHIFT = 2.0
"""What the layer below might add to the inputs, which makes some samples live again."""


@dataclass(frozen=True, kw_only=True)
class Dying(Idea):
    """One unit before and after its first step with two rates, and the loss over more steps, for others too.

    Parameters
    ----------
    rate
        A small and a large learning rate, each 1e-6 to 1000; the other activations learn with the large one.
    steps
        Steps of training, 1 to 300.
    """

    word: ClassVar[str] = "dying"
    summary: ClassVar[str] = "After too large a step a ReLU returns 0 for every input, and never learns again."
    example: ClassVar[tuple[str, ...]] = ("relu", "elu", "--rate", "1,3", "--steps", "50")
    usual: ClassVar[tuple[str, ...]] = ("relu", "leaky_relu:0.1")
    most: ClassVar[int] = 4
    hidden: ClassVar[tuple[str, ...]] = ("relu",)

    rate: tuple[float, ...] = option(
        (1.0, 2.5), "A small and a large learning rate; repeat it or use commas.", low=1e-6, high=1000, metavar="RATE"
    )
    steps: int = option(20, "Steps of training.", low=1, high=300)

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.rate) != 2:
            raise InputError(f"rate takes two numbers, a small and a large one, not {len(self.rate)}", "rate")
        if not self.rate[0] < self.rate[1]:
            small, large = map(readable, self.rate)
            raise InputError(f"rate takes a small and then a large number, not {small} and {large}", "rate")
        for one in self.activations:
            if not np.isfinite(one(np.linspace(0.5, 1.5, 9))).all():
                raise InputError(f"{one.spec} has no finite output where the unit starts")

    @property
    def heading(self) -> str:
        _, large, *_ = self._found()
        title = self.activations[0].title
        if large.dead is not None:
            return f"One step too large, and the {title} unit is dead"
        return (
            f"One large step, and the {title} unit is nearly dead"
            if large.nearly_dead
            else f"{title} after a large step"
        )

    @property
    def sentences(self) -> list[str]:
        small, large, *others = self._found()
        name = named(self.activations[0])
        said = [
            f"One unit f(wx + b) with f = {name} learns max(x, 0) from nine samples, x = -1 to 1; it starts at w = 0.5 "
            f"and b = 1. {small.live(0)} of 9 samples are live, with a slope above {dying.LIVE}.",
            f"After one step with rate {readable(small.rate)}, {small.live(1)} are live; {self._ending(small)}.",
            f"After one step with rate {readable(large.rate)}, {large.live(1)} are live; {self._ending(large)}.",
        ]
        if large.dead is not None:
            awake = large.live(-1, SHIFT)
            said.append(
                f"Dead means that no sample passes a gradient, so w and b never change again; but if the layer below "
                f"added {readable(SHIFT)} to x, {awake} of 9 samples would be live."
            )
        deadly = dying.deadly_rate(self.activations[0])
        if small.dead == 0:
            said.append("It is dead before the first step, whatever the rate.")
        elif deadly:
            said.append(f"The first step kills it from rate {deadly:.4f} on.")
        else:
            said.append("No rate up to 1000 kills it in one step.")
        said += [f"{named(one.activation)}, rate {readable(one.rate)}: {self._ending(one)}." for one in others]
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        found = dying.train("relu", 2.5, 20)
        factor = float(propagation.propagate("relu", "xavier", 1).signal[-1])
        slopes = [readable(get("relu").derivative(x)) for x in (-1.0, 1.0)]
        return (
            Erratum(
                "A1 3.4",
                "dead ReLUs are irreversible, and Xavier's initialisation is the remedy",
                f"they are dead only while their inputs stay the same, and {found.live(-1, SHIFT)} of 9 samples wake "
                f"after a shift by {readable(SHIFT)}; the remedy is He's initialisation, since Xavier's multiplies "
                f"the mean square of a ReLU's signal by {readable(factor)} in each layer",
            ),
            Erratum(
                "A5",
                "ReLU turns all negative gradients into 0",
                f"it multiplies gradients of either sign by {slopes[0]} where the input is negative, and by "
                f"{slopes[1]} where it is positive",
            ),
        )

    def _ending(self, one: Training) -> str:
        if one.diverges is not None:
            return f"the loss is beyond all bounds after {one.diverges} steps"
        steps = len(one.losses) - 1
        loss = f"loss {_written(one.losses[-1])} after {steps} step{'' if steps == 1 else 's'}"
        if one.dead is not None:
            return f"it is dead from step {one.dead} on, {loss}"
        if one.nearly_dead is not None and not one.live(-1):
            return f"it is nearly dead from step {one.nearly_dead} on, {loss}"
        return loss

    def _found(self) -> list[Training]:
        """Train the first activation with the small and with the large rate, and the others with the large one."""
        first, *others = self.activations
        small, large = self.rate
        return [
            dying.train(first, small, self.steps), dying.train(first, large, self.steps),
            *(dying.train(one, large, self.steps) for one in others),
        ]  # fmt: skip

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, 2, panel=(3.2, 2.6), footer=NAMED_FOOTER, between=0.6)

    def draw(self) -> "ThemedFigure":
        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading)
        self._inputs(panels)
        self._losses(panels)
        return panels.figure

    def _inputs(self, panels: "Panels") -> None:
        from actviz.marks.plot import Plot, around
        from actviz.style import colour, theme

        small, large, *_ = self._found()
        shown = [(small, 0, theme().ink, "before")]
        for one, hue in ((small, colour(2)), (large, colour(0))):
            if len(one.weights) > 1:
                end = ": dead" if not one.live(1) else ""
                shown.append((one, 1, hue, f"one step, rate {readable(one.rate)}{end}"))
        z = [one.inputs(step) for one, step, *_ in shown]
        y = around(min(map(np.min, z)), max(map(np.max, z)), 0.12)
        over = f"one {named(self.activations[0], plainly=False)} unit, 9 samples"
        axes = panels.add(0, "what it gets: $z = wx + b$", over, "input $x$; filled dots: live samples")
        plot = Plot(axes, (-1.15, 1.15), y)
        self._tint(plot)
        for (one, step, hue, words), heights in zip(shown, z, strict=True):
            w, b = one.weights[step], one.biases[step]
            ends = np.array([-1.15, 1.15])
            plot.line(ends, w * ends + b, hue, words, width=2, gid=f"inputs-{step}-{readable(one.rate)}")
            live = np.abs(one.activation.derivative(heights)) > dying.LIVE
            for filled in (True, False):
                some = live if filled else ~live
                plot.points(one.samples[some], heights[some], hue, filled=filled, size=5.5, gid=f"samples-{filled}")
        plot.finish()
        if self.notes and self._flat(y):
            low, high = self._flat(y)[0]
            places = [(x, low + share * (high - low)) for share in (0.15, 0.5, 0.85) for x in (1.1, -1.1, 0.0)]
            plot.say("no gradient here", theme().muted, places)

    def _flat(self, y: tuple[float, float]) -> list[tuple[float, float]]:
        """Return the stretches of z in which no sample is live."""
        z = np.linspace(*y, 801)
        flat = np.concatenate([[0], np.abs(self.activations[0].derivative(z)) <= dying.LIVE, [0]]).astype(int)
        starts, stops = np.flatnonzero(np.diff(flat) == 1), np.flatnonzero(np.diff(flat) == -1)
        return [(float(z[a]), float(z[b - 1])) for a, b in zip(starts, stops, strict=True) if b - a > 1]

    def _tint(self, plot: "Plot") -> None:
        from actviz.marks.plot import REGION
        from actviz.style import theme

        for number, (low, high) in enumerate(self._flat(plot.axes.get_ylim())):
            plot.axes.axhspan(
                low, high, color=theme().faint, alpha=0.35, linewidth=0, zorder=REGION, gid=f"flat-{number}"
            )

    def _losses(self, panels: "Panels") -> None:
        from actviz.marks.plot import Plot
        from actviz.style import colour

        found = self._found()
        hues = [colour(2), colour(0), colour(1), colour(3), colour(4)]
        values = np.concatenate([one.losses for one in found])
        values = values[values > 0]
        low = 10.0 ** math.floor(math.log10(max(LOWEST, values.min(initial=1.0))))
        axes = panels.add(1, "loss", "the same start, all samples a step", "step")
        plot = Plot(axes, (0, self.steps), (low, HIGHEST if values.max() > 1 else 1.0), log=True, whole=True)
        for number, one in enumerate(found):
            name = f"{named(one.activation, plainly=False)}, rate {readable(one.rate)}"
            if one.dead is not None:
                name += ": dead"
            elif one.nearly_dead is not None and not one.live(-1):
                name += ": nearly dead"
            elif one.diverges is not None or one.losses[-1] > HIGHEST:
                name += ": diverges"
            losses = np.where(one.losses > 0, one.losses, np.nan)
            plot.line(np.arange(losses.size), losses, hues[number], name, dash=(0, 0, 1, 2, 3)[number],
                      gid=f"loss-{number}")  # fmt: skip
        plot.finish()


def _written(value: float) -> str:
    return powers(f"{value:.3g}")
