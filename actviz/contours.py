"""Contours of a gated unit a·g(b) over a and b: exact, since a = c/g(b) on the contour of level c."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from actviz.gated import SETTLED, GatedUnit
from actviz.model import Activation
from actviz.numerics import Array

SAMPLES = 801
"""How many samples of the gate are taken between the ends of its axis."""

OCTAVES = 6
"""How many powers of two are levels, for each sign."""

FEW = 3
"""If fewer powers of two than this are seen, the levels are evenly spaced instead."""

STRAIGHT = 0.0005
"""Samples of a contour that are off a straight line by less than this share of the axes' width are left out."""

FAR = 4.0
"""How far a contour is followed outside the axes, in their widths."""

Limits = tuple[float, float]
Places = NDArray[Any]


def levels(unit: GatedUnit, ends: Limits) -> list[float]:
    """Choose levels other than 0: powers of two of both signs, or evenly spaced ones where few of these are seen."""
    least, largest = bounds(unit, ends)
    found = []
    for sign, size in ((-1.0, -least), (1.0, largest)):
        if size > 0:
            top = math.floor(math.log2(0.9 * size))
            found += [sign * 2.0**power for power in range(top - OCTAVES + 1, top + 1)]
    seen = [level for level in sorted(found) if least < level < largest]
    if len(seen) >= FEW or least >= largest:
        return seen
    step = 10.0 ** math.floor(math.log10((largest - least) / 4))
    step *= next(times for times in (1, 2, 5, 10) if (largest - least) / (times * step) <= 6)
    first = math.floor(least / step) + 1
    return [level for k in range(first, first + 8) if (level := float(f"{k * step:.12g}")) and least < level < largest]


def bounds(unit: GatedUnit, ends: Limits) -> Limits:
    """Return the least and the largest value between the ends of both inputs."""
    gates = np.asarray(unit.gate(samples(unit.gate, ends)))
    with np.errstate(over="ignore"):
        corners = np.multiply.outer(ends, [gates.min(), gates.max()])
    return float(corners.min()), float(corners.max())


def samples(gate: Activation, ends: Limits, count: int = SAMPLES) -> Array:
    """Return places along the gate's axis, its kinks and 0 among them."""
    special = [x for x in (0.0, *(kink.x for kink in gate.kinks)) if ends[0] <= x <= ends[1]]
    return np.unique(np.concatenate([np.linspace(*ends, count), special]))


def vanishing(gate: Activation, ends: Limits) -> tuple[list[float], list[Limits]]:
    """Find where a gate is 0: the single places, and the stretches."""
    b = samples(gate, ends)
    sign = np.sign(gate(np.clip(b, -SETTLED, SETTLED)))  # farther out a value of 0 may only be too small
    places = [float(_crossing(gate, b[i], b[i + 1])) for i in np.flatnonzero(sign[:-1] * sign[1:] < 0)]
    stretches = []
    for run in _runs(sign == 0):
        if len(run) > 1:
            stretches.append((float(b[run[0]]), float(b[run[-1]])))
        else:
            places.append(float(b[run[0]]))
    return sorted(places), stretches


def _crossing(gate: Activation, low: float, high: float) -> float:
    """Find by bisection where a gate changes its sign between two places."""
    side = np.sign(gate(low))
    while low < (middle := low + (high - low) / 2) < high:
        low, high = (middle, high) if np.sign(gate(middle)) == side else (low, middle)
    return high


def pieces(gate: Activation, level: float, ends: Limits) -> Iterator[tuple[Array, Array]]:
    """Yield a and b of each piece of a contour inside the axes or just beyond them; the level isn't 0."""
    b = samples(gate, ends)
    with np.errstate(divide="ignore", over="ignore"):
        a = level / np.asarray(gate(b))
    reach = FAR * (ends[1] - ends[0])
    inside = (a >= ends[0]) & (a <= ends[1])
    # one more sample at both ends, so that the contour reaches the edge
    near = inside.copy()
    near[1:] |= inside[:-1]
    near[:-1] |= inside[1:]
    near &= np.isfinite(a)
    for run in _runs(near):
        for part in _same_sign(a, run):
            across, up = np.clip(a[part], ends[0] - reach, ends[1] + reach), b[part]
            kept = _corners(across / (ends[1] - ends[0]), up / (ends[1] - ends[0]))
            yield across[kept], up[kept]


def _runs(true: Places) -> Iterator[Places]:
    places = np.flatnonzero(true)
    if len(places):
        yield from np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)


def _same_sign(a: Array, run: Places) -> Iterator[Places]:
    cuts = np.flatnonzero(np.diff(np.sign(a[run])) != 0) + 1
    yield from (part for part in np.split(run, cuts) if len(part) > 1)


def _corners(x: Array, y: Array) -> list[int]:
    """Return which points to keep; the others lie within `STRAIGHT` of the lines between these."""
    kept, waiting = [0], [(0, len(x) - 1)]
    while waiting:
        start, stop = waiting.pop()
        if stop - start > 1:
            across, up = x[stop] - x[start], y[stop] - y[start]
            inner = slice(start + 1, stop)
            away = np.abs(across * (y[inner] - y[start]) - up * (x[inner] - x[start])) / (math.hypot(across, up) or 1.0)
            farthest = start + 1 + int(away.argmax())
            if away.max() > STRAIGHT:
                waiting += [(farthest, stop), (start, farthest)]
                continue
        kept.append(stop)
    return sorted(kept)
