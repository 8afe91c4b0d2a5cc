"""From the figure as a value to its files: drawn once, saved in each format, put in place as a whole or not at all.

The same figure has the same bytes: no dates, no random ids, no settings of the user's.
"""

import gc
import io
import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from actviz.errors import InputError
from actviz.figures import Picture
from actviz.output import files, png

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure

FORMATS = ("png", "svg", "pdf")
DEFAULT_FORMATS = ("png", "svg")
DPI = 200
LOWEST_DPI, HIGHEST_DPI = 10, 1200
MOST_PIXELS = 100_000_000


def check_format(name: str) -> str:
    """Return the format's name in lower case; InputError if it isn't supported."""
    plain = name.strip().lower().removeprefix(".")
    if plain not in FORMATS:
        raise InputError(f"unsupported format '{name}'; use png, svg or pdf")
    return plain


def targets(
    out: str, pictures: Sequence[Picture], formats: Sequence[str], dpi: float = DPI
) -> dict[Picture, dict[str, Path]]:
    """Decide which files the figures go to.

    Parameters
    ----------
    out
        A folder, or a file whose ending is the format. What has an ending but is a folder, or ends in a slash, is a
        folder.
    pictures
        The figures; a file holds only one.
    formats
        What to write into a folder; png and svg if empty.
    dpi
        The resolution of PNG files; if it isn't the usual one, files in a folder have other names.

    Raises
    ------
    InputError
        If the ending or a format isn't supported, they contradict each other, or one file is given for several figures.
    """
    pictures, formats = list(dict.fromkeys(pictures)), list(dict.fromkeys(map(check_format, formats)))
    path = Path(out)
    if not path.suffix or os.path.isdir(path) or out.endswith(("/", os.sep)):
        formats = formats or list(DEFAULT_FORMATS)
        saved = (f"dpi={float(dpi)}",) if dpi != DPI and "png" in formats else ()
        return {p: {form: path / f"{p.named(*saved)}.{form}" for form in formats} for p in pictures}
    try:
        ending = check_format(path.suffix)
    except InputError:
        raise InputError(
            f"unsupported ending '{path.suffix}' of '{out}'; use .png, .svg or .pdf, or '{out}/' for a folder"
        ) from None
    if len(pictures) > 1:
        raise InputError(f"'{out}' is one file, but there are {len(pictures)} figures; give a folder")
    if formats and formats != [ending]:
        raise InputError(f"'{out}' is {ending}, but format asks for {', '.join(formats)}; give a folder", "format")
    return {pictures[0]: {ending: path}}


def render(picture: Picture, formats: Sequence[str], dpi: float = DPI) -> dict[str, bytes]:
    """Draw a figure, and return its bytes in each format.

    Raises
    ------
    InputError
        If dpi is outside [10, 1200], or the picture would have more than 100 million pixels.
    """
    if not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        raise InputError(f"{dpi:g} dpi is outside [{LOWEST_DPI}, {HIGHEST_DPI}]")
    with picture.styled():
        figure = picture.figure()
        _freeze(figure)
        width, height = figure.get_size_inches()
        if "png" in formats and width * height * dpi**2 > MOST_PIXELS:
            raise InputError(
                f"{width:g} x {height:g} inches at {dpi:g} dpi is more than {MOST_PIXELS // 10**6} million pixels"
            )
        return {form: _save(figure, form, dpi) for form in formats}


def _freeze(figure: "ThemedFigure") -> None:
    """Let text stay where it is, so that saving doesn't look for room again, which takes a tenth of the time.

    Not for a figure that is handed to others, since tick labels no longer count for a tight bounding box.
    """
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        if not axis.get_label_text():
            axis.set_label_coords(0.5, 0.0)
        # an offset such as 1e300 is below the labels, and has to know how high they are
        for tick in () if axis.get_major_formatter().get_offset() else axis.get_major_ticks():
            tick.label1.set_in_layout(False)


def _save(figure: "ThemedFigure", form: str, dpi: float) -> bytes:
    if form == "png" and figure.about:
        figure.set_dpi(dpi)
        figure.canvas.draw()
        about = {"Title": figure.about.title, "Description": figure.about.description}
        return png.encode(figure.canvas.buffer_rgba(), dpi, about)  # type: ignore[attr-defined]
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form)
    return buffer.getvalue()


def warm_up() -> None:
    """Load what drawing needs, which takes as long as drawing several figures."""
    for module in ("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"):
        import_module(module)


def tidy() -> None:
    """Free what matplotlib leaves in reference cycles, so that memory doesn't grow with the number of figures."""
    gc.collect()
    gc.freeze()  # what is left is cached, and needn't be examined again


def save(pictures: Sequence[Picture], out: str, formats: Sequence[str], dpi: float = DPI) -> list[Path]:
    """Draw figures and write them, all or none; return the paths (see `targets`, `render` and `files.write`)."""
    places = targets(out, pictures, formats, dpi)
    files.clear_away(path for paths in places.values() for path in paths.values())
    contents: dict[Path, bytes] = {}
    for picture, paths in places.items():
        rendered = render(picture, list(paths), dpi)
        contents |= {path: rendered[form] for form, path in paths.items()}
        if len(pictures) > 1:
            tidy()
    files.write(contents)
    return list(contents)


def content(pictures: Sequence[Picture], formats: Sequence[str], dpi: float = DPI) -> bytes:
    """Draw the one figure that goes to standard output, in the format given, or as svg; see `render`.

    Raises
    ------
    InputError
        If there are more figures, or more formats.
    """
    pictures, formats = list(dict.fromkeys(pictures)), list(dict.fromkeys(map(check_format, formats))) or ["svg"]
    if len(pictures) > 1:
        raise InputError(f"standard output takes one figure, not {len(pictures)}; give a folder as out", "out")
    if len(formats) > 1:
        raise InputError(f"standard output takes one format, not {', '.join(formats)}; give a folder as out", "out")
    return render(pictures[0], formats, dpi)[formats[0]]
