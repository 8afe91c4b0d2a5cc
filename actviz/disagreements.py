"""Where frameworks disagree: what has the same name and isn't the same, with the versions in which that was seen.

What a definition holds (the defaults of its names, what is returned at its kinks) is read from there. Everything else
is written down here, and only here.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from actviz.errors import UnknownActivationError, nearest
from actviz.model import VERSIONS, Activation, Definition, Kink, readable
from actviz.registry import REGISTRY, VECTOR_VALUED, find, get, normalize

WHEN = "in November 2026, with CPU builds on x86-64 Linux"
"""When and where the answers that the tests don't ask again were measured."""

_SOURCES = {
    "actviz": "actviz",
    "tested": f"measured {WHEN}; asked again by the tests",
    "measured": f"measured {WHEN}",
    "read": "read in its source or manual in November 2026",
}
_TESTED = ("PyTorch 2.1", "JAX", "Flax", "Keras 3")
_READ = ("NNlib", "MATLAB", "Wolfram", "MLX of", "PyTorch 2.6", "models of")


@dataclass(frozen=True)
class Place:
    """Where an answer was found.

    Parameters
    ----------
    version
        The framework with its version: "Keras 3.15 on JAX".
    function
        Which of its functions, where the name of the row doesn't say it.
    """

    version: str
    function: str = ""

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read "JAX 0.10", "jax.nn.hard_tanh (JAX 0.10)" or "timm 1.0.31, hard_mish_me"."""
        if found := re.fullmatch(r"(.+) \((.+)\)", text):
            return cls(found[2], found[1])
        version, _, function = text.partition(", ")
        return cls(version, function)

    @property
    def source(self) -> str:
        """How it is known: "actviz" itself, "tested" each time, "measured" once, or "read" in source or manual."""
        if self.version == "actviz":
            return "actviz"
        if self.version.startswith(_READ):
            return "read"
        tested = self.version.startswith(_TESTED) and "TensorFlow" not in self.version
        return "tested" if tested else "measured"

    def __str__(self) -> str:
        version = self.version + {"measured": "*", "read": " (read)"}.get(self.source, "")
        return f"{self.function} in {version}" if self.function else version


@dataclass(frozen=True)
class Answer:
    """One answer in words, the places that give it, and its value if it is a number."""

    says: str
    places: tuple[Place, ...]
    value: float | None = None


@dataclass(frozen=True)
class Disagreement:
    """One thing on which frameworks disagree with each other, or all of them with the right limit or digits.

    Parameters
    ----------
    topic
        What kind of thing it is, one of `TOPICS`.
    names
        The activations, or functions of a vector, that it is about.
    what
        What is asked.
    answers
        The different answers.
    specs
        The functions that the name stands for, where these differ.
    spec, x, slope
        If a number is asked for: of which activation, where, and whether it is f'(x) instead of f(x).
    """

    topic: str
    names: tuple[str, ...]
    what: str
    answers: tuple[Answer, ...]
    specs: tuple[str, ...] = ()
    spec: str = ""
    x: float = math.nan
    slope: bool = False


DEFAULTS, KINKS, BOUNDARIES, LIMITS, DIGITS, VECTORS, NAMES = TOPICS = (
    "Defaults",
    "Slopes at kinks",
    "At boundaries and jumps",
    "At infinity and NaN",
    "Digits that get lost",
    "Vectors and their halves",
    "One name, two functions",
)
"""The kinds, in the order of the table."""

_OTHER_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "elu": {"alpha=0.25": "MXNet 1.9"},
    "gelu": {
        "": "Transformers 5.24; Paddle 3.3; MXNet 1.9; MLX 0.32; Wolfram",
        "tanh": "TensorFlow Addons 0.23; NNlib of June 2026",
    },
    "hard_sigmoid": {
        "slope=1/6": "timm 1.0.31; Paddle 3.3",
        "slope=0.2": "tf.keras.activations.hard_sigmoid (TensorFlow 2.15); MXNet 1.9",
        "slope=1/2": "Wolfram",
    },
    "leaky_relu": {
        "negative_slope=0.01": "Transformers 5.24; Paddle 3.3",
        "negative_slope=0.25": "MXNet 1.9",
    },
    "prelu": {"": "timm 1.0.31; Paddle 3.3; MXNet 1.9; MLX 0.32"},
    "rrelu": {"": "TensorFlow Addons 0.23; Paddle 3.3", "upper=0.334": "MXNet 1.9"},
    "scaled_tanh": {"b=0.67": "paddle.stanh (Paddle 3.3)"},
    "star_relu": {"1,0": "StarReLU (timm 1.0.31)"},
    "xielu": {"0.8004,0.80087": "Transformers 5.24"},
}
"""Defaults of frameworks whose names aren't in the definitions, by the parameters of a specification."""

