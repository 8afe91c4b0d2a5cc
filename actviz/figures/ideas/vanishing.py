"""The gradient on its way back through the layers."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.idea import Erratum, Idea
from actviz.lessons import propagation
from actviz.lessons.propagation import Propagation
from actviz.model import SUPERSCRIPT, Activation, readable
from actviz.numerics import Array
from actviz.options import option
from actviz.prose import listed
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

LOWEST, HIGHEST = -40, 20
"""Powers of ten beyond which no gradient is drawn."""

MEANINGS = {"kept": "that keep the signal", "xavier": "of variance 1/n", "he": "of variance 2/n"}
"""What the rules say about weights."""


@dataclass(frozen=True, kw_only=True)
class Vanishing(Idea):
    """The gradient's size against the number of layers that it has passed: at best, and in a wide random network.

    Parameters
    ----------
    depth
        The number of layers, 1 to 200.
    weights
        One to three rules for the weights' variance: "kept" (what keeps the signal), "xavier" (1/n), "he" (2/n), or
        a number, which is divided by n, the width of a layer.
    """

    word: ClassVar[str] = "vanishing"
    summary: ClassVar[str] = "The gradient shrinks or grows from layer to layer, by function and weights."
    example: ClassVar[tuple[str, ...]] = ("relu", "selu", "gelu", "--depth", "100")
    usual: ClassVar[tuple[str, ...]] = ("sigmoid", "tanh", "relu")
    most: ClassVar[int] = 6

    depth: int = option(30, "The number of layers.", low=1, high=200)
    weights: tuple[str, ...] = option(
        ("kept", "xavier"), "Variance of the weights: kept, xavier, he, or a number to be divided by n; up to 3.",
        metavar="RULES", plain=True,
    )  # fmt: skip

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "weights", tuple(map(_rule, self.weights)))
        for activation in self.activations:
            for rule in self.weights:
                propagation.gain(rule, activation)
        if not 1 <= len(self.weights) <= MOST_RULES:
            raise InputError(f"weights takes 1 to {MOST_RULES} rules, not {len(self.weights)}", "weights")
        if len(set(self.weights)) < len(self.weights):
            twice = next(rule for rule in self.weights if self.weights.count(rule) > 1)
            raise InputError(f"weights has '{twice}' twice", "weights")

    @property
    def heading(self) -> str:
        return "The gradient against depth"

    @property
    def sentences(self) -> list[str]:
        layers = f"{self.depth} layers" if self.depth > 1 else "1 layer"
        named = list(zip(self.names(), self.activations, strict=True))
        best = [(name, _written(propagation.at_best(one, self.depth)[-1])) for name, one in named]
        said = [
            f"The size of the gradient after {layers}, if it was 1 before.",
            f"At best, where all weights are 1 and each unit is where its slope is steepest: {_pairs(best)}.",
        ]
        for rule in self.weights:
            ends = [(name, _end(self._propagation(one, rule))) for name, one in named]
            said.append(f"In a wide random network with weights {_meaning(rule)}: {_pairs(ends)}.")
        if "kept" in self.weights:
            gains = [f"{_written(propagation.gain('kept', one))}/n for {name}" for name, one in named]
            said.append(f"The signal is kept by weights of variance {listed(gains)}, where n is the width of a layer.")
        said.append(
            "So both the function and the weights decide. These are networks at the start: training, batch "
            "normalisation and connections that skip layers change it."
        )
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        largest = max(propagation.fixed_factor("sigmoid", weight) for weight in np.linspace(1.4, 1.9, 51))
        four = propagation.fixed_factor("sigmoid", 4.0)
        return (
            Erratum(
                "A1 3.2",
                "weights in [0, 1] multiply the sigmoid's gradient by 0.25 in each layer, and larger ones make it "
                "explode",
                "1/4 is only the largest slope, and it is multiplied by the weight: in a stack of single units "
                f"without biases the factor is at most {largest:.4f} for any positive weight, and {four:.3f} for "
                "weight 4, so the gradient vanishes for all of them",
            ),
        )

    def _propagation(self, activation: Activation, rule: str) -> Propagation:
        return propagation.propagate(activation, rule, self.depth)

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER
        from actviz.marks.plot import room_for

        names = [self._end_name(name, one, rule) for name, one in self._named() for rule in self.weights]
        room = room_for([*names, *(name for name, _, _ in self._best())], size)
        return self.arrange(size, 2, room=room, panel=(2.5, 2.5), footer=NAMED_FOOTER)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot
        from actviz.style import colour, scaled, theme

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading)
        layers = np.arange(self.depth + 1)
        spread = [
            (self._propagation(one, rule), name, number, dash)
            for number, (name, one) in enumerate(self._named())
            for dash, rule in enumerate(self.weights)
        ]
        y = self._limits(
            [*(propagation.at_best(one, self.depth) for one in self.activations), *(p.gradient for p, *_ in spread)]
        )
        under = "layers that the gradient has passed"
        axes = panels.add(0, "at best", "weights 1, every layer at its steepest", under)
        best = Plot(axes, (0, self.depth), y, log=True, whole=True)
        for number, (_, values, hue) in enumerate(self._best()):
            best.line(layers, values, hue, turning=True, gid=f"best-{number}")
        best.finish()
        best.name_ends([(name, hue, float(values[-1])) for name, values, hue in self._best()], panels.room)
        styles = ("solid", "dashed", "dotted")
        over = "; ".join(f"{look}: {_short(rule)}" for look, rule in zip(styles, self.weights, strict=False))
        axes = panels.add(1, "in a wide random network", over, under)
        wide = Plot(axes, (0, self.depth), y, log=True, whole=True)
        ends = []
        for found, name, number, dash in spread:
            same = sum(np.array_equal(found.gradient, other.gradient) for other, *_ in spread) > 1
            wide.line(layers[: found.gradient.size], found.gradient, colour(number), turning=same, dash=dash,
                      width=2.6 if not dash else 1.8, gid=f"gradient-{number}-{dash}")  # fmt: skip
            ends.append(
                (self._end_name(name, found.activation, self.weights[dash]), colour(number), found.gradient[-1])
            )
        for plot in (best, wide):
            plot.axes.axhline(1, color=theme().faint, linewidth=scaled(1), zorder=1)
        wide.finish()
        wide.name_ends(ends, panels.room)
        return panels.figure

    def _named(self) -> list[tuple[str, Activation]]:
        return list(zip(self.names(plainly=False), self.activations, strict=True))

    def _best(self) -> list[tuple[str, Array, str]]:
        """Return name, values and colour of the curves at best."""
        from actviz.style import colour

        return [
            (f"{name}: {_power(one, self.depth)}", propagation.at_best(one, self.depth), colour(number))
            for number, (name, one) in enumerate(self._named())
        ]

    def _end_name(self, name: str, activation: Activation, rule: str) -> str:
        end = ", overflows" if self._propagation(activation, rule).overflows else ""
        return f"{name}, {_written(propagation.gain(rule, activation))}/n{end}"

    def _limits(self, all_values: list[Array]) -> tuple[float, float]:
        """Choose the ends of the y axis, whole powers of ten."""
        values = np.concatenate(all_values)
        logs = np.log10(values[(values > 0) & np.isfinite(values)])
        low = max(LOWEST, min(-2, math.floor(logs.min(initial=0.0)) - 1))
        high = min(HIGHEST, max(1, math.ceil(logs.max(initial=0.0)) + 1))
        return 10.0**low, 10.0**high


MOST_RULES = 3


def _rule(word: str) -> str:
    """Write a rule in its usual form: a word in lower case, a number as briefly as possible."""
    word = word.strip().lower()
    try:
        return f"{float(word):.12g}"
    except ValueError:
        return word


def _short(rule: str) -> str:
    return {"kept": "signal kept", "xavier": "variance 1/n", "he": "variance 2/n"}.get(rule) or (
        f"variance {powers(rule)}/n"
    )


def _meaning(rule: str) -> str:
    return MEANINGS.get(rule) or f"of variance {powers(rule)}/n"


def _power(activation: Activation, depth: int) -> str:
    """Write the steepest slope to the power of the depth: 0.25³⁰."""
    slope = readable(float(propagation.at_best(activation, 1)[-1]))
    return slope if slope in ("0", "1", "∞") else f"{slope}{str(depth).translate(SUPERSCRIPT)}"


def _end(found: Propagation) -> str:
    if found.overflows:
        return f"overflows in layer {found.overflows}"
    return _written(found.gradient[-1])


def _written(value: float) -> str:
    """Write a size for people: 8.7 × 10⁻¹⁹, 0.155, 11.6."""
    return "∞" if math.isinf(value) else powers(f"{value:.3g}")


def _pairs(pairs: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in pairs)
