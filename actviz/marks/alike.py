"""What is said where curves coincide: that they are equal there, or by how little they differ."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from actviz.marks.notes import write_note
from actviz.marks.space import Space
from actviz.marks.turns import Stretch
from actviz.model import readable
from actviz.prose import listed
from actviz.sampling import Trace

if TYPE_CHECKING:
    from matplotlib.text import Text

NUMBERS = ("two", "three", "four", "five", "six")

MOST_NAMED = 3
"""Of more curves that coincide, only the number is said."""

MOST_SAID = 2
"""Remarks in the same axes: the longest stretches'."""

SHORTEST = 0.2
"""The share of the x axis that a stretch has at least to be worth a remark."""

NEARLY_ALL = 0.9
"""The share of a stretch in which curves that are called equal are so: at its ends they only begin to be."""

ROUNDING = 1e-12
"""The share of a value by which equal ones may differ in float64."""


def say(space: Space, traces: Sequence[Trace], stretches: Sequence[Stretch], names: Sequence[str]) -> None:
    """Write it beside each group of curves that coincide; a difference anywhere, if there is no room beside them."""
    names = briefly(traces, names)
    low, high = space.axes.get_xlim()
    said: dict[tuple[tuple[int, ...], bool], Stretch] = {}
    largest: dict[tuple[tuple[int, ...], bool], float] = {}
    for stretch in sorted(stretches, key=lambda stretch: stretch.start - stretch.stop):
        if stretch.stop - stretch.start >= SHORTEST * (high - low):
            apart = _apart([traces[member] for member in stretch.members], stretch)
            key = stretch.members, apart == 0
            said.setdefault(key, stretch)
            largest[key] = max(largest.get(key, 0.0), apart)
    for (members, equal), stretch in sorted(list(said.items())[:MOST_SAID], key=lambda item: item[0][1]):
        count = NUMBERS[len(members) - 2]
        who = f"{count} curves" if len(members) > MOST_NAMED else listed([names[member] for member in members])
        if len(members) == len(traces):
            who = "both" if count == "two" else f"all {count}"
        how = "equal" if equal else f"at most {_rounded_up(largest[members, equal])} apart"
        text = write_note(space.axes, f"{who}: {how}", 8.5)
        places = [
            place
            for gap in (0.08, 0.16, 0.24, 0.36, 0.5)
            for share in (0.5, 0.65, 0.35, 0.8, 0.2)
            for place in _around(space, text, traces[members[0]], stretch, share, gap)
        ]
        if not equal and len(members) <= MOST_NAMED:
            places += space.anywhere(text)
        space.place(text, places, backed=True)


def briefly(traces: Sequence[Trace], names: Sequence[str]) -> list[str]:
    """Shorten names to titles without parameters, where these differ; what a user has called one stays."""
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
    """Return by how much the values differ at most; 0 if nearly all differences are roundings."""
    x = np.linspace(stretch.start, stretch.stop, 101)
    values = np.array([trace.values(x) for trace in traces])
    apart = np.ptp(values, axis=0)
    equal = apart <= ROUNDING * float(np.max(np.abs(values)))
    return 0.0 if np.mean(equal) >= NEARLY_ALL else float(np.max(apart))


def _rounded_up(value: float) -> str:
    """Write two significant digits that are no smaller than a value."""
    step = 10.0 ** (math.floor(math.log10(value)) - 1)
    if step == 0:  # there are no two digits
        return readable(value)
    return readable(float(f"{math.ceil(value / step - 1e-9) * step:.2g}"))