_APPROXIMATE = {"gelu": {"tanh": "gelu_tanh"}}
"""The activation that a default stands for, where it is another one."""

_SAYS = {
    ("gelu", ""): "exact",
    ("gelu", "tanh"): "the tanh form",
    ("rrelu", ""): "upper = 1/3",
    ("scaled_tanh", ""): "b = 2/3",
    ("star_relu", ""): "scale = 2/√5, bias = −1/√5",
    ("star_relu", "1,0"): "scale = 1, bias = 0",
    ("xielu", ""): "α_p = α_n = 0.8",
    ("xielu", "0.8004,0.80087"): "0.8004 and 0.80087 (bfloat16)",
}
"""Defaults in words, where the parameters don't say enough."""


def _inside(kink: Kink) -> float:
    """The slope on the side towards 0."""
    return kink.right if kink.x < 0 else kink.left


_OTHER_SLOPES: Mapping[str, Callable[[Kink], Mapping[str, float]]] = {
    "leaky_relu": lambda kink: {
        "TensorFlow 2.21": kink.left,
        "MXNet 1.9": kink.left,
        "NNlib of June 2026": kink.left,
        "Paddle 3.3": kink.right,
        "MLX 0.32": kink.right,
    },
    "prelu": lambda kink: {"Paddle 3.3": kink.left},
    "rrelu": lambda kink: {"TensorFlow Addons 0.23": kink.right, "Paddle 3.3": kink.right},
    "elu": lambda kink: {
        "Paddle 3.3": kink.left,
        "MXNet 1.9": kink.left,
        "MLX 0.32": kink.left,
        "NNlib of June 2026": kink.right,
    },
    "selu": lambda kink: {
        "Paddle 3.3": kink.left,
        "MXNet 1.9": kink.left,
        "MLX 0.32": kink.left,
        "NNlib of June 2026": kink.left,
        "TensorFlow 2.21": kink.right,
    },
    "hardtanh": lambda kink: {
        "keras.activations.hard_tanh (Keras 3.15 on PyTorch)": 0.0,
        "Paddle 3.3": 0.0,
        "MLX 0.32": 0.0,
        "NNlib of June 2026": 0.0,
        "jax.nn.hard_tanh (JAX 0.10)": 1.0,
        "keras.activations.hard_tanh (Keras 3.15 on JAX)": 1.0,
        "keras.activations.hard_tanh (Keras 3.15 on TensorFlow)": 1.0,
    },
    "hard_sigmoid": lambda kink: {
        "MXNet 1.9": 0.0,
        "tf.keras.activations.hard_sigmoid (TensorFlow 2.15)": _inside(kink),
    },
    "hardswish": lambda kink: {
        "Paddle 3.3": kink.convention,
        "hard_swish_me (timm 1.0.31)": _inside(kink),
        "NNlib of June 2026": _inside(kink),
        "PyTorch 2.6": _inside(kink),
    },
    "hardshrink": lambda kink: {"Paddle 3.3": 1.0},
}
"""What frameworks return at kinks, where their answers aren't in the definitions."""

_KINKS_OF = {"elu": "elu:2"}
"""Specifications with a kink, for activations that have none with their default parameters."""

