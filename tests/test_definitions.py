"""What a definition claims is so, for every entry of the registry: on numbers, and in words."""

import ast
import dataclasses
import math
import re
from collections.abc import Iterable

import mpmath as mp
import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

import actviz
from actviz.formula import latex, mathtext, plain
from actviz.model import Activation, Definition, Interval, Kink, Value
from actviz.registry import REGISTRY, Registry
from tests import accuracy
from tests.references import known

VARIANTS = list(accuracy.variants())
every_variant = pytest.mark.parametrize("activation", VARIANTS, ids=lambda activation: activation.spec)
every_definition = pytest.mark.parametrize("definition", REGISTRY.values(), ids=lambda definition: definition.name)

GRID = np.unique(np.concatenate([np.linspace(-60, 60, 24001), -np.logspace(-6, 12, 4001), np.logspace(-6, 12, 4001)]))


@every_variant
def test_samples_agree(activation: Activation) -> None:
    """Values computed elsewhere, for the default parameters."""
    default = activation.definition.bind()
    for x, value in activation.definition.samples.items():
        assert default(x) == pytest.approx(value, rel=1e-15, abs=0), f"f({x})"


@every_variant
def test_the_range_is_never_left_and_its_ends_are_reached_or_neared(activation: Activation) -> None:
    """A closed end is attained, an open one approached."""
    y = activation(GRID)
    low, high = activation.range.low, activation.range.high
    slack = 4 * np.spacing(np.abs([low, high])) if math.isfinite(low + high) else np.zeros(2) + 1e-15
    assert y.min() >= low - slack[0]
    assert y.max() <= high + slack[1]
    attained = np.append(y, [activation(-math.inf), activation(math.inf), *map(activation, _stationary(activation))])
    for end, closed, nearest in (
        (low, activation.range.low_closed, attained.min()),
        (high, activation.range.high_closed, attained.max()),
    ):
        assert nearest == pytest.approx(end, rel=1e-14), f"the range's end {end} isn't neared"
        if closed:
            assert np.min(np.abs(np.append(y, [activation(x) for x in _stationary(activation)]) - end)) < 1e-14
        elif math.isfinite(end):
            # in exact arithmetic an open end is not reached at a finite x
            exact = [known(activation.name).f(mp.mpf(x), **accuracy.exact(activation)) for x in (-30, -1, 0, 1, 30)]
            assert all(value != end for value in exact)


def _stationary(activation: Activation) -> list[float]:
    flat = known(activation.name).flat(**accuracy.exact(activation))
    return [kink.x for kink in activation.kinks] + ([] if flat is None else [flat])


@every_variant
def test_monotonic_or_not(activation: Activation) -> None:
    """If it claims to be, it never turns; if it claims not to be, it both rises and falls."""
    steps = np.diff(activation(np.linspace(-300, 300, 60001)))
    rises, falls = bool((steps > 1e-12).any()), bool((steps < -1e-12).any())
    assert activation.monotonic == (not (rises and falls))


@every_variant
def test_kinks_are_where_the_slope_jumps(activation: Activation) -> None:
    """One-sided difference quotients agree with the stated slopes; the convention is returned, and lies between."""
    parameters = accuracy.exact(activation)
    reference = known(activation.name).f
    h = mp.mpf(10) ** -25
    for kink in activation.kinks:
        x = mp.mpf(kink.x)
        # two points on each side, so that a jump of the function itself doesn't count
        left = (reference(x - h, **parameters) - reference(x - 2 * h, **parameters)) / h
        right = (reference(x + 2 * h, **parameters) - reference(x + h, **parameters)) / h
        if kink.x == float(x) and activation.name not in ("hard_sigmoid", "maxout"):
            assert float(left) == pytest.approx(kink.left, abs=1e-12)
            assert float(right) == pytest.approx(kink.right, abs=1e-12)
        step = 1e-9 * max(1.0, abs(kink.x))
        assert activation.derivative(kink.x - step) == pytest.approx(kink.left, abs=1e-8)
        assert activation.derivative(kink.x + step) == pytest.approx(kink.right, abs=1e-8)
        assert activation.derivative(kink.x) == kink.convention
        assert min(kink.left, kink.right) <= kink.convention <= max(kink.left, kink.right)
        sides = (activation(kink.x - step), activation(kink.x + step))
        assert sides == pytest.approx(kink.limits or (activation(kink.x),) * 2, abs=1e-7)
        assert (kink.limits is None) == (abs(sides[0] - sides[1]) < 1e-6)
        assert kink.left != kink.right or kink.limits


