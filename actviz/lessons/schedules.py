"""Learning-rate schedules: a small registry in the manner of the activations'.

A `Kind` is what a schedule is called, its formula and its parameters; a `Schedule` is a kind with values for them, and
can be called with steps. The defaults are the parameters of the articles' pictures, which TensorFlow 1 drew.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from actviz.errors import InputError, SpecificationError, nearest
from actviz.formula import Formula
from actviz.model import ByParameters, Interval, Parameter, Parametrised, Spelling, Value, Values, number, readable
from actviz.numerics import Array, real_numbers
from actviz.registry import assigned, normalize


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind(Parametrised):
    """A kind of schedule.

    Parameters
    ----------
    name, title
        The canonical name, and the name in a heading.
    summary
        What it does, in a line.
    parameters, constraint
        As in a `Definition`.
    formula
        In TeX, as mathtext can draw it; t is the step.
    function
        The rates, of a float64 array of steps, 0 and above, and of the parameters by name.
    aliases
        Other names.
    flags
        For parameters that are 0 or 1, the words for 1 and for 0.
    held
        Whether the rate only changes at whole steps and is held in between, so that it is drawn as stairs.
    between
        Whether the formula has a value between whole steps, so that the curve is smooth.
    jumps
        The steps below a last one right after which a rate that isn't held jumps.
    frameworks
        The spelling by framework. PyTorch's schedulers multiply the optimizer's own rate.
    """

    title: str
    summary: str
    formula: ByParameters[Formula]
    function: Callable[..., Array]
    aliases: tuple[str, ...] = ()
    flags: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    held: ByParameters[bool] = False
    between: bool = True
    jumps: Callable[..., Array] | None = None
    frameworks: Mapping[str, Spelling] = field(default_factory=dict)

    def bind(self, **values: object) -> "Schedule":
        """Make a schedule of it; parameters that aren't named keep their defaults.

        Raises
        ------
        ParameterError
            For an unknown parameter, or a value outside its domain.
        """
        return Schedule(self, self.settle(values))


@dataclass(frozen=True, repr=False)
class Schedule:
    """A learning-rate schedule: a kind with values for its parameters, in the kind's order.

    Call it with steps of any shape, not necessarily whole unless the formula needs it; it returns a float for a scalar.
    """

    kind: Kind
    values: tuple[Value, ...] = ()

    def __repr__(self) -> str:
        return f"<Schedule {self.spec}>"

    def __call__(self, step: ArrayLike) -> Any:
        """Return the learning rate at each step, of the same shape.

        Raises
        ------
        InputError
            If a step is negative or NaN.
        """
        t = np.asarray(real_numbers(step))
        if not (t >= 0).all():
            raise InputError("steps count from 0", "step")
        with np.errstate(over="ignore", under="ignore"):
            rate = np.asarray(self.kind.function(t, **self.parameters), dtype=np.float64)
        return float(rate) if t.ndim == 0 else rate

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def title(self) -> str:
        return self.kind.title

    @property
    def parameters(self) -> Values:
        """The value of each parameter, by name."""
        return MappingProxyType(dict(zip((p.name for p in self.kind.parameters), self.values, strict=True)))

    @property
    def spec(self) -> str:
        """The specification that names this schedule: `cosine:rate=3,steps=7`."""
        return self.kind.specification(self.values)

    @cached_property
    def formula(self) -> Formula:
        formula: Formula = self._given(self.kind.formula)
        return formula

    @cached_property
    def held(self) -> bool:
        """Whether the rate only changes at whole steps, and is held in between."""
        held: bool = self._given(self.kind.held)
        return held

    def jumps(self, until: float) -> Array:
        """Return the steps below `until` right after which a rate that isn't held jumps."""
        return self.kind.jumps(until, **self.parameters) if self.kind.jumps else np.empty(0)

    @property
    def label(self) -> str:
        """The title with the values of all parameters, for a legend (with mathtext): `Cosine ($r_0$ = 0.1, …)`."""
        return self._label(plainly=False)

    @property
    def brief(self) -> str:
        """The title with what differs from the defaults (with mathtext), to tell schedules apart."""
        changed = [p.name for p, value in zip(self.kind.parameters, self.values, strict=True) if value != p.default]
        values = self.setting([name for name in changed if name not in self.kind.flags])
        flags = self.setting([name for name in changed if name in self.kind.flags])
        return self.title + (f", {flags}" if flags else "") + (f" ({values})" if values else "")

    @property
    def plain_label(self) -> str:
        """The title with the values of all parameters by name, as plain text."""
        return self._label(plainly=True)

    @property
    def code(self) -> Mapping[str, str]:
        """The spelling in each framework that has it, with the values of all parameters."""
        return {framework: spelling.written(self.parameters) for framework, spelling in self.kind.frameworks.items()}

    def setting(self, names: Collection[str], plainly: bool = False) -> str:
        """Return the values of some parameters, by their symbols (with mathtext) or plainly by their names."""
        shown = [
            f"{p.name if plainly else f'${p.symbol}$'} = {_written(value)}"
            for p, value in zip(self.kind.parameters, self.values, strict=True)
            if p.name in names and p.name not in self.kind.flags
        ]
        flags = [yes if self.parameters[name] else no for name, (yes, no) in self.kind.flags.items() if name in names]
        return ", ".join([*shown, *flags])

    def _label(self, plainly: bool) -> str:
        told = [name for name, value in self.parameters.items() if value or name not in self.kind.flags]
        values = self.setting(told, plainly)
        return f"{self.title} ({values})"

    def _given(self, fact: Any) -> Any:
        return fact(**self.parameters) if callable(fact) else fact


