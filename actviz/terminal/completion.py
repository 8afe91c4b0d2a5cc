"""Completions of a word that are offered to the shell."""

from collections.abc import Callable
from importlib import import_module

VALUES = {
    "theme": "style.THEMES",
    "size": "style.SIZES",
    "format": "output.rendering.FORMATS",
    "against": "vector.AGAINST",
}
"""Where the values of options are listed."""


def names(incomplete: str) -> list[str]:
    """Return names of activations and gated units; frameworks' names only once something is typed: there are many."""
    from actviz.registry import REGISTRY

    words = REGISTRY.words(incomplete) or REGISTRY.words(f"{incomplete}.")  # "nn" is a module
    return [word for word in words if incomplete or "." not in word]


def activations(incomplete: str) -> list[str]:
    """Return the same without gated units, which have no curve y = f(x)."""
    from actviz.registry import REGISTRY

    return [word for word in names(incomplete) if REGISTRY.unit(word) is None]


def schedules(incomplete: str) -> list[str]:
    """Return names of schedules."""
    from actviz.lessons import schedules

    return [word for word in schedules.names() if word.startswith(incomplete.lower())]


def values(option: str) -> Callable[[str], list[str]] | None:
    """Return a function that completes the values of an option, which commas may join; None if they aren't listed."""
    if option not in VALUES:
        return None

    def complete(incomplete: str) -> list[str]:
        room, _, table = VALUES[option].rpartition(".")
        before, comma, last = incomplete.rpartition(",")
        given = before.split(",")
        known = getattr(import_module(f"actviz.{room}"), table)
        return [before + comma + word for word in known if word.startswith(last.lower()) and word not in given]

    return complete
