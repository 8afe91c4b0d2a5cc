"""How the command line is read: what Typer can't do, and a short cut for what needs no conversion."""

from typing import Any

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup


class Command(TyperCommand):
    """A command whose `--size` takes one word, or two numbers, which become one word: `6 4` becomes `6x4`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        take_as_they_are(self.get_params(ctx))
        for place, word in enumerate(args[:-2]):
            if word == "--":
                break
            if word == "--size" and all(map(is_number, args[place + 1 : place + 3])):
                args = [*args[: place + 1], "x".join(args[place + 1 : place + 3]), *args[place + 3 :]]
                break
        return super().parse_args(ctx, args)


class Group(TyperGroup):
    """A group of commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        take_as_they_are(self.get_params(ctx))
        return super().parse_args(ctx, args)


def is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


class _AsItIs:
    """A converter that takes words and defaults as they are; Typer's needs pydantic, which loads as slowly as numpy."""

    def __init__(self, parameter: Any) -> None:
        self.converter = parameter.get_runtime_param

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        annotation = param.type_descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if annotation is str and isinstance(value, str):
            return value
        if annotation == list[str] and isinstance(value, list | tuple):
            return list(value)
        if annotation is type(value):
            return value
        try:
            return self.converter().coerce(value, param=param, ctx=ctx)
        except BadParameter as error:
            words = " ".join(map(str, value)) if isinstance(value, tuple) else value
            reason = error.message[:1].lower() + error.message[1:]
            raise BadParameter(f"'{words}': {reason}", ctx=ctx, param=param) from None


def take_as_they_are(parameters: Any) -> None:
    """Let a command convert only those values that need it."""
    for parameter in parameters:
        if hasattr(parameter, "get_runtime_param"):  # not in all versions of Typer
            reader = _AsItIs(parameter)
            parameter.get_runtime_param = lambda reader=reader: reader
