"""The vocabulary of a definition: what is declared about an activation.

A `Definition` is what a family's file declares. An `Activation` is a definition with values for its parameters, and can
be called. What follows from it (extrema, steepest slope, …) is worked out in `analysis`.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import ParameterError, nearest
from actviz.formula import Formula, plain
from actviz.numerics import Array, is_masked, real_numbers

T = TypeVar("T")
Value = float | tuple[float, ...]
Values = Mapping[str, Value]
ByParameters: TypeAlias = T | Callable[..., T]
"""A fact, or a function of the parameters (which it takes by name) that returns it."""


def number(value: float) -> str:
    """Write a number as briefly as it can be read back exactly: 0.2, 2, inf."""
    return repr(value).removesuffix(".0")


def assignment(name: str, value: Value) -> str:
    """Write the value of a parameter as in a specification: beta=2, weights=0/1."""
    return f"{name}={'/'.join(map(number, value)) if isinstance(value, tuple) else number(value)}"


def rounded(value: float) -> str:
    """Write a number exactly if that is brief (0.25, 1/3, 1000.5), otherwise with four significant digits (1.100)."""
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if number(value) == (brief := f"{value:.4g}"):
        return brief
    if math.isclose(float(brief), value, rel_tol=4.5e-16):  # 0.7000000000000001
        return number(float(brief)) if abs(value) < 1e6 else brief
    fraction = Fraction(value).limit_denominator(99)
    if float(fraction) != value or abs(value) >= 1e6:
        return f"{value:#.4g}".removesuffix(".")
    return number(value) if len(number(value)) < 8 else str(fraction)


def powers(written: str) -> str:
    """Write powers of ten as in print: 5.32e+11 as 5.32 × 10¹¹."""
    mantissa, e, exponent = written.partition("e")
    if not e:
        return written
    factor = {"1": "", "-1": "-"}.get(mantissa, f"{mantissa} × ")
    return f"{factor}10{str(int(exponent)).translate(SUPERSCRIPT)}"


SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(value: float) -> str:
    """Write a number for people: as `rounded`, with a true minus sign and powers of ten as in print."""
    return powers(rounded(value)).replace("-", "−")


def given(value: Value) -> str:
    """Write a value that the user has set, exactly and for people: 0.01, 1/3, (0, 1)."""
    if isinstance(value, tuple):
        return f"({', '.join(map(given, value))})" if len(value) > 1 else given(value[0])
    brief = "/" in rounded(value) or math.isinf(value) or float(f"{value:.4g}") == value
    return readable(value) if brief else powers(number(value)).replace("-", "−")


@dataclass(frozen=True)
class Interval:
    """A set of numbers between two ends, written as in mathematics: "(0, 1]", "[0, inf)".

    An end belongs to the interval if its bracket is square.

    Raises
    ------
    ValueError
        If the text isn't written so, the ends are not in order, or the interval is empty.
    """

    text: str

    def __post_init__(self) -> None:
        try:
            low, high = self._ends
        except ValueError:
            low = high = math.nan
        if not (self.text[:1] in ("(", "[") and self.text[-1:] in (")", "]")) or math.isnan(low) or math.isnan(high):
            raise ValueError(
                f"'{self.text}' isn't an interval; write two ends in brackets, as in '(0, 1]' or '[0, inf)'"
            )
        if low > high:
            raise ValueError(f"the ends of the interval '{self.text}' are not in order: {low!r} is above {high!r}")
        if low == high and not (self.low_closed and self.high_closed and math.isfinite(low)):
            raise ValueError(f"the interval '{self.text}' is empty; a single number is written as '[1, 1]'")

    @cached_property
    def _ends(self) -> tuple[float, float]:
        low, high = self.text[1:-1].split(",")
        return float(low), float(high)

    @property
    def low(self) -> float:
        return self._ends[0]

    @property
    def high(self) -> float:
        return self._ends[1]

    @property
    def low_closed(self) -> bool:
        return self.text.startswith("[")

    @property
    def high_closed(self) -> bool:
        return self.text.endswith("]")

    @property
    def bounded(self) -> bool:
        return math.isfinite(self.low) and math.isfinite(self.high)

    def __contains__(self, value: float) -> bool:
        above = value >= self.low if self.low_closed else value > self.low
        below = value <= self.high if self.high_closed else value < self.high
        return above and below

    def __str__(self) -> str:
        return f"{self.text[0]}{readable(self.low)}, {readable(self.high)}{self.text[-1]}"


REALS = Interval("(-inf, inf)")


@dataclass(frozen=True)
class Union:
    """Several intervals from left to right with gaps between them; a single number is one too: "{0} ∪ (1, inf)"."""

    pieces: tuple[Interval, ...]

    def __post_init__(self) -> None:
        ends = [end for piece in self.pieces for end in (piece.low, piece.high)]
        if len(self.pieces) < 2 or ends != sorted(ends):
            raise ValueError(f"'{self.text}' must be two or more intervals, from left to right")

    @property
    def text(self) -> str:
        return self._written(number)

    @property
    def low(self) -> float:
        return self.pieces[0].low

    @property
    def high(self) -> float:
        return self.pieces[-1].high

    @property
    def low_closed(self) -> bool:
        return self.pieces[0].low_closed

    @property
    def high_closed(self) -> bool:
        return self.pieces[-1].high_closed

    @property
    def bounded(self) -> bool:
        return math.isfinite(self.low) and math.isfinite(self.high)

    def __contains__(self, value: float) -> bool:
        return any(value in piece for piece in self.pieces)

    def __str__(self) -> str:
        return self._written(readable)

    def _written(self, write: Callable[[float], str]) -> str:
        """Join the pieces; single numbers beside each other stand in the same braces."""
        parts: list[str] = []
        for piece in self.pieces:
            if piece.low != piece.high:
                parts.append(f"{piece.text[0]}{write(piece.low)}, {write(piece.high)}{piece.text[-1]}")
            elif parts and parts[-1].endswith("}"):
                parts[-1] = f"{parts[-1][:-1]}, {write(piece.low)}}}"
            else:
                parts.append(f"{{{write(piece.low)}}}")
        return " ∪ ".join(parts)


def single(*values: float) -> tuple[Interval, ...]:
    """Return an interval for each of several numbers."""
    return tuple(Interval(f"[{number(value)}, {number(value)}]") for value in values)


@dataclass(frozen=True)
class Parameter:
    """One parameter of an activation.

    Parameters
    ----------
    name
        As it is written in specifications and in Python.
    default
        A number, or a tuple of numbers for a parameter that is a list.
    symbol
        Its symbol in formulas, as mathtext.
    meaning
        What it means, in a line.
    domain
        The values that are allowed (for each number of a list).
    usual
        Values in common use, which the tests try; those of several parameters belong together by position.
    aliases
        Other names that people type.
    whole
        Whether only whole numbers are allowed.
    """

    name: str
    default: Value
    symbol: str
    meaning: str
    domain: Interval = REALS
    usual: tuple[Value, ...] = ()
    aliases: tuple[str, ...] = ()
    whole: bool = False

    def check(self, value: object) -> Value:
        """Return the value as a float or a tuple of floats; ParameterError if it isn't one or is outside the domain."""
        numbers = tuple(number + 0.0 for number in self._numbers(value))  # not -0
        for one in numbers:
            if one not in self.domain:
                raise ParameterError(f"{self.name} = {number(one)} is outside its domain {self.domain}")
            if self.whole and not one.is_integer():
                raise ParameterError(f"{self.name} must be a whole number, not {number(one)}")
        return numbers if isinstance(self.default, tuple) else numbers[0]

    def _numbers(self, value: object) -> tuple[float, ...]:
        as_list = isinstance(self.default, tuple)
        try:
            if isinstance(value, str):
                return tuple(map(float, value.split("/"))) if as_list else (_parse(value),)
            if as_list and isinstance(value, Iterable):
                numbers = tuple(map(float, value))
                if numbers:
                    return numbers
            elif not as_list:
                return (float(value),)  # type: ignore[arg-type]  # what float can't take is caught below
        except (TypeError, ValueError, OverflowError, ZeroDivisionError):
            pass
        form = "numbers separated by '/'" if as_list else "a number"
        raise ParameterError(f"{self.name} must be {form}, not '{value}'")


