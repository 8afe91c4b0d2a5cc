"""Circles at jumps: open at both one-sided values, filled at the value itself; nested where curves share them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import style
from actviz.marks.space import Space
from actviz.sampling import Trace

if TYPE_CHECKING:
    from matplotlib.lines import Line2D

OPEN, OVER, FILLED = 6, 6.5, 7
"""Z-orders: the circles at a jump lie over all curves, but open ones below what is continuous there."""

DIAMETER, EDGE, NESTED = 6.0, 1.5, 4.2
"""In points: a circle's diameter, the width of its edge, and how much wider the next circle around it is."""

TOUCHING = 0.07
"""Units within which circles are nested."""


@dataclass
class _Circle:
    """One circle of a curve, by number, at one of its kinks."""

    curve: int
    kink: int
    x: float
    y: float
    filled: bool
    place: Any
    size: float = DIAMETER
    """Its diameter in points at scale 1."""


def draw(space: Space, traces: Sequence[Trace], curves: Sequence["Line2D"]) -> None:
    """Mark the jumps of curves, and redraw curves that are continuous there over the rings."""
    circles = [circle for number, trace in enumerate(traces) for circle in _circles(space, trace, number)]
    groups = _grouped(circles)
    for group in groups:
        _nest(group)
    for curve, kink in dict.fromkeys((one.curve, one.kink) for one in circles):
        at_kink = [one for one in circles if (one.curve, one.kink) == (curve, kink)]
        # some of the dot and the rings may be out of view
        dots, rings = [one for one in at_kink if one.filled], [one for one in at_kink if not one.filled]
        # a ring under a dot is only seen if it is wider
        seen = [ring for ring in rings if not any(_covers(dot, ring) for dot in dots)]
        if all(ring.size <= dot.size for ring in seen for dot in dots):
            seen = rings
        look: dict[str, Any] = {
            "color": curves[curve].get_color(), "linestyle": "none", "marker": "o", "clip_on": False,
        }  # fmt: skip
        gid, over = curves[curve].get_gid() or "", 0.01 * curve
        for number, size in enumerate(sorted({one.size for one in seen})):
            alike = [one for one in seen if one.size == size]
            space.axes.plot(
                [one.x for one in alike], [one.y for one in alike], **look, markersize=style.scaled(size),
                markerfacecolor=style.theme().paper, markeredgewidth=style.scaled(EDGE), zorder=OPEN + over,
                gid=gid and f"{gid}-open-{kink}" + "-other" * number,
            )  # fmt: skip
        for dot in dots:
            space.axes.plot(
                [dot.x], [dot.y], **look, markersize=style.scaled(dot.size), zorder=FILLED + over,
                gid=gid and f"{gid}-filled-{kink}",
            )  # fmt: skip
    for circle in circles:
        space.add_point(circle.x, circle.y, circle.size / 72 + 0.02)
    if len(curves) > 1:
        for group in groups:
            _draw_over(space, group, traces, curves)


def _circles(space: Space, trace: Trace, number: int) -> list[_Circle]:
    (start, stop), (bottom, top) = sorted(space.axes.get_xlim()), sorted(space.axes.get_ylim())
    found = []
    for index, kink in enumerate(trace.kinks):
        sides = trace.sides(kink)
        if start <= kink.x <= stop and sides[0] != sides[1]:
            value = float(trace.values(np.array(kink.x)))
            ends = ((sides[0], False), (sides[1], False), (value, True))
            for y, filled in ((y, filled) for y, filled in ends if bottom <= y <= top):
                (place,) = space.locate([kink.x], [y])
                found.append(_Circle(number, index, kink.x, y, filled, place))
    return found


def _covers(dot: _Circle, ring: _Circle) -> bool:
    same = (dot.curve, dot.kink, dot.y) == (ring.curve, ring.kink, ring.y)
    return dot.filled and not ring.filled and same


def _grouped(circles: Sequence[_Circle]) -> list[list[_Circle]]:
    """Group circles that would overlap."""
    groups: list[list[_Circle]] = []
    for circle in circles:
        for group in groups:
            if np.hypot(*(group[0].place - circle.place)) < TOUCHING:
                group.append(circle)
                break
        else:
            groups.append([circle])
    return groups


def _nest(group: Sequence[_Circle]) -> None:
    """Widen the circles of several curves, the first curve's most, and rings more than dots."""
    dots = [one for one in group if one.filled]
    rings = [one for one in group if not one.filled and not any(_covers(dot, one) for dot in dots)]
    for number, dot in enumerate(reversed(dots)):
        dot.size = DIAMETER + number * NESTED
    first = dots[0].size + NESTED if dots else DIAMETER
    for number, ring in enumerate(reversed(rings)):
        ring.size = first + number * NESTED


def _draw_over(space: Space, group: Sequence[_Circle], traces: Sequence[Trace], curves: Sequence["Line2D"]) -> None:
    """Redraw the curves that pass through a group's rings over them."""
    widest = max(group, key=lambda one: one.size)
    ends = {one.curve for one in group}
    radius = (widest.size + EDGE) / 2 / 72
    low, high = sorted(space.axes.get_xlim())
    reach = radius / space.width * (high - low)
    x = np.linspace(max(low, widest.x - reach), min(high, widest.x + reach), 41)
    for number, (trace, curve) in enumerate(zip(traces, curves, strict=True)):
        jumps = [kink.x for kink in trace.kinks if len(set(trace.sides(kink))) > 1]
        if number in ends or any(x[0] <= jump <= x[-1] for jump in jumps):
            continue
        across = np.unique([*x, *(kink.x for kink in trace.kinks if x[0] < kink.x < x[-1])])
        y = trace.values(across)
        within = np.hypot(*(space.locate(across, y) - widest.place).T) <= radius
        if within.sum() > 1:
            space.axes.plot(
                across[within], y[within], color=curve.get_color(), linewidth=curve.get_linewidth(), zorder=OVER,
                solid_capstyle="butt", gid=curve.get_gid() and f"{curve.get_gid()}-over-{widest.kink}",
            )  # fmt: skip
