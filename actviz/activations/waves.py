"""Functions that rise and fall over and over: for periodic data, and for networks that represent images or sound."""

import math

import numpy as np

from actviz.activations.shrinkage import cubic
from actviz.formula import Cases
from actviz.model import REALS, Bound, Definition, Interval, Parameter, Reference, Relative, Spelling, powers
from actviz.numerics import LARGEST, Array, halvings, product, quotient, rounding_error, sine_and_cosine, sum_error


def _brief(value: float) -> str:
    return powers(f"{value:.2g}").replace("-", "−")


def _far_out(rate: float, size: float, slope: bool = False) -> tuple[Bound, ...]:
    """Return the bound far out, where the rounding error of rate·x counts as an angle that is added to it."""
    if math.frexp(rate)[0] == 0.5:  # multiplying by a power of 2 rounds nothing
        return _where_it_overflows(rate, size, slope)
    start, error = 1e12 / rate, 2.0**-51 * size
    what = "f'" if slope else "f"
    says = f"{what} is within {_brief(error)} for |x| > {_brief(start)}, where rounding {rate:g} x changes the angle"
    return (
        Bound(says, lambda x: error if abs(x) > start else 0.0, slope),
        *_where_it_overflows(rate, size, slope),
    )


def _where_it_overflows(rate: float, size: float, slope: bool) -> tuple[Bound, ...]:
    """Return the bound where rate·x would overflow, so that the angle is halved first and doubled afterwards."""
    if not (doublings := halvings(rate)):
        return ()
    start, error = LARGEST / 2**doublings, 2.0 ** (doublings - 51) * size
    what = "f'" if slope else "f"
    says = f"{what} is within {_brief(error)} for |x| > {_brief(start)}, where {rate:g} x would overflow"
    return (Bound(says, lambda x: error if abs(x) > start else 0.0, slope),)


SINE = Definition(
    name="sine",
    title="Sine",
    aliases=("sin", "siren:30"),
    summary="A wave: with ω = 30 the activation of SIREN, networks that represent images, sound and shapes.",
    strength="Its derivatives are waves too, so a network can be fitted to gradients, and fine detail is learned.",
    weakness="Training depends on its initialisation and on ω; inputs a period apart look the same.",
    formula=r"\sin(\omega\,x)",
    derivative_formula=r"\omega\,\cos(\omega\,x)",
    function=lambda x, omega: sine_and_cosine(omega, x)[0],
    derivative=lambda x, omega: omega * sine_and_cosine(omega, x)[1],
    parameters=(
        Parameter(
            "omega",
            1.0,
            symbol=r"\omega",
            meaning="angular frequency: the period is 2π / ω; SIREN uses 30",
            domain=Interval("(0, 1e5]"),
            usual=(30.0, 0.5),
            aliases=("w", "frequency", "w0"),
        ),
    ),
    range=Interval("[-1, 1]"),
    monotonic=False,
    accuracy=lambda omega: (*_far_out(omega, 1.0), *_far_out(omega, omega, slope=True)),
    window=lambda omega: (float(f"{-10 / omega:.1g}"), float(f"{10 / omega:.1g}")),
    samples={-1.0: -0.8414709848078965, 0.0: 0.0, 2.0: 0.9092974268256817},
    reference=Reference(
        "Sitzmann, Martel, Bergman, Lindell, Wetzstein",
        2020,
        "Implicit neural representations with periodic activation functions",
        "2006.09661",
    ),
    frameworks={
        "PyTorch": Spelling(
            lambda omega: "torch.sin(x)" if omega == 1 else f"torch.sin({omega!r} * x)", names=("torch.sin",)
        ),
        "Keras": Spelling(
            lambda omega: "keras.ops.sin(x)" if omega == 1 else f"keras.ops.sin({omega!r} * x)",
            names=("keras.ops.sin",),
        ),
        "JAX": Spelling(
            lambda omega: "jax.numpy.sin(x)" if omega == 1 else f"jax.numpy.sin({omega!r} * x)",
            names=("jax.numpy.sin",),
        ),
        "TensorFlow": Spelling(
            lambda omega: "tf.sin(x)" if omega == 1 else f"tf.sin({omega!r} * x)", names=("tf.sin", "tf.math.sin")
        ),
    },
    relatives=(
        Relative("linear", "the line for small x: at most 0.0002 away up to 0.1", within=1.67e-4, on=(-0.1, 0.1)),
    ),
)


def snake(x: Array, a: float) -> Array:
    u, u_lost = product(a, x)
    near = np.abs(u) < 1e6
    sine, cosine = np.sin(np.where(near, u, 0.0)), np.cos(np.where(near, u, 0.0))
    # the angle's rounding error is put back to first order; farther out the wave hardly counts
    rest = np.where(near, 2.0 * sine * cosine * u_lost / a, 0.0)
    sine = np.where(near, sine, sine_and_cosine(a, x)[0])
    wave, wave_lost = quotient(np.square(sine), a)
    total = x + wave
    lost = rest + wave_lost + rounding_error(sine, sine) / a + sum_error(x, wave, total)
    return np.where(np.isinf(x), x, total + lost)


