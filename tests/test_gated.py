"""Gated units a·g(b): their values and partial derivatives, and what the commands, the figure and the page show."""

import json
import math
import pickle
import re
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import actviz
from actviz import contours
from actviz.commandline import command
from actviz.figures import Surface
from actviz.gallery import articles
from actviz.gated import GatedDefinition
from actviz.registry import GATED_UNITS, REGISTRY
from actviz.terminal import completion
from tests.conftest import Run
from tests.test_looks import assert_readable

UNITS = ("glu", "reglu", "geglu", "swiglu", "bilinear")
BAR = mp.mpf("1e-15")
"""The relative error that the documentation states."""

# written from the papers, and not by the gates of actviz
SIGMOID = lambda b: 1 / (1 + mp.exp(-b))  # noqa: E731
PHI = lambda b: mp.erfc(-b / mp.sqrt(2)) / 2  # noqa: E731
GATES: dict[str, tuple[Any, Any]] = {
    "glu": (SIGMOID, lambda b: SIGMOID(b) * SIGMOID(-b)),
    "reglu": (lambda b: max(b, mp.mpf(0)), lambda b: mp.mpf(b > 0)),
    "geglu": (lambda b: b * PHI(b), lambda b: PHI(b) + b * mp.exp(-b * b / 2) / mp.sqrt(2 * mp.pi)),
    "swiglu": (lambda b: b * SIGMOID(b), lambda b: SIGMOID(b) * (1 + b * SIGMOID(-b))),
    "swiglu:1.702": (
        lambda b: b * SIGMOID(mp.mpf(1.702) * b),
        lambda b: SIGMOID(mp.mpf(1.702) * b) * (1 + mp.mpf(1.702) * b * SIGMOID(-mp.mpf(1.702) * b)),
    ),
    "bilinear": (lambda b: b, lambda b: mp.mpf(1)),
}


def _points() -> np.ndarray:
    generator = np.random.default_rng(3)
    b = np.concatenate(
        [generator.uniform(-4, 4, 60), generator.uniform(-37, 700, 30), [-30.0, 0.0, 1e-300, -1e-9, 1e9]]
    )
    a = generator.choice([-1.0, 1.0], len(b)) * 10 ** generator.uniform(-3, 3, len(b))
    return np.stack([a, b])


def _close(found: float, exact: Any, near_zero: float) -> bool:
    # absolute where terms of g' cancel, as for the gate itself, and where a gate is subnormal
    return abs(mp.mpf(found) - exact) <= max(BAR * abs(exact), near_zero, mp.mpf("1e-304"))


@pytest.mark.parametrize("spec", GATES)
def test_values_and_partial_derivatives_are_exact(spec: str) -> None:
    """They are nearly those of formulas that are written separately."""
    unit, (gate, slope) = actviz.gated_unit(spec), GATES[spec]
    a, b = _points()
    values, (by_a, by_b) = unit(a, b), unit.partials(a, b)
    with mp.workdps(50):
        for place in range(len(a)):
            first, second = mp.mpf(float(a[place])), mp.mpf(float(b[place]))
            assert _close(values[place], first * gate(second), 0), (spec, a[place], b[place])
            assert _close(by_a[place], gate(second), 0), (spec, b[place])
            near = abs(first) * mp.mpf(2) ** -51 if abs(second) < 3 else 0
            assert _close(by_b[place], first * slope(second), near), (spec, a[place], b[place])


@pytest.mark.parametrize("name", UNITS)
def test_what_a_definition_says(name: str) -> None:
    """Its samples, the diagonal, and that it is its gate's multiple."""
    unit = actviz.gated_unit(name)
    definition = unit.definition
    for (a, b), value in definition.samples.items():
        assert unit(a, b) == pytest.approx(value, rel=1e-15)
    x = np.linspace(-4, 4, 41)
    if definition.is_diagonal:
        assert unit(x, x) == pytest.approx(actviz.get(definition.is_diagonal)(x), rel=1e-14)
    assert unit(x, x) == pytest.approx(x * unit.gate(x), rel=1e-15)
    assert all((definition.summary, definition.strength, definition.weakness, definition.halves))
    assert definition.reference
    assert definition.reference.arxiv


