"""Horizontal bars of classes, one below another, and one bar stacked from all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz import style
from actviz.marks.space import size_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURED = 6
"""With more classes than this, all have one hue, and only the largest is strong."""

PALE = 0.45
"""The opacity of bars that aren't strong."""

APART = 0.02
"""The least width in units of parts of a stacked bar that are separated by a gap."""


@dataclass(frozen=True)
class Look:
    """A bar's colour, which is one of the theme's, and how opaque it is."""

    colour: str
    opacity: float = 1.0

    @property
    def rgba(self) -> tuple[float, float, float, float]:
        """The colour in the form that matplotlib takes."""
        from matplotlib.colors import to_rgba

        return to_rgba(self.colour, self.opacity)


def look(index: int, count: int, largest: bool) -> Look:
    """Return the look of a class's bar."""
    if count <= COLOURED or len(style.look().chosen) > 1:
        return Look(style.colour(index))
    return Look(style.colour(0), 1.0 if largest else PALE)


def draw(axes: "Axes", places: Sequence[float], values: Sequence[float], looks: Sequence[Look], height: float) -> None:
    """Draw a bar from 0 to each value, at places from the top down, into axes whose limits are set."""
    axes.barh(places, values, height=height, color=[look.rgba for look in looks], zorder=3)


def stack(axes: "Axes", place: float, values: Sequence[float], looks: Sequence[Look], height: float) -> None:
    """Draw the values one after another as parts of one bar, with gaps between those that are wide enough."""
    starts = [0.0]
    for value in values:
        starts.append(starts[-1] + value)
    axes.barh(
        [place] * len(values), values, left=starts[:-1], height=height, color=[look.rgba for look in looks], zorder=3
    )
    low, high = axes.get_xlim()
    unit = (high - low) / size_of(axes)[0]
    pairs = zip(starts[1:], values, values[1:], strict=False)
    between = [start for start, one, other in pairs if min(one, other) > APART * unit]
    axes.vlines(between, place - height / 2, place + height / 2, colors=style.theme().tint,
                linewidth=style.scaled(0.9), zorder=3.5)  # fmt: skip


def prepare(axes: "Axes", limits: tuple[float, float], rows: tuple[float, float]) -> None:
    """Hide the axes themselves, and set their limits; rows are counted from the top down."""
    axes.set_xlim(*limits)
    axes.set_ylim(rows[1], rows[0])
    axes.set_axis_off()
    axes.set(xticks=(), yticks=())  # matplotlib's arithmetic for ticks overflows before exponentials do


def ground(axes: "Axes", limits: tuple[float, float], places: Sequence[float], height: float, apart: bool) -> None:
    """Tint a stretch of the scale: behind all bars together, or behind each of them."""
    low, high = limits
    for place, tall in _stretches(places, height, apart):
        axes.barh(place, high - low, left=low, height=tall, color=style.theme().tint, zorder=1)


def zero(axes: "Axes", places: Sequence[float], height: float, apart: bool) -> None:
    """Draw the line from which bars begin: along all of them, or at each of them."""
    stretches = _stretches(places, height, apart)
    axes.vlines(
        [0.0] * len(stretches), [place - tall / 2 for place, tall in stretches],
        [place + tall / 2 for place, tall in stretches], colors=style.theme().muted, linewidth=style.scaled(1),
        zorder=4,
    )  # fmt: skip


def _stretches(places: Sequence[float], height: float, apart: bool) -> list[tuple[float, float]]:
    """Return the middle and the height of what is drawn along all bars, or at each if they are apart."""
    if apart:
        return [(place, height) for place in places]
    top, bottom = min(places) - 0.5, max(places) + 0.5
    return [((top + bottom) / 2, bottom - top)]
