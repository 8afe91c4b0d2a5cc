"""Several activations: overlaid in the same axes, or side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.base import FARTHEST, XYPicture
from actviz.model import Activation
from actviz.options import option
from actviz.prose import describe, listed
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.sheet import Grid
    from actviz.figures.themed import ThemedFigure


MOST_OVERLAID, MOST_PANELS = 12, 60
"""As many curves in the same axes can be told apart, and as many panels be drawn in reasonable time and memory."""

COMFORTABLE = 1.0
"""Units that panels are wide and high, where smaller text can make it so."""

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Of the usual size, what text may have where there is much of it."""

MOST_DESCRIBED = 5
"""Of more activations, the description just has the names."""


@dataclass(frozen=True)
class Comparison(XYPicture):
    """Two or more activations in one figure, with `derivative` their derivatives in a second row of panels.

    Parameters
    ----------
    activations
        At most twelve in the same axes, or sixty side by side; the same activation with other parameters is another
        one.
    side_by_side
        Whether each has a panel of its own.
    """

    activations: tuple[Activation, ...]
    side_by_side: bool = option(False, "Give each a panel of its own.")

    prefix: ClassVar[str] = "compare"

    def __post_init__(self) -> None:
        super().__post_init__()
        count = len(self.activations)
        if count < 2:
            raise InputError(f"a comparison needs two activations or more, not {count}")
        if count > MOST_OVERLAID and not self.side_by_side:
            raise InputError(
                f"{count} curves in the same axes can't be told apart; compare {MOST_OVERLAID} at most, "
                "or use side_by_side",
                "side_by_side",
            )
        if count > MOST_PANELS:
            raise InputError(f"{count} panels are too many for a figure; compare {MOST_PANELS} at most")
        for index, activation in enumerate(self.activations):
            if activation in self.activations[:index]:
                raise InputError(
                    f"{activation.spec} is given twice; compare different activations, or different parameters"
                )

    def window(self, activations: Sequence[Activation]) -> tuple[float, float]:
        """Give the ends of the x axis: of the parts of the common window, that in which they differ most.

        How much they differ is the mean distance of the highest from the lowest, as a share of the axes' height.
        """
        low, high = super().window(activations)
        if self.x is not None:
            return low, high
        kinks = [kink.x for activation in activations for kink in activation.kinks if low <= kink.x <= high]

        def difference(share: float) -> float:
            if any(not low * share * 0.75 <= kink <= high * share * 0.75 for kink in kinks):
                return 0.0
            x = np.linspace(low * share, high * share, 201)
            y = np.clip([activation(x) for activation in activations], -FARTHEST, FARTHEST)
            return round(float(np.mean(np.ptp(y, axis=0)) / (np.ptp(y) or 1.0)), 3)

        share = max((1.0, 0.8, 0.6, 0.4), key=difference)
        return float(f"{low * share:.2g}"), float(f"{high * share:.2g}")

    @property
    def shown(self) -> tuple[Activation, ...]:
        return self.activations

    @property
    def heading(self) -> str:
        titles = _titles(self.activations)
        return f"{titles} and their derivatives" if self.derivative else titles

    @property
    def description(self) -> str:
        how = "Side by side" if self.side_by_side else "In one figure"
        also = ", with their derivatives" if self.derivative else ""
        names = listed([activation.plain_label for activation in self.activations])
        each = map(describe, self.activations) if len(self.activations) <= MOST_DESCRIBED else ()
        return " ".join([f"{how}: {names}{also}.", *each, self.axis(self.activations)])

    def draw(self) -> "ThemedFigure":
        self.refuse_blank(self.activations)
        if self.side_by_side:
            return self._beside()
        # the curves have their names beside them, or all of them a legend if there is no room for one
        figure, fits = self._overlaid(named=True)
        return figure if fits else self._overlaid(named=False)[0]

    @property
    def sheet(self) -> Size:
        """The size in numbers, with smaller text where so many panels or names need it."""
        size = best = super().sheet
        for share in SHARES:
            smaller = replace(size, scale=size.scale * share)
            try:
                grid = self._grid(smaller, named=False)
            except InputError:
                continue
            best = smaller
            squeezed = size.height is not None and grid.height < 1.5 * grid.legend.height
            if min(grid.width, grid.height) >= COMFORTABLE and not squeezed:
                break
        return best

    def _grid(self, size: Size, named: bool) -> "Grid":
        """Arrange the panels, and a legend if the curves don't have their names beside them."""
        from actviz.figures.sheet import SMALL_PANEL, Grid

        kinds = 2 if self.derivative else 1
        if self.side_by_side:
            columns = self._columns(size)
            bands = -(-len(self.activations) // columns)
            grid = Grid(size, columns, bands * kinds, panel=SMALL_PANEL, kinds=False)
            if any(_is_long(activation, grid.width) for activation in self.activations):
                grid = Grid(size, columns, bands * kinds, panel=SMALL_PANEL)
            return grid
        columns = kinds if size.wide else 1
        entries = [] if named else [activation.label for activation in self.activations]
        return Grid(size, columns, kinds // columns, entries=entries)

    def _columns(self, size: Size) -> int:
        """Choose how many panels go beside each other, so that they are as large as can be; otherwise at most four."""
        from actviz.figures.sheet import BETWEEN, FOOTER, HEADER, LEFT, PANEL_TITLE, RIGHT

        count = len(self.activations)
        if size.width is None:
            return min(count, 4)
        across = size.width / size.scale - LEFT - RIGHT + BETWEEN
        if size.height is None:
            return max(1, min(count, int(across / (1.3 + BETWEEN)), 4))
        down = size.height / size.scale - HEADER

        def smaller_side(columns: int) -> float:
            rows = -(-count // columns) * (2 if self.derivative else 1)
            return min(across / columns - BETWEEN, 1.25 * (down / rows - PANEL_TITLE - FOOTER))

        return max(range(1, count + 1), key=smaller_side)

    def _overlaid(self, named: bool) -> tuple["ThemedFigure", bool]:
        from actviz.marks import curves

        window = self.window(self.activations)
        grid = self._grid(self.sheet, named)
        grid.title(self.title, _titles(self.activations))
        axes = None
        for index, derivative in enumerate([False, True] if self.derivative else [False]):
            symbol = "f\\,'(x)" if derivative else "f(x)"
            title = f"$|{symbol}|$" if self.log_y else f"${symbol}$"
            axes = grid.panel(index % grid.columns, index // grid.columns, title, self.kind(derivative), sharex=axes)
            fits = curves.draw(
                axes, self.activations, derivative, window, self.log_y, self.notes, named=named and not derivative
            )
            if not fits:
                break
        return grid.figure, fits

    def _beside(self) -> "ThemedFigure":
        from actviz.marks import curves

        window = self.window(self.activations)
        grid = self._grid(self.sheet, named=True)
        grid.title(self.title, _titles(self.activations))
        kinds = [False, True] if self.derivative else [False]
        for index, activation in enumerate(self.activations):
            axes = None
            for kind, derivative in enumerate(kinds):
                row = index // grid.columns * len(kinds) + kind
                what, more = activation.label, ""
                if derivative:
                    what = f"derivative of {activation.title}"
                elif _is_long(activation, grid.width):
                    what, more = activation.title, activation.label.removeprefix(activation.title).strip()
                axes = grid.panel(index % grid.columns, row, what, more=more, sharex=axes)
                curves.draw(axes, [activation], derivative, window, self.log_y, self.notes)
        return grid.figure


def _is_long(activation: Activation, width: float) -> bool:
    """Whether the values of an activation's parameters need a line of their own in a panel's title."""
    from actviz.marks.text import units_of

    return activation.label != activation.title and units_of(activation.label, 11) > width


def _titles(activations: Sequence[Activation]) -> str:
    titles = list(dict.fromkeys(activation.title for activation in activations))
    if len(titles) == 1:
        return f"{titles[0]} with different parameters"
    return listed(titles) if len(titles) <= 5 else f"{len(activations)} activation functions"
