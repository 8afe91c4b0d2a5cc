"""Two rings of points, and what two layers make of them; only the output weights are fitted.

A hidden unit i of u has the direction (cos aᵢ, sin aᵢ), aᵢ = 2πi/u + π/2, and the bias -0.8. The output weights are those
of ridge least squares on the targets ±1: v = (FᵀF + 1e-6·120·I)⁻¹ Fᵀ t with F = [1, f(wᵢ·x - 0.8)]. That is the best any
stack of linear layers can do, and nothing depends on luck.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from actviz.model import Activation, Definition
from actviz.numerics import Array

BIAS = -0.8
"""Of every hidden unit. Without it an odd activation gives an odd function, and a ring is even."""

EXTENT = 2.5
"""The plane is seen from -2.5 to 2.5."""


@dataclass(frozen=True, eq=False)
class Separation:
    """Two layers that were fitted to the rings.

    Parameters
    ----------
    activation
        f of the hidden layer.
    directions
        Of shape (units, 2).
    weights
        Of the output: that of the constant 1 first, then one a hidden unit; of shape (units + 1,).
    """

    activation: Activation
    directions: Array
    weights: Array

    def features(self, points: ArrayLike) -> Array:
        """Return F = [1, f(wᵢ·x - 0.8)] of points of shape (..., 2): of shape (..., units + 1)."""

    def __call__(self, points: ArrayLike) -> Array:
        """Return the output of points of shape (..., 2): the inner class where it is above 0."""

    @property
    def right(self) -> int:
        """How many of the 120 points are on their side."""

    @property
    def share(self) -> float:
        """The share of points on their side, from 0 to 1."""

    @property
    def margin(self) -> float:
        """The smallest output times target: above 0 if all points are on their side."""

    @property
    def rank(self) -> int:
        """The rank of F: 3 for any number of linear units."""

    @property
    def bends(self) -> tuple[tuple[float, float, float], ...]:
        """The lines a·x + b·y = c at which hidden units bend: (a, b, c), one a unit and kink."""


def rings() -> tuple[Array, Array]:
    """Return 120 points of shape (120, 2) and their targets: 60 within a disc of radius 1 (+1), 60 around it (-1)."""


def separate(activation: str | Activation | Definition, units: int = 6) -> Separation:
    """Fit two layers with `units` hidden units (1 to 60) to the rings.

    Raises
    ------
    InputError
        If a hidden unit's output isn't finite, or for units outside the bounds.
    """


def plane(separation: Separation, size: int = 141) -> tuple[Array, Array]:
    """Return the coordinates of a grid, of shape (size,), and the output on it, of shape (size, size): rows are y."""