_EVERYWHERE = ("PyTorch 2.15", "JAX 0.10", "Keras 3.15 on PyTorch and JAX")
_NAN_EVERYWHERE = dict.fromkeys((*_EVERYWHERE, "TensorFlow 2.21"), math.nan)


@dataclass(frozen=True)
class _Number:
    """What frameworks return for f(x), or for f'(x)."""

    topic: str
    spec: str
    x: float
    answers: Mapping[str, float]
    slope: bool = False


_NUMBERS = (
    _Number(
        KINKS,
        "hard_sigmoid:1/6",
        3.0,
        {
            "torch.nn.functional.hardsigmoid (PyTorch 2.15)": 0.0,
            "jax.nn.hard_sigmoid (JAX 0.10)": 0.0,
            "keras.activations.hard_sigmoid (Keras 3.15)": 0.0,
            "hard_sigmoid_me (timm 1.0.31)": 1 / 6,
        },
        slope=True,
    ),
    _Number(KINKS, "celu", 0.0, {**dict.fromkeys(_EVERYWHERE, 1.0), "Keras 3.15 on TensorFlow": 2.0}, slope=True),
    _Number(KINKS, "xielu", 0.0, {**dict.fromkeys(_EVERYWHERE, 0.5), "Transformers 5.24": -0.3009}, slope=True),
    _Number(
        BOUNDARIES,
        "hardshrink",
        0.5,
        {
            **dict.fromkeys(_EVERYWHERE, 0.0),
            "TensorFlow Addons 0.23": 0.0,
            "ONNX 1.23": 0.0,
            "MLX 0.32": 0.0,
            "Paddle 3.3": 0.5,
        },
    ),
    _Number(BOUNDARIES, "sign", 0.0, {**dict.fromkeys(_EVERYWHERE, 0.0), "hardlims (MATLAB)": 1.0}),
    *(_Number(LIMITS, spec, -math.inf, _NAN_EVERYWHERE) for spec in ("gelu", "gelu_tanh", "quick_gelu", "swish")),
    _Number(
        LIMITS,
        "mish",
        -math.inf,
        {**_NAN_EVERYWHERE, "Transformers 5.24": math.nan, "Paddle 3.3": math.nan, "ONNX 1.23": math.nan},
    ),
    _Number(LIMITS, "hardswish", -math.inf, _NAN_EVERYWHERE),
    *(
        _Number(
            LIMITS,
            "softsign",
            x,
            {**_NAN_EVERYWHERE, **dict.fromkeys(("Paddle 3.3", "MXNet 1.9", "ONNX 1.23", "MLX 0.32"), math.nan)},
        )
        for x in (-math.inf, math.inf)
    ),
    _Number(
        LIMITS,
        "softsign",
        math.inf,
        {"PyTorch 2.15": math.nan, "JAX 0.10": math.nan, "TensorFlow 2.21": 0.0, "Paddle 3.3": 0.0, "MXNet 1.9": 0.0},
        slope=True,
    ),
    _Number(LIMITS, "log_sigmoid", -math.inf, {**dict.fromkeys(_EVERYWHERE, -math.inf), "Paddle 3.3": math.nan}),
    _Number(LIMITS, "softshrink", math.inf, {"PyTorch 2.15": math.inf, "JAX 0.10": math.inf, "Paddle 3.3": math.nan}),
    _Number(LIMITS, "serf", math.inf, {**dict.fromkeys(_EVERYWHERE, math.inf), "Keras 3.15 on TensorFlow": math.nan}),
    _Number(LIMITS, "selu", -math.inf, {"Paddle 3.3": -2.9e-8, "MXNet 1.9": -0.0891}, slope=True),
    _Number(
        LIMITS,
        "relu",
        math.nan,
        {**_NAN_EVERYWHERE, "MXNet 1.9": math.nan, "ONNX 1.23": math.nan, "MLX 0.32": math.nan, "Paddle 3.3": 0.0},
    ),
    _Number(LIMITS, "relu", math.nan, {"PyTorch 2.15": 1.0, "JAX 0.10": 0.0, "Paddle 3.3": 0.0}, slope=True),
    _Number(LIMITS, "elu", math.nan, {"PyTorch 2.15": 1.0, "JAX 0.10": math.nan}, slope=True),
    _Number(
        LIMITS,
        "softshrink",
        math.nan,
        {
            "PyTorch 2.15": math.nan,
            **dict.fromkeys(("Keras 3.15 on JAX", "Keras 3.15 on TensorFlow", "TensorFlow Addons 0.23"), 0.0),
            **dict.fromkeys(("ONNX 1.23", "MLX 0.32"), 0.0),
        },
    ),
    _Number(
        LIMITS,
        "hardshrink",
        math.nan,
        {
            "PyTorch 2.15": math.nan,
            **dict.fromkeys(("Keras 3.15 on JAX", "Keras 3.15 on TensorFlow", "ONNX 1.23", "MLX 0.32"), 0.0),
        },
    ),
    _Number(
        LIMITS,
        "thresholded_relu",
        math.nan,
        {
            "PyTorch 2.15": math.nan,
            **dict.fromkeys(("Keras 3.15 on JAX", "Keras 3.15 on TensorFlow", "ONNX 1.23"), 0.0),
        },
    ),
    _Number(
        LIMITS,
        "sign",
        math.nan,
        {"PyTorch 2.15": 0.0, **dict.fromkeys(("JAX 0.10", "TensorFlow 2.21", "Paddle 3.3"), math.nan)},
    ),
    _Number(LIMITS, "heaviside", math.nan, {"PyTorch 2.15": 0.0, "JAX 0.10": math.nan}),
    _Number(
        DIGITS,
        "gelu",
        -9.0,
        {"PyTorch 2.15": 0.0, **dict.fromkeys(("JAX 0.10", "TensorFlow 2.21"), -1.0157292e-18)},
    ),
    _Number(
        DIGITS,
        "gelu_tanh",
        -7.5,
        dict.fromkeys(("PyTorch 2.15", "JAX 0.10", "TensorFlow 2.21"), 0.0),
    ),
    _Number(
        DIGITS,
        "elu",
        -40.0,
        {"PyTorch 2.15": 4.2483543e-18, **dict.fromkeys(("JAX 0.10", "TensorFlow 2.21"), 0.0)},
        slope=True,
    ),
    _Number(
        DIGITS,
        "celu:2",
        -1000.0,
        {
            **dict.fromkeys(("PyTorch 2.15", "Keras 3.15 on TensorFlow", "Paddle 3.3"), 7.1245764e-218),
            **dict.fromkeys(("JAX 0.10", "Keras 3.15 on JAX"), 0.0),
        },
        slope=True,
    ),
    _Number(DIGITS, "celu", 1000.0, {"PyTorch 2.15": 1.0, "JAX 0.10": 1.0, "Paddle 3.3": math.nan}, slope=True),
    _Number(
        DIGITS,
        "selu",
        -1.0,
        {**dict.fromkeys(_EVERYWHERE, 0.64676886), "TensorFlow 2.21": 0.64676886, "MXNet 1.9": 0.590423},
        slope=True,
    ),
    _Number(
        DIGITS,
        "swish",
        -1000.0,
        {
            "PyTorch 2.15": 0.0,
            "JAX 0.10": 0.0,
            "paddle.nn.functional.swish (Paddle 3.3)": 0.0,
            "paddle.nn.functional.silu (Paddle 3.3)": math.nan,
        },
        slope=True,
    ),
    _Number(DIGITS, "squareplus", -1e9, {"JAX 0.10": 0.0}),
    _Number(DIGITS, "sqrt_softplus", -1000.0, dict.fromkeys(_EVERYWHERE, math.nan), slope=True),
    *(
        _Number(
            DIGITS,
            spec,
            x,
            {**dict.fromkeys(("PyTorch 2.15", "JAX 0.10", "TensorFlow 2.21"), value), "Paddle 3.3": 0.0},
        )
        for spec, x, value in (("softplus", -100.0, 3.7200760e-44), ("log_sigmoid", 100.0, -3.7200760e-44))
    ),
)
"""Numbers that stand in no definition; that of actviz is added to each."""


