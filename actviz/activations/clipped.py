"""An S made of straight lines: cheap, and flat or less steep outside the middle piece."""

import math

import numpy as np

from actviz.formula import OTHERWISE, Cases
from actviz.model import (
    REALS,
    Definition,
    Interval,
    Kink,
    Parameter,
    Reference,
    Relative,
    Spelling,
    near_zeros,
)
from actviz.numerics import Array, affine, keep_nan, sum_error


def hard_sigmoid(x: Array, slope: float) -> Array:
    return np.clip(affine(slope, x, 0.5), 0.0, 1.0)


def hard_sigmoid_derivative(x: Array, slope: float) -> Array:
    return keep_nan(x, np.where(np.abs(x) < 0.5 / slope, slope, 0.0))


def _hard_sigmoid_answers(slope: float) -> dict[str, float]:
    """Return the frameworks' slopes at both corners, with the spellings below."""
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
    accuracy=lambda slope: (near_zeros(-0.5 / slope),),
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
        "ONNX": Spelling(
            "HardSigmoid(x, alpha={slope}, beta=0.5)",
            note="the default slope is 0.2, rounded to float32",
            names=("onnx.HardSigmoid",),
        ),
        "NNlib": Spelling(
            lambda slope: "NNlib.hardsigmoid(x)" if slope == 1 / 6 else "", names=("NNlib.hardsigmoid:slope=1/6",)
        ),
    },
    relatives=(
        Relative("relu6", "with slope 1/6, ReLU6(x + 3) / 6", of="hard_sigmoid:1/6", factor=1 / 6, shift=3.0),
        Relative("sigmoid", "with slope 0.2, at most 0.076 away from the sigmoid", within=0.0759),
    ),
)

_SPARSE_ANSWERS = {
    "PyTorch 2.15": 0.0,
    "PyTorch 2.13": 0.5,
    "JAX 0.10": 0.25,
    "Keras 3.15 on JAX": 0.25,
    "Keras 3.15 on PyTorch and TensorFlow": 0.0,
}

SPARSE_SIGMOID = Definition(
    name="sparse_sigmoid",
    title="Sparse sigmoid",
    aliases=("binary_connect_sigmoid",),
    summary="A line from 0 at −1 to 1 at 1, and flat outside: sparsemax of two classes.",
    strength="Its probabilities can be exactly 0 or 1, and it comes with a matching loss.",
    weakness="No gradient at all outside (−1, 1).",
    formula=r"\min(\max(\frac{x + 1}{2}, 0), 1)",
    derivative_formula=Cases((r"\frac{1}{2}", r"|x| < 1"), (r"0", OTHERWISE)),
    function=lambda x: np.clip((x + 1.0) / 2.0, 0.0, 1.0),
    derivative=lambda x: keep_nan(x, np.where(np.abs(x) < 1, 0.5, 0.0)),
    range=Interval("[0, 1]"),
    kinks=(
        Kink(-1.0, 0.0, 0.5, convention=0.0, answers=_SPARSE_ANSWERS),
        Kink(1.0, 0.5, 0.0, convention=0.0, answers=_SPARSE_ANSWERS),
    ),
    window=(-3.0, 3.0),
    samples={-2.0: 0.0, 0.0: 0.5, 0.5: 0.75, 2.0: 1.0},
    reference=Reference("Blondel, Martins, Niculae", 2019, "Learning with Fenchel-Young losses", "1901.02324"),
    frameworks={
        "PyTorch": Spelling("torch.clamp((x + 1) / 2, 0, 1)"),
        "Keras": Spelling(
            "keras.activations.sparse_sigmoid(x)",
            names=("keras.activations.sparse_sigmoid", "keras.ops.sparse_sigmoid"),
        ),
        "JAX": Spelling(
            "jax.nn.sparse_sigmoid(x)",
            names=("jax.nn.sparse_sigmoid",),
        ),
    },
    relatives=(
        Relative("hard_sigmoid:0.5", "the hard sigmoid with slope 1/2, as in its paper"),
        Relative("hardtanh", "(1 + Hardtanh(x)) / 2", factor=0.5, offset=0.5),
    ),
)


