"""A curve drawn in the terminal, with the dots of Unicode's braille characters."""

import math

from actviz.figures.sampling import Trace, y_limits
from actviz.model import Activation, readable

# the bits of the dots in a cell of 2 x 4, by row and column
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLANK = 0x2800


def sketch(activation: Activation, derivative: bool = False, columns: int = 60, rows: int = 12) -> list[str]:
    """Draw f or f' over the definition's window, as lines of text with the ends of both axes.

    Parameters
    ----------
    columns, rows
        The size of the drawing itself in characters; the labels on the left come on top.
    """
    low, high = activation.definition.window
    bottom, top = y_limits([Trace(activation, derivative)], (low, high), padding=0.0)
    across, down = 2 * columns, 4 * rows
    cells = [[0] * columns for _ in range(rows)]

    def place(y: float) -> int:
        return round((top - y) / (top - bottom) * (down - 1))

    def dot(column: int, row: int) -> None:
        if 0 <= row < down:
            cells[row // 4][column // 2] |= _DOTS[row % 4][column % 2]

    for column in range(0, across, 4):
        dot(column, place(0.0))
    for row in range(0, down, 4):
        dot(round((0.0 - low) / (high - low) * (across - 1)), row)
    evaluate = activation.derivative if derivative else activation
    jumps = [kink.x for kink in activation.kinks if derivative or kink.limits]
    before = math.nan
    for column in range(across):
        x = low + (high - low) * column / (across - 1)
        y = evaluate(x)
        step = (high - low) / (across - 1)
        joined = not math.isnan(before) and not any(x - step <= jump < x for jump in jumps)
        here = place(min(max(y, bottom - 1), top + 1) if math.isfinite(y) else top + 1)
        there = place(before) if joined else here
        for row in range(min(here, there + 1), max(here, there - 1) + 1):
            dot(column, row)
        before = min(max(y, bottom - 1), top + 1) if math.isfinite(y) else math.nan
    return _framed(["".join(chr(_BLANK + cell) for cell in row) for row in cells], low, high, bottom, top)


def _framed(lines: list[str], low: float, high: float, bottom: float, top: float) -> list[str]:
    """Write the ends of the axes beside and under the drawing."""
    ends = {0: readable(top), len(lines) - 1: readable(bottom)}
    margin = max(map(len, ends.values()))
    columns = len(lines[0])
    left, right = readable(low), readable(high)
    framed = [f"{ends.get(index, ''):>{margin}} {line}" for index, line in enumerate(lines)]
    return [*framed, " " * (margin + 1) + left + right.rjust(columns - len(left))]
