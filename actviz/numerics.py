"""Pieces of arithmetic that neither overflow nor cancel, shared by several families of activations.

All of them take and return float64 arrays, keep NaN, and are exact in the limits at plus and minus infinity.
"""

import math
import sys
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from actviz.errors import InputError

Array = NDArray[np.float64]

LARGEST = float(np.finfo(np.float64).max)

# 1/sqrt(2) and 1/sqrt(2 pi) to twice the precision of a double: the second number is the rounding error of the first
_INVERSE_ROOT_2 = (0.7071067811865476, -4.833646656726457e-17)
_INVERSE_ROOT_2PI = (0.3989422804014327, -2.492327202777639e-17)

# below this, exp(x) times something large may be a normal number while exp(x) itself has lost digits
_NEARLY_SUBNORMAL = -708.0
# a whole number and its exponential, chosen because the latter is within 1/100 unit of a double
_STEP, _EXP_STEP = -652.0, 6.918274648626584e-284
# below this the normal distribution function is nearly subnormal, and its asymptotic series is exact to the last digit
_FAR_TAIL = -35.0


def real_numbers(x: Any) -> Array:
    """Return numbers of any shape as float64; a masked array stays one.

    Raises
    ------
    InputError
        If x holds anything but real numbers, or is a ragged sequence.
    """
    try:
        array = np.asanyarray(x)
        if array.dtype.kind in "biuf":
            return np.ma.asarray(array, np.float64) if is_masked(array) else np.asarray(array, float)
        if isinstance(x, Real):  # a fraction, or a whole number beyond those of numpy
            return np.array(float(x))
    except (ValueError, OverflowError) as error:
        raise InputError(f"x can't be read as an array of real numbers: {error}") from None
    form = {"c": "complex numbers", "M": "dates", "m": "times", "U": "text", "S": "bytes", "O": "objects"}
    what = f"{form.get(array.dtype.kind, 'an array')} ({array.dtype})"
    raise InputError(f"x must be real numbers, not {what if array.ndim else repr(x)}")


def is_masked(array: Array) -> TypeGuard["np.ma.MaskedArray[Any, Any]"]:
    """Whether an array is a masked one; there is none before numpy.ma is loaded, which takes a while."""
    return "numpy.ma" in sys.modules and isinstance(array, np.ma.MaskedArray)


def keep_nan(x: Array, values: Array | float) -> Array:
    """Return the values, but NaN where x is NaN: comparisons would turn it into a number."""
    return np.where(np.isnan(x), x, values)


def scale(a: float, x: Array) -> Array:
    """Return a·x, which for a = 0 is 0 even at infinity: the limit of the line, not 0·inf = NaN."""
    return a * (x if a != 0 else np.clip(x, -LARGEST, LARGEST))


def rounding_error(a: Array, b: Array) -> Array:
    """Return the rounding error of a product, exactly: a·b - fl(a·b) (Dekker 1971), or 0 where that isn't finite."""
    a_fraction, a_exponent = np.frexp(a)
    b_fraction, b_exponent = np.frexp(b)
    # halves of 26 bits, whose products are exact
    a_high = (a_fraction * 134217729.0) - (a_fraction * 134217729.0 - a_fraction)
    b_high = (b_fraction * 134217729.0) - (b_fraction * 134217729.0 - b_fraction)
    a_low, b_low = a_fraction - a_high, b_fraction - b_high
    rounded = a_fraction * b_fraction
    error = a_low * b_low - (((rounded - a_high * b_high) - a_low * b_high) - a_high * b_low)
    with np.errstate(over="ignore"):
        finite = np.isfinite(a * b)
    return np.where(finite, np.ldexp(error, a_exponent + b_exponent), 0.0)


def sum_error(a: Array, b: Array | float, total: Array) -> Array:
    """Return a + b - total exactly (Knuth 1969), or 0 where the total isn't finite."""
    with np.errstate(invalid="ignore"):  # inf - inf, where the total isn't finite
        back = total - a
        return np.where(np.isfinite(total), (a - (total - back)) + (b - back), 0.0)


