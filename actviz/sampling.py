"""Where a curve is sampled, and which part of it is worth seeing."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from actviz.model import Activation, Kink
from actviz.numerics import Array

FLATNESS = 2e-4
"""How far a drawn curve may be from the true one, as a fraction of the axes' height."""

DECADES = -307.0, 308.0
"""The powers of ten at which a logarithmic axis ends: numbers below are subnormal, and there are none above."""

LARGEST_HEIGHT = 1e307
"""The largest height that is drawn: beyond it, matplotlib's arithmetic overflows."""

FINEST = 1e-13
"""The least range of an axis, as a share of its values: smaller differences are float64's rounding."""

_COARSE, _ROUNDS, _LOG_ROUNDS = 64, 24, 1100
"""How many samples a curve has at first, and how often intervals are halved; on a logarithmic axis, down to a zero."""

_MOST = 2**13
"""Only a wave that is too fast to be seen needs more samples than this: it is drawn as the area that it fills."""

_COLUMNS = 2000
"""How many columns the window is then divided into."""


@dataclass(frozen=True)
class Trace:
    """What is drawn of an activation: f or f', as it is or, for a logarithmic axis, its size; or minus another's.

    A height is a place on the axis in its own units: the value, or the decimal logarithm of the size.
    """

    activation: Activation
    derivative: bool
    log: bool = False
    minus: Activation | None = None

    def values(self, x: Array) -> Array:
        """Return what is drawn at each x: the values, or for a logarithmic axis their sizes."""
        y = self.signed(x)
        return np.abs(y) if self.log else y

    def signed(self, x: Array) -> Array:
        """Return the values with their signs, even for a logarithmic axis."""
        y = self._of(self.activation, x)
        if self.minus is not None:
            with np.errstate(invalid="ignore"):  # infinity minus infinity is NaN, which isn't drawn
                y = y - self._of(self.minus, x)
        return y

    @property
    def kinks(self) -> tuple[Kink, ...]:
        """The kinks of all that is drawn, from left to right, one for each place."""
        both = (*self.activation.kinks, *(self.minus.kinks if self.minus else ()))
        return tuple(sorted({kink.x: kink for kink in both}.values(), key=lambda kink: kink.x))

    def sides(self, kink: Kink) -> tuple[float, float]:
        """Return the values from the left and from the right of a kink."""
        left, right = self._sides_of(self.activation, kink.x)
        if self.minus is not None:
            other = self._sides_of(self.minus, kink.x)
            left, right = left - other[0], right - other[1]
        return (abs(left), abs(right)) if self.log else (left, right)

    def _of(self, activation: Activation, x: Array) -> Array:
        return np.asarray(activation.derivative(x) if self.derivative else activation(x))

    def _sides_of(self, activation: Activation, x: float) -> tuple[float, float]:
        """Return the one-sided values of an activation, whether it has a kink there or not."""
        kink = next((kink for kink in activation.kinks if kink.x == x), None)
        value = float(self._of(activation, np.asarray(x)))
        if kink is None:
            return value, value
        return (kink.left, kink.right) if self.derivative else kink.limits or (value, value)

    def heights(self, y: Array) -> Array:
        """Return the heights of values: themselves, or their decimal logarithms."""
        if not self.log:
            return y
        with np.errstate(divide="ignore"):
            return np.log10(y)


