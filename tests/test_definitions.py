"""What a definition claims is so, for every entry of the registry: on numbers, and in words."""

import ast
import dataclasses
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

import actviz
from actviz import analysis, facts
from actviz.formula import latex, mathtext, plain
from actviz.model import Activation, Definition, Interval, Kink, Reference, Relative, Spelling, Union, Value
from actviz.numerics import Array
from actviz.registry import REGISTRY, Registry
from tests import accuracy
from tests.references import known

VARIANTS = list(accuracy.variants())
every_variant = pytest.mark.parametrize("activation", VARIANTS, ids=lambda activation: activation.spec)
every_definition = pytest.mark.parametrize("definition", REGISTRY.values(), ids=lambda definition: definition.name)

GRID = np.unique(np.concatenate([np.linspace(-60, 60, 24001), -np.logspace(-6, 12, 4001), np.logspace(-6, 12, 4001)]))


def _flat(activation: Activation) -> tuple[float, ...]:
    """Where the derivative changes sign, away from kinks."""
    return known(activation.name).flat(**accuracy.exact(activation))


def _stationary(activation: Activation) -> list[float]:
    return [*(kink.x for kink in activation.kinks), *_flat(activation)]


@every_variant
def test_samples_agree(activation: Activation) -> None:
    """Values computed elsewhere, for the default parameters; the reference agrees with them too."""
    default = activation.definition.bind()
    for x, value in activation.definition.samples.items():
        assert default(x) == pytest.approx(value, rel=1e-15, abs=0), (
            f"{default.spec}: `samples` says f({x}) = {value}, the function gives {default(x)}"
        )
        exact = known(default.name).f(mp.mpf(x), **accuracy.exact(default))
        assert value == pytest.approx(float(exact), rel=1e-15, abs=0), f"tests/references.py gives f({x}) = {exact}"


@every_variant
def test_the_range_is_never_left_and_its_ends_are_reached_or_neared(activation: Activation) -> None:
    """A closed end is attained, an open one approached."""
    interval = activation.range
    low, high = interval.low, interval.high
    said = f"{activation.spec}: `range` is {interval.text}, but"
    stationary = activation([*_stationary(activation)]) if _stationary(activation) else np.array([])
    y = np.concatenate([activation(GRID), stationary])
    slack = [4 * math.ulp(end) if math.isfinite(end) else 0.0 for end in (low, high)]
    assert y.min() >= low - slack[0], f"{said} the function is {y.min()} somewhere"
    assert y.max() <= high + slack[1], f"{said} the function is {y.max()} somewhere"
    limits = [limit for limit in (activation(-math.inf), activation(math.inf)) if not math.isnan(limit)]
    y = np.concatenate([y, limits, [one for kink in activation.kinks for one in kink.limits or ()]])
    for end, nearest in ((low, y.min()), (high, y.max())):
        assert nearest == pytest.approx(end, rel=1e-14), f"{said} {end} is never neared: {nearest} is as far as it gets"
    if isinstance(interval, Union):
        taken = activation(np.append(GRID[::40], 0.0)).tolist()
        gaps = [value for value in taken if value not in interval]
        assert not gaps, f"{said} it takes {gaps[0]}"
        assert {piece.low for piece in interval.pieces if piece.low == piece.high} <= set(taken), f"{said} not all are"
    # in exact arithmetic a closed end is attained, and an open one isn't reached at a finite x

    def exact(x: float) -> Any:
        return known(activation.name).f(mp.mpf(x), **accuracy.exact(activation))

    near = [exact(x) for x in (*range(-8, 9), *_stationary(activation))]
    for end, closed in ((low, interval.low_closed), (high, interval.high_closed)):
        if closed:
            attained = min(abs(value - end) for value in near) < 1e-15 * max(1.0, abs(end))
            assert attained, f"{said} {end} isn't attained: open that end"
        elif math.isfinite(end):
            # not so far out that 60 digits can't tell
            places = [x for x in range(-30, 31) if abs(x) * known(activation.name).scale(**activation.parameters) <= 30]
            reached = [x for x in places if (exact(x) <= low if end == low else exact(x) >= high)]
            assert not reached, f"{said} {end} is attained at x = {reached}: close that end"


@every_variant
def test_monotonic_or_not(activation: Activation) -> None:
    """If it claims to be, it never turns; if it claims not to be, it both rises and falls."""
    y = activation(np.linspace(-300, 300, 60001))
    rises, falls = bool((np.diff(y) > 1e-12).any()), bool((np.diff(y) < -1e-12).any())
    turns = "both rises and falls" if rises and falls else "never turns"
    assert activation.monotonic == (not (rises and falls)), (
        f"{activation.spec}: `monotonic` is {activation.monotonic}, but the function {turns}"
    )


