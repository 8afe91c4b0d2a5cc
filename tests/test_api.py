"""`import actviz`: figures that behave like any of matplotlib's, curves in axes of one's own, what a notebook shows."""

import copy
import dataclasses
import gzip
import io
import math
import pickle
import subprocess
import sys
import threading
import types
import typing
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.style import context as style_context
from PIL import Image

import actviz
from actviz import notebook, style
from actviz.analysis import steepest
from actviz.figures import Comparison, Curve, SoftmaxExample
from actviz.model import Activation
from actviz.output import rendering
from actviz.registry import REGISTRY


def own(**changes: Any) -> Activation:
    """An activation that the registry doesn't know, with as little said about it as can be."""
    said: dict[str, Any] = {
        "name": "signed_log",
        "title": "Signed logarithm",
        "formula": r"\operatorname{sign}(x)\,\ln(1 + |x|)",
        "derivative_formula": r"\frac{1}{1 + |x|}",
        "function": lambda x: np.sign(x) * np.log1p(np.abs(x)),
        "derivative": lambda x: 1 / (1 + np.abs(x)),
        "range": actviz.Interval("(-inf, inf)"),
    }
    return actviz.Definition(**{**said, **changes}).bind()


def saved(figure: Figure, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, **options)
    return buffer.getvalue()


def words(axes: Any) -> list[str]:
    return [text.get_text() for text in axes.texts]


# what is public


def test_hints_of_all_that_is_public_can_be_resolved() -> None:
    """For functions, for classes and their methods: as tools that read signatures do."""
    for name in actviz.__all__:
        thing = getattr(actviz, name)
        if isinstance(thing, types.FunctionType):
            hints = typing.get_type_hints(thing)
            assert "return" in hints
            assert hints.keys() - {"return"} == set(thing.__code__.co_varnames[: len(hints) - 1])
        typing.get_type_hints(thing)
        for method in vars(thing).values() if isinstance(thing, type) else ():
            if isinstance(method, types.FunctionType) and not method.__name__.startswith("__"):
                typing.get_type_hints(method)


@pytest.mark.parametrize("name", ["plot", "compare", "softmax_figure", "schedule", "explain", "draw"])
def test_every_parameter_is_described_where_it_stands(name: str) -> None:
    """In the function's own docstring, and in no other order than in its signature."""
    function = getattr(actviz, name)
    parameters = list(typing.get_type_hints(function))[:-1]
    described = [line.strip() for line in function.__doc__.splitlines() if line.strip() in parameters]
    assert sorted(described) == sorted(parameters)


