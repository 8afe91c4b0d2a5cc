"""The worked example of softmax: a table whose cells are bars; rows are classes, columns are steps."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from actviz import worked
from actviz.errors import InputError
from actviz.figures.base import Picture, file_number
from actviz.options import option
from actviz.style import Size
from actviz.vector import AGAINST, CrossEntropy, Softmax, against
from actviz.worked import MOST_SPOKEN, Column

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.bars import Look

ARTICLE = (-3.0, 1.5, 2.7)
"""The logits of the worked example; the name of a figure of them is just "softmax"."""

MOST_ROWS = 30
"""The most classes with a row each; those after them share one more."""

TYPES, LEAST_TYPE = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5), 7.0
"""Sizes of a row's type in points at scale 1, and the least at any scale."""

ROW, ROW_ABOVE = 1.4, 2.5
"""The least height of a row with its numbers beside the bars, and above them, as multiples of its type's size."""

TALLEST, TALL, TALLEST_BAR = 0.36, 2.6, 0.45
"""The most units that a row is high where the figure may choose, that all rows are together, and that a bar is."""

BAR, BAR_ABOVE, RAISED = 0.66, 0.36, 0.24
"""Shares of a row's height: of a bar beside numbers, and below them; and how far both are then off the row's middle."""

SUM = 1.5
"""How many rows the sum takes, with the space that sets it apart."""

MARGIN, PAD, BETWEEN, CLOSE = 0.3, 0.08, 0.3, 0.18
"""Units beside the table, between a number and its bar, and between columns, usually and where room is short."""

TRACK, SHORTEST, SHORTEST_ABOVE = 1.1, 0.45, 0.3
"""The usual length of bars in units, and the least with numbers beside them, and above them."""

NAMES, SHARE_OF_NAMES = 1.8, 0.28
"""The most units that names of classes take, or their largest share of a table whose width is given."""

KIND_LINE, FORMULA_LINE, HEAD = 0.1, 0.4, 0.52
"""Units from a table's top to the baselines of its headings, and to its first row."""

UNDER = 0.2
"""Units below the rows, for the numbers at the ends of the scales."""

SHORTEST_ARROW = 0.55
"""The least length of an arrow between two formulas, in units."""

REMARK, REMARK_LINE, REMARKABLE = 8.5, 0.165, 1.1
"""A remark's type in points, the height of its line in units, and the least width of a column with its own remarks."""

LONGEST = 10
"""The most characters of a logit that is written as it was given."""

FARTHEST = 1e300
"""The largest value that is drawn as it is: beyond, matplotlib's arithmetic fails."""

PROBABLE = 40.0
"""The widest scale on which the stretch from 0 to 1 can be seen."""


