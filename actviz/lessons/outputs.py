"""What comes out of an activation when normally distributed numbers go in."""

import math
from dataclasses import dataclass

import numpy as np

from actviz import analysis
from actviz.averages import mean
from actviz.errors import InputError
from actviz.model import Activation, Definition
from actviz.numerics import LARGEST, Array, normal_cdf
from actviz.registry import get

_REACH = 8.0  # standard deviations, beyond which 1e-15 of all inputs lie
_SHOWN = 3.5  # standard deviations, within which all but 1 in 2,000 lie
_MOST_BINS = 200
_LEAST_SPIKE = 1e-4


@dataclass(frozen=True, eq=False)
class Outputs:
    """The distribution of f(√q Z), Z ~ N(0, 1).

    Parameters
    ----------
    activation
        f.
    mean, variance
        E f and E f² - (E f)², by `actviz.averages`.
    edges
        The ends of the bins, of shape (k + 1,); whole multiples of a bin's width, so that 0 is one of them.
    masses
        The probability of each bin, of shape (k,), without that of `spikes`; with it, they add up to at least 0.999.
    spikes
        Single values with a probability above 0, and that probability, in rising order: (0, 0.5) for ReLU.
    """

    activation: Activation
    mean: float
    variance: float
    edges: Array
    masses: Array
    spikes: tuple[tuple[float, float], ...]


def outputs(activation: str | Activation | Definition, variance: float = 1.0, width: float | None = None) -> Outputs:
    """Return the distribution of f(X) for X ~ N(0, variance), in bins.

    Masses are exact but for rounding: the normal probability of the set that f maps into a bin.

    Parameters
    ----------
    variance
        The variance of the inputs, above 0.
    width
        The width of a bin, above 0; by default 0.05, or more if that would make more than 200 bins.

    Raises
    ------
    InputError
        If an output is NaN or beyond float64, or an argument is outside its bounds.
    """
    activation = get(activation)
    if not 0 < variance < math.inf:
        raise InputError(f"the variance must be finite and above 0, not {variance:g}", "variance")
    if width is not None and not 0 < width < math.inf:
        raise InputError(f"the width must be finite and above 0, not {width:g}", "width")
    scale = math.sqrt(variance)
    z = _places(activation, scale)
    y = activation(scale * z)
    if not np.isfinite(y).all():
        raise InputError(f"{activation.spec} has no finite output for some inputs within 8 standard deviations")
    kinks = [kink.x for kink in activation.kinks]
    average = mean(activation, variance, kinks)
    spikes, flat = _spikes(activation, scale, z, y)
    edges = _edges(y[(np.abs(z) <= _SHOWN)], width)
    z = np.union1d(z, _crossings(activation, scale, z, y, edges))
    masses = np.diff(normal_cdf(z))
    middle = z[:-1] + np.diff(z) / 2
    for low, high in flat:
        masses[(low <= middle) & (middle <= high)] = 0.0
    values = np.clip(activation(scale * middle), -LARGEST, LARGEST)
    inside = (edges[0] <= values) & (values <= edges[-1])
    masses = np.histogram(values[inside], edges, weights=masses[inside])[0]
    square = mean(lambda x: np.square(activation(x) - average), variance, kinks)
    return Outputs(activation, average, square, edges, masses, spikes)


def _places(activation: Activation, scale: float) -> Array:
    """Return places between which f is monotonic: closely spaced everywhere, and on both sides of kinks and turns."""
    own = [kink.x for kink in activation.kinks] + [one.x for one in analysis.extrema(activation)]
    own = [x for one in own for x in (math.nextafter(one, -math.inf), one, math.nextafter(one, math.inf))]
    inner = np.array(own) / scale
    return np.union1d(np.linspace(-_REACH, _REACH, 4097), inner[np.abs(inner) < _REACH])


def _spikes(
    activation: Activation, scale: float, z: Array, y: Array
) -> tuple[tuple[tuple[float, float], ...], list[tuple[float, float]]]:
    """Find the values that f keeps along whole stretches, with their probabilities, and the stretches."""
    still = (np.diff(y) == 0) & (activation.derivative(scale * (z[:-1] + np.diff(z) / 2)) == 0)
    steps = np.diff(np.concatenate([[0], still.astype(int), [0]]))
    probability: dict[float, float] = {}
    stretches = []
    for start, stop in zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True):
        value = float(y[start]) + 0.0
        low = _end(activation, scale, z[start], z[max(start - 1, 0)], value)
        high = _end(activation, scale, z[stop], z[min(stop + 1, z.size - 1)], value)
        # what lies beyond the reach has the same value
        below = 0.0 if start == 0 else float(normal_cdf(np.array([low]))[0])
        above = 0.0 if stop == z.size - 1 else float(normal_cdf(np.array([-high]))[0])
        mass = 1.0 - below - above
        if mass >= _LEAST_SPIKE:
            probability[value] = probability.get(value, 0.0) + mass
            stretches.append((low, high))
    return tuple(sorted(probability.items())), stretches


def _end(activation: Activation, scale: float, inside: float, outside: float, value: float) -> float:
    """Find by bisection where a stretch of one value ends."""
    for _ in range(60):
        middle = inside + (outside - inside) / 2
        if activation(scale * middle) == value and activation.derivative(scale * middle) == 0:
            inside = middle
        else:
            outside = middle
    return float(inside)


def _edges(y: Array, width: float | None) -> Array:
    """Return whole multiples of a width around all values."""
    low, high = float(y.min()), float(y.max())
    if width is None:
        widths = (digit * 10.0**power for power in range(-2, 309) for digit in (1, 2, 5))
        width = next(one for one in widths if one >= 0.05 and (high - low) / one <= _MOST_BINS)
    first, last = math.floor(low / width), math.ceil(high / width)
    return np.arange(first, max(last, first + 1) + 1.0) * width


def _crossings(activation: Activation, scale: float, z: Array, y: Array, edges: Array) -> Array:
    """Find by bisection where f passes the edges of bins."""
    low, high = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:])
    first, last = np.searchsorted(edges, low, "right"), np.searchsorted(edges, high, "left")
    count = np.maximum(last - first, 0)
    segment = np.repeat(np.arange(count.size), count)
    edge = edges[np.repeat(first, count) + np.arange(segment.size) - np.repeat(np.cumsum(count) - count, count)]
    start, stop = z[segment], z[segment + 1]
    rising = y[segment] < y[segment + 1]
    for _ in range(44):
        middle = start + (stop - start) / 2
        before = (activation(scale * middle) < edge) == rising
        start, stop = np.where(before, middle, start), np.where(before, stop, middle)
    return np.asarray(start)
