"""The input, or what ELU makes of it, times a sigmoid or something made of one: relatives of Swish."""

import math

import numpy as np

from actviz.activations.self_gated import swish, swish_derivative
from actviz.formula import Cases
from actviz.model import REALS, Bound, Definition, Interval, Parameter, Reference, Relative, Spelling, near_zeros
from actviz.numerics import LARGEST, Array, scale, scaled_exp, sigmoid, tail

# the minimum of (eˣ - 1)·σ(x) lies where eˣ = √2 - 1; both to twice the precision of a double
_TURN, _TURN_LOST = -0.881373587019543, 2.250545892825866e-17
_EXP_TURN = 0.41421356237309503


def elish(x: Array) -> Array:
    e = tail(np.minimum(x, 0.0))
    left = scaled_exp(np.expm1(np.minimum(x, 0.0)) / (1.0 + e), np.minimum(x, 0.0))
    return np.where(x >= 0, swish(x, 1.0), left)


def elish_derivative(x: Array) -> Array:
    # e (e² + 2e - 1)/(1 + e)² for e = exp(x); around its zero, (e - e₀)(e + √2 + 1) with e - e₀ = e₀ (exp(x - x₀) - 1)
    e = tail(np.minimum(x, 0.0))
    delta = (np.clip(x, -2.0, 0.0) - _TURN) - _TURN_LOST
    near = _EXP_TURN * np.expm1(delta) * (e + (1.0 + math.sqrt(2.0)))
    dip = np.where(np.abs(x - _TURN) < 0.6, near, e * (e + 2.0) - 1.0)
    return np.where(x >= 0, swish_derivative(x, 1.0), scaled_exp(dip / np.square(1.0 + e), np.minimum(x, 0.0)))


ELISH = Definition(
    name="elish",
    title="ELiSH",
    summary="Swish on the right, and ELU times the sigmoid on the left; found by a genetic search.",
    strength="Unbounded above, and its dip is shallower than Swish's.",
    weakness="Falls before it rises, and needs exponentials.",
    formula=Cases((r"x\,\sigma(x)", r"x \geq 0"), (r"(e^{x} - 1)\,\sigma(x)", r"x < 0")),
    derivative_formula=Cases(
        (r"\sigma(x)\,(1 + x\,(1 - \sigma(x)))", r"x \geq 0"),
        (r"\frac{e^{x}\,(e^{2\,x} + 2\,e^{x} - 1)}{(1 + e^{x})^{2}}", r"x < 0"),
    ),
    function=elish,
    derivative=elish_derivative,
    range=Interval("[-0.1715728752538099, inf)"),
    range_symbols=(r"2\,\sqrt{2} - 3", ""),
    monotonic=False,
    smoothness=1,
    accuracy=(near_zeros(_TURN, slope=True),),
    window=(-4.0, 4.0),
    samples={-2.0: -0.10307056080762242, 0.0: 0.0, 1.0: 0.7310585786300049},
    reference=Reference("Basirat, Roth", 2018, "The quest for the golden activation function", "1808.00783"),
    frameworks={
        "PyTorch": Spelling("torch.nn.functional.elu(x) * torch.sigmoid(x)"),
        "Keras": Spelling("keras.activations.elu(x) * keras.ops.sigmoid(x)"),
        "JAX": Spelling("jax.nn.elu(x) * jax.nn.sigmoid(x)"),
    },
    relatives=(Relative("swish", "Swish for x ≥ 0, and at most 0.14 above it", within=0.13694),),
)


def logish(x: Array) -> Array:
    e = tail(np.minimum(x, 0.0))
    left = scaled_exp(np.clip(x, -LARGEST, 0.0) * (np.log1p(e / (1.0 + e)) / e), np.minimum(x, 0.0))
    return np.where(x > 0, x * np.log1p(sigmoid(x)), left)


