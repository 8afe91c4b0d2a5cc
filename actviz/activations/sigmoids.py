"""Bounded, S-shaped functions."""

import numpy as np

from actviz.formula import OTHERWISE, Cases
from actviz.model import Definition, Interval, Kink, Parameter, Reference, Relative, Spelling
from actviz.numerics import LARGEST, Array, affine, keep_nan, sech_squared, sigmoid, sigmoid_derivative

SIGMOID = Definition(
    name="sigmoid",
    title="Sigmoid",
    aliases=("logistic",),
    summary="Squeezes any number into (0, 1), so that it can be read as a probability.",
    strength="Its output is a probability or a gate between closed (0) and open (1).",
    weakness="Saturates on both sides, its slope is at most 1/4, and its output is never negative.",
    formula=r"\frac{1}{1 + e^{-x}}",
    derivative_formula=r"f(x)\,(1 - f(x))",
    function=sigmoid,
    derivative=sigmoid_derivative,
    range=Interval("(0, 1)"),
    samples={-2.0: 0.11920292202211756, 0.0: 0.5, 1.0: 0.7310585786300049},
    reference=Reference("Verhulst", 1838, "Notice sur la loi que la population suit dans son accroissement"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.sigmoid(x)", names=("torch.nn.Sigmoid", "torch.nn.functional.sigmoid", "torch.sigmoid")
        ),
        "Keras": Spelling("keras.activations.sigmoid(x)", names=("keras.activations.sigmoid", "keras.ops.sigmoid")),
        "JAX": Spelling("jax.nn.sigmoid(x)", names=("jax.nn.sigmoid", "flax.linen.sigmoid", "flax.nnx.sigmoid")),
        "TensorFlow": Spelling("tf.nn.sigmoid(x)", names=("tf.nn.sigmoid", "tf.sigmoid", "tf.math.sigmoid")),
    },
    relatives=(
        Relative("tanh", "(1 + tanh(x / 2)) / 2", factor=0.5, scale=0.5, offset=0.5),
        Relative(
            "hard_sigmoid",
            "the hard sigmoid, made of straight lines, with slope 0.2 is at most 0.076 away",
            within=0.0759,
        ),
    ),
)

TANH = Definition(
    name="tanh",
    title="Tanh",
    summary="Squeezes any number into (−1, 1), symmetrically around 0.",
    strength="Zero-centred and close to the identity near 0; its slope reaches 1, four times the sigmoid's.",
    weakness="Saturates on both sides, so gradients still vanish in deep stacks.",
    formula=r"\frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
    derivative_formula=r"1 - f(x)^{2}",
    function=np.tanh,
    derivative=sech_squared,
    range=Interval("(-1, 1)"),
    samples={-1.0: -0.7615941559557649, 0.0: 0.0, 2.0: 0.9640275800758169},
    reference=Reference("LeCun, Bottou, Orr, Müller", 1998, "Efficient BackProp"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.tanh(x)", names=("torch.nn.Tanh", "torch.nn.functional.tanh", "torch.tanh")
        ),
        "Keras": Spelling("keras.activations.tanh(x)", names=("keras.activations.tanh", "keras.ops.tanh")),
        "JAX": Spelling("jax.nn.tanh(x)", names=("jax.nn.tanh", "jax.numpy.tanh", "flax.linen.tanh", "flax.nnx.tanh")),
        "TensorFlow": Spelling("tf.nn.tanh(x)", names=("tf.nn.tanh", "tf.tanh", "tf.math.tanh")),
    },
    relatives=(
        Relative("sigmoid", "2 σ(2x) − 1", factor=2.0, scale=2.0, offset=-1.0),
        Relative(
            "softsign",
            "the softsign has the same limits and the same slope at 0, and is at most 0.31 away",
            within=0.3064,
        ),
    ),
)


def hard_sigmoid(x: Array, slope: float) -> Array:
    return np.clip(affine(slope, x, 0.5), 0.0, 1.0)


def hard_sigmoid_derivative(x: Array, slope: float) -> Array:
    return keep_nan(x, np.where(np.abs(x) < 0.5 / slope, slope, 0.0))


def _hard_sigmoid_answers(slope: float) -> dict[str, float]:
    """Return the slopes at the ends of a clipped line, by the spellings below."""
    return {"PyTorch 2.15": 0.0, "PyTorch 2.13": slope, "JAX 0.10": slope / 2, "Keras 3.15 on JAX": slope / 2}


