"""Where curves coincide, they take turns along their common line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.lines import Line2D

from actviz.marks.space import Space
from actviz.numerics import Array
from actviz.style import scaled

Sampled = tuple[Array, Array]
"""The x and y of a curve's points, with NaN where it has a gap."""

DASHED = (0, (2.2, 1.2))
"""The dashes of what is negative on a logarithmic axis, in widths of the line."""

EQUAL = 0.002
"""Units within which curves count as equal, given how they are sampled."""

DASH = 0.15
"""The length of a turn in units along the line."""

SHORTEST, SHORTEST_EQUAL = 0.6, 0.12
"""The least length in units for which curves run together, and for equal ones; anything shorter is a crossing."""

_STEP = 0.02


@dataclass(frozen=True)
class Stretch:
    """A part of the x axis on which curves, given by number, coincide; their turns lie between the cuts."""

    members: tuple[int, ...]
    equal: bool
    cuts: tuple[float, ...]

    @property
    def start(self) -> float:
        return self.cuts[0]

    @property
    def stop(self) -> float:
        return self.cuts[-1]

    def turns(self, member: int) -> list[tuple[float, float]]:
        """List the ends of a curve's turns."""
        place, count = self.members.index(member), len(self.members)
        return [ends for number, ends in enumerate(pairwise(self.cuts)) if number % count == place]


class Turning(Line2D):
    """A curve that keeps all its data, although only its turns are drawn."""

    turns: Sampled | None = None
    negative: Sequence[tuple[float, float]] = ()
    """Stretches of the x axis that are dashed: on a logarithmic axis, where the values are below 0."""

    def draw(self, renderer: Any) -> None:
        """Draw the curve, or its turns."""
        if self.turns is None and not self.negative:
            super().draw(renderer)
            return
        whole, look, gid = self.get_data(orig=True), self.get_linestyle(), self.get_gid()
        x, y = map(np.asarray, self.turns or whole)
        below, above = np.zeros(x.shape, dtype=bool), np.ones(x.shape, dtype=bool)
        for start, stop in self.negative:  # what is at the ends belongs to both
            below |= (start <= x) & (x <= stop)
            above &= (x <= start) | (stop <= x)
        for drawn, dashes, name in ((above, look, gid), (below, DASHED, gid and f"{gid}-negative")):
            if drawn.any():
                self.set_data(x, np.where(drawn, y, np.nan))
                self.set(linestyle=dashes, gid=name)
                super().draw(renderer)
        self.set(linestyle=look, gid=gid)
        self.set_data(*whole)


def take_turns(space: Space, curves: Sequence[Turning]) -> list[Stretch]:
    """Let curves take turns wherever they coincide, and return these stretches.

    They are compared as they are seen: on the axes' own scales, at a right angle to their course.
    """
    sampled = [(np.asarray(curve.get_xdata()), np.asarray(curve.get_ydata())) for curve in curves]
    low, high = sorted(space.axes.get_xlim())
    places = [np.column_stack([(x - low) / (high - low) * space.width, space.locate(x, y)[:, 1]]) for x, y in sampled]
    gaps = {float(x) for across, up in (place.T for place in places) for x in across[np.isnan(up)]}
    edges = np.unique(
        np.concatenate([*(place[:, 0] for place in places), np.arange(0.0, space.width, _STEP), [space.width]])
    )
    edges = edges[(edges >= 0) & (edges <= space.width)]
    heights, slopes = map(np.array, zip(*(_course(place, edges) for place in places), strict=True))
    # curves within a line's width look like one line
    together = _together(heights, slopes, max(curve.get_linewidth() for curve in curves) / scaled(72))
    # doubled, with a bit for equality, so that equal curves and close ones aren't in the same run
    together = 2 * together + (together == _together(heights, slopes, EQUAL))
    breaks = np.isin(edges, list(gaps))
    lengths = np.diff(edges) * np.hypot(1.0, np.where(np.isfinite(slopes), slopes, 0.0))
    for _ in range(3):
        _drop_crossings(together, lengths, breaks)
    hidden: list[list[tuple[float, float]]] = [[] for _ in curves]
    stretches = []

    def to_data(across: float) -> float:
        # the ends exactly
        return float({0.0: low, space.width: high}.get(across, low + across / space.width * (high - low)))

    for members, equal, first, last in _runs(together, breaks):
        along = np.concatenate([[0.0], np.cumsum(lengths[members[0], first:last])])
        turns = len(members) * max(1, round(along[-1] / len(members) / DASH))
        cuts = np.interp(np.linspace(0.0, along[-1], turns + 1), along, edges[first : last + 1])
        cuts[[0, -1]] = edges[[first, last]]
        stretch = Stretch(members, equal, tuple(map(to_data, cuts)))
        for member in members:
            for other in members:
                hidden[member] += stretch.turns(other) if other != member else []
        stretches.append(stretch)
    logarithmic = space.axes.get_yscale() == "log"
    for curve, (x, y), parts in zip(curves, sampled, hidden, strict=True):
        if parts:
            curve.turns = _without(x, y, sorted(parts), logarithmic)
            curve.set(solid_capstyle="butt", snap=False)  # so that all turns are exactly in their places
    return stretches


