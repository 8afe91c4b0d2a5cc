"""Names at curves: each beside its own curve where no other is near, with a leader line if need be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz.marks.space import CLEARANCE, EDGE, Box, Space, distances
from actviz.marks.text import extent_of
from actviz.numerics import Array
from actviz.style import scaled

if TYPE_CHECKING:
    from matplotlib.text import Text

NEAR, CLEARLY = 0.07, 0.1
"""Units from a name to its own curve, and how much farther every other curve must be."""

GAP = 0.02
"""Units between a name and its leader line."""

BESIDE = 0.16
"""Units between names at the same height, so that they aren't read as one."""

INWARDS = 0.08
"""Least distance in units from the ends of the x axis to the end of a leader line."""

MARGIN = 0.03
"""Units between a name and the lines x = 0 and y = 0."""

CROSSING, MOST_CROSSED = 0.5, 2
"""By how many units a leader line may be longer to avoid crossing another curve, and how many it may cross."""

APART = 0.08
"""The distance in units from every other curve at which a leader line clearly ends at its own."""

LEADERS = (0.2, 0.3, 0.42, 0.56, 0.75, 1.0)
"""The lengths in units that a leader line may have."""

SLANTS = (0.0, -0.6, 0.6)
"""How far a leader line goes to the side for each unit up or down."""

MOST_TRIED = 60
"""The most places with a leader line that are tried for a name."""

LEADER = 4
"""The zorder of leader lines: over the curves."""


Leader = tuple[tuple[float, float], tuple[float, float]]
"""The ends of a leader line, at the curve and at the name."""


@dataclass(frozen=True)
class _Place:
    """Where a name may stand, what the place is worth, and its leader line if it has one."""

    worth: float
    box: Box
    leader: Leader | None = None

    @property
    def dots(self) -> Array:
        """Points along the leader line."""
        return np.empty((0, 2)) if self.leader is None else _dots(self.leader)


@dataclass(frozen=True)
class Label:
    """What is written at a curve.

    Parameters
    ----------
    text, colour
        The words, and the colour of their leader line.
    curve
        Points along the curve, in units.
    turns
        The middles of the curve's turns where others are near but not equal, in units.
    at
        The points at which the words may stand or their leader line may end; by default any point of the curve.
    leader
        Whether they may stand away from the curve, with a leader line to it.
    """

    text: "Text"
    colour: str
    curve: Array
    turns: Array = field(default_factory=lambda: np.empty((0, 2)))
    at: Array | None = None
    leader: bool = True


def place(space: Space, labels: Sequence[Label]) -> bool:
    """Put each label at its own curve; if one has no place, put none and return False."""
    found = _choose(space, labels) if labels else []
    if found is None:
        return False
    for label, chosen in zip(labels, found, strict=True):
        space.put(label.text, chosen.box)
        space.back(chosen.box)
        if chosen.leader:
            across, up = np.array(chosen.leader).T
            look: dict[str, Any] = {"transform": space.axes.transAxes, "color": label.colour, "zorder": LEADER}
            space.axes.plot(
                across / space.width, up / space.height, linewidth=scaled(0.9), gid="leader",
                solid_capstyle="butt", **look,
            )  # fmt: skip
            if label.at is None:
                space.axes.plot(
                    across[:1] / space.width, up[:1] / space.height, "o", markersize=scaled(4), gid="leader-end", **look
                )
            space.curves.append(chosen.dots)
    return True


