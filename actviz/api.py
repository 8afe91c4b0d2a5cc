"""The Python functions that draw; `actviz` hands them on."""

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from actviz import registry, worked
from actviz.errors import GatedUnitError, InputError
from actviz.figures import Comparison, Curve, Schedules, SoftmaxExample, TemperatureSweep, ideas, plotted
from actviz.gated import GatedDefinition, GatedUnit
from actviz.lessons import schedules
from actviz.lessons.schedules import Schedule
from actviz.marks import guest
from actviz.model import Activation, Definition
from actviz.options import hints, is_list


def plot(
    activation: str | Activation | Definition | GatedUnit | GatedDefinition,
    *,
    derivative: bool = False,
    together: bool = False,
    x: tuple[float, float] | None = None,
    log_y: bool = False,
    mark: float | Sequence[float] = (),
    label: Mapping[str | Activation | Definition, str] | None = None,
    xlabel: str | None = None,
    title: str | None = None,
    colors: str | Sequence[str] = (),
    size: str | tuple[float, float] = "docs",
    theme: str = "auto",
    notes: bool = True,
) -> Figure:
    """Draw an activation, or a gated unit, in a figure of its own.

    The figure is one of matplotlib's that pyplot doesn't know; save it with `figure.savefig`.

    Parameters
    ----------
    activation
        A specification such as "relu6" or "leaky:0.1", or an activation or a definition, registered or not. A gated
        unit ("swiglu") is drawn by contours over its two inputs, beside slices with the gate fixed.
    derivative
        Whether to draw the derivative too, in a panel below the function; for a gated unit, both partial derivatives.
    together
        Whether to draw function and derivative in the same axes, in two colours; implies `derivative`.
    x
        The ends of the x axis, finite and in order; None for those that show the shape.
    log_y
        Whether to draw |f| and |f'| on a logarithmic axis, which shows how gradients vanish.
    mark
        One place on the x axis, or several, at which f, f' and the tangent are shown.
    label
        What to call the activation instead: {"relu": "ReLU (2010)"}.
    xlabel
        The name of the x axis.
    title
        A title instead of the figure's own; "\\n" begins a second line.
    colors
        Colours of f and f', as "#004488" or by their names in CSS; the same in every theme.
    size
        "docs", "slide", "square", "paper" or "phone", or width and height in inches, each from 1 to 40.
    theme
        "light", "dark", or "auto": light, but a saved SVG follows the page that it is on.
    notes
        Whether to draw notes too: limits, saturation, the largest slope.

    Raises
    ------
    InputError
        If there is no such activation, or an argument makes no sense; the message names it.
    """
    return plotted(
        registry.find(activation), derivative=derivative, together=together, x=x, log_y=log_y, mark=_several(mark),
        label=_labels(label), xlabel=xlabel, title=title, colors=_several(colors), size=size, theme=theme, notes=notes,
    ).figure()  # fmt: skip


def compare(
    *activations: str | Activation | Definition,
    derivative: bool = False,
    side_by_side: bool = False,
    difference: bool = False,
    x: tuple[float, float] | None = None,
    log_y: bool = False,
    mark: float | Sequence[float] = (),
    label: Mapping[str | Activation | Definition, str] | None = None,
    xlabel: str | None = None,
    title: str | None = None,
    colors: str | Sequence[str] = (),
    size: str | tuple[float, float] = "docs",
    theme: str = "auto",
    notes: bool = True,
) -> Figure:
    """Draw two or more activations in one figure.

    Parameters
    ----------
    activations
        Specifications, activations or definitions, two to sixty; more than six have a panel each. The same activation
        with other parameters counts as another.
    derivative
        Whether to draw the derivatives too, in panels below the functions.
    side_by_side
        Whether each activation has a panel of its own, with up to eleven others faintly behind it.
    difference
        Whether to draw each minus the first, with its largest value.
    x
        The ends of the x axis, finite and in order; None for where the activations differ most.
    log_y
        Whether to draw |f| and |f'| on a logarithmic axis.
    mark
        One place on the x axis, or several, at which the values, slopes and tangents of all curves are shown.
    label
        What to call some of the activations instead: {"relu": "ReLU (2010)"}.
    xlabel
        The name of the x axis.
    title
        A title instead of the figure's own; "\\n" begins a second line.
    colors
        Colours of the activations, in order, as "#004488" or by their names in CSS; the same in every theme.
    size
        "docs", "slide", "square", "paper" or "phone", or width and height in inches, each from 1 to 40.
    theme
        "light", "dark", or "auto": light, but a saved SVG follows the page that it is on.
    notes
        Whether to draw notes and enlargements too.

    Raises
    ------
    InputError
        If there is no such activation, or an argument makes no sense; the message names it.
    """
    return Comparison(
        tuple(map(registry.get, activations)), side_by_side=side_by_side, difference=difference, derivative=derivative,
        x=x, log_y=log_y, mark=_several(mark), label=_labels(label), xlabel=xlabel, title=title,
        colors=_several(colors), size=size, theme=theme, notes=notes,
    ).figure()  # fmt: skip


