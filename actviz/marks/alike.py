"""What is said where curves coincide: that they are equal there, or by how little they differ."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from actviz.marks.notes import write_note
from actviz.marks.space import Space
from actviz.marks.text import extent_of
from actviz.marks.turns import Stretch
from actviz.model import readable
from actviz.prose import listed
from actviz.sampling import Trace

if TYPE_CHECKING:
    from matplotlib.text import Text

NUMBERS = ("two", "three", "four", "five", "six")

MOST_NAMED = 3
"""If more curves than this coincide, only their number is given."""

MOST_SAID = 2
"""The most remarks in the same axes: those about the longest stretches."""

SHORTEST = 0.2
"""The least share of the x axis at which a stretch is worth a remark."""

NEARLY_ALL = 0.9
"""The share of a stretch in which curves must be equal to be called so: at its ends they only begin to be."""

ROUNDING = 1e-12
"""The relative difference that equal values may have in float64."""


def say(space: Space, traces: Sequence[Trace], stretches: Sequence[Stretch], names: Sequence[str]) -> None:
    """Write it beside each group of curves that coincide; if there is no room, a difference may stand anywhere."""
    names = briefly(traces, names)
    low, high = space.axes.get_xlim()
    said: dict[tuple[tuple[int, ...], bool], list[Stretch]] = {}
    largest: dict[tuple[tuple[int, ...], bool], float] = {}
    for stretch in sorted(stretches, key=lambda stretch: stretch.start - stretch.stop):
        if stretch.stop - stretch.start >= SHORTEST * (high - low):
            apart = _apart([traces[member] for member in stretch.members], stretch)
            key = stretch.members, apart == 0
            said.setdefault(key, []).append(stretch)
            largest[key] = max(largest.get(key, 0.0), apart)
    for (members, equal), where in sorted(list(said.items())[:MOST_SAID], key=lambda item: item[0][1]):
        count = NUMBERS[len(members) - 2]
        who = f"{count} curves" if len(members) > MOST_NAMED else listed([names[member] for member in members])
        known = len(members) <= MOST_NAMED or len(members) == len(traces)
        if len(members) == len(traces):
            who = "both" if count == "two" else f"all {count}"
        how = "equal" if equal else f"at most {_rounded_up(largest[members, equal])} apart"
        for at in ("",) if equal else (_where(where, (low, high)), ""):
            text = write_note(space.axes, f"{who}: {how}{at}", 8.5)
            places = [
                place
                for gap in (0.08, 0.16, 0.24, 0.36, 0.5)
                for share in (0.5, 0.65, 0.35, 0.8, 0.2)
                for place in _around(space, text, traces[members[0]], where[0], share, gap)
            ]
            if at and known:
                places += space.anywhere(text)
            if space.place(text, places, backed=True):
                break
            lines = [[f"{who}: {how}", at.strip()], [f"{who}:", how, at.strip()]]
            if at and known and any(_in_lines(space, some) for some in lines):
                break


def _in_lines(space: Space, lines: Sequence[str]) -> bool:
    """Write it anywhere, in lines that cross nothing in the axes."""
    texts = [write_note(space.axes, line, 8.5) for line in lines]
    half = max(extent_of(text)[0] for text in texts) / 2
    middles = np.linspace(half + 0.1, space.width - half - 0.1, 6) if space.width > 2 * half + 0.2 else ()
    return space.place_lines(texts, middles, np.arange(space.height - 0.1 * len(lines), 0.2, -0.2))


def _where(stretches: Sequence[Stretch], window: tuple[float, float]) -> str:
    """Say in which parts of the x axis stretches lie, with round numbers inside them."""
    low, high = window
    step = 10.0 ** math.floor(math.log10((high - low) / 20))
    parts = []
    for stretch in sorted(stretches, key=lambda stretch: stretch.start):
        start, stop = readable(math.ceil(stretch.start / step) * step), readable(math.floor(stretch.stop / step) * step)
        left = "" if stretch.start <= low else f"{start} < $x$" if stretch.stop < high else f"$x$ > {start}"
        right = "" if stretch.stop >= high else f" < {stop}" if left else f"$x$ < {stop}"
        parts.append(left + right)
    return f" where {' or '.join(parts)}" if all(parts) else ""


def briefly(traces: Sequence[Trace], names: Sequence[str]) -> list[str]:
    """Shorten names to titles without parameters, if these differ; names given by the user stay."""
    titles = [trace.activation.title for trace in traces]
    if len(set(titles)) < len(titles):
        return list(names)
    usual = [trace.activation.label for trace in traces]
    return [title if name == label else name for title, name, label in zip(titles, names, usual, strict=True)]


def _around(
    space: Space, text: "Text", trace: Trace, stretch: Stretch, share: float, gap: float
) -> list[tuple[float, float]]:
    x = stretch.start + share * (stretch.stop - stretch.start)
    return list(space.around(text, x, float(trace.values(np.array(x))), gap))


def _apart(traces: Sequence[Trace], stretch: Stretch) -> float:
    """Return the largest difference between the values; 0 if nearly all differences are rounding."""
    x = np.linspace(stretch.start, stretch.stop, 101)
    x[[0, -1]] = np.nextafter(x[[0, -1]], x[[-1, 0]])  # a value at a jump isn't one of the stretch
    values = np.array([trace.values(x) for trace in traces])
    apart = np.ptp(values, axis=0)
    equal = apart <= ROUNDING * float(np.max(np.abs(values)))
    return 0.0 if np.mean(equal) >= NEARLY_ALL else float(np.max(apart))


def _rounded_up(value: float) -> str:
    """Write a value rounded up to two significant digits."""
    step = 10.0 ** (math.floor(math.log10(value)) - 1)
    if step == 0:  # there are no two digits
        return readable(value)
    return readable(float(f"{math.ceil(value / step - 1e-9) * step:.2g}"))
