"""How figures look: sizes, colours, line styles and fonts, and how text is made to fit."""

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actviz.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

INK = "#1c2430"
MUTED = "#5b6675"
FAINT = "#c3cad3"
GRID = "#e8ebef"
PAPER = "#ffffff"

# Okabe and Ito's palette (2008) without its yellow, darkened where it was too light for a line on white
COLOURS = ("#0069a8", "#d1500f", "#00805c", "#a8357f", "#8a6200", "#4a5360")
DASHES: tuple[Any, ...] = ("solid", (0, (5, 2)), (0, (1, 1.4)), (0, (7, 2, 1.5, 2)), (0, (3, 1.5)), (0, (9, 3)))

WIDTH = 6.4
"""Inches, of a figure with one column of panels."""

HEADER, PANEL_TITLE, PANEL, FOOTER = 0.46, 0.46, 2.75, 0.4
"""Inches, from top to bottom: the figure's title, and of each panel its title, its axes and its tick labels."""

LEFT, RIGHT = 0.62, 0.3

SMALLEST_PANEL = 0.7

SETTINGS: dict[str, Any] = {
    "figure.dpi": 100,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "mathtext.fontset": "dejavusans",
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.facecolor": PAPER,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-4, 5),
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "lines.solid_capstyle": "round",
    "lines.dash_capstyle": "butt",
    "lines.solid_joinstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": 9.5,
    "path.simplify": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "actviz",
    "pdf.fonttype": 42,
}


@contextmanager
def applied() -> Iterator[None]:
    """Draw and save with actviz's settings, whatever the user's matplotlibrc says."""
    import matplotlib as mpl

    with mpl.rc_context():
        settings: Any = {key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith("backend")}
        mpl.rcParams.update(settings | SETTINGS)
        yield


@dataclass(frozen=True)
class Line:
    """How one curve of several is drawn, so that it is seen where another lies on it."""

    colour: str
    dashes: Any
    width: float


def line(index: int, count: int) -> Line:
    """Give the style of a curve: the earlier it is drawn, the wider, and later ones are dashed."""
    if count == 1:
        return Line(COLOURS[0], "solid", 2.6)
    widest, thinnest = 5.0, 2.0
    width = widest - (widest - thinnest) * min(index / min(count - 1, 3), 1.0)
    dashes = DASHES[(index + index // len(COLOURS)) % len(DASHES)]
    return Line(COLOURS[index % len(COLOURS)], dashes, width)


def sheet(size: tuple[float, float]) -> "Figure":
    """Make an empty figure of a size in inches, without pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    return figure


def panel(figure: "Figure", left: float, top: float, width: float, height: float, **options: Any) -> "Axes":
    """Add axes at a place in inches, measured from the figure's top left corner."""
    across, down = figure.get_size_inches()
    return figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down), **options)


def write(figure: "Figure", left: float, top: float, text: str, width: float, **options: Any) -> "Text":
    """Write text at a place in inches from the top left corner, shrunk or cut so that it stays within the width."""
    across, down = figure.get_size_inches()
    written = figure.text(left / across, 1 - top / down, text, **options)
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

    own = str(SETTINGS["font.family"])
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
    """Shrink text to a width in inches, to six tenths of its size at most, and cut it; a formula is only shrunk."""
    inches, whole = _inches(text), text.get_text()
    if inches <= width:
        return
    smallest = 0.3 if "$" in whole and text.get_parse_math() else 0.6
    text.set_fontsize(float(text.get_fontsize()) * max(smallest, width / inches * 0.99))
    if smallest < 0.6 or _inches(text) <= width:
        return
    keep, cut = 0, len(whole)
    while cut - keep > 1:
        middle = (keep + cut) // 2
        text.set_text(whole[:middle].rstrip() + "…")
        keep, cut = (middle, cut) if _inches(text) <= width else (keep, middle)
    text.set_text(whole[:keep].rstrip() + "…")


def set_ticks(axes: "Axes", room: float) -> None:
    """Put ticks at round numbers; labels that are too wide become fewer under the axes, and smaller to their left.

    Parameters
    ----------
    room
        Inches to the left of the axes.
    """
    from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

    for axis in (axes.xaxis, axes.yaxis):
        if axis.get_scale() == "log":
            axis.set_major_locator(FixedLocator(_powers_of_ten(*axis.get_view_interval())))
            axis.set_minor_locator(NullLocator())
        else:
            axis.set_major_locator(MaxNLocator(nbins="auto", steps=[1, 2, 5, 10]))
    axes.yaxis.get_offset_text().set(horizontalalignment="right", x=-0.01)  # beside the panel's title, not over it
    labels = axes.get_xticklabels()
    most = int(inches_across(axes) / (1.4 * max(map(_inches, labels), default=1.0)))
    if len(labels) > most:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=max(1, most - 1), steps=[1, 2, 5, 10]))
    widest = max(map(_inches, axes.get_yticklabels()), default=0.0)
    if widest > 1.3 * room and axes.get_yscale() == "linear":
        # many digits that are the same: once, inside the axes, and at the ticks what is added to them
        axes.ticklabel_format(axis="y", useOffset=True)
        axes.yaxis.get_offset_text().set(horizontalalignment="left", verticalalignment="top", x=0.01)
        widest = max(map(_inches, axes.get_yticklabels()))
    if widest > room:
        size = float(axes.get_yticklabels()[0].get_fontsize())
        axes.tick_params(axis="y", labelsize=max(4.0, size * room / widest))


