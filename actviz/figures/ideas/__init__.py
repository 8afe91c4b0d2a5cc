"""Which ideas there are: one file each, found by being in this folder."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from actviz.errors import InputError, nearest
from actviz.figures.idea import Idea
from actviz.model import Activation
from actviz.options import options


def _found() -> dict[str, type[Idea]]:
    """Find the idea that each file of this folder declares, by its word."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    kinds = [one for module in modules for one in vars(module).values() if _is_declared(one, module.__name__)]
    return {kind.word: kind for kind in sorted(kinds, key=lambda kind: kind.word)}


def _is_declared(value: object, module: str) -> bool:
    return isinstance(value, type) and issubclass(value, Idea) and value.__module__ == module


IDEAS = _found()
"""All ideas by word, in alphabetical order."""


def find(word: str) -> type[Idea]:
    """Look up an idea, whatever the case of its word.

    Raises
    ------
    InputError
        If there is none; the message names the nearest, or all.
    """
    known = word.lower().replace("-", "_") if isinstance(word, str) else ""
    if known not in IDEAS:
        all_of_them = f"; there are {', '.join(IDEAS)}"
        raise InputError(f"unknown idea '{word}'{nearest(str(word), IDEAS, all_of_them)}")
    return IDEAS[known]


def make(word: str, activations: Iterable[Activation], settings: dict[str, Any]) -> Idea:
    """Make the figure of an idea with some of its options.

    Raises
    ------
    InputError
        If there is no such idea, or it has no such option, or a value makes no sense.
    """
    kind = find(word)
    known = [one.name for one in options(kind)]
    for name in settings:
        if name not in known:
            there = ", ".join(one.name for one in kind.own()) or "none of its own"
            raise InputError(f"{kind.word} has no option '{name}'{nearest(name, known, f'; it has {there}')}")
    return kind(given=tuple(activations), **settings)
