"""The command line: parse, call, report. What commands do is in the packages below."""

import atexit
import codecs
import gc
import math
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import actviz
from actviz.errors import (
    ActvizError,
    GatedUnitError,
    InputError,
    StaleGalleryError,
    UnknownActivationError,
    VectorValuedError,
    nearest,
)
from actviz.terminal import completion, ideas, report
from actviz.terminal.drawing import DrawingCommand, Saving, draws
from actviz.terminal.encoding import in_ascii
from actviz.terminal.parsing import Command, Group

if TYPE_CHECKING:
    from actviz.figures import Idea, Picture

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,  # plain help and errors: readable in a pipe, and quick
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
)

STANDARD_OUTPUT = "-"
"""The value of `--out` for standard output."""

NUMBERS = {"ignore_unknown_options": True}
"""Lets -3 through as an argument; `_numbers` then refuses what isn't a number."""


def _not_empty(path: str) -> str:
    if not path:
        raise InputError("out is empty; this folder is '.'", "out")
    return path


_NAME = {"metavar": "NAME", "autocompletion": completion.names, "help": "Such as 'relu6' or 'leaky:0.1'."}
Spec = Annotated[str, typer.Argument(**_NAME)]
Specs = Annotated[list[str], typer.Argument(**_NAME)]
Activations = Annotated[list[str], typer.Argument(**{**_NAME, "autocompletion": completion.activations})]
Settings = dict[str, Any]
"""The options of a figure, by the names of its fields."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback(
    invoke_without_command=True,
    help="""Draw activation functions of neural networks, correctly and beautifully.

    A NAME may carry parameters: leaky:0.1, swish:beta=2, rrelu:lower=0.1,upper=0.3,
    maxout:weights=0/1,biases=0/0. 'actviz list' shows all names.

    \b
    Examples:
      actviz plot relu6 --derivative
      actviz compare relu leaky elu
      actviz softmax -3 1.5 2.7
      actviz gallery
    """,
)
def _actviz(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        typer.echo(f"actviz {actviz.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    cls=DrawingCommand,
    help="""Draw each activation in a figure of its own.

    \b
    Examples:
      actviz plot relu6 --derivative
      actviz plot leaky:0.1 prelu --x -3 3 --out figures/
      actviz plot swish:beta=2 --out swish.svg
      actviz plot sigmoid --derivative --log-y --x -40 40
      actviz plot tanh --together
      actviz plot sigmoid --mark 0 --mark 2 --colors '#004488,#bb5566'
      actviz plot swiglu --derivative
    """,
)
@draws("figures.Curve")
def plot(names: Specs, settings: Settings, saving: Saving) -> None:
    from actviz.figures import plotted
    from actviz.figures.base import meant
    from actviz.model import Activation
    from actviz.registry import find

    found = list(map(find, names))
    activations = [one for one in found if isinstance(one, Activation)]
    labels = [(meant(activation, activations), words) for activation, words in settings.pop("label")]
    pictures = [plotted(one, **settings, label=tuple(label for label in labels if label[0] == one)) for one in found]
    paths = _save(pictures, saving)
    _note(pictures)
    _finish(paths, saving)
    _remark(names)


@app.command(
    cls=DrawingCommand,
    help="""Draw two to six activations in the same axes, or up to sixty side by side.

    \b
    Examples:
      actviz compare relu leaky elu
      actviz compare swish:0.5 swish:1 swish:2 --derivative
      actviz compare sigmoid tanh relu --side-by-side
      actviz compare gelu swish mish --difference
      actviz compare relu elu --label relu='ReLU (2010)' --title 'Rectifiers\\nand their heirs'
    """,
)
@draws("figures.Comparison")
def compare(names: Activations, settings: Settings, saving: Saving) -> None:
    from actviz.figures import Comparison
    from actviz.registry import get

    picture = Comparison(tuple(map(get, names)), **settings)
    paths = _save([picture], saving)
    _note([picture])
    _finish(paths, saving)
    _remark(names)


@app.command(
    cls=DrawingCommand,
    context_settings=NUMBERS,
    help="""Work out softmax step by step, as a table and as a figure.

    \b
    Examples:
      actviz softmax -3 1.5 2.7
      actviz softmax -3 1.5 2.7 --by-hand
      actviz softmax --temperature 2 -3 1.5 2.7 --no-figure
      actviz softmax -3 1.5 2.7 --classes cat,dog,bird --sweep
      actviz softmax -3 1.5 2.7 --classes cat,dog,bird --target bird
      actviz softmax -3 1.5 2.7 --against sparsemax,entmax15
    """,
)
@draws("vector.Softmax", "figures.SoftmaxExample")
def softmax(
    context: typer.Context,
    logits: Annotated[list[str], typer.Argument(metavar="LOGIT", help="Numbers, negative ones too.")],
    settings: Settings,
    saving: Saving,
    sweep: Annotated[
        bool, typer.Option("--sweep", help="Go through temperatures from 0.1 to 100, from hardmax to even.")
    ] = False,
    no_figure: Annotated[bool, typer.Option("--no-figure", help="Only print the table.")] = False,
    json: Json = False,
) -> None:
    from actviz import worked
    from actviz.figures import SoftmaxExample, TemperatureSweep

    numbers = _numbers(context, logits, "logit")
    steps = worked.softmax(numbers, **{name: settings.pop(name) for name in ("temperature", "by_hand", "classes")})
    example = SoftmaxExample(steps, **settings)
    decimals, target, compared = example.decimals, example.target, example.compared
    picture: Picture = example
    if sweep:
        worked.refuse_beside_sweep(compared, target)
        looks = {name: settings[name] for name in settings if name not in ("decimals", "hardmax", "against", "target")}
        picture = TemperatureSweep(steps, **looks)
    with _drawn(picture, saving, no_figure) as paths:
        if json:
            data = worked.sweep_data(steps) if sweep else worked.data(steps, target, compared)
            report.as_json(data | {"files": list(map(str, paths))})
        elif sweep:
            report.table(*worked.sweep_table(steps, decimals), numeric=True)
        else:
            report.table(*worked.table(steps, decimals, compared, target), numeric=True)
    if not sweep:
        report.notes(worked.notes(steps, decimals, compared))
    _finish([] if json else paths, saving)


def _explain(
    kind: "type[Idea]", names: list[str], settings: Settings, saving: Saving, no_figure: bool, json: bool
) -> None:
    """Print an idea's words, and draw its figure."""
    from actviz.registry import get

    picture = kind(given=tuple(map(get, names)), **settings)
    with _drawn(picture, saving, no_figure) as paths:
        if json:
            report.as_json(picture.data | {"files": list(map(str, paths))})
        else:
            report.prose(picture.words)
    _finish([] if json else paths, saving)
    _remark(names)


