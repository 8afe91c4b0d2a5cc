"""Softmax to play with, in its card: logits and a temperature to drag, and the table of bars that moves with them."""

import math
from importlib.resources import files
from string import Template

from actviz.commandline import command
from actviz.figures import SoftmaxExample
from actviz.style import DARK, LIGHT
from actviz.vector import Softmax, softmax, steps
from actviz.worked import SWEEP

PICTURE = SoftmaxExample()
"""What stands there without JavaScript."""

FUNCTIONS = {"softmax": softmax, "steps": steps}
"""What the script works with."""


def section(static: str) -> str:
    """Write the part of the card, with the figure for those without JavaScript."""
    html = files("actviz.gallery").joinpath("softmax.html").read_text(encoding="utf-8")
    return Template(html).substitute(static=static)


def colours() -> str:
    """Write the colours of the classes as CSS."""
    pairs = enumerate(zip(LIGHT.colours, DARK.colours, strict=True))
    return (
        ":root {" + "".join(f" --class-{place}: light-dark({one}, {other});" for place, (one, other) in pairs) + " }\n"
    )


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
    words = {"11": "LOGITS", "13": "TEMPERATURE"}
    line = str(command(SoftmaxExample(Softmax((11.0,), temperature=temperature))))
    return " ".join(words.get(word, word) for word in line.split())
