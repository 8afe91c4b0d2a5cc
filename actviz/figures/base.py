"""What every figure has: a name and a description, and if wanted a title, colours, a size and a theme."""

import hashlib
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from actviz.errors import InputError, nearest
from actviz.model import Activation, number, readable, rounded
from actviz.options import check, declared, option, options
from actviz.prose import listed
from actviz.sampling import Trace, gap
from actviz.style import DARK, LIGHT, SIZES, THEMES, Size, applied, contrast, hexadecimal

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure

SMALLEST, LARGEST = 1.0, 40.0
"""How many inches a side of a figure may have."""

FARTHEST, NARROWEST = 1e300, 1e-280
"""How far an x axis may reach, and its least width: beyond these, matplotlib's arithmetic fails."""

AROUND_KINKS = 1.25
"""An x axis goes this many times as far out as each kink."""

MOST_LINES = 2
"""The most lines of a title."""

VISIBLE = 2.0
"""The contrast with the paper below which a curve in a chosen colour is hard to see."""

MOST_LISTED = 6
"""The most activations that a message lists."""

SELF_EXPLAINING = ("size", "theme")
"""Options whose values need no name beside them: slide, 6x4, dark."""

LONGEST_NAME = 120
"""The most characters of a file's name without its ending; file systems allow 143 to 255 bytes."""


