"""Functions of shapes that the registry hasn't got, or not with all parameters: falling, even, periodic, with jumps."""

import dataclasses
import math
from collections.abc import Callable

import numpy as np

from actviz.model import Activation, Definition, Interval, Kink
from actviz.numerics import Array, sigmoid, sigmoid_derivative
from actviz.registry import REGISTRY

Function = Callable[[Array], Array]


def definition(
    title: str,
    function: Function,
    derivative: Function,
    interval: str,
    kinks: tuple[Kink, ...] = (),
    monotonic: bool = True,
    smoothness: float = math.inf,
) -> Definition:
    """Write a definition with the words of another one."""
    return dataclasses.replace(
        REGISTRY["relu"], name=title.lower(), title=title, function=function, derivative=derivative,
        range=Interval(interval), kinks=kinks, monotonic=monotonic, smoothness=smoothness, relatives=(),
    )  # fmt: skip


def _gaussian_derivative(x: Array) -> Array:
    return -2 * np.clip(x, -1e100, 1e100) * np.exp(-x * x)


def _sinc(x: Array) -> Array:
    return np.where(np.isinf(x), 0.0, np.sinc(np.where(np.isinf(x), 0.0, x) / math.pi))


def _sinc_derivative(x: Array) -> Array:
    z = np.where((np.abs(x) < 1e-2) | np.isinf(x), 1.0, x)
    quotient = (z * np.cos(z) - np.sin(z)) / z / z
    series = np.clip(x, -1, 1) * (-1 / 3 + np.square(np.clip(x, -1, 1)) / 30)
    return np.where(np.isinf(x), 0.0, np.where(np.abs(x) < 1e-2, series, quotient))


def _flat(x: Array) -> Array:
    return np.where(np.isnan(x), x, 0.0)


def _tent_slope(x: Array) -> Array:
    return np.where(np.abs(x) < 1, -np.sign(x), _flat(x))


_DEFINITIONS = (
    definition("Reverse", lambda x: sigmoid(-x), lambda x: -sigmoid_derivative(x), "(0, 1)"),
    definition("Gaussian", lambda x: np.exp(-x * x), _gaussian_derivative, "(0, 1]", monotonic=False),
    definition("Sine", np.sin, np.cos, "[-1, 1]", monotonic=False),
    definition("Waves", lambda x: x * np.cos(x), lambda x: np.cos(x) - x * np.sin(x), "(-inf, inf)", monotonic=False),
    definition("Sinc", _sinc, _sinc_derivative, "[-0.21723362821122166, 1]", monotonic=False),
    definition(
        "Snake",
        lambda x: np.where(np.isinf(x), x, x + np.square(np.sin(x))),
        lambda x: 1 + np.sin(2 * x),
        "(-inf, inf)",
    ),
    definition("Absolute", np.abs, lambda x: np.where(x > 0, 1.0, -1.0), "[0, inf)",
               (Kink(0.0, -1.0, 1.0, -1.0),), monotonic=False),
    definition("Constant", lambda x: _flat(x) + 3, _flat, "[3, 3]"),
    definition("Minus", lambda x: -x, lambda x: _flat(x) - 1, "(-inf, inf)"),
    definition("Step", lambda x: np.where(x > 0, 1.0, _flat(x)), _flat, "[0, 1]",
               (Kink(0.0, 0.0, 0.0, 0.0, limits=(0.0, 1.0)),)),
    definition("Box", lambda x: np.where(np.abs(x) <= 1, 1.0, _flat(x)), _flat, "[0, 1]",
               (Kink(-1.0, 0.0, 0.0, 0.0, limits=(0.0, 1.0)), Kink(1.0, 0.0, 0.0, 0.0, limits=(1.0, 0.0))),
               monotonic=False),
    definition("Tent", lambda x: np.maximum(1 - np.abs(x), 0), _tent_slope, "[0, 1]",
               (Kink(-1.0, 0.0, 1.0, 0.0), Kink(0.0, 1.0, -1.0, 0.0), Kink(1.0, -1.0, 0.0, 0.0)), monotonic=False),
    definition("Square", np.square, lambda x: 2 * x, "[0, inf)", monotonic=False),
    definition("Hill", lambda x: -np.square(x), lambda x: -2 * x, "(-inf, 0]", monotonic=False),
    definition("Cubic", lambda x: x * (x * x - 3), lambda x: 3 * x * x - 3, "(-inf, inf)", monotonic=False),
    definition("Decay", lambda x: np.exp(-x), lambda x: -np.exp(-x), "(0, inf)"),
    definition("Ramp", lambda x: np.square(np.maximum(x, 0)) * np.maximum(x, 0),
               lambda x: 3 * np.square(np.maximum(x, 0)), "[0, inf)", smoothness=2),
)  # fmt: skip

MADE_UP: dict[str, Activation] = {one.name: one.bind() for one in _DEFINITIONS}
"""By name."""
