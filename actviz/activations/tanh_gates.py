"""The input times a tanh, or an error function, that opens to the right: relatives of Mish."""

import math

import numpy as np

from actviz.model import Bound, Definition, Interval, Reference, Relative, Spelling, near_zeros
from actviz.numerics import (
    LARGEST,
    Array,
    erf,
    mills_series,
    scaled_exp,
    scaled_normal_pdf,
    sech_squared,
    softplus,
    sum_error,
    tail,
    x_normal_cdf,
    x_normal_cdf_derivative,
)


def tanhexp(x: Array) -> Array:
    e = tail(x)
    left = scaled_exp(np.clip(x, -LARGEST, 0.0) * (np.tanh(e) / e), np.minimum(x, 0.0))
    return np.where(x > 0, x * np.tanh(np.exp(np.minimum(x, 5.0))), left)


def tanhexp_derivative(x: Array) -> Array:
    # tanh(e) + x e sech²(e) for e = exp(x); on the left over e
    e = tail(x)
    bounded = np.clip(x, -1500.0, 5.0)
    left = scaled_exp(np.tanh(e) / e + bounded * sech_squared(e), np.minimum(bounded, 0.0))
    e = np.exp(np.maximum(bounded, 0.0))
    return np.where(x > 0, np.tanh(e) + bounded * e * sech_squared(e), left)


TANHEXP = Definition(
    name="tanhexp",
    title="TanhExp",
    aliases=("telu",),
    summary="The input times tanh of its exponential; published again as TeLU.",
    strength="Nears the identity faster than Swish, Mish and GELU do, and small negative values pass.",
    weakness="Falls before it rises, and costs an exponential and tanh.",
    formula=r"x\,\tanh(e^{x})",
    derivative_formula=r"\tanh(e^{x}) + x\,e^{x}\,(1 - \tanh(e^{x})^{2})",
    function=tanhexp,
    derivative=tanhexp_derivative,
    range=Interval("[-0.35328577784821125, inf)"),
    monotonic=False,
    accuracy=(near_zeros(-1.078860058464624, slope=True, reach=1.0),),
    window=(-4.0, 4.0),
    samples={-2.0: -0.26903008257898037, 0.0: 0.0, 1.0: 0.9913289158005998},
    reference=Reference(
        "Liu, Di",
        2020,
        "TanhExp: A smooth activation function with high convergence speed for lightweight neural networks",
        "2003.09855",
    ),
    frameworks={
        "PyTorch": Spelling("x * torch.tanh(torch.exp(x))", note="its gradient is NaN where exp overflows"),
        "Keras": Spelling("x * keras.ops.tanh(keras.ops.exp(x))"),
        "JAX": Spelling("x * jax.numpy.tanh(jax.numpy.exp(x))"),
    },
    relatives=(
        Relative("mish", "at most 0.13 away from Mish", within=0.12643),
        Relative("relu", "at most 0.36 below ReLU", within=0.35329),
    ),
)

_TWO_OVER_ROOT_PI = 2.0 / math.sqrt(math.pi)


def serf(x: Array) -> Array:
    e = tail(x)
    left = scaled_exp(np.clip(x, -1e300, 0.0) * (erf(np.log1p(e)) / e), np.minimum(x, 0.0))
    return np.where(x > 0, x * erf(softplus(np.maximum(x, 0.0))), left)


def serf_derivative(x: Array) -> Array:
    # erf(s) + 2/√π x exp(-s²) σ(x) for s = softplus(x), where σ(x) = exp(x - s); on the left over e = exp(x)
    e = tail(x)
    s, bounded = np.log1p(e), np.clip(x, -1500.0, 40.0)
    slope = erf(s) / (_TWO_OVER_ROOT_PI * e) + bounded * np.exp(-s * (1.0 + s))
    left = scaled_exp(_TWO_OVER_ROOT_PI * slope, np.minimum(bounded, 0.0))
    near = np.maximum(bounded, -1.0)
    s = softplus(near)
    right = erf(s) + _TWO_OVER_ROOT_PI * near * np.exp(-np.square(s)) / (1.0 + np.exp(-near))
    return np.where(x > -0.7, right, left)


