"""The worked example of softmax: logits, exponentials and probabilities as bars, from left to right."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from actviz.figures.base import FARTHEST, Picture, file_number
from actviz.model import readable, typeset
from actviz.options import option
from actviz.vector import BY_HAND_DECIMALS, Softmax

if TYPE_CHECKING:
    from actviz.figures.themed import ThemedFigure

ARTICLE = (-3.0, 1.5, 2.7)
"""The logits of the worked example; a figure of them is just called softmax."""

MOST_BARS, NARROWEST_BAR = 30, 0.085
"""Of more classes that many are shown, and fewer if a bar and its number would have less than so many inches."""

MOST_REMARKS = 3
"""Lines under a panel."""

MOST_SPOKEN = 12
"""As many are told in the description."""


@dataclass(frozen=True)
class SoftmaxExample(Picture):
    """Softmax of some logits, step by step.

    Parameters
    ----------
    softmax
        Logits, temperature and all that follows from them; those of the article by default.
    decimals
        Of the numbers over the bars, 0 to 15.
    hardmax
        Whether hardmax of the same logits is drawn beside it.
    """

    softmax: Softmax = field(default=Softmax(ARTICLE))
    decimals: int = option(4, "Of the numbers shown.", low=0, high=15)
    hardmax: bool = option(False, "Show hardmax beside it.")

    prefix: ClassVar[str] = "softmax"

    @property
    def subject(self) -> tuple[str, ...]:
        logits = self.softmax.logits
        return () if logits == ARTICLE else ("_".join(map(file_number, logits)),)

    @property
    def heading(self) -> str:
        steps, count = self.softmax, len(self.softmax.logits)
        temperature = "" if steps.temperature == 1 else f" at temperature {readable(steps.temperature)}"
        by_hand = " by hand" if steps.by_hand else ""
        return f"Softmax of {count} {'logit' if count == 1 else 'logits'}{temperature}{by_hand}"

    @property
    def description(self) -> str:
        steps, count = self.softmax, len(self.softmax.logits)
        spoken = zip(steps.logits[:MOST_SPOKEN], steps.probabilities)
        pairs = [f"{readable(z)} becomes {self.written(p)}" for z, p in spoken]
        more = f", and {count - len(pairs)} more" if count > len(pairs) else ""
        return f"Bars of {count} logits, their exponentials and their softmax: {', '.join(pairs)}{more}."

    def written(self, probability: float) -> str:
        """Write a probability with the decimals asked for."""
        return f"{probability:.{self.decimals}f}"

    def written_exponential(self, value: float) -> str:
        """Write an exponential or their sum with the decimals asked for, or those kept by hand."""
        decimals = BY_HAND_DECIMALS if self.softmax.by_hand else self.decimals
        return f"{value:.{decimals}f}" if value < 1e6 else f"{value:.{decimals}e}"

    def draw(self) -> "ThemedFigure":
        from actviz.figures.sheet import Grid
        from actviz.marks import bars

        steps = self.softmax
        scaled = "z" if self.softmax.temperature == 1 else f"z / {readable(self.softmax.temperature)}"
        exponent = scaled if not steps.shift else f"(z - z_{{max}}){scaled[1:]}"
        of_each = f"each to {BY_HAND_DECIMALS} decimals" if self.softmax.by_hand else "all above 0"
        panels = [
            _Step("logits $z$", self.softmax.logits, typeset, self._failings),
            _Step(
                f"exponentials $e^{{{exponent}}}$",
                steps.exponentials,
                self.written_exponential,
                (f"sum {self.written_exponential(steps.total)}", of_each, "in the same order"),
            ),
            _Step(
                "probabilities",
                steps.probabilities,
                self.written,
                (f"sum {self.written(math.fsum(steps.probabilities))}", "each from 0 to 1"),
            ),
        ]
        if self.hardmax:
            panels.append(_Step("hardmax", steps.hardmax, readable, ("sum 1", "all or nothing")))
        width = max(2.2, 0.14 * min(len(self.softmax.logits), MOST_BARS))
        grid = Grid(self.sheet, len(panels), panel=(width, 2.0), left=0.3, between=0.35, footer=0.98)
        shown, thinned = self._shown(min(MOST_BARS, int(grid.width * self.sheet.scale / NARROWEST_BAR)))
        grid.title(self.title, self.heading, aside=thinned)
        for column, step in enumerate(panels):
            axes = grid.panel(column, 0, step.title, f"step {column + 1}" if column < 3 else "")
            values = [step.values[index] for index in shown]
            bars.draw(axes, values, shown, step.write, marked=self.notes and column == 0)
            grid.remark(column, step.remarks if self.notes else step.remarks[:1])
        return grid.figure

    def _shown(self, most: int) -> tuple[list[int], str]:
        """Choose the classes that get a bar, and say so if those aren't all in their order: rather the likely ones."""
        count = len(self.softmax.logits)
        if count <= most:
            return list(range(count)), ""
        falling = sorted(range(count), key=lambda index: -self.softmax.logits[index])
        likely = 2 * most // 3
        rest = falling[likely:]
        others = [rest[round((place + 1) * len(rest) / (most - likely)) - 1] for place in range(most - likely)]
        return falling[:likely] + others, f"sorted; {most} of {count} shown"

    @property
    def _failings(self) -> tuple[str, ...]:
        """Say what keeps the logits from being probabilities, after their sum."""
        total = sum(map(Fraction, self.softmax.logits), Fraction())
        written = typeset(float(total)) if abs(total) < FARTHEST else "beyond 1e300"
        negative, large = sum(z < 0 for z in self.softmax.logits), sum(z > 1 for z in self.softmax.logits)
        failings = [f"{negative} below 0"] * (negative > 0) + [f"{large} above 1"] * (large > 0)
        return (f"sum {written}" + ", not 1" * (abs(total - 1) > Fraction(1, 10**9)), *failings)


@dataclass(frozen=True)
class _Step:
    """One panel: its title, a value for each class and how it is written, and remarks, the sum first."""

    title: str
    values: Sequence[float]
    write: Callable[[float], str]
    remarks: tuple[str, ...]
