"""Contours of a gated unit over a (across) and b (up), each with its level."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from actviz import style
from actviz.contours import Limits, levels, pieces, vanishing
from actviz.gated import GatedUnit
from actviz.marks.plot import NOTE, WORDS, Plot
from actviz.marks.space import CLEARANCE, Box, distances
from actviz.marks.text import extent_of, write
from actviz.model import number, readable
from actviz.numerics import Array

if TYPE_CHECKING:
    from matplotlib.text import Text

PLAIN = (1e-3, 1e5)
"""Numbers between these are written without a power of ten."""

HIGHEST_TICK = 0.06
"""The share of an axis that is left free above its last tick, if there is a power of ten above the axis."""

SHORTEST = 0.5
"""The least length in units of a contour with a label."""


def draw(plot: Plot, unit: GatedUnit, ends: Limits, notes: bool) -> None:
    """Draw contours into axes with the same ends in both directions: the zero line strong, negative ones dashed."""
    theme = style.theme()
    plot.axes.grid(visible=False)
    if not PLAIN[0] <= max(map(abs, ends)) < PLAIN[1]:
        # the power of ten above the axis would touch the label of a tick at its end
        top = ends[1] - HIGHEST_TICK * (ends[1] - ends[0])
        plot.axes.set_yticks([tick for tick in plot.axes.get_yticks() if tick <= top])
    zeros, stretches = vanishing(unit.gate, ends)
    for place, (low, high) in enumerate(stretches):
        plot.axes.axhspan(low, high, color=theme.tint, linewidth=0, zorder=0.5, gid=f"zero-area-{place}")
    lines: list[tuple[str, str, Array]] = []
    for level in levels(unit, ends):
        colour, dash = (style.colour(0), 0) if level > 0 else (style.colour(1), 1)
        for piece, (a, b) in enumerate(pieces(unit.gate, level, ends)):
            gid = f"contour-{number(level)}-{piece}"
            lines.append((readable(level), colour, plot.line(a, b, colour, dash=dash, width=1.2, zorder=2, gid=gid)))
    bounds = np.array(ends)
    across = [(bounds, np.full(2, zero)) for zero in zeros]
    across += [(bounds, np.full(2, end)) for stretch in stretches for end in stretch if ends[0] < end < ends[1]]
    if ends[0] <= 0 <= ends[1]:
        across.append((np.zeros(2), bounds))
    for piece, (a, b) in enumerate(across):
        lines.append(("0", theme.ink, plot.line(a, b, theme.ink, width=1.6, zorder=2.5, gid=f"contour-0-{piece}")))
    if notes and stretches:
        middle = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
        places = [(share * ends[0] + (1 - share) * ends[1], sum(middle) / 2) for share in (0.25, 0.75, 0.5)]
        plot.say(["f = 0 in all of this area", "f = 0 here", "f = 0"], theme.ink, places)
    _label(plot, lines)


def _label(plot: Plot, lines: Sequence[tuple[str, str, Array]]) -> None:
    """Write each line's level on it where other lines are farthest, unless it is short or there is no room."""
    boxes: list[Box] = list(plot.space.boxes)
    for index, (words, colour, points) in enumerate(lines):
        if len(points) < 2 or float(np.hypot(*np.diff(points, axis=0).T).sum()) < SHORTEST:
            continue
        text = write(plot.axes, 0.0, 0.0, words, fontsize=style.scaled(NOTE[-1]), color=colour, zorder=WORDS)
        others = np.concatenate([np.empty((0, 2)), *(other for _, _, other in (*lines[:index], *lines[index + 1 :]))])
        box = _best(plot, text, points, others, boxes)
        if box is None:
            text.remove()
            continue
        boxes.append(box)
        plot.space.put(text, box)
        text.set_bbox({"facecolor": style.theme().paper, "edgecolor": "none", "pad": style.scaled(0.8)})
        text.set_gid(f"level-{index}")


def _best(plot: Plot, text: "Text", points: Array, others: Array, boxes: Sequence[Box]) -> Box | None:
    """Return the box around the point of a line where other lines are farthest and no other box is."""
    width, height = extent_of(text)
    best, chosen = CLEARANCE / 2, None
    for across, up in points[:: max(1, len(points) // 60)]:
        box = (across - width / 2, up - height / 2, across + width / 2, up + height / 2)
        left, bottom, right, top = box
        if left < 0.03 or bottom < 0.03 or right > plot.space.width - 0.03 or top > plot.space.height - 0.03:
            continue
        if any(left < r + 0.05 and l < right + 0.05 and bottom < t + 0.05 and b < top + 0.05 for l, b, r, t in boxes):  # noqa: E741
            continue
        away = float(distances([box], others).min(initial=math.inf))
        if away > best:
            best, chosen = away, box
    return chosen
