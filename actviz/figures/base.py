"""What every figure has: a title and a size of its own if wanted, a name and a description."""

import hashlib
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from actviz.errors import InputError, nearest
from actviz.model import Activation, number, readable, rounded
from actviz.options import check, declared, option, options
from actviz.sampling import Trace, gap
from actviz.style import SIZES, THEMES, Size, applied

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure

SMALLEST, LARGEST = 1.0, 40.0
"""Inches that a side of a figure may have."""

FARTHEST, NARROWEST = 1e300, 1e-280
"""What an x axis may reach, and its least width: beyond, matplotlib's arithmetic ends."""

AROUND_KINKS = 1.25
"""How much farther than each kink an x axis goes."""

SELF_EXPLAINING = ("size", "theme")
"""Options whose values need no name beside them: slide, 6x4, dark."""

LONGEST_NAME = 120
"""Characters of a file's name without its ending; file systems take 143 to 255 bytes."""


@dataclass(frozen=True, kw_only=True)
class Picture(ABC):
    """A figure as a value.

    Parameters
    ----------
    title
        Instead of the figure's own title.
    size
        "docs", "slide", "square" or "paper" (see `actviz.style.SIZES`), or width and height in inches, each 1 to 40.
    theme
        "light", "dark", or "auto": light, but SVG follows the page that it stands on.
    notes
        Whether remarks are drawn too: limits, saturation, the largest slope, what keeps logits from being
        probabilities.
    """

    title: str | None = option(None, "Instead of the figure's own title.")
    size: str | tuple[float, float] = option(
        "docs", f"{', '.join(SIZES)}, or width and height in inches: 6 4.", metavar="SIZE",
        form=f"{', '.join(SIZES)}, or width and height in inches",
    )  # fmt: skip
    theme: str = option(
        "auto", "light, dark, or auto: light, but SVG follows the page it is on.", form="light, dark or auto"
    )
    notes: bool = option(True, "Leave out limits, saturation and other remarks.")

    prefix: ClassVar[str] = ""
    """What the names of figures of this kind begin with."""

    def __post_init__(self) -> None:
        check(self)
        if self.title is not None:
            # what can't be drawn on one line, or stand in an SVG file
            title = "".join(character if character.isprintable() else " " for character in self.title)
            object.__setattr__(self, "title", title)
        if self.theme not in THEMES:
            raise InputError(f"unknown theme '{self.theme}'{nearest(self.theme, THEMES, '; use light, dark or auto')}")
        if isinstance(self.size, str):
            if self.size not in SIZES:
                otherwise = f"; use {', '.join(SIZES)}, or width and height in inches"
                raise InputError(f"unknown size '{self.size}'{nearest(self.size, SIZES, otherwise)}")
            return
        for inches in self.size:
            if not SMALLEST <= inches <= LARGEST:
                raise InputError(
                    f"a size of {number(inches)} inches is outside [{SMALLEST:.0f}, {LARGEST:.0f}]; "
                    "give width and height in inches"
                )

    @property
    def subject(self) -> tuple[str, ...]:
        """What it shows, as parts of its file's name."""
        return tuple(map(file_words, self.shown))

    @property
    def shown(self) -> tuple[Activation, ...]:
        """The activations that it shows."""
        return ()

    @property
    @abstractmethod
    def heading(self) -> str:
        """Its own title, as plain text."""

    @property
    @abstractmethod
    def description(self) -> str:
        """A sentence or a few for those who can't see the figure."""

    @property
    def remarks(self) -> list[str]:
        """What to say to who asked for it, if it is drawn otherwise than they may expect."""
        return []

    @abstractmethod
    def draw(self) -> "ThemedFigure":
        """Lay it out; to be called with the style applied."""

    def figure(self) -> "ThemedFigure":
        """Draw it with its style, and say in it what it is about."""
        from actviz.figures.themed import About

        with self.styled():
            figure = self.draw()
        figure.about = About(_digest(repr(self), 8), self.title or self.heading, self.description, self.theme)
        return figure

    @property
    def dimensions(self) -> Size:
        """The size in numbers."""
        return SIZES[self.size] if isinstance(self.size, str) else Size(*self.size)

    def styled(self) -> AbstractContextManager[None]:
        """Apply its theme and scale, around drawing and saving."""
        return applied(self.theme, self.dimensions.scale)

    @property
    def name(self) -> str:
        """The name of its file, without folder and ending: it says all that isn't usual."""
        return self.named()

    def named(self, *unwritten: str) -> str:
        """Name its file, with a digest of what can't stand in a name: a title, and what is given here."""
        words, hidden = [*filter(None, [self.prefix]), *self.subject], list(unwritten)
        for one, setting in changed(self):
            if word := file_option(one, setting):
                words.append(word)
            else:
                hidden.append(f"{one}={setting!r}")
        name = re.sub(r"[^\w.=+-]+", "_", "-".join(words))
        everything = "\n".join([*words, *hidden])
        short = f"{name}-{_digest(everything, 6)}" if hidden else name
        if len(short) <= LONGEST_NAME:
            return short
        return f"{name[: LONGEST_NAME - 11]}-{_digest(everything, 10)}"


