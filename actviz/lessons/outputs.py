"""What comes out of an activation when normally distributed numbers go in."""

from dataclasses import dataclass

from actviz.model import Activation, Definition
from actviz.numerics import Array


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
        The probability of each bin, of shape (k,), without that of `spikes`; they add up to at least 0.999.
    spikes
        Single values that have a probability of their own, with that probability: (0, 0.5) for ReLU. From the least.
    """

    activation: Activation
    mean: float
    variance: float
    edges: Array
    masses: Array
    spikes: tuple[tuple[float, float], ...]


def outputs(activation: str | Activation | Definition, variance: float = 1.0, width: float = 0.05) -> Outputs:
    """Return the distribution of f(X) for X ~ N(0, variance), in bins of a width.

    Masses are exact: the normal probability of the set that f maps into a bin.
    """
