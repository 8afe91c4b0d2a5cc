"""How each kind of figure looks: one file a kind.

A figure is a value: a small frozen dataclass that says what to draw. Its name is its file's, its command draws it
alone, and `draw` turns it into a matplotlib figure. This package imports matplotlib only when something is drawn.
"""

from actviz.figures.base import Picture
from actviz.figures.comparison import Comparison
from actviz.figures.curve import Curve
from actviz.figures.idea import Idea
from actviz.figures.schedules import Schedules
from actviz.figures.softmax import SoftmaxExample
from actviz.figures.surface import Surface, plotted
from actviz.figures.temperature import TemperatureSweep

__all__ = [
    "Comparison",
    "Curve",
    "Idea",
    "Picture",
    "Schedules",
    "SoftmaxExample",
    "Surface",
    "TemperatureSweep",
    "plotted",
]
