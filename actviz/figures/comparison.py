"""Several activations: overlaid in the same axes, or side by side."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz import style
from actviz.errors import InputError
from actviz.figures import panel
from actviz.figures.base import XYPicture, canonical, file_words
from actviz.model import Activation, readable
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
        return ("compare", *names, *("side_by_side",) * self.side_by_side, *self.suffixes)

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("compare", *self.activations, *("--side-by-side",) * self.side_by_side, *self.options)

    @property
    def description(self) -> str:
        activations = [get(spec) for spec in self.activations]
        low, high = map(readable, self.window(activations))
        how = "Graphs side by side of" if self.side_by_side else "Graphs in one figure of"
        also = ", and of their derivatives" if self.derivative else ""
        log = ", by powers of ten" if self.log_y else ""
        names = _listed([activation.plain_label for activation in activations])
        return f"{how} {names}{also}, for x from {low} to {high}{log}."

    def draw(self) -> "Figure":
        activations = [get(spec) for spec in self.activations]
        window = self.window(activations)
        kinds = [False, True] if self.derivative else [False]
        if not self.side_by_side:
            grid = style.Grid(columns=1, rows=len(kinds), size=self.size, entries=[a.label for a in activations])
            grid.title(self.title, _titles(activations))
            axes = None
            for row, derivative in enumerate(kinds):
                symbol = "f\\,'(x)" if derivative else "f(x)"
                title = f"$|{symbol}|$" if self.log_y else f"${symbol}$"
                axes = grid.panel(0, row, title, self.kind(derivative), sharex=axes)
                panel.draw(axes, activations, derivative, window, self.log_y)
            return grid.figure
        columns = min(len(activations), 4)
        bands = -(-len(activations) // columns)
        grid = style.Grid(columns=columns, rows=bands * len(kinds), size=self.size)
        grid.title(self.title, _titles(activations))
        for index, activation in enumerate(activations):
            axes = None
            for kind, derivative in enumerate(kinds):
                row = index // columns * len(kinds) + kind
                what = f"derivative of {activation.title}" if derivative else activation.label
                axes = grid.panel(index % columns, row, what, sharex=axes)
                panel.draw(axes, [activation], derivative, window, self.log_y)
        return grid.figure


def _titles(activations: list[Activation]) -> str:
    titles = list(dict.fromkeys(activation.title for activation in activations))
    if len(titles) == 1:
        return f"{titles[0]} with different parameters"
    return _listed(titles) if len(titles) <= 5 else f"{len(activations)} activation functions"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]])
