"""One pair of axes with the curves of activations in it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import style
from actviz.marks import text
from actviz.marks.following import Following
from actviz.marks.magnifier import enlarge
from actviz.marks.notes import draw as annotate
from actviz.marks.notes import peaks, write_note
from actviz.marks.space import Space
from actviz.marks.ticks import set_ticks
from actviz.model import Activation
from actviz.sampling import Trace, gap, sample, y_limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

# what lies around a curve is drawn behind it; the circles at a jump lie over all curves
BEHIND, CURVE, OPEN, FILLED = 2, 3, 6, 7

FAMILY_ROOM = 0.35
"""How much higher the axes become, so that lines behind the curve are seen where they leave it."""


def draw(
    axes: "Axes",
    activations: Sequence[Activation],
    derivative: bool,
    window: tuple[float, float],
    log_y: bool = False,
    notes: bool = True,
    named: bool = False,
) -> bool:
    """Draw f or f' of one or several activations, with the jumps of each.

    Parameters
    ----------
    log_y
        Whether their sizes are drawn, by powers of ten.
    notes
        Whether limits, saturation and the largest slope of an activation that stands alone are marked, and what is
        too small to be seen is enlarged.
    named
        Whether each curve gets its name beside it; returns False, and leaves them out, if that can't be done.
    """
    alone = len(activations) == 1
    shown = [*activations, *(end for activation in activations for end in activation.band or ())]
    traces = [Trace(activation, derivative, log_y) for activation in shown]
    headroom = 0.16 if alone and notes and derivative and peaks(activations[0], window) else 0.0
    limits = y_limits(traces, window, headroom=headroom)
    if alone and not derivative and not log_y:
        limits = _with_family(activations[0], window, limits)
    axes.set_xlim(window)
    if log_y:
        axes.set_yscale("log")
        axes.set_ylim(10 ** limits[0], 10 ** limits[1])
    else:
        axes.set_ylim(limits)
        axes.axhline(0, color=style.theme().faint, linewidth=style.points(1), zorder=1)
    set_ticks(axes, room=0.4)
    axes.axvline(0, color=style.theme().faint, linewidth=style.points(1), zorder=1)
    space, curves = Space(axes), []
    for index, trace in enumerate(traces[: len(activations)]):
        line = style.line(index, len(activations))
        draw_band(axes, trace, limits, line.colour)
        if alone:
            _draw_family(space, trace, limits, line.colour)
        x, y = sample(trace, window, limits)
        (curve,) = axes.plot(
            x, y, color=line.colour, linestyle=line.dashes, linewidth=line.width, label=trace.activation.label,
            zorder=CURVE, gid=f"{'derivative' if derivative else 'function'}-{index}-{trace.activation.name}",
        )  # fmt: skip
        curves.append(curve)
        space.add_curve(x, y)
        draw_jumps(space, trace, curve)

    def surround(space: Space) -> bool:
        _say_what_is_not_drawn(space, traces[: len(activations)])
        if alone and not derivative:
            _name_surroundings(space, activations[0], curves[0])
        if notes and not derivative and not log_y:
            enlarge(space, activations)
        if alone and notes and not log_y:
            annotate(space, activations[0], derivative)
        return not named or space.label(curves, [_name(axes, curve) for curve in curves])

    return Following(space, curves, surround).fits


def _name(axes: "Axes", curve: "Line2D") -> "Text":
    words, size = str(curve.get_label()), style.points(9.5)
    return text.write(axes, 0.0, 0.0, words, fontsize=size, color=curve.get_color())


def _say_what_is_not_drawn(space: Space, traces: Sequence[Trace]) -> None:
    """Say of each curve that can't be drawn, or not all of it, what its values are there; this isn't left out."""
    low = 0.06
    for trace in traces:
        found = gap(trace, space.axes.get_xlim())
        if found is None:
            continue
        name = trace.activation.label if len(traces) > 1 else "f′" if trace.derivative else "f"
        words = f"{name} not drawn{': it' if found.whole else ' where it'} is {found.values}"
        note = write_note(space.axes, words, 8.5)
        text.fit(note, space.width - 0.2)
        wide, high = text.extent_of(note)
        rows = np.arange(space.height - 0.06 - high, 0.0, -0.1)
        columns = (0.1, (space.width - wide) / 2, space.width - 0.1 - wide)
        if not space.place(note, [(left, bottom) for bottom in rows for left in columns]):
            note = write_note(space.axes, words, 8.5)
            note.set(transform=space.axes.transAxes, position=(0.1 / space.width, low / space.height))
            text.fit(note, space.width - 0.2)
            low += high


def _with_family(
    activation: Activation, window: tuple[float, float], limits: tuple[float, float]
) -> tuple[float, float]:
    """Make room for the beginning of the lines behind the curve."""
    low, high = limits
    room = FAMILY_ROOM * (high - low)
    ends = [member(x) for member in activation.family for x in window]
    return max(min([low, *ends]), low - room), min(max([high, *ends]), high + room)


def _name_surroundings(space: Space, activation: Activation, curve: "Line2D") -> None:
    """Say what the band or the lines behind the curve are, and what the curve is among them."""
    if not (activation.band or activation.family):
        return
    axes = space.axes
    curve.set_label(activation.definition.curve_label)
    around = [artist for artist in (*axes.collections, *axes.lines) if artist.get_zorder() == BEHIND][:1]
    places = ("upper left", "lower right", "upper right", "lower left")
    for size, place in product((9.5, 7.5), places):
        options: dict[str, Any] = {"loc": place, "fontsize": style.points(size), "labelcolor": style.theme().muted}
        legend = axes.legend(handles=[curve, *around], borderaxespad=0.2, **options)
        if space.add_text(legend):
            return
        legend.remove()


def draw_band(axes: "Axes", trace: Trace, limits: tuple[float, float], colour: str) -> None:
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


def _draw_family(space: Space, trace: Trace, limits: tuple[float, float], colour: str) -> None:
    window = space.axes.get_xlim()
    for index, member in enumerate(trace.activation.family):
        x, y = sample(replace(trace, activation=member), window, limits)
        label = trace.activation.definition.family_label if index == 0 else "_"
        space.axes.plot(
            x, y, color=colour, alpha=0.6, linewidth=style.points(1.1), linestyle=(0, (4, 2)), zorder=BEHIND,
            label=label,
        )  # fmt: skip
        space.add_curve(x, y)


def draw_jumps(space: Space, trace: Trace, curve: "Line2D") -> None:
    """Mark a jump by open circles at both one-sided values and a filled one at the value itself."""
    axes, name = space.axes, curve.get_gid()
    (start, stop), (bottom, top) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    for number, kink in enumerate(trace.activation.kinks):
        sides = trace.sides(kink)
        if start <= kink.x <= stop and sides[0] != sides[1]:
            value = trace.values(np.array([kink.x]))
            ends, middle = ([y for y in places if bottom <= y <= top] for places in (sides, value))
            look: dict[str, Any] = {
                "color": curve.get_color(), "linestyle": "none", "marker": "o", "markersize": style.points(6),
                "clip_on": False,
            }  # fmt: skip
            if ends:
                axes.plot(
                    [kink.x] * len(ends), ends, **look, markerfacecolor=style.theme().paper,
                    markeredgewidth=style.points(1.5), zorder=OPEN, gid=name and f"{name}-open-{number}",
                )  # fmt: skip
            if middle:
                axes.plot([kink.x], middle, **look, zorder=FILLED, gid=name and f"{name}-filled-{number}")
            for y in (*ends, *middle):
                space.add_point(kink.x, y)
