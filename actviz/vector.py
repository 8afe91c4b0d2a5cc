"""Softmax and what it is compared with: functions of a vector, their Jacobians, and the steps of softmax as data."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import InputError, nearest
from actviz.numerics import Array, product, sum_error
from actviz.options import check, convert, option

BY_HAND_DECIMALS = 2
"""To how many decimals arithmetic by hand rounds the exponentials."""


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Turn logits into probabilities of the same shape: p_i = exp(z_i/T) / Σ_j exp(z_j/T) (Bridle 1990).

    The largest logit is subtracted first, which changes nothing, and keeps exp from overflowing.

    Parameters
    ----------
    logits
        Of shape (..., k), finite; each vector along the last axis becomes a distribution.
    temperature
        Above 0 (Hinton, Vinyals, Dean 2015, arXiv:1503.02531): 1 is plain softmax, a larger one evens out.
    """
    _, exponentials = _exponentials(np.asarray(logits, dtype=np.float64), temperature)
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))


def _exponentials(z: Array, temperature: float) -> tuple[Array, Array]:
    """Return (z - max)/T and its exponential along the last axis, to the last digits."""
    shift = z.max(axis=-1, keepdims=True)
    with np.errstate(over="ignore", invalid="ignore"):  # 1e308 - -1e308: its exponential is 0, nothing is lost
        difference = z - shift
        exponent = difference / temperature
        times, rounding = product(temperature, exponent)
        # the exponent's rounding error becomes the exponential's relative error: up to 300 units in the last place
        lost = ((difference - times) - rounding + sum_error(z, -shift, difference)) / temperature
        return exponent, np.exp(exponent) * (1.0 + np.where(exponent > -800.0, lost, 0.0))


def steps(z: Array, temperature: float) -> tuple[float, Array, Array]:
    """Return the steps of the worked example before the sum: the shift, (z - shift)/T, and its exponentials.

    Parameters
    ----------
    z
        Logits of shape (k,), finite. The largest is subtracted if exp would over- or underflow otherwise.
    temperature
        Above 0.
    """
    largest = z.max(axis=-1)
    with np.errstate(over="ignore"):
        top = largest / temperature
        shift = largest if top + math.log(z.size) > 709 or top < -690 else 0.0
        scaled = (z - shift) / temperature
    return shift, scaled, np.array([math.exp(one) for one in scaled.flat]).reshape(scaled.shape)


