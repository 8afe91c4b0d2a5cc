"""Functions and derivatives against their references over the whole of float64."""

import math
import warnings
from collections.abc import Callable

import numpy as np
import pytest

import actviz
from actviz.model import Activation
from tests import accuracy
from tests.references import KNOWN, known

VARIANTS = list(accuracy.variants())
every_variant = pytest.mark.parametrize("activation", VARIANTS, ids=lambda activation: activation.spec)


@every_variant
@pytest.mark.parametrize("derivative", [False, True], ids=["function", "derivative"])
def test_within_four_units_in_the_last_place(activation: Activation, derivative: bool) -> None:
    """Everywhere, subnormal numbers included; see `tests.accuracy` for what a unit is."""
    worst = accuracy.worst(activation, accuracy.points(activation), derivative)
    assert worst.units <= accuracy.BAR, f"{worst.units:.3g} units at x = {worst.x!r}"


def test_every_activation_has_a_reference() -> None:
    """And every reference an activation; `known` says what to write."""
    assert {name for name in actviz.names() if known(name)} == set(KNOWN)


def _both(activation: Activation) -> list[Callable[..., object]]:
    return [activation, activation.derivative]


@every_variant
def test_limits_at_infinity_are_exact(activation: Activation) -> None:
    """The mathematical limit, not inf·0."""
    found = [evaluate(x) for evaluate in _both(activation) for x in (-math.inf, math.inf)]
    assert found == [float(limit) for limit in known(activation.name).limits(**activation.parameters)]


@every_variant
def test_nan_stays_nan(activation: Activation) -> None:
    """Also in a derivative that is made of comparisons."""
    for evaluate in _both(activation):
        assert math.isnan(evaluate(math.nan))
        assert np.isnan(evaluate([1.0, math.nan])).tolist() == [False, True]


@every_variant
def test_no_float_raises_a_warning(activation: Activation) -> None:
    """Neither overflow, division nor an invalid operation, for any float64."""
    ends = [0.0, 5e-324, 1e-310, 2.3e-308, 1e-20, 1.0, 30.0, 710.0, 746.0, 1e5, 1e154, 1e200, 1.7e308, math.inf]
    x = np.array([*ends, *(-end for end in ends), math.nan])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for evaluate in _both(activation):
            evaluate(x)


@every_variant
def test_any_shape_and_type_is_computed_in_float64(activation: Activation) -> None:
    """A scalar gives a float, an array its own shape, also an empty one; integers and float32 are converted."""
    for evaluate in _both(activation):
        assert type(evaluate(1)) is float
        assert type(evaluate(np.float32(1))) is float
        for shape in ((), (0,), (3,), (2, 0), (2, 3)):
            assert np.shape(evaluate(np.full(shape, 0.75))) == shape
        third = np.float32(1 / 3)
        assert evaluate(np.array([third]))[0] == evaluate(float(third))
        assert np.asarray(evaluate(np.array([1, -2], dtype=np.int8))).dtype == np.float64
        assert evaluate([1, -2]).tolist() == [evaluate(1.0), evaluate(-2.0)]


@every_variant
def test_arguments_are_left_alone(activation: Activation) -> None:
    """And the result is a new array."""
    x = np.array([-2.0, 0.0, 2.0])
    for evaluate in _both(activation):
        result = np.asarray(evaluate(x))
        result += 1
        assert x.tolist() == [-2.0, 0.0, 2.0]