@every_variant
def test_kinks_are_where_the_slope_jumps(activation: Activation) -> None:
    """One-sided difference quotients agree with the stated slopes; the convention is returned, and lies between."""
    parameters, reference = accuracy.exact(activation), known(activation.name).f
    for kink in activation.kinks:
        said = f"{activation.spec}: the kink at x = {kink.x!r} says"
        # beside the kink rather than at it: its x is rounded, and the function itself may jump
        step, h = mp.mpf(max(2 * math.ulp(kink.x), 1e-300)), mp.mpf(10) ** -25
        quotients, limits = [], []
        for side in (-1, 1):
            near = mp.mpf(kink.x) + side * step
            far = near + side * h
            quotients.append(float((reference(far, **parameters) - reference(near, **parameters)) / (side * h)))
            limits.append(float(reference(near, **parameters)))
        for name, stated, found in zip(("left", "right"), (kink.left, kink.right), quotients, strict=True):
            assert stated == pytest.approx(found, rel=1e-12, abs=1e-12), (
                f"{said} {name}={stated}, but the difference quotient of the reference on that side is {found}"
            )
        given = activation.derivative(kink.x)
        assert given == kink.convention, f"{said} convention={kink.convention}, but derivative() gives {given}"
        low, high = sorted((kink.left, kink.right))
        assert low <= kink.convention <= high, f"{said} convention={kink.convention}, not in [{low}, {high}]"
        for side, stated in ((-1, kink.left), (1, kink.right)):
            beside = kink.x + side * 1e-9 * max(1.0, abs(kink.x))
            given = activation.derivative(beside)
            assert given == pytest.approx(stated, rel=1e-8, abs=1e-8), f"{said} {stated}, but f'({beside!r}) is {given}"
        jumps = abs(limits[1] - limits[0]) > 1e-12 * max(1.0, *map(abs, limits))
        assert jumps == (kink.limits is not None), (
            f"{said} limits={kink.limits}, but the function {f'jumps: {tuple(limits)}' if jumps else 'is continuous'}"
        )
        stated_limits = kink.limits or (activation(kink.x),) * 2
        assert stated_limits == pytest.approx(limits, rel=1e-12, abs=1e-12), (
            f"{said} limits={kink.limits}, but the one-sided limits of the reference are {tuple(limits)}"
        )
        assert kink.left != kink.right or kink.limits, f"{said} the same slope on both sides, so it is none"
    places = [kink.x for kink in activation.kinks]
    assert places == sorted(set(places)), f"{activation.spec}: write the kinks from left to right, each once: {places}"


def _jump(evaluate: Callable[[Array], Array], kinks: Iterable[float]) -> tuple[float, float]:
    """Find the largest jump between neighbouring numbers, relative to the values if they are large, and where it is.

    Intervals that hold no kink are halved again and again, towards the half over which the values change more.
    """
    kinks = np.array([*kinks])
    left_out = 1e-12 * np.maximum(1e-3, np.abs(kinks))
    spread = np.concatenate([np.linspace(-20, 20, 4001), np.logspace(-6, 12, 600), -np.logspace(-6, 12, 600)])
    ends = np.unique(np.concatenate([spread, kinks - left_out, kinks + left_out]))
    low, high = ends[:-1], ends[1:]
    beside_none = ~((low[:, None] <= kinks) & (kinks <= high[:, None])).any(axis=1)
    low, high = low[beside_none], high[beside_none]
    at_low, at_high = evaluate(low), evaluate(high)
    finite = np.isfinite(at_low) & np.isfinite(at_high)
    low, high, at_low, at_high = low[finite], high[finite], at_low[finite], at_high[finite]
    for _ in range(70):
        middle = low + (high - low) / 2
        at_middle = evaluate(middle)
        left = np.abs(at_middle - at_low) > np.abs(at_high - at_middle)
        low, high = np.where(left, low, middle), np.where(left, middle, high)
        at_low, at_high = np.where(left, at_low, at_middle), np.where(left, at_middle, at_high)
    # between neighbours far out a wave goes on too
    sizes = np.maximum(np.abs(at_high - at_low) - 1000 * (high - low), 0.0)
    sizes /= np.maximum(1.0, np.maximum(np.abs(at_low), np.abs(at_high)))
    largest = int(sizes.argmax())
    return float(sizes[largest]), float(high[largest])


@every_variant
def test_there_are_no_other_kinks(activation: Activation) -> None:
    """Away from the kinks the function and its derivative are continuous, between neighbouring numbers too."""
    for what, evaluate in (("function", activation), ("derivative", activation.derivative)):
        size, where = _jump(evaluate, [kink.x for kink in activation.kinks])
        assert size < 1e-11, f"{activation.spec}: the {what} jumps by {size:.3g} at x = {where!r}: add a Kink there"