def log_softmax(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Return ln softmax = z_i/T - ln Σ_j exp(z_j/T), precise even where a probability is nearly 1 or underflows.

    Parameters
    ----------
    logits, temperature
        As for `softmax`.
    """
    z = np.asarray(logits, dtype=np.float64)
    exponent, exponentials = _exponentials(z, temperature)
    # the exponential of the largest is 1, so ln of the sum is ln(1 + the others)
    others = np.where(hardmax(z) == 1.0, 0.0, exponentials).sum(axis=-1, keepdims=True)
    return np.asarray(exponent - np.log1p(others))


def softmin(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Return the softmax of -z, which is largest for the smallest logit; the arguments are those of `softmax`."""
    return softmax(-np.asarray(logits, dtype=np.float64), temperature)


def hardmax(logits: ArrayLike) -> Array:
    """Return 1 for the largest logit (the first of them) and 0 for the others, along the last axis."""
    z = np.asarray(logits, dtype=np.float64)
    first = np.arange(z.shape[-1]) == z.argmax(axis=-1)[..., None]
    return np.where(first, 1.0, 0.0)


def sparsemax(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Project z/T onto the probabilities: p_i = max(z_i/T - τ, 0), with τ such that they sum to 1.

    Small ones are exactly 0 (Martins, Astudillo 2016, arXiv:1602.02068). The sums are exact, so each p_i is rounded
    only once.

    Parameters
    ----------
    logits, temperature
        As for `softmax`.
    """
    return _sparse(_sparsemax, logits, temperature)


def _sparsemax(falling: Iterator[Fraction]) -> Iterator[float]:
    total, support = Fraction(), []
    for count, value in enumerate(falling, 1):
        total += value
        if 1 + count * value <= total:
            break
        support.append(value)
        threshold = (total - 1) / count
    return (float(value - threshold) for value in support)


def entmax15(logits: ArrayLike, temperature: float = 1.0) -> Array:
    """Return 1.5-entmax, between softmax and sparsemax: p_i = max(z_i/(2T) - τ, 0)², with τ such that they sum to 1.

    Small ones are exactly 0 (Peters, Niculae, Martins 2019, arXiv:1905.05702). τ is found by sorting, with exact sums.

    Parameters
    ----------
    logits, temperature
        As for `softmax`.
    """
    return _sparse(_entmax15, logits, temperature)


def _entmax15(falling: Iterator[Fraction]) -> Iterator[float]:
    total = squares = Fraction()
    support = []
    for count, twice in enumerate(falling, 1):
        value = twice / 2
        total, squares = total + value, squares + value * value
        mean = total / count
        # the values p = (value - mean + √q)² on the support add up to 1
        q = (1 - squares + total * mean) / count
        if q <= (mean - value) ** 2:
            break
        support.append(value)
        centre, square = mean, q
    return (_squared(value - centre, square) for value in support)


def _squared(difference: Fraction, q: Fraction) -> float:
    """Return (d + √q)², in a form that doesn't cancel if d is negative."""
    root = math.sqrt(q)
    if difference >= 0:
        return (float(difference) + root) ** 2
    return (float(q - difference * difference) / (root - float(difference))) ** 2


def _sparse(of: Callable[[Iterator[Fraction]], Iterator[float]], logits: ArrayLike, temperature: float) -> Array:
    """Apply a function whose values are mostly 0 to each vector along the last axis.

    It takes the exact values of (z - max)/T in falling order, and returns the values above 0 in that order.
    """
    z = np.asarray(logits, dtype=np.float64)
    result = np.zeros_like(z)
    for row, values in zip(z.reshape(-1, z.shape[-1]), result.reshape(-1, z.shape[-1]), strict=True):
        order = np.argsort(-row, kind="stable")
        largest, divisor = Fraction(float(row[order[0]])), Fraction(temperature)
        found = list(of((Fraction(float(row[place])) - largest) / divisor for place in order))
        values[order[: len(found)]] = found
    return result


@dataclass(frozen=True)
class VectorFunction:
    """A function of a vector that softmax is compared with.

    Parameters
    ----------
    name, title
        The name to ask for it by, and the name in headings.
    function
        A function of logits of shape (..., k) and the temperature.
    weights
        Weights w as a function of the values, from which the Jacobian follows: it is (diag(w) - w wᵀ/Σw)/T.
    """

    name: str
    title: str
    function: Callable[[ArrayLike, float], Array]
    weights: Callable[[Array], Array] | None = None

    def __call__(self, logits: ArrayLike, temperature: float = 1.0) -> Array:
        return self.function(logits, temperature)

    def jacobian(self, logits: ArrayLike, temperature: float = 1.0) -> Array:
        """Return ∂p_i/∂z_j as row i and column j, of shape (..., k, k).

        Where hardmax jumps, or sparsemax has a kink, it is the Jacobian that belongs to the values returned there.
        """
        values = self(logits, temperature)
        if self.name == "log_softmax":
            return _of_weights(softmax(logits, temperature), by_row=True) / temperature
        if self.weights is None:
            return np.zeros((*values.shape, values.shape[-1]))
        sign = -1.0 if self.name == "softmin" else 1.0
        return sign * _of_weights(self.weights(values)) / temperature


def _of_weights(w: Array, by_row: bool = False) -> Array:
    """Return diag(w) - w wᵀ/Σw, or that with each row divided by its weight; nothing cancels on the diagonal."""
    total = w.sum(axis=-1)[..., None, None]
    row = np.ones_like(w) if by_row else w
    found = -row[..., :, None] * w[..., None, :] / total
    count = w.shape[-1]
    for place in range(count):
        others = np.delete(w, place, axis=-1).sum(axis=-1)
        found[..., place, place] = row[..., place] * others / total[..., 0, 0]
    return np.asarray(found + 0.0)  # not -0


AGAINST = {
    one.name: one
    for one in (
        VectorFunction("hardmax", "hardmax", lambda logits, _: hardmax(logits)),
        VectorFunction("sparsemax", "sparsemax", sparsemax, lambda p: np.where(p > 0, 1.0, 0.0)),
        VectorFunction("entmax15", "entmax 1.5", entmax15, np.sqrt),
        VectorFunction("softmin", "softmin", softmin, lambda p: p),
        VectorFunction("log_softmax", "log softmax", log_softmax),
    )
}
"""What softmax can be drawn beside, in the order of the columns."""

SOFTMAX = VectorFunction("softmax", "softmax", softmax, lambda p: p)


def against(names: Sequence[str]) -> tuple[str, ...]:
    """Look up what softmax is compared with, whatever the case of the names: each once, in the order of `AGAINST`.

    Raises
    ------
    InputError
        If one is unknown; the message names the nearest, or all.
    """
    there = f"; there are {', '.join(AGAINST)}"
    words = {str(name).lower().replace("-", "_"): name for name in names}
    for word, name in words.items():
        if word not in AGAINST:
            raise InputError(f"against '{name}' is unknown{nearest(str(name), AGAINST, there)}", "against")
    return tuple(name for name in AGAINST if name in words)


@dataclass(frozen=True)
class Softmax:
    """The worked example of softmax, step by step: logits, exponentials, their total, probabilities.

    Parameters
    ----------
    logits
        At least one, finite.
    temperature
        Divides the logits; finite and above 0.
    by_hand
        Whether the exponentials are rounded to two decimals before they are added and divided, as one would on paper;
        the probabilities then differ from softmax in the last digits.
    classes
        A name for each logit, all different; without them, classes are numbered from 1.

    Raises
    ------
    InputError
        If there is no logit, one that isn't finite, no temperature above 0, or not one name for each logit.
    """

    logits: tuple[float, ...]
    temperature: float = option(1.0, "Divides the logits; above 0.")
    by_hand: bool = option(False, "Round the exponentials to two decimals first, as one would on paper.")
    classes: tuple[str, ...] = option((), "Names of the classes: cat,dog,bird.", metavar="NAMES")

    def __post_init__(self) -> None:
        check(self)
        try:
            object.__setattr__(self, "logits", convert(self.logits, tuple[float, ...]))
        except TypeError:
            raise InputError(f"logits must be numbers, not {self.logits!r}", "logits") from None
        if not self.logits:
            raise InputError("softmax needs at least one logit")
        for logit in self.logits:
            if not math.isfinite(logit):
                raise InputError(f"a logit must be finite, not {logit}")
        if not (math.isfinite(self.temperature) and self.temperature > 0):
            raise InputError(f"the temperature must be finite and above 0, not {self.temperature}")
        if self.by_hand and self.total == 0:
            raise InputError("by hand, every exponential rounds to 0.00 here, so there is nothing to divide by")
        object.__setattr__(self, "classes", tuple(map(_in_one_line, self.classes)))
        if self.classes and len(self.classes) != len(self.logits):
            raise InputError(
                f"classes has {_count(len(self.classes), 'name')}, but there are {_count(len(self.logits), 'logit')}",
                "classes",
            )
        for index, name in enumerate(self.classes):
            if not name:
                raise InputError(f"class {index + 1} has no name in classes", "classes")
        if len(set(self.classes)) < len(self.classes):
            twice = next(name for name in self.classes if self.classes.count(name) > 1)
            raise InputError(f"classes has '{twice}' twice; the names must differ", "classes")

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called: their names, or else their numbers."""
        return self.classes or tuple(map(str, range(1, len(self.logits) + 1)))

    @cached_property
    def _steps(self) -> tuple[float, Array, Array]:
        return steps(np.array(self.logits), self.temperature)

    @cached_property
    def shift(self) -> float:
        """What is subtracted from the logits: the largest if exp would over- or underflow otherwise, else 0."""
        return float(self._steps[0])

    @cached_property
    def scaled(self) -> tuple[float, ...]:
        """The logits after the shift, divided by the temperature."""
        return tuple(self._steps[1].tolist())

    @cached_property
    def exponentials(self) -> tuple[float, ...]:
        """exp(scaled), rounded to two decimals if by hand."""
        exact = self._steps[2].tolist()
        return tuple(round(e, BY_HAND_DECIMALS) for e in exact) if self.by_hand else tuple(exact)

    @cached_property
    def total(self) -> float:
        """The sum of the exponentials."""
        return math.fsum(self.exponentials)

    @cached_property
    def probabilities(self) -> tuple[float, ...]:
        """The exponentials divided by their total."""
        if self.by_hand:
            return tuple(e / self.total for e in self.exponentials)
        return tuple(softmax(self.logits, self.temperature).tolist())

    @cached_property
    def hardmax(self) -> tuple[float, ...]:
        """1 for the largest logit, 0 for the others."""
        return tuple(hardmax(self.logits).tolist())

    def against(self, name: str) -> tuple[float, ...]:
        """Return what another function, such as "sparsemax" or "log_softmax", makes of the logits.

        Raises
        ------
        InputError
            If it is unknown.
        """
        (known,) = against([name])
        return tuple(AGAINST[known](self.logits, self.temperature).tolist())

    def jacobian(self, name: str = "softmax") -> Array:
        """Return the derivatives of probability i, or of another function's value i, by logit j: row i, column j.

        Rounding by hand makes no difference here.

        Raises
        ------
        InputError
            If the function is unknown.
        """
        function = SOFTMAX if name == "softmax" else AGAINST[against([name])[0]]
        return function.jacobian(self.logits, self.temperature)

    def loss(self, target: int | str) -> "CrossEntropy":
        """Go on to the cross-entropy if the right class is `target`: its number, counted from 1, or its name.

        Raises
        ------
        InputError
            If there is no such class.
        """
        if isinstance(target, str) and target in self.classes:
            return CrossEntropy(self, self.classes.index(target) + 1)
        try:
            number = convert(int(target) if isinstance(target, str) else target, int)
        except (TypeError, ValueError):
            known = f" or one of {', '.join(self.classes)}" if self.classes else ""
            form = f"the number of a class{known}"
            hint = nearest(str(target), self.classes)
            raise InputError(f"target must be {form}, not {target!r}{hint}", "target") from None
        return CrossEntropy(self, number)


@dataclass(frozen=True)
class CrossEntropy:
    """Softmax with cross-entropy, forward to the loss and node by node back to the logits.

    With y = softmax(z/T), the truth t (1 for the right class, 0 for the others), e = exp(z/T) and S = Σ e:

        L = -Σ t ln y,  ∂L/∂y = -t/y,  ∂L/∂S = 1/S,  ∂L/∂e = 1/S - t/e,  ∂L/∂z = (y - t)/T.

    If the largest logit is subtracted first (`Softmax.shift`), e and S are those of the shifted logits.

    Parameters
    ----------
    steps
        The worked example of softmax.
    target
        The number of the right class, counted from 1.

    Raises
    ------
    InputError
        If there is no such class.
    """

    steps: Softmax
    target: int

    def __post_init__(self) -> None:
        if not 1 <= self.target <= len(self.steps.logits):
            raise InputError(f"class {self.target} of {len(self.steps.logits)}; target counts from 1", "target")

    @property
    def name(self) -> str:
        """What the right class is called."""
        return self.steps.names[self.target - 1]

    @cached_property
    def truth(self) -> tuple[float, ...]:
        """t: 1 for the right class, 0 for the others."""
        return tuple(1.0 if number == self.target else 0.0 for number in range(1, len(self.steps.logits) + 1))

    @cached_property
    def loss(self) -> float:
        """L = -ln y of the right class, computed from the logits: finite where y underflows, and precise near 0."""
        if self.steps.by_hand:
            probability = self.steps.probabilities[self.target - 1]
            return -math.log(probability) + 0.0 if probability else math.inf
        logits = self.steps.logits
        first = logits.index(max(logits))
        with np.errstate(over="ignore"):
            below = (np.array(logits) - logits[first]) / self.steps.temperature
        rest = math.fsum(np.exp(np.delete(below, first)))
        return math.log1p(rest) - float(below[self.target - 1])

    @cached_property
    def by_probabilities(self) -> tuple[float, ...]:
        """∂L/∂y = -t/y, which is infinite where y underflows to 0: why frameworks fuse softmax and loss."""
        return tuple(
            0.0 if not t else -t / y if y else -math.inf
            for y, t in zip(self.steps.probabilities, self.truth, strict=True)
        )

    @cached_property
    def by_total(self) -> float:
        """∂L/∂S = 1/S."""
        return 1 / self.steps.total

    @cached_property
    def by_exponentials(self) -> tuple[float, ...]:
        """∂L/∂e = 1/S - t/e."""
        return tuple(
            self.by_total if not t else self.by_total - t / e if e else -math.inf
            for e, t in zip(self.steps.exponentials, self.truth, strict=True)
        )

    @cached_property
    def gradient(self) -> tuple[float, ...]:
        """∂L/∂z = (y - t)/T; for the right class, minus the sum of the others, which doesn't cancel as y nears 1."""
        probabilities = list(self.steps.probabilities)
        probabilities[self.target - 1] = 0.0
        probabilities[self.target - 1] = -math.fsum(probabilities)
        return tuple(y / self.steps.temperature for y in probabilities)


def _in_one_line(name: str) -> str:
    """Replace with blanks what can't be drawn, and leave one blank between words."""
    return " ".join("".join(character if character.isprintable() else " " for character in name).split())


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
