"""A kink: two one-sided slopes, and no derivative."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from actviz.model import Activation, Definition, Kink
from actviz.numerics import Array


@dataclass(frozen=True)
class Corner:
    """What is so at a kink.

    Parameters
    ----------
    activation, kink
        `kink` has its place, one-sided slopes, convention, and the limits of f if that jumps too.
    value
        f there.
    central
        What the difference (f(x + h) - f(x - h))/2h tends to, which gradient checkers use: the mean of the two slopes;
        infinite where f jumps.
    subgradients
        The least and the largest slope of a line that touches from below; None unless f is convex there.
    """

    activation: Activation
    kink: Kink
    value: float
    central: float
    subgradients: tuple[float, float] | None

    def fan(self, lines: int = 7) -> Array:
        """Return slopes evenly between the ends of `subgradients`, without them, of shape (lines,); empty without any."""


def corner(activation: str | Activation | Definition, at: float | None = None) -> Corner:
    """Return what is so at a kink: at the one nearest to `at`, or at the first.

    Raises
    ------
    InputError
        If there is no kink (the message names activations that have one), or none within 1e-9 of `at`.
    """


def quotient(activation: str | Activation | Definition, h: ArrayLike, at: float = 0.0) -> Array:
    """Return (f(at + h) - f(at))/h, h not 0, of the shape of h."""


def central(activation: str | Activation | Definition, h: ArrayLike, at: float = 0.0) -> Array:
    """Return (f(at + h) - f(at - h))/2h, h not 0, of the shape of h."""