def names_among(schedules: Sequence[Schedule]) -> list[str]:
    """Name each of several schedules, with mathtext: only by the parameters that differ if all are of one kind."""
    first, *others = schedules
    if not others or any(one.kind is not first.kind for one in others):
        return [one.brief for one in schedules]
    differing = [name for name, value in first.parameters.items() if any(o.parameters[name] != value for o in others)]
    return [one.setting(differing) for one in schedules]


def _written(value: Value) -> str:
    several = list(map(readable, value if isinstance(value, tuple) else (value,)))
    text = ", ".join(several if len(several) <= 4 else [*several[:2], "…", several[-1]])
    return f"({text})" if isinstance(value, tuple) else text


# what several kinds have in common

_POSITIVE, _SHARE, _NOT_NEGATIVE = Interval("(0, inf)"), Interval("[0, 1]"), Interval("[0, inf)")


def _rate(default: float) -> Parameter:
    return Parameter(
        "rate", default, r"r_{0}", "the rate at the start", _POSITIVE,
        aliases=("r", "lr", "learning_rate", "initial_learning_rate"),
    )  # fmt: skip


def _steps(default: float) -> Parameter:
    return Parameter(
        "steps", default, "s", "how many steps it takes", Interval("[1, inf)"), aliases=("s", "decay_steps")
    )


def _flag(name: str, meaning: str, *aliases: str) -> Parameter:
    return Parameter(name, 0.0, rf"\mathrm{{{name}}}", meaning, _SHARE, aliases=aliases, whole=True)


_STAIRCASE = _flag("staircase", "1 to change only every `steps` steps", "stairs")
_EXPONENT = r"t / s", r"\lfloor t / s \rfloor"


def _periods(t: Array, steps: float, staircase: float) -> Array:
    return np.floor(t / steps) if staircase else t / steps


def _keras(name: str, arguments: str) -> str:
    return f"keras.optimizers.schedules.{name}({arguments})"


def _tf(name: str, arguments: str) -> str:
    return f"tf.compat.v1.train.{name}({arguments})"


def _torch(name: str, arguments: str) -> str:
    return f"torch.optim.lr_scheduler.{name}(optimizer, {arguments})"


_OWN_RATE = "the optimizer's own rate is the initial one"

# the kinds


def _piecewise(t: Array, boundaries: tuple[float, ...], values: tuple[float, ...]) -> Array:
    return np.array(values)[np.searchsorted(boundaries, t, side="left")]


def _piecewise_constraint(boundaries: tuple[float, ...], values: tuple[float, ...]) -> str:
    if len(values) != len(boundaries) + 1:
        return f"one value more than boundaries is needed, not {len(values)} and {len(boundaries)}"
    if any(a >= b for a, b in pairwise(boundaries)):
        return f"the boundaries {'/'.join(map(number, boundaries))} are not in order"
    return ""


