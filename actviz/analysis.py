"""What follows from a function, its derivative and its kinks: where it turns, how steep it is, what it does far out.

Everything here is worked out on numbers, from both signs and all magnitudes, so it holds for the parameters at hand.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from actviz import averages
from actviz.model import Activation, Kink
from actviz.numerics import LARGEST, Array

Side = Literal["none", "left", "right", "both"]
Trend = Literal["rises", "falls"]
Point = tuple[float, float]
"""A place, and what is there."""

ENDLESS = 24
"""A function that turns more often than this is taken to go on for ever, as a sine does."""

NEAREST = 6
"""How many extrema of such a function are listed: those nearest to 0."""

_REMEMBERED = 256

_DENSE, _SPARSE = np.logspace(-15, 15, 2001), np.logspace(15, 308, 400)
_SIZES = np.concatenate([1 / _SPARSE[::-1], _DENSE, _SPARSE, [LARGEST]])
_EVERYWHERE = np.unique(np.concatenate([-_SIZES, [0.0], _SIZES]))
_SHARES = np.concatenate([[1e-6, 1e-3], np.linspace(0.01, 0.99, 15), [1 - 1e-3, 1 - 1e-6]])
_AWAY = np.logspace(-12, 6, 91)


@dataclass(frozen=True)
class Extremum:
    """A place where the function turns, and its value there.

    Parameters
    ----------
    x
        Where it is; on a flat top or bottom one place, at a corner if it has any.
    value
        The function's value there.
    highest
        Whether it is a maximum; a minimum otherwise.
    """

    x: float
    value: float
    highest: bool

    @property
    def kind(self) -> str:
        return "maximum" if self.highest else "minimum"


def smooth(activation: Activation) -> bool:
    """Whether it is differentiable everywhere."""
    return not activation.kinks


def nonlinear(activation: Activation) -> bool:
    """Whether the slope varies."""
    if activation.kinks:
        return True
    (_, least), (_, largest) = slope_bounds(activation)
    return not math.isclose(least, largest, rel_tol=1e-13)


def saturation(activation: Activation) -> Side:
    """On which side the derivative goes to 0."""
    return _side(activation.derivative(-math.inf) == 0, activation.derivative(math.inf) == 0)


def identity_near_zero(activation: Activation) -> Side:
    """On which side of 0 f(x) ≈ x: f nears 0 with slope 1."""
    slope, value = activation.derivative(0.0), activation(0.0)
    kink = next((kink for kink in activation.kinks if kink.x == 0), Kink(0.0, slope, slope, slope))
    values = kink.limits or (value, value)
    left, right = (
        abs(value) < 1e-12 and math.isclose(slope, 1.0, rel_tol=1e-12)
        for value, slope in zip(values, (kink.left, kink.right), strict=True)
    )
    return _side(left, right)


@lru_cache(_REMEMBERED)
def mean_output(activation: Activation) -> float:
    """The mean of f(X) for X ~ N(0, 1)."""
    return averages.mean(activation, kinks=[kink.x for kink in activation.kinks])


def zero_centred(activation: Activation) -> bool:
    """Whether inputs that are normally distributed around 0 give outputs whose mean is 0."""
    return mean_output(activation) == 0


def steepest(activation: Activation) -> Point:
    """A place where the slope is largest in size, and that slope with its sign; the rising one of two equally large.

    Its size is the Lipschitz constant, if f doesn't jump. The place is infinite if the slope is only neared.
    """
    lowest, highest = slope_bounds(activation)
    return highest if abs(highest[1]) >= abs(lowest[1]) * (1 - 1e-12) else lowest


def slope_bounds(activation: Activation) -> tuple[Point, Point]:
    """The least and the largest slope, each with a place that has it: 0, else an infinity, else the nearest to 0."""
    return _bound(activation, -1)[0], _bound(activation, 1)[0]


def peaks(activation: Activation) -> tuple[Point, ...]:
    """The places (x, slope) with the steepest slope, from left to right: one, or two if it rises and falls as steeply.

    There are none if the function has kinks, or is as steep along a whole stretch or again and again.
    """
    size = abs(steepest(activation)[1]) * (1 - 1e-12)
    found = single_slopes(activation) if smooth(activation) else ()
    return tuple(point for point in found if abs(point[1]) >= size)


@lru_cache(_REMEMBERED)
def single_slopes(activation: Activation) -> tuple[Point, ...]:
    """The least and the largest slope as (x, slope), from left to right, each only if a single place has it."""
    bounds = (_bound(activation, sign) for sign in (-1, 1))
    return tuple(sorted(best for best, others in bounds if _alone(activation, best, others)))


def _alone(activation: Activation, best: Point, others: tuple[float, ...]) -> bool:
    """Whether the slope falls off on both sides of a place, and none of the other places is as steep."""
    x, slope = best
    distances, near = _SIZES[::7], 0.0
    if math.isinf(x):
        return False
    if not math.isfinite(slope) or slope == 0:
        return not any(other != x for other in others)
    for side in (-1, 1):
        with np.errstate(over="ignore"):
            drop = 1 - activation.derivative(x + side * distances) / slope
        first = int(np.argmax(drop > 1e-6))
        width = float(distances[first])
        # on a flat top nothing is lost halfway to where something is
        if not drop[first] > 1e-6 or 1 - activation.derivative(x + side * width / 2) / slope < 1e-9:
            return False
        near = max(near, 2 * width)
    return all(abs(other - x) <= near for other in others)


@lru_cache(_REMEMBERED)
def _bound(activation: Activation, sign: int) -> tuple[Point, tuple[float, ...]]:
    """The least (sign -1) or largest (sign 1) slope with a place, and all finite places found that have it."""
    ends = [(x, activation.derivative(x)) for x in (0.0, math.inf, -math.inf)]
    corners = [(k.x, slope) for k in activation.kinks for slope in (k.left, k.right)]
    found = [*ends, *corners, *_unsettled(activation, sign), *_tops(activation, sign)]
    found = [(x, slope) for x, slope in found if not math.isnan(slope)]
    best = found[0]
    for candidate in found:
        if sign * candidate[1] > sign * best[1] + (1e-14 * abs(best[1]) if math.isfinite(best[1]) else 0):
            best = candidate
    as_steep = [x for x, slope in found if math.isfinite(x) and abs(slope - best[1]) <= 1e-9 * abs(best[1])]
    return (best[0], best[1] + 0.0), tuple(as_steep)


def _tops(activation: Activation, sign: int) -> list[Point]:
    """The local maxima of the slope (sign 1) or its minima (sign -1), those nearest to 0 first."""

    def height(x: Array) -> Array:
        y = sign * activation.derivative(x)
        return np.where(np.isnan(y), -math.inf, y)

    left, middle, right = [], [], []
    for x, slope in _scan(activation):
        if not x.size:  # no number lies between two kinks
            continue
        y = np.where(np.isnan(slope), -math.inf, sign * slope)
        starts = np.flatnonzero(np.append(True, y[1:] != y[:-1]))  # of stretches of equal heights
        steps = np.concatenate([[-math.inf], y[starts], [-math.inf]])
        higher = (steps[1:-1] > steps[:-2]) & (steps[1:-1] > steps[2:])
        top = np.union1d(starts[higher], (np.append(starts[1:], y.size) - 1)[higher])
        left.append(x[np.maximum(top - 1, 0)])
        middle.append(x[top])
        right.append(x[np.minimum(top + 1, x.size - 1)])
    if not any(x.size for x in middle):
        return []
    low, x, high = map(np.concatenate, (left, middle, right))
    y = height(x)
    nearest = np.lexsort([np.abs(x), y < y.max() * (0.9 if y.max() > 0 else 1.1)])[:16]
    chosen = np.union1d(nearest, [int(np.argmax(y))])
    low, high = low[chosen], high[chosen]
    for _ in range(7):
        with np.errstate(over="ignore", invalid="ignore"):
            x = np.linspace(low, high, 41)
        y = height(x)
        top = np.argmax(y, axis=0)
        column = np.arange(chosen.size)
        low, high = x[np.maximum(top - 1, 0), column], x[np.minimum(top + 1, 40), column]
    x, y = x[top, column], y[top, column]
    return [(float(x[k]), sign * float(y[k])) for k in np.argsort(np.abs(x), kind="stable") if math.isfinite(y[k])]


def _unsettled(activation: Activation, sign: int) -> list[Point]:
    """The infinities at which a slope without a limit grows beyond all bounds."""
    found = []
    for side in (-1, 1):
        if math.isnan(activation.derivative(side * math.inf)):
            near, far = (
                np.nanmax(sign * activation.derivative(side * 10 ** np.linspace(start, start + 3, 301)))
                for start in (6, 12)
            )
            if far > 10 * max(near, 1e-300):
                found.append((side * math.inf, sign * math.inf))
    return found


def slope_trend(activation: Activation) -> Trend | None:
    """Whether the slope never falls ("rises") or never rises ("falls"); None if it does both."""
    slope = np.clip(np.concatenate([slope for _, slope in _scan(activation)]), -LARGEST / 2, LARGEST / 2)
    slack = 1e-12 * np.abs(slope[:-1])
    if (slope[1:] >= slope[:-1] - slack).all():
        return "rises"
    return "falls" if (slope[1:] <= slope[:-1] + slack).all() else None


def straight(activation: Activation, start: float, stop: float) -> float | None:
    """The slope between two places, which may be infinite; None if it varies there."""
    slopes = np.concatenate([slope[(start < x) & (x < stop)] for x, slope in _scan(activation)])
    if slopes.size < _SHARES.size:
        low, high = max(start, -LARGEST), min(stop, LARGEST)
        slopes = activation.derivative(low * (1 - _SHARES) + high * _SHARES)
    least, largest = float(slopes.min()), float(slopes.max())
    return float(slopes[slopes.size // 2]) if math.isclose(least, largest, rel_tol=1e-13) else None


def extrema(activation: Activation) -> tuple[Extremum, ...]:
    """All minima and maxima from left to right; if they never end (`endless`), those nearest to 0."""
    return _turns(activation)[0]


def endless(activation: Activation) -> bool:
    """Whether it rises and falls over and over."""
    return _turns(activation)[1]


def lowest(activation: Activation) -> tuple[Extremum, ...]:
    """The minima at which f has its least value, if there are any."""
    low = activation.range.low
    return tuple(one for one in extrema(activation) if not one.highest and _close(one.value, low))


def highest(activation: Activation) -> tuple[Extremum, ...]:
    """The maxima at which f has its largest value, if there are any."""
    high = activation.range.high
    return tuple(one for one in extrema(activation) if one.highest and _close(one.value, high))


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-300)


@lru_cache(_REMEMBERED)
def _turns(activation: Activation) -> tuple[tuple[Extremum, ...], bool]:
    """Extrema, and whether there are more."""
    if activation.monotonic:
        return (), False
    brackets: list[tuple[float, float, float]] = []  # the last place before a turn, the first after it, the sign before
    corners: list[Extremum] = []
    before, left = 0.0, (-math.inf, math.nan)  # the last direction, and where it ended with which value

    def go(direction: float, start: Point, end: Point) -> None:
        nonlocal before, left
        if direction == -before:
            corners.extend(_corner(activation, left, start, highest=before > 0))
        before, left = direction, end

    kinks, here = activation.kinks, left
    for index, (x, slope) in enumerate(_scan(activation)):
        beginning, end = here, (math.inf, math.nan)
        if index < len(kinks):
            end, here = _sides(activation, kinks[index])
        signs = np.sign(np.nan_to_num(slope))
        if (moving := np.flatnonzero(signs)).size:
            go(float(signs[moving[0]]), beginning, end)
            turns = np.flatnonzero(signs[moving[:-1]] != signs[moving[1:]])
            brackets += [(float(x[moving[t]]), float(x[moving[t + 1]]), float(signs[moving[t]])) for t in turns]
            before = float(signs[moving[-1]])
        if index < len(kinks) and end[1] != here[1]:
            go(math.copysign(1.0, here[1] - end[1]), end, here)
    many = len(brackets) + len(corners) > ENDLESS and bool(brackets)
    if many:
        brackets = sorted(brackets, key=lambda one: max(abs(one[0]), abs(one[1])))[:NEAREST]
    found = sorted([*corners, *_stationary(activation, brackets)], key=lambda one: abs(one.x))
    return tuple(sorted(found[:NEAREST] if many else found, key=lambda one: one.x)), many


def _sides(activation: Activation, kink: Kink) -> tuple[Point, Point]:
    """A kink's place with the function's left limit, and with its right limit."""
    value = activation(kink.x)
    left, right = kink.limits or (value, value)
    return (kink.x, left), (kink.x, right)


def _corner(activation: Activation, left: Point, right: Point, highest: bool) -> list[Extremum]:
    """The turn between the end of one direction and the start of the other, if the function attains its limit there."""
    middle = left[0] + (right[0] - left[0]) / 2
    attained = (x for x in (left[0], right[0], middle) if _close(activation(x), left[1]))
    return [Extremum(x, activation(x) + 0.0, highest) for x in attained][:1]


def _stationary(activation: Activation, brackets: list[tuple[float, float, float]]) -> list[Extremum]:
    """The places between two numbers where the sign of the derivative changes, to the last digit."""
    if not brackets:
        return []
    low, high, sign = (np.array(column) for column in zip(*brackets, strict=True))
    ends = _boundary(lambda x: np.sign(activation.derivative(x)) == sign, low, high)[0]
    starts = _boundary(lambda x: np.sign(activation.derivative(x)) != -sign, low, high)[1]
    found = []
    for a, b, direction in zip(ends.tolist(), starts.tolist(), sign.tolist(), strict=True):
        # in between, the derivative is 0 at one number, at none, or along a stretch
        x = a + (b - a) / 2
        if b == np.nextafter(a, b):
            x = min((a, b), key=lambda x: (abs(activation.derivative(x)), x))
        found.append(Extremum(x + 0.0, activation(x) + 0.0, direction > 0))
    return found


def _boundary(holds: Callable[[Array], "np.ndarray[Any, np.dtype[np.bool_]]"], low: Array, high: Array) -> list[Array]:
    """Divide intervals until their ends are neighbours: the last number for which `holds` is true, and the next."""
    share = np.linspace(0, 1, 33)[:, None]
    while np.any(np.nextafter(low, high) < high):
        x = np.maximum.accumulate(np.minimum(low + (high - low) * share, high))
        # where a step is less than the distance of two numbers, the middle is still one
        x[16] = np.clip(low + (high - low) / 2, x[15], x[17])
        last = np.logical_and.accumulate(np.concatenate([holds(x[:-1]), np.zeros((1, low.size), dtype=bool)])).sum(0)
        column = np.arange(low.size)
        low, high = x[np.maximum(last - 1, 0), column], x[np.maximum(last, 1), column]
    return [low, high]


@lru_cache(16)  # its arrays are large, and what follows from them is remembered
def _scan(activation: Activation) -> tuple[tuple[Array, Array], ...]:
    """The derivative between neighbouring kinks, at places of all magnitudes, in the window, and beside the kinks."""
    low, high = activation.window
    share = np.linspace(0, 1, 1001)
    spread = np.union1d(_EVERYWHERE, low * (1 - share) + high * share)
    ends = [-math.inf, *(kink.x for kink in activation.kinks), math.inf]
    pieces = []
    for start, stop in pairwise(ends):
        first, last = np.searchsorted(spread, start, "right"), np.searchsorted(spread, stop, "left")
        with np.errstate(over="ignore"):  # what is beyond float64 isn't between the kinks
            if math.isfinite(start) and math.isfinite(stop):
                own = start + (stop - start) * _SHARES
            elif math.isfinite(start):
                own = start + max(1.0, abs(start)) * _AWAY
            else:
                own = stop - max(1.0, abs(stop)) * _AWAY if math.isfinite(stop) else _AWAY
        x = np.union1d(spread[first:last], own)
        # not the numbers nearest to a kink, whose place is rounded
        margins = [4 * math.ulp(end) if math.isfinite(end) else 0.0 for end in (start, stop)]
        pieces.append(x[(x > start + margins[0]) & (x < stop - margins[1])])
    slopes = np.split(activation.derivative(np.concatenate(pieces)), np.cumsum([x.size for x in pieces])[:-1])
    return tuple(zip(pieces, slopes, strict=True))


def _side(left: bool, right: bool) -> Side:
    if left and right:
        return "both"
    return "left" if left else "right" if right else "none"
