"""Softmax against temperature: from hardmax, where the largest logit has it all, to even probabilities."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz import worked
from actviz.errors import InputError
from actviz.figures.base import Picture
from actviz.figures.softmax import (
    ARTICLE,
    LEAST_TYPE,
    MOST_ROWS,
    check_colours,
    classes_to_colour,
    counted,
    logits_in_name,
)
from actviz.model import number
from actviz.numerics import Array
from actviz.prose import listed
from actviz.vector import Softmax
from actviz.worked import MOST_SPOKEN, SWEEP

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from actviz.figures.sheet import Grid
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.bars import Look

POINTS = 181
"""How many temperatures the curves are worked out at, evenly spaced by powers of ten."""

TICKS = (0.1, 1.0, 10.0, 100.0)

NAMES, SHARE_OF_NAMES = 1.8, 0.35
"""The most units that names at the curves' ends take, or their largest share of a figure whose width is given."""

LEADER = 0.26
"""Units from the axes to the names, bridged by lines."""

TYPE, NARROWEST, LOWEST = 9.5, 1.0, 0.6
"""The names' type in points at scale 1, and the least width and height of the axes in units."""

LINE = 1.3
"""Distance between names, as a multiple of their type's size."""

FOOTER = 0.52
"""Units for the ticks' labels and the name of the axis."""


