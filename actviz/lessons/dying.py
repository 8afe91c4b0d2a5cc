"""One unit ŷ = f(wx + b) that learns t = max(x, 0) from nine samples, and dies if a step is too large.

The samples are x = -1, -0.75, …, 1, the loss is ½ mean (ŷ - t)², and at first w = ½, b = 1; each step uses all samples.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from actviz.errors import InputError
from actviz.model import Activation, Definition
from actviz.numerics import Array
from actviz.options import whole
from actviz.registry import get

LIVE = 0.01
"""A sample is live if its |f'| is above this: soft saturation stalls a unit just as a slope of 0 does."""

START = (0.5, 1.0)
"""w and b before the first step."""

MOST_STEPS = 1000

_HUGE = 1e100
_LARGEST_RATE = 1000.0


@dataclass(frozen=True, eq=False)
class Training:
    """A unit that learns, step by step.

    Parameters
    ----------
    activation, rate
        f, and the learning rate.
    samples, targets
        x and t, of shape (9,).
    weights, biases
        w and b after 0 … steps steps, of shape (steps + 1,); shorter if it diverges.
    losses
        The loss after each of these, of the same shape.
    diverges
        The step after which the loss is beyond 1e100, where the arrays end; None otherwise.
    """

    activation: Activation
    rate: float
    samples: Array
    targets: Array
    weights: Array
    biases: Array
    losses: Array
    diverges: int | None

    def inputs(self, step: int, shift: float = 0.0) -> Array:
        """Return z = w(x + shift) + b after a step, of shape (9,); the shift is what the layer below might add."""
        return np.asarray(self.weights[step] * (self.samples + shift) + self.biases[step])

    def live(self, step: int, shift: float = 0.0) -> int:
        """How many samples have |f'(z)| > 0.01 after a step."""
        return int(np.count_nonzero(np.abs(self.activation.derivative(self.inputs(step, shift))) > LIVE))

    @cached_property
    def _slopes(self) -> Array:
        """The largest |f'(z)| of all samples, after each step."""
        z = self.weights[:, None] * self.samples + self.biases[:, None]
        return np.asarray(np.abs(self.activation.derivative(z)).max(axis=1))

    @property
    def dead(self) -> int | None:
        """The first step after which f'(z) is exactly 0 for every sample; None if there is none."""
        return _first(self._slopes == 0)

    @property
    def nearly_dead(self) -> int | None:
        """The first step after which no sample is live; None if there is none."""
        return _first(self._slopes <= LIVE)

    @property
    def wakes(self) -> float | None:
        """The input x beyond which a unit that died to the left of a kink would be live again: -b/w for ReLU.

        Beyond means above it if w > 0, below it if w < 0. None for any other unit.
        """
        w, b = float(self.weights[-1]), float(self.biases[-1])
        if self.dead is None or not w or not self.activation.kinks:
            return None
        first = self.activation.kinks[0]
        if first.left or not first.right or self.inputs(-1).max() > first.x:
            return None
        return (first.x - b) / w


def train(activation: str | Activation | Definition, rate: float = 1.0, steps: int = 20) -> Training:
    """Train the unit for a number of full-batch steps w ← w - rate · ∂L/∂w, b ← b - rate · ∂L/∂b.

    Raises
    ------
    InputError
        For a rate that isn't finite and above 0, or steps outside [1, 1000].
    """
    activation = get(activation)
    if not 0 < rate < math.inf:
        raise InputError(f"the rate must be finite and above 0, not {rate:g}", "rate")
    steps = whole("steps", steps, 1, MOST_STEPS)
    x, target = _samples()
    (w, b), path = START, []
    for _ in range(steps + 1):
        with np.errstate(over="ignore", invalid="ignore"):
            z = w * x + b
            error = activation(z) - target
            loss = float(np.mean(np.square(error)) / 2)
            if not loss < _HUGE:
                break
            path.append((w, b, loss))
            slope = error * activation.derivative(z)
            w, b = w - rate * float(np.mean(slope * x)), b - rate * float(np.mean(slope))
    weights, biases, losses = np.array(path).T
    return Training(activation, rate, x, target, weights, biases, losses, len(path) if len(path) <= steps else None)


def deadly_rate(activation: str | Activation | Definition) -> float | None:
    """Return the least rate at which the first step kills the unit: f'(z) is exactly 0 for every sample.

    It is 27/13 for ReLU, whose first step changes only b. None if no rate up to 1000 kills, or the unit is dead before.
    """
    activation = get(activation)
    x, target = _samples()
    z = START[0] * x + START[1]
    slope = (activation(z) - target) * activation.derivative(z)
    step = np.mean(slope * x), np.mean(slope)

    def kills(rates: Array) -> NDArray[np.bool_]:
        after = (START[0] - rates * step[0])[:, None] * x + (START[1] - rates * step[1])[:, None]
        return np.asarray((activation.derivative(after) == 0).all(axis=1))

    rates = np.geomspace(1e-3, _LARGEST_RATE, 1201)
    first = _first(kills(rates))
    if not first:
        return None
    low, high = rates[first - 1], rates[first]
    while np.nextafter(low, high) < high:
        middle = low + (high - low) / 2
        low, high = (low, middle) if kills(np.array([middle]))[0] else (middle, high)
    return float(high)


def _samples() -> tuple[Array, Array]:
    x = np.linspace(-1, 1, 9)
    return x, np.maximum(x, 0.0)


def _first(holds: NDArray[np.bool_]) -> int | None:
    return int(np.argmax(holds)) if holds.any() else None