HARD_SIGMOID = Definition(
    name="hard_sigmoid",
    title="Hard sigmoid",
    summary="The sigmoid as three straight pieces.",
    strength="Needs no exponential, and reaches 0 and 1 exactly.",
    weakness="No gradient at all outside the middle piece; frameworks disagree about the slope.",
    formula=r"\min(\max(a\,x + 0.5, 0), 1)",
    derivative_formula=Cases((r"a", r"|x| < 0.5 / a"), (r"0", OTHERWISE)),
    function=hard_sigmoid,
    derivative=hard_sigmoid_derivative,
    parameters=(
        Parameter(
            "slope",
            0.2,
            symbol="a",
            meaning="slope of the middle piece: 0.2 in Keras 2, 1/6 in PyTorch, Keras 3 and JAX, 1/2 in the paper",
            domain=Interval("(0, inf)"),
            usual=(1 / 6, 0.5),
            aliases=("a", "alpha"),
        ),
    ),
    range=Interval("[0, 1]"),
    kinks=lambda slope: (
        Kink(-0.5 / slope, 0.0, slope, convention=0.0, answers=_hard_sigmoid_answers(slope)),
        Kink(0.5 / slope, slope, 0.0, convention=0.0, answers=_hard_sigmoid_answers(slope)),
    ),
    samples={-3.0: 0.0, -1.0: 0.3, 0.0: 0.5, 2.0: 0.9, 2.5: 1.0},
    reference=Reference(
        "Courbariaux, Bengio, David",
        2015,
        "BinaryConnect: Training deep neural networks with binary weights during propagations",
        "1511.00363",
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.clamp({slope} * x + 0.5, 0, 1)",
            names=("torch.nn.Hardsigmoid:slope=1/6", "torch.nn.functional.hardsigmoid:slope=1/6"),
        ),
        "Keras": Spelling(
            "keras.ops.clip({slope} * x + 0.5, 0, 1)",
            note="keras.activations.hard_sigmoid has the slope 0.2 in Keras 2",
            names=("keras.activations.hard_sigmoid:slope=1/6", "keras.ops.hard_sigmoid:slope=1/6"),
        ),
        "JAX": Spelling(
            "jax.numpy.clip({slope} * x + 0.5, 0, 1)",
            names=(
                "jax.nn.hard_sigmoid:slope=1/6",
                "flax.linen.hard_sigmoid:slope=1/6",
                "flax.nnx.hard_sigmoid:slope=1/6",
            ),
        ),
    },
    relatives=(
        Relative("relu6", "with slope 1/6, ReLU6(x + 3) / 6", of="hard_sigmoid:1/6", factor=1 / 6, shift=3.0),
        Relative("sigmoid", "with slope 0.2, at most 0.076 away from the sigmoid", within=0.0759),
    ),
)


def softsign(x: Array) -> Array:
    x = np.clip(x, -LARGEST, LARGEST)
    return x / (1.0 + np.abs(x))


def softsign_derivative(x: Array) -> Array:
    # the square of the reciprocal: the square of 1 + |x| would overflow
    return np.square(1.0 / (1.0 + np.abs(x)))


SOFTSIGN = Definition(
    name="softsign",
    title="Softsign",
    summary="Like tanh, but nears its limits as slowly as 1/x.",
    strength="Zero-centred, needs no exponential, and saturates gently.",
    weakness="Nears −1 and 1 so slowly that outputs stay far from them; bends sharply at 0.",
    formula=r"\frac{x}{1 + |x|}",
    derivative_formula=r"\frac{1}{(1 + |x|)^{2}}",
    function=softsign,
    derivative=softsign_derivative,
    range=Interval("(-1, 1)"),
    smoothness=1,
    samples={-3.0: -0.75, 0.0: 0.0, 1.0: 0.5},
    reference=Reference("Elliott", 1993, "A better activation function for artificial neural networks"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.softsign(x)", names=("torch.nn.Softsign", "torch.nn.functional.softsign")
        ),
        "Keras": Spelling("keras.activations.softsign(x)", names=("keras.activations.softsign", "keras.ops.softsign")),
        "JAX": Spelling(
            "jax.nn.soft_sign(x)", names=("jax.nn.soft_sign", "flax.linen.soft_sign", "flax.nnx.soft_sign")
        ),
        "TensorFlow": Spelling("tf.nn.softsign(x)", names=("tf.nn.softsign",)),
    },
    relatives=(Relative("tanh", "the same limits and the same slope at 0; at most 0.31 away", within=0.3064),),
)
