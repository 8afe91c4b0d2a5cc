"""Learning-rate schedules: their rates against mpmath, their grammar, their figure and their command."""

import json
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.lines import Line2D

import actviz
from actviz.figures import Schedules
from actviz.formula import latex, mathml, plain
from actviz.lessons import schedules
from actviz.lessons.schedules import Schedule, get
from tests.conftest import Run
from tests.test_looks import assert_readable
from tests.test_reports import terminal

mp = mpmath.mp

PICTURES = [
    (("piecewise",), 40),
    (("exponential", "exponential:staircase=1"), 200),
    (("exponential", "natural_exp", "natural_exp:staircase=1"), 200),
    (("polynomial:cycle=1", "polynomial"), 200),
    (("cosine", "linear_cosine", "noisy_linear_cosine"), 200),
]
"""The articles' five."""


@pytest.mark.parametrize(("spec", "rates"), [
    ("piecewise", {0: 0.1, 10: 0.1, 11: 0.07, 20: 0.07, 21: 0.025, 30: 0.025, 31: 0.0125}),
    ("exponential", {10: 0.45, 100: 0.17433922, 199: 0.06143218}),
    ("exponential:staircase=1", {9: 0.5, 10: 0.45, 19: 0.45, 20: 0.405, 100: 0.17433922}),
    ("natural_exp", {10: 0.20328483, 50: 0.00555450}),
    ("exponential:decay=0.40656966", {10: 0.20328483, 50: 0.00555450}),
    ("polynomial", {0: 0.1, 25: 0.07363961, 50: 0.01, 51: 0.01}),
    ("polynomial:cycle=1", {50: 0.01, 51: 0.073, 100: 0.01, 101: 0.06143928, 151: 0.05454773}),
    ("cosine", {0: 0.1, 12.5: 0.08535534, 25: 0.05, 50: 0.0, 199: 0.0}),
    ("linear_cosine", {0: 0.17, 25: 0.11045085, 50: 0.05272542, 199: 0.05272542}),
])  # fmt: skip
def test_the_rates_of_the_articles(spec: str, rates: dict[float, float]) -> None:
    """What the pictures show, to eight digits."""
    assert get(spec)(list(rates)) == pytest.approx(list(rates.values()), abs=1e-8)


def _cosine(t: int, r: float, s: float, a: float) -> object:
    return r * ((1 - mp.mpf(a)) * (1 + mp.cos(mp.pi * min(mp.mpf(t) / s, 1))) / 2 + a)


def _linear_cosine(t: int, r: float, s: float, p: float, a: float, b: float) -> object:
    u = min(mp.mpf(t) / s, 1)
    return r * ((a + 1 - u) * (1 + mp.cos(2 * mp.pi * p * u)) / 2 + mp.mpf(b))


def _polynomial(t: int, r: float, s: float, e: float, p: float, cycle: int) -> object:
    n = mp.mpf(s) * max(1, mp.ceil(t / mp.mpf(s))) if cycle else mp.mpf(s)
    return (mp.mpf(r) - e) * (1 - min(t / n, 1)) ** mp.mpf(p) + e


EXACT: dict[str, Callable[..., object]] = {
    "exponential": lambda t, r, s, d, stairs: r * mp.mpf(d) ** (mp.floor(t / mp.mpf(s)) if stairs else t / mp.mpf(s)),
    "natural_exp": lambda t, r, s, d, stairs: r * mp.exp(-d * (mp.floor(t / mp.mpf(s)) if stairs else t / mp.mpf(s))),
    "polynomial": _polynomial,
    "cosine": _cosine,
    "linear_cosine": _linear_cosine,
}
shares = st.floats(0, 1)
rates = st.floats(1e-6, 10)
VALUES = {
    "exponential": st.tuples(rates, st.integers(1, 99), st.floats(0.1, 1), st.integers(0, 1)),
    "natural_exp": st.tuples(rates, st.integers(1, 99), st.floats(0, 3), st.integers(0, 1)),
    "polynomial": st.tuples(rates, st.integers(1, 99), shares, st.floats(0.1, 4), st.integers(0, 1)),
    "cosine": st.tuples(rates, st.integers(1, 99), shares),
    "linear_cosine": st.tuples(rates, st.integers(1, 99), st.floats(0, 9), shares, shares),
}


@pytest.mark.parametrize("name", EXACT)
@settings(deadline=None, derandomize=True, max_examples=25)
@given(data=st.data(), t=st.integers(0, 300))
def test_rates_of_any_parameters(name: str, data: st.DataObject, t: int) -> None:
    """Against mpmath, by the order of the parameters in a specification."""
    values = data.draw(VALUES[name])
    spec = f"{name}:{','.join(map(repr, values))}"
    scale = values[0] + (values[2] if name == "polynomial" else 0)
    assert get(spec)(t) == pytest.approx(float(EXACT[name](t, *values)), rel=1e-12, abs=1e-13 * scale)  # type: ignore[arg-type]


