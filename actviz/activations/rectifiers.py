"""Straight lines that meet in a kink: ReLU and its leaky, capped and random relatives."""

import math
from collections.abc import Mapping

import numpy as np

from actviz.formula import OTHERWISE, Cases
from actviz.model import REALS, Definition, Interval, Kink, Parameter, Reference, Relative, Spelling, given
from actviz.numerics import Array, keep_nan, scale

NON_NEGATIVE = Interval("[0, inf)")


def leaky_relu(x: Array, negative_slope: float) -> Array:
    return np.where(x > 0, x, scale(negative_slope, x))


def leaky_relu_derivative(x: Array, negative_slope: float) -> Array:
    return keep_nan(x, np.where(x > 0, 1.0, negative_slope))


def _kink_at_zero(negative_slope: float, answers: Mapping[str, float]) -> tuple[Kink, ...]:
    if negative_slope == 1:
        return ()
    return (Kink(0.0, negative_slope, 1.0, convention=negative_slope, answers=answers),)


def _leaky_answers(negative_slope: float) -> dict[str, float]:
    """Return the slopes at 0 in the frameworks: JAX tests x >= 0, the others x > 0."""
    on = "Keras 3.15 on"
    return {
        "PyTorch 2.15": negative_slope,
        "JAX 0.10": 1.0,
        f"{on} PyTorch and TensorFlow": negative_slope,
        f"{on} JAX": 1.0,
    }


_ALL_ZERO = {"PyTorch 2.15": 0.0, "JAX 0.10": 0.0, "Keras 3.15": 0.0}


def _range(negative_slope: float) -> Interval:
    return REALS if negative_slope > 0 else NON_NEGATIVE


_LEAKY_FORMULA = Cases((r"x", r"x > 0"), (r"a\,x", r"x \leq 0"))
_LEAKY_DERIVATIVE = Cases((r"1", r"x > 0"), (r"a", r"x \leq 0"))

RELU = Definition(
    name="relu",
    title="ReLU",
    aliases=("poslin",),
    summary="Passes positive inputs on and blocks negative ones.",
    strength="Cheap, sparse, and its slope is exactly 1 for every positive input, so gradients don't fade.",
    weakness="A unit whose inputs are all negative has gradient 0 and dies; its output is never negative.",
    formula=r"\max(x, 0)",
    derivative_formula=Cases((r"1", r"x > 0"), (r"0", r"x \leq 0")),
    function=lambda x: np.maximum(x, 0.0),
    derivative=lambda x: leaky_relu_derivative(x, 0.0),
    range=NON_NEGATIVE,
    kinks=_kink_at_zero(0.0, _ALL_ZERO),
    samples={-2.0: 0.0, 0.0: 0.0, 3.0: 3.0},
    reference=Reference("Nair, Hinton", 2010, "Rectified linear units improve restricted Boltzmann machines"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.relu(x)", names=("torch.nn.ReLU", "torch.nn.functional.relu", "torch.relu")
        ),
        "Keras": Spelling(
            "keras.activations.relu(x, negative_slope=0.0, max_value=None, threshold=0.0)",
            names=("keras.layers.ReLU", "keras.activations.relu", "keras.ops.relu"),
        ),
        "JAX": Spelling("jax.nn.relu(x)", names=("jax.nn.relu", "flax.linen.relu", "flax.nnx.relu")),
        "TensorFlow": Spelling("tf.nn.relu(x)", names=("tf.nn.relu",)),
        "Hugging Face": Spelling('transformers.activations.ACT2FN["relu"](x)'),
        "ONNX": Spelling("Relu(x)", names=("onnx.Relu",)),
        "NNlib": Spelling("NNlib.relu(x)", names=("NNlib.relu",)),
    },
    relatives=(
        Relative("leaky_relu:0", "Leaky ReLU with slope 0"),
        Relative("maxout:weights=0/1,biases=0/0", "Maxout of 0 and x"),
        Relative("relu6", "ReLU6 up to x = 6", on=(-30.0, 6.0)),
        Relative("softplus", "Softplus is a smooth version, at most ln 2 above", within=0.6932),
    ),
)


