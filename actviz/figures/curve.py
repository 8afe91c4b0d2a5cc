"""One activation: the function, and its derivative under it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz.figures.base import XYPicture
from actviz.formula import mathtext
from actviz.model import Activation
from actviz.prose import describe, describe_derivative

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure


@dataclass(frozen=True)
class Curve(XYPicture):
    """An activation's function, and with `derivative` its derivative in a second panel that shares x.

    Parameters
    ----------
    activation
        Any, registered or not.
    """

    activation: Activation

    @property
    def shown(self) -> tuple[Activation, ...]:
        return (self.activation,)

    @property
    def heading(self) -> str:
        return f"{self.activation.plain_label} and its derivative" if self.derivative else self.activation.plain_label

    @property
    def description(self) -> str:
        sentences = [describe(self.activation)]
        if self.derivative:
            sentences.append(describe_derivative(self.activation))
        return " ".join([*sentences, self.axis([self.activation])])

    def draw(self) -> "ThemedFigure":
        from actviz.figures.sheet import Grid
        from actviz.marks import curves

        activation = self.activation
        self.refuse_blank([activation])
        window = self.window([activation])
        panels = [("f", activation.formula, False)]
        if self.derivative:
            panels.append(("f\\,'", activation.derivative_formula, True))
        columns = len(panels) if self.sheet.wide else 1
        fractions = any("frac" in mathtext(formula) for _, formula, _ in panels)
        grid = Grid(self.sheet, columns, len(panels) // columns, fractions=fractions)
        grid.title(self.title, activation.label, aside=f"range {activation.range}".replace("-", "−"))
        axes = None
        for index, (name, formula, derivative) in enumerate(panels):
            equation = f"${name}(x) = {mathtext(formula, display=True)}$"
            axes = grid.panel(index % columns, index // columns, equation, self.kind(derivative), sharex=axes)
            curves.draw(axes, [activation], derivative, window, self.log_y, self.notes)
        return grid.figure