def _piecewise_torch(boundaries: tuple[float, ...], values: tuple[float, ...]) -> str:
    rates, milestones = ", ".join(map(number, values)), ", ".join(map(number, boundaries))
    ratios = {f"{after / before:.12g}" for before, after in pairwise(values) if before}
    if len(ratios) == 1 and all(values) and all(one == int(one) for one in boundaries):
        later = ", ".join(number(one + 1) for one in boundaries)
        return _torch("MultiStepLR", f"milestones=[{later}], gamma={ratios.pop()}")
    return _torch("LambdaLR", f"lambda t: [{rates}][bisect.bisect_left([{milestones}], t)]")


_PIECEWISE = Kind(
    name="piecewise",
    title="Piecewise constant",
    summary="A rate for each stretch of steps.",
    formula=r"v_{i},\quad b_{i} < t \leq b_{i + 1}",
    function=_piecewise,
    aliases=("piecewise_constant", "constant"),
    parameters=(
        Parameter("boundaries", (10.0, 20.0, 30.0), "b", "the last step with each value but the last", _NOT_NEGATIVE,
                  aliases=("b", "milestones")),
        Parameter("values", (0.1, 0.07, 0.025, 0.0125), "v", "the rates", _NOT_NEGATIVE, aliases=("v", "rates")),
    ),
    constraint=_piecewise_constraint,
    held=True,
    frameworks={
        "TensorFlow 1": Spelling(
            lambda boundaries, values: _tf(
                "piecewise_constant",
                f"step, boundaries=[{', '.join(map(number, boundaries))}], values=[{', '.join(map(number, values))}]",
            ),
            note="at a boundary the old value, as here",
        ),
        "Keras": Spelling(
            lambda boundaries, values: _keras(
                "PiecewiseConstantDecay",
                f"boundaries=[{', '.join(map(number, boundaries))}], values=[{', '.join(map(number, values))}]",
            ),
            note="at a boundary the old value, as here",
            names=("keras.optimizers.schedules.PiecewiseConstantDecay",),
        ),
        "PyTorch": Spelling(
            _piecewise_torch,
            note="MultiStepLR starts at the optimizer's own rate, and changes it by one factor, at the milestone "
            "itself: one step earlier than at a boundary here; LambdaLR multiplies the optimizer's rate, here 1",
        ),
    },
)  # fmt: skip


def _exponential(t: Array, rate: float, steps: float, decay: float, staircase: float) -> Array:
    return rate * np.power(decay, _periods(t, steps, staircase))


def _exponential_torch(rate: float, steps: float, decay: float, staircase: float) -> str:
    if staircase and steps == int(steps):
        return _torch("StepLR", f"step_size={number(steps)}, gamma={number(decay)}")
    if staircase:
        return _torch("LambdaLR", f"lambda t: {number(decay)} ** (t // {number(steps)})")
    return _torch("ExponentialLR", f"gamma={number(decay)} ** (1 / {number(steps)})")


_EXPONENTIAL = Kind(
    name="exponential",
    title="Exponential",
    summary="Multiplied by the same factor every s steps, smoothly or in stairs.",
    formula=lambda rate, steps, decay, staircase: rf"r_{{0}}\,d^{{{_EXPONENT[bool(staircase)]}}}",
    function=_exponential,
    aliases=("exponential_decay", "step_decay"),
    parameters=(
        _rate(0.5),
        _steps(10.0),
        Parameter("decay", 0.9, "d", "the factor every `steps` steps", Interval("(0, 1]"),
                  aliases=("d", "decay_rate", "gamma")),
        _STAIRCASE,
    ),
    flags={"staircase": ("in stairs", "smooth")},
    held=lambda rate, steps, decay, staircase: bool(staircase),
    frameworks={
        "TensorFlow 1": Spelling(
            lambda rate, steps, decay, staircase: _tf(
                "exponential_decay",
                f"{number(rate)}, step, decay_steps={number(steps)}, decay_rate={number(decay)}, "
                f"staircase={bool(staircase)}",
            )
        ),
        "Keras": Spelling(
            lambda rate, steps, decay, staircase: _keras(
                "ExponentialDecay",
                f"{number(rate)}, decay_steps={number(steps)}, decay_rate={number(decay)}, "
                f"staircase={bool(staircase)}",
            ),
            names=("keras.optimizers.schedules.ExponentialDecay",),
        ),
        "PyTorch": Spelling(
            _exponential_torch, note=f"{_OWN_RATE}; StepLR changes it at multiples of step_size, as stairs do here"
        ),
    },
)  # fmt: skip