explain = typer.Typer(
    cls=ideas.ideas(_explain),
    invoke_without_command=True,
    subcommand_metavar="[IDEA] [NAME...]",
    help="""Explain an idea in words and with a figure; without an IDEA, list them.

    \b
    Examples:
      actviz explain
      actviz explain vanishing
      actviz explain vanishing relu selu gelu --depth 100
      actviz explain dying --no-figure
    """,
)
app.add_typer(explain, name="explain")


@explain.callback()
def _ideas(context: typer.Context, json: Json = False) -> None:
    if context.invoked_subcommand is not None:
        if json:
            raise InputError(f"json belongs after {context.invoked_subcommand}", "json")
    elif json:
        report.as_json(ideas.data())
    else:
        report.table(ideas.HEADINGS, ideas.rows(), below=ideas.HEADINGS[1:2])


@app.command(
    cls=DrawingCommand,
    help="""Draw learning-rate schedules against the step; without a KIND, list them.

    A KIND may carry parameters, as a NAME does: cosine:rate=3,steps=7,
    exponential:0.5,10,0.9,staircase=1, piecewise:boundaries=10/20,values=0.1/0.05/0.01.

    \b
    Examples:
      actviz schedule
      actviz schedule exponential natural_exp --until 200
      actviz schedule cosine:rate=0.1,steps=50 --no-figure
    """,
)
@draws("figures.Schedules")
def schedule(
    settings: Settings,
    saving: Saving,
    kinds: Annotated[
        list[str] | None,
        typer.Argument(metavar="KIND", autocompletion=completion.schedules, help="Such as 'cosine:steps=50'."),
    ] = None,
    no_figure: Annotated[bool, typer.Option("--no-figure", help="Only print the rates.")] = False,
    json: Json = False,
) -> None:
    from actviz import facts
    from actviz.lessons import schedules

    if not kinds:
        known = [schedules.get(name) for name in schedules.names()]
        if json:
            report.as_json([facts.schedule_data(one) for one in known])
        else:
            report.table(facts.SCHEDULE_HEADINGS, map(facts.schedule_row, known), below=facts.SCHEDULE_HEADINGS[1:])
        return
    from actviz.figures import Schedules

    chosen = tuple(map(schedules.get, kinds))
    picture = Schedules(chosen, **settings)
    with _drawn(picture, saving, no_figure) as paths:
        if json:
            data = [facts.schedule_data(one, picture.until) for one in chosen]
            report.as_json({"schedules": data, "files": list(map(str, paths))})
        else:
            report.table(*facts.rate_table(chosen, picture.until), numeric=True)
            for one in chosen:
                report.lines([""])
                report.card(one.plain_label, facts.schedule_card(one), {})
    _finish([] if json else paths, saving)


