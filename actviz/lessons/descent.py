"""Gradient descent on a quadratic, ½ (w - c)ᵀ H (w - c), in two weights.

With the rate 2/(λ₁ + λ₂), the best there is, the distance shrinks by (κ - 1)/(κ + 1) a step or faster, κ = λ₂/λ₁ (Goh
2017, Why momentum really works). With the mean square of a linear unit's errors as the loss, H is E xxᵀ of its inputs;
if they have mean m and variance v each and are uncorrelated, κ = 1 + d m²/v for d inputs (LeCun, Kanter, Solla 1990,
Second order properties of error surfaces).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actviz.model import Activation, Definition
from actviz.numerics import Array

ARRIVED = 0.01
"""Descent has arrived at this share of the first distance."""


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
        Of shape (t + 1, 2), from the start to where it arrived or gave up.
    """

    hessian: Array
    optimum: Array
    rate: float
    path: Array

    @property
    def eigenvalues(self) -> tuple[float, float]:
        """λ₁ ≤ λ₂ of H."""

    @property
    def condition(self) -> float:
        """κ = λ₂/λ₁; infinite if λ₁ is 0."""

    @property
    def distances(self) -> Array:
        """|w - c| along the path, of shape (t + 1,)."""

    @property
    def steps(self) -> int | None:
        """How many steps it takes to 1 % of the first distance; None if it doesn't arrive."""

    def loss(self, w: ArrayLike) -> Array:
        """Return ½ (w - c)ᵀ H (w - c) of weights of shape (..., 2)."""

    def contour(self, level: float) -> tuple[float, float, float]:
        """Return the ellipse on which the loss has a level: its whole width, height, and the width's angle in degrees."""


def descend(
    hessian: ArrayLike,
    start: ArrayLike,
    optimum: ArrayLike = (0.0, 0.0),
    rate: float | None = None,
    most: int = 2000,
) -> Descent:
    """Go down a quadratic until 1 % of the distance is left, in at most `most` steps.

    `rate` is by default the best, 2/(λ₁ + λ₂).
    """


def spread(ratio: float = 4.0) -> Descent:
    """Descend from (-2, 1) with inputs whose spreads have a ratio (above 0): H = diag(1, ratio²)."""


def correlated(correlation: float = 0.5) -> Descent:
    """Descend from (-2, 1) with inputs of spread 1 and a correlation (between -1 and 1): H = [[1, r], [r, 1]]."""


def normalised() -> Descent:
    """Descend from (-2, 1) with uncorrelated inputs of spread 1: H = I, one step."""


def condition(mean: float, variance: float, inputs: int = 100) -> float:
    """Return κ = 1 + d m²/v of d uncorrelated inputs with mean m and variance v each."""


@dataclass(frozen=True, eq=False)
class Zigzag:
    """A linear unit that learns from the outputs of an activation, one sample a step.

    Its weights start at (0, 0), the best ones are (1, -1); w ← w - η ((w - c)·x) x, η = 1/max|x|², the largest rate with
    which no step overshoots.

    Parameters
    ----------
    activation
        f.
    inputs
        The samples x = f(u), of shape (8, 2), in the order in which they are visited; u lie on a circle of radius 1.5.
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
        """Whether no input is negative, or none positive: then both weights can only grow together, or fall together."""

    @property
    def together(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """For each step, whether both weights moved the same way (or not at all), of shape (t,)."""


def zigzag(activation: str | Activation | Definition) -> Zigzag:
    """Let a linear unit learn (1, -1) from eight outputs of two units with an activation.

    Raises
    ------
    InputError
        If every output is 0, or one isn't finite.
    """
