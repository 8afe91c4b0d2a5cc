"""ReLUs that add up to a broken line: f = v₀ + Σ (jump of the slope)·ReLU(x - knot), which joins points of a curve."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actviz.numerics import Array


@dataclass(frozen=True, eq=False)
class Hinges:
    """A sum of ReLUs.

    Parameters
    ----------
    knots
        Where the ReLUs bend, evenly spaced from the start of the interval, of shape (units,).
    jumps
        What each is multiplied by, of shape (units,).
    offset
        v₀, the value at the start.
    stop
        The end of the interval.
    largest_error
        The largest distance from the curve, on 2,001 points.
    """

    knots: Array
    jumps: Array
    offset: float
    stop: float
    largest_error: float

    def parts(self, x: ArrayLike) -> Array:
        """Return each ReLU times its weight, of shape (units, *x.shape)."""

    def __call__(self, x: ArrayLike) -> Array:
        """Return the broken line, of the shape of x."""


def interpolate(
    units: int,
    target: Callable[[Array], Array] = np.sin,
    interval: tuple[float, float] = (0.0, 2 * math.pi),
) -> Hinges:
    """Add up `units` ReLUs (1 to 1000) to the broken line that meets a curve at `units` + 1 points.

    The error is at most h²/8 · max|f''| with the distance h of the knots.
    """
