"""The mathematics behind the ideas, a file a subject: small deterministic computations on the registry's functions.

Numpy only: nothing here draws or prints. Functions take an activation as a specification, an `Activation` or a
`Definition`, and return arrays or a small frozen dataclass of them. Nothing is random; what is averaged over random
networks is an exact integral.
"""

from actviz.lessons import (
    adaptive,
    approximations,
    descent,
    dying,
    hinges,
    kinks,
    losses,
    outputs,
    propagation,
    quantisation,
    saturation,
    schedules,
    separation,
)

__all__ = [
    "adaptive",
    "approximations",
    "descent",
    "dying",
    "hinges",
    "kinks",
    "losses",
    "outputs",
    "propagation",
    "quantisation",
    "saturation",
    "schedules",
    "separation",
]