def _numbers(values: Iterable[Value]) -> list[float]:
    """All numbers among the values of parameters."""
    return [number for value in values for number in (value if isinstance(value, tuple) else (value,))]


@every_variant
def test_the_derivative_is_that_of_the_function(activation: Activation) -> None:
    """Central difference quotients of the reference with 60 digits."""
    parameters, reference, h = accuracy.exact(activation), known(activation.name).f, mp.mpf(10) ** -20
    for x in map(float, np.linspace(-8.37, 8.41, 57)):
        quotient = reference(mp.mpf(x) + h, **parameters) - reference(mp.mpf(x) - h, **parameters)
        slope, given = float(quotient / (2 * h)), activation.derivative(x)
        assert given == pytest.approx(slope, rel=1e-13, abs=1e-16), (
            f"{activation.spec}: `derivative` gives {given} at x = {x}, but the reference rises by {slope} there"
        )


@every_variant
def test_nonlinear_near_zero_and_saturation(activation: Activation) -> None:
    """Whether it is a line and f(x) ≈ x near 0, from secants of the reference; where f' → 0, from its limits."""
    reference, parameters = known(activation.name), accuracy.exact(activation)

    def f(x: float) -> float:
        return float(reference.f(mp.mpf(x), **parameters))

    secants = [(f(b) - f(a)) / (b - a) for a, b in ((-7.3, -3.1), (-0.7, 0.9), (3.3, 7.7), (0.2, 1.9), (-900.0, 900.0))]
    assert analysis.nonlinear(activation) == (max(secants) - min(secants) > 1e-12), secants
    close = {side: abs(f(s * 1e-6) / (s * 1e-6) - 1) < 1e-5 for side, s in (("left", -1), ("right", 1))}
    assert analysis.identity_near_zero(activation) == _side(close["left"], close["right"])
    _, _, at_left, at_right = reference.limits(**activation.parameters)
    assert analysis.saturation(activation) == _side(at_left == 0, at_right == 0)


@every_variant
def test_mean_output_and_zero_centred(activation: Activation) -> None:
    """The mean for inputs from N(0, 1), by mpmath's quadrature of the reference."""
    reference, parameters = known(activation.name), accuracy.exact(activation)
    cuts = sorted(
        {-40.0, -6.0, -2.0, -1.0, 0.0, 1.0, 2.0, 6.0, 40.0, *(k.x for k in activation.kinks if abs(k.x) < 40)}
    )
    with mp.workdps(20):
        mean = mp.quad(lambda x: reference.f(x, **parameters) * mp.npdf(x), cuts)
    assert analysis.mean_output(activation) == pytest.approx(float(mean), abs=1e-11)
    assert analysis.zero_centred(activation) == (abs(mean) < 1e-11)


@every_variant
def test_the_steepest_slope(activation: Activation) -> None:
    """No slope of the reference is larger in size, and where it is said to be the slope is that, with its sign."""
    reference, parameters = known(activation.name), accuracy.exact(activation)
    where, steepest = analysis.steepest(activation)
    slopes = [abs(float(reference.slope(mp.mpf(float(x)), **parameters))) for x in np.linspace(-20, 20, 801) + 1e-9]
    assert abs(steepest) >= max(slopes) - 1e-15, f"{activation.spec}: a slope of {max(slopes)} beats {steepest}"
    if math.isfinite(where):
        sides = [slope for kink in activation.kinks if kink.x == where for slope in (kink.left, kink.right)]
        there = [*sides, float(reference.slope(mp.mpf(where), **parameters))]
    else:
        there = [reference.limits(**activation.parameters)[2 if where < 0 else 3]]
    assert any(steepest == pytest.approx(slope, rel=1e-15) for slope in there), (where, steepest, there)


@pytest.mark.parametrize(
    ("name", "symbol"), [(one.name, symbol) for one in REGISTRY.values() for symbol in one.exact], ids=str
)
def test_what_is_declared_exact_is_so(name: str, symbol: str) -> None:
    """A closed form is a zero of f' or of f'', or the value there, to 40 digits; and it is what the card says."""
    (argument,) = re.fullmatch(r"\\sqrt\{(\d+)\}", symbol).groups()  # type: ignore[union-attr]  # extend it when needed
    x, reference = mp.sqrt(int(argument)), known(name)
    assert actviz.get(name).definition.exact[symbol] == float(x)
    zeros = [abs(reference.slope(x)), abs(mp.diff(reference.slope, x))]
    assert min(zeros) < mp.mpf(10) ** -25, f"{symbol} is no place of {name} that is marked"
    card = dict(facts.card(actviz.get(name)))
    assert f"at x = √{argument}" in card["steepest slope"] + card.get("minimum", "")


