"""One activation: the function, and its derivative under it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz.errors import InputError
from actviz.figures.base import XYPicture
from actviz.formula import mathtext
from actviz.model import Activation
from actviz.options import option
from actviz.prose import describe, describe_derivative

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.notes import Pair


@dataclass(frozen=True)
class Curve(XYPicture):
    """An activation's function, and with `derivative` its derivative in a second panel that shares x.

    Parameters
    ----------
    activation
        Any activation, registered or not.
    together
        Whether function and derivative are in the same axes, in two colours; implies `derivative`.
    """

    activation: Activation
    together: bool = option(False, "Draw f and f' in the same axes; implies --derivative.")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.together:
            if self.log_y:
                raise InputError("together and log_y exclude each other; leave one out", "together", "log_y")
            object.__setattr__(self, "derivative", True)

    @property
    def shown(self) -> tuple[Activation, ...]:
        return (self.activation,)

    @property
    def most_colours(self) -> tuple[int, str]:
        return 2, "two curves, f and f'"

    @property
    def heading(self) -> str:
        name = dict(self.label).get(self.activation, self.activation.plain_label)
        return f"{name} and its derivative" if self.derivative else name

    @property
    def description(self) -> str:
        sentences = [describe(self.activation)]
        if self.derivative:
            sentences.append(describe_derivative(self.activation))
        return " ".join(filter(None, [*sentences, self.marked, self.axis([self.activation])]))

    def draw(self) -> "ThemedFigure":
        from actviz.figures.sheet import FOOTER, NAMED_AXIS, PANEL, SMALL_PANEL, Grid, header, taller
        from actviz.marks import curves
        from actviz.style import colour, ink

        activation = self.activation
        self.refuse_blank([activation])
        window = self.window([activation])
        panels = [("f", activation.formula, False)]
        if self.derivative:
            panels.append(("f′", activation.derivative_formula, True))
        size = self.dimensions
        equations = [
            f"${name}(x) = {mathtext(formula, display=True)}$" if size.headed else f"${name}(x)$"
            for name, formula, _ in panels
        ]
        if self.log_y:
            equations = [
                f"$|{name}(x)|$ where {equation}" if size.headed else f"$|{name}(x)|$"
                for (name, *_), equation in zip(panels, equations, strict=True)
            ]
        columns = len(panels) if size.wide and not self.together else 1
        rows = 1 if self.together else len(panels) // columns
        heights = [taller([equation]) for equation in equations]
        more = heights if rows == len(panels) else [sum(heights) if self.together else max(heights)]
        grid = Grid(
            size, columns, rows, more=more, titles=len(panels) if self.together else 1,
            panel=PANEL if size.headed else SMALL_PANEL, footer=FOOTER + NAMED_AXIS * bool(self.xlabel),
            header=header(self.title, size),
        )  # fmt: skip
        name, aside = self.called(activation, activation.label), f"range {activation.range}"
        grid.title(self.title, name, aside=aside)
        inks = [ink(colour(0)), ink(colour(1))]
        if self.together:
            both = grid.panel(0, 0, equations, "function and derivative", colours=inks)
            curves.draw_together(both, activation, window, self.notes, self.mark)
            grid.name_axis(both, self.xlabel)
            return grid.figure
        axes = None
        for index, (equation, (_, _, derivative)) in enumerate(zip(equations, panels, strict=True)):
            axes = grid.panel(
                index % columns, index // columns, equation, self.kind(derivative), sharex=axes,
                colours=inks[index : index + 1],
            )  # fmt: skip
            pair: Pair = "alone" if len(panels) == 1 else "stacked" if columns == 1 else "beside"
            curves.draw(
                axes,
                [activation],
                derivative,
                window,
                self.log_y,
                self.notes,
                pair=pair,
                mark=self.mark,
                slopes=self.derivative,
            )
            if index + columns >= len(panels):
                grid.name_axis(axes, self.xlabel)
        return grid.figure
