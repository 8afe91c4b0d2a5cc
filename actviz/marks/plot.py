"""Axes for lines, points, regions, and words that keep clear of them and of each other."""

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from actviz import style
from actviz.marks import names
from actviz.marks.space import BACKING, Space, apart, size_of
from actviz.marks.text import fit, units_of, write
from actviz.marks.ticks import set_ticks
from actviz.marks.turns import Turning, take_turns
from actviz.numerics import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Numbers = NDArray[Any] | Sequence[float]
Limits = tuple[float, float]

ORIGIN, REGION, LINE, POINT, WORDS = 1.0, BACKING + 0.1, 3.0, 5.0, 6.0
"""The order of drawing: tinted regions lie over the patches that interrupt the grid behind words."""

NAME, NOTE = (9.5, 8.5, 7.5), (8.5, 7.5)
"""Sizes in points of names and of other words; the first with room is taken."""

UNDER = 0.12
"""By how many units a logarithmic axis is extended at the bottom."""

ENDS, APART = 9.0, 1.3
"""The size in points of names at the ends of curves, and the distance between them as a multiple of it."""

BASELINE = 0.36
"""How far the baseline of a name is below its middle, as a multiple of its size."""

MOST_OF_FIGURE = 0.3
"""The largest share of a given figure's width for names at the ends of curves."""

BESIDE = 0.08
"""Units from axes to the names at the ends of curves."""

DASHES = ((), (4, 1.6), (1.2, 1.4), (6, 1.4, 1.2, 1.4), (2.5, 1.2), (8, 2))
"""Dashes that tell curves apart besides their colours."""