def _said(topic: str, names: str, what: str, **answers: str) -> Disagreement:
    """Make a row of answers in words, each with the places that give it, separated by semicolons."""
    return Disagreement(
        topic, tuple(names.split()), what, tuple(Answer(says, _places(where)) for says, where in answers.items())
    )


def _places(texts: str | Iterable[str]) -> tuple[Place, ...]:
    words = texts.split("; ") if isinstance(texts, str) else texts
    return tuple(map(Place.parse, words))


_WORDS = (
    _said(
        DEFAULTS,
        "thresholded_relu",
        "threshold",
        **{
            "has no default": "PyTorch 2.15; Keras 3.15",
            "1": "actviz; Paddle 3.3; ONNX 1.23; NNlib of June 2026",
        },
    ),
    _said(
        DEFAULTS,
        "hardtanh",
        "limits",
        **{
            "can be set": "actviz; PyTorch 2.15; Paddle 3.3; MLX 0.32",
            "fixed at −1 and 1": "jax.nn.hard_tanh (JAX 0.10); keras.activations.hard_tanh (Keras 3.15); "
            "NNlib of June 2026; Wolfram",
        },
    ),
    _said(
        DEFAULTS,
        "swish",
        "β",
        **{
            "can be set": "actviz; TensorFlow 2.21; ONNX 1.23; MXNet 1.9",
            "fixed at 1": "PyTorch 2.15; JAX 0.10; Keras 3.15; Paddle 3.3",
        },
    ),
    _said(
        DEFAULTS,
        "softplus",
        "β",
        **{
            "can be set": "actviz; PyTorch 2.15; Paddle 3.3",
            "fixed at 1": "JAX 0.10; Keras 3.15; TensorFlow 2.21; ONNX 1.23; MXNet 1.9",
        },
    ),
    _said(
        DEFAULTS,
        "selu",
        "λ",
        **{
            "1.0507009873554805": "actviz; PyTorch 2.15; JAX 0.10; Keras 3.15; TensorFlow 2.21; MXNet 1.9; "
            "NNlib of June 2026",
            "1.05070102214813": "ONNX 1.23",
            "1.0507": "MLX 0.32; Wolfram",
        },
    ),
    _said(
        KINKS,
        "relu",
        "f'(0) of max(x, 0)",
        **{
            "1/2": "torch.maximum (PyTorch 2.15); jax.numpy.maximum (JAX 0.10); Paddle 3.3",
            "1, or 0 in other order": "tf.maximum (TensorFlow 2.21)",
        },
    ),
    _said(
        KINKS,
        "relu6 hardtanh",
        "f' at the ends of a clip",
        **{
            "0": "torch.clamp (PyTorch 2.15)",
            "1": "torch.clamp (PyTorch 2.13); tf.clip_by_value (TensorFlow 2.21); Paddle 3.3; MXNet 1.9",
            "1/2": "jax.numpy.clip (JAX 0.10)",
        },
    ),
    _said(
        BOUNDARIES,
        "heaviside",
        "f(0)",
        **{
            "must be given": "PyTorch 2.15; JAX 0.10; Keras 3.15",
            "1/2": "actviz",
            "1": "step (MLX 0.32); hardlim (MATLAB)",
            "0": "step (MLX of 2023)",
        },
    ),
    _said(
        BOUNDARIES,
        "heaviside",
        "f'(x)",
        **{
            "0": "actviz; JAX 0.10; Keras 3.15 on JAX",
            "raises an error": "PyTorch 2.15",
            "None": "Keras 3.15 on TensorFlow",
        },
    ),
    _said(
        BOUNDARIES,
        "generalized_relu",
        "f(x) for x ≤ threshold",
        **{
            "a (x - threshold)": "actviz; keras.activations.relu (Keras 3.15)",
            "a constant": "torch.nn.functional.threshold (PyTorch 2.15); keras.activations.threshold (Keras 3.15)",
        },
    ),
    _said(
        DIGITS,
        "softplus",
        "f(x) for x > 20",
        **{
            "exactly x": "PyTorch 2.15; Keras 3.15 on PyTorch; Paddle 3.3; MXNet 1.9",
            "ln(1 + e^x)": "actviz; JAX 0.10; Keras 3.15 on JAX; TensorFlow 2.21; ONNX 1.23; MLX 0.32",
        },
    ),
    _said(
        DIGITS,
        "tanh sine arctan",
        "computed from float64 in",
        **{"float32": "keras.ops (Keras 3.15 on JAX)", "float64": "actviz; PyTorch 2.15; JAX 0.10"},
    ),
    _said(
        VECTORS,
        "softmax",
        "axis by default",
        **{
            "the last": "JAX 0.10; Keras 3.15; TensorFlow 2.21; Paddle 3.3; MXNet 1.9; MLX 0.32; "
            "opset 13 or later (ONNX 1.23)",
            "0 of 0, 1 or 3; else 1": "PyTorch 2.15",
            "1": "opset 12 or earlier (ONNX 1.23)",
            "the first": "NNlib of June 2026",
        },
    ),
    _said(
        VECTORS,
        "glu",
        "which half is the gate",
        **{
            "the second": "PyTorch 2.15; JAX 0.10; Flax 0.12; Keras 3.15; Paddle 3.3; MLX 0.32; NNlib of June 2026",
        },
    ),
    _said(
        VECTORS,
        "swiglu",
        "which half is the gate",
        **{
            "the second": "GluMlp (timm 1.0.31)",
            "the first": "SwiGLUPacked (timm 1.0.31); paddle.incubate.nn.functional.swiglu (Paddle 3.3); "
            "Phi-3, GLM, ModernBERT (models of Transformers 5.24)",
            "every other one": "gpt-oss (models of Transformers 5.24)",
        },
    ),
    _said(
        VECTORS,
        "glu",
        "axis by default",
        **{
            "the last": "PyTorch 2.15; JAX 0.10; Keras 3.15; Paddle 3.3; MLX 0.32",
            "the first": "NNlib of June 2026",
        },
    ),
    _said(
        VECTORS,
        "glu",
        "an odd number of values",
        **{"RuntimeError": "PyTorch 2.15", "AssertionError": "JAX 0.10"},
    ),
    _said(
        VECTORS,
        "sparsemax",
        "of −1, 0.5, −3, 0",
        **{
            "0, 0.75, 0, 0.25": "TensorFlow Addons 0.23",
            "0, 0.5, 0, 0 (a bug)": "Keras 3.15",
        },
    ),
    _said(
        VECTORS,
        "maxout",
        "groups of 1, 2, 3, 4",
        **{
            "1 and 2, 3 and 4": "paddle.nn.functional.maxout (Paddle 3.3)",
            "1 and 3, 2 and 4": "Maxout (TensorFlow Addons 0.23)",
        },
    ),
    _said(
        VECTORS,
        "crelu",
        "exists",
        **{"yes": "tf.nn.crelu (TensorFlow 2.21)", "no": "PyTorch 2.15; JAX 0.10; Keras 3.15"},
    ),
    _said(
        NAMES,
        "gelu_tanh quick_gelu",
        "gelu_fast…",
        **{
            "gelu_tanh": "gelu_fast (Transformers 5.24)",
            "quick_gelu": "gelu_fast_approx (MLX 0.32)",
        },
    ),
    _said(
        NAMES,
        "gelu_tanh",
        "gelu_approx",
        **{"gelu_tanh": "MLX 0.32", "x σ(1.6 x (1 + 0.0434 x²))": "MLX of 2023"},
    ),
    _said(
        NAMES,
        "sinc",
        "sinc(x)",
        **{
            "sin(x) / x": "actviz",
            "sin(πx) / (πx)": "torch.sinc (PyTorch 2.15); jax.numpy.sinc (JAX 0.10)",
        },
    ),
    _said(
        NAMES,
        "snake",
        "divides by",
        **{
            "its frequency": "actviz; TensorFlow Addons 0.23",
            "another parameter": "SnakeBeta (models of Transformers 5.24)",
        },
    ),
)
"""What isn't a number, or belongs to a function that isn't in the registry."""


