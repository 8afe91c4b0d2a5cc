"""Functions and derivatives against their references over the whole of float64."""

import dataclasses
import math
import warnings
from collections.abc import Callable

import mpmath as mp
import numpy as np
import pytest

import actviz
from actviz.model import Activation
from actviz.registry import REGISTRY
from tests import accuracy
from tests.references import KNOWN, known

VARIANTS = list(accuracy.variants())
every_variant = pytest.mark.parametrize("activation", VARIANTS, ids=lambda activation: activation.spec)


@every_variant
@pytest.mark.parametrize("derivative", [False, True], ids=["function", "derivative"])
def test_within_four_units_in_the_last_place(activation: Activation, derivative: bool) -> None:
    """Everywhere, subnormal numbers included, or within the bound that a definition states instead.

    See `tests.accuracy` for what a unit is.
    """
    worst = accuracy.worst(activation, accuracy.points(activation), derivative)
    assert worst.units <= accuracy.BAR, f"{worst.units:.3g} units at x = {worst.x!r}"


@pytest.mark.parametrize("activation", VARIANTS[::10], ids=lambda activation: activation.spec)
def test_enough_points(activation: Activation) -> None:
    """The same in each run, of both signs, subnormal ones and the largest among them; the table has five times more."""
    x = accuracy.points(activation)
    assert x.tolist() == accuracy.points(activation).tolist()
    assert np.unique(x).size >= 1200
    assert np.unique(accuracy.points(activation, accuracy.MANY)).size >= 6000
    for sign in (-1, 1):
        assert {5e-324, float(np.finfo(float).max)} <= set(sign * x)
        for low, high in ((30, 40), (600, 800), (1e-310, 1e-270), (1e2, 1e5), (1e100, 1e300)):
            assert ((low < sign * x) & (sign * x < high)).sum() >= 4


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("tanh", {"function": lambda x: np.tanh(x) * (1 + 2e-15)}),
        ("tanh", {"derivative": lambda x: 1 - np.tanh(x) ** 2}),
        ("exponential", {"function": lambda x: np.minimum(np.exp(x), 1e308)}),
        ("linear", {"function": lambda x: np.where(np.abs(x) < 1e-307, 0.0, x)}),
    ],
    ids=["rounding", "cancellation", "overflow", "subnormal"],
)
def test_what_is_less_accurate_is_found(name: str, wrong: dict[str, Callable[..., object]]) -> None:
    """A relative error of 2e-15, 1 - tanh², a largest number instead of infinity, 0 for what is subnormal."""
    activation = dataclasses.replace(REGISTRY[name], **wrong).bind()
    assert accuracy.worst(activation, accuracy.points(activation), "derivative" in wrong).units > accuracy.BAR


def test_every_activation_has_a_reference() -> None:
    """And every reference an activation; `known` says what to write."""
    assert {name for name in actviz.names() if known(name)} == set(KNOWN)
    with pytest.raises(AssertionError, match=r"'new' has no reference: write .* in tests/references\.py"):
        known("new")


def _both(activation: Activation) -> list[Callable[..., object]]:
    return [activation, activation.derivative]


@every_variant
def test_limits_at_infinity_are_exact(activation: Activation) -> None:
    """The mathematical limit, not inf·0; NaN where there is none."""
    found = [evaluate(x) for evaluate in _both(activation) for x in (-math.inf, math.inf)]
    limits = [float(limit) for limit in known(activation.name).limits(**activation.parameters)]
    assert np.array_equal(found, limits, equal_nan=True), (found, limits)


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
    x = np.array([*ends, *(-end for end in ends), math.nan, *accuracy.points(activation)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for evaluate in _both(activation):
            evaluate(x)


@every_variant
def test_zeros_and_subnormal_numbers(activation: Activation) -> None:
    """Both zeros give the same, and the convention's slope at a kink; the numbers beside them are no special case."""
    reference, parameters = known(activation.name), accuracy.exact(activation)
    conventions = {kink.x: kink.convention for kink in activation.kinks}
    slope = conventions.get(0.0, float(reference.slope(mp.mpf(0), **parameters)))
    for zero in (0.0, -0.0):
        assert activation(zero) == pytest.approx(float(reference.f(mp.mpf(0), **parameters)), rel=4e-16, abs=0)
        assert activation.derivative(zero) == pytest.approx(slope, rel=4e-16, abs=0)
    tiny = np.array([sign * size for sign in (-1, 1) for size in (5e-324, 1e-323, 1e-310, 2.2e-308)])
    for derivative in (False, True):
        assert accuracy.worst(activation, tiny, derivative).units <= accuracy.BAR


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
