"""One activation: the function, and its derivative under it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz.figures.base import XYPicture, canonical, file_words
from actviz.formula import mathtext
from actviz.prose import describe, describe_derivative
from actviz.registry import get

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Curve(XYPicture):
    """An activation's function, and with `derivative` its derivative in a second panel that shares x.

    Parameters
    ----------
    activation
        A specification, "relu6" or "leaky:0.1".
    """

    activation: str

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "activation", canonical(self.activation))

    @property
    def words(self) -> tuple[str, ...]:
        return (file_words(get(self.activation)), *self.suffixes)

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("plot", self.activation, *self.options)

    @property
    def shown(self) -> tuple[str, ...]:
        return (self.activation,)

    @property
    def heading(self) -> str:
        return get(self.activation).plain_label + " and its derivative" * self.derivative

    @property
    def description(self) -> str:
        activation = get(self.activation)
        sentences = [
            describe(activation),
            *[describe_derivative(activation)] * self.derivative,
            self.axis([activation]),
        ]
        return " ".join(sentences)

    def draw(self) -> "Figure":
        from actviz.figures.sheet import Grid
        from actviz.marks import curves

        activation = get(self.activation)
        window = self.window([activation])
        panels = [("f", activation.formula, False), ("f\\,'", activation.derivative_formula, True)]
        panels = panels[: 1 + self.derivative]
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