def _choose(space: Space, labels: Sequence[Label]) -> list[_Place] | None:
    """Choose a place for each label: those with few places first, and before all others one that has found none."""
    if not all(len(label.curve) for label in labels):
        return None
    beside = [_beside(space, label) for label in labels]
    led: dict[int, list[_Place]] = {}
    order = sorted(range(len(labels)), key=lambda index: len(beside[index]))
    for _ in labels:
        chosen: dict[int, _Place] = {}
        for index in order:
            taken = list(chosen.values())
            free = next((one for one in beside[index] if _is_free(space, one, taken)), None)
            if free is None:
                if index not in led:
                    led[index] = _led(space, labels[index]) if labels[index].leader else []
                free = next((one for one in led[index] if _is_free(space, one, taken)), None)
            if free is None:
                break
            chosen[index] = free
        else:
            return [chosen[index] for index in range(len(labels))]
        if order[0] == index:
            return None
        order = [index, *(other for other in order if other != index)]
    return None


def _is_free(space: Space, one: _Place, taken: Sequence[_Place]) -> bool:
    """Whether a place keeps clear of everything, including names that have been placed and their leader lines."""
    left, bottom, right, top = one.box
    for other in taken:
        l, b, r, t = other.box  # noqa: E741
        if left < r + BESIDE and l < right + BESIDE and bottom < t + 0.02 and b < top + 0.02:
            return False
        if len(other.dots) and distances([one.box], other.dots).min() < CLEARANCE:
            return False
        if len(one.dots) and (
            distances([other.box], one.dots).min() < CLEARANCE
            or (len(other.dots) and np.hypot(*(one.dots[:, None] - other.dots[None]).T).min() < CLEARANCE)
        ):
            return False
    dots = _away(one.dots)
    if len(dots) and any(_inside(box, dots) for box in space.boxes):
        return False
    return space.free(one.box)


def _away(dots: Array) -> Array:
    """Leave out the part of a leader line that is near its curve."""
    return np.asarray(dots[np.hypot(*(dots - dots[:1]).T) > APART])


def _inside(box: Box, dots: Array) -> bool:
    return bool((distances([box], dots) == 0).any())


def _beside(space: Space, label: Label) -> list[_Place]:
    """List the places right beside a curve, the best first."""
    own, others = label.curve, _others(space, label)
    anchors = own[np.unique(np.linspace(0, len(own) - 1, 60).astype(int))] if label.at is None else label.at
    width, height = extent_of(label.text)
    aside = NEAR / 2 if label.at is None else NEAR
    boxes = [
        (left, bottom, left + width, bottom + height)
        for x, y in anchors
        for left in (x + aside, x - width / 2, x - aside - width)
        for bottom in (y + NEAR, y - NEAR - height, *([] if label.at is None else [y - height / 2]))
    ]
    boxes = _within(space, boxes)
    if not boxes:
        return []
    to_own = distances(boxes, own).min(axis=1)
    near = np.flatnonzero((to_own > CLEARANCE) & (to_own < 2.5 * NEAR))
    if not len(near):
        return []
    boxes, to_own = [boxes[place] for place in near], to_own[near]
    to_others = distances(boxes, others).min(axis=1, initial=np.inf)
    # away from other curves, and preferably inside rather than at an end
    off_centre = np.abs([(left + right) / 2 / space.width - 0.6 for left, _, right, _ in boxes])
    worth = np.minimum(to_others, 0.6) - to_own - 0.2 * off_centre
    good = to_others > (to_own + CLEARLY if label.at is None else CLEARANCE)
    return [_Place(float(worth[place]), boxes[place]) for place in np.argsort(-worth, kind="stable") if good[place]]


