"""Learning rates against the step in one pair of axes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from actviz.lessons.schedules import Schedule, names_among
from actviz.marks import names
from actviz.marks.curves import CURVE, draw_markers
from actviz.marks.following import Following
from actviz.marks.space import Space
from actviz.marks.text import extent_of, write
from actviz.marks.ticks import set_ticks
from actviz.marks.turns import Stretch, Turning, take_turns
from actviz.model import readable
from actviz.numerics import Array
from actviz.style import CURVE_WIDTH, scaled, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BELOW, ABOVE, WITH_NOTES = 0.03, 0.06, 0.14
"""Room below the smallest and above the largest rate, and above it with notes, as shares of the range of rates."""

SMOOTH = 401
"""The least number of points of a curve that has values between whole steps."""

JUMP = 1e-6
"""The width of an upright line as a share of the x axis, so that its ends are distinct."""

THIN = 1.2
"""The width in points of a curve that goes up and down at every step."""

GAPS = 0.06, 0.16, 0.3
"""Units between the end of a curve and its number, the nearest first."""

FEW = 8
"""The most steps that have a tick each."""

ENDS = 24
"""The number of places where a leader line may end on a curve that is among others everywhere."""


def draw(
    axes: "Axes", schedules: Sequence[Schedule], until: int, hues: Sequence[str], named: bool, marked: bool, notes: bool
) -> bool:
    """Draw the rates of schedules from step 0 to a last one.

    Parameters
    ----------
    hues
        A colour for each.
    named
        Whether each curve gets its name beside it; if there is no room, names are left out, and False is returned.
    marked
        Whether markers along the curves tell them apart, as in a legend.
    notes
        Whether the rates at both ends are written.
    """
    courses = [course(schedule, until) for schedule in schedules]
    low, high = min(0.0, *(y.min() for _, y in courses)), max(y.max() for _, y in courses)
    height = (high - low) or 1.0
    axes.set_xlim(0, until)
    axes.set_ylim(low - BELOW * height, high + (WITH_NOTES if notes else ABOVE) * height)
    axes.axhline(0, color=theme().faint, linewidth=scaled(1), zorder=1)
    set_ticks(axes, room=0.4)
    if until <= FEW:
        axes.set_xticks(range(until + 1))
    space = Space(axes)
    drawn = []
    for number, ((x, y), schedule, hue, label) in enumerate(
        zip(courses, schedules, hues, names_among(schedules), strict=True)
    ):
        smooth = schedule.held or schedule.kind.between
        curve = Turning(
            x, y, color=hue, linewidth=scaled(CURVE_WIDTH if smooth else THIN), label=label,
            zorder=CURVE if smooth else CURVE - 0.5, solid_joinstyle="round", gid=f"rate-{number}-{schedule.name}",
        )  # fmt: skip
        axes.add_line(curve)
        space.add_curve(x, y)
        drawn.append(curve)
    stretches = take_turns(space, drawn) if len(drawn) > 1 else []

    def surround(space: Space) -> bool:
        labels = [
            names.Label(
                write(axes, 0.0, 0.0, str(curve.get_label()), fontsize=scaled(9.5), color=hue), hue, points,
                _turns(space, curve, [one for one in stretches if number in one.members and not one.equal], number),
            )
            for number, (curve, hue, points) in enumerate(zip(drawn, hues, space.curves, strict=False))
            if named
        ]  # fmt: skip
        if not names.place(space, labels):
            for label in labels:
                label.text.remove()
            return False
        for number, curve in enumerate(drawn if marked else ()):
            draw_markers(space, curve, number, len(drawn))
        for step in (0, until) if notes else ():
            rates = [schedule(step) for schedule in schedules]
            for rate in dict.fromkeys(rates):
                # a rate that several share has the colour of none of them
                _say(space, step, rate, hues[rates.index(rate)] if rates.count(rate) == 1 else theme().muted)
        return True

    return Following(space, drawn, surround).fits


def course(schedule: Schedule, until: int) -> tuple[Array, Array]:
    """Return the points of a schedule's curve: stairs if its rate is held, otherwise a line.

    In stairs, a step's rate holds until the next step. Where the rate of a line jumps, the line is upright.
    """
    steps = np.arange(until + 1.0)
    if schedule.held:
        rates = schedule(steps)
        changes = np.flatnonzero(np.diff(rates)) + 1
        x = np.concatenate([[0.0], np.repeat(steps[changes], 2), [float(until)]])
        y = np.repeat(rates[np.concatenate([[0], changes])], 2)
        return x, y
    if not schedule.kind.between:
        return steps, schedule(steps)
    corners = [one for one in (schedule.parameters.get("steps"),) if isinstance(one, float) and one < until]
    jumps = schedule.jumps(until)
    at = np.unique(np.concatenate([steps, np.linspace(0, until, SMOOTH), corners, jumps, jumps + JUMP * until]))
    return at, schedule(at)


def _turns(space: Space, curve: Turning, stretches: Sequence[Stretch], number: int) -> Array:
    """Return places on a curve in units: the middles of its turns where others are near, or some all along it."""
    x = np.array([(a + b) / 2 for one in stretches for a, b in one.turns(number)])
    if not len(x):
        x = np.linspace(*space.axes.get_xlim(), ENDS + 2)[1:-1]
    return space.locate(x, np.interp(x, np.asarray(curve.get_xdata()), np.asarray(curve.get_ydata())))


def _say(space: Space, step: int, rate: float, ink: str) -> None:
    """Write a rate beside its point, but not on the line of the axis."""
    text = write(space.axes, 0.0, 0.0, readable(rate), fontsize=scaled(8.5), color=ink)
    width, height = extent_of(text)
    places = [place for gap in GAPS for place in space.around(text, step, rate, gap)]
    struck = space.across_axes([(left, bottom, left + width, bottom + height) for left, bottom in places])
    if space.place(text, [place for place, on in zip(places, struck, strict=True) if not on]):
        space.axes.plot([step], [rate], "o", color=ink, markersize=scaled(5), zorder=6, clip_on=False, gid="end")
        space.add_point(step, rate)