def snake_derivative(x: Array, a: float) -> Array:
    return 1.0 + sine_and_cosine(2.0 * a, x)[0]


SNAKE = Definition(
    name="snake",
    title="Snake",
    summary="The line y = x with a wave on it: it rises with a slope that goes from 0 to 2 and back.",
    strength="Learns periodic patterns, and continues them where there were no data; used for audio.",
    weakness="Flat at one place in each period; its period, set by a, must be near that of the data.",
    formula=r"x + \frac{\sin(a\,x)^{2}}{a}",
    derivative_formula=r"1 + \sin(2\,a\,x)",
    function=snake,
    derivative=snake_derivative,
    parameters=(
        Parameter(
            "a",
            1.0,
            symbol="a",
            meaning="frequency of the wave: its period is π / a; may be learned",
            domain=Interval("(0, 1e5]"),
            usual=(0.2, 5.0),
            aliases=("alpha", "frequency"),
        ),
    ),
    range=REALS,
    accuracy=lambda a: (
        Bound("f' is within 2⁻⁵², because it touches 0 once in each period", lambda x: 2.0**-52, slope=True),
        *_far_out(2.0 * a, 1.0, slope=True),
    ),
    window=lambda a: (float(f"{-10 / a:.1g}"), float(f"{10 / a:.1g}")),
    samples={-1.0: -0.29192658172642883, 0.0: 0.0, 2.0: 2.826821810431806},
    reference=Reference(
        "Ziyin, Hartwig, Ueda",
        2020,
        "Neural networks fail to learn periodic functions and how to fix it",
        "2006.08195",
    ),
    frameworks={
        "PyTorch": Spelling(
            "x + torch.sin({a} * x) ** 2 / {a}", note="SnakeBeta of audio models divides by another parameter, β"
        ),
        "Keras": Spelling("x + keras.ops.sin({a} * x) ** 2 / {a}"),
        "JAX": Spelling("x + jax.numpy.sin({a} * x) ** 2 / {a}"),
    },
    relatives=(
        Relative("linear", "at most 1 above the line", within=1.0),
        Relative("sine:2", "its derivative is 1 + sin(2x)", slope=True, offset=1.0),
    ),
)


def sinc(x: Array) -> Array:
    finite = np.where((x == 0) | np.isinf(x), 1.0, x)
    return np.where(x == 0, 1.0, np.where(np.isinf(x), 0.0, np.sin(finite) / finite))


def sinc_derivative(x: Array) -> Array:
    # x cos x and sin x cancel near 0, where (sin x - x cos x)/x³ is a series
    near = np.clip(x, -1.5, 1.5)
    far = np.where((np.abs(x) < 1.5) | np.isinf(x), 1.5, x)
    slope = (np.cos(far) - np.sin(far) / far) / far
    return np.where(np.isinf(x), 0.0, np.where(np.abs(x) < 1.5, 0.0 - near * cubic(-near * near), slope))


SINC = Definition(
    name="sinc",
    title="Sinc",
    aliases=("cardinal_sine",),
    summary="A wave that dies away on both sides of its top, 1 at 0: sin(x) / x.",
    strength="Bounded, smooth and band-limited: it contains no angular frequency above 1.",
    weakness="Neither monotonic nor one-to-one, and gradients change sign over and over.",
    formula=Cases((r"\frac{\sin(x)}{x}", r"x \neq 0"), (r"1", r"x = 0")),
    derivative_formula=Cases((r"\frac{x\,\cos(x) - \sin(x)}{x^{2}}", r"x \neq 0"), (r"0", r"x = 0")),
    function=sinc,
    derivative=sinc_derivative,
    range=Interval("[-0.21723362821122166, 1]"),
    monotonic=False,
    accuracy=(
        Bound(
            "f' is within 2⁻⁵², and within 2⁻⁵² / |x| for |x| > 1, because it is 0 over and over",
            lambda x: 2.0**-52 / max(1.0, abs(x)),
            slope=True,
        ),
    ),
    window=(-20.0, 20.0),
    samples={-1.0: 0.8414709848078965, 0.0: 1.0, 2.0: 0.45464871341284085},
    frameworks={
        "PyTorch": Spelling("torch.sinc(x / torch.pi)", note="torch.sinc is sin(πx) / (πx)"),
        "Keras": Spelling(
            "keras.ops.where(x == 0, 1.0, keras.ops.sin(x) / keras.ops.where(x == 0, 1.0, x))",
            note="with a single where the gradient at 0 is NaN",
        ),
        "JAX": Spelling("jax.numpy.sinc(x / jax.numpy.pi)", note="jax.numpy.sinc is sin(πx) / (πx)"),
    },
    relatives=(
        Relative(
            "gaussian", "close to it at the top: e^(−x² / 6)", scale=1 / math.sqrt(6), within=0.005011, on=(-1, 1)
        ),
    ),
)
