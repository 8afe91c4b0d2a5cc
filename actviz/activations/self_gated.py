"""The input times a gate that depends on the input: smooth, with a dip below 0."""

import numpy as np

from actviz.model import REALS, Definition, Interval, Parameter, Reference, Relative, Spelling, near_zeros
from actviz.numerics import (
    LARGEST,
    Array,
    exponent,
    rounding_error,
    scaled_exp,
    sum_error,
    x_normal_cdf,
    x_normal_cdf_derivative,
)


def swish(x: Array, beta: float) -> Array:
    u, lost = exponent(beta, x)
    finite = np.maximum(x, -LARGEST)  # -inf times a gate of 0 would be NaN
    z = scaled_exp(1.0 - np.sign(u) * lost, -np.abs(u))
    tail = scaled_exp(finite * (1.0 + lost), np.minimum(u, 0.0))
    return np.where(u >= 0, finite, tail) / (1.0 + z)


# the minimum of x·σ(x) lies where 1 + x + exp(x) = 0, here to twice the precision of a double; it is -exp(x)
_DIP_AT, _DIP_AT_LOST = -1.2784645427610737, -1.0946994183093437e-16
_DIP = 0.2784645427610738


def swish_derivative(x: Array, beta: float) -> Array:
    # σ(u)(1 + u(1 - σ(u))) for u = βx, over exp(-|u|); around its zero that is written out, so that nothing cancels:
    # 1 + u + exp(u) = δ + exp(u₀)(exp(δ) - 1) for δ = u - u₀, where 1 + u₀ + exp(u₀) = 0
    u, lost = exponent(beta, x)
    z = scaled_exp(1.0 - np.sign(u) * lost, -np.abs(u))
    delta = (np.minimum(u, 0.0) - _DIP_AT) + (lost - _DIP_AT_LOST)
    dip = np.where(np.abs(u + 1.375) > 0.625, (1.0 + u) + (z + lost), delta + _DIP * np.expm1(delta))
    # (1 + z)², and its relative rounding error
    root = 1.0 + z
    square = np.square(root)
    short = (rounding_error(root, root) + 2.0 * root * (z - (root - 1.0))) / square
    left = scaled_exp(dip * (1.0 + (lost - short)), np.minimum(u, 0.0))
    right = (1.0 + z * (1.0 + u)) * (1.0 - short)
    return np.where(u >= 0, right, left) / square


def _swish_window(beta: float) -> tuple[float, float]:
    """Return a window that shows the minimum, at -1.28/β, with enough on both sides for the dip to be seen."""
    reach = min(max(4.0, 4 / beta), 1e300) if beta > 0 else 4.0
    return (-float(f"{reach:.1g}"), float(f"{reach:.1g}"))


SWISH = Definition(
    name="swish",
    title="Swish",
    aliases=("silu",),
    summary="The input times its own sigmoid: between a line (β = 0) and ReLU (β → ∞).",
    strength="Smooth, unbounded above and, for β > 0, bounded below: often better than ReLU in deep networks.",
    weakness="Falls before it rises (for β > 0), and needs an exponential.",
    formula=r"x\,\sigma(\beta\,x)",
    derivative_formula=r"\sigma(\beta\,x) + \beta\,x\,\sigma(\beta\,x)\,(1 - \sigma(\beta\,x))",
    function=swish,
    derivative=swish_derivative,
    parameters=(
        Parameter(
            "beta",
            1.0,
            symbol=r"\beta",
            meaning="steepness of the gate; may be learned",
            domain=Interval("[0, inf)"),
            usual=(0.1, 0.5, 1.702, 2.0, 10.0),
            aliases=("b",),
        ),
    ),
    range=lambda beta: Interval(f"[{-_DIP / beta!r}, inf)") if beta > 0 else REALS,
    monotonic=lambda beta: beta == 0,
    accuracy=lambda beta: (near_zeros(_DIP_AT / beta, slope=True),) if beta > 0 else (),
    window=_swish_window,
    samples={-2.0: -0.23840584404423512, 0.0: 0.0, 1.0: 0.7310585786300049},
    reference=Reference("Ramachandran, Zoph, Le", 2017, "Searching for activation functions", "1710.05941"),
    frameworks={
        "PyTorch": Spelling(
            lambda beta: "torch.nn.functional.silu(x)" if beta == 1 else f"x * torch.sigmoid({beta!r} * x)",
            names=("torch.nn.SiLU", "torch.nn.functional.silu"),
        ),
        "Keras": Spelling(
            lambda beta: "keras.activations.silu(x)" if beta == 1 else f"x * keras.ops.sigmoid({beta!r} * x)",
            names=("keras.activations.silu", "keras.activations.swish", "keras.ops.silu", "keras.ops.swish"),
        ),
        "JAX": Spelling(
            lambda beta: "jax.nn.silu(x)" if beta == 1 else f"x * jax.nn.sigmoid({beta!r} * x)",
            names=(
                "jax.nn.silu",
                "jax.nn.swish",
                "flax.linen.silu",
                "flax.linen.swish",
                "flax.nnx.silu",
                "flax.nnx.swish",
            ),
        ),
        "TensorFlow": Spelling("tf.nn.silu(x, beta={beta})", names=("tf.nn.silu", "tf.nn.swish")),
        "Hugging Face": Spelling(lambda beta: 'transformers.activations.ACT2FN["silu"](x)' if beta == 1 else ""),
        "ONNX": Spelling("Swish(x, alpha={beta})", names=("onnx.Swish",)),
        "NNlib": Spelling(lambda beta: "NNlib.swish(x)" if beta == 1 else "", names=("NNlib.swish",)),
    },
    relatives=(
        Relative("relu", "ReLU for β → ∞", of="swish:1e15"),
        Relative("linear", "with β = 0, half the line", of="swish:0", factor=0.5),
        Relative("dsilu", "with β = 1, its derivative is dSiLU", slope=True),
        Relative("gelu", "with β = 1.702, at most 0.021 away from GELU", of="swish:1.702", within=0.0204),
    ),
)


