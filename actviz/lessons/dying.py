"""One unit ŷ = f(wx + b) that learns max(x, 0) from nine samples, and dies if the step is too large.

Samples x = -1, -0.75, …, 1; loss ½ mean (ŷ - t)²; start w = ½, b = 1; full batches.
"""

from dataclasses import dataclass

from actviz.model import Activation, Definition
from actviz.numerics import Array

LIVE = 0.01
"""A sample is live where |f'| is above this: soft saturation stalls a unit as a 0 does."""


@dataclass(frozen=True, eq=False)
class Training:
    """A unit that learns, step by step.

    Parameters
    ----------
    activation, rate
    samples, targets
        Of shape (9,).
    weights, biases
        w and b after 0 … steps steps, of shape (steps + 1,); shorter where it diverges.
    losses
        Of the same shape.
    diverges
        The step after which the loss is beyond 1e100, at which the arrays end; None otherwise.
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
        """Return z = w(x + shift) + b after a step, of shape (9,); a shift comes from the layer below."""

    def live(self, step: int, shift: float = 0.0) -> int:
        """How many samples have |f'(z)| > 0.01 after a step."""

    @property
    def dead(self) -> int | None:
        """The first step after which f'(z) is exactly 0 for every sample; None if there is none."""

    @property
    def nearly_dead(self) -> int | None:
        """The first step after which no sample is live; None if there is none."""

    @property
    def wakes(self) -> float | None:
        """Of a ReLU that died: above (w > 0) which input it would be live again, -b/w; None of others."""


def train(activation: str | Activation | Definition, rate: float = 1.0, steps: int = 20) -> Training:
    """Let the unit learn for a number of full-batch steps w ← w - rate · ∂L/∂w, b ← b - rate · ∂L/∂b."""


def deadly_rate(activation: str | Activation | Definition) -> float | None:
    """Return the least rate with which the first step makes f'(z) exactly 0 for every sample; None if none up to 1000.

    27/13 for ReLU, whose first step changes only b.
    """