@pytest.mark.parametrize("name", UNITS)
def test_codes_compute_it(name: str) -> None:
    """The spelling in JAX, with numpy in its place, gives the same where it is a product."""
    code = actviz.gated_unit(name).code["JAX"]
    assert name == "glu" or code.startswith("a * "), code
    assert "x" not in re.findall(r"\b\w+\b", code) or name == "glu"


@pytest.mark.parametrize(
    ("spec", "a", "b", "value"),
    [
        ("glu", math.inf, -1000.0, math.inf),  # the gate is only too small
        ("swiglu", math.inf, -1000.0, -math.inf),
        ("reglu", math.inf, -1.0, 0.0),  # it is closed all around
        ("reglu", math.inf, 0.0, math.nan),
        ("glu", math.inf, -math.inf, math.nan),
        ("glu", 2.0, math.inf, 2.0),
        ("glu", 2.0, -math.inf, 0.0),
        ("swiglu", 0.0, math.inf, math.nan),
        ("geglu", -math.inf, 3.0, -math.inf),
        ("bilinear", math.nan, 0.0, math.nan),
        ("reglu", 0.0, math.nan, math.nan),
    ],
)
def test_limits(spec: str, a: float, b: float, value: float) -> None:
    """At infinity there is the limit, or NaN if there is none; NaN stays."""
    found = actviz.gated_unit(spec)(a, b)
    assert isinstance(found, float)
    assert found == pytest.approx(value, nan_ok=True)


def test_shapes() -> None:
    """Inputs fit each other as numpy's do, and so do the derivatives."""
    unit = actviz.gated_unit("swiglu")
    a, b = np.zeros((3, 1)), np.ones(4)
    assert unit(a, b).shape == (3, 4)
    assert [one.shape for one in unit.partials(a, b)] == [(3, 4), (3, 4)]
    assert all(isinstance(one, float) for one in unit.partials(1, 2))
    with pytest.raises(actviz.InputError, match="real numbers"):
        unit("one", 2)


def test_specifications() -> None:
    """Names, the gate's parameters, frameworks' names; what is wrong is named."""
    assert actviz.gated_unit("SwiGLU:1.702") == actviz.gated_unit("swiglu", beta=1.702)
    assert actviz.gated_unit("swiglu:beta=1.702").spec == "swiglu:beta=1.702"
    assert {actviz.gated_unit(word).name for word in ("nn.GLU", "F.glu", "jax.nn.glu", "GLU")} == {"glu"}
    assert actviz.gated_unit("gated-gelu").name == "geglu"
    for spec, error, said in (
        ("swigl", actviz.UnknownActivationError, "did you mean 'swiglu'"),
        ("swiglu:gamma=1", actviz.ParameterError, "no parameter 'gamma'"),
        ("glu:1", actviz.SpecificationError, "too many values"),
        ("swiglu:-1", actviz.ParameterError, "outside its domain"),
    ):
        with pytest.raises(error, match=re.escape(said)):
            actviz.gated_unit(spec)
    for call in (actviz.get, actviz.compare):
        with pytest.raises(actviz.GatedUnitError, match="swiglu takes two inputs"):
            call("swiglu")
    unit = actviz.gated_unit("swiglu:2")
    assert pickle.loads(pickle.dumps(unit)) == unit
    assert not set(UNITS) & set(actviz.names())


def test_a_unit_of_ones_own() -> None:
    """Any definition is a gate."""
    mine = GatedDefinition(
        name="mine", title="Mine", gate=REGISTRY["mish"], formula="a", partial_a="a", partial_b="a", diagonal="x",
    ).bind()  # fmt: skip
    assert mine(2.0, 1.0) == 2 * actviz.get("mish")(1.0)
    assert command(Surface(mine)) is None
    assert actviz.plot(mine, size="paper").axes


def test_eval(run: Run) -> None:
    """Pairs of a and b with f and both partial derivatives, as a table and as JSON."""
    done = run("eval", "swiglu", "2", "-1", "1", "3")
    unit = actviz.gated_unit("swiglu")
    head, *rows = done.stdout.splitlines()
    assert re.split(r"\s{2,}", head.strip()) == ["a", "b", "f(a, b)", "∂f/∂a", "∂f/∂b"]
    assert list(map(float, rows[0].split())) == [2.0, -1.0, unit(2, -1), *unit.partials(2, -1)]
    assert len(rows) == 2
    (row,) = json.loads(run("eval", "nn.GLU", "1", "2", "--json").stdout)
    assert row.keys() == {"a", "b", "f", "derivative_a", "derivative_b"}
    odd = run("eval", "swiglu", "1", "2", "3")
    assert (odd.returncode, odd.stdout) == (2, "")
    assert "swiglu takes two inputs" in odd.stderr


