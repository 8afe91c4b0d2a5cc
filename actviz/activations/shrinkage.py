"""Thresholds: what is small becomes 0, and the rest is kept or moved towards 0."""

import math

import numpy as np

from actviz.formula import OTHERWISE, Cases
from actviz.model import REALS, Definition, Interval, Kink, Parameter, Reference, Relative, Spelling, Union, single
from actviz.numerics import Array, keep_nan

_ALL_ZERO = {"PyTorch 2.15": 0.0, "JAX 0.10": 0.0, "Keras 3.15": 0.0}


def _threshold(meaning: str) -> Parameter:
    return Parameter(
        "threshold",
        0.5,
        symbol=r"\lambda",
        meaning=meaning,
        domain=Interval("[0, inf)"),
        usual=(0.0, 2.0),
        aliases=("lambd", "lambda", "l"),
    )


def softshrink(x: Array, threshold: float) -> Array:
    return keep_nan(x, np.where(x > threshold, x - threshold, np.where(x < -threshold, x + threshold, 0.0)))


def shrinkage_derivative(x: Array, threshold: float) -> Array:
    if threshold == 0:
        return keep_nan(x, 1.0)
    return keep_nan(x, np.where(np.abs(x) > threshold, 1.0, 0.0))


def _shrinkage_window(threshold: float) -> tuple[float, float]:
    reach = 5.0 * threshold if threshold > 0 else 2.5
    return -reach, reach


SOFTSHRINK = Definition(
    name="softshrink",
    title="Softshrink",
    aliases=("soft_shrink", "soft_thresholding"),
    summary="Moves every input towards 0 by the threshold, and what is smaller becomes 0.",
    strength="The exact solution of least squares with an L1 penalty, so it makes codes sparse.",
    weakness="All large outputs are too small by the threshold, and small inputs have no gradient.",
    formula=Cases((r"x - \lambda", r"x > \lambda"), (r"x + \lambda", r"x < -\lambda"), (r"0", OTHERWISE)),
    derivative_formula=Cases((r"1", r"|x| > \lambda"), (r"0", OTHERWISE)),
    function=softshrink,
    derivative=shrinkage_derivative,
    parameters=(_threshold("inputs up to this size become 0"),),
    range=REALS,
    kinks=lambda threshold: (
        (Kink(-threshold, 1.0, 0.0, 0.0, _ALL_ZERO), Kink(threshold, 0.0, 1.0, 0.0, _ALL_ZERO)) if threshold else ()
    ),
    window=_shrinkage_window,
    samples={-2.0: -1.5, 0.25: 0.0, 3.0: 2.5},
    reference=Reference("Donoho", 1995, "De-noising by soft-thresholding"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.softshrink(x, lambd={threshold})",
            names=("torch.nn.Softshrink", "torch.nn.functional.softshrink"),
        ),
        "Keras": Spelling(
            "keras.activations.soft_shrink(x, threshold={threshold})",
            note="on JAX and TensorFlow NaN becomes 0",
            names=("keras.activations.soft_shrink", "keras.ops.soft_shrink"),
        ),
        "JAX": Spelling("jax.numpy.sign(x) * jax.nn.relu(jax.numpy.abs(x) - {threshold})"),
        "ONNX": Spelling("Shrink(x, bias={threshold}, lambd={threshold})", note="NaN becomes 0"),
        "NNlib": Spelling("NNlib.softshrink(x, {threshold})", names=("NNlib.softshrink",)),
    },
    relatives=(
        Relative("hardshrink", "Hardshrink keeps large inputs as they are; 1/2 away", within=0.5),
        Relative("linear", "with threshold 0, the line", of="softshrink:0"),
    ),
)


def _hardshrink_range(threshold: float) -> Interval | Union:
    if threshold == 0:
        return REALS
    return Union((Interval(f"(-inf, {-threshold!r})"), *single(0.0), Interval(f"({threshold!r}, inf)")))


