"""One transformation for all samples, or one for each: PReLU, and APReLU (Zhao et al. 2020).

APReLU works out the negative slope of each channel from the sample itself: global averages of the negative and of the
positive part of each channel, a layer with ReLU, a layer with sigmoid; batch normalisation is an affine map at test time
and part of the layers. The weights are chosen to show the effect, not learned.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from actviz.numerics import Array


@dataclass(frozen=True, eq=False)
class Transformed:
    """Six samples of two channels, and what the next layer gets.

    Parameters
    ----------
    inputs
        Of shape (2 classes, 3 samples, 2 channels): the same condition weaker and stronger.
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
        """The distance of the classes' means divided by the root mean square distance from the own mean."""


def for_all(slope: float = 0.25) -> Transformed:
    """Transform all six samples by one PReLU."""


def for_each() -> Transformed:
    """Transform each of the six samples by APReLU: slope σ(0.5 - 0.6(|x₁| + |x₂|)), the same for both channels."""


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


def aprelu(features: ArrayLike) -> Sample:
    """Work out the slopes for a feature map of shape (2, positions)."""


def samples() -> tuple[Sample, Sample, Sample]:
    """Return the figure's three feature maps on their way through APReLU."""