def test_show_and_list(run: Run) -> None:
    """A card that says which half is the gate, and a section of the list that filters know."""
    card = run("show", "swiglu").stdout
    assert "SwiGLUPacked" in card
    assert "∂f/∂b" in card
    assert json.loads(run("show", "glu", "--json").stdout)["is_diagonal"] == "swish"
    last = run("list").stdout.splitlines()[-len(UNITS) :]
    assert [re.split(r" {2,}", line)[:3] for line in last][3] == ["swiglu", "SwiGLU", "a b σ(β b)"]
    assert [line.split()[0] for line in last] == list(UNITS)
    assert {one["family"] for one in json.loads(run("list", "--json").stdout)[-len(UNITS) :]} == {GATED_UNITS}

    def names(*filters: str) -> set[str]:
        return {one["name"] for one in json.loads(run("list", "--json", *filters).stdout)} & set(UNITS)

    assert names() == names("--family", "gated-units") == set(UNITS)
    assert names("--family", "self-gated") == names("--bounded") == set()
    assert names("--smooth") == set(UNITS) - {"reglu"}
    assert names("--since", "2020") == set(UNITS) - {"glu"}
    assert names("--in", "torch") == {"glu"}


def test_commands_that_need_one_input_say_so(run: Run) -> None:
    """A unit is refused where a curve is wanted, and so is an option that means nothing for it."""
    for arguments in (("compare", "swiglu", "relu"), ("explain", "vanishing", "geglu")):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        name = next(word for word in arguments if word in UNITS)
        assert (
            done.stderr
            == f"Error: {name} takes two inputs, so it has no curve y = f(x); run 'actviz plot {name}' instead\n"
        )
    for flag in ("--log-y", "--together"):
        done = run("plot", "swiglu", flag)
        assert done.returncode == 2
        assert f"{flag} has no meaning for it" in done.stderr
    assert "did you mean 'swiglu'" in run("plot", "swiglo").stderr
    for name, ends, what in (("bilinear", "-1e200 1e200", "too large"), ("glu", "-1000 -900", "too small")):
        done = run("plot", name, "--x", *ends.split())
        assert done.returncode == 2
        assert f"is {what} to be drawn" in done.stderr


def test_where_frameworks_disagree(run: Run) -> None:
    """By any of a unit's names; where nothing was found, a note says so."""
    assert run("frameworks", "nn.GLU").stdout == run("frameworks", "glu").stdout != ""
    assert "SwiGLUPacked" in run("frameworks", "SwiGLU").stdout
    done = run("frameworks", "reglu")
    assert (done.returncode, done.stdout) == (0, "")
    assert "frameworks agree" in done.stderr


def test_completion() -> None:
    """Names of units are offered where they are understood."""
    assert completion.names("swig") == ["swiglu"]
    assert completion.activations("swig") == []


@pytest.mark.parametrize("name", UNITS)
def test_contours_are_exact(name: str) -> None:
    """On each the value is its level, and on the lines of 0 it is 0."""
    unit, ends = actviz.gated_unit(name), (-4.0, 4.0)
    low, high = contours.bounds(unit, ends)
    levels = contours.levels(unit, ends)
    assert 6 <= len(levels) <= 12
    assert 0 not in levels
    for level in levels:
        assert low < level < high
        pieces = list(contours.pieces(unit.gate, level, ends))
        assert pieces
        for a, b in pieces:
            assert unit(a, b) == pytest.approx(level, rel=1e-12)
    places, stretches = contours.vanishing(unit.gate, ends)
    assert [unit.gate(place) for place in places] == [0.0] * len(places)
    assert stretches == ([(-4.0, 0.0)] if name == "reglu" else [])
    assert bool(places) == (name in ("geglu", "swiglu", "bilinear"))


