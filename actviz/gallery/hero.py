"""What moves at the top of the page: a curve and its derivative, live, with a tangent to drag and sliders.

It draws what `javascript` translates from the definitions; without JavaScript a figure stands there.
"""

import math
from html import escape
from itertools import groupby
from string import Template

from actviz.figures import Comparison, Curve
from actviz.formula import mathml
from actviz.gallery import parts
from actviz.gallery.javascript import translatable
from actviz.model import Definition, Parameter
from actviz.registry import IMPORTED_AS, REGISTRY, family, get, normalize

FIRST = "swish"
"""What is shown until something else is chosen."""

PICTURE = Curve(get(FIRST), derivative=True)
"""What stands there without JavaScript."""


def section(static: str) -> str:
    """Write the section, with the figure for those without JavaScript."""
    return Template(parts.read("hero.html")).substitute(static=static, options=_options())


def data() -> dict[str, object]:
    """Return what the script knows of the definitions besides their functions, and the commands."""
    return {
        "first": FIRST,
        "commands": _commands(),
        "modules": list(IMPORTED_AS.items()),
        "implied": _implied(),
        "activations": {definition.name: _facts(definition) for definition in definitions()},
    }


def definitions() -> list[Definition]:
    """Return what can be shown."""
    return [definition for definition in REGISTRY.values() if translatable(definition)]


def _implied() -> dict[str, str]:
    """Return what names mean that set parameters: "siren" is `sine:omega=30`."""
    names = (
        name
        for definition in definitions()
        for name in (*definition.aliases, *(n for one in definition.frameworks.values() for n in one.names))
    )
    words = (name.partition(":")[0] for name in names if ":" in name)
    return {normalize(word): specification for word in words if (specification := get(word).spec) != get(word).name}


def _options() -> str:
    """Write the choice of activations, by family."""
    return "".join(
        f'<optgroup label="{title}">{"".join(map(_option, members))}</optgroup>'
        for title, members in groupby(definitions(), family)
    )


def _option(definition: Definition) -> str:
    return f'<option value="{definition.name}">{escape(definition.title)}</option>'


def _facts(definition: Definition) -> dict[str, object]:
    return {
        "title": definition.title,
        "window": definition.bind().window,
        "parameters": [_parameter(parameter) for parameter in definition.parameters],
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    low, high, step = ends(parameter)
    default = parameter.default
    domain = parameter.domain
    return {
        "name": parameter.name,
        "symbol": mathml(parameter.symbol, display=False),
        "meaning": parameter.meaning,
        "default": default if math.isfinite(float(default)) else str(default),  # type: ignore[arg-type]  # no list
        "low": low,
        "high": high,
        "step": step,
        "domain": [str(domain.low), str(domain.high), domain.low_closed, domain.high_closed],
        "also": parameter.aliases,
    }


def ends(parameter: Parameter) -> tuple[float, float, float]:
    """Return the ends of a parameter's slider, and its step, a power of ten.

    The ends are the least and the largest of the values in common use and the default; half and twice the value if
    there is only one.
    """
    values = [
        value for value in (parameter.default, *parameter.usual) if isinstance(value, float) and math.isfinite(value)
    ]
    low, high = min(values), max(values)
    if low == high:
        low, high = sorted((low / 2, low * 2)) if low else (-1.0, 1.0)
    exponent = math.floor(math.log10((high - low) / 50))
    step = 10.0**exponent
    # ends that can be read, if the domain has them
    below, above = round(math.floor(low / step) * step, -exponent), round(math.ceil(high / step) * step, -exponent)
    return below if below in parameter.domain else low, above if above in parameter.domain else high, step


def _commands() -> dict[str, str]:
    """Write the commands that draw what is shown: the script puts in SPEC, WITH, LOW, HIGH and X."""
    places = {"relu": "SPEC", "gelu": "WITH", "-7": "LOW", "8": "HIGH", "5.5": "X"}
    one, other, ends, x = get("relu"), get("gelu"), (-7.0, 8.0), (5.5,)
    commands: dict[str, str] = {}
    for kind, log in (("", False), ("_log", True)):
        alone = Curve(one, derivative=True, log_y=log, x=ends, mark=x)
        both = Comparison((one, other), derivative=True, log_y=log, x=ends, mark=x)
        commands |= {f"one{kind}": parts.template(alone, places), f"both{kind}": parts.template(both, places)}
    return commands