def test_importing_actviz_loads_neither_numpy_nor_matplotlib() -> None:
    """Also in IPython: there it only says who shows what."""
    script = """
import sys, types
shown = []
formatter = types.SimpleNamespace(for_type_by_name=lambda *what: shown.append(what[:2]))
shell = types.SimpleNamespace(display_formatter=types.SimpleNamespace(formatters={"text/html": formatter}))
sys.modules["IPython"] = types.SimpleNamespace(get_ipython=lambda: shell)
import actviz
assert not {"numpy", "matplotlib"} & sys.modules.keys()
assert shown == [("actviz.model", "Activation"), ("actviz.gated", "GatedUnit"), ("actviz.vector", "Softmax")]
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: actviz.plot("relu", size=3), "size must be .*, not 3"),
        (lambda: actviz.plot("relu", theme=None), "theme must be .*, not None"),
        (lambda: actviz.plot("relu", title=b"x"), "title must be .*, not b'x'"),
        (lambda: actviz.plot("relu", x=5), "x must be .*, not 5"),
        (lambda: actviz.plot("relu", notes=1), "notes must be .*, not 1"),
        (lambda: actviz.plot(5), "not by 5"),
        (lambda: actviz.softmax_figure(5), "logits must be numbers, not 5"),
        (lambda: actviz.softmax_figure("abc"), "logits must be numbers, not 'abc'"),
        (lambda: actviz.softmax(None), "logits must be numbers, not None"),
        (lambda: actviz.schedule(5), "not by 5"),
        (lambda: actviz.schedule("cosine", colors=["red", "blue"]), "colors names 2 colours, but the figure has 1 sch"),
        (lambda: actviz.plot("swiglu", label={"swiglu": "A"}), "swiglu takes two inputs, so label has no meaning"),
        (lambda: actviz.softmax([1, 2]).against(3), "against '3' is unknown"),
        (
            lambda: actviz.lessons.losses.learn("hinge"),
            "unknown loss 'hinge'; there are cross-entropy and squared error",
        ),
        (lambda: actviz.lessons.descent.descend([[0, 0], [0, 0]], (1, 1)), "flat, so there is no best rate"),
        (lambda: actviz.schedule("cosine", until=1.5), "until must be a whole number, not 1.5"),
        (lambda: actviz.schedule(), "1 to 6 schedules, not 0"),
        (lambda: actviz.draw("relu"), "axes must be matplotlib's, not 'relu'"),
        (lambda: actviz.draw(Figure().subplots()), "nothing to draw"),
        (lambda: actviz.draw(Figure().subplots(), "relu", derivative="yes"), "derivative must be .*, not 'yes'"),
        (lambda: actviz.draw(Figure().subplots(), "relu", notes=None), "notes must be .*, not None"),
        (lambda: actviz.draw(Figure().subplots(), "relu", theme="drak"), "did you mean 'dark'"),
    ],
)
def test_wrong_types_are_named(call: Any, message: str) -> None:
    """The parameter and the value."""
    with pytest.raises(actviz.InputError, match=message):
        call()


# numbers


@pytest.mark.parametrize(
    ("x", "named"),
    [
        (1j, "1j"),
        ([1j, 2.0], "complex128"),
        (np.array(["2020-01-01"], "M8[D]"), "dates"),
        (np.array([1], "m8[s]"), "times"),
        ([1.0, None], "objects"),
        (None, "None"),
        ("3", "'3'"),
        (["3"], "text"),
        (Decimal(1), "Decimal"),
        ({}, "{}"),
        ([[1.0], [1.0, 2.0]], "inhomogeneous"),
        (10**400, "too large"),
    ],
)
def test_what_is_no_real_number_is_refused(x: Any, named: str) -> None:
    """By f and by f', with an error that says what it was."""
    for function in (actviz.get("gelu"), actviz.get("gelu").derivative):
        with pytest.raises(actviz.InputError, match=named):
            function(x)


@pytest.mark.parametrize("x", [2, True, Fraction(2), 2.0, np.float32(2), 10**30])
def test_any_real_number_is_taken(x: Any) -> None:
    """A scalar gives a float, whatever its type."""
    assert actviz.get("relu")(x) == float(x)
    assert type(actviz.get("relu")(x)) is float


def test_a_masked_array_keeps_its_mask() -> None:
    """And what is masked decides nothing; a masked scalar stays masked."""
    x = np.ma.array([[-1.0, math.nan], [5.0, 7.0]], mask=[[False, True], [False, False]], fill_value=-9)
    relu6 = actviz.get("relu6")
    for result, wanted in ((relu6(x), [[0, -9], [5, 6]]), (relu6.derivative(x), [[0, -9], [1, 0]])):
        assert isinstance(result, np.ma.MaskedArray)
        assert result.filled().tolist() == wanted
    assert relu6(np.ma.masked) is np.ma.masked
    assert relu6(np.ma.array([1, 2])).mask.tolist() == [False, False]


# activations as things


@pytest.mark.parametrize("name", REGISTRY)
def test_an_activation_can_be_pickled_and_copied(name: str) -> None:
    """And is equal to itself afterwards, also with facts that were worked out before."""
    activation = REGISTRY[name].bind()
    assert steepest(activation)
    for again in (pickle.loads(pickle.dumps(activation)), copy.deepcopy(activation), copy.copy(activation)):
        assert again == activation
        assert again.definition is activation.definition
        assert again(1.5) == activation(1.5)


