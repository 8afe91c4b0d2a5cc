"""Panels of equal size, with as many side by side as makes them largest."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actviz.errors import InputError
from actviz.figures.sheet import BETWEEN, FOOTER, LEFT, RIGHT, SMALL_PANEL, Grid, write
from actviz.style import Size, scaled, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMED_FOOTER = 0.62
"""Units below axes whose x axis has a name."""

AXIS_NAME = 0.26
"""Units from axes to the name of the x axis."""

COMFORTABLE, NARROW, SMALLEST = 1.3, 1.6, 0.9
"""In units: the sides that panels should have, the width that allows one more beside them, and the least sides."""

FARTHER = 0.7
"""How many units farther apart square panels may stand than others."""

MOST_COLUMNS = 4

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""The sizes of text to try where the panels would be small, as shares of the usual."""


class Panels(Grid):
    """A grid with a column for each thing that is shown, in several bands if they have no room side by side.

    Parameters
    ----------
    size
        The figure's size.
    count
        How many columns there are, in all bands together.
    rows
        How many panels each column has, one below another.
    by_rows
        Whether the bands of a row, not the rows of a band, follow one another.
    square
        Whether panels are as wide as high.
    panel
        Width and height of the axes in units, where the size leaves that to the figure.
    room
        Units to the right of each panel for names at the ends of its curves.
    left, between, footer
        As for `Grid`; more footer is needed if the x axes have names.
    narrow
        How wide panels must be, in units, for one more beside them, where the height is free.
    choices
        How many columns may stand side by side; by default whatever makes the panels largest.
    more
        Other arguments of `Grid`.

    Raises
    ------
    InputError
        If there is no room for the panels.
    """

    def __init__(
        self,
        size: Size,
        count: int,
        rows: int = 1,
        by_rows: bool = False,
        square: bool = False,
        panel: tuple[float, float] = SMALL_PANEL,
        room: float = 0.0,
        left: float = LEFT,
        between: float = BETWEEN,
        footer: float = FOOTER,
        narrow: float = NARROW,
        choices: Sequence[int] = (),
        **more: Any,
    ) -> None:
        self.count, self.bands_of, self.by_rows, self.room, self.square = count, rows, by_rows, room, square
        wide = {"panel": (panel[0] + room, panel[1]), "left": left, "between": between, "footer": footer, **more}
        best, reason = 0.0, None
        for columns in choices or self._candidates(size, left, between, narrow):
            bands = -(-count // columns)
            try:
                super().__init__(size, columns, bands * rows, smallest=(SMALLEST + room, SMALLEST), **wide)
            except InputError as error:
                reason = reason or error
                continue
            # preferably without empty places
            worth = self.side * math.sqrt(count / columns / bands) if size.width and size.height else columns
            if worth > best + 1e-9:
                best, chosen = worth, (columns, bands)
        if not best:
            assert reason is not None
            raise reason
        columns, bands = chosen
        if square and size.height is None and size.width is not None:  # as high as the width makes them
            super().__init__(size, columns, bands * rows, smallest=(SMALLEST + room, SMALLEST), **wide)
            wide["panel"] = (self.width, self.width - room)
        super().__init__(size, columns, bands * rows, smallest=(SMALLEST + room, SMALLEST), **wide)
        if square:
            self._make_square()

    def _candidates(self, size: Size, left: float, between: float, narrow: float) -> Iterator[int]:
        """Yield numbers of columns, for each number of bands the smallest one that will do."""
        most = self.count
        if size.width is None:
            most = min(self.count, MOST_COLUMNS)
        elif size.height is None:
            across = size.width / size.scale - left - RIGHT + between
            least = narrow if size.headed else max(narrow, NARROW)
            most = max(1, min(self.count, int(across / (least + self.room + between))))
        bands = sorted({-(-self.count // columns) for columns in range(1, most + 1)})
        yield from (-(-self.count // band) for band in bands)

    @property
    def side(self) -> float:
        """How large the axes are: their width, or their height (if not square, 1.25 times it) if that is less."""
        width = self.width - self.room
        return min(width, self.height if self.square else 1.25 * self.height)

    @property
    def comfortable(self) -> bool:
        """Whether the panels are large enough for usual text."""
        return self.side >= COMFORTABLE

    def _make_square(self) -> None:
        """Make the axes square, and put the space that this leaves between and around them."""
        side = min(self.width - self.room, self.height)
        across, down = self.width - self.room - side, self.height - side
        self.width, self.height = side + self.room, side
        if self.columns > 1:
            self.between += min(across * self.columns / (self.columns - 1), FARTHER)
        self.above += down / 3
        self.footer += down

    def add(
        self, index: int, title: str | Sequence[str] = "", over: str = "", under: str = "", row: int = 0, **more: Any
    ) -> "Axes":
        """Add the axes of a row in a column, with a title, a small line over it, and the name of the x axis below.

        Columns are counted through all bands.
        """
        column, band = index % self.columns, index // self.columns
        bands = -(-self.count // self.columns)
        place = row * bands + band if self.by_rows else band * self.bands_of + row
        axes = self.panel(column, place, title, over, **more)
        width = self.width - self.room
        left, top = self.corner(column, place)
        if self.room:
            axes.set_position((left / self.across, 1 - (top + self.height) / self.down, width / self.across,
                               self.height / self.down))  # fmt: skip
        if under:
            middle = left + width / 2
            room = width if self.columns > 1 else 2 * min(middle, self.across - middle)
            write(self.figure, middle, top + self.height + AXIS_NAME, under, room, fontsize=scaled(9),
                  color=theme().muted, horizontalalignment="center", verticalalignment="top")  # fmt: skip
        return axes


def comfortable(size: Size, arrange: Callable[[Size], Panels]) -> Size:
    """Return the same size, with smaller text if its sides are given and its panels would be small.

    Parameters
    ----------
    arrange
        Arranges the panels on a figure of a size; raises InputError if there is no room for them.
    """
    best = size
    for share in SHARES if size.width and size.height else ():
        smaller = replace(size, scale=size.scale * share)
        try:
            enough = arrange(smaller).comfortable
        except InputError:
            continue
        best = smaller
        if enough:
            break
    return best