@dataclass(frozen=True)
class SoftmaxExample(Picture):
    """Softmax of some logits, step by step.

    Parameters
    ----------
    softmax
        Logits, temperature, names of classes and all that follows from them; the article's by default.
    decimals
        Digits after the decimal point of exponentials and probabilities, 0 to 15.
    hardmax
        Whether hardmax of the same logits is drawn beside it; the same as "hardmax" in `against`.
    against
        What else of the same logits is drawn beside it: sparsemax, entmax15, softmin, log_softmax.
    target
        The right class, by its number, counted from 1, or its name. With it, the example goes on to the cross-entropy:
        the computational graph forward and backward, and the gradient y - t.
    """

    softmax: Softmax = field(default=Softmax(ARTICLE))
    decimals: int = option(4, "How many decimals numbers have.", low=0, high=15)
    hardmax: bool = option(False, "Show hardmax beside it: --against hardmax.")
    against: tuple[str, ...] = option(
        (), f"Show beside it {', '.join(AGAINST)}; several with commas.", metavar="NAMES", plain=True
    )
    target: int | str | None = option(
        None, "Go on to the loss and its gradient: the right class, by number or name.", metavar="CLASS",
        form="the number of a class or its name",
    )  # fmt: skip

    prefix: ClassVar[str] = "softmax"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_colours(self.softmax, self.colors)
        wanted = against(self.against)
        object.__setattr__(self, "hardmax", self.hardmax or "hardmax" in wanted)
        object.__setattr__(self, "against", tuple(name for name in wanted if name != "hardmax"))
        if self.target is None:
            return
        loss = self.softmax.loss(self.target)
        object.__setattr__(self, "target", loss.name if self.softmax.classes else loss.target)
        if self.compared:
            other = "hardmax" if self.hardmax else "against"
            raise InputError(f"target and {other} exclude each other; leave one out", "target", other)

    @property
    def compared(self) -> tuple[str, ...]:
        """What is drawn beside it, in the order of the columns."""
        return ("hardmax",) * self.hardmax + self.against

    @property
    def loss(self) -> CrossEntropy | None:
        """The loss, if there is a right class."""
        return None if self.target is None else self.softmax.loss(self.target)

    @property
    def subject(self) -> tuple[str, ...]:
        return logits_in_name(self.softmax)

    @property
    def most_colours(self) -> tuple[int, str]:
        return len(self.softmax.logits), classes_to_colour(self.softmax)

    @property
    def heading(self) -> str:
        steps = self.softmax
        temperature = "" if steps.temperature == 1 else f" at temperature {worked.brief(steps.temperature)}"
        by_hand = " by hand" if steps.by_hand else ""
        if self.target is not None:
            return f"Softmax with cross-entropy{temperature}{by_hand}: the gradient is {gradient_formula(steps)}"
        return f"Softmax of {counted(steps)}{temperature}{by_hand}"

    @property
    def description(self) -> str:
        steps = self.softmax
        rows = _Rows.of(steps, MOST_SPOKEN)
        names = steps.classes or [f"class {name}" for name in steps.names]
        sentences = [f"A table of bars with a row for each of {len(steps.logits)} classes and a column for each step."]
        if len(steps.logits) == 1:
            sentences = ["A table of bars with a row for the only class and a column for each step."]
        if rows.others:
            sentences.append("The largest come first.")
        columns = worked.columns(steps, self.decimals, self.compared)
        if self.loss:
            sentences[0] = "The computational graph of softmax and cross-entropy, forward and backward."
            columns += worked.loss_columns(self.loss, self.decimals)
        for column in columns:
            *written, total = rows.cells(column)
            said = zip([*(names[index] for index in rows.shown), rows.rest], written, strict=False)
            cells = ", ".join(f"{name}: {cell}" for name, cell in said)
            how = f", {column.heading.replace('-', '−')}" if column.arrow and column.heading != "probability" else ""
            sentences.append(f"{column.kind.capitalize()}{how}: {cells}{f'; sum {total}' * bool(total)}.")
        return " ".join(sentences)

    def draw(self) -> "ThemedFigure":
        if self.loss:
            from actviz.figures.softmax_loss import draw

            return draw(self.loss, self.decimals, self.dimensions, self.notes, self.title, self.heading)
        columns = worked.columns(self.softmax, self.decimals, self.compared)
        return _Table(self.softmax, columns, self.dimensions, self.notes, self.title).draw(self.heading)


def logits_in_name(steps: Softmax) -> tuple[str, ...]:
    """Write logits in a file's name; the article's are left out."""
    return () if steps.logits == ARTICLE else ("_".join(map(file_number, steps.logits)),)


def classes_to_colour(steps: Softmax) -> str:
    """Say for how many classes colours may be chosen."""
    count = len(steps.logits)
    return f"{count} {'class' if count == 1 else 'classes'}"


def check_colours(steps: Softmax, colors: Sequence[str]) -> None:
    """Raise InputError if so many classes that they share a hue are given several colours, but not one each."""
    count = len(steps.logits)
    if not 1 < len(colors) < count:
        return
    from actviz.marks.bars import COLOURED

    if count > COLOURED:
        raise InputError(
            f"colors names {len(colors)} colours for {count} classes; name one for all, or one for each", "colors"
        )


def counted(steps: Softmax) -> str:
    """Say how many logits there are."""
    count = len(steps.logits)
    return f"{count} {'logit' if count == 1 else 'logits'}"


def gradient_formula(steps: Softmax) -> str:
    """Write the formula of the cross-entropy's gradient with respect to the logits."""
    return "y − t" if steps.temperature == 1 else "(y − t) / T"


