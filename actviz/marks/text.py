"""Text that is measured and made to fit; formulas are parsed once, since parsing takes longer than drawing a panel."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D, Bbox

from actviz.errors import InputError
from actviz.style import FAINT, FONT, MATHEMATICS, TYPE, faint, look, scaled

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure


def write(parent: "Figure | Axes", x: float, y: float, words: str, **options: Any) -> Text:
    r"""Write text in a figure or in axes, at shares of their width and height.

    If all dollar signs are escaped (`\$`), there is no mathtext: it may be a name given by the user, and is written as
    it is, in fonts that have all its characters. In axes with a uniform look, all text has the same size.
    """
    if faint(options.get("color")):
        options.setdefault("gid", FAINT)
    if look().uniform and isinstance(parent, Axes):
        options["fontsize"] = scaled(TYPE)
    place: dict[str, Any] = {"transform": parent.transAxes if isinstance(parent, Axes) else parent.transSubfigure}
    if options.get("parse_math", True) and is_plain(words):
        if "$" in words:
            words, options["parse_math"] = words.replace(r"\$", "$"), False
        if not words.isascii() and len(family := families(words, what="the names")) > 1:
            options.setdefault("fontfamily", family)
        return parent.text(x, y, words, **place, **options)
    if not options.get("parse_math", True):
        return parent.text(x, y, words, **place, **options)
    formula = Formula(x, y, words, **place, **options)
    parent.add_artist(formula)
    return formula


def is_plain(words: str) -> bool:
    """Whether there is no mathtext in some words."""
    return "$" not in words.replace(r"\$", "")


_SIZE = text_to_path.FONT_SCALE

MATHEMATICS_SIZE = 1.16
"""How much larger mathematics is set than words, since its letters are smaller; not so in other mathematical fonts."""


class Formula(Text):
    """One line of text with mathtext in it: shapes in PNG and SVG, text that can be searched and copied in PDF."""

    def _fonts(self) -> tuple[str, str, str]:
        return str(self.get_fontfamily()[0]), self.get_math_fontfamily(), str(self.get_fontweight())

    def _shape(self) -> tuple[Path, float, float, float]:
        return _parsed(self.get_text(), *self._fonts())

    def get_window_extent(self, renderer: "RendererBase | None" = None, dpi: float | None = None) -> Bbox:
        """Return the box around it in pixels."""
        figure = self.get_figure(root=True)
        assert figure is not None
        _, width, height, _ = self._shape()
        scale = float(self.get_fontsize()) / _SIZE * (dpi or figure.dpi) / 72
        corner = self._corner(scale)
        corners = self._turned().transform(Bbox.from_bounds(*corner, width * scale, height * scale).corners())
        return Bbox([corners.min(axis=0), corners.max(axis=0)])

    def _corner(self, scale: float) -> tuple[float, float]:
        """Return the lower left corner of the text before it is rotated, relative to its position."""
        _, width, height, descent = self._shape()
        left = {"left": 0.0, "center": width / 2, "right": width}[self.get_horizontalalignment()]
        below = {"bottom": 0.0, "baseline": descent, "center": height / 2, "top": height}
        return -scale * left, -scale * below[self.get_verticalalignment()]

    def _turned(self) -> Affine2D:
        x, y = self.get_transform().transform(self.get_unitless_position())
        return Affine2D().rotate_deg(float(self.get_rotation())).translate(x, y)

    def draw(self, renderer: Any) -> None:
        """Draw it: as a path for PNG, where text becomes one anyway."""
        as_path = isinstance(renderer, RendererAgg)
        path, _, _, descent = self._shape()
        figure = self.get_figure(root=True)
        assert figure is not None
        scale = float(self.get_fontsize()) / _SIZE * figure.dpi / 72
        left, bottom = self._corner(scale)
        place = Affine2D().scale(scale).translate(left, bottom + descent * scale) + self._turned()
        renderer.open_group("text", self.get_gid())
        context = renderer.new_gc()
        context.set_linewidth(0)
        context.set_foreground(self.get_color())
        if as_path:
            renderer.draw_path(context, path, place, context.get_rgb())
        else:  # in SVG, a letter that occurs twice is written once and referred to
            # a renderer has a parser of its own, which would parse all formulas again
            getattr(renderer, "_renderer", renderer)._text2path = text_to_path
            across, pieces = 0.0, _pieces(self.get_text(), self.get_math_fontfamily())
            if renderer.flipy() and len(pieces) > 1:  # each piece gets a comment of its own
                renderer.writer.comment(self.get_text())
            for words, larger in pieces:
                x, y = place.transform((across, 0))
                # matplotlib draws a prime with a font that has it in place of the digit 0, which readers would see
                said = words if renderer.flipy() else words.replace("'", "\N{PRIME}")
                font = _font(*self._fonts(), larger * float(self.get_fontsize()))
                y = figure.bbox.height - y if renderer.flipy() else y
                renderer.draw_text(context, x, y, said, font, self.get_rotation(), True)
                across += _piece(words, larger, *self._fonts())[1]
        context.restore()
        renderer.close_group("text")


def _font(family: str, fontset: str, weight: str, size: float) -> FontProperties:
    return FontProperties(family=family, weight=weight, size=size, math_fontfamily=fontset)


@lru_cache(maxsize=256)
def _parsed(words: str, family: str, fontset: str, weight: str) -> tuple[Path, float, float, float]:
    """Return the shape of a formula with its width, height and descent, all for a font of `_SIZE` points."""
    pieces = [_piece(piece, larger, family, fontset, weight) for piece, larger in _pieces(words, fontset)]
    starts = np.cumsum([0.0, *(width for _, width, _, _ in pieces)])
    moved = [
        Path(np.add(path.vertices, (start, 0.0)), path.codes)
        for (path, *_), start in zip(pieces, starts[:-1], strict=True)
    ]
    above, below = max(height - descent for *_, height, descent in pieces), max(piece[3] for piece in pieces)
    return Path.make_compound_path(*moved), float(starts[-1]), above + below, below


@lru_cache(maxsize=256)
def _piece(words: str, larger: float, family: str, fontset: str, weight: str) -> tuple[Path, float, float, float]:
    font = _font(family, fontset, weight, larger * _SIZE)
    width, height, descent = text_to_path.get_text_width_height_descent(words, font, ismath=True)
    return TextPath((0, 0), words, prop=font), width, height, descent


def _pieces(words: str, fontset: str) -> list[tuple[str, float]]:
    """Split text into words and mathematics, each with how much larger than usual it is set."""
    parts = enumerate(re.split(r"(?<!\\)\$", words))
    larger = MATHEMATICS_SIZE if fontset == MATHEMATICS else 1.0
    return [(f"${part}$", larger) if index % 2 else (part, 1.0) for index, part in parts if part]


def families(text: str, weight: str = "normal", what: str = "the title") -> list[str]:
    """Choose fonts that have all characters of a text: our own, and installed ones for what it lacks.

    Parameters
    ----------
    what
        What an error message calls the text.

    Raises
    ------
    InputError
        If no installed font has a character.
    """
    from matplotlib import font_manager as fonts

    own = FONT
    chosen = [own]
    lacking = _lacking(text, fonts.findfont(fonts.FontProperties(family=own, weight=weight)))
    if not lacking:
        return chosen
    # a "last resort" font has a box for every character
    others = {entry.name for entry in fonts.fontManager.ttflist if not entry.name.startswith("Last Resort")}
    for name in sorted(others - {own}):
        # the file of this weight, which may lack what others of the family have
        path = fonts.findfont(fonts.FontProperties(family=name, weight=weight))
        if len(left := _lacking(lacking, path)) < len(lacking):
            chosen, lacking = [*chosen, name], left
    if lacking:
        raise InputError(f"no installed font has the characters '{lacking[:20]}' of {what}")
    return chosen


def _lacking(text: str, path: str) -> str:
    """Return the characters of a text that a font lacks; the end of a line isn't one."""
    return "".join(
        character for character in dict.fromkeys(text.replace("\n", "")) if ord(character) not in _glyphs(path)
    )