def _course(place: Array, edges: Array) -> Sampled:
    """Return a curve's height and slope midway between edges; NaN where it isn't drawn."""
    across, up = place.T
    middle = (edges[:-1] + edges[1:]) / 2
    after = np.clip(np.searchsorted(across, middle), 1, len(across) - 1)
    width = across[after] - across[after - 1]
    slope = (up[after] - up[after - 1]) / np.where(width > 0, width, np.nan)
    return up[after - 1] + slope * (middle - across[after - 1]), slope


def _together(heights: Array, slopes: Array, close: float) -> Any:
    """Return, for each curve and place, the curves within a distance in units: a bit for each."""
    count = len(heights)
    order = np.argsort(heights, axis=0)  # NaN last
    ordered, steep = (np.take_along_axis(values, order, axis=0) for values in (heights, slopes))
    group, first = np.zeros_like(order), np.zeros_like(order[0])
    for one in range(1, count):
        # all of a group lie within the distance, not just neighbours
        below = np.take_along_axis(ordered, first[None], axis=0)[0]
        steepness = np.minimum(np.abs(steep[one]), np.abs(np.take_along_axis(steep, first[None], axis=0)[0]))
        near = ordered[one] - below < close * np.hypot(1.0, steepness)
        first = np.where(near, first, one)
        group[one] = group[one - 1] + ~near
    bits = 1 << order
    masks = np.zeros_like(bits)
    for one in range(count):
        masks += (group == one) * np.sum(bits * (group == one), axis=0)
    together = np.empty_like(masks)
    np.put_along_axis(together, order, masks, axis=0)
    return together


def _runs(together: Any, breaks: Any) -> Iterator[tuple[tuple[int, ...], bool, int, int]]:
    """Yield the runs of places at which the same curves are together.

    Each has the curves' numbers, whether they are equal, and the first and the last edge.
    """
    for curve, masks in enumerate(together):
        new = np.concatenate([[True], (np.diff(masks) != 0) | breaks[1:-1], [True]])
        for first, last in pairwise(np.flatnonzero(new)):
            mask, equal = divmod(int(masks[first]), 2)
            members = tuple(number for number in range(len(together)) if mask >> number & 1)
            if len(members) > 1 and members[0] == curve:
                yield members, bool(equal), int(first), int(last)


def _drop_crossings(together: Any, lengths: Array, breaks: Any) -> None:
    """Separate curves that are together only briefly, unless they are together just before or after as well."""
    end = together.shape[1]
    for members, equal, first, last in list(_runs(together, breaks)):
        if lengths[members[0], first:last].sum() >= (SHORTEST_EQUAL if equal else SHORTEST):
            continue
        beside = [place for place, edge in ((first - 1, first), (last, last)) if 0 <= place < end and not breaks[edge]]
        among = sum(2 << member for member in members)
        kept = {
            m: max([2 << m, *(int(together[m, place]) & among for place in beside)], key=int.bit_count) for m in members
        }
        for member, mask in kept.items():
            mutual = all(kept[other] == mask for other in members if mask >> other & 2)
            together[member, first:last] = mask if mutual and mask != among else 2 << member


def _without(x: Array, y: Array, hidden: Sequence[tuple[float, float]], logarithmic: bool) -> Sampled:
    """Cut parts out of a curve, exactly at their ends."""
    starts = [-np.inf, *(stop for _, stop in hidden)]
    stops = [*(start for start, _ in hidden), np.inf]
    xs: list[Any] = []
    ys: list[Any] = []
    for start, stop in zip(starts, stops, strict=True):
        if not start < stop:
            continue
        inside = (start < x) & (x < stop)
        ends = [_value(x, y, at, side, logarithmic) for at, side in ((start, "right"), (stop, "left"))]
        xs += [[start], x[inside], [stop], [stop]]
        ys += [[ends[0]], y[inside], [ends[1]], [np.nan]]
    across, up = np.concatenate(xs), np.concatenate(ys)
    finite = np.isfinite(across)
    return across[finite], up[finite]


def _value(x: Array, y: Array, at: float, side: Any, logarithmic: bool) -> float:
    """Return the height of a sampled curve at a place, seen from one side."""
    after = int(np.searchsorted(x, at, side=side))
    if not 0 < after < len(x):
        return float(y[0] if after == 0 else y[-1]) if x[0] <= at <= x[-1] else np.nan
    (left, right), (low, high) = x[after - 1 : after + 1], y[after - 1 : after + 1]
    share = (at - left) / (right - left) if right > left else 0.0
    return float(low * (high / low) ** share if logarithmic and low > 0 and high > 0 else low + share * (high - low))
