"""Cheaper forms of an activation, and how far they are off."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from actviz.errors import InputError
from actviz.model import Activation, Definition
from actviz.numerics import Array
from actviz.registry import get


@dataclass(frozen=True, eq=False)
class Approximation:
    """A cheaper form of an activation.

    Parameters
    ----------
    name
        What it is called: "tanh form".
    formula
        In TeX, as mathtext can draw it.
    of
        The exact activation.
    function
        The approximation, of a float64 array.
    used
        Who uses it.
    """

    name: str
    formula: str
    of: Activation
    function: Callable[[Array], Array]
    used: str

    def difference(self, x: Array) -> Array:
        """Return approximation - exact, of the shape of x."""
        return np.asarray(self.function(x) - self.of(x))

    @property
    def error(self) -> float:
        """The largest |approximation - exact| within 10 of 0."""
        return max(error for _, error in self._tops)

    @property
    def places(self) -> tuple[float, ...]:
        """Where it is off by that much, from left to right."""
        return tuple(x for x, error in self._tops if error >= self.error * (1 - 1e-6))

    @cached_property
    def _tops(self) -> list[tuple[float, float]]:
        """The places within 10 of 0 where the error is larger than beside them, with the error there."""
        x = np.linspace(-_REACH, _REACH, 2001)
        error = np.abs(self.difference(x))
        top = np.flatnonzero((error[1:-1] >= error[:-2]) & (error[1:-1] > error[2:])) + 1
        top = top[error[top] >= 0.99 * error.max()]
        low, high = x[top - 1], x[top + 1]
        for _ in range(6):
            near = np.linspace(low, high, 21)
            error = np.abs(self.difference(near))
            best, column = np.clip(error.argmax(axis=0), 1, 19), np.arange(top.size)
            low, high = near[best - 1, column], near[best + 1, column]
        return list(zip(near[best, column].tolist(), error[best, column].tolist(), strict=True))


_REACH = 10.0

_KNOWN: dict[str, tuple[tuple[str, str, Callable[[Array], Array], str], ...]] = {
    "gelu": (
        (
            "tanh form",
            r"\frac{x}{2}\,(1 + \tanh(\sqrt{2 / \pi}\,(x + 0.044715\,x^{3})))",
            get("gelu_tanh"),
            "BERT, GPT-2; the default of JAX",
        ),
        ("sigmoid form", r"x\,\sigma(1.702\,x)", get("swish:1.702"), "CLIP"),
    ),
    "sigmoid": (
        ("hard sigmoid, slope 0.2", r"\min(\max(0.2\,x + 0.5, 0), 1)", get("hard_sigmoid:0.2"), "Keras 2"),
        (
            "hard sigmoid, slope 1/6",
            r"\min(\max(x / 6 + 0.5, 0), 1)",
            get("hard_sigmoid:1/6"),
            "MobileNetV3, Keras 3",
        ),
    ),
    "swish": (("hard swish", r"x\,\min(\max(x + 3, 0), 6) / 6", get("hardswish"), "MobileNetV3"),),
    "tanh": (("hard tanh", r"\min(\max(x, -1), 1)", get("hardtanh"), "binarised networks"),),
}
"""Name, formula, function and users, by activation."""


def approximated() -> list[str]:
    """List the activations that have approximations here."""
    return list(_KNOWN)


def approximations(activation: str | Activation | Definition = "gelu") -> tuple[Approximation, ...]:
    """Return the approximations of an activation that are known to be in use, the nearest first.

    Raises
    ------
    InputError
        If there is none; the message names activations that have one.
    """
    activation = get(activation)
    for name, known in _KNOWN.items():
        if get(name) == activation:
            found = [Approximation(what, formula, activation, f, used) for what, formula, f, used in known]
            return tuple(sorted(found, key=lambda one: one.error))
    raise InputError(f"{activation.spec} has no approximation in use; give {', '.join(approximated())}", "activations")
