"""Surrogate gradients: a step is used on the way forward, and the slope of something else on the way back."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actviz.numerics import Array, keep_nan, scale, sigmoid_derivative

MOST_STEPS = 10_000
"""The most steps of a descent that are tried."""


@dataclass(frozen=True)
class Use:
    """The parameter of a surrogate in a library.

    Parameters
    ----------
    library
        The library's name.
    symbol
        What the library calls the parameter, as written in formulas: k or α.
    value
        Its default.
    """

    library: str
    symbol: str
    value: float


@dataclass(frozen=True)
class Surrogate:
    """A slope that is used instead of a step's.

    Parameters
    ----------
    name, title
        The name in code, and in words.
    formula
        The slope as a function of x and k, in TeX.
    function
        The slope, of a float64 array and k.
    area
        The slope's integral over all x, from k; a step itself rises by its jump.
    uses
        Which libraries have it, and with which k by default; empty if none has.
    source
        Where it comes from.
    """

    name: str
    title: str
    formula: str
    function: Callable[[Array, float], Array]
    area: Callable[[float], float]
    uses: tuple[Use, ...]
    source: str

    def slope(self, x: ArrayLike, k: float = 1.0) -> Array:
        """Return the slope used on the way back at x, of the shape of x; k is above 0, and ignored if there is none."""
        with np.errstate(over="ignore"):  # far out the slope is 0
            return self.function(np.asarray(x, dtype=np.float64), k)

    @property
    def values(self) -> tuple[float, ...]:
        """The values of k in libraries, each once; 1 if there is no k."""
        return tuple(dict.fromkeys(use.value for use in self.uses)) or (1.0,)


def _fast_sigmoid(x: Array, k: float) -> Array:
    return 1.0 / np.square(1.0 + np.abs(scale(k, x)))


def _arctan(x: Array, k: float) -> Array:
    return k / 2 / (1.0 + np.square(scale(math.pi / 2 * k, x)))


_SNN, _JELLY = "snnTorch", "SpikingJelly"

SURROGATES = {
    one.name: one
    for one in (
        Surrogate(
            "straight_through", "straight-through", "1", lambda x, k: keep_nan(x, 1.0), lambda k: math.inf,
            (), "Bengio, Léonard, Courville 2013, arXiv:1308.3432",
        ),
        Surrogate(
            "clipped", "clipped", r"1\;\;\mathrm{if}\;\;|x| \leq 1",
            lambda x, k: keep_nan(x, np.where(np.abs(x) <= 1, 1.0, 0.0)), lambda k: 2.0,
            (), "Courbariaux, Hubara and others 2016, arXiv:1602.02830",
        ),
        Surrogate(
            "sigmoid", "sigmoid", r"k\,\sigma(k\,x)\,\sigma(-k\,x)",
            lambda x, k: k * sigmoid_derivative(scale(k, x)), lambda k: 1.0,
            (Use(_SNN, "k", 25.0), Use(_JELLY, "α", 4.0)), "",
        ),
        Surrogate(
            "fast_sigmoid", "fast sigmoid", r"\frac{1}{(1 + k\,|x|)^{2}}", _fast_sigmoid, lambda k: 2.0 / k,
            (Use(_SNN, "k", 25.0), Use(_JELLY, "α", 2.0)), "",
        ),
        Surrogate(
            "arctan", "arctan", r"\frac{k / 2}{1 + (\pi\,k\,x / 2)^{2}}", _arctan, lambda k: 1.0,
            (Use(_SNN, "α", 2.0), Use(_JELLY, "α", 2.0)), "",
        ),
    )
}  # fmt: skip
"""By name, in the order shown. SpikingJelly's fast sigmoid, called softsign, has a factor α/2, which is 1 for α = 2."""


def descend(surrogate: Surrogate, k: float, start: float = -1.25, rate: float = 0.1, jump: float = 1.0) -> int | None:
    """Count the steps of gradient descent until a step function that should fire does fire, at x > 0.

    The loss is (f(x) - 1)²/2 with a step f from 1 - jump to 1. Its true gradient (f(x) - 1)·f'(x) is 0; the surrogate
    takes the place of f'.

    Parameters
    ----------
    surrogate, k
        The slope, and its parameter.
    start
        Where x begins, below 0.
    rate
        The learning rate.
    jump
        How much the step rises: 1 for Heaviside's, 2 for the sign.

    Returns
    -------
    int | None
        None if `MOST_STEPS` aren't enough.
    """
    x = start
    for count in range(MOST_STEPS + 1):
        if x > 0:
            return count
        push = rate * jump * float(surrogate.slope(x, k))
        if x + push == x:
            return None
        x += push
    return None
