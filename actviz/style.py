"""How figures look: themes, sizes, colours, line styles and fonts."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import RLock
from typing import Any


@dataclass(frozen=True)
class Theme:
    """The colours of a figure: text and axes from strong to faint, the paper, and the curves in their order.

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
"""The last is light, but in SVG follows the page that the figure stands on."""

CURVE_WIDTH = 2.6
"""Points at scale 1 that every curve is wide, alone or among others."""

MARKERS = ("s", "^", "D", "v", "P", "X")
"""What tells curves apart where their names have no room; a circle is the value at a jump."""


@dataclass(frozen=True)
class Size:
    """Width and height in inches, where None is what the figure needs, and how large text and lines are."""

    width: float | None
    height: float | None
    scale: float = 1.0

    @property
    def wide(self) -> bool:
        """Whether panels are better beside each other than one under another."""
        return self.width is not None and self.height is not None and self.width > 1.3 * self.height


SIZES = {
    "docs": Size(None, None),
    "slide": Size(9.6, 5.4, scale=1.3),
    "square": Size(6.0, 6.0, scale=1.1),
    "paper": Size(3.4, None, scale=0.75),
}
"""For a page of documentation, a slide of 16:9, a square, and a column of a printed paper."""

FONT, MATHEMATICS = "DejaVu Sans", "stix"
"""A family, and a set of fonts of matplotlib's for formulas, with serifs."""

LAYOUT_DPI = 200
"""At which text is measured, whatever the resolution of a PNG file; if it is the same, text is measured once."""


@dataclass(frozen=True)
class Look:
    """A theme, how large text, lines and distances are, and whether it is that of somebody else's axes.

    A guest leaves matplotlib's settings alone: they are the host's.
    """

    theme: Theme
    scale: float = 1.0
    guest: bool = False

    @contextmanager
    def applied(self, *keep: str) -> Iterator[None]:
        """Draw and save with actviz's settings, whatever the user's matplotlibrc says.

        Settings of matplotlib belong to the process, so one thread at a time has them; they are the user's afterwards.

        Parameters
        ----------
        keep
            What the names of settings begin with that stay the user's.
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
"""The look whose settings are matplotlib's at the moment; only who holds the lock may look at it."""

_USUAL = Look(LIGHT, guest=True)
_LOOK: ContextVar[Look] = ContextVar("look", default=_USUAL)


def look() -> Look:
    """Return the look that is applied; that of a guest on light paper, if none is."""
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
            ("color", theme.faint), ("labelcolor", theme.muted), ("labelsize", 9 * scale),
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


def applied(theme: str = "light", scale: float = 1.0) -> AbstractContextManager[None]:
    """Apply a look: one of `THEMES` ("auto" is drawn in light colours) and a scale."""
    return Look(DARK if theme == "dark" else LIGHT, scale).applied()


def follow_page(figure: str) -> str:
    """Write CSS that turns a light SVG dark where the page prefers that; a viewer without CSS shows it light.

    Parameters
    ----------
    figure
        The id of the SVG element; nothing outside it is touched.
    """
    pairs = zip(*map(_colours, (LIGHT, DARK)), strict=True)
    rules = "".join(
        f'#{figure} [style*="{what}: {one}"]{{{what}:{other}!important}}'
        for one, other in pairs
        for what in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme: dark){{{rules}}}"


def _colours(theme: Theme) -> Iterator[str]:
    for colour in vars(theme).values():
        yield from (colour,) if isinstance(colour, str) else colour


def colour(index: int) -> str:
    """Return the colour of a curve or a class."""
    return theme().colours[index % len(theme().colours)]


def ramp(count: int) -> list[str]:
    """Return so many colours of one hue from light to dark, at most as many as a theme has."""
    hues = theme().ramp
    return [hues[round(index * (len(hues) - 1) / max(count - 1, 1))] for index in range(count)]
