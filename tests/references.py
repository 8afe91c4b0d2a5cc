"""Each activation a second time: from its paper's formula, with mpmath, independent of actviz.

To add one, write its function and its derivative, of an mpf and of the parameters by name, and its limits at minus and
plus infinity. Formulas that cancel (1 - tanh²) are written so that 60 digits are enough.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import mpmath as mp

mp.mp.dps = 60

Number = Any


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
        Where the derivative changes sign away from kinks, from the parameters; of endlessly many places those near 0.
    scale
        By how much an exponential in it is faster than exp(x), from the parameters: its tails are so much nearer.
    """

    f: Callable[..., Number]
    slope: Callable[..., Number]
    limits: Callable[..., tuple[float, float, float, float]]
    flat: Callable[..., tuple[float, ...]] = field(default=lambda **_: ())
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


def _swish_dip(beta: Number) -> float:
    return _minimum_of(lambda u: 1 + u * _sigma(-u), -1.3) / float(beta)


def _far_out(wave: Callable[[Number], Number], x: Number) -> Number:
    """A sine or cosine with as many digits as it takes to know the angle."""
    with mp.workdps(mp.mp.dps + max(0, int(mp.log10(abs(x) + 1)))):
        return wave(x)


def _erf(x: Number) -> Number:
    return mp.mpf(1) if x > 20 else mp.erf(x)


def _exp_capped(x: Number) -> Number:
    """exp(x), or 1,000 where tanh of it is 1 to 60 digits."""
    return mp.exp(x) if x < 6 else mp.mpf(1000)


_QUICK = mp.mpf(1.702)
# the paper's cubic has a decimal, so it isn't a number of float64
_CUBIC = mp.mpf("0.044715")


def _gelu_cubic(x: Number) -> Number:
    return mp.sqrt(8 / mp.pi) * (x + _CUBIC * x**3)


def _gelu_cubic_slope(x: Number) -> Number:
    return mp.sqrt(8 / mp.pi) * (1 + 3 * _CUBIC * x**2)


def _acon_c_slope(x: Number, p1: Number, p2: Number, beta: Number) -> Number:
    u = beta * (p1 - p2) * x
    return p1 * _sigma(u) + p2 * _sigma(-u) + (p1 - p2) * u * _sigma(u) * _sigma(-u)


def _srelu(x: Number, t_left: Number, a_left: Number, t_right: Number, a_right: Number) -> Number:
    return t_right + a_right * (x - t_right) if x >= t_right else x if x > t_left else t_left + a_left * (x - t_left)


def _srelu_slope(x: Number, t_left: Number, a_left: Number, t_right: Number, a_right: Number) -> Number:
    return mp.mpf(a_right) if x >= t_right else mp.mpf(1) if x > t_left else mp.mpf(a_left)


def _shrinkage_slope(x: Number, threshold: Number) -> Number:
    return mp.mpf(1) if threshold == 0 else mp.mpf(abs(x) > threshold)