def logish_derivative(x: Array) -> Array:
    # ln(1 + σ) + x σ (1 - σ)/(1 + σ), where the last fraction is e/((1 + e)(1 + 2e)) for e = exp(x); on the left over e
    e = tail(np.minimum(x, 0.0))
    bounded = np.clip(x, -1500.0, 1500.0)
    slope = np.log1p(e / (1.0 + e)) / e + bounded / (1.0 + e * (3.0 + 2.0 * e))
    z = np.exp(-np.maximum(bounded, 0.0))
    right = np.log1p(1.0 / (1.0 + z)) + bounded * z / ((1.0 + z) * (2.0 + z))
    return np.where(x > 0, right, scaled_exp(slope, np.minimum(bounded, 0.0)))


LOGISH = Definition(
    name="logish",
    title="Logish",
    summary="The input times ln(1 + σ(x)): like Swish, but with a slope that goes to ln 2 instead of 1.",
    strength="Smooth everywhere, and small negative values pass.",
    weakness="Falls before it rises; shrinks large inputs layer by layer, as its slope far out is 0.69.",
    formula=r"x\,\ln(1 + \sigma(x))",
    derivative_formula=r"\ln(1 + \sigma(x)) + x\,\frac{\sigma(x)\,(1 - \sigma(x))}{1 + \sigma(x)}",
    function=logish,
    derivative=logish_derivative,
    range=Interval("[-0.25276881678944035, inf)"),
    monotonic=False,
    accuracy=(near_zeros(-1.3724541370256922, slope=True, reach=1.0),),
    window=(-6.0, 6.0),
    samples={-2.0: -0.22523351035782402, 0.0: 0.0, 1.0: 0.5487331165400282},
    reference=Reference(
        "Zhu, Zeng, Liu, Zhang",
        2021,
        "Logish: A new nonlinear nonmonotonic activation function for convolutional neural network",
        doi="10.1016/j.neucom.2021.06.067",
    ),
    frameworks={
        "PyTorch": Spelling("x * torch.log1p(torch.sigmoid(x))"),
        "Keras": Spelling("x * keras.ops.log1p(keras.ops.sigmoid(x))"),
        "JAX": Spelling("x * jax.numpy.log1p(jax.nn.sigmoid(x))"),
    },
    relatives=(
        Relative("swish", "at most 0.063 away from ln 2 times Swish", factor=0.6931471805599453, within=0.06222),
        Relative("smish", "Smish is tanh of the same gate: at most 2.8 away up to x = 30", within=2.795),
    ),
)


# Swish's derivative stays between these
_LEAST, _MOST = -0.09983932012886692, 1.0998393201288669


def _ordered(p1: float, p2: float, beta: float) -> tuple[float, float, float]:
    """Return the slopes on the right and on the left, and the steepness of the gate between them."""
    return max(p1, p2), min(p1, p2), beta * abs(p1 - p2)


def acon_c(x: Array, p1: float, p2: float, beta: float) -> Array:
    # both lines with their gates: p₁ x σ(u) + p₂ x σ(-u)
    right, left, rate = _ordered(p1, p2, beta)
    if rate == 0:
        return (p1 + p2) / 2 * x
    return scale(right, swish(x, rate)) - scale(left, swish(-x, rate))


def acon_c_derivative(x: Array, p1: float, p2: float, beta: float) -> Array:
    right, left, rate = _ordered(p1, p2, beta)
    return right * swish_derivative(x, rate) + left * swish_derivative(-x, rate)


def _share(p1: float, p2: float) -> float:
    """Return Swish's slope at the place where ACON-C's is 0."""
    right, left, _ = _ordered(p1, p2, 1.0)
    return -left / (right - left)


def _acon_c_turn(p1: float, p2: float, beta: float) -> float:
    """Return where the slope is 0, for slopes of different signs or one that is 0: by bisection, to the last digit."""
    low, high, share = -1.2784645427610738, 2.3993572805154677, _share(p1, p2)
    for _ in range(80):
        middle = (low + high) / 2
        below = float(swish_derivative(np.array(middle), 1.0)) < share
        low, high = (middle, high) if below else (low, middle)
    return high / _ordered(p1, p2, beta)[2]


