"""Softmax with cross-entropy: the computational graph, forward and backward, and prediction minus truth as bars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import style, worked
from actviz.figures.sheet import BETWEEN, LEFT, PANEL_TITLE, RIGHT, Grid, axes_at, header, write
from actviz.figures.softmax import TYPES
from actviz.marks.plot import Plot
from actviz.marks.text import families, fit, units_of
from actviz.marks.text import write as write_in
from actviz.style import Size, scaled, theme
from actviz.vector import CrossEntropy

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from actviz.figures.themed import ThemedFigure

MOST_ROWS, MOST_BARS = 5, 30
"""The most classes that the graph has room for, and the bars; of more, the largest probabilities are shown."""

MARGIN = 0.3
"""Units beside the graph."""

LEAST_TYPE = 6.5
"""The least size of the graph's type in points, at any scale."""

PITCH, HEAD, FOOT, NODE, PAD, BUS = 4.4, 2.0, 4.4, 2.0, 0.5, 0.55
"""Multiples of the type's size: from row to row, above the first, below the last (for the sum), a node's height, by how
much a link is longer than its number, and by how much more at each end where it joins others."""

BARS, NARROWEST_BARS, BARS_DOWN = 2.0, 1.3, 1.25
"""Units that the bars take: the usual width, the least width, and the least height."""

BARS_ABOVE, BARS_BELOW = 0.62, 0.5
"""Units above the bars for their title, and below them for the names of classes."""

NARROWEST_NAME = 0.12
"""The least distance in units from class to class at which names are written."""

BOLD = 1.12
"""How much wider bold numbers are."""

SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

SMALLEST_NODE = 1.1
"""How many type sizes a node is wider than its words."""


def draw(loss: CrossEntropy, decimals: int, size: Size, notes: bool, title: str | None, heading: str) -> "ThemedFigure":
    """Lay out graph and bars side by side, or one below the other, or only the bars where the graph has no room."""
    least = LEAST_TYPE / size.scale
    count = len(loss.steps.logits)
    for points in [*(one for one in TYPES if one > least), least] if count <= MOST_ROWS else []:
        graph = _Graph(loss, decimals, points)
        for beside in (True, False):
            if place := _place(graph, size, beside, header(title, size)):
                return _draw_both(graph, place, size, notes, title, heading)
    grid = Grid(
        size, left=LEFT, panel=(5.2, 2.0), footer=BARS_BELOW, smallest=(NARROWEST_BARS, 0.7), header=header(title, size)
    )
    grid.title(title, heading, aside=f"loss {worked.signed(loss.loss, decimals)}")
    _draw_bars(grid, loss, decimals, LEFT, grid.above + grid.panel_title, grid.width, grid.height)
    return grid.figure


@dataclass(frozen=True)
class _Place:
    """Where the graph is, in units: its width and height, and those of the bars with their left and top."""

    width: float
    height: float
    left: float
    top: float
    across: float
    down: float


def _place(graph: "_Graph", size: Size, beside: bool, above: float) -> _Place | None:
    """Find room for the graph with the bars beside it or below it; None if there isn't any."""
    across = size.width / size.scale if size.width else None
    down = size.height / size.scale - above if size.height else None
    more = BARS_ABOVE + BARS_BELOW
    if beside:
        bars = (across - 2 * MARGIN - BETWEEN - graph.width) if across else BARS
        if bars < NARROWEST_BARS or (down is not None and down < max(graph.height, BARS_DOWN + more)):
            return None
        bars = min(bars, 1.6 * BARS)
        width = across - 2 * MARGIN - BETWEEN - bars if across else graph.width
        height = max(graph.height, BARS_DOWN + more) if down is None else min(down, 1.35 * graph.height)
        return _Place(width, height, MARGIN + width + BETWEEN, above + BARS_ABOVE, bars, height - more)
    if across is None or across - 2 * MARGIN < graph.width:
        return None
    if down is not None and down < graph.height + BARS_DOWN + more:
        return None
    height = graph.height if down is None else min(down - BARS_DOWN - more, 1.4 * graph.height)
    bars = BARS_DOWN if down is None else down - height - more
    return _Place(across - 2 * MARGIN, height, LEFT, above + height + BARS_ABOVE, across - LEFT - MARGIN, bars)


