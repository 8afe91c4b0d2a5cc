"""The spellings in PyTorch, JAX, Flax and Keras are the same functions, with the defaults and kinks that are said.

Needs the extra `frameworks` (JAX, Flax, Keras) or `frameworks-torch` (PyTorch) or both; what isn't there is skipped.
Keras runs on JAX, or on what `KERAS_BACKEND` says: `KERAS_BACKEND=torch` tests it on PyTorch. All goes through the
registry and the table of disagreements, so what is added there is tested here.
"""

import importlib
import importlib.util
import inspect
import math
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

import actviz
from actviz import disagreements
from actviz.disagreements import Place
from actviz.model import Activation, Definition
from actviz.numerics import Array
from actviz.registry import REGISTRY
from tests import accuracy

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.update(JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")
MODULES = {"PyTorch": "torch", "JAX": "jax", "Flax": "flax", "Keras": "keras"}
if not any(map(importlib.util.find_spec, MODULES.values())):
    pytest.skip("none of the frameworks is installed", allow_module_level=True)
BACKEND = {"jax": "JAX", "torch": "PyTorch", "tensorflow": "TensorFlow"}[os.environ["KERAS_BACKEND"]]

# a prime number of steps: no kink is among them
POINTS = np.linspace(-9.0, 9.0, 1000)
VARIANTS = list(accuracy.variants())
every_variant = pytest.mark.parametrize("activation", VARIANTS, ids=lambda activation: activation.spec)
in_each = pytest.mark.parametrize("framework", ["PyTorch", "JAX", "Keras"])
NAMES = [
    (definition, framework, name)
    for definition in REGISTRY.values()
    for framework, spelling in definition.frameworks.items()
    for name in spelling.names
]
APPROXIMATIONS = [
    (definition, name)
    for definition in REGISTRY.values()
    for spelling in definition.frameworks.values()
    for name in spelling.approximations
]
NUMBERS = [row for row in disagreements.table() if row.spec]


def _module(framework: str) -> Any:
    """Import a framework; skip if it isn't installed, nor what it runs on."""
    if framework == "Keras":
        _module(BACKEND)
    module = pytest.importorskip(MODULES.get(framework, "tensorflow"))
    if framework == "Keras":
        module.backend.set_floatx("float64")
    return module


@cache
def _is_installed(version: str) -> bool:
    """Whether "Keras 3.15 on PyTorch and JAX" is here; PyTorch 2.13 answers as 2.15 where it isn't named itself."""
    name, _, number = version.partition(" ")
    number, _, backends = number.partition(" on ")
    needed = {MODULES.get(name, ""), MODULES.get(BACKEND, "tensorflow") if name == "Keras" else "numpy"}
    if name not in MODULES or (backends and BACKEND not in backends) or not all(map(importlib.util.find_spec, needed)):
        return False
    return (_module(name).__version__ + ".").startswith(f"{number}.")


def _said(answers: dict[str, float]) -> Iterator[tuple[Place, float]]:
    """What is said of the versions that are installed."""
    for text, value in answers.items():
        place = Place.parse(text)
        older = place.version == "PyTorch 2.15" and not any("PyTorch 2.13" in other for other in answers)
        if _is_installed(place.version) or (older and _is_installed("PyTorch 2.13")):
            yield place, value


def _function(activation: Activation, framework: str) -> Callable[[Any], Any]:
    """Compile the spelling: from the registry's own text, not from anything that a user types."""
    modules = {MODULES[name]: _module(name) for name in {"JAX": ("JAX", "Flax")}.get(framework, (framework,))}
    if framework == "JAX":
        for module in ("flax.nnx", "jax.nn", "jax.scipy.stats"):
            importlib.import_module(module)
    code = compile(activation.code[framework], framework, "eval")
    return lambda x: eval(code, {**modules, "x": x})


def _evaluated(function: Callable[[Any], Any], framework: str, x: Array, slope: bool) -> Array:
    """Evaluate f or f' at points, by the automatic differentiation of what the framework runs on."""
    runs_on = BACKEND if framework == "Keras" else framework
    if runs_on == "PyTorch":
        torch = _module("PyTorch")
        torch.set_default_dtype(torch.float64)
        points = torch.tensor(x, requires_grad=slope)
        y = function(points)
        if slope:
            (y,) = torch.autograd.grad(y.sum(), points)
        return np.asarray(y.detach(), dtype=np.float64)
    jax = _module("JAX")
    points = jax.numpy.asarray(x)
    if slope:
        y, back = jax.vjp(function, points)
        return np.asarray(back(jax.numpy.ones_like(y))[0], dtype=np.float64)
    return np.asarray(function(points), dtype=np.float64)


def _tolerance(code: str, framework: str) -> float:
    """How near a framework comes to float64: a weight, a parameter or whole functions may have single precision."""
    dropped = {
        "PyTorch": r"PReLU|\bcelu",  # α in celu's derivative
        "Keras on JAX": r"PReLU|tanh|keras\.ops\.(sin|arctan|logaddexp|erf|erfc|heaviside)\b",
        "Keras on PyTorch": r"PReLU|\bcelu|keras\.ops\.(logaddexp|minimum|heaviside)\b",
        "JAX": r"PReLU",
    }
    where = f"Keras on {BACKEND}" if framework == "Keras" else framework
    return 2e-5 if re.search(dropped[where], code) else 1e-9


@in_each
@every_variant
def test_the_function_and_its_derivative_are_the_same(activation: Activation, framework: str) -> None:
    """To the precision of the framework's own formula, and away from kinks."""
    if framework not in activation.code:
        pytest.skip("has no spelling")
    function, tolerance = _function(activation, framework), _tolerance(activation.code[framework], framework)
    x = POINTS[[all(abs(x - kink.x) > 1e-9 for kink in activation.kinks) for x in POINTS]]
    assert len(x) > 990
    runs_on = BACKEND if framework == "Keras" else framework
    for slope in (False, True):
        if slope and activation.name == "heaviside" and "PyTorch" in (framework, runs_on):
            continue  # which has no derivative there
        there = _evaluated(function, framework, x, slope)
        ours = activation.derivative(x) if slope else activation(x)
        # what is subtracted from 1, or an angle, is rounded like the larger number
        rounding = tolerance * max(1.0, float(np.abs(ours).max())) * (1.0 if tolerance > 1e-9 else 1e-3)
        worst = int(np.argmax(np.abs(there - ours)))
        assert there == pytest.approx(ours, rel=tolerance, abs=rounding), f"most at x = {x[worst]}"


def _named(name: str) -> Any:
    """What a framework calls so; a layer is made first, with its defaults."""
    package, *path = name.split(".")
    frameworks = {module: framework for framework, module in MODULES.items()} | {"tf": "TensorFlow"}
    if package not in frameworks:
        pytest.skip(f"{name} can't be called from here")
    found = _module(frameworks[package])
    for place, part in enumerate(path):
        if not hasattr(found, part):
            found = importlib.import_module(".".join([package, *path[: place + 1]]))
        else:
            found = getattr(found, part)
    if not inspect.isclass(found):
        return found
    if package != "flax":
        made = found()
        return made.double().eval() if package == "torch" else made
    if "nnx" in path:
        rngs = _module("Flax").nnx.Rngs(0)
        return found(rngs=rngs) if "rngs" in inspect.signature(found.__init__).parameters else found()
    layer, key = found(), _module("JAX").random.key(0)
    return lambda x: layer.apply(layer.init(key, x), x)


def _with_defaults(name: str) -> Callable[[Any], Any]:
    """The function that a framework calls so; PyTorch's prelu has no default for the slope."""
    function = _named(name)
    return (lambda x: function(x, x.new_tensor(0.25))) if name.endswith(".prelu") else function  # type: ignore[no-any-return]


def _framework(name: str) -> str:
    """The framework whose automatic differentiation a function has."""
    return {"torch": "PyTorch", "keras": "Keras"}.get(name.partition(".")[0], "JAX")


def _computed(name: str) -> Array:
    """The values of a framework's function at some points."""
    if name.startswith("tf."):
        return np.asarray(_named(name)(POINTS), dtype=np.float64)
    return _evaluated(_with_defaults(name), _framework(name), POINTS, slope=False)


@pytest.mark.parametrize(("definition", "framework", "name"), NAMES, ids=[name for *_, name in NAMES])
def test_a_name_has_the_defaults_that_are_declared(definition: Definition, framework: str, name: str) -> None:
    """In the framework itself, where it is installed."""
    word, colon, parameters = name.partition(":")
    activation = actviz.get(f"{definition.name}{colon}{parameters}")
    assert _computed(word) == pytest.approx(activation(POINTS), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(("definition", "name"), APPROXIMATIONS, ids=[name for _, name in APPROXIMATIONS])
def test_an_approximation_is_near_and_not_the_same(definition: Definition, name: str) -> None:
    """By the framework's default."""
    apart = np.abs(_computed(name) - definition.bind()(POINTS)).max()
    assert 1e-5 < apart < 1e-2


def _at(activation: Activation, place: Place, x: float, slope: bool) -> float:
    """What an installed framework answers: the function that is named, or else the spelling."""
    framework = {"Flax": "JAX"}.get(place.version.split()[0], place.version.split()[0])
    whole = "." in place.function and activation.code.get(framework, "").count(place.function) == 0
    function = _with_defaults(place.function) if whole else _function(activation, framework)
    return float(_evaluated(function, framework, np.array([x]), slope)[0])


@every_variant
def test_what_the_card_says_of_kinks_is_so(activation: Activation) -> None:
    """In the versions that are installed."""
    for kink in activation.kinks:
        for place, slope in _said(dict(kink.answers)):
            measured = _at(activation, place, kink.x, slope=True)
            assert measured == pytest.approx(slope, rel=1e-6), f"{place} at x = {kink.x}"


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: f"{row.spec} {row.what}")
def test_numbers_of_the_table_are_so(row: disagreements.Disagreement) -> None:
    """At kinks and boundaries, at infinity and far out, in the versions that are installed."""
    answers: dict[str, float] = {}
    for answer in row.answers:
        for place in answer.places:
            assert answer.value is not None
            answers[f"{place.function} ({place.version})" if place.function else place.version] = answer.value
    for place, value in _said(answers):
        measured = _at(actviz.get(row.spec), place, row.x, row.slope)
        assert measured == pytest.approx(value, rel=1e-6, abs=0, nan_ok=True), f"{place}"


def _call(function: str, framework: str, *values: Any, **options: Any) -> Array:
    """Call a function with arrays, and with what else it takes."""
    runs_on = BACKEND if framework == "Keras" else framework
    array = _module("PyTorch").tensor if runs_on == "PyTorch" else _module("JAX").numpy.asarray
    return np.asarray(_named(function)(*(array(np.asarray(value)) for value in values), **options))


def _slope_of(function: str, framework: str, *others: Any) -> float:
    """The slope at 0 of a function of x and of other numbers."""

    def of_x(x: Any) -> Any:
        return _named(function)(x, *(x.new_tensor(other) if framework == "PyTorch" else other for other in others))

    return float(_evaluated(of_x, framework, np.array([0.0]), slope=True)[0])


def _refusal(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "nothing"


def _softmax_axis(function: str, framework: str) -> str:
    """Told by the sizes of the axes: of equal numbers each has one over the size."""
    sizes = [
        round(1 / float(_call(function, framework, np.ones(shape)).flat[0])) for shape in ((2, 3, 4), (2, 3, 4, 5))
    ]
    return {(4, 5): "the last", (2, 3): "0 of 0, 1 or 3; else 1"}[(sizes[0], sizes[1])]


def _value(spec: str, framework: str, x: float) -> float:
    return float(_evaluated(_function(actviz.get(spec), framework), framework, np.array([x]), slope=False)[0])


def _heaviside_slope(function: str, framework: str) -> str:
    def slope() -> None:
        _evaluated(_function(actviz.get("heaviside"), framework), framework, np.array([1.0]), slope=True)

    return "raises an error" if _refusal(slope) != "nothing" else "0"


def _below_threshold(function: str, framework: str) -> str:
    if function.endswith("threshold"):
        return "a constant" if _call(function, framework, [1.0], threshold=2.0, **_last_of(function)) == 7.0 else "?"
    below = _call(function, framework, [1.0], negative_slope=0.5, threshold=2.0)
    return "a (x - threshold)" if below == -0.5 else "?"


def _last_of(function: str) -> dict[str, float]:
    """7 for the last parameter, whatever that is called."""
    return {[name for name in _parameters(function) if name != "inplace"][-1]: 7.0}


def _parameters(function: str) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(_named(function)).parameters)


# what an installed framework says to each row of words, by the function and the framework
ASKED: dict[tuple[str, str], Callable[[str, str], str]] = {
    ("thresholded_relu", "threshold"): lambda f, _: (
        "has no default" if _parameters(f)["threshold"].default is inspect.Parameter.empty else "has one"
    ),
    ("hardtanh", "limits"): lambda f, _: "can be set" if len(_parameters(f)) > 1 else "fixed at −1 and 1",
    ("swish", "β"): lambda f, _: "can be set" if "beta" in _parameters(f) else "fixed at 1",
    ("softplus", "β"): lambda f, _: "can be set" if "beta" in _parameters(f) else "fixed at 1",
    ("selu", "λ"): lambda f, framework: repr(_value("selu", framework, 1.0)),
    ("relu", "f'(0) of max(x, 0)"): lambda f, framework: {0.5: "1/2"}.get(_slope_of(f, framework, 0.0), "other"),
    ("relu6", "f' at the ends of a clip"): lambda f, framework: {0.0: "0", 0.5: "1/2", 1.0: "1"}[
        _slope_of(f, framework, 0.0, 6.0)
    ],
    ("heaviside", "f(0)"): lambda f, framework: (
        "must be given" if _refusal(lambda: _call(f, framework, 0.0)) == "TypeError" else "is not"
    ),
    ("heaviside", "f'(x)"): _heaviside_slope,
    ("generalized_relu", "f(x) for x ≤ threshold"): _below_threshold,
    ("softplus", "f(x) for x > 20"): lambda f, framework: (
        "exactly x" if _value("softplus", framework, 21.0) == 21.0 else "ln(1 + e^x)"
    ),
    ("tanh", "computed from float64 in"): lambda f, framework: (
        "float32" if abs(_value("tanh", framework, 0.3) - math.tanh(0.3)) > 1e-12 else "float64"
    ),
    ("softmax", "axis by default"): _softmax_axis,
    ("glu", "which half is the gate"): lambda f, framework: (
        "the second" if _call(f, framework, [1.0, 2.0, 3.0, 4.0])[0] == pytest.approx(1 / (1 + math.exp(-3))) else "?"
    ),
    ("glu", "axis by default"): lambda f, framework: (
        "the last" if _call(f, framework, np.ones((4, 2))).shape == (4, 1) else "?"
    ),
    ("glu", "an odd number of values"): lambda f, framework: _refusal(lambda: _call(f, framework, np.ones(3))),
    ("sparsemax", "of −1, 0.5, −3, 0"): lambda f, framework: (
        ", ".join(f"{one:g}" for one in _call(f, framework, [-1.0, 0.5, -3.0, 0.0])) + " (a bug)"
    ),
    ("crelu", "exists"): lambda f, _: "yes" if hasattr(_named(f.rpartition(".")[0]), "crelu") else "no",
    ("sinc", "sinc(x)"): lambda f, framework: (
        "sin(πx) / (πx)" if float(_call(f, framework, 0.5)) == pytest.approx(2 / math.pi) else "sin(x) / x"
    ),
}
WHERE = {"PyTorch": "torch.nn.functional.", "JAX": "jax.nn.", "Flax": "flax.linen.", "Keras": "keras.activations."}
CALLED = {
    "torch.nn.functional.thresholded_relu": "torch.nn.functional.threshold",
    "keras.activations.thresholded_relu": "keras.activations.threshold",
    "torch.nn.functional.swish": "torch.nn.functional.silu",
    "torch.nn.functional.heaviside": "torch.heaviside",
    "jax.nn.heaviside": "jax.numpy.heaviside",
    "keras.activations.heaviside": "keras.ops.heaviside",
}
WORDS = [row for row in disagreements.table() if not row.spec and not row.specs]


@pytest.mark.filterwarnings("ignore:Implicit dimension choice")
@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row.names[0]} {row.what}")
def test_words_of_the_table_are_so(row: disagreements.Disagreement) -> None:
    """Defaults, axes, halves and refusals, in the versions that are installed."""
    said = {place: answer.says for answer in row.answers for place in answer.places if place.source == "tested"}
    assert not said or (row.names[0], row.what) in ASKED, "the tests can't ask that, but the table says they do"
    for place in said:
        older = place.version == "PyTorch 2.15" and all(other.version != "PyTorch 2.13" for other in said)
        if _is_installed(place.version) or (older and _is_installed("PyTorch 2.13")):
            framework = place.version.partition(" ")[0]
            dotted = place.function.count(".") > 1 or place.function.startswith("torch.")
            function = place.function if dotted else WHERE[framework] + row.names[0]
            answer = ASKED[row.names[0], row.what](
                CALLED.get(function, function), {"Flax": "JAX"}.get(framework, framework)
            )
            assert answer == said[place], str(place)
