"""A gated unit a·g(b): contours over both inputs, slices with the gate fixed, and the partial derivatives."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import contours
from actviz.errors import InputError
from actviz.figures.base import FARTHEST, NARROWEST, Picture, check_window, file_words
from actviz.figures.curve import Curve
from actviz.formula import mathtext, plain
from actviz.gated import WINDOW, GatedUnit
from actviz.model import Activation, readable
from actviz.numerics import Array
from actviz.options import option, options
from actviz.prose import listed
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

FIXED = (0.25, 0.375, 0.5, 0.625, 0.75)
"""Where the fixed inputs lie, as shares of the way between the ends of the axes."""

SAMPLES = 201
"""How many samples of a partial derivative are taken."""

ALIKE = 1e-9
"""Slices that differ by less than this share of the largest value are drawn as one."""


@dataclass(frozen=True)
class Surface(Picture):
    """A gated unit's contours over a and b, and beside them its slices along a; with `derivative`, also both partials.

    Parameters
    ----------
    unit
        Any gated unit, registered or not.
    derivative
        Whether to draw ∂f/∂a and ∂f/∂b too, against the gate b.
    x
        The ends of both inputs, finite and in order; None for those that show the shape.
    """

    unit: GatedUnit
    derivative: bool = option(False, "Draw the derivatives too, in panels below the first.")
    x: tuple[float, float] | None = option(None, "Ends of the x axis.", metavar="MIN MAX")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.x is not None:
            check_window(*self.x)
        largest = max(map(abs, contours.bounds(self.unit, self.ends)))
        between = f"between {readable(self.ends[0])} and {readable(self.ends[1])}"
        if not largest <= FARTHEST:
            raise InputError(f"{self.unit.spec} is too large to be drawn {between}; give a narrower x", "x")
        if largest < NARROWEST and not contours.vanishing(self.unit.gate, self.ends)[1]:
            raise InputError(f"{self.unit.spec} is too small to be drawn {between}; give another x", "x")

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of both inputs."""
        return self.x or WINDOW

    @property
    def subject(self) -> tuple[str, ...]:
        return (file_words(self.unit.spec),)

    @property
    def heading(self) -> str:
        also = " and its partial derivatives" if self.derivative else ""
        return f"{self.unit.plain_label}{also}"

    @property
    def most_colours(self) -> tuple[int, str]:
        return 2, "2, for values above 0 and below"

    @property
    def fixed(self) -> list[float]:
        """The values at which one input is fixed while the other varies."""
        low, high = self.ends
        return [float(f"{low + share * (high - low):.4g}") for share in FIXED]

    @property
    def description(self) -> str:
        unit, definition = self.unit, self.unit.definition
        low, high = map(readable, self.ends)
        least, largest = map(readable, contours.bounds(unit, self.ends))
        shown = [readable(level) for level in contours.levels(unit, self.ends)]
        slopes = [f"{readable(unit.gate(b) + 0.0)} at b = {readable(b)}" for b in self.fixed]
        said = [
            f"{unit.plain_label} is f(a, b) = {plain(definition.formula)}: a value a times a gate b, of which "
            f"{unit.gate.title} is taken.",
            f"Both go from {low} to {high}, and f from {least} to {largest}.",
            f"Contours are drawn where f is {listed(shown)}." if shown else "",
            f"f is 0 {listed(self._zero)}." if self._zero else "f is 0 nowhere there.",
            f"With the gate fixed, f is a straight line in a, with slope {listed(slopes)}.",
        ]
        if self.derivative:
            said.append(
                f"The partial derivatives are ∂f/∂a = {plain(definition.partial_a)} and ∂f/∂b = "
                f"{plain(definition.partial_b)}."
            )
        return " ".join(filter(None, said))

    @property
    def _zero(self) -> list[str]:
        """Say where f is 0."""
        places, stretches = contours.vanishing(self.unit.gate, self.ends)
        low, high = self.ends
        said = ["at a = 0"] if low <= 0 <= high else []
        said += [f"at b = {readable(place)}" for place in places]
        return [*said, *(f"for b from {readable(start)} to {readable(stop)}" for start, stop in stretches)]

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER, Panels
        from actviz.figures.sheet import header
        from actviz.marks.plot import room_for

        names = [name for curves in (self._slices, self._by_gate[: 4 * self.derivative]) for _, name in curves]
        count = 4 if self.derivative else 2
        choices = [count] if size.wide else [2] if size.width is None else ()
        return Panels(
            size, count, square=True, panel=(2.6, 2.6), footer=NAMED_FOOTER,
            room=room_for(names, size), between=0.42, choices=choices,
            header=header(self.title, size),
        )  # fmt: skip

    @property
    def dimensions(self) -> Size:
        """The size in numbers, with smaller text where the panels would be small."""
        from actviz.figures.panels import comfortable

        return comfortable(super().dimensions, self.panels)

    @property
    def _slices(self) -> list[tuple[float, str]]:
        """The slopes of the slices, with what each is called."""
        return self._grouped([float(self.unit.gate(b)) for b in self.fixed], "b")

    @property
    def _by_gate(self) -> list[tuple[float, str]]:
        """The fixed values by which the gate's slope is multiplied, with what each is called."""
        return self._grouped([a for a in self.fixed if a], "a")

    def draw(self) -> "ThemedFigure":
        from actviz.marks.contours import draw
        from actviz.marks.plot import Plot, around

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.unit.label)
        definition, ends = self.unit.definition, self.ends
        axes = panels.add(
            0,
            f"$f(a, b) = {mathtext(definition.formula)}$",
            "contours: the same $f$ along each",
            "value $a$; up: gate $b$",
        )
        draw(Plot(axes, ends, ends), self.unit, ends, self.notes)
        lines = self._slices
        heights = np.multiply.outer(ends, [slope for slope, _ in lines])
        axes = panels.add(1, "a line of slope $g(b)$", "slices: $f(a, b)$ with the gate fixed", "value $a$")
        plot = Plot(axes, ends, around(float(heights.min()), float(heights.max())))
        curves = [(slope * np.array(ends), name) for slope, name in lines]
        self._draw_lines(plot, np.array(ends), curves, "slice", panels.room)
        if self.derivative:
            self._partials(panels)
        return panels.figure

    def _partials(self, panels: "Panels") -> None:
        """Draw the partial derivatives against the gate."""
        from actviz.marks.plot import Plot, around

        definition, gate = self.unit.definition, self.unit.gate
        b, values, slopes = _sampled(gate, self.ends)
        kinds = (("derivative by the value, for any $a$", 0), ("derivative by the gate", 1))
        formulas = (definition.partial_a, definition.partial_b)
        for (kind, index), formula in zip(kinds, formulas, strict=True):
            symbol = r"\partial f/\partial " + "ab"[index]
            title = f"${symbol} = {mathtext(formula)}$"
            axes = panels.add(2 + index, title, kind, "gate $b$")
            of = self._by_gate if index else [(1.0, "")]
            curves = [(factor * (slopes if index else values), name) for factor, name in of]
            heights = np.concatenate([curve for curve, _ in curves])
            plot = Plot(axes, self.ends, around(float(np.nanmin(heights)), float(np.nanmax(heights))))
            self._draw_lines(plot, b, curves, "by-gate" if index else "by-value", panels.room)
            for factor, _ in of if index else ():
                self._circles(plot, factor)

    def _circles(self, plot: "Plot", factor: float) -> None:
        """Mark where the derivative by the gate jumps: open circles at both sides, a filled one at the convention."""
        from actviz.style import theme

        for kink in self.unit.gate.kinks:
            if self.ends[0] < kink.x < self.ends[1]:
                sides = [factor * side for side in (kink.left, kink.right)]
                plot.points([kink.x] * 2, sides, theme().ink, filled=False, size=5)
                plot.points([kink.x], [factor * kink.convention], theme().ink, size=5)

    def _grouped(self, factors: list[float], letter: str) -> list[tuple[float, str]]:
        """Name each factor by the inputs that have it; the factors of slices are the gate's values."""
        largest = max(map(abs, factors)) or 1.0
        fixed = self.fixed if letter == "b" else factors
        groups: list[tuple[float, list[float]]] = []
        for factor, place in zip(factors, fixed, strict=True):
            same = next((places for other, places in groups if abs(other - factor) <= ALIKE * largest), None)
            if same is None:
                groups.append((factor, [place]))
            else:
                same.append(place)
        return [(factor, f"${letter}$ = {', '.join(map(readable, places))}") for factor, places in groups]

    def _draw_lines(self, plot: "Plot", x: Array, curves: list[tuple[Array, str]], gid: str, room: float) -> None:
        """Draw curves from light to dark, and their names where they end."""
        from actviz.style import colour, ramp

        hues = ramp(len(curves)) if len(curves) > 1 else [colour(0)]
        for number, ((y, _), hue) in enumerate(zip(curves, hues, strict=True)):
            plot.line(x, y, hue, width=2, gid=f"{gid}-{number}")
        ends = zip(curves, hues, strict=True)
        plot.name_ends([(name, hue, float(y[-1])) for (y, name), hue in ends if name], room)


