"""The curves of activations in one pair of axes."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import style
from actviz.marks import alike, jumps, names, points, text
from actviz.marks.following import Following
from actviz.marks.magnifier import enlarge
from actviz.marks.notes import Pair, peaks, room_for_dots, write_note
from actviz.marks.notes import draw as annotate
from actviz.marks.space import Space, size_of
from actviz.marks.ticks import set_ticks
from actviz.marks.turns import Stretch, Turning, take_turns
from actviz.model import Activation, readable
from actviz.numerics import Array
from actviz.prose import names_among, varied
from actviz.sampling import LARGEST_HEIGHT, Trace, gap, negative, sample, unresolved, y_limits, zeros

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

UNDER_TICKS, FACTOR = 0.3, 0.6
"""Units from the x axis down to its name, which stands below its end, and from there to the left if it has a factor."""

# what surrounds a curve is drawn behind it; the circles at a jump lie over all curves
BEHIND, CURVE, MARKER = 2, 3, 5

FINE = 2001
"""How many points between two samples are searched for the largest difference."""

FAMILY_ROOM, WHOLE_FAMILY = 0.35, 0.8
"""How much the axes may grow in height to show where lines behind the curve leave it, and to show them whole."""

END, MOST_ENDS, FAR_APART = 0.3, 24, 0.15
"""Lines behind the curve have names near their ends: on what share, at how many places, how many units from others."""

ON_OTHERS = 0.03
"""A curve that is no farther than this, in units, from the lines behind it lies on them, as a maximum does."""

HEADROOM = 0.16
"""The share of the height of axes with f and f' that is added above a largest slope at their top."""

BANDED = 7
"""How many lines within a band names keep clear of."""

COMPARED = 1000
"""About how many points of a curve are used to measure its distance from others."""

NAMED = 6
"""If there are more lines than this behind a curve, none is named: the names would hide them."""

MARKED = 5
"""How many markers a curve has where there is a legend."""


def colours(activations: Sequence[Activation]) -> list[str]:
    """Choose the colour of each: those that the user has chosen, in order, or the theme's.

    If only one parameter differs, and the user has chosen none, they have one hue from light to dark in its order.
    """
    count = len(activations)
    if not style.look().chosen and len(varied(activations)) == 1 and count <= len(style.theme().ramp):
        ordered = sorted(activations, key=lambda activation: activation.values)
        return [style.ramp(count)[ordered.index(activation)] for activation in activations]
    return [style.colour(index) for index in range(count)]