def sample(trace: Trace, window: tuple[float, float], limits: tuple[float, float]) -> tuple[Array, Array]:
    """Sample a trace between two kinks at a time, so densely that no corner is seen on a smooth curve.

    A kink is a sample exactly. Where the values jump, NaN separates the one-sided values, so that a line through the
    samples has a gap. What lies far above or below the limits is NaN too.

    Parameters
    ----------
    window
        The ends of the x axis.
    limits
        The heights of the ends of the y axis, which say what is smooth enough.
    """
    low, high = window
    kinks = {kink.x: kink for kink in trace.kinks if low <= kink.x <= high}
    xs: list[Array] = []
    ys: list[Array] = []
    for start, stop in pairwise(sorted({low, high, *kinks})):
        first, last = (float(trace.values(np.array(end))) for end in (start, stop))
        if start in kinks:
            first = trace.sides(kinks[start])[1]
        if stop in kinks:
            last = trace.sides(kinks[stop])[0]
        x, y = _piece(trace, start, stop, (first, last), window, limits)
        if xs and ys[-1][-1] == y[0]:
            x, y = x[1:], y[1:]
        elif xs:
            xs.append(np.array([start]))
            ys.append(np.array([math.nan]))
        xs.append(x)
        ys.append(y)
    x, y = np.concatenate(xs), np.concatenate(ys)
    if trace.log:
        x, y = _to_the_floor(trace, x, y, limits)
    heights, margin = trace.heights(y), limits[1] - limits[0]
    y[(heights < limits[0] - margin) | (heights > limits[1] + margin)] = math.nan
    return x, y


def _to_the_floor(trace: Trace, x: Array, y: Array, limits: tuple[float, float]) -> tuple[Array, Array]:
    """Let a curve drop to the floor where its sign changes between neighbouring numbers, neither of which is a zero."""
    signs = np.sign(trace.signed(x))
    near = np.diff(x) <= 4 * np.spacing(np.maximum(np.abs(x[:-1]), np.abs(x[1:])))
    places = np.flatnonzero((signs[:-1] * signs[1:] < 0) & near & np.isfinite(y[:-1]) & np.isfinite(y[1:])) + 1
    floor = 10.0 ** max(limits[0] - (limits[1] - limits[0]) / 2, -320.0)
    return np.insert(x, places, x[places]), np.insert(y, places, floor)