def _acon_c_range(p1: float, p2: float, beta: float) -> Interval:
    right, left, _ = _ordered(p1, p2, beta)
    if right < 0 or left > 0 or beta == 0:
        return REALS
    least = float(acon_c(np.array(_acon_c_turn(p1, p2, beta)), p1, p2, beta))
    return Interval(f"[{least!r}, inf)")


def _acon_c_accuracy(p1: float, p2: float, beta: float) -> tuple[Bound, ...]:
    right, left, rate = _ordered(p1, p2, beta)
    if beta == 0 or right < 0 or left > 0:
        return ()
    error = 2.0**-52 * max(1.0, right, -left)
    slope = near_zeros(_acon_c_turn(p1, p2, beta), slope=True, error=error)
    zero = (near_zeros(math.log(-left / right) / rate, error=error),) if left < 0 < right else ()
    return (*zero, slope)


ACON_C = Definition(
    name="acon_c",
    title="ACON-C",
    aliases=("acon", "aconc"),
    summary="A smooth maximum of two lines through 0, whose slopes and bend are learned; Swish by default.",
    strength="Can become ReLU, Leaky ReLU, Swish or a line: the network learns whether a unit activates.",
    weakness="Three more weights a channel, and an exponential.",
    formula=r"(p_{1} - p_{2})\,x\,\sigma(\beta\,(p_{1} - p_{2})\,x) + p_{2}\,x",
    derivative_formula=(
        r"(p_{1} - p_{2})\,(\sigma(u) + u\,\sigma(u)\,(1 - \sigma(u))) + p_{2},"
        r"\quad u = \beta\,(p_{1} - p_{2})\,x"
    ),
    function=acon_c,
    derivative=acon_c_derivative,
    parameters=(
        Parameter(
            "p1",
            1.0,
            symbol="p_{1}",
            meaning="slope on one side, the right one if it is larger: learned",
            usual=(1.2, 1.0),
            aliases=("p_1",),
        ),
        Parameter(
            "p2",
            0.0,
            symbol="p_{2}",
            meaning="slope on the other side: learned",
            usual=(-0.8, 0.25),
            aliases=("p_2",),
        ),
        Parameter(
            "beta",
            1.0,
            symbol=r"\beta",
            meaning="how sharp the bend is: 0 gives a line; learned",
            domain=Interval("[0, inf)"),
            usual=(2.0, 1.0),
            aliases=("b",),
        ),
    ),
    constraint=lambda p1, p2, beta: "" if p1 != p2 else f"p1 and p2 must differ, but both are {p1}",
    range=_acon_c_range,
    monotonic=lambda p1, p2, beta: beta == 0 or not _LEAST < _share(p1, p2) < _MOST,
    accuracy=_acon_c_accuracy,
    window=(-5.0, 5.0),
    samples={-2.0: -0.23840584404423512, 0.0: 0.0, 1.0: 0.7310585786300049},
    reference=Reference("Ma, Zhang, Liu, Sun", 2020, "Activate or not: Learning customized activation", "2009.04759"),
    frameworks={
        framework: Spelling(f"({{p1}} - {{p2}}) * x * {sigmoid}({{beta}} * ({{p1}} - {{p2}}) * x) + {{p2}} * x")
        for framework, sigmoid in {
            "PyTorch": "torch.sigmoid",
            "Keras": "keras.ops.sigmoid",
            "JAX": "jax.nn.sigmoid",
        }.items()
    },
    relatives=(
        Relative("swish", "with the default parameters, Swish"),
        Relative("leaky_relu:0.25", "with p2 = 0.25, Leaky ReLU for β → ∞", of="acon_c:1,0.25,1e15"),
        Relative("prelu:0.25", "a smooth PReLU", of="acon_c:1,0.25,1e15"),
    ),
)