def _natural(t: Array, rate: float, steps: float, decay: float, staircase: float) -> Array:
    return rate * np.exp(-decay * _periods(t, steps, staircase))


def _natural_torch(rate: float, steps: float, decay: float, staircase: float) -> str:
    if staircase and steps == int(steps):
        return _torch("StepLR", f"step_size={number(steps)}, gamma=math.exp(-{number(decay)})")
    if staircase:
        return _torch("LambdaLR", f"lambda t: math.exp(-{number(decay)} * (t // {number(steps)}))")
    return _torch("ExponentialLR", f"gamma=math.exp(-{number(decay)} / {number(steps)})")


_NATURAL_EXP = Kind(
    name="natural_exp",
    title="Natural exponential",
    summary="Exponential decay whose `decay` stands in the exponent: 0.9 means the factor e⁻⁰·⁹ = 0.41, not 0.9.",
    formula=lambda rate, steps, decay, staircase: rf"r_{{0}}\,e^{{-d\,{_EXPONENT[bool(staircase)]}}}",
    function=_natural,
    aliases=("natural_exponential", "natural_exp_decay"),
    parameters=(
        _rate(0.5),
        _steps(10.0),
        Parameter("decay", 0.9, "d", "in the exponent, every `steps` steps", _NOT_NEGATIVE,
                  aliases=("d", "decay_rate")),
        _STAIRCASE,
    ),
    flags={"staircase": ("in stairs", "smooth")},
    held=lambda rate, steps, decay, staircase: bool(staircase),
    frameworks={
        "TensorFlow 1": Spelling(
            lambda rate, steps, decay, staircase: _tf(
                "natural_exp_decay",
                f"{number(rate)}, step, decay_steps={number(steps)}, decay_rate={number(decay)}, "
                f"staircase={bool(staircase)}",
            )
        ),
        "Keras": Spelling(
            lambda rate, steps, decay, staircase: _keras(
                "ExponentialDecay",
                f"{number(rate)}, decay_steps={number(steps)}, decay_rate=math.exp(-{number(decay)}), "
                f"staircase={bool(staircase)}",
            ),
            note="has no schedule of that name; this one is equal",
        ),
        "PyTorch": Spelling(_natural_torch, note=f"has none of that name; this one is equal; {_OWN_RATE}"),
    },
)  # fmt: skip


def _polynomial(t: Array, rate: float, steps: float, end: float, power: float, cycle: float) -> Array:
    total = steps * np.maximum(1.0, np.ceil(t / steps)) if cycle else steps
    return np.asarray((rate - end) * np.power(1.0 - np.minimum(t / total, 1.0), power) + end)


def _cycles(until: float, rate: float, steps: float, end: float, power: float, cycle: float) -> Array:
    return np.arange(1.0, math.ceil(until / steps)) * steps if cycle else np.empty(0)


_POLYNOMIAL = Kind(
    name="polynomial",
    title="Polynomial",
    summary="Falls to an end rate by a power of what is left; in cycles it starts again, a little lower each time.",
    formula=lambda rate, steps, end, power, cycle: (
        r"(r_{0} - r_{1})\,(1 - t / n)^{p} + r_{1},\quad n = s\,\lceil t / s \rceil"
        if cycle
        else r"(r_{0} - r_{1})\,(1 - \min(t, s) / s)^{p} + r_{1}"
    ),
    function=_polynomial,
    aliases=("polynomial_decay",),
    parameters=(
        _rate(0.1),
        _steps(50.0),
        Parameter("end", 0.01, r"r_{1}", "the rate at the end", _NOT_NEGATIVE, aliases=("end_learning_rate",)),
        Parameter("power", 0.5, "p", "the power", _POSITIVE, aliases=("p",)),
        _flag("cycle", "1 to start again every `steps` steps", "cycles"),
    ),
    flags={"cycle": ("in cycles", "once")},
    jumps=_cycles,
    frameworks={
        "TensorFlow 1": Spelling(
            lambda rate, steps, end, power, cycle: _tf(
                "polynomial_decay",
                f"{number(rate)}, step, decay_steps={number(steps)}, end_learning_rate={number(end)}, "
                f"power={number(power)}, cycle={bool(cycle)}",
            ),
            note="starts again after a multiple of decay_steps, not at it, as here",
        ),
        "Keras": Spelling(
            lambda rate, steps, end, power, cycle: _keras(
                "PolynomialDecay",
                f"{number(rate)}, decay_steps={number(steps)}, end_learning_rate={number(end)}, "
                f"power={number(power)}, cycle={bool(cycle)}",
            ),
            note="starts again after a multiple of decay_steps, not at it, as here",
            names=("keras.optimizers.schedules.PolynomialDecay",),
        ),
        "PyTorch": Spelling(
            lambda rate, steps, end, power, cycle: _torch(
                "PolynomialLR", f"total_iters={number(steps)}, power={number(power)}"
            ),
            note=f"goes down to 0, without an end rate and without cycles; {_OWN_RATE}",
        ),
    },
)  # fmt: skip


