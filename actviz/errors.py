"""The deliberate errors of actviz, each with the exit status of the command line; anything else is a bug.

ActvizError
├── InputError (also a ValueError)      2   the request makes no sense
│   ├── UnknownActivationError (also a KeyError)    no activation has that name
│   │   ├── VectorValuedError               softmax and its like have no curve y = f(x)
│   │   └── GatedUnitError                  nor have gated units, which take two inputs
│   ├── SpecificationError                  "leaky:" or "leaky:=0.1"
│   └── ParameterError                      unknown parameter, or a value outside its domain
├── WriteError                          1   a file couldn't be written; the old one is intact
└── StaleGalleryError                   1   the gallery isn't what `actviz gallery` would write
"""

import difflib
from collections.abc import Iterable


class ActvizError(Exception):
    """Any error that actviz raises on purpose.

    Parameters
    ----------
    message
        One line.
    fields
        The fields or parameters that the message names; the command line writes them as options.
    """

    exit_status = 1

    def __init__(self, message: str, *fields: str) -> None:
        super().__init__(message)
        self.fields = fields


class InputError(ActvizError, ValueError):
    """The request makes no sense."""

    exit_status = 2


class UnknownActivationError(InputError, KeyError):
    """No activation has that name."""

    __str__ = Exception.__str__  # a KeyError puts its message in quotes


class VectorValuedError(UnknownActivationError):
    """The function takes a vector, so it has no curve y = f(x)."""


class GatedUnitError(UnknownActivationError):
    """It is a gated unit, which takes two inputs, so it has no curve y = f(x)."""


class SpecificationError(InputError):
    """An activation's specification can't be read."""


class ParameterError(InputError):
    """A parameter that the activation doesn't have, or a value outside the parameter's domain."""


class WriteError(ActvizError):
    """A file couldn't be written; what was there before is intact."""


class StaleGalleryError(ActvizError):
    """The gallery isn't what `actviz gallery` would write."""


def closest(word: str, known: Iterable[str]) -> str:
    """Return the nearest of the known words, whatever their case, or "" if none is near."""
    in_lower_case = {one.lower(): one for one in known}
    letters = sorted(word.lower())
    for one in in_lower_case:
        if sorted(one) == letters:  # the same letters in another order
            return in_lower_case[one]
    matches = difflib.get_close_matches(word.lower(), list(in_lower_case), n=1, cutoff=0.5)
    return in_lower_case[matches[0]] if matches else ""


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The end of an error message: "; did you mean 'relu'?", or `otherwise` if nothing known is near."""
    found = closest(word, known)
    return f"; did you mean '{found}'?" if found else otherwise
