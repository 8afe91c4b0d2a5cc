"""Rectifiers that grow like a square on the right."""

import math

import numpy as np

from actviz.formula import Cases
from actviz.model import (
    REALS,
    Bound,
    Definition,
    Interval,
    Parameter,
    Reference,
    Relative,
    Spelling,
    near_zeros,
)
from actviz.numerics import LARGEST, Array, affine, product, rounding_error, sum_error

RELU2 = Definition(
    name="relu2",
    title="Squared ReLU",
    aliases=("squared_relu", "relu_squared"),
    summary="The square of ReLU, found by a search for better transformers (Primer).",
    strength="Cheap, sparse, and differentiable at 0; better than ReLU and GELU in some language models.",
    weakness="Outputs and slopes grow without bound; a unit whose inputs are all negative dies.",
    formula=r"\max(x, 0)^{2}",
    derivative_formula=r"2\,\max(x, 0)",
    function=lambda x: np.square(np.maximum(x, 0.0)),
    derivative=lambda x: 2.0 * np.maximum(x, 0.0),
    range=Interval("[0, inf)"),
    smoothness=1,
    window=(-3.0, 3.0),
    samples={-2.0: 0.0, 0.5: 0.25, 3.0: 9.0},
    reference=Reference(
        "So, Mańke, Liu, Dai, Shazeer, Le",
        2021,
        "Primer: Searching for efficient transformers for language modeling",
        "2109.08668",
    ),
    frameworks={
        "PyTorch": Spelling("torch.square(torch.nn.functional.relu(x))"),
        "Keras": Spelling("keras.ops.square(keras.activations.relu(x))"),
        "JAX": Spelling("jax.numpy.square(jax.nn.relu(x))"),
        "Hugging Face": Spelling(
            'transformers.activations.ACT2FN["relu2"](x)', names=("transformers.activations.ReLUSquaredActivation",)
        ),
    },
    relatives=(
        Relative("relu", "its derivative is twice ReLU", slope=True, factor=2.0),
        Relative("star_relu:1,0", "StarReLU with scale 1 and bias 0"),
    ),
)


def star_relu(x: Array, scale: float, bias: float) -> Array:
    positive = np.clip(x, 0.0, 1e100)
    square = np.square(positive)
    rounded, lost = product(scale, square)
    total = rounded + bias
    # putting the rounding errors back keeps all digits around the zero, where the two terms cancel
    total = total + (lost + scale * rounding_error(positive, positive) + sum_error(rounded, bias, total))
    return np.where(x > 1e100, (scale * x) * x, total)


STAR_RELU = Definition(
    name="star_relu",
    title="StarReLU",
    summary="Squared ReLU scaled and shifted so that its output has mean 0 and variance 1.",
    strength="As cheap as squared ReLU; inputs from N(0, 1) give outputs with the same mean and variance.",
    weakness="Outputs and slopes grow without bound, and negative inputs have no gradient.",
    formula=r"s\,\max(x, 0)^{2} + b",
    derivative_formula=r"2\,s\,\max(x, 0)",
    function=star_relu,
    derivative=lambda x, scale, bias: 2.0 * scale * np.maximum(x, 0.0),
    parameters=(
        Parameter(
            "scale",
            0.8944,
            symbol="s",
            meaning="factor of the square: 2 / √5; may be learned",
            domain=Interval("(0, inf)"),
            usual=(1.0, 2.0),
            aliases=("s", "scale_value"),
        ),
        Parameter(
            "bias",
            -0.4472,
            symbol="b",
            meaning="value of all negative inputs: −1 / √5; may be learned",
            usual=(0.0, -1.0),
            aliases=("b", "bias_value"),
        ),
    ),
    range=lambda scale, bias: Interval(f"[{bias!r}, inf)"),
    range_symbols=("b", ""),
    smoothness=1,
    window=(-3.0, 3.0),
    samples={-2.0: -0.4472, 1.0: 0.4472, 2.0: 3.1304},
    reference=Reference(
        "Yu, Si, Zhou, Luo, Zhou, Feng, Yan, Wang", 2022, "MetaFormer baselines for vision", "2210.13452"
    ),
    frameworks={
        "PyTorch": Spelling(
            "{scale} * torch.square(torch.nn.functional.relu(x)) + {bias}",
            note="timm's StarReLU has 1 and 0 by default",
        ),
        "Keras": Spelling("{scale} * keras.ops.square(keras.activations.relu(x)) + {bias}"),
        "JAX": Spelling("{scale} * jax.numpy.square(jax.nn.relu(x)) + {bias}"),
    },
    relatives=(Relative("relu2", "0.8944 ReLU(x)² − 0.4472", factor=0.8944, offset=-0.4472, within=1e-12),),
)


def _left_slope(alpha: float, beta: float) -> tuple[float, float]:
    """Return β - α, the slope far on the left, and its rounding error."""
    slope = beta - alpha
    return slope, (beta - slope) - alpha


