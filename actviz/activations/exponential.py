"""The exponential, and linear units with an exponential or a root on the left."""

import math

import numpy as np

from actviz.activations.sigmoids import ALPHA_OF_ISRU, ISRU_PAPER, isru, isru_derivative
from actviz.formula import Cases
from actviz.model import Definition, Interval, Kink, Parameter, Reference, Relative, Spelling
from actviz.numerics import Array, quotient, scaled_exp

EXPONENTIAL = Definition(
    name="exponential",
    title="Exponential",
    aliases=("exp",),
    summary="Makes any number positive; the first step of softmax.",
    strength="Always positive, and a difference of inputs becomes a ratio of outputs.",
    weakness="Grows so fast that outputs and gradients explode: above 709.78 it overflows.",
    formula=r"e^{x}",
    derivative_formula=r"e^{x}",
    function=np.exp,
    derivative=np.exp,
    range=Interval("(0, inf)"),
    window=(-5.0, 3.0),
    samples={-3.0: 0.049787068367863944, 0.0: 1.0, 1.5: 4.4816890703380645, 2.7: 14.879731724872837},
    reference=Reference(
        "Bridle",
        1990,
        "Probabilistic interpretation of feedforward classification network outputs, "
        "with relationships to statistical pattern recognition",
    ),
    frameworks={
        "PyTorch": Spelling("torch.exp(x)", names=("torch.exp",)),
        "Keras": Spelling("keras.activations.exponential(x)", names=("keras.activations.exponential", "keras.ops.exp")),
        "JAX": Spelling("jax.numpy.exp(x)", names=("jax.numpy.exp",)),
        "TensorFlow": Spelling("tf.exp(x)", names=("tf.exp", "tf.math.exp")),
        "ONNX": Spelling("Exp(x)", names=("onnx.Exp",)),
    },
    relatives=(Relative("elu", "ELU with α = 1, plus 1, for x ≤ 0", offset=1.0, on=(-30.0, 0.0)),),
)

# these all return the left slope
_FRAMEWORKS = ("PyTorch 2.15", "JAX 0.10", "Keras 3.15")


def elu(x: Array, alpha: float) -> Array:
    # np.where evaluates both branches, and expm1(1000) overflows: clamp first
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


def elu_derivative(x: Array, alpha: float) -> Array:
    return np.where(x > 0, 1.0, scaled_exp(alpha, np.minimum(x, 0.0)))


def _elu_kinks(alpha: float) -> tuple[Kink, ...]:
    return () if alpha == 1 else (Kink(0.0, alpha, 1.0, alpha, dict.fromkeys(_FRAMEWORKS, alpha)),)


ELU = Definition(
    name="elu",
    title="ELU",
    summary="Keeps positive inputs and bends negative ones smoothly towards −α.",
    strength="Negative outputs can bring the mean nearer to 0, and no unit dies outright.",
    weakness="Saturates on the left and needs an exponential; smooth at 0 only for α = 1.",
    formula=Cases((r"x", r"x > 0"), (r"\alpha\,(e^{x} - 1)", r"x \leq 0")),
    derivative_formula=Cases((r"1", r"x > 0"), (r"\alpha\,e^{x}", r"x \leq 0")),
    function=elu,
    derivative=elu_derivative,
    parameters=(
        Parameter(
            "alpha",
            1.0,
            symbol=r"\alpha",
            meaning="the limit on the left is −alpha",
            domain=Interval("(0, inf)"),
            usual=(0.5, 2.0),
            aliases=("a",),
        ),
    ),
    range=lambda alpha: Interval(f"({-alpha!r}, inf)"),
    range_symbols=(r"-\alpha", ""),
    kinks=_elu_kinks,
    smoothness=1,
    samples={-1.0: -0.6321205588285577, 0.0: 0.0, 2.0: 2.0},
    reference=Reference(
        "Clevert, Unterthiner, Hochreiter",
        2015,
        "Fast and accurate deep network learning by exponential linear units (ELUs)",
        "1511.07289",
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.elu(x, alpha={alpha})", names=("torch.nn.ELU", "torch.nn.functional.elu")
        ),
        "Keras": Spelling(
            "keras.activations.elu(x, alpha={alpha})",
            names=("keras.layers.ELU", "keras.activations.elu", "keras.ops.elu"),
        ),
        "JAX": Spelling("jax.nn.elu(x, alpha={alpha})", names=("jax.nn.elu", "flax.linen.elu", "flax.nnx.elu")),
        "TensorFlow": Spelling("tf.keras.activations.elu(x, alpha={alpha})", names=("tf.nn.elu",)),
        "ONNX": Spelling("Elu(x, alpha={alpha})", names=("onnx.Elu",)),
        "NNlib": Spelling("NNlib.elu(x, {alpha})", note="its slope at 0 is 1", names=("NNlib.elu",)),
    },
    relatives=(
        Relative("relu", "ReLU for α → 0", of="elu:1e-14"),
        Relative("selu", "with α = 1.6733, SELU / 1.0507", of="elu:1.6732632423543772", factor=1 / 1.0507009873554805),
        Relative("exponential", "with α = 1, e^x − 1 for x ≤ 0", offset=-1.0, on=(-30.0, 0.0)),
    ),
)