# where x cos x = sin x, beside 0
_SINC_TURNS = [mp.findroot(lambda x: x * mp.cos(x) - mp.sin(x), near) for near in (4.49, 7.73, 10.9)]


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
    "softplus": Known(
        lambda x, beta: _softplus(beta * x) / beta,
        lambda x, beta: _sigma(beta * x),
        lambda beta: (0, _inf, 0, 1),
        scale=lambda beta: float(beta),
    ),
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
        lambda beta: (_swish_dip(beta),) if beta else (),
        lambda beta: float(beta) or 1.0,
    ),
    "mish": Known(
        lambda x: x * mp.tanh(_softplus(x)),
        lambda x: mp.tanh(_softplus(x)) + x * mp.sech(_softplus(x)) ** 2 * _sigma(x),
        lambda: (0, _inf, 0, 1),
        lambda: (_minimum_of(KNOWN["mish"].slope, -1.2),),
    ),
    "gelu": Known(
        lambda x: x * _cdf(x),
        lambda x: _cdf(x) + x * _pdf(x),
        lambda: (0, _inf, 0, 1),
        lambda: (_minimum_of(KNOWN["gelu"].slope, -0.75),),
    ),
    "heaviside": Known(
        lambda x, at_zero: mp.mpf(x > 0) if x else mp.mpf(at_zero),
        lambda x, at_zero: mp.mpf(0),
        lambda at_zero: (0, 1, 0, 0),
    ),
    "sign": Known(mp.sign, lambda x: mp.mpf(0), lambda: (-1, 1, 0, 0)),
    "scaled_tanh": Known(
        lambda x, a, b: a * mp.tanh(b * x),
        lambda x, a, b: a * b * mp.sech(b * x) ** 2,
        lambda a, b: (-a, a, 0, 0),
        scale=lambda a, b: 2 * float(b),
    ),
    "isru": Known(
        lambda x, alpha: x / mp.sqrt(1 + alpha * x * x),
        lambda x, alpha: (1 + alpha * x * x) ** mp.mpf(-1.5),
        lambda alpha: (-1 / math.sqrt(alpha), 1 / math.sqrt(alpha), 0, 0),
    ),
    "arctan": Known(mp.atan, lambda x: 1 / (1 + x * x), lambda: (-float(mp.pi) / 2, float(mp.pi) / 2, 0, 0)),
    "laplace": Known(
        lambda x, mu, sigma: _cdf((x - mu) / sigma),
        lambda x, mu, sigma: _pdf((x - mu) / sigma) / sigma,
        lambda mu, sigma: (0, 1, 0, 0),
        scale=lambda mu, sigma: 2 / float(sigma),
    ),
    "dsilu": Known(
        lambda x: _sigma(x) * (1 + x * _sigma(-x)),
        lambda x: _sigma(x) * _sigma(-x) * (2 + x * (_sigma(-x) - _sigma(x))),
        lambda: (0, 1, 0, 0),
        lambda: tuple(sign * _minimum_of(lambda x: KNOWN["dsilu"].slope(x), 2.4) for sign in (-1, 1)),
    ),
    "sparse_sigmoid": Known(
        lambda x: min(max((x + 1) / 2, mp.mpf(0)), mp.mpf(1)),
        lambda x: mp.mpf(abs(x) < 1) / 2,
        lambda: (0, 1, 0, 0),
    ),
    "hardtanh": Known(
        lambda x, low, high: min(max(x, low), high),
        lambda x, low, high: mp.mpf(low < x < high),
        lambda low, high: (low, high, 0, 0),
    ),
    "srelu": Known(
        _srelu,
        _srelu_slope,
        lambda t_left, a_left, t_right, a_right: (
            _leaky(a_left) if a_left else t_left,
            -_leaky(a_right) if a_right else t_right,
            a_left,
            a_right,
        ),
    ),
    "plu": Known(
        lambda x, alpha, c: max(alpha * (x + c) - c, min(alpha * (x - c) + c, x)),
        lambda x, alpha, c: mp.mpf(1) if abs(x) < c else mp.mpf(alpha),
        lambda alpha, c: (_leaky(alpha) if alpha else -c, -_leaky(alpha) if alpha else c, alpha, alpha),
    ),
    "celu": Known(
        lambda x, alpha: x if x > 0 else alpha * mp.expm1(x / alpha),
        lambda x, alpha: mp.mpf(1) if x > 0 else mp.exp(x / alpha),
        lambda alpha: (-alpha, _inf, 0, 1),
        scale=lambda alpha: 1 / float(alpha),
    ),
    "isrlu": Known(
        lambda x, alpha: x if x > 0 else x / mp.sqrt(1 + alpha * x * x),
        lambda x, alpha: mp.mpf(1) if x > 0 else (1 + alpha * x * x) ** mp.mpf(-1.5),
        lambda alpha: (-1 / math.sqrt(alpha), _inf, 0, 1),
    ),
    "log_sigmoid": Known(lambda x: -_softplus(-x), lambda x: _sigma(-x), lambda: (-_inf, 0, 1, 0)),
    "squareplus": Known(
        lambda x, b: (x + mp.sqrt(x * x + b)) / 2 if x > 0 else b / 2 / (mp.sqrt(x * x + b) - x),
        lambda x, b: KNOWN["squareplus"].f(x, b) / mp.sqrt(x * x + b),
        lambda b: (0, _inf, 0, 1),
    ),
    "sparse_plus": Known(
        lambda x: x if x >= 1 else mp.mpf(0) if x <= -1 else (x + 1) ** 2 / 4,
        lambda x: min(max((x + 1) / 2, mp.mpf(0)), mp.mpf(1)),
        lambda: (0, _inf, 0, 1),
    ),
    "sqrt_softplus": Known(
        lambda x: mp.sqrt(_softplus(x)),
        lambda x: _sigma(x) / 2 / mp.sqrt(_softplus(x)),
        lambda: (0, _inf, 0, 0),
        scale=lambda: 0.5,
    ),
    "bent_identity": Known(
        lambda x: x + x * x / (mp.sqrt(x * x + 1) + 1) / 2,
        lambda x: 1 + x / 2 / mp.sqrt(x * x + 1),
        lambda: (-_inf, _inf, 0.5, 1.5),
    ),
    "relu2": Known(lambda x: max(x, mp.mpf(0)) ** 2, lambda x: 2 * max(x, mp.mpf(0)), lambda: (0, _inf, 0, _inf)),
    "star_relu": Known(
        lambda x, scale, bias: scale * max(x, mp.mpf(0)) ** 2 + bias,
        lambda x, scale, bias: 2 * scale * max(x, mp.mpf(0)),
        lambda scale, bias: (bias, _inf, 0, _inf),
    ),
    "xielu": Known(
        lambda x, alpha_p, alpha_n, beta: (
            alpha_p * x * x + beta * x if x > 0 else alpha_n * mp.expm1(x) + (beta - alpha_n) * x
        ),
        lambda x, alpha_p, alpha_n, beta: 2 * alpha_p * x + beta if x > 0 else alpha_n * mp.exp(x) + (beta - alpha_n),
        lambda alpha_p, alpha_n, beta: (
            -alpha_n if alpha_n == beta else _inf * (alpha_n - beta),
            _inf,
            beta - alpha_n,
            _inf,
        ),
        lambda alpha_p, alpha_n, beta: (float(mp.log(1 - beta / alpha_n)),) if alpha_n > beta else (),
    ),
    "softshrink": Known(
        lambda x, threshold: mp.sign(x) * max(abs(x) - threshold, mp.mpf(0)),
        _shrinkage_slope,
        lambda threshold: (-_inf, _inf, 1, 1),
    ),
    "hardshrink": Known(
        lambda x, threshold: x if abs(x) > threshold else mp.mpf(0),
        _shrinkage_slope,
        lambda threshold: (-_inf, _inf, 1, 1),
    ),
    "tanhshrink": Known(
        # near 0 by its series: 60 digits would be used up
        lambda x: x**3 / 3 - 2 * x**5 / 15 + 17 * x**7 / 315 if abs(x) < 1e-8 else x - mp.tanh(x),
        lambda x: mp.tanh(x) ** 2,
        lambda: (-_inf, _inf, 1, 1),
    ),
    "thresholded_relu": Known(
        lambda x, theta, value: x if x > theta else mp.mpf(value),
        lambda x, theta, value: mp.mpf(x > theta),
        lambda theta, value: (value, _inf, 0, 1),
    ),
    "quick_gelu": Known(
        lambda x: KNOWN["swish"].f(x, _QUICK),
        lambda x: KNOWN["swish"].slope(x, _QUICK),
        lambda: (0, _inf, 0, 1),
        lambda: (_swish_dip(_QUICK),),
        lambda: 1.702,
    ),
    "gelu_tanh": Known(
        lambda x: x * _sigma(_gelu_cubic(x)),
        lambda x: _sigma(_gelu_cubic(x)) * (1 + x * _gelu_cubic_slope(x) * _sigma(-_gelu_cubic(x))),
        lambda: (0, _inf, 0, 1),
        lambda: (_minimum_of(KNOWN["gelu_tanh"].slope, -0.75),),
        lambda: 30.0,
    ),
    "elish": Known(
        lambda x: (x if x >= 0 else mp.expm1(x)) * _sigma(x),
        lambda x: _sigma(x) * (1 + x * _sigma(-x) if x >= 0 else mp.exp(x) + mp.expm1(x) * _sigma(-x)),
        lambda: (0, _inf, 0, 1),
        lambda: (float(-mp.asinh(1)),),
    ),
    "logish": Known(
        lambda x: x * mp.log1p(_sigma(x)),
        lambda x: mp.log1p(_sigma(x)) + x * _sigma(x) * _sigma(-x) / (1 + _sigma(x)),
        lambda: (0, _inf, 0, float(mp.log(2))),
        lambda: (_minimum_of(KNOWN["logish"].slope, -1.37),),
    ),
    "acon_c": Known(
        lambda x, p1, p2, beta: x * (p1 * _sigma(beta * (p1 - p2) * x) + p2 * _sigma(-beta * (p1 - p2) * x)),
        _acon_c_slope,
        lambda p1, p2, beta: (-_leaky(-p2) if p2 < 0 else _leaky(p2), _inf, p2, p1),
        lambda p1, p2, beta: (
            () if p2 > 0 else (_minimum_of(lambda x: _acon_c_slope(x, p1, p2, beta), -1.28 if p2 == 0 else 0),)
        ),
        lambda p1, p2, beta: float(beta * (p1 - p2)),
    ),
    "tanhexp": Known(
        lambda x: x * mp.tanh(_exp_capped(x)),
        lambda x: mp.tanh(_exp_capped(x)) + x * _exp_capped(x) * mp.sech(_exp_capped(x)) ** 2,
        lambda: (0, _inf, 0, 1),
        lambda: (_minimum_of(KNOWN["tanhexp"].slope, -1.08),),
    ),
    "serf": Known(
        lambda x: x * _erf(_softplus(x)),
        lambda x: _erf(_softplus(x)) + 2 / mp.sqrt(mp.pi) * x * mp.exp(-(_softplus(x) ** 2)) * _sigma(x),
        lambda: (0, _inf, 0, 1),
        lambda: (_minimum_of(KNOWN["serf"].slope, -1.19),),
    ),
    "smish": Known(
        lambda x: x * mp.tanh(mp.log1p(_sigma(x))),
        lambda x: (
            mp.tanh(mp.log1p(_sigma(x)))
            + x * mp.sech(mp.log1p(_sigma(x))) ** 2 * _sigma(x) * _sigma(-x) / (1 + _sigma(x))
        ),
        lambda: (0, _inf, 0, 0.6),
        lambda: (_minimum_of(KNOWN["smish"].slope, -1.39),),
    ),
    "phish": Known(
        lambda x: x * mp.tanh(x * _cdf(x)),
        lambda x: mp.tanh(x * _cdf(x)) + x * (_cdf(x) + x * _pdf(x)) * mp.sech(x * _cdf(x)) ** 2,
        lambda: (0, _inf, 0, 1),
        lambda: (_minimum_of(KNOWN["phish"].slope, -1.195), 0.0),
    ),
    "hardswish": Known(
        lambda x: x * min(max(x + 3, mp.mpf(0)), mp.mpf(6)) / 6,
        lambda x: mp.mpf(0) if x <= -3 else mp.mpf(1) if x >= 3 else (2 * x + 3) / 6,
        lambda: (0, _inf, 0, 1),
        lambda: (-1.5,),
    ),
    "hard_mish": Known(
        lambda x: x / 2 * min(max(x + 2, mp.mpf(0)), mp.mpf(2)),
        lambda x: mp.mpf(0) if x <= -2 else mp.mpf(1) if x >= 0 else x + 1,
        lambda: (0, _inf, 0, 1),
        lambda: (-1.0,),
    ),
    "gaussian": Known(
        lambda x: mp.exp(-x * x), lambda x: -2 * x * mp.exp(-x * x), lambda: (0, 0, 0, 0), lambda: (0.0,), lambda: 25.0
    ),
    "lisht": Known(
        lambda x: x * mp.tanh(x),
        lambda x: mp.tanh(x) + x * mp.sech(x) ** 2,
        lambda: (_inf, _inf, -1, 1),
        lambda: (0.0,),
    ),
    "logcosh": Known(
        lambda x: (
            mp.log1p(2 * mp.sinh(x / 2) ** 2) if abs(x) < 1 else abs(x) + mp.log1p(mp.exp(-2 * abs(x))) - mp.log(2)
        ),
        mp.tanh,
        lambda: (_inf, _inf, -1, 1),
        lambda: (0.0,),
    ),
    "sine": Known(
        lambda x, omega: _far_out(mp.sin, omega * x),
        lambda x, omega: omega * _far_out(mp.cos, omega * x),
        lambda omega: (math.nan,) * 4,
        lambda omega: tuple(float((k + 0.5) * mp.pi / omega) for k in range(-3, 3)),
        lambda omega: float(omega),
    ),
    "snake": Known(
        lambda x, a: x + _far_out(mp.sin, a * x) ** 2 / a,
        lambda x, a: 1 + _far_out(mp.sin, 2 * a * x),
        lambda a: (-_inf, _inf, math.nan, math.nan),
    ),
    "sinc": Known(
        lambda x: _far_out(mp.sin, x) / x if x else mp.mpf(1),
        # near 0 by its series: 60 digits would be used up
        lambda x: (
            -x / 3 + x**3 / 30 - x**5 / 840 if abs(x) < 1e-6 else (_far_out(mp.cos, x) - _far_out(mp.sin, x) / x) / x
        ),
        lambda: (0, 0, 0, 0),
        lambda: (*(-float(x) for x in _SINC_TURNS[::-1]), 0.0, *map(float, _SINC_TURNS)),
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
