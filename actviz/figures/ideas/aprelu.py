"""APReLU: each channel's negative slope comes from a small network that looks at the sample."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from actviz.figures.idea import Idea
from actviz.lessons import adaptive
from actviz.lessons.adaptive import Sample
from actviz.style import Size

if TYPE_CHECKING:
    from actviz.figures.panels import Panels
    from actviz.figures.themed import ThemedFigure
    from actviz.marks.plot import Plot

NAMES = ("A", "B", "C")

REACH = 3.0
"""How far the functions are drawn."""

HEADINGS = ("1  feature map", "2  averages", "3  slopes", "4  its functions")


@dataclass(frozen=True, kw_only=True)
class Aprelu(Idea):
    """Three samples on their way through APReLU: feature map, averages, slopes, functions."""

    word: ClassVar[str] = "aprelu"
    summary: ClassVar[str] = "APReLU: a small network looks at the sample and chooses the negative slopes."
    hidden: ClassVar[tuple[str, ...]] = ("relu", "sigmoid")

    @property
    def heading(self) -> str:
        return "APReLU: each sample has slopes of its own"

    @property
    def sentences(self) -> list[str]:
        said = [
            "Three samples with a feature map of two channels each. The averages of the negative and of the "
            "positive parts of the channels, four numbers, go through a layer with ReLU and a layer with sigmoid, "
            "which yields a slope between 0 and 1 for each channel: f(x) = x for x > 0, slope · x otherwise.",
        ]
        for name, one in zip(NAMES, adaptive.samples(), strict=True):
            negative, positive, slopes = (_numbers(values) for values in (one.negative, one.positive, one.slopes))
            said.append(f"Sample {name}: negative averages {negative}; positive averages {positive}; slopes {slopes}.")
        said.append(
            "If the slopes were the same for all samples, this would be PReLU. The network's weights are chosen to "
            "show the effect, not learned; batch normalisation is part of its layers."
        )
        return said

    def panels(self, size: Size) -> "Panels":
        return self.arrange(
            size, len(HEADINGS), rows=len(NAMES), by_rows=True, panel=(1.75, 0.95), between=0.4, narrow=1.2, footer=0.36
        )

    def draw(self) -> "ThemedFigure":
        from actviz.marks.plot import Plot

        panels = self.panels(self.dimensions)
        panels.title(self.title, self.heading)
        found = adaptive.samples()
        highest = max(float(np.abs(one.features).max()) for one in found) * 1.1
        largest = max(float(np.max([-one.negative, one.positive])) for one in found) * 1.6
        for row, (name, one) in enumerate(zip(NAMES, found, strict=True)):
            positions = one.features.shape[1]
            features = Plot(
                panels.add(0, HEADINGS[0], f"sample {name}; dashed: channel 2", row=row),
                (0, positions - 1),
                (-highest, highest),
            )
            self._features(features, one)
            averages = Plot(
                panels.add(1, HEADINGS[1], "of negative and positive parts", row=row), (0, 4), (-largest, largest)
            )
            self._averages(averages, one)
            slopes = Plot(panels.add(2, HEADINGS[2], "from two layers", row=row), (0, 1.3), (2.6, 0.4))
            self._slopes(slopes, one)
            functions = Plot(panels.add(3, HEADINGS[3], f"of sample {name}", row=row), (-REACH, REACH), (-REACH, REACH))
            self._functions(functions, one)
        return panels.figure

    @staticmethod
    def _features(plot: "Plot", one: Sample) -> None:
        from actviz.style import colour

        for channel, values in enumerate(one.features):
            plot.line(np.arange(values.size), values, colour(channel), dash=channel, width=1.8,
                      gid=f"channel-{channel}")  # fmt: skip
        plot.axes.set_xticks([])

    @staticmethod
    def _averages(plot: "Plot", one: Sample) -> None:
        from actviz.style import colour

        places, labels = (0.5, 1.5, 2.5, 3.5), ("−", "−", "+", "+")
        values = [*one.negative.tolist(), *one.positive.tolist()]
        for number, (place, value) in enumerate(zip(places, values, strict=True)):
            plot.axes.bar([place], [value], width=0.7, color=colour(number % 2), zorder=2, linewidth=0,
                          gid=f"average-{number}")  # fmt: skip
            (left, bottom), (right, top) = plot.space.locate([place - 0.35, place + 0.35], sorted([0.0, value]))
            plot.space.boxes.append((float(left), float(bottom), float(right), float(top)))
        for number, (place, value) in enumerate(zip(places, values, strict=True)):
            words = f"{value:.2f}".replace("-", "−")
            plot.say(words, colour(number % 2), [(place, value), (place, max(value, 0.0))], gap=0.03)
        plot.axes.set_xticks(places, labels)
        plot.axes.set_yticks([])

    @staticmethod
    def _slopes(plot: "Plot", one: Sample) -> None:
        from actviz.style import colour

        for channel, slope in enumerate(one.slopes):
            plot.axes.barh([channel + 1], [slope], height=0.6, color=colour(channel), zorder=2, linewidth=0,
                           gid=f"slope-{channel}")  # fmt: skip
            plot.say(f"{slope:.2f}", colour(channel), [(float(slope), channel + 1.0)], gap=0.05)
        plot.axes.set_yticks([])
        plot.axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])

    @staticmethod
    def _functions(plot: "Plot", one: Sample) -> None:
        from actviz.style import colour

        for channel, slope in enumerate(one.slopes):
            x = np.array([-REACH, 0.0, REACH])
            plot.line(x, np.where(x > 0, x, slope * x), colour(channel), dash=channel, turning=not channel,
                      gid=f"function-{channel}")  # fmt: skip
        plot.axes.set_yticks([])


def _numbers(values: "np.ndarray") -> str:
    return " and ".join(f"{value:.4f}" for value in values)