def _slope(activation: Activation) -> float:
    return float(activation.derivative(-1.0))


def test_another_process_gets_it() -> None:
    """With its parameters, as processes that draw do."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(_slope, actviz.get("leaky:0.3")).result() == 0.3


def test_an_activation_of_ones_own_needs_little() -> None:
    """Names, formulas, functions and range; it is drawn alone, beside others, in one's own axes and as a card."""
    mine = own()
    assert steepest(mine) == (0.0, 1.0)
    for derivative in (False, True):
        assert actviz.plot(mine, derivative=derivative).axes[-1].lines
    labels = [line.get_label() for line in actviz.compare("tanh", mine, x=(-5, 5)).axes[0].lines]
    assert {"Tanh", "Signed logarithm"} <= set(labels)
    (curve,) = actviz.draw(Figure().subplots(), mine)
    x, y = curve.get_data()
    assert y == pytest.approx(np.sign(x) * np.log1p(np.abs(x)))
    assert "Signed logarithm" in notebook.card(mine)


def test_a_definition_stands_for_its_activation() -> None:
    """With its defaults, or with what is given."""
    leaky = REGISTRY["leaky_relu"]
    assert actviz.get(leaky) == actviz.get("leaky")
    assert actviz.get(leaky, negative_slope=0.5) == actviz.get("leaky:0.5")
    assert saved(actviz.plot(leaky), "svg") == saved(actviz.plot("leaky"), "svg")


def test_a_changed_activation_is_drawn_as_what_it_is() -> None:
    """Not as the registered one of its name."""
    definition = dataclasses.replace(REGISTRY["relu"], function=lambda x: np.maximum(x, 0.0) + 3.0)
    (curve,) = actviz.draw(Figure().subplots(), Activation(definition))
    assert curve.get_ydata().min() == 3.0


# figures are matplotlib's


PICTURES = {
    "plot": (lambda **more: actviz.plot("relu6", derivative=True, **more), Curve(actviz.get("relu6"), derivative=True)),
    "compare": (
        lambda **more: actviz.compare("relu", "leaky:0.1", **more),
        Comparison((actviz.get("relu"), actviz.get("leaky:0.1"))),
    ),
    "softmax": (lambda **more: actviz.softmax_figure([1, 2, 3], **more), SoftmaxExample(actviz.softmax([1, 2, 3]))),
}


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_savefig_writes_what_the_command_writes(kind: str, form: str) -> None:
    """To the byte: with title, description and the colours of a dark page, whatever the user's settings are."""
    draw, picture = PICTURES[kind]
    wanted = rendering.render(picture, (form,))[form]
    assert saved(draw(), form) == wanted
    with mpl.rc_context({"svg.fonttype": "none", "font.size": 30, "path.simplify": True, "mathtext.fontset": "cm"}):
        assert saved(draw(), form) == wanted


@pytest.mark.parametrize(
    "options", [{}, {"bbox_inches": "tight"}, {"transparent": True}, {"dpi": 30}, {"metadata": {}}]
)
def test_a_saved_figure_is_described_however_it_is_saved(options: dict[str, Any]) -> None:
    """For screen readers, and once."""
    figure = actviz.plot("relu6")
    root = ET.fromstring(saved(figure, "svg", **options))
    (described,) = root.findall("{*}desc")
    assert described.text == Curve(actviz.get("relu6")).description
    assert root.get("aria-labelledby", "").split()[1] == described.get("id")
    assert "prefers-color-scheme" in "".join(root.find("{*}style").itertext())  # type: ignore[union-attr]
    with Image.open(io.BytesIO(saved(figure, "png", **options))) as png:
        assert png.info["Description"] == described.text


def test_light_and_dark_figures_follow_no_page() -> None:
    """Only `theme="auto"` does."""
    for theme in ("light", "dark"):
        assert b"prefers-color-scheme" not in saved(actviz.plot("relu", theme=theme), "svg")