def _parse(text: str) -> float:
    """Read 0.25, 1e-3 or 1/4."""
    numerator, _, denominator = text.partition("/")
    return float(numerator) / float(denominator) if denominator else float(text)


@dataclass(frozen=True)
class Kink:
    """A point where the derivative jumps, or the function itself.

    Parameters
    ----------
    x
        Where it is.
    left, right
        The one-sided derivatives.
    convention
        What the derivative function returns there.
    answers
        What the frameworks' automatic differentiation returns there, by framework and version, if it was measured.
    limits
        The one-sided limits of the function itself, if that jumps too.
    """

    x: float
    left: float
    right: float
    convention: float
    answers: Mapping[str, float] = field(default_factory=dict, compare=False)
    limits: tuple[float, float] | None = None


@dataclass(frozen=True)
class Reference:
    """Where an activation was published: `authors` are surnames separated by commas, `arxiv` and `doi` identifiers."""

    authors: str
    year: int
    title: str
    arxiv: str | None = None
    doi: str | None = None

    @property
    def bibtex(self) -> str:
        """An entry for a bibliography: `@article` if it is on arXiv, `@misc` otherwise."""
        names = self.authors.split(", ")
        surname = unicodedata.normalize("NFKD", names[0]).encode("ascii", "ignore").decode()
        word = next(word for word in re.findall(r"\w+", self.title.lower()) if len(word) > 3)
        fields = {"title": f"{{{self.title}}}", "author": " and ".join(names), "year": str(self.year)}
        if self.arxiv:
            fields["journal"] = f"arXiv preprint arXiv:{self.arxiv}"
        if self.doi:
            fields["doi"] = self.doi
        lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
        key = f"{re.sub(r'[^a-z]', '', surname.lower())}{self.year}{word}"
        return f"@{'article' if self.arxiv else 'misc'}{{{key},\n{lines}}}"

    def __str__(self) -> str:
        identifier = f", arXiv:{self.arxiv}" if self.arxiv else f", doi:{self.doi}" if self.doi else ""
        return f"{self.authors} ({self.year}), {self.title}{identifier}"