def _side(left: bool, right: bool) -> str:
    return {(True, True): "both", (True, False): "left", (False, True): "right", (False, False): "none"}[left, right]


@every_variant
def test_the_extrema_are_exact(activation: Activation) -> None:
    """To the last digit, where a function turns: all of them, or those nearest to 0 of endlessly many."""
    reference, parameters = known(activation.name).f, accuracy.exact(activation)
    found = {one.x: one for one in analysis.extrema(activation)}
    if activation.monotonic:
        assert not found
        return
    flat = _flat(activation)
    smooth = [x for x in found if x not in [kink.x for kink in activation.kinks]]
    if analysis.endless(activation):
        assert len(found) == analysis.NEAREST
        flat = tuple(x for x in flat if any(x == pytest.approx(place, abs=0.1) for place in smooth))
    assert smooth == pytest.approx(flat, rel=4e-16, abs=1e-300)
    for place, x in zip(flat, smooth, strict=True):
        h = mp.mpf(10) ** -12
        before, there, after = (reference(mp.mpf(place) + side * h, **parameters) for side in (-1, 0, 1))
        assert found[x].value == pytest.approx(float(there), rel=4e-16)
        assert found[x].highest == (before < there > after), (before, there, after)
    lowest, highest = min(one.value for one in found.values()), max(one.value for one in found.values())
    assert all(one.value == pytest.approx(lowest, rel=1e-12) for one in analysis.lowest(activation))
    assert all(one.value == pytest.approx(highest, rel=1e-12) for one in analysis.highest(activation))
    assert bool(analysis.lowest(activation)) == activation.range.low_closed


@pytest.mark.parametrize(
    ("spec", "where"),
    [
        ("maxout:weights=-1/1,biases=0/-30000", 15000.0),
        ("maxout:weights=-1/1,biases=0/1e9", -5e8),
        ("maxout:weights=-1/0/1,biases=0/3/0", -3.0),
        ("swish:1e-6", -1278464.5427610737),
        ("swish:1e-20", -1.2784645427610737e20),
        ("swish:1e8", -1.2784645427610737e-08),
    ],
)
def test_the_minimum_is_found_wherever_it_lies(spec: str, where: float) -> None:
    """Very far from 0 and very near to it; of a flat bottom, at one of its corners."""
    activation = actviz.get(spec)
    (found,) = analysis.extrema(activation)
    corners = [kink.x for kink in activation.kinks]
    there = found.x in corners if corners else found.x == pytest.approx(where, rel=4e-16)
    assert there, f"{spec}: the minimum is said to be at {found.x!r} instead of {where!r}"
    assert found.value == pytest.approx(activation.range.low, rel=4e-16)


@pytest.mark.parametrize("spec", ["swish:1e-6", "swish:1e-4", "swish:1e6", "swish:1e12"])
def test_the_steepest_slope_of_swish_does_not_depend_on_beta(spec: str) -> None:
    """f'(x) is a function of βx, so its maximum is the same for every β > 0."""
    _, slope = analysis.steepest(actviz.get(spec))
    assert slope == pytest.approx(analysis.steepest(actviz.get("swish"))[1], rel=1e-12)


@pytest.mark.parametrize("beta", [0.01, 0.05, 0.1, 0.13, 0.2, 0.5, 1.0])
def test_swish_shows_its_minimum(beta: float) -> None:
    """In the part of the x axis that is drawn, well inside."""
    activation = actviz.get("swish", beta=beta)
    (minimum,) = analysis.extrema(activation)
    assert activation.window[0] * 0.8 < minimum.x < 0 < activation.window[1]


@pytest.mark.parametrize("slope", [1e6, 1e9, 1e12, 1e200, -1e308])
def test_the_mean_of_an_odd_function_is_zero(slope: float) -> None:
    """However steep the line is."""
    line = actviz.get("maxout", weights=[slope], biases=[0])
    assert analysis.mean_output(line) == 0
    assert analysis.zero_centred(line)


@every_variant
def test_smoothness(activation: Activation) -> None:
    """Cⁿ means that the derivative after the n-th jumps somewhere; without a kink and that, all derivatives exist."""
    slope, parameters, h = known(activation.name).slope, accuracy.exact(activation), mp.mpf(10) ** -12

    def derivative(x: mp.mpf, order: int, side: int) -> mp.mpf:
        """The derivative of f' of an order, from the values on one side."""
        terms = ((-1) ** (order - k) * mp.binomial(order, k) * slope(x + side * k * h, **parameters)
                 for k in range(order + 1))  # fmt: skip
        return mp.fsum(terms) / (side * h) ** order

    quarters = [mp.mpf(quarter) / 4 for quarter in range(-24, 25)]
    if analysis.smooth(activation):
        jumping = (
            order
            for order in (1, 2, 3)
            if max(abs(derivative(x, order, 1) - derivative(x, order, -1)) for x in quarters) > 0.1
        )
        expected = next(jumping, math.inf)
        assert activation.smoothness == expected, (
            f"{activation.spec}: `smoothness` is {activation.smoothness}, but "
            + ("no derivative jumps" if math.isinf(expected) else f"the derivative after f^({expected}) jumps")
            + f", so it is {expected}"
        )
    else:
        assert activation.smoothness == (-1 if any(kink.limits for kink in activation.kinks) else 0)