# slopes at the ends of a clip, with the spellings below
_CLIP_ANSWERS = {
    "PyTorch 2.15": 0.0,
    "JAX 0.10": 0.5,
    "Keras 3.15 on JAX": 0.5,
    "Keras 3.15 on TensorFlow": 1.0,
}

HARDTANH = Definition(
    name="hardtanh",
    title="Hardtanh",
    aliases=("hard_tanh", "satlins"),
    summary="The line y = x, cut off at −1 and 1: tanh as three straight pieces.",
    strength="Needs no exponential, and its slope is exactly 1 in the middle.",
    weakness="No gradient at all outside the middle piece; frameworks disagree about its ends.",
    formula=r"\min(\max(x, l), h)",
    derivative_formula=Cases((r"1", r"l < x < h"), (r"0", OTHERWISE)),
    function=lambda x, low, high: np.clip(x, low, high),
    derivative=lambda x, low, high: keep_nan(x, np.where((x > low) & (x < high), 1.0, 0.0)),
    parameters=(
        Parameter(
            "low",
            -1.0,
            symbol="l",
            meaning="least value",
            usual=(0.0, -2.0),
            aliases=("l", "lo", "min", "min_val"),
        ),
        Parameter(
            "high",
            1.0,
            symbol="h",
            meaning="largest value",
            usual=(6.0, 0.5),
            aliases=("h", "hi", "max", "max_val"),
        ),
    ),
    constraint=lambda low, high: "" if low < high else f"low must be below high, but {low} >= {high}",
    range=lambda low, high: Interval(f"[{low!r}, {high!r}]"),
    range_symbols=("l", "h"),
    kinks=lambda low, high: (
        Kink(low, 0.0, 1.0, convention=0.0, answers=_CLIP_ANSWERS),
        Kink(high, 1.0, 0.0, convention=0.0, answers=_CLIP_ANSWERS),
    ),
    window=lambda low, high: (low - (high - low), high + (high - low)),
    samples={-2.0: -1.0, 0.5: 0.5, 1.0: 1.0, 3.0: 1.0},
    reference=Reference("Collobert", 2004, "Large scale machine learning"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.hardtanh(x, min_val={low}, max_val={high})",
            names=("torch.nn.Hardtanh", "torch.nn.functional.hardtanh"),
        ),
        "Keras": Spelling(
            "keras.ops.clip(x, {low}, {high})",
            note="keras.activations.hard_tanh is fixed to −1 and 1",
            names=("keras.activations.hard_tanh", "keras.ops.hard_tanh"),
        ),
        "JAX": Spelling(
            "jax.numpy.clip(x, {low}, {high})",
            note="jax.nn.hard_tanh is fixed to −1 and 1, and has slope 1 at both",
            names=("jax.nn.hard_tanh", "flax.linen.hard_tanh", "flax.nnx.hard_tanh"),
        ),
        "TensorFlow": Spelling("tf.clip_by_value(x, {low}, {high})"),
        "ONNX": Spelling("Clip(x, {low}, {high})"),
        "NNlib": Spelling(
            lambda low, high: "NNlib.hardtanh(x)" if (low, high) == (-1, 1) else "", names=("NNlib.hardtanh",)
        ),
    },
    relatives=(
        Relative("tanh", "at most 0.24 away from tanh, at −1 and 1", within=0.2385),
        Relative("relu6", "from 0 to 6 it is ReLU6", of="hardtanh:0,6"),
        Relative("sparse_sigmoid", "twice the sparse sigmoid, minus 1", factor=2.0, offset=-1.0),
    ),
)


