"""Small drawings for the page's wall and table: the curve of an activation and, thinner, its derivative."""

import math
from collections.abc import Sequence

import numpy as np

from actviz.model import Activation
from actviz.numerics import Array
from actviz.sampling import Trace, sample, y_limits

WIDTH, HEIGHT = 120, 64

_REACH = 5.0
"""How far from 0 the x axis goes, unless a kink is farther out."""

_TALLEST = 6.5
"""How far from 0 the y axis goes, so that the derivative of what grows fast can be seen too."""

_TOLERANCE = 0.15
"""How far a line may be from the curve, in units of the drawing."""


def curve(activation: Activation) -> str:
    """Draw the axes, f' and f as SVG paths in a box of `WIDTH` by `HEIGHT`, whose colours are the page's."""
    low, high = activation.window
    reach = max(_REACH, *(1.4 * abs(kink.x) for kink in activation.kinks), 0.0)
    low, high = max(low, -_REACH), min(high, reach)
    traces = [Trace(activation, derivative) for derivative in (True, False)]
    bottom, top = y_limits(traces, (low, high))
    bottom, top = max(bottom, -_TALLEST), min(top, _TALLEST)

    def across(x: Array) -> Array:
        return np.asarray((x - low) / (high - low) * WIDTH)

    def down(y: Array) -> Array:
        return np.asarray((top - y) / (top - bottom) * HEIGHT)

    origin = float(across(np.array(0.0))), float(down(np.array(0.0)))
    axes = f"M0 {origin[1]:.0f}H{WIDTH}M{origin[0]:.0f} 0V{HEIGHT}"
    drawn = []
    for trace in traces:
        x, y = sample(trace, (low, high), (bottom, top))
        with np.errstate(invalid="ignore"):
            drawn.append(_path(across(x), down(np.clip(y, bottom - (top - bottom), top + (top - bottom)))))
    slope, function = drawn
    return f'<path class="axis" d="{axes}"/><path class="slope" d="{slope}"/><path class="function" d="{function}"/>'


def bars(shares: Sequence[float]) -> str:
    """Draw probabilities as bars in the same box."""
    step = WIDTH / len(shares)
    drawn = "".join(f"M{(i + 0.5) * step:.0f} {HEIGHT}v{-share * HEIGHT:.0f}" for i, share in enumerate(shares))
    return f'<path class="axis" d="M0 {HEIGHT}H{WIDTH}"/><path class="function bars" d="{drawn}"/>'


def _path(x: Array, y: Array) -> str:
    """Write a line through points, of which only those are kept that it needs; NaN is a gap."""
    parts, start = [], 0
    for stop in (*np.flatnonzero(np.isnan(y)), len(y)):
        if stop - start > 1:
            kept = [start, *_needed(x, y, start, stop - 1), stop - 1]
            parts.append("M" + "L".join(f"{_short(x[i])} {_short(y[i])}" for i in kept))
        start = int(stop) + 1
    return "".join(parts)


def _needed(x: Array, y: Array, first: int, last: int) -> list[int]:
    """Return the points between two that aren't near enough to the line through these (Ramer, Douglas, Peucker)."""
    if last - first < 2:
        return []
    dx, dy = x[last] - x[first], y[last] - y[first]
    away = np.abs((x[first + 1 : last] - x[first]) * dy - (y[first + 1 : last] - y[first]) * dx)
    farthest = int(np.argmax(away))
    if away[farthest] <= _TOLERANCE * math.hypot(dx, dy):
        return []
    middle = first + 1 + farthest
    return [*_needed(x, y, first, middle), middle, *_needed(x, y, middle, last)]


def _short(value: float) -> str:
    return f"{round(float(value), 1) + 0.0:g}"  # without the sign of zero
