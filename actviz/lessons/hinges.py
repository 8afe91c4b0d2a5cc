"""ReLUs that add up to a broken line, f = v₀ + Σ (jump of the slope)·ReLU(x - knot), which joins points of a curve."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import InputError
from actviz.numerics import Array
from actviz.options import whole

MOST_UNITS = 1000


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
        x = np.asarray(x, dtype=np.float64)
        shape = (-1, *(1 for _ in x.shape))
        return np.asarray(self.jumps.reshape(shape) * np.maximum(x - self.knots.reshape(shape), 0.0))

    def __call__(self, x: ArrayLike) -> Array:
        """Return the broken line, of the shape of x."""
        return np.asarray(self.offset + self.parts(x).sum(axis=0))


def interpolate(
    units: int,
    target: Callable[[Array], Array] = np.sin,
    interval: tuple[float, float] = (0.0, 2 * math.pi),
) -> Hinges:
    """Add up `units` ReLUs (1 to 1000) to the broken line that meets a curve at `units` + 1 points.

    The error is at most h²/8 · max|f''|, where f is the curve and h the distance between knots.

    Parameters
    ----------
    target
        The curve, a function of a float64 array; the sine by default.
    interval
        The ends of x; 0 and 2π by default.

    Raises
    ------
    InputError
        For units outside the bounds, or ends that aren't finite and in order.
    """
    units = whole("units", units, 1, MOST_UNITS)
    start, stop = interval
    if not -math.inf < start < stop < math.inf:
        raise InputError(f"the interval must have finite ends in order, not {start:g} and {stop:g}", "interval")
    points = np.linspace(start, stop, units + 1)
    heights = np.asarray(target(points), dtype=np.float64)
    slopes = np.diff(heights) / np.diff(points)
    knots, jumps = points[:-1], np.diff(slopes, prepend=0.0)
    x = np.linspace(start, stop, 2001)
    error = float(np.abs(np.interp(x, points, heights) - target(x)).max())
    return Hinges(knots, jumps, float(heights[0]), float(stop), error)
