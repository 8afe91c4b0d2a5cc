"""What is written and tinted around a curve that stands alone: saturation, limits, asymptote, the largest slope."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import analysis, style
from actviz.marks.space import Space
from actviz.marks.text import extent_of, write
from actviz.model import Activation, readable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

SATURATED = 0.01
"""A slope smaller than this in size lets next to nothing of a gradient through."""

SMALL = 0.05
"""The share of the axes' height below which the shape of a curve isn't seen."""

NARROWEST_STRETCH = 0.03
"""The share of the x axis that a saturated stretch has at least; around a minimum it is less."""

PEAK_ROOM = 0.16
"""How much higher the axes become, so that what is said of the steepest slope has room over it, or under it."""

TINT, LIMIT = 0.5, 1.5


def peaks(activation: Activation, window: tuple[float, float]) -> list[tuple[float, float]]:
    """Where the slope of a smooth function is steepest, if single places have it, well inside the window."""
    width = window[1] - window[0]
    inside = window[0] + 0.15 * width, window[1] - 0.15 * width
    return [(x, slope) for x, slope in analysis.peaks(activation) if inside[0] < x < inside[1]]


def room_for_peaks(activation: Activation, window: tuple[float, float]) -> tuple[float, float]:
    """Return how much higher axes must be at the top and at the bottom for what is said of the steepest slopes."""
    slopes = [slope for _, slope in peaks(activation, window)]
    return PEAK_ROOM if any(s > 0 for s in slopes) else 0.0, PEAK_ROOM if any(s < 0 for s in slopes) else 0.0


def saturated(activation: Activation, window: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the stretches of the window in which the size of the slope is less than `SATURATED`."""
    low, high = window
    kinks = [kink.x for kink in activation.kinks if low < kink.x < high]
    beside = [np.nextafter(kinks, -np.inf), np.nextafter(kinks, np.inf)]
    x = np.unique(np.concatenate([np.linspace(low, high, 401), *beside]))
    flat = np.abs(activation.derivative(x)) < SATURATED
    flat[np.isin(x, kinks)] = False
    stretches: list[list[float]] = []
    for left, right, both in zip(x[:-1], x[1:], flat[:-1] & flat[1:], strict=True):
        if not both:
            continue
        if stretches and stretches[-1][1] == left:
            stretches[-1][1] = right
        else:
            stretches.append([left, right])
    return [(a, b) for a, b in stretches if b - a > NARROWEST_STRETCH * (high - low)]


def draw(space: Space, activation: Activation, derivative: bool, colour: str) -> None:
    """Draw what belongs to f, or to f', whose curve is in its place already and has a colour."""
    axes = space.axes
    window = axes.get_xlim()
    stretches = saturated(activation, window)
    for number, (start, stop) in enumerate(stretches):
        axes.axvspan(start, stop, color=style.theme().tint, linewidth=0, zorder=TINT, gid=f"saturated-{number}")
    if derivative:
        for number, (x, slope) in enumerate(peaks(activation, window)):
            _draw_peak(space, x, slope, number, colour)
        _name_leak(space, activation)
    else:
        _draw_slant(space, activation)
        _draw_limits(space, activation)
    if not derivative and any(_name_stretch(space, start, stop) for start, stop in stretches):
        return


def _draw_peak(space: Space, x: float, slope: float, number: int, colour: str) -> None:
    axes = space.axes
    _draw_line(axes, slope)
    axes.plot([x], [slope], "o", color=colour, markersize=style.scaled(5), zorder=6, gid=f"peak-{number}")
    space.add_point(x, slope)
    which = "largest" if slope > 0 else "steepest"
    text = write_note(axes, f"{which} slope {readable(slope)} at x = {readable(x)}", 9)
    short = write_note(axes, readable(slope), 9)
    if space.place(text, space.around(text, x, slope)):
        short.remove()
    else:
        space.place(short, space.around(short, x, slope))


def _name_leak(space: Space, activation: Activation) -> None:
    """Say what the slope on the left is if it is too small to be told from 0."""
    slope = activation.derivative(-math.inf)
    start, stop = space.axes.get_xlim()
    bottom, top = space.axes.get_ylim()
    if 0 < abs(slope) < SMALL * (top - bottom):
        text = write_note(space.axes, f"slope {readable(slope)}", 8.5)
        space.place(text, space.around(text, start + 0.2 * (min(stop, 0.0) - start), slope))


def _draw_limits(space: Space, activation: Activation) -> None:
    """Mark the finite ends of the range, each named on a side that the curve leaves free."""
    bottom, top = space.axes.get_ylim()
    interval, symbols = activation.range, activation.definition.range_symbols
    for value, symbol in ((interval.low, symbols[0]), (interval.high, symbols[1])):
        if value == 0 or not bottom < value < top:
            continue
        _draw_line(space.axes, value)
        words = f"${symbol}$ = {readable(value)}" if symbol else readable(value)
        text = write_note(space.axes, words, 8.5)
        ((_, up),) = space.locate([0.0], [value])
        width, height = extent_of(text)
        ends = (0.04, space.width - 0.04 - width)
        heights = (up - 0.03 - height, up + 0.03)
        space.place(text, [(left, bottom) for bottom in heights for left in ends])


def _draw_slant(space: Space, activation: Activation) -> None:
    """Mark the line y = x if the curve nears it on the right without being it."""
    far = 1e6
    start, stop = space.axes.get_xlim()
    near = np.linspace(max(start, 0.0), max(stop, 0.0), 101)
    bottom, top = space.axes.get_ylim()
    apart = np.max(np.abs(activation(near) - near), initial=0.0)
    if activation.derivative(math.inf) != 1 or abs(activation(far) - far) > 1e-6 or apart < 0.01 * (top - bottom):
        return
    ends = np.clip([bottom, top], start, stop)
    space.axes.plot(ends, ends, **_faint(), gid="asymptote")
    text = write_note(space.axes, "$y = x$", 8.5)
    places = []
    for share in (0.5, 0.35, 0.65, 0.2, 0.8):
        x = ends[0] + share * (ends[1] - ends[0])
        ((_, up),) = space.locate([x], [x])
        places += [(left, bottom) for left, bottom in space.around(text, x, x, gap=0.08) if bottom < up]
    space.place(text, places)


def _name_stretch(space: Space, start: float, stop: float) -> bool:
    (left, _), (right, _) = space.locate([start, stop], [0.0, 0.0])
    for words in (f"saturated: |f′| < {SATURATED}", f"|f′| < {SATURATED}"):
        text = write_note(space.axes, words, 8.5)
        width, height = extent_of(text)
        middle = (left + right - width) / 2
        shares = (0.72, 0.58, 0.44, 0.3, 0.86, 0.14) if middle > left + 0.03 else ()
        if space.place(text, [(middle, share * space.height - height / 2) for share in shares]):
            return True
    return False


def _draw_line(axes: "Axes", height: float) -> None:
    axes.axhline(height, **_faint(), gid="limit")


def _faint() -> dict[str, Any]:
    return {
        "color": style.theme().muted, "linewidth": style.scaled(0.9), "linestyle": (0, (2, 3)), "zorder": LIMIT,
    }  # fmt: skip


def write_note(axes: "Axes", words: str, size: float) -> "Text":
    """Write text that is yet to find its place."""
    return write(axes, 0.0, 0.0, words, fontsize=style.scaled(size), color=style.theme().muted)
