"""Where a curve is sampled, and which part of it is worth seeing."""

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from actviz.model import Activation, Kink
from actviz.numerics import Array

FLATNESS = 2e-4
"""How far a drawn curve may be from the true one, as a fraction of the axes' height."""

_COARSE, _ROUNDS = 64, 24


def sample(
    activation: Activation, derivative: bool, window: tuple[float, float], limits: tuple[float, float]
) -> tuple[Array, Array]:
    """Sample f or f' between two kinks at a time, so densely that no corner is seen on a smooth curve.

    A kink is a sample exactly. Where the values jump, NaN separates the one-sided values, so that a line through the
    samples has a gap. What lies far above or below the limits is NaN too.

    Parameters
    ----------
    window
        The ends of the x axis.
    limits
        The ends of the y axis, which say what is smooth enough.
    """
    low, high = window
    kinks = [kink for kink in activation.kinks if low < kink.x < high]
    ends = [(low, None), *((kink.x, kink) for kink in kinks), (high, None)]
    xs: list[Array] = []
    ys: list[Array] = []
    for (start, before), (stop, after) in pairwise(ends):
        x, y = _piece(activation, derivative, start, stop, window, limits)
        if before is not None:
            y[0] = one_sided(activation, derivative, before)[1]
        if after is not None:
            y[-1] = one_sided(activation, derivative, after)[0]
        if xs and ys[-1][-1] == y[0]:
            x, y = x[1:], y[1:]
        elif xs:
            xs.append(np.array([start]))
            ys.append(np.array([math.nan]))
        xs.append(x)
        ys.append(y)
    x, y = np.concatenate(xs), np.concatenate(ys)
    margin = limits[1] - limits[0]
    y[(y < limits[0] - margin) | (y > limits[1] + margin)] = math.nan
    return x, y


def one_sided(activation: Activation, derivative: bool, kink: Kink) -> tuple[float, float]:
    """Give the limits from the left and from the right of f or f' at a kink."""
    if derivative:
        return kink.left, kink.right
    value = activation(kink.x)
    return kink.limits or (value, value)


def _piece(
    activation: Activation,
    derivative: bool,
    start: float,
    stop: float,
    window: tuple[float, float],
    limits: tuple[float, float],
) -> tuple[Array, Array]:
    """Halve intervals until the curve is straight in each; keep just the ends of a piece that is straight."""
    evaluate = activation.derivative if derivative else activation
    height = limits[1] - limits[0]
    share = (stop - start) / (window[1] - window[0])
    x = np.linspace(start, stop, max(3, math.ceil(_COARSE * share) + 1))
    if start < 0 < stop:
        x = np.union1d(x, [0.0])

    def visible(points: Array) -> Array:
        return np.asarray(np.clip(evaluate(points), limits[0] - 2 * height, limits[1] + 2 * height))

    y = visible(x)
    for _ in range(_ROUNDS):
        middle = x[:-1] + np.diff(x) / 2
        at_middle = visible(middle)
        bent = np.abs(at_middle - (y[:-1] + np.diff(y) / 2)) > FLATNESS * height
        bent &= (x[:-1] < middle) & (middle < x[1:])
        if not bent.any():
            break
        # the neighbours of a bent interval too: the next rounds see what a symmetrical bend hides from its middle
        bent |= np.concatenate([bent[1:], [False]]) | np.concatenate([[False], bent[:-1]])
        places = np.flatnonzero(bent) + 1
        x, y = np.insert(x, places, middle[bent]), np.insert(y, places, at_middle[bent])
    chord = y[0] + (y[-1] - y[0]) * ((x - start) / (stop - start))
    if np.all(np.abs(y - chord) <= 1e-9 * height):
        x = x[[0, -1]]
    return x, np.array(evaluate(x))


def y_limits(
    activations: Iterable[Activation],
    derivative: bool,
    window: tuple[float, float],
    padding: float = 0.06,
    headroom: float = 0.0,
) -> tuple[float, float]:
    """Choose the part of the y axis in which the shape of the curves is seen.

    That is all of their values, with some room; but of a curve that grows beyond all measure (exp) only what lies
    within ten times the width of the window, if a good part of the curve does.
    """
    low, high = window
    x = np.linspace(low, high, 1001)
    values = []
    for activation in activations:
        values.append((activation.derivative if derivative else activation)(x))
        values += [one_sided(activation, derivative, kink) for kink in activation.kinks if low <= kink.x <= high]
    y = np.concatenate(values)
    y = y[np.isfinite(y)]
    bottom, top = (float(y.min()), float(y.max())) if y.size else (0.0, 1.0)
    reach = 10 * (high - low)
    if top - bottom > reach:
        middle = float(np.median(y))
        if np.mean(np.abs(y - middle) <= reach) > 0.25:
            bottom, top = max(bottom, middle - reach), min(top, middle + reach)
    height = top - bottom
    if height == 0 or -height <= bottom <= 0 or 0 <= bottom <= height:
        bottom = min(bottom, 0.0)
    if height == 0 or 0 <= top <= height or -height <= top <= 0:
        top = max(top, 0.0)
    height = top - bottom or 1.0
    return bottom - padding * height, top + (padding + headroom) * height