def draw(
    axes: "Axes",
    activations: Sequence[Activation],
    derivative: bool,
    window: tuple[float, float],
    log_y: bool = False,
    notes: bool = True,
    named: bool = False,
    *,
    pair: Pair = "alone",
    minus: bool = False,
    marked: bool = False,
    hues: Sequence[str] = (),
    labels: Sequence[str] = (),
    behind: Sequence[Activation] = (),
    limits: tuple[float, float] | None = None,
    mark: Sequence[float] = (),
    slopes: bool = False,
) -> bool:
    """Draw f or f' of one or several activations, with the jumps of each.

    Parameters
    ----------
    log_y
        Whether |f| or |f'| is drawn, by powers of ten.
    notes
        Whether limits, saturation and the largest slope of a single activation are marked, and what is too small to
        be seen is enlarged or put in words.
    named
        Whether each curve gets its name beside it; if there is no room, names are left out, and False is returned.
    pair
        Whether the derivative is drawn too, in a panel beside this one or below it.
    minus
        Whether the first activation is subtracted from each of the others, instead of being drawn.
    marked
        Whether markers along the curves tell them apart, as in a legend.
    hues
        The curves' colours; by default the first for f and the second for f', or those of a comparison.
    labels
        Their names, with mathtext.
    behind
        Activations that are drawn faintly behind the others.
    limits
        The heights of the ends of the y axis; by default those that show all curves.
    mark
        Places on the x axis at which values, slopes and tangents are shown.
    slopes
        Whether slopes have a panel of their own.
    """
    alone = len(activations) == 1
    first = activations[0] if minus else None
    traces = [Trace(activation, derivative, log_y, first) for activation in activations[1 if minus else 0 :]]
    hues = hues or ([style.colour(int(derivative))] if alone else colours(activations)[-len(traces) :])
    labels = labels or names_among(activations)[-len(traces) :]
    if limits is None:
        limits = heights(traces, window, notes, mark)
    _set_limits(axes, window, limits, log_y)
    space = Space(axes)
    for number, activation in enumerate(behind):
        _draw_behind(space, Trace(activation, derivative, log_y, first), limits, number)
    drawn = []
    for number, (trace, hue, label) in enumerate(zip(traces, hues, labels, strict=True)):
        draw_band(space, trace, limits, hue, several=not alone)
        if alone:
            _draw_family(space, trace, limits, hue)
        drawn.append(_draw_curve(axes, trace, limits, hue, label, number + minus))
    if log_y:
        tops = [float(np.nanmax(curve.get_ydata(), initial=0.0)) for curve in drawn]
        axes.yaxis.get_major_locator().keep_below(max(tops), axes.get_ylim()[1])  # type: ignore[attr-defined]
    before = len(space.curves)
    for curve in drawn:
        space.add_curve(np.asarray(curve.get_xdata()), np.asarray(curve.get_ydata()))
    stretches = take_turns(space, drawn) if len(drawn) > 1 else []
    jumps.draw(space, traces, drawn)
    # names have the colours of their curves if these are dark enough to be read
    inks = list(map(style.ink, hues))

    def surround(space: Space) -> bool:
        own = space.curves[before : before + len(drawn)]
        shown = [*zip(traces, inks, hues, alike.briefly(traces, labels), own, strict=True)]
        pointed = [one for place in mark for one in points.draw(space, place, shown, slopes)]
        _say_what_is_not_drawn(space, traces)
        if alone and not derivative:
            _name_surroundings(space, activations[0], drawn[0], before)
        said = [_largest(space, *one) for one in zip(traces, drawn, own, inks, strict=True)] if minus and notes else []
        called = [
            names.Label(_name(axes, label, ink), hue, points, _turns(space, trace, number, stretches))
            for number, (label, ink, hue, points, trace) in enumerate(zip(labels, inks, hues, own, traces, strict=True))
            if named
        ]
        if not names.place(space, [*called, *said, *(point.label for point in pointed)]):
            if not names.place(space, called):
                for one in (*called, *said, *(point.label for point in pointed)):
                    one.text.remove()
                return False
            for point in pointed:
                point.place(space)
            for name, one in zip(labels, said, strict=False):
                one.text.set_text(f"{name}, {one.text.get_text()}")
                space.place(one.text, space.anywhere(one.text), backed=True)
        for number, curve in enumerate(drawn if marked else ()):
            draw_markers(space, curve, number, len(drawn))
        enlarged = notes and not derivative and not log_y and not minus and enlarge(space, activations, hues)
        if notes and not alone and not enlarged:
            alike.say(space, traces, stretches, labels)
        if alone and notes and not log_y:
            annotate(space, activations[0], derivative, hues[0], pair)
        return True

    return Following(space, drawn, surround).fits


def draw_together(
    axes: "Axes", activation: Activation, window: tuple[float, float], notes: bool = True, mark: Sequence[float] = ()
) -> None:
    """Draw f and f' of an activation in the same axes, in the first two colours."""
    traces = [Trace(activation, derivative) for derivative in (False, True)]
    hues = [style.colour(0), style.colour(1)]
    bottom, top = y_limits(traces, window)
    if notes and any(slope > top - HEADROOM * (top - bottom) for _, slope in peaks(activation, window)):
        bottom, top = y_limits(traces, window, headroom=HEADROOM)
    limits = _with_marks(traces, mark, (bottom, top))
    _set_limits(axes, window, limits, log_y=False)
    space = Space(axes)
    drawn = [
        _draw_curve(axes, trace, limits, hue, label, 0)
        for trace, hue, label in zip(traces, hues, ("$f$", "$f′$"), strict=True)
    ]
    for curve in drawn:
        space.add_curve(np.asarray(curve.get_xdata()), np.asarray(curve.get_ydata()))
    take_turns(space, drawn)
    jumps.draw(space, traces, drawn)

    def surround(space: Space) -> bool:
        own = space.curves[: len(drawn)]
        labels = [str(curve.get_label()) for curve in drawn]
        inks = list(map(style.ink, hues))
        called = [
            names.Label(_name(axes, label, ink), hue, curve)
            for label, ink, hue, curve in zip(labels, inks, hues, own, strict=True)
        ]
        pointed = []
        for trace, ink, hue, label, curve in zip(traces, inks, hues, labels, own, strict=True):
            for place in mark:
                pointed += points.draw(space, place, [(trace, ink, hue, label, curve)], slopes=True)
            if trace.derivative and notes:
                tops = peaks(activation, window)
                pointed += [points.steepest(space, activation, *one, ink, hue, curve) for one in tops]
        if not names.place(space, [*called, *(point.label for point in pointed)]):
            if not names.place(space, called):
                for one in called:
                    one.text.remove()
            for point in pointed:
                point.place(space)
        if notes:
            annotate(space, activation, False, hues[0])
        return True

    Following(space, drawn, surround)