def test_savefig_takes_what_matplotlib_takes(tmp_path: Path) -> None:
    """A path, text, no ending, a buffer of text, a compressed file, a format; and the user's own settings of saving."""
    figure = actviz.plot("relu")
    wanted = saved(figure, "svg")
    figure.savefig(tmp_path / "a.svg")
    figure.savefig(str(tmp_path / "b.SVG"))
    figure.savefig(tmp_path / "c", format="svg")
    figure.savefig(tmp_path / "d.svgz")
    text = io.StringIO()
    figure.savefig(text, format="svg")
    written = [*((tmp_path / name).read_bytes() for name in ("a.svg", "b.SVG", "c")), text.getvalue().encode()]
    assert [*written, gzip.decompress((tmp_path / "d.svgz").read_bytes())] == [wanted] * 5
    with mpl.rc_context({"savefig.format": "svg"}):
        figure.savefig(tmp_path / "e")
    assert (tmp_path / "e.svg").read_bytes() == wanted
    with mpl.rc_context({"savefig.dpi": 50}):
        figure.savefig(tmp_path / "f")
    with Image.open(tmp_path / "f.png") as png:
        assert png.width == 320
    for form in ("eps", "jpg", "webp"):
        figure.savefig(tmp_path / f"g.{form}")
    with pytest.raises(ValueError, match="nonsense"):
        figure.savefig(tmp_path / "h.nonsense")


def test_a_figure_can_be_pickled_and_copied() -> None:
    """Also one with an activation that can't be; it is saved as before."""
    for figure in (actviz.plot("relu6", derivative=True), actviz.plot(own()), actviz.compare("relu", "elu")):
        for again in (pickle.loads(pickle.dumps(figure)), copy.deepcopy(figure)):
            assert saved(again, "svg") == saved(figure, "svg")
            again.axes[0].set_xlim(-1, 1)
            saved(again, "png")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_added_to_a_figure_is_legible(theme: str) -> None:
    """Text, arrows, legends, titles and other axes have the theme's colours, unless they are given one."""
    figure = actviz.plot("relu", theme=theme)
    axes, ink = figure.axes[0], (style.DARK if theme == "dark" else style.LIGHT).ink
    note = axes.annotate("here", (0, 0), (1, 1), arrowprops={"arrowstyle": "->"})
    added = [note, axes.text(0, 0, "a"), axes.set_title("b"), axes.set_xlabel("c"), figure.text(0, 0, "d")]
    added += [figure.suptitle("e"), *axes.legend().get_texts()]
    assert {to_hex(text.get_color()) for text in added} == {ink}
    assert to_hex(note.arrow_patch.get_edgecolor()) == ink
    assert to_hex(axes.text(0, 0, "a", color="red").get_color()) == "#ff0000"
    assert to_hex(axes.twinx().get_facecolor()) == to_hex(figure.get_facecolor())
    assert mpl.rcParams["text.color"] == "black"


def test_ticks_follow_the_limits() -> None:
    """At round numbers within them, in both panels that share x; ticks that were set stay."""
    figure = actviz.plot("sigmoid", derivative=True)
    above, below = figure.axes
    above.set_xlim(20, 52)
    assert above.get_xticks().tolist() == below.get_xticks().tolist() == [20, 25, 30, 35, 40, 45, 50]
    above.set_ylim(-1000, 1000)
    assert set(above.get_yticks()) == {-1000, -500, 0, 500, 1000}
    above.set_yticks([-7, 7])
    above.set_ylim(-10, 10)
    assert above.get_yticks().tolist() == [-7, 7]
    axes = actviz.plot("sigmoid", log_y=True).axes[0]
    axes.set_ylim(1e-3, 1e3)
    assert axes.get_yticks().tolist() == [1e-3, 1e-2, 1e-1, 1, 10, 100, 1000]