def product(a: float, x: Array) -> tuple[Array, Array]:
    """Return a·x as the rounded product and its rounding error.

    An exponential turns an absolute error of its argument into a relative error of its value: without the error of the
    product, exp(1.5·x) is off by hundreds of units in the last place at x = -460.
    """
    rounded = scale(a, x)
    lost = rounding_error(np.full_like(x, a), np.clip(x, -LARGEST, LARGEST))
    return rounded, np.where(np.isfinite(rounded), lost, 0.0)


def exponent(a: float, x: Array) -> tuple[Array, Array]:
    """Return a·x and its rounding error for an exponential: clipped to where that is 0 or overflows.

    For |a·x| up to 1 the error is left out: putting it back would round off more than it mends.
    """
    u, lost = product(a, x)
    return np.clip(u, -1500.0, 1500.0), np.where((np.abs(u) > 1.0) & (np.abs(u) < 1500.0), lost, 0.0)


def quotient(x: Array, a: float) -> tuple[Array, Array]:
    """Return x/a as the rounded quotient and its rounding error, for a > 0."""
    with np.errstate(over="ignore"):
        rounded = x / a
        back = rounded * a
    usual = np.isfinite(back)
    finite = np.where(usual, rounded, 0.0)
    divisor = np.full_like(finite, a)
    # the remainder is exact: x - back is, and so is the rounding error of back
    remainder = (np.where(usual, x, 0.0) - finite * a) - rounding_error(finite, divisor)
    return rounded, np.where(usual, remainder / a, 0.0)


def affine(weight: float, x: Array, bias: float) -> Array:
    """Return weight·x + bias with one rounding, so that nothing is lost where the two nearly cancel."""
    rounded, lost = product(weight, x)
    total = rounded + bias
    return total + (lost + sum_error(rounded, bias, total))


def scaled_exp(a: Array | float, x: Array) -> Array:
    """Return a·exp(x), precise even where exp(x) alone would be subnormal."""
    return np.where(x > _NEARLY_SUBNORMAL, a * np.exp(x), (a * np.exp(np.minimum(x - _STEP, 0.0))) * _EXP_STEP)


def sigmoid(x: Array) -> Array:
    """Return 1/(1 + exp(-x)): exp only ever sees -abs(x), so it can't overflow."""
    z = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, z) / (1.0 + z)


def sigmoid_derivative(x: Array) -> Array:
    """Return σ(x)·σ(-x), which keeps its digits where 1 - σ(x) has none left."""
    z = np.exp(-np.abs(x))
    return z / square_of_sum(z)


def square_of_sum(z: Array) -> Array:
    """Return (1 + z)² for 0 <= z <= 1, with half the rounding error of squaring the sum where z is small."""
    return 1.0 + z * (2.0 + z)


def tail(x: Array) -> Array:
    """Return exp(x) with x clipped to [-700, 1], for the left sides of formulas from which exp(x) is factored out."""
    return np.exp(np.clip(x, -700.0, 1.0))


