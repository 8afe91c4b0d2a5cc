"""Where an activation's slope is nearly 0: on the left, on the right, on both sides."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from actviz.figures.base import check_window
from actviz.figures.idea import Erratum, Idea
from actviz.lessons import saturation
from actviz.lessons.saturation import Saturation as Saturated
from actviz.model import Activation, readable
from actviz.options import option
from actviz.registry import get
from actviz.style import Size
from actviz.worked import powers

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

SIDES = {
    "none": "doesn't saturate",
    "left": "saturates on the left",
    "right": "saturates on the right",
    "both": "saturates on both sides",
}

MIRRORED = "-f(-x) of "
"""How the name of a mirrored function begins."""

LEAST, LARGEST = -5.3, 0.7
"""Powers of ten at the ends of the axis of slopes; a small threshold or a steep slope extends it."""


@dataclass(frozen=True, kw_only=True)
class Saturation(Idea):
    """Each function above the size of its slope by powers of ten, with saturated stretches tinted.

    The first that saturates on the left only is also shown mirrored, as -f(-x), which saturates on the right.

    Parameters
    ----------
    x
        The ends of the x axis.
    threshold
        A slope below it counts as saturated, 1e-12 to 1.
    """

    word: ClassVar[str] = "saturation"
    summary: ClassVar[str] = "The slope goes to 0 on the left, the right or both sides, and learning stops."
    example: ClassVar[tuple[str, ...]] = ("relu", "gelu", "--threshold", "0.001")
    usual: ClassVar[tuple[str, ...]] = ("elu", "sigmoid", "leaky_relu")
    most: ClassVar[int] = 6

    x: tuple[float, float] = option((-10.0, 10.0), "Ends of the x axis.", metavar="MIN MAX")
    threshold: float = option(0.01, "A smaller slope counts as saturated.", low=1e-12, high=1)

    def __post_init__(self) -> None:
        super().__post_init__()
        check_window(*self.x)

    @property
    def heading(self) -> str:
        return "Saturation: where the slope dies"

    @property
    def sentences(self) -> list[str]:
        said = [
            f"A unit learns through the slope of its activation; with a slope below {readable(self.threshold)}, next "
            "to nothing."
        ]
        for name, found in self._found():
            where = [
                f"{'is exactly 0' if hard else 'tends to 0, and is below ' + readable(self.threshold)} {words} x = "
                f"{readable(round(end, 3))}"
                for end, hard, words in (
                    (found.left, found.hard_left, "to the left of"), (found.right, found.hard_right, "to the right of")
                )
                if end is not None
            ]  # fmt: skip
            slope = f": its slope {'; it '.join(where)}" if where else ""
            said.append(f"{name} {SIDES[found.side]}{slope}.")
        return said

    @classmethod
    def errata(cls) -> tuple[Erratum, ...]:
        sigmoid, tanh = (get(name).derivative(10.0) for name in ("sigmoid", "tanh"))
        return (
            Erratum(
                "A1 3.13",
                "the gradients of sigmoid and tanh tend to 1 at both ends",
                f"they tend to 0: at x = 10 they are {powers(f'{sigmoid:.2g}')} and {powers(f'{tanh:.2g}')}",
            ),
        )

    def _found(self, plainly: bool = True) -> list[tuple[str, Saturated]]:
        """Return what is drawn, a mirrored function after the one that it mirrors."""
        each = [saturation.saturation(one, self.threshold) for one in self.activations]
        found = list(zip(self.names(plainly), each, strict=True))
        sides = [one.side for _, one in found]
        if "left" in sides and "right" not in sides:
            place = sides.index("left")
            one = saturation.mirrored(self.activations[place])
            found.insert(place + 1, (f"{MIRRORED}{found[place][0]}", saturation.saturation(one, self.threshold)))
        return found

    def panels(self, size: Size) -> "Panels":
        return self.arrange(size, len(self._found()), rows=2, panel=(2.0, 1.6), between=0.55, narrow=1.2)

    def draw(self) -> "ThemedFigure":
        from actviz.marks import curves
        from actviz.marks.plot import Plot
        from actviz.style import colour, theme

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading, aside=f"tinted: slope below {readable(self.threshold)}")
        low = min(LEAST, math.log10(self.threshold) - 2.3)
        for index, (name, found) in enumerate(self._found(plainly=False)):
            hard = found.side != "none" and (found.hard_left or found.left is None) and (
                found.hard_right or found.right is None
            )  # fmt: skip
            over = SIDES[found.side] + ", hard" * hard
            title = (
                "$" + MIRRORED.replace(" of", "$ of") + name.removeprefix(MIRRORED)
                if name.startswith(MIRRORED)
                else name
            )
            for row, derivative in enumerate((False, True)):
                slope = "$|f\\,'(x)|$, by powers of ten"
                axes = panels.add(index, "" if row else title, slope if row else over, row=row)
                limits = (low, self._top(found.activation)) if derivative else None
                if derivative and not self._steepest(found.activation):
                    Plot(axes, self.x, (10.0**low, 10.0**LARGEST), log=True).say("0 everywhere", colour(index))
                    continue
                curves.draw(axes, [found.activation], derivative, self.x, derivative, notes=False,
                            hues=[colour(index)], limits=limits)  # fmt: skip
                for number, (start, stop) in enumerate(((self.x[0], found.left), (found.right, self.x[1]))):
                    if start is not None and stop is not None and start < stop:
                        axes.axvspan(start, stop, color=theme().faint, alpha=0.35, linewidth=0, zorder=0.5,
                                     gid=f"saturated-{number}")  # fmt: skip
        return panels.figure

    def _top(self, activation: Activation) -> float:
        """Choose the power of ten at the top of the axis of slopes."""
        slope = self._steepest(activation)
        return max(LARGEST, math.log10(slope) + 0.3) if 0 < slope < math.inf else LARGEST

    def _steepest(self, activation: Activation) -> float:
        from actviz.analysis import steepest

        return abs(steepest(activation)[1])
