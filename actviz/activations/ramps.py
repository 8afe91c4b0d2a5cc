"""Smooth ramps: one slope on the left, a larger one on the right, and a gentle bend between them."""

import numpy as np

from actviz.formula import Cases
from actviz.model import REALS, Definition, Interval, Parameter, Reference, Relative, Spelling
from actviz.numerics import LARGEST, Array, exponent, scaled_exp, sigmoid, softplus


def beta_softplus(x: Array, beta: float) -> Array:
    u, lost = exponent(beta, x)
    scale = 1.0 - np.sign(u) * lost
    z = scaled_exp(scale, -np.abs(u))
    # far out ln(1 + z) is z, which is divided by β before it gets subnormal
    far = scaled_exp(scale / max(beta, 1e-307), -np.abs(u))
    return np.maximum(x, 0.0) + np.where(z > 1e-17, np.log1p(z) / beta, far)


def beta_softplus_derivative(x: Array, beta: float) -> Array:
    u, lost = exponent(beta, x)
    z = scaled_exp(1.0 - np.sign(u) * lost, -np.abs(u))
    return np.where(u >= 0, 1.0, z) / (1.0 + z)


def _softplus_window(beta: float) -> tuple[float, float]:
    """Return a window that shows the whole bend, which is about 8/β wide."""
    reach = float(f"{min(max(6.0, 6.0 / beta), 1e300):.1g}")
    return -reach, reach


def _stretched(function: str, beta: float) -> str:
    """Write softplus in a framework whose function has no β."""
    return f"{function}(x)" if beta == 1 else f"{function}({beta!r} * x) / {beta!r}"


SOFTPLUS = Definition(
    name="softplus",
    title="Softplus",
    aliases=("softrelu",),
    summary="A smooth ramp: ReLU with its corner rounded off.",
    strength="Smooth and always positive; its derivative is a sigmoid.",
    weakness="Not zero-centred, saturates on the left, and is above ReLU everywhere, by ln 2 / β at 0.",
    formula=r"\frac{\ln(1 + e^{\beta\,x})}{\beta}",
    derivative_formula=r"\frac{1}{1 + e^{-\beta\,x}}",
    function=beta_softplus,
    derivative=beta_softplus_derivative,
    parameters=(
        Parameter(
            "beta",
            1.0,
            symbol=r"\beta",
            meaning="how tight the bend is: the larger, the nearer to ReLU",
            domain=Interval("(0, inf)"),
            usual=(0.5, 2.0, 10.0, 100.0),
            aliases=("b",),
        ),
    ),
    range=Interval("(0, inf)"),
    window=_softplus_window,
    samples={-2.0: 0.1269280110429725, 0.0: 0.6931471805599453, 2.0: 2.1269280110429727},
    reference=Reference(
        "Dugas, Bengio, Bélisle, Nadeau, Garcia",
        2001,
        "Incorporating second-order functional knowledge for better option pricing",
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.softplus(x, beta={beta}, threshold=20)",
            note="exactly linear where βx is above the threshold",
            names=("torch.nn.Softplus", "torch.nn.functional.softplus"),
        ),
        "Keras": Spelling(
            lambda beta: _stretched("keras.activations.softplus", beta),
            names=("keras.activations.softplus", "keras.ops.softplus"),
        ),
        "JAX": Spelling(
            lambda beta: _stretched("jax.nn.softplus", beta),
            names=("jax.nn.softplus", "flax.linen.softplus", "flax.nnx.softplus"),
        ),
        "TensorFlow": Spelling(
            lambda beta: _stretched("tf.nn.softplus", beta), names=("tf.nn.softplus", "tf.math.softplus")
        ),
        "ONNX": Spelling(lambda beta: "Softplus(x)" if beta == 1 else "", names=("onnx.Softplus",)),
        "NNlib": Spelling(lambda beta: _stretched("NNlib.softplus", beta), names=("NNlib.softplus",)),
    },
    relatives=(
        Relative("sigmoid", "with β = 1, its derivative is the sigmoid", slope=True),
        Relative("relu", "with β = 1, at most ln 2 above ReLU, at 0", within=0.6932),
        Relative("relu", "ReLU for β → ∞", of="softplus:1e18", within=1e-17),
    ),
)

