"""Marked points: a dot on each curve with its value, its slope and the tangent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from actviz import style
from actviz.marks import names
from actviz.marks.space import Space
from actviz.marks.text import write
from actviz.model import Activation, Kink, readable
from actviz.numerics import Array
from actviz.prose import listed
from actviz.sampling import Trace

if TYPE_CHECKING:
    from matplotlib.text import Text

Shown = tuple[Trace, str, str, str, Array]
"""A curve, the colour of words about it, its own colour, its name, and points along it in units."""

TANGENT, SHARE, DOT, NESTED = 1.0, 0.35, 5.5, 3.5
"""Units from a point to either end of its tangent, and the largest share of the axes' height that this may be; a dot's
size in points, and how much larger another curve's dot around it is."""

LINE, MARKER = 2.5, 8
"""The zorder of tangents, below the curves, and of dots, above everything."""

TYPE = 9
"""The size of the words in points at scale 1."""


@dataclass(frozen=True)
class Point:
    """What is said about a point, in several wordings from the best to the shortest."""

    label: names.Label
    choices: tuple[str, ...]

    def place(self, space: Space) -> None:
        """Put it at its dot, with a leader line if need be, or anywhere; if there is no room, only the dot is left."""
        ink = self.label.text.get_color()
        self.label.text.remove()
        for choices in (self.choices[:-1], self.choices[-1:]):  # the last leaves something out
            for words in choices:
                label = replace(self.label, text=_text(space, words, str(ink)))
                if names.place(space, [label]):
                    return
                label.text.remove()
            for words in choices:
                text = _text(space, words, str(ink))
                if space.place(text, space.anywhere(text), backed=True):
                    return


def draw(space: Space, x: float, shown: Sequence[Shown], slopes: bool) -> list[Point]:
    """Draw the dots of curves at a place, with their tangents; return what to say about them, equal things once.

    Parameters
    ----------
    slopes
        Whether the derivatives are drawn too, where slopes are said again.
    """
    said: dict[tuple[str, ...], list[Shown]] = {}
    for number, one in enumerate(shown):
        trace, _, hue, *_ = one
        y = float(trace.values(np.array(x)))
        for sides in _tangents(trace, x):
            _draw_tangent(space, x, *sides)
        (height,) = trace.heights(np.array([y]))
        bottom, top = trace.heights(np.array(space.axes.get_ylim()))
        if np.isfinite(height) and bottom <= height <= top:
            size = DOT + NESTED * _later_at(trace, x, shown[number + 1 :])
            space.axes.plot([x], [y], "o", color=hue, markersize=style.scaled(size), zorder=MARKER, clip_on=False,
                            markeredgecolor=style.theme().paper, markeredgewidth=style.scaled(0.8),
                            gid=f"mark-{number}-{trace.activation.name}")  # fmt: skip
            space.add_point(x, y, size / 72 + 0.02)
        said.setdefault(_words(trace, x, slopes), []).append(one)
    return list(_labels(space, x, said, several=len(shown) > 1))


def steepest(space: Space, activation: Activation, x: float, slope: float, ink: str, hue: str, along: Array) -> Point:
    """Mark where a derivative is largest in size, and return what says how large it is.

    Parameters
    ----------
    ink, hue, along
        The colour of words about the derivative, its own colour, and points along it in units.
    """
    space.axes.plot([x], [slope], "o", color=hue, markersize=style.scaled(5), zorder=MARKER, gid="peak")
    space.add_point(x, slope)
    which, value = "largest" if slope > 0 else "steepest", activation.said(slope, plainly=True)
    value += f" at x = {activation.said(x, plainly=True)}"
    choices = (
        f"{which} slope {value}",
        f"{which} slope\n{value}",
        f"{which}\nslope\n{value.replace(' at', chr(10) + 'at')}",
    )
    return Point(names.Label(_text(space, choices[0], ink), hue, along, at=space.locate([x], [slope])), choices)