def heights(
    traces: Sequence[Trace], window: tuple[float, float], notes: bool = True, mark: Sequence[float] = ()
) -> tuple[float, float]:
    """Choose the heights between which curves are seen with all that is drawn around them."""
    ends = [replace(trace, activation=end) for trace in traces for end in trace.activation.band or ()]
    alone = len(traces) == 1 and traces[0].minus is None
    trace = traces[0]
    noted = alone and notes and not trace.log
    headroom, footroom = room_for_dots(trace.activation, trace.derivative, window) if noted else (0.0, 0.0)
    padding = 0.06 if trace.minus is None else 0.16  # for the words at the largest differences
    limits = y_limits([*traces, *ends], window, padding=padding, headroom=headroom, footroom=footroom)
    if alone and not trace.derivative and not trace.log:
        limits = _with_family(trace.activation, window, limits)
    return _with_marks(traces, mark, limits)


def _with_marks(traces: Sequence[Trace], mark: Sequence[float], limits: tuple[float, float]) -> tuple[float, float]:
    """Make room for the points that are marked."""
    low, high = limits
    ups = np.concatenate([limits, *(trace.heights(trace.values(np.array(mark))) for trace in traces)])
    ups = ups[np.abs(ups) <= LARGEST_HEIGHT]
    bottom, top = float(ups.min()), float(ups.max())
    room = 0.06 * (top - bottom)
    return bottom - room if bottom < low else low, top + room if top > high else high


def _set_limits(axes: "Axes", window: tuple[float, float], limits: tuple[float, float], log_y: bool) -> None:
    axes.set_xlim(window)
    if log_y:
        axes.set_yscale("log")
        axes.set_ylim(10 ** limits[0], 10 ** limits[1])
    else:
        axes.set_ylim(limits)
        axes.axhline(0, color=style.theme().faint, linewidth=style.scaled(1), zorder=1)
    set_ticks(axes, room=0.4)
    axes.axvline(0, color=style.theme().faint, linewidth=style.scaled(1), zorder=1)
    size = style.TYPE if style.look().uniform else 11
    axes.set_xlabel("$x$", horizontalalignment="right", verticalalignment="center", fontsize=style.scaled(size))
    width, height = size_of(axes)
    factor = FACTOR if axes.xaxis.get_major_formatter().get_offset() else 0.0
    axes.xaxis.set_label_coords(1 - factor / width, -UNDER_TICKS / height)


def _draw_curve(
    axes: "Axes", trace: Trace, limits: tuple[float, float], colour: str, label: str, number: int
) -> Turning:
    x, y = sample(trace, axes.get_xlim(), limits)
    curve = Turning(
        x, y, color=colour, linewidth=style.scaled(style.CURVE_WIDTH), label=label, zorder=CURVE,
        gid=f"{'derivative' if trace.derivative else 'function'}-{number}-{trace.activation.name}",
    )  # fmt: skip
    axes.add_line(curve)
    if trace.log:
        curve.negative = negative(trace, x)
    return curve


def _draw_behind(space: Space, trace: Trace, limits: tuple[float, float], number: int) -> None:
    # faint lines needn't be as smooth
    reach = 2 * (limits[1] - limits[0])
    x, y = sample(trace, space.axes.get_xlim(), (limits[0] - reach, limits[1] + reach))
    space.axes.plot(
        x, y, color=style.theme().faint, linewidth=style.scaled(1.1), zorder=BEHIND,
        gid=f"behind-{number}-{trace.activation.name}",
    )  # fmt: skip
    space.add_curve(x, y)


def _name(axes: "Axes", words: str, ink: str) -> "Text":
    return text.write(axes, 0.0, 0.0, words, fontsize=style.scaled(9.5), color=ink)


def _turns(space: Space, trace: Trace, number: int, stretches: Sequence[Stretch]) -> Array:
    """Return the middles of a curve's turns where others are near but not equal, in units."""
    near = [stretch for stretch in stretches if number in stretch.members and not stretch.equal]
    x = np.array([(start + stop) / 2 for stretch in near for start, stop in stretch.turns(number)])
    return space.locate(x, trace.values(x))