@dataclass(frozen=True)
class _Rows:
    """The classes that have a row of their own, and those that share the last one."""

    shown: Sequence[int]
    others: Sequence[int] = ()

    @classmethod
    def of(cls, steps: Softmax, most: int) -> "_Rows":
        """Choose the largest, in falling order, if there are more than `most`; the others share the last row."""
        count = len(steps.logits)
        if count <= most:
            return cls(range(count))
        falling = sorted(range(count), key=lambda index: -steps.logits[index])
        return cls(falling[: most - 1], falling[most - 1 :])

    @property
    def count(self) -> int:
        return len(self.shown) + bool(self.others)

    @property
    def rest(self) -> str:
        return f"{len(self.others)} others"

    def together(self, column: Column) -> str:
        """Write the sum over the others, or that each has at most what the largest of them has."""
        if column.written:
            return column.written(self.added(column))
        return f"≤ {self.cell(column, self.others[0])}"

    def cell(self, column: Column, index: int) -> str:
        """Write the number of a class; a long logit with four significant digits."""
        words = column.cell(index)
        return words if column.written or len(words) <= LONGEST else worked.brief(column.values[index])

    def added(self, column: Column) -> float:
        return math.fsum(column.values[index] for index in self.others)

    def cells(self, column: Column) -> list[str]:
        """Write all the cells of a column, with the sum."""
        rest = [self.together(column)] if self.others else []
        cells = [*(self.cell(column, index) for index in self.shown), *rest, column.total]
        return [cell.replace("-", "−") for cell in cells]


@dataclass(frozen=True)
class _Widths:
    """Units that the parts of a table take: names of classes, numbers of each column, bars.

    Numbers stand to the left of their bars, as in a printed table, or above them. `named` is the least that the names
    take, and what they would take on one line.
    """

    names: float
    numbers: tuple[float, ...]
    track: float
    above: bool
    named: tuple[float, float]

    def cell(self, column: int) -> float:
        """Return the width of a column."""
        number = self.numbers[column]
        return max(number, self.track) if self.above else number + PAD + self.track

    @property
    def gap(self) -> float:
        return CLOSE if self.above else BETWEEN

    @property
    def total(self) -> float:
        return self.names + sum(self.gap + self.cell(column) for column in range(len(self.numbers)))

    @property
    def needed(self) -> float:
        """The least width of a table of these numbers in which names take no more than their share."""
        rest = self.total - self.names
        least, whole = self.named
        return min(rest + max(least, whole), max(rest + least, rest / (1 - SHARE_OF_NAMES)))

    def filling(self, width: float) -> "_Widths":
        """Make the bars longer, so that the table is as wide as asked."""
        spare = max(0.0, width - self.total) / len(self.numbers)
        numbers = tuple(number + spare for number in self.numbers) if self.above else self.numbers
        return replace(self, track=self.track + spare, numbers=numbers)


