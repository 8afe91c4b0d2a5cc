"""Several activations: overlaid in the same axes, or side by side."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz import style
from actviz.errors import InputError
from actviz.figures import panel
from actviz.figures.base import XYPicture, canonical, file_words
from actviz.registry import get

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Comparison(XYPicture):
    """Two or more activations in one figure, with `derivative` their derivatives in a second row of panels.

    Parameters
    ----------
    activations
        Specifications; the same activation with other parameters is another one.
    side_by_side
        Whether each has a panel of its own.
    """

    activations: tuple[str, ...]
    side_by_side: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        specs = tuple(map(canonical, self.activations))
        object.__setattr__(self, "activations", specs)
        if len(specs) < 2:
            raise InputError(f"a comparison needs two activations or more, not {len(specs)}")
        for spec in specs:
            if specs.count(spec) > 1:
                raise InputError(f"{spec} is given twice; compare different activations, or different parameters")

    @property
    def words(self) -> tuple[str, ...]:
        names = (file_words(get(spec)) for spec in self.activations)
        return ("compare", *names, *("side_by_side",) * self.side_by_side, *("derivative",) * self.derivative)

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("compare", *self.activations, *("--side-by-side",) * self.side_by_side, *self.options)

    @property
    def description(self) -> str:
        activations = [get(spec) for spec in self.activations]
        low, high = map(panel.readable, self.window(activations))
        how = "Graphs side by side of" if self.side_by_side else "Graphs in one figure of"
        also = ", and of their derivatives" if self.derivative else ""
        names = ", ".join(activation.plain_label for activation in activations[:-1])
        return f"{how} {names} and {activations[-1].plain_label}{also}, for x from {low} to {high}."

    def draw(self) -> "Figure":
        activations = [get(spec) for spec in self.activations]
        window = self.window(activations)
        kinds = [False, True] if self.derivative else [False]
        if not self.side_by_side:
            own_title = " and ".join([", ".join(a.title for a in activations[:-1]), activations[-1].title])
            grid = style.Grid(columns=1, rows=len(kinds), size=self.size, entries=[a.label for a in activations])
            grid.title(self.title, own_title)
            for row, derivative in enumerate(kinds):
                axes = grid.panel(0, row, "$f\\,'(x)$" if derivative else "$f(x)$")
                panel.draw(axes, activations, derivative, window)
            return grid.figure
        columns = min(len(activations), 4)
        bands = -(-len(activations) // columns)
        grid = style.Grid(columns=columns, rows=bands * len(kinds), size=self.size)
        grid.title(self.title, " beside ".join(a.title for a in activations))
        for index, activation in enumerate(activations):
            for kind, derivative in enumerate(kinds):
                row = index // columns * len(kinds) + kind
                what = f"derivative of {activation.title}" if derivative else activation.label
                panel.draw(grid.panel(index % columns, row, what), [activation], derivative, window)
        return grid.figure
