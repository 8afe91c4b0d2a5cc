"""Finding room in axes for what is written beside the curves, so that nothing overlaps."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz.marks.text import extent_of
from actviz.numerics import Array
from actviz.style import scaled, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from matplotlib.text import Text

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""

CLEARANCE = 0.045
"""Least distance in units between text and the middle of a curve: half the width of a thick one."""

EDGE = 0.02
"""Units between text and the axes' left and lower edges."""

BACKING = 1.6
"""The zorder of what interrupts the grid: above it, and below everything else."""

_STEP = 0.03

_CROWDED = 20_000
"""If a curve has more dots than this, one in each square of a step's side is enough: a fast wave fills an area."""


class Space:
    """The free room in axes with set limits, in units from their lower left corner; `tinted` are shaded columns."""

    def __init__(self, axes: "Axes") -> None:
        self.axes = axes
        self.width, self.height = size_of(axes)
        self.curves: list[Array] = []
        self.boxes: list[Box] = []
        self.tinted: list[tuple[float, float]] = []
        self._added: list[tuple[Any, Any, float]] = []

    def anew(self) -> "Space":
        """Return the free room after the axes' limits or size have changed, before anything is placed."""
        space = Space(self.axes)
        for x, y, size in self._added:
            if size:
                space.add_point(x, y, size)
            else:
                space.add_curve(x, y)
        return space

    def locate(self, x: Array | Sequence[float], y: Array | Sequence[float]) -> Array:
        """Return the places of data as rows (x, y) in units; a place far outside is brought nearer."""
        pixels = self.axes.transData.transform(np.column_stack([x, y]))
        places = self.axes.transAxes.inverted().transform(pixels) * (self.width, self.height)
        return np.asarray(np.clip(places, -3 * self.height, self.width + 3 * self.height))

    def add_curve(self, x: Array | Sequence[float], y: Array | Sequence[float]) -> Array:
        """Keep a curve free, in which NaN is a gap; return points along its visible part, in units."""
        self._added.append((x, y, 0.0))
        places = self.locate(x, y)
        start, step = places[:-1], np.diff(places, axis=0)
        joined = np.isfinite(step).all(axis=1)
        start, step = start[joined], step[joined]
        count = np.ceil(np.hypot(*step.T) / _STEP).astype(int) + 1
        which = np.repeat(np.arange(len(count)), count)
        share = (np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)) / count[which]
        dense = start[which] + share[:, None] * step[which]
        seen = (np.abs(dense - (self.width / 2, self.height / 2)) <= (self.width / 2, self.height / 2)).all(axis=1)
        dense = dense[seen]
        if len(dense) > _CROWDED:
            across, up = np.floor(dense / _STEP).astype(np.int64).T
            dense = dense[np.sort(np.unique(across * 2**32 + up, return_index=True)[1])]
        self.curves.append(dense)
        return self.curves[-1]

    def add_point(self, x: float, y: float, size: float = 0.1) -> None:
        """Keep a marker free."""
        self._added.append((x, y, size))
        ((across, up),) = self.locate([x], [y])
        self.boxes.append((across - size / 2, up - size / 2, across + size / 2, up + size / 2))

    def free(self, box: Box) -> bool:
        """Whether a box lies within the axes and on no curve, marker or text."""
        left, bottom, right, top = box
        if left < EDGE or bottom < EDGE or right > self.width or top > self.height:
            return False
        if self._taken(box):
            return False
        return all(float(distances([box], curve).min(initial=np.inf)) > CLEARANCE for curve in self.curves)

    def _taken(self, box: Box) -> bool:
        """Whether a box lies on a marker or on text."""
        left, bottom, right, top = box
        return any(left < r and l < right and bottom < t and b < top for l, b, r, t in self.boxes)  # noqa: E741

    def add_text(self, text: "Text | Legend") -> bool:
        """Keep the place of text that is there already, if it is free; return whether it is."""
        pixels = text.get_window_extent()
        left, bottom, right, top = pixels.transformed(self.axes.transAxes.inverted()).extents
        box = (left * self.width, bottom * self.height, right * self.width, top * self.height)
        free = self.free(box)
        if free:
            self.boxes.append(box)
        return free

    def place(self, text: "Text", places: Iterable[tuple[float, float]], backed: bool = False) -> bool:
        """Put text at the first free place, given as its lower left corner; remove it, and return False, without one.

        Places beside the lines x = 0 and y = 0 come before those on them. Text interrupts the grid; if backed, it also
        keeps a distance from everything else.
        """
        width, height = extent_of(text)
        boxes = [(left, bottom, left + width, bottom + height) for left, bottom in places]
        wider = [(left - 0.03, bottom, right + 0.03, top) for left, bottom, right, top in boxes]
        for place in np.argsort(self.across_axes(wider), kind="stable") if boxes else ():
            left, bottom, right, top = boxes[place]
            around = 0.04 if backed else 0.0
            if self.free((left - around, bottom - around, right + around, top + around)):
                self.put(text, boxes[place])
                self.back(boxes[place])
                return True
        text.remove()
        return False

    def place_lines(self, texts: Sequence["Text"], middles: Iterable[float], heights: Iterable[float]) -> bool:
        """Put lines, centred, at the first free middle and height; remove them, and return False, without one."""
        sizes = [extent_of(text) for text in texts]
        for middle, height in product(middles, heights):
            top = height + sum(high + 0.03 for _, high in sizes) / 2
            boxes: list[Box] = []
            for wide, high in sizes:
                boxes.append((middle - wide / 2, top - high, middle + wide / 2, top))
                top -= high + 0.03
            wider = [(left - 0.03, bottom, right + 0.03, top) for left, bottom, right, top in boxes]
            higher = [(left, bottom - 0.04, right, top + 0.04) for left, bottom, right, top in boxes]
            free = all(map(self.free, boxes)) and not any(map(self._taken, higher))
            if free and not self.across_axes(wider).any():
                for text, box in zip(texts, boxes, strict=True):
                    self.put(text, box)
                    self.back(box)
                return True
        for text in texts:
            text.remove()
        return False

    def place_along(self, text: "Text", anchors: Array, line: Array, side: float) -> bool:
        """Put text along a line, rotated like it, at the first anchor with room; without one, remove it, return False.

        Parameters
        ----------
        side
            1 for above the line, -1 for below it; the other side is tried afterwards.
        """
        width, height = extent_of(text)
        way = (line[1] - line[0]) * math.copysign(1.0, line[1, 0] - line[0, 0])
        if not way.any():  # too short a stretch to have a direction
            text.remove()
            return False
        way = way / np.hypot(*way)
        up = np.array([-way[1], way[0]])
        shares = np.linspace(-0.5, 0.5, max(3, math.ceil(2 * width / height)))
        beyond = np.outer((-1.0, 1.0), (width / 2 + 0.1) * way)
        for above, anchor in product((side, -side), anchors):
            middle = anchor + above * (0.05 + height / 2) * up
            half = 0.36 * height  # within the turned letters
            along = middle + shares[:, None] * (width - 2 * half) * way
            boxes = [(x - half, y - half, x + half, y + half) for x, y in along.tolist()]
            reach = np.abs(width / 2 * way) + np.abs(height / 2 * up) + 0.03
            if ((middle < reach) | (middle + reach > (self.width, self.height))).any():
                continue
            # nothing at its ends should be read as a part of it
            ends = [(x - half, y - half, x + half, y + half) for x, y in (middle + beyond).tolist()]
            if not all(map(self.free, boxes)) or any(map(self._taken, ends)):
                continue
            if not self.across_axes(boxes).any():
                angle = math.degrees(math.atan2(way[1], way[0]))
                text.set(
                    position=(middle[0] / self.width, middle[1] / self.height), rotation=angle, rotation_mode="anchor",
                    horizontalalignment="center", verticalalignment="center",
                )  # fmt: skip
                self.boxes += [(left - 0.12, low, right + 0.12, high) for left, low, right, high in boxes]
                sides = width / 2 * way, height / 2 * up
                corners = [middle + a * sides[0] + b * sides[1] for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
                self._patch([corner.tolist() for corner in corners], theme().paper)
                return True
        text.remove()
        return False

    def around(self, text: "Text", x: float, y: float, gap: float = 0.06) -> Iterator[tuple[float, float]]:
        """Yield places for text around a point of the data: above, below, then level with it; right before left."""
        width, height = extent_of(text)
        ((across, up),) = self.locate([x], [y])
        for bottom, left in product(
            (up + gap, up - gap - height, up - height / 2), (across + gap, across - gap - width, across - width / 2)
        ):
            yield left, bottom

    def anywhere(self, text: "Text") -> list[tuple[float, float]]:
        """List places for text all over the axes, from the top and the left."""
        width, height = extent_of(text)
        across = np.linspace(0.1, self.width - 0.1 - width, 6)
        up = np.linspace(self.height - 0.05 - height, 0.05, 8)
        return [(float(left), float(bottom)) for bottom, left in product(up, across)]

    def across_axes(self, boxes: Sequence[Box]) -> Array:
        """Return 1 for each box that lies on the line x = 0 or y = 0, and 0 for the others."""
        ((x, y),) = self.locate([0.0], [0.0])
        left, bottom, right, top = np.array(boxes).T
        return np.where(((left < x) & (x < right)) | ((bottom < y) & (y < top)), 1.0, 0.0)

    def put(self, text: "Text", box: Box) -> None:
        """Put text into a box, which is no longer free."""
        left, bottom, right, top = box
        text.set(
            transform=self.axes.transAxes, horizontalalignment="left", verticalalignment="bottom",
            position=(left / self.width, bottom / self.height),
        )  # fmt: skip
        self.boxes.append((left - 0.02, bottom, right + 0.02, top))

    def back(self, box: Box) -> None:
        """Interrupt the grid behind what is written in a box."""
        left, bottom, right, top = box
        self._patch([(left, bottom), (right, bottom), (right, top), (left, top)], theme().paper)
        for start, stop in self.tinted:
            first, last = max(left, start), min(right, stop)
            if first < last:
                self._patch([(first, bottom), (last, bottom), (last, top), (first, top)], theme().tint)

    def _patch(self, corners: Sequence[Sequence[float]], colour: str) -> None:
        from matplotlib.patches import Polygon

        self.axes.add_patch(
            Polygon(
                [(x / self.width, y / self.height) for x, y in corners],
                transform=self.axes.transAxes, facecolor=colour, linewidth=0, zorder=BACKING, gid="backing",
            )
        )  # fmt: skip


def distances(boxes: Sequence[Box], points: Array) -> Array:
    """Return the distances between boxes (rows) and points (columns)."""
    left, bottom, right, top = np.array(boxes).T[:, :, None]
    x, y = points.T
    across = np.maximum(np.maximum(left - x, x - right), 0.0)
    return np.asarray(np.hypot(across, np.maximum(np.maximum(bottom - y, y - top), 0.0)))


def apart(wanted: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Move places as little as possible, so that they keep a distance and their order, and stay between two ends.

    Places that would be closer than that form a block, which is centred on the mean of where they want to be.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[list[int]] = []

    def begin(block: list[int]) -> float:
        middle = sum(wanted[index] for index in block) / len(block)
        length = distance * (len(block) - 1)
        return min(max(middle - length / 2, low), max(low, high - length))

    for index in order:
        blocks.append([index])
        while len(blocks) > 1 and begin(blocks[-1]) < begin(blocks[-2]) + distance * len(blocks[-2]) - 1e-9:
            last = blocks.pop()
            blocks[-1] += last
    places = [0.0] * len(wanted)
    for block in blocks:
        for step, index in enumerate(block):
            places[index] = begin(block) + distance * step
    return places


@contextmanager
def held(axes: "Axes") -> Iterator[None]:
    """Keep the limits while something is added that would widen them; automatic ones are automatic again afterwards."""
    limits, automatic = (axes.get_xlim(), axes.get_ylim()), (axes.get_autoscalex_on(), axes.get_autoscaley_on())
    if not any(automatic):
        yield
        return
    axes.set_autoscale_on(False)
    try:
        yield
    finally:
        axes.set_xlim(limits[0], auto=automatic[0])
        axes.set_ylim(limits[1], auto=automatic[1])


def size_of(axes: "Axes") -> tuple[float, float]:
    """Return the width and height of axes in units."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    unit = figure.dpi * scaled(1)
    return float(axes.bbox.width) / unit, float(axes.bbox.height) / unit