def generalized_relu(x: Array, negative_slope: float, max_value: float, threshold: float) -> Array:
    return np.where(x > threshold, np.minimum(x, max_value), scale(negative_slope, x - threshold))


def generalized_relu_derivative(x: Array, negative_slope: float, max_value: float, threshold: float) -> Array:
    return keep_nan(
        x, np.where(x > threshold, np.where((x < max_value) | (max_value == math.inf), 1.0, 0.0), negative_slope)
    )


def _generalized_kinks(negative_slope: float, max_value: float, threshold: float) -> tuple[Kink, ...]:
    right = 1.0 if max_value > threshold else 0.0
    kinks = []
    if threshold > 0 or negative_slope != right:
        limits = (0.0, threshold) if threshold > 0 else None
        answers = {"PyTorch 2.15": negative_slope, "JAX 0.10": negative_slope}
        kinks.append(Kink(threshold, negative_slope, right, negative_slope, answers, limits))
    if threshold < max_value < math.inf:
        kinks.append(Kink(max_value, 1.0, 0.0, 0.0, {"PyTorch 2.15": 0.0, "PyTorch 2.13": 1.0, "JAX 0.10": 0.5}))
    return tuple(kinks)


def _generalized_range(negative_slope: float, max_value: float, threshold: float) -> Interval:
    high = "inf)" if max_value == math.inf else f"{max_value!r}]"
    return Interval(f"{'(-inf' if negative_slope > 0 else '[0'}, {high}")


def _keras_relu(negative_slope: float, max_value: float, threshold: float) -> str:
    limit = None if max_value == math.inf else max_value
    return f"keras.activations.relu(x, {negative_slope=!r}, max_value={limit!r}, {threshold=!r})"


def _where(library: str, minimum: str) -> Spelling:
    return Spelling(
        lambda negative_slope, max_value, threshold: (
            f"{library}.where(x > {threshold!r}, "
            + ("x" if max_value == math.inf else minimum.format(max_value))
            + f", {negative_slope!r} * (x - {threshold!r}))"
        )
    )


GENERALIZED_RELU = Definition(
    name="generalized_relu",
    title="Generalized ReLU",
    aliases=("keras_relu", "satlin:max_value=1", "clipped_relu:max_value=6", "relu_n:max_value=6"),
    summary="Keras' ReLU: a slope on the left, a cap on top and a threshold, each adjustable.",
    strength="One function for ReLU, Leaky ReLU, ReLU6 and the thresholded ReLU.",
    weakness="With a threshold above 0 the function itself jumps.",
    formula=Cases((r"\min(x, M)", r"x > \theta"), (r"a\,(x - \theta)", r"x \leq \theta")),
    derivative_formula=Cases((r"1", r"\theta < x < M"), (r"0", r"x \geq M"), (r"a", r"x \leq \theta")),
    function=generalized_relu,
    derivative=generalized_relu_derivative,
    parameters=(
        Parameter(
            "negative_slope",
            0.0,
            symbol="a",
            meaning="slope below the threshold",
            domain=NON_NEGATIVE,
            usual=(0.1, 0.0, 0.2),
            aliases=("a", "alpha", "slope"),
        ),
        Parameter(
            "max_value",
            math.inf,
            symbol="M",
            meaning="largest value",
            domain=Interval("[0, inf]"),
            usual=(math.inf, 6.0, 6.0),
            aliases=("max", "m"),
        ),
        Parameter(
            "threshold",
            0.0,
            symbol=r"\theta",
            meaning="input above which x is passed on",
            domain=NON_NEGATIVE,
            usual=(0.0, 1.0, 2.0),
            aliases=("theta", "t"),
        ),
    ),
    constraint=lambda negative_slope, max_value, threshold: (
        "" if max_value >= threshold else f"max_value must not be below threshold, but {max_value} < {threshold}"
    ),
    range=_generalized_range,
    range_symbols=("", "M"),
    kinks=_generalized_kinks,
    samples={-2.0: 0.0, 0.0: 0.0, 3.0: 3.0},
    reference=Reference(
        "Konda, Memisevic, Krueger",
        2014,
        "Zero-bias autoencoders and the benefits of co-adapting features",
        "1402.3337",
    ),
    frameworks={
        "PyTorch": _where("torch", "torch.clamp(x, max={!r})"),
        "Keras": Spelling(
            _keras_relu, note="Keras 2 documents x, not 0, at x = threshold", names=("keras.activations.relu",)
        ),
        "JAX": _where("jax.numpy", "jax.numpy.minimum(x, {!r})"),
    },
    relatives=(
        Relative("relu", "ReLU with the default parameters"),
        Relative("relu6", "with max_value = 6, ReLU6", of="generalized_relu:max_value=6"),
        Relative("leaky_relu", "with negative_slope = 0.2, Leaky ReLU", of="generalized_relu:0.2"),
    ),
)

