"""Where things are on a figure: panels in rows and columns, by arithmetic alone, and text that is made to fit.

A unit is an inch at scale 1; otherwise it is an inch times the scale of the figure's size.
"""

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from actviz.errors import InputError
from actviz.figures.themed import ThemedAxes, ThemedFigure
from actviz.marks.text import extent_of, families, fit, height_of, units_of, width_of
from actviz.marks.text import write as write_text
from actviz.style import CURVE_WIDTH, MARKERS, TYPE, Size, look, scaled, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

HEADER, KIND, PANEL_TITLE, FOOTER = 0.46, 0.2, 0.34, 0.4
"""Heights in units, from top to bottom: the figure's title, and for each panel what it shows, title, tick labels."""

NO_HEADER = 0.3
"""Units at the top of a figure without a title, for the words that otherwise stand beside it."""

TITLE_LINE = 0.24
"""Units that each additional line of the figure's title takes."""

NAMED_AXIS = 0.17
"""Units that the name of the x axis takes below the tick labels."""

PANEL = (5.48, 2.5)
"""Width and height in units of the axes of a panel that has its row to itself."""

SMALL_PANEL = (2.7, 2.2)
"""Width and height in units of the axes of a panel that has others beside it."""

FRACTION = 0.2
"""Units that a fraction adds to the height of a panel's title."""

LINE = 0.19
"""The least height of a panel's title in units, so that what stands above it is aligned."""

LEFT, RIGHT = 0.62, 0.3

BETWEEN = 0.5
"""Units between columns."""

SMALLEST_PANEL = 0.7
"""The least width and height in units of a panel's axes."""


def header(title: str | None, size: Size) -> float:
    """Return the units that a figure's title takes at its top: the user's, or its own if the size has a heading."""
    return HEADER + TITLE_LINE * (title or "").count("\n") if size.headed or title is not None else NO_HEADER


def title_size(uniform: bool) -> float:
    """Return the points at scale 1 of the panels' titles."""
    return TYPE if uniform else 11.0


def taller(lines: Sequence[str]) -> float:
    """Return by how many units formulas over a panel, one below another, are higher than as many lines of words."""
    return sum(max(0.0, height_of(line, title_size(uniform=False)) + 0.06 - LINE) for line in lines)


def blank(size: tuple[float, float]) -> ThemedFigure:
    """Make an empty figure of a size in units, without pyplot."""
    return ThemedFigure((scaled(size[0]), scaled(size[1])))


def axes_at(figure: "Figure", left: float, top: float, width: float, height: float, **options: Any) -> "Axes":
    """Add axes at a place in units, measured from the figure's top left corner."""
    across, down = figure.get_size_inches() / scaled(1)
    place = (left / across, 1 - (top + height) / down, width / across, height / down)
    return figure.add_axes(place, axes_class=ThemedAxes, **options)


def write(
    figure: "Figure", left: float, top: float, text: str, width: float, least: float = 0.6, **options: Any
) -> "Text":
    """Write text at a place in units from the figure's top left corner, shrunk or cut to stay within a width.

    Parameters
    ----------
    width
        In units; infinite for any width.
    least
        The share of its size to which it may be shrunk before it is cut.
    """
    across, down = figure.get_size_inches() / scaled(1)
    written = write_text(figure, left / across, 1 - top / down, text, **options)
    fit(written, width, least)
    return written


def legend_width(entry: str) -> float:
    """Return the units that a name takes in a legend with its line."""
    return 0.62 + units_of(entry, 9.5)