# the fixed point's constants, from the paper's appendix A1.4, and their product; rounded to float64 once
_SCALE = 1.0507009873554804934193349852946
_SCALE_ALPHA = 1.7580993408473768599402175208123


def selu(x: Array) -> Array:
    return np.where(x > 0, _SCALE * x, _SCALE_ALPHA * np.expm1(np.minimum(x, 0.0)))


def selu_derivative(x: Array) -> Array:
    return np.where(x > 0, _SCALE, scaled_exp(_SCALE_ALPHA, np.minimum(x, 0.0)))


# TensorFlow tests x < 0, the others x <= 0
_SELU_ANSWERS = {
    "PyTorch 2.15": _SCALE_ALPHA,
    "JAX 0.10": _SCALE_ALPHA,
    "Keras 3.15 on PyTorch and JAX": _SCALE_ALPHA,
    "Keras 3.15 on TensorFlow": _SCALE,
}

SELU = Definition(
    name="selu",
    title="SELU",
    summary="ELU scaled so that mean 0 and variance 1 are kept from layer to layer.",
    strength="Normalises itself: inputs with mean 0 and variance 1 give outputs with the same.",
    weakness="Only with LeCun initialisation and alpha dropout; its slope jumps at 0, from 1.758 to 1.051.",
    formula=Cases((r"\lambda\,x", r"x > 0"), (r"\lambda\,\alpha\,(e^{x} - 1)", r"x \leq 0")),
    derivative_formula=Cases((r"\lambda", r"x > 0"), (r"\lambda\,\alpha\,e^{x}", r"x \leq 0")),
    function=selu,
    derivative=selu_derivative,
    constants={r"\lambda": 1.0507009873554805, r"\alpha": 1.6732632423543772},
    range=Interval(f"({-_SCALE_ALPHA!r}, inf)"),
    range_symbols=(r"-\lambda\,\alpha", ""),
    kinks=(Kink(0.0, _SCALE_ALPHA, _SCALE, convention=_SCALE_ALPHA, answers=_SELU_ANSWERS),),
    samples={-1.0: -1.1113307378125628, 0.0: 0.0, 2.0: 2.101401974710961},
    reference=Reference(
        "Klambauer, Unterthiner, Mayr, Hochreiter", 2017, "Self-normalizing neural networks", "1706.02515"
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.selu(x)", names=("torch.nn.SELU", "torch.nn.functional.selu", "torch.selu")
        ),
        "Keras": Spelling("keras.activations.selu(x)", names=("keras.activations.selu", "keras.ops.selu")),
        "JAX": Spelling("jax.nn.selu(x)", names=("jax.nn.selu", "flax.linen.selu", "flax.nnx.selu")),
        "TensorFlow": Spelling("tf.nn.selu(x)", names=("tf.nn.selu",)),
        "ONNX": Spelling("Selu(x)", note="its constants are rounded to float32", names=("onnx.Selu",)),
        "NNlib": Spelling("NNlib.selu(x)", names=("NNlib.selu",)),
    },
    relatives=(Relative("elu:1.6733", "1.0507 ELU with α = 1.6733", factor=_SCALE, within=5e-5),),
)


def celu(x: Array, alpha: float) -> Array:
    u, lost = quotient(np.minimum(x, 0.0), alpha)
    return np.where(x > 0, x, alpha * (np.expm1(u) + lost * np.exp(u)))


def celu_derivative(x: Array, alpha: float) -> Array:
    u, lost = quotient(np.clip(x, -1500.0 * alpha, 0.0), alpha)
    return np.where(x > 0, 1.0, scaled_exp(1.0 + lost, u))