LEAKY_RELU = Definition(
    name="leaky_relu",
    title="Leaky ReLU",
    aliases=("leaky", "lrelu"),
    summary="ReLU with a fixed slope for negative inputs.",
    strength="With a slope above 0 no unit dies: a negative input still has a gradient.",
    weakness="The slope must be chosen by hand, and every framework has another default.",
    formula=_LEAKY_FORMULA,
    derivative_formula=_LEAKY_DERIVATIVE,
    function=leaky_relu,
    derivative=leaky_relu_derivative,
    parameters=(
        Parameter(
            "negative_slope",
            0.2,
            symbol="a",
            meaning="slope for negative inputs",
            domain=NON_NEGATIVE,
            usual=(0.01, 0.1, 0.3, 0.5),
            aliases=("a", "alpha", "slope"),
        ),
    ),
    range=_range,
    kinks=lambda negative_slope: _kink_at_zero(negative_slope, _leaky_answers(negative_slope)),
    samples={-2.0: -0.4, 0.0: 0.0, 3.0: 3.0},
    reference=Reference("Maas, Hannun, Ng", 2013, "Rectifier nonlinearities improve neural network acoustic models"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.leaky_relu(x, negative_slope={negative_slope})",
            names=("torch.nn.LeakyReLU:negative_slope=0.01", "torch.nn.functional.leaky_relu:negative_slope=0.01"),
        ),
        "Keras": Spelling(
            "keras.activations.leaky_relu(x, negative_slope={negative_slope})",
            names=("keras.layers.LeakyReLU:negative_slope=0.3", "keras.activations.leaky_relu", "keras.ops.leaky_relu"),
        ),
        "JAX": Spelling(
            "jax.nn.leaky_relu(x, negative_slope={negative_slope})",
            names=(
                "jax.nn.leaky_relu:negative_slope=0.01",
                "flax.linen.leaky_relu:negative_slope=0.01",
                "flax.nnx.leaky_relu:negative_slope=0.01",
            ),
        ),
        "TensorFlow": Spelling("tf.nn.leaky_relu(x, alpha={negative_slope})", names=("tf.nn.leaky_relu",)),
        "ONNX": Spelling("LeakyRelu(x, alpha={negative_slope})", names=("onnx.LeakyRelu:negative_slope=0.01",)),
        "NNlib": Spelling("NNlib.leakyrelu(x, {negative_slope})", names=("NNlib.leakyrelu:negative_slope=0.01",)),
    },
    relatives=(
        Relative("relu", "with slope 0, ReLU", of="leaky_relu:0"),
        Relative("prelu:0.2", "PReLU whose slope is fixed"),
        Relative("maxout:weights=0.2/1,biases=0/0", "Maxout of a x and x"),
    ),
)

