"""Functions that only jump: the slope is 0 everywhere else, so training needs another one in its place."""

import numpy as np

from actviz.formula import Cases
from actviz.model import Definition, Interval, Kink, Parameter, Reference, Relative, Spelling, Union, single
from actviz.numerics import Array, keep_nan


def heaviside(x: Array, at_zero: float) -> Array:
    return keep_nan(x, np.where(x > 0, 1.0, np.where(x < 0, 0.0, at_zero)))


def _heaviside_range(at_zero: float) -> Union:
    return Union(single(*sorted({0.0, at_zero, 1.0})))


HEAVISIDE = Definition(
    name="heaviside",
    title="Heaviside step",
    aliases=("step", "unit_step", "binary_step", "hardlim:1"),
    summary="0 for negative inputs and 1 for positive ones: the threshold of the first artificial neurons.",
    strength="The plainest decision there is: it fires or it doesn't.",
    weakness="Its slope is 0 wherever it has one, so gradient descent learns nothing through it.",
    formula=Cases((r"0", r"x < 0"), (r"h", r"x = 0"), (r"1", r"x > 0")),
    derivative_formula=Cases((r"0", r"x \neq 0")),
    function=heaviside,
    derivative=lambda x, at_zero: keep_nan(x, 0.0),
    parameters=(
        Parameter(
            "at_zero",
            0.5,
            symbol="h",
            meaning="value at 0: 1/2 is the mean of both sides, others take 0 or 1",
            domain=Interval("[0, 1]"),
            usual=(0.0, 1.0),
            aliases=("h", "value", "values"),
        ),
    ),
    range=_heaviside_range,
    kinks=(Kink(0.0, 0.0, 0.0, 0.0, {"JAX 0.10": 0.0, "Keras 3.15 on JAX": 0.0}, limits=(0.0, 1.0)),),
    window=(-3.0, 3.0),
    samples={-2.0: 0.0, 0.0: 0.5, 3.0: 1.0},
    reference=Reference("McCulloch, Pitts", 1943, "A logical calculus of the ideas immanent in nervous activity"),
    frameworks={
        "PyTorch": Spelling(
            "torch.heaviside(x, torch.tensor({at_zero}, dtype=x.dtype))",
            note="has no default for the value at 0, and no derivative: backward() raises an error",
        ),
        "Keras": Spelling("keras.ops.heaviside(x, {at_zero})", note="without a gradient on TensorFlow"),
        "JAX": Spelling("jax.numpy.heaviside(x, {at_zero})"),
    },
    relatives=(
        Relative("sign", "(1 + sign(x)) / 2", factor=0.5, offset=0.5),
        Relative("hard_sigmoid:1e300", "the hard sigmoid, infinitely steep"),
    ),
)

SIGN = Definition(
    name="sign",
    title="Sign",
    aliases=("signum", "bipolar", "bipolar_step", "hardlims"),
    summary="−1 for negative inputs, 1 for positive ones: the step of the perceptron and of binary networks.",
    strength="Outputs of one bit, and zero-centred.",
    weakness="Its slope is 0 wherever it has one, so training puts another slope in its place.",
    formula=Cases((r"-1", r"x < 0"), (r"0", r"x = 0"), (r"1", r"x > 0")),
    derivative_formula=Cases((r"0", r"x \neq 0")),
    function=np.sign,
    derivative=lambda x: keep_nan(x, 0.0),
    range=Union(single(-1.0, 0.0, 1.0)),
    kinks=(Kink(0.0, 0.0, 0.0, 0.0, {"PyTorch 2.15": 0.0, "JAX 0.10": 0.0, "Keras 3.15": 0.0}, limits=(-1.0, 1.0)),),
    window=(-3.0, 3.0),
    samples={-2.0: -1.0, 0.0: 0.0, 3.0: 1.0},
    reference=Reference(
        "Rosenblatt",
        1958,
        "The perceptron: A probabilistic model for information storage and organization in the brain",
    ),
    frameworks={
        "PyTorch": Spelling("torch.sign(x)", note="sign(NaN) is 0 there", names=("torch.sign",)),
        "Keras": Spelling("keras.ops.sign(x)", names=("keras.ops.sign",)),
        "JAX": Spelling("jax.numpy.sign(x)", names=("jax.numpy.sign",)),
        "TensorFlow": Spelling("tf.sign(x)", names=("tf.sign", "tf.math.sign")),
        "ONNX": Spelling("Sign(x)", names=("onnx.Sign",)),
    },
    relatives=(
        Relative("heaviside", "twice the step, minus 1; MATLAB's hardlims is so with h = 1", factor=2.0, offset=-1.0),
        Relative("hardtanh", "Hardtanh of a very large multiple of x", scale=1e300),
    ),
)