@dataclass(frozen=True)
class Bound:
    """Where no formula in float64 is within 4 units in the last place of the exact value, and how near it is instead.

    Parameters
    ----------
    says
        Where, how near, and why, in a line.
    error
        The largest absolute error allowed at x; 0 where the 4 units hold.
    slope
        Whether it is a bound for f' instead of f.
    """

    says: str
    error: Callable[[float], float]
    slope: bool = False


def near_zeros(*places: float, slope: bool = False, reach: float = 0.5, error: float = 2.0**-52) -> Bound:
    """Return the bound around zeros of f, or of f': where nearly equal terms cancel, their rounding errors are left."""
    what = "f'" if slope else "f"
    where = " and ".join(map(readable, places))
    zeros = "zeros" if len(places) > 1 else "zero"
    times = f"{error * 2.0**52:.2g} · " if error != 2.0**-52 else ""
    return Bound(
        f"{what} is within {times}2⁻⁵² up to {readable(reach)} from its {zeros} at x = {where}, where terms cancel",
        lambda x: error if any(abs(x - place) <= reach for place in places) else 0.0,
        slope,
    )


@dataclass(frozen=True)
class Relative:
    """How an activation is related to another: f(x), or f'(x), is factor · g(scale · x + shift) + offset.

    Parameters
    ----------
    to
        The specification of g.
    says
        The relation in words.
    of
        The specification of f; the activation with its default parameters if empty.
    slope
        Whether it is f' that is related to g.
    factor, scale, shift, offset
        The numbers by which g is transformed.
    within
        How far apart the two may be.
    on
        The ends of the x for which this holds.
    """

    to: str
    says: str
    of: str = ""
    slope: bool = False
    factor: float = 1.0
    scale: float = 1.0
    shift: float = 0.0
    offset: float = 0.0
    within: float = 1e-13
    on: tuple[float, float] = (-30.0, 30.0)


