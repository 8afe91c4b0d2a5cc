"""Softmax to play with, in its card: logits and a temperature to drag, and the table of bars that moves with them."""

import math
from string import Template

from actviz.figures import SoftmaxExample
from actviz.gallery import parts
from actviz.style import LIGHT
from actviz.vector import Softmax, softmax, steps
from actviz.worked import SWEEP

PICTURE = SoftmaxExample()
"""What stands there without JavaScript."""

FUNCTIONS = {"softmax": softmax, "steps": steps}
"""What the script works with."""


def section(static: str) -> str:
    """Write the part of the card, with the figure for those without JavaScript."""
    return Template(parts.read("softmax.html")).substitute(static=static)


def colours() -> str:
    """Write the colours of the classes as CSS."""
    return parts.colours(f"class-{place}" for place in range(len(LIGHT.colours)))


def data() -> dict[str, object]:
    """Return what the script begins with: logits, the ends of the temperature as powers of ten, and the commands."""
    return {
        "logits": PICTURE.softmax.logits,
        "ends": [math.log10(end) for end in SWEEP],
        "colours": len(LIGHT.colours),
        "commands": {"plain": _template(1.0), "warm": _template(13.0)},
    }


def _template(temperature: float) -> str:
    """Write the command that draws what is shown: the script puts in LOGITS and TEMPERATURE."""
    picture = SoftmaxExample(Softmax((11.0,), temperature=temperature))
    return parts.template(picture, {"11": "LOGITS", "13": "TEMPERATURE"})