SERF = Definition(
    name="serf",
    title="Serf",
    summary="Mish with the error function in place of tanh.",
    strength="Smooth, unbounded above, and nears the identity faster than Mish.",
    weakness="Falls before it rises, and costs an exponential, a logarithm and an error function.",
    formula=r"x\,\operatorname{erf}(\ln(1 + e^{x}))",
    derivative_formula=(
        r"\operatorname{erf}(s) + \frac{2}{\sqrt{\pi}}\,x\,e^{-s^{2}}\,\sigma(x),\quad s = \ln(1 + e^{x})"
    ),
    function=serf,
    derivative=serf_derivative,
    range=Interval("[-0.3484374587596064, inf)"),
    monotonic=False,
    accuracy=(near_zeros(-1.193059968928188, slope=True, reach=1.0),),
    window=(-4.0, 4.0),
    samples={-2.0: -0.2849149702441883, 0.0: 0.0, 1.0: 0.9367219154717153},
    reference=Reference(
        "Nag, Bhattacharyya",
        2021,
        "SERF: Towards better training of deep neural networks using log-Softplus ERror activation Function",
        "2108.09598",
    ),
    frameworks={
        "PyTorch": Spelling("x * torch.erf(torch.nn.functional.softplus(x))"),
        "Keras": Spelling("x * keras.ops.erf(keras.activations.softplus(x))"),
        "JAX": Spelling("x * jax.scipy.special.erf(jax.nn.softplus(x))"),
    },
    relatives=(
        Relative("mish", "at most 0.077 away from Mish", within=0.07605),
        Relative("relu", "at most 0.35 below ReLU", within=0.34844),
    ),
)


def smish(x: Array) -> Array:
    # tanh(ln(1 + σ(x))) = e (3e + 2)/(5e² + 6e + 2) for e = exp(x); with z = exp(-x) where e is large
    z = np.exp(-np.abs(x))
    finite = np.maximum(x, -LARGEST)
    right = finite * ((3.0 + 2.0 * z) / (5.0 + z * (6.0 + 2.0 * z)))
    left = scaled_exp(finite * ((2.0 + 3.0 * z) / (2.0 + z * (6.0 + 5.0 * z))), np.minimum(finite, 0.0))
    return np.where(x >= 0, right, left)


def smish_derivative(x: Array) -> Array:
    z = np.exp(-np.abs(x))
    x = np.clip(x, -1500.0, 1500.0)
    bend = 1.0 + z * (3.0 + 2.0 * z)
    rest = z * (6.0 + 5.0 * z)
    below = 2.0 + rest
    short = 2.0 * sum_error(rest, 2.0, below) / below  # the relative rounding error of its square
    left = ((2.0 + 3.0 * z) * below + 4.0 * x * bend) * (1.0 - short) / np.square(below)
    below = 5.0 + z * (6.0 + 2.0 * z)
    right = ((3.0 + 2.0 * z) * below + 4.0 * x * z * (2.0 + z * (3.0 + z))) / np.square(below)
    return np.where(x >= 0, right, scaled_exp(left, np.minimum(x, 0.0)))