@every_definition
def test_words_are_complete(definition: Definition) -> None:
    """A line each; a paper with a year and, if it is on arXiv, a well-formed id."""
    for field in ("title", "summary", "strength", "weakness"):
        words = getattr(definition, field)
        assert words.strip(), f"{definition.name}: `{field}` is empty: write a line"
        assert "\n" not in words, f"{definition.name}: `{field}` must be a single line"
    if reference := definition.reference:
        assert reference.authors, f"{definition.name}: `reference` needs authors"
        assert reference.title, f"{definition.name}: `reference` needs a title"
        assert 1800 < reference.year < 2030, f"{definition.name}: {reference.year} is no year of a paper"
        assert reference.arxiv is None or re.fullmatch(r"\d{4}\.\d{4,5}", reference.arxiv), (
            f"{definition.name}: '{reference.arxiv}' is no arXiv id; write it like 1511.07289"
        )
        assert reference.doi is None or re.fullmatch(r"10\.\d{4,}/\S+", reference.doi), (
            f"{definition.name}: '{reference.doi}' is no DOI; write it like 10.3390/electronics11040540"
        )
    assert re.fullmatch("[a-z][a-z0-9_]*", definition.name), f"'{definition.name}': write names in lower case with _"
    assert definition.samples, f"{definition.name} needs samples: values computed elsewhere"


@every_definition
def test_formulas_can_be_typeset(definition: Definition) -> None:
    """As mathtext, as LaTeX, and as plain text without a trace of TeX."""
    parser = MathTextParser("path")

    def check(field: str, typeset: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return typeset(*arguments)
        except (ValueError, KeyError) as error:
            pytest.fail(f"{definition.name}: `{field}` can't be typeset by {typeset.__name__}: {error!r}")

    for field in ("formula", "derivative_formula"):
        formula = getattr(definition, field)
        check(field, parser.parse, f"${mathtext(formula)}$")
        check(field, parser.parse, f"${mathtext(formula, display=True)}$")
        text = check(field, plain, formula)
        assert not set(text) & set("\\{}$&"), f"{definition.name}: `{field}` in a terminal still has TeX in it: {text}"
        assert latex(formula).count("{") == latex(formula).count("}")
    for symbol in (*(parameter.symbol for parameter in definition.parameters), *definition.constants):
        check(f"symbol {symbol}", parser.parse, f"${symbol}$")
        check(f"symbol {symbol}", plain, symbol)
        assert symbol in mathtext(definition.formula), f"{definition.name}: {symbol} doesn't occur in the formula"


@every_variant
def test_frameworks_are_spelled_with_every_parameter(activation: Activation) -> None:
    """PyTorch, Keras, JAX and maybe others, as Python expressions of x that hold the parameters' values."""
    wanted = {"PyTorch", "Keras", "JAX"}
    spelled = activation.code.keys() - {"TensorFlow", "Hugging Face", "ONNX", "NNlib"}
    assert spelled == wanted, f"{activation.name}: `frameworks` must spell {', '.join(sorted(wanted))}"
    for framework, code in activation.code.items():
        said = f"{activation.spec}: the spelling for {framework}, '{code}',"
        try:
            tree = ast.parse(code, mode="eval")
        except SyntaxError as error:
            pytest.fail(f"{said} is no Python expression: {error}")
        assert "x" in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}, f"{said} isn't one of x"
        constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        numbers = {value for value in constants if isinstance(value, float | int)}
        # 0 goes without saying, and no limit is written as none
        values = {abs(v) for v in _spelled_values(activation, framework) if math.isfinite(v) and v != 0}
        assert values <= numbers, f"{said} doesn't say {values - numbers}"


def _spelled_values(activation: Activation, framework: str) -> list[float]:
    """The numbers that the spelling has to hold."""
    values = _numbers(activation.parameters.values())
    with_beta = {"swish": "TensorFlow", "softplus": "PyTorch"}
    if activation.spec == "sine" or with_beta.get(activation.spec, framework) != framework:  # 1 isn't written
        return []
    if framework in ("NNlib", "Hugging Face") and activation.name in (
        "hardtanh",
        "swish",
        "hard_sigmoid",
    ):  # without parameters
        return []
    if activation.name == "rrelu" and framework != "PyTorch":  # which have no random slopes
        return [(values[0] + values[1]) / 2]
    return values