def softplus(x: Array) -> Array:
    """Return ln(1 + exp(x)) as max(x, 0) + log1p(exp(-abs(x)))."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))


def sech_squared(x: Array) -> Array:
    """Return 1/cosh(x)², the derivative of tanh, without 1 - tanh(x)², which cancels."""
    twice = -2.0 * np.abs(x)
    return scaled_exp(4.0, twice) / square_of_sum(np.exp(twice))


def erf(x: Array) -> Array:
    """Return the error function, which numpy lacks."""
    return np.array([math.erf(y) for y in x.flat]).reshape(x.shape)


def halvings(a: float) -> int:
    """Return how often a number must be halved until it is 1 or less."""
    return max(0, math.ceil(math.log2(a)))


def sine_and_cosine(a: float, x: Array) -> tuple[Array, Array]:
    """Return sin(a·x) and cos(a·x), with the rounding error of a·x put back; NaN at infinity, where neither settles.

    Where a·x overflows, the angle is halved first and doubled afterwards, which doubles the error each time.
    """
    doublings = halvings(a)
    far = np.isfinite(x) & (np.abs(x) > LARGEST / 2.0**doublings)
    u, lost = product(a, np.where(far, np.ldexp(x, -doublings), x))
    with np.errstate(invalid="ignore"):
        sine, cosine = np.sin(u), np.cos(u)
    sine, cosine = sine * np.cos(lost) + cosine * np.sin(lost), cosine * np.cos(lost) - sine * np.sin(lost)
    for _ in range(doublings if far.any() else 0):
        doubled = 2.0 * sine * cosine, (cosine - sine) * (cosine + sine)
        sine, cosine = np.where(far, doubled[0], sine), np.where(far, doubled[1], cosine)
    return sine, cosine


def normal_cdf(x: Array, lost: Array | float = 0.0) -> Array:
    """Return P(X <= x + lost) for X ~ N(0, 1), as erfc(-x/√2)/2; lost is the rounding error of x.

    erfc multiplies the relative error of its argument by up to 2x², over 1,000 units at x = -37, so the rounding error
    of x/√2 is put back to first order.
    """
    high, low = _INVERSE_ROOT_2
    rounded, rounded_off = product(high, x)
    erfc = np.array([math.erfc(-y) for y in rounded.flat]).reshape(x.shape)
    bounded = np.clip(x, -40.0, 40.0)  # beyond, there is nothing to put back
    rest = rounded_off + low * bounded + high * lost
    return 0.5 * erfc + rest * np.exp(-0.5 * np.square(bounded)) / math.sqrt(math.pi)


def scaled_normal_pdf(a: Array | float, x: Array, lost: Array | float = 0.0) -> Array:
    """Return a·φ(x + lost), φ the density of N(0, 1), precise even where φ(x) alone would be subnormal."""
    high, low = _INVERSE_ROOT_2PI
    bounded = np.clip(x, -60.0, 60.0)  # φ(60) is 0 in float64
    square = np.square(bounded)
    half_lost = 0.5 * rounding_error(bounded, bounded) + bounded * lost
    return scaled_exp(a * (high + (low - high * half_lost)), -0.5 * square)


def x_normal_cdf(x: Array) -> Array:
    """Return x·P(X <= x) for X ~ N(0, 1), precise even where P(X <= x) alone would be subnormal."""
    tail = np.clip(x, -LARGEST, _FAR_TAIL)
    # x P(X <= x) = -φ(x) (1 - 1/x² + 3/x⁴ - 15/x⁶ + …), an asymptotic series (Abramowitz and Stegun 26.2.12)
    return np.where(
        x < _FAR_TAIL, -scaled_normal_pdf(mills_series(tail), tail), np.maximum(x, -LARGEST) * normal_cdf(x)
    )


def x_normal_cdf_derivative(x: Array) -> Array:
    """Return P(X <= x) + x·φ(x) for X ~ N(0, 1)."""
    tail = np.clip(x, -60.0, _FAR_TAIL)
    far = scaled_normal_pdf(tail - mills_series(tail) / tail, tail)
    # the two nearly cancel around the minimum of x·P(X <= x), so each step's rounding error is carried along
    x = np.clip(x, -60.0, 60.0)
    square = np.square(x)
    density = np.exp(-0.5 * square)
    weight = x * _INVERSE_ROOT_2PI[0]
    weight_lost = rounding_error(x, np.full_like(x, _INVERSE_ROOT_2PI[0])) + x * _INVERSE_ROOT_2PI[1]
    term = weight * density
    lost = rounding_error(weight, density) + weight_lost * density
    lost = lost - 0.5 * rounding_error(x, x) * term
    probability = normal_cdf(x)
    total = term + probability
    return np.where(x < _FAR_TAIL, far, total + (lost + sum_error(term, probability, total)))


def mills_series(x: Array) -> Array:
    """Return -x·P(X <= x)/φ(x) for X ~ N(0, 1) far on the left, x < -35."""
    r = 1.0 / np.square(x)
    return 1.0 - r * (1.0 - 3.0 * r * (1.0 - 5.0 * r * (1.0 - 7.0 * r * (1.0 - 9.0 * r * (1.0 - 11.0 * r)))))
