"""Where things are on a figure: panels in rows and columns by arithmetic alone, and text that is made to fit.

A unit is an inch at scale 1: an inch times the scale of the figure's size.
"""

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from actviz.errors import InputError
from actviz.style import FONT, Size, line, points, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

HEADER, KIND, PANEL_TITLE, FOOTER = 0.46, 0.2, 0.34, 0.4
"""Units, from top to bottom: the figure's title, and of each panel what it shows, its title and its tick labels."""

PANEL = (5.48, 2.5)
"""Width and height of the axes of the only panel in its row."""

SMALL_PANEL = (2.7, 2.2)
"""Width and height of the axes of one panel of several in a row."""

FRACTION = 0.2
"""Units that a fraction adds to the height of a panel's title."""

LINE = 0.19
"""Units that a panel's title is high at least, so that what stands over it is aligned."""

LEFT, RIGHT = 0.62, 0.3

BETWEEN = 0.5
"""Units between columns."""

APART = 0.85
"""The share of the distance between bars that words under or over them may take."""

SMALLEST_PANEL = 0.7
"""Units that the axes of a panel are wide and high at least."""


def sheet(size: tuple[float, float]) -> "Figure":
    """Make an empty figure of a size in units, without pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(points(size[0]), points(size[1])))
    FigureCanvasAgg(figure)
    return figure


def panel(figure: "Figure", left: float, top: float, width: float, height: float, **options: Any) -> "Axes":
    """Add axes at a place in units, measured from the figure's top left corner."""
    across, down = figure.get_size_inches() / points(1)
    return figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down), **options)


def write(figure: "Figure", left: float, top: float, text: str, width: float, **options: Any) -> "Text":
    """Write text at a place in units from the top left corner, shrunk or cut so that it stays within the width."""
    from actviz.figures import typeset

    across, down = figure.get_size_inches() / points(1)
    written = typeset.write(figure, left / across, 1 - top / down, text, **options)
    fit(written, width)
    return written


def families(text: str, weight: str) -> list[str]:
    """Choose fonts that have all characters of a text: our own, and an installed one for what it lacks.

    Raises
    ------
    InputError
        If no installed font has a character.
    """
    from matplotlib import font_manager as fonts

    own = FONT
    chosen = [own]
    lacking = _lacking(text, fonts.findfont(fonts.FontProperties(family=own, weight=weight)))
    # a "last resort" font has a box for every character
    others = [entry for entry in fonts.fontManager.ttflist if not entry.name.startswith("Last Resort")]
    for entry in sorted(others, key=lambda entry: (entry.name, entry.fname)) if lacking else ():
        if entry.name not in chosen and len(left := _lacking(lacking, entry.fname)) < len(lacking):
            chosen, lacking = [*chosen, entry.name], left
    if lacking:
        raise InputError(f"no installed font has the characters '{lacking[:20]}' of the title")
    return chosen


def _lacking(text: str, path: str) -> str:
    """Give the characters of a text that a font hasn't got."""
    from matplotlib.font_manager import get_font

    glyphs = get_font(path).get_charmap()
    return "".join(character for character in dict.fromkeys(text) if ord(character) not in glyphs)


def fit(text: "Text", width: float) -> None:
    """Shrink text to a width in units, to six tenths of its size at most, and cut it; a formula is only shrunk."""
    whole = text.get_text()
    # no character of our font is wider than its size: what is short enough for that needs no measuring
    if "$" not in whole and whole.isascii() and len(whole) * float(text.get_fontsize()) / points(72) <= width:
        return
    units = width_of(text)
    if units <= width:
        return
    smallest = 0.3 if "$" in whole and text.get_parse_math() else 0.6
    text.set_fontsize(float(text.get_fontsize()) * max(smallest, width / units * 0.99))
    if smallest < 0.6 or width_of(text) <= width:
        return
    keep, cut = 0, len(whole)
    while cut - keep > 1:
        middle = (keep + cut) // 2
        text.set_text(whole[:middle].rstrip() + "…")
        keep, cut = (middle, cut) if width_of(text) <= width else (keep, middle)
    text.set_text(whole[:keep].rstrip() + "…")