PRELU = Definition(
    name="prelu",
    title="PReLU",
    summary="Leaky ReLU whose negative slope is learned, shown at its initial value.",
    strength="The network finds its own negative slope, for one more weight a channel.",
    weakness="One more weight to overfit; weight decay must be kept off the slope, which it would pull to 0.",
    formula=_LEAKY_FORMULA,
    derivative_formula=_LEAKY_DERIVATIVE,
    function=leaky_relu,
    derivative=leaky_relu_derivative,
    parameters=(
        Parameter(
            "negative_slope",
            0.25,
            symbol="a",
            meaning="slope for negative inputs: learned; this is its initial value",
            usual=(0.0, 0.01, 1.0, -0.5),
            aliases=("a", "alpha", "slope"),
        ),
    ),
    range=_range,
    # Keras writes it as relu(x) - a·relu(-x), whose slopes at 0 are 0 on both sides
    kinks=lambda negative_slope: _kink_at_zero(
        negative_slope, {"PyTorch 2.15": negative_slope, "Flax 0.12": 1.0, "Keras 3.15": 0.0}
    ),
    monotonic=lambda negative_slope: negative_slope >= 0,
    family=lambda negative_slope: tuple({"negative_slope": slope} for slope in (0.0, 0.5, 0.75, 1.0)),
    family_label="learning may reach any slope",
    member_label=lambda negative_slope: f"$a$ = {given(negative_slope)}",
    curve_label="at the start",
    samples={-2.0: -0.5, 0.0: 0.0, 3.0: 3.0},
    reference=Reference(
        "He, Zhang, Ren, Sun",
        2015,
        "Delving deep into rectifiers: Surpassing human-level performance on ImageNet classification",
        "1502.01852",
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.PReLU(num_parameters=1, init={negative_slope})(x)",
            names=("torch.nn.PReLU", "torch.nn.functional.prelu", "torch.prelu"),
        ),
        "Keras": Spelling(
            "keras.layers.PReLU(alpha_initializer=keras.initializers.Constant({negative_slope}))(x)",
            names=("keras.layers.PReLU:negative_slope=0",),
        ),
        "JAX": Spelling(
            "flax.nnx.PReLU(negative_slope_init={negative_slope})(x)",
            names=("flax.linen.PReLU:negative_slope=0.01", "flax.nnx.PReLU:negative_slope=0.01"),
        ),
        "ONNX": Spelling("PRelu(x, slope={negative_slope})"),
    },
    relatives=(
        Relative("leaky_relu:0.25", "Leaky ReLU whose slope is learned"),
        Relative("linear", "with slope 1, the line", of="prelu:1"),
    ),
)


def _mean_slope(lower: float, upper: float) -> float:
    return lower + (upper - lower) / 2


def _rrelu_leaky(template: str) -> Spelling:
    return Spelling(
        lambda lower, upper: template.format(_mean_slope(lower, upper)),
        note="has no random slopes for training; this is the function used in testing",
    )