def test_noise() -> None:
    """The same seed has the same noise, whose spread is as declared; its mean is linear cosine."""
    noisy = [get("noisy_linear_cosine", seed=seed) for seed in range(200)]
    steps = np.arange(51.0)
    plain_ = get("linear_cosine")(steps)
    runs = np.array([one(steps) for one in noisy])
    wave = 0.1 * 0.5 * (1 + np.cos(2 * np.pi * 0.2 * steps / 50))
    noise = (runs - plain_) / wave
    for step, spread in ((0, 0.1), (50, 0.08215)):
        assert noise[:, step].std() == pytest.approx(spread, rel=0.15)
        assert noise[:, step].mean() == pytest.approx(0, abs=4 * spread / math.sqrt(200))
    # the sequence that Python guarantees
    first = (get("noisy_linear_cosine")([0, 1, 2]) - plain_[:3]) / wave[:3]
    normal = first / np.sqrt(0.01 / (1 + np.arange(3)) ** 0.1)
    assert normal == pytest.approx([-1.10599545, 1.02548897, 0.71849722], abs=1e-7)
    assert (noisy[1](steps) == get("noisy_linear_cosine")(steps)).all()
    assert (get("noisy_linear_cosine", variance=0)(steps) == plain_).all()


# grammar


def test_specifications() -> None:
    """By position, by name, by another name, by Keras' name; what it is called reads back as the same."""
    same = get("exponential:0.1,7,staircase=1")
    assert (
        same == get("Exponential:lr=0.1,decay_steps=7,stairs=1") == get("exponential", rate=0.1, steps=7, staircase=1)
    )
    assert same == get("keras.optimizers.schedules.ExponentialDecay:1/10,7,staircase=1") == get(same)
    assert get("piecewise:1/2,3/2/1") == get("piecewise", boundaries=(1, 2), values=(3, 2, 1))
    for spec in ("cosine", "cosine:rate=3,steps=7,alpha=0.3", "piecewise:boundaries=1/2,values=3/2/1", same.spec):
        assert get(get(spec).spec) == get(spec)
    assert same.spec == "exponential:rate=0.1,steps=7,staircase=1"
    assert same.plain_label == "Exponential (rate = 0.1, steps = 7, decay = 0.9, in stairs)"


@pytest.mark.parametrize("name", schedules.names())
def test_every_kind_is_complete(name: str) -> None:
    """A summary, a formula in all forms, and a spelling for TensorFlow that shows all parameters but the seed."""
    one = get(name)
    assert one.kind.summary
    assert "$" not in plain(one.formula) + latex(one.formula) + mathml(one.formula)
    code = one.code["TensorFlow 1"]
    for parameter, value in one.parameters.items():
        shown = value if isinstance(value, tuple) else (value,)
        assert parameter in ("seed", "staircase", "cycle") or all(f"{number:g}" in code for number in shown)


def test_frameworks() -> None:
    """What can be said in PyTorch is, and what differs at a boundary."""
    equal = get("piecewise:10/20,1/0.5/0.25")
    assert equal.code["PyTorch"].endswith("MultiStepLR(optimizer, milestones=[11, 21], gamma=0.5)")
    assert "bisect_left([10, 20, 30], t)" in get("piecewise").code["PyTorch"]
    assert get("exponential:staircase=1").code["PyTorch"].endswith("StepLR(optimizer, step_size=10, gamma=0.9)")
    assert "eta_min=0.9)" in get("cosine:rate=3,steps=7,alpha=0.3").code["PyTorch"]
    assert "one step earlier" in get("piecewise").kind.frameworks["PyTorch"].note
    assert "rises again" in get("cosine").kind.frameworks["PyTorch"].note
    for framework in ("Keras", "PyTorch"):
        assert framework not in get("linear_cosine").code


@pytest.mark.parametrize("wrong", [-1, math.nan, [1, -0.5]])
def test_steps_count_from_0(wrong: object) -> None:
    """A step that is none is refused."""
    with pytest.raises(actviz.InputError, match="steps count from 0"):
        get("cosine")(wrong)  # type: ignore[arg-type]


# the figure


def curves(*specs: str, until: int) -> dict[str, Line2D]:
    """The curves of a figure by name."""
    (axes,) = actviz.schedule(*specs, until=until).axes
    found = [line for line in axes.lines if str(line.get_gid()).startswith("rate-")]
    return {str(line.get_gid()): line for line in found}