def set_ticks(axes: "Axes", room: float) -> None:
    """Put ticks at round numbers; labels that are too wide become fewer under the axes, and smaller.

    Parameters
    ----------
    room
        Units to the left of the axes.
    """
    from matplotlib.ticker import FixedLocator, NullLocator

    width, height = size_of(axes)
    for axis in (axes.xaxis, axes.yaxis):
        if axis.get_scale() == "log":
            axis.set_major_locator(FixedLocator(_powers_of_ten(*axis.get_view_interval(), most=min(8, height / 0.22))))
            axis.set_minor_locator(NullLocator())
        else:
            _tick(axis, "auto")
    axes.yaxis.get_offset_text().set(horizontalalignment="right", x=-0.01)  # beside the panel's title, not over it
    most = int(width / (1.4 * (_widest(axes.xaxis) or 1.0)))
    if len(axes.get_xticks()) > most:
        _tick(axes.xaxis, max(1, most - 1))
        apart = width * float(np.diff(axes.get_xticks()).min(initial=np.inf) / np.ptp(axes.get_xlim()))
        _shrink(axes, "x", 1.15 * _widest(axes.xaxis), apart)
    low, high = axes.get_xlim()
    beyond = width * (high - axes.get_xticks().max(initial=low)) / (high - low)
    _shrink(axes, "x", _widest(axes.xaxis) / 2, beyond + BETWEEN / 2)
    widest = _widest(axes.yaxis)
    if widest > 1.3 * room and axes.get_yscale() == "linear":
        # many digits that are the same: once, inside the axes, and at the ticks what is added to them
        axes.ticklabel_format(axis="y", useOffset=True)
        axes.yaxis.get_offset_text().set(horizontalalignment="left", verticalalignment="top", x=0.01)
        axes.yaxis.OFFSETTEXTPAD = -2
        widest = _widest(axes.yaxis)
    _shrink(axes, "y", widest, room)


def _shrink(axes: "Axes", axis: Literal["x", "y"], widest: float, room: float) -> None:
    """Write an axis's labels smaller if the widest has more units than there is room for."""
    if widest > room:
        axes.tick_params(axis=axis, labelsize=max(points(4.0), points(9.0) * room / widest))


def freeze(figure: "Figure") -> None:
    """Let text stay where it is, so that saving doesn't look for room again: that takes a tenth of the time.

    Not for a figure that others go on with, since tick labels no longer count for a tight bounding box.
    """
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        axis.set_label_coords(0.5, 0.0)
        # an offset like 1e300 stands below the labels, so it has to know how high they are
        for tick in () if axis.get_major_formatter().get_offset() else axis.get_major_ticks():
            tick.label1.set_in_layout(False)


def _widest(axis: "Axis") -> float:
    """Give the width of the longest label of a tick: digits are equally wide."""
    labels = axis.get_major_formatter().format_ticks(list(axis.get_majorticklocs()))
    measured = axis.get_offset_text()
    measured.set(text=max(labels, key=len, default=""), fontsize=points(9))
    width = width_of(measured)
    measured.set_text("")
    return width


def _tick(axis: "Axis", most: "int | Literal['auto']") -> None:
    """Put ticks at round numbers within the axes."""
    from matplotlib.ticker import FixedLocator, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 5, 10]))
    low, high = axis.get_view_interval()
    slack = 1e-9 * (high - low)
    inside = [tick for tick in axis.get_majorticklocs() if low - slack <= tick <= high + slack]
    axis.set_major_locator(FixedLocator(inside))


def stand_up(texts: Sequence["Text"], width: float) -> float:
    """Turn texts upright and shrink them if one is wider than a width in units; give the height of the highest."""
    upright = max(map(width_of, texts), default=0.0) > APART * width
    for text in texts:
        text.set_rotation(90 if upright else 0)
        if (across := width_of(text)) > width:
            text.set_fontsize(float(text.get_fontsize()) * width / across * 0.98)
    return max((extent_of(text)[1] for text in texts), default=0.0)


def _powers_of_ten(low: float, high: float, most: float) -> list[float]:
    """Choose at most so many ticks; matplotlib's own choice overflows beyond 1e308."""
    bottom, top = math.log10(low), math.log10(high)
    step = next(step for step in (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 1000) if (top - bottom) / step < most)
    return [float(f"1e{power}") for power in range(math.ceil(bottom / step) * step, math.floor(top) + 1, step)]


def width_of(text: "Text") -> float:
    """Give the width of text in units."""
    return extent_of(text)[0]


def extent_of(text: "Text") -> tuple[float, float]:
    """Give the width and height of text in units."""
    figure = text.get_figure(root=True)
    assert figure is not None
    extent = text.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]
    return float(extent.width) / figure.dpi / points(1), float(extent.height) / figure.dpi / points(1)


def size_of(axes: "Axes") -> tuple[float, float]:
    """Give the width and height of axes in units."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    across, down = figure.get_size_inches() / points(1)
    place = axes.get_position()
    return float(place.width * across), float(place.height * down)


@lru_cache(maxsize=256)
def units_of(words: str, size: float) -> float:
    """Give the width in units that words will have in a size in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FONT, size=size)
    return float(text_to_path.get_text_width_height_descent(words, font, ismath="$" in words)[0]) / 72