@lru_cache(maxsize=64)
def _glyphs(path: str) -> frozenset[int]:
    """Return the codes of the characters that a font has."""
    from matplotlib.font_manager import get_font

    return frozenset(get_font(path).get_charmap())


def fit(text: "Text", width: float, least: float = 0.6) -> None:
    """Shrink text to a width in units, to no less than a share of its size, then cut it; a formula is only shrunk."""
    whole = text.get_text()
    # no character of our font is wider than its size, so what is short enough even then needs no measuring
    if "$" not in whole and whole.isascii() and len(whole) * float(text.get_fontsize()) / scaled(72) <= width:
        return
    units = width_of(text)
    if units <= width:
        return
    formula = "$" in whole and text.get_parse_math()
    smallest = 0.3 if formula else least
    text.set_fontsize(float(text.get_fontsize()) * max(smallest, width / units * 0.99))
    if formula or width_of(text) <= width:
        return
    keep, cut = 0, len(whole)
    while cut - keep > 1:
        middle = (keep + cut) // 2
        text.set_text(whole[:middle].rstrip() + "…")
        keep, cut = (middle, cut) if width_of(text) <= width else (keep, middle)
    text.set_text(whole[:keep].rstrip() + "…")


def fit_lines(text: "Text", width: float, lines: int, smallest: float) -> None:
    """Break text that is wider than a width in units into lines; if these are too many, shrink it, then cut the last.

    Parameters
    ----------
    lines
        The most lines.
    smallest
        The least size in points.
    """
    whole, size = text.get_text(), float(text.get_fontsize())
    if width_of(text) <= width:
        return
    for share in (1.0, 0.5, 0.0):
        text.set_fontsize(smallest + share * max(0.0, size - smallest))
        filled, rest = [], whole
        for _ in range(lines):
            line = _longest(text, rest, width)
            filled.append(line.strip())
            rest = rest[len(line) :]
        if not rest:
            break
    else:
        begun = whole[len(whole) - len(rest) - len(line) :]
        filled[-1] = _longest(text, begun, width, "…").strip() + "…"
    text.set_text("\n".join(filter(None, filled)))