def _hardshrink_kinks(threshold: float) -> tuple[Kink, ...]:
    if threshold == 0:
        return ()
    return (
        Kink(-threshold, 1.0, 0.0, 0.0, _ALL_ZERO, limits=(-threshold, 0.0)),
        Kink(threshold, 0.0, 1.0, 0.0, _ALL_ZERO, limits=(0.0, threshold)),
    )


HARDSHRINK = Definition(
    name="hardshrink",
    title="Hardshrink",
    aliases=("hard_shrink", "hard_thresholding"),
    summary="Keeps what is larger than the threshold as it is, and sets the rest to 0.",
    strength="Sparse, and large inputs aren't changed at all.",
    weakness="The function itself jumps at the threshold, and small inputs have no gradient.",
    formula=Cases((r"x", r"|x| > \lambda"), (r"0", OTHERWISE)),
    derivative_formula=Cases((r"1", r"|x| > \lambda"), (r"0", OTHERWISE)),
    function=lambda x, threshold: keep_nan(x, np.where(np.abs(x) > threshold, x, 0.0)),
    derivative=shrinkage_derivative,
    parameters=(_threshold("inputs up to this size become 0; Paddle keeps those of exactly this size"),),
    range=_hardshrink_range,
    kinks=_hardshrink_kinks,
    window=_shrinkage_window,
    samples={-2.0: -2.0, 0.25: 0.0, 0.5: 0.0, 3.0: 3.0},
    reference=Reference("Donoho, Johnstone", 1994, "Ideal spatial adaptation by wavelet shrinkage"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.hardshrink(x, lambd={threshold})",
            names=("torch.nn.Hardshrink", "torch.nn.functional.hardshrink"),
        ),
        "Keras": Spelling(
            "keras.activations.hard_shrink(x, threshold={threshold})",
            note="on JAX and TensorFlow NaN becomes 0",
            names=("keras.activations.hard_shrink", "keras.ops.hard_shrink"),
        ),
        "JAX": Spelling("jax.numpy.where(jax.numpy.abs(x) > {threshold}, x, 0.0)"),
        "ONNX": Spelling("Shrink(x, bias=0.0, lambd={threshold})", note="NaN becomes 0", names=("onnx.Shrink",)),
    },
    relatives=(
        Relative("softshrink", "Softshrink moves large inputs too, and doesn't jump; 1/2 away", within=0.5),
        Relative("linear", "the line for x > 1/2", on=(0.6, 30.0)),
    ),
)

TERMS = tuple(2 * k / math.factorial(2 * k + 1) for k in range(1, 14))
"""The coefficients of (x cosh x - sinh x)/x³ in powers of x²."""


def cubic(square: Array) -> Array:
    """Return (x cosh x - sinh x)/x³ from x² for |x| < 1.5, or (sin x - x cos x)/x³ from -x²."""
    total = np.full_like(square, TERMS[-1])
    for term in TERMS[-2::-1]:
        total = term + square * total
    return total


def tanhshrink(x: Array) -> Array:
    # x and tanh x cancel near 0, where (x cosh x - sinh x)/cosh x is a series of positive terms
    near = np.clip(x, -1.5, 1.5)
    series = near * near * near * cubic(near * near) / np.cosh(near)
    return np.where(np.abs(x) < 1.5, series, x - np.tanh(x))


