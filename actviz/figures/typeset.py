"""Formulas as text that is parsed once, however often it is measured and drawn: parsing takes longer than a panel."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D, Bbox

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure


def write(parent: "Figure | Axes", x: float, y: float, words: str, **options: Any) -> Text:
    """Write text in a figure or in axes, at a share of its width and height."""
    place: dict[str, Any] = {"transform": parent.transAxes if isinstance(parent, Axes) else parent.transSubfigure}
    if "$" not in words or not options.get("parse_math", True):
        return parent.text(x, y, words, **place, **options)
    formula = Formula(x, y, words, **place, **options)
    parent.add_artist(formula)
    return formula


_SIZE = text_to_path.FONT_SCALE


class Formula(Text):
    """One line of text with mathtext in it, drawn as a shape; PDF gets it as text."""

    def _shape(self) -> tuple[Path, float, float, float]:
        return _parsed(self.get_text(), str(self.get_fontfamily()[0]), str(self.get_fontweight()))

    def get_window_extent(self, renderer: "RendererBase | None" = None, dpi: float | None = None) -> Bbox:
        """Give the box around it in pixels."""
        figure = self.get_figure(root=True)
        assert figure is not None
        _, width, height, descent = self._shape()
        scale = float(self.get_fontsize()) / _SIZE * (dpi or figure.dpi) / 72
        x, y = self.get_transform().transform(self.get_unitless_position())
        left = x - width * scale * {"left": 0.0, "center": 0.5, "right": 1.0}[self.get_horizontalalignment()]
        bottom = y - scale * {"bottom": 0.0, "baseline": descent, "top": height}[self.get_verticalalignment()]
        return Bbox.from_bounds(left, bottom, width * scale, height * scale)

    def draw(self, renderer: Any) -> None:
        """Draw it, as a path where that is quicker."""
        if type(renderer).__name__ == "RendererPdf":
            super().draw(renderer)
            return
        path, width, _, descent = self._shape()
        box = self.get_window_extent()
        scale = box.width / width
        renderer.open_group("text", self.get_gid())
        if hasattr(renderer, "writer"):
            renderer.writer.comment(self.get_text())
        context = renderer.new_gc()
        context.set_linewidth(0)
        context.set_foreground(self.get_color())
        place = Affine2D().scale(scale).translate(box.x0, box.y0 + descent * scale)
        renderer.draw_path(context, path, place, context.get_rgb())
        context.restore()
        renderer.close_group("text")


@lru_cache(maxsize=256)
def _parsed(words: str, family: str, weight: str) -> tuple[Path, float, float, float]:
    """Give the shape of a formula with its width, height and descent, all for a font of `_SIZE` points."""
    font = FontProperties(family=family, weight=weight, size=_SIZE)
    width, height, descent = text_to_path.get_text_width_height_descent(words, font, ismath=True)
    return TextPath((0, 0), words, prop=font), width, height, descent
