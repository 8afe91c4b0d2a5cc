"""The command line: parse, call, report. What a command does lives in the rooms below."""

import atexit
import codecs
import gc
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import actviz
from actviz.errors import ActvizError, InputError, StaleGalleryError, nearest
from actviz.terminal import report
from actviz.terminal.encoding import in_ascii
from actviz.terminal.parsing import Command, Group, is_number

if TYPE_CHECKING:
    from actviz.figures import Picture

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,  # plain help and errors: readable in a pipe, and quick
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 100},
)

NUMBERS = {"ignore_unknown_options": True}
"""Lets -3 through as an argument; `_numbers` then refuses what isn't a number."""


def _complete(incomplete: str) -> list[str]:
    from actviz.registry import REGISTRY

    return [word for word in REGISTRY.words() if word.startswith(incomplete.lower())]


def _not_empty(path: str) -> str:
    if not path:
        raise typer.BadParameter("it is empty; this folder is '.'")
    return path


Spec = Annotated[str, typer.Argument(metavar="NAME", autocompletion=_complete, help="As in 'relu6' or 'leaky:0.1'.")]
Specs = Annotated[
    list[str], typer.Argument(metavar="NAME", autocompletion=_complete, help="As in 'relu6' or 'leaky:0.1'.")
]
Derivative = Annotated[bool, typer.Option("--derivative", help="Draw the derivatives too, in panels under the first.")]
Window = Annotated[
    tuple[float, float] | None, typer.Option("--x", metavar="MIN MAX", help="Ends of the x axis.", show_default=False)
]
LogY = Annotated[bool, typer.Option("--log-y", help="Draw |f| and |f'| by powers of ten, to see gradients vanish.")]
Out = Annotated[
    str,
    typer.Option("--out", metavar="PATH", callback=_not_empty, help="A folder, or a file whose ending is the format."),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", metavar="FORMAT", help="png, svg or pdf; repeat it or use commas.  [default: png,svg]"),
]
Dpi = Annotated[float, typer.Option("--dpi", help="Dots per inch of PNG, 10 to 1200.")]
Size = Annotated[
    str,
    typer.Option("--size", metavar="SIZE", help="docs, slide, square, paper, or width and height in inches: 6 4."),
]
Theme = Annotated[str, typer.Option("--theme", help="light, dark, or auto: light, but SVG follows the page it is on.")]
NoNotes = Annotated[bool, typer.Option("--no-notes", help="Leave out limits, saturation and other remarks.")]
Title = Annotated[str | None, typer.Option("--title", help="Instead of the figure's own title.", show_default=False)]
Show = Annotated[bool, typer.Option("--show", help="Open the figure in the system's viewer.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback(invoke_without_command=True)
def _actviz(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Draw activation functions of neural networks, correctly and beautifully.

    A NAME may carry parameters: leaky:0.1, swish:beta=2, rrelu:lower=0.1,upper=0.3,
    maxout:weights=0/1,biases=0/0. 'actviz list' shows all names.

    \b
    Examples:
      actviz plot relu6 --derivative
      actviz compare relu leaky elu
      actviz softmax -3 1.5 2.7
      actviz gallery
    """
    if version:
        typer.echo(f"actviz {actviz.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(cls=Command)
def plot(
    names: Specs,
    derivative: Derivative = False,
    x: Window = None,
    log_y: LogY = False,
    out: Out = ".",
    formats: Formats = None,
    dpi: Dpi = 200.0,
    size: Size = "docs",
    theme: Theme = "auto",
    no_notes: NoNotes = False,
    title: Title = None,
    show: Show = False,
) -> None:
    """Draw each activation in a figure of its own.

    \b
    Examples:
      actviz plot relu6 --derivative
      actviz plot leaky:0.1 prelu --x -3 3 --out figures/
      actviz plot swish:beta=2 --out swish.svg
      actviz plot sigmoid --derivative --log-y --x -40 40
    """
    from actviz.figures import Curve

    look = _look(title, size, theme, no_notes)
    pictures = [Curve(name, derivative=derivative, x=x, log_y=log_y, **look) for name in names]
    _finish(_save(pictures, out, formats, dpi), show)


@app.command(cls=Command)
def compare(
    names: Specs,
    derivative: Derivative = False,
    side_by_side: Annotated[bool, typer.Option("--side-by-side", help="Give each a panel of its own.")] = False,
    x: Window = None,
    log_y: LogY = False,
    out: Out = ".",
    formats: Formats = None,
    dpi: Dpi = 200.0,
    size: Size = "docs",
    theme: Theme = "auto",
    no_notes: NoNotes = False,
    title: Title = None,
    show: Show = False,
) -> None:
    """Draw two to twelve activations in one figure, or more side by side.

    \b
    Examples:
      actviz compare relu leaky elu
      actviz compare swish:0.5 swish:1 swish:2 --derivative
      actviz compare sigmoid tanh relu --side-by-side
    """
    from actviz.figures import Comparison

    look = _look(title, size, theme, no_notes)
    picture = Comparison(tuple(names), side_by_side=side_by_side, derivative=derivative, x=x, log_y=log_y, **look)
    _finish(_save([picture], out, formats, dpi), show)


@app.command(cls=Command, context_settings=NUMBERS)
def softmax(
    context: typer.Context,
    logits: Annotated[list[str], typer.Argument(metavar="LOGIT", help="Numbers, negative ones too.")],
    temperature: Annotated[float, typer.Option("--temperature", help="Divides the logits; above 0.")] = 1.0,
    decimals: Annotated[int, typer.Option("--decimals", min=0, max=15, help="Of the numbers shown.")] = 4,
    by_hand: Annotated[
        bool, typer.Option("--by-hand", help="Round the exponentials to two decimals first, as one does on paper.")
    ] = False,
    hardmax: Annotated[bool, typer.Option("--hardmax", help="Show hardmax beside it.")] = False,
    no_figure: Annotated[bool, typer.Option("--no-figure", help="Only print the table.")] = False,
    out: Out = ".",
    formats: Formats = None,
    dpi: Dpi = 200.0,
    size: Size = "docs",
    theme: Theme = "auto",
    no_notes: NoNotes = False,
    title: Title = None,
    show: Show = False,
    json: Json = False,
) -> None:
    """Work out softmax step by step, as a table and as a figure.

    \b
    Examples:
      actviz softmax -3 1.5 2.7
      actviz softmax -3 1.5 2.7 --by-hand
      actviz softmax --temperature 2 -3 1.5 2.7 --no-figure
    """
    from actviz import worked
    from actviz.figures import SoftmaxExample

    picture = SoftmaxExample(
        logits=_numbers(context, logits, "logit"), temperature=temperature, decimals=decimals,
        by_hand=by_hand, hardmax=hardmax, **_look(title, size, theme, no_notes),
    )  # fmt: skip
    paths = [] if no_figure else _save([picture], out, formats, dpi)
    if json:
        report.as_json(worked.data(picture) | {"files": list(map(str, paths))})
    else:
        report.table(*worked.table(picture), numeric=True)
    report.notes(worked.notes(picture))
    _finish([] if json else paths, show)


@app.command("list", cls=Command)
def list_(json: Json = False) -> None:
    """List all activations.

    \b
    Examples:
      actviz list
      actviz list --json
    """
    from actviz import facts
    from actviz.registry import get, names

    activations = [get(name) for name in names()]
    if json:
        report.as_json([facts.summary(activation) for activation in activations])
    else:
        report.table(facts.HEADINGS, [facts.row(activation) for activation in activations], below=("title", "formula"))


@app.command(cls=Command)
def show(name: Spec, json: Json = False) -> None:
    """Print all that is known about an activation, and draw it.

    \b
    Examples:
      actviz show gelu
      actviz show leaky:0.01 --json
    """
    from actviz import facts
    from actviz.registry import get
    from actviz.terminal.sketch import sketches

    activation = get(name)
    if json:
        report.as_json(facts.data(activation))
        return
    report.card(activation.plain_label, facts.card(activation))
    report.lines([""])
    report.table(facts.VALUE_HEADINGS, facts.value_rows(activation, facts.SHOWN_AT), numeric=True)
    report.lines(["", *sketches(activation, report.encoding(), report.width())])


@app.command("eval", cls=Command, context_settings=NUMBERS)
def evaluate(
    context: typer.Context,
    name: Spec,
    xs: Annotated[list[str], typer.Argument(metavar="X", help="Numbers, negative ones too.")],
    json: Json = False,
) -> None:
    """Print f(x) and f'(x), to the last digit.

    \b
    Examples:
      actviz eval gelu -1 0 1
      actviz eval leaky:0.01 -1e-3 --json
    """
    from actviz import facts
    from actviz.registry import get

    points = _numbers(context, [name, *xs], "x", skip=1)
    activation = get(name)
    if json:
        report.as_json(facts.value_data(activation, points))
    else:
        report.table(facts.VALUE_HEADINGS, facts.value_rows(activation, points), numeric=True)


@app.command(cls=Command)
def gallery(
    out: Annotated[
        str, typer.Option("--out", metavar="FOLDER", callback=_not_empty, help="Where to build it.")
    ] = "gallery",
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="GLOB", help="Just the figures whose name or id matches.", show_default=False),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes.  [default: one a processor]", show_default=False)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a figure isn't current.")] = False,
) -> None:
    """Build every figure of the articles, and an index of them.

    \b
    Examples:
      actviz gallery
      actviz gallery --only 'relu*' --out figures
      actviz gallery --check
    """
    from actviz.gallery import building

    folder, pictures = Path(out), building.selected(only)
    if check:
        with report.progress("checking", len(pictures)) as step:
            wrong = building.check(folder, pictures, whole=only is None, jobs=jobs, step=step)
        report.lines(wrong or [f"{out}: {len(pictures)} figures are current"])
        if wrong:
            raise StaleGalleryError(f"files that aren't what 'actviz gallery' builds: {len(wrong)}")
    else:
        with report.progress("drawing", len(pictures)) as step:
            built = building.build(folder, pictures, whole=only is None, jobs=jobs, step=step)
        report.paths(built.paths)
        current = f", {len(pictures) - built.drawn} were current" if built.drawn < len(pictures) else ""
        drawn = "1 figure was" if built.drawn == 1 else f"{built.drawn} figures were"
        report.notes([*built.remarks, f"note: {drawn} drawn{current}"])
    if only is None:
        report.notes(f"note: {path} is no longer wanted" for path in building.unwanted(folder))


def _numbers(context: typer.Context, words: list[str], what: str, skip: int = 0) -> tuple[float, ...]:
    """Read the words after the first `skip` as numbers, and refuse a mistyped option, which is one of the words too."""
    numbers: list[float] = []
    for index, word in enumerate(words):
        try:
            numbers.append(float(word))
        except ValueError:
            option = word.partition("=")[0]
            if option.startswith("-") and not option[1:2].isdigit():
                known = [name for parameter in context.command.params for name in parameter.opts]
                if option in known:
                    raise InputError(f"{option} must stand before '--', after which there are only numbers") from None
                raise InputError(f"No such option: {option}{nearest(option, known)}") from None
            if index >= skip:
                raise InputError(f"{what} '{word}' is not a number") from None
            numbers.append(math.nan)
    return tuple(numbers[skip:])


def _look(title: str | None, size: str, theme: str, no_notes: bool) -> dict[str, Any]:
    """Give what all figures have in common."""
    sides = tuple(map(float, size.split("x"))) if all(map(is_number, size.split("x"))) else ()
    return {
        "title": title, "size": sides if len(sides) == 2 else size.lower(), "theme": theme.lower(),
        "notes": not no_notes,
    }  # fmt: skip


def _save(pictures: Sequence["Picture"], out: str, formats: list[str] | None, dpi: float) -> list[Path]:
    from actviz.output import rendering

    return rendering.save(pictures, out, [one for item in formats or [] for one in item.split(",")], dpi)


def _finish(paths: list[Path], show: bool) -> None:
    """Print the paths, and open each figure in one of its formats if wanted."""
    report.paths(paths)
    figures = {path.with_suffix(""): path for path in reversed(paths)}
    for path in figures.values() if show else ():
        if typer.launch(str(path)) != 0:
            report.notes([f"note: no viewer found to open {path}"])


def main() -> None:
    """Run the command line; deliberate errors, and those of the system, become one line and an exit status.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C.
    """
    # figures leave garbage, which `rendering.tidy` frees: looking for more, also at the end, takes a fifth of the time
    gc.disable()
    atexit.register(gc.freeze)
    for variable in ("MPLBACKEND", "SOURCE_DATE_EPOCH"):  # neither counts, and matplotlib refuses wrong ones
        os.environ.pop(variable, None)
    codecs.register_error("actviz", in_ascii)  # for a terminal that lacks characters
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="actviz")
    try:
        try:
            app(prog_name="actviz")
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except SystemExit as ending:
        if ending.code == 130:  # what Typer makes of Ctrl-C
            raise KeyboardInterrupt from None
        raise
    except ActvizError as error:
        message = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(error))
        report.notes([f"Error: {message}"])
        sys.exit(error.exit_status)
    except MemoryError:
        report.notes(["Error: there isn't enough memory"])
        sys.exit(1)
    except UnicodeDecodeError as error:  # matplotlib reads the user's settings before they can be left out
        report.notes([f"Error: a matplotlibrc can't be read: {error}"])
        sys.exit(1)
    except BrokenPipeError:
        # the reader has seen enough, as in `actviz list | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
    except OSError as error:
        # what is still in the buffer can't be written either, and Python would try once more
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        report.notes([f"Error: {error.strerror or error}"])
        sys.exit(1)
