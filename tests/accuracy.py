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
from actviz.analysis import steepest
from actviz.model import Activation
from tests.references import known

BAR = 4.0
FEW, MANY = 1200, 6000
"""About how many points the tests take, and how many the table."""
# where more than the bar was found once
HARD = (-37.15273218568998, -37.231589057913155, -37.417126132380005, -37.60058389681337, -37.67678659303727)
# the ends of float64's numbers, and those whose square, cube or sum is beyond them
EXTREME = (
    5e-324,
    1e-323,
    2.225e-308,
    2.2250738585072014e-308,
    1e-154,
    1e77,
    1.3e154,
    1.4e154,
    9e307,
    1.7976931348623157e308,
)
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


def points(activation: Activation, count: int = FEW) -> np.ndarray:
    """Both signs and all magnitudes, dense around kinks and extrema and where exponentials vanish."""
    generator = np.random.default_rng(1)
    reference, parameters = known(activation.name), exact(activation)
    places = [0.0, *(kink.x for kink in activation.kinks), *reference.flat(**parameters), steepest(activation)[0]]
    places = [place for place in places if math.isfinite(place)]
    around = [
        place + sign * 10 ** generator.uniform(-12, 1, max(8, count // 60)) for place in places for sign in (-1, 1)
    ]
    beside = [place + np.arange(-3, 4) * np.spacing(place) for place in places]
    size = np.concatenate(
        [
            10 ** generator.uniform(-310, 5, count // 4),
            10 ** generator.uniform(5, 308, count // 60),
            10 ** generator.uniform(-3, 3, count // 6),
            generator.uniform(0, 45, count // 6),
            generator.uniform(0, 45, count // 12) / reference.scale(**parameters),
            generator.uniform(600, 800, count // 8),
            generator.uniform(600, 800, count // 8) / reference.scale(**parameters),
            generator.uniform(30, 40, count // 6),
        ]
    )
    ends = np.concatenate([EXTREME, np.negative(EXTREME)])
    return np.concatenate([size * generator.choice([-1.0, 1.0], size.size), *around, *beside, ends, HARD])


def exact(activation: Activation) -> dict[str, object]:
    """The parameters for a reference: numbers as mpf."""
    return {name: value if isinstance(value, tuple) else mp.mpf(value) for name, value in activation.parameters.items()}


def worst(activation: Activation, x: np.ndarray, derivative: bool) -> Worst:
    """Find the largest error among points; at a kink itself the derivative is a convention, which isn't measured."""
    reference, parameters = known(activation.name), exact(activation)
    evaluate, formula = (activation.derivative, reference.slope) if derivative else (activation, reference.f)
    bounds = [bound.error for bound in activation.accuracy if bound.slope == derivative]
    if derivative:
        x = x[~np.isin(x, [kink.x for kink in activation.kinks])]
    largest = Worst()
    for point, value in zip(x.tolist(), evaluate(x).tolist(), strict=True):
        true = formula(mp.mpf(point), **parameters)
        if abs(true) > _LARGEST:
            units = 0.0 if value == math.copysign(math.inf, true) else math.inf
        else:
            error = abs(mp.mpf(value) - true) if math.isfinite(value) else mp.inf
            if any(error <= allowed(point) for allowed in bounds):
                continue
            size = abs(float(true))
            unit = mp.mpf(math.ulp(size)) if size >= _SMALLEST_NORMAL else mp.mpf(2) ** -1074 * 16
            units = float(error / unit)
        if units > largest.units:
            largest = Worst(units, point)
    return largest


def main() -> int:
    """Print the table; 1 if the bar isn't met."""
    print(f"{'activation':52} {'f':>5} {'at x':>12}   {chr(39) + 'f':>5} {'at x':>12}".replace("'f", "f'"))
    reached = 0.0
    for activation in variants():
        x = points(activation, MANY)
        f, slope = (worst(activation, x, derivative) for derivative in (False, True))
        print(f"{activation.spec:52} {f.units:5.2f} {f.x:12.4g}   {slope.units:5.2f} {slope.x:12.4g}")
        reached = max(reached, f.units, slope.units)
    print(f"largest: {reached:.2f} units in the last place; the bar is {BAR:g}, but for these bounds:")
    stated = {(activation.title, bound.says): None for activation in variants() for bound in activation.accuracy}
    for title, says in stated:
        print(f"  {title}: {says}")
    return int(reached > BAR)


if __name__ == "__main__":
    sys.exit(main())