def draw_markers(space: Space, curve: Turning, number: int, count: int) -> None:
    """Put markers on the visible parts of a curve, at other places for each curve."""
    seen = Space(space.axes)
    places = seen.add_curve(*(curve.turns or (np.asarray(curve.get_xdata()), np.asarray(curve.get_ydata()))))
    if not len(places):
        return
    shares = (np.arange(MARKED) + (number + 0.5) / count) / MARKED
    chosen = [places[int(np.argmin(np.abs(places[:, 0] - share * space.width)))] for share in shares]
    across, up = np.unique(chosen, axis=0).T
    space.axes.plot(
        across / space.width, up / space.height, transform=space.axes.transAxes, linestyle="none",
        marker=style.MARKERS[number % len(style.MARKERS)], markersize=style.scaled(6.5), color=curve.get_color(),
        markeredgecolor=style.theme().paper, markeredgewidth=style.scaled(0.8), zorder=MARKER,
        gid=f"markers-{number}",
    )  # fmt: skip
    for x, y in zip(across, up, strict=True):
        space.boxes.append((x - 0.06, y - 0.06, x + 0.06, y + 0.06))


def _largest(space: Space, trace: Trace, curve: Turning, points: Array, ink: str) -> names.Label:
    """Mark where a difference is largest in size, and return a label that says how large it is."""
    x, y = np.asarray(curve.get_xdata()), np.asarray(curve.get_ydata())
    place = int(np.argmax(np.where(np.isfinite(y), np.abs(y), -1.0)))
    at, value = float(x[place]), float(y[place])
    if 0 < place < len(x) - 1 and np.isfinite(y[place - 1 : place + 2]).all():
        fine = np.linspace(x[place - 1], x[place + 1], FINE)
        between = trace.values(fine)
        if abs(between[best := int(np.argmax(np.abs(between)))]) > abs(value):
            at, value = float(fine[best]), float(between[best])
    if at not in [kink.x for kink in trace.kinks]:
        space.axes.plot([at], [value], "o", color=curve.get_color(), markersize=style.scaled(5), zorder=MARKER,
                        clip_on=False, gid=f"largest-{curve.get_gid()}")  # fmt: skip
        space.add_point(at, value)
    words = f"largest: {readable(value + 0.0)} at x = {readable(at + 0.0)}"
    written = text.write(space.axes, 0.0, 0.0, words, fontsize=style.scaled(8.5), color=ink)
    return names.Label(written, str(curve.get_color()), points, at=space.locate([at], [value]))


def _say_what_is_not_drawn(space: Space, traces: Sequence[Trace]) -> None:
    """Say what the values of a curve are where it can't be drawn; unlike notes, this is never left out."""
    low = 0.06
    symbol = "f′" if traces[0].derivative else "f"
    if any(unresolved(trace, space.axes.get_xlim()) for trace in traces):
        note = write_note(space.axes, "float64 resolves no smaller differences", 8.5)
        space.place(note, space.anywhere(note))
    dashed = any(negative(trace, np.linspace(*space.axes.get_xlim(), 401)) for trace in traces if trace.log)
    if dashed:
        note = write_note(space.axes, f"dashed: ${symbol}$ < 0" if len(traces) == 1 else "dashed: negative", 9)
        space.place(note, space.anywhere(note))
    for trace in traces if traces[0].log else ():
        for start, stop in zeros(trace, space.axes.get_xlim()):
            words = f"${symbol} = 0$ here" if len(traces) == 1 else f"{trace.activation.title} = 0 here"
            note = write_note(space.axes, words, 9)
            wide, _ = text.extent_of(note)
            ((left, _), (right, _)) = space.locate([start, stop], [1.0, 1.0])
            space.place(note, [((left + right - wide) / 2, up) for up in np.arange(0.08, 1.0, 0.1)])
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
    """Make room for the lines behind the curve, or for where they leave it."""
    low, high = limits
    ends = [member(x) for member in activation.family for x in window]
    lowest, highest = min([low, *ends]), max([high, *ends])
    if highest - lowest <= (1 + WHOLE_FAMILY) * (high - low):
        padding = 0.06 * (highest - lowest) if activation.family else 0.0
        return min(low, lowest - padding), max(high, highest + padding)
    room = FAMILY_ROOM * (high - low)
    return max(lowest, low - room), min(highest, high + room)


