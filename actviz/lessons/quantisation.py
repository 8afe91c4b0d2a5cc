"""Outputs as numbers of few bits: steps of fixed point grow with the range, those of floating point with the number."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actviz import analysis
from actviz.errors import InputError
from actviz.model import Activation, Definition
from actviz.numerics import Array
from actviz.options import whole
from actviz.registry import get

MOST_BITS = 16


@dataclass(frozen=True)
class FixedPoint:
    """2^bits numbers, evenly spaced from the least to the largest output.

    Parameters
    ----------
    activation, bits
        The activation, and the bits of a number.
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
        return (self.high - self.low) / float(2**self.bits - 1)

    def __call__(self, x: ArrayLike) -> Array:
        """Return the number nearest to f(x), the higher of two equally near; of the shape of x."""
        y = np.clip(self.activation(x), self.low, self.high)
        return np.asarray(self.low + self.step * np.floor((y - self.low) / self.step + 0.5))


def fixed_point(activation: str | Activation | Definition, bits: int = 8, largest: float = 60.0) -> FixedPoint:
    """Return the numbers for the outputs of an activation whose inputs go from -`largest` to `largest`.

    The ends are the least and the largest output on that interval: 0 and 60 for ReLU, 0 and 6 for ReLU6.

    Raises
    ------
    InputError
        For bits outside [1, 16], a `largest` that isn't finite and above 0, or outputs that are all the same or not
        finite.
    """
    activation = get(activation)
    bits = whole("bits", bits, 1, MOST_BITS)
    if not 0 < largest < math.inf:
        raise InputError(f"the largest input must be finite and above 0, not {largest:g}", "largest")
    turns = [kink.x for kink in activation.kinks] + [one.x for one in analysis.extrema(activation)]
    y = activation([-largest, *(x for x in turns if abs(x) < largest), largest])
    limits = [one for kink in activation.kinks for one in kink.limits or () if abs(kink.x) < largest]
    low, high = min(*y, *limits), max(*y, *limits)
    if not math.isfinite(high - low) or low == high:
        problem = "only one output" if low == high else "no finite range of outputs"
        raise InputError(f"{activation.spec} has {problem} for inputs within {largest:g}")
    return FixedPoint(activation, bits, float(low), float(high))


def float16_spacing(value: ArrayLike) -> Array:
    """Return the distance from the float16 number nearest to a value to the next one away from 0; of the value's shape.

    Raises
    ------
    InputError
        If a value is beyond 65504, the largest number of float16, or NaN.
    """
    size = np.abs(np.asarray(value, dtype=np.float64))
    if not (size <= float(np.finfo(np.float16).max)).all():
        raise InputError("the largest number of float16 is 65504", "value")
    nearest = np.maximum(size.astype(np.float16).astype(np.float64), 2.0**-14)  # below, the distance stays the same
    return np.asarray(np.ldexp(1.0, np.frexp(nearest)[1] - 11))
