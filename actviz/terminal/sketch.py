"""Curves drawn in the terminal, with the dots of braille characters, or in ASCII where there are none."""

import math
from collections.abc import Sequence

import numpy as np

from actviz.model import Activation, readable
from actviz.numerics import Array
from actviz.sampling import Trace, y_limits
from actviz.style import LIGHT

Parts = list[tuple[str, str]]
"""A line of text in parts, each with its colour; "" for the usual one."""

WIDTH = 80
"""The most characters of two drawings side by side."""

COLUMNS, ROWS = 30, 10
"""The size of a drawing in characters without its labels, if these leave room for it."""

BRAILLE = "".join(map(chr, range(0x2800, 0x2900)))
FRAME, ASCII_FRAME = tuple("┤│└┴─"), tuple("+|++-")
"""A tick and a line on the left, the corner, a tick and a line at the bottom."""

# the bits of the dots in a cell of 2 x 4, by row and column
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def sketches(activation: Activation, encoding: str = "utf-8", room: int = WIDTH) -> list[Parts]:
    """Draw f and f' side by side over the definition's window, as lines of text of at most 80 characters.

    They have the colours of the curves in a figure, which can be seen on light and on dark terminals.

    Parameters
    ----------
    encoding
        The terminal's; if it has no braille, the lines are ASCII.
    room
        How many characters a line of the terminal has.
    """
    try:
        (BRAILLE + "".join(FRAME)).encode(encoding)
        ascii_only = False
    except (UnicodeEncodeError, LookupError):
        ascii_only = True
    for columns in range(COLUMNS, 0, -2):
        left, right = (_sketch(activation, derivative, ascii_only, columns) for derivative in (False, True))
        width = max(map(_length, left))
        lines = [[*one, (" " * (width - _length(one) + 2), ""), *other] for one, other in zip(left, right, strict=True)]
        if max(map(_length, lines)) <= min(room, WIDTH):
            break
    return lines


def _length(parts: Parts) -> int:
    return sum(len(text) for text, _ in parts)


def _sketch(activation: Activation, derivative: bool, ascii_only: bool, columns: int) -> list[Parts]:
    low, high = activation.window
    bottom, top = y_limits([Trace(activation, derivative)], (low, high), padding=0.0)
    if bottom == top:
        top += 1.0  # a line along the bottom
    dots = _dots_of(Trace(activation, derivative), (low, high), (bottom, top), columns)
    zero = _row_of_zero(bottom, top)
    cells = dots.reshape(ROWS, 4, columns, 2)
    lines = [
        "".join(_ascii(cell) if ascii_only else _braille(cell) for cell in row.transpose(1, 2, 0)) for row in cells
    ]
    tick, side, corner, mark, base = ASCII_FRAME if ascii_only else FRAME
    labels = {0: readable(top), ROWS - 1: readable(bottom)}
    if 0 < zero // 4 < ROWS - 1:
        labels[zero // 4] = "0"
    margin = max(map(len, labels.values()))
    colour = LIGHT.colours[int(derivative)]
    framed = [
        [(f"{labels.get(index, ''):>{margin}} {tick if index in labels else side}", ""), (line, colour)]
        for index, line in enumerate(lines)
    ]
    middle = round((0.0 - low) / (high - low) * (columns - 1)) if low < 0 < high else 0
    axis = "".join(mark if index in (0, middle, columns - 1) else base for index in range(columns))
    ends = _spread(readable(low), "0" if middle else "", readable(high), middle, columns)
    title = "f'(x)" if derivative else "f(x)"
    pad = " " * (margin + 1)
    return [[(f"{pad} ", ""), (title, colour)], *framed, [(f"{pad}{corner}{axis}", "")], [(f"{pad} {ends}", "")]]


def _spread(left: str, middle: str, right: str, place: int, columns: int) -> str:
    """Write the labels below an axis: at both ends, and 0 at its place if there is room."""
    line = f"{left}{right:>{columns - len(left)}}"
    if middle and len(left) < place < columns - len(right) - 1:
        line = line[:place] + middle + line[place + 1 :]
    return line


def _row_of_zero(bottom: float, top: float) -> int:
    return round((top - 0.0) / (top - bottom) * (4 * ROWS - 1))


def _dots_of(
    trace: Trace, window: tuple[float, float], limits: tuple[float, float], columns: int
) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Return which dots are on the curve, in rows from the top; a jump is a gap, with a dot on each side."""
    (low, high), (bottom, top) = window, limits
    height, down = top - bottom, 4 * ROWS
    dots = np.zeros((down, 2 * columns), dtype=np.bool_)

    def row_of(y: Array) -> Array:
        return np.round((top - np.clip(y, bottom - height, top + height)) / height * (down - 1))

    def draw(column: int, first: float, last: float) -> None:
        dots[max(int(min(first, last)), 0) : max(int(max(first, last)) + 1, 0), column] = True

    x = np.linspace(low, high, 2 * columns)
    rows = row_of(trace.values(x))
    jumps = {kink.x: trace.sides(kink) for kink in trace.activation.kinks if len(set(trace.sides(kink))) > 1}
    for column, row in enumerate(rows):
        before = rows[column - 1] if column else row
        if any(x[column - 1] <= jump < x[column] for jump in jumps) or before == row:
            before = row
        else:
            before += np.sign(row - before)
        draw(column, before, row)
    for jump, sides in jumps.items():
        if low <= jump <= high:
            place = (jump - low) / (high - low) * (2 * columns - 1)
            for column, row in zip((math.floor(place), math.ceil(place)), row_of(np.array(sides)), strict=True):
                draw(column, row, row)
    return dots


def _braille(cell: "Sequence[Sequence[bool]]") -> str:
    """Return the character for a cell of 2 columns of 4 dots."""
    bits = sum(_DOTS[row][column] for column, dots in enumerate(cell) for row, on in enumerate(dots) if on)
    return BRAILLE[bits]


def _ascii(cell: "Sequence[Sequence[bool]]") -> str:
    """Return a character that is as high in its line as the dots of a cell."""
    rows = sorted({row for dots in cell for row, on in enumerate(dots) if on})
    if not rows:
        return " "
    return "|" if len(rows) > 2 else "'--_"[rows[0]]