CELU = Definition(
    name="celu",
    title="CELU",
    summary="ELU whose exponential is stretched with α, so that its slope is 1 at 0 for every α.",
    strength="Smooth at 0 for every α, and a change of α only changes the scale.",
    weakness="Saturates on the left and needs an exponential.",
    formula=Cases((r"x", r"x > 0"), (r"\alpha\,(e^{x / \alpha} - 1)", r"x \leq 0")),
    derivative_formula=Cases((r"1", r"x > 0"), (r"e^{x / \alpha}", r"x \leq 0")),
    function=celu,
    derivative=celu_derivative,
    parameters=(
        Parameter(
            "alpha",
            1.0,
            symbol=r"\alpha",
            meaning="the limit on the left is -alpha",
            domain=Interval("(0, inf)"),
            usual=(0.3, 2.0),
            aliases=("a",),
        ),
    ),
    range=lambda alpha: Interval(f"({-alpha!r}, inf)"),
    range_symbols=(r"-\alpha", ""),
    smoothness=1,
    window=(-6.0, 6.0),
    samples={-1.0: -0.6321205588285577, 0.0: 0.0, 2.0: 2.0},
    reference=Reference("Barron", 2017, "Continuously differentiable exponential linear units", "1704.07483"),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.celu(x, alpha={alpha})",
            names=("torch.nn.CELU", "torch.nn.functional.celu", "torch.celu"),
        ),
        "Keras": Spelling(
            "keras.activations.celu(x, alpha={alpha})",
            note="on TensorFlow its gradient at 0 is 2, for every α",
            names=("keras.activations.celu", "keras.ops.celu"),
        ),
        "JAX": Spelling("jax.nn.celu(x, alpha={alpha})", names=("jax.nn.celu", "flax.linen.celu", "flax.nnx.celu")),
        "ONNX": Spelling("Celu(x, alpha={alpha})", names=("onnx.Celu",)),
        "NNlib": Spelling("NNlib.celu(x, {alpha})", names=("NNlib.celu",)),
    },
    relatives=(
        Relative("elu", "with α = 1, ELU with α = 1"),
        Relative("elu", "with α = 2, 2 ELU(x / 2)", of="celu:2", factor=2.0, scale=0.5),
        Relative("relu", "ReLU for α → 0", of="celu:1e-14"),
    ),
)

ISRLU = Definition(
    name="isrlu",
    title="ISRLU",
    aliases=("inverse_square_root_linear_unit",),
    summary="Keeps positive inputs and bends negative ones by an inverse root: like ELU without an exponential.",
    strength="Two continuous derivatives at 0, and cheap; negative outputs bring the mean nearer to 0.",
    weakness="Saturates on the left, though more slowly than ELU.",
    formula=Cases((r"x", r"x > 0"), (r"\frac{x}{\sqrt{1 + \alpha\,x^{2}}}", r"x \leq 0")),
    derivative_formula=Cases((r"1", r"x > 0"), (r"\left(\frac{1}{\sqrt{1 + \alpha\,x^{2}}}\right)^{3}", r"x \leq 0")),
    function=lambda x, alpha: np.where(x > 0, x, isru(np.minimum(x, 0.0), alpha)),
    derivative=lambda x, alpha: np.where(x > 0, 1.0, isru_derivative(np.minimum(x, 0.0), alpha)),
    parameters=(ALPHA_OF_ISRU,),
    range=lambda alpha: Interval(f"({-1 / math.sqrt(alpha)!r}, inf)"),
    range_symbols=(r"-1/\sqrt{\alpha}", ""),
    smoothness=2,
    window=(-6.0, 6.0),
    samples={-1.0: -0.7071067811865476, 0.0: 0.0, 2.0: 2.0},
    reference=ISRU_PAPER,
    frameworks={
        framework: Spelling(f"{where}(x > 0, x, x * {rsqrt}(1 + {{alpha}} * x * x))")
        for framework, where, rsqrt in (
            ("PyTorch", "torch.where", "torch.rsqrt"),
            ("Keras", "keras.ops.where", "keras.ops.rsqrt"),
            ("JAX", "jax.numpy.where", "jax.lax.rsqrt"),
        )
    },
    relatives=(
        Relative("elu", "the same limit and the same slope at 0; at most 0.076 away", within=0.07558),
        Relative("isru", "ISRU for x ≤ 0", on=(-30.0, 0.0)),
    ),
)
