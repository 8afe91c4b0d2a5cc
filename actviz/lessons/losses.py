"""Squared error and cross-entropy, as functions of a probability and of the logit z behind it, y = σ(z), target 1."""

from dataclasses import dataclass
from typing import Literal

from numpy.typing import ArrayLike

from actviz.numerics import Array

Loss = Literal["squared error", "cross-entropy"]
LOSSES: tuple[Loss, ...] = ("cross-entropy", "squared error")


def squared_error(y: ArrayLike, t: ArrayLike) -> float:
    """Return ½ Σ (y - t)² of vectors of the same shape."""


def cross_entropy(y: ArrayLike, t: ArrayLike) -> float:
    """Return -Σ t ln y of vectors of the same shape; 0 where t is 0, infinite where only y is."""


def of_probability(loss: Loss, y: ArrayLike) -> Array:
    """Return ½(y - 1)² or -ln y, of the shape of y in [0, 1]."""


def of_logit(loss: Loss, z: ArrayLike) -> Array:
    """Return ½(σ(z) - 1)² or softplus(-z) = -ln σ(z), of the shape of z."""


def gradient(loss: Loss, z: ArrayLike) -> Array:
    """Return the derivative by z, of its shape: -σ(-z)σ'(z) or -σ(-z)."""


def curvature(loss: Loss, z: ArrayLike) -> Array:
    """Return the second derivative by z: σ'(z)(y - 1)(1 - 3y) + …, negative for y < 1/3; or σ'(z), never negative."""


@dataclass(frozen=True, eq=False)
class Neuron:
    """A sigmoid neuron with the input 1 that learns the target 1 (Nielsen 2015, chapter 3, mirrored).

    Parameters
    ----------
    loss, start, rate
    outputs
        y after 0 … steps steps, of shape (steps + 1,).
    """

    loss: Loss
    start: float
    rate: float
    outputs: Array

    @property
    def right(self) -> int | None:
        """The first step after which y > ½; None if there is none."""


def learn(loss: Loss, start: float = -4.0, rate: float = 0.15, steps: int = 300) -> Neuron:
    """Let the neuron learn: w = b = start/2, and each step changes both by -rate · `gradient`."""
