"""The worked example of softmax: logits, exponentials and probabilities as bars, from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actviz import style
from actviz.figures.base import Picture
from actviz.figures.panel import typeset
from actviz.model import number, readable
from actviz.vector import BY_HAND_DECIMALS, Softmax

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ARTICLE = (-3.0, 1.5, 2.7)
"""The logits of the worked example; a figure of them is just called softmax."""

MOST_LABELLED = 12


@dataclass(frozen=True)
class SoftmaxExample(Picture):
    """Softmax of some logits, step by step.

    Parameters
    ----------
    logits, temperature, by_hand
        As for `actviz.vector.Softmax`.
    decimals
        Of the numbers over the bars, 0 to 15.
    hardmax
        Whether hardmax of the same logits is drawn beside it.
    """

    logits: tuple[float, ...] = ARTICLE
    temperature: float = 1.0
    decimals: int = 4
    by_hand: bool = False
    hardmax: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self.steps  # noqa: B018  # raises what is wrong with the logits

    @property
    def steps(self) -> Softmax:
        return Softmax(self.logits, self.temperature, self.by_hand)

    @property
    def words(self) -> tuple[str, ...]:
        words = ["softmax"]
        if self.logits != ARTICLE:
            words.append("_".join(map(number, self.logits)))
        if self.temperature != 1:
            words.append(f"temperature={number(self.temperature)}")
        return (*words, *("by_hand",) * self.by_hand, *("hardmax",) * self.hardmax)

    @property
    def arguments(self) -> tuple[str, ...]:
        options = [] if self.temperature == 1 else ["--temperature", number(self.temperature)]
        options += ["--decimals", str(self.decimals)] if self.decimals != 4 else []
        options += ["--by-hand"] * self.by_hand + ["--hardmax"] * self.hardmax
        return ("softmax", *map(number, self.logits), *options)

    @property
    def description(self) -> str:
        steps = self.steps
        pairs = [
            f"{readable(z)} becomes {self.written(p)}" for z, p in zip(self.logits[:MOST_LABELLED], steps.probabilities)
        ]
        more = f", and {len(self.logits) - len(pairs)} more" if len(self.logits) > len(pairs) else ""
        return f"Bars of {len(self.logits)} logits, their exponentials and their softmax: {', '.join(pairs)}{more}."

    def written(self, probability: float) -> str:
        """Write a probability with the decimals asked for."""
        return f"{probability:.{self.decimals}f}"

    def written_exponential(self, value: float) -> str:
        """Write an exponential or their sum with the decimals asked for, or those kept by hand."""
        decimals = BY_HAND_DECIMALS if self.by_hand else self.decimals
        return f"{value:.{decimals}f}" if value < 1e6 else f"{value:.{decimals}e}"

    def draw(self) -> "Figure":
        steps = self.steps
        scaled = "z" if self.temperature == 1 else f"z / {readable(self.temperature)}"
        exponent = scaled if not steps.shift else f"(z - z_{{max}}){scaled[1:]}"
        rounded = ", two decimals" if self.by_hand else ""
        panels: list[tuple[str, str, Sequence[float], list[str]]] = [
            ("logits $z$", "", self.logits, [typeset(z) for z in self.logits]),
            (
                f"exponentials $e^{{{exponent}}}${rounded}",
                f"sum {self.written_exponential(steps.total)}",
                steps.exponentials,
                [self.written_exponential(e) for e in steps.exponentials],
            ),
            (
                "probabilities",
                f"sum {self.written(sum(steps.probabilities))}",
                steps.probabilities,
                [self.written(p) for p in steps.probabilities],
            ),
        ]
        if self.hardmax:
            panels.append(("hardmax", "sum 1", steps.hardmax, [readable(p) for p in steps.hardmax]))
        grid = style.Grid(columns=len(panels), rows=1, size=self.size, between=0.5)
        temperature = "" if self.temperature == 1 else f" at temperature {readable(self.temperature)}"
        many = "logit" if len(self.logits) == 1 else "logits"
        own_title = f"Softmax of {len(self.logits)} {many}{temperature}" + (" by hand" if self.by_hand else "")
        grid.title(self.title, own_title)
        for column, (title, total, values, labels) in enumerate(panels):
            axes = grid.panel(column, 0, title, aside=total)
            _draw_bars(axes, values, labels)
        return grid.figure


def _draw_bars(axes: "Axes", values: Sequence[float], labels: list[str]) -> None:
    from matplotlib.ticker import MaxNLocator

    largest = max(map(abs, values))
    factor = 1.0 if largest < 1e300 else 1e-10  # beyond, matplotlib's own arithmetic overflows
    heights = [value * factor for value in values]
    places = range(1, len(values) + 1)
    colours = [style.COLOURS[index % len(style.COLOURS)] for index in range(len(values))]
    axes.bar(places, heights, width=0.72, color=colours, zorder=3)
    axes.axhline(0, color=style.MUTED, linewidth=1, zorder=4)
    axes.set_xlim(0.4, len(values) + 0.6)
    axes.grid(visible=False, axis="x")
    axes.tick_params(bottom=False)
    axes.spines.bottom.set_visible(False)
    labelled = len(values) <= MOST_LABELLED
    if labelled:
        axes.set_xticks(places)
        axes.set_yticks([])
        axes.spines.left.set_visible(False)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(nbins="auto", integer=True))
        if factor != 1:
            axes.set_yticklabels([])
    written = [
        axes.annotate(
            label,
            (place, height),
            (0, 3 if height >= 0 else -3),
            textcoords="offset points",
            horizontalalignment="center",
            verticalalignment="bottom" if height >= 0 else "top",
            fontsize=9,
        )
        for place, height, label in zip(places, heights, labels if labelled else (), strict=False)
    ]
    room = style.stand_up(axes, written, style.inches_across(axes) / (len(values) + 0.2))
    low, high = min(0.0, *heights), max(0.0, *heights)
    room *= high - low or 1.0
    axes.set_ylim(low - (room if low < 0 else 0.0), high + room)