RRELU = Definition(
    name="rrelu",
    title="RReLU",
    summary="Leaky ReLU whose negative slope is drawn at random in training; in testing it is the mean.",
    strength="Random slopes work against overfitting, as dropout does.",
    weakness="Training is noisier, and two runs differ.",
    formula=Cases((r"x", r"x > 0"), (r"\frac{l + u}{2}\,x", r"x \leq 0")),
    derivative_formula=Cases((r"1", r"x > 0"), (r"\frac{l + u}{2}", r"x \leq 0")),
    function=lambda x, lower, upper: leaky_relu(x, _mean_slope(lower, upper)),
    derivative=lambda x, lower, upper: leaky_relu_derivative(x, _mean_slope(lower, upper)),
    parameters=(
        Parameter(
            "lower",
            1 / 8,
            symbol="l",
            meaning="smallest slope drawn in training",
            domain=NON_NEGATIVE,
            usual=(0.0, 0.1),
            aliases=("l", "low"),
        ),
        Parameter(
            "upper",
            1 / 3,
            symbol="u",
            meaning="largest slope drawn in training",
            domain=NON_NEGATIVE,
            usual=(0.5, 0.3),
            aliases=("u", "high"),
        ),
    ),
    constraint=lambda lower, upper: "" if lower <= upper else f"lower must not exceed upper, but {lower} > {upper}",
    range=lambda lower, upper: _range(_mean_slope(lower, upper)),
    kinks=lambda lower, upper: _kink_at_zero(_mean_slope(lower, upper), _leaky_answers(_mean_slope(lower, upper))),
    band=lambda lower, upper: ({"upper": lower}, {"lower": upper}),
    band_label="slopes drawn in training",
    curve_label="their mean, for testing",
    samples={-48.0: -11.0, 0.0: 0.0, 3.0: 3.0},
    reference=Reference(
        "Xu, Wang, Chen, Li",
        2015,
        "Empirical evaluation of rectified activations in convolutional network",
        "1505.00853",
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.rrelu(x, lower={lower}, upper={upper}, training=False)",
            names=("torch.nn.RReLU", "torch.nn.functional.rrelu", "torch.rrelu"),
        ),
        "Keras": _rrelu_leaky("keras.activations.leaky_relu(x, negative_slope={})"),
        "JAX": _rrelu_leaky("jax.nn.leaky_relu(x, negative_slope={})"),
    },
    relatives=(
        Relative("leaky_relu:11/48", "in testing, Leaky ReLU with the mean slope"),
        Relative("prelu:11/48", "PReLU whose slope is random instead of learned"),
    ),
)

RELU6 = Definition(
    name="relu6",
    title="ReLU6",
    summary="ReLU that stops at 6, so that small number formats can hold its output.",
    strength="Bounded output keeps its precision in float16 and int8.",
    weakness="No gradient below 0 nor above 6.",
    formula=r"\min(\max(x, 0), 6)",
    derivative_formula=Cases((r"1", r"0 < x < 6"), (r"0", OTHERWISE)),
    function=lambda x: np.clip(x, 0.0, 6.0),
    derivative=lambda x: keep_nan(x, np.where((x > 0) & (x < 6), 1.0, 0.0)),
    range=Interval("[0, 6]"),
    kinks=(
        Kink(0.0, 0.0, 1.0, convention=0.0, answers=_ALL_ZERO),
        Kink(6.0, 1.0, 0.0, convention=0.0, answers=_ALL_ZERO),
    ),
    samples={-2.0: 0.0, 3.0: 3.0, 6.0: 6.0, 8.0: 6.0},
    reference=Reference("Krizhevsky", 2010, "Convolutional deep belief networks on CIFAR-10"),
    frameworks={
        "PyTorch": Spelling("torch.nn.functional.relu6(x)", names=("torch.nn.ReLU6", "torch.nn.functional.relu6")),
        "Keras": Spelling("keras.activations.relu6(x)", names=("keras.activations.relu6", "keras.ops.relu6")),
        "JAX": Spelling("jax.nn.relu6(x)", names=("jax.nn.relu6", "flax.linen.relu6", "flax.nnx.relu6")),
        "TensorFlow": Spelling("tf.nn.relu6(x)", names=("tf.nn.relu6",)),
        "Hugging Face": Spelling('transformers.activations.ACT2FN["relu6"](x)'),
        "NNlib": Spelling("NNlib.relu6(x)", names=("NNlib.relu6",)),
    },
    relatives=(
        Relative("relu", "ReLU up to x = 6", on=(-30.0, 6.0)),
        Relative(
            "hard_sigmoid:1/6",
            "6 times the hard sigmoid of x − 3, with slope 1/6",
            factor=6.0,
            shift=-3.0,
            within=1e-12,
        ),
    ),
)