@dataclass(frozen=True, kw_only=True)
class Picture(ABC):
    """A figure as a value.

    Parameters
    ----------
    title
        A title of one or two lines instead of the figure's own.
    colors
        Colours of curves or classes, in order, as "#004488" or by their names in CSS; the same in every theme.
    size
        "docs", "slide", "square", "paper" or "phone" (see `actviz.style.SIZES`), or width and height in inches, each 1
        to 40.
    theme
        "light", "dark", or "auto": light, but SVG follows the page that it is on.
    notes
        Whether notes are drawn too: limits, saturation, the largest slope, what keeps logits from being
        probabilities.
    """

    title: str | None = option(
        None, "A title instead of the figure's own; \\n begins a second line.", metavar="TEXT", lines=True
    )
    colors: tuple[str, ...] = option(
        (), "Colours of curves or classes, in order: '#004488,#bb5566', or CSS names.", metavar="COLOUR,…",
        form="a sequence of colours such as '#004488' or 'navy'",
    )  # fmt: skip
    size: str | tuple[float, float] = option(
        "docs",
        "docs, as large as its panels or table need (one panel 6.4 inches wide, side by side 3.2 more for each); "
        "slide, 9.6 x 5.4; square, 6 x 6; paper, 3.4 wide; phone, 3.45 wide and without its own title and formula; or "
        "width and height in inches: 6 4.",
        metavar="SIZE",
        form=f"{', '.join(SIZES)}, or width and height in inches",
    )  # fmt: skip
    theme: str = option(
        "auto", "light, dark, or auto: light, but SVG follows the page it is on.", form="light, dark or auto"
    )
    notes: bool = option(True, "Leave out limits, saturation and other remarks.")

    prefix: ClassVar[str] = ""
    """How the names of figures of this kind begin."""

    def __post_init__(self) -> None:
        check(self)
        if self.title is not None:
            lines = [printable(line) for line in re.split(r"\r\n|\r|\n", self.title.rstrip("\r\n"))]
            if len(lines) > MOST_LINES:
                raise InputError(f"title may have {MOST_LINES} lines, not {len(lines)}", "title")
            object.__setattr__(self, "title", "\n".join(lines))
        chosen = list(map(hexadecimal, self.colors))
        for place, colour in enumerate(chosen):
            if colour in chosen[:place]:
                raise InputError(f"the colour '{self.colors[place]}' is given twice in colors", "colors")
        if len(chosen) > self.most_colours[0]:
            raise InputError(f"colors names {len(chosen)} colours, but the figure has {self.most_colours[1]}", "colors")
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
        return tuple(file_words(one.spec) for one in self.shown)

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
    @abstractmethod
    def most_colours(self) -> tuple[int, str]:
        """How many colours may be chosen, and what they are for."""

    @property
    def remarks(self) -> list[str]:
        """Remarks for whoever asked for it, where it may differ from what they expect."""
        papers = {"light": [LIGHT], "dark": [DARK], "auto": [LIGHT, DARK]}[self.theme]
        said = []
        for paper in papers:
            faint = [one for one in self.colors if contrast(hexadecimal(one), paper.paper) < VISIBLE]
            if faint:
                page = "dark" if paper is DARK else "light"
                remedy = (
                    "; in the theme light the figure stays light" if page == "dark" and self.theme == "auto" else ""
                )
                said.append(f"{listed(faint)} can hardly be seen on a {page} page{remedy}")
        return said

    @abstractmethod
    def draw(self) -> "ThemedFigure":
        """Lay it out; to be called with the style applied."""

    def figure(self) -> "ThemedFigure":
        """Draw it in its style, and attach its title and its description."""
        from actviz.figures.themed import About

        with self.styled():
            figure = self.draw()
        title = " ".join((self.title or self.heading).split("\n"))
        figure.about = About(_digest(repr(self), 8), title, self.description, self.theme, self.colors)
        return figure

    @property
    def dimensions(self) -> Size:
        """The size in numbers."""
        return SIZES[self.size] if isinstance(self.size, str) else Size(*self.size)

    def styled(self) -> AbstractContextManager[None]:
        """Apply its theme, scale and colours, around drawing and saving."""
        return applied(self.theme, self.dimensions.scale, self.colors, self.uniform)

    @property
    def uniform(self) -> bool:
        """Whether all text in and around its panels has one size."""
        return not self.dimensions.headed

    @cached_property
    def name(self) -> str:
        """The name of its file, without folder and ending: it says everything that isn't at its default."""
        return self.named()

    def named(self, *unwritten: str) -> str:
        """Name its file, with a digest of what can't be part of a name: a title, and the texts given here."""
        words, hidden = [*filter(None, [self.prefix]), *self.subject], list(unwritten)
        for name, setting, plain in changed(self):
            if word := file_option(name, setting, plain):
                words.append(word)
            else:
                hidden.append(f"{name}={setting!r}")
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
        The ends of the x axis, finite and in order; None for those that show the shape.
    log_y
        Whether |f| and |f'| are drawn on a logarithmic axis, which shows how gradients vanish.
    mark
        Places on the x axis at which f, f' and the tangent are shown.
    label
        Pairs of an activation that is shown and its name in the figure.
    xlabel
        The name of the x axis.
    """

    derivative: bool = option(False, "Draw the derivatives too, in panels below the first.")
    log_y: bool = option(False, "Draw |f| and |f'| by powers of ten, to see gradients vanish.")
    x: tuple[float, float] | None = option(None, "Ends of the x axis.", metavar="MIN MAX")
    mark: tuple[float, ...] = option(
        (),
        "Mark f, f' and the tangent at this x; repeat for more.",
        metavar="X",
        again=True,
        form="a sequence of numbers",
    )
    label: tuple[tuple[Activation, str], ...] = option(
        (), "Another name for one, as in relu='ReLU (2010)'; repeat for more.", metavar="NAME=TEXT", again=True,
        form="pairs of an activation and its name",
    )  # fmt: skip
    xlabel: str | None = option(None, "The name of the x axis.", metavar="TEXT")

    def __post_init__(self) -> None:
        super().__post_init__()
        named: dict[Activation, str] = {}
        for one, words in self.label:
            activation, named_as = meant(one, self.shown), printable(words).strip()
            if not named_as:
                raise InputError(f"the label of {activation.spec} is empty", "label")
            if activation in named:
                raise InputError(f"there is more than one label for {activation.spec}", "label")
            named[activation] = named_as
        label = tuple((activation, named[activation]) for activation in self.shown if activation in named)
        object.__setattr__(self, "label", label)
        if self.xlabel is not None:
            object.__setattr__(self, "xlabel", printable(self.xlabel).strip())
        if self.x is not None:
            check_window(*self.x)
        object.__setattr__(self, "mark", tuple(dict.fromkeys(place + 0.0 for place in self.mark)))
        self._check_marks()

    def _check_marks(self) -> None:
        low, high = self.window(self.shown) if self.mark else (0.0, 0.0)
        for place in self.mark:
            if not math.isfinite(place):
                raise InputError(f"mark {number(place)} isn't a place on the x axis", "mark")
            if not low <= place <= high:
                wider = "" if self.x else "; give a wider x"
                ends = f"from {number(low)} to {number(high)}"
                raise InputError(
                    f"mark {number(place)} is outside the x axis, which goes {ends}{wider}",
                    "mark",
                    *["x"] * (not self.x),
                )
            for activation in self.shown:
                if not math.isfinite(value := activation(place)):
                    raise InputError(f"mark {number(place)}: {activation.spec} is {readable(value)} there", "mark")

    def called(self, activation: Activation, otherwise: str) -> str:
        """Return an activation's name in the figure, as mathtext; in a label, $ is just a dollar sign."""
        words = dict(self.label).get(activation)
        return otherwise if words is None else words.replace("$", r"\$")

    @property
    def marked(self) -> str:
        """What f and f' are at the marked places, in sentences."""
        sentences = []
        for place in self.mark:
            for activation in self.shown:
                values = [f"{name} = {readable(float(of(place)) + 0.0)}" for name, of in (
                    ("f(x)", activation), ("f'(x)", activation.derivative)
                )]  # fmt: skip
                kink = next((kink for kink in activation.kinks if kink.x == place), None)
                if kink and kink.left != kink.right:
                    slopes = f"{readable(kink.left)} on the left and {readable(kink.right)} on the right"
                    values[1] = f"f'(x) = {slopes}"
                of = f" of {activation.plain_label}" if len(self.shown) > 1 else ""
                sentences.append(f"At x = {readable(place)}, {listed(values)}{of}.")
        return " ".join(sentences)

    def window(self, activations: Sequence[Activation]) -> tuple[float, float]:
        """Return the ends of the x axis: those asked for, or those that all windows share, widened to every kink."""
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