def _grouped(answers: Mapping[Place, float]) -> tuple[Answer, ...]:
    """Group the places that have the same number, which may be NaN."""
    found: dict[str, list[Place]] = {}
    values: dict[str, float] = {}
    for place, value in answers.items():
        says = "NaN" if math.isnan(value) else readable(value + 0.0)
        found.setdefault(says, []).append(place)
        values.setdefault(says, value)
    return tuple(Answer(says, tuple(places), values[says]) for says, places in found.items())


def _at(x: float) -> str:
    return "NaN" if math.isnan(x) else readable(x)


def _number(topic: str, activation: Activation, x: float, slope: bool, answers: Mapping[Place, float]) -> Disagreement:
    ours = activation.derivative(x) if slope else activation(x)
    return Disagreement(
        topic,
        (activation.name,),
        f"f{chr(39) if slope else ''}({_at(x)}){_setting(activation)}",
        _grouped({Place("actviz"): ours, **answers}),
        spec=activation.spec,
        x=x,
        slope=slope,
    )


def _setting(activation: Activation) -> str:
    """Say which parameters aren't at their defaults."""
    setting = activation.spec.partition(":")[2]
    return f" with {_spaced(setting)}" if setting else ""


def _spaced(parameters: str) -> str:
    """Write the parameters of a specification as equations, with fractions where they are short."""
    return ", ".join(
        f"{word} = {readable(float(value)) if '/' not in value else value}" if equals else value
        for word, equals, value in (item.partition("=") for item in parameters.split(","))
    )