@app.command(
    "list",
    cls=Command,
    help="""List all activations by family, or those that all filters let through.

    \b
    Examples:
      actviz list
      actviz list --family rectifiers
      actviz list --smooth --since 2020
      actviz list --in torch --json
    """,
)
def list_(
    of_family: Annotated[
        str | None, typer.Option("--family", metavar="FAMILY", help="Only this family, such as 'sigmoids'.")
    ] = None,
    smooth: Annotated[bool, typer.Option("--smooth", help="Only those that are differentiable everywhere.")] = False,
    bounded: Annotated[bool, typer.Option("--bounded", help="Only those whose values are bounded.")] = False,
    since: Annotated[
        int | None, typer.Option("--since", metavar="YEAR", help="Only those with a paper from that year or later.")
    ] = None,
    framework: Annotated[
        str | None, typer.Option("--in", metavar="FRAMEWORK", help="Only those that are one call in 'torch', say.")
    ] = None,
    json: Json = False,
) -> None:
    from actviz import analysis, facts
    from actviz.registry import GATED_UNITS, REGISTRY, family, find_family, gated_unit, get, names

    title = "" if of_family is None else find_family(of_family)
    shown = [
        activation
        for activation in map(get, names())
        if (not title or family(activation.definition) == title)
        and (not bounded or activation.range.bounded)
        and (since is None or (activation.reference is not None and activation.reference.year >= since))
        and (framework is None or facts.built_in(activation, framework))
        and (not smooth or analysis.smooth(activation))
    ]
    units = [
        unit
        for unit in map(gated_unit, REGISTRY.units)
        if title in ("", GATED_UNITS)
        and not bounded
        and (since is None or (unit.definition.reference is not None and unit.definition.reference.year >= since))
        and (framework is None or facts.unit_built_in(unit, framework))
        and (not smooth or analysis.smooth(unit.gate))
    ]
    if json:
        report.as_json([*map(facts.summary, shown), *map(facts.unit_summary, units)])
    elif not shown and not units:
        report.notes(["note: no activation is all of that"])
    else:
        families = [*(family(activation.definition) for activation in shown), *[GATED_UNITS] * len(units)]
        rows = [*map(facts.row, shown), *map(facts.unit_row, units)]
        report.table(facts.HEADINGS, rows, below=("title", "formula"), groups=families)


@app.command(
    cls=Command,
    help="""Print all that is known about an activation, and draw it.

    \b
    Examples:
      actviz show gelu
      actviz show leaky:0.01 --json
    """,
)
def show(name: Spec, json: Json = False) -> None:
    from actviz import facts
    from actviz.gated import GatedUnit
    from actviz.registry import find
    from actviz.style import LIGHT
    from actviz.terminal.sketch import sketches

    activation = find(name)
    _remark([name])
    if isinstance(activation, GatedUnit):
        if json:
            report.as_json(facts.unit_data(activation))
            return
        report.card(activation.plain_label, facts.unit_card(activation), {})
        report.lines([""])
        report.table(facts.UNIT_HEADINGS, facts.unit_value_rows(activation, facts.UNITS_SHOWN_AT), numeric=True)
        return
    if json:
        report.as_json(facts.data(activation))
        return
    report.card(
        activation.plain_label, facts.card(activation), dict(zip(("f(x)", "f'(x)"), LIGHT.colours, strict=False))
    )
    report.lines([""])
    report.table(facts.VALUE_HEADINGS, facts.value_rows(activation, facts.SHOWN_AT), numeric=True)
    report.lines([""])
    report.drawing(sketches(activation, report.encoding(), report.width()))


