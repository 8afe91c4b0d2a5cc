"""What every figure has: a title and a size of its own if wanted, a name, a command and a description."""

import hashlib
import math
import re
import shlex
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz.errors import InputError
from actviz.model import Activation, number
from actviz.registry import get

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SMALLEST, LARGEST = 1.0, 40.0
"""Inches that a side of a figure may have."""

FARTHEST, NARROWEST = 1e300, 1e-280
"""What an x axis may reach, and its least width: beyond, matplotlib's arithmetic ends."""

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
        Width and height in inches, each 1 to 40, instead of the figure's own.
    """

    title: str | None = None
    size: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.title is not None:
            # what can't be drawn on one line, or stand in an SVG file
            title = "".join(character if character.isprintable() else " " for character in self.title)
            object.__setattr__(self, "title", title)
        for inches in self.size or ():
            if not SMALLEST <= inches <= LARGEST:
                raise InputError(
                    f"a size of {number(inches)} inches is outside [{SMALLEST:.0f}, {LARGEST:.0f}]; "
                    "give width and height in inches"
                )

    @property
    @abstractmethod
    def words(self) -> tuple[str, ...]:
        """The parts of the name."""

    @property
    @abstractmethod
    def arguments(self) -> tuple[str, ...]:
        """What follows `actviz` in the command that draws this figure, except for title and size."""

    @property
    @abstractmethod
    def description(self) -> str:
        """A sentence for those who can't see the figure."""

    @abstractmethod
    def draw(self) -> "Figure":
        """Draw it; to be called with the style applied."""

    @property
    def name(self) -> str:
        """The name of its file, without folder and ending."""
        name = re.sub(r"[^\w.=+-]+", "_", "-".join(self.words))
        if len(name) <= LONGEST_NAME:
            return name
        digest = hashlib.sha256(name.encode()).hexdigest()[:10]
        return f"{name[: LONGEST_NAME - len(digest) - 1]}-{digest}"

    @property
    def command(self) -> str:
        """The command that draws it."""
        arguments = list(self.arguments)
        if self.title is not None:
            arguments += ["--title", self.title]
        if self.size is not None:
            arguments += ["--size", *map(number, self.size)]
        return shlex.join(["actviz", *arguments])


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

    derivative: bool = False
    x: tuple[float, float] | None = None
    log_y: bool = False

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
        """Give the ends of the x axis: those asked for, or what all of the activations have in common."""
        if self.x is not None:
            return self.x
        windows = [activation.definition.window for activation in activations]
        return max(low for low, _ in windows), min(high for _, high in windows)

    @property
    def options(self) -> tuple[str, ...]:
        """The options that all commands with an x axis share."""
        window = ("--x", *map(number, self.x)) if self.x is not None else ()
        return ("--derivative",) * self.derivative + ("--log-y",) * self.log_y + window

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The parts of the name that all figures with an x axis share."""
        return ("derivative",) * self.derivative + ("log_y",) * self.log_y

    def kind(self, derivative: bool) -> str:
        """Name what a panel shows."""
        kind = "derivative" if derivative else "function"
        return f"{kind}, log scale" if self.log_y else kind


def file_words(activation: Activation) -> str:
    """Name an activation in a file's name: relu6, leaky_relu-negative_slope=0.5."""
    return activation.spec.replace(":", "-").replace(",", "-")


def canonical(spec: str) -> str:
    """Write a specification in the one way that makes equal figures equal."""
    return get(spec).spec
