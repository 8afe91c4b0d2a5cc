"""The worked example of softmax as a table, as remarks and as data."""

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from actviz.figures.softmax import MOST_SPOKEN, SoftmaxExample
from actviz.model import number
from actviz.vector import BY_HAND_DECIMALS, Softmax


def softmax(logits: Sequence[float], *, temperature: float = 1.0, by_hand: bool = False) -> Softmax:
    """Work out softmax step by step: logits, exponentials, their total, probabilities.

    Parameters
    ----------
    logits
        One or more finite numbers.
    temperature
        Divides the logits; finite and above 0.
    by_hand
        Whether to round the exponentials to two decimals first, as one does on paper.

    Raises
    ------
    InputError
        If there is no logit, one that isn't finite, or no temperature above 0.
    """
    # what isn't a tuple of numbers becomes one there, or is refused
    return Softmax(logits, temperature=temperature, by_hand=by_hand)  # type: ignore[arg-type]


def table(example: SoftmaxExample) -> tuple[list[str], list[list[str]]]:
    """Give the headings and rows of the worked example, step by step; the last row holds the sums."""
    steps = example.softmax
    columns = {
        "logit": [
            *map(number, example.softmax.logits),
            _exactly(sum(map(Fraction, example.softmax.logits), Fraction())),
        ]
    }
    exponent = "logit"
    if steps.shift:
        exponent = "logit - max"
        columns[exponent] = [_exactly(Fraction(z) - Fraction(steps.shift)) for z in example.softmax.logits] + [""]
    if example.softmax.temperature != 1:
        exponent = f"{f'({exponent})' if steps.shift else exponent} / {number(example.softmax.temperature)}"
        columns[exponent] = [f"{value:.12g}" for value in steps.scaled] + [""]
    rounded = f" to {BY_HAND_DECIMALS} decimals" if example.softmax.by_hand else ""
    columns[f"exp({exponent}){rounded}"] = [
        example.written_exponential(value) for value in (*steps.exponentials, steps.total)
    ]
    columns["probability"] = [example.written(p) for p in (*steps.probabilities, math.fsum(steps.probabilities))]
    if example.hardmax:
        columns["hardmax"] = [number(value) for value in (*steps.hardmax, 1.0)]
    classes = [*map(str, range(1, len(example.softmax.logits) + 1)), "sum"]
    filled = [[cell or "-" for cell in row] for row in zip(classes, *columns.values(), strict=True)]
    return ["class", *columns], filled


def _exactly(value: Fraction) -> str:
    """Write a sum or a difference of logits, which may be beyond float64."""
    try:
        return f"{float(value):.12g}"
    except OverflowError:
        return f"{Decimal(value.numerator) / value.denominator:.4g}".lower()


def notes(example: SoftmaxExample) -> list[str]:
    """Say what was done besides softmax's definition, and what difference it makes."""
    notes = []
    if example.softmax.shift:
        notes.append(
            f"note: the largest logit, {number(example.softmax.shift)}, is subtracted from all of them; "
            "that changes no probability, and the largest exponential is 1"
        )
    if example.softmax.by_hand:
        exact = replace(example.softmax, by_hand=False).probabilities
        first = ", ".join(map(example.written, exact[:MOST_SPOKEN])) + ", …" * (len(exact) > MOST_SPOKEN)
        notes.append(
            f"note: by hand: the exponentials are rounded to {BY_HAND_DECIMALS} decimals before they are added and "
            f"divided; without that the probabilities are {first}"
        )
    return notes


def data(example: SoftmaxExample) -> dict[str, Any]:
    """Give the steps of the worked example for JSON."""
    steps = example.softmax
    return {
        "logits": example.softmax.logits,
        "temperature": example.softmax.temperature,
        "by_hand": example.softmax.by_hand,
        "shift": steps.shift,
        "scaled": steps.scaled,
        "exponentials": steps.exponentials,
        "total": steps.total,
        "probabilities": steps.probabilities,
        "hardmax": steps.hardmax,
    }
