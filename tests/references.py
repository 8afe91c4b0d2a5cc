"""Each activation a second time: from its paper's formula, with mpmath, independent of actviz.

To add one, write its function and its derivative, of an mpf and of the parameters by name, and its limits at minus and
plus infinity. Formulas that cancel (1 - tanh²) are written so that 60 digits are enough.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import mpmath as mp

mp.mp.dps = 60

Number = Any
INF = mp.inf


@dataclass
class Known:
    """What is known about an activation from elsewhere.

    Parameters
    ----------
    f, slope
        The function and its derivative.
    limits
        f(-inf), f(inf), f'(-inf), f'(inf), from the parameters.
    flat
        Where the derivative changes sign, from the parameters: relative accuracy can't be had around there.
    scale
        By how much an exponential in it is faster than exp(x), from the parameters: its tails are so much nearer.
    """

    f: Callable[..., Number]
    slope: Callable[..., Number]
    limits: Callable[..., tuple[float, float, float, float]]
    flat: Callable[..., float | None] = field(default=lambda **_: None)
    scale: Callable[..., float] = field(default=lambda **_: 1.0)


def _sigma(x: Number) -> Number:
    return 1 / (1 + mp.exp(-x))


def _softplus(x: Number) -> Number:
    return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def _cdf(x: Number) -> Number:
    if abs(x) > 1e10:  # mpmath's erfc gives up; beyond 60 digits this is the leading term of its asymptotic series
        return mp.mpf(1) if x > 0 else -_pdf(x) / x
    return mp.erfc(-x / mp.sqrt(2)) / 2


def _pdf(x: Number) -> Number:
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def _minimum_of(slope: Callable[[Number], Number], near: float) -> float:
    return float(mp.findroot(slope, near))


# Klambauer et al. 2017, equation 14 and the numbers after it
_LAMBDA = mp.mpf("1.0507009873554804934193349852946")
_ALPHA = mp.mpf("1.6732632423543772848170429916717")


def _pieces(weights: tuple[float, ...], biases: tuple[float, ...], x: Number) -> list[tuple[Number, Number]]:
    """Value and slope of each piece; the smaller slope wins where two are equal, which is the one on the left."""
    return [(mp.mpf(w) * x + mp.mpf(b), -mp.mpf(w)) for w, b in zip(weights, biases, strict=True)]


def _maxout_limits(weights: tuple[float, ...], biases: tuple[float, ...]) -> tuple[float, float, float, float]:
    flat = max((b for w, b in zip(weights, biases, strict=True) if w == 0), default=0.0)
    left, right = min(weights), max(weights)
    at_left = flat if left == 0 else float("inf") if left < 0 else float("-inf")
    at_right = flat if right == 0 else float("inf") if right > 0 else float("-inf")
    return at_left, at_right, left, right


def _leaky(slope: Number) -> float:
    """f(-inf) of a line with a slope through 0."""
    return 0.0 if slope == 0 else -float("inf") if slope > 0 else float("inf")


_inf = float("inf")

KNOWN: dict[str, Known] = {
    "linear": Known(lambda x: x, lambda x: mp.mpf(1), lambda: (-_inf, _inf, 1, 1)),
    "sigmoid": Known(_sigma, lambda x: _sigma(x) * _sigma(-x), lambda: (0, 1, 0, 0)),
    "tanh": Known(mp.tanh, lambda x: mp.sech(x) ** 2, lambda: (-1, 1, 0, 0)),
    "hard_sigmoid": Known(
        lambda x, slope: max(mp.mpf(0), min(mp.mpf(1), slope * x + mp.mpf("0.5"))),
        lambda x, slope: slope if 0 < slope * x + mp.mpf("0.5") < 1 else mp.mpf(0),
        lambda slope: (0, 1, 0, 0),
    ),
    "softsign": Known(lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, lambda: (-1, 1, 0, 0)),
    "exponential": Known(mp.exp, mp.exp, lambda: (0, _inf, 0, _inf)),
    "softplus": Known(_softplus, _sigma, lambda: (0, _inf, 0, 1)),
    "elu": Known(
        lambda x, alpha: x if x > 0 else alpha * mp.expm1(x),
        lambda x, alpha: mp.mpf(1) if x > 0 else alpha * mp.exp(x),
        lambda alpha: (-alpha, _inf, 0, 1),
    ),
    "selu": Known(
        lambda x: _LAMBDA * (x if x > 0 else _ALPHA * mp.expm1(x)),
        lambda x: _LAMBDA * (1 if x > 0 else _ALPHA * mp.exp(x)),
        lambda: (-float(_LAMBDA * _ALPHA), _inf, 0, float(_LAMBDA)),
    ),
    "relu": Known(lambda x: max(x, mp.mpf(0)), lambda x: mp.mpf(x > 0), lambda: (0, _inf, 0, 1)),
    "generalized_relu": Known(
        lambda x, negative_slope, max_value, threshold: (
            min(x, max_value) if x > threshold else negative_slope * (x - threshold)
        ),
        lambda x, negative_slope, max_value, threshold: (
            mp.mpf(0) if x > threshold and x >= max_value else mp.mpf(1) if x > threshold else negative_slope
        ),
        lambda negative_slope, max_value, threshold: (
            _leaky(negative_slope),
            float(max_value),
            negative_slope,
            float(max_value == _inf),
        ),
    ),
    "leaky_relu": Known(
        lambda x, negative_slope: x if x > 0 else negative_slope * x,
        lambda x, negative_slope: mp.mpf(1) if x > 0 else negative_slope,
        lambda negative_slope: (_leaky(negative_slope), _inf, negative_slope, 1),
    ),
    "prelu": Known(
        lambda x, negative_slope: max(mp.mpf(0), x) + negative_slope * min(mp.mpf(0), x),
        lambda x, negative_slope: mp.mpf(1) if x > 0 else negative_slope,
        lambda negative_slope: (_leaky(negative_slope), _inf, negative_slope, 1),
    ),
    "rrelu": Known(
        lambda x, lower, upper: x if x > 0 else (lower + upper) / 2 * x,
        lambda x, lower, upper: mp.mpf(1) if x > 0 else (lower + upper) / 2,
        lambda lower, upper: (_leaky(upper), _inf, (lower + upper) / 2, 1),
    ),
    "relu6": Known(lambda x: min(max(x, mp.mpf(0)), mp.mpf(6)), lambda x: mp.mpf(0 < x < 6), lambda: (0, 6, 0, 0)),
    "maxout": Known(
        lambda x, weights, biases: max(_pieces(weights, biases, x))[0],
        lambda x, weights, biases: -max(_pieces(weights, biases, x))[1],
        _maxout_limits,
    ),
    "swish": Known(
        lambda x, beta: x * _sigma(beta * x),
        lambda x, beta: _sigma(beta * x) + beta * x * _sigma(beta * x) * _sigma(-beta * x),
        lambda beta: (0, _inf, 0, 1) if beta else (-_inf, _inf, 0.5, 0.5),
        lambda beta: _minimum_of(lambda u: 1 + u * _sigma(-u), -1.3) / float(beta) if beta else None,
        lambda beta: float(beta) or 1.0,
    ),
    "mish": Known(
        lambda x: x * mp.tanh(_softplus(x)),
        lambda x: mp.tanh(_softplus(x)) + x * mp.sech(_softplus(x)) ** 2 * _sigma(x),
        lambda: (0, _inf, 0, 1),
        lambda: _minimum_of(KNOWN["mish"].slope, -1.2),
    ),
    "gelu": Known(
        lambda x: x * _cdf(x),
        lambda x: _cdf(x) + x * _pdf(x),
        lambda: (0, _inf, 0, 1),
        lambda: _minimum_of(KNOWN["gelu"].slope, -0.75),
    ),
}
"""By canonical name."""


def known(name: str) -> Known:
    """Look up a reference; the error says what a new activation needs."""
    assert name in KNOWN, (
        f"'{name}' has no reference: write its function, its derivative and their limits at ±inf with mpmath, "
        f"from the paper's formula, as KNOWN['{name}'] = Known(f, slope, limits) in tests/references.py"
    )
    return KNOWN[name]