def srelu(x: Array, t_left: float, a_left: float, t_right: float, a_right: float) -> Array:
    left, right = x - t_left, x - t_right
    below = affine(a_left, left, t_left) + a_left * sum_error(x, -t_left, left)
    above = affine(a_right, right, t_right) + a_right * sum_error(x, -t_right, right)
    return np.where(x >= t_right, above, np.where(x <= t_left, below, x))


def srelu_derivative(x: Array, t_left: float, a_left: float, t_right: float, a_right: float) -> Array:
    return keep_nan(x, np.where(x >= t_right, a_right, np.where(x <= t_left, a_left, 1.0)))


def _srelu_kinks(t_left: float, a_left: float, t_right: float, a_right: float) -> tuple[Kink, ...]:
    def at(x: float, left: float, right: float, outside: float) -> Kink:
        return Kink(x, left, right, outside, {"PyTorch 2.15": outside, "JAX 0.10": outside, "Keras 3.15": outside})

    if t_left == t_right:
        return (at(t_left, a_left, a_right, a_right),) if a_left != a_right else ()
    low = (at(t_left, a_left, 1.0, a_left),) if a_left != 1 else ()
    return (*low, *((at(t_right, 1.0, a_right, a_right),) if a_right != 1 else ()))


def _srelu_range(t_left: float, a_left: float, t_right: float, a_right: float) -> Interval:
    """Return the range, which spans the limits on both sides and both corners."""
    low = math.inf if a_left < 0 else t_left if a_left == 0 else -math.inf
    high = -math.inf if a_right < 0 else t_right if a_right == 0 else math.inf
    least, most = min(low, high, t_left), max(low, high, t_right)
    return Interval(f"{'[' if math.isfinite(least) else '('}{least!r}, {most!r}{']' if math.isfinite(most) else ')'}")


SRELU = Definition(
    name="srelu",
    title="SReLU",
    aliases=("s_shaped_relu",),
    summary="The line y = x in the middle and another line on each side; thresholds and slopes are all learned.",
    strength="Can become convex or concave, a sigmoid or a ReLU, channel by channel.",
    weakness="Four more weights a channel; squared ReLU is called SReLU too.",
    formula=Cases(
        (r"t_{r} + a_{r}\,(x - t_{r})", r"x \geq t_{r}"),
        (r"x", r"t_{l} < x < t_{r}"),
        (r"t_{l} + a_{l}\,(x - t_{l})", r"x \leq t_{l}"),
    ),
    derivative_formula=Cases((r"a_{r}", r"x \geq t_{r}"), (r"1", r"t_{l} < x < t_{r}"), (r"a_{l}", r"x \leq t_{l}")),
    function=srelu,
    derivative=srelu_derivative,
    parameters=(
        Parameter(
            "t_left",
            -1.0,
            symbol="t_{l}",
            meaning="where the left piece ends: learned",
            usual=(0.0, -2.0),
            aliases=("tl",),
        ),
        Parameter(
            "a_left",
            0.2,
            symbol="a_{l}",
            meaning="slope of the left piece: learned",
            usual=(0.1, 0.0),
            aliases=("al",),
        ),
        Parameter(
            "t_right",
            1.0,
            symbol="t_{r}",
            meaning="where the right piece begins: learned",
            usual=(3.0, 2.0),
            aliases=("tr",),
        ),
        Parameter(
            "a_right",
            0.5,
            symbol="a_{r}",
            meaning="slope of the right piece: learned",
            usual=(1.0, 0.0),
            aliases=("ar",),
        ),
    ),
    constraint=lambda t_left, a_left, t_right, a_right: (
        "" if t_left <= t_right else f"t_left must not exceed t_right, but {t_left} > {t_right}"
    ),
    range=_srelu_range,
    kinks=_srelu_kinks,
    monotonic=lambda t_left, a_left, t_right, a_right: a_left >= 0 and a_right >= 0,
    window=(-5.0, 5.0),
    samples={-2.0: -1.2, 0.5: 0.5, 3.0: 2.0},
    reference=Reference(
        "Jin, Xu, Feng, Wei, Xiong, Yan",
        2015,
        "Deep learning with S-shaped rectified linear activation units",
        "1512.07030",
    ),
    frameworks={
        framework: Spelling(
            f"{where}(x >= {{t_right}}, {{t_right}} + {{a_right}} * (x - {{t_right}}), "
            f"{where}(x <= {{t_left}}, {{t_left}} + {{a_left}} * (x - {{t_left}}), x))"
        )
        for framework, where in {"PyTorch": "torch.where", "Keras": "keras.ops.where", "JAX": "jax.numpy.where"}.items()
    },
    relatives=(
        Relative("plu", "with slopes 0.1 on both sides, PLU", of="srelu:-1,0.1,1,0.1"),
        Relative("hardtanh", "with slopes 0, Hardtanh", of="srelu:-1,0,1,0"),
        Relative("leaky_relu", "with one threshold, Leaky ReLU", of="srelu:0,0.2,0,1"),
    ),
)


