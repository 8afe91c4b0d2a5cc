"""The maximum of several affine functions."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

import numpy as np

from actviz.model import REALS, Definition, Interval, Kink, Parameter, Reference, Relative, Spelling, Values, given
from actviz.numerics import Array, affine, keep_nan


@lru_cache
def _envelope(
    weights: tuple[float, ...], biases: tuple[float, ...]
) -> tuple[list[Fraction], list[tuple[Fraction, Fraction]]]:
    """Return the corners of the upper envelope of the lines, and its pieces as (weight, bias), both from left to right.

    In exact fractions, because a corner that is off by one rounding can get the wrong piece beside it.
    """
    highest: dict[Fraction, Fraction] = {}
    for weight, bias in zip(map(Fraction, weights), map(Fraction, biases), strict=True):
        highest[weight] = max(bias, highest.get(weight, bias))
    corners: list[Fraction] = []
    pieces: list[tuple[Fraction, Fraction]] = []
    for weight, bias in sorted(highest.items()):
        while pieces:
            corner = (pieces[-1][1] - bias) / (weight - pieces[-1][0])
            if not corners or corner > corners[-1]:
                corners.append(corner)
                break
            corners.pop()
            pieces.pop()
        pieces.append((weight, bias))
    return corners, pieces


def _to_float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def maxout(x: Array, weights: tuple[float, ...], biases: tuple[float, ...]) -> Array:
    pieces = [affine(w, x, b) for w, b in zip(weights, biases, strict=True)]
    return np.asarray(np.max(pieces, axis=0))


def maxout_derivative(x: Array, weights: tuple[float, ...], biases: tuple[float, ...]) -> Array:
    corners, pieces = _envelope(weights, biases)
    slopes = np.array([float(weight) for weight, _ in pieces])
    return keep_nan(x, slopes[np.searchsorted([_to_float(corner) for corner in corners], x, side="left")])


# these share the gradient equally among the pieces that tie for the largest
_FRAMEWORKS = ("PyTorch 2.13", "JAX 0.10", "Keras 3.15")


def _kinks(weights: tuple[float, ...], biases: tuple[float, ...]) -> tuple[Kink, ...]:
    corners, pieces = _envelope(weights, biases)
    slopes = [float(weight) for weight, _ in pieces]
    steps = zip(map(_to_float, corners), slopes, slopes[1:])
    return tuple(
        Kink(x, left, right, convention=left, answers=dict.fromkeys(_FRAMEWORKS, (left + right) / 2))
        for x, left, right in steps
        if math.isfinite(x)
    )


def _range(weights: tuple[float, ...], biases: tuple[float, ...]) -> Interval:
    corners, pieces = _envelope(weights, biases)
    if pieces[0][0] * pieces[-1][0] > 0:
        return REALS
    # convex, so the lowest value is at a corner, or everywhere on the only piece
    lowest = min(w * x + b for x, (w, b) in zip(corners or [Fraction(0)], pieces))
    return Interval(f"[{_to_float(lowest)!r}, {'inf)' if corners else f'{_to_float(lowest)!r}]'}")


def _pieces(weights: tuple[float, ...], biases: tuple[float, ...]) -> tuple[Values, ...]:
    if len(weights) == 1:
        return ()
    return tuple({"weights": (w,), "biases": (b,)} for w, b in zip(weights, biases, strict=True))


def _equation(weights: tuple[float, ...], biases: tuple[float, ...]) -> str:
    """Write a single piece as 2x − 3; empty for several."""
    if len(weights) > 1:
        return ""
    (w,), (b,) = weights, biases
    if w == 0:
        return f"${given(b)}$"
    slope = {1.0: "", -1.0: "−"}.get(w, given(w))
    bias = f" {'+' if b > 0 else '−'} {given(abs(b))}" if b else ""
    return f"${slope}x{bias}$"


def _spelled(template: str) -> Callable[..., str]:
    def spell(weights: tuple[float, ...], biases: tuple[float, ...]) -> str:
        return template.format(", ".join(f"{w!r} * x + {b!r}" for w, b in zip(weights, biases, strict=True)))

    return spell


MAXOUT = Definition(
    name="maxout",
    title="Maxout",
    summary="The largest of k affine pieces: a convex shape that the network learns.",
    strength="Learns its own shape, ReLU and Leaky ReLU included; only a constant saturates on both sides.",
    weakness="Needs k times the weights of an ordinary layer.",
    formula=r"\max_{i}(w_{i}\,x + b_{i})",
    derivative_formula=r"w_{k},\quad k = \operatorname{argmax}_{i}(w_{i}\,x + b_{i})",
    function=maxout,
    derivative=maxout_derivative,
    parameters=(
        Parameter(
            "weights",
            (-1.0, 0.5, 2.0),
            symbol="w",
            meaning="slopes of the pieces",
            usual=((0.0, 1.0), (0.2, 1.0), (-1.0, 1.0)),
            aliases=("w", "weight"),
        ),
        Parameter(
            "biases",
            (-3.0, 0.0, -3.0),
            symbol="b",
            meaning="values of the pieces at x = 0",
            usual=((0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
            aliases=("b", "bias"),
        ),
    ),
    constraint=lambda weights, biases: (
        ""
        if len(weights) == len(biases)
        else f"as many weights as biases are needed, not {len(weights)} and {len(biases)}"
    ),
    range=_range,
    kinks=_kinks,
    monotonic=lambda weights, biases: min(weights) >= 0 or max(weights) <= 0,
    window=(-6.0, 6.0),
    family=_pieces,
    member_label=_equation,
    curve_label="the largest of the pieces",
    samples={-4.0: 1.0, -2.0: -1.0, 1.0: 0.5, 3.0: 3.0},
    reference=Reference("Goodfellow, Warde-Farley, Mirza, Courville, Bengio", 2013, "Maxout networks", "1302.4389"),
    frameworks={
        "PyTorch": Spelling(_spelled("torch.stack([{}]).amax(dim=0)")),
        "Keras": Spelling(_spelled("keras.ops.max(keras.ops.stack([{}]), axis=0)")),
        "JAX": Spelling(_spelled("jax.numpy.stack([{}]).max(axis=0)")),
    },
    relatives=(
        Relative("relu", "of 0 and x, ReLU", of="maxout:weights=0/1,biases=0/0"),
        Relative("leaky_relu:0.2", "of 0.2 x and x, Leaky ReLU", of="maxout:weights=0.2/1,biases=0/0"),
        Relative("linear", "of x alone, the line", of="maxout:weights=1,biases=0"),
    ),
)
