"""How figures look: themes, sizes, colours, line styles and fonts."""

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any

from actviz.errors import InputError, nearest


@dataclass(frozen=True)
class Theme:
    """The colours of a figure: text and axes from strong to faint, the paper, and the curves in order.

    All text has a contrast of 4.5:1 or more on the paper and on the tint; the curves' colours can be told apart with
    normal sight, deuteranopia, protanopia and tritanopia. The ramp is one hue from light to dark, for curves that
    differ in one parameter.
    """

    ink: str
    muted: str
    faint: str
    grid: str
    tint: str
    paper: str
    colours: tuple[str, ...]
    ramp: tuple[str, ...]


LIGHT = Theme(
    ink="#1c2430", muted="#566170", faint="#b9c1cb", grid="#e9ecf0", tint="#f2f4f7", paper="#ffffff",
    colours=("#046bc6", "#c2460e", "#117858", "#a32291", "#604200", "#20242e"),
    ramp=("#509cd8", "#0686c9", "#0070a8", "#005a89", "#00456c", "#00314f"),
)  # fmt: skip
DARK = Theme(
    ink="#e6ebf2", muted="#a9b4c2", faint="#566273", grid="#262d37", tint="#1d232c", paper="#14181f",
    colours=("#4fa8ff", "#ff8f49", "#53d8aa", "#e48ad0", "#fbd850", "#e8f1f9"),
    ramp=("#e0ecfe", "#b6d5fd", "#84c0fe", "#37aaff", "#0094e4", "#007dc1"),
)  # fmt: skip

THEMES = ("light", "dark", "auto")
"""The last is light, but in SVG follows the page that the figure is on."""

LEGIBLE = 3.0
"""The contrast with the paper that a chosen colour must have for words to be written in it."""

DISTINCT = 60.0
"""The least distance in RGB, with 0 to 255 each, at which one of our colours is used beside chosen ones."""

CURVE_WIDTH = 2.6
"""The width of every curve in points at scale 1, alone or among others."""

MARKERS = ("s", "^", "D", "v", "P", "X")
"""Markers that tell curves apart where there is no room for their names; a circle is the value at a jump."""


@dataclass(frozen=True)
class Size:
    """Width and height in inches, None for what the figure needs, and how large text and lines are.

    Without a heading, a figure leaves its own title, and an activation's formulas, to the page around it; all text in
    and around the panels has one size.
    """

    width: float | None
    height: float | None
    scale: float = 1.0
    headed: bool = True

    @property
    def wide(self) -> bool:
        """Whether panels are better side by side than one below another."""
        return self.width is not None and self.height is not None and self.width > 1.3 * self.height


SIZES = {
    "docs": Size(None, None),
    "slide": Size(9.6, 5.4, scale=1.3),
    "square": Size(6.0, 6.0, scale=1.1),
    "paper": Size(3.4, None, scale=0.75),
    "phone": Size(3.45, None, headed=False),
}
"""For a page of documentation, a 16:9 slide, a square, a column of a printed paper, and a page on a phone."""

FONT, MATHEMATICS = "DejaVu Sans", "stix"
"""The font of words, and matplotlib's set of fonts, with serifs, for formulas."""

TYPE = 9.0
"""The size in points at scale 1 of tick labels, and of all text where there are many panels."""

LAYOUT_DPI = 200
"""The resolution at which text is measured, whatever that of a PNG file; if they are equal, it is measured once."""