def _draw_both(
    graph: "_Graph", place: _Place, size: Size, notes: bool, title: str | None, heading: str
) -> "ThemedFigure":
    beside = place.left > LEFT
    wide = MARGIN + place.width + (BETWEEN + place.across if beside else 0.0) + MARGIN
    above = header(title, size)
    high = above + place.height + (0.0 if beside else BARS_ABOVE + place.down + BARS_BELOW)
    # a grid with one panel, the whole figure
    whole = Grid(
        size if size.width and size.height else replace(size, height=None),
        left=MARGIN, panel=(wide - MARGIN - RIGHT, high - above - PANEL_TITLE), footer=0.0, kinds=0, header=above,
    )  # fmt: skip
    whole.title(title, heading)
    axes = axes_at(whole.figure, MARGIN, above, place.width, place.height)
    graph.draw(axes, place.width, place.height, notes)
    _draw_bars(whole, graph.loss, graph.decimals, place.left, place.top, place.across, place.down)
    return whole.figure


class _Graph:
    """A row of nodes for each class, with values above the links between them and gradients below."""

    def __init__(self, loss: CrossEntropy, decimals: int, points: float) -> None:
        self.loss, self.decimals, self.points = loss, decimals, points
        self.em = points / 72
        steps = loss.steps
        count, temperature = len(steps.logits), steps.temperature
        columns = worked.columns(steps, decimals)
        # after each link: the numbers on the way forward, and on the way back
        by_scaled = tuple(value * temperature for value in loss.gradient)
        self.nodes: list[str] = []
        self.forward: list[list[str]] = [self._cells(columns[0])]
        self.backward: list[list[str]] = [self._signed(loss.gradient)]
        for column in columns[1:-2]:
            self.nodes.append("− max" if column.kind == "minus the largest" else "÷ T")
            self.forward.append(self._cells(column))
            # subtracting the same number from all logits changes no gradient
            self.backward.append(
                self._signed(loss.gradient if self.nodes[-1] == "− max" and temperature != 1 else by_scaled)
            )
        exponentials, probabilities = columns[-2:]
        self.nodes += ["exp", "÷", "−t ln"]
        self.forward += [self._cells(exponentials), self._cells(probabilities)]
        self.backward += [self._signed(loss.by_exponentials), self._signed(loss.by_probabilities)]
        parts = [loss.loss if right else 0.0 for right in loss.truth]
        self.forward.append(["0" if not right else worked.signed(part, decimals).replace("-", "−")
                             for part, right in zip(parts, loss.truth, strict=True)])  # fmt: skip
        self.backward.append(["1"] * count)
        self.names = steps.classes or tuple(f"z{name.translate(SUBSCRIPT)}" for name in steps.names)
        self.family = tuple(families("".join(self.names), what="the classes"))
        self.total, self.by_total = (
            worked.positive(value, decimals, small=True) for value in (steps.total, loss.by_total)
        )

    def _cells(self, column: worked.Column) -> list[str]:
        return [column.cell(index).replace("-", "−") for index in range(len(column.values))]

    def _signed(self, values: Sequence[float]) -> list[str]:
        written = (worked.signed(value, self.decimals, small=True) if value else "0" for value in values)
        return [words.replace("-", "−") for words in written]

    @property
    def links(self) -> list[float]:
        """The least lengths of the links in units."""
        joined = {self.nodes.index("exp") + 1: 2, len(self.nodes): 1}  # to the sum, and to the loss
        bold = [BOLD] + [1.0] * len(self.nodes)
        return [
            bold[index] * max(self._width(words) for words in (*there, *back))
            + (PAD + BUS * joined.get(index, 0)) * self.em
            for index, (there, back) in enumerate(zip(self.forward, self.backward, strict=True))
        ]

    @property
    def boxes(self) -> list[float]:
        """The widths of the nodes in units."""
        return [self._width(words) + SMALLEST_NODE * self.em for words in self.nodes]

    @property
    def named(self) -> float:
        """Units that the names of the classes take."""
        return min(max(units_of(name, self.points, self.family, parse_math=False) for name in self.names), 1.2) + 0.12

    def _width(self, words: str) -> float:
        return units_of(words, self.points) * 1.02

    @property
    def width(self) -> float:
        """Its least width in units."""
        return self.named + sum(self.links) + sum(self.boxes) + NODE / 2 * self.em

    @property
    def height(self) -> float:
        """Its least height in units."""
        return (HEAD + PITCH * len(self.names) + FOOT) * self.em

    def draw(self, axes: "Axes", width: float, height: float, notes: bool) -> None:
        """Draw it into axes of a size in units."""
        Plot(axes, (0, width), (height, 0), bare=True)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.grid(visible=False)
        em, there, back = self.em, style.colour(0), style.colour(1)
        spare = max(0.0, (width - self.width) / len(self.links))
        links = [link + spare for link in self.links]
        pitch = (height - (HEAD + FOOT) * em) / len(self.names)
        rows = [HEAD * em + pitch * (row + 0.5) for row in range(len(self.names))]
        starts, nodes, at = [], [], self.named
        for link, box in zip(links, [*self.boxes, 0.0], strict=True):
            starts.append(at)
            nodes.append(at + link)
            at += link + box
        line: dict[str, Any] = {"color": theme().muted, "linewidth": scaled(1.0), "zorder": 2}
        faint: dict[str, Any] = {"color": theme().muted, "linewidth": scaled(0.7), "zorder": 1}
        for row, y in enumerate(rows):
            self._name(axes, row, y, height)
            for index, (start, stop) in enumerate(zip(starts, nodes, strict=True)):
                axes.plot([start, stop], [y, y], gid=f"link-{row}-{index}", **line)
                # the last one joins the others only at its end
                middle = (start + stop - (BUS * em if index == len(links) - 1 else 0.0)) / 2
                for words, hue, sign in ((self.forward[index][row], there, -1), (self.backward[index][row], back, 1)):
                    self._write(axes, middle, y + 0.25 * sign * em, words, hue, width, height, side=sign,
                                bold=index == 0 and sign > 0)  # fmt: skip
            for words, left, box in zip(self.nodes, nodes, self.boxes, strict=False):
                self._node(axes, left, y, box, words, width, height)
        # every exponential goes into the sum, by which each is then divided
        divide, foot = self.nodes.index("÷"), height - 0.5 * FOOT * em
        edges = starts[divide] + BUS * em / 2, nodes[divide] - BUS * em / 2
        total = sum(edges) / 2
        for edge in edges:
            axes.plot([edge, edge, total], [rows[0], foot, foot], gid="sum", **faint)
            axes.plot([edge] * len(rows), rows, "o", color=theme().muted, markersize=scaled(2.4), zorder=2)
        self._node(axes, total - NODE / 2 * em, foot, NODE * em, "+", width, height)
        beside = max(edges) + 0.4 * em
        self._write(axes, beside, foot - 0.1 * em, f"sum {self.total}", there, width, height, side=-1, ha="left")
        self._write(axes, beside, foot + 0.1 * em, f"1 / sum = {self.by_total}", back, width, height, side=1, ha="left")
        # and the losses of all classes, of which only one isn't 0, add up too
        end = nodes[-1]
        axes.plot([end, end], [rows[0], foot], gid="loss", **line)
        self._node(axes, end - NODE / 2 * em, foot, NODE * em, "L", width, height)
        left = end - (NODE / 2 + 0.3) * em
        written = worked.signed(self.loss.loss, self.decimals).replace("-", "−")
        self._write(axes, left, foot - 0.1 * em, written, there, width, height, side=-1, ha="right")
        self._write(axes, left, foot + 0.1 * em, "1", back, width, height, side=1, ha="right")
        says = "forward: values →", "← backward: gradients"
        if notes and sum(map(self._width, says)) + 2 * em < width:
            self._write(axes, 0.0, 1.4 * em, says[0], there, width, height, side=-1, ha="left")
            self._write(
                axes, self._width(says[0]) + 1.5 * em, 1.4 * em, says[1], back, width, height, side=-1, ha="left"
            )

    def _name(self, axes: "Axes", row: int, y: float, height: float) -> None:
        """Write the name of a class at the beginning of its row."""
        right = bool(self.loss.truth[row])
        name = write_in(
            axes, 0.0, 1 - y / height, self.names[row], fontsize=scaled(self.points), fontfamily=list(self.family),
            parse_math=False, verticalalignment="center_baseline", color=theme().ink,
            fontweight="bold" if right else "normal",
        )  # fmt: skip
        fit(name, self.named - 0.06)

    def _write(
        self, axes: "Axes", x: float, y: float, words: str, hue: str, width: float, height: float, side: int,
        ha: str = "center", bold: bool = False,
    ) -> None:  # fmt: skip
        """Write words above (side -1) or below (1) a place in units from the upper left corner of the axes."""
        write_in(
            axes, x / width, 1 - y / height, words, fontsize=scaled(self.points), color=hue, horizontalalignment=ha,
            verticalalignment="bottom" if side < 0 else "top", fontweight="bold" if bold else "normal", zorder=4,
        )  # fmt: skip

    def _node(self, axes: "Axes", left: float, y: float, box: float, words: str, width: float, height: float) -> None:
        from matplotlib.patches import FancyBboxPatch

        tall = NODE * self.em
        axes.add_patch(
            FancyBboxPatch(
                (left, y - tall / 2), box, tall, boxstyle=f"round,pad=0,rounding_size={0.3 * self.em}",
                facecolor=theme().tint, edgecolor=theme().muted, linewidth=scaled(0.8), zorder=3, clip_on=False,
                gid="node",
            )
        )  # fmt: skip
        write_in(axes, (left + box / 2) / width, 1 - y / height, words, fontsize=scaled(self.points), color=theme().ink,
                 horizontalalignment="center", verticalalignment="center_baseline", zorder=4)  # fmt: skip