TANHSHRINK = Definition(
    name="tanhshrink",
    title="Tanhshrink",
    aliases=("tanh_shrink",),
    summary="What tanh leaves of its input: flat at 0, and a line with slope 1 far out.",
    strength="A smooth shrinkage: small inputs nearly vanish, large ones are kept.",
    weakness="No gradient at 0, where most inputs are meant to be; unbounded.",
    formula=r"x - \tanh(x)",
    derivative_formula=r"\tanh(x)^{2}",
    function=tanhshrink,
    derivative=lambda x: np.square(np.tanh(x)),
    range=REALS,
    window=(-5.0, 5.0),
    samples={-1.0: -0.2384058440442351, 0.0: 0.0, 2.0: 1.0359724199241831},
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.tanhshrink(x)", names=("torch.nn.Tanhshrink", "torch.nn.functional.tanhshrink")
        ),
        "Keras": Spelling(
            "keras.activations.tanh_shrink(x)", names=("keras.activations.tanh_shrink", "keras.ops.tanh_shrink")
        ),
        "JAX": Spelling("x - jax.numpy.tanh(x)"),
        "NNlib": Spelling("NNlib.tanhshrink(x)", names=("NNlib.tanhshrink",)),
    },
    relatives=(
        Relative("linear", "for x > 0, at most 1 below the line", within=1.0, on=(0.0, 30.0)),
        Relative("softshrink:1", "Softshrink with threshold 1 is nowhere more than 0.24 away", within=0.2385),
    ),
)


def thresholded_relu(x: Array, theta: float, value: float) -> Array:
    return keep_nan(x, np.where(x > theta, x, value))


def _thresholded_range(theta: float, value: float) -> Interval | Union:
    above = Interval(f"({theta!r}, inf)")
    if value > theta:
        return above
    return Interval(f"[{value!r}, inf)") if value == theta else Union((*single(value), above))


THRESHOLDED_RELU = Definition(
    name="thresholded_relu",
    title="Thresholded ReLU",
    aliases=("trelu", "thresholdrelu"),
    summary="Keeps inputs above the threshold as they are, and sets the rest to one value.",
    strength="Sparse without a bias that would shift what is kept.",
    weakness="The function itself jumps at the threshold, and inputs below have no gradient.",
    formula=Cases((r"x", r"x > \theta"), (r"v", r"x \leq \theta")),
    derivative_formula=Cases((r"1", r"x > \theta"), (r"0", r"x \leq \theta")),
    function=thresholded_relu,
    derivative=lambda x, theta, value: keep_nan(x, np.where(x > theta, 1.0, 0.0)),
    parameters=(
        Parameter(
            "theta",
            1.0,
            symbol=r"\theta",
            meaning="inputs above are kept",
            usual=(0.5, 0.0, -1.0),
            aliases=("threshold", "t", "alpha"),
        ),
        Parameter(
            "value",
            0.0,
            symbol="v",
            meaning="what other inputs become",
            usual=(0.0, 0.0, -2.0),
            aliases=("v", "default_value"),
        ),
    ),
    range=_thresholded_range,
    kinks=lambda theta, value: (
        Kink(theta, 0.0, 1.0, 0.0, _ALL_ZERO, limits=None if value == theta else (value, theta)),
    ),
    monotonic=lambda theta, value: value <= theta,
    window=(-4.0, 4.0),
    samples={-2.0: 0.0, 1.0: 0.0, 3.0: 3.0},
    reference=Reference(
        "Konda, Memisevic, Krueger",
        2014,
        "Zero-bias autoencoders and the benefits of co-adapting features",
        "1402.3337",
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.threshold(x, threshold={theta}, value={value})", note="has no defaults"
        ),
        "Keras": Spelling(
            "keras.activations.threshold(x, {theta}, {value})",
            note="has no defaults; the threshold of keras.activations.relu means something else below it",
        ),
        "JAX": Spelling("jax.numpy.where(x > {theta}, x, {value})"),
        "ONNX": Spelling(
            lambda theta, value: f"ThresholdedRelu(x, alpha={theta!r})" if value == 0 else "",
            names=("onnx.ThresholdedRelu",),
        ),
        "NNlib": Spelling(
            lambda theta, value: f"NNlib.trelu(x, {theta!r})" if value == 0 else "", names=("NNlib.trelu",)
        ),
    },
    relatives=(
        Relative("relu", "with threshold 0, ReLU", of="thresholded_relu:0"),
        Relative("generalized_relu:threshold=1", "Keras' ReLU with that threshold, and no slope below"),
        Relative("hardshrink:1", "Hardshrink with threshold 1, for x ≥ 0", on=(0.0, 30.0)),
    ),
)