class Plot:
    """Axes with limits, ticks and the lines x = 0 and y = 0.

    Parameters
    ----------
    axes
        What is drawn into.
    x, y
        The ends of both axes; for a logarithmic y axis the values, not the exponents.
    log
        Whether the y axis is logarithmic.
    whole
        Whether x only has whole values, and so whole ticks.
    bare
        Whether there are neither ticks nor the lines x = 0 and y = 0.
    """

    def __init__(
        self, axes: "Axes", x: Limits, y: Limits, log: bool = False, whole: bool = False, bare: bool = False
    ) -> None:
        self.axes = axes
        axes.set_xlim(x)
        if log:
            axes.set_yscale("log")
            # the label of a tick at the bottom would touch the first one of the x axis
            y = (y[0] * (y[0] / y[1]) ** (UNDER / size_of(axes)[1]), y[1])
        axes.set_ylim(y)
        set_ticks(axes, room=0.42)
        if whole:
            axes.set_xticks([tick for tick in axes.get_xticks() if tick == round(tick)])
        if bare:
            axes.set_xticks([])
            axes.set_yticks([])
        else:
            look: dict[str, Any] = {"color": style.theme().faint, "linewidth": style.scaled(1), "zorder": ORIGIN}
            axes.axvline(0, **look)
            if not log:
                axes.axhline(0, **look)
        axes.set_autoscale_on(False)
        self.space = Space(axes)
        self._named: list[tuple[str, str, Array]] = []
        self._turning: list[Turning] = []

    def line(
        self, x: Numbers, y: Numbers, colour: str, name: str = "", *, dash: int = 0, width: float = style.CURVE_WIDTH,
        ghost: bool = False, turning: bool = False, **look: Any,
    ) -> Array:  # fmt: skip
        """Draw a curve, and return its points in units.

        Parameters
        ----------
        name
            What is written at it when everything is drawn (`finish`).
        dash
            Which of `DASHES`.
        ghost
            Whether words may stand on it.
        turning
            Whether it takes turns with others where they coincide.
        """
        if DASHES[dash]:
            look["dashes"] = DASHES[dash]
        curve = Turning(x, y, color=colour, linewidth=style.scaled(width), **{"zorder": LINE, **look})
        self.axes.add_line(curve)
        if turning:
            self._turning.append(curve)
        if ghost:
            return np.empty((0, 2))
        points = self.space.add_curve(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
        if name:
            self._named.append((name, colour, points))
        return points

    def points(
        self, x: Numbers, y: Numbers, colour: str, marker: str = "o", *, size: float = 5.0, filled: bool = True,
        clear: bool = True, **look: Any,
    ) -> None:  # fmt: skip
        """Draw points, filled or open; with `clear`, words keep clear of them."""
        self.axes.plot(
            x, y, linestyle="none", marker=marker, markersize=style.scaled(size), color=colour,
            markerfacecolor=colour if filled else style.theme().paper, markeredgecolor=colour,
            markeredgewidth=style.scaled(1.2), **{"zorder": POINT, **look},
        )  # fmt: skip
        for one, other in zip(np.ravel(x), np.ravel(y), strict=True) if clear else ():
            self.space.add_point(float(one), float(other), size / 72 + 0.04)

    def say(
        self, words: str | Sequence[str], colour: str | None = None, at: Iterable[Limits] = (), *,
        anywhere: bool = False, backed: bool = False, gap: float = 0.06,
    ) -> None:  # fmt: skip
        """Write words, the first of several that fit, beside one of some points or anywhere; nothing if none fit."""
        points = list(at)
        for one, size in itertools.product([words] if isinstance(words, str) else words, NOTE):
            text = self._text(one, size, colour or style.theme().muted)
            places = [place for x, y in points for place in self.space.around(text, x, y, gap)]
            places += self.space.anywhere(text) if anywhere or not points else []
            if self.space.place(text, places, backed):
                return

    def finish(self) -> None:
        """Let curves that coincide take turns, and write their names, as large as there is room for all."""
        if len(self._turning) > 1:
            take_turns(self.space, self._turning)
        for size in NAME if self._named else ():
            labels = [
                names.Label(self._text(words, size, style.ink(colour)), colour, points)
                for words, colour, points in self._named
            ]
            if names.place(self.space, labels):
                return
            for label in labels:
                label.text.remove()
        for words, colour, _ in self._named:
            text = self._text(words, NAME[-1], style.ink(colour))
            self.space.place(text, self.space.anywhere(text), backed=True)

    def name_ends(self, ends: Sequence[tuple[str, str, float]], room: float) -> None:
        """Write names to the right of the axes, as near as possible to the heights where curves end.

        Parameters
        ----------
        ends
            The name, the colour and the last value of each curve.
        room
            Units to the right of the axes.
        """
        if not ends:
            return
        height, low, high = self.space.height, *self.axes.get_ylim()
        values = np.clip([value for _, _, value in ends], low, high)
        wanted = self.space.locate([self.axes.get_xlim()[1]] * len(ends), values)[:, 1].tolist()
        # not so low that they touch the last tick's label
        top, bottom = -0.05, height - 0.03
        distance = min(APART * ENDS / 72, (bottom - top) / max(len(ends) - 1, 1))
        size = min(ENDS, distance * 72 / APART * 1.05)
        places = apart([height - up for up in wanted], distance, top, bottom)
        for (words, colour, _), down in zip(ends, places, strict=True):
            base = down + BASELINE * size / 72
            text = write(
                self.axes, 1 + BESIDE / self.space.width, 1 - base / height, words, fontsize=style.scaled(size),
                color=style.ink(colour), verticalalignment="baseline",
            )  # fmt: skip
            fit(text, room - BESIDE)

    def _text(self, words: str, size: float, colour: str) -> "Text":
        return write(self.axes, 0.0, 0.0, words, fontsize=style.scaled(size), color=colour, zorder=WORDS)


def around(low: float, high: float, share: float = 0.06) -> Limits:
    """Return the ends of an axis, with some room on both sides of what it shows."""
    room = share * ((high - low) or 1.0)
    return low - room, high + room


def room_for(words: Iterable[str], size: style.Size, most: float = 1.9) -> float:
    """Return the units for names at the ends of curves: what they need, or the most that a figure's size allows."""
    needed = BESIDE + max((units_of(one, ENDS) for one in words), default=0.0) * 1.03
    return min(needed, most, MOST_OF_FIGURE * size.width / size.scale if size.width else most)
