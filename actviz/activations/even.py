"""Even functions: the same for x and -x, a bell or a bowl."""

import numpy as np

from actviz.model import Definition, Interval, Reference, Relative, Spelling
from actviz.numerics import Array, rounding_error, scaled_exp, sech_squared


def _gaussian(a: Array | float, x: Array) -> Array:
    """Return a·exp(-x²), with the rounding error of x² put back: exp would make it a relative error."""
    return scaled_exp(a * (1.0 - rounding_error(x, x)), -np.square(x))


def gaussian(x: Array) -> Array:
    return _gaussian(1.0, np.clip(x, -60.0, 60.0))


def gaussian_derivative(x: Array) -> Array:
    near = np.clip(x, -60.0, 60.0)
    return 0.0 - _gaussian(2.0 * near, near)


GAUSSIAN = Definition(
    name="gaussian",
    title="Gaussian",
    aliases=("rbf", "radbas"),
    summary="A bell: 1 at 0 and next to nothing a few steps away, as in radial basis networks.",
    strength="Responds only to inputs near 0; smooth, bounded, and good for coordinates as inputs.",
    weakness="Saturates on both sides, and can't tell x from -x.",
    formula=r"e^{-x^{2}}",
    derivative_formula=r"-2\,x\,e^{-x^{2}}",
    function=gaussian,
    derivative=gaussian_derivative,
    range=Interval("(0, 1]"),
    monotonic=False,
    window=(-4.0, 4.0),
    samples={-1.0: 0.36787944117144233, 0.0: 1.0, 2.0: 0.01831563888873418},
    reference=Reference(
        "Ramasinghe, Lucey",
        2021,
        "Beyond periodicity: Towards a unifying framework for activations in coordinate-MLPs",
        "2111.15135",
    ),
    frameworks={
        "PyTorch": Spelling("torch.exp(-x * x)"),
        "Keras": Spelling("keras.ops.exp(-x * x)"),
        "JAX": Spelling("jax.numpy.exp(-x * x)"),
    },
    relatives=(Relative("sinc", "sinc(√6 x) has the same top", scale=6**0.5, within=0.01071, on=(-0.5, 0.5)),),
)


def lisht_derivative(x: Array) -> Array:
    x = np.clip(x, -1500.0, 1500.0)
    return np.tanh(x) + x * sech_squared(x)


LISHT = Definition(
    name="lisht",
    title="LiSHT",
    summary="The input times its tanh: a parabola near 0 and |x| far out, never negative.",
    strength="Never saturates: negative inputs are worth as much as positive ones.",
    weakness="Can't tell x from -x, is unbounded, and flat at 0.",
    formula=r"x\,\tanh(x)",
    derivative_formula=r"\tanh(x) + x\,(1 - \tanh(x)^{2})",
    function=lambda x: x * np.tanh(x),
    derivative=lisht_derivative,
    range=Interval("[0, inf)"),
    monotonic=False,
    window=(-4.0, 4.0),
    samples={-2.0: 1.9280551601516338, 0.0: 0.0, 1.0: 0.7615941559557649},
    reference=Reference(
        "Roy, Manna, Dubey, Chaudhuri",
        2019,
        "LiSHT: Non-parametric linearly scaled hyperbolic tangent activation function for neural networks",
        "1901.05894",
    ),
    frameworks={
        "PyTorch": Spelling("x * torch.tanh(x)"),
        "Keras": Spelling("x * keras.ops.tanh(x)"),
        "JAX": Spelling("x * jax.numpy.tanh(x)"),
        "NNlib": Spelling("NNlib.lisht(x)", names=("NNlib.lisht",)),
    },
    relatives=(
        Relative("logcosh", "at most ln 2 above log-cosh, which is as flat at 0", within=0.69315),
        Relative("maxout:weights=-1/1,biases=0/0", "at most 0.28 below |x|", within=0.2785),
    ),
)

# ln 2 and its rounding error
_LN_2, _LN_2_LOST = 0.6931471805599453, 2.3190468138462996e-17


def logcosh(x: Array) -> Array:
    # ln cosh x = ln(1 + 2 sinh²(x/2)); beyond 1, a form that doesn't overflow: |x| + ln(1 + exp(-2|x|)) - ln 2
    size = np.abs(x)
    near = np.log1p(2.0 * np.square(np.sinh(np.minimum(size, 1.0) / 2)))
    return np.where(size < 1, near, (size - _LN_2) + (np.log1p(np.exp(-2.0 * size)) - _LN_2_LOST))


LOGCOSH = Definition(
    name="logcosh",
    title="Log-cosh",
    summary="The logarithm of the hyperbolic cosine: a parabola near 0, and |x| - ln 2 far out.",
    strength="A smooth |x|: as a loss it is less sensitive to outliers than the square.",
    weakness="Can't tell x from -x, is unbounded, and flat at 0.",
    formula=r"\ln(\cosh(x))",
    derivative_formula=r"\tanh(x)",
    function=logcosh,
    derivative=np.tanh,
    range=Interval("[0, inf)"),
    monotonic=False,
    window=(-4.0, 4.0),
    samples={-2.0: 1.3250027473578645, 0.0: 0.0, 1.0: 0.4337808304830272},
    frameworks={
        "PyTorch": Spelling("torch.abs(x) + torch.nn.functional.softplus(-2 * torch.abs(x)) - 0.6931471805599453"),
        "Keras": Spelling(
            "keras.ops.abs(x) + keras.activations.softplus(-2 * keras.ops.abs(x)) - 0.6931471805599453",
            note="with keras.ops.logaddexp(x, -x) the gradient at 0 is 1 on TensorFlow",
        ),
        "JAX": Spelling("jax.numpy.logaddexp(x, -x) - 0.6931471805599453"),
        "NNlib": Spelling("NNlib.logcosh(x)", names=("NNlib.logcosh",)),
    },
    relatives=(
        Relative("tanh", "its derivative is tanh", slope=True),
        Relative("maxout:weights=-1/1,biases=0/0", "at most ln 2 below |x|", within=0.69315),
    ),
)
