"""The command that draws a figure, derived from the figure's fields."""

import csv
import io
import shlex
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from actviz import registry
from actviz.figures import Comparison, Curve, Idea, Picture, Schedules, SoftmaxExample, TemperatureSweep
from actviz.lessons.schedules import Schedule
from actviz.model import Activation, number
from actviz.options import declared, hints, is_list, options

COMMANDS: dict[type[Picture], tuple[str, ...]] = {
    Curve: ("plot",),
    Comparison: ("compare",),
    SoftmaxExample: ("softmax",),
    TemperatureSweep: ("softmax", "--sweep"),
    Schedules: ("schedule",),
}
"""The words for each kind of figure."""

ON_BY_DEFAULT = "no-"
"""What the flag of an option begins with that is on by default."""


def flag(name: str, default: object = None) -> str:
    """Return the flag of an option: `--log-y` of log_y, `--no-notes` of notes, which are on by default."""
    return f"--{ON_BY_DEFAULT if default is True else ''}{name.replace('_', '-')}"


def command(picture: Picture) -> str | None:
    """Return the command that draws a figure; None if it shows an activation that isn't registered."""
    if not all(map(registry.is_registered, picture.shown)):
        return None
    subject, given = _words(picture)
    words = ("explain", picture.word) if isinstance(picture, Idea) else COMMANDS[type(picture)]
    return shlex.join(["actviz", *words, *subject, *given])


def _words(value: Any) -> tuple[list[str], list[str]]:
    """Return the arguments of a value's command, and its options that aren't at their defaults."""
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
            listed = is_list(hints(value.__class__)[one.name])
            written = [] if isinstance(setting, bool) else [_line(setting)] if listed else _written(setting)
            given += [flag(one.name, one.default), *written]
    return subject, given


def _held(value: Any) -> tuple[list[str], list[str]]:
    if isinstance(value, Activation | Schedule):
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
