"""What is too small to be seen on the left of 0, enlarged: a leak of slope 0.01, or a shallow dip."""

import math
from collections.abc import Sequence

from actviz import style
from actviz.analysis import extrema
from actviz.marks.notes import SMALL, write_note
from actviz.marks.space import Space
from actviz.model import Activation, readable
from actviz.sampling import Trace, sample, y_limits

NEAREST_DIP = 0.02
"""The share of the way from 0 to the left end at which a dip has to lie to be seen."""

WIDTH, HEIGHT = 1.7, 0.8
"""Units."""


def enlarge(space: Space, activations: Sequence[Activation], colours: Sequence[str]) -> bool:
    """Draw the left half of functions again, with a y axis of its own, if that shows what can't be seen otherwise."""
    axes = space.axes
    low, high = axes.get_xlim()
    bottom, top = axes.get_ylim()
    if not low < 0 < high or not any(_has_detail(activation, low) for activation in activations):
        return False
    traces = [Trace(activation, derivative=False) for activation in activations]
    limits = y_limits(traces, (low, 0.0))
    extent = limits[1] - limits[0]
    if not 0 < extent < SMALL * (top - bottom):
        return False
    # under it there is room for a line of text
    for left, base in ((0.12, space.height - HEIGHT - 0.12), (0.12, 0.35), (space.width - WIDTH - 0.1, 0.35)):
        if space.free((left - 0.05, base - 0.22, left + WIDTH + 0.05, base + HEIGHT + 0.05)):
            break
    else:
        return False
    inset = axes.inset_axes(
        (left / space.width, base / space.height, WIDTH / space.width, HEIGHT / space.height), gid="enlarged"
    )
    inset.set(xlim=(low, 0.0), ylim=limits, xticks=[], yticks=[])
    inset.spines[:].set(visible=True, color=style.theme().faint)
    for index, (trace, colour) in enumerate(zip(traces, colours, strict=True)):
        x, y = sample(trace, (low, 0.0), limits)
        inset.plot(x, y, color=colour, linewidth=style.scaled(0.8 * style.CURVE_WIDTH), gid=f"enlarged-{index}")
    words = f"x < 0 enlarged: y from {readable(min(_ends(traces, low)))} to {readable(max(_ends(traces, low)))}"
    text = write_note(axes, words, 8)
    if not space.place(text, [(left, base - 0.19)]):
        inset.remove()
        return False
    space.boxes.append((left, base, left + WIDTH, base + HEIGHT))
    return True


def _has_detail(activation: Activation, low: float) -> bool:
    """Whether it turns left of 0, or leaks: nears no constant there, and is no constant."""
    turns = any(low < one.x < NEAREST_DIP * low for one in extrema(activation))
    slope = activation.derivative(-math.inf)
    return turns or (math.isfinite(slope) and slope != 0 and activation(low) != 0)


def _ends(traces: Sequence[Trace], low: float) -> list[float]:
    """Return the values between which the functions are left of 0."""
    return [
        *(trace.activation(x) + 0.0 for trace in traces for x in (low, 0.0)),
        *(one.value for trace in traces for one in extrema(trace.activation) if low < one.x < 0),
    ]