def _longest(text: "Text", words: str, width: float, end: str = "") -> str:
    """Return as much of the beginning of some words as fits with an end; without one, whole words if possible."""
    keep, cut = 0, len(words) + 1
    while cut - keep > 1:
        middle = (keep + cut) // 2
        text.set_text(words[:middle].strip() + end)
        keep, cut = (middle, cut) if width_of(text) <= width else (keep, middle)
    blank = words.rfind(" ", 0, keep + 1)
    return words[: blank + 1] if blank > 0 and keep < len(words) and not end else words[: max(keep, 1)]


def height_of(formula: str, size: float) -> float:
    """Return the height in units of a line with mathtext, for a size in points."""
    return _parsed(formula, FONT, MATHEMATICS, "normal")[2] * size / _SIZE / 72


def width_of(text: "Text") -> float:
    """Return the width of text in units."""
    return extent_of(text)[0]


def extent_of(text: "Text") -> tuple[float, float]:
    """Return the width and height of text in units."""
    figure = text.get_figure(root=True)
    assert figure is not None
    extent = text.get_window_extent()
    return float(extent.width) / figure.dpi / scaled(1), float(extent.height) / figure.dpi / scaled(1)


@lru_cache(maxsize=256)
def units_of(words: str, size: float, family: tuple[str, ...] = (FONT,), parse_math: bool = True) -> float:
    """Return the width in units of words, for a size in points."""
    if parse_math and not is_plain(words):
        return _parsed(words, family[0], MATHEMATICS, "normal")[1] * size / _SIZE / 72
    if parse_math:
        words = words.replace(r"\$", "$")
    font = FontProperties(family=list(family), size=size)
    return float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0]) / 72
