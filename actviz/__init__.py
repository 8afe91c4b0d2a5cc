"""actviz: correct and beautiful figures of activation functions.

>>> import actviz
>>> leaky = actviz.get("leaky", negative_slope=0.1)
>>> leaky(-2.0), leaky.derivative(-2.0)
(-0.2, 0.1)

Importing it loads neither numpy nor matplotlib: each name is fetched from its module when it is first used.
"""

import sys
from importlib import import_module

TYPE_CHECKING = False  # loading typing would take longer than all else here
if TYPE_CHECKING:
    from actviz import lessons as lessons
    from actviz.api import compare as compare
    from actviz.api import draw as draw
    from actviz.api import explain as explain
    from actviz.api import plot as plot
    from actviz.api import schedule as schedule
    from actviz.api import softmax_figure as softmax_figure
    from actviz.errors import ActvizError as ActvizError
    from actviz.errors import GatedUnitError as GatedUnitError
    from actviz.errors import InputError as InputError
    from actviz.errors import ParameterError as ParameterError
    from actviz.errors import SpecificationError as SpecificationError
    from actviz.errors import StaleGalleryError as StaleGalleryError
    from actviz.errors import UnknownActivationError as UnknownActivationError
    from actviz.errors import VectorValuedError as VectorValuedError
    from actviz.errors import WriteError as WriteError
    from actviz.gated import GatedDefinition as GatedDefinition
    from actviz.gated import GatedUnit as GatedUnit
    from actviz.model import Activation as Activation
    from actviz.model import Definition as Definition
    from actviz.model import Interval as Interval
    from actviz.model import Kink as Kink
    from actviz.model import Parameter as Parameter
    from actviz.model import Reference as Reference
    from actviz.registry import gated_unit as gated_unit
    from actviz.registry import get as get
    from actviz.registry import names as names
    from actviz.vector import Softmax as Softmax
    from actviz.worked import softmax as softmax

__version__ = "0.1.0"

_ROOMS = {
    "api": ["compare", "draw", "explain", "plot", "schedule", "softmax_figure"],
    "errors": [
        "ActvizError", "GatedUnitError", "InputError", "ParameterError", "SpecificationError", "StaleGalleryError",
        "UnknownActivationError", "VectorValuedError", "WriteError",
    ],
    "gated": ["GatedDefinition", "GatedUnit"],
    "model": ["Activation", "Definition", "Interval", "Kink", "Parameter", "Reference"],
    "registry": ["gated_unit", "get", "names"],
    "vector": ["Softmax"],
    "worked": ["softmax"],
}  # fmt: skip
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted([*_HOME, "lessons"])


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'actviz' has no attribute '{name}'")
    if name == "lessons":
        return import_module("actviz.lessons")
    found = getattr(import_module(f"actviz.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def load_ipython_extension(shell: object) -> None:
    """Show figures, cards and tables in a notebook: `%load_ext actviz`, if actviz was imported before IPython ran."""
    from actviz.notebook import register

    register(shell)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


_get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
if _get_ipython is not None and (_shell := _get_ipython()) is not None:
    load_ipython_extension(_shell)
