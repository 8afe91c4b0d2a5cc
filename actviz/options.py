"""Options: fields of a value, each declared once with all that the Python API and the command line say about it."""

import dataclasses
import inspect
import math
import types
from dataclasses import dataclass, field
from functools import cache
from numbers import Integral, Real
from typing import Any, Union, get_args, get_origin, get_type_hints

from actviz.errors import InputError


@dataclass(frozen=True)
class Option:
    """What is declared about an option besides its name, type and default.

    Parameters
    ----------
    help
        A line of help; for an option that is on by default, what turning it off does.
    low, high
        The bounds of a number.
    form
        What a value must be, where the type doesn't say it: "light, dark or auto".
    metavar
        The placeholder for the value in the command line's help.
    plain
        Whether a text is one of a few short words, which may be part of a file's name.
    again
        Whether several values are given by repeating the option.
    lines
        Whether the value is text that may have several lines; the command line writes their ends as a backslash and n.
    """

    help: str
    low: float = -math.inf
    high: float = math.inf
    form: str = ""
    metavar: str = ""
    plain: bool = False
    again: bool = False
    lines: bool = False


def option(default: Any, help: str, **more: Any) -> Any:
    """Declare a field of a dataclass as an option; see `Option` for the arguments."""
    return field(default=default, kw_only=True, metadata={"option": Option(help, **more)})


def declared(field: "dataclasses.Field[Any]") -> Option | None:
    """Return what is declared about a field, if it is an option."""
    found: Option | None = field.metadata.get("option")
    return found


@cache
def options(kind: Any) -> "tuple[dataclasses.Field[Any], ...]":
    """List the fields that are options: a class's own before inherited ones."""
    by_name = {one.name: one for one in dataclasses.fields(kind) if declared(one)}
    order = dict.fromkeys(name for base in kind.__mro__ for name in inspect.get_annotations(base))
    return tuple(by_name[name] for name in order if name in by_name)


@cache
def hints(kind: Any) -> dict[str, Any]:
    """Return the types of a class's fields."""
    return get_type_hints(kind)


def check(value: Any) -> None:
    """Check the options of a frozen dataclass against their types and bounds; whole numbers become float where asked.

    Raises
    ------
    InputError
        If an option has a value of another type, or one outside its bounds.
    """
    for one in options(value.__class__):
        given, about = getattr(value, one.name), one.metadata["option"]
        try:
            converted = convert(given, hints(value.__class__)[one.name])
        except TypeError as error:
            raise InputError(f"{one.name} must be {about.form or error}, not {given!r}", one.name) from None
        bounded = math.isfinite(about.low) or math.isfinite(about.high)
        for item in converted if isinstance(converted, tuple) else (converted,):
            if bounded and item is not None and not about.low <= item <= about.high:
                raise InputError(f"{one.name} {item:g} is outside [{about.low:g}, {about.high:g}]", one.name)
        object.__setattr__(value, one.name, converted)


def is_list(hint: Any) -> bool:
    """Whether values of a type are tuples of any length, such as tuple[str, ...]."""
    return get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis


def convert(given: object, hint: Any) -> Any:
    """Convert a value to the type of a hint; TypeError says what it must be."""
    if get_origin(hint) in (Union, types.UnionType):
        forms = []
        for member in get_args(hint):
            try:
                return convert(given, member)
            except TypeError as error:
                forms.append(str(error))
        raise TypeError(" or ".join(forms))
    if hint is type(None):
        return _only(given, given is None, "None")
    if hint is float:
        return float(_only(given, isinstance(given, Real) and not isinstance(given, bool), "a number"))
    if hint is int:
        return int(_only(given, isinstance(given, Integral) and not isinstance(given, bool), "a whole number"))
    if get_origin(hint) is tuple:
        members = get_args(hint)
        form = f"{len(members)} numbers" if members[-1] is float else "a sequence"
        if isinstance(given, str | bytes) or not hasattr(given, "__iter__"):
            raise TypeError(form)
        items = tuple(given)
        if is_list(hint):
            return tuple(convert(item, members[0]) for item in items)
        _only(given, len(items) == len(members), form)
        try:
            return tuple(map(convert, items, members))
        except TypeError:
            raise TypeError(form) from None
    return _only(given, isinstance(given, hint), {bool: "True or False", str: "text"}.get(hint, hint.__name__))


def _only(given: Any, fits: bool, form: str) -> Any:
    if not fits:
        raise TypeError(form)
    return given


def whole(name: str, given: object, low: int, high: int) -> int:
    """Return a whole number; InputError, with its name, if it isn't one or is outside its bounds."""
    try:
        number: int = convert(given, int)
    except TypeError as error:
        raise InputError(f"{name} must be {error}, not {given!r}", name) from None
    if not low <= number <= high:
        raise InputError(f"{name} {number} is outside [{low}, {high}]", name)
    return number
