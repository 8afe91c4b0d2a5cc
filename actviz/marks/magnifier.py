"""What is too small to be seen to the left of 0, enlarged: a leak of slope 0.01, or a shallow dip."""

import math
from collections.abc import Sequence

from actviz import style
from actviz.analysis import extrema
from actviz.marks.notes import SMALL, write_note
from actviz.marks.space import EDGE, Space
from actviz.marks.ticks import Numbers, RoundNumbers
from actviz.model import Activation
from actviz.sampling import Trace, sample, y_limits

NEAREST_DIP = 0.02
"""The least share of the way from 0 to the left end at which a dip can be seen."""

SHALLOW = 0.03
"""The share of the axes' height below which a dip that has a dot and words isn't seen."""

HEIGHT, TICK_LABELS = 0.8, 0.5
"""The height of an enlargement, and the width of its tick labels, in units."""


def enlarge(space: Space, activations: Sequence[Activation], colours: Sequence[str]) -> bool:
    """Draw the left half of functions again, with its own y axis, if that shows what can't be seen otherwise."""
    axes = space.axes
    low, high = axes.get_xlim()
    bottom, top = axes.get_ylim()
    if not low < 0 < high or not any(_has_detail(one, low, len(activations) > 1) for one in activations):
        return False
    traces = [Trace(activation, derivative=False) for activation in activations]
    limits = y_limits(traces, (low, 0.0))
    extent = limits[1] - limits[0]
    if not 0 < extent < (SHALLOW if len(activations) == 1 else SMALL) * (top - bottom):
        return False
    # over the same stretch of the x axis, with room for a line of text below and for tick labels on the right
    (_, (width, _)) = space.locate([low, 0.0], [0.0, 0.0])
    for base in (space.height - HEIGHT - 0.12, 0.35):
        if space.free((EDGE, base - 0.22, width - 0.02, base + HEIGHT + 0.05)) and space.free(
            (width + 0.05, base - 0.05, width + TICK_LABELS, base + HEIGHT + 0.05)
        ):
            break
    else:
        return False
    inset = axes.inset_axes((0.0, base / space.height, width / space.width, HEIGHT / space.height), gid="enlarged")
    inset.set(xlim=(low, 0.0), ylim=limits, xticks=[])
    inset.yaxis.tick_right()
    inset.yaxis.set_major_locator(RoundNumbers(3))
    inset.yaxis.set_major_formatter(Numbers())
    inset.tick_params(labelsize=style.scaled(7.5))
    inset.grid(visible=False)
    inset.spines[:].set(visible=True, color=style.theme().faint)
    for index, (trace, colour) in enumerate(zip(traces, colours, strict=True)):
        x, y = sample(trace, (low, 0.0), limits)
        inset.plot(x, y, color=colour, linewidth=style.scaled(0.8 * style.CURVE_WIDTH), gid=f"enlarged-{index}")
    factor = HEIGHT / extent / (space.height / (top - bottom))
    text = write_note(axes, f"the same, {float(f'{factor:.2g}'):.0f} times as high", 8)
    if not space.place(text, [(0.12, base - 0.19)]):
        inset.remove()
        return False
    space.boxes += [(0.0, base, width, base + HEIGHT), (width, base, width + TICK_LABELS, base + HEIGHT)]
    return True


def _has_detail(activation: Activation, low: float, leaks: bool) -> bool:
    """Whether it turns to the left of 0, or, if `leaks` counts, has a slope there that doesn't go to 0."""
    turns = any(low < one.x < NEAREST_DIP * low for one in extrema(activation))
    slope = activation.derivative(-math.inf)
    return turns or (leaks and (math.isfinite(slope) and slope != 0 and activation(low) != 0))
