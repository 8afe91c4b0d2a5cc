"""Ticks at round numbers, with labels that have room."""

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from actviz.marks.space import size_of
from actviz.marks.text import width_of
from actviz.style import points

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

BESIDE = 0.25
"""Units by which a label at the right end of an axis may stand out: half the distance between columns."""


def set_ticks(axes: "Axes", room: float) -> None:
    """Put ticks at round numbers; labels that are too wide become fewer under the axes, and smaller.

    Parameters
    ----------
    room
        Units to the left of the axes.
    """
    from matplotlib.ticker import FixedLocator, NullLocator

    width, height = size_of(axes)
    for axis in (axes.xaxis, axes.yaxis):
        if axis.get_scale() == "log":
            axis.set_major_locator(FixedLocator(_powers_of_ten(*axis.get_view_interval(), most=min(8, height / 0.22))))
            axis.set_minor_locator(NullLocator())
        else:
            _tick(axis, "auto")
    axes.yaxis.get_offset_text().set(horizontalalignment="right", x=-0.01)  # beside the panel's title, not over it
    most = int(width / (1.4 * (_widest(axes.xaxis) or 1.0)))
    if len(axes.get_xticks()) > most:
        _tick(axes.xaxis, max(1, most - 1))
        apart = width * float(np.diff(axes.get_xticks()).min(initial=np.inf) / np.ptp(axes.get_xlim()))
        _shrink(axes, "x", 1.15 * _widest(axes.xaxis), apart)
    low, high = axes.get_xlim()
    beyond = width * (high - axes.get_xticks().max(initial=low)) / (high - low)
    _shrink(axes, "x", _widest(axes.xaxis) / 2, beyond + BESIDE)
    widest = _widest(axes.yaxis)
    if widest > 1.3 * room and axes.get_yscale() == "linear":
        # many digits that are the same: once, inside the axes, and at the ticks what is added to them
        axes.ticklabel_format(axis="y", useOffset=True)
        axes.yaxis.get_offset_text().set(horizontalalignment="left", verticalalignment="top", x=0.01)
        axes.yaxis.OFFSETTEXTPAD = -2
        widest = _widest(axes.yaxis)
    _shrink(axes, "y", widest, room)


def _shrink(axes: "Axes", axis: Literal["x", "y"], widest: float, room: float) -> None:
    """Write an axis's labels smaller if the widest has more units than there is room for."""
    if widest > room:
        axes.tick_params(axis=axis, labelsize=max(points(4.0), points(9.0) * room / widest))


def _widest(axis: "Axis") -> float:
    """Give the width of the longest label of a tick: digits are equally wide."""
    labels = axis.get_major_formatter().format_ticks(list(axis.get_majorticklocs()))
    measured = axis.get_offset_text()
    measured.set(text=max(labels, key=len, default=""), fontsize=points(9))
    width = width_of(measured)
    measured.set_text("")
    return width


def _tick(axis: "Axis", most: "int | Literal['auto']") -> None:
    """Put ticks at round numbers within the axes."""
    from matplotlib.ticker import FixedLocator, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 5, 10]))
    low, high = axis.get_view_interval()
    slack = 1e-9 * (high - low)
    inside = [tick for tick in axis.get_majorticklocs() if low - slack <= tick <= high + slack]
    axis.set_major_locator(FixedLocator(inside))


def _powers_of_ten(low: float, high: float, most: float) -> list[float]:
    """Choose at most so many ticks; matplotlib's own choice overflows beyond 1e308."""
    bottom, top = math.log10(low), math.log10(high)
    step = next(step for step in (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 1000) if (top - bottom) / step < most)
    return [float(f"1e{power}") for power in range(math.ceil(bottom / step) * step, math.floor(top) + 1, step)]