class _Table:
    """A table whose cells are bars: first the places of everything are worked out, then it is drawn.

    Where there is little room, type becomes smaller, down to 7 points; then numbers stand above their bars, remarks are
    left out, and classes share a row.
    """

    def __init__(self, steps: Softmax, columns: Sequence[Column], size: Size, notes: bool, title: str | None) -> None:
        from actviz.figures.sheet import PANEL_TITLE, Grid, header

        self.steps, self.columns, self.size, self.notes, self.title = steps, columns, size, notes, title
        self.names = steps.names
        self.family = self._family()
        self.rows = _Rows.of(steps, MOST_ROWS + 1)
        inner = size.width / size.scale - 2 * MARGIN if size.width else None
        down = size.height / size.scale - header(title, size) if size.height else None
        candidates = list(self._candidates(inner))
        for remarked in (notes, False):
            for self.type, self.widths in candidates:
                self.remarks = self._remarks() if remarked else [[] for _ in columns]
                lines = max(map(len, self.remarks))
                self.around = HEAD + UNDER + 0.1 + lines * REMARK_LINE + 0.1 * bool(lines)
                least = (ROW_ABOVE if self.widths.above else ROW) * self.type / 72
                if down is None or (down - self.around) / least >= self.rows.count + SUM:
                    break
            if down is None or (down - self.around) / least >= min(self.rows.count, 4) + SUM:
                break
        fewest = min(self.rows.count, 2)
        if down is not None:
            most = int((down - self.around) / least - SUM)
            if most < self.rows.count:
                self.rows = _Rows.of(steps, max(most, fewest))
        # a table that fits has been made as wide as the figure
        needed = 0.0 if inner is None or self.widths.total <= inner + 1e-9 else self.widths.needed
        count = self.rows.count + SUM
        pitch = max(least, min(TALLEST, TALL / count))
        # a grid with one panel, the whole table
        self.grid = Grid(
            size, panel=(self.widths.total, self.around + count * pitch - PANEL_TITLE), left=MARGIN, footer=0.0,
            kinds=0, header=header(title, size),
            smallest=(needed - 1e-9, self.around + (fewest + SUM) * least - PANEL_TITLE - 1e-9),
        )  # fmt: skip
        self.height = self.grid.height + PANEL_TITLE - self.around
        self.pitch = self.height / count
        self.top = self.grid.above + HEAD

    def _family(self) -> tuple[str, ...]:
        """Choose fonts that have all characters of the classes' names."""
        from actviz.marks.text import families

        return tuple(families("".join(self.steps.classes), what="the classes"))

    def _candidates(self, inner: float | None) -> Iterator[tuple[float, _Widths]]:
        """Yield sizes of type, the largest first, with the widths of a table that fits, if one can."""
        least = LEAST_TYPE / self.size.scale
        sizes = [*(size for size in TYPES if size > least), least]
        if inner is None:
            yield sizes[0], self._measured(sizes[0], above=False, track=TRACK, most=NAMES)
            return
        found = False
        for above, track in ((False, SHORTEST), (True, SHORTEST_ABOVE)):
            for size in () if found else sizes:
                widths = self._measured(size, above, track, most=SHARE_OF_NAMES * inner)
                if widths.total <= inner:
                    found = True
                    yield size, widths.filling(inner)
        if not found:
            yield size, widths

    def _measured(self, size: float, above: bool, track: float, most: float) -> _Widths:
        from actviz.marks.text import units_of

        count = len(self.steps.logits)
        own, rest = max(units_of("class", 9), units_of("sum", size)), units_of(f"{count} others", size)
        with_rest = max(own, rest)  # which a size with a height may need
        if self.size.height or self.rows.others:
            own = with_rest
        if self.steps.classes:
            names = [units_of(self.names[row], size, self.family, parse_math=False) for row in self.rows.shown]
        else:
            names = [units_of(str(count), size)]
        # digits are equally wide: the longest number is the widest
        numbers = [units_of(max(self.rows.cells(column), key=len), size) for column in self.columns]
        slack = 1.02
        least, whole = slack * own, slack * max(names)
        return _Widths(
            max(least, min(whole, most)), tuple(slack * n for n in numbers), track, above,
            named=(slack * with_rest, whole),
        )  # fmt: skip

    def _remarks(self) -> list[list[str]]:
        """Break each column's remarks into lines; if columns are narrow, only the first's, across the whole table."""
        cells = [self.widths.cell(column) for column in range(len(self.columns))]
        if min(cells) < REMARKABLE:
            said = "logits: " + ", ".join(self.columns[0].remarks)
            return [_broken(said, self.widths.total), *([] for _ in cells[1:])]
        return [
            [line for remark in column.remarks for line in _broken(remark, cell)]
            for column, cell in zip(self.columns, cells, strict=True)
        ]

    def draw(self, heading: str) -> "ThemedFigure":
        from actviz.marks import bars
        from actviz.style import theme

        self.grid.title(self.title, heading, aside="the largest first" if self.rows.others else "")
        largest, count = max(self.steps.logits), len(self.steps.logits)
        looks = [bars.look(index, count, self.steps.logits[index] == largest) for index in self.rows.shown]
        looks += [bars.Look(theme().muted)] * bool(self.rows.others)
        self._write_names()
        left = MARGIN + self.widths.names
        for index, column in enumerate(self.columns):
            left += self.widths.gap
            self._head(index, column, left)
            self._draw_bars(index, column, left, looks)
            self._write_numbers(index, column, left)
            for line, words in enumerate(self.remarks[index]):
                within = self.widths.cell(index) if index or not self._narrow else self.widths.total
                self._write(left if not self._narrow else MARGIN, self._under + 0.1 + line * REMARK_LINE, words, within,
                            REMARK, color=theme().muted, verticalalignment="top")  # fmt: skip
            left += self.widths.cell(index)
        return self.grid.figure

    @property
    def _narrow(self) -> bool:
        return min(map(self.widths.cell, range(len(self.columns)))) < REMARKABLE

    @property
    def _under(self) -> float:
        """Where the rows and what is written below them end."""
        return self.top + self.height + UNDER

    @property
    def _sum(self) -> float:
        """The place of the sum's row."""
        return self.rows.count + SUM - 1.0

    def _write(self, left: float, top: float, words: str, width: float, size: float, **options: Any) -> float:
        """Write in the figure with a true minus sign, and return the width that this takes."""
        from actviz.figures.sheet import write
        from actviz.marks.text import width_of
        from actviz.style import scaled

        words = words if "$" in words else words.replace("-", "−")
        return width_of(write(self.grid.figure, left, top, words, width, fontsize=scaled(size), **options))

    def _middle(self, row: float) -> float:
        """Return the place of a row's middle, in units from the figure's top."""
        return self.top + (row + 0.5) * self.pitch

    def _write_names(self) -> None:
        """Write the rows' names on the left."""
        from actviz.figures.sheet import write
        from actviz.marks.text import fit_lines
        from actviz.style import scaled, theme

        muted, width = theme().muted, self.widths.names
        self._write(MARGIN, self.grid.above + FORMULA_LINE, "class", width, 9, color=muted)
        lines = min(2, max(1, int(self.pitch / (1.25 * self.type / 72))))
        for row, index in enumerate(self.rows.shown):
            text = write(
                self.grid.figure, MARGIN, self._middle(row), self.names[index], math.inf, parse_math=False,
                fontsize=scaled(self.type), fontfamily=list(self.family), linespacing=1.05,
                verticalalignment="center_baseline",
            )  # fmt: skip
            if self.steps.classes:
                fit_lines(text, width, lines, min(scaled(self.type), LEAST_TYPE))
                if "\n" in text.get_text():
                    text.set_verticalalignment("center")
        rows = [(self._sum, "sum"), *[(self.rows.count - 1, self.rows.rest)] * bool(self.rows.others)]
        for place, words in rows:
            self._write(MARGIN, self._middle(place), words, width, self.type, color=muted,
                        verticalalignment="center_baseline")  # fmt: skip

    def _head(self, index: int, column: Column, left: float) -> None:
        """Write what a column is, and draw the arrow to the next one."""
        from matplotlib.lines import Line2D

        from actviz.style import scaled, theme

        widths, top, muted = self.widths, self.grid.above, theme().muted
        cell, room = widths.cell(index), widths.cell(index) + widths.gap
        arrow = self.columns[index + 1].arrow if index + 1 < len(self.columns) else ""
        if self.compact:  # the arrow takes the place of the kind
            self._write(left, top + FORMULA_LINE, f"${column.short}$", cell + widths.gap / 2, 9.5)
            start, stop, place = left + 0.3 * cell, left + room + 0.1, top + KIND_LINE + 0.06
        else:
            self._write(left, top + KIND_LINE, column.kind, cell, 9, color=muted)
            taken = self._write(left, top + FORMULA_LINE, f"${column.formula}$", cell, 11)
            start, stop, place = left + taken + 0.08, left + room - 0.12, top + FORMULA_LINE - 0.05
        if not arrow:
            return
        across, down = self.grid.across, self.grid.down
        self.grid.figure.add_artist(
            Line2D(
                [start / across, stop / across], [1 - place / down] * 2, color=muted, linewidth=scaled(1.0), marker=">",
                markevery=[1], markersize=scaled(4.5), markeredgewidth=0, solid_capstyle="butt", gid="arrow",
                transform=self.grid.figure.transSubfigure,
            )
        )  # fmt: skip
        self._write((start + stop) / 2, place - 0.05, arrow, stop - start, REMARK, color=muted,
                    horizontalalignment="center", verticalalignment="bottom")  # fmt: skip

    @property
    def compact(self) -> bool:
        """Whether there is too little room for the usual heads of columns."""
        from actviz.marks.text import units_of

        cells = map(self.widths.cell, range(len(self.columns)))
        last = [not following.arrow for following in self.columns[1:]] + [True]
        return any(
            units_of(column.kind, 9) > cell + 0.05
            or units_of(f"${column.formula}$", 11) > cell + (0 if alone else self.widths.gap - SHORTEST_ARROW)
            for column, cell, alone in zip(self.columns, cells, last, strict=True)
        )

    def _draw_bars(self, index: int, column: Column, left: float, looks: "Sequence[Look]") -> None:
        """Draw the bars of a column: on a scale from 0 to their sum, or from the least to the largest."""
        from actviz.figures.sheet import axes_at
        from actviz.marks import bars
        from actviz.marks.text import units_of
        from actviz.style import theme

        rows, widths = self.rows, self.widths
        track = widths.cell(index) if widths.above else widths.track
        start = left + widths.cell(index) - track
        axes = axes_at(self.grid.figure, start, self.top, track, self.height, label=column.heading)
        thick = min(BAR_ABOVE if widths.above else BAR, TALLEST_BAR / self.pitch)
        values = [column.values[row] for row in rows.shown]
        parts = column.largest is not None
        if parts:
            low, high = 0.0, column.largest or 0.0
            values += [rows.added(column)] * bool(rows.others)
            ends = {low: "0", high: worked.brief(high)}
        else:
            values = self._drawable(index, values)
            low, high = min(0.0, *values), max(0.0, *values)
            probable = index == 0 and self.notes and high - low < PROBABLE
            high = max(high, 1.0) if probable or low == high else high
            ends = {0.0: "0"} | ({1.0: "1"} if probable and track / (high - low) > 0.14 else {})
        raised = RAISED if widths.above else 0.0
        places = [row + raised for row in range(len(values))]
        bars.prepare(axes, (low, high), (-0.5, rows.count + SUM - 0.5))
        if parts:
            bars.stack(axes, self._sum + raised, values, looks, thick)
        if parts or probable:
            bars.ground(
                axes, (0.0, high if parts else 1.0), [*places, *[self._sum + raised] * parts], thick, widths.above
            )
        bars.zero(axes, [*places, *[self._sum + raised] * parts], thick, widths.above)
        bars.draw(axes, places, values, looks[: len(values)], thick)
        if not parts and widths.above:
            return
        top = self.top + (self.height if parts else rows.count * self.pitch)
        if parts and track < 0.1 + sum(units_of(words, 8) for words in ends.values()):
            del ends[low]
        for value, words in ends.items():
            at = start + track * (value - low) / (high - low)
            # a number at an end is beside the axis, where the line over the sum can't be read as its sign
            side = "left" if value == low else "right" if value == high and parts else "center"
            self._write(at, top + 0.07, words, track, 8, color=theme().muted, horizontalalignment=side,
                        verticalalignment="top")  # fmt: skip

    def _drawable(self, index: int, values: list[float]) -> list[float]:
        """Bring values nearer to 0 by a common factor if they are too large to be drawn."""
        if max(map(abs, values)) < FARTHEST:
            return values
        shift = self.steps.shift if index else 0.0
        return [self.steps.logits[row] * 1e-10 - shift * 1e-10 for row in self.rows.shown]

    def _write_numbers(self, index: int, column: Column, left: float) -> None:
        """Write the numbers of a column, and their sum below a line."""
        from matplotlib.lines import Line2D

        from actviz.style import scaled, theme

        above, number = self.widths.above, self.widths.numbers[index]
        places = [*range(self.rows.count), *[self._sum] * bool(column.total)]
        for row, words in zip(places, self.rows.cells(column), strict=False):
            across, side = (left, "left") if above else (left + number, "right")
            self._write(across, self._middle(row - RAISED * above), words, math.inf, self.type,
                        horizontalalignment=side, verticalalignment="center_baseline")  # fmt: skip
        if not column.total:
            return
        line = self.top + self.rows.count * self.pitch + min(0.12 * self.pitch, 0.045)
        width, height = self.grid.across, self.grid.down
        self.grid.figure.add_artist(
            Line2D([left / width, (left + number) / width], [1 - line / height] * 2, color=theme().muted,
                   linewidth=scaled(0.8), transform=self.grid.figure.transSubfigure)
        )  # fmt: skip


def _broken(words: str, width: float) -> list[str]:
    """Break words into lines no wider than a number of units."""
    from actviz.marks.text import units_of

    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and units_of(longer, REMARK) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