def _labels(space: Space, x: float, said: dict[tuple[str, ...], list[Shown]], several: bool) -> Iterator[Point]:
    for words, curves in said.items():
        trace, ink, hue, _, along = curves[0]
        choices = words
        if several and len(said) > 1:
            who = listed([name for *_, name, _ in curves])
            choices = tuple(f"{who}: {one}" for one in words)
        if len(curves) > 1:
            ink = style.theme().ink
        bottom, top = sorted(space.axes.get_ylim())
        y = min(max(float(trace.values(np.array(x))), bottom), top)
        text = _text(space, choices[0], ink)
        yield Point(names.Label(text, hue if len(curves) == 1 else ink, along, at=space.locate([x], [y])), choices)


def _text(space: Space, words: str, ink: str) -> "Text":
    return write(space.axes, 0.0, 0.0, words, fontsize=style.scaled(TYPE), color=ink, linespacing=1.25)


def _later_at(trace: Trace, x: float, others: Sequence[Shown]) -> int:
    """Count the curves whose dots lie over this one's."""
    y = trace.values(np.array(x))
    return sum(bool(np.isclose(other.values(np.array(x)), y, rtol=1e-3, atol=1e-9)) for other, *_ in others)


def _kink(trace: Trace, x: float) -> Kink | None:
    return next((kink for kink in trace.kinks if kink.x == x), None)


def _slopes(trace: Trace, x: float) -> tuple[float, float]:
    """Return the slopes on the left and on the right of a place."""
    slope = replace(trace, derivative=True, log=False)
    if kink := _kink(trace, x):
        return slope.sides(kink)
    there = float(slope.values(np.array(x)))
    return there, there


def _tangents(trace: Trace, x: float) -> Iterator[tuple[float, float, int]]:
    """Yield the tangents of a function: value, slope, and a side, -1 or 1 if both sides have their own, otherwise 0."""
    if trace.derivative or trace.log:
        return
    y = float(trace.values(np.array(x)))
    kink, slopes = _kink(trace, x), _slopes(trace, x)
    values = trace.sides(kink) if kink else (y, y)
    if slopes[0] == slopes[1] and values[0] == values[1]:
        yield y, slopes[0], 0
        return
    for side, value, slope in zip((-1, 1), values, slopes, strict=True):
        yield value, slope, side


def _draw_tangent(space: Space, x: float, y: float, slope: float, side: int) -> None:
    """Draw a tangent, equally long however steep it is."""
    if np.isnan(slope):
        return
    (low, high), (bottom, top) = space.axes.get_xlim(), space.axes.get_ylim()
    across, up = (high - low) / space.width, (top - bottom) / space.height
    rise = slope * across / up
    direction = np.array([1.0, rise]) / np.hypot(1.0, rise) if np.isfinite(rise) else np.array([0.0, np.sign(rise)])
    long = min(TANGENT, SHARE * space.height)
    ends = np.array([0.0 if side > 0 else -long, 0.0 if side < 0 else long])
    place = x + ends * direction[0] * across, y + ends * direction[1] * up
    space.axes.plot(*place, color=style.theme().ink, linewidth=style.scaled(1.2), zorder=LINE, gid="tangent")
    space.add_curve(*place)


def _words(trace: Trace, x: float, slopes: bool) -> tuple[str, ...]:
    """Say what is at a place, in wordings from the longest to the shortest."""
    at = readable(x)
    plain = replace(trace, log=False)
    value = float(plain.values(np.array(x))) + 0.0
    left, right = _slopes(trace, x)
    kink = _kink(trace, x)
    if trace.minus is not None:
        return f"{_written(value)} at x = {at}", _written(value)
    slope = f"f′({at}) = {_written(left)}"
    if left != right:
        slope = f"f′({at}): {_written(left)} on the left, {_written(right)} on the right"
    broken = slope.replace(", ", ",\n")
    if trace.derivative:
        return slope, broken, f"{_written(left)} | {_written(right)}" if left != right else _written(left)
    said = f"f({at}) = {_written(value)}"
    if kink and kink.limits and kink.limits[0] != kink.limits[1]:
        said += f", jumps from {_written(kink.limits[0])} to {_written(kink.limits[1])}"
    lines = said.replace(", ", ",\n")
    return f"{said}, {slope}", f"{said}\n{slope}", f"{lines}\n{broken}", said if slopes else f"{lines}\n{broken}"


def _written(value: float) -> str:
    return readable(value + 0.0)
