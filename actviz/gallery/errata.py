"""Where the articles are wrong or disagree, with numbers that actviz works out."""

import math
from collections.abc import Callable

import numpy as np

from actviz import worked
from actviz.analysis import steepest
from actviz.figures.idea import Erratum
from actviz.figures.ideas import IDEAS
from actviz.lessons import schedules
from actviz.model import Activation, readable
from actviz.registry import get
from actviz.vector import Softmax


def errata() -> list[Erratum]:
    """Work out all errata; those about an idea are declared with it."""
    of_ideas = [one for kind in IDEAS.values() for one in kind.errata()]
    return [*_of_functions(), *sorted([*of_ideas, *_of_schedules()], key=lambda one: one.place)]


def _of_functions() -> list[Erratum]:
    sigmoid, tanh, elu = get("sigmoid"), get("tanh"), get("elu")
    hand, exact = (Softmax((-3.0, 1.5, 2.7), by_hand=by_hand).probabilities[1] for by_hand in (True, False))
    share = sigmoid.derivative(2.0) / steepest(sigmoid)[1]
    slopes = {spec: get(spec)(-10.0) for spec in ("leaky:0.2", "leaky:0.01", "leaky:0.5", "leaky:0.1")}
    two, six = get("hard_sigmoid:0.2"), get("hard_sigmoid:1/6")
    apart = max((abs(two(kink.x) - six(kink.x)), kink.x) for kink in (*two.kinks, *six.kinks))
    return [
        Erratum(
            "A1 3.14",
            f"the second probability is {hand:.4f}",
            f"it is {exact:.4f}; rounding the exponentials to two decimals first moved the digit",
        ),
        Erratum(
            "A1 3.2, 3.3",
            "code that divides exponentials by each other",
            "in float64 the sigmoid's derivative becomes nan below "
            f"x = {readable(_first_nan(_sigmoid_derivative_quotient))}, "
            f"tanh below x = {readable(_first_nan(_tanh_quotient))}; actviz returns "
            f"{readable(sigmoid.derivative(-710.0))} for σ'(−710) and {readable(tanh(-400.0))} for tanh(−400)",
        ),
        Erratum(
            "A1 3.4, 3.5",
            "the left derivative for ReLU at 0, but code with x >= 0, the right one, for Leaky ReLU",
            f"one rule for both, the left one: ReLU'(0) = {readable(get('relu').derivative(0.0))} and Leaky ReLU'(0) "
            f"= {readable(get('leaky').derivative(0.0))}",
        ),
        Erratum(
            "A1 3.5, A3, A4",
            "the slope of Leaky ReLU is 0.2 in A1's code, 0.01 in its text, 0.5 in A3, 0.1 and 0.01 in A4",
            "four functions: "
            + ", ".join(f"f(−10) = {readable(f)} for a = {spec.partition(':')[2]}" for spec, f in slopes.items())
            + "; each label here says the slope",
        ),
        Erratum(
            "A2",
            "the sigmoid's gradient is almost 0 beyond ±2",
            f"σ'(2) = {sigmoid.derivative(2.0):.3f}, {share:.0%} of its peak; it is below 0.01 only beyond "
            f"±{_falls_below(sigmoid, 0.01):.2f}",
        ),
        Erratum(
            "A3",
            "a good activation has f'(x) ≈ x",
            f"f(x) ≈ x near 0, as A1 says: tanh(0.1) = {tanh(0.1):.4f}, but tanh'(0.1) = {tanh.derivative(0.1):.4f}",
        ),
        Erratum(
            "A4 1",
            "the gradients of sigmoid and tanh range over [0, 1] and [−1, 1]",
            f"those are the functions' ranges, {sigmoid.range} and {tanh.range}; the gradients' are "
            f"(0, {readable(steepest(sigmoid)[1])}] and (0, {readable(steepest(tanh)[1])}]",
        ),
        Erratum(
            "A1 3.9",
            "alpha = 0 where the two branches of ELU meet",
            f"exp(0) − 1 = {readable(math.expm1(0.0))} there for every alpha; the slopes meet only for alpha = 1: from "
            f"the left {_left_slope(get('elu:0.5'))}, {_left_slope(elu)} and {_left_slope(get('elu:2'))} for alpha = "
            "0.5, 1 and 2, from the right always 1",
        ),
        Erratum(
            "A1 5",
            "hard_sigmoid is 0.2x + 0.5 (Keras 2)",
            f"PyTorch and Keras 3 use x/6 + 0.5: hard_sigmoid(1) = {two(1.0):.4f} or {six(1.0):.4f}, and the two are "
            f"up to {apart[0]:.4f} apart, at x = ±{abs(apart[1]):g}",
        ),
    ]


def _of_schedules() -> list[Erratum]:
    """Work out what the articles get wrong about learning rates."""
    natural, steps = schedules.get("natural_exp"), (1.0, 100.0)
    rate, decay = float(natural(0)), 0.9
    printed, right = (
        ", ".join(
            f"{worked.powers(f'{value:.3g}')} at step {step:g}" for value, step in zip(values, steps, strict=True)
        )
        for values in ([rate * math.exp(-decay / step) for step in steps], natural(steps))
    )
    stairs = [
        "/".join(f"{value:.3g}" for value in schedules.get(f"{name}:staircase=1")([0, 10, 20]))
        for name in ("exponential", "natural_exp")
    ]
    share = schedules.get("linear_cosine", rate=1)([0, 50])
    low = schedules.get("cosine:alpha=0.5")
    return [
        Erratum(
            "A3",
            "natural exponential decay is rate · e^(−decay_rate/global_step)",
            f"that rises towards the initial rate, {printed}; with e^(−decay_rate · step/decay_steps) it falls, "
            f"{right}",
        ),
        Erratum(
            "A3",
            "the red curves of both exponential pictures are piecewise constant decay",
            "they are constant on pieces, but have no values of their own: they are the staircases of exponential "
            f"decay, {stairs[0]} from steps 0, 10 and 20 on, and of natural exponential decay, {stairs[1]}",
        ),
        Erratum(
            "A3",
            "linear cosine decay begins at the initial rate, and alpha is the smallest rate",
            f"with its parameters it begins at {share[0]:.3g} times the initial rate and ends at {share[1]:.3f} "
            "times; alpha is a share, and the smallest one only for cosine decay: "
            f"{float(low(50)) / float(low(0)):g} for alpha = 0.5",
        ),
    ]


def _sigmoid_derivative_quotient(x: float) -> float:
    exponential = np.exp(-x)
    return float(exponential / (1 + exponential) ** 2)


def _tanh_quotient(x: float) -> float:
    exponential = np.exp(-2 * x)
    return float((1 - exponential) / (1 + exponential))


def _first_nan(quotient: Callable[[float], float]) -> float:
    """Return the largest x below 0 where a quotient of exponentials is NaN."""
    with np.errstate(over="ignore", invalid="ignore"):
        return _where(lambda x: not math.isnan(quotient(np.float64(x))), -1000.0, 0.0)


def _falls_below(activation: Activation, size: float) -> float:
    """Return the x > 0 from which the derivative is smaller than a size."""
    return _where(lambda x: activation.derivative(x) < size, 0.0, 100.0)


def _where(true: Callable[[float], bool], low: float, high: float) -> float:
    """Find by bisection where a statement turns from false to true."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if true(middle) else (middle, high)
    return high


def _left_slope(activation: Activation) -> str:
    """Return the derivative from the left at 0."""
    return readable(activation.kinks[0].left if activation.kinks else activation.derivative(0.0))
