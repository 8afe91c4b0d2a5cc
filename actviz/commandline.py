"""The command that draws a figure, derived from the figure's fields."""

import csv
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from actviz import registry
from actviz.gated import GatedUnit
from actviz.model import Activation, number
from actviz.options import declared, hints, is_list, options

if TYPE_CHECKING:
    from actviz.figures import Picture

COMMANDS = {
    "Curve": ("plot",),
    "Comparison": ("compare",),
    "SoftmaxExample": ("softmax",),
    "TemperatureSweep": ("softmax", "--sweep"),
    "Schedules": ("schedule",),
    "Surface": ("plot",),
}
"""The command's words for each kind of figure, by its class: a command needs only its own loaded."""

ON_BY_DEFAULT = "no-"
"""How the flag of an option that is on by default begins."""


def flag(name: str, default: object = None) -> str:
    """Return the flag of an option: `--log-y` for log_y, `--no-notes` for notes, which is on by default."""
    return f"--{ON_BY_DEFAULT if default is True else ''}{name.replace('_', '-')}"


def command(picture: "Picture") -> str | None:
    """Return the command that draws a figure; None if it shows an activation or a unit that isn't registered."""
    from actviz.figures import Idea, Surface

    shown = (picture.unit,) if isinstance(picture, Surface) else picture.shown
    if not all(map(registry.is_registered, shown)):
        return None
    subject, given = _words(picture)
    words = ("explain", picture.word) if isinstance(picture, Idea) else COMMANDS[type(picture).__name__]
    return shlex.join(["actviz", *words, *subject, *given])


def _words(value: Any) -> tuple[list[str], list[str]]:
    """Return the arguments of a value's command, and the options that aren't at their defaults."""
    subject: list[str] = []
    given: list[str] = []
    for one in fields(value):
        if not declared(one):
            words, more = _held(getattr(value, one.name))
            subject += words
            given += more
    for one in options(value.__class__):
        setting = getattr(value, one.name)
        if setting != one.default:
            given += _given(one, setting, hints(value.__class__)[one.name])
    return subject, given


def _given(one: "Field[Any]", setting: Any, hint: Any) -> list[str]:
    """Write an option: its flag, and its value if it isn't on or off; or both for each of several values."""
    name, about = flag(one.name, one.default), declared(one)
    if isinstance(setting, bool):
        return [name]
    if about and about.again:
        return [word for item in setting for word in (name, _paired(item))]
    if about and about.lines:
        return [name, escaped(setting)]
    return [name, _line(setting)] if is_list(hint) else [name, *_written(setting)]


def _paired(item: Any) -> str:
    """Write a number, or an activation and its name as NAME=TEXT."""
    if isinstance(item, tuple):
        activation, words = item
        return f"{activation.spec}={words}"
    return number(item)


def escaped(text: str) -> str:
    r"""Write a line end as `\n`, and what already looks like one with another backslash; see `unescaped`."""
    return re.sub(r"(?<!\\)\n", r"\\n", re.sub(r"\\+n", r"\\\g<0>", text))


def unescaped(text: str) -> str:
    r"""Read `\n` as the end of a line, and `\\n` as a backslash and n."""
    return re.sub(r"\\(\\*)n", lambda found: f"{found[1]}n" if found[1] else "\n", text)


def _held(value: Any) -> tuple[list[str], list[str]]:
    from actviz.lessons.schedules import Schedule

    if isinstance(value, Activation | GatedUnit | Schedule):
        return [value.spec], []
    if isinstance(value, tuple):
        return [word for item in value for word in (_held(item)[0] if is_dataclass(item) else _written(item))], []
    return _words(value)


def _written(setting: object) -> Iterator[str]:
    """Write a setting as words, numbers one by one."""
    for item in setting if isinstance(setting, tuple) else (setting,):
        yield number(item) if isinstance(item, int | float) else str(item)


def _line(items: object) -> str:
    """Write a list of numbers or names as a line of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(_written(items))
    return line.getvalue()