@dataclass(frozen=True, kw_only=True)
class XYPicture(Picture):
    """A figure with curves over x.

    Parameters
    ----------
    derivative
        Whether to draw the derivative too.
    x
        The ends of the x axis, finite and in order; otherwise those that show the shape.
    log_y
        Whether the sizes |f| and |f'| are drawn on a logarithmic axis, where a vanishing gradient is seen.
    """

    derivative: bool = option(False, "Draw the derivatives too, in panels under the first.")
    log_y: bool = option(False, "Draw |f| and |f'| by powers of ten, to see gradients vanish.")
    x: tuple[float, float] | None = option(None, "Ends of the x axis.", metavar="MIN MAX")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.x is not None:
            low, high = self.x
            if not (math.isfinite(low) and math.isfinite(high)):
                raise InputError(f"the ends of the x range must be finite, not {number(low)} and {number(high)}")
            if not low < high:
                raise InputError(f"the x range is empty: {number(low)} is not below {number(high)}")
            size = max(abs(low), abs(high))
            if size > FARTHEST:
                raise InputError(f"the x range must lie within ±{FARTHEST:g}, not reach {size:g}")
            if high - low < max(NARROWEST, 1e-12 * size):
                raise InputError(
                    f"the x range is too narrow: from {number(low)} to {number(high)} is less than {NARROWEST:g}, "
                    "or than 1e-12 of its ends"
                )

    def window(self, activations: Sequence[Activation]) -> tuple[float, float]:
        """Return the ends of the x axis: those asked for, or what all activations have in common, and every kink."""
        if self.x is not None:
            return self.x
        windows = [activation.window for activation in activations]
        kinks = [AROUND_KINKS * kink.x for activation in activations for kink in activation.kinks]
        low, high = max(low for low, _ in windows), min(high for _, high in windows)
        return max(min([low, *kinks]), -FARTHEST), min(max([high, *kinks]), FARTHEST)

    def refuse_blank(self, activations: Sequence[Activation]) -> None:
        """Raise InputError if nothing of any curve can be drawn."""
        window = self.window(activations)
        kinds = [False, True][: 1 + self.derivative]
        gaps = [gap(Trace(activation, kind, self.log_y), window) for activation in activations for kind in kinds]
        reasons = [found.values for found in gaps if found and found.whole]
        if len(reasons) == len(gaps):
            low, high = map(rounded, window)
            axis = " on a logarithmic axis" if self.log_y else ""
            raise InputError(
                f"nothing can be drawn{axis} from x = {low} to {high}, where all values are "
                + " or ".join(dict.fromkeys(reasons))
            )

    def axis(self, activations: Sequence[Activation]) -> str:
        """Say what the axes show."""
        low, high = map(readable, self.window(activations))
        return f"The x axis goes from {low} to {high}" + (", the y axis by powers of ten." if self.log_y else ".")

    def kind(self, derivative: bool) -> str:
        """Name what a panel shows, and which pass of training it is."""
        kind = "derivative (gradient)" if derivative else "function (forward pass)"
        return f"{kind}, log scale" if self.log_y else kind


def file_words(activation: Activation) -> str:
    """Name an activation in a file's name: relu6, leaky_relu-negative_slope=0.5."""
    return activation.spec.replace(":", "-").replace(",", "-")


def file_number(value: float) -> str:
    """Write a number in a file's name, equal ones alike: -0.0 as 0."""
    return number(value + 0.0)


def file_option(name: str, setting: Any) -> str:
    """Write an option that isn't at its default in a file's name: derivative, no_notes, x=-1_1; "" if it can't be."""
    if isinstance(setting, bool):
        return name if setting else f"no_{name}"
    if name in SELF_EXPLAINING:
        return setting if isinstance(setting, str) else "x".join(map(file_number, setting))
    numbers = setting if isinstance(setting, tuple) else (setting,)
    if not all(isinstance(one, int | float) for one in numbers):
        return ""
    return f"{name}={'_'.join(map(file_number, numbers))}"


def changed(value: Any) -> list[tuple[str, Any]]:
    """List the options of a value, and of values that it holds, that aren't at their defaults."""
    held = [getattr(value, one.name) for one in fields(value) if not declared(one)]
    found = [pair for one in held if is_dataclass(one) for pair in changed(one)]
    given = [(one, getattr(value, one.name)) for one in options(value.__class__)]
    return found + [(one.name, setting) for one, setting in given if setting != one.default]


def _digest(text: str, length: int) -> str:
    """Stand for a text by hexadecimal digits; the last is a letter, so that no number in a name is taken for them."""
    digits = hashlib.sha256(text.encode()).hexdigest()[:length]
    return digits[:-1] + "abcdef"[int(digits[-1], 16) % 6]