def _sampled(gate: Activation, ends: tuple[float, float]) -> tuple[Array, Array, Array]:
    """Sample a gate and its slope; where the slope jumps, NaN separates the one-sided values."""
    b = contours.samples(gate, ends, SAMPLES)
    values, slopes = np.asarray(gate(b)), np.asarray(gate.derivative(b))
    for kink in gate.kinks:
        place = int(np.searchsorted(b, kink.x))
        if place < len(b) and b[place] == kink.x:
            b = np.insert(b, place + 1, [kink.x, kink.x])
            values = np.insert(values, place + 1, [values[place]] * 2)
            slopes = np.insert(slopes, place + 1, [math.nan, kink.right])
            slopes[place] = kink.left
    return b, values, slopes


def plotted(shown: Activation | GatedUnit, **settings: Any) -> Picture:
    """Return the figure of a single activation or gated unit.

    Raises
    ------
    InputError
        If a setting has no meaning for a gated unit.
    """
    if isinstance(shown, Activation):
        return Curve(shown, **settings)
    usual = {one.name: one.default for one in options(Curve)}
    known = {one.name for one in options(Surface)}
    for name, setting in settings.items():
        if name not in known and setting != usual[name]:
            raise InputError(f"{shown.spec} takes two inputs, so {name} has no meaning for it; leave it out", name)
    return Surface(shown, **{name: setting for name, setting in settings.items() if name in known})