@dataclass(frozen=True)
class Look:
    """A theme, how large text, lines and distances are, and whether it is for somebody else's axes.

    A guest's look leaves matplotlib's settings alone: they are the host's. Colours chosen by the user are the first of
    the theme's. In a uniform look, all text in and around panels has one size.
    """

    theme: Theme
    scale: float = 1.0
    guest: bool = False
    chosen: tuple[str, ...] = ()
    uniform: bool = False

    @contextmanager
    def applied(self, *keep: str) -> Iterator[None]:
        """Draw and save with actviz's settings, whatever the user's matplotlibrc says.

        matplotlib's settings belong to the process, so one thread has them at a time; afterwards they are the user's.

        Parameters
        ----------
        keep
            Prefixes of the settings that stay the user's.
        """
        global _set
        with _DRAWING:
            token, before = _LOOK.set(self), _set
            try:
                if self.guest or self == _set:
                    yield
                    return
                import matplotlib as mpl

                with mpl.rc_context():
                    settings: Any = mpl.rcParamsDefault | _settings(self)
                    mpl.rcParams.update({
                        key: value for key, value in settings.items() if not key.startswith(("backend", *keep))
                    })  # fmt: skip
                    _set = self
                    yield
            finally:
                _set = before
                _LOOK.reset(token)


_DRAWING = RLock()
_set: Look | None = None
"""The look whose settings matplotlib has at the moment; only to be read by the thread that holds the lock."""

_USUAL = Look(LIGHT, guest=True)
_LOOK: ContextVar[Look] = ContextVar("look", default=_USUAL)


def look() -> Look:
    """Return the look that is applied; a guest's on light paper if none is."""
    return _LOOK.get()


def theme() -> Theme:
    """Return the theme that is applied."""
    return look().theme


def scaled(size: float) -> float:
    """Return a size in points, or in inches, at the scale that is applied."""
    return size * look().scale


def _settings(look: Look) -> dict[str, Any]:
    theme, scale = look.theme, look.scale
    return {
        "figure.dpi": LAYOUT_DPI,
        "figure.facecolor": theme.paper,
        "savefig.facecolor": theme.paper,
        "font.family": FONT,
        "text.hinting": "none",
        "font.size": 10 * scale,
        "mathtext.fontset": MATHEMATICS,
        "text.color": theme.ink,
        "patch.edgecolor": theme.ink,
        "axes.labelcolor": theme.ink,
        "axes.edgecolor": theme.faint,
        "axes.facecolor": theme.paper,
        "axes.prop_cycle": f"cycler(color={[*theme.colours]})",
        "axes.linewidth": 0.8 * scale,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "axes.formatter.useoffset": False,
        "axes.formatter.limits": (-4, 5),
        "grid.color": theme.grid,
        "grid.linewidth": 0.8 * scale,
        **{f"{axis}tick.{what}": value for axis in "xy" for what, value in (
            ("color", theme.faint), ("labelcolor", theme.muted), ("labelsize", TYPE * scale),
            ("major.size", 3 * scale), ("major.width", 0.8 * scale), ("major.pad", 3 * scale),
        )},
        "lines.solid_capstyle": "round",
        "lines.dash_capstyle": "butt",
        "lines.solid_joinstyle": "round",
        "legend.frameon": False,
        "legend.fontsize": 9.5 * scale,
        "path.simplify": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "actviz",
        "pdf.fonttype": 42,
    }  # fmt: skip


def applied(
    theme: str = "light", scale: float = 1.0, chosen: Sequence[str] = (), uniform: bool = False
) -> AbstractContextManager[None]:
    """Apply a look: one of `THEMES` ("auto" is drawn in light colours), a scale, and colours chosen by the user."""
    light, dark = themes(chosen)
    return Look(
        dark if theme == "dark" else light, scale, chosen=tuple(map(hexadecimal, chosen)), uniform=uniform
    ).applied()


