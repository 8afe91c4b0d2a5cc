"""Ticks at round numbers, with labels that fit."""

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.ticker import Formatter, Locator, MaxNLocator, NullLocator, ScalarFormatter

from actviz.marks.space import size_of
from actviz.marks.text import width_of
from actviz.model import powers
from actviz.sampling import FINEST
from actviz.style import scaled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

BESIDE = 0.25
"""How many units a label at the right end of an axis may stick out: half the distance between columns."""


LABELS, SMALL_LABELS = 9.0, 6.5
"""The size of tick labels in points, and that to which they are shrunk before the axes become narrower for them."""


def set_ticks(axes: "Axes", room: float) -> None:
    """Put ticks at round numbers; if labels are too wide, there are fewer below the axes, and they become smaller.

    Parameters
    ----------
    room
        Units to the left of the axes.
    """
    width, height = size_of(axes)
    for axis in (axes.xaxis, axes.yaxis):
        if axis.get_scale() == "log":
            axis.set_major_locator(PowersOfTen(min(8, height / 0.22)))
            axis.set_minor_locator(NullLocator())
            axis.set_major_formatter(Power())
        else:
            _tick(axis, "auto")
            axis.set_major_formatter(Numbers())
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
    needed = widest * SMALL_LABELS / LABELS
    # labels keep all their digits, since an offset to be added could be mistaken for a number itself
    _narrow(axes, max(0.0, needed - room))
    room = max(room, needed)
    _shrink(axes, "y", widest, room)


def _narrow(axes: "Axes", units: float) -> None:
    """Move the left end of axes, and of those above that share their x axis, to the right; factors stay in place."""
    end = axes.get_position().x1
    shared = axes.get_shared_x_axes().get_siblings(axes)
    siblings = [one for one in shared if math.isclose(one.get_position().x1, end)]
    boxes = [one.get_position() for one in siblings]
    width, _ = size_of(axes)
    left = max(max(box.x0 for box in boxes), axes.get_position().x0 + units / width * axes.get_position().width)
    for one, box in zip(siblings, boxes, strict=True):
        if left > box.x0:
            factor = one.yaxis.get_offset_text()
            place = box.x0 + factor.get_position()[0] * box.width
            factor.set_x((place - left) / (box.x1 - left))
            one.set_position((left, box.y0, box.x1 - left, box.height))


def _shrink(axes: "Axes", axis: Literal["x", "y"], widest: float, room: float) -> None:
    """Write an axis's labels smaller if the widest is wider than the room for it, in units."""
    if widest > room:
        axes.tick_params(axis=axis, labelsize=max(scaled(4.0), scaled(LABELS) * room / widest))


def _widest(axis: "Axis") -> float:
    """Return the width of the tick label with the most characters: digits are equally wide."""
    labels = axis.get_major_formatter().format_ticks(list(axis.get_majorticklocs()))
    measured = axis.get_offset_text()
    measured.set(text=max(labels, key=len, default=""), fontsize=scaled(LABELS))
    width = width_of(measured)
    measured.set_text("")
    return width


def _tick(axis: "Axis", most: "int | Literal['auto']") -> None:
    """Put ticks at round numbers within the axes."""
    # as many as matplotlib would choose, but the number stays when labels become smaller
    axis.set_major_locator(RoundNumbers(int(np.clip(axis.get_tick_space(), 1, 9)) if most == "auto" else most))


class RoundNumbers(MaxNLocator):
    """Ticks at round numbers within the limits, even after those have changed."""

    def __init__(self, most: int) -> None:
        super().__init__(nbins=most, steps=[1, 2, 5, 10])

    def tick_values(self, vmin: float, vmax: float) -> Any:
        low, high = sorted((vmin, vmax))
        if high - low < 1.5 * FINEST * max(abs(low), abs(high)):  # several ticks would differ only by rounding
            return np.array([float(f"{(low + high) / 2:.14g}")])
        slack = 1e-9 * (high - low)
        return np.array([tick for tick in super().tick_values(low, high) if low - slack <= tick <= high + slack])


class PowersOfTen(Locator):
    """Ticks at some of the powers of ten within the limits; matplotlib's own choice overflows beyond 1e308."""

    def __init__(self, most: float) -> None:
        self.most = most
        self.highest = self.top = math.inf

    def keep_below(self, highest: float, top: float) -> None:
        """Let no tick be above the highest point drawn, as long as the axis doesn't end above a certain top."""
        if highest > 0:
            self.highest, self.top = 1.02 * highest, top

    def __call__(self) -> Any:
        assert self.axis is not None
        return self.tick_values(*self.axis.get_view_interval())

    def tick_values(self, vmin: float, vmax: float) -> Any:
        bottom, top = sorted((math.log10(vmin), math.log10(vmax)))
        step = next(
            step for step in (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 1000) if (top - bottom) / step < self.most
        )
        first = math.ceil(bottom / step) * step
        ticks = np.array([float(f"1e{power}") for power in range(first, math.floor(top) + 1, step)])
        return ticks[ticks <= self.highest] if vmax <= self.top * (1 + 1e-9) else ticks


class Numbers(ScalarFormatter):
    """Numbers in full, or with a common power of ten at the end of the axis; never with an offset to be added."""

    def __init__(self) -> None:
        super().__init__(useOffset=False)

    def get_offset(self) -> str:
        """Return the factor as in print."""
        factor = super().get_offset().replace("\N{MINUS SIGN}", "-")
        return factor and f"× {powers(factor)}"


class Power(Formatter):
    """Powers of ten as in print."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return powers(f"1e{round(math.log10(x))}")
