"""The mathematics behind the ideas, one file a subject: small deterministic computations on the registry's functions.

Numpy only: nothing here draws or prints. Functions take an activation as a specification, an `Activation` or a
`Definition`, and return arrays or a small frozen dataclass of them. Nothing is random: averages over random networks
are computed as integrals.

>>> import actviz
>>> actviz.lessons.propagation.gradients("relu", depth=3, weights="xavier").round(4)
array([1.    , 0.7071, 0.5   , 0.3536])

A subject is imported when it is first used.
"""

from importlib import import_module
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from actviz.lessons import adaptive as adaptive
    from actviz.lessons import approximations as approximations
    from actviz.lessons import descent as descent
    from actviz.lessons import dying as dying
    from actviz.lessons import hinges as hinges
    from actviz.lessons import kinks as kinks
    from actviz.lessons import losses as losses
    from actviz.lessons import outputs as outputs
    from actviz.lessons import propagation as propagation
    from actviz.lessons import quantisation as quantisation
    from actviz.lessons import saturation as saturation
    from actviz.lessons import schedules as schedules
    from actviz.lessons import separation as separation
    from actviz.lessons import surrogates as surrogates

__all__ = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'actviz.lessons' has no attribute '{name}'")
    return import_module(f"actviz.lessons.{name}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
