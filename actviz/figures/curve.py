"""One activation: the function, and its derivative under it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz import style
from actviz.figures import panel
from actviz.figures.base import XYPicture, canonical, file_words
from actviz.formula import mathtext, plain
from actviz.model import readable
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
    def description(self) -> str:
        activation = get(self.activation)
        low, high = map(readable, self.window([activation]))
        also = " and of its derivative" if self.derivative else ""
        log = ", by powers of ten" if self.log_y else ""
        return (
            f"Graph of {activation.plain_label}, f(x) = {plain(activation.formula)}, with range {activation.range}, "
            f"for x from {low} to {high}{also}{log}. {activation.definition.summary}"
        )

    def draw(self) -> "Figure":
        activation = get(self.activation)
        window = self.window([activation])
        panels = [("f", activation.formula, False), ("f\\,'", activation.derivative_formula, True)]
        panels = panels[: 1 + self.derivative]
        grid = style.Grid(columns=1, rows=len(panels), size=self.size)
        grid.title(self.title, activation.label, aside=f"range {activation.range}".replace("-", "−"))
        axes = None
        for row, (name, formula, derivative) in enumerate(panels):
            equation = f"${name}(x) = {mathtext(formula, display=True)}$"
            axes = grid.panel(0, row, equation, self.kind(derivative), sharex=axes)
            panel.draw(axes, [activation], derivative, window, self.log_y)
        return grid.figure