def _plu_answers(alpha: float) -> dict[str, float]:
    """Return the frameworks' slopes at the corners: most split the gradient of a maximum evenly between ties."""
    mean = (1 + alpha) / 2
    return {
        "PyTorch 2.15": mean,
        "JAX 0.10": mean,
        "Keras 3.15 on PyTorch and JAX": mean,
        "Keras 3.15 on TensorFlow": alpha,
    }


PLU = Definition(
    name="plu",
    title="PLU",
    summary="Three straight lines in the shape of tanh, but rising outside the middle too.",
    strength="Its slope is never 0, so it doesn't saturate, and it is as cheap as ReLU.",
    weakness="Unbounded; the slope outside, 0.1, must be chosen by hand.",
    formula=r"\max(\alpha\,(x + c) - c, \min(\alpha\,(x - c) + c, x))",
    derivative_formula=Cases((r"1", r"|x| < c"), (r"\alpha", OTHERWISE)),
    function=lambda x, alpha, c: srelu(x, -c, alpha, c, alpha),
    derivative=lambda x, alpha, c: srelu_derivative(x, -c, alpha, c, alpha),
    parameters=(
        Parameter(
            "alpha",
            0.1,
            symbol=r"\alpha",
            meaning="slope outside the middle piece",
            domain=Interval("[0, 1)"),
            usual=(0.0, 0.25),
            aliases=("a", "slope"),
        ),
        Parameter(
            "c",
            1.0,
            symbol="c",
            meaning="where the middle piece ends",
            domain=Interval("(0, inf)"),
            usual=(1.0, 2.0),
            aliases=("corner",),
        ),
    ),
    range=lambda alpha, c: REALS if alpha > 0 else Interval(f"[{-c!r}, {c!r}]"),
    kinks=lambda alpha, c: (
        Kink(-c, alpha, 1.0, alpha, _plu_answers(alpha)),
        Kink(c, 1.0, alpha, alpha, _plu_answers(alpha)),
    ),
    window=lambda alpha, c: (-5 * c, 5 * c),
    samples={-2.0: -1.1, 0.5: 0.5, 3.0: 1.2},
    reference=Reference("Nicolae", 2018, "PLU: The piecewise linear unit activation function", "1809.09534"),
    frameworks={
        framework: Spelling(
            f"{module}.maximum({{alpha}} * (x + {{c}}) - {{c}}, {module}.minimum({{alpha}} * (x - {{c}}) + {{c}}, x))"
        )
        for framework, module in {"PyTorch": "torch", "Keras": "keras.ops", "JAX": "jax.numpy"}.items()
    },
    relatives=(
        Relative("hardtanh", "with slope 0 outside, Hardtanh", of="plu:0"),
        Relative("srelu:-1,0.1,1,0.1", "SReLU whose thresholds and slopes are fixed"),
    ),
)
