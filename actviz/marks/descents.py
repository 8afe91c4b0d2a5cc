"""A descent on a quadratic: its contours, which are ellipses, the path, where it starts and the optimum."""

from actviz import style
from actviz.lessons.descent import Descent
from actviz.marks.plot import Plot

LEVELS = range(-6, 4)
"""Contours are drawn where the loss is that at the start times 2 to these powers."""

FLAT = 1e3
"""The width with which an infinitely wide ellipse is drawn."""


def draw(plot: Plot, descent: Descent, colour: str, notes: bool) -> None:
    """Draw it into axes with equal units."""
    from matplotlib.patches import Ellipse

    theme, scaled = style.theme(), style.scaled
    plot.axes.grid(visible=False)
    first = float(descent.loss(descent.path[0]))
    for power in LEVELS:
        width, height, angle = descent.contour(first * 2.0**power)
        plot.axes.add_patch(
            Ellipse(
                tuple(descent.optimum), min(width, FLAT), min(height, FLAT), angle=angle, fill=False,
                edgecolor=theme.faint, linewidth=scaled(0.9), zorder=1.5, gid=f"contour-{power}",
            )
        )  # fmt: skip
    x, y = descent.path.T
    plot.line(x, y, colour, width=1.5, zorder=3, gid="path")
    plot.points(x[1:], y[1:], colour, size=2.6, zorder=3.2, clear=False, gid="steps")
    plot.points([x[0]], [y[0]], theme.ink, size=6.5, gid="start")
    plot.points([descent.optimum[0]], [descent.optimum[1]], style.colour(1), "*", size=11, gid="optimum")
    if notes:
        plot.say("start", theme.ink, [(x[0], y[0])], gap=0.1)
        plot.say("optimum", style.colour(1), [tuple(descent.optimum)], gap=0.16, backed=True)
