"""Where an activation's slope is nearly 0."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from actviz import analysis
from actviz.analysis import Side
from actviz.errors import InputError
from actviz.model import Activation, Definition, Interval, Kink
from actviz.numerics import Array
from actviz.registry import get

_SIZES = np.geomspace(1e-3, 1e9, 1801)
_PLACES = np.concatenate([-_SIZES[::-1], [0.0], _SIZES])


@dataclass(frozen=True)
class Saturation:
    """Where |f'| stays below a threshold, all the way to an infinity.

    Parameters
    ----------
    activation, threshold
    left, right
        The largest x to the left of which, and the least x to the right of which, |f'| < threshold; None if f' doesn't
        go to 0 on that side; ∞ and -∞ if |f'| < threshold everywhere.
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
    """Find where an activation saturates.

    Raises
    ------
    InputError
        For a threshold that isn't finite and above 0.
    """
    activation = get(activation)
    if not 0 < threshold < math.inf:
        raise InputError(f"the threshold must be finite and above 0, not {threshold:g}", "threshold")
    side = analysis.saturation(activation)
    left, hard_left = _edge(activation, threshold, -1) if side in ("left", "both") else (None, False)
    right, hard_right = _edge(activation, threshold, 1) if side in ("right", "both") else (None, False)
    return Saturation(activation, threshold, left, right, hard_left, hard_right, side)


def _edge(activation: Activation, threshold: float, direction: int) -> tuple[float, bool]:
    """Find where |f'| stays below the threshold on one side, and whether it is exactly 0 far out there."""
    jumps = np.array([kink.x for kink in activation.kinks if kink.limits])
    kinks = [kink.x for kink in activation.kinks]
    corners = np.array(kinks)
    corners = np.concatenate([corners, np.nextafter(corners, math.inf), np.nextafter(corners, -math.inf)])
    if analysis.endless(activation):  # a wave that dies away: sampled densely enough to miss no crest
        corners = np.concatenate([corners, np.linspace(-4 / threshold, 4 / threshold, 40_001)])
    x = np.union1d(_PLACES, corners)[::-direction]  # from that infinity inwards
    slope = np.abs(activation.derivative(x))
    slope[np.isin(x, jumps)] = math.inf
    edge = _boundary(x, slope < threshold, lambda z: abs(activation.derivative(z)) < threshold)
    zero = _boundary(x, slope == 0, lambda z: activation.derivative(z) == 0)
    # exactly at a kink, not at the number beside it
    edge, zero = (next((x for x in kinks if abs(x - end) <= 2 * math.ulp(x)), end) for end in (edge, zero))
    if math.isinf(zero):  # 0 nowhere out there, or everywhere
        return edge, bool(slope[0] == 0)
    # a soft slope underflows to 0 far out: a little further in it is still tiny, as a hard one isn't
    inward = zero + 0.01 * (edge - zero) if math.isfinite(edge) and edge != zero else edge
    return edge, edge == zero or abs(activation.derivative(inward)) > 1e-100


def _boundary(x: Array, holds: "np.ndarray[tuple[int], np.dtype[np.bool_]]", at: Callable[[float], bool]) -> float:
    """Return where the stretch ends in which something holds from the first place on; infinite if it doesn't end."""
    if holds.all() or not holds[0]:
        return float(math.copysign(math.inf, -x[0] if holds[0] else x[0]))
    first = int(np.argmin(holds))
    inside, outside = float(x[first - 1]), float(x[first])
    for _ in range(100):
        middle = inside + (outside - inside) / 2
        inside, outside = (middle, outside) if at(middle) else (inside, middle)
    return inside + 0.0  # not -0


def mirrored(activation: str | Activation | Definition) -> Activation:
    """Return -f(-x), whose slope is f'(-x): it saturates on the right if f does on the left, and vice versa."""
    original = get(activation)
    low, high = original.range.low, original.range.high
    brackets = ("[" if original.range.high_closed else "("), ("]" if original.range.low_closed else ")")
    kinks = tuple(
        Kink(-k.x, k.right, k.left, k.convention, limits=k.limits and (-k.limits[1], -k.limits[0]))
        for k in reversed(original.kinks)
    )
    start, stop = original.window
    definition = Definition(
        name=f"mirrored_{original.name}",
        title=f"{original.title}, mirrored",
        formula="-f(-x)",
        derivative_formula="f'(-x)",
        function=lambda x: -original(-x),
        derivative=lambda x: original.derivative(-x),
        range=Interval(f"{brackets[0]}{-high}, {-low}{brackets[1]}"),
        kinks=kinks,
        monotonic=original.monotonic,
        smoothness=original.smoothness,
        window=(-stop, -start),
    )
    return definition.bind()