def _defaults(definition: Definition) -> Iterator[Disagreement]:
    """Read the frameworks' defaults from the names in a definition, and yield them if they differ."""
    found: dict[str, dict[str, list[str]]] = {"": {}}  # functions by default and version
    for spelling in definition.frameworks.values():
        words = [name.partition(":")[::2] for name in spelling.names]
        words += [(name, "tanh") for name in spelling.approximations]
        for function, parameters in words:
            version = VERSIONS[function.partition(".")[0]]
            found.setdefault(parameters, {}).setdefault(version, []).append(function)
    others = _OTHER_DEFAULTS.get(definition.name, {})
    ours = _own_default(definition, {*found, *others})
    if ours:
        found[ours] = found.pop("") | found.get(ours, {})
        others = {parameters or ours: texts for parameters, texts in others.items()}
    places: dict[str, list[Place]] = {ours: [Place("actviz")]}
    for parameters, versions in found.items():
        for version, functions in versions.items():
            whole = sum(version in other for other in found.values()) == 1
            named = [Place(version)] if whole else [Place(version, ", ".join(functions))]
            places.setdefault(parameters, []).extend(named)
    for parameters, texts in others.items():
        have = places.setdefault(parameters, [])
        have += [place for place in _places(texts) if place.version not in {one.version for one in have}]
    if len(places) < 2:
        return
    specs = list(dict.fromkeys(_meant(definition, parameters) for parameters in places))
    yield Disagreement(
        DEFAULTS,
        (definition.name, *(spec for spec in specs if spec in REGISTRY and spec != definition.name)),
        "default",
        tuple(
            Answer(_SAYS.get((definition.name, parameters)) or _spaced(parameters), tuple(where))
            for parameters, where in places.items()
        ),
        specs=tuple(specs),
    )