def _name_surroundings(space: Space, activation: Activation, curve: Turning, before: int) -> None:
    """Say what the band or the lines behind the curve are, and what the curve is among them."""
    axes = space.axes
    if activation.family:
        _name_family(space, activation, str(curve.get_color()), before)
    if not activation.band:
        return
    curve.set_label(activation.definition.curve_label)
    behind = [artist for artist in (*axes.collections, *axes.lines) if artist.get_zorder() == BEHIND]
    around = [artist for artist in behind if not str(artist.get_label()).startswith("_")][:1]
    places = ("upper left", "lower right", "upper right", "lower left")
    for size, place in product((9.5, 7.5), places):
        options: dict[str, Any] = {"loc": place, "fontsize": style.scaled(size), "labelcolor": style.theme().muted}
        legend = axes.legend(handles=[*around, curve], borderaxespad=0.2, **options)
        if space.add_text(legend):
            return
        legend.remove()


def _name_family(space: Space, activation: Activation, colour: str, before: int) -> None:
    """Name the lines behind the curve at their ends, and the curve; in `space.curves` they come before it."""
    members = activation.family
    own = ", ".join(filter(None, (activation.member_label, activation.definition.curve_label)))
    theirs = [member.member_label if len(members) <= NAMED else "" for member in members]
    for number, words in enumerate([*theirs, own]):
        is_own = number == len(members)
        # every curve is compared with every other, so some of a wide logarithmic window's thousands of points will do
        some = [curve[:: max(1, len(curve) // COMPARED)] for curve in space.curves]
        points = some.pop(before - len(members) + number)
        others = np.concatenate([np.empty((0, 2)), *some])
        to_others = np.hypot(*(points[:, None] - others[None]).T).min(axis=0, initial=np.inf)
        # where lines lie closer, a name could belong to any; but the curve may lie on them everywhere
        apart = points[to_others > FAR_APART]
        if is_own and len(points) and to_others.max() < ON_OTHERS:
            apart = points
        outwards = apart[np.argsort(-np.abs(apart[:, 0] - space.width / 2), kind="stable")]
        ends = outwards[: math.ceil(END * len(outwards)) : max(1, len(outwards) // MOST_ENDS)]
        if words and len(ends) and not _write_along(space, words, outwards):
            name = write_note(space.axes, words, 9)
            if not names.place(space, [names.Label(name, colour, points, at=ends, leader=is_own)]):
                name.remove()
    if activation.definition.family_label:
        note = write_note(space.axes, activation.definition.family_label, 8.5)
        space.place(note, space.anywhere(note))


def _write_along(space: Space, words: str, points: Array) -> bool:
    """Write the name of a straight line along it, as near to the first of its points as it fits."""
    name = write_note(space.axes, words, 8.5)
    line = points[[int(np.argmin(points[:, 0])), int(np.argmax(points[:, 0]))]]
    (across, up), (right, over) = line[1] - line[0], (points - line[0]).T
    if (np.abs(across * over - up * right) > 1e-6 * (1 + space.width) ** 2).any():
        name.remove()
        return False
    return space.place_along(name, points[:: max(1, len(points) // 60)], line, 1.0)


def draw_band(space: Space, trace: Trace, limits: tuple[float, float], colour: str, several: bool) -> None:
    """Fill the band between the two functions that training may draw; among several curves, names keep clear of it."""
    band = trace.activation.band
    if band is None:
        return
    start, stop = space.axes.get_xlim()
    ends = [replace(trace, activation=end) for end in band]
    # both sides of each kink, so that the band ends upright there
    edges = [kink.x for end in ends for kink in end.kinks if start < kink.x < stop]
    beside = (np.nextafter(edges, -np.inf), np.nextafter(edges, np.inf))
    x = np.unique(np.concatenate([*(sample(end, (start, stop), limits)[0] for end in ends), *beside]))
    first, second = (end.values(x) for end in ends)
    label = trace.activation.definition.band_label
    space.axes.fill_between(x, first, second, color=colour, alpha=0.22, linewidth=0, zorder=BEHIND, label=label)
    for share in np.linspace(0.0, 1.0, BANDED) if several else ():
        space.add_curve(x, first + share * (second - first))


def _draw_family(space: Space, trace: Trace, limits: tuple[float, float], colour: str) -> None:
    window = space.axes.get_xlim()
    for index, member in enumerate(trace.activation.family):
        x, y = sample(replace(trace, activation=member), window, limits)
        space.axes.plot(
            x, y, color=colour, alpha=0.6, linewidth=style.scaled(1.1), linestyle=(0, (4, 2)), zorder=BEHIND,
            gid=f"family-{index}",
        )  # fmt: skip
        space.add_curve(x, y)
