"""A kink: two one-sided slopes, and no derivative."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.idea import Idea, named
from actviz.formula import mathtext
from actviz.lessons import kinks
from actviz.lessons.kinks import Corner
from actviz.model import Activation, readable
from actviz.options import option
from actviz.prose import listed
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

REACH = 1.0
"""How far on both sides of the kink the function and its difference quotients are drawn."""

NEAREST = 1e-3
"""The smallest h of a difference quotient."""


@dataclass(frozen=True, kw_only=True)
class Kink(Idea):
    """A function at its kink with both one-sided tangents and the subgradients, and its difference quotients.

    Parameters
    ----------
    at
        The x of the kink; None for the first.
    """

    word: ClassVar[str] = "kink"
    summary: ClassVar[str] = "At a kink there are two slopes and no derivative; frameworks choose one."
    example: ClassVar[tuple[str, ...]] = ("leaky:0.1", "softplus")
    usual: ClassVar[tuple[str, ...]] = ("relu", "gelu")
    most: ClassVar[int] = 2

    at: float | None = option(None, "Which kink, by its x.  [default: the first]", metavar="X")

    def __post_init__(self) -> None:
        super().__post_init__()
        corner, first = self._corner, self.activations[0]
        if corner.kink.limits:
            raise InputError(
                f"{first.spec} jumps at {readable(corner.kink.x)}, so it has no slopes to compare there; give "
                f"{kinks.some_kinked()}"
            )
        for one in self.activations:
            for jump in one.kinks:
                if jump.limits and abs(jump.x - corner.kink.x) <= REACH:
                    raise InputError(
                        f"{one.spec} jumps at {readable(jump.x)}, within {readable(REACH)} of the kink at "
                        f"{readable(corner.kink.x)}, so its slopes can't be compared there; give another"
                    )
        if not (np.isfinite(corner.kink.left) and np.isfinite(corner.kink.right)):
            raise InputError(f"{first.spec} has no finite slopes at {readable(corner.kink.x)}")

    @property
    def _corner(self) -> Corner:
        return kinks.corner(self.activations[0], self.at)

    @property
    def heading(self) -> str:
        return f"{self.activations[0].title} at {readable(self._corner.kink.x)}: two slopes, no derivative"

    @property
    def sentences(self) -> list[str]:
        corner, first = self._corner, self.activations[0]
        kink = corner.kink
        x, left, right = (readable(value + 0.0) for value in (kink.x, kink.left, kink.right))
        quotients = [float(kinks.quotient(first, np.array(h), kink.x)) for h in (-NEAREST, NEAREST)]
        said = [
            f"{named(first)} is continuous at x = {x}, where it is {readable(corner.value)}, but it has two slopes "
            f"there: {left} from the left and {right} from the right. So it has no derivative there.",
            f"(f({'' if kink.x == 0 else f'{x} + '}h) - f({x}))/h is {readable(round(quotients[0], 9) + 0.0)} for h "
            f"= -{NEAREST} and {readable(round(quotients[1], 9) + 0.0)} for h = {NEAREST}; a smaller h brings them "
            "no nearer.",
        ]
        for other in self.activations[1:]:
            sides = _sides(other, kink.x)
            meet = "its sides meet" if sides[0] == sides[1] else "its sides don't meet either"
            said.append(
                f"For {named(other)} {meet}: {readable(sides[0])} from the left, {readable(sides[1])} from the right."
            )
        if corner.subgradients:
            low, high = map(readable, corner.subgradients)
            said.append(
                f"A line through that point with any slope from {low} to {high} touches from below: a subgradient."
            )
        else:
            said.append("The curve bends downwards there, so no line touches from below: there is no subgradient.")
        answers = [f"{framework} {readable(value)}" for framework, value in kink.answers.items()]
        said.append(
            f"By convention f'({x}) = {readable(kink.convention)}"
            + (f" (frameworks return: {listed(answers)})" if answers else "")
            + f"; the central difference, with which gradients are checked, gives {readable(corner.central)} for any h."
        )
        return said

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER

        return self.arrange(size, 2, square=True, panel=(2.7, 2.7), footer=NAMED_FOOTER, fractions=1)

    def draw(self) -> "ThemedFigure":
        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading)
        self._tangents(panels)
        self._quotients(panels)
        return panels.figure

    def _tangents(self, panels: "Panels") -> None:
        from actviz.marks.plot import Plot
        from actviz.style import colour, theme

        first, corner = self.activations[0], self._corner
        kink, value = corner.kink, corner.value
        h = np.linspace(-REACH, REACH, 401)
        y = first(kink.x + h)
        middle = (float(y.min()) + float(y.max())) / 2 - 0.15 * REACH * (kink.right > kink.left)
        middle = min(max(middle, value - 0.7 * REACH), value + 0.7 * REACH)
        over = "both tangents, and lines between" if corner.subgradients else "both tangents"
        axes = panels.add(0, f"$f(x) = {mathtext(first.formula, display=True)}$", over, "$x$")
        plot = Plot(axes, (kink.x - REACH, kink.x + REACH), (middle - REACH, middle + REACH))
        for number, slope in enumerate(corner.fan()):
            plot.line(
                kink.x + h[[0, -1]], value + slope * h[[0, -1]], theme().muted, width=0.8, gid=f"subgradient-{number}"
            )
        plot.line(kink.x + h, y, theme().ink, width=3.4, gid="function")
        for number, slope in enumerate((kink.left, kink.right)):
            plot.line(kink.x + h[[0, -1]], value + slope * h[[0, -1]], colour(number), dash=1, width=2, zorder=4,
                      gid=f"tangent-{number}")  # fmt: skip
        plot.points([kink.x], [value], theme().ink, size=7)
        for number, (slope, side) in enumerate(((kink.left, "left"), (kink.right, "right"))):
            sign = 1 if number else -1
            at = [
                (kink.x + sign * share * REACH, value + sign * share * slope * REACH)
                for share in (0.55, 0.75, 0.4, 0.3)
            ]
            plot.say(f"slope {readable(slope)}\nfrom the {side}", colour(number), at, anywhere=True)
        if corner.subgradients and self.notes:
            low, high = map(readable, corner.subgradients)
            below = [
                (kink.x + across * REACH, value - down * REACH) for across in (0.1, 0.4) for down in (0.3, 0.4, 0.2)
            ]
            plot.say(f"grey: subgradients,\nslopes {low} to {high}", theme().muted, below, anywhere=True)

    def _quotients(self, panels: "Panels") -> None:
        from actviz.marks.plot import Plot
        from actviz.style import colour, theme

        corner, kink = self._corner, self._corner.kink
        x = readable(kink.x)
        title = r"$\dfrac{f(h) - f(0)}{h}$" if kink.x == 0 else rf"$\dfrac{{f({x} + h) - f({x})}}{{h}}$"
        h = np.geomspace(NEAREST, REACH, 81)
        sides = [(-h[::-1], 0), (h, 1)]
        everything = [kinks.quotient(one, side, kink.x) for one in self.activations for side, _ in sides]
        low, high = min(map(np.min, everything)), max(map(np.max, everything))
        room = 0.16 * ((high - low) or 1.0)
        axes = panels.add(1, title, "the slope as $h$ nears 0, from both sides", "$h$")
        plot = Plot(axes, (-REACH, REACH), (low - room, high + room))
        for number, one in enumerate(self.activations):
            for side, way in sides:
                hue = colour(3) if number else colour(way)
                plot.line(
                    side,
                    kinks.quotient(one, side, kink.x),
                    hue,
                    dash=number,
                    gid=f"quotient-{number}-{way}",
                )
        for other in self.activations[1:]:
            ends = _sides(other, kink.x)
            for end in dict.fromkeys(ends):
                plot.points([0], [end], colour(3), filled=False, size=6)
            curve = kinks.quotient(other, h, kink.x), kinks.quotient(other, -h, kink.x)
            at = [
                (way * h[place], float(curve[index][place]))
                for place in (70, 78, 60, 50)
                for index, way in ((0, 1), (1, -1))
            ]
            meets = f"meets: {readable(ends[0])}" if ends[0] == ends[1] else "doesn't meet"
            plot.say([f"{other.title}\n{meets}", other.title], colour(3), at, anywhere=True)
        for number, (slope, whence) in enumerate(((kink.left, "left"), (kink.right, "right"))):
            plot.points([0], [slope], colour(number), filled=slope == kink.convention, size=7.5, zorder=6)
            sign = 1 if number else -1
            at = [(sign * share * REACH, slope) for share in (0.5, 0.65, 0.35, 0.2)]
            plot.say([f"from the {whence}: {readable(slope)}", f"{whence}: {readable(slope)}"], colour(number), at)
        if kink.convention not in (kink.left, kink.right):
            plot.points([0], [kink.convention], theme().ink, size=7.5)
        plot.points([0], [corner.central], theme().ink, "x", size=7)
        if self.notes:
            away = [(0.0, kink.convention), (-0.1, kink.convention), (0.1, kink.convention)]
            plot.say(f"by convention {readable(kink.convention)}", theme().ink, away)
            plot.say(
                [f"central{space}difference: {readable(corner.central)}" for space in (" ", "\n")],
                theme().ink,
                [(0.0, corner.central), (0.05, corner.central)],
            )


def _sides(activation: Activation, x: float) -> tuple[float, float]:
    """Return the slopes on the left and on the right of x."""
    kink = next((one for one in activation.kinks if one.x == x), None)
    slope = activation.derivative(x)
    return (kink.left, kink.right) if kink else (slope, slope)
