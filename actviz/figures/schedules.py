"""Learning-rate schedules over the steps of training."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.base import FARTHEST, Picture, file_words
from actviz.formula import mathtext
from actviz.lessons.schedules import Schedule, names_among
from actviz.model import readable
from actviz.options import option
from actviz.prose import listed
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure

MOST = 6
"""How many curves can be told apart in the same axes."""

MOST_TITLES = 3
"""The most kinds that a title names."""

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""The sizes of text to try until the names in a legend fit, as shares of the usual."""

FOOTER = 0.52
"""Units for the ticks' labels and the name of the axis."""


@dataclass(frozen=True)
class Schedules(Picture):
    """The learning rates of one to six schedules against the step.

    Parameters
    ----------
    schedules
        One to six, all different; the same kind with other parameters counts as another.
    until
        The last step that is shown, 1 to 10,000.
    """

    schedules: tuple[Schedule, ...]
    until: int = option(200, "The last step that is shown.", low=1, high=10_000)

    prefix: ClassVar[str] = "schedule"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= len(self.schedules) <= MOST:
            raise InputError(f"a figure shows 1 to {MOST} schedules, not {len(self.schedules)}")
        for index, one in enumerate(self.schedules):
            if one in self.schedules[:index]:
                raise InputError(f"{one.spec} is given twice; give different schedules, or different parameters")
            if not np.abs(one(np.arange(self.until + 1.0))).max() <= FARTHEST:
                raise InputError(f"the rates of {one.spec} are too large to be drawn")

    @property
    def subject(self) -> tuple[str, ...]:
        return tuple(file_words(one.spec).replace("/", "_") for one in self.schedules)

    @property
    def heading(self) -> str:
        return self._titles() if len(self.schedules) > 1 else self.schedules[0].plain_label

    @property
    def most_colours(self) -> tuple[int, str]:
        count = len(self.schedules)
        return count, f"{count} schedule{'s' if count > 1 else ''}"

    @property
    def description(self) -> str:
        sentences = [f"The learning rate against the step, from 0 to {self.until}."]
        for one in self.schedules:
            middle = self.until // 2
            rates = [f"{readable(one(step))} at step {step}" for step in dict.fromkeys((0, middle, self.until))]
            sentences.append(f"{one.plain_label}: {listed(rates)}" + (", changing in stairs." if one.held else "."))
        return " ".join(sentences)

    @property
    def dimensions(self) -> Size:
        """The size in numbers, with smaller text where the names in a legend need it."""
        from actviz.figures.sheet import LEFT, RIGHT

        size = super().dimensions
        if size.width is None or len(self.schedules) == 1:
            return size
        for share in SHARES:
            smaller = replace(size, scale=size.scale * share)
            if self._widest() <= size.width / smaller.scale - LEFT - RIGHT:
                break
        return smaller

    def _widest(self) -> float:
        """The units that the longest name takes in a legend."""
        from actviz.figures.sheet import legend_width

        return max(map(legend_width, names_among(self.schedules)))

    def draw(self) -> "ThemedFigure":
        # names beside the curves, or a legend of all if one of them has no room for its name
        figure, fits = self._drawn(named=len(self.schedules) > 1)
        return figure if fits else self._drawn(named=False)[0]

    def _titles(self) -> str:
        titles = list(dict.fromkeys(one.title for one in self.schedules))
        if len(titles) > MOST_TITLES:
            return f"{len(self.schedules)} learning-rate schedules"
        words = [title if index == 0 else title[0].lower() + title[1:] for index, title in enumerate(titles)]
        return f"{listed(words)} decay"

    def _drawn(self, named: bool) -> "tuple[ThemedFigure, bool]":
        from actviz.figures.sheet import LEFT, PANEL, Grid, header, write
        from actviz.marks import rates
        from actviz.style import colour, scaled, theme

        several = len(self.schedules) > 1
        entries = [] if named or not several else names_among(self.schedules)
        hues = [colour(index) for index in range(len(self.schedules))]
        values = "" if several else self.schedules[0].label.partition(" (")[2].removesuffix(")")
        fraction = not several and "frac" in mathtext(self.schedules[0].formula)
        panel = (max(PANEL[0], self._widest()), PANEL[1]) if entries else PANEL
        grid = Grid(
            self.dimensions, entries=entries, subtitle=values, panel=panel, footer=FOOTER, fractions=int(fraction),
            header=header(self.title, self.dimensions),
        )  # fmt: skip
        grid.title(self.title, self._titles(), colours=hues)
        title = "learning rate" if several else f"$r(t) = {mathtext(self.schedules[0].formula)}$"
        axes = grid.panel(0, 0, title, "what the gradient of each step is multiplied by")
        fits = rates.draw(axes, self.schedules, self.until, hues, named, marked=bool(entries), notes=self.notes)
        write(
            grid.figure, LEFT + grid.width, grid.above + grid.panel_title + grid.height + 0.26, "step $t$", grid.width,
            fontsize=scaled(9), color=theme().muted, horizontalalignment="right", verticalalignment="top",
        )  # fmt: skip
        return grid.figure, fits