@every_definition
def test_names_of_frameworks_are_whole_and_mean_it(definition: Definition) -> None:
    """Each begins with the framework's module, and names the parameters whose defaults differ, and no others."""
    modules = {
        "PyTorch": ("torch",), "Keras": ("keras",), "JAX": ("jax", "flax"), "TensorFlow": ("tf",),
        "Hugging Face": ("transformers",), "ONNX": ("onnx",), "NNlib": ("NNlib",),
    }  # fmt: skip
    for framework, spelling in definition.frameworks.items():
        for name in (*spelling.names, *spelling.approximations):
            word, _, parameters = name.partition(":")
            said = f"{definition.name}: the name '{word}' for {framework}"
            assert word.split(".")[0] in modules[framework], f"{said} begins with none of {modules[framework]}"
            assert word.replace(".", "").isidentifier(), f"{said} isn't one of a function"
            assert "=" in parameters or not parameters, f"{said} must name the parameters that it sets"
        for name in spelling.names:
            word, colon, parameters = name.partition(":")
            meant = actviz.get(f"{definition.name}{colon}{parameters}")
            assert bool(colon) == (meant.spec != definition.name), f"'{name}' of {definition.name} says a default"


@every_definition
def test_parameters_are_described(definition: Definition) -> None:
    """The default and the usual values lie in the domain; no name means two parameters."""
    words = Counter(word for parameter in definition.parameters for word in (parameter.name, *parameter.aliases))
    twice = [word for word, count in words.items() if count > 1]
    assert not twice, f"{definition.name}: {twice} name more than one parameter"
    assert len({len(parameter.usual) for parameter in definition.parameters}) <= 1, (
        f"{definition.name}: the `usual` values of the parameters belong together, so there must be as many of each"
    )
    for parameter in definition.parameters:
        for field in ("meaning", "aliases", "usual"):
            assert getattr(parameter, field), f"{definition.name}: `{field}` of {parameter.name} is empty"
        for value in (parameter.default, *parameter.usual):
            assert parameter.check(value) == value
        for word in (parameter.name, *parameter.aliases):
            assert definition.parameter(word) is parameter, f"{definition.name}: '{word}' must be in lower case with _"
    definition.bind()


def _changed(name: str, /, **fields: object) -> Definition:
    return dataclasses.replace(REGISTRY[name], **fields)


def _relu_kink(*slopes: float, x: float = 0.0, limits: tuple[float, float] | None = None) -> Definition:
    return _changed("relu", kinks=(Kink(x, *slopes, limits=limits),))


def _elu_parameter(**fields: object) -> Definition:
    return _changed("elu", parameters=(dataclasses.replace(REGISTRY["elu"].parameters[0], **fields),))


def _paper(year: int = 2010, arxiv: str | None = None, doi: str | None = None) -> Definition:
    return _changed("relu", reference=Reference("Nair, Hinton", year, "Rectified linear units", arxiv, doi))


_SPELLINGS = {**REGISTRY["elu"].frameworks}


