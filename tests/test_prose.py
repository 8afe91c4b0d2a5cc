"""Sentences that say what a curve looks like."""

import re

import pytest

import actviz
from actviz.figures import Comparison, Curve
from actviz.model import Activation
from actviz.prose import describe, describe_derivative
from tests import accuracy
from tests.made_up import MADE_UP

SENTENCES = {
    "relu6": "ReLU6 is 0 up to x = 0, rises with slope 1, and stays at 6 from x = 6 on.",
    "relu": "ReLU is 0 up to x = 0, and rises with slope 1 from there on.",
    "prelu:-0.5": "PReLU (negative_slope = −0.5) falls with slope 0.5 up to x = 0, "
    "and rises with slope 1 from there on.",
    "sigmoid": "Sigmoid rises from 0 to 1, most steeply at x = 0, with slope 0.25.",
    "softplus": "Softplus (beta = 1) rises from 0 without bound, with a slope that nears 1.",
    "exponential": "Exponential rises from 0 without bound, ever more steeply.",
    "linear": "Linear rises with slope 1 everywhere: a straight line.",
    "swish:0": "Swish (beta = 0) rises with slope 0.5 everywhere: a straight line.",
    "swish:1e8": "Swish (beta = 10⁸) falls from 0 to −2.785 × 10⁻⁹ at x = −1.278 × 10⁻⁸, "
    "and rises without bound, with a slope that nears 1.",
    "maxout:weights=0,biases=3": "Maxout (weights = 0, biases = 3) is 3 everywhere.",
    "maxout:weights=-1/-2,biases=0/0": "Maxout (weights = (−1, −2), biases = (0, 0)) falls with slope 2 up to x = 0, "
    "and falls with slope 1 from there on.",
    "swish": "Swish (beta = 1) falls from 0 to −0.2785 at x = −1.278, "
    "and rises without bound, with a slope that nears 1.",
    "elu:2": "ELU (alpha = 2) rises from −2 to 0 at x = 0, and rises with slope 1 from there on.",
    "generalized_relu:0.1,6,1": "Generalized ReLU (negative_slope = 0.1, max_value = 6, threshold = 1) rises "
    "with slope 0.1 up to x = 1, jumps from 0 to 1 at x = 1, then rises with slope 1, and stays at 6 from x = 6 on.",
    "maxout:weights=-1/1,biases=0/1e6": "Maxout (weights = (−1, 1), biases = (0, 10⁶)) falls with slope 1 "
    "up to x = −500000, and rises with slope 1 from there on.",
}

DERIVATIVES = {
    "relu6": "The derivative jumps from 0 to 1 at x = 0 and from 1 to 0 at x = 6.",
    "sigmoid": "The derivative goes from 0 through its largest value, 0.25 at x = 0, to 0.",
    "softplus": "The derivative rises from 0 to 1.",
    "exponential": "The derivative rises from 0 without bound.",
    "linear": "The derivative is 1 everywhere.",
    "swish": "The derivative goes from 0 through its smallest value, −0.09984 at x = −2.399, "
    "and its largest, 1.100 at x = 2.399, to 1.",
    "selu": "The derivative jumps from 1.758 to 1.051 at x = 0, and nears 0 on the left.",
}