@every_variant
def test_there_are_no_other_kinks(activation: Activation) -> None:
    """Away from the kinks the derivative is continuous: it changes ever less over ever smaller steps."""
    x = np.linspace(-20, 20, 40001)
    away = np.ones(x.size - 1, dtype=bool)
    for kink in activation.kinks:
        away &= ~((x[:-1] <= kink.x + 1e-9) & (kink.x - 1e-9 <= x[1:]))
    steps = np.abs(np.diff(activation.derivative(x)))[away]
    steepest = max(1.0, *(abs(value) for value in _flatten(activation.parameters.values())))
    growth = math.exp(20) if activation.name == "exponential" else 1.0
    assert steps.max() < 0.002 * steepest**2 * growth
    assert [kink.x for kink in activation.kinks] == sorted({kink.x for kink in activation.kinks})


def _flatten(values: Iterable[Value]) -> list[float]:
    """All numbers among the values of parameters that a slope can depend on."""
    return [1.0, *(v for value in values for v in (value if isinstance(value, tuple) else (value,)) if v < 100)]


@every_variant
def test_the_derivative_is_that_of_the_function(activation: Activation) -> None:
    """Central difference quotients of the reference with 60 digits."""
    parameters, reference, h = accuracy.exact(activation), known(activation.name).f, mp.mpf(10) ** -20
    for x in np.linspace(-8.37, 8.41, 57):
        point = mp.mpf(float(x))
        quotient = (reference(point + h, **parameters) - reference(point - h, **parameters)) / (2 * h)
        assert activation.derivative(float(x)) == pytest.approx(float(quotient), rel=1e-13, abs=1e-16)


@every_variant
def test_facts_that_follow(activation: Activation) -> None:
    """Non-linear, f(x) ≈ x near 0, saturation, mean output, largest slope: each by another way."""
    reference, parameters = known(activation.name), accuracy.exact(activation)

    def f(x: float) -> float:
        return float(reference.f(mp.mpf(x), **parameters))

    three = [(f(b) - f(a)) / (b - a) for a, b in ((-7.3, -3.1), (-0.7, 0.9), (3.3, 7.7), (1.1, 1.9), (-900.0, 900.0))]
    assert activation.nonlinear == (max(three) - min(three) > 1e-12)
    close = {side: abs(f(s * 1e-6) / (s * 1e-6) - 1) < 1e-5 for side, s in (("left", -1), ("right", 1))}
    assert activation.identity_near_zero == _side(close["left"], close["right"])
    _, _, at_left, at_right = reference.limits(**activation.parameters)
    assert activation.saturation == _side(at_left == 0, at_right == 0)
    cuts = sorted({-40.0, -6.0, -2.0, 0.0, 2.0, 6.0, 40.0, *(k.x for k in activation.kinks if abs(k.x) < 40)})
    with mp.workdps(20):
        mean = mp.quad(lambda x: reference.f(x, **parameters) * mp.npdf(x), cuts)
    assert activation.mean_output == pytest.approx(float(mean), abs=1e-11)
    assert activation.zero_centred == (abs(mean) < 1e-11)
    where, size = activation.steepest
    slopes = [abs(float(reference.slope(mp.mpf(float(x)), **parameters))) for x in np.linspace(-20, 20, 801) + 1e-9]
    assert size >= max(slopes) - 1e-15 or math.isinf(size)
    if math.isfinite(where):
        sides = [slope for kink in activation.kinks if kink.x == where for slope in (kink.left, kink.right)]
        assert size in [abs(slope) for slope in (*sides, activation.derivative(where))]


def _side(left: bool, right: bool) -> str:
    return {(True, True): "both", (True, False): "left", (False, True): "right", (False, False): "none"}[left, right]


@every_variant
def test_the_minimum_is_exact(activation: Activation) -> None:
    """To the last digit, where a function falls and then rises: swish, mish, gelu, and those with a corner."""
    flat = known(activation.name).flat(**accuracy.exact(activation))
    if activation.monotonic:
        assert activation.minimum is None
    elif flat is not None:
        assert activation.minimum is not None
        where, lowest = activation.minimum
        assert where == pytest.approx(flat, rel=4e-16)
        reference = known(activation.name).f
        assert lowest == pytest.approx(float(reference(mp.mpf(flat), **accuracy.exact(activation))), rel=4e-16)
    else:
        assert activation.minimum in [(kink.x, activation(kink.x)) for kink in activation.kinks]


@every_variant
def test_smoothness(activation: Activation) -> None:
    """C¹ means that the second derivative jumps somewhere; without a kink and that, all derivatives exist."""
    slope, parameters, h = known(activation.name).slope, accuracy.exact(activation), mp.mpf(10) ** -12
    zero = slope(mp.mpf(0), **parameters)
    left = (zero - slope(-h, **parameters)) / h
    right = (slope(h, **parameters) - zero) / h
    if activation.smooth:
        assert (activation.smoothness == 1) == (abs(left - right) > 0.1)
        assert activation.smoothness in (1, math.inf)
    else:
        assert activation.smoothness == (-1 if any(kink.limits for kink in activation.kinks) else 0)


