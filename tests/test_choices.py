"""What a figure's author chooses: colours, labels, marked points, the name of the x axis, titles of two lines."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

import actviz
from actviz.figures import Comparison, Curve
from actviz.output.rendering import render
from actviz.style import LIGHT
from tests.conftest import Run
from tests.made_up import MADE_UP
from tests.test_looks import assert_readable


def words(drawn: Figure | Axes) -> list[str]:
    return [text.get_text() for text in drawn.findobj(Text) if text.get_visible() and text.get_text().strip()]


def lines(axes: Axes, name: str) -> list[Any]:
    return [line for line in axes.lines if str(line.get_gid()).startswith(name)]


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_chosen_colours_are_those_of_curves_formulas_and_dots(theme: str) -> None:
    """The first for f and the second for f', whatever the theme."""
    figure = actviz.plot("sigmoid", derivative=True, colors=["#1284FA", "#d4553f"], theme=theme, mark=1)
    for axes, gid, colour in zip(figure.axes, ("function-", "derivative-"), ("#1284fa", "#d4553f"), strict=True):
        assert {to_hex(line.get_color()) for line in [*lines(axes, gid), *lines(axes, "mark-")]} == {colour}
    inks = [to_hex(text.get_color()) for text in figure.findobj(Text) if "(x) =" in text.get_text()]
    assert inks == ["#1284fa", "#d4553f"]


def test_words_are_not_written_in_a_colour_that_cannot_be_read() -> None:
    """Yellow on white; the curve is yellow all the same, and a note says that it can hardly be seen."""
    picture = Curve(actviz.get("relu"), colors=("yellow",), theme="light")
    with picture.styled():
        figure = picture.draw()
    assert "#ffff00" not in {to_hex(text.get_color()) for text in figure.texts}
    assert [to_hex(line.get_color()) for line in lines(figure.axes[0], "function-")] == ["#ffff00"]
    assert picture.remarks == ["yellow can hardly be seen on a light page"]
    assert not replace(picture, theme="dark").remarks


@pytest.mark.parametrize("command", ["explain contours", "schedule cosine"])
def test_the_note_is_printed_by_commands_with_words_too(command: str, run: Run) -> None:
    result = run(*command.split(), "--colors", "white", "--format", "svg")
    assert result.stderr == "note: white can hardly be seen on a light page\n"


@pytest.mark.parametrize("colour", ["#046bc6", "#ffffff", "#1c2430", "#004488"])
def test_chosen_colours_stay_on_a_dark_page(colour: str) -> None:
    """Also one that is a colour of the theme, as paper or ink, which are turned dark in the same SVG."""
    picture = Curve(actviz.get("relu"), colors=(colour,))
    code = render(picture, ["svg"])["svg"].decode()
    rules = dict(re.findall(r'\[style\*="(?:fill|stroke): (#\w{6})"\]\{\w+:(#\w{6})!important\}', code))
    (curve,) = re.findall(r'id="function-0-relu-\w+">\s*<path [^>]*style="[^"]*stroke: (#\w{6})', code)
    assert curve == colour
    assert curve not in rules
    # paper, grid, axes and text are turned still
    assert {"#14181f", "#262d37", "#566273", "#a9b4c2", "#e6ebf2"} <= set(rules.values())
    assert all(one in code.partition("</style>")[2] for one, other in rules.items() if other == "#14181f")


def test_words_in_a_chosen_colour_can_be_read_on_a_dark_page() -> None:
    """Those in one that is too dark become light there; the curve stays."""
    code = render(Curve(actviz.get("relu"), colors=("#004488", "#bb5566"), derivative=True), ["svg"])["svg"].decode()
    (rule,) = re.findall(r'\[id\^="(\w+)"\] \*\{fill:(#\w{6})!important\}', code)
    assert rule == ("faint", "#e6ebf2")
    words = re.findall(r'<g id="faint-[^"]*">\s*<!-- (.*?) -->\s*<(?:g|path)[^>]*style="fill: (#\w{6})', code)
    assert [(said[:4], colour) for said, colour in words] == [("$f(x", "#004488")]


def test_a_colour_is_an_activation_in_both_panels() -> None:
    """The chosen ones first, then ours that are unlike them; in all panels of many, one that is chosen."""
    figure = actviz.compare("relu", "leaky", "elu", derivative=True, colors=["#c2460e", "#046bc6"])
    for axes in figure.axes:
        drawn = [to_hex(line.get_color()) for kind in ("function-", "derivative-") for line in lines(axes, kind)
                 if re.fullmatch(r"\w+-\d-\w+", str(line.get_gid()))]  # fmt: skip
        assert drawn[:2] == ["#c2460e", "#046bc6"]
        assert len(set(drawn)) == 3
    many = actviz.compare(*actviz.names()[:8], colors="navy")
    assert {to_hex(line.get_color()) for axes in many.axes for line in lines(axes, "function-")} == {"#000080"}


