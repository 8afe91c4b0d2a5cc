"""actviz: correct and beautiful figures of activation functions.

>>> import actviz
>>> leaky = actviz.get("leaky", negative_slope=0.1)
>>> leaky(-2.0), leaky.derivative(-2.0)
(-0.2, 0.1)

Importing it imports neither numpy nor matplotlib; the functions do when they are called.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from actviz.model import Activation
    from actviz.vector import Softmax

__version__ = "0.1.0"
__all__ = ["compare", "get", "names", "plot", "softmax"]


def get(spec: str | Activation, **parameters: object) -> Activation:
    """Look up an activation by a specification, see `actviz.registry.get`."""
    from actviz import registry

    return registry.get(spec, **parameters)


def names() -> list[str]:
    """List the canonical names, in the registry's order."""
    from actviz import registry

    return registry.names()


def plot(
    spec: str | Activation,
    *,
    derivative: bool = False,
    x: tuple[float, float] | None = None,
    log_y: bool = False,
    title: str | None = None,
    size: str | tuple[float, float] = "docs",
    theme: str = "auto",
    notes: bool = True,
) -> Figure:
    """Draw an activation, and its derivative under it; `actviz.figures.Curve` has the details.

    The figure is matplotlib's, and pyplot knows nothing of it: save it with `figure.savefig`.
    """
    from actviz.figures import Curve

    picture = Curve(
        get(spec).spec, derivative=derivative, x=x, log_y=log_y, title=title, size=size, theme=theme, notes=notes
    )
    with picture.styled():
        return picture.draw()


def compare(
    *specs: str | Activation,
    derivative: bool = False,
    side_by_side: bool = False,
    x: tuple[float, float] | None = None,
    log_y: bool = False,
    title: str | None = None,
    size: str | tuple[float, float] = "docs",
    theme: str = "auto",
    notes: bool = True,
) -> Figure:
    """Draw two or more activations in one figure; `actviz.figures.Comparison` has the details."""
    from actviz.figures import Comparison

    picture = Comparison(
        tuple(get(spec).spec for spec in specs), side_by_side=side_by_side, derivative=derivative, x=x, log_y=log_y,
        title=title, size=size, theme=theme, notes=notes,
    )  # fmt: skip
    with picture.styled():
        return picture.draw()


def softmax(logits: Sequence[float], *, temperature: float = 1.0, by_hand: bool = False) -> Softmax:
    """Work out softmax step by step; `actviz.vector.Softmax` has the steps."""
    from actviz.vector import Softmax

    return Softmax(tuple(map(float, logits)), float(temperature), by_hand)
