"""What is printed: tables and cards, for people on a terminal and plainly for programs; JSON; notes; progress."""

import json
import math
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

from actviz.errors import WriteError

WIDEST = 100
"""The most characters of a line of prose: longer lines are hard to read."""


def lines(texts: Iterable[object]) -> None:
    """Print texts on standard output, one a line."""
    for text in texts:
        print(text)


def prose(texts: Iterable[str]) -> None:
    """Print texts, one a line, wrapped on a terminal."""
    for text in texts:
        print(textwrap.fill(text, min(width(), WIDEST)) if _on_terminal() else text)


def drawing(texts: "Iterable[Sequence[tuple[str, str]]]") -> None:
    """Print lines whose parts have colours on a terminal."""
    if not _on_terminal():
        lines("".join(text for text, _ in parts).rstrip() for parts in texts)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for parts in texts:
        console.print(Text.assemble(*parts), soft_wrap=True)


def paths(files: Iterable[Path]) -> None:
    """Print paths, one a line, in the bytes by which the system knows them, whatever the encoding."""
    for file in files:
        print(os.fsencode(file).decode(encoding(), "surrogateescape"))


def raw(content: bytes) -> None:
    """Put a file's bytes on standard output.

    Raises
    ------
    WriteError
        If there is no standard output, or only one that takes text.
    """
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise WriteError("can't write to standard output: it is closed")
    left = memoryview(content)
    while left:  # without a buffer (python -u), not all may be written at once
        left = left[stream.write(left) :]
    stream.flush()


@contextmanager
def on_standard_error() -> Iterator[None]:
    """Send what is printed to standard error, if that can be written to, because standard output takes a figure."""
    with redirect_stdout(sys.stderr), suppress(OSError):
        yield


def encoding() -> str:
    """Return the encoding of standard output."""
    return getattr(sys.stdout, "encoding", None) or "ascii"


def width() -> int:
    """Return how many characters a line has room for: the terminal's width, or 80."""
    return get_terminal_size().columns if _on_terminal() else 80


def notes(texts: Iterable[str]) -> None:
    """Print remarks on standard error, if there is one that can be written to."""
    with suppress(OSError):
        for text in texts if sys.stderr is not None else ():
            print(text, file=sys.stderr)


def as_json(data: object) -> None:
    """Print data as JSON; infinities and NaN, which JSON lacks, are the strings "inf", "-inf" and "nan"."""
    print(json.dumps(_plain(data), indent=2, allow_nan=False))


def _plain(data: object) -> object:
    if isinstance(data, float) and not math.isfinite(data):
        return str(data)
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    return data


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: bool = False,
    below: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> None:
    """Print columns with two or more spaces between them, so that programs can split them; bold headings on a terminal.

    Parameters
    ----------
    numeric
        Whether to align to the right.
    below
        Headings of columns that go on a line below each row if a terminal is too narrow for all of them.
    groups
        The group of each row; on a terminal, each group has its name above it, after an empty line.
    """
    whole = [[_printed(cell) for cell in row] for row in (headings, *rows)]
    if not _on_terminal():
        lines(_aligned(whole, numeric))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    narrow = bool(below) and max(map(len, _aligned(whole, numeric))) > console.width
    places = [place for place, heading in enumerate(headings) if narrow and heading in below]
    above = _aligned([[cell for place, cell in enumerate(row) if place not in places] for row in whole], numeric)
    for index, (line, row) in enumerate(zip(above, whole, strict=True)):
        if index and groups and groups[index - 1] not in groups[max(0, index - 2) : index - 1]:
            console.print(Text(f"\n{groups[index - 1]}", style="bold"))
        more = ": ".join(row[place] for place in places).replace(".: ", ". ")
        parts = [line, *wrap(more, console.width, initial_indent="  ", subsequent_indent="    ")]
        console.print(Text("\n".join(parts), style="" if index else "bold"), soft_wrap=True)


def _printed(text: str) -> str:
    """Return a text as it will appear in the encoding of standard output, so that its length is known."""
    return text.encode(encoding(), "actviz").decode(encoding())


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _aligned(rows: Sequence[Sequence[str]], numeric: bool) -> list[str]:
    """Write rows of cells as lines with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    adjusted = str.rjust if numeric else str.ljust
    return ["  ".join(map(adjusted, row, widths)).rstrip() for row in rows]


def card(title: str, facts: Sequence[tuple[str, str]], colours: Mapping[str, str]) -> None:
    """Print headings, each with a line; on a terminal, long lines are wrapped with a hanging indent.

    Parameters
    ----------
    colours
        The colours of some lines on a terminal, by heading.
    """
    if _on_terminal():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console = Console()
        console.print(Text(title, style="bold"))
        grid = Table.grid(padding=(0, 2))
        for heading, line in facts:
            grid.add_row(Text(heading, style="cyan"), Text(line, colours.get(heading, ""), overflow="fold"))
        console.print(grid)
        return
    width = max(len(heading) for heading, _ in facts)
    lines([title, *(f"{heading:<{width}}  {line}" for heading, line in facts)])


@contextmanager
def progress(what: str, total: int) -> Iterator[Any]:
    """Show a progress bar on standard error if that is a terminal; yield a function to call after each step."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    with Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
