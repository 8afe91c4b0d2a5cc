"""One pair of axes with the curves of activations in it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import style
from actviz.figures.sampling import Trace, sample, y_limits
from actviz.model import Activation, readable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# what lies around a curve is drawn behind it; the circles at a jump lie over all curves
BEHIND, CURVE, OPEN, FILLED = 2, 3, 6, 7


def draw(
    axes: "Axes", activations: Sequence[Activation], derivative: bool, window: tuple[float, float], log_y: bool = False
) -> None:
    """Draw f or f' of one or several activations, with the jumps of each; with `log_y` their size, by powers of ten."""
    alone = len(activations) == 1
    peak = alone and derivative and _peak(activations[0], window)
    shown = [*activations, *(end for activation in activations for end in activation.band or ())]
    traces = [Trace(activation, derivative, log_y) for activation in shown]
    limits = y_limits(traces, window, headroom=0.14 if peak else 0.0)
    axes.set_xlim(window)
    if log_y:
        axes.set_yscale("log")
        axes.set_ylim(10 ** limits[0], 10 ** limits[1])
    else:
        axes.set_ylim(limits)
        axes.axhline(0, color=style.FAINT, linewidth=1, zorder=1)
    style.set_ticks(axes, room=0.4)
    axes.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
    for index, trace in enumerate(traces[: len(activations)]):
        line = style.line(index, len(activations))
        _draw_band(axes, trace, limits, line.colour)
        if alone:
            _draw_family(axes, trace, limits, line.colour)
        if alone and not derivative and not log_y:
            _draw_range(axes, trace.activation)
        x, y = sample(trace, window, limits)
        (curve,) = axes.plot(
            x, y, color=line.colour, linestyle=line.dashes, linewidth=line.width, label=trace.activation.label,
            zorder=CURVE, gid=f"{'derivative' if derivative else 'function'}-{index}-{trace.activation.name}",
        )  # fmt: skip
        _draw_jumps(axes, trace, curve)
    if peak:
        _draw_peak(axes, *peak)
    if alone and not derivative and (activations[0].band or activations[0].family):
        around = [artist for artist in (*axes.collections, *axes.lines) if artist.get_zorder() == BEHIND]
        axes.legend(handles=around[:1], loc="upper left", borderaxespad=0.2, labelcolor=style.MUTED)


def _draw_peak(axes: "Axes", x: float, slope: float) -> None:
    axes.plot([x], [slope], "o", color=style.line(0, 1).colour, markersize=5, zorder=OPEN)
    words = f"largest slope {typeset(slope)} at x = {typeset(x)}"
    text = axes.annotate(words, (x, slope), (6, 5), textcoords="offset points", fontsize=9, color=style.MUTED)
    start, stop = axes.get_xlim()
    style.fit(text, style.inches_across(axes) * (stop - x) / (stop - start))


def typeset(value: float) -> str:
    """Write a number with a minus sign that is as wide as a plus sign."""
    return readable(value).replace("-", "−")


def _peak(activation: Activation, window: tuple[float, float]) -> tuple[float, float] | None:
    """Where the slope of a smooth function is largest, if it is larger there than at both ends and well inside."""
    x, size = activation.steepest
    width = window[1] - window[0]
    inside = window[0] + 0.15 * width < x < window[1] - 0.15 * width
    ends = max(abs(activation.derivative(-math.inf)), abs(activation.derivative(math.inf)))
    return (x, size) if activation.smooth and inside and size > ends * (1 + 1e-9) and activation.nonlinear else None


def _draw_band(axes: "Axes", trace: Trace, limits: tuple[float, float], colour: str) -> None:
    band = trace.activation.band
    if band is None:
        return
    start, stop = axes.get_xlim()
    ends = [replace(trace, activation=end) for end in band]
    # both sides of each kink, so that the band ends there upright
    edges = [kink.x for end in band for kink in end.kinks if start < kink.x < stop]
    beside = (np.nextafter(edges, -np.inf), np.nextafter(edges, np.inf))
    x = np.unique(np.concatenate([*(sample(end, (start, stop), limits)[0] for end in ends), *beside]))
    first, second = (end.values(x) for end in ends)
    label = trace.activation.definition.band_label
    axes.fill_between(x, first, second, color=colour, alpha=0.22, linewidth=0, zorder=BEHIND, label=label)


def _draw_family(axes: "Axes", trace: Trace, limits: tuple[float, float], colour: str) -> None:
    for index, member in enumerate(trace.activation.family):
        x, y = sample(replace(trace, activation=member), axes.get_xlim(), limits)
        label = trace.activation.definition.family_label if index == 0 else "_"
        axes.plot(x, y, color=colour, alpha=0.45, linewidth=1, linestyle=(0, (4, 2)), zorder=BEHIND, label=label)


def _draw_range(axes: "Axes", activation: Activation) -> None:
    """Mark the finite ends of the range, each named on the side that the curve leaves free."""
    bottom, top = axes.get_ylim()
    ends = ((activation.range.low, "right", 0.995, "top", -2.5), (activation.range.high, "left", 0.005, "bottom", 2))
    for value, side, place, edge, away in ends:
        if value == 0 or not bottom < value < top:
            continue
        axes.axhline(value, color=style.MUTED, linewidth=0.9, linestyle=(0, (2, 3)), zorder=1.5)
        axes.annotate(
            typeset(value),
            (place, value),
            (0, away),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            horizontalalignment=side,
            verticalalignment=edge,
            fontsize=8.5,
            color=style.MUTED,
        )


def _draw_jumps(axes: "Axes", trace: Trace, curve: "Line2D") -> None:
    """Mark a jump by open circles at both one-sided values and a filled one at the value itself."""
    start, stop = axes.get_xlim()
    for number, kink in enumerate(trace.activation.kinks):
        sides = trace.sides(kink)
        if start <= kink.x <= stop and sides[0] != sides[1]:
            look: dict[str, Any] = {
                "color": curve.get_color(), "linestyle": "none", "marker": "o", "markersize": 6, "clip_on": False,
            }  # fmt: skip
            axes.plot(
                [kink.x, kink.x], sides, **look, markerfacecolor=style.PAPER, markeredgewidth=1.5, zorder=OPEN,
                gid=f"{curve.get_gid()}-open-{number}",
            )  # fmt: skip
            value = trace.values(np.array([kink.x]))
            axes.plot([kink.x], value, **look, zorder=FILLED, gid=f"{curve.get_gid()}-filled-{number}")
