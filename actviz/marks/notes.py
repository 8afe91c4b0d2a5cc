"""What is written and tinted around a single curve: saturation, limits, asymptotes, dots."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from actviz import analysis, style
from actviz.marks import names
from actviz.marks.space import EDGE, Space
from actviz.marks.text import extent_of, write
from actviz.model import Activation, readable
from actviz.numerics import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Pair = Literal["alone", "beside", "stacked"]
"""Whether f' is drawn too: in a panel beside f, or below it."""

SATURATED = 0.01
"""A slope smaller than this in size lets next to nothing of a gradient through."""

SHORTEST = 0.1
"""The least length in units of an asymptote within the axes."""

SMALL = 0.05
"""The share of the axes' height below which the shape of a curve isn't seen."""

NARROWEST_STRETCH = 0.03
"""The least share of the x axis for a saturated stretch; flat stretches around a minimum are shorter."""

ROOM = 0.16
"""How much higher the axes become, so that there is room for the words above or below a dot."""

MOST_TURNS = 2
"""If there are more extrema than this in view, none is marked."""

TINT, LIMIT = 0.5, 1.5


def peaks(activation: Activation, window: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the points (x, slope) in view where a smooth function is steepest, if these are single places."""
    return [(x, slope) for x, slope in analysis.peaks(activation) if window[0] < x < window[1]]


def turns(activation: Activation, window: tuple[float, float]) -> list[analysis.Extremum]:
    """Return the minima and maxima in view, if they are few; without flat ones, which have a whole stretch."""
    if activation.monotonic or analysis.endless(activation):
        return []
    found = [one for one in analysis.extrema(activation) if window[0] < one.x < window[1]]
    aside = 1e-3 * (window[1] - window[0])
    single = [one for one in found if one.value not in (activation(one.x - aside), activation(one.x + aside))]
    return single if len(found) <= MOST_TURNS else []


def room_for_dots(activation: Activation, derivative: bool, window: tuple[float, float]) -> tuple[float, float]:
    """Return how much higher axes must be at the top and at the bottom for the words at their dots."""
    if derivative:
        upwards = [slope > 0 for _, slope in peaks(activation, window)]
    else:
        upwards = [one.highest for one in turns(activation, window)]
    return ROOM if any(upwards) else 0.0, ROOM if not all(upwards) else 0.0


def saturated(activation: Activation, window: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the stretches of the window in which the size of the slope is less than `SATURATED`."""
    low, high = window
    kinks = [kink.x for kink in activation.kinks if low < kink.x < high]
    beside = [np.nextafter(kinks, -np.inf), np.nextafter(kinks, np.inf)]
    x = np.unique(np.concatenate([np.linspace(low, high, 401), *beside]))
    flat = np.abs(activation.derivative(x)) < SATURATED
    flat[np.isin(x, kinks)] = False
    stretches: list[list[float]] = []
    for left, right, both in zip(x[:-1], x[1:], flat[:-1] & flat[1:], strict=True):
        if not both:
            continue
        if stretches and stretches[-1][1] == left:
            stretches[-1][1] = right
        else:
            stretches.append([left, right])
    return [(a, b) for a, b in stretches if b - a > NARROWEST_STRETCH * (high - low)]


def draw(space: Space, activation: Activation, derivative: bool, colour: str, pair: Pair = "alone") -> None:
    """Draw the notes on f, or on f', whose curve is there already in a colour."""
    axes = space.axes
    window = axes.get_xlim()
    extrema = turns(activation, window)
    if pair == "stacked":
        for one in extrema:
            _tie(space, activation, one.x, one.value, derivative)
    if derivative:
        tops = peaks(activation, window)
        dots = [(x, slope, "largest slope" if slope > 0 else "steepest slope") for x, slope in tops]
    else:
        dots = [(one.x, one.value, one.kind) for one in extrema]
    seen = _draw_dots(space, dots, colour, "peak" if derivative else "extremum")
    if derivative or pair == "alone":
        for number, (start, stop) in enumerate(saturated(activation, window)):
            _tint(space, activation, start, stop, number)
    if not derivative:
        _draw_slants(space, activation)
        _draw_limits(space, activation)
    _name_dots(space, activation, seen, colour)
    _name_leaks(space, activation, derivative)


Dot = tuple[float, float, str]
"""A point of the curve, and what it is."""


def _draw_dots(space: Space, dots: Sequence[Dot], colour: str, gid: str) -> list[Dot]:
    """Mark the dots that are in view, and return them."""
    bottom, top = space.axes.get_ylim()
    seen = [(x, y, what) for x, y, what in dots if bottom < y < top]
    for number, (x, y, _) in enumerate(seen):
        space.axes.plot([x], [y], "o", color=colour, markersize=style.scaled(5), zorder=6, gid=f"{gid}-{number}")
        space.add_point(x, y)
    return seen


def _name_dots(space: Space, activation: Activation, seen: Sequence[Dot], colour: str) -> None:
    """Say beside the dots what they are and where, or at least how high."""
    for x, y, what in seen:
        upwards = what != "minimum" and y >= 0
        for words in (f"{what} {activation.said(y)} at $x$ = {activation.said(x)}", f"{what} {activation.said(y)}"):
            text = write_note(space.axes, words, 9)
            if space.place(text, _beside(space, text, x, y, upwards)):
                break
            text = write_note(space.axes, words, 9)
            if names.place(space, [names.Label(text, colour, _all(space.curves), at=space.locate([x], [y]))]):
                break
            text.remove()


def _beside(space: Space, text: "Text", x: float, y: float, upwards: bool) -> list[tuple[float, float]]:
    """List places above or below a point at which text is read as that point's."""
    width, height = extent_of(text)
    ((across, up),) = space.locate([x], [y])
    low = up + 0.07 if upwards else up - 0.07 - height
    return [(left, low) for left in (across - width / 2, across + 0.05, across - 0.05 - width)]


def _all(curves: Sequence[Array]) -> Array:
    return np.concatenate([np.empty((0, 2)), *curves])


def _tie(space: Space, activation: Activation, x: float, value: float, derivative: bool) -> None:
    """Draw this panel's part of a thin line that joins an extremum of f to the zero of f' in the panel below."""
    if any(kink.x == x for kink in activation.kinks):  # where f' jumps, and isn't 0
        return
    bottom, top = space.axes.get_ylim()
    ends = (0.0, top) if derivative else (bottom, value)
    space.axes.plot(
        [x, x], ends, color=style.theme().muted, linewidth=style.scaled(0.6), zorder=LIMIT, solid_capstyle="butt",
        gid="tie",
    )  # fmt: skip
    space.add_curve([x, x], ends)
    if derivative:
        space.axes.plot([x], [0.0], "o", color=style.theme().muted, markersize=style.scaled(3.5), zorder=6, gid="zero")
        space.add_point(x, 0.0)
        text = write_note(space.axes, "$f′$ = 0", 9)
        space.place(text, [*space.around(text, x, 0.0, gap=0.08)])


def _leaks(activation: Activation, window: tuple[float, float]) -> Iterator[tuple[float, float, float]]:
    """Yield where a function is straight but not flat far out: the end in view, where that begins, and the slope."""
    kinks = activation.kinks
    for far, end, kink in ((-math.inf, window[0], kinks[:1]), (math.inf, window[1], kinks[-1:])):
        slope = activation.derivative(far)
        begin = kink[0].x if kink else end
        if math.isfinite(slope) and slope != 0 and (end - begin) * math.copysign(1.0, far) > 0:
            begin = min(max(begin, window[0]), window[1])
            if analysis.straight(activation, *sorted((begin, far))) is not None:
                yield end, begin, slope


def _name_leaks(space: Space, activation: Activation, derivative: bool) -> None:
    """Say what the slope far out is if it looks like 0."""
    bottom, top = space.axes.get_ylim()
    for end, begin, slope in _leaks(activation, space.axes.get_xlim()):
        high = slope if derivative else activation(end) - activation(begin)
        if abs(high) < SMALL * (top - bottom):
            value = "" if derivative else f", $f$({readable(end)}) = {readable(activation(end))}"
            text = write_note(space.axes, f"slope {readable(slope)}{value}", 9)
            x = [end + share * (begin - end) for share in (0.35, 0.5, 0.2, 0.65)]
            heights = [slope if derivative else activation(one) for one in x]
            beside = (space.around(text, *point, 0.08) for point in zip(x, heights, strict=True))
            space.place(text, chain.from_iterable(beside))


def _draw_limits(space: Space, activation: Activation) -> None:
    """Mark the finite ends of the range that f nears, each named along its line; its value only if no tick says it."""
    bottom, top = space.axes.get_ylim()
    interval, symbols = activation.range, activation.definition.range_symbols
    limits = [activation(far) for far in (-math.inf, math.inf)]
    ends = ((interval.low, symbols[0], interval.low_closed), (interval.high, symbols[1], interval.high_closed))
    for value, symbol, attained in ends:
        if value == 0 or not bottom < value < top or not any(math.isclose(value, limit) for limit in limits):
            continue
        space.axes.axhline(value, **_faint(), gid="limit")
        said = bool(np.isclose(space.axes.get_yticks(), value, rtol=0, atol=1e-9 * (top - bottom)).any())
        words = f"$y = {symbol}$" if symbol else "$y$" if not said else ""
        if not words:
            continue
        words += "" if said else f" = {readable(value)}"
        text = write_note(space.axes, words if attained else f"asymptote {words}", 9)
        ((_, up),) = space.locate([0.0], [value])
        width, height = extent_of(text)
        lefts = (space.width - 0.04 - width, 0.04, (space.width - width) / 2)
        heights = (up - 0.04 - height, up + 0.04)
        space.place(text, [(left, low) for low in heights for left in lefts])


def _draw_slants(space: Space, activation: Activation) -> None:
    """Mark the lines y = ax that the curve nears far out but doesn't reach, each named along its dots."""
    start, stop = space.axes.get_xlim()
    bottom, top = space.axes.get_ylim()
    for number, far in enumerate((1e6, -1e6)):
        slope = activation.derivative(math.copysign(math.inf, far))
        ends = [kink.x for kink in activation.kinks] or [0.0]
        outwards = sorted((max(ends) if far > 0 else min(ends), math.copysign(math.inf, far)))
        if not math.isfinite(slope) or slope == 0:
            continue
        if analysis.straight(activation, *outwards) is not None:
            continue  # the curve is that line itself
        base = activation(far) - slope * far
        if abs(base) > 1e-6 or abs(activation(far / 10) - slope * far / 10) > 1e-6:
            continue  # it may near a line that isn't through 0, but that is known to fewer digits
        near = np.linspace(0.0, max(stop, 0.0) if far > 0 else min(start, 0.0), 101)
        with np.errstate(over="ignore", invalid="ignore"):
            apart = slope * near - activation(near)
        if not np.max(np.abs(apart)) >= 0.01 * (top - bottom):
            continue
        ends = np.clip([0.0, (top if slope * far > 0 else bottom) / slope], start, stop)
        line = space.locate(ends, slope * ends)
        if math.dist(*line) < SHORTEST:
            continue
        space.axes.plot(ends, slope * ends, **_faint(), gid="asymptote" if number == 0 else "asymptote-left")
        space.add_curve(ends, slope * ends)
        words = {1.0: "$y = x$", -1.0: "$y = −x$"}.get(slope, f"$y$ = {readable(slope)} $x$")
        text = write_note(space.axes, f"asymptote {words}", 9)
        where = int(np.argmax(np.abs(apart)))
        x = ends[0] + np.linspace(0.05, 0.95, 19) * (ends[1] - ends[0])
        x = x[np.argsort(np.abs(x - near[where]), kind="stable")]
        space.place_along(text, space.locate(x, slope * x), line, np.sign(apart[where]))


def _tint(space: Space, activation: Activation, start: float, stop: float, number: int) -> None:
    """Shade a stretch and say why; without room for the words it isn't shaded."""
    (left, _), (right, _) = space.locate([start, stop], [0.0, 0.0])
    zero = not np.any(activation.derivative(np.linspace(start, stop, 101)[1:-1]))
    what = "$f′$ = 0" if zero else rf"$|f′\,|$ < {SATURATED}"
    choices: list[list[str]] = [[what]]
    if _goes_on(activation, start, stop, space.axes.get_xlim()):
        choices = [[f"saturated: {what}"], ["saturated:", what], [what]]
    for size, lines in product((9, 7.5), choices):
        texts = [write_note(space.axes, words, size) for words in lines]
        wide = max(extent_of(text)[0] for text in texts)
        room = right - left - 2 * EDGE
        shares = (0.72, 0.58, 0.44, 0.3, 0.86, 0.14) if wide < room else ()
        # in the middle, or beside it if the line x = 0 is there
        middles = [(left + right) / 2 + side * room / 4 for side in ((0, 1, -1) if 2 * wide < room else (0,))]
        space.tinted.append((left, right))
        if space.place_lines(texts, middles, [share * space.height for share in shares]):
            space.axes.axvspan(
                start, stop, color=style.theme().tint, linewidth=0, zorder=TINT, gid=f"saturated-{number}"
            )
            return
        space.tinted.pop()


def _goes_on(activation: Activation, start: float, stop: float, window: tuple[float, float]) -> bool:
    """Whether the card says that f saturates on a stretch's side, and everything from there on is flat."""
    sides = analysis.saturation(activation)
    beyond = np.logspace(-6, 12, 200)
    for side, end, edge, way in (("left", start, window[0], -1), ("right", stop, window[1], 1)):
        if end == edge and sides in (side, "both"):
            with np.errstate(over="ignore"):
                return bool((np.abs(activation.derivative(end + way * beyond)) < SATURATED).all())
    return False


def _faint() -> dict[str, Any]:
    return {
        "color": style.theme().muted, "linewidth": style.scaled(0.9), "linestyle": (0, (2, 3)), "zorder": LIMIT,
    }  # fmt: skip


def write_note(axes: "Axes", words: str, size: float) -> "Text":
    """Write text that has yet to find its place."""
    return write(axes, 0.0, 0.0, words, fontsize=style.scaled(size), color=style.theme().muted)
