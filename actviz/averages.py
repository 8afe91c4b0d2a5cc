"""Averages of functions over normally distributed inputs."""

import math
from collections.abc import Callable, Iterable

import numpy as np

from actviz.numerics import LARGEST, Array

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_EDGES = np.array([0.0, 1.5, 3.0, 4.5, 6.0, 9.0, 14.0, 38.0])  # farther out exp(-z²/2) is practically 0
_SCALES = np.array([1.0, 4.0, 16.0])  # of the places at which activations bend
_TOLERANCE = 1e-12  # between a piece of width 1 and its halves, which are then up to 2²⁴ times as good


def mean(
    function: Callable[[Array], Array], variance: float = 1.0, kinks: Iterable[float] = (), most: int = 65_536
) -> float:
    """Return E g(√q Z) for Z ~ N(0, 1): the integral of g(√q z) exp(-z²/2)/√(2π).

    It uses 12 Gauss-Legendre nodes on each of about twenty pieces, and halves a piece where its halves disagree with
    it: at a sharp bend, at an unknown jump, in a fast wave. A mean that is nothing but rounding is returned as 0.

    Parameters
    ----------
    function
        g, of an array; what overflows counts as the largest number of float64.
    variance
        q, above 0; the relative error is below 1e-12 for activations and their squares with q from 1e-6 to 1e6.
    kinks
        Where g bends or jumps, in its own units.
    most
        How many pieces may be halved at a time: about the highest frequency of a wave, in radians a standard deviation.
    """
    scale = math.sqrt(variance)
    inner = np.array([*_SCALES, *-_SCALES, *kinks]) / scale
    edges = np.unique(np.concatenate([_EDGES, -_EDGES, inner[np.abs(inner) < _EDGES[-1]]]))
    low, high = edges[:-1], edges[1:]
    whole, _ = _integrate(function, scale, low, high)
    done: list[float] = []
    size = 0.0
    while low.size:
        middle = low + (high - low) / 2
        allowed = _TOLERANCE * (high - low)
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        halves, sizes = _integrate(function, scale, low, high)
        off = np.abs(halves.reshape(2, -1).sum(0) - whole) > allowed * (size + float(sizes.sum()))
        off &= low[: off.size] < middle  # until the halves are neighbouring numbers
        if 2 * np.count_nonzero(off) > most:
            off[:] = False
        again = np.concatenate([off, off])
        done.extend(halves[~again].tolist())
        size += float(sizes[~again].sum())
        low, high, whole = low[again], high[again], halves[again]
    total = math.fsum(done)
    return 0.0 if abs(total) <= 1e-13 * size else total


def _integrate(function: Callable[[Array], Array], scale: float, low: Array, high: Array) -> tuple[Array, Array]:
    """Integrate g(scale·z) φ(z), and its size, over each interval."""
    middle, half = low + (high - low) / 2, (high - low) / 2
    z = middle[:, None] + half[:, None] * _NODES
    with np.errstate(over="ignore"):
        values = np.clip(function(scale * z), -LARGEST, LARGEST)
    parts = np.exp(-z * z / 2) * (half[:, None] * _WEIGHTS / math.sqrt(2 * math.pi)) * values
    return parts.sum(axis=1), np.abs(parts).sum(axis=1)