def mish(x: Array) -> Array:
    # tanh(ln(1 + e)) = ((1 + e)² - 1) / ((1 + e)² + 1), for e = exp(x); with z = exp(-x) where e is large
    z = np.exp(-np.abs(x))
    finite = np.maximum(x, -LARGEST)
    right = finite * ((1.0 + 2.0 * z) / (1.0 + 2.0 * z * (1.0 + z)))
    left = scaled_exp(finite * ((z + 2.0) / (z * (z + 2.0) + 2.0)), np.minimum(finite, 0.0))
    return np.where(x >= 0, right, left)


def mish_derivative(x: Array) -> Array:
    # exp(x) ω / δ² with ω = 4(x + 1) + 4e² + e³ + e(4x + 6), δ = 2e + e² + 2 (the paper's equation), e = exp(x);
    # on the right both are divided by e⁴, so that z = exp(-x) stands for 1/e
    z = np.exp(-np.abs(x))
    x = np.clip(x, -1500.0, 1500.0)
    right = 1.0 + z * (4.0 + z * (4.0 * x + 6.0 + z * (4.0 * (x + 1.0))))
    right /= 1.0 + z * (4.0 + z * (8.0 + z * (8.0 + 4.0 * z)))
    omega = 4.0 * (x + 1.0) + z * (4.0 * x + 6.0 + z * (4.0 + z))
    delta_squared = 4.0 + z * (8.0 + z * (8.0 + z * (4.0 + z)))
    left = scaled_exp(omega / delta_squared, np.minimum(x, 0.0))
    # near 0 the product rule rounds less: tanh(s) and a small second term
    e = np.exp(np.clip(x, -1.0, 1.0))
    y = e * (e + 2.0)
    near = y / (y + 2.0) + x * (4.0 * e * (e + 1.0)) / np.square(y + 2.0)
    return np.where(np.abs(x) < 0.5, near, np.where(x > 0, right, left))


MISH = Definition(
    name="mish",
    title="Mish",
    summary="The input times tanh of its softplus: like Swish, with a gate that opens a little faster.",
    strength="Smooth everywhere, unbounded above, and small negative values pass.",
    weakness="Falls before it rises, and costs an exponential and more.",
    formula=r"x\,\tanh(\ln(1 + e^{x}))",
    derivative_formula=r"\tanh(s) + x\,\sigma(x)\,(1 - \tanh(s)^{2}),\quad s = \ln(1 + e^{x})",
    function=mish,
    derivative=mish_derivative,
    range=Interval("[-0.30884341301725043, inf)"),
    monotonic=False,
    window=(-4.0, 4.0),
    accuracy=(near_zeros(-1.1924321862080768, slope=True),),
    samples={-2.0: -0.2525014826957089, 0.0: 0.0, 1.0: 0.8650983882673103},
    reference=Reference("Misra", 2019, "Mish: A self regularized non-monotonic activation function", "1908.08681"),
    frameworks={
        "PyTorch": Spelling("torch.nn.functional.mish(x)", names=("torch.nn.Mish", "torch.nn.functional.mish")),
        "Keras": Spelling("keras.activations.mish(x)", names=("keras.activations.mish",)),
        "JAX": Spelling("jax.nn.mish(x)", names=("jax.nn.mish",)),
        "Hugging Face": Spelling('transformers.activations.ACT2FN["mish"](x)'),
        "ONNX": Spelling("Mish(x)", names=("onnx.Mish",)),
    },
    relatives=(
        Relative("swish", "at most 0.19 above Swish with β = 1", within=0.1844),
        Relative("relu", "at most 0.31 below ReLU", within=0.3089),
    ),
)

