"""A matplotlib figure that keeps its look for what is added later, and whenever it is drawn, saved or shown.

matplotlib reads most settings when something is added, drawn or saved, and by then they are the user's again.
"""

import gzip
import io
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from html import escape
from typing import IO, Any

import matplotlib
from matplotlib import cbook
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from actviz import style

CREATOR = f"actviz, matplotlib {'.'.join(matplotlib.__version__.split('.')[:2])}"
"""Written into files: the same minor version of matplotlib draws a figure the same, others move some of its text."""

SCREEN_DPI = 96
"""How many pixels a browser counts as an inch."""


@dataclass(frozen=True)
class About:
    """What a file says about the figure in it; ids in it end with the key.

    With the theme "auto" it follows the page, except for the colours that were chosen.
    """

    key: str
    title: str
    description: str
    theme: str
    colors: tuple[str, ...] = ()


class ThemedFigure(Figure):
    """A figure with the look that is applied while it is made.

    Parameters
    ----------
    size
        Width and height in inches.
    """

    about: About | None = None

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__(figsize=size)
        FigureCanvasAgg(self)
        self.look = style.look()

    def draw(self, renderer: Any) -> None:
        """Draw it on a canvas."""
        with self.look.applied():
            super().draw(renderer)

    def savefig(self, fname: Any, *, transparent: bool | None = None, **kwargs: Any) -> None:
        """Save it as matplotlib does, with a title and a description; see `matplotlib.figure.Figure.savefig`.

        An SVG figure follows the page that it is on if its theme is "auto".
        """
        target = os.fspath(fname) if isinstance(fname, os.PathLike) else fname
        form = kwargs.pop("format", None) or (os.path.splitext(target)[1][1:] if isinstance(target, str) else "")
        if not form:
            form = self.canvas.get_default_filetype()
            target = f"{target.rstrip('.')}.{form}" if isinstance(target, str) else target
        form = form.lower()
        with self.look.applied("savefig."):
            options: dict[str, Any] = {"facecolor": "auto", "edgecolor": "auto", "transparent": transparent, **kwargs}
            about = self.about
            if about is None or form not in _METADATA:
                super().savefig(target, format=form, **options)
                return
            options["metadata"] = {"Title": about.title, **_METADATA[form](about), **(kwargs.get("metadata") or {})}
            if form not in ("svg", "svgz"):
                super().savefig(target, format=form, **options)
                return
            buffer = io.BytesIO()
            super().savefig(buffer, format="svg", **options)
        svg = accessible(buffer.getvalue().decode(), about)
        with cbook.open_file_cm(target, "wb") as file:
            _write(file, svg, compressed=form == "svgz")

    def _repr_svg_(self) -> str:
        buffer = io.BytesIO()
        self.savefig(buffer, format="svg")
        return buffer.getvalue().decode()

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """Return the picture and its size on a screen, which is less than its number of pixels."""
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=style.LAYOUT_DPI)
        width, height = self.get_size_inches() * SCREEN_DPI
        return buffer.getvalue(), {"width": round(width), "height": round(height)}


_METADATA: dict[str, Callable[[About], dict[str, str | None]]] = {
    "png": lambda about: {"Description": about.description},
    "svg": lambda about: {"Date": None, "Creator": CREATOR},
    "svgz": lambda about: {"Date": None, "Creator": CREATOR},
    "pdf": lambda about: {"CreationDate": None, "Creator": CREATOR, "Producer": None, "Subject": about.description},
}
"""What each format that has room for it says besides the title; no dates."""


def _write(file: IO[Any], svg: str, compressed: bool) -> None:
    if compressed:
        file.write(gzip.compress(svg.encode(), mtime=0))
    elif cbook.file_requires_unicode(file):
        file.write(svg)
    else:
        file.write(svg.encode())


def accessible(svg: str, about: About) -> str:
    """Add a description that screen readers find, and the colours for a dark page if the figure follows the page.

    A page may hold the SVG code of several figures, so the ids and rules of one mustn't affect the others.
    """
    figure = f"actviz-{about.key}"
    # a rule for every element, even of the page; set on the outermost element, its values are inherited
    svg = svg.replace('<style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>', "", 1)
    # a marker inherits its style from where it is used; where it is defined, browsers differ on which rules apply
    svg = re.sub(r'(<path id="m\w+" d="[^"]*") style="[^"]*"/>', r"\1/>", svg)
    svg = _with_own_ids(svg, about.key)
    ids = f"title-{about.key}", f"desc-{about.key}"
    svg = svg.replace(
        "<svg ",
        f'<svg id="{figure}" role="img" aria-labelledby="{" ".join(ids)}" '
        'style="stroke-linejoin: round; stroke-linecap: butt" ',
        1,
    )
    svg = svg.replace("<title>", f'<title id="{ids[0]}">', 1)
    described = f'</title>\n <desc id="{ids[1]}">{escape(about.description, quote=False)}</desc>'
    if about.theme == "auto":
        described += f'\n <style type="text/css">{style.follow_page(figure, about.colors)}</style>'
    return svg.replace("</title>", described, 1)


def _with_own_ids(svg: str, own: str) -> str:
    """End all ids, and references to them, with the figure's own key; repeated ids get a number too.

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


class ThemedAxes(Axes):
    """Axes that give the figure's look to whatever is added, unless it sets its own."""


def _in_look(method: Callable[..., Any]) -> Callable[..., Any]:
    """Run a method of a figure or of axes with the figure's look applied."""

    @wraps(method)
    def styled(self: Any, *arguments: Any, **options: Any) -> Any:
        figure = self.get_figure(root=True)
        if not isinstance(figure, ThemedFigure):  # the axes were moved to another figure
            return method(self, *arguments, **options)
        with figure.look.applied():
            return method(self, *arguments, **options)

    return styled


for _kind, _names in {
    ThemedAxes: (
        "annotate", "arrow", "axhline", "axvline", "axline", "bar", "barh", "errorbar", "fill_between", "grid",
        "inset_axes", "legend", "plot", "scatter", "secondary_xaxis", "secondary_yaxis", "set_title", "set_xlabel",
        "set_ylabel", "stem", "step", "table", "text", "twinx", "twiny",
    ),
    ThemedFigure: (
        "add_axes", "add_subplot", "colorbar", "legend", "subfigures", "subplots", "suptitle", "supxlabel", "supylabel",
        "text",
    ),
}.items():  # fmt: skip
    for _name in _names:
        setattr(_kind, _name, _in_look(getattr(_kind, _name)))