@app.command(
    "eval",
    cls=Command,
    context_settings=NUMBERS,
    help="""Print f(x) and f'(x) to the last digit; for a gated unit, f(a, b) and its partial derivatives.

    \b
    Examples:
      actviz eval gelu -1 0 1
      actviz eval leaky:0.01 -1e-3 --json
      actviz eval swiglu 2 -1
    """,
)
def evaluate(
    context: typer.Context,
    name: Spec,
    xs: Annotated[list[str], typer.Argument(metavar="X", help="Numbers, negative ones too.")],
    json: Json = False,
) -> None:
    from actviz import facts
    from actviz.gated import GatedUnit
    from actviz.registry import find

    points = _numbers(context, [name, *xs], "x", skip=1)
    activation = find(name)
    _remark([name])
    if isinstance(activation, GatedUnit):
        both = facts.pairs(activation, points)
        if json:
            report.as_json(facts.unit_value_data(activation, both))
        else:
            report.table(facts.UNIT_HEADINGS, facts.unit_value_rows(activation, both), numeric=True)
    elif json:
        report.as_json(facts.value_data(activation, points))
    else:
        report.table(facts.VALUE_HEADINGS, facts.value_rows(activation, points), numeric=True)


@app.command(
    cls=Command,
    help="""List what has one name in frameworks but isn't the same, with the versions measured.

    With a NAME, such as 'gelu', 'silu' or 'softmax', only what is about that.

    \b
    Examples:
      actviz frameworks
      actviz frameworks gelu
      actviz frameworks leaky --json
    """,
)
def frameworks(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", autocompletion=completion.names, help="Only what is about this one."),
    ] = None,
    json: Json = False,
) -> None:
    from actviz import disagreements

    rows = disagreements.table() if name is None else disagreements.of(name)
    if json:
        report.as_json([disagreements.data(row) for row in rows])
    elif not rows:
        report.notes([f"note: as far as was measured, frameworks agree about {name}"])
    else:
        report.table(
            disagreements.HEADINGS,
            [line for row in rows for line in disagreements.lines(row)],
            below=disagreements.HEADINGS[-1:],
            groups=[row.topic for row in rows for _ in row.answers],
        )


@app.command(
    cls=Command,
    help="""Build every figure of the articles, and an index of them.

    \b
    Examples:
      actviz gallery
      actviz gallery --only 'relu*' --out figures
      actviz gallery --check
    """,
)
def gallery(
    out: Annotated[
        str, typer.Option("--out", metavar="FOLDER", callback=_not_empty, help="Where to build it.")
    ] = "gallery",
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="GLOB", help="Just the figures whose name or id matches.", show_default=False),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes.  [default: one per processor]", show_default=False)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a figure isn't current.")] = False,
) -> None:
    if out == STANDARD_OUTPUT:
        raise InputError("the gallery is a folder, and can't go to standard output; a folder of that name is './-'")
    from actviz.gallery import manifest
    from actviz.output import files

    folder = Path(out)
    # loading all figures to learn that none has changed would take as long as loading matplotlib
    if only is None and not check and (record := manifest.unchanged(folder)):
        paths = [folder / file for names in record.files.values() for file in names]
        files.clear_away(paths)
        _say_built(paths, 0, len(record.keys) - 1, [])
        return
    from actviz.gallery import building

    _quieten_matplotlib()
    pictures = building.selected(only)
    if check:
        with report.progress("checking", len(pictures)) as step:
            wrong = building.check(folder, pictures, whole=only is None, jobs=jobs, step=step)
        current = "1 figure is" if len(pictures) == 1 else f"{len(pictures)} figures are"
        report.lines(wrong or [f"{out}: {current} current"])
        if wrong:
            raise StaleGalleryError(f"files that aren't what 'actviz gallery' builds: {len(wrong)}")
    else:
        with report.progress("drawing", len(pictures)) as step:
            built = building.build(folder, pictures, whole=only is None, jobs=jobs, step=step)
        _say_built(built.paths, built.drawn, len(pictures) - built.drawn, built.remarks)


def _say_built(paths: Sequence[Path], drawn: int, kept: int, remarks: Sequence[str]) -> None:
    """Print the files of a gallery, and say how many figures had to be drawn."""
    report.paths(paths)
    current = f", {'1 figure was' if kept == 1 else f'{kept} were'} current" if kept else ""
    report.notes([*remarks, f"note: {'1 figure was' if drawn == 1 else f'{drawn} figures were'} drawn{current}"])


