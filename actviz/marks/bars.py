"""Bars of classes, with their numbers."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from actviz import style
from actviz.marks.space import size_of
from actviz.marks.text import APART, extent_of, stand_up

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.08
"""Units around what is written at the end of a bar."""

MOST_LABELS = 0.7
"""The share of a panel's height that is left to what is written over and under bars."""


def draw(
    axes: "Axes", values: Sequence[float], classes: Sequence[int], written: Callable[[float], str], marked: bool
) -> None:
    """Draw a bar for each class, with its number at its end.

    Parameters
    ----------
    values, classes
        What the bars show, and the index of the class of each, from 0.
    written
        Writes a value.
    marked
        Whether values that are no probabilities are marked.
    """
    factor = 1.0 if max(map(abs, values)) < 1e300 else 1e-10  # beyond, matplotlib's own arithmetic overflows
    heights = [value * factor for value in values]
    places = range(1, len(values) + 1)
    axes.bar(places, heights, width=0.72, color=[style.colour(index) for index in classes], zorder=3)
    axes.axhline(0, color=style.theme().muted, linewidth=style.points(1), zorder=4)
    axes.set_xlim(0.4, len(values) + 0.6)
    axes.grid(visible=False)
    axes.tick_params(bottom=False, left=False, labelleft=False)
    axes.spines.bottom.set_visible(False)
    axes.spines.left.set_visible(False)
    width, height = size_of(axes)
    room = width / (len(values) + 0.2)
    axes.set_xticks(places, [str(index + 1) for index in classes])
    stand_up(axes.get_xticklabels(), room)
    labels = [
        axes.annotate(
            written(value), (place, height), (0, style.points(3 if height >= 0 else -3)),
            textcoords="offset points", horizontalalignment="center",
            verticalalignment="bottom" if height >= 0 else "top", fontsize=style.points(9),
        )
        for place, value, height in zip(places, values, heights, strict=True)
    ]  # fmt: skip
    label = stand_up(labels, room) + GAP
    low, high = min(0.0, *heights), max(0.0, *heights)
    if marked and high - low < 100:
        high = max(high, 1.0)
        axes.axhspan(0, 1, color=style.theme().tint, linewidth=0, zorder=1, gid="probable")
    marks = _mark_outside(axes, values, room) if marked else 0.0
    below = label if low < 0 else marks
    if (crowded := (label + below) / (MOST_LABELS * height)) > 1:
        for text in labels:
            text.set_fontsize(float(text.get_fontsize()) / crowded)
        label, below = label / crowded, below / crowded
    unit = ((high - low) or 1.0) / (height - label - below)
    axes.set_ylim(low - below * unit, high + label * unit)


def _mark_outside(axes: "Axes", values: Sequence[float], room: float) -> float:
    """Say of each bar that it is below 0 or above 1, across the axis from it, if there is room; give the height."""
    marks = [
        axes.annotate(
            "< 0" if value < 0 else "> 1", (place, 0.0), (0, style.points(3 if value < 0 else -3)),
            textcoords="offset points", horizontalalignment="center",
            verticalalignment="bottom" if value < 0 else "top", fontsize=style.points(8.5), color=style.theme().muted,
        )
        for place, value in enumerate(values, start=1) if not 0 <= value <= 1
    ]  # fmt: skip
    extents = list(map(extent_of, marks))
    if all(width < APART * room for width, _ in extents):
        return max((height + GAP for _, height in extents), default=0.0)
    for mark in marks:
        mark.remove()
    return 0.0