@pytest.mark.parametrize(
    ("test", "wrong", "message"),
    [
        (test_samples_agree, _changed("relu", samples={1.0: 2.0}), "`samples` says"),
        (
            test_the_range_is_never_left_and_its_ends_are_reached_or_neared,
            _changed("relu", range=Interval("(0, inf)")),
            "close that end",
        ),
        (
            test_the_range_is_never_left_and_its_ends_are_reached_or_neared,
            _changed("relu", range=Interval("[0, 5]")),
            "somewhere",
        ),
        (
            test_the_range_is_never_left_and_its_ends_are_reached_or_neared,
            _changed("relu", range=Interval("[-1, inf)")),
            "never neared",
        ),
        (
            test_the_range_is_never_left_and_its_ends_are_reached_or_neared,
            _changed("exponential", range=Interval("[0, inf)")),
            "open that end",
        ),
        (test_monotonic_or_not, _changed("relu", monotonic=False), "never turns"),
        (test_monotonic_or_not, _changed("gelu", monotonic=True), "both rises and falls"),
        (test_kinks_are_where_the_slope_jumps, _relu_kink(0.0, 2.0, 0.0), "right=2.0"),
        (test_kinks_are_where_the_slope_jumps, _relu_kink(-1.0, 1.0, 0.0), "left=-1.0"),
        (test_kinks_are_where_the_slope_jumps, _relu_kink(0.0, 1.0, 0.5), "convention=0.5"),
        (test_kinks_are_where_the_slope_jumps, _relu_kink(0.0, 1.0, 0.0, x=1.0), r"left=0.0, but .* is 1.0"),
        (test_kinks_are_where_the_slope_jumps, _relu_kink(1.0, 1.0, 1.0, x=1.0), "so it is none"),
        (test_kinks_are_where_the_slope_jumps, _relu_kink(0.0, 1.0, 0.0, limits=(0.0, 1.0)), "is continuous"),
        (
            test_kinks_are_where_the_slope_jumps,
            dataclasses.replace(_relu_kink(0.0, 1.0, 2.0), derivative=lambda x: np.where(x == 0, 2.0, x > 0)),
            r"not in \[0.0, 1.0\]",
        ),
        (
            test_kinks_are_where_the_slope_jumps,
            _changed("relu6", kinks=REGISTRY["relu6"].kinks[::-1]),
            "from left to right",
        ),
        (test_there_are_no_other_kinks, _changed("relu", kinks=()), "derivative jumps by 1 at"),
        (test_there_are_no_other_kinks, _changed("relu6", kinks=REGISTRY["relu6"].kinks[:1]), "jumps by 1 at x = 6"),
        (
            test_there_are_no_other_kinks,
            _changed("tanh", function=lambda x: np.tanh(x) + 0.01 * (x > 1234)),
            "function jumps by 0.0099 at x = 1234.",
        ),
        (test_the_derivative_is_that_of_the_function, _changed("relu", derivative=lambda x: x * 0.0), "rises by 1.0"),
        (test_the_steepest_slope, _changed("tanh", derivative=lambda x: 0.5 / np.cosh(x / 100)), "beats 0.5"),
        (test_smoothness, _changed("tanh", smoothness=1), "so it is inf"),
        (test_smoothness, _changed("softsign", smoothness=math.inf), "so it is 1"),
        (test_words_are_complete, _changed("relu", summary=" "), "`summary` is empty"),
        (test_words_are_complete, _changed("relu", weakness="one\ntwo"), "`weakness` must be a single line"),
        (test_words_are_complete, _changed("relu", samples={}), "needs samples"),
        (test_words_are_complete, _changed("relu", name="ReLU"), "lower case"),
        (test_words_are_complete, _paper(year=20010), "no year"),
        (test_words_are_complete, _paper(arxiv="cs/0612"), "no arXiv id"),
        (test_words_are_complete, _paper(doi="https://doi.org/10.1/2"), "no DOI"),
        (
            test_formulas_can_be_typeset,
            _changed("relu", formula=r"\tfrac{1}{2}"),
            "`formula` can't be typeset by parse",
        ),
        (test_formulas_can_be_typeset, _changed("relu", derivative_formula=r"\zeta"), "can't be typeset by plain"),
        (test_formulas_can_be_typeset, _elu_parameter(symbol=r"\beta"), "doesn't occur in the formula"),
        (test_frameworks_are_spelled_with_every_parameter, _changed("relu", frameworks={}), "must spell"),
        (
            test_frameworks_are_spelled_with_every_parameter,
            _changed("elu", frameworks={**_SPELLINGS, "JAX": Spelling("jax.nn.elu(y, alpha={alpha})")}),
            "isn't one of x",
        ),
        (
            test_frameworks_are_spelled_with_every_parameter,
            _changed("elu", frameworks={**_SPELLINGS, "JAX": Spelling("jax.nn.elu(x, {alpha}")}),
            "no Python expression",
        ),
        (
            test_frameworks_are_spelled_with_every_parameter,
            _changed("elu", frameworks={**_SPELLINGS, "JAX": Spelling("jax.nn.elu(x)")}),
            r"doesn't say \{1.0\}",
        ),
        (test_parameters_are_described, _elu_parameter(aliases=("alpha",)), "more than one parameter"),
        (test_parameters_are_described, _elu_parameter(aliases=()), "`aliases` of alpha is empty"),
    ],
)
def test_a_wrong_definition_is_caught(test: Callable[..., None], wrong: Definition, message: str) -> None:
    """Each of the tests above can fail, and says what is wrong."""
    of_definition = test in (test_words_are_complete, test_formulas_can_be_typeset, test_parameters_are_described)
    with pytest.raises((AssertionError, pytest.fail.Exception), match=message):
        test(wrong if of_definition else wrong.bind())


