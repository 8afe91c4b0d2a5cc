"""One transformation for all samples, or one for each: PReLU, and APReLU (Zhao et al. 2020).

APReLU works out the negative slope of each channel from the sample itself: global averages of each channel's negative
part and of its positive part go through a layer with ReLU and a layer with sigmoid. Batch normalisation, an affine map
at test time, is part of these layers. The weights are chosen to show the effect, not learned.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import InputError
from actviz.numerics import Array, sigmoid

FIRST_LAYER = np.array([[-1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]]), np.array([0.0, 1.0])
"""W₁ and b₁; g = (n₁, n₂, p₁, p₂), the averages of the negative and of the positive parts."""

SECOND_LAYER = np.array([[-0.6, 1.5], [-0.6, -1.5]]), np.array([-1.0, 2.0])
"""W₂ and b₂; the slopes are σ(W₂ h + b₂) with h = ReLU(W₁ g + b₁)."""

_WAVES = (1.5, 1.2, 0.8, -0.2), (1.5, -1.2, 1.0, -1.0), (0.8, -0.3, 1.6, 1.3)
_POSITIONS = 32


@dataclass(frozen=True, eq=False)
class Transformed:
    """Six samples of two channels, and what the next layer gets.

    Parameters
    ----------
    inputs
        Of shape (2 classes, 3 samples, 2 channels); the samples of a class differ only in strength.
    slopes
        The negative slope for each sample, of shape (2, 3).
    outputs
        max(x, 0) + slope · min(x, 0), of the inputs' shape.
    """

    inputs: Array
    slopes: Array
    outputs: Array

    @property
    def ratio(self) -> float:
        """The distance between the classes' means over the root mean square distance of samples from their own mean."""
        means = self.outputs.mean(axis=1)
        spread = math.sqrt(np.square(self.outputs - means[:, None]).sum(axis=2).mean())
        return math.dist(*means.tolist()) / spread


def for_all(slope: float = 0.25) -> Transformed:
    """Transform all six samples by one PReLU.

    Raises
    ------
    InputError
        If the slope isn't finite, or is 0: then all outputs are 0.
    """
    if not (math.isfinite(slope) and slope):
        raise InputError(f"the slope must be finite and not 0, not {slope:g}", "slope")
    return _transformed(np.full((2, 3), slope))


def for_each() -> Transformed:
    """Transform each of the six samples by APReLU: slope σ(0.5 - 0.6(|x₁| + |x₂|)), the same for both channels."""
    inputs = _fans()
    return _transformed(np.array([[aprelu(x[:, None]).slopes[0] for x in fan] for fan in inputs]))


def _transformed(slopes: Array) -> Transformed:
    inputs = _fans()
    return Transformed(inputs, slopes, _rectified(inputs, slopes[:, :, None]))


def _rectified(x: Array, slope: Array) -> Array:
    return np.asarray(np.maximum(x, 0.0) + slope * np.minimum(x, 0.0))


def _fans() -> Array:
    """Samples s·(cos a, sin a) with a = 200° or 250° and s = 1, 2, 3."""
    angles = np.radians([200.0, 250.0])
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    return np.asarray(directions[:, None] * np.array([1.0, 2.0, 3.0])[:, None])


@dataclass(frozen=True, eq=False)
class Sample:
    """A feature map on its way through APReLU; C = 2 channels, 32 positions.

    Parameters
    ----------
    features
        x, of shape (2, 32).
    negative, positive
        The averages of min(x, 0) and of max(x, 0) of each channel, of shape (2,).
    hidden
        ReLU(W₁ g + b₁), of shape (2,).
    slopes
        σ(W₂ h + b₂), of shape (2,), each in (0, 1).
    """

    features: Array
    negative: Array
    positive: Array
    hidden: Array
    slopes: Array

    @property
    def outputs(self) -> Array:
        """max(x, 0) + slope · min(x, 0), of shape (2, 32)."""
        return _rectified(self.features, self.slopes[:, None])


def aprelu(features: ArrayLike) -> Sample:
    """Work out the slopes for a feature map of shape (2, positions)."""
    x = np.asarray(features, dtype=np.float64)
    negative, positive = np.minimum(x, 0.0).mean(axis=1), np.maximum(x, 0.0).mean(axis=1)
    (w1, b1), (w2, b2) = FIRST_LAYER, SECOND_LAYER
    hidden = np.maximum(w1 @ np.concatenate([negative, positive]) + b1, 0.0)
    return Sample(x, negative, positive, hidden, sigmoid(w2 @ hidden + b2))


def samples() -> tuple[Sample, Sample, Sample]:
    """Return the figure's three feature maps on their way: x₁ = a sin(2πp/16) + o, x₂ = b cos(2πp/8) + q."""
    p = 2 * math.pi * np.arange(_POSITIONS)
    first, second, third = (aprelu([a * np.sin(p / 16) + o, b * np.cos(p / 8) + q]) for a, o, b, q in _WAVES)
    return first, second, third