LOG_SIGMOID = Definition(
    name="log_sigmoid",
    title="LogSigmoid",
    aliases=("logsigmoid",),
    summary="The logarithm of the sigmoid: the log-probability of a yes, as losses need it.",
    strength="Exact where the sigmoid rounds to 0 or 1, so a loss neither overflows nor loses its digits.",
    weakness="Never positive, and saturates on the right: meant for losses, not for hidden layers.",
    formula=r"-\ln(1 + e^{-x})",
    derivative_formula=r"\frac{1}{1 + e^{x}}",
    function=lambda x: np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x))),
    derivative=lambda x: sigmoid(-x),
    range=Interval("(-inf, 0)"),
    window=(-6.0, 6.0),
    samples={-2.0: -2.1269280110429727, 0.0: -0.6931471805599453, 2.0: -0.1269280110429725},
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.logsigmoid(x)", names=("torch.nn.LogSigmoid", "torch.nn.functional.logsigmoid")
        ),
        "Keras": Spelling(
            "keras.activations.log_sigmoid(x)", names=("keras.activations.log_sigmoid", "keras.ops.log_sigmoid")
        ),
        "JAX": Spelling(
            "jax.nn.log_sigmoid(x)", names=("jax.nn.log_sigmoid", "flax.linen.log_sigmoid", "flax.nnx.log_sigmoid")
        ),
        "TensorFlow": Spelling("tf.math.log_sigmoid(x)", names=("tf.math.log_sigmoid",)),
        "NNlib": Spelling("NNlib.logsigmoid(x)", names=("NNlib.logsigmoid",)),
    },
    relatives=(
        Relative("softplus", "-softplus(-x)", factor=-1.0, scale=-1.0),
        Relative("sigmoid", "its derivative is the sigmoid of -x", slope=True, scale=-1.0),
    ),
)


def _root(x: Array, b: float) -> Array:
    """Return √(x² + b), or |x| where the square overflows."""
    square = x * x + b
    return np.where(np.isfinite(square), np.sqrt(square), np.abs(x))


def squareplus(x: Array, b: float) -> Array:
    half = 0.5 * np.abs(x) + 0.5 * _root(x, b)
    # on the left the two cancel: (√(x² + b) - |x|)/2 = b/4 over half their sum
    return np.where(x >= 0, half, 0.25 * b / half)


def squareplus_derivative(x: Array, b: float) -> Array:
    x = np.clip(x, -LARGEST, LARGEST)
    root = _root(x, b)
    return np.where(x > -0.5 * root, 0.5 + 0.5 * (x / root), squareplus(x, b) / root)


SQUAREPLUS = Definition(
    name="squareplus",
    title="Squareplus",
    summary="A smooth ramp made of a square root alone: softplus without exponential and logarithm.",
    strength="Cheap, smooth and always positive; b sets how round the bend is.",
    weakness="Nears ReLU as slowly as 1/x, and is not zero-centred.",
    formula=r"\frac{x + \sqrt{x^{2} + b}}{2}",
    derivative_formula=r"\frac{1}{2}\,\left(1 + \frac{x}{\sqrt{x^{2} + b}}\right)",
    function=squareplus,
    derivative=squareplus_derivative,
    parameters=(
        Parameter(
            "b",
            4.0,
            symbol="b",
            meaning="how round the bend is: √b / 2 above ReLU at 0; 4 gives the curvature of softplus there",
            domain=Interval("(0, inf)"),
            usual=(2.0, 0.001),
            aliases=("beta",),
        ),
    ),
    range=Interval("(0, inf)"),
    window=(-6.0, 6.0),
    samples={-2.0: 0.41421356237309503, 0.0: 1.0, 1.5: 2.0},
    reference=Reference("Barron", 2021, "Squareplus: A softplus-like algebraic rectifier", "2112.11687"),
    frameworks={
        "PyTorch": Spelling("(x + torch.sqrt(x * x + {b})) / 2"),
        "Keras": Spelling(
            "keras.activations.squareplus(x, b={b})", names=("keras.activations.squareplus", "keras.ops.squareplus")
        ),
        "JAX": Spelling("jax.nn.squareplus(x, b={b})", names=("jax.nn.squareplus",)),
    },
    relatives=(
        Relative("softplus", "the same curvature at 0, and at most 0.31 above it", within=0.30686),
        Relative("relu", "ReLU for b → 0", of="squareplus:1e-30", within=1e-14),
        Relative("isru", "its derivative is (1 + ISRU(x / 2)) / 2", slope=True, factor=0.5, scale=0.5, offset=0.5),
    ),
)


def sparse_plus(x: Array) -> Array:
    return np.where(x >= 1, x, np.square(np.maximum(np.minimum(x, 1.0) + 1.0, 0.0)) / 4)