def xielu(x: Array, alpha_p: float, alpha_n: float, beta: float) -> Array:
    # α (eˣ - 1) + (β - α) x, whose terms nearly cancel around its zero, so each step's rounding error is carried along
    slope, slope_lost = _left_slope(alpha_n, beta)
    negative = np.minimum(x, 0.0)
    curved, curved_lost = product(alpha_n, np.expm1(negative))
    straight, straight_lost = product(slope, negative)
    straight_lost = straight_lost + slope_lost * np.maximum(negative, -LARGEST)
    total = curved + straight
    left = total + (curved_lost + straight_lost + sum_error(curved, straight, total))
    positive = np.maximum(x, 0.0)
    return np.where(x > 0, (alpha_p * positive + beta) * positive, left)


def xielu_derivative(x: Array, alpha_p: float, alpha_n: float, beta: float) -> Array:
    slope, slope_lost = _left_slope(alpha_n, beta)
    near = affine(alpha_n, np.expm1(np.clip(x, -1.0, 0.0)), beta)
    far = affine(alpha_n, np.exp(np.minimum(x, 0.0)), slope) + slope_lost
    return np.where(x > 0, affine(2.0 * alpha_p, np.maximum(x, 0.0), beta), np.where(x > -0.7, near, far))


def _xielu_turn(alpha_n: float, beta: float) -> float:
    """Return where the slope is 0, for α > β: eˣ = 1 - β/α."""
    return math.log1p(-beta / alpha_n)


def _xielu_range(alpha_p: float, alpha_n: float, beta: float) -> Interval:
    if alpha_n < beta:
        return REALS
    if alpha_n == beta:
        return Interval(f"({-alpha_n!r}, inf)")
    turn = _xielu_turn(alpha_n, beta)
    return Interval(f"[{alpha_n * math.expm1(turn) + (beta - alpha_n) * turn!r}, inf)")


def _xielu_accuracy(alpha_p: float, alpha_n: float, beta: float) -> tuple[Bound, ...]:
    if alpha_n <= beta:
        return ()
    turn = _xielu_turn(alpha_n, beta)
    zero = 2.5 * turn
    for _ in range(60):  # Newton's method from the left, where f is convex
        zero -= (alpha_n * math.expm1(zero) + (beta - alpha_n) * zero) / (alpha_n * math.expm1(zero) + beta)
    return near_zeros(zero, reach=1.0), near_zeros(turn, slope=True)


XIELU = Definition(
    name="xielu",
    title="xIELU",
    summary="A parabola on the right and an exponential on the left: the integral of a trainable ELU.",
    strength="Its slope grows with positive inputs, and negative inputs keep a gradient; both are learned.",
    weakness="Falls before it rises, grows without bound on both sides, and has two more weights.",
    formula=Cases(
        (r"\alpha_{p}\,x^{2} + \beta\,x", r"x > 0"), (r"\alpha_{n}\,(e^{x} - 1 - x) + \beta\,x", r"x \leq 0")
    ),
    derivative_formula=Cases(
        (r"2\,\alpha_{p}\,x + \beta", r"x > 0"), (r"\alpha_{n}\,(e^{x} - 1) + \beta", r"x \leq 0")
    ),
    function=xielu,
    derivative=xielu_derivative,
    parameters=(
        Parameter(
            "alpha_p",
            0.8,
            symbol=r"\alpha_{p}",
            meaning="curvature on the right: learned; this is its initial value",
            domain=Interval("(0, inf)"),
            usual=(0.5, 1.0),
            aliases=("ap",),
        ),
        Parameter(
            "alpha_n",
            0.8,
            symbol=r"\alpha_{n}",
            meaning="how deep it bends on the left: learned; this is its initial value",
            domain=Interval("(0, inf)"),
            usual=(1.0, 0.5),
            aliases=("an",),
        ),
        Parameter(
            "beta",
            0.5,
            symbol=r"\beta",
            meaning="slope at 0",
            domain=Interval("(0, inf)"),
            usual=(0.5, 0.5),
            aliases=("b",),
        ),
    ),
    range=_xielu_range,
    monotonic=lambda alpha_p, alpha_n, beta: alpha_n <= beta,
    smoothness=lambda alpha_p, alpha_n, beta: 2 if 2 * alpha_p == alpha_n else 1,
    accuracy=_xielu_accuracy,
    window=(-5.0, 3.0),
    samples={-1.0: -0.2056964470628461, 0.0: 0.0, 2.0: 4.2},
    reference=Reference("Huang, Schlag", 2024, "Deriving activation functions using integration", "2411.13010"),
    frameworks={
        framework: Spelling(f"{where}(x > 0, {{alpha_p}} * x * x, {{alpha_n}} * ({elu}(x) - x)) + {{beta}} * x")
        for framework, where, elu in (
            ("PyTorch", "torch.where", "torch.nn.functional.elu"),
            ("Keras", "keras.ops.where", "keras.activations.elu"),
            ("JAX", "jax.numpy.where", "jax.nn.elu"),
        )
    }
    | {
        "Hugging Face": Spelling(
            "transformers.activations.XIELUActivation(alpha_p_init={alpha_p}, alpha_n_init={alpha_n}, beta={beta})(x)",
            note="its parameters are learned, in bfloat16; between −1e-6 and 0 its slope is −0.3 instead of 0.5",
        )
    },
    relatives=(
        Relative("linear", "with both α → 0, the line βx", of="xielu:1e-17,1e-17,0.5", factor=0.5, within=1e-13),
    ),
)