@dataclass(frozen=True)
class TemperatureSweep(Picture):
    """The probabilities of some logits at temperatures from 0.1 to 100.

    Parameters
    ----------
    softmax
        The logits and names of classes, at temperature 1.
    """

    softmax: Softmax = field(default=Softmax(ARTICLE))

    prefix: ClassVar[str] = "softmax"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.softmax.temperature != 1:
            raise InputError("a sweep goes through all temperatures; leave out temperature", "temperature")
        if self.softmax.by_hand:
            raise InputError("a sweep rounds nothing; leave out by_hand", "by_hand")
        check_colours(self.softmax, self.colors)

    @property
    def subject(self) -> tuple[str, ...]:
        return (*logits_in_name(self.softmax), "sweep")

    @property
    def most_colours(self) -> tuple[int, str]:
        return len(self.softmax.logits), classes_to_colour(self.softmax)

    @property
    def heading(self) -> str:
        return f"Softmax of {counted(self.softmax)} by temperature"

    @property
    def description(self) -> str:
        steps = self.softmax
        told = sorted(range(len(steps.logits)), key=lambda index: -steps.logits[index])[:MOST_SPOKEN]
        more = f", and {len(steps.logits) - len(told)} more" if len(steps.logits) > len(told) else ""
        temperatures = (SWEEP[0], 1.0, SWEEP[1])
        names = steps.classes or [f"class {name}" for name in steps.names]
        sentences = [f"Probabilities of {counted(steps)} against the temperature, from 0.1 to 100 by powers of ten."]
        for temperature, row in zip(temperatures, worked.sweep(steps, temperatures), strict=True):
            each = ", ".join(f"{names[index]}: {worked.positive(float(row[index]), 4)}" for index in told)
            sentences.append(f"At temperature {number(temperature)}: {each}{more}.")
        return " ".join([*sentences, f"Towards 0 it is {self._cold}; towards infinity {self._hot}."])

    @property
    def _cold(self) -> str:
        """Say what the probabilities are where the temperature nears 0."""
        tied, count = self.softmax.logits.count(max(self.softmax.logits)), len(self.softmax.logits)
        if tied == count:
            return self._hot
        return "hardmax" if tied == 1 else f"1/{tied} each of the {tied} largest"

    @property
    def _hot(self) -> str:
        """Say what the probabilities are where the temperature grows."""
        count = len(self.softmax.logits)
        return f"even, 1/{count} each" if count > 1 else "1"

    def draw(self) -> "ThemedFigure":
        from actviz.figures.sheet import KIND, LEFT, PANEL, PANEL_TITLE, RIGHT, Grid, axes_at, header
        from actviz.style import scaled

        size, least = self.dimensions, LEAST_TYPE / self.dimensions.scale
        line = LINE * least / 72
        above = header(self.title, size)
        height = size.height / size.scale - above - PANEL_TITLE - KIND - FOOTER if size.height else PANEL[1]
        curves = self._curves(max(2, min(MOST_ROWS + 1, int(height / line))))
        type_size = max(least, min(TYPE, height / len(curves) / LINE * 72))
        most = SHARE_OF_NAMES * (size.width / size.scale - LEFT - RIGHT) if size.width else NAMES
        family = self._family()
        widest = max(1.02 * _width(curve.name, type_size, family) for curve in curves)
        beside = LEADER + min(most, widest)
        needed = min(NARROWEST + LEADER + widest, (NARROWEST + LEADER) / (1 - SHARE_OF_NAMES)) if size.width else 0.0
        grid = Grid(size, panel=(PANEL[0] + beside - 1.0, PANEL[1]), footer=FOOTER, header=above,
                    smallest=(needed, max(LOWEST, line * min(len(curves), 2))))  # fmt: skip
        grid.title(self.title, self.heading)
        top = grid.above + grid.panel_title
        axes = axes_at(grid.figure, LEFT, top, grid.width - beside, grid.height, xscale="log")
        self._scale(grid, axes, top)
        for order, curve in enumerate(curves):
            axes.plot(
                _temperatures(), curve.values, color=curve.look.rgba, linewidth=scaled(2.6), clip_on=False,
                zorder=3 + (curve.look.opacity == 1), gid=f"probability-{order}",
            )  # fmt: skip
        self._name(grid, curves, LEFT + grid.width - beside, top, beside - LEADER, type_size, family)
        return grid.figure

    def _curves(self, most: int) -> "list[_Curve]":
        """Work out a curve for each logit, the largest first; equal ones share a curve, and so do those left over."""
        from actviz.marks import bars
        from actviz.style import theme

        logits = self.softmax.logits
        classes: dict[float, list[int]] = {}
        for index, logit in enumerate(logits):
            classes.setdefault(logit, []).append(index)
        falling = sorted(classes, reverse=True)
        shown = falling if len(falling) <= most else falling[: most - 1]
        swept = worked.sweep(self.softmax, _temperatures())
        curves = [
            _Curve(
                self._name_of(logit, classes[logit]), swept[:, classes[logit][0]],
                bars.look(classes[logit][0], len(logits), logit == falling[0]),
            )
            for logit in shown
        ]  # fmt: skip
        rest = [index for logit in falling[len(shown) :] for index in classes[logit]]
        if rest:
            curves.append(_Curve(f"{len(rest)} others together", swept[:, rest].sum(axis=1), bars.Look(theme().muted)))
        return curves

    def _name_of(self, logit: float, classes: Sequence[int]) -> str:
        each = f" (each of {len(classes)})" if len(classes) > 1 else ""
        if not self.softmax.classes:
            return f"z = {worked.powers(number(logit)).replace('-', '−')}{each}"
        return listed([self.softmax.classes[index] for index in classes]) + (" (each)" if each else "")

    def _family(self) -> tuple[str, ...]:
        """Choose fonts that have all characters of the names."""
        from actviz.marks.text import families

        return tuple(families("".join(self.softmax.classes), what="the classes"))

    def _scale(self, grid: "Grid", axes: "Axes", top: float) -> None:
        """Set the axes' limits and ticks, and say what the probabilities are at their ends and at temperature 1."""
        from matplotlib.ticker import FixedLocator, NullLocator

        from actviz.figures.sheet import LEFT, write
        from actviz.marks.space import size_of
        from actviz.style import scaled, theme

        axes.set_xlim(*SWEEP)
        axes.set_ylim(0, 1)
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_locator(FixedLocator(TICKS))
        axes.set_xticks(TICKS, list(map(number, TICKS)))
        width, height = size_of(axes)
        shares = (0, 0.2, 0.4, 0.6, 0.8, 1) if height > 1.5 else (0, 0.5, 1)
        axes.set_yticks(shares, list(map(number, shares)))
        muted = theme().muted
        write(grid.figure, LEFT, top - 0.34, "probability $p$", width, fontsize=scaled(11), verticalalignment="bottom")
        write(grid.figure, LEFT + width, top + height + 0.26, "temperature $T$", width, fontsize=scaled(9), color=muted,
              horizontalalignment="right", verticalalignment="top")  # fmt: skip
        if not self.notes:
            return
        one = width / 3
        axes.plot([1, 1], [0, 1], color=muted, linewidth=scaled(1), zorder=2, gid="softmax")
        words = (f"T → 0: {self._cold}", "T = 1: softmax", f"T → ∞: {self._hot}")
        choices = (words, (words[0], "softmax", words[2]), (self._cold, "softmax", self._hot), ("", "softmax", "even"))
        for cold, middle, hot in (*choices, ("", "softmax", "")):
            widths = [_width(said, 9) for said in (cold, middle, hot)]
            if widths[0] < one - widths[1] / 2 - 0.1 and widths[2] < width - one - widths[1] / 2 - 0.1:
                break
        for at, said, side in ((0.0, cold, "left"), (one, middle, "center"), (width, hot, "right")):
            write(grid.figure, LEFT + at, top - 0.06, said, width, fontsize=scaled(9), color=muted,
                  horizontalalignment=side, verticalalignment="bottom")  # fmt: skip

    def _name(
        self, grid: "Grid", curves: "Sequence[_Curve]", left: float, top: float, width: float, size: float,
        family: tuple[str, ...],
    ) -> None:  # fmt: skip
        """Write the names at the curves' ends, as near to them as they can be without overlapping."""
        from matplotlib.lines import Line2D

        from actviz.figures.sheet import write
        from actviz.marks.bars import COLOURED
        from actviz.marks.space import apart
        from actviz.marks.text import fit_lines
        from actviz.style import ink, scaled, theme

        across, down = grid.across, grid.down
        ends = [top + (1 - float(curve.values[-1])) * grid.height for curve in curves]
        places = apart(ends, LINE * size / 72, top, top + grid.height)
        coloured = len(self.softmax.logits) <= COLOURED or len(self.colors) > 1
        for curve, end, place in zip(curves, ends, places, strict=True):
            grid.figure.add_artist(
                Line2D(
                    [(left + 0.04) / across, (left + LEADER - 0.05) / across], [1 - end / down, 1 - place / down],
                    color=curve.look.rgba, linewidth=scaled(0.9), transform=grid.figure.transSubfigure, gid="leader",
                )
            )  # fmt: skip
            text = write(
                grid.figure, left + LEADER, place, curve.name, math.inf, parse_math=False, fontsize=scaled(size),
                fontfamily=list(family), color=ink(curve.look.colour) if coloured else theme().ink,
                verticalalignment="center_baseline",
            )  # fmt: skip
            fit_lines(text, width, 1, min(scaled(size), LEAST_TYPE))


@dataclass(frozen=True)
class _Curve:
    """The probability of a class, or of several together, at each temperature."""

    name: str
    values: Array
    look: "Look"


def _temperatures() -> Array:
    return np.geomspace(*SWEEP, POINTS)


def _width(words: str, size: float, family: tuple[str, ...] | None = None) -> float:
    """Return the width of words in units."""
    from actviz.marks.text import units_of

    return units_of(words, size, family, parse_math=False) if family else units_of(words, size)
