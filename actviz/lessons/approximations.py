"""Cheaper forms of an activation, and how far they are off."""

from collections.abc import Callable
from dataclasses import dataclass

from actviz.model import Activation, Definition
from actviz.numerics import Array


@dataclass(frozen=True, eq=False)
class Approximation:
    """A cheaper form of an activation.

    Parameters
    ----------
    name
        What it is called: "tanh form".
    formula
        In TeX, as mathtext can draw it.
    of
        The exact activation.
    function
        Of an array.
    error
        The largest |approximation - exact|.
    places
        Where it has that error, from left to right.
    used
        Who uses it.
    """

    name: str
    formula: str
    of: Activation
    function: Callable[[Array], Array]
    error: float
    places: tuple[float, ...]
    used: str

    def difference(self, x: Array) -> Array:
        """Return approximation - exact, of the shape of x."""


def approximations(activation: str | Activation | Definition = "gelu") -> tuple[Approximation, ...]:
    """Return what is known in use instead of an activation, the nearest first.

    Raises
    ------
    InputError
        If there is none; the message names activations that have some.
    """