SPARSE_PLUS = Definition(
    name="sparse_plus",
    title="Sparseplus",
    aliases=("sparseplus",),
    summary="ReLU whose corner is a piece of a parabola: exactly 0 up to −1, exactly x from 1 on.",
    strength="Sparse like ReLU, yet differentiable everywhere, and without an exponential.",
    weakness="A unit whose inputs are all below −1 has gradient 0 and dies.",
    formula=Cases((r"x", r"x \geq 1"), (r"\frac{(x + 1)^{2}}{4}", r"-1 < x < 1"), (r"0", r"x \leq -1")),
    derivative_formula=Cases((r"1", r"x \geq 1"), (r"\frac{x + 1}{2}", r"-1 < x < 1"), (r"0", r"x \leq -1")),
    function=sparse_plus,
    derivative=lambda x: np.clip((x + 1.0) / 2.0, 0.0, 1.0),
    range=Interval("[0, inf)"),
    smoothness=1,
    window=(-4.0, 4.0),
    samples={-2.0: 0.0, -0.5: 0.0625, 0.0: 0.25, 3.0: 3.0},
    reference=Reference("Blondel, Martins, Niculae", 2019, "Learning with Fenchel-Young losses", "1901.02324"),
    frameworks={
        "PyTorch": Spelling("torch.where(x >= 1, x, torch.square(torch.nn.functional.relu(x + 1)) / 4)"),
        "Keras": Spelling(
            "keras.activations.sparse_plus(x)", names=("keras.activations.sparse_plus", "keras.ops.sparse_plus")
        ),
        "JAX": Spelling("jax.nn.sparse_plus(x)", names=("jax.nn.sparse_plus",)),
    },
    relatives=(
        Relative("sparse_sigmoid", "its derivative is the sparse sigmoid", slope=True),
        Relative("softplus", "at most 0.44 below softplus, at 0", within=0.44315),
        Relative("relu", "at most 1/4 above ReLU, at 0", within=0.25),
    ),
)

_FAR_LEFT = -37.0
"""Below this softplus is exp(x) to the last digit."""


def sqrt_softplus(x: Array) -> Array:
    # softplus is 0 in float64 from -745 on, its root only from -1490 on
    return np.where(x < _FAR_LEFT, scaled_exp(1.0, np.minimum(x, 0.0) / 2), np.sqrt(softplus(np.maximum(x, _FAR_LEFT))))


def sqrt_softplus_derivative(x: Array) -> Array:
    y = np.maximum(x, _FAR_LEFT)
    return np.where(x < _FAR_LEFT, scaled_exp(0.5, np.minimum(x, 0.0) / 2), 0.5 * sigmoid(y) / np.sqrt(softplus(y)))


SQRT_SOFTPLUS = Definition(
    name="sqrt_softplus",
    title="Root of softplus",
    aliases=("sqrtsoftplus",),
    summary="The square root of softplus: scores of experts in the router of DeepSeek-V4.",
    strength="Always positive, and large inputs are damped, so that no expert takes all.",
    weakness="Its slope is below 0.32 everywhere and goes to 0 on both sides.",
    formula=r"\sqrt{\ln(1 + e^{x})}",
    derivative_formula=r"\frac{\sigma(x)}{2\,f(x)}",
    function=sqrt_softplus,
    derivative=sqrt_softplus_derivative,
    range=Interval("(0, inf)"),
    samples={-2.0: 0.3562695763645452, 0.0: 0.8325546111576977, 2.0: 1.4583991261115636},
    frameworks={
        "PyTorch": Spelling("torch.sqrt(torch.nn.functional.softplus(x))"),
        "Keras": Spelling("keras.ops.sqrt(keras.activations.softplus(x))"),
        "JAX": Spelling("jax.numpy.sqrt(jax.nn.softplus(x))"),
        "Hugging Face": Spelling('transformers.activations.ACT2FN["sqrtsoftplus"](x)'),
    },
    relatives=(Relative("exponential", "e^(x / 2) far on the left", scale=0.5, within=1e-5, on=(-30.0, -8.0)),),
)


def bent_identity(x: Array) -> Array:
    # √(x² + 1) - 1 cancels near 0, and is x²/(√(x² + 1) + 1)
    finite = np.clip(x, -LARGEST, LARGEST)
    return x * (1.0 + 0.5 * (finite / (1.0 + np.hypot(finite, 1.0))))


def bent_identity_derivative(x: Array) -> Array:
    x = np.clip(x, -LARGEST, LARGEST)
    return 1.0 + 0.5 * (x / np.hypot(x, 1.0))


BENT_IDENTITY = Definition(
    name="bent_identity",
    title="Bent identity",
    summary="The line y = x with a gentle bend at 0: slope 1/2 far on the left, 3/2 far on the right.",
    strength="Never saturates, and is the identity near 0.",
    weakness="Nearly linear, and unbounded on both sides.",
    formula=r"x + \frac{\sqrt{x^{2} + 1} - 1}{2}",
    derivative_formula=r"1 + \frac{x}{2\,\sqrt{x^{2} + 1}}",
    function=bent_identity,
    derivative=bent_identity_derivative,
    range=REALS,
    window=(-6.0, 6.0),
    samples={-2.0: -1.381966011250105, 0.0: 0.0, 1.0: 1.2071067811865475},
    frameworks={
        "PyTorch": Spelling("x + (torch.sqrt(x * x + 1) - 1) / 2"),
        "Keras": Spelling("x + (keras.ops.sqrt(x * x + 1) - 1) / 2"),
        "JAX": Spelling("x + (jax.numpy.sqrt(x * x + 1) - 1) / 2"),
    },
    relatives=(Relative("isru", "its derivative is 1 + ISRU(x) / 2", slope=True, factor=0.5, offset=1.0),),
)
