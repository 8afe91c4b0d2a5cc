"""From the figure as a value to its files: drawn once, saved in each format, put in place as a whole or not at all.

The same figure gives the same bytes: no dates, no random ids, no settings of the user's.
"""

import gc
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actviz.errors import InputError
from actviz.figures import Picture
from actviz.output import files, png
from actviz.style import follow_page

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("png", "svg", "pdf")
DEFAULT_FORMATS = ("png", "svg")
DPI = 200
LOWEST_DPI, HIGHEST_DPI = 10, 1200
MOST_PIXELS = 100_000_000


def check_format(name: str) -> str:
    """Give the format's name in lower case; InputError if it isn't supported."""
    plain = name.strip().lower().removeprefix(".")
    if plain not in FORMATS:
        raise InputError(f"unsupported format '{name}'; use png, svg or pdf")
    return plain


def targets(out: str, pictures: Sequence[Picture], formats: Sequence[str]) -> dict[Picture, dict[str, Path]]:
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

    Raises
    ------
    InputError
        If the ending or a format isn't supported, or they contradict each other.
    """
    formats = list(dict.fromkeys(map(check_format, formats)))
    path = Path(out)
    if not path.suffix or path.is_dir() or out.endswith(("/", os.sep)):
        return {p: {form: path / f"{p.name}.{form}" for form in formats or DEFAULT_FORMATS} for p in pictures}
    try:
        ending = check_format(path.suffix)
    except InputError:
        raise InputError(f"unsupported ending '{path.suffix}' of '{out}'; use .png, .svg or .pdf") from None
    if len(pictures) > 1:
        raise InputError(f"'{out}' is one file, but there are {len(pictures)} figures; give a folder")
    if formats and formats != [ending]:
        raise InputError(f"'{out}' is {ending}, but --format asks for {', '.join(formats)}; give a folder")
    return {pictures[0]: {ending: path}}


def render(picture: Picture, formats: Sequence[str], dpi: float = DPI) -> dict[str, bytes]:
    """Draw a figure and give its bytes in each format.

    Raises
    ------
    InputError
        If dpi is outside [10, 1200], or the picture would have more than 100 million pixels.
    """
    if not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        raise InputError(f"{dpi:g} dpi is outside [{LOWEST_DPI}, {HIGHEST_DPI}]")
    with picture.styled():
        figure = picture.draw()
        _freeze(figure)
        width, height = figure.get_size_inches()
        if "png" in formats and width * height * dpi**2 > MOST_PIXELS:
            raise InputError(
                f"{width:g} x {height:g} inches at {dpi:g} dpi is more than {MOST_PIXELS // 10**6} million pixels"
            )
        return {form: _save(figure, form, dpi, picture) for form in formats}


def _freeze(figure: "Figure") -> None:
    """Let text stay where it is, so that saving doesn't look for room again: that takes a tenth of the time.

    Not for a figure that others go on with, since tick labels no longer count for a tight bounding box.
    """
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        axis.set_label_coords(0.5, 0.0)
        # an offset like 1e300 stands below the labels, so it has to know how high they are
        for tick in () if axis.get_major_formatter().get_offset() else axis.get_major_ticks():
            tick.label1.set_in_layout(False)


def _save(figure: Any, form: str, dpi: float, picture: Picture) -> bytes:
    title = picture.title or picture.heading
    if form == "png":
        figure.set_dpi(dpi)
        figure.canvas.draw()
        return png.encode(figure.canvas.buffer_rgba(), dpi, {"Title": title, "Description": picture.description})
    about: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": "actviz"},
        "pdf": {"CreationDate": None, "Creator": "actviz", "Producer": None, "Subject": picture.description},
    }
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, metadata={"Title": title, **about[form]})
    return _accessible(buffer.getvalue().decode(), picture).encode() if form == "svg" else buffer.getvalue()


def _accessible(svg: str, picture: Picture) -> str:
    """Add a description that screen readers find, and the colours of a dark page if the figure is to follow it.

    A page may hold the SVG code of several figures, so ids and rules of this one must mean nothing to the others.
    """
    own = hashlib.sha256(repr(picture).encode()).hexdigest()[:8]
    figure = f"actviz-{own}"
    # a rule for all elements, those of the page too; from the outermost one its values are inherited
    svg = svg.replace('<style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>', "", 1)
    # a marker inherits its style from where it is used; where it is defined, browsers differ on which rules apply
    svg = re.sub(r'(<path id="m\w+" d="[^"]*") style="[^"]*"/>', r"\1/>", svg)
    svg = _with_own_ids(svg, own)
    ids = f"title-{own}", f"desc-{own}"
    svg = svg.replace(
        "<svg ",
        f'<svg id="{figure}" role="img" aria-labelledby="{" ".join(ids)}" '
        'style="stroke-linejoin: round; stroke-linecap: butt" ',
        1,
    )
    svg = svg.replace("<title>", f'<title id="{ids[0]}">', 1)
    described = f'</title>\n <desc id="{ids[1]}">{escape(picture.description, quote=False)}</desc>'
    if picture.theme == "auto":
        described += f'\n <style type="text/css">{follow_page(figure)}</style>'
    return svg.replace("</title>", described, 1)


def _with_own_ids(svg: str, own: str) -> str:
    """End all ids, and what refers to them, with what is the figure's own, and those that are repeated with a number.

    Text isn't touched: in it, every "<" is escaped.
    """
    count: Counter[str] = Counter()

    def end(found: re.Match[str]) -> str:
        before, name = found.groups()
        if before != ' id="':
            return f"{before}{name}-{own}"
        count[name] += 1
        return f"{before}{name}-{own}" + (f"-{count[name]}" if count[name] > 1 else "")

    return re.sub(r"<\w[^>]*>", lambda tag: re.sub(r'( id="|href="#|url\(#)([^")]+)', end, tag[0]), svg)


def warm_up() -> None:
    """Load what drawing needs, which takes as long as several figures."""
    for module in ("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"):
        import_module(module)


def tidy() -> None:
    """Free what matplotlib leaves in cycles, so that memory doesn't grow with the number of figures."""
    gc.collect()
    gc.freeze()  # what is left is cached, and needn't be looked at again


def save(pictures: Sequence[Picture], out: str, formats: Sequence[str], dpi: float = DPI) -> list[Path]:
    """Draw figures and write them, all or none; give the paths, see `targets`, `render` and `files.write`."""
    places = targets(out, pictures, formats)
    for folder in {path.parent for paths in places.values() for path in paths.values()}:
        files.clear_away(folder)
    contents: dict[Path, bytes] = {}
    for picture, paths in places.items():
        rendered = render(picture, list(paths), dpi)
        contents |= {path: rendered[form] for form, path in paths.items()}
        if len(pictures) > 1:
            tidy()
    files.write(contents)
    return list(contents)