def check_window(low: float, high: float) -> None:
    """Raise InputError if two numbers can't be the ends of an x axis."""
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


def printable(text: str) -> str:
    """Replace with blanks what can't be drawn on one line, or isn't allowed in an SVG file."""
    return "".join(character if character.isprintable() else " " for character in text)


def meant(activation: Activation, shown: Sequence[Activation]) -> Activation:
    """Find the activation that a label is for: the same one, or the only one that differs just in its parameters.

    Raises
    ------
    InputError
        If there is none, or if several are meant.
    """
    if activation in shown:
        return activation
    usual = activation == activation.definition.bind()
    alike = [one for one in shown if one.definition is activation.definition] if usual else []
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise InputError(
            f"the label of '{activation.spec}' could be that of {' or '.join(one.spec for one in alike)}; say which",
            "label",
        )
    there = [one.spec for one in shown]
    hint = nearest(activation.spec, there, f"; there is {listed(there)}" if len(there) <= MOST_LISTED else "")
    raise InputError(f"there is a label for '{activation.spec}', which isn't in the figure{hint}", "label")


def file_words(spec: str) -> str:
    """Write a specification in a file's name: relu6, leaky_relu-negative_slope=0.5."""
    return spec.replace(":", "-").replace(",", "-")


def file_number(value: float) -> str:
    """Write a number in a file's name, equal ones alike: -0.0 as 0."""
    return number(value + 0.0)


def file_option(name: str, setting: Any, plain: bool = False) -> str:
    """Write an option that isn't at its default in a file's name: derivative, no_notes, x=-1_1; "" if it can't be.

    Parameters
    ----------
    plain
        Whether a text is a short word.
    """
    if isinstance(setting, bool):
        return name if setting else f"no_{name}"
    if name in SELF_EXPLAINING:
        return setting if isinstance(setting, str) else "x".join(map(file_number, setting))
    items = setting if isinstance(setting, tuple) else (setting,)
    if not all(isinstance(one, int | float) or plain for one in items):
        return ""
    return f"{name}={'_'.join(one if isinstance(one, str) else file_number(one) for one in items)}"


def changed(value: Any) -> list[tuple[str, Any, bool]]:
    """List the options of a value, and of values that it holds, that aren't at their defaults.

    Each has its name and its setting, and whether a text in it is a short word.
    """
    held = [getattr(value, one.name) for one in fields(value) if not declared(one)]
    found = [option for one in held if is_dataclass(one) for option in changed(one)]
    given = [(one, getattr(value, one.name)) for one in options(value.__class__)]
    return found + [
        (one.name, setting, one.metadata["option"].plain) for one, setting in given if setting != one.default
    ]


def _digest(text: str, length: int) -> str:
    """Abbreviate a text to hexadecimal digits; the last is a letter, so that they can't be mistaken for a number."""
    digits = hashlib.sha256(text.encode()).hexdigest()[:length]
    return digits[:-1] + "abcdef"[int(digits[-1], 16) % 6]
