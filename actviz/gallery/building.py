"""Building the gallery, and checking that an existing one is what would be built."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

from actviz.errors import InputError, WriteError, nearest
from actviz.figures import Picture
from actviz.gallery import articles, index, manifest, page, processes
from actviz.gallery.comparing import same_svg
from actviz.output import files, png

Step = Callable[[], object]

FORMATS = ("png", "svg")

PAGES = (index.NAME, page.NAME)


def _entries() -> tuple[str, ...]:
    """Return the entries that a build of the whole gallery leaves in the manifest."""
    return (*(picture.name for picture in selected(None)), manifest.PAGES_ENTRY)


def selected(pattern: str | None) -> list[Picture]:
    """Return the figures whose name, or the id of whose entry, matches; all if there is no pattern.

    Their forms for phones come last.
    """
    chosen = _matching(pattern) if pattern is not None else articles.PICTURES
    return [*chosen, *(articles.PHONES[picture] for picture in chosen if picture in articles.PHONES)]


def _matching(pattern: str) -> list[Picture]:
    words = {p: [p.name, *(entry.id for entry in articles.ENTRIES if p in entry.pictures)] for p in articles.PICTURES}
    chosen = [p for p in articles.PICTURES if any(fnmatchcase(word.lower(), pattern.lower()) for word in words[p])]
    if not chosen:
        hint = nearest(pattern, chain(*words.values()), f"; the gallery's {index.NAME} lists names and ids")
        raise InputError(f"no figure of the gallery matches '{pattern}'{hint}")
    return chosen


def formats(picture: Picture) -> tuple[str, ...]:
    """Return the formats in which the gallery has a figure."""
    return ("svg",) if picture.size == articles.PHONE else FORMATS


@dataclass(frozen=True)
class Built:
    """The files of a build, how many figures had to be drawn, and remarks for the user."""

    paths: list[Path]
    drawn: int
    remarks: list[str]


def build(folder: Path, pictures: Sequence[Picture], whole: bool, jobs: int | None, step: Step) -> Built:
    """Draw into a folder, as PNG and SVG, the figures that have changed, and the pages if it is the whole gallery.

    Raises
    ------
    InputError
        If the folder has pages or a manifest of something else.
    """
    names = {picture.name: [f"{picture.name}.{form}" for form in formats(picture)] for picture in pictures}
    paths = [folder / file for pair in names.values() for file in pair]
    paths += [folder / name for name in PAGES] * whole
    files.check_place(folder / manifest.NAME)
    record, problem = manifest.read(folder / manifest.NAME)
    if whole:
        _refuse_other_peoples_pages(folder)
    files.clear_away([*paths, folder / manifest.NAME])
    so = "every figure is drawn" if whole else "what was asked for is drawn anew"
    remarks = [f"note: {folder / manifest.NAME} can't be used, so {so}: {problem}"] if problem else []
    keys = {picture.name: manifest.key(picture) for picture in pictures}
    stale = [p for p in pictures if not record.current(folder, p.name, keys[p.name], names[p.name])]
    for _ in range(len(pictures) - len(stale)):
        step()
    with closing(processes.rendered({picture: formats(picture) for picture in stale}, jobs)) as drawn:
        for picture, contents in drawn:
            placed = {folder / f"{picture.name}.{form}": content for form, content in contents.items()}
            files.write(placed)
            record.remember(picture.name, keys[picture.name], placed)
            step()
    if whole:
        remarks += _without(orphans(folder), record)
        key = manifest.pages_key(keys.values())
        if not record.current(folder, manifest.PAGES_ENTRY, key, PAGES):
            sizes = {picture.name: _size((folder / f"{picture.name}.svg").read_bytes()) for picture in pictures}
            pages = {folder / name: text.encode() for name, text in _pages(sizes).items()}
            files.write(pages)
            record.remember(manifest.PAGES_ENTRY, key, pages)
        record.keep_only(_entries())
    record_text = record.text(_entries()).encode()
    if manifest.digest(folder / manifest.NAME) != hashlib.sha256(record_text).hexdigest():
        files.write({folder / manifest.NAME: record_text})
    return Built(paths, len(stale), remarks)


def _refuse_other_peoples_pages(folder: Path) -> None:
    """Raise InputError if there is a page without the gallery's mark, such as a project's README.md."""
    for path in (folder / name for name in PAGES):
        files.check_place(path)
        if path.exists() and not index.is_ours(path):
            raise InputError(f"'{path}' belongs to something other than a gallery; give another folder as out", "out")


def orphans(folder: Path) -> list[Path]:
    """Find the figures in the folder that its index shows and the gallery no longer has; others are the user's own."""
    wanted = {picture.name for picture in articles.PICTURES}
    endings = (*(f".{form}" for form in FORMATS), f"-{articles.PHONE}.svg")
    names = [f"{name}{ending}" for name in index.figures(folder) if name not in wanted for ending in endings]
    return [folder / name for name in names if os.path.lexists(folder / name)]


