"""What is placed around curves follows the axes: with other limits, or another size, it is placed anew."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist

from actviz import style
from actviz.marks.space import Space, held, size_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D


class Following(Artist):
    """Notes and names around curves, placed where there is room with the axes' present limits and size.

    It draws nothing itself. A figure draws it before its axes, so it sees what a layout has made of them.

    Parameters
    ----------
    space
        The space in the axes, with the curves in it.
    curves
        If one of them is removed, so is what stands around them.
    place
        Puts notes and names into a space, and returns whether the names have found room; if they haven't, there is a
        legend instead.
    """

    def __init__(self, space: Space, curves: Sequence["Line2D"], place: Callable[[Space], bool]) -> None:
        super().__init__()
        self.set(zorder=-math.inf, in_layout=False)
        self._look = style.look()
        self._space, self._curves, self._place = space, curves, place
        self._placed: list[Artist] = []
        self._seen: tuple[float, ...] = ()
        self._busy = False
        self.fits = self._put(space)
        figure = space.axes.get_figure()
        assert figure is not None
        figure.add_artist(self)
        for change in ("xlim_changed", "ylim_changed"):
            space.axes.callbacks.connect(change, self._look_again)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what can't be pickled: in an unpickled figure, notes stay where they are."""
        state: dict[str, Any] = super().__getstate__()  # type: ignore[assignment]
        return {**state, "_place": None}

    def draw(self, renderer: Any) -> None:
        """Follow a change of the axes' size."""
        self._look_again(self._space.axes)

    def _look_again(self, axes: "Axes") -> None:
        if self._place is None or self._busy or self._view() == self._seen:
            return
        with self._look.applied():
            children = axes.get_children()
            for artist in self._placed:
                if artist in children:
                    artist.remove()
            self._placed = []
            if not all(curve in children for curve in self._curves):
                self._place = None  # type: ignore[assignment]
            elif not self._put(self._space.anew()) and not axes.get_legend():
                self._placed.append(axes.legend(handles=self._curves))

    def _view(self) -> tuple[float, ...]:
        """Return what places depend on, without rounding errors: limits and size."""
        axes = self._space.axes
        return (*axes.get_xlim(), *axes.get_ylim(), *(round(side, 6) for side in size_of(axes)))

    def _put(self, space: Space) -> bool:
        axes = space.axes
        self._busy = True
        before = set(axes.get_children())
        try:
            with held(axes):
                return not _usual(axes) or self._place(space)
        finally:
            self._placed = [child for child in axes.get_children() if child not in before]
            self._seen, self._busy = self._view(), False
            if self._look.guest:
                for artist in self._placed:
                    artist.set_gid(None)  # meant for our own figures; in somebody else's they could occur twice


def _usual(axes: "Axes") -> bool:
    """Whether the axes' limits are in order, so that left is left."""
    return all(low < high for low, high in (axes.get_xlim(), axes.get_ylim()))
