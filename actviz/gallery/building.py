"""Building the gallery, and checking that the committed one is what would be built."""

import gc
import hashlib
import os
import re
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain
from pathlib import Path

from actviz.errors import ActvizError, InputError, WriteError, nearest
from actviz.figures import Picture
from actviz.gallery import index, manifest, page
from actviz.gallery.articles import ENTRIES, PICTURES
from actviz.gallery.comparing import same_svg
from actviz.output import files, rendering

Step = Callable[[], object]

FORMATS = ("png", "svg")

PAGES = (index.NAME, page.NAME)


def selected(pattern: str | None) -> list[Picture]:
    """Give the figures whose name, or the id of whose entry, matches; all if there is no pattern."""
    if pattern is None:
        return list(PICTURES)
    words = {p: [p.name, *(entry.id for entry in ENTRIES if p in entry.pictures)] for p in PICTURES}
    chosen = [p for p in PICTURES if any(fnmatchcase(word.lower(), pattern.lower()) for word in words[p])]
    if not chosen:
        hint = nearest(pattern, chain(*words.values()), f"; the gallery's {index.NAME} lists names and ids")
        raise InputError(f"no figure of the gallery matches '{pattern}'{hint}")
    return chosen


@dataclass(frozen=True)
class Built:
    """The files of a build, how many figures had to be drawn, and what else is to be said."""

    paths: list[Path]
    drawn: int
    remarks: list[str]


def build(folder: Path, pictures: Sequence[Picture], whole: bool, jobs: int | None, step: Step) -> Built:
    """Draw into a folder, as PNG and SVG, the figures that have changed, and the pages if it is the whole gallery."""
    if whole:
        _refuse_other_peoples_pages(folder)
    files.check_place(folder / manifest.NAME)
    files.clear_away(folder)
    record, problem = manifest.read(folder / manifest.NAME)
    remarks = [f"note: {folder / manifest.NAME} can't be used, so every figure is drawn: {problem}"] if problem else []
    keys = {picture.name: manifest.key(picture) for picture in pictures}
    names = {picture.name: [f"{picture.name}.{form}" for form in FORMATS] for picture in pictures}
    stale = [p for p in pictures if not record.current(folder, p.name, keys[p.name], names[p.name])]
    for _ in range(len(pictures) - len(stale)):
        step()
    with closing(_rendered(stale, FORMATS, jobs)) as rendered:
        for picture, contents in rendered:
            placed = {folder / f"{picture.name}.{form}": content for form, content in contents.items()}
            files.write(placed)
            record.remember(picture.name, keys[picture.name], placed)
            step()
    paths = [folder / file for pair in names.values() for file in pair]
    if whole:
        key = manifest.pages_key(keys.values())
        if not record.current(folder, "pages", key, PAGES):
            sizes = {picture.name: _size((folder / f"{picture.name}.svg").read_bytes()) for picture in pictures}
            pages = {folder / name: text.encode() for name, text in _pages(sizes).items()}
            files.write(pages)
            record.remember("pages", key, pages)
        paths += [folder / name for name in PAGES]
    record_text = record.text([*(picture.name for picture in PICTURES), "pages"]).encode()
    if manifest.digest(folder / manifest.NAME) != hashlib.sha256(record_text).hexdigest():
        files.write({folder / manifest.NAME: record_text})
    return Built(paths, len(stale), remarks)


def _refuse_other_peoples_pages(folder: Path) -> None:
    """Pages in a folder without any figure of the gallery, as a project's README.md, are something else."""
    others = [folder / name for name in PAGES if (folder / name).is_file()]
    if others and not any((folder / f"{picture.name}.svg").exists() for picture in PICTURES):
        raise InputError(f"'{others[0]}' belongs to something else than a gallery; give another folder with --out")


def check(folder: Path, pictures: Sequence[Picture], whole: bool, jobs: int | None, step: Step) -> list[str]:
    """Compare the SVG figures and the pages with what would be built, and write nothing.

    Gives a line for each file that is missing, stale or, if it is the whole gallery, no longer wanted.
    """
    wrong: list[str] = []
    sizes: dict[str, tuple[float, float]] = {}
    with closing(_rendered(pictures, ("svg",), jobs)) as rendered:
        for picture, contents in rendered:
            sizes[picture.name] = _size(contents["svg"])
            path = folder / f"{picture.name}.svg"
            wrong += _difference(path, contents["svg"].decode(), same_svg)
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


def _pages(sizes: page.Sizes) -> dict[str, str]:
    """Write what shows the figures, by the name of its file."""
    return {index.NAME: index.text(), page.NAME: page.text(sizes)}


def _size(svg: bytes) -> tuple[float, float]:
    """Read the width and height of a figure."""
    width, height = re.findall(r' (?:width|height)="([\d.]+)pt"', svg[:1000].decode())[:2]
    return float(width), float(height)


def _difference(path: Path, wanted: str, same: Callable[[str, str], bool]) -> list[str]:
    try:
        files.check_place(path)
        found = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return [f"{path}: missing"]
    except (WriteError, OSError, UnicodeDecodeError):
        return [f"{path}: can't be read"]
    return [] if same(found, wanted) else [f"{path}: stale"]


def _rendered(
    pictures: Sequence[Picture], formats: tuple[str, ...], jobs: int | None
) -> Generator[tuple[Picture, dict[str, bytes]]]:
    """Draw figures, in several processes if that pays, and give them in order."""
    jobs = min(jobs or _processors(), len(pictures))
    render = partial(_render, formats)
    if jobs < 2:
        yield from ((picture, render(picture)) for picture in pictures)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_all_start_methods, get_context

    rendering.warm_up()  # before the processes are made, which then share what it loads
    quickest = get_context("fork" if "fork" in get_all_start_methods() else None)
    pool = ProcessPoolExecutor(jobs, mp_context=quickest, initializer=_prepare)
    try:
        with _interrupts_wait():
            results = pool.map(render, pictures)
        yield from zip(pictures, results, strict=True)
    except BrokenProcessPool:
        raise ActvizError("a process that draws was killed, perhaps for want of memory; try --jobs 1") from None
    finally:
        with _interrupts_wait():
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let Ctrl-C take effect afterwards: processes that are half made or half ended would be waited for without end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare() -> None:
    """Make a process that draws leave interrupts to the first one, end with it, and not look for garbage meanwhile."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.disable()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _render(formats: Sequence[str], picture: Picture) -> dict[str, bytes]:
    rendered = rendering.render(picture, formats)
    rendering.tidy()
    return rendered


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