def negative(trace: Trace, x: Array) -> list[tuple[float, float]]:
    """List the stretches of a sampled curve in which it is below 0."""
    signs = np.sign(trace.signed(x))
    below = np.concatenate([[False], signs < 0, [False]])
    edges = np.flatnonzero(below[1:] != below[:-1])
    last = len(x) - 1
    return [(float(x[max(a - 1, 0)]), float(x[min(b, last)])) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def zeros(trace: Trace, window: tuple[float, float]) -> list[tuple[float, float]]:
    """List the stretches of a window on which a trace is exactly 0, without short ones."""
    x = np.linspace(*window, 401)
    flat = np.concatenate([[False], trace.values(x) == 0, [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    return [(float(x[a]), float(x[b - 1])) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 12]


def unresolved(trace: Trace, window: tuple[float, float]) -> bool:
    """Whether a curve varies by so little that float64 would show its own steps."""
    y = trace.values(np.linspace(*window, 1001))
    y = y[np.abs(y) <= LARGEST_HEIGHT]
    return not trace.log and y.size > 0 and 0 < float(np.ptp(y)) < FINEST * float(np.max(np.abs(y)))


def sample_at(trace: Trace, x: Array) -> tuple[Array, Array]:
    """Sample a trace at places in rising order, and at the kinks between them; a jump is a gap, as in `sample`."""
    y = trace.values(x)
    for kink in trace.activation.kinks:
        if x[0] <= kink.x <= x[-1]:
            left, right = trace.sides(kink)
            before, after = np.searchsorted(x, kink.x, "left"), np.searchsorted(x, kink.x, "right")
            sides = [left, right] if left == right else [left, math.nan, right]
            x = np.concatenate([x[:before], [kink.x] * len(sides), x[after:]])
            y = np.concatenate([y[:before], sides, y[after:]])
    return x, y


def _piece(
    trace: Trace,
    start: float,
    stop: float,
    ends: tuple[float, float],
    window: tuple[float, float],
    limits: tuple[float, float],
) -> tuple[Array, Array]:
    """Halve intervals until the curve is straight in each; if the whole piece is straight, keep just its ends."""
    height = limits[1] - limits[0]
    share = (stop - start) / (window[1] - window[0])
    coarse = _COARSE
    if math.isnan(trace.activation.derivative(math.inf)):  # it never settles: enough samples to see each turn
        rises = np.sign(np.diff(trace.values(np.linspace(start, stop, _MOST // 2))))
        coarse = max(coarse, 8 * int(np.count_nonzero(rises[1:] != rises[:-1])))
    x = np.linspace(start, stop, max(3, math.ceil(coarse * share) + 1))
    if start < 0 < stop:
        x = np.union1d(x, [0.0])
    y = trace.values(x)
    y[0], y[-1] = ends

    def seen(values: Array) -> Array:
        return np.asarray(np.clip(trace.heights(values), limits[0] - 2 * height, limits[1] + 2 * height))

    halved, at_middle = np.ones(x.size - 1, dtype=bool), np.empty(x.size - 1)
    for _ in range(_LOG_ROUNDS if trace.log else _ROUNDS):
        middle, heights = x[:-1] + np.diff(x) / 2, seen(y)
        at_middle[halved] = trace.values(middle[halved])  # of the other intervals, it is known
        bent = np.abs(seen(at_middle) - (heights[:-1] + np.diff(heights) / 2)) > FLATNESS * height
        bent &= (x[:-1] < middle) & (middle < x[1:])
        if not bent.any():
            break
        # neighbours of a bent interval too: the next rounds see bends that are symmetrical about an interval's middle
        bent |= np.concatenate([bent[1:], [False]]) | np.concatenate([[False], bent[:-1]])
        places = np.flatnonzero(bent) + 1
        x, y = np.insert(x, places, middle[bent]), np.insert(y, places, at_middle[bent])
        halves = np.where(bent, 2, 1)
        halved, at_middle = np.repeat(bent, halves), np.repeat(at_middle, halves)
        if x.size > _MOST:
            return _filled(trace, start, stop, ends, math.ceil(_COLUMNS * share))
    heights = seen(y)
    chord = heights[0] + (heights[-1] - heights[0]) * ((x - start) / (stop - start))
    straight = np.all(np.abs(heights - chord) <= 1e-9 * height)
    return (x[[0, -1]], y[[0, -1]]) if straight else (x, y)


def _filled(trace: Trace, start: float, stop: float, ends: tuple[float, float], columns: int) -> tuple[Array, Array]:
    """Sample each column at irregular places, and keep the lowest and the highest value: what a fast wave fills."""
    edges = np.linspace(start, stop, columns + 1)
    shares = np.sort(np.modf(np.arange(1, 33) * (math.sqrt(5) - 1) / 2)[0])
    x = edges[:-1, None] + np.diff(edges)[:, None] * shares
    y = trace.values(x)
    kept = np.sort(np.stack([y.argmin(axis=1), y.argmax(axis=1)], axis=1), axis=1)
    x, y = np.take_along_axis(x, kept, axis=1).ravel(), np.take_along_axis(y, kept, axis=1).ravel()
    return np.concatenate([[start], x, [stop]]), np.concatenate([ends[:1], y, ends[1:]])


def y_limits(
    traces: Iterable[Trace],
    window: tuple[float, float],
    padding: float = 0.06,
    headroom: float = 0.0,
    footroom: float = 0.0,
) -> tuple[float, float]:
    """Choose the heights between which the shape of the curves is seen.

    That is all of their values, with some room; but of a curve that grows beyond all measure (exp) only what lies
    within ten times the width of the window, if a good part of the curve does. The padding is on both sides, headroom
    and footroom are above and below, all as shares of the height.
    """
    low, high = window
    logarithmic, curves = False, []
    for trace in traces:
        logarithmic = trace.log
        for heights in map(trace.heights, _probed(trace, window)):
            seen = (DECADES[0] <= heights if logarithmic else np.abs(heights) <= LARGEST_HEIGHT) & np.isfinite(heights)
            curves.append(heights[seen])
    y = np.concatenate(curves)
    bottom, top = (float(y.min()), float(y.max())) if y.size else (0.0, 1.0)
    if logarithmic:
        bottom = min(bottom, top - 2)  # so that two powers of ten are on the axis
    else:
        if y.size and top - bottom > 10 * (high - low):
            bottom, top = _within_measure(curves, reach=10 * (high - low))
        bottom, top = _with_zero(bottom, top)
        least = FINEST * max(abs(bottom), abs(top))
        if 0 < top - bottom < least:
            middle = (bottom + top) / 2
            bottom, top = middle - least / 2, middle + least / 2
    if bottom == top:  # 0 everywhere
        bottom, top = bottom - 1, top + 1
    height = top - bottom or 1.0
    bottom, top = bottom - (padding + footroom) * height, top + (padding + headroom) * height
    return (max(bottom, DECADES[0]), min(top, DECADES[1])) if logarithmic else (bottom, top)


def _probed(trace: Trace, window: tuple[float, float]) -> list[Array]:
    """Evaluate a trace all over a window, and on both sides of each kink in it."""
    low, high = window
    sides = [trace.sides(kink) for kink in trace.kinks if low <= kink.x <= high]
    return [trace.values(np.linspace(low, high, 1001)), *map(np.array, sides)]


@dataclass(frozen=True)
class Gap:
    """The part of a curve that can't be drawn: whether that is all of it, and its values there ("beyond ±1e307")."""

    whole: bool
    values: str


def gap(trace: Trace, window: tuple[float, float]) -> Gap | None:
    """Find the part of a trace that can't be drawn; zeros on a logarithmic axis only count if they are all of it."""
    low, high = window
    values, *_ = _probed(trace, window)
    # of a kink at an end of the window, only one side is in it
    left = [trace.sides(kink)[0] for kink in trace.kinks if low < kink.x <= high]
    right = [trace.sides(kink)[1] for kink in trace.kinks if low <= kink.x < high]
    y = np.concatenate([values, left, right])
    if not trace.log:
        beyond = ~(np.abs(y) <= LARGEST_HEIGHT)
        largest = f"{LARGEST_HEIGHT:g}".replace("+", "")
        return Gap(bool(beyond.all()), f"beyond ±{largest}") if beyond.any() else None
    heights = trace.heights(y)
    if (heights < DECADES[0]).all():
        return Gap(True, f"below 1e{DECADES[0]:.0f}" if y.any() else "0")
    beyond = heights > DECADES[1]
    whole = bool((beyond | (heights < DECADES[0])).all())
    return Gap(whole, f"beyond 1e{DECADES[1]:.0f}") if beyond.any() else None


def _within_measure(curves: list[Array], reach: float) -> tuple[float, float]:
    """Return the limits within a reach of the median, so that curves that grow to the window's ends are cut there.

    Other curves are not cut, and no curve is cut as a whole.
    """
    y = np.concatenate(curves)
    middle = float(np.median(y))
    bottom, top = middle - reach, middle + reach
    if np.mean((bottom <= y) & (y <= top)) < 0.25:
        return float(y.min()), float(y.max())
    for curve in curves:
        # only two values: the sides of a kink
        growing = curve.size > 2 and np.argmax(np.abs(np.diff(curve))) in (0, curve.size - 2)
        if curve.size and not (growing and ((middle - reach <= curve) & (curve <= middle + reach)).any()):
            bottom, top = min(bottom, float(curve.min())), max(top, float(curve.max()))
    return max(bottom, float(y.min())), min(top, float(y.max()))


def _with_zero(bottom: float, top: float) -> tuple[float, float]:
    """Extend the limits to 0, unless the shape would then take less than half the height."""
    height = top - bottom
    if abs(bottom) <= height or abs(top) <= height or height == 0:
        return min(bottom, 0.0), max(top, 0.0)
    return bottom, top