def softmax_figure(
    logits: Sequence[float] = (-3.0, 1.5, 2.7),
    *,
    temperature: float = 1.0,
    by_hand: bool = False,
    classes: Sequence[str] = (),
    decimals: int = 4,
    hardmax: bool = False,
    against: str | Sequence[str] = (),
    target: int | str | None = None,
    sweep: bool = False,
    title: str | None = None,
    colors: str | Sequence[str] = (),
    size: str | tuple[float, float] = "docs",
    theme: str = "auto",
    notes: bool = True,
) -> Figure:
    """Draw the worked example of softmax, step by step.

    Parameters
    ----------
    logits
        One or more finite numbers.
    temperature
        Divides the logits; finite and above 0.
    by_hand
        Whether to round the exponentials to two decimals first, as one would on paper.
    classes
        A name for each logit, all different; without them, classes are numbered from 1.
    decimals
        Digits after the decimal point of the numbers shown, 0 to 15.
    hardmax
        Whether to show hardmax beside it.
    against
        What else to show beside it: "sparsemax", "entmax15", "softmin", "log_softmax", "hardmax", or several of them.
    target
        The right class, by its number, counted from 1, or by its name; adds the cross-entropy and its gradient.
    sweep
        Whether to draw the probabilities against temperatures from 0.1 to 100 instead.
    title
        A title instead of the figure's own; "\\n" begins a second line.
    colors
        Colours of the classes, in order, as "#004488" or by their names in CSS; the same in every theme.
    size
        "docs", "slide", "square", "paper" or "phone", or width and height in inches, each from 1 to 40.
    theme
        "light", "dark", or "auto": light, but a saved SVG follows the page that it is on.
    notes
        Whether to say what keeps the logits from being probabilities.

    Raises
    ------
    InputError
        If an argument makes no sense; the message names it.
    """
    steps = worked.softmax(logits, temperature=temperature, by_hand=by_hand, classes=classes)
    look: dict[str, Any] = {
        "title": title, "colors": _several(colors), "size": size, "theme": theme, "notes": notes,
    }  # fmt: skip
    example = SoftmaxExample(
        steps, decimals=decimals, hardmax=hardmax, against=_several(against), target=target, **look
    )  # fmt: skip
    if sweep:
        worked.refuse_beside_sweep(example.compared, example.target)
        return TemperatureSweep(steps, **look).figure()
    return example.figure()


def _several(given: Any) -> Any:
    """Wrap a single number or word in a tuple; return anything else as it is."""
    return (given,) if isinstance(given, Real | str) else given


def _labels(label: Any) -> tuple[tuple[Activation, str], ...]:
    """Turn a mapping of specifications, activations or definitions to names into pairs."""
    if label is None:
        return ()
    if not isinstance(label, Mapping):
        raise InputError(f"label must be a mapping of activations to their names, not {label!r}", "label")
    try:
        return tuple((registry.get(activation), words) for activation, words in label.items())
    except GatedUnitError as error:
        raise InputError(
            f"{str(error).partition(',')[0]}, so label has no meaning for it; leave it out", "label"
        ) from None


