"""Curves in a user's own axes, whose limits, scales and look are kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib import rcParams
from matplotlib.colors import to_hex, to_rgb, to_rgba

from actviz import style
from actviz.marks import jumps
from actviz.marks.curves import draw_band
from actviz.marks.following import Following
from actviz.marks.magnifier import enlarge
from actviz.marks.notes import draw as annotate
from actviz.marks.notes import room_for_dots
from actviz.marks.space import Space, held
from actviz.marks.turns import Turning, take_turns
from actviz.model import Activation
from actviz.numerics import Array
from actviz.sampling import Trace, sample, sample_at, y_limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

DENSE = 2001
"""How many samples are taken on axes whose scale bends straight lines."""

DECADES = 3
"""How many powers of ten a logarithmic x axis spans if its limits weren't set."""

LEGIBLE = 0.4
"""The least difference in luminance between text and paper."""


def draw(
    axes: "Axes",
    activations: Sequence[Activation],
    own_window: tuple[float, float],
    derivative: bool,
    notes: bool,
    theme: str | None,
) -> "list[Line2D]":
    """Draw f or f' of activations; limits that weren't set become ones that show the shape.

    On a logarithmic y axis |f| or |f'| is drawn.

    Parameters
    ----------
    own_window
        The part of the x axis that shows all shapes.
    notes
        Whether, if both scales are linear, limits, saturation and the largest slope of a single activation are marked,
        and what is too small to be seen is enlarged.
    theme
        The colours of the curves: "light", "dark", or "auto" for those that suit the paper; None for the axes' own.
    """
    paper = _paper(axes)
    with _look(axes, paper, ()).applied():
        log_y, straight = axes.get_yscale() == "log", axes.get_xscale() == axes.get_yscale() == "linear"
        traces = [Trace(activation, derivative, log_y) for activation in activations]
        window = _window(axes, own_window)
        noted = notes and straight and len(traces) == 1
        limits = _limits(
            axes, traces, window, room_for_dots(activations[0], derivative, window) if noted else (0.0, 0.0)
        )
        count, curves = len(activations), []
        for index, trace in enumerate(traces):
            options: dict[str, Any] = {"label": trace.activation.label}
            if theme is not None:
                colours = _palette(theme, paper).colours
                options["color"] = colours[index + derivative if count == 1 else index % len(colours)]
            (line,) = axes.plot(*_sample(axes, trace, window, limits), **options)
            curves.append(_turning(axes, line) if count > 1 else line)
        if axes.get_autoscalex_on():
            axes.set_xlim(window, auto=True)
        if axes.get_autoscaley_on():
            axes.set_ylim(_ends(limits, log_y), auto=True)
    with _look(axes, paper, [to_hex(curve.get_color()) for curve in curves]).applied():
        space = Space(axes)
        for drawn in axes.lines:
            if drawn.get_transform() == axes.transData:
                space.add_curve(*np.asarray(drawn.get_data(orig=False), np.float64))
        with held(axes):
            for trace, curve in zip(traces, curves, strict=True):
                if straight:
                    draw_band(space, trace, limits, to_hex(curve.get_color()), several=count > 1)
            turning = [curve for curve in curves if isinstance(curve, Turning)]
            if turning and axes.get_xscale() == "linear":
                take_turns(space, turning)
            jumps.draw(space, traces, curves)
        if notes and straight:

            def surround(space: Space) -> bool:
                if not derivative:
                    enlarge(space, activations, [to_hex(curve.get_color()) for curve in curves])
                if count == 1:
                    annotate(space, activations[0], derivative, to_hex(curves[0].get_color()))
                return True

            Following(space, curves, surround)
    return curves


def _window(axes: "Axes", own: tuple[float, float]) -> tuple[float, float]:
    """Return the ends of the x axis: those that were set, or those that show all shapes and what was there before."""
    low, high = sorted(axes.get_xlim())
    if not axes.get_autoscalex_on():
        return low, high
    start, stop = own
    if axes.get_xscale() == "log":
        stop = stop if stop > 0 else 10.0
        start = start if start > 0 else stop / 10**DECADES
    if _is_filled(axes, "x"):
        start, stop = min(start, low), max(stop, high)
    return start, stop