@pytest.mark.parametrize(("specs", "until"), [*PICTURES, (("cosine:rate=3,steps=7,alpha=0.3",), 10)])
def test_curves_go_through_the_rates(specs: tuple[str, ...], until: int) -> None:
    """At every whole step; stairs are level in between, and hold a step's rate until the next."""
    drawn = curves(*specs, until=until)
    assert len(drawn) == len(specs)
    for spec, line in zip(specs, drawn.values(), strict=True):
        schedule: Schedule = get(spec)
        x, y = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
        steps = np.arange(until + 1)
        if schedule.held:
            after = np.searchsorted(x, steps[:-1] + 0.5)
            assert y[after] == pytest.approx(schedule(steps[:-1]))
            assert y[after - 1] == pytest.approx(y[after])
        else:
            assert np.isin(steps, x).all()
            assert y[np.searchsorted(x, steps)] == pytest.approx(schedule(steps))
        assert (x[0], x[-1], y[-1]) == (0, until, pytest.approx(schedule(until)))


def test_cycles_begin_upright() -> None:
    """A cycle begins with the limit right after the last one's end, which falls from cycle to cycle."""
    (line,) = curves("polynomial:cycle=1", until=199).values()
    x, y = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    tops = [y[np.searchsorted(x, step) + 1] for step in (50, 100, 150)]
    assert tops == pytest.approx([0.09 * math.sqrt(1 / (k + 1)) + 0.01 for k in (1, 2, 3)], abs=1e-3)


@pytest.mark.parametrize("turn", [0, 2])
def test_readable(turn: int) -> None:
    """The articles' pictures and others; sizes and themes take turns."""
    sizes: tuple[str | tuple[float, float], ...] = ("docs", "slide", "square", "paper", "phone", (3.0, 9.0))
    more = [(tuple(schedules.names())[:6], 60), (("cosine:1e-05", "cosine:2e-05,7"), 1), (("noisy_linear_cosine",), 99)]
    for index, (specs, until) in enumerate([*PICTURES, *more], start=turn):
        theme = ("light", "dark", "auto")[index % 3]
        assert_readable(actviz.schedule(*specs, until=until, size=sizes[index % 5], theme=theme))


def test_names_or_a_legend_and_numbers_at_the_ends() -> None:
    """Names stand at the curves where they fit; what is said of the ends can be left out."""

    def said(notes: bool) -> list[str]:
        (axes,) = actviz.schedule("cosine", "linear_cosine", "noisy_linear_cosine", notes=notes).axes
        return [text.get_text() for text in axes.texts if text.get_text()]

    assert {"Cosine", "Linear cosine", "0.17", "0.05273"} <= set(said(True))
    assert said(False) == ["Cosine", "Linear cosine", "Noisy linear cosine"]
    crowd = [f"cosine:rate={1 + number / 1000}" for number in range(6)]
    (legend,) = actviz.schedule(*crowd, size="paper").legends
    legend.get_figure().draw_without_rendering()
    boxes = {text.get_text(): text.get_window_extent() for text in legend.get_texts()}
    read = sorted(boxes, key=lambda name: (-round(boxes[name].y0), boxes[name].x0))
    assert read == [f"$r_{{0}}$ = {1 + n / 1000:g}" for n in range(6)]


def test_description() -> None:
    """Someone who can't see it hears the rates."""
    words = Schedules((get("cosine"), get("exponential:staircase=1")), until=100).description
    assert "Cosine (rate = 0.1, steps = 50, alpha = 0): 0.1 at step 0, 0 at step 50 and 0 at step 100." in words
    assert "0.1743 at step 100, changing in stairs." in words


# the command


def test_the_list_fits_a_terminal_of_80_columns() -> None:
    """However long the parameters are."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", terminal("schedule", columns=80)).splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if not line.startswith(" ")] == ["name", *schedules.names()]


def test_the_list(run: Run) -> None:
    """Without a kind there is a table of all, which can be typed as it is printed."""
    lines = run("schedule").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == schedules.names()
    for line in lines[1:]:
        name, parameters = line.split()[:2]
        assert get(f"{name}:{parameters}") == get(name)
    assert [one["name"] for one in json.loads(run("schedule", "--json").stdout)] == schedules.names()


def test_the_command_prints_rates_and_draws(run: Run, tmp_path: Path) -> None:
    """A table, the spelling in frameworks, and the paths; the SVG says what it shows."""
    result = run("schedule", "cosine:rate=3,steps=7,alpha=0.3", "--until", "10", "--out", "a.svg")
    lines = result.stdout.splitlines()
    assert (lines[1].split(), lines[8].split(), lines[-1]) == (["0", "3"], ["7", "0.9"], "a.svg")
    assert any(line.startswith("PyTorch") and "T_max=7" in line for line in lines)
    root = ET.parse(tmp_path / "a.svg").getroot()
    assert "0.9 at step 10" in "".join(root.itertext())
    data = json.loads(run("schedule", "cosine", "--until", "47", "--json", "--no-figure").stdout)
    assert data["schedules"][0]["rates"] == pytest.approx(get("cosine")(np.arange(48)).tolist())
    assert data["files"] == []