VERSIONS = {
    "torch": "PyTorch 2.15",
    "keras": "Keras 3.15",
    "jax": "JAX 0.10",
    "flax": "Flax 0.12",
    "tf": "TensorFlow 2.21",
    "transformers": "Transformers 5.24",
    "onnx": "ONNX 1.23",
    "NNlib": "NNlib of June 2026",
}
"""The versions whose names and defaults are in the definitions, by the first part of a name."""


@dataclass(frozen=True)
class Spelling:
    """How a framework writes an activation.

    Parameters
    ----------
    code
        An expression in x with every parameter spelled out, a template for `str.format` or a function of the parameters
        that returns it; "" if the framework can't write the activation with these values.
    note
        What else differs.
    names
        The framework's own names in full. Defaults that differ from actviz's follow a colon:
        "torch.nn.LeakyReLU:negative_slope=0.01".
    approximations
        Names that mean an approximation of it by default, and which that is.
    """

    code: str | Callable[..., str]
    note: str = ""
    names: tuple[str, ...] = ()
    approximations: Mapping[str, str] = field(default_factory=dict)

    def written(self, parameters: Values) -> str:
        """Write the expression with values for the parameters."""
        return self.code.format(**parameters) if isinstance(self.code, str) else self.code(**parameters)

    @property
    def defaults(self) -> str:
        """The framework's defaults where they differ from actviz's, with its version."""
        words: dict[str, list[str]] = {}
        for name, _, parameters in (name.partition(":") for name in self.names):
            words.setdefault(parameters.replace(",", ", "), []).append(name)
        for name, what in self.approximations.items():
            words.setdefault(what, []).append(name)
        texts = []
        for what, names in words.items():
            version = VERSIONS[names[0].partition(".")[0]]
            where = version if len(words) == 1 else f"{', '.join(names)} ({version})"
            texts.append(f"{what} in {where}" if what else "")
        return "; ".join(filter(None, texts))

    @property
    def remarks(self) -> list[str]:
        """What else there is to say about it, in lines."""
        names = [name.partition(":")[0] for name in self.names]
        lines = (("names there", ", ".join(names)), ("default there", self.defaults))
        return [*(f"{heading}: {text}" for heading, text in lines if text), *filter(None, (self.note,))]


