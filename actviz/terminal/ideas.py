"""The commands of the ideas: one for each, made when it is asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from actviz.terminal import completion
from actviz.terminal.drawing import DrawingCommand, Saving, draws
from actviz.terminal.parsing import Group

if TYPE_CHECKING:
    from actviz.figures import Idea

Run = Callable[..., None]
"""Takes an idea, names, settings and saving, whether to leave out the figure, and whether to print JSON."""

HEADINGS = ["idea", "what it shows", "activations", "options"]


def ideas(run: Run) -> type[Group]:
    """Make the class of a group whose commands are the ideas, all of which run one function."""

    class Ideas(Group):
        """Its commands are only found when they are needed, since they load numpy."""

        def list_commands(self, ctx: Any) -> list[str]:
            from actviz.figures.ideas import IDEAS

            return list(IDEAS)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            from actviz.figures.ideas import find

            return _command(find(cmd_name), run)

    return Ideas


def _command(kind: "type[Idea]", run: Run) -> Any:
    """Make the command of an idea from its fields."""
    takes = f"{_count(kind)} instead of {', '.join(kind.usual)}." if kind.most else ""
    names = Annotated[
        list[str],
        typer.Argument(
            metavar="NAME", autocompletion=completion.activations, show_default=False, help=takes, hidden=not takes
        ),
    ]  # fmt: skip
    no_figure = Annotated[bool, typer.Option("--no-figure", help="Only print the words.")]
    json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

    def explain(
        settings: dict[str, Any],
        saving: Saving,
        names: names = [],  # noqa: B006
        no_figure: no_figure = False,
        json: json = False,
    ) -> None:
        run(kind, names, settings, saving, no_figure, json)

    examples = dict.fromkeys([kind.word, " ".join([kind.word, *kind.example])])
    lines = ["\b", "Examples:", *(f"  actviz explain {one}" for one in examples)]
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(kind.word, cls=DrawingCommand, help=f"{kind.summary}\n\n" + "\n".join(lines))(draws(kind)(explain))
    return typer.main.get_command(app)


def _count(kind: "type[Idea]") -> str:
    return f"1 to {kind.most} activations" if kind.most > 1 else "1 activation"


def rows() -> list[list[str]]:
    """Return a row for each idea: its word, what it shows, and what it takes."""
    from actviz.commandline import flag
    from actviz.figures.ideas import IDEAS

    return [
        [
            word,
            kind.summary,
            f"{'1 to ' if kind.most > 1 else ''}{kind.most}: {' '.join(kind.usual)}" if kind.most else "-",
            " ".join(flag(one.name, one.default) for one in kind.own()) or "-",
        ]
        for word, kind in IDEAS.items()
    ]


def data() -> list[dict[str, Any]]:
    """Return the same for JSON, with the defaults and bounds of the options."""
    from actviz.commandline import flag
    from actviz.figures.ideas import IDEAS

    return [
        {
            "idea": word,
            "summary": kind.summary,
            "activations": {"least": min(1, kind.most), "most": kind.most, "usual": kind.usual},
            "options": [
                {
                    "option": flag(one.name, one.default),
                    "help": one.metadata["option"].help,
                    "default": one.default,
                    "low": one.metadata["option"].low,
                    "high": one.metadata["option"].high,
                }
                for one in kind.own()
            ],
        }
        for word, kind in IDEAS.items()
    ]