SMISH = Definition(
    name="smish",
    title="Smish",
    summary="The input times tanh(ln(1 + σ(x))): like Mish, but with a slope that goes to 0.6 instead of 1.",
    strength="Smooth everywhere, and small negative values pass.",
    weakness="Falls before it rises; shrinks large inputs layer by layer, as its slope far out is 0.6.",
    formula=r"x\,\tanh(\ln(1 + \sigma(x)))",
    derivative_formula=(
        r"t + x\,(1 - t^{2})\,\frac{\sigma(x)\,(1 - \sigma(x))}{1 + \sigma(x)},"
        r"\quad t = \tanh(\ln(1 + \sigma(x)))"
    ),
    function=smish,
    derivative=smish_derivative,
    range=Interval("[-0.24999366366012948, inf)"),
    monotonic=False,
    accuracy=(near_zeros(-1.3945193019245041, slope=True, reach=1.0),),
    window=(-6.0, 6.0),
    samples={-2.0: -0.22428613891211774, 0.0: 0.0, 1.0: 0.4995701060309371},
    reference=Reference(
        "Wang, Ren, Wang",
        2022,
        "Smish: A novel activation function for deep learning methods",
        doi="10.3390/electronics11040540",
    ),
    frameworks={
        "PyTorch": Spelling("x * torch.tanh(torch.log1p(torch.sigmoid(x)))"),
        "Keras": Spelling("x * keras.ops.tanh(keras.ops.log1p(keras.ops.sigmoid(x)))"),
        "JAX": Spelling("x * jax.numpy.tanh(jax.numpy.log1p(jax.nn.sigmoid(x)))"),
    },
    relatives=(
        Relative("swish", "at most 0.086 away from 0.6 times Swish", factor=0.6, within=0.08521),
        Relative("logish", "Logish without tanh: at most 2.8 away up to x = 30", within=2.795),
    ),
)


def phish(x: Array) -> Array:
    # tanh g = g far on the left, where x² P(X <= x) may be a normal number although x P(X <= x) isn't
    far = np.clip(x, -60.0, -35.0)
    tail = scaled_normal_pdf(-far * mills_series(far), far)
    return np.where(x < -35.0, tail, x * np.tanh(x_normal_cdf(np.maximum(x, -35.0))))


def phish_derivative(x: Array) -> Array:
    far = np.clip(x, -60.0, -35.0)
    tail = scaled_normal_pdf(np.square(far) - 2.0 * mills_series(far), far)
    near = np.clip(x, -35.0, 60.0)
    gate = x_normal_cdf(near)
    return np.where(x < -35.0, tail, np.tanh(gate) + near * x_normal_cdf_derivative(near) * sech_squared(gate))


PHISH = Definition(
    name="phish",
    title="Phish",
    summary="The input times tanh of its GELU: never negative, with a hump where its relatives have a dip.",
    strength="Smooth everywhere, and nears the identity on the right.",
    weakness="Falls between −1.2 and 0, so that it can't tell some negative inputs from positive ones.",
    formula=r"x\,\tanh(x\,\Phi(x))",
    derivative_formula=r"\tanh(g) + x\,(\Phi(x) + x\,\phi(x))\,(1 - \tanh(g)^{2}),\quad g = x\,\Phi(x)",
    function=phish,
    derivative=phish_derivative,
    range=Interval("[0, inf)"),
    monotonic=False,
    accuracy=(
        Bound(
            "f is within 6 units in the last place, as erfc, tanh and two products are rounded",
            lambda x: 6 * math.ulp(float(phish(np.array(x)))),
        ),
        near_zeros(-1.1954312013879125, slope=True, reach=1.0),
    ),
    window=(-4.0, 4.0),
    samples={-2.0: 0.0909377810773598, 0.0: 0.0, 1.0: 0.6865206717033414},
    reference=Reference("Naveen", 2022, "Phish: A novel hyper-optimizable activation function"),
    frameworks={
        "PyTorch": Spelling("x * torch.tanh(torch.nn.functional.gelu(x))"),
        "Keras": Spelling("x * keras.ops.tanh(keras.activations.gelu(x))"),
        "JAX": Spelling("x * jax.numpy.tanh(jax.nn.gelu(x, approximate=False))"),
    },
    relatives=(
        Relative("lisht", "at most 0.085 below LiSHT for x ≥ 0", within=0.08459, on=(0.0, 30.0)),
        Relative("relu", "at most 0.36 away from ReLU, below it on the right", within=0.35993),
    ),
)