def _draw_bars(
    grid: Grid, loss: CrossEntropy, decimals: int, left: float, top: float, width: float, height: float
) -> None:
    """Draw prediction, truth and their difference for each class."""
    steps = loss.steps
    count = len(steps.logits)
    chosen = list(range(count))
    if count > MOST_BARS:
        falling = sorted(chosen, key=lambda index: -steps.probabilities[index])[:MOST_BARS]
        chosen = sorted({*falling[: MOST_BARS - 1], loss.target - 1})
    axes = axes_at(grid.figure, left, top, width, height)
    difference = np.array(loss.gradient) * steps.temperature
    low = min(-0.1, float(difference.min()) * 1.15)
    Plot(axes, (0.0, len(chosen) + 0.2), (low, 1.12))
    axes.set_xticks([])
    axes.grid(visible=False, axis="x")
    looks: tuple[tuple[str, Any, str], ...] = (
        ("y", steps.probabilities, style.colour(0)),
        ("t", loss.truth, theme().faint),
        ("y − t", difference, style.colour(1)),
    )
    for number, (name, values, hue) in enumerate(looks):
        places = [place + 0.6 + 0.27 * (number - 1) for place in range(len(chosen))]
        axes.bar(places, [values[index] for index in chosen], width=0.24, color=hue, linewidth=0, zorder=2,
                 gid=f"bars-{name.replace(' ', '')}")  # fmt: skip
    more = f"; the {len(chosen)} largest of {count}" if len(chosen) < count else ""
    write(grid.figure, left, top - 0.36, f"prediction minus truth{more}", width, fontsize=scaled(9),
          color=theme().muted, verticalalignment="bottom")  # fmt: skip
    at = left
    for name, _, hue in looks:
        ink = hue if hue in theme().colours else theme().muted
        text = write(grid.figure, at, top - 0.1, f"■ {name}", width, fontsize=scaled(10), color=ink,
                     verticalalignment="bottom")  # fmt: skip
        if ink != hue:
            text.set_text(f"□ {name}")
        at += units_of(f"■ {name}", 10) + 0.22
    pitch = width / (len(chosen) + 0.2)
    names = steps.names
    family = families("".join(names), what="the classes")
    numbers = [worked.signed(float(difference[index]), decimals).replace("-", "−") for index in chosen]
    readable = max(units_of(words, 7) for words in numbers) < pitch * 0.96
    # where there is no room for all names, the right class has one, and others at equal distances from it
    apart = 1 if steps.classes else max(1, round((units_of(str(count), 9) + 0.12) / pitch + 0.5))
    right = chosen.index(loss.target - 1)
    for place, index in enumerate(chosen):
        x = left + (place + 0.6) / (len(chosen) + 0.2) * width
        common: dict[str, Any] = {"horizontalalignment": "center", "verticalalignment": "top"}
        if readable:
            write(grid.figure, x, top + height + 0.04, numbers[place], pitch * 0.96, fontsize=scaled(9),
                  color=style.colour(1), **common)  # fmt: skip
        if (place - right) % apart == 0 and pitch > NARROWEST_NAME:
            write(grid.figure, x, top + height + (0.22 if readable else 0.06), names[index], apart * pitch * 0.96,
                  fontsize=scaled(9), color=theme().ink, fontfamily=family, parse_math=False, **common)  # fmt: skip
