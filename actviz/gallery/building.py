"""Building the gallery, and checking that the committed one is what would be built."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from actviz import output
from actviz.errors import InputError
from actviz.figures import Picture
from actviz.gallery import index, page
from actviz.gallery.articles import ENTRIES, PICTURES

Step = Callable[[], object]

TOLERANCE = 1e-3
"""Points by which a coordinate in an SVG may differ: processors round the last digit of exp differently."""


def selected(pattern: str | None) -> list[Picture]:
    """Give the figures whose name, or the id of whose entry, matches; all if there is no pattern."""
    if pattern is None:
        return list(PICTURES)
    ids = {picture: {entry.id for entry in ENTRIES if picture in entry.pictures} for picture in PICTURES}
    chosen = [p for p in PICTURES if any(fnmatchcase(word.lower(), pattern.lower()) for word in {p.name, *ids[p]})]
    if not chosen:
        raise InputError(f"no figure of the gallery matches '{pattern}'; gallery/{index.NAME} lists names and ids")
    return chosen


def build(folder: Path, pictures: Sequence[Picture], whole: bool, jobs: int | None, step: Step) -> list[Path]:
    """Draw figures into a folder as PNG and SVG, and the pages if it is the whole gallery; give the paths."""
    paths: list[Path] = []
    sizes: dict[str, tuple[float, float]] = {}
    for picture, files in _rendered(pictures, ("png", "svg"), jobs):
        sizes[picture.name] = _size(files["svg"])
        contents = {folder / f"{picture.name}.{form}": content for form, content in files.items()}
        output.write(contents)
        paths += contents
        step()
    if whole:
        contents = {folder / name: text.encode() for name, text in _pages(sizes).items()}
        output.write(contents)
        paths += contents
    return paths


def check(folder: Path, pictures: Sequence[Picture], whole: bool, jobs: int | None, step: Step) -> list[str]:
    """Compare the SVG figures and the pages with what would be built, and write nothing.

    Gives a line for each file that is missing, stale or, if it is the whole gallery, no longer wanted.
    """
    wrong: list[str] = []
    sizes: dict[str, tuple[float, float]] = {}
    for picture, files in _rendered(pictures, ("svg",), jobs):
        sizes[picture.name] = _size(files["svg"])
        path = folder / f"{picture.name}.svg"
        wrong += _difference(path, files["svg"].decode(), same_svg)
        step()
    if whole:
        for name, text in _pages(sizes).items():
            wrong += _difference(folder / name, text, str.__eq__)
        wrong += [f"{path}: no longer wanted" for path in unwanted(folder)]
    return wrong


def unwanted(folder: Path) -> list[Path]:
    """Give the figures in the folder that aren't the gallery's."""
    wanted = {f"{picture.name}.{form}" for picture in PICTURES for form in ("png", "svg")}
    return sorted(p for p in folder.glob("*") if p.suffix in (".png", ".svg") and p.name not in wanted)


def same_svg(one: str, other: str) -> bool:
    """Whether two SVG files show the same: equal but for the last digits of coordinates."""
    number = re.compile(r"(-?\d+\.\d+)")
    ones, others = number.split(one), number.split(other)
    return (
        len(ones) == len(others)
        and ones[::2] == others[::2]
        and all(abs(float(a) - float(b)) <= TOLERANCE for a, b in zip(ones[1::2], others[1::2], strict=True))
    )


def _pages(sizes: page.Sizes) -> dict[str, str]:
    """Write what shows the figures, by the name of its file."""
    return {index.NAME: index.text(), page.NAME: page.text(sizes)}


def _size(svg: bytes) -> tuple[float, float]:
    """Read the width and height of a figure."""
    width, height = re.findall(r' (?:width|height)="([\d.]+)pt"', svg[:1000].decode())[:2]
    return float(width), float(height)


def _difference(path: Path, wanted: str, same: Callable[[str, str], bool]) -> list[str]:
    try:
        found = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return [f"{path}: missing"]
    except (OSError, UnicodeDecodeError):
        return [f"{path}: can't be read"]
    return [] if same(found, wanted) else [f"{path}: stale"]


def _rendered(
    pictures: Sequence[Picture], formats: tuple[str, ...], jobs: int | None
) -> Iterator[tuple[Picture, dict[str, bytes]]]:
    """Draw figures, in several processes if that pays, and give them in order."""
    jobs = min(jobs or _processors(), len(pictures))
    render = partial(output.render, formats=formats)
    if jobs == 1:
        yield from ((picture, render(picture)) for picture in pictures)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from zip(pictures, pool.map(render, pictures), strict=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