def _cosine(t: Array, rate: float, steps: float, alpha: float) -> Array:
    fall = 0.5 * (1.0 + np.cos(np.pi * np.minimum(t / steps, 1.0)))
    return rate * ((1.0 - alpha) * fall + alpha)


_COSINE = Kind(
    name="cosine",
    title="Cosine",
    summary="Falls by half a wave to a share of the initial rate, and stays there.",
    formula=r"r_{0}\,((1 - \alpha)\,\frac{1 + \cos(\pi\,\min(t, s) / s)}{2} + \alpha)",
    function=_cosine,
    aliases=("cosine_decay", "cosine_annealing"),
    parameters=(
        _rate(0.1),
        _steps(50.0),
        Parameter("alpha", 0.0, r"\alpha", "the share of the initial rate at the end", _SHARE, aliases=("a",)),
    ),
    frameworks={
        "TensorFlow 1": Spelling(
            lambda rate, steps, alpha: _tf(
                "cosine_decay", f"{number(rate)}, step, decay_steps={number(steps)}, alpha={number(alpha)}"
            )
        ),
        "Keras": Spelling(
            lambda rate, steps, alpha: _keras(
                "CosineDecay", f"{number(rate)}, decay_steps={number(steps)}, alpha={number(alpha)}"
            ),
            names=("keras.optimizers.schedules.CosineDecay",),
        ),
        "PyTorch": Spelling(
            lambda rate, steps, alpha: _torch(
                "CosineAnnealingLR", f"T_max={number(steps)}, eta_min={rate * alpha:.12g}"
            ),
            note=f"rises again after T_max, where the rate stays low here; {_OWN_RATE}",
        ),
    },
)


def _linear_cosine(
    t: Array, rate: float, steps: float, periods: float, alpha: float, beta: float, noise: Array | float = 0.0
) -> Array:
    u = np.minimum(t / steps, 1.0)
    wave = 0.5 * (1.0 + np.cos(2.0 * np.pi * periods * u))
    return np.asarray(rate * ((alpha + 1.0 - u + noise) * wave + beta))


_LINEAR_COSINE_PARAMETERS = (
    _rate(0.1),
    _steps(50.0),
    Parameter("periods", 0.2, "p", "waves within `steps` steps", Interval("[0, 1000]"), aliases=("p", "num_periods")),
    Parameter("alpha", 0.5, r"\alpha", "added to what falls linearly", _SHARE, aliases=("a",)),
    Parameter("beta", 0.2, r"\beta", "added to the product", _SHARE, aliases=("b",)),
)
_WAVE = r"\frac{1 + \cos(2 \pi\,p\,u)}{2} + \beta),\quad u = \min(t, s) / s"

_LINEAR_COSINE = Kind(
    name="linear_cosine",
    title="Linear cosine",
    summary="A line times a wave: it begins at (1 + α + β) times the rate, not at the rate itself.",
    formula=rf"r_{{0}}\,((\alpha + 1 - u)\,{_WAVE}",
    function=_linear_cosine,
    aliases=("linear_cosine_decay",),
    parameters=_LINEAR_COSINE_PARAMETERS,
    frameworks={
        "TensorFlow 1": Spelling(
            lambda rate, steps, periods, alpha, beta: _tf(
                "linear_cosine_decay",
                f"{number(rate)}, step, decay_steps={number(steps)}, num_periods={number(periods)}, "
                f"alpha={number(alpha)}, beta={number(beta)}",
            ),
            note="without these, num_periods is 0.5, alpha 0 and beta 0.001",
        )
    },
)


_LAST_NOISE = 1_000_000