@dataclass(frozen=True, kw_only=True, eq=False)
class Parametrised:
    """Anything that a specification gives by name and parameters.

    Parameters
    ----------
    name
        The canonical name.
    parameters
        In the order in which a specification may give them without names.
    constraint
        What the parameters must satisfy together: a function of them that returns an error message, or "".
    """

    name: str
    parameters: tuple[Parameter, ...] = ()
    constraint: Callable[..., str] | None = None

    def parameter(self, word: str) -> Parameter:
        """Find a parameter by its name or an alias; ParameterError if there is none."""
        names = {name: p for p in self.parameters for name in (p.name, *p.aliases)}
        try:
            return names[word.strip().lower().replace("-", "_")]
        except KeyError:
            if not names:
                raise ParameterError(f"{self.name} has no parameters, so '{word}' can't be set") from None
            known = re.sub(", (?!.*, )", " and ", ", ".join(p.name for p in self.parameters))
            hint = nearest(word, names, f"; it has {known}")
            raise ParameterError(f"{self.name} has no parameter '{word}'{hint}") from None

    def settle(self, values: Mapping[str, object]) -> tuple[Value, ...]:
        """Return the value of each parameter, its default if it isn't named; ParameterError if one isn't allowed."""
        given: dict[str, Value] = {}
        for word, value in values.items():
            parameter = self.parameter(word)
            try:
                given[parameter.name] = parameter.check(value)
            except ParameterError as error:
                raise ParameterError(f"{self.name}: {error}") from None
        settled = tuple(given.get(p.name, p.default) for p in self.parameters)
        named = {p.name: value for p, value in zip(self.parameters, settled, strict=True)}
        if self.constraint and (message := self.constraint(**named)):
            unsaid = [_default(p) for p in self.parameters if p.name not in given]
            raise ParameterError("; ".join([f"{self.name}: {message}", *unsaid]))
        return settled

    def specification(self, values: Sequence[Value]) -> str:
        """Write the specification with these values of the parameters: `leaky_relu:negative_slope=0.1`."""
        changed = [
            assignment(p.name, value) for p, value in zip(self.parameters, values, strict=True) if value != p.default
        ]
        return f"{self.name}:{','.join(changed)}" if changed else self.name


@dataclass(frozen=True, kw_only=True, eq=False)
class Definition(Parametrised):
    """All that is known about an activation; what depends on the parameters is a function of them.

    One of your own needs its names, both formulas, both functions, its range, and its kinks if it has any. For one that
    is registered, the tests also demand a summary, strength, weakness, samples, and the spelling in frameworks.

    Parameters
    ----------
    name, aliases, title
        The canonical name, other names, and the name in a heading. Another name may stand for certain values of the
        parameters, which follow a colon: "siren:30" makes `siren` another name of `sine:30`.
    summary, strength, weakness
        A line each.
    formula, derivative_formula
        In TeX, as mathtext can draw it.
    function, derivative
        f and f', each of a float64 array and of the parameters by name; they return an array of the same shape.
    parameters
        In the order in which a specification may give them without names.
    constraint
        What the parameters must satisfy together: a function of them that returns an error message, or "".
    range, range_symbols
        The values that the function takes, and the ends as symbols where these say more than the numbers.
    kinks
        Where the derivative jumps, from left to right.
    monotonic
        Whether the function never falls, or never rises.
    smoothness
        How many derivatives are continuous if there is no kink; with one it counts as 0, with a jump as -1.
    accuracy
        Where 4 units in the last place can't be reached in float64, and what is reached instead.
    window
        The ends of the part of the x axis in which the shape is seen.
    band, band_label
        Two settings of the parameters between which training draws the function at random, and what to call this band.
    family, family_label
        Settings of the parameters that are drawn thinly behind the curve, and what to say about them.
    member_label
        The name of one of the family, with mathtext; also of the curve itself, if not empty.
    curve_label
        What to call the curve itself beside a band or a family.
    constants
        The numbers behind symbols of the formula that aren't parameters.
    exact
        Places or heights of its extrema and steepest points that have a closed form, as TeX with its value, to be
        written instead of a rounded number.
    samples
        Values of f computed elsewhere, by x; they catch a function and a derivative that are wrong together.
    reference, frameworks
        The paper, and the spelling by framework.
    relatives
        How it is related to other activations.
    """

    title: str
    formula: Formula
    derivative_formula: Formula
    function: Callable[..., Array]
    derivative: Callable[..., Array]
    range: ByParameters[Interval | Union]
    summary: str = ""
    strength: str = ""
    weakness: str = ""
    samples: Mapping[float, float] = field(default_factory=dict)
    reference: Reference | None = None
    frameworks: Mapping[str, Spelling] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    range_symbols: tuple[str, str] = ("", "")
    kinks: ByParameters[tuple[Kink, ...]] = ()
    monotonic: ByParameters[bool] = True
    smoothness: ByParameters[float] = math.inf
    accuracy: ByParameters[tuple[Bound, ...]] = ()
    window: ByParameters[tuple[float, float]] = (-10.0, 10.0)
    band: Callable[..., tuple[Values, Values]] | None = None
    band_label: str = ""
    family: Callable[..., tuple[Values, ...]] | None = None
    family_label: str = ""
    member_label: Callable[..., str] | None = None
    curve_label: str = ""
    constants: Mapping[str, float] = field(default_factory=dict)
    exact: Mapping[str, float] = field(default_factory=dict)
    relatives: tuple[Relative, ...] = ()

    def bind(self, **values: object) -> "Activation":
        """Make an activation of it; parameters that aren't named keep their defaults.

        Raises
        ------
        ParameterError
            For an unknown parameter, a value outside its domain, or values that don't go together.
        """
        return Activation(self, self.settle(values))