def test_a_derivative_alone_in_axes_of_ones_own_has_the_second_colour() -> None:
    """Of a theme; the host's own colours go on as ever."""
    axes = Figure().subplots()
    lone = [actviz.draw(axes, "relu", derivative=kind, theme="light")[0].get_color() for kind in (False, True)]
    assert lone == list(LIGHT.colours[:2])


def test_classes_have_chosen_colours() -> None:
    """In table and sweep; one for all of many classes, or one each."""
    from matplotlib.patches import Rectangle

    def bars(**options: Any) -> set[str]:
        figure = actviz.softmax_figure(list(range(options.pop("count", 3))), theme="light", **options)
        return {to_hex(bar.get_facecolor()) for axes in figure.axes for bar in axes.findobj(Rectangle)}

    assert {"#004488", "#bb5566", "#ddaa33"} <= bars(colors=["#004488", "#bb5566", "#ddaa33"])
    each = [f"#0000{shade:02x}" for shade in range(10, 90, 10)]
    assert set(each) <= bars(count=8, colors=each)
    assert "#0000aa" in bars(count=8, colors="#0000aa")
    sweep = actviz.softmax_figure([1, 2], sweep=True, colors=["red", "navy"]).axes[0]
    assert {to_hex(line.get_color()) for line in lines(sweep, "probability-")} == {"#ff0000", "#000080"}


def test_a_label_is_the_name_of_a_curve_letter_by_letter() -> None:
    """At the curve or in the legend, in titles and over panels; with dollar signs and backslashes."""
    label = {"relu": r"ReLU ($2010$, \alpha)"}
    for options in ({}, {"derivative": True}, {"side_by_side": True}, {"difference": True, "mark": 1}):
        figure = actviz.compare("elu", "relu", "leaky:0.01", label=label, **options)  # type: ignore[arg-type]
        assert any(label["relu"] in said.replace(r"\$", "$") for said in words(figure)), options
        assert not any(said.startswith("ReLU,") or said == "ReLU" for said in words(figure))
        assert_readable(figure)
    assert "Leak" in words(actviz.plot("leaky:0.01", label={"leaky": "Leak"}))


def test_a_label_is_for_one_of_several_figures(run: Run, tmp_path: Path) -> None:
    """A name may carry parameters, and be that of a framework; text may hold equals signs and commas."""
    command = ("plot", "leaky:negative_slope=0.1", "relu", "--label", "leaky_relu:negative_slope=0.1=a = 0.1, fixed")
    result = run(*command, "--label", "nn.ReLU=max(x, 0)", "--format", "svg", "--out", "out")
    assert result.returncode == 0
    titles = {re.search("<title[^>]*>(.*)</title>", path.read_text())[1] for path in (tmp_path / "out").iterdir()}  # type: ignore[index]
    assert titles == {"a = 0.1, fixed", "max(x, 0)"}


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "elu:2"])
def test_a_marked_point_lies_on_the_curve_with_its_tangent(name: str) -> None:
    """And says x, f(x) and f'(x)."""
    f = actviz.get(name)
    first, second = actviz.plot(name, derivative=True, mark=[-1, 1.5]).axes
    for axes, of in ((first, f), (second, f.derivative)):
        dots = [tuple(float(v[0]) for v in line.get_data()) for line in lines(axes, "mark-")]
        assert dots == [(-1, of(-1)), (1.5, of(1.5))]
    for tangent, x in zip(lines(first, "tangent"), (-1, 1.5), strict=True):
        (left, right), (low, high) = tangent.get_data()
        assert (high - low) / (right - left) == pytest.approx(f.derivative(x))
        assert np.interp(x, (left, right), (low, high)) == pytest.approx(f(x))
    said = " ".join(words(first))
    for x in ("−1", "1.5"):
        number = float(x.replace("−", "-"))
        for symbol, value in (("f", f(number)), ("f′", f.derivative(number))):
            found = re.search(rf"{symbol}\({x}\) = (−?[\d.]+)", said)
            assert found, (symbol, x, said)
            assert float(found[1].replace("−", "-")) == pytest.approx(value, rel=1e-3)


def test_at_a_kink_both_slopes_are_said_and_at_a_jump_both_values() -> None:
    """With a tangent on each side."""
    figure = actviz.plot("leaky:0.1", derivative=True, mark=0)
    said = "f′(0): 0.1 on the left, 1 on the right"
    assert all(said in " ".join(words(axes)).replace("\n", " ") for axes in figure.axes)
    slopes = []
    for tangent in lines(figure.axes[0], "tangent"):
        (left, right), (low, high) = tangent.get_data()
        slopes.append((high - low) / (right - left))
    assert slopes == pytest.approx([0.1, 1])
    jump = next(one for one in MADE_UP.values() if any(kink.limits for kink in one.kinks))
    kink = next(kink for kink in jump.kinks if kink.limits)
    assert "jumps from" in " ".join(words(actviz.plot(jump, mark=kink.x)))


