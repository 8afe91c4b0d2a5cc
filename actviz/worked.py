"""The worked example of softmax: its steps as columns, as a table, as notes and as data."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from actviz import model
from actviz.errors import InputError
from actviz.model import number, rounded
from actviz.numerics import Array
from actviz.prose import listed
from actviz.vector import AGAINST, BY_HAND_DECIMALS, CrossEntropy, Softmax
from actviz.vector import softmax as probabilities_of

MOST_SPOKEN = 12
"""The most numbers that a sentence lists."""

SWEEP = (0.1, 100.0)
"""The first and the last temperature of a sweep."""

TOLD = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""The temperatures of a sweep's table."""

_LARGE = 1e6
"""From here on, exponentials are written with a power of ten."""


def softmax(
    logits: Sequence[float], *, temperature: float = 1.0, by_hand: bool = False, classes: Sequence[str] = ()
) -> Softmax:
    """Work out softmax step by step: logits, exponentials, their total, probabilities.

    Parameters
    ----------
    logits
        One or more finite numbers.
    temperature
        Divides the logits; finite and above 0.
    by_hand
        Whether to round the exponentials to two decimals first, as one would on paper.
    classes
        A name for each logit, all different; without them, classes are numbered from 1.

    Raises
    ------
    InputError
        If there is no logit, one that isn't finite, no temperature above 0, or not one name for each logit.
    """
    # what isn't a tuple of numbers or names is turned into one there, or refused
    return Softmax(logits, temperature=temperature, by_hand=by_hand, classes=classes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Column:
    """A step of the worked example: a number for each class.

    Parameters
    ----------
    heading
        Its heading in a terminal: "exp(logit)".
    kind
        What its numbers are: "exponentials".
    formula, short
        As mathtext, without dollar signs; the second for where there is little room.
    values
        A number for each class, infinite where it is beyond float64.
    cell
        Writes the number of a class, given by its index.
    arrow
        What turns the column before into this one: "exp"; empty if it is worked out from something else.
    written
        Writes a number, if numbers of several classes can be added; None if all that can be said is "at most".
    total
        The sum, as it is written; empty if it means nothing.
    largest
        What all numbers add up to, if each is a part of that; None if they aren't parts of anything.
    remarks
        What there is to say about it, in a few words each.
    """

    heading: str
    kind: str
    formula: str
    short: str
    values: tuple[float, ...]
    cell: Callable[[int], str]
    arrow: str = ""
    written: Callable[[float], str] | None = None
    total: str = ""
    largest: float | None = None
    remarks: tuple[str, ...] = ()


def columns(example: Softmax, decimals: int = 4, against: Sequence[str] = ()) -> list[Column]:
    """Return the steps, from the logits to the probabilities, and what they are compared with.

    Parameters
    ----------
    decimals
        Digits after the decimal point of exponentials and probabilities, 0 to 15.
    against
        Names in `vector.AGAINST`.
    """
    logits, shift, temperature = example.logits, example.shift, example.temperature
    found = [
        Column(
            "logit", "logits", "z", "z", logits, lambda index: powers(number(logits[index])),
            total=_sum(logits), remarks=failings(logits),
        )
    ]  # fmt: skip
    heading, formula, short = "logit", "z", "z"
    if shift:
        heading, formula, short = "logit - max", r"z - z_{\mathrm{max}}", "z'"
        found.append(
            Column(
                heading, "minus the largest", formula, short, tuple(z - shift for z in logits),
                lambda index: exactly(Fraction(logits[index]) - Fraction(shift)),
                arrow=_operation("−", shift) if shift > 0 else _operation("+", -shift),
                remarks=("the largest is 0",),
            )
        )  # fmt: skip
    if temperature != 1:
        heading = f"{f'({heading})' if shift else heading} / {number(temperature)}"
        formula = f"{f'({formula})' if shift else formula} / {_mathtext(temperature)}"
        short = f"{short} / T"
        scaled = example.scaled
        found.append(
            Column(
                heading, "at this temperature", formula, short, scaled, lambda index: powers(f"{scaled[index]:.12g}"),
                arrow=_operation("÷", temperature),
            )
        )  # fmt: skip
    exponentials, total = example.exponentials, example.total

    def exponential(value: float) -> str:
        if example.by_hand:
            return f"{value:.{BY_HAND_DECIMALS}f}" if value < _LARGE else _short(value, decimals)
        return positive(value, decimals, small=value > 0)

    of_each = f"each to {BY_HAND_DECIMALS} decimals" if example.by_hand else "all above 0"
    found.append(
        Column(
            f"exp({heading})" + (f" to {BY_HAND_DECIMALS} decimals" if example.by_hand else ""),
            "exponentials", f"e^{{{formula}}}", f"e^{{{short}}}", exponentials,
            lambda index: exponential(exponentials[index]),
            arrow="exp", written=exponential, total=exponential(total), largest=total,
            remarks=(of_each, "in the same order") if len(set(logits)) > 1 else (of_each,),
        )
    )  # fmt: skip
    probabilities = example.probabilities

    def probability(value: float) -> str:
        nothing = example.by_hand and value == 0  # by hand, that is an exact 0
        return f"{value:.{decimals}f}" if nothing else positive(value, decimals)

    found.append(
        Column(
            "probability", "probabilities", rf"p = {found[-1].formula}\;/\;\mathrm{{sum}}", "p", probabilities,
            lambda index: probability(probabilities[index]), arrow=_operation("÷", total), written=probability,
            total=f"{math.fsum(probabilities):.{decimals}f}", largest=1.0,
            remarks=("each from 0 to 1", "the same bars, rescaled")[: 2 if len(logits) > 1 else 1],
        )
    )  # fmt: skip
    return [*found, *(_compared(example, name, decimals) for name in against)]


_FORMULAS = {
    "hardmax": (r"\mathrm{all\ to\ one}", r"\mathrm{hardmax}"),
    "sparsemax": (r"\max(z - \tau, 0)", r"\mathrm{sparse}"),
    "entmax15": (r"\max(z / 2 - \tau, 0)^{2}", r"\mathrm{entmax}"),
    "softmin": (r"e^{-z}\;/\;\mathrm{sum}", r"\mathrm{softmin}"),
    "log_softmax": (r"\ln\,p", r"\ln\,p"),
}
"""Formulas in z at temperature 1, and shorter ones for where there is little room."""


def _compared(example: Softmax, name: str, decimals: int) -> Column:
    """Return what another function makes of the logits; ln p isn't a part of anything, so it has its own scale."""
    values = example.against(name)
    formula, short = _FORMULAS[name]
    if example.temperature != 1 and name not in ("hardmax", "log_softmax"):
        divided = "2 T" if name == "entmax15" else "T"
        formula = formula.replace("/ 2", "").replace("z", f"z / {divided}", 1).replace("  ", " ")
    title = AGAINST[name].title
    if name == "log_softmax":
        remarks: tuple[str, ...] = ("its own axis: all below 0",) if len(values) > 1 else ()
        return Column(
            name, title, formula, short, values, lambda index: signed(values[index], decimals), remarks=remarks
        )
    if name == "hardmax":
        tied = len(_tied(example))
        remarks = (f"a tie of {_counted(tied)}: the first has it",) if tied > 1 else ()
        return Column(
            name, name, formula, short, values, lambda index: number(values[index]), written=number, total="1",
            largest=1.0, remarks=remarks,
        )  # fmt: skip

    sparse = name in ("sparsemax", "entmax15")  # their zeros are exact

    def written(value: float) -> str:
        return "0" if value == 0 and sparse else positive(value, decimals)

    zeros = sum(value == 0 for value in values)
    remark = f"{_are(zeros, len(values))} exactly 0" if zeros else "none is 0"
    remarks = (remark if sparse else "softmax of −z",)
    return Column(
        name, title, formula, short, values, lambda index: written(values[index]), written=written,
        total=f"{math.fsum(values):.{decimals}f}", largest=1.0, remarks=remarks,
    )  # fmt: skip


def loss_columns(loss: CrossEntropy, decimals: int = 4) -> list[Column]:
    """Return the steps from the probabilities to the loss, and the gradient with respect to each logit."""
    truth, gradient = loss.truth, loss.gradient
    parts = tuple(loss.loss if right else 0.0 for right in truth)
    divided = "" if loss.steps.temperature == 1 else f" / {number(loss.steps.temperature)}"
    return [
        Column(
            "target", "target", "t", "t", truth, lambda index: number(truth[index]), total="1", largest=1.0,
        ),
        Column(
            "-target ln(p)", "loss", r"-t\,\ln\,p", r"L", parts,
            lambda index: signed(parts[index], decimals) if truth[index] else "0", total=signed(loss.loss, decimals),
        ),
        Column(
            "gradient", f"gradient, (p - target){divided}" if divided else "gradient, p - target", "p - t", "p - t",
            gradient, lambda index: signed(gradient[index], decimals), total="0",
        ),
    ]  # fmt: skip


def table(
    example: Softmax, decimals: int = 4, against: Sequence[str] = (), target: int | str | None = None
) -> tuple[list[str], list[list[str]]]:
    """Return the headings and rows of the worked example, step by step; the last row holds the sums.

    If the right class is given, it goes on to the loss and its gradient.
    """
    steps, count = columns(example, decimals, against), len(example.logits)
    if target is not None:
        steps += loss_columns(example.loss(target), decimals)
    cells = [[*map(step.cell, range(count)), step.total or "-"] for step in steps]
    headings = ["class", *(step.heading for step in steps)]
    return headings, [list(row) for row in zip((*example.names, "sum"), *cells, strict=True)]


def sweep_table(example: Softmax, decimals: int = 4) -> tuple[list[str], list[list[str]]]:
    """Return the headings and rows of the probabilities at temperatures from 0.1 to 100."""
    swept = sweep(example, TOLD)
    cells = [[positive(p, decimals) for p in row] for row in swept.tolist()]
    logits = [powers(number(z)) for z in example.logits]
    headings = ["class", "logit", *(f"T = {number(temperature)}" for temperature in TOLD)]
    return headings, [list(row) for row in zip(example.names, logits, *cells, strict=True)]


def sweep(example: Softmax, temperatures: Iterable[float]) -> Array:
    """Return the probabilities of all classes, of shape (temperatures, classes)."""
    return np.array([probabilities_of(example.logits, float(temperature)) for temperature in temperatures])


def failings(logits: Sequence[float]) -> tuple[str, ...]:
    """Say what keeps logits from being probabilities: "one is negative", "two are above 1", "they sum to 1.2"."""
    negative, large, count = sum(z < 0 for z in logits), sum(z > 1 for z in logits), len(logits)
    said = [f"{_are(n, count)} {what}" for n, what in ((negative, "negative"), (large, "above 1")) if n]
    if abs(_added(logits) - 1) <= Fraction(1, 10**9):
        return (*said, "they sum to 1" if count > 1 else "it is 1")
    if count > 1:
        said.append(f"they sum to {_sum(logits)}" + ("" if said else ", not 1"))
    return tuple(said) or ("it isn't 1",)


def notes(example: Softmax, decimals: int = 4, against: Sequence[str] = ()) -> list[str]:
    """Say what was done beyond the definition of softmax, and what difference it makes."""
    notes = []
    if example.shift:
        notes.append(
            f"note: the largest logit, {powers(number(example.shift))}, is subtracted from all of them; "
            "that changes no probability, and the largest exponential is 1"
        )
    if example.by_hand:
        exact = replace(example, by_hand=False).probabilities
        first = ", ".join(positive(p, decimals) for p in exact[:MOST_SPOKEN]) + (
            ", …" if len(exact) > MOST_SPOKEN else ""
        )
        notes.append(
            f"note: by hand: the exponentials are rounded to {BY_HAND_DECIMALS} decimals before they are added and "
            f"divided; without that the probabilities are {first}"
        )
    if "hardmax" in against and len(tied := _tied(example)) > 1:
        named = listed([example.names[index] for index in tied[:MOST_SPOKEN]])
        more = f" and {len(tied) - MOST_SPOKEN} more" if len(tied) > MOST_SPOKEN else ""
        notes.append(f"note: classes {named}{more} tie for the largest logit; hardmax gives 1 to the first of them")
    return notes


def data(example: Softmax, target: int | str | None = None, against: Sequence[str] = ()) -> dict[str, Any]:
    """Return for JSON the steps of the worked example, what they are compared with, and with a target the loss."""
    loss = None if target is None else example.loss(target)
    more = {"target": loss.target, "truth": loss.truth, "loss": loss.loss, "gradient": loss.gradient} if loss else {}
    return {
        "classes": example.names,
        "logits": example.logits,
        "temperature": example.temperature,
        "by_hand": example.by_hand,
        "shift": example.shift,
        "scaled": example.scaled,
        "exponentials": example.exponentials,
        "total": example.total,
        "probabilities": example.probabilities,
        "hardmax": example.hardmax,
        **{name: example.against(name) for name in against},
        **more,
    }


def sweep_data(example: Softmax) -> dict[str, Any]:
    """Return the probabilities for JSON, a list for each temperature."""
    return {
        "classes": example.names,
        "logits": example.logits,
        "temperatures": TOLD,
        "probabilities": sweep(example, TOLD).tolist(),
    }


def refuse_beside_sweep(against: Sequence[str], target: int | str | None) -> None:
    """Raise InputError if a sweep is combined with what only a single temperature has."""
    if "hardmax" in against:
        raise InputError("leave out hardmax: a sweep begins there", "hardmax")
    if against:
        raise InputError("leave out against: a sweep shows only softmax", "against")
    if target is not None:
        raise InputError("leave out target: a sweep has no single loss", "target")


def positive(value: float, decimals: int, small: bool = False) -> str:
    """Write a number above 0: with some decimals, or "< 0.0001" if these are all 0; a large one with a power of ten.

    Parameters
    ----------
    small
        Whether a small number is written with a power of ten too: 6.14 × 10⁻⁶.
    """
    if value >= _LARGE:
        return _short(value, decimals)
    if float(written := f"{value:.{decimals}f}") > 0:
        return written
    return _short(value, decimals) if small else f"< {Decimal(1).scaleb(-decimals):f}"


def signed(value: float, decimals: int, small: bool = False) -> str:
    """Write a number of either sign as `positive` does: "-0.2334", "> -0.0001", "inf"."""
    if value == 0 or math.isinf(value):
        return f"{value + 0.0:.{decimals}f}"
    written = positive(abs(value), decimals, small)
    if value > 0:
        return written
    return written.replace("< ", "> -") if "<" in written else f"-{written}"


def powers(written: str) -> str:
    """Write powers of ten as in print, and as briefly as possible: 5.320e+11 as 5.32 × 10¹¹."""
    mantissa, e, exponent = written.partition("e")
    if e and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return model.powers(f"{mantissa}{e}{exponent}")


def brief(value: float) -> str:
    """Write a number with four significant digits, or exactly if that is brief."""
    return f"{value:.0f}" if 1e4 <= abs(value) < _LARGE and value % 1 else powers(rounded(value))


def exactly(value: Fraction) -> str:
    """Write a sum or a difference of logits, which may be beyond float64."""
    try:
        return powers(f"{float(value):.12g}")
    except OverflowError:
        return powers(f"{Decimal(value.numerator) / value.denominator:.4g}".lower())


def _short(value: float, decimals: int) -> str:
    """Write a number with a power of ten, and as many significant digits as decimals were asked for."""
    return powers(f"{value:.{max(decimals, 1) - 1}e}")


def _sum(values: Sequence[float]) -> str:
    return exactly(_added(values))


def _added(values: Sequence[float]) -> Fraction:
    """Add numbers, whose sum may be beyond float64."""
    try:
        return Fraction(math.fsum(values))
    except OverflowError:
        return sum(map(Fraction, values), Fraction())


def _operation(sign: str, value: float) -> str:
    return f"{sign} {brief(value)}"


def _mathtext(value: float) -> str:
    """Write a number in a formula."""
    mantissa, e, exponent = rounded(value).partition("e")
    if not e:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


def _tied(example: Softmax) -> list[int]:
    """Return the indices of the classes that have the largest logit."""
    largest = max(example.logits)
    return [index for index, z in enumerate(example.logits) if z == largest]


def _counted(count: int) -> str:
    words = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
    return words[count - 1] if count <= len(words) else str(count)


def _are(count: int, of: int) -> str:
    """Say how many: "one is", "two are", "both are", "all are", or if there is only one, "it is"."""
    if count == of:
        return {1: "it is", 2: "both are"}.get(of, "all are")
    return f"{_counted(count)} {'is' if count == 1 else 'are'}"
