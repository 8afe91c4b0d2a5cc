"""The input times a gate made of straight lines: parabolas between 0 and the line y = x."""

import numpy as np

from actviz.formula import Cases
from actviz.model import Definition, Interval, Kink, Reference, Relative, Spelling
from actviz.numerics import Array


def hardswish(x: Array) -> Array:
    near = np.clip(x, -3.0, 3.0)
    return np.where(x >= 3, x, near * (near + 3.0) / 6.0 + 0.0)


def hardswish_derivative(x: Array) -> Array:
    near = np.clip(x, -3.0, 3.0)
    return np.where(x >= 3, 1.0, np.where(x <= -3, 0.0, (2.0 * near + 3.0) / 6.0))


HARDSWISH = Definition(
    name="hardswish",
    title="Hardswish",
    aliases=("hard_swish", "h_swish", "hard_silu"),
    summary="Swish with the hard sigmoid as its gate: 0 up to −3, x from 3 on, a parabola between (MobileNetV3).",
    strength="Nearly Swish, without an exponential: made for phones and for small number formats.",
    weakness="No gradient below −3, and its slope jumps at both ends of the parabola.",
    formula=r"\frac{x\,\min(\max(x + 3, 0), 6)}{6}",
    derivative_formula=Cases((r"1", r"x \geq 3"), (r"\frac{2\,x + 3}{6}", r"-3 < x < 3"), (r"0", r"x \leq -3")),
    function=hardswish,
    derivative=hardswish_derivative,
    range=Interval("[-0.375, inf)"),
    monotonic=False,
    kinks=(
        Kink(-3.0, 0.0, -0.5, 0.0, {"PyTorch 2.15": 0.0, "JAX 0.10": 0.0, "Keras 3.15": 0.0, "timm 1.0.31": 0.0}),
        Kink(3.0, 1.5, 1.0, 1.0, {"PyTorch 2.15": 1.0, "JAX 0.10": 1.0, "Keras 3.15": 1.0, "timm 1.0.31": 1.0}),
    ),
    window=(-6.0, 6.0),
    samples={-2.0: -0.3333333333333333, -1.5: -0.375, 1.0: 0.6666666666666666, 4.0: 4.0},
    reference=Reference(
        "Howard, Sandler, Chu, Chen, Chen, Tan, Wang, Zhu, Pang, Vasudevan, Le, Adam",
        2019,
        "Searching for MobileNetV3",
        "1905.02244",
    ),
    frameworks={
        "PyTorch": Spelling(
            "torch.nn.functional.hardswish(x)", names=("torch.nn.Hardswish", "torch.nn.functional.hardswish")
        ),
        "Keras": Spelling(
            "keras.activations.hard_silu(x)",
            names=(
                "keras.activations.hard_silu",
                "keras.activations.hard_swish",
                "keras.ops.hard_silu",
                "keras.ops.hard_swish",
            ),
        ),
        "JAX": Spelling(
            "jax.nn.hard_silu(x)",
            names=(
                "jax.nn.hard_silu",
                "jax.nn.hard_swish",
                "flax.linen.hard_silu",
                "flax.linen.hard_swish",
                "flax.nnx.hard_silu",
                "flax.nnx.hard_swish",
            ),
        ),
        "Hugging Face": Spelling('transformers.activations.ACT2FN["hardswish"](x)'),
        "ONNX": Spelling("HardSwish(x)", names=("onnx.HardSwish",)),
        "NNlib": Spelling(
            "NNlib.hardswish(x)", note="its slopes at −3 and 3 are −0.5 and 1.5", names=("NNlib.hardswish",)
        ),
    },
    relatives=(
        Relative("swish", "at most 0.15 away from Swish, at −3 and 3", within=0.1423),
        Relative("relu", "ReLU outside (−3, 3): for x ≥ 3", on=(3.0, 30.0)),
    ),
)


def hard_mish(x: Array) -> Array:
    near = np.clip(x, -2.0, 0.0)
    return np.where(x >= 0, x, 0.5 * near * (near + 2.0) + 0.0)


def hard_mish_derivative(x: Array) -> Array:
    return np.where(x >= 0, 1.0, np.where(x <= -2, 0.0, np.clip(x, -2.0, 0.0) + 1.0))


HARD_MISH = Definition(
    name="hard_mish",
    title="Hard Mish",
    aliases=("h_mish",),
    summary="Mish with a gate made of lines: 0 up to −2, x from 0 on, and a parabola between.",
    strength="No exponential, and exactly the identity for positive inputs.",
    weakness="No gradient below −2, where the slope jumps from 0 to −1.",
    formula=r"\frac{x}{2}\,\min(\max(x + 2, 0), 2)",
    derivative_formula=Cases((r"1", r"x \geq 0"), (r"x + 1", r"-2 < x < 0"), (r"0", r"x \leq -2")),
    function=hard_mish,
    derivative=hard_mish_derivative,
    range=Interval("[-0.5, inf)"),
    monotonic=False,
    kinks=(
        Kink(
            -2.0,
            0.0,
            -1.0,
            0.0,
            {
                "PyTorch 2.15": 0.0,
                "PyTorch 2.13": -1.0,
                "JAX 0.10": -0.5,
                "Keras 3.15 on JAX": -0.5,
                "Keras 3.15 on TensorFlow": -1.0,
                "timm 1.0.31, hard_mish_me": -1.0,
            },
        ),
    ),
    window=(-5.0, 5.0),
    samples={-1.5: -0.375, -1.0: -0.5, 0.0: 0.0, 2.0: 2.0},
    frameworks={
        "PyTorch": Spelling("0.5 * x * torch.clamp(x + 2, 0, 2)", note="timm has it as hard_mish"),
        "Keras": Spelling("0.5 * x * keras.ops.clip(x + 2, 0, 2)"),
        "JAX": Spelling("0.5 * x * jax.numpy.clip(x + 2, 0, 2)"),
    },
    relatives=(
        Relative("mish", "at most 0.26 away from Mish, at −2", within=0.25251),
        Relative("relu", "ReLU for x ≥ 0, and at most 1/2 below", within=0.5),
    ),
)
