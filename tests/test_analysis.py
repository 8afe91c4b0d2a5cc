"""What follows from f, f' and kinks, for shapes that the registry hasn't got; test_definitions has those it has."""

import dataclasses
import math

import mpmath as mp
import numpy as np
import pytest

import actviz
from actviz import analysis
from tests.made_up import MADE_UP, definition

_QUARTER = float(mp.pi / 2)
_TROUGH = float(mp.findroot(lambda x: x - mp.tan(x), 4.5))
_WAVE = float(mp.findroot(lambda x: mp.cos(x) - x * mp.sin(x), 0.9))

EXTREMA = {
    "reverse": [],
    "gaussian": [(0.0, 1.0, "maximum")],
    "absolute": [(0.0, 0.0, "minimum")],
    "constant": [],
    "minus": [],
    "step": [],
    "box": [(-1.0, 1.0, "maximum")],
    "tent": [(0.0, 1.0, "maximum")],
    "square": [(0.0, 0.0, "minimum")],
    "hill": [(0.0, 0.0, "maximum")],
    "cubic": [(-1.0, 2.0, "maximum"), (1.0, -2.0, "minimum")],
    "decay": [],
    "snake": [],
    "ramp": [],
}


@pytest.mark.parametrize("name", EXTREMA)
def test_all_extrema_are_found(name: str) -> None:
    """Minima and maxima, smooth ones and corners, and none of a function that only rises or only falls."""
    found = [(one.x, one.value, one.kind) for one in analysis.extrema(MADE_UP[name])]
    assert found == EXTREMA[name]
    assert not analysis.endless(MADE_UP[name])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sine", [(-_QUARTER, -1.0), (_QUARTER, 1.0)]),
        ("sinc", [(-_TROUGH, float(mp.sinc(_TROUGH))), (0.0, 1.0), (_TROUGH, float(mp.sinc(_TROUGH)))]),
        ("waves", [(-_WAVE, -_WAVE * math.cos(_WAVE)), (_WAVE, _WAVE * math.cos(_WAVE))]),
    ],
)
def test_of_endlessly_many_extrema_the_nearest_are_given(name: str, expected: list[tuple[float, float]]) -> None:
    """From left to right, around 0."""
    assert analysis.endless(MADE_UP[name])
    found = [(one.x, one.value) for one in analysis.extrema(MADE_UP[name])]
    assert found == sorted(found)
    nearest = sorted(found, key=lambda point: abs(point[0]))[: len(expected)]
    assert sorted(nearest) == [pytest.approx(point, rel=1e-14, abs=1e-14) for point in expected]


@pytest.mark.parametrize("frequency", [1e-6, 0.01, 1.0, 30.0, 1e4])
def test_a_wave_of_any_length(frequency: float) -> None:
    """Its extrema, its steepest slope and its mean, which is exp(-ω²/2) for cos(ωx)."""
    wave = definition(
        "Wave", lambda x: np.cos(frequency * x), lambda x: -frequency * np.sin(frequency * x), "[-1, 1]",
        monotonic=False,
    ).bind()  # fmt: skip
    assert analysis.endless(wave)
    assert (0.0, 1.0) in [(one.x, one.value) for one in analysis.extrema(wave)]
    assert abs(analysis.steepest(wave)[1]) == pytest.approx(frequency, rel=1e-12)
    assert not analysis.peaks(wave)
    assert analysis.mean_output(wave) == pytest.approx(math.exp(-(frequency**2) / 2), abs=1e-12)


STEEPEST = {
    "reverse": (0.0, -0.25),
    "gaussian": (-math.sqrt(0.5), math.sqrt(2 / math.e)),
    "sine": (0.0, 1.0),
    "minus": (0.0, -1.0),
    "constant": (0.0, 0.0),
    "decay": (-math.inf, -math.inf),
    "square": (math.inf, math.inf),
    "cubic": (math.inf, math.inf),
}


@pytest.mark.parametrize("name", STEEPEST)
def test_the_steepest_slope_keeps_its_sign(name: str) -> None:
    """Where it falls most steeply, that slope is negative; of two that are as steep, it is the rising one."""
    x, slope = analysis.steepest(MADE_UP[name])
    assert x == pytest.approx(STEEPEST[name][0], rel=1e-7)
    assert slope == pytest.approx(STEEPEST[name][1], rel=1e-14)


def test_a_slope_without_bound_is_infinite() -> None:
    """Also if it has no limit: x cos(x) has ever steeper slopes of both signs."""
    assert [slope for _, slope in analysis.slope_bounds(MADE_UP["waves"])] == [-math.inf, math.inf]


@pytest.mark.parametrize(
    ("activation", "places"),
    [
        (MADE_UP["reverse"], [0.0]),
        (MADE_UP["gaussian"], [-math.sqrt(0.5), math.sqrt(0.5)]),
        (MADE_UP["sinc"], [-2.0815759778, 2.0815759778]),
        (MADE_UP["sine"], []),
        (MADE_UP["snake"], []),
        (MADE_UP["minus"], []),
        (MADE_UP["step"], []),
        (actviz.get("elu"), []),
        (actviz.get("linear"), []),
        (actviz.get("softplus"), []),
        (actviz.get("tanh"), [0.0]),
    ],
)
def test_only_single_places_are_peaks(activation: analysis.Activation, places: list[float]) -> None:
    """Not one of many, of a stretch (ELU for x > 0), or of a straight line."""
    assert [x for x, _ in analysis.peaks(activation)] == [pytest.approx(place, abs=1e-7) for place in places]


def test_a_limit_that_is_not_there_is_no_saturation() -> None:
    """NaN at infinity says that there is none."""
    assert math.isnan(MADE_UP["sine"](math.inf))
    sides = {name: analysis.saturation(activation) for name, activation in MADE_UP.items()}
    assert [name for name, side in sides.items() if side == "none"] == [
        "sine", "waves", "snake", "absolute", "minus", "square", "hill", "cubic",
    ]  # fmt: skip
    assert (sides["decay"], sides["ramp"]) == ("right", "left")


def test_near_zero() -> None:
    """Sine and snake are like x there; what jumps at 0, is 1 there, or has slope -1 is not."""
    near = {name for name, activation in MADE_UP.items() if analysis.identity_near_zero(activation) == "both"}
    assert near == {"sine", "waves", "snake"}
    assert analysis.identity_near_zero(MADE_UP["absolute"]) == "right"


def test_which_vary() -> None:
    """Only lines don't: a step does, though its slope is 0 everywhere."""
    lines = {name for name, activation in MADE_UP.items() if not analysis.nonlinear(activation)}
    assert lines == {"constant", "minus"}


def test_a_scaled_down_relu_is_not_zero_centred() -> None:
    """Its mean is small, but so are its values."""
    small = dataclasses.replace(
        definition("Small", lambda x: 1e-12 * np.maximum(x, 0), lambda x: 1e-12 * (x > 0), "[0, inf)"),
        kinks=actviz.get("relu").kinks,
    )
    assert not analysis.zero_centred(small.bind())
    assert analysis.zero_centred(actviz.get("selu"))