def explain(
    idea: str,
    *activations: str | Activation | Definition,
    title: str | None = None,
    colors: str | Sequence[str] = (),
    size: str | tuple[float, float] = "docs",
    theme: str = "auto",
    notes: bool = True,
    **options: Any,
) -> Figure:
    """Draw the figure of an idea: why gradients vanish, how a ReLU dies, what a kink is.

    Its words, with numbers worked out for these arguments, become the saved file's description for screen readers;
    `actviz explain IDEA --no-figure` prints them.

    Parameters
    ----------
    idea
        "vanishing", "dying", "kink" and so on; `actviz explain` lists all.
    activations
        Specifications, activations or definitions, registered or not; none for the article's.
    title
        A title instead of the figure's own; "\\n" begins a second line.
    colors
        Colours of the curves, in order, as "#004488" or by their names in CSS; the same in every theme.
    size
        "docs", "slide", "square", "paper" or "phone", or width and height in inches, each from 1 to 40.
    theme
        "light", "dark", or "auto": light, but a saved SVG follows the page that it is on.
    notes
        Whether to draw notes too.
    options
        The idea's own, such as `depth=50` for "vanishing"; a single value will do for a list: `weights="he"`.

    Raises
    ------
    InputError
        If there is no such idea, activation or option, or an argument makes no sense; the message names it.
    """
    look = {"title": title, "colors": _several(colors), "size": size, "theme": theme, "notes": notes}
    lists = [name for name, hint in hints(ideas.find(idea)).items() if is_list(hint)]
    own = {name: _several(given) if name in lists else given for name, given in options.items()}
    return ideas.make(idea, map(registry.get, activations), look | own).figure()


def schedule(
    *kinds: str | Schedule,
    until: int = 200,
    title: str | None = None,
    colors: str | Sequence[str] = (),
    size: str | tuple[float, float] = "docs",
    theme: str = "auto",
    notes: bool = True,
) -> Figure:
    """Draw one to six learning-rate schedules against the step.

    `actviz.lessons.schedules.get("cosine")(step)` returns the rates themselves.

    Parameters
    ----------
    kinds
        Specifications such as "cosine" or "cosine:rate=0.1,steps=50", or schedules.
    until
        The last step shown, 1 to 10,000.
    title
        A title instead of the figure's own; "\\n" begins a second line.
    colors
        Colours of the schedules, in order, as "#004488" or by their names in CSS; the same in every theme.
    size
        "docs", "slide", "square", "paper" or "phone", or width and height in inches, each from 1 to 40.
    theme
        "light", "dark", or "auto": light, but a saved SVG follows the page that it is on.
    notes
        Whether to write the rates at both ends.

    Raises
    ------
    InputError
        If there is no such schedule, or an argument makes no sense; the message names it.
    """
    return Schedules(
        tuple(map(schedules.get, kinds)), until=until, title=title, colors=_several(colors), size=size, theme=theme,
        notes=notes,
    ).figure()  # fmt: skip


def draw(
    axes: Axes,
    *activations: str | Activation | Definition,
    derivative: bool = False,
    notes: bool = False,
    theme: str | None = None,
) -> list[Line2D]:
    """Draw activations into axes of your own, and return the curves.

    Limits that you have set stay, and so do scales, ticks, grid, spines and settings; limits left to matplotlib become
    ones that show the shape. On a logarithmic y axis, |f| or |f'| is drawn. The curves are labelled, so
    `axes.legend()` names them.

    Parameters
    ----------
    axes
        Those of any figure, on any canvas.
    activations
        One or more specifications, activations or definitions.
    derivative
        Whether to draw the derivatives instead, with their jumps.
    notes
        Whether to draw notes too, where there is room, on linear scales only: enlargements, and for a single
        activation its limits, saturation and largest slope.
    theme
        The colours of the curves: "light", "dark", "auto" for those that suit the axes' background, or None for the
        axes' own colours. In a theme, a single f has the first colour and a single f' the second.

    Raises
    ------
    InputError
        If there is no such activation, or an argument makes no sense; the message names it.
    """
    if not isinstance(axes, Axes):
        raise InputError(f"axes must be matplotlib's, not {axes!r}", "axes")
    shown = [registry.get(activation) for activation in activations]
    if not shown:
        raise InputError("there is nothing to draw; give an activation or more", "activations")
    # a figure of the first checks the options, and knows the window
    picture = Curve(shown[0], derivative=derivative, notes=notes, theme="auto" if theme is None else theme)
    return guest.draw(axes, shown, picture.window(shown), derivative, notes, theme)
