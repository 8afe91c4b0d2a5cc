"""Squared error and cross-entropy, as functions of a probability y = σ(z) and of its logit z; the target is 1."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import InputError
from actviz.numerics import Array, sigmoid, sigmoid_derivative, softplus
from actviz.options import whole

Loss = Literal["squared error", "cross-entropy"]
LOSSES: tuple[Loss, ...] = ("cross-entropy", "squared error")

MOST_STEPS = 10_000


def _is_cross_entropy(loss: Loss) -> bool:
    if loss not in LOSSES:
        raise InputError(f"unknown loss '{loss}'; there are {' and '.join(LOSSES)}", "loss")
    return loss == "cross-entropy"


def squared_error(y: ArrayLike, t: ArrayLike) -> float:
    """Return ½ Σ (y - t)² of vectors of the same shape."""
    return float(np.square(np.asarray(y, dtype=np.float64) - np.asarray(t, dtype=np.float64)).sum() / 2)


def cross_entropy(y: ArrayLike, t: ArrayLike) -> float:
    """Return -Σ t ln y of vectors of the same shape; a term is 0 where t is 0, and infinite where only y is 0."""
    y, t = np.asarray(y, dtype=np.float64), np.asarray(t, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return float(-np.sum(t[t != 0] * np.log(y[t != 0]))) + 0.0


def of_probability(loss: Loss, y: ArrayLike) -> Array:
    """Return -ln y or ½(y - 1)², of the shape of y, which is in [0, 1]."""
    y = np.asarray(y, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(y) + 0.0 if _is_cross_entropy(loss) else np.square(y - 1) / 2)


def of_logit(loss: Loss, z: ArrayLike) -> Array:
    """Return -ln σ(z) = softplus(-z) or ½(σ(z) - 1)² = ½σ(-z)², of the shape of z."""
    z = np.asarray(z, dtype=np.float64)
    return np.asarray(softplus(-z) if _is_cross_entropy(loss) else np.square(sigmoid(-z)) / 2)


def gradient(loss: Loss, z: ArrayLike) -> Array:
    """Return dL/dz, of the shape of z: y - 1 = -σ(-z), or (y - 1)y(1 - y) = -σ(-z)σ'(z)."""
    z = np.asarray(z, dtype=np.float64)
    return np.asarray(-sigmoid(-z) if _is_cross_entropy(loss) else -sigmoid(-z) * sigmoid_derivative(z))


def curvature(loss: Loss, z: ArrayLike) -> Array:
    """Return d²L/dz², of the shape of z: σ'(z), above 0; or σ'(z)(1 - y)(3y - 1), below 0 for y < 1/3."""
    z = np.asarray(z, dtype=np.float64)
    slope = sigmoid_derivative(z)
    return np.asarray(slope if _is_cross_entropy(loss) else slope * sigmoid(-z) * (3 * sigmoid(z) - 1))


@dataclass(frozen=True, eq=False)
class Neuron:
    """A sigmoid neuron with the input 1 that learns the target 1 (Nielsen 2015, chapter 3, mirrored).

    Parameters
    ----------
    loss, start, rate
        As for `learn`.
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
        above = self.outputs > 0.5
        return int(np.argmax(above)) if above.any() else None


def learn(loss: Loss, start: float = -4.0, rate: float = 0.15, steps: int = 300) -> Neuron:
    """Train the neuron: at first w = b = start/2, and each step changes both by -rate · `gradient`.

    Raises
    ------
    InputError
        If the start isn't finite, the rate isn't finite and above 0, or steps is outside [1, 10000].
    """
    if not math.isfinite(start):
        raise InputError(f"the start must be finite, not {start:g}", "start")
    if not 0 < rate < math.inf:
        raise InputError(f"the rate must be finite and above 0, not {rate:g}", "rate")
    steps = whole("steps", steps, 1, MOST_STEPS)
    w = b = start / 2
    logits = [start]
    for _ in range(steps):
        slope = float(gradient(loss, w + b))
        w, b = w - rate * slope, b - rate * slope
        logits.append(w + b)
    return Neuron(loss, start, rate, sigmoid(np.array(logits)))
