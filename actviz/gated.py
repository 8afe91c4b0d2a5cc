"""Gated units: functions a·g(b) of two inputs, of which the second is the gate.

A `GatedDefinition` is what a block of `activations/gated_units.py` declares. A `GatedUnit` is such a definition with
values for the parameters of its gate, and can be called.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from actviz.formula import Formula
from actviz.model import Activation, Definition, Parametrised, Reference, Spelling, Value, Values
from actviz.numerics import Array, real_numbers

SETTLED = 30.0
"""Beyond this a gate and its slope keep their sign, even where their values underflow to 0."""

WINDOW = (-4.0, 4.0)
"""The ends of both inputs in figures: the shape is seen between them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class GatedDefinition(Parametrised):
    """All that is known about a gated unit a·g(b); its parameters are those of the gate.

    Parameters
    ----------
    name, aliases, title
        The canonical name, other names, and the name in a heading.
    summary, strength, weakness
        A line each.
    gate
        The activation g.
    formula, partial_a, partial_b
        f(a, b), ∂f/∂a = g(b) and ∂f/∂b = a·g'(b), in TeX.
    diagonal, is_diagonal
        f(x, x) in TeX, and the specification of the activation that this is, if there is one.
    halves
        Which half of a vector is the gate in which framework, a line each.
    samples
        Values computed elsewhere, by (a, b).
    reference, frameworks
        The paper, and the spelling by framework where it isn't a times the gate's.
    """

    title: str
    gate: Definition
    formula: Formula
    partial_a: Formula
    partial_b: Formula
    diagonal: str
    is_diagonal: str = ""
    summary: str = ""
    strength: str = ""
    weakness: str = ""
    halves: tuple[str, ...] = ()
    samples: Mapping[tuple[float, float], float] = field(default_factory=dict)
    reference: Reference | None = None
    frameworks: Mapping[str, Spelling] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    def bind(self, **values: object) -> "GatedUnit":
        """Make a unit of it; parameters of the gate that aren't named keep their defaults.

        Raises
        ------
        ParameterError
            For an unknown parameter, or a value outside its domain.
        """
        return GatedUnit(self, self.settle(values))


@dataclass(frozen=True, repr=False)
class GatedUnit:
    """A gated unit a·g(b): a definition with values for the parameters of its gate.

    Call it with two numbers, or with arrays that broadcast to a common shape; it computes in float64, and returns a
    float for two scalars. Its relative error is at most 1e-15, unless g(b) is subnormal (below 2.2e-308); so is that of
    ∂f/∂b, except for |a| times the gate's own bounds where terms of g' cancel. At infinity it returns the limit, and
    NaN where there is none, as at a = 0, b = ∞.
    """

    definition: GatedDefinition
    values: tuple[Value, ...] = field(default=())

    def __repr__(self) -> str:
        return f"<GatedUnit {self.spec}>"

    def __call__(self, a: ArrayLike, b: ArrayLike) -> Any:
        return _product(a, b, self.gate)

    def partials(self, a: ArrayLike, b: ArrayLike) -> tuple[Any, Any]:
        """Return the partial derivatives ∂f/∂a = g(b) and ∂f/∂b = a·g'(b), each of the shape of a·g(b)."""
        by_a = self.gate(np.asarray(real_numbers(b)))
        by_a = np.where(np.isnan(np.asarray(real_numbers(a))), np.nan, by_a) + 0.0
        return float(by_a) if by_a.ndim == 0 else by_a, _product(a, b, self.gate.derivative)

    @cached_property
    def gate(self) -> Activation:
        """The activation g."""
        return Activation(self.definition.gate, self.values)

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def spec(self) -> str:
        """The specification that names this unit: `swiglu:beta=2`."""
        return self.definition.specification(self.values)

    @property
    def parameters(self) -> Values:
        """The value of each parameter of the gate, by name."""
        return self.gate.parameters

    @property
    def label(self) -> str:
        """The title with the values of all parameters, for a heading (with mathtext)."""
        return self._titled(self.gate.setting(self.parameters))

    @property
    def plain_label(self) -> str:
        """The title with the values of all parameters by name, as plain text."""
        return self._titled(self.gate.setting(self.parameters, plainly=True))

    def _titled(self, values: str) -> str:
        return f"{self.title} ({values})" if values else self.title

    @property
    def monotonic(self) -> bool:
        """Whether it is monotonic in each input while the other is fixed; every unit is in a."""
        return self.gate.monotonic

    @cached_property
    def code(self) -> Mapping[str, str]:
        """The spelling in each framework: the definition's, or else one in a and b made from the gate's."""
        own = {name: one.written(self.parameters) for name, one in self.definition.frameworks.items()}
        return {name: f"a * {_in_b(code)}" for name, code in self.gate.code.items()} | own


def _product(a: ArrayLike, b: ArrayLike, factor: Callable[[Array], Any]) -> Any:
    """Return a times a function of b, with the limit where a is infinite."""
    first, second = np.broadcast_arrays(np.asarray(real_numbers(a)), np.asarray(real_numbers(b)))
    with np.errstate(over="ignore", invalid="ignore"):
        result = first * np.asarray(factor(second))
        if np.isinf(first).any():
            # a factor of 0 may just have underflowed; where it is truly 0, it is 0 all around
            sign = np.sign(np.asarray(factor(np.clip(second, -SETTLED, SETTLED))))
            limit = np.where(sign == 0, np.where(second == 0, np.nan, 0.0), first * sign)
            ended = np.isinf(second) & (np.asarray(factor(second)) == 0) & (sign != 0)
            result = np.where(np.isinf(first), np.where(ended, np.nan, limit), result)
    result = result + 0.0  # not -0
    return float(result) if result.ndim == 0 else result


def _in_b(code: str) -> str:
    """Write an expression in x as a factor in b."""
    written = re.sub(r"\bx\b", "b", code)
    whole = ast.parse(written, mode="eval").body
    alone = isinstance(whole, ast.Call | ast.Name) or (isinstance(whole, ast.BinOp) and isinstance(whole.op, ast.Mult))
    return written if alone else f"({written})"
