"""How each kind of figure looks: one file a kind.

A figure is a value: a small frozen dataclass that says what to draw. It has a name for its file, a command that draws
it alone, and a method `figure` that makes a matplotlib figure of it. This package imports matplotlib only when
something is drawn, and each kind when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from actviz.figures.base import Picture

if TYPE_CHECKING:
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

_ROOMS = {
    "Comparison": "comparison",
    "Curve": "curve",
    "Idea": "idea",
    "Schedules": "schedules",
    "SoftmaxExample": "softmax",
    "Surface": "surface",
    "TemperatureSweep": "temperature",
    "plotted": "surface",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
