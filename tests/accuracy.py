"""How far functions and derivatives are from the exact values: `python -m tests.accuracy` prints the table.

The unit is the unit in the last place of the exact value in float64; where that is subnormal, a sixteenth of the bound
of 64 smallest subnormals, so that 4 is the bar everywhere.
"""

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import mpmath as mp
import numpy as np

import actviz
from actviz.model import Activation
from tests.references import known

BAR = 4.0
_SMALLEST_NORMAL = float(np.finfo(np.float64).tiny)
_LARGEST = mp.mpf(float(np.finfo(np.float64).max))


@dataclass(frozen=True)
class Worst:
    """The largest error of f or f', in units in the last place, and where."""

    units: float = 0.0
    x: float = math.nan


def variants() -> Iterator[Activation]:
    """Every activation with its default parameters and with those in common use."""
    for name in actviz.names():
        activation = actviz.get(name)
        yield activation
        parameters = activation.definition.parameters
        for values in zip(*(parameter.usual for parameter in parameters), strict=True):
            yield actviz.get(name, **{p.name: value for p, value in zip(parameters, values, strict=True)})


def points(activation: Activation, count: int = 4000) -> np.ndarray:
    """Both signs and all magnitudes, dense around kinks and extrema and where exponentials vanish; no kink itself."""
    generator = np.random.default_rng(1)
    places = [kink.x for kink in activation.kinks]
    flat = known(activation.name).flat(**exact(activation))
    places += [] if flat is None else [flat]
    around = [place + sign * 10 ** generator.uniform(-12, 1, 100) for place in places for sign in (-1, 1)]
    size = np.concatenate(
        [
            10 ** generator.uniform(-310, 5, count // 4),
            10 ** generator.uniform(-3, 3, count // 4),
            generator.uniform(0, 45, count // 4),
            generator.uniform(600, 800, count // 8),
            generator.uniform(30, 40, count // 8),
        ]
    )
    x = np.concatenate([size * generator.choice([-1.0, 1.0], size.size), *around])
    return x[~np.isin(x, places)]


def exact(activation: Activation) -> dict[str, object]:
    """The parameters for a reference: numbers as mpf."""
    return {name: value if isinstance(value, tuple) else mp.mpf(value) for name, value in activation.parameters.items()}


def worst(activation: Activation, x: np.ndarray, derivative: bool) -> Worst:
    """Find the largest error among points."""
    reference, parameters = known(activation.name), exact(activation)
    evaluate, formula = (activation.derivative, reference.slope) if derivative else (activation, reference.f)
    flat = reference.flat(**parameters) if derivative else None
    if activation.name == "hard_sigmoid" and not derivative:
        flat = -0.5 / activation.parameters["slope"]  # the zero, whose slope is no binary fraction
    largest = Worst()
    for point, value in zip(x.tolist(), evaluate(x).tolist(), strict=True):
        true = formula(mp.mpf(point), **parameters)
        if abs(true) > _LARGEST:
            units = 0.0 if value == math.copysign(math.inf, true) else math.inf
        else:
            error = abs(mp.mpf(value) - true) if math.isfinite(value) else mp.inf
            if flat is not None and abs(point - flat) <= 0.5 and error <= mp.mpf(2) ** -52:
                continue
            size = abs(float(true))
            unit = mp.mpf(float(np.spacing(size))) if size >= _SMALLEST_NORMAL else mp.mpf(2) ** -1074 * 16
            units = float(error / unit)
        if units > largest.units:
            largest = Worst(units, point)
    return largest


def main() -> int:
    """Print the table; 1 if the bar isn't met."""
    print(f"{'activation':52} {'f':>5} {'at x':>12}   {chr(39) + 'f':>5} {'at x':>12}".replace("'f", "f'"))
    reached = 0.0
    for activation in variants():
        x = points(activation)
        f, slope = (worst(activation, x, derivative) for derivative in (False, True))
        print(f"{activation.spec:52} {f.units:5.2f} {f.x:12.4g}   {slope.units:5.2f} {slope.x:12.4g}")
        reached = max(reached, f.units, slope.units)
    print(f"largest: {reached:.2f} units in the last place; the bar is {BAR:g}")
    return int(reached > BAR)


if __name__ == "__main__":
    sys.exit(main())