@every_definition
def test_words_are_complete(definition: Definition) -> None:
    """A line each; a paper with a year and, if it is on arXiv, a well-formed id."""
    for words in (definition.title, definition.summary, definition.strength, definition.weakness):
        assert words.strip(), f"{definition.name} has an empty text"
        assert "\n" not in words
    reference = definition.reference
    assert reference.authors
    assert reference.title
    assert 1800 < reference.year < 2030
    assert reference.arxiv is None or re.fullmatch(r"\d{4}\.\d{4,5}", reference.arxiv)
    assert re.fullmatch("[a-z][a-z0-9_]*", definition.name)
    assert definition.samples, f"{definition.name} needs samples: values computed elsewhere"


@every_definition
def test_formulas_can_be_typeset(definition: Definition) -> None:
    """As mathtext, as LaTeX, and as plain text without a trace of TeX."""
    parser = MathTextParser("path")
    for formula in (definition.formula, definition.derivative_formula):
        parser.parse(f"${mathtext(formula)}$")
        parser.parse(f"${mathtext(formula, display=True)}$")
        assert not set(plain(formula)) & set("\\{}$&")
        assert latex(formula).count("{") == latex(formula).count("}")
    for symbol in (*(parameter.symbol for parameter in definition.parameters), *definition.constants):
        parser.parse(f"${symbol}$")
        assert symbol in mathtext(definition.formula)


@every_variant
def test_frameworks_are_spelled_with_every_parameter(activation: Activation) -> None:
    """PyTorch, Keras and JAX, as Python expressions of x that hold the parameters' values."""
    assert activation.code.keys() == {"PyTorch", "Keras", "JAX"}
    for framework, code in activation.code.items():
        tree = ast.parse(code, mode="eval")
        assert "x" in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        numbers = {value for value in constants if isinstance(value, float | int)}
        # swish has names of its own for beta = 1, and only PyTorch has RReLU
        if activation.name != "swish" and (activation.name != "rrelu" or framework == "PyTorch"):
            wanted = {abs(v) for v in _flatten(activation.parameters.values())[1:] if math.isfinite(v)}
            assert wanted <= numbers | {0.0}


@every_definition
def test_parameters_are_described(definition: Definition) -> None:
    """The default and the usual values lie in the domain; no name means two parameters."""
    words = [word for parameter in definition.parameters for word in (parameter.name, *parameter.aliases)]
    assert len(words) == len(set(words))
    assert len({len(parameter.usual) for parameter in definition.parameters}) <= 1
    for parameter in definition.parameters:
        assert parameter.meaning
        assert parameter.aliases
        assert parameter.usual
        for value in (parameter.default, *parameter.usual):
            assert parameter.check(value) == value
    definition.bind()


def test_a_wrong_definition_is_caught() -> None:
    """The tests above can fail: a kink too few, a wrong slope, range or direction."""
    relu = REGISTRY["relu"]
    wrong = {
        "kinks": ((), test_there_are_no_other_kinks),
        "range": (Interval("(0, inf)"), test_the_range_is_never_left_and_its_ends_are_reached_or_neared),
        "monotonic": (False, test_monotonic_or_not),
        "samples": ({1.0: 2.0}, test_samples_agree),
        "derivative": (lambda x: np.asarray(x) * 0.0, test_the_derivative_is_that_of_the_function),
    }
    for field, (value, test) in wrong.items():
        with pytest.raises(AssertionError):
            test(dataclasses.replace(relu, **{field: value}).bind())
    kink = Kink(0.0, 0.0, 2.0, convention=0.0)
    with pytest.raises(AssertionError):
        test_kinks_are_where_the_slope_jumps(dataclasses.replace(relu, kinks=(kink,)).bind())


def test_the_registry_refuses_collisions() -> None:
    """Two activations can't answer to one name, and none to a vector function's."""
    relu = REGISTRY["relu"]
    for other in (
        dataclasses.replace(relu, name="other", aliases=("relu",)),
        dataclasses.replace(relu, name="softmax"),
        dataclasses.replace(relu, name="ReLU"),
    ):
        with pytest.raises(ValueError, match="name of its own"):
            Registry([relu, other])


def test_the_names_are_those_of_the_project() -> None:
    """With every alias that the issue tracker asked for."""
    assert set(actviz.names()) == {
        "linear",
        "sigmoid",
        "tanh",
        "hard_sigmoid",
        "softsign",
        "softplus",
        "exponential",
        "relu",
        "generalized_relu",
        "leaky_relu",
        "prelu",
        "rrelu",
        "relu6",
        "elu",
        "selu",
        "maxout",
        "swish",
        "mish",
        "gelu",
    }
    aliases = ["identity", "logistic", "exp", "keras_relu", "leaky", "lrelu", "silu"]
    assert [REGISTRY[alias].name for alias in aliases] == (
        ["linear", "sigmoid", "exponential", "generalized_relu", "leaky_relu", "leaky_relu", "swish"]
    )