def test_a_comparison_marks_every_curve() -> None:
    """Equal values are said once; with side by side each in its panel."""
    (axes,) = actviz.compare("relu", "leaky", "elu", mark=1).axes
    assert len(lines(axes, "mark-")) == 3
    assert "f(1) = 1, f′(1) = 1" in words(axes)
    beside = actviz.compare("relu", "tanh", mark=1, side_by_side=True).axes
    assert [len(lines(axes, "mark-")) for axes in beside] == [1, 1]
    assert "f(1) = 0.7616" in " ".join(words(beside[1]))


def test_a_marked_point_is_in_view() -> None:
    """The window of a comparison and the height of axes take it in; alternative text says it."""
    tops = [actviz.plot("exponential", x=(-10, 10), mark=mark).axes[0].get_ylim()[1] for mark in ((), 9)]
    assert tops[0] < np.exp(9) < tops[1]
    picture = Comparison((actviz.get("sigmoid"), actviz.get("tanh")), mark=(7.0,))
    assert picture.window(picture.activations)[1] >= 7
    assert (
        "At x = 0, f(x) = 0 and f'(x) = 0 on the left and 1 on the right."
        in Curve(actviz.get("relu"), mark=(0.0,)).description
    )


def test_figures_with_all_that_can_be_chosen_are_readable() -> None:
    """A title of two lines, the axis' name, marks and labels; sizes take turns."""
    title = {"title": "First\nand second line"}
    options: dict[str, Any] = {**title, "xlabel": "net input z", "mark": [-1, 2]}
    for figure in (
        actviz.plot("tanh", derivative=True, size="slide", **options),
        actviz.plot("relu6", together=True, size="paper", **options),
        actviz.compare("relu", "elu", derivative=True, size="square", **options),
        actviz.compare("gelu", "swish", "mish", side_by_side=True, label={"gelu": "GELU (2016)"}, **options),
        actviz.softmax_figure([1, 2, 3], size="slide", **title),
        actviz.softmax_figure([1, 2, 3], sweep=True, size="paper", **title),
    ):
        assert_readable(figure)
        first, second = (next(t for t in figure.texts if t.get_text() == line) for line in title["title"].split("\n"))
        assert first.get_fontsize() == second.get_fontsize()


def test_a_second_line_of_the_title_is_typed_as_such_or_as_backslash_n(run: Run, tmp_path: Path) -> None:
    r"""Both give the same file; `\\n` stands for a backslash and an n."""
    for number, title in enumerate(("a\nb", r"a\nb", r"a\\nb")):
        assert run("plot", "relu", "--title", title, "--out", f"{number}.svg").returncode == 0
    real, typed, escaped = ((tmp_path / f"{number}.svg").read_text() for number in range(3))
    assert real == typed
    assert "<!-- a -->" in real
    assert r"<!-- a\nb -->" in escaped


def test_the_x_axis_is_named_under_the_lowest_panels() -> None:
    """Once in each column, letter by letter."""
    for figure, count in (
        (actviz.plot("relu", derivative=True, xlabel="$z$"), 1),
        (actviz.plot("relu", derivative=True, xlabel="$z$", size="slide"), 2),
        (actviz.compare("relu", "elu", "tanh", side_by_side=True, xlabel="$z$"), 3),
    ):
        assert words(figure).count("$z$") == count
        lowest = min(axes.get_position().y0 for axes in figure.axes)
        assert all(text.get_position()[1] < lowest for text in figure.texts if text.get_text() == "$z$")


def test_function_and_derivative_together_name_the_largest_slope() -> None:
    """With its place, as the derivative's panel does, also where f has a limit of the same height."""
    for name, said in (("sigmoid", "0.25 at x = 0"), ("tanh", "1 at x = 0"), ("softsign", "1 at x = 0")):
        (axes,) = actviz.plot(name, together=True).axes
        assert any(said in note.replace("\n", " ") and "largest slope" in note for note in words(axes)), name
        (dot,) = lines(axes, "peak")
        assert dot.get_data()[1] == [actviz.get(name).derivative(0.0)]


def test_many_panels_have_one_type_size() -> None:
    """All that is written in and at them; the title is larger."""
    figure = actviz.compare(*actviz.names()[:19], side_by_side=True, size="slide")
    figure.draw_without_rendering()
    sizes = {
        round(text.get_fontsize(), 6) for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()
    }
    assert len(sizes) == 2
    title = max(figure.texts, key=lambda text: float(text.get_fontsize()))
    assert title.get_text() == "19 activation functions"


def test_names_over_panels_have_one_type_size_even_if_one_is_long() -> None:
    """None is shrunk by itself."""
    figure = actviz.compare(
        "relu", "elu", "tanh", side_by_side=True, label={"elu": "The " + 12 * "very " + "long name"}
    )
    names = [text for text in figure.texts if text.get_text() in ("ReLU", "Tanh") or "very very" in text.get_text()]
    assert len({text.get_fontsize() for text in names if text.get_fontweight() != "bold"}) == 1