class _Legend:
    """Names of the curves above the panels, in as many columns as fit."""

    ROW = 0.19

    def __init__(self, entries: Sequence[str], width: float) -> None:
        self.entries = entries
        widths = list(map(legend_width, entries))
        for rows in range(1, len(entries) + 1):  # filled evenly: three and three, not five and one
            self.columns = -(-len(entries) // rows)
            if sum(max(widths[column :: self.columns]) for column in range(self.columns)) <= width:
                break
        self.height = -(-len(entries) // self.columns) * self.ROW if entries else 0.0

    def draw(self, figure: "Figure", left: float, top: float, colours: Sequence[str]) -> None:
        from matplotlib.lines import Line2D

        if not self.entries:
            return
        across, down = figure.get_size_inches() / scaled(1)
        style: dict[str, Any] = {
            "linewidth": scaled(CURVE_WIDTH), "markersize": scaled(6.5), "markeredgecolor": theme().paper,
            "markeredgewidth": scaled(0.8),
        }  # fmt: skip
        handles = [
            Line2D([], [], color=colour, marker=marker, label=entry, **style)
            for entry, colour, marker in zip(self.entries, colours, MARKERS, strict=False)
        ]
        rows = [handles[start : start + self.columns] for start in range(0, len(handles), self.columns)]
        in_columns = [one for column in zip_longest(*rows) for one in column if one is not None]
        legend = figure.legend(
            handles=in_columns, ncols=self.columns, loc="upper left", bbox_to_anchor=(left / across, 1 - top / down),
            borderaxespad=0, borderpad=0, handlelength=2.4, columnspacing=1.6, labelspacing=0.35, handletextpad=0.6,
        )  # fmt: skip
        for text in legend.get_texts():
            if len(family := families(text.get_text(), what="the legend")) > 1:
                text.set_fontfamily(family)


class Grid:
    """A figure with a title over panels in rows and columns.

    Parameters
    ----------
    size
        The figure's size.
    columns, rows
        How many panels there are.
    entries
        The names in the legend, if there is one.
    subtitle
        A line below the title.
    panel
        Width and height of a panel in units, where the size leaves that to the figure.
    left, between, footer
        Units to the left of the first column, between columns, and below the axes.
    kinds
        How many lines say what a panel shows, above its title or below it.
    fractions
        How many lines of a panel's title are as high as a fraction.
    titles
        How many lines a panel's title has.
    more
        For each row, the units by which its panels' titles are higher than usual.
    smallest
        The least width and height of a panel in units.
    header
        Units that the title takes.

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
        subtitle: str = "",
        panel: tuple[float, float] = PANEL,
        left: float = LEFT,
        between: float = BETWEEN,
        footer: float = FOOTER,
        kinds: int = 1,
        fractions: int = 0,
        titles: int = 1,
        more: Sequence[float] = (),
        smallest: tuple[float, float] = (SMALLEST_PANEL, SMALLEST_PANEL),
        header: float = HEADER,
    ) -> None:
        self.left, self.between, self.footer, self.columns = left, between, footer, columns
        self.headed = size.headed
        self.panel_title = PANEL_TITLE + KIND * kinds + FRACTION * fractions + (titles - 1) * (LINE + 0.05)
        around = left + RIGHT + (columns - 1) * between
        across = size.width / size.scale if size.width else around + columns * panel[0]
        self.legend = _Legend(entries, across - left - RIGHT)
        self.subtitle, self.header = subtitle, header
        self.above = header + self.legend.height + (LINE if subtitle else 0.0)
        self.more = [*more, *[0.0] * (rows - len(more))]
        beside = self.above + rows * (self.panel_title + footer) + sum(self.more)
        down = size.height / size.scale if size.height else beside + rows * panel[1]
        self.across, self.down = across, down
        self.width, self.height = (across - around) / columns, (down - beside) / rows
        if self.width < smallest[0] or self.height < smallest[1]:
            needed = (
                max(across, around + columns * smallest[0]) * size.scale,
                # in inches, and figures of such a size have a heading
                (max(down, beside + rows * smallest[1]) + max(0.0, HEADER - header)) * size.scale,
            )
            raise InputError(
                f"{across * size.scale:g} x {down * size.scale:g} inches is too small for this figure; "
                f"it needs {math.ceil(10 * needed[0]) / 10:g} x {math.ceil(10 * needed[1]) / 10:g}"
            )

    @cached_property
    def figure(self) -> ThemedFigure:
        """The figure, empty at first; until it is asked for, a grid is only arithmetic."""
        return blank((self.across, self.down))

    def title(self, title: str | None, otherwise: str, aside: str = "", colours: Sequence[str] = ()) -> None:
        """Write the figure's title and legend: the user's title, as plain text, or its own, which may hold mathtext.

        The words aside are left out if there is no room for them beside the title; without a heading they stand alone.
        The colours are the legend's.
        """
        room = self.across - self.left - RIGHT
        if self.headed or title is not None:
            self._write_title(title, otherwise, aside, room)
        else:
            write(self.figure, self.left, 0.1, aside, room, fontsize=scaled(TYPE), color=theme().muted,
                  verticalalignment="top")  # fmt: skip
        if self.subtitle:
            size = TYPE if look().uniform else 9.5
            write(self.figure, self.left, self.header, self.subtitle, room, fontsize=scaled(size), color=theme().muted,
                  verticalalignment="top")  # fmt: skip
        self.legend.draw(self.figure, self.left, self.header, colours)

    def _write_title(self, title: str | None, otherwise: str, aside: str, room: float) -> None:
        options: dict[str, Any] = {"fontsize": scaled(14), "fontweight": "bold", "verticalalignment": "top"}
        if title is not None:
            options["fontfamily"] = families(title, weight="bold")
        lines = [
            write(self.figure, self.left, 0.16 + TITLE_LINE * number, line, room, parse_math=title is None, **options)
            for number, line in enumerate((title if title is not None else otherwise).split("\n"))
        ]
        words = lines[0]
        for line in lines[1:]:
            for one, other in ((line, words), (words, line)):
                one.set_fontsize(min(float(one.get_fontsize()), float(other.get_fontsize())))
        beside = write(self.figure, self.across - RIGHT, 0.2, aside, room, fontsize=scaled(10),
                       color=theme().muted, verticalalignment="top", horizontalalignment="right")  # fmt: skip
        if width_of(words) + 0.2 + width_of(beside) > room:
            beside.remove()

    def name_axis(self, axes: "Axes | None", words: str | None) -> None:
        """Write the name of the x axis, if there is one, below its end, as plain text."""
        if not words or axes is None:
            return
        for drawn in self.figure.axes:  # the usual name is x
            drawn.set_xlabel("")
        across, down = self.figure.get_size_inches() / scaled(1)
        place = axes.get_position()
        write(self.figure, place.x1 * across, (1 - place.y0) * down + 0.24, words, self.width, parse_math=False,
              fontsize=scaled(9), fontfamily=families(words, what="the x axis' name"), color=theme().muted,
              horizontalalignment="right", verticalalignment="top")  # fmt: skip

    def corner(self, column: int, row: int) -> tuple[float, float]:
        """Return the left and the top of the axes of a cell, in units from the figure's top left corner."""
        left = self.left + column * (self.width + self.between)
        top = self.above + row * (self.panel_title + self.height + self.footer) + self.panel_title
        return left, top + sum(self.more[: row + 1])

    def panel(
        self,
        column: int,
        row: int,
        title: str | Sequence[str],
        kind: str = "",
        more: Sequence[str] = (),
        sharex: "Axes | None" = None,
        colours: Sequence[str] = (),
        share: float = 1.0,
    ) -> "Axes":
        """Add the axes of a cell, with its title above them, what it shows above that, and further lines below it.

        A title may have several lines, each in its colour. All text has a share of its usual size.
        """
        left, top = self.corner(column, row)
        titles = [title] if isinstance(title, str) else title
        base, inks, muted = top - 0.1, colours or [theme().ink] * len(titles), theme().muted
        lines = [
            (kind, TYPE, muted),
            *((words, title_size(look().uniform), ink) for words, ink in zip(titles, inks, strict=True)),
            *((words, TYPE, muted) for words in more),
        ]
        for words, size, colour in reversed(lines):
            if words:
                written = write(self.figure, left, base, words, self.width, fontsize=scaled(share * size),
                                color=colour, verticalalignment="bottom", least=0.6 if share == 1 else 1.0)  # fmt: skip
                base -= 0.05 + max(extent_of(written)[1] + 0.06, LINE) if words not in more else KIND
        return axes_at(self.figure, left, top, self.width, self.height, sharex=sharex)