_GELU_PAPER = Reference("Hendrycks, Gimpel", 2016, "Gaussian error linear units (GELUs)", "1606.08415")

GELU = Definition(
    name="gelu",
    title="GELU",
    summary="The input times the probability that a standard normal variable is below it.",
    strength="Smooth, close to the identity for large inputs; the usual choice in transformers.",
    weakness="Falls before it rises; frameworks differ in whether they compute it or approximate it by tanh.",
    formula=r"x\,\Phi(x)",
    derivative_formula=r"\Phi(x) + x\,\phi(x)",
    function=x_normal_cdf,
    derivative=x_normal_cdf_derivative,
    range=Interval("[-0.16997120747990366, inf)"),
    monotonic=False,
    window=(-4.0, 4.0),
    accuracy=(near_zeros(-0.7517915247163435, slope=True),),
    samples={-2.0: -0.04550026389635841, 0.0: 0.0, 1.0: 0.8413447460685429},
    exact={r"\sqrt{2}": 1.4142135623730951},
    reference=_GELU_PAPER,
    frameworks={
        "PyTorch": Spelling(
            'torch.nn.functional.gelu(x, approximate="none")', names=("torch.nn.GELU", "torch.nn.functional.gelu")
        ),
        "Keras": Spelling(
            "keras.activations.gelu(x, approximate=False)",
            names=("keras.activations.gelu",),
            approximations={"keras.ops.gelu": "the tanh approximation"},
        ),
        "JAX": Spelling(
            "jax.nn.gelu(x, approximate=False)",
            approximations=dict.fromkeys(("jax.nn.gelu", "flax.linen.gelu", "flax.nnx.gelu"), "the tanh approximation"),
        ),
        "TensorFlow": Spelling("tf.nn.gelu(x, approximate=False)", names=("tf.nn.gelu",)),
        "Hugging Face": Spelling('transformers.activations.ACT2FN["gelu"](x)'),
        "ONNX": Spelling('Gelu(x, approximate="none")', names=("onnx.Gelu",)),
    },
    relatives=(
        Relative("swish:1.702", "Swish with β = 1.702 is at most 0.021 away", within=0.0204),
        Relative("relu", "at most 0.17 below ReLU", within=0.16998),
    ),
)


def quick_gelu(x: Array) -> Array:
    return swish(x, 1.702)


def quick_gelu_derivative(x: Array) -> Array:
    return swish_derivative(x, 1.702)


QUICK_GELU = Definition(
    name="quick_gelu",
    title="Quick GELU",
    aliases=("gelu_fast_approx",),
    summary="Swish with β = 1.702, which comes close to GELU: the activation of CLIP.",
    strength="As smooth as GELU, with one exponential and no error function.",
    weakness="Up to 0.02 away from GELU: weights trained with one don't fit the other.",
    formula=r"x\,\sigma(1.702\,x)",
    derivative_formula=r"\sigma(u) + u\,\sigma(u)\,(1 - \sigma(u)),\quad u = 1.702\,x",
    function=quick_gelu,
    derivative=quick_gelu_derivative,
    range=Interval(f"[{-_DIP / 1.702!r}, inf)"),
    monotonic=False,
    accuracy=(near_zeros(_DIP_AT / 1.702, slope=True),),
    window=_swish_window(1.702),
    samples={-2.0: -0.06434137685579186, 0.0: 0.0, 1.0: 0.8457957659328212},
    reference=_GELU_PAPER,
    frameworks={
        "PyTorch": Spelling("x * torch.sigmoid(1.702 * x)"),
        "Keras": Spelling("x * keras.ops.sigmoid(1.702 * x)"),
        "JAX": Spelling("x * jax.nn.sigmoid(1.702 * x)"),
        "Hugging Face": Spelling(
            'transformers.activations.ACT2FN["quick_gelu"](x)',
            names=("transformers.activations.QuickGELUActivation",),
        ),
    },
    relatives=(
        Relative("swish:1.702", "Swish with β = 1.702"),
        Relative("gelu", "at most 0.021 away from GELU", within=0.0204),
    ),
)

# √(8/π), and the constants of the cubic, to twice the precision of a double
_ROOT, _ROOT_LOST = 1.5957691216057308, -9.96930880911092e-17
_CUBIC, _CUBIC_LOST = 0.044715, 2.1960211427085595e-18