class _Legend:
    """Names of the curves above the panels, in as many columns as fit."""

    ROW = 0.19

    def __init__(self, entries: Sequence[str], width: float) -> None:
        self.entries = entries
        widths = [0.78 + units_of(entry, 9.5) for entry in entries]
        self.columns = next(
            (
                columns
                for columns in range(len(entries), 1, -1)
                if sum(max(column) for column in np.array_split(widths, columns)) <= width
            ),
            1,
        )
        self.height = -(-len(entries) // self.columns) * self.ROW

    def draw(self, figure: "Figure", left: float) -> None:
        from matplotlib.lines import Line2D

        if not self.entries:
            return
        across, down = figure.get_size_inches() / points(1)
        count = len(self.entries)
        handles = [
            Line2D([], [], color=look.colour, linestyle=look.dashes, linewidth=min(look.width, points(3)), label=entry)
            for look, entry in ((line(index, count), entry) for index, entry in enumerate(self.entries))
        ]
        figure.legend(
            handles=handles, ncols=self.columns, loc="upper left", bbox_to_anchor=(left / across, 1 - HEADER / down),
            borderaxespad=0, borderpad=0, handlelength=3.6, columnspacing=1.6, labelspacing=0.35, handletextpad=0.6,
        )  # fmt: skip


class Grid:
    """A figure with a title over panels in rows and columns.

    Parameters
    ----------
    size
        Of the figure.
    columns, rows
        How many panels there are.
    entries
        Of the legend, if there is one.
    panel
        Width and height of a panel in units, where the size leaves that to the figure.
    left, between, footer
        Units to the left of the first column, between columns, and under the axes.
    kinds
        Whether there is a line over each panel's title, that says what it shows, or under it.
    fractions
        Whether titles are as high as a fraction.

    Raises
    ------
    InputError
        If there is no room for the panels.
    """

    def __init__(
        self,
        size: Size,
        columns: int = 1,
        rows: int = 1,
        entries: Sequence[str] = (),
        panel: tuple[float, float] = PANEL,
        left: float = LEFT,
        between: float = BETWEEN,
        footer: float = FOOTER,
        kinds: bool = True,
        fractions: bool = False,
    ) -> None:
        self.left, self.between, self.footer, self.columns = left, between, footer, columns
        self.panel_title = PANEL_TITLE + KIND * kinds + FRACTION * fractions
        around = left + RIGHT + (columns - 1) * between
        across = size.width / size.scale if size.width else around + columns * panel[0]
        self.legend = _Legend(entries, across - left - RIGHT)
        self.above = HEADER + self.legend.height
        beside = self.above + rows * (self.panel_title + footer)
        down = size.height / size.scale if size.height else beside + rows * panel[1]
        self.across, self.down = across, down
        self.width, self.height = (across - around) / columns, (down - beside) / rows
        if self.width < SMALLEST_PANEL or self.height < SMALLEST_PANEL:
            needed = (
                max(across, around + columns * SMALLEST_PANEL) * size.scale,
                max(down, beside + rows * SMALLEST_PANEL) * size.scale,
            )
            raise InputError(
                f"{across * size.scale:g} x {down * size.scale:g} inches is too small for this figure; "
                f"it needs {math.ceil(10 * needed[0]) / 10:g} x {math.ceil(10 * needed[1]) / 10:g}"
            )

    @cached_property
    def figure(self) -> "Figure":
        """The figure, empty at first; until it is asked for, a grid is arithmetic."""
        return sheet((self.across, self.down))

    def title(self, title: str | None, otherwise: str, aside: str = "") -> None:
        """Write the figure's title: what the user wants, letter by letter, or its own, which may hold mathtext.

        What stands aside is left out if there is no room for it beside the title.
        """
        room = self.across - self.left - RIGHT
        options: dict[str, Any] = {"fontsize": points(14), "fontweight": "bold", "verticalalignment": "top"}
        if title is not None:
            options["fontfamily"] = families(title, weight="bold")
        words = write(self.figure, self.left, 0.16, title if title is not None else otherwise, room,
                      parse_math=title is None, **options)  # fmt: skip
        beside = write(self.figure, self.across - RIGHT, 0.2, aside, room, fontsize=points(10),
                       color=theme().muted, verticalalignment="top", horizontalalignment="right")  # fmt: skip
        if width_of(words) + 0.2 + width_of(beside) > room:
            beside.remove()
        self.legend.draw(self.figure, self.left)

    def remark(self, column: int, lines: Sequence[str]) -> None:
        """Write lines under the panel of a column, in the first row."""
        left = self.left + column * (self.width + self.between)
        top = self.above + self.panel_title + self.height + FOOTER
        for number, words in enumerate(lines):
            write(self.figure, left, top + 0.17 * number, words, self.width, fontsize=points(8.5),
                  color=theme().muted, verticalalignment="top")  # fmt: skip

    def panel(
        self, column: int, row: int, title: str, kind: str = "", more: str = "", sharex: "Axes | None" = None
    ) -> "Axes":
        """Add the axes of a cell, with a title of its own above it, over that what it shows, or under it more."""
        left = self.left + column * (self.width + self.between)
        top = self.above + row * (self.panel_title + self.height + self.footer) + self.panel_title
        base, ink, muted = top - 0.1, theme().ink, theme().muted
        for words, size, colour in ((more, 9, muted), (title, 11, ink), (kind, 9, muted)):
            if words:
                written = write(self.figure, left, base, words, self.width, fontsize=points(size), color=colour,
                                verticalalignment="bottom")  # fmt: skip
                base -= 0.05 + max(extent_of(written)[1], LINE)
        return panel(self.figure, left, top, self.width, self.height, sharex=sharex)
