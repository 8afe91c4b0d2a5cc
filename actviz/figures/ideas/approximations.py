"""Cheaper forms of an activation, and how far they are off."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Idea
from actviz.lessons import approximations
from actviz.lessons.approximations import Approximation
from actviz.model import Activation, readable
from actviz.prose import listed
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure

REACH = 6.0
"""How far from 0 the differences are drawn."""

VISIBLE = 0.05
"""The share of the axes' height above which the largest difference is marked."""


@dataclass(frozen=True, kw_only=True)
class Approximations(Idea):
    """Cheaper forms of an activation, each minus the activation itself."""

    word: ClassVar[str] = "approximations"
    summary: ClassVar[str] = "Cheaper forms of an activation, and how far they are off."
    example: ClassVar[tuple[str, ...]] = ("sigmoid",)
    usual: ClassVar[tuple[str, ...]] = ("gelu",)
    most: ClassVar[int] = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.given:
            self._found()

    @property
    def shown(self) -> tuple[Activation, ...]:
        others = [one.function for one in self._found() if isinstance(one.function, Activation)]
        return tuple(dict.fromkeys((*super().shown, *others)))

    @property
    def heading(self) -> str:
        return f"{self.activations[0].title}'s approximations, and how far they are off"

    @property
    def sentences(self) -> list[str]:
        name = self.names()[0]
        said = [f"What is used instead of {name}, because it is cheaper:"]
        for one in self._found():
            where = listed([f"x = {readable(round(x, 2) + 0.0)}" for x in one.places])
            said.append(f"{one.name} ({one.used}): off by up to {one.error:.3g}, at {where}.")
        said.append("Weights that were trained with one form give slightly different outputs with another.")
        return said

    def _found(self) -> tuple[Approximation, ...]:
        return approximations.approximations(self.activations[0])

    def panels(self, size: Size) -> "Panels":
        from actviz.figures.panels import NAMED_FOOTER
        from actviz.figures.sheet import PANEL

        return self.arrange(size, 1, panel=PANEL, footer=NAMED_FOOTER)

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot
        from actviz.style import colour

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading)
        x = np.union1d(np.linspace(-REACH, REACH, 1201), [0.0])
        found = self._found()
        values = [one.difference(x) for one in found]
        largest = 1.35 * max(float(np.abs(y).max()) for y in values)
        over = "0 would be exact"
        axes = panels.add(0, f"approximation minus {self.names(plainly=False)[0]}", over, "$x$")
        plot = Plot(axes, (-REACH, REACH), (-largest, largest))
        for number, (one, y) in enumerate(zip(found, values, strict=True)):
            plot.line(x, y, colour(number), dash=number, gid=f"difference-{number}")
            places = np.array([place for place in one.places if abs(place) < REACH])
            if one.error > VISIBLE * largest:
                plot.points(places, one.difference(places), colour(number), size=5, gid=f"largest-{number}")
        for number, one in enumerate(found):
            # preferably on the right, and at the ends, where the curves are apart
            anchors = np.array([*one.places[::-1], 0.65 * REACH, -0.65 * REACH])
            at = list(zip(anchors.tolist(), one.difference(anchors).tolist(), strict=True))
            words = f"{one.name}: up to {readable(float(f'{one.error:.3g}'))}"
            plot.say(words, colour(number), at, anywhere=True, gap=0.1)
        return panels.figure