def themes(chosen: Sequence[str]) -> tuple[Theme, Theme]:
    """Return the light and the dark theme, each with the chosen colours before those of ours that differ from them.

    If something else in the light theme has exactly a chosen colour, it is changed imperceptibly, so that it can be
    turned dark in an SVG that follows its page, while the chosen colour stays.
    """
    if not chosen:
        return LIGHT, DARK
    first = tuple(map(hexadecimal, chosen))
    kept = [
        place for place, pair in enumerate(zip(LIGHT.colours, DARK.colours, strict=True))
        if all(_apart(ours, one) > DISTINCT for ours in pair for one in first)
    ]  # fmt: skip
    light, dark = (replace(one, colours=first + tuple(one.colours[k] for k in kept)) for one in (LIGHT, DARK))
    moved: dict[str, Any] = {name: _moved(own, first) for name, own in vars(light).items() if isinstance(own, str)}
    ramp = tuple(_moved(value, first) for value in light.ramp)
    return replace(light, **moved, ramp=ramp), dark


def _moved(colour: str, taken: Sequence[str]) -> str:
    while colour in taken:
        blue = int(colour[5:], 16)
        colour = f"{colour[:5]}{blue - 1 if blue else 1:02x}"
    return colour


def hexadecimal(colour: str) -> str:
    """Return a colour as #rrggbb: given by three or six hexadecimal digits after a #, or its name in CSS or matplotlib.

    Raises
    ------
    InputError
        If there is no such colour.
    """
    word = colour.strip().lower()
    if re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", word):
        return word if len(word) == 7 else "#" + "".join(2 * digit for digit in word[1:])
    from matplotlib.colors import CSS4_COLORS, TABLEAU_COLORS

    names = CSS4_COLORS | TABLEAU_COLORS
    if word in names:
        return str(names[word]).lower()
    otherwise = "; write it as '#004488', or by its name in CSS"
    hint = nearest(word, names, otherwise) if word and not word.startswith("#") else otherwise
    raise InputError(f"unknown colour '{colour}'{hint}", "colors")


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _apart(one: str, other: str) -> float:
    return math.dist(_channels(one), _channels(other))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    dark, bright = sorted(map(_luminance, (one, other)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def follow_page(figure: str, chosen: Sequence[str] = ()) -> str:
    """Write CSS that turns a light SVG dark if the page prefers that; a viewer without CSS shows it light.

    Parameters
    ----------
    figure
        The id of the SVG element; nothing outside it is touched.
    chosen
        Colours that stay as they are, except for words in a colour that can't be read on dark paper (see `faint`).
    """
    kept = set(map(hexadecimal, chosen))
    pairs = [pair for pair in zip(*map(_colours, themes(chosen)), strict=True) if pair[0] not in kept]
    rules = "".join(
        f'#{figure} [style*="{what}: {one}"]{{{what}:{other}!important}}'
        for one, other in pairs
        for what in ("fill", "stroke")
    )
    if any(contrast(colour, DARK.paper) < LEGIBLE for colour in kept):
        rules += f'#{figure} [id^="{FAINT}"] *{{fill:{DARK.ink}!important}}'
    return f"@media (prefers-color-scheme: dark){{{rules}}}"


def _colours(theme: Theme) -> Iterator[str]:
    for colour in vars(theme).values():
        yield from (colour,) if isinstance(colour, str) else colour


def colour(index: int) -> str:
    """Return the colour of a curve or a class."""
    return theme().colours[index % len(theme().colours)]


FAINT = "faint"
"""How the ids of words begin whose colour was chosen and can't be read on dark paper."""


def faint(colour: object) -> bool:
    """Whether it is a chosen colour in which words can't be read on dark paper."""
    return colour in look().chosen and contrast(str(colour), DARK.paper) < LEGIBLE


def ink(colour: str) -> str:
    """Return the colour of words about a curve: the curve's own if it can be read, otherwise that of other text."""
    if colour in look().chosen:
        return colour if contrast(colour, theme().paper) >= LEGIBLE else theme().ink
    return colour if colour in theme().colours else theme().ink


def ramp(count: int) -> list[str]:
    """Return a number of colours of one hue, from light to dark; at most as many as a theme has."""
    hues = theme().ramp
    return [hues[round(index * (len(hues) - 1) / max(count - 1, 1))] for index in range(count)]
