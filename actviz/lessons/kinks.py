"""A kink: two one-sided slopes, and no derivative."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import InputError
from actviz.model import Activation, Definition, Kink, given, readable
from actviz.numerics import Array
from actviz.registry import REGISTRY, get

WELL_KNOWN = ("relu", "leaky_relu", "relu6")

MOST_NAMED = 6
"""The most activations that a message names."""


@dataclass(frozen=True)
class Corner:
    """What a function does at a kink.

    Parameters
    ----------
    activation, kink
        `kink` has its place, one-sided slopes, convention, and the limits of f if that jumps too.
    value
        f there.
    central
        The limit of (f(x + h) - f(x - h))/2h, which gradient checks use: the mean of the two slopes, or infinite where
        f jumps.
    subgradients
        The least and the largest slope of a line that touches from below; None unless f is convex there.
    """

    activation: Activation
    kink: Kink
    value: float
    central: float
    subgradients: tuple[float, float] | None

    def fan(self, lines: int = 7) -> Array:
        """Return evenly spaced slopes between the ends of `subgradients`, of shape (lines,); empty without any."""
        return np.linspace(*self.subgradients, lines + 2)[1:-1] if self.subgradients else np.empty(0)


def corner(activation: str | Activation | Definition, at: float | None = None) -> Corner:
    """Return what a function does at a kink: at the one at `at`, by default the first where f doesn't jump, if any.

    Raises
    ------
    InputError
        If there is no kink (the message names activations that have one), or none at `at`.
    """
    activation = get(activation)
    if not activation.kinks:
        raise InputError(f"{activation.spec} has no kink; give {some_kinked()}", "activations")
    kink = next((one for one in activation.kinks if not one.limits), activation.kinks[0])
    if at is not None:
        kink = min(activation.kinks, key=lambda one: abs(one.x - at))
        if not math.isclose(kink.x, at, rel_tol=1e-6, abs_tol=1e-9):
            known = " and ".join(readable(one.x) for one in activation.kinks)
            raise InputError(f"at {given(at)} isn't a kink of {activation.spec}, whose kinks are {known}", "at")
    centre = (kink.left + kink.right) / 2
    if kink.limits:
        centre = math.copysign(math.inf, kink.limits[1] - kink.limits[0])
    convex = kink.left < kink.right and not kink.limits
    value = activation(kink.x)
    return Corner(activation, kink, value, centre, (kink.left, kink.right) if convex else None)


def kinked() -> list[str]:
    """List the registry's activations that have a kink with their default parameters, and no jump there."""
    return [name for name in REGISTRY if any(not kink.limits for kink in get(name).kinks)]


def some_kinked() -> str:
    """Name a few of `kinked`, the best known first."""
    known = sorted(kinked(), key=lambda name: name not in WELL_KNOWN)
    return ", ".join([*known[:MOST_NAMED], *["…"][: len(known) - MOST_NAMED]])


def quotient(activation: str | Activation | Definition, h: ArrayLike, at: float = 0.0) -> Array:
    """Return (f(at + h) - f(at))/h, h not 0, of the shape of h."""
    activation, h = get(activation), np.asarray(h, dtype=np.float64)
    return np.asarray((activation(at + h) - activation(at)) / h)


def central(activation: str | Activation | Definition, h: ArrayLike, at: float = 0.0) -> Array:
    """Return (f(at + h) - f(at - h))/2h, h not 0, of the shape of h."""
    activation, h = get(activation), np.asarray(h, dtype=np.float64)
    return np.asarray((activation(at + h) - activation(at - h)) / (2 * h))