def _led(space: Space, label: Label) -> list[_Place]:
    """List the places from which a leader line reaches the curve where it is apart from others, the best first.

    If there is no such place, the leader line goes to one of its turns.
    """
    own, others = label.curve, _others(space, label)
    width, height = extent_of(label.text)
    anchors = own[np.unique(np.linspace(0, len(own) - 1, 80).astype(int))]
    room = np.hypot(*(anchors[:, None] - others[None]).T).min(axis=0, initial=np.inf)
    marked = [distances([box], anchors)[0] < APART for box in space.boxes]
    inside = np.abs(anchors[:, 0] - space.width / 2) <= space.width / 2 - INWARDS
    alone = inside & (room > APART) & ~np.any([np.zeros(len(anchors), dtype=bool), *marked], axis=0)
    anchors, room = anchors[alone], room[alone]
    if label.at is not None or not len(anchors):
        anchors = label.turns if label.at is None else label.at
        room = np.zeros(len(anchors))
    places = []
    for (x, y), clear in zip(anchors, room, strict=True):
        for length in LEADERS:
            for way in (1, -1):
                for slant in SLANTS:
                    end = (float(x + slant * length), float(y + way * length))
                    bottom = end[1] + GAP if way > 0 else end[1] - GAP - height
                    for share in (0.5, 0.15, 0.85, 0.0, 1.0):
                        left = end[0] - share * width
                        box = (left, bottom, left + width, bottom + height)
                        worth = min(clear, 0.3) - length - 0.1 * abs(slant) - 0.1 * abs(share - 0.5)
                        places.append(_Place(worth, box, ((float(x), float(y)), end)))
    allowed = set(_within(space, [one.box for one in places]))
    points_of_all = np.concatenate([own, others])

    @cache
    def crossed(leader: Leader) -> int:
        """How many curves a leader line, which several places share, crosses."""
        return sum(_meets(leader, curve) for curve in space.curves if curve is not own)

    @cache
    def leaves(leader: Leader) -> bool:
        return _leaves(leader, own)

    good: list[_Place] = []
    for one in sorted(places, key=lambda one: -one.worth):
        assert one.leader is not None
        if (
            one.box in allowed
            and crossed(one.leader) <= MOST_CROSSED
            and distances([one.box], points_of_all).min() > CLEARANCE
            and leaves(one.leader)
        ):
            good.append(replace(one, worth=one.worth - CROSSING * crossed(one.leader)))
            if len(good) == MOST_TRIED:
                break
    return sorted(good, key=lambda one: -one.worth)


def _dots(leader: Leader) -> Array:
    start, stop = map(np.array, leader)
    return np.asarray(start + np.linspace(0.0, 1.0, 30)[:, None] * (stop - start))


def _meets(leader: Leader, curve: Array) -> bool:
    """Whether a leader line meets a curve anywhere but at the line's end."""
    return bool((_gaps(_away(_dots(leader)), curve, APART / 2) < APART / 2).any())


def _leaves(leader: Leader, own: Array) -> bool:
    """Whether a leader line meets its own curve only at its end."""
    dots = _dots(leader)
    away = np.hypot(*(dots - dots[0]).T)
    return bool((_gaps(dots, own, 0.06) >= np.minimum(0.35 * away, 0.06) - 0.02).all())


def _gaps(dots: Array, curve: Array, reach: float) -> Array:
    """Return the distance of each dot from a curve; where the curve is out of reach, infinity will do."""
    (left, bottom), (right, top), (x, y) = dots.min(axis=0) - reach, dots.max(axis=0) + reach, curve.T
    near = curve[(left <= x) & (x <= right) & (bottom <= y) & (y <= top)]
    return np.asarray(np.hypot(*(dots[:, None] - near[None]).T).min(axis=0, initial=np.inf))


def _others(space: Space, label: Label) -> Array:
    """Gather the points of everything drawn except the label's own curve."""
    return np.concatenate([np.empty((0, 2)), *(curve for curve in space.curves if curve is not label.curve)])


def _within(space: Space, boxes: Sequence[Box]) -> list[Box]:
    """Return the boxes that lie within the axes, and not on the lines x = 0 and y = 0."""
    inside = [b for b in boxes if b[0] >= EDGE and b[1] >= EDGE and b[2] <= space.width and b[3] <= space.height]
    if not inside:
        return []
    wider = [(left - MARGIN, bottom - MARGIN, right + MARGIN, top + MARGIN) for left, bottom, right, top in inside]
    return [box for box, on in zip(inside, space.across_axes(wider), strict=True) if not on]
