"""Outputs as numbers of few bits: fixed-point steps grow with the range, floating-point ones with the number."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from actviz.model import Activation, Definition
from actviz.numerics import Array


@dataclass(frozen=True)
class FixedPoint:
    """Whole multiples of a step, 2^bits of them from the least to the largest output.

    Parameters
    ----------
    activation
    bits
    low, high
        The least and the largest output of the layer.
    """

    activation: Activation
    bits: int
    low: float
    high: float

    @property
    def step(self) -> float:
        """(high - low)/(2^bits - 1)."""

    def __call__(self, x: ArrayLike) -> Array:
        """Return f(x) rounded to a whole number of steps (half up) and kept within low and high, of the shape of x."""


def fixed_point(activation: str | Activation | Definition, bits: int = 8, largest: float = 60.0) -> FixedPoint:
    """Return the numbers for the outputs of an activation whose inputs go from -`largest` to `largest`.

    `bits` from 1 to 16. The ends are the least and the largest output on that interval: 0 and 60 for ReLU, 0 and 6 for ReLU6.
    """


def float16_spacing(value: ArrayLike) -> Array:
    """Return the distance from a number to the next of float16, of the shape of `value` within ±65504."""