@dataclass(frozen=True, repr=False)
class Activation:
    """An activation function: a definition with values for its parameters.

    Call it, or its `derivative`, with numbers of any shape: it computes in float64, and returns the same shape, or a
    float for a scalar. At a kink the derivative has the value by convention (see `kinks`). A masked array keeps its
    mask; anything but real numbers (complex ones, dates, objects) is refused with an InputError.
    """

    definition: Definition
    values: tuple[Value, ...] = field(default=())

    def __repr__(self) -> str:
        return f"<Activation {self.spec}>"

    def __call__(self, x: ArrayLike) -> Any:
        """Return f(x), of the same shape as x."""
        return self._evaluate(self.definition.function, x)

    def derivative(self, x: ArrayLike) -> Any:
        """Return the analytical derivative f'(x), of the same shape as x."""
        return self._evaluate(self.definition.derivative, x)

    def _evaluate(self, function: Callable[..., Array], x: ArrayLike) -> Any:
        array = real_numbers(x)
        # overflow rounds to infinity, and NaN at infinity means that there is no limit
        with np.errstate(over="ignore", invalid="ignore"):
            result = function(np.asarray(array), **self.parameters)
        if is_masked(array):
            return np.ma.array(result, mask=np.ma.getmaskarray(array), fill_value=array.fill_value)[()]
        return float(result) if array.ndim == 0 else result

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.definition.name

    @property
    def title(self) -> str:
        """The name in a heading."""
        return self.definition.title

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names."""
        return tuple(alias.partition(":")[0] for alias in self.definition.aliases)

    @property
    def formula(self) -> Formula:
        """f(x) in TeX."""
        return self.definition.formula

    @property
    def derivative_formula(self) -> Formula:
        """f'(x) in TeX."""
        return self.definition.derivative_formula

    @property
    def reference(self) -> Reference | None:
        """The paper, if there is one."""
        return self.definition.reference

    @property
    def parameters(self) -> Values:
        """The value of each parameter, by name."""
        return MappingProxyType(dict(zip((p.name for p in self.definition.parameters), self.values, strict=True)))

    @property
    def spec(self) -> str:
        """The specification that names this activation: `leaky_relu:negative_slope=0.1`."""
        return self.definition.specification(self.values)

    @property
    def label(self) -> str:
        """The title with the values of all parameters, for a legend (with mathtext): `Leaky ReLU ($a$ = 0.1)`."""
        symbols = {p.symbol: _short(value) for p, value in zip(self.definition.parameters, self.values, strict=True)}
        values = {**symbols, **{symbol: readable(value) for symbol, value in self.definition.constants.items()}}
        return self._titled({f"${symbol}$": value for symbol, value in values.items()})

    @property
    def plain_label(self) -> str:
        """The title with the values of all parameters by name, as plain text."""
        constants = {plain(symbol): readable(value) for symbol, value in self.definition.constants.items()}
        return self._titled({name: _short(value) for name, value in self.parameters.items()} | constants)

    def said(self, value: float, plainly: bool = False) -> str:
        """Write a place or a height of the curve, in closed form (with mathtext) if the definition declares one."""
        for symbol, exact in self.definition.exact.items():
            if math.isclose(value, exact, rel_tol=1e-6):  # the place of a peak is only found to half the digits
                return plain(symbol) if plainly else f"${symbol}$"
        return readable(value + 0.0)

    def setting(self, names: Iterable[str], plainly: bool = False) -> str:
        """Return the values of some parameters with their symbols (with mathtext), or plainly with their names."""
        names = list(names)
        return ", ".join(
            f"{p.name if plainly else f'${p.symbol}$'} = {_short(value)}"
            for p, value in zip(self.definition.parameters, self.values, strict=True)
            if p.name in names
        )

    def _titled(self, values: Mapping[str, str]) -> str:
        text = ", ".join(f"{name} = {value}" for name, value in values.items())
        return f"{self.title} ({text})" if text else self.title

    def _given(self, fact: ByParameters[T]) -> T:
        return fact(**self.parameters) if callable(fact) else fact

    def with_values(self, values: Values) -> "Activation":
        """Return the same activation with other values for some of its parameters."""
        return self.definition.bind(**{**self.parameters, **values})

    @cached_property
    def range(self) -> Interval | Union:
        """The values that it takes."""
        found = self.definition.range
        return found(**self.parameters) if callable(found) else found

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """Where the derivative jumps, or the function itself, from left to right."""
        return self._given(self.definition.kinks)

    @cached_property
    def monotonic(self) -> bool:
        """Whether it never falls, or never rises."""
        return self._given(self.definition.monotonic)

    @cached_property
    def smoothness(self) -> float:
        """How many derivatives are continuous: -1 with a jump, 0 with a kink, inf for all of them."""
        if any(kink.limits for kink in self.kinks):
            return -1
        return 0 if self.kinks else self._given(self.definition.smoothness)

    @cached_property
    def accuracy(self) -> tuple[Bound, ...]:
        """Where 4 units in the last place can't be reached in float64."""
        return self._given(self.definition.accuracy)

    @cached_property
    def window(self) -> tuple[float, float]:
        """The part of the x axis in which the shape is seen."""
        return self._given(self.definition.window)

    @cached_property
    def band(self) -> "tuple[Activation, Activation] | None":
        """The two activations between which training draws one at random."""
        if self.definition.band is None:
            return None
        low, high = self.definition.band(**self.parameters)
        return self.with_values(low), self.with_values(high)

    @cached_property
    def family(self) -> "tuple[Activation, ...]":
        """Related activations, drawn thinly behind the curve."""
        settings = self.definition.family(**self.parameters) if self.definition.family else ()
        return tuple(self.with_values(values) for values in settings)

    @cached_property
    def member_label(self) -> str:
        """The name of this activation as one of a family (with mathtext); empty if it has none."""
        label = self.definition.member_label
        return label(**self.parameters) if label else ""

    @cached_property
    def code(self) -> Mapping[str, str]:
        """The spelling in each framework that has it, with the values of all parameters."""
        codes = {
            framework: spelling.written(self.parameters) for framework, spelling in self.definition.frameworks.items()
        }
        return {framework: code for framework, code in codes.items() if code}


def _default(parameter: Parameter) -> str:
    """Say what a parameter's default is."""
    default = parameter.default
    number_of = f" of {len(default)} numbers" if isinstance(default, tuple) else ""
    return f"{parameter.name} has a default{number_of}, {_short(default)}"


def _short(value: Value) -> str:
    if not isinstance(value, tuple) or len(value) <= 4:
        return given(value)
    return f"({', '.join([*map(given, value[:2]), '…', given(value[-1])])})"
