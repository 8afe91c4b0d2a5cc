"""Finding room in axes for what is written beside the curves, so that nothing lies on anything else."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz.marks.text import extent_of
from actviz.numerics import Array
from actviz.style import points

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""

CLEARANCE = 0.045
"""Units between text and a curve's middle: half a thick curve."""

NEAR, CLEARLY = 0.07, 0.12
"""Units from a label to its own curve, and how much farther every other curve must be."""

_STEP = 0.03


class Space:
    """What is free in axes whose limits are set, in units from their lower left corner."""

    def __init__(self, axes: "Axes") -> None:
        self.axes = axes
        self.width, self.height = size_of(axes)
        self.curves: list[Array] = []
        self.boxes: list[Box] = []
        self._added: list[tuple[Any, Any, float]] = []

    def anew(self) -> "Space":
        """Return what is free after the limits or the size of the axes have changed, before anything is placed."""
        space = Space(self.axes)
        for x, y, size in self._added:
            if size:
                space.add_point(x, y, size)
            else:
                space.add_curve(x, y)
        return space

    def locate(self, x: Array | Sequence[float], y: Array | Sequence[float]) -> Array:
        """Give the places of data as rows of two units; a place far outside is brought nearer."""
        pixels = self.axes.transData.transform(np.column_stack([x, y]))
        places = self.axes.transAxes.inverted().transform(pixels) * (self.width, self.height)
        return np.asarray(np.clip(places, -3 * self.height, self.width + 3 * self.height))

    def add_curve(self, x: Array | Sequence[float], y: Array | Sequence[float]) -> None:
        """Keep a curve free; NaN is a gap in it."""
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
        self.curves.append(dense[seen])

    def add_point(self, x: float, y: float, size: float = 0.1) -> None:
        """Keep a marker free."""
        self._added.append((x, y, size))
        ((across, up),) = self.locate([x], [y])
        self.boxes.append((across - size / 2, up - size / 2, across + size / 2, up + size / 2))

    def free(self, box: Box) -> bool:
        """Whether a box lies within the axes and on no curve, marker or text."""
        left, bottom, right, top = box
        if left < 0 or bottom < 0 or right > self.width or top > self.height:
            return False
        if any(left < r and l < right and bottom < t and b < top for l, b, r, t in self.boxes):  # noqa: E741
            return False
        return all(float(_distances([box], curve).min(initial=np.inf)) > CLEARANCE for curve in self.curves)

    def add_text(self, text: "Text | Legend") -> bool:
        """Keep free what stands somewhere already, if that is free; tell if it is."""
        pixels = text.get_window_extent()
        left, bottom, right, top = pixels.transformed(self.axes.transAxes.inverted()).extents
        box = (left * self.width, bottom * self.height, right * self.width, top * self.height)
        free = self.free(box)
        if free:
            self.boxes.append(box)
        return free

    def place(self, text: "Text", places: Iterable[tuple[float, float]]) -> bool:
        """Put text at the first place that is free, given as its lower left corner; remove it if there is none.

        Places beside the lines x = 0 and y = 0 come before those on them.
        """
        width, height = extent_of(text)
        boxes = [(left, bottom, left + width, bottom + height) for left, bottom in places]
        for place in np.argsort(self._across_axes(boxes), kind="stable") if boxes else ():
            if self.free(boxes[place]):
                self._put(text, boxes[place])
                return True
        text.remove()
        return False

    def around(self, text: "Text", x: float, y: float, gap: float = 0.06) -> Iterator[tuple[float, float]]:
        """Give places for text beside a point of the data: above it, then below, right before left."""
        width, height = extent_of(text)
        ((across, up),) = self.locate([x], [y])
        for bottom, left in product(
            (up + gap, up - gap - height, up - height / 2), (across + gap, across - gap - width, across - width / 2)
        ):
            yield left, bottom

    def label(self, curves: Sequence["Line2D"], texts: Sequence["Text"]) -> bool:
        """Put each text beside its own curve, where no other is near; if one has no such place, remove all of them.

        The curves are those added, in the same order.
        """
        waiting = sorted(self._beside(index, text) for index, text in enumerate(texts))
        for _, index, boxes in waiting:
            box = next((box for box in boxes if self.free(box)), None)
            if box is None:
                for text in texts:
                    text.remove()
                return False
            self._put(texts[index], box)
        return True

    def _beside(self, index: int, text: "Text") -> tuple[int, int, list[Box]]:
        """Give how many places there are beside a curve, its index, and the places, the best first."""
        width, height = extent_of(text)
        own = self.curves[index]
        if not len(own):
            return 0, index, []
        anchors = own[np.unique(np.linspace(0, len(own) - 1, 60).astype(int))]
        boxes = [
            (left, bottom, left + width, bottom + height)
            for x, y in anchors
            for left in (x + NEAR / 2, x - width / 2, x - NEAR / 2 - width)
            for bottom in (y + NEAR, y - NEAR - height)
        ]
        to_own = _distances(boxes, own).min(axis=1)
        to_others = np.full(len(boxes), np.inf)
        for other, curve in enumerate(self.curves):
            if other != index and len(curve):
                to_others = np.minimum(to_others, _distances(boxes, curve).min(axis=1))
        good = (to_own > CLEARANCE) & (to_own < 2.5 * NEAR) & (to_others > to_own + CLEARLY)
        # away from other curves and from the axes' lines, and rather inside than at an end
        off_centre = np.abs([(left + right) / 2 / self.width - 0.6 for left, _, right, _ in boxes])
        worth = np.minimum(to_others, 0.6) - to_own - 0.3 * self._across_axes(boxes) - 0.2 * off_centre
        order = [place for place in np.argsort(-worth, kind="stable") if good[place]]
        return len(order), index, [boxes[place] for place in order]

    def _across_axes(self, boxes: Sequence[Box]) -> Array:
        """Tell which boxes (1, otherwise 0) lie on the lines x = 0 or y = 0."""
        ((x, y),) = self.locate([0.0], [0.0])
        left, bottom, right, top = np.array(boxes).T
        return np.where(((left < x) & (x < right)) | ((bottom < y) & (y < top)), 1.0, 0.0)

    def _put(self, text: "Text", box: Box) -> None:
        left, bottom, right, top = box
        text.set(
            transform=self.axes.transAxes, horizontalalignment="left", verticalalignment="bottom",
            position=(left / self.width, bottom / self.height),
        )  # fmt: skip
        self.boxes.append((left - 0.02, bottom, right + 0.02, top))


def _distances(boxes: Sequence[Box], points: Array) -> Array:
    """Give the distance of each box (rows) from each point (columns)."""
    left, bottom, right, top = np.array(boxes).T[:, :, None]
    x, y = points.T
    across = np.maximum(np.maximum(left - x, x - right), 0.0)
    return np.asarray(np.hypot(across, np.maximum(np.maximum(bottom - y, y - top), 0.0)))


@contextmanager
def held(axes: "Axes") -> Iterator[None]:
    """Keep the limits while something is added that would widen them, and leave them to matplotlib if they were."""
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
    """Give the width and height of axes in units."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    unit = figure.dpi * points(1)
    return float(axes.bbox.width) / unit, float(axes.bbox.height) / unit