MADE_UP_SENTENCES = {
    "reverse": (
        "Reverse falls from 1 to 0, most steeply at x = 0, with slope −0.25.",
        "The derivative goes from 0 through its smallest value, −0.25 at x = 0, to 0.",
    ),
    "gaussian": (
        "Gaussian rises from 0 to 1 at x = 0, and falls to 0.",
        "The derivative goes from 0 through its largest value, 0.8578 at x = −0.7071, and its smallest, "
        "−0.8578 at x = 0.7071, to 0.",
    ),
    "sine": (
        "Sine rises and falls over and over between −1 and 1.",
        "The derivative rises and falls over and over between −1 and 1.",
    ),
    "waves": (
        "Waves rises and falls over and over, without bound.",
        "The derivative rises and falls over and over, without bound.",
    ),
    "sinc": (
        "Sinc rises and falls over and over between −0.2172 and 1, and nears 0 on both sides.",
        "The derivative goes from 0 through its largest value, 0.4362 at x = −2.082, and its smallest, "
        "−0.4362 at x = 2.082, to 0.",
    ),
    "snake": (
        "Snake rises from −∞ without bound.",
        "The derivative rises and falls over and over between 0 and 2.",
    ),
    "absolute": (
        "Absolute falls with slope 1 up to x = 0, and rises with slope 1 from there on.",
        "The derivative jumps from −1 to 1 at x = 0.",
    ),
    "constant": ("Constant is 3 everywhere.", "The derivative is 0 everywhere."),
    "minus": ("Minus falls with slope 1 everywhere: a straight line.", "The derivative is −1 everywhere."),
    "step": (
        "Step is 0 up to x = 0, and jumps from 0 to 1 at x = 0, then stays at 1 from there on.",
        "The derivative is 0 everywhere, except at x = 0.",
    ),
    "box": (
        "Box is 0 up to x = −1, jumps from 0 to 1 at x = −1, then is 1, and jumps from 1 to 0 at x = 1, "
        "then stays at 0 from there on.",
        "The derivative is 0 everywhere, except at x = −1 and 1.",
    ),
    "tent": (
        "Tent is 0 up to x = −1, rises with slope 1 up to x = 0, falls with slope 1, and stays at 0 from x = 1 on.",
        "The derivative jumps from 0 to 1 at x = −1, from 1 to −1 at x = 0 and from −1 to 0 at x = 1.",
    ),
    "square": (
        "Square falls to 0 at x = 0, and rises without bound, ever more steeply.",
        "The derivative rises from −∞ without bound.",
    ),
    "hill": (
        "Hill rises to 0 at x = 0, and falls without bound, ever more steeply.",
        "The derivative falls from ∞ without bound.",
    ),
    "cubic": (
        "Cubic rises to 2 at x = −1, falls to −2 at x = 1, and rises without bound, ever more steeply.",
        "The derivative goes from ∞ through its smallest value, −3 at x = 0, to ∞.",
    ),
    "decay": ("Decay falls from ∞ to 0.", "The derivative rises from −∞ to 0."),
    "ramp": ("Ramp rises from 0 without bound, ever more steeply.", "The derivative rises from 0 without bound."),
}


@pytest.mark.parametrize("name", MADE_UP)
def test_shapes_that_the_registry_has_not(name: str) -> None:
    """Falling, even, periodic, constant, with jumps: what is said of limits, turns and slopes is so."""
    activation = MADE_UP[name]
    assert (describe(activation), describe_derivative(activation)) == MADE_UP_SENTENCES[name]


@pytest.mark.parametrize("spec", SENTENCES)
def test_the_function(spec: str) -> None:
    """From left to right, piece by piece."""
    assert describe(actviz.get(spec)) == SENTENCES[spec]


@pytest.mark.parametrize("spec", DERIVATIVES)
def test_the_derivative(spec: str) -> None:
    """Its jumps, or its course."""
    assert describe_derivative(actviz.get(spec)) == DERIVATIVES[spec]


@pytest.mark.parametrize("activation", list(accuracy.variants()), ids=str)
def test_what_is_said_is_so(activation: Activation) -> None:
    """Every slope, value and place in the sentence, on numbers."""
    assert describe(activation).startswith(activation.plain_label)
    sentence = describe(activation).replace("−", "-")
    assert not re.search(r"nan|-0\b(?!\.)|inf\b", sentence)
    for verb, slope, where, place in re.findall(
        r"(rises|falls) with slope (\S+?)(?: (up to|from) x = (\S+?))?(?: on)?[,.](?=\s|$)", sentence
    ):
        if where:
            x = float(place) + (-1e-3 if where == "up to" else 1e-3) * max(1, abs(float(place)))
            assert activation.derivative(x) == pytest.approx(_number(slope) * (1 if verb == "rises" else -1), rel=1e-3)
    for value, where, place in re.findall(
        r"(?:is|stays at) (\S+) (up to|from) x = (\S+?)(?: on)?[,.](?=\s|$)", sentence
    ):
        for away in (0.5, 10, 1000):
            x = float(place) + (-away if where == "up to" else away)
            assert activation(x) == pytest.approx(float(value), abs=1e-3)


def _number(text: str) -> float:
    numerator, _, denominator = text.partition("/")
    return float(numerator) / float(denominator or 1)


def test_many_pieces_are_counted() -> None:
    """A sentence stays a sentence."""
    parabola = actviz.get("maxout", weights=range(-9, 10), biases=[-(w * w) for w in range(-9, 10)])
    assert describe(parabola).endswith("is made of 19 pieces, which meet between x = −17 and x = 17.")
    assert describe_derivative(parabola) == "The derivative jumps 18 times."


def test_figures_say_what_they_show() -> None:
    """The sentences of what is in them, and their axes."""
    assert Curve(actviz.get("relu"), derivative=True, x=(-2, 3)).description == (
        f"{SENTENCES['relu']} The derivative jumps from 0 to 1 at x = 0. The x axis goes from −2 to 3."
    )
    assert Comparison((actviz.get("relu"), actviz.get("linear")), log_y=True, x=(-2, 2)).description == (
        f"In one figure: ReLU and Linear. {SENTENCES['relu']} {SENTENCES['linear']} "
        "The x axis goes from −2 to 2, the y axis by powers of ten."
    )