def test_a_definition_without_a_reference_is_caught() -> None:
    """With a message that says what to write, and where."""
    unknown = _changed("relu", name="new").bind()
    with pytest.raises(AssertionError, match=r"KNOWN\['new'\] = Known\(f, slope, limits\) in tests/references.py"):
        test_the_derivative_is_that_of_the_function(unknown)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("foo", "'foo' isn't an interval"),
        ("", "'' isn't an interval"),
        ("(1)", "isn't an interval"),
        ("(0, 1, 2)", "isn't an interval"),
        ("0, 1", "isn't an interval"),
        ("{0, 1}", "isn't an interval"),
        ("[0, nan]", "isn't an interval"),
        ("[6, 0]", "the ends of the interval '[6, 0]' are not in order: 6.0 is above 0.0"),
        ("(3, 3]", "the interval '(3, 3]' is empty"),
        ("[inf, inf]", "is empty"),
    ],
)
def test_what_is_no_interval_is_refused(text: str, message: str) -> None:
    """When it is written, not when it is first asked for an end."""
    with pytest.raises(ValueError, match=re.escape(message)):
        Interval(text)


def test_the_registry_refuses_collisions() -> None:
    """Two activations can't answer to one name, and none to a vector function's."""
    relu = REGISTRY["relu"]
    for other in (
        dataclasses.replace(relu, name="other", aliases=("relu",)),
        dataclasses.replace(relu, name="softmax"),
        dataclasses.replace(relu, name="ReLU"),
        dataclasses.replace(relu, name="other"),  # with the names that frameworks have for relu
        dataclasses.replace(relu, name="nn.other", frameworks={}),
    ):
        with pytest.raises(ValueError, match="name of its own"):
            Registry([relu, other])


def test_an_alias_may_stand_for_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    """`steep:3` among the aliases makes `steep` mean 3; what is typed counts more."""
    sharp = _changed("swish", name="sharp", aliases=("soft", "steep:3", "flat:b=1/4"), frameworks={})
    registry = Registry([sharp, REGISTRY["rrelu"]])
    monkeypatch.setattr("actviz.registry.REGISTRY", registry)
    meant = {"sharp": 1.0, "soft": 1.0, "steep": 3.0, "STEEP:2": 2.0, "flat": 0.25, "flat:beta=3": 3.0}
    assert {typed: actviz.get(typed).parameters["beta"] for typed in meant} == meant
    assert actviz.get("steep", b=2) == actviz.get("sharp:2")
    assert registry["Steep"] is sharp
    assert [(one.word, one.parameters) for one in registry.aliases(sharp)] == [
        ("soft", ""), ("steep", "3"), ("flat", "b=1/4"),
    ]  # fmt: skip
    assert sharp.bind().aliases == ("soft", "steep", "flat")


def test_the_names_are_those_of_the_project() -> None:
    """The articles' functions among them, with their aliases."""
    assert set(actviz.names()) >= {
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


RELATIVES = [(definition, relative) for definition in REGISTRY.values() for relative in definition.relatives]


@pytest.mark.parametrize(
    ("definition", "relative"),
    RELATIVES,
    ids=[f"{definition.name}-{relative.to}" for definition, relative in RELATIVES],
)
def test_what_is_said_of_relatives_holds(definition: Definition, relative: Relative) -> None:
    """The numbers agree within what is said, and where a distance is said, it is reached."""
    left, right = actviz.get(relative.of or definition.name), actviz.get(relative.to)
    assert left.name == definition.name
    assert right.name != definition.name
    x = np.linspace(*relative.on, 60001)
    if relative.slope:
        x = x[~np.isin(x, [kink.x for kink in left.kinks])]
    y = left.derivative(x) if relative.slope else left(x)
    apart = np.abs(y - (relative.factor * right(relative.scale * x + relative.shift) + relative.offset)).max()
    assert apart <= relative.within
    if relative.within > 1e-3:
        assert apart > 0.99 * relative.within
    assert relative.says


@every_definition
def test_everybody_has_relatives_and_a_bibtex_entry(definition: Definition) -> None:
    """The entry has balanced braces, all authors, the title, the year and what arXiv calls it."""
    assert definition.relatives, f"{definition.name}: say in `relatives` what it has to do with others"
    reference = definition.reference
    if reference is None:
        return
    entry = reference.bibtex
    assert re.match(r"@(article|misc)\{[a-z]+\d{4}\w+,\n", entry)
    assert entry.count("{") == entry.count("}")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", entry, re.M))
    assert fields["author"].split(" and ") == reference.authors.split(", ")
    assert fields["title"] == f"{{{reference.title}}}"
    assert fields["year"] == str(reference.year)
    assert (reference.arxiv or "") in fields.get("journal", "")
    assert ("journal" in fields) == bool(reference.arxiv)
    assert fields.get("doi") == reference.doi


def test_bibtex_keys_differ() -> None:
    """Each paper has its own; definitions from the same paper share it."""
    papers = [definition.reference for definition in REGISTRY.values() if definition.reference]
    keys = {paper: paper.bibtex.split(",")[0] for paper in papers}
    assert len(set(keys.values())) == len(keys)
