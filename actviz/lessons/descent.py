"""Gradient descent on a quadratic, ½ (w - c)ᵀ H (w - c), in two weights.

With the rate 2/(λ₁ + λ₂), the best there is, each step multiplies the distance by at most (κ - 1)/(κ + 1), where κ =
λ₂/λ₁ (Goh 2017, Why momentum really works). If the loss is the mean square of a linear unit's errors, H is E xxᵀ of its
inputs x; for d uncorrelated inputs with mean m and variance v each, κ = 1 + d m²/v (LeCun, Kanter, Solla 1990, Second
order properties of error surfaces).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actviz.errors import InputError
from actviz.model import Activation, Definition
from actviz.numerics import Array
from actviz.registry import get

ARRIVED = 0.01
"""Descent has arrived at this share of the first distance."""

START = (-2.0, 1.0)
"""Where descent starts in `spread`, `correlated` and `normalised`."""

_MOST = 2000  # steps
_RADIUS = 1.5
_ORDER = np.array([0, 3, 6, 1, 4, 7, 2, 5])  # symmetric and uncorrelated, so that no activation is favoured


@dataclass(frozen=True, eq=False)
class Descent:
    """A path down a quadratic.

    Parameters
    ----------
    hessian
        H, of shape (2, 2), symmetric, with no negative eigenvalue.
    optimum
        c, of shape (2,).
    rate
        The step is rate · gradient.
    path
        The weights after 0 … t steps, of shape (t + 1, 2), up to where it arrived or gave up.
    """

    hessian: Array
    optimum: Array
    rate: float
    path: Array

    @cached_property
    def eigenvalues(self) -> tuple[float, float]:
        """λ₁ ≤ λ₂ of H."""
        return _eigenvalues(self.hessian)

    @property
    def condition(self) -> float:
        """κ = λ₂/λ₁; infinite if λ₁ is 0."""
        low, high = self.eigenvalues
        return high / low if low else math.inf

    @cached_property
    def distances(self) -> Array:
        """|w - c| along the path, of shape (t + 1,)."""
        return np.asarray(np.hypot(*(self.path - self.optimum).T))

    @property
    def steps(self) -> int | None:
        """How many steps it takes to reach 1 % of the first distance; None if it doesn't arrive."""
        return len(self.path) - 1 if self.distances[-1] <= ARRIVED * self.distances[0] else None

    def loss(self, w: ArrayLike) -> Array:
        """Return ½ (w - c)ᵀ H (w - c) of weights of shape (..., 2)."""
        away = np.asarray(w) - self.optimum
        return np.asarray(0.5 * np.einsum("...i,ij,...j", away, self.hessian, away))

    def contour(self, level: float) -> tuple[float, float, float]:
        """Return the ellipse on which the loss has a level: full width, full height, and the width's angle in degrees.

        The width lies along the eigenvector of λ₁, so it is the larger one; infinite if λ₁ is 0.
        """
        (a, b), (_, d) = self.hessian.tolist()
        # the direction of the larger eigenvalue is at half the angle of (a - d, 2b)
        angle = math.degrees(math.atan2(2 * b, a - d)) / 2 + 90 if b or a != d else 0.0
        width, height = (2 * math.sqrt(2 * level / one) if one else math.inf for one in self.eigenvalues)
        return width, height, (angle + 90) % 180 - 90


def _eigenvalues(hessian: Array) -> tuple[float, float]:
    """λ₁ ≤ λ₂ of a symmetric matrix; a λ₁ that is only rounding counts as 0."""
    (a, b), (_, d) = hessian.tolist()
    high = (a + d) / 2 + math.hypot((a - d) / 2, b)
    low = (a * d - b * b) / high if high else 0.0
    return (low if low > 4e-16 * high else 0.0), high


def descend(
    hessian: ArrayLike,
    start: ArrayLike,
    optimum: ArrayLike = (0.0, 0.0),
    rate: float | None = None,
) -> Descent:
    """Descend a quadratic until 1 % of the distance is left, or it diverges, or after 2,000 steps.

    Parameters
    ----------
    hessian
        H, of shape (2, 2), symmetric.
    start, optimum
        The first weights and c, of shape (2,).
    rate
        By default the best one, 2/(λ₁ + λ₂), or 1/λ₂ if λ₁ is 0.

    Raises
    ------
    InputError
        If no rate is given and both eigenvalues are 0.
    """
    h, c = np.asarray(hessian, dtype=np.float64), np.asarray(optimum, dtype=np.float64)
    low, high = _eigenvalues(h)
    if rate is None:
        if high <= 0:
            raise InputError("the quadratic is flat, so there is no best rate; give one", "rate")
        rate = 2 / (low + high) if low else 1 / high
    return _follow(h, c, rate, np.asarray(start, dtype=np.float64), lambda _: h)