def _tanh_gate_argument(x: Array) -> tuple[Array, Array, Array]:
    """Return x², and u = √(8/π)·(x + 0.044715x³) with its rounding error; the gate is (1 + tanh(u/2))/2 = σ(u)."""
    square = np.square(x)
    bend = _CUBIC * square
    bend_lost = rounding_error(np.full_like(x, _CUBIC), square) + _CUBIC_LOST * square + _CUBIC * rounding_error(x, x)
    factor = 1.0 + bend
    factor_lost = sum_error(bend, 1.0, factor) + bend_lost
    line = _ROOT * x
    line_lost = rounding_error(np.full_like(x, _ROOT), x) + _ROOT_LOST * x
    u = line * factor
    return square, u, rounding_error(line, factor) + line * factor_lost + line_lost * factor


def gelu_tanh(x: Array) -> Array:
    near = np.clip(x, -30.0, 30.0)  # beyond, the gate is 0 or 1
    _, u, lost = _tanh_gate_argument(near)
    z = scaled_exp(1.0 - np.sign(u) * lost, -np.abs(u))
    tail = scaled_exp(near * (1.0 + lost), np.minimum(u, 0.0))
    return np.where(x >= 0, x, tail) / (1.0 + z)


def gelu_tanh_derivative(x: Array) -> Array:
    # σ(u)(1 + x u' (1 - σ(u))), over exp(-|u|)
    x = np.clip(x, -30.0, 30.0)
    square, u, lost = _tanh_gate_argument(x)
    z = scaled_exp(1.0 - np.sign(u) * lost, -np.abs(u))
    steepness = x * _ROOT * (1.0 + 3.0 * _CUBIC * square)
    left = scaled_exp((1.0 + steepness / (1.0 + z)) * (1.0 + lost), np.minimum(u, 0.0))
    right = 1.0 + steepness * z / (1.0 + z)
    return np.where(x >= 0, right, left) / (1.0 + z)


GELU_TANH = Definition(
    name="gelu_tanh",
    title="GELU (tanh)",
    aliases=("gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_accurate", "gelu_approx"),
    summary="GELU with tanh in place of the normal distribution function: used by GPT-2, Gemma, and JAX by default.",
    strength="Within 0.0005 of GELU, and needs no error function.",
    weakness="Not quite GELU, though frameworks call both by one name: JAX and PyTorch differ by default.",
    formula=r"\frac{x}{2}\,\left(1 + \tanh\left(\sqrt{\frac{2}{\pi}}\,(x + 0.044715\,x^{3})\right)\right)",
    derivative_formula=(
        r"\frac{1 + t}{2} + \frac{x}{2}\,(1 - t^{2})\,\sqrt{\frac{2}{\pi}}\,(1 + 0.134145\,x^{2}),"
        r"\quad t = \tanh\left(\sqrt{\frac{2}{\pi}}\,(x + 0.044715\,x^{3})\right)"
    ),
    function=gelu_tanh,
    derivative=gelu_tanh_derivative,
    range=Interval("[-0.17004075057125406, inf)"),
    monotonic=False,
    accuracy=(near_zeros(-0.7524614220710163, slope=True),),
    window=(-4.0, 4.0),
    samples={-2.0: -0.04540230591222498, 0.0: 0.0, 1.0: 0.8411919906082767},
    reference=_GELU_PAPER,
    frameworks={
        "PyTorch": Spelling('torch.nn.functional.gelu(x, approximate="tanh")'),
        "Keras": Spelling("keras.activations.gelu(x, approximate=True)", names=("keras.ops.gelu",)),
        "JAX": Spelling("jax.nn.gelu(x, approximate=True)", names=("jax.nn.gelu", "flax.linen.gelu", "flax.nnx.gelu")),
        "TensorFlow": Spelling("tf.nn.gelu(x, approximate=True)"),
        "Hugging Face": Spelling(
            'transformers.activations.ACT2FN["gelu_pytorch_tanh"](x)',
            note="gelu_new, gelu_fast, gelu_python_tanh and gelu_accurate are the same function",
            names=(
                "transformers.activations.NewGELUActivation",
                "transformers.activations.FastGELUActivation",
                "transformers.activations.AccurateGELUActivation",
            ),
        ),
        "ONNX": Spelling('Gelu(x, approximate="tanh")'),
        "NNlib": Spelling("NNlib.gelu_tanh(x)", names=("NNlib.gelu", "NNlib.gelu_tanh", "NNlib.gelu_sigmoid")),
    },
    relatives=(
        Relative("gelu", "at most 0.00048 away from GELU, at ±2.7", within=4.74e-4),
        Relative("quick_gelu", "Quick GELU is a coarser one: at most 0.021 away", within=0.02066),
    ),
)
