"""Where an activation's slope is nearly 0."""

from dataclasses import dataclass

from actviz.analysis import Side
from actviz.model import Activation, Definition


@dataclass(frozen=True)
class Saturation:
    """Where |f'| stays below a threshold, all the way to an infinity.

    Parameters
    ----------
    activation, threshold
    left, right
        The last x to the left of which, and the first to the right of which, |f'| < threshold; None where f' doesn't go
        to 0 on that side.
    hard_left, hard_right
        Whether f' is exactly 0 far out (hard, Gulcehre et al. 2016, arXiv:1603.00391), and not only tends to it (soft).
    side
        "none", "left", "right" or "both".
    """

    activation: Activation
    threshold: float
    left: float | None
    right: float | None
    hard_left: bool
    hard_right: bool
    side: Side


def saturation(activation: str | Activation | Definition, threshold: float = 0.01) -> Saturation:
    """Find where an activation saturates; `threshold` is above 0."""


def mirrored(activation: str | Activation | Definition) -> Activation:
    """Return -f(-x), whose slope is f'(-x): it saturates on the right where f does on the left."""