def _own_default(definition: Definition, found: Iterable[str]) -> str:
    """Write actviz's own default as the others are written, if those are numbers for a single parameter."""
    words = {word.partition("=")[0] for word in found if "=" in word}
    if len(words) != 1 or (definition.name, "") in _SAYS:
        return ""
    word = words.pop()
    return f"{word}={definition.bind().parameters[word]!r}".removesuffix(".0")


def _meant(definition: Definition, parameters: str) -> str:
    """Return the specification of the function that a default stands for."""
    other = _APPROXIMATE.get(definition.name, {}).get(parameters)
    return other or get(f"{definition.name}:{parameters}" if parameters else definition.name).spec


def _kinks(definition: Definition) -> Iterator[Disagreement]:
    """Yield the kinks of a definition at which frameworks differ; two with the same answers make one row."""
    activation = get(_KINKS_OF.get(definition.name, definition.name))
    others = _OTHER_SLOPES.get(definition.name)
    rows: dict[tuple[Answer, ...], Disagreement] = {}
    for kink in activation.kinks:
        answers = {
            Place.parse(where) if "," in where or "(" in where else Place(where, _written(activation, where)): slope
            for where, slope in kink.answers.items()
        }
        answers |= {Place.parse(where): slope for where, slope in (others(kink) if others else {}).items()}
        row = _number(KINKS, activation, kink.x, True, answers)
        if len(row.answers) > 1:
            mirrored = rows.get(row.answers)
            what = row.what if mirrored is None else row.what.replace("f'(", "f'(±")
            rows[row.answers] = replace(row, what=what)
    yield from rows.values()