def _limits(
    axes: "Axes", traces: Sequence[Trace], window: tuple[float, float], room: tuple[float, float]
) -> tuple[float, float]:
    """Return the heights of the ends of the y axis: those that were set, or those that show everything."""
    low, high = map(float, traces[0].heights(np.array(sorted(axes.get_ylim()))))
    if not axes.get_autoscaley_on():
        return low, high
    ends = [Trace(end, trace.derivative, trace.log) for trace in traces for end in trace.activation.band or ()]
    bottom, top = y_limits([*traces, *ends], window, headroom=room[0], footroom=0.0 if traces[0].log else room[1])
    if _is_filled(axes, "y"):
        bottom, top = min(bottom, low), max(top, high)
    return bottom, top


def _is_filled(axes: "Axes", which: Literal["x", "y"]) -> bool:
    """Whether there is data in the axes already, or in others that share their limits."""
    shared = axes.get_shared_x_axes() if which == "x" else axes.get_shared_y_axes()
    return any(np.isfinite(getattr(other.dataLim, f"interval{which}")).all() for other in shared.get_siblings(axes))


def _ends(limits: tuple[float, float], log_y: bool) -> tuple[float, float]:
    return (10 ** limits[0], 10 ** limits[1]) if log_y else limits


def _sample(
    axes: "Axes", trace: Trace, window: tuple[float, float], limits: tuple[float, float]
) -> tuple[Array, Array]:
    if axes.get_xscale() == "linear" and axes.get_yscale() in ("linear", "log"):
        return sample(trace, window, limits)
    scale = axes.xaxis.get_transform()
    start, stop = map(float, scale.transform(np.array(window)))
    x = np.asarray(scale.inverted().transform(np.linspace(start, stop, DENSE)))
    return sample_at(trace, np.clip(x, *window))


def _turning(axes: "Axes", line: "Line2D") -> Turning:
    """Replace a line, styled by the user's settings, with a curve that can take turns with others."""
    curve = Turning(*line.get_data(orig=False))
    curve.update_from(line)
    curve.set_label(str(line.get_label()))
    line.remove()
    axes.add_line(curve)
    return curve


def _palette(theme: str, paper: str) -> style.Theme:
    if theme == "auto":
        return style.LIGHT if _luminance(paper) > 0.5 else style.DARK
    return style.DARK if theme == "dark" else style.LIGHT


def _look(axes: "Axes", paper: str, colours: Sequence[str]) -> style.Look:
    """Derive a look from the colours of the axes' paper and title, and of the curves."""
    ink = to_hex(axes.title.get_color())
    if abs(_luminance(ink) - _luminance(paper)) < LEGIBLE:
        ink = "#000000" if _luminance(paper) > 0.5 else "#ffffff"

    def mixed(share: float) -> str:
        return _mixed(ink, paper, share)

    theme = style.Theme(
        ink,
        mixed(0.75),
        mixed(0.35),
        mixed(0.12),
        mixed(0.07),
        paper,
        tuple(colours) or style.LIGHT.colours,
        style.LIGHT.ramp,
    )
    return style.Look(theme, float(rcParams["font.size"]) / 10, guest=True)


def _paper(axes: "Axes") -> str:
    """Return the colour behind the curves: the axes', or the figure's where they are transparent."""
    paper = "#ffffff"
    figure = axes.get_figure()
    layers = [axes.get_facecolor()]
    while figure is not None:
        layers.append(figure.get_facecolor())
        parent = figure.get_figure(root=False)
        figure = parent if parent is not figure else None
    for layer in reversed(layers):
        paper = _mixed(to_hex(layer), paper, to_rgba(layer)[3])
    return paper


def _mixed(one: str, other: str, share: float) -> str:
    mixed = share * np.array(to_rgb(one)) + (1 - share) * np.array(to_rgb(other))
    return to_hex(tuple(mixed.tolist()))


def _luminance(colour: str) -> float:
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))
