"""Outputs as numbers of few bits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Erratum, Idea, named
from actviz.lessons import quantisation
from actviz.lessons.quantisation import FixedPoint
from actviz.model import readable
from actviz.numerics import Array
from actviz.options import option
from actviz.registry import get
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

WINDOW = (-2.0, 8.0)
"""The part of the x axis that is drawn."""

SAMPLES = 4001

STRAIGHT = 1e-9
"""A curve that turns by less than this share of the height from sample to sample counts as straight."""

LEAST_SHARE = 0.4
"""The share of a common y axis that each curve must span."""

AT = (6.0, 60.0, 600.0)
"""Numbers at which the steps of float16 are listed."""


@dataclass(frozen=True, kw_only=True)
class Quantisation(Idea):
    """ReLU and another activation, rounded to fixed-point numbers for their own range of outputs.

    Parameters
    ----------
    bits
        Bits of a number, 1 to 16.
    largest
        Inputs go from minus this to this, 1 to 1e6.
    """

    word: ClassVar[str] = "quantisation"
    summary: ClassVar[str] = "Why outputs stop at 6: steps of a fixed-point number grow with the range."
    example: ClassVar[tuple[str, ...]] = ("sigmoid", "--bits", "3")
    usual: ClassVar[tuple[str, ...]] = ("relu6",)
    most: ClassVar[int] = 1
    hidden: ClassVar[tuple[str, ...]] = ("relu",)

    bits: int = option(4, "Bits of a number.", low=1, high=16)
    largest: float = option(60.0, "Inputs go from minus this to this.", low=1, high=1e6)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._found()

    @property
    def heading(self) -> str:
        if self.activations[0] == get("relu6"):
            return "Why ReLU6 stops at 6: steps of a fixed-point number"
        return f"{self.activations[0].title} in few bits: steps of a fixed-point number"

    @property
    def sentences(self) -> list[str]:
        said = [
            f"{2**self.bits} fixed-point numbers ({self.bits} bit{'' if self.bits == 1 else 's'}), evenly spaced over "
            f"the outputs for inputs from -{readable(self.largest)} to {readable(self.largest)}:"
        ]
        for one in self._found():
            eight = quantisation.fixed_point(one.activation, 8, self.largest)
            said.append(
                f"{named(one.activation)}: outputs from {readable(one.low)} to {readable(one.high)}, so steps of "
                f"{_step(one)}" + ("." if self.bits == 8 else f"; with 8 bits, {_step(eight)}.")
            )
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        steps = quantisation.float16_spacing(AT)
        told = ", ".join(f"{step:.2g} at {number:g}" for step, number in zip(steps, AT, strict=True))
        eight = [quantisation.fixed_point("relu", 8, number).step for number in (6.0, 60.0)]
        return (
            Erratum(
                "A1 3.8",
                "float16 can't describe a large range precisely",
                f"its steps grow with the number ({told}), so its relative precision is the same up to 65504; it is "
                f"fixed-point int8 whose steps grow with the range: {eight[0]:.4f} for outputs to 6, {eight[1]:.3f} "
                "to 60",
            ),
        )

    def _found(self) -> list[FixedPoint]:
        both = dict.fromkeys([get("relu"), self.activations[0]])
        return [quantisation.fixed_point(one, self.bits, self.largest) for one in both]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, len(self._found()), panel=(2.7, 2.4), footer=NAMED_FOOTER)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot, around
        from actviz.style import colour, theme

        panels = self.panels(self.dimensions)
        bits = f"{self.bits} bit{'' if self.bits == 1 else 's'}"
        panels.title(self.title, self.heading, aside=bits)
        x = np.linspace(*WINDOW, SAMPLES)
        found = self._found()
        exact = [one.activation(x) for one in found]
        heights = [np.concatenate([y, one(x)]) for y, one in zip(exact, found, strict=True)]
        ends = [(float(y.min()), float(y.max())) for y in heights]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        common = all(top - bottom >= LEAST_SHARE * (high - low) for bottom, top in ends)
        for index, (one, y) in enumerate(zip(found, exact, strict=True)):
            name = named(one.activation, plainly=False)
            over = f"outputs from {readable(one.low)} to {readable(one.high)}"
            axes = panels.add(index, f"{name}: steps of {_step(one)}", over, "$x$")
            plot = Plot(axes, WINDOW, around(low, high) if common else around(*ends[index]))
            plot.line(*_corners(x, y), theme().faint, "" if index else "exact", width=5, zorder=2, gid="exact")
            plot.line(*_corners(x, one(x)), colour(index), "" if index else "rounded", width=2, gid="rounded")
            plot.finish()
        return panels.figure


def _step(one: FixedPoint) -> str:
    return powers(f"{one.step:.4g}")


def _corners(x: Array, y: Array) -> tuple[Array, Array]:
    """Return a curve without the points inside its straight pieces."""
    straight = np.abs(np.diff(y, 2)) < STRAIGHT * np.ptp(y)
    keep = np.concatenate([[True], ~straight, [True]])
    return x[keep], y[keep]