def stand_up(axes: "Axes", texts: Sequence["Text"], width: float) -> float:
    """Turn texts upright if one is wider than a width in inches; give their height as a share of what is above them."""
    widest = max(map(_inches, texts), default=0.0)
    upright = widest > width
    for text in texts:
        text.set_rotation(90 if upright else 0)
        fit(text, width)
    figure = axes.get_figure(root=True)
    assert figure is not None
    height = float(axes.get_position().height * figure.get_size_inches()[1])
    needed = (widest if upright else 0.15) + 0.08
    return min(needed / max(height - needed, 0.1), 1.0)


def _powers_of_ten(low: float, high: float) -> list[float]:
    """Choose at most eight ticks; matplotlib's own choice overflows beyond 1e308."""
    bottom, top = math.log10(low), math.log10(high)
    step = next(step for step in (1, 2, 3, 5, 10, 20, 30, 50, 100) if (top - bottom) / step < 8)
    return [float(f"1e{power}") for power in range(math.ceil(bottom / step) * step, math.floor(top) + 1, step)]


def _inches(text: "Text") -> float:
    figure = text.get_figure(root=True)
    assert figure is not None
    extent = text.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]
    return float(extent.width) / figure.dpi


def inches_across(axes: "Axes") -> float:
    """Give the width of axes in inches."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return float(axes.get_position().width * figure.get_size_inches()[0])


class _Legend:
    """Names of the curves above the panels, in as many columns as fit."""

    ROW = 0.21

    def __init__(self, entries: Sequence[str], width: float) -> None:
        longest = max((len(re.sub(r"\\[a-z]+", "x", entry.replace("$", ""))) for entry in entries), default=0)
        self.entries, self.columns = entries, max(1, int(width / (0.68 + 0.072 * longest)))
        self.height = -(-len(entries) // self.columns) * self.ROW

    def draw(self, figure: "Figure") -> None:
        from matplotlib.lines import Line2D

        if not self.entries:
            return
        across, down = figure.get_size_inches()
        count = len(self.entries)
        handles = [
            Line2D([], [], color=look.colour, linestyle=look.dashes, linewidth=min(look.width, 3), label=entry)
            for look, entry in ((line(index, count), entry) for index, entry in enumerate(self.entries))
        ]
        figure.legend(
            handles=handles, ncols=self.columns, loc="upper left", bbox_to_anchor=(LEFT / across, 1 - HEADER / down),
            borderaxespad=0, borderpad=0, handlelength=3.6, columnspacing=1.6, labelspacing=0.35, handletextpad=0.6,
        )  # fmt: skip


class Grid:
    """A figure with a title over panels in rows and columns, laid out in inches by arithmetic alone."""

    def __init__(
        self,
        columns: int,
        rows: int,
        size: tuple[float, float] | None = None,
        entries: Sequence[str] = (),
        between: float = 0.45,
    ) -> None:
        column = WIDTH if columns == 1 else 3.1
        row = PANEL if columns == 1 else 2.3
        width = size[0] if size else WIDTH if columns == 1 else LEFT + columns * column + RIGHT
        self.legend = _Legend(entries, width - LEFT - RIGHT)
        self.above = HEADER + self.legend.height
        self.size = size or (width, self.above + rows * (PANEL_TITLE + row + FOOTER))
        self.figure = sheet(self.size)
        self.between = between
        self.width = (self.size[0] - LEFT - RIGHT - (columns - 1) * between) / columns
        self.height = (self.size[1] - self.above) / rows - PANEL_TITLE - FOOTER
        if self.width < SMALLEST_PANEL or self.height < SMALLEST_PANEL:
            wide = self.size[0] + columns * max(0.0, SMALLEST_PANEL - self.width)
            high = self.size[1] + rows * max(0.0, SMALLEST_PANEL - self.height)
            raise InputError(
                f"{self.size[0]:g} x {self.size[1]:g} inches is too small for this figure; "
                f"it needs {math.ceil(10 * wide) / 10:g} x {math.ceil(10 * high) / 10:g}"
            )

    def title(self, title: str | None, otherwise: str, aside: str = "") -> None:
        """Write the figure's title: what the user wants, letter by letter, or its own, which may hold mathtext."""
        across = self.size[0] - LEFT - RIGHT
        room = across - 1.6 if aside else across
        options: dict[str, Any] = {"fontsize": 14, "fontweight": "bold", "verticalalignment": "top"}
        if title is not None:
            options["fontfamily"] = families(title, weight="bold")
        write(self.figure, LEFT, 0.16, title if title is not None else otherwise, room,
              parse_math=title is None, **options)  # fmt: skip
        if aside:
            write(self.figure, self.size[0] - RIGHT, 0.2, aside, 1.5, fontsize=10, color=MUTED,
                  verticalalignment="top", horizontalalignment="right")  # fmt: skip
        self.legend.draw(self.figure)

    def panel(self, column: int, row: int, title: str, aside: str = "", sharex: "Axes | None" = None) -> "Axes":
        """Add the axes of a cell, with a title of its own above it and a word at its right end."""
        left = LEFT + column * (self.width + self.between)
        top = self.above + row * (PANEL_TITLE + self.height + FOOTER) + PANEL_TITLE
        look = {"verticalalignment": "bottom"}
        words = write(self.figure, left + self.width, top - 0.1, aside, self.width / 2,
                      fontsize=9, color=MUTED, horizontalalignment="right", **look)  # fmt: skip
        room = self.width - (_inches(words) + 0.12 if aside else 0.0)
        write(self.figure, left, top - 0.1, title, room, fontsize=11, **look)
        return panel(self.figure, left, top, self.width, self.height, sharex=sharex)
