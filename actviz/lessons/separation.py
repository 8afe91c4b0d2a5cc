"""Two rings of points, and what two layers make of them; only the output weights are fitted.

Hidden unit i of u has the direction wᵢ = (cos aᵢ, sin aᵢ), aᵢ = 2πi/u + π/2, and the bias -0.8. The output weights are
those of ridge least squares on the targets ±1: v = (FᵀF + 1e-6·120·I)⁻¹ Fᵀ t with F = [1, f(wᵢ·x - 0.8)]. No stack of
linear layers can fit better than linear units do here, and nothing depends on luck.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import InputError
from actviz.model import Activation, Definition
from actviz.numerics import Array
from actviz.options import whole
from actviz.registry import get

BIAS = -0.8
"""The bias of every hidden unit. Without it, odd activations would make an odd function, but a ring is even."""

EXTENT = 2.5
"""The plane is shown from -2.5 to 2.5 in both directions."""

MOST_UNITS = 60

_RIDGE = 1e-6
_POINTS = 60  # of each class


@dataclass(frozen=True, eq=False)
class Separation:
    """Two layers that were fitted to the rings.

    Parameters
    ----------
    activation
        f of the hidden layer.
    directions
        The wᵢ, of shape (units, 2).
    weights
        The output weights v, that of the constant 1 first; of shape (units + 1,).
    """

    activation: Activation
    directions: Array
    weights: Array

    def features(self, points: ArrayLike) -> Array:
        """Return F = [1, f(wᵢ·x - 0.8)] of points of shape (..., 2): of shape (..., units + 1)."""
        # multiplied elementwise, so that the result, unlike that of @, doesn't depend on a matrix library
        hidden = self.activation((np.asarray(points)[..., None, :] * self.directions).sum(axis=-1) + BIAS)
        return np.concatenate([np.ones((*hidden.shape[:-1], 1)), hidden], axis=-1)

    def __call__(self, points: ArrayLike) -> Array:
        """Return the output for points of shape (..., 2): above 0, a point counts as one of the inner class."""
        return np.asarray(self.features(points) @ self.weights)

    @cached_property
    def _margins(self) -> Array:
        points, targets = rings()
        return np.asarray(self(points) * targets)

    @property
    def right(self) -> int:
        """How many of the 120 points are on their side."""
        return int(np.count_nonzero(self._margins > 0))

    @property
    def share(self) -> float:
        """The share of points on their side, from 0 to 1."""
        return self.right / self._margins.size

    @property
    def margin(self) -> float:
        """The smallest product of output and target: above 0 if all points are on their side."""
        return float(self._margins.min())

    @property
    def rank(self) -> int:
        """The rank of F on the points: 3 for any number of linear units above 1."""
        return int(np.linalg.matrix_rank(self.features(rings()[0])))

    @property
    def bends(self) -> tuple[tuple[float, float, float], ...]:
        """The lines a·x + b·y = c at which hidden units bend: (a, b, c) for each unit and kink."""
        return tuple((a, b, kink.x - BIAS) for a, b in self.directions.tolist() for kink in self.activation.kinks)


def rings() -> tuple[Array, Array]:
    """Return points of shape (120, 2) and targets of shape (120,): 60 in a disc of radius 1 (+1), 60 around it (-1).

    Inner: radius √((k + ½)/60), angle k·π(3 - √5). Outer: radius 1.5 + 0.6·frac(0.6180339887498949 k), angle
    2π(k + ½)/60.
    """
    k = np.arange(_POINTS)
    radii = np.concatenate([np.sqrt((k + 0.5) / _POINTS), 1.5 + 0.6 * (0.6180339887498949 * k % 1)])
    angles = np.concatenate([k * math.pi * (3 - math.sqrt(5)), 2 * math.pi * (k + 0.5) / _POINTS])
    return radii[:, None] * _on_circle(angles), np.repeat([1.0, -1.0], _POINTS)


def separate(activation: str | Activation | Definition, units: int = 6) -> Separation:
    """Fit two layers with `units` hidden units (1 to 60) to the rings.

    Raises
    ------
    InputError
        If a hidden unit's output isn't finite, or for units outside the bounds.
    """
    activation = get(activation)
    units = whole("units", units, 1, MOST_UNITS)
    directions = _on_circle(2 * math.pi * np.arange(units) / units + math.pi / 2)
    points, targets = rings()
    features = Separation(activation, directions, np.zeros(units + 1)).features(points)
    if not np.isfinite(features).all():
        raise InputError(f"{activation.spec} has no finite output for some points of the plane")
    penalty = _RIDGE * targets.size * np.eye(units + 1)
    weights = np.linalg.solve(features.T @ features + penalty, features.T @ targets)
    return Separation(activation, directions, np.asarray(weights, dtype=np.float64))


def plane(separation: Separation, size: int = 121) -> tuple[Array, Array]:
    """Return the coordinates of a grid, of shape (size,), and the output on it, of shape (size, size): rows are y."""
    at = np.linspace(-EXTENT, EXTENT, size)
    return at, separation(np.stack(np.meshgrid(at, at), axis=-1))


def _on_circle(angles: Array) -> Array:
    return np.stack([np.cos(angles), np.sin(angles)], axis=-1)