def _follow(hessian: Array, optimum: Array, rate: float, start: Array, of_step: Callable[[int], Array]) -> Descent:
    """Descend with a matrix for each step in place of H."""
    path = [start]
    away = start - optimum
    first = math.hypot(*away)
    while len(path) <= _MOST and ARRIVED * first < math.hypot(*away) < 1e6 * first:
        away = away - rate * (of_step(len(path) - 1) * away).sum(axis=1)
        path.append(optimum + away)
    return Descent(hessian, optimum, rate, np.array(path))


def spread(ratio: float = 4.0) -> Descent:
    """Descend from (-2, 1) with inputs whose spreads have a ratio, above 0 and below 1000: H = diag(1, ratio²)."""
    if not 0 < ratio < 1e3:
        raise InputError(f"spread {ratio:g} is outside (0, 1000)", "spread")
    return descend([[1.0, 0.0], [0.0, ratio**2]], START)


def correlated(correlation: float = 0.5) -> Descent:
    """Descend from (-2, 1) with inputs of spread 1 and correlation r, between -1 and 1: H = [[1, r], [r, 1]]."""
    if not -1 < correlation < 1:
        raise InputError(f"correlation {correlation:g} is outside (-1, 1)", "correlation")
    return descend([[1.0, correlation], [correlation, 1.0]], START)


def normalised() -> Descent:
    """Descend from (-2, 1) with uncorrelated inputs of spread 1: H = I, one step."""
    return descend(np.eye(2), START)


def condition(mean: float, variance: float, inputs: int = 100) -> float:
    """Return κ = 1 + d m²/v of d uncorrelated inputs with mean m and variance v each."""
    return 1 + inputs * mean**2 / variance


@dataclass(frozen=True, eq=False)
class Zigzag:
    """A linear unit that learns from the outputs of an activation, one sample a step.

    Its weights start at (0, 0), and the best ones are c = (1, -1). Each step is w ← w - η ((w - c)·x) x with η =
    1/max|x|², the largest rate at which no step overshoots.

    Parameters
    ----------
    activation
        f.
    inputs
        The samples x = f(u), of shape (8, 2), in the order in which they are visited; the u lie on a circle of radius
        1.5.
    descent
        The path, one sample a step, with H = E xxᵀ.
    batch
        The path with all samples a step and the best rate.
    """

    activation: Activation
    inputs: Array
    descent: Descent
    batch: Descent

    @property
    def one_sign(self) -> bool:
        """Whether no input is negative, or none positive: then the weights can only grow or fall together."""
        return bool((self.inputs >= 0).all() or (self.inputs <= 0).all())

    @property
    def together(self) -> NDArray[np.bool_]:
        """For each step, whether both weights moved the same way, of shape (t,)."""
        moves = np.diff(self.descent.path, axis=0)
        return np.asarray(moves[:, 0] * moves[:, 1] > 0)


def zigzag(activation: str | Activation | Definition) -> Zigzag:
    """Let a linear unit learn (1, -1) from eight outputs of two units with an activation.

    Raises
    ------
    InputError
        If every output is 0, or one isn't finite.
    """
    activation = get(activation)
    angles = 2 * math.pi * (_ORDER + 0.5) / _ORDER.size
    inputs = activation(_RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=-1))
    largest = float(np.square(inputs).sum(axis=1).max())
    if not 0 < largest < math.inf:
        problem = "is always 0" if largest == 0 else "has no finite output"
        raise InputError(f"{activation.spec} {problem} for inputs within 1.5, so there is nothing to learn from")
    squares = inputs[:, :, None] * inputs[:, None, :]
    hessian, optimum, start = squares.mean(axis=0), np.array([1.0, -1.0]), np.zeros(2)
    single = _follow(hessian, optimum, 1 / largest, start, lambda step: squares[step % len(squares)])
    return Zigzag(activation, inputs, single, descend(hessian, start, optimum))