def test_notes_that_no_longer_fit_are_gone() -> None:
    """And come back with the old limits, in the same places; somebody else's text stays."""
    figure = actviz.plot("sigmoid", derivative=True)
    above, below = figure.axes
    before = [(text.get_text(), text.get_position()) for axes in figure.axes for text in axes.texts]
    assert "largest slope 0.25 at $x$ = 0" in words(below)
    above.set_xlim(3, 4)
    assert words(below) == []
    assert not any(line.get_gid() == "peak" for line in below.lines)
    assert not any("saturated" in text for text in words(above))
    mine = above.text(3.5, 0.5, "mine")
    below.set_xlim(-10, 10)
    assert mine in above.texts
    mine.remove()
    assert [(text.get_text(), text.get_position()) for axes in figure.axes for text in axes.texts] == before


def test_notes_stand_within_the_axes_after_any_change() -> None:
    """Of the limits, in any order, or of the figure's size; none lies on another."""
    figure = actviz.plot("relu6", derivative=True)
    for change in (
        lambda: figure.axes[0].set_xlim(-2, 30),
        lambda: figure.axes[0].set_ylim(-40, 7),
        lambda: figure.axes[0].set_xlim(9, -9),
        lambda: figure.axes[0].set_xlim(-9, 9),
        lambda: figure.set_size_inches(3, 9),
        lambda: figure.set_dpi(50),
    ):
        change()
        figure.canvas.draw()
        for axes in figure.axes:
            boxes = [text.get_window_extent() for text in axes.texts]
            inside = axes.get_window_extent().padded(0.5)
            assert all(inside.contains(*corner) for box in boxes for corner in (box.min, box.max))
            assert Counter(one.overlaps(other) for one in boxes for other in boxes)[True] == len(boxes)


def test_names_beside_curves_give_way_to_a_legend() -> None:
    """Where the new limits leave no room for them."""
    figure = actviz.compare("sigmoid", "tanh", x=(-4, 4))
    axes = figure.axes[0]
    assert words(axes) == ["Sigmoid", "Tanh"]
    axes.set_ylim(-1000, 1000)
    assert words(axes) == []
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["Sigmoid", "Tanh"]
    axes.set_ylim(-1.2, 1.2)
    assert words(axes) == ["Sigmoid", "Tanh"]
    assert axes.get_legend() is None


def test_a_curve_that_is_removed_takes_its_notes_along() -> None:
    """Once the axes are looked at again; and axes can be cleared."""
    figure = actviz.plot("sigmoid")
    axes = figure.axes[0]
    next(line for line in axes.lines if line.get_gid() == "function-0-sigmoid").remove()
    axes.set_xlim(-1, 1)
    assert words(axes) == []
    other = actviz.plot("sigmoid")
    other.axes[0].clear()
    other.axes[0].set_xlim(-3, 3)
    saved(other, "png")
    assert words(other.axes[0]) == []


# settings and threads


