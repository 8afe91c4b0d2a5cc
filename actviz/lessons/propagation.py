"""The signal on its way forward, and the gradient on its way back, in a wide random network.

Weights are independent with mean 0 and variance g/n, where n is the number of a layer's inputs; there are no biases,
and n is infinite. Then the inputs of a layer's activations are distributed as N(0, q), with

    q_0 = 1,  q_{l+1} = g·E f(√q_l Z)²,  χ_l = g·E f'(√q_l Z)²,  Z ~ N(0, 1),

and the gradient's mean square is multiplied by χ_l in each layer (Poole et al. 2016, arXiv:1606.05340; Schoenholz et
al. 2017, arXiv:1611.01232; for ReLU He et al. 2015, arXiv:1502.01852).
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from actviz import analysis
from actviz.averages import mean
from actviz.errors import InputError, nearest
from actviz.model import Activation, Definition
from actviz.numerics import Array
from actviz.options import whole
from actviz.registry import get

RULES = ("kept", "xavier", "he")
"""Rules for weights by name: g = 1/E f(Z)², which keeps q = 1 (He's for ReLU, LeCun's for SELU); g = 1; g = 2."""

DEEPEST = 200
"""The largest depth."""

LARGEST_SIGNAL = float(np.finfo(np.float32).max) ** 2
"""A mean square beyond this can't come from numbers in float32, in which networks compute."""

_PIECES = 1024
"""A limit that saves time: a wave of over a thousand radians a standard deviation is averaged to three digits only."""


@dataclass(frozen=True, eq=False)
class Propagation:
    """A signal and its gradient through the layers.

    Parameters
    ----------
    activation
        f, the same in every layer.
    weights
        A word of `RULES`, or g itself.
    gain
        g: the variance of a weight times the number of inputs n.
    signal
        q_0 … q_L, of shape (L + 1,): the mean square of the activations' inputs. Shorter if it overflows.
    factors
        χ_0 … χ_{L-1}, of shape (L,): by what each layer multiplies the gradient's mean square. Shorter likewise.
    overflows
        The layer whose signal or gradient is beyond float32, where the arrays end; None otherwise.
    """

    activation: Activation
    weights: str | float
    gain: float
    signal: Array
    factors: Array
    overflows: int | None

    @cached_property
    def gradient(self) -> Array:
        """√(χ_0 ⋯ χ_{l-1}) of shape (L + 1,): the gradient's root mean square after l layers, relative to the last."""
        return np.concatenate([[1.0], np.cumprod(np.sqrt(self.factors))])


def gain(weights: str | float, activation: str | Activation | Definition) -> float:
    """Return g, the variance of the weights times the number of inputs.

    Parameters
    ----------
    weights
        "kept", "xavier", "he", or g itself: a number above 0, which may be text.

    Raises
    ------
    InputError
        If it is none of these, or no weights keep the signal because E f(Z)² is 0 or beyond float32.
    """
    known = {"xavier": 1.0, "he": 2.0}
    if isinstance(weights, str):
        word = weights.strip().lower()
        if word == "kept":
            activation = get(activation)
            square = _mean_squares(activation, 1.0)[0]
            if not 0 < square < LARGEST_SIGNAL:
                raise InputError(f"no weights keep the signal of {activation.spec}: E f(Z)² is {square:g}", "weights")
            return 1 / square
        if word in known:
            return known[word]
    try:
        value = float(weights)
    except (TypeError, ValueError):
        hint = nearest(str(weights), RULES)
        raise InputError(f"weights must be kept, xavier, he or a number, not '{weights}'{hint}", "weights") from None
    if not 0 < value < math.inf:
        raise InputError(f"weights must have a finite variance above 0, not {value:g}", "weights")
    return value


def propagate(activation: str | Activation | Definition, weights: str | float = "kept", depth: int = 30) -> Propagation:
    """Follow a signal and its gradient through `depth` layers (1 to 200).

    Raises
    ------
    InputError
        As for `gain`, and for a depth outside its bounds.
    """
    activation = get(activation)
    depth = whole("depth", depth, 1, DEEPEST)
    g = gain(weights, activation)
    keeps = g * _mean_squares(activation, 1.0)[0]
    signal, factors, size = [1.0], [], 1.0
    for _ in range(depth):
        square, slope = _mean_squares(activation, signal[-1])
        # q = 1 is kept exactly: it may be an unstable fixed point, which rounding would leave
        after = signal[-1] if math.isclose(keeps, 1.0, rel_tol=1e-12) else g * square
        size *= math.sqrt(g * slope) if g * slope < LARGEST_SIGNAL else math.inf
        if not (after < LARGEST_SIGNAL and size**2 < LARGEST_SIGNAL):
            break
        signal.append(after)
        factors.append(g * slope)
    overflows = len(signal) if len(factors) < depth else None
    return Propagation(activation, weights, g, np.array(signal), np.array(factors), overflows)


def gradients(activation: str | Activation | Definition, depth: int = 30, weights: str | float = "kept") -> Array:
    """Return the gradient's size after 0 … `depth` layers, of shape (depth + 1,); see `Propagation.gradient`."""
    return propagate(activation, weights, depth).gradient


def at_best(activation: str | Activation | Definition, depth: int = 30) -> Array:
    """Return |steepest slope|^l for l = 0 … `depth`: all weights are 1, and every unit is where it is steepest.

    Infinite from l = 1 on if slopes have no bound.
    """
    depth = whole("depth", depth, 1, DEEPEST)
    with np.errstate(over="ignore"):
        return np.asarray(abs(analysis.steepest(get(activation))[1]) ** np.arange(depth + 1.0))


def fixed_factor(activation: str | Activation | Definition, weight: float) -> float:
    """Return w·f'(z) for z = w·f(z): a layer's factor deep in a stack of single units with weight w and no biases.

    For the sigmoid it is z(1 - σ(z)), at most W(1/e) = 0.27846 (Lambert's W), at w = 1.63: its gradient vanishes
    whatever the weight. NaN if a ← f(w·a), from a = 0.5, doesn't settle within 10,000 layers.
    """
    activation = get(activation)
    a = 0.5
    for _ in range(10_000):
        before, a = a, activation(weight * a)
        if not math.isfinite(a) or abs(a - before) <= 1e-15 * abs(a):
            break
    else:
        return math.nan
    return float(weight * activation.derivative(weight * a)) if math.isfinite(a) else math.nan


@lru_cache(4096)
def _mean_squares(activation: Activation, variance: float) -> tuple[float, float]:
    """Return E f(√q Z)² and E f'(√q Z)²."""
    kinks = [kink.x for kink in activation.kinks]
    variance = max(variance, 1e-300)  # a signal that underflows still sees both sides of a kink at 0
    return (
        mean(lambda x: np.square(activation(x)), variance, kinks, _PIECES),
        mean(lambda x: np.square(activation.derivative(x)), variance, kinks, _PIECES),
    )