@lru_cache(16)
def _normal(seed: int, count: int) -> Array:
    """The first normally distributed numbers of a seed, from the generator whose sequence Python guarantees."""
    # both take a while to load, and other schedules don't need them
    from random import Random
    from statistics import NormalDist

    generator, inverse = Random(seed), NormalDist().inv_cdf
    return np.array([inverse(max(generator.random(), 2.0**-54)) for _ in range(count)])


def _noisy_linear_cosine(
    t: Array,
    rate: float,
    steps: float,
    periods: float,
    alpha: float,
    beta: float,
    variance: float,
    variance_decay: float,
    seed: float,
) -> Array:
    """Linear cosine with noise, one number for each whole step."""
    if t.max(initial=0.0) > _LAST_NOISE:
        raise InputError(f"the noise is worked out up to step {_LAST_NOISE}", "step")
    normal = _normal(int(seed), int(t.max(initial=0.0)) + 1)[t.astype(int)]
    noise = normal * np.sqrt(variance / np.power(1.0 + np.minimum(t, steps), variance_decay))
    return _linear_cosine(t, rate, steps, periods, alpha, beta, noise)


_NOISY_LINEAR_COSINE = Kind(
    name="noisy_linear_cosine",
    title="Noisy linear cosine",
    summary="Linear cosine with random numbers added to the line, which become smaller with time.",
    formula=rf"r_{{0}}\,((\alpha + 1 - u + \varepsilon_{{t}})\,{_WAVE}",
    function=_noisy_linear_cosine,
    aliases=("noisy_linear_cosine_decay",),
    between=False,
    parameters=(
        *_LINEAR_COSINE_PARAMETERS,
        Parameter("variance", 0.01, r"\sigma^{2}", "variance of the noise at step 0", _NOT_NEGATIVE,
                  aliases=("initial_variance",)),
        Parameter("variance_decay", 0.1, r"\gamma", "the variance falls as (1 + t)^-variance_decay", _NOT_NEGATIVE),
        Parameter("seed", 1.0, r"\mathrm{seed}", "another one makes other noise", Interval("[0, 99999]"), whole=True),
    ),
    frameworks={
        "TensorFlow 1": Spelling(
            lambda rate, steps, periods, alpha, beta, variance, variance_decay, seed: _tf(
                "noisy_linear_cosine_decay",
                f"{number(rate)}, step, decay_steps={number(steps)}, initial_variance={number(variance)}, "
                f"variance_decay={number(variance_decay)}, num_periods={number(periods)}, alpha={number(alpha)}, "
                f"beta={number(beta)}",
            ),
            note="its random numbers are different",
        )
    },
)  # fmt: skip

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            _PIECEWISE, _EXPONENTIAL, _NATURAL_EXP, _POLYNOMIAL, _COSINE, _LINEAR_COSINE, _NOISY_LINEAR_COSINE,
        )
    }
)  # fmt: skip
"""The kinds by name."""

_WORDS = {
    normalize(word): kind
    for kind in KINDS.values()
    for word in (
        kind.name,
        *kind.aliases,
        *(word.rpartition(".")[2] for spelling in kind.frameworks.values() for word in spelling.names),
    )
}


def names() -> list[str]:
    """List the names of all kinds."""
    return list(KINDS)


def get(spec: str | Schedule, **parameters: object) -> Schedule:
    """Look up a schedule by a specification, as `actviz.get` does an activation.

    Parameters
    ----------
    spec
        A name, with parameters after a colon if any differ from their defaults: "cosine", "cosine:rate=3,steps=7",
        "exponential:0.5,10,0.9,staircase=1", "piecewise:boundaries=10/20,values=0.1/0.05/0.01". Keras' names will do
        too: "CosineDecay". So will a schedule.
    parameters
        The same by keyword: `get("cosine", rate=3)`.

    Raises
    ------
    InputError
        If there is no such schedule.
    SpecificationError, ParameterError
        As for activations.
    """
    if isinstance(spec, Schedule):
        return spec.kind.bind(**{**spec.parameters, **parameters}) if parameters else spec
    if not isinstance(spec, str):
        raise SpecificationError(f"a schedule is given by its name, as in 'cosine' or 'cosine:0.1', not by {spec!r}")
    name = spec.partition(":")[0]
    kind = _WORDS.get(normalize(name).rpartition(".")[2])
    if kind is None:
        hint = nearest(normalize(name), [*KINDS], f"; there are {', '.join(KINDS)}")
        raise InputError(f"unknown schedule '{name.strip()}'{hint}")
    return kind.bind(**assigned(spec, kind, parameters))