def test_settings_are_the_users_afterwards() -> None:
    """Whatever was done, in however many threads at once, and each figure has its own colours."""
    before = dict(mpl.rcParams)
    wanted = {theme: saved(actviz.plot("relu", theme=theme), "svg") for theme in ("light", "dark")}
    results: list[tuple[str, bytes]] = []

    def draw(theme: str) -> None:
        for _ in range(4):
            results.append((theme, saved(actviz.plot("relu", theme=theme), "svg")))

    threads = [threading.Thread(target=draw, args=(theme,)) for theme in ("light", "dark", "light")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 12
    assert all(svg == wanted[theme] for theme, svg in results)
    with pytest.raises(actviz.InputError):
        actviz.plot("relu", derivative=True, size=(1, 1))
    assert dict(mpl.rcParams) == before


# axes of one's own


def test_draw_returns_labelled_curves_of_exact_values() -> None:
    """So that the user's own legend names them."""
    axes = Figure().subplots()
    curves = actviz.draw(axes, "relu", "leaky:0.1", own())
    assert [text.get_text() for text in axes.legend().get_texts()] == [curve.get_label() for curve in curves]
    assert [curve.get_label() for curve in curves] == ["ReLU", "Leaky ReLU ($a$ = 0.1)", "Signed logarithm"]
    assert all(curve in axes.lines for curve in curves)
    for curve, activation in zip(curves, ("relu", "leaky:0.1", own()), strict=True):
        x, y = curve.get_data()
        assert y == pytest.approx(actviz.get(activation)(x))
    assert axes.get_xlim() == (-10, 10)


def test_draw_draws_jumps_as_gaps_with_circles() -> None:
    """As figures do, and only those in view."""
    axes = Figure().subplots()
    (curve,) = actviz.draw(axes, "relu6", derivative=True)
    y = curve.get_ydata()
    assert [y[place] for place in np.flatnonzero(np.isnan(y)) - 1] == [0, 1]
    circles = [line for line in axes.lines if line.get_marker() == "o"]
    assert [line.get_xdata()[0] for line in circles] == [0, 0, 6, 6]
    narrow = Figure().subplots()
    narrow.set(xlim=(-1, 3), ylim=(0.5, 2))
    actviz.draw(narrow, "relu6", derivative=True)
    assert [line.get_xydata().tolist() for line in narrow.lines if line.get_marker() == "o"] == [[[0, 1]]]


@pytest.mark.parametrize("limits", [(-8, 8), (8, -8)])
def test_curves_that_lie_on_each_other_are_all_seen(limits: tuple[float, float]) -> None:
    """Where two coincide, neither hides the other, also on an axis that goes from right to left."""
    figure = Figure(figsize=(6, 4), dpi=200)
    axes = figure.subplots()
    axes.set(xlim=limits, ylim=(-1, 9), prop_cycle=mpl.cycler(color=["#ff0000", "#0000ff"]))
    actviz.draw(axes, "relu", "relu6")
    assert axes.get_xlim() == limits
    axes.set_axis_off()
    pixels = np.frombuffer(saved(figure, "rgba"), np.uint8).reshape(800, 1200, 4)
    across = sorted(axes.transData.transform([(1, 0), (5, 0)])[:, 0].astype(int))
    seen = pixels[:, across[0] : across[1], :3].reshape(-1, 3)
    red, blue = ((seen == colour).all(axis=1).sum() for colour in ((255, 0, 0), (0, 0, 255)))
    assert 0.5 < red / blue < 2


def test_draw_keeps_what_is_set() -> None:
    """Limits, scales, ticks, grid, spines, titles, legends, the figure and its other axes."""
    figure = Figure(figsize=(7, 3), dpi=80, facecolor="#eeeeee")
    axes, other = figure.subplots(1, 2)
    axes.set(xlim=(-2, 7), ylim=(-3, 3), xticks=[0, 1], title="mine", facecolor="#ffffee")
    axes.grid(visible=True, color="red")
    axes.spines["top"].set_visible(False)
    other.plot([1, 2], [3, 4], label="theirs")
    legend = other.legend()
    before = saved(figure, "rgba"), dict(mpl.rcParams), other.get_children(), figure.get_size_inches().tolist()
    curves = actviz.draw(axes, "elu", "gelu")
    assert (axes.get_xlim(), axes.get_ylim()) == ((-2, 7), (-3, 3))
    assert axes.get_xticks().tolist() == [0, 1]
    assert (axes.get_title(), axes.get_legend(), other.get_legend()) == ("mine", None, legend)
    assert {curve.get_xdata()[0] for curve in curves} == {-2}
    for line in list(axes.lines):
        line.remove()
    after = saved(figure, "rgba"), dict(mpl.rcParams), other.get_children(), figure.get_size_inches().tolist()
    assert after == before
    assert len(figure.get_children()) == 3


def test_limits_that_are_left_to_matplotlib_show_shape_and_data() -> None:
    """Those of the axes and of others that share them, and stay left to matplotlib."""
    axes = Figure().subplots()
    axes.plot([-30, 5], [0, 50])
    actviz.draw(axes, "sigmoid")
    low, high = axes.get_xlim()
    assert low < -30
    assert high >= 10
    assert axes.get_ylim()[1] > 50
    axes.plot([-99], [-99])
    assert axes.get_xlim()[0] < -99
    assert axes.get_ylim()[0] < -99
    first, second = Figure().subplots(2, sharex=True, sharey=True)
    actviz.draw(first, "linear")
    actviz.draw(second, "sigmoid")
    assert first.get_ylim() == second.get_ylim()
    assert first.get_ylim()[0] <= -10


def test_draw_takes_the_colours_of_the_axes_or_of_a_theme() -> None:
    """In the order of the axes' own cycle, going on where it was; "auto" suits the paper."""
    axes = Figure().subplots()
    axes.set_prop_cycle(color=["#111111", "#222222", "#333333"])
    axes.plot([0, 1])
    assert [curve.get_color() for curve in actviz.draw(axes, "relu", "elu")] == ["#222222", "#333333"]
    for theme, palette in (("light", style.LIGHT), ("dark", style.DARK), ("auto", style.LIGHT)):
        curves = actviz.draw(Figure().subplots(), "relu", "elu", theme=theme)
        assert tuple(curve.get_color() for curve in curves) == palette.colours[:2]
    with style_context("dark_background"):
        (curve,) = actviz.draw(Figure().subplots(), "relu", theme="auto")
        assert curve.get_color() == style.DARK.colours[0]


def luminance(colour: Any) -> float:
    """As WCAG 2 has it."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mpl.colors.to_rgb(colour)]
    return float(np.dot(channels, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("name", ["default", "dark_background", "ggplot", "grayscale", "Solarize_Light2"])
def test_notes_are_legible_in_any_style(name: str) -> None:
    """At a contrast of 4:1 or more, in the size of the style."""
    with style_context(name):
        axes = Figure(figsize=(8, 5)).subplots()
        actviz.draw(axes, "sigmoid", notes=True)
        paper = luminance(axes.get_facecolor())
        assert axes.texts
        for text in axes.texts:
            lighter, darker = sorted((luminance(text.get_color()), paper), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) > 4
            assert 0.7 < text.get_fontsize() / mpl.rcParams["font.size"] < 1


def test_draw_on_logarithmic_axes() -> None:
    """Sizes by powers of ten; and what is straight is bent where the x axis is logarithmic."""
    axes = Figure().subplots()
    axes.set_yscale("log")
    (curve,) = actviz.draw(axes, "tanh", derivative=True)
    assert curve.get_ydata().min() == pytest.approx(1 / math.cosh(10) ** 2)
    assert axes.get_yscale() == "log"
    axes = Figure().subplots()
    axes.set_xscale("log")
    (curve,) = actviz.draw(axes, "relu")
    x, y = curve.get_data()
    assert axes.get_xlim()[0] > 0
    assert len(x) > 500
    assert np.ptp(np.diff(np.log(x))) < 1e-9
    assert y == pytest.approx(x)
    axes = Figure().subplots()
    axes.set_xscale("symlog")
    (curve,) = actviz.draw(axes, "relu6", derivative=True)
    x, y = curve.get_data()
    for kink, sides in ((0, [0, 1]), (6, [1, 0])):
        place = np.flatnonzero(np.isnan(y) & (x == kink))[0]
        assert [y[place - 1], y[place + 1]] == sides
        assert x[place - 1] == x[place + 1] == kink


@pytest.mark.parametrize(
    ("canvas", "layout"), [(FigureCanvasAgg, "constrained"), (FigureCanvasSVG, "tight"), (FigureCanvasPdf, "none")]
)
def test_notes_find_room_on_any_canvas_and_in_any_layout(canvas: Any, layout: str) -> None:
    """In a figure, a part of a figure and an inset, whatever is written around them later."""
    figure = Figure(figsize=(14, 8), dpi=70)
    canvas(figure)
    figure.set_layout_engine(layout)
    left, right = figure.subfigures(1, 2)
    axes = left.subplots(2, 1)
    host = right.subplots()
    places = [*axes, host.inset_axes((0.1, 0.2, 0.8, 0.7))]
    for place, (name, derivative) in zip(places, (("relu6", False), ("sigmoid", True), ("gelu", False)), strict=True):
        actviz.draw(place, name, derivative=derivative, notes=True)
        place.set(title="a title\nof two lines", ylabel="a label\nof\nthree lines")
    for form in ("png", "svg", "pdf"):
        assert saved(figure, form)
    FigureCanvasAgg(figure).draw()
    for place in places:
        assert place.texts
        boxes = [text.get_window_extent() for text in place.texts if not text.get_rotation()]
        inside = place.get_window_extent().padded(0.5)
        assert all(inside.contains(*corner) for box in boxes for corner in (box.min, box.max))
        for box in boxes:
            for line in place.lines:
                if line.get_linestyle() == "-":
                    points = line.get_transform().transform(line.get_xydata())
                    assert not any(box.contains(*point) for point in points)


def test_draw_in_several_subplots_gives_an_svg_without_names_twice() -> None:
    """An id may stand only once in a document."""
    figure = Figure(figsize=(8, 8))
    for axes in figure.subplots(2, 2).flat:
        actviz.draw(axes, "relu6", derivative=True, notes=True)
    ids = Counter(element.get("id") for element in ET.fromstring(saved(figure, "svg")).iter() if element.get("id"))
    assert not [name for name, count in ids.items() if count > 1]


# notebooks


def test_a_figure_shows_itself() -> None:
    """As the last expression of a cell: as SVG, and as PNG with the size that it should have on a screen."""
    figure = actviz.plot("relu")
    assert ET.fromstring(figure._repr_svg_()).find("{*}desc") is not None
    png, size = figure._repr_png_()
    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.width, picture.height) == (1280, 785)
    assert size == {"width": 614, "height": 377}


def _shell() -> tuple[Any, dict[tuple[str, str], Any]]:
    """What IPython's shell has of formatters, and what they were told."""
    told: dict[tuple[str, str], Any] = {}
    formatter = types.SimpleNamespace(for_type_by_name=lambda module, name, write: told.update({(module, name): write}))
    display = types.SimpleNamespace(formatters={"text/html": formatter})
    return types.SimpleNamespace(display_formatter=display), told


def test_an_activation_shows_its_card_and_softmax_its_table() -> None:
    """Formulas, facts and a picture with its description; each step of softmax in a column."""
    shell, told = _shell()
    actviz.load_ipython_extension(shell)

    def shown(thing: object) -> ET.Element:
        return ET.fromstring(told[type(thing).__module__, type(thing).__name__](thing))

    card = shown(actviz.get("leaky:0.2"))
    text = " ".join(card.itertext())
    assert len(card.findall(".//math")) == 2
    for fact in ("negative_slope", "0.2", "steepest slope", "torch.nn.functional.leaky_relu(x, negative_slope=0.2)"):
        assert fact in text
    picture = card.find(".//img")
    assert picture is not None
    assert picture.get("alt", "").startswith("Leaky ReLU (negative_slope = 0.2) rises with slope 0.2")
    table = [[cell.text for cell in row] for row in shown(actviz.softmax([-3, 1.5, 2.7])).iter("tr")]
    assert table[0] == ["class", "logit", "exp(logit)", "probability"]
    assert table[2] == ["2", "1.5", "4.4817", "0.2309"]
    assert "rounded to 2 decimals" in "".join(shown(actviz.softmax([1, 2], by_hand=True)).itertext())


def test_a_card_leaves_unknown_commands_of_tex_to_the_notebook() -> None:
    """In a formula of one's own."""
    assert r"$f(x) = \arcsin x$" in notebook.card(own(formula=r"\arcsin x"))