def _without(paths: Iterable[Path], record: manifest.Manifest) -> list[str]:
    """Remove files that are as a build wrote them, keep those changed since, and return a remark on each."""
    remarks = []
    for path in paths:
        unchanged = record.unchanged(path)
        if unchanged:
            files.remove(path)
        what = "was removed" if unchanged else "is kept, since it isn't as the last build left it"
        remarks.append(f"note: {path} is no longer in the gallery and {what}")
    return remarks


def check(folder: Path, pictures: Sequence[Picture], whole: bool, jobs: int | None, step: Step) -> list[str]:
    """Compare the figures and the pages with what would be built, and write nothing.

    SVG files are always wanted. PNG files are wanted where a build has left any, so a checkout without them passes;
    others, drawn there with `actviz plot` for example, must be current too if they have the name of a gallery figure.

    Returns a line for each file that is missing, stale or, if it is the whole gallery, no longer wanted.
    """
    wrong: list[str] = []
    sizes: dict[str, tuple[float, float]] = {}
    record, _ = manifest.read(folder / manifest.NAME)
    there = {picture.name for picture in articles.PICTURES if os.path.lexists(folder / f"{picture.name}.png")}
    kept = any(f"{name}.png" in record.files.get(name, {}) for name in there)
    as_png = {picture.name for picture in pictures if kept or picture.name in there}
    wanted = {picture: formats(picture) if picture.name in as_png else ("svg",) for picture in pictures}
    with closing(processes.rendered(wanted, jobs)) as drawn:
        for picture, contents in drawn:
            sizes[picture.name] = _size(contents["svg"])
            wrong += _difference(folder / f"{picture.name}.svg", contents["svg"], _same_svg)
            if "png" in contents:
                wrong += _difference(folder / f"{picture.name}.png", contents["png"], png.same)
            step()
    if whole:
        for name, text in _pages(sizes).items():
            wrong += _difference(folder / name, text.encode(), bytes.__eq__)
        wrong += [f"{path}: no longer wanted" for path in orphans(folder)]
    return wrong


def _pages(sizes: page.Sizes) -> dict[str, str]:
    """Write the pages that show the figures, by the names of their files."""
    return {index.NAME: index.text(), page.NAME: page.text(sizes)}


def _size(svg: bytes) -> tuple[float, float]:
    """Read the width and height of a figure."""
    head = svg[:1000].decode(errors="ignore")  # the cut may be inside a character
    width, height = re.findall(r' (?:width|height)="([\d.]+)pt"', head)[:2]
    return float(width), float(height)


def _difference(path: Path, wanted: bytes, same: Callable[[bytes, bytes], bool]) -> list[str]:
    try:
        files.check_place(path)
        return [] if same(path.read_bytes(), wanted) else [f"{path}: stale"]
    except FileNotFoundError:
        return [f"{path}: missing"]
    except (WriteError, OSError, UnicodeDecodeError):
        return [f"{path}: can't be read"]


def _same_svg(one: bytes, other: bytes) -> bool:
    return same_svg(one.decode(), other.decode())