def test_a_gate_too_small_for_float64_is_not_closed() -> None:
    """GEGLU is 0 in float64 below b = -39, where it isn't really."""
    assert contours.vanishing(actviz.gated_unit("geglu").gate, (-100.0, 3.0)) == ([0.0], [])


def test_levels_where_a_unit_hardly_changes() -> None:
    """Of the powers of two few are there, so the levels are evenly spaced."""
    levels = contours.levels(actviz.gated_unit("swiglu"), (10.0, 11.0))
    assert len(levels) >= 3
    assert np.diff(levels) == pytest.approx(np.diff(levels)[0])


def test_the_figure(tmp_path: Path) -> None:
    """Contours in axes with equal units, straight slices, and with the derivative two panels more."""
    figure = actviz.plot("swiglu", derivative=True)
    first, slices, by_value, by_gate = figure.axes
    assert first.get_xlim() == first.get_ylim() == (-4.0, 4.0)
    box = first.get_window_extent()
    assert box.width == pytest.approx(box.height)
    ids = {line.get_gid(): line for line in first.lines if line.get_gid()}
    assert {"contour-0-0", "contour-8-0", "contour--8-0"} <= ids.keys()
    assert (ids["contour--8-0"].is_dashed(), ids["contour-8-0"].is_dashed()) == (True, False)
    written = [text.get_text() for text in first.texts]
    assert {"8", "−8", "0"} <= set(written)
    unit = actviz.gated_unit("swiglu")
    lines = [line for line in slices.lines if line.get_gid()]
    ends = {float(line.get_ydata()[-1]) for line in lines}  # type: ignore[arg-type]
    assert ends == {4 * unit.gate(b) for b in (-2.0, -1.0, 0.0, 1.0, 2.0)}
    assert {text.get_text() for text in slices.texts} == {f"$b$ = {b}" for b in ("−2", "−1", "0", "1", "2")}
    (curve,) = (line for line in by_value.lines if line.get_gid())
    assert curve.get_ydata() == pytest.approx(unit.gate(curve.get_xdata()))
    assert len([line for line in by_gate.lines if line.get_gid()]) == 4
    boxes = [text.get_window_extent() for text in first.texts]
    assert not any(one.overlaps(other) for index, one in enumerate(boxes) for other in boxes[:index])


@pytest.mark.parametrize(
    ("spec", "options"),
    [
        ("glu", {"size": "paper"}),
        ("geglu", {"size": "square", "derivative": True, "title": "One\ntwo"}),
        ("reglu", {"size": "slide", "derivative": True}),
        ("bilinear", {"x": (-1e150, 1e150)}),
        ("geglu", {"x": (1e-8, 2e-8), "derivative": True}),
    ],
)
def test_it_is_readable(spec: str, options: dict[str, Any]) -> None:
    """No text lies on text or out of the figure, or is too small."""
    assert_readable(actviz.plot(spec, **options))


def test_the_derivative_of_reglu_jumps() -> None:
    """The curve is cut there; open circles stand at both sides, and a filled one at the convention."""
    jump = actviz.plot("reglu", derivative=True, theme="dark", size="slide").axes[3]
    curve = next(line for line in jump.lines if line.get_gid() == "by-gate-0")
    x, y = map(np.asarray, (curve.get_xdata(), curve.get_ydata()))
    assert y[x == 0].tolist()[::2] == [0.0, -2.0]
    assert np.isnan(y[x == 0][1])


def test_the_description_names_what_is_seen() -> None:
    """Formula, levels, where it is 0, and the slices' slopes."""
    words = Surface(actviz.gated_unit("reglu")).description
    assert "f is 0 at a = 0 and for b from −4 to 0" in words
    assert "slope 0 at b = −2" in words
    assert "∂f/∂b" in Surface(actviz.gated_unit("reglu"), derivative=True).description


def test_names_and_commands() -> None:
    """The file says what isn't usual, and the command draws the figure."""
    picture = Surface(actviz.gated_unit("swiglu:2"), derivative=True, x=(-1.0, 1.0), size="paper", notes=False)
    assert picture.name == "swiglu-beta=2-derivative-x=-1_1-paper-no_notes"
    assert command(picture) == "actviz plot swiglu:beta=2 --derivative --x -1 1 --size paper --no-notes"
    assert {f"{name}-derivative" for name in UNITS} <= {one.name for one in articles.PICTURES}
