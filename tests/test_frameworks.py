"""The spellings in JAX and Keras are the same functions, and their derivatives agree; needs the extra `frameworks`."""

import importlib
import inspect
import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import actviz
from actviz.model import Activation, Definition
from actviz.registry import REGISTRY
from tests import accuracy

os.environ.update(KERAS_BACKEND="jax", JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")
jax = pytest.importorskip("jax")
flax = pytest.importorskip("flax")
keras = pytest.importorskip("keras")

POINTS = np.array([-7.1, -3.3, -1.2, -0.3, 0.4, 1.1, 1.7, 2.7, 4.5, 8.5])
VARIANTS = list(accuracy.variants())
every_variant = pytest.mark.parametrize("activation", VARIANTS, ids=lambda activation: activation.spec)
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
in_both = pytest.mark.parametrize("framework", ["JAX", "Keras"])


def _function(activation: Activation, framework: str) -> Callable[[object], object]:
    import flax.nnx
    import jax.nn

    keras.backend.set_floatx("float64")
    code = compile(activation.code[framework], framework, "eval")
    # compiled from the registry's own text, not from anything that a user types
    return lambda x: eval(code, {"jax": jax, "flax": flax, "keras": keras, "x": x.reshape(1)})[0]


def _tolerance(activation: Activation, framework: str) -> float:
    """Single precision where the framework has no better: PReLU's weight, and Keras' tanh."""
    return 1e-6 if activation.name == "prelu" or (activation.name, framework) == ("tanh", "Keras") else 1e-9


def _named(name: str) -> Callable[[object], object]:
    """What a framework calls so, with its defaults; a layer is made first."""
    package, *path = name.split(".")
    found = pytest.importorskip({"tf": "tensorflow"}.get(package, package))
    for place, part in enumerate(path):
        if not hasattr(found, part):
            found = importlib.import_module(".".join([package, *path[: place + 1]]))
        else:
            found = getattr(found, part)
    if not inspect.isclass(found):
        return found  # type: ignore[no-any-return]
    if package != "flax":
        return found()  # type: ignore[no-any-return]
    if "nnx" in path:
        return found(rngs=flax.nnx.Rngs(0)) if "rngs" in inspect.signature(found.__init__).parameters else found()  # type: ignore[no-any-return]
    layer = found()
    return lambda x: layer.apply(layer.init(jax.random.key(0), x), x)


def _computed(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The values of a framework's function at the points."""
    keras.backend.set_floatx("float64")
    function: Any = _named(name)
    if not name.startswith("torch."):
        points = POINTS if name.startswith("tf.") else jax.numpy.asarray(POINTS)
        return np.asarray(function(points), dtype=np.float64)
    points = pytest.importorskip("torch").tensor(POINTS)
    if name.endswith(".prelu"):  # whose slope has no default
        return function(points, points.new_tensor(0.25)).numpy()  # type: ignore[no-any-return]
    layer = function.double().eval() if hasattr(function, "eval") else function
    return layer(points).detach().numpy()  # type: ignore[no-any-return]


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


@in_both
@every_variant
def test_the_function_is_the_same(activation: Activation, framework: str) -> None:
    """To the precision of the framework's own formula."""
    f, tolerance = _function(activation, framework), _tolerance(activation, framework)
    for x in POINTS:
        assert float(f(jax.numpy.asarray(x))) == pytest.approx(activation(x), rel=tolerance)


@in_both
@every_variant
def test_the_derivative_agrees_with_automatic_differentiation(activation: Activation, framework: str) -> None:
    """Away from kinks."""
    slope, tolerance = jax.grad(_function(activation, framework)), _tolerance(activation, framework)
    for x in POINTS:
        assert float(slope(jax.numpy.asarray(x))) == pytest.approx(
            activation.derivative(x), rel=tolerance, abs=tolerance
        )


@every_variant
def test_what_the_card_says_of_kinks_is_so(activation: Activation) -> None:
    """What JAX, Flax and Keras on JAX return there, if the installed version is the card's."""
    versions = {"JAX": jax.__version__, "Flax": flax.__version__, "Keras": keras.__version__}
    for kink in activation.kinks:
        for said, slope in kink.answers.items():
            name, version, *backend = said.split(" ", 2)
            if not versions.get(name, "").startswith(f"{version}.") or (backend and "JAX" not in backend[0]):
                continue
            f = _function(activation, "Keras" if name == "Keras" else "JAX")
            measured = float(jax.grad(f)(jax.numpy.asarray(kink.x)))
            assert measured == pytest.approx(slope, rel=1e-6), f"{said} at x = {kink.x}"
