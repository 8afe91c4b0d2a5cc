"""Commands that draw: their options are the fields of a figure, and those of saving it."""

import csv
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from actviz.errors import GatedUnitError, InputError
from actviz.options import declared, hints, is_list, option, options
from actviz.terminal import completion
from actviz.terminal.parsing import Command, is_number

if TYPE_CHECKING:
    from actviz.model import Activation


@dataclass(frozen=True)
class Saving:
    """Where figures go and in which formats, and whether they are opened."""

    out: str = option(
        "gallery/", "A folder, a file whose ending is the format, or - for standard output.", metavar="PATH"
    )
    format: tuple[str, ...] = option((), "png, svg or pdf; repeat it or use commas.  [default: png,svg]")
    dpi: float = option(200.0, "Dots per inch in PNG files, 10 to 1200.")
    show: bool = option(False, "Open the figure in the system's viewer.")


Drawing = Callable[..., None]


def draws(*kinds: str | type) -> Callable[[Drawing], Drawing]:
    """Make a `DrawingCommand` run a function of `settings`, `saving` and arguments of its own.

    Parameters
    ----------
    kinds
        The figure and what it holds, as "figures.Curve" or the class itself: their options become the command's.
    """

    def decorate(function: Drawing) -> Drawing:
        def stub() -> None:
            """Stand in for the command until its options are needed."""

        stub.__name__ = function.__name__
        stub.whole = lambda: _with_options(function, [_find(kind) for kind in kinds])  # type: ignore[attr-defined]
        return stub

    return decorate


class DrawingCommand(Command):
    """A command that gets its options when it is called: they load numpy, which the list of commands doesn't need."""

    def make_context(self, *arguments: Any, **more: Any) -> Any:
        stub: Any = getattr(self.callback, "__wrapped__", None)
        if hasattr(stub, "whole"):
            app = typer.Typer(add_completion=False)
            app.command()(stub.whole())
            whole = typer.main.get_command(app)
            self.params, self.callback = whole.params, whole.callback
        return super().make_context(*arguments, **more)


def _find(kind: str | type) -> type:
    if isinstance(kind, type):
        return kind
    room, _, name = kind.rpartition(".")
    found: type = getattr(import_module(f"actviz.{room}"), name)
    return found


def _with_options(function: Drawing, kinds: list[type]) -> Drawing:
    """Give a function the signature from which Typer makes the command's arguments and options."""
    settings = {one.name: (one, hints(kind)[one.name]) for kind in kinds for one in options(kind)}
    saving = {one.name: (one, hints(Saving)[one.name]) for one in options(Saving)}

    def run(**given: Any) -> None:
        chosen, saved = (
            {name: _read(given.pop(name), one, hint) for name, (one, hint) in group.items()}
            for group in (settings, saving)
        )
        function(**given, settings=chosen, saving=Saving(**saved))

    own = [
        one.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for one in inspect.signature(function, eval_str=True).parameters.values()
    ]
    last = [one for one in own if one.name == "json"]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            *(one for one in own if one.name not in ("settings", "saving", "json")),
            *(_parameter(one, hint) for group in (settings, saving) for one, hint in group.values()),
            *last,
        ]
    )
    run.__name__ = function.__name__
    return run


def _parameter(one: Any, hint: Any) -> inspect.Parameter:
    """Describe an option to Typer."""
    from actviz.commandline import flag

    about, default = declared(one), one.default
    assert about is not None
    annotation, help = hint, about.help
    if default is True:
        default = False
    elif is_list(hint):
        if default:
            help += (
                f"  [default: {','.join(f'{item:g}' if isinstance(item, float) else str(item) for item in default)}]"
            )
        annotation, default = list[str] | None, None
    elif str in get_args(hint):
        annotation = str | None if default is None else str
    described = typer.Option(
        flag(one.name, one.default), help=help, metavar=about.metavar or None, show_default=default is not None,
        autocompletion=completion.values(one.name),
    )  # fmt: skip
    return inspect.Parameter(
        one.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[annotation, described]
    )


def _read(given: Any, one: Any, hint: Any) -> Any:
    """Turn what Typer has read into a field's value."""
    if one.default is True:
        return not given
    if one.name == "label":
        return tuple(map(_labelled, given or ()))
    if is_list(hint):
        if not given:
            return one.default
        # as in a CSV file: a name with a comma is in double quotes
        rows = (csv.reader([" ".join(item.splitlines())], skipinitialspace=True) for item in given)
        words = [word for row in rows for word in next(row) or [""]]
        return tuple(_member(one.name, word, get_args(hint)[0]) for word in words)
    if isinstance(given, str) and tuple[float, float] in get_args(hint):
        sides = given.split("x")
        return tuple(map(float, sides)) if len(sides) == 2 and all(map(is_number, sides)) else given.lower()
    if isinstance(given, str) and (about := declared(one)) and about.lines:
        from actviz.commandline import unescaped

        return unescaped(given)
    return given.lower() if one.name == "theme" else given


def _member(name: str, word: str, kind: Callable[[str], Any]) -> Any:
    """Read an item of a list."""
    try:
        return kind(word)
    except ValueError:
        raise InputError(f"{name} '{word}' is not a {'whole ' if kind is int else ''}number", name) from None


def _labelled(given: str) -> "tuple[Activation, str]":
    """Read NAME=TEXT, where the name may have parameters, and both may have more equals signs."""
    from actviz.registry import get

    places = [place for place, character in enumerate(given) if character == "="]
    if not places:
        raise InputError(f"the label '{given}' is not NAME=TEXT, as in relu='ReLU (2010)'", "label")
    for place in places:
        try:
            return get(given[:place]), given[place + 1 :]
        except GatedUnitError as error:
            raise InputError(
                f"{str(error).partition(',')[0]}, so label has no meaning for it; leave it out", "label"
            ) from None
        except InputError:
            continue
    return get(given[: places[0]]), ""
