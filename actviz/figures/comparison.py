"""Several activations: overlaid in the same axes, or side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from actviz.errors import InputError
from actviz.figures.base import FARTHEST, XYPicture
from actviz.model import Activation
from actviz.options import option
from actviz.prose import describe, listed, names_among, titled, varied
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.sheet import Grid
    from actviz.figures.themed import ThemedFigure


MOST_OVERLAID, MOST_BEHIND, MOST_PANELS = 6, 12, 60
"""The most curves that can be told apart in the same axes; the most activations for which the others are drawn behind
each; and the most panels that can be drawn in reasonable time and memory."""

MOST_COLUMNS = 4
"""The most panels side by side, unless the size sets both width and height."""

SMALLEST_SHARE = 0.15
"""The share of a common y axis that each curve must span for its shape to be seen."""

LEAST_SHARE = 0.6
"""The smallest size of the text over panels, as a share of the usual; names that are still too long are cut."""

COMFORTABLE = 1.0
"""How wide and high, in units, panels should be if smaller text can make them so."""

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""The sizes of text to try where there is much of it, as shares of the usual."""

MOST_DESCRIBED = 5
"""With more activations than this, the description just has their names."""

NARROWEST = 8.0
"""Units of x below which a window isn't narrowed to show differences."""


@dataclass(frozen=True)
class Comparison(XYPicture):
    """Two or more activations in one figure, with `derivative` their derivatives in a second row of panels.

    Parameters
    ----------
    activations
        Two to sixty; the same activation with other parameters counts as another.
    side_by_side
        Whether each has a panel of its own, with up to eleven others faintly behind it; more than six always have.
    difference
        Whether each is drawn minus the first, with its largest value and where that is.
    """

    activations: tuple[Activation, ...]
    side_by_side: bool = option(False, "Give each a panel of its own, as more than six have anyway.")
    difference: bool = option(False, "Draw each minus the first, with its largest value.")

    prefix: ClassVar[str] = "compare"

    def __post_init__(self) -> None:
        super().__post_init__()
        count = len(self.activations)
        if count < 2:
            raise InputError(f"a comparison needs two activations or more, not {count}")
        if count > MOST_PANELS:
            raise InputError(f"{count} panels are too many for a figure; compare {MOST_PANELS} at most")
        for index, activation in enumerate(self.activations):
            if activation in self.activations[:index]:
                raise InputError(
                    f"{activation.spec} is given twice; compare different activations, or different parameters"
                )

    def window(self, activations: Sequence[Activation]) -> tuple[float, float]:
        """Return the ends of the x axis: the part of the common window in which the activations differ most.

        How much they differ is the mean distance from the lowest to the highest, as a share of the axes' height.
        """
        low, high = super().window(activations)
        if self.x is not None:
            return low, high
        kinks = [kink.x for activation in activations for kink in activation.kinks if low <= kink.x <= high]
        kinks += [place for place in self.mark if low <= place <= high]

        def difference(share: float) -> float:
            if any(not low * share * 0.75 <= kink <= high * share * 0.75 for kink in kinks):
                return 0.0
            x = np.linspace(low * share, high * share, 201)
            y = np.clip([activation(x) for activation in activations], -FARTHEST, FARTHEST)
            return round(float(np.mean(np.ptp(y, axis=0)) / (np.ptp(y) or 1.0)), 3)

        share = max([1.0, *(one for one in (0.8, 0.6, 0.4) if one * (high - low) >= NARROWEST)], key=difference)
        return float(f"{low * share:.2g}"), float(f"{high * share:.2g}")

    @property
    def shown(self) -> tuple[Activation, ...]:
        return self.activations

    @property
    def drawn(self) -> tuple[Activation, ...]:
        """Those that have a curve: all, or all but the first that is subtracted from them."""
        return self.activations[1:] if self.difference else self.activations

    @property
    def panelled(self) -> bool:
        """Whether each has a panel of its own."""
        return self.side_by_side or len(self.drawn) > MOST_OVERLAID

    @property
    def most_colours(self) -> tuple[int, str]:
        count = len(self.activations)
        return count, f"{count} curves"

    @property
    def names(self) -> list[str]:
        """What the activations are called, with mathtext."""
        usual = names_among(self.activations)
        return [self.called(one, name) for one, name in zip(self.activations, usual, strict=True)]

    @property
    def uniform(self) -> bool:
        return len(self.drawn) > MOST_OVERLAID or not super().dimensions.headed

    @property
    def remarks(self) -> list[str]:
        said = super().remarks
        if self.panelled and not self.side_by_side:
            count = len(self.drawn)
            said.insert(0, f"{count} curves in the same axes can't be told apart, so each has a panel of its own")
        return said

    @property
    def heading(self) -> str:
        titles = self._titles(plainly=True)
        return f"{titles} and their derivatives" if self.derivative and not self.difference else titles

    @property
    def description(self) -> str:
        how = "Side by side" if self.panelled else "In one figure"
        also = ", with their derivatives" if self.derivative else ""
        names = listed([activation.plain_label for activation in self.drawn])
        if self.difference:
            names += f", each minus {self.activations[0].plain_label}"
        each = map(describe, self.activations) if len(self.activations) <= MOST_DESCRIBED else ()
        sentences = [f"{how}: {names}{also}.", *each, self.marked, self.axis(self.activations)]
        return " ".join(filter(None, sentences))

    def draw(self) -> "ThemedFigure":
        self.refuse_blank(self.activations)
        if self.panelled:
            return self._beside()
        # names beside the curves, or a legend of all if one of them has no room for its name
        figure, fits = self._overlaid(named=True)
        return figure if fits else self._overlaid(named=False)[0]

    def _titles(self, plainly: bool = False) -> str:
        if varied(self.activations):
            titles = titled(self.activations, plainly)
            if not self.difference:
                return titles
            first = self.activations[0].setting(varied(self.activations), plainly)
            return f"{titles}, minus {first}"
        first, *_ = called = [self._title(activation, plainly) for activation in self.activations]
        titles = listed(list(dict.fromkeys(called[-len(self.drawn) :])))
        if len(self.drawn) > MOST_DESCRIBED:
            titles = f"{len(self.drawn)} activation functions"
        if not self.difference:
            return titles
        if first in called[1:]:  # the same function with other parameters
            first = self._title(self.activations[0], plainly, whole=True)
        return f"{titles} minus {first}"

    def _title(self, activation: Activation, plainly: bool = False, whole: bool = False) -> str:
        """Return the title of an activation, the whole with its parameters, or what it is called instead."""
        label = activation.plain_label if plainly else activation.label
        title = self.called(activation, label if whole else activation.title)
        return title.replace(r"\$", "$") if plainly else title

    @property
    def dimensions(self) -> Size:
        """The size in numbers, with smaller text where many panels or names need it."""
        size = best = super().dimensions
        for share in SHARES:
            smaller = replace(size, scale=size.scale * share)
            try:
                grid = self._grid(smaller, named=False)
            except InputError:
                continue
            best = smaller
            squeezed = size.height is not None and grid.height < 1.5 * grid.legend.height
            if min(grid.width, grid.height) >= COMFORTABLE and not squeezed:
                break
        if self.uniform and self.panelled and size.width is not None:  # all text becomes smaller, not just the names
            best = replace(best, scale=best.scale * max(SHARES[-2], self._share(self._grid(best, named=False).width)))
        return best

    def _grid(self, size: Size, named: bool, subtitle: str = "") -> "Grid":
        """Arrange the panels, and a legend if the curves don't have their names beside them."""
        from actviz.figures.sheet import FOOTER, KIND, NAMED_AXIS, SMALL_PANEL, Grid, header

        kinds = 2 if self.derivative else 1
        names = self.names
        around: dict[str, Any] = {"footer": FOOTER + NAMED_AXIS * bool(self.xlabel), "header": header(self.title, size)}
        if self.panelled:
            bands = len(self._bands(size))
            columns = -(-len(self.drawn) // bands)
            around |= {"subtitle": subtitle, "panel": SMALL_PANEL}
            grid = Grid(size, columns, bands * kinds, kinds=0, **around)
            lines = [len(more) for _, more in self._panel_titles(grid.width)]
            if not any(lines):
                return grid
            ends = np.cumsum([0, *self._bands(size)])
            most = [max(lines[start:stop]) for start, stop in pairwise(ends)]
            more = [KIND * high * (kind == 0) for high in most for kind in range(kinds)]
            return Grid(size, columns, bands * kinds, kinds=0, more=more, **around)
        columns = kinds if size.wide else 1
        entries = [] if named else names[-len(self.drawn) :]
        return Grid(size, columns, kinds // columns, entries=entries, **around)

    def _bands(self, size: Size) -> list[int]:
        """Choose how many panels stand side by side in each band, as evenly as possible."""
        count = len(self.drawn)
        bands = -(-count // self._columns(size))
        return [count // bands + (band < count % bands) for band in range(bands)]

    def _columns(self, size: Size) -> int:
        """Choose how many panels go side by side: what makes them largest in a given width and height, else up to 4."""
        from actviz.figures.sheet import BETWEEN, FOOTER, LEFT, PANEL_TITLE, RIGHT, header

        count = len(self.drawn)
        if size.width is None:
            return min(count, MOST_COLUMNS)
        across = size.width / size.scale - LEFT - RIGHT + BETWEEN
        if size.height is None:
            return max(1, min(count, int(across / (1.3 + BETWEEN)), MOST_COLUMNS))
        down = size.height / size.scale - header(self.title, size)

        def smaller_side(columns: int) -> float:
            rows = -(-count // columns) * (2 if self.derivative else 1)
            return min(across / columns - BETWEEN, 1.25 * (down / rows - PANEL_TITLE - FOOTER))

        return max(range(1, count + 1), key=smaller_side)

    def _panel_titles(self, width: float) -> list[tuple[str, list[str]]]:
        """Return the title of each panel, and lines of parameters below it where they don't fit beside it."""
        from actviz.figures.sheet import title_size
        from actviz.marks.text import units_of

        found: list[tuple[str, list[str]]] = []
        for activation, name in zip(self.drawn, self.names[-len(self.drawn) :], strict=True):
            if (
                activation.title == name
                or activation.label != name
                or units_of(name, title_size(self.uniform)) <= width
            ):
                found.append((name, []))
            else:
                parameters = activation.label.removeprefix(activation.title).strip()
                found.append((activation.title, _broken(parameters, width)))
        return found

    def _heading_of(self, derivative: bool) -> str:
        """Write the heading of a panel of overlaid curves."""
        symbol = "f′(x)" if derivative else "f(x)"
        title = f"$|{symbol}|$" if self.log_y and not self.difference else f"${symbol}$"
        if not self.difference:
            return title
        title += f" minus that of {self.names[0]}"
        return f"{title}, by size" if self.log_y else title

    def _overlaid(self, named: bool) -> tuple["ThemedFigure", bool]:
        from actviz.marks import curves

        window, hues = self.window(self.activations), self._hues()
        grid = self._grid(self.dimensions, named)
        grid.title(self.title, self._titles(), colours=hues)
        axes = None
        for index, derivative in enumerate([False, True] if self.derivative else [False]):
            axes = grid.panel(
                index % grid.columns, index // grid.columns, self._heading_of(derivative), self.kind(derivative),
                sharex=axes,
            )  # fmt: skip
            fits = curves.draw(
                axes, self.activations, derivative, window, self.log_y, self.notes, named=named,
                minus=self.difference, marked=not named, hues=hues, labels=self.names[-len(self.drawn) :],
                mark=self.mark, slopes=self.derivative,
            )  # fmt: skip
            if not fits:
                break
            if index + grid.columns >= 1 + self.derivative:
                grid.name_axis(axes, self.xlabel)
        return grid.figure, fits

    def _hues(self) -> list[str]:
        """Choose the colours of the curves that are drawn."""
        from actviz.marks import curves
        from actviz.style import colour, look

        count, chosen = len(self.drawn), look().chosen
        if count > MOST_OVERLAID:
            return [colour(index % max(1, len(chosen))) for index in range(count)]
        if 0 < len(chosen) <= count:
            return [colour(index) for index in range(count)]
        return curves.colours(self.activations)[-count:]

    def _slope_titles(self, width: float) -> list[str]:
        """Return the titles of the derivatives' panels, with names if there is room for them."""
        from actviz.figures.sheet import title_size
        from actviz.marks.text import units_of

        if not self.derivative:
            return []
        if varied(self.activations):
            titles = [f"derivative, {name}" for name in self.names[-len(self.drawn) :]]
        else:
            titles = [f"derivative of {self._title(activation)}" for activation in self.drawn]
        fit = all(units_of(title, title_size(self.uniform)) <= width for title in titles)
        return titles if fit else ["derivative"] * len(titles)

    def _share(self, width: float) -> float:
        """Return the share of the usual size that makes the longest line over a panel fit."""
        from actviz.figures.sheet import title_size
        from actviz.marks.text import units_of
        from actviz.style import TYPE

        titles = self._panel_titles(width)
        lines = [(line, TYPE) for _, more in titles for line in more]
        lines += [(words, title_size(self.uniform)) for words in [*dict(titles), *self._slope_titles(width)]]
        widest = max(units_of(*line) for line in lines)
        return 1.0 if widest <= width else max(LEAST_SHARE, 0.98 * width / widest)

    def _beside(self) -> "ThemedFigure":
        from actviz.marks import curves
        from actviz.sampling import Trace

        window, count = self.window(self.activations), len(self.drawn)
        first = self.activations[0] if self.difference else None
        kinds = [False, True] if self.derivative else [False]
        limits = {
            kind: [
                curves.heights([Trace(one, kind, self.log_y, first)], window, self.notes, self.mark)
                for one in self.drawn
            ]
            for kind in kinds
        }
        common = {kind: _common(limits[kind]) for kind in kinds}
        says = ["in grey: the others"] if 1 < count <= MOST_BEHIND else []
        if unlike := [kind for kind in kinds if common[kind] is None]:
            whose = "" if unlike == kinds else f" of the {'derivatives' if unlike[0] else 'functions'}"
            says.append(f"the y axes{whose} have different scales")
        grid = self._grid(self.dimensions, named=True, subtitle="; ".join(says))
        grid.title(self.title, self._titles())
        hues, titles = self._hues(), self._panel_titles(grid.width)
        slopes = self._slope_titles(grid.width)
        share = self._share(grid.width)
        places = [
            (column, band) for band, panels in enumerate(self._bands(self.dimensions)) for column in range(panels)
        ]
        for index, (activation, (column, band)) in enumerate(zip(self.drawn, places, strict=True)):
            axes = None
            for kind, derivative in enumerate(kinds):
                what, more = (slopes[index], ()) if derivative else titles[index]
                axes = grid.panel(column, band * len(kinds) + kind, what, more=more, sharex=axes, share=share)
                behind = [one for one in self.drawn if one is not activation] if count <= MOST_BEHIND else []
                curves.draw(
                    axes, [*([first] if first else []), activation], derivative, window, self.log_y, self.notes,
                    pair="stacked" if self.derivative else "alone", minus=self.difference, hues=[hues[index]],
                    behind=behind, limits=common[derivative] or limits[derivative][index], mark=self.mark,
                    slopes=self.derivative,
                )  # fmt: skip
            if (column, band + 1) not in places:
                grid.name_axis(axes, self.xlabel)
        return grid.figure


def _common(limits: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the ends of the y axis that panels share; None if a curve would be too low for its shape to be seen."""
    low, high = min(low for low, _ in limits), max(high for _, high in limits)
    lowest = min(top - bottom for bottom, top in limits)
    return (low, high) if lowest >= SMALLEST_SHARE * (high - low) else None


def _broken(parameters: str, width: float) -> list[str]:
    """Break parameters into lines, none wider than a width in units if possible; a parameter stays whole."""
    from actviz.marks.text import units_of
    from actviz.style import TYPE

    first, *others = parameters.split(", ")
    lines = [first]
    for parameter in others:
        longer = f"{lines[-1]}, {parameter}"
        if units_of(longer, TYPE) <= width:
            lines[-1] = longer
        else:
            lines[-1] += ","
            lines.append(parameter)
    return lines