def _written(activation: Activation, version: str) -> str:
    """Name the function that a framework's answer is for, if the framework has none for this activation."""
    framework = {"Flax": "JAX"}.get(version.partition(" ")[0], version.partition(" ")[0])
    spelling = activation.definition.frameworks.get(framework)
    calls = re.findall(r"[a-z]+\.[\w.]+(?=\()", activation.code.get(framework, ""))
    named = {name.partition(":")[0] for name in spelling.names} if spelling else set()
    return "" if not calls or calls[0] in named else calls[0]


def _all() -> Iterator[Disagreement]:
    for definition in REGISTRY.values():
        yield from _defaults(definition)
        yield from _kinks(definition)
    for one in _NUMBERS:
        answers = {Place.parse(where): value for where, value in one.answers.items()}
        yield _number(one.topic, get(one.spec), one.x, one.slope, answers)
    yield from _WORDS


@cache
def table() -> tuple[Disagreement, ...]:
    """Return all disagreements, by topic and in the registry's order."""
    order = list(REGISTRY)

    def place(row: Disagreement) -> tuple[int, int]:
        return TOPICS.index(row.topic), order.index(row.names[0]) if row.names[0] in REGISTRY else len(order)

    return tuple(sorted(_all(), key=place))


HEADINGS = (
    "name",
    "what",
    "answer",
    f"in (*: measured once, {WHEN}; read: in source or manual; all else is asked again by the tests)",
)


def lines(row: Disagreement) -> list[list[str]]:
    """Write a row of the table for each answer."""
    return [[", ".join(row.names), row.what, answer.says, "; ".join(map(str, answer.places))] for answer in row.answers]


def data(row: Disagreement) -> dict[str, Any]:
    """Return a disagreement as a structure for JSON."""
    return {
        "topic": row.topic,
        "names": list(row.names),
        "what": row.what,
        "functions": list(row.specs),
        "spec": row.spec or None,
        "x": row.x if row.spec else None,
        "derivative": row.slope if row.spec else None,
        "answers": [
            {
                "answer": answer.says,
                "value": answer.value,
                "in": [
                    {"version": place.version, "function": place.function or None, "source": _SOURCES[place.source]}
                    for place in answer.places
                ],
            }
            for answer in row.answers
        ],
    }


def of(name: str) -> tuple[Disagreement, ...]:
    """Return the disagreements about one activation, or about one function of a vector.

    Parameters
    ----------
    name
        As in the table, or any name or specification of an activation or a gated unit.

    Raises
    ------
    UnknownActivationError, SpecificationError, ParameterError
    """
    rows = table()
    known = {one for row in rows for one in row.names}
    word = normalize(name)
    if word not in known and word not in VECTOR_VALUED:
        try:
            word = find(name).name
        except UnknownActivationError:
            hint = nearest(word, (*REGISTRY.words(), *known, *VECTOR_VALUED))
            raise UnknownActivationError(f"unknown activation '{name}'{hint}") from None
    return tuple(row for row in rows if word in row.names)
