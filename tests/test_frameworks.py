"""The spellings in JAX and Keras are the same functions, and their derivatives agree; needs the extra `frameworks`."""

import os
from collections.abc import Callable

import numpy as np
import pytest

from actviz.model import Activation
from tests import accuracy

os.environ.update(KERAS_BACKEND="jax", JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")
jax = pytest.importorskip("jax")
flax = pytest.importorskip("flax")
keras = pytest.importorskip("keras")

POINTS = np.array([-7.1, -3.3, -1.2, -0.3, 0.4, 1.1, 1.7, 2.7, 4.5, 8.5])
VARIANTS = list(accuracy.variants())
every_variant = pytest.mark.parametrize("activation", VARIANTS, ids=lambda activation: activation.spec)
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