def _note(pictures: "Sequence[Picture]") -> None:
    """Print what there is to say about how figures are drawn, each remark once."""
    report.notes(f"note: {said}" for said in dict.fromkeys(said for one in pictures for said in one.remarks))


def _remark(names: Sequence[str]) -> None:
    """Print what frameworks' names stand for."""
    from actviz.registry import remark

    report.notes(f"note: {said}" for said in dict.fromkeys(map(remark, names)) if said)


def _numbers(context: typer.Context, words: list[str], what: str, skip: int = 0) -> tuple[float, ...]:
    """Read the words after the first `skip` as numbers; refuse a mistyped option, which is among the words."""
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


def _quieten_matplotlib() -> None:
    """Keep matplotlib's log, about the user's settings and its cache, off standard error: neither matters here."""
    import logging

    logging.getLogger("matplotlib").addHandler(logging.NullHandler())


def _save(pictures: Sequence["Picture"], saving: Saving) -> list[Path]:
    """Write figures, or one to standard output, and return the paths."""
    from actviz.output import rendering

    _quieten_matplotlib()
    if saving.out != STANDARD_OUTPUT:
        return rendering.save(pictures, _not_empty(saving.out), saving.format, saving.dpi)
    if saving.show:
        raise InputError("--show opens a file, but with '--out -' there is none")
    report.raw(rendering.content(pictures, saving.format, saving.dpi))
    return []


@contextmanager
def _drawn(picture: "Picture", saving: Saving, no_figure: bool) -> Iterator[list[Path]]:
    """Write a figure, if one is wanted; what is printed goes to standard error if the figure takes standard output."""
    if no_figure:
        yield []
        return
    paths = _save([picture], saving)
    _note([picture])
    with report.on_standard_error() if saving.out == STANDARD_OUTPUT else nullcontext():
        yield paths


def _finish(paths: list[Path], saving: Saving) -> None:
    """Print the paths, and open each figure in one of its formats if wanted."""
    report.paths(paths)
    figures = {path.with_suffix(""): path for path in reversed(paths)}
    for path in figures.values() if saving.show else ():
        if typer.launch(str(path)) != 0:
            report.notes([f"note: no viewer found to open {path}"])


EXAMPLE = "actviz softmax -3 1.5 2.7"
"""A command that shows functions of a vector."""

BESIDE_IT = {"softmax": "", "hardmax": " --hardmax"}
"""What makes it show one of them, if that isn't `--against` and the name."""


def _said(error: ActvizError) -> str:
    """Write an error's message with the command line's names for fields, and a command that helps."""
    from actviz.commandline import flag

    message = str(error)
    for field in error.fields:
        # the last occurrence: those before it may be the user's own words
        message = re.sub(rf"(.*)\b{field}\b", rf"\1{flag(field)}", message, count=1, flags=re.DOTALL)
    if isinstance(error, VectorValuedError):
        name = message.split()[0]
        return f"{message}; run '{EXAMPLE}{BESIDE_IT.get(name, f' --against {name}')}' instead"
    if isinstance(error, GatedUnitError):
        return f"{message}; run 'actviz plot {message.split()[0]}' instead"
    if isinstance(error, UnknownActivationError) and ";" not in message:
        return f"{message}; 'actviz list' shows them all"
    return message


def main() -> None:
    """Run the command line; deliberate errors, and the system's, become one line and an exit status.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C.
    """
    # figures leave garbage, which `rendering.tidy` frees: collecting more often, or at exit, takes a fifth of the time
    gc.disable()
    atexit.register(gc.freeze)
    for variable in ("MPLBACKEND", "SOURCE_DATE_EPOCH"):  # neither matters here, but matplotlib refuses wrong values
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
        message = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in _said(error))
        report.notes([f"Error: {message}"])
        sys.exit(error.exit_status)
    except MemoryError:
        report.notes(["Error: there isn't enough memory"])
        sys.exit(1)
    except UnicodeDecodeError as error:  # matplotlib reads the user's settings before they can be ignored
        report.notes([f"Error: a matplotlibrc can't be read: {error}"])
        sys.exit(1)
    except BrokenPipeError:
        # the reader has seen enough, as in `actviz list | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
    except OSError as error:
        # what is left in the buffer can't be written either, but Python would try again
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        report.notes([f"Error: {error.strerror or error}"])
        sys.exit(1)
