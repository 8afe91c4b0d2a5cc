"""How figures look: no text on text, colours that everybody can tell apart, themes, sizes, names and notes."""

import itertools
import re
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox

import actviz
from actviz import analysis
from actviz.figures import Comparison, Curve, SoftmaxExample, Surface
from actviz.figures.ideas import IDEAS
from actviz.marks.text import write
from actviz.output.rendering import render
from actviz.style import LIGHT, SIZES, TYPE, applied
from actviz.vector import Softmax
from tests import svg
from tests.conftest import EFFORT, Run
from tests.made_up import MADE_UP

THEMES = ("light", "dark")
KINDS = ("plot", "derivative", "compare")

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB
SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
RGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: object) -> np.ndarray:
    """Undo sRGB's gamma."""
    rgb = np.array(to_rgb(colour))  # type: ignore[arg-type]
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: object, other: object) -> float:
    """Between two colours, as WCAG 2 defines it."""
    dark, bright = sorted(float(RGB_TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def distance(one: object, other: object, sight: str) -> float:
    """How different two colours look: CIE 1976, in which 2.3 is just noticeable."""

    def lab(colour: object) -> np.ndarray:
        xyz = RGB_TO_XYZ @ np.clip(SIGHT[sight] @ linear(colour), 0, 1) / [0.95047, 1, 1.08883]
        x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
        return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])

    return float(np.linalg.norm(lab(one) - lab(other)))


def draw(name: str, kind: str, **look: object) -> Figure:
    if kind == "compare":
        return actviz.compare(name, "relu" if name != "relu" else "elu", **look)  # type: ignore[arg-type]
    return actviz.plot(name, derivative=kind == "derivative", **look)  # type: ignore[arg-type]


def texts(figure: Figure) -> dict[str, Bbox]:
    """All that is written, and where; what is written in the same words gets a number.

    Of what is turned, only the middle: the corners of its box are empty.
    """
    figure.draw_without_rendering()
    drawn = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [text.get_window_extent() for text in drawn]
    shrunk = [box.expanded(0.8, 0.5) if text.get_rotation() else box for text, box in zip(drawn, boxes, strict=True)]
    return {f"{number} {text.get_text()}": box for number, (text, box) in enumerate(zip(drawn, shrunk, strict=True))}


def assert_readable(figure: Figure) -> None:
    """Nothing outside the figure, nothing on anything else, nothing too small."""
    boxes = texts(figure)
    width, height = figure.bbox.size
    for words, box in boxes.items():
        assert box.x0 >= -0.5, f"'{words}' is clipped on the left"
        assert box.y0 >= -0.5, f"'{words}' is clipped at the bottom"
        assert box.x1 <= width + 0.5, f"'{words}' is clipped on the right"
        assert box.y1 <= height + 0.5, f"'{words}' is clipped at the top"
    for (one, first), (other, second) in itertools.combinations(boxes.items(), 2):
        common = Bbox.intersection(first, second)
        # a pixel at 100 dpi: boxes include the room above a lower-case letter
        assert common is None or min(common.width, common.height) <= 1, f"'{one}' and '{other}' overlap"


def assert_unstruck(figure: Figure) -> None:
    """No line of the same axes goes through what is written in them, but for what is interrupted behind it."""
    for axes in figure.axes:
        lines = [
            line
            for line in axes.lines
            if len(line.get_xdata()) > 1 and line.get_zorder() > 1.6 and line.get_linestyle() != "None"
        ]
        places = [line.get_transform().transform(_dense(line.get_xydata())) for line in lines]
        backings = [patch.get_path().get_extents(patch.get_transform()) for patch in axes.patches]
        for text in axes.texts:
            turned = text.get_rotation()
            box = text.get_window_extent()
            centre = (box.min + box.max) / 2
            assert any(one.contains(*centre) for one in backings), f"nothing lies under '{text.get_text()}'"
            text.set_rotation(0)
            box = text.get_window_extent()
            text.set_rotation(turned)
            cosine, sine = np.cos(np.radians(turned)), np.sin(np.radians(turned))
            half = np.array([box.width, box.height]) / 2 - 0.5
            for line, points in zip(lines, places, strict=True):
                around = (points - centre) @ np.array([[cosine, -sine], [sine, cosine]])
                inside = (np.abs(around) < half).all(axis=1)
                assert not inside.any(), f"'{text.get_text()}' is struck through by {line.get_gid()}"


@pytest.mark.parametrize(("number", "name"), list(enumerate(actviz.names())))
def test_no_text_is_clipped_or_lies_on_another(number: int, name: str) -> None:
    """Nor is struck through: each kind of figure; sizes and themes take turns."""
    for turn, kind in enumerate(KINDS, number):
        theme, size = THEMES[turn % 2], [*SIZES][turn % len(SIZES)]
        try:
            figure = draw(name, kind, theme=theme, size=size)
            assert_readable(figure)
            assert_unstruck(figure)
        except AssertionError as error:
            raise AssertionError(f"{kind} {theme} {size}: {error}") from None


COUNTS = (1, 2, 3, 5, 12, 13, 30, 31, 200)


@pytest.mark.parametrize(
    ("count", "size"),
    [(count, [*SIZES][(number + turn) % len(SIZES)]) for number, count in enumerate(COUNTS) for turn in (0, 1)],
)
def test_softmax_is_readable_for_few_and_many_logits(count: int, size: str) -> None:
    """With labels at all bars that are shown."""
    logits = tuple(round(float(z), 1) for z in np.linspace(-3, 4, count))
    picture = SoftmaxExample(Softmax(logits), size=size)
    with picture.styled():
        assert_readable(picture.draw())


@pytest.mark.made_up
@settings(deadline=None, derandomize=True, max_examples=10 * EFFORT)
@given(
    logits=st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40),
    temperature=st.sampled_from([1.0, 0.001, 0.5, 10.0]),
    decimals=st.integers(0, 15),
    hardmax=st.booleans(),
    size=st.sampled_from([*SIZES, (12.0, 3.0), (5.0, 9.0)]),
)
def test_softmax_is_readable_whatever_the_numbers(size: str | tuple[float, float], **values: Any) -> None:
    """Long numbers stand above their bars; where there is no room for that either, the size that has it is named."""
    softmax = Softmax(tuple(values.pop("logits")), temperature=values.pop("temperature"))
    try:
        picture = SoftmaxExample(softmax, **values, size=size)
        with picture.styled():
            assert_readable(picture.draw())
    except actviz.InputError as error:
        assert size != "docs"
        # a size in inches has scale 1: what is larger than type of 7 points takes more of it than on paper
        scale = min(SIZES[size].scale, 1.0) if isinstance(size, str) else 1.0
        needed = [float(side) / scale for side in re.findall(r"[\d.]+", str(error).partition("needs")[2])]
        larger = SoftmaxExample(softmax, **values, size=(needed[0], needed[1]))
        with larger.styled():
            assert_readable(larger.draw())


@pytest.mark.made_up
@settings(deadline=None, derandomize=True, max_examples=10 * EFFORT)
@given(
    specs=st.lists(st.sampled_from([*actviz.names(), "leaky:0.01", "swish:10"]), min_size=2, max_size=8, unique=True),
    start=st.floats(-2e3, 2e3),
    width=st.sampled_from([None, 0.003, 1.0, 30.0, 4e3]),
    size=st.sampled_from([*SIZES]),
    derivative=st.booleans(),
    side_by_side=st.booleans(),
    log_y=st.booleans(),
)
def test_any_comparison_is_readable(specs: list[str], start: float, width: float | None, **look: Any) -> None:
    """Up to six, and a few more in panels of their own, in any window."""
    x = None if width is None else (start, start + width)
    assert_readable(actviz.compare(*specs, x=x, **look))


@pytest.mark.parametrize("theme", THEMES)
def test_colours_can_be_told_apart(theme: str) -> None:
    """Six curves, by colour alone, whatever cones a reader lacks; distances of 14 are far beyond just noticeable."""
    figure = actviz.compare("relu", "elu", "gelu", "tanh", "sigmoid", "mish", theme=theme)
    colours = [line.get_color() for line in figure.axes[0].lines if str(line.get_gid()).startswith("function")]
    assert len(colours) == 6
    for sight in SIGHT:
        assert min(distance(*pair, sight) for pair in itertools.combinations(colours, 2)) >= 14, sight


def drawn(axes: Any) -> list[Any]:
    """The curves of axes."""
    return [line for line in axes.lines if re.fullmatch(r"(function|derivative)-\d+-\w+", str(line.get_gid()))]


def test_all_curves_of_a_comparison_count_the_same() -> None:
    """Each is solid and as wide as a curve alone, and no colour is used twice, for two curves as for six."""
    (alone,) = drawn(actviz.plot("relu").axes[0])
    for specs in (("relu", "elu"), ("relu", "leaky", "elu", "gelu", "tanh", "mish"), ("swish:1", "swish:2", "swish:3")):
        for axes in actviz.compare(*specs, derivative=True).axes:
            curves = drawn(axes)
            assert len({line.get_color() for line in curves}) == len(specs)
            assert {line.get_linewidth() for line in curves} == {alone.get_linewidth()}
            assert not any(line.is_dashed() for line in curves)


@pytest.mark.parametrize("theme", THEMES)
def test_one_parameter_has_one_hue_from_light_to_dark(theme: str) -> None:
    """In the order of the parameter, not of the command; names say the value, the title what is common."""
    figure = actviz.compare("swish:10", "swish:0.1", "swish", theme=theme)
    shades = [float(RGB_TO_XYZ[1] @ linear(line.get_color())) for line in drawn(figure.axes[0])]
    assert shades[1] > shades[2] > shades[0]
    assert all(contrast(line.get_color(), figure.get_facecolor()) >= 2.9 for line in drawn(figure.axes[0]))
    words = {text.get_text() for text in figure.findobj(Text)}
    assert {r"$\beta$ = 10", r"$\beta$ = 0.1", r"$\beta$ = 1", r"Swish with different $\beta$"} <= words
    words = {text.get_text() for text in actviz.compare("rrelu:0.1,0.3", "rrelu:0.1,0.9").findobj(Text)}
    assert {"RReLU with different $u$ ($l$ = 0.1)", "$u$ = 0.3", "$u$ = 0.9"} <= words


def test_a_title_names_nothing_twice() -> None:
    """Settings of one function have its name once; what is subtracted has its parameters if others have its name."""
    compared = tuple(map(actviz.get, ("softplus:0.5", "relu", "softplus:10", "gelu")))
    assert Comparison(compared).heading == "Softplus, ReLU and GELU"
    assert Comparison(compared, difference=True).heading == "ReLU, Softplus and GELU minus Softplus (beta = 0.5)"
    assert Comparison(compared[1:], difference=True).heading == "Softplus and GELU minus ReLU"


@pytest.mark.parametrize("specs", [("relu", "leaky", "elu"), ("gelu", "swish", "mish"), ("relu", "leaky:0.01")])
def test_names_are_struck_through_by_nothing(specs: tuple[str, ...]) -> None:
    """Neither by a curve, nor a leader line, nor a line of the axes; the grid is interrupted behind them."""
    figure = actviz.compare(*specs, derivative=True)
    figure.draw_without_rendering()
    assert not figure.legends
    for axes in figure.axes:
        named = [text for text in axes.texts if text.get_text() in {actviz.get(spec).label for spec in specs}]
        assert len(named) == len(specs)
        backings = [patch.get_window_extent() for patch in axes.patches if patch.get_gid() == "backing"]
        for text in named:
            box = text.get_window_extent()
            assert any(one.contains(*box.min + 0.5) and one.contains(*box.max - 0.5) for one in backings)
            for line in (line for line in axes.lines if len(line.get_xdata()) > 1):
                places = line.get_transform().transform(_dense(line.get_xydata()))
                inside = (box.min < places).all(axis=1) & (places < box.max).all(axis=1)
                assert not inside.any(), f"{text.get_text()} is struck through by {line.get_gid()}"


def test_remarks_of_several_lines_keep_a_distance() -> None:
    """From what is written above and below them, so that no line seems to belong to both."""
    boxes = texts(actviz.compare("softplus:0.5", "softplus", "softplus:10", "relu"))
    lines = sorted((box for words, box in boxes.items() if re.search("apart|where|ReLU:", words)), key=lambda b: -b.y1)
    assert len(lines) == 4  # one remark of a line, one of three
    assert all(above.y0 - below.y1 > 2 for above, below in itertools.pairwise(lines))


def test_without_room_for_names_a_legend_has_markers_that_differ() -> None:
    """In the order of the curves; the same markers stand along the curves."""
    figure = actviz.compare("relu", "maxout:0/1,0/0")
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["ReLU", "Maxout ($w$ = (0, 1), $b$ = (0, 0))"]
    along = [line for line in figure.axes[0].lines if str(line.get_gid()).startswith("markers")]
    assert [line.get_marker() for line in along] == [line.get_marker() for line in legend.get_lines()]
    assert len({line.get_marker() for line in along}) == 2


def test_a_legend_is_filled_evenly_in_the_order_of_reading() -> None:
    """Six names in three columns of two, not in five columns of which the first has two."""
    slopes = (0, 0.1, 0.2, 0.3, 0.5, 0.9)
    figure = actviz.compare(*(f"leaky:{slope}" for slope in slopes))
    figure.draw_without_rendering()
    (legend,) = figure.legends
    boxes = {text.get_text(): text.get_window_extent() for text in legend.get_texts()}
    assert sorted(boxes, key=lambda name: (-round(boxes[name].y0), boxes[name].x0)) == [
        f"$a$ = {slope}" for slope in slopes
    ]
    assert {round(box.y0) for box in boxes.values()} == {round(boxes["$a$ = 0"].y0), round(boxes["$a$ = 0.9"].y0)}


def test_how_little_curves_differ_is_said_with_the_place_where_it_is_true() -> None:
    """Sigmoid and tanh are close to each other on the right only."""
    window = np.linspace(-4, 4, 4001)
    for specs in (("gelu", "swish", "mish"), ("sigmoid", "tanh", "relu", "elu", "gelu", "softplus")):
        titled = {actviz.get(spec).title: actviz.get(spec) for spec in specs}
        (axes,) = actviz.compare(*specs).axes
        said = [found for text in axes.texts if (found := re.search(APART, text.get_text().replace("−", "-")))]
        assert said
        for one, other, most, low, high, above, below in (found.groups() for found in said):
            start, stop = float(low or above or -4), float(high or below or 4)
            assert (start, stop) != (-4, 4)
            x = window[(start <= window) & (window <= stop)]
            assert np.abs(titled[one](x) - titled[other](x)).max() <= float(most)


def test_what_is_said_of_all_curves_is_true_beside_a_jump() -> None:
    """SELU's derivative is 1.76 at 0 and on its left, and 1.05 on its right, where the others' is 1."""
    names = ("elu", "selu", "celu", "isrlu")
    for axes, slopes in zip(actviz.compare(*names, derivative=True, log_y=True).axes, (False, True), strict=True):
        pattern = r"all four: at most (\S+) apart where \$x\$ > (\S+)"
        said = [re.fullmatch(pattern, text.get_text()) for text in axes.texts]
        ((most, start),) = (found.groups() for found in said if found)
        x = np.linspace(float(start) + 1e-9, axes.get_xlim()[1], 1000)
        functions = [actviz.get(name).derivative if slopes else actviz.get(name) for name in names]
        largest = float(np.ptp([function(x) for function in functions], axis=0).max())
        assert largest <= float(most) < 1.1 * largest


APART = r"(\w+) and (\w+): at most (\S+) apart where (?:(\S+) < \$x\$ < (\S+)|\$x\$ > (\S+)|\$x\$ < (\S+))$"


@pytest.mark.parametrize("size", ["docs", "slide", "square", "paper", "phone"])
def test_names_on_the_same_line_are_not_read_as_one(size: str) -> None:
    """They are farther apart than words; and none touches the edges of the axes."""
    figure = actviz.compare("gelu", "swish", "mish", derivative=True, size=size)
    figure.draw_without_rendering()
    unit = figure.dpi * SIZES[size].scale
    for axes in figure.axes:
        boxes = [text.get_window_extent() for text in axes.texts if text.get_color() != LIGHT.muted]
        for one, other in itertools.combinations(boxes, 2):
            if one.y0 < other.y1 and other.y0 < one.y1:
                assert max(other.x0 - one.x1, one.x0 - other.x1) > 0.1 * unit
        for box in (text.get_window_extent() for text in axes.texts):
            assert box.x0 - axes.bbox.x0 > 0.015 * unit
            assert box.y0 - axes.bbox.y0 > 0.015 * unit


def test_a_fan_of_lines_is_named_only_where_they_are_apart() -> None:
    """On the right of 0, where PReLU is x whatever its slope is, no line has the name of one; leaders would cross."""
    many = ("linear", "sigmoid", "tanh", "softsign", "softplus", "elu", "selu", "relu", "leaky", "relu6", "gelu")
    for figure in (actviz.compare("prelu", *many, "swish", "mish", size="slide"), _beside("leaky", "prelu")):
        for axes in figure.axes:
            for text in axes.texts:
                if re.match(r"\$a\$ = \S+$", text.get_text()):
                    middle = text.get_window_extent().get_points().mean(axis=0)
                    assert axes.transData.inverted().transform(middle)[0] < 0
            assert not [line for line in axes.lines if line.get_gid() == "leader"]


def _beside(*specs: str) -> Figure:
    figure = actviz.compare(*specs, side_by_side=True)
    figure.draw_without_rendering()
    return figure


def test_more_than_six_have_a_panel_each() -> None:
    """In rows filled evenly; up to twelve with the others in grey behind each; y axes are shared, or said to differ."""
    for count, rows in ((7, [4, 3]), (13, [4, 3, 3, 3])):
        figure = actviz.compare(*(f"elu:{alpha}" for alpha in range(1, count + 1)))
        tops = [round(axes.get_position().y1, 3) for axes in figure.axes]
        assert [tops.count(top) for top in dict.fromkeys(tops)] == rows
        assert all(len(drawn(axes)) == 1 for axes in figure.axes)
        behind = [sum(str(line.get_gid()).startswith("behind") for line in axes.lines) for axes in figure.axes]
        assert behind == [count - 1 if count <= 12 else 0] * count
    figure = actviz.compare("sigmoid", "tanh", "softsign", side_by_side=True)
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    figure = actviz.compare("sigmoid", "relu", side_by_side=True)
    assert len({axes.get_ylim() for axes in figure.axes}) == 2
    assert any("y axes have different scales" in text.get_text() for text in figure.texts)
    figure = actviz.compare(*(f"elu:{alpha}" for alpha in range(1, 6)), side_by_side=True, size=(9.0, 6.0))
    tops = [round(axes.get_position().y1, 3) for axes in figure.axes]
    assert sorted(tops.count(top) for top in set(tops))[0] >= 2


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["sigmoid", "prelu", "rrelu", "swish"])
def test_text_stands_out(theme: str, name: str) -> None:
    """4.5 : 1 or more on the paper, and on a saturated stretch."""
    for kind in KINDS:
        figure = draw(name, kind, theme=theme)
        paper = figure.get_facecolor()
        tints = [patch.get_facecolor() for axes in figure.axes for patch in axes.patches]
        assert (contrast("white", paper) < 1.2) == (theme == "light")
        for text in figure.findobj(Text):
            if text.get_text().strip():
                assert all(contrast(text.get_color(), behind) >= 4.5 for behind in (paper, *tints)), text.get_text()


@pytest.mark.parametrize(
    ("size", "inches"),
    [
        ("slide", (9.6, 5.4)), ("square", (6, 6)), ("paper", (3.4, None)), ("phone", (3.45, None)),
        ("docs", (6.4, None)),
    ],
)  # fmt: skip
def test_sizes(size: str, inches: tuple[float, float | None], run: Run, tmp_path: Path) -> None:
    """In inches, or what that is in points; the type on paper is 6 points or larger, on a slide 11 or larger."""
    assert run("plot", "sigmoid", "--derivative", "--size", size, "--out", "a.svg").returncode == 0
    root = ET.parse(tmp_path / "a.svg").getroot()
    width, height = (float(root.get(side, "").removesuffix("pt")) / 72 for side in ("width", "height"))
    assert width == pytest.approx(inches[0])
    assert inches[1] is None or height == pytest.approx(inches[1])
    figure = actviz.plot("sigmoid", derivative=True, size=size)
    smallest = min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text())
    assert smallest >= {"slide": 11, "paper": 6, "docs": 8, "square": 9, "phone": 9}[size]


def test_on_a_phone_the_page_has_the_heading() -> None:
    """Neither title nor formulas, unless a title is given; what stands aside, and panels under one another."""
    mish, vanishing = actviz.get("mish"), IDEAS["vanishing"]
    for picture, shown, left_out in (
        (Curve(mish, derivative=True, size="phone"), {"range [−0.3088, ∞)", "$f(x)$", "$f′(x)$"}, {"Mish"}),
        (Curve(mish, title="mine", size="phone"), {"mine"}, {"Mish"}),
        (vanishing(size="phone"), {"at best", "layers that the gradient has passed"}, {vanishing().heading}),
        (SoftmaxExample(size="phone"), {"0.7666"}, {SoftmaxExample().heading}),
    ):
        figure = picture.figure()
        words = {text.get_text() for text in figure.findobj(Text)}
        assert shown <= words
        assert not left_out & words
        assert not any("tanh" in one for one in words)
        columns = {round(axes.get_position().x0, 3) for axes in figure.axes}
        assert len(columns) == (3 if isinstance(picture, SoftmaxExample) else 1)


def test_on_a_phone_all_text_has_one_size() -> None:
    """Of curves alone, together, side by side and as a difference, and of a gated unit; and all can be read."""
    sigmoid, tanh = actviz.get("sigmoid"), actviz.get("tanh")
    for picture in (
        Curve(sigmoid, derivative=True, size="phone"),
        Comparison((sigmoid, tanh), derivative=True, size="phone"),
        Comparison((sigmoid, tanh), side_by_side=True, size="phone"),
        Comparison((sigmoid, tanh), difference=True, size="phone"),
        Surface(actviz.gated_unit("swiglu"), derivative=True, size="phone"),
    ):
        figure = picture.figure()
        assert {text.get_fontsize() for text in figure.findobj(Text) if text.get_text()} == {TYPE}
        assert len({round(axes.get_position().x0, 3) for axes in figure.axes}) == 1
        assert_readable(figure)


def test_headings_keep_their_distance_whatever_is_under_them() -> None:
    """To the title or the panel above, and to a formula with a fraction or with what stands under max."""
    above, below = [], []
    for name in ("relu", "sigmoid", "softplus", "tanh", "maxout"):
        figure = actviz.plot(name, derivative=True)
        figure.draw_without_rendering()
        boxes = {text.get_text().partition("(x)")[0]: text.get_window_extent() for text in figure.findobj(Text)}
        top, bottom = figure.axes[0].bbox, boxes["derivative (gradient)"]
        above += [(figure.bbox.y1 - boxes["function (forward pass)"].y1, top.y0 - bottom.y1)]
        below += [boxes["function (forward pass)"].y0 - boxes["$f"].y1, bottom.y0 - boxes["$f′"].y1]
    assert np.ptp(above, axis=0) == pytest.approx(0, abs=1)
    assert np.ptp(below) <= 0.05 * figure.dpi


def test_letters_of_mathematics_are_as_high_as_those_of_words() -> None:
    """A small x in a formula as one beside it, wherever both stand in the same line."""
    figure = actviz.plot("linear", notes=False)
    with applied():
        height = write(figure, 0.5, 0.5, "$x$", fontsize=10).get_window_extent().height
    word = TextPath((0, 0), "x", prop=FontProperties(family="DejaVu Sans", size=10)).get_extents().height
    assert height == pytest.approx(word * figure.dpi / 72, rel=0.1)


def test_a_wide_figure_has_its_panels_beside_each_other() -> None:
    """On a slide; otherwise the derivative is under the function."""
    for size, beside in (("slide", True), ((8.0, 4.0), True), ("square", False), ("docs", False), ((5.0, 6.0), False)):
        for figure in (
            actviz.plot("relu", derivative=True, size=size),  # type: ignore[arg-type]
            actviz.compare("relu", "elu", derivative=True, size=size),  # type: ignore[arg-type]
        ):
            first, second = (axes.get_position() for axes in figure.axes)
            assert (second.x0 > first.x1, second.y1 < first.y0) == (beside, not beside)


def test_the_automatic_theme_follows_the_page(run: Run, tmp_path: Path) -> None:
    """Its SVG is the light one, and a style that turns each of its colours into the dark one's; PNG is light."""
    for theme in ("auto", "light", "dark"):
        assert run("compare", "relu", "elu", "gelu", "--theme", theme, "--out", theme).returncode == 0
    texts = [next((tmp_path / theme).glob("*.svg")).read_text() for theme in ("auto", "light", "dark")]
    # but for what its ids end with
    auto, light, dark = (re.sub(re.findall(r'id="actviz(-\w+)"', text)[0], "", text) for text in texts)
    style = re.search(r'\n <style type="text/css">@media \(prefers-color-scheme: dark\)\{(.*)\}</style>', auto)
    assert style
    assert auto.replace(style[0], "") == light
    rules = re.findall(r'\[style\*="(fill|stroke): (#\w{6})"\]\{(fill|stroke):(#\w{6})!important\}', style[1])
    turned = light
    for what, one, again, other in rules:
        assert what == again
        turned = turned.replace(f"{what}: {one}", f"{what}: <{other}>")
    shape = r"\b[a-z][0-9a-f]{10}\b"  # the names of shapes depend on their colours
    turned, dark = (re.sub(shape, "", re.sub("(?<=: )<(.*?)>", r"\1", text)) for text in (turned, dark))
    assert turned == dark
    names = ("auto/compare-relu-elu-gelu.png", "light/compare-relu-elu-gelu-light.png")
    pngs = [(tmp_path / name).read_bytes() for name in names]
    assert pngs[0] == pngs[1]


def test_figures_in_a_page_have_ids_and_rules_of_their_own() -> None:
    """No id is there twice, in one figure or in two; what is referred to is there; rules are for the figure alone."""
    pictures = [
        Curve(actviz.get("relu6"), derivative=True),
        Curve(actviz.get("relu6"), derivative=True, title='<a id="b">', theme="light"),
        Comparison((actviz.get("swish:1"), actviz.get("swish:2")), side_by_side=True),
        SoftmaxExample(),
    ]
    everywhere: list[str] = []
    for picture in pictures:
        code = render(picture, ["svg"])["svg"].decode()
        root = ET.fromstring(code)
        ids = [element.get("id", "") for element in root.iter() if "id" in element.attrib]
        assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', code)) <= set(ids)
        assert set(root.get("aria-labelledby", "").split()) <= set(ids)
        rules = "".join(element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}style"))
        selectors = re.findall(r"[{}]([^{}@]+)\{", rules)
        assert bool(selectors) == (picture.theme == "auto")
        assert all(selector.startswith(f"#{root.get('id')} ") for selector in selectors)
        everywhere += ids
    assert len(everywhere) == len(set(everywhere))
    assert f"<!-- {escape(str(pictures[1].title), quote=False)} -->" in render(pictures[1], ["svg"])["svg"].decode()


def test_names_stand_beside_the_curves_where_they_fit() -> None:
    """In the curve's colour, nearer to it than to any other, on no curve; a legend where they don't fit."""
    figure = actviz.compare("relu", "relu6")
    (axes,) = figure.axes
    assert not figure.legends
    figure.draw_without_rendering()
    curves = [line for line in axes.lines if str(line.get_gid()).startswith("function")]
    names = {text.get_text(): text for text in axes.texts}
    assert {"ReLU", "ReLU6"} <= set(names)
    places = [axes.transData.transform(_dense(line.get_xydata())) for line in curves]
    for index, curve in enumerate(curves):
        text = names[str(curve.get_label())]
        assert to_hex(text.get_color()) == to_hex(curve.get_color())
        box = text.get_window_extent()
        centre = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
        apart = [
            np.hypot(*np.maximum(np.abs(points - centre) - [box.width / 2, box.height / 2], 0).T).min()
            for points in places
        ]
        assert apart[index] == min(apart)
        assert min(apart) > 3


def _dense(points: object) -> np.ndarray:
    points = np.asarray(points)
    steps = [np.linspace(a, b, 200) for a, b in itertools.pairwise(points) if np.isfinite([a, b]).all()]
    return np.concatenate(steps)


def test_a_comparison_shows_where_its_curves_differ() -> None:
    """A narrower window if that shows more of it, never without a kink; what is asked for is obeyed."""
    assert actviz.compare("relu", "leaky:0.01", "elu").axes[0].get_xlim() == (-4, 4)
    assert actviz.compare("relu", "relu6").axes[0].get_xlim() == (-10, 10)
    assert actviz.compare("relu", "elu", x=(-7, 9)).axes[0].get_xlim() == (-7, 9)


def test_panels_of_a_comparison_share_colours() -> None:
    """A function and its derivative."""
    figure = actviz.compare("relu", "gelu", "tanh", derivative=True)
    function, derivative = (
        [line.get_color() for line in axes.lines if re.fullmatch(r"(function|deriv\w+)-\d-\w+", str(line.get_gid()))]
        for axes in figure.axes
    )
    assert function == derivative
    assert len(set(function)) == 3


FLAT = "saturated: $|f′\\,|$ < 0.01"
NARROW = ["saturated:", "$|f′\\,|$ < 0.01"]
NOTES = {
    "sigmoid": ([], ["largest slope 0.25 at $x$ = 0", FLAT, FLAT]),
    "elu:2": (["asymptote $y = -\\alpha$"], NARROW),
    "elu:1.5": (["asymptote $y = -\\alpha$ = −1.5"], [FLAT]),
    "selu": (["asymptote $y = -\\lambda\\,\\alpha$ = −1.758"], NARROW),
    "relu6": ([], ["saturated: $f′$ = 0"] * 2),
    "tanh": ([], ["largest slope 1 at $x$ = 0", FLAT, FLAT]),
    "softplus": (["asymptote $y = x$"], NARROW),
    "gelu": (
        ["asymptote $y = x$", "minimum −0.1700 at $x$ = −0.7518"],
        ["largest slope 1.129 at $x$ = $\\sqrt{2}$", "$f′$ = 0", *NARROW],
    ),
    "swish": (
        ["asymptote $y = x$", "minimum −0.2785 at $x$ = −1.278"], ["largest slope 1.100 at $x$ = 2.399", "$f′$ = 0"],
    ),
    "mish": (
        ["asymptote $y = x$", "minimum −0.3088 at $x$ = −1.192"], ["largest slope 1.088 at $x$ = 1.491", "$f′$ = 0"],
    ),
    # more pieces than names could be told apart
    "maxout:1/2/3/4/5/6/7,1/2/3/4/5/6/7": (["the largest of the pieces"], []),
    "maxout:1/-1,0/1": (["minimum 0.5 at $x$ = 0.5", "the largest of the pieces", "$x$", "$−x + 1$"], []),
    "leaky:0.1": ([], []),
    "leaky:0.01": (["slope 0.01, $f$(−10) = −0.1"], ["slope 0.01"]),
    "maxout": (
        ["minimum −1 at $x$ = −2", "the largest of the pieces", "$−x − 3$", "$0.5x$", "$2x − 3$"], [],
    ),
    "prelu": (
        ["$a$ = 0",
         "$a$ = 0.5", "$a$ = 0.75", "$a$ = 1", "$a$ = 0.25, at the start", "learning may reach any slope"], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("spec", NOTES)
def test_notes(spec: str) -> None:
    """Limits with their values and symbols, saturation, asymptotes and the largest slope; none with `--no-notes`."""
    figure = actviz.plot(spec, derivative=True)
    assert tuple(sorted(text.get_text() for text in axes.texts) for axes in figure.axes) == tuple(
        map(sorted, NOTES[spec])
    )
    for axes in figure.axes:  # a full-width line is an asymptote, and its name is nearer to it than to y = 0
        limits = [float(line.get_ydata()[0]) for line in axes.lines if line.get_gid() == "limit"]
        assert set(limits) <= {float(actviz.get(spec)(far)) for far in (-np.inf, np.inf)}
        for text in (text for text in axes.texts if text.get_text().startswith("asymptote") and limits):
            low, high = text.get_window_extent().transformed(axes.transData.inverted()).intervaly
            assert min(abs(low - limits[0]), abs(high - limits[0])) < min(abs(low), abs(high))
    ties = [[line.get_xdata()[0] for line in axes.lines if line.get_gid() == "tie"] for axes in figure.axes]
    smooth = [one.x for one in analysis.extrema(actviz.get(spec)) if not actviz.get(spec).kinks]
    assert ties == [smooth, smooth]
    bare = actviz.plot(spec, derivative=True, notes=False)
    assert not any(axes.patches for axes in bare.axes) or actviz.get(spec).family
    assert not any(axes.texts for axes in bare.axes) or actviz.get(spec).family
    assert not [line for axes in bare.axes for line in axes.lines if line.get_gid() in ("limit", "peak-0", "asymptote")]


def test_the_steepest_slope_is_marked_where_it_falls() -> None:
    """On the curve, inside the axes, with its sign; of an even function both."""
    for name, notes in (
        ("reverse", ["steepest slope −0.25 at $x$ = 0"]),
        ("gaussian", ["largest slope 0.8578 at $x$ = −0.7071", "steepest slope −0.8578 at $x$ = 0.7071"]),
        ("sine", []),
    ):
        axes = actviz.plot(MADE_UP[name], derivative=True).axes[1]
        assert [text.get_text() for text in axes.texts if "slope" in text.get_text()] == notes
        marked = [line for line in axes.lines if str(line.get_gid()).startswith("peak-")]
        assert len(marked) == len(notes)
        for line in marked:
            (x, y) = (float(values[0]) for values in line.get_data())
            assert y == MADE_UP[name].derivative(x)
            assert axes.get_ylim()[0] < y < axes.get_ylim()[1]


def test_no_notes_from_the_command_line(run: Run, tmp_path: Path) -> None:
    """In all commands that draw."""
    for arguments, note in (
        (("plot", "sigmoid", "--derivative"), "largest slope 0.25 at x = 0"),
        (("compare", "gelu", "mish", "--side-by-side", "--derivative"), "largest slope 1.129"),
        (("softmax", "-3", "1.5", "2.7"), "two are above 1"),
    ):
        run(*arguments, "--out", "with.svg")
        run(*arguments, "--no-notes", "--out", "without.svg")
        shown = [svg.words(svg.read(tmp_path / f"{name}.svg")) for name in ("with", "without")]
        assert shown[0].count(note) > shown[1].count(note)


@pytest.mark.parametrize("name", actviz.names())
def test_what_is_tinted_is_saturated_and_what_is_not_is_not(name: str) -> None:
    """|f'| < 0.01 in all of a stretch, and not in a wide one beside it."""
    activation = actviz.get(name)
    figures = actviz.plot(name), actviz.plot(name, derivative=True)
    assert not [patch for patch in figures[1].axes[0].patches if str(patch.get_gid()).startswith("saturated")]
    for axes in (figure.axes[-1] for figure in figures):
        x = np.linspace(*axes.get_xlim(), 2001)[1:-1]
        kinks = [kink.x for kink in activation.kinks]
        x = x[~np.isclose(x[:, None], kinks, atol=0.02).any(axis=1)] if kinks else x
        inside = np.zeros(x.shape, dtype=bool)
        stripes = [patch for patch in axes.patches if str(patch.get_gid()).startswith("saturated")]
        words = [text for text in axes.texts if re.match(r"saturated|\$\|?f′", text.get_text())]
        assert len(words) >= len(stripes)
        for patch in stripes:
            box = patch.get_extents().transformed(axes.transData.inverted())
            inside |= (box.x0 < x) & (x < box.x1)
        flat = np.abs(activation.derivative(x)) < 0.01
        assert flat[inside].all()
        # but for a stretch that is too narrow for words
        left = "".join("01"[int(one)] for one in flat & ~inside).split("0")
        assert len(max(left)) < 0.08 * len(x)


def test_bands_and_families_say_what_they_are() -> None:
    """RReLU's band and mean, PReLU's slopes that learning may reach, Maxout's pieces under their maximum."""
    (axes,) = actviz.plot("rrelu").axes
    (legend,) = axes.findobj(Legend)
    assert [text.get_text() for text in legend.get_texts()] == ["slopes drawn in training", "their mean, for testing"]
    (axes,) = actviz.plot("prelu").axes
    for slope in (0, 0.5, 0.75, 1):
        line = next(line for line in axes.lines if line.get_zorder() == 2 and line.get_ydata()[0] == -10 * slope)
        assert axes.get_ylim()[0] < line.get_ydata()[0]
    (axes,) = actviz.plot("maxout").axes
    pieces = [line for line in axes.lines if line.get_zorder() == 2]
    curve = next(line for line in axes.lines if str(line.get_gid()).startswith("function"))
    assert len(pieces) == 3
    assert all(piece.get_linewidth() < curve.get_linewidth() / 2 for piece in pieces)
    assert any("$\\beta$ = 1" in text.get_text() for text in actviz.plot("swish").findobj(Text))


def softmax_axes(*logits: float, **look: Any) -> dict[str, Axes]:
    """The columns of the figure by their headings in the terminal."""
    return {str(axes.get_label()): axes for axes in actviz.softmax_figure(logits, **look).axes}


def lengths(axes: Axes, count: int) -> list[float]:
    """How long the bars of the classes are: the last ones drawn, after grounds and stacked parts."""
    return [patch.get_width() for patch in axes.patches[-count:]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("logits", [(-3.0, 1.5, 2.7), (1000.0, 1001.0, 1002.0), tuple(np.linspace(-2, 2, 9))])
def test_dividing_by_the_sum_changes_only_the_scale(logits: tuple[float, ...], size: str) -> None:
    """Exponentials are drawn on 0 to their sum, probabilities and hardmax on 0 to 1."""
    steps, count = actviz.softmax(logits), len(logits)
    columns = softmax_axes(*logits, size=size, hardmax=True)
    exponentials, probabilities, hardmax = list(columns.values())[-3:]
    assert exponentials.get_xlim() == pytest.approx((0, steps.total))
    assert probabilities.get_xlim() == hardmax.get_xlim() == (0, 1)
    assert lengths(exponentials, count) == pytest.approx(steps.exponentials)
    assert lengths(probabilities, count) == pytest.approx(steps.probabilities)
    assert lengths(hardmax, count) == list(steps.hardmax)
    boxes = [axes.get_window_extent() for axes in (exponentials, probabilities)]
    assert boxes[0].height == pytest.approx(boxes[1].height)


def test_the_sum_is_stacked_from_the_classes() -> None:
    """In their order and colours, from 0 to the end of the scale."""
    axes = softmax_axes(-3, 1.5, 2.7)["probability"]
    colours = [to_hex(patch.get_facecolor()) for patch in axes.patches[-3:]]
    parts = axes.patches[:3]
    assert [to_hex(part.get_facecolor()) for part in parts] == colours
    assert len(set(colours)) == 3
    starts = [part.get_x() for part in parts]  # type: ignore[attr-defined]
    assert starts == pytest.approx([0, 0.00256486, 0.23344637])


@pytest.mark.parametrize("size", SIZES)
def test_of_more_than_six_classes_the_largest_is_strong(size: str) -> None:
    """One hue, and no number turned."""
    figure = actviz.softmax_figure([1, 5, 2, 3, 0, -1, 4], size=size)
    (axes,) = (axes for axes in figure.axes if axes.get_label() == "probability")
    looks = [patch.get_facecolor() for patch in axes.patches[-7:]]
    assert len({to_hex(look) for look in looks}) == 1
    assert [look[3] == 1 for look in looks] == [False, True, *[False] * 5]
    assert not [text for text in figure.findobj(Text) if text.get_text() and text.get_rotation()]


@pytest.mark.parametrize(
    ("logits", "words"),
    [
        (("-3", "1.5", "2.7"), ["one is negative", "two are above 1", "they sum to 1.2"]),
        (("-3", "-2"), ["both are negative", "they sum to −5"]),
        (("2", "3", "4"), ["all are above 1", "they sum to 9"]),
        (("0.5", "0.2"), ["they sum to 0.7, not 1"]),
        (("0.25", "0.75"), ["they sum to 1"]),
        (("7",), ["it is above 1"]),
    ],
)
def test_softmax_says_what_keeps_logits_from_being_probabilities(
    logits: tuple[str, ...], words: list[str], run: Run, tmp_path: Path
) -> None:
    """In words that a student reads right."""
    run("softmax", *logits, "--out", "a.svg")
    drawn = svg.words(svg.read(tmp_path / "a.svg"))
    start = drawn.index(words[0])
    assert drawn[start : start + len(words)] == words


def test_a_temperature_is_said_in_the_title(run: Run, tmp_path: Path) -> None:
    """And divides the logits in a column of its own."""
    run("softmax", "0.25", "0.75", "--temperature", "2", "--out", "b.svg")
    words = svg.words(svg.read(tmp_path / "b.svg"))
    assert {"Softmax of 2 logits at temperature 2", "÷ 2", "0.125", "0.375"} <= set(words)


@pytest.mark.parametrize(("size", "least"), [("docs", 30), ("slide", 15), ("square", 20), ("paper", 30)])
def test_classes_that_have_no_room_share_a_bar(size: str, least: int) -> None:
    """The largest have rows of their own, with type of 7 points or more; the others have one together."""
    logits = [float(z) for z in range(100)]
    figure = actviz.softmax_figure(np.array(logits) / 20, size=size)
    words = [text.get_text() for text in figure.findobj(Text)]
    (others,) = {word for word in words if word.endswith("others")}
    shown = 100 - int(others.removesuffix(" others"))
    assert least <= shown <= 30
    first = words.index("100")
    assert words[first : first + shown] == [str(number) for number in range(100, 100 - shown, -1)]
    (axes,) = (axes for axes in figure.axes if axes.get_label() == "probability")
    steps = actviz.softmax(np.array(logits) / 20)
    assert lengths(axes, 1) == pytest.approx([sum(steps.probabilities[: 100 - shown])])
    names = [text for text in figure.findobj(Text) if text.get_text() in words[first : first + shown]]
    assert min(text.get_fontsize() for text in names) >= 7 - 1e-9


def test_by_hand_no_exponential_is_said_to_be_above_0(run: Run, tmp_path: Path) -> None:
    """It may have been rounded to 0; the figure says to what."""
    run("softmax", "-9", "1000.5", "1001.25", "--temperature", "250", "--by-hand", "--out", "a.svg")
    words = svg.words(svg.read(tmp_path / "a.svg"))
    assert "each to 2 decimals" in words
    assert "all above 0" not in words
    assert {"1000.5", "1001.25", "they sum to 1992.75"} <= set(words)


@pytest.mark.parametrize("size", [*SIZES, (5.0, 2.4), (12.0, 3.0), (4.0, 7.0)])
@pytest.mark.parametrize("sweep", [False, True])
def test_long_names_of_classes_are_readable(sweep: bool, size: Any) -> None:
    """Wrapped, shrunk or cut; what looks like mathematics is drawn as it is."""
    classes = ["Arctic fox, white fox, Alopex lagopus", "Pneumonoultramicroscopicsilicovolcanoconiosis", "$x^2$"]
    figure = actviz.softmax_figure(classes=classes, sweep=sweep, size=size)
    assert_readable(figure)
    assert "$x^2$" in [text.get_text() for text in figure.findobj(Text) if not text.get_parse_math()]


@pytest.mark.parametrize("sweep", [False, True])
def test_a_softmax_figure_that_is_too_small_says_what_it_needs(sweep: bool) -> None:
    """And that is enough."""
    with pytest.raises(actviz.InputError, match=r"it needs ([\d.]+) x ([\d.]+)$") as error:
        actviz.softmax_figure(sweep=sweep, size=(1, 1))
    width, height = re.findall(r"[\d.]+", str(error.value).partition("needs")[2])
    assert_readable(actviz.softmax_figure(sweep=sweep, size=(float(width), float(height))))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_a_sweep_names_its_curves_at_their_ends(count: int, size: str) -> None:
    """In the order of the curves, within the figure and on nothing else."""
    figure = actviz.softmax_figure(np.linspace(-3, 4, count).round(2), sweep=True, size=size)
    assert_readable(figure)
    (axes,) = figure.axes
    curves = [line for line in axes.lines if str(line.get_gid()).startswith("probability")]
    names = [text for text in figure.texts if text.get_text().startswith("z =") or "others" in text.get_text()]
    assert len(names) == len(curves)
    assert (axes.get_ylim(), axes.get_xscale(), axes.get_xlim()) == ((0, 1), "log", (0.1, 100))
    ends = [float(np.asarray(line.get_ydata())[-1]) for line in curves]
    places = [name.get_position()[1] for name in names]
    assert sorted(range(len(ends)), key=lambda i: ends[i]) == sorted(range(len(ends)), key=lambda i: places[i])


def test_what_is_too_small_to_be_seen_is_enlarged() -> None:
    """A dip in a wide window: over the same stretch of the x axis, with ticks that say what is higher."""
    (axes,) = actviz.plot("gelu", x=(-10, 10)).axes
    (inset,) = axes.child_axes
    (curve,) = inset.lines
    x, y = np.asarray(curve.get_xydata()).T
    assert (x[0], x[-1]) == (-10, 0)
    assert y == pytest.approx(actviz.get("gelu")(x))
    low, high = inset.get_ylim()
    assert np.ptp(y) > 0.5 * (high - low)
    axes.get_figure().draw_without_rendering()
    for place in (-10, -5, 0):
        assert inset.transData.transform((place, 0))[0] == pytest.approx(axes.transData.transform((place, 0))[0])
    assert len(inset.get_yticks()) >= 2
    (words,) = (text.get_text() for text in axes.texts if "times as high" in text.get_text())
    heights = [one.transData.transform([(0, 0), (0, 0.1)])[:, 1] for one in (inset, axes)]
    assert float(words.split()[2]) == pytest.approx(np.ptp(heights[0]) / np.ptp(heights[1]), rel=0.05)


def test_what_can_be_seen_is_not_enlarged() -> None:
    """Nor what is nothing but a constant, what is asked to be without notes, a derivative, or powers of ten."""
    for spec in ("leaky:0.5", "leaky:0.01", "relu", "sigmoid", "elu", "linear", "rrelu", "gelu", "swish", "mish"):
        assert not actviz.plot(spec).axes[0].child_axes
    assert not actviz.plot("gelu", notes=False).axes[0].child_axes
    assert not actviz.plot("gelu", derivative=True).axes[1].child_axes
    assert not actviz.plot("gelu", log_y=True).axes[0].child_axes
    assert not actviz.plot("gelu", x=(-1e6, 1e6)).axes[0].child_axes  # the dip is a line on the window's edge
    assert not actviz.plot("swish:100").axes[0].child_axes


def test_a_small_slope_is_named_in_the_derivative() -> None:
    """Where it looks like 0; one that doesn't needs no name."""

    def notes(spec: str) -> list[str]:
        return [text.get_text() for text in actviz.plot(spec, derivative=True).axes[1].texts]

    assert "slope 0.01" in notes("leaky:0.01")
    assert not [note for note in notes("leaky:0.2") + notes("relu") if note.startswith("slope")]


@pytest.mark.parametrize("window", [(1000.0, 1000.001), (-1e-5, 1e-5), (123456.0, 123457.0)])
def test_long_numbers_at_the_axes_stay_within_the_figure(window: tuple[float, float]) -> None:
    """And over nothing else."""
    for name, size in itertools.product(("tanh", "softplus", "selu"), SIZES):
        assert_readable(actviz.plot(name, derivative=True, x=window, size=size))


def test_no_number_is_to_be_added_to_a_tick() -> None:
    """Ticks say whole numbers, of any length; a factor is a power of ten as in print."""
    for window in ((-1e-8, 1e-8), (1000.0, 1000.001), (-1e-5, 1e-5)):
        figure = actviz.plot("sigmoid", derivative=True, x=window)
        figure.draw_without_rendering()
        for axes in figure.axes:
            labels = [float(text.get_text().replace("−", "-")) for text in axes.get_yticklabels()]
            assert labels == pytest.approx(list(axes.get_yticks()), rel=1e-13)
            assert not axes.yaxis.get_offset_text().get_text()
    (axes,) = actviz.plot("exponential", x=(0, 100)).axes
    assert axes.yaxis.get_major_formatter().get_offset() == "× 10⁴³"


def test_what_float64_does_not_resolve_is_not_magnified() -> None:
    """The sigmoid's slope is 1/4 all around 0: one tick, a straight line, and it is said."""
    axes = actviz.plot("sigmoid", derivative=True, x=(-1e-8, 1e-8)).axes[1]
    assert any("float64 resolves no smaller" in text.get_text() for text in axes.texts)
    assert list(axes.get_yticks()) == [0.25]
    (curve,) = drawn(axes)
    assert np.ptp(curve.get_ydata()) < 0.02 * np.ptp(axes.get_ylim())


def test_a_legend_leaves_the_curves_most_of_the_figure() -> None:
    """On a slide and on a square."""
    for size in ("slide", "square"):
        figure = actviz.compare("relu", "maxout:0/1,0/0", size=size)
        (legend,) = figure.legends
        assert figure.axes[0].get_window_extent().height > 1.4 * legend.get_window_extent().height


def test_a_small_difference_between_curves_is_enlarged() -> None:
    """ReLU against a Leaky ReLU of slope 0.01: the two are apart by most of the height."""
    (axes,) = actviz.compare("relu", "leaky:0.01").axes
    (inset,) = axes.child_axes
    relu, leaky = (np.asarray(line.get_ydata()) for line in inset.lines)
    assert (relu == 0).all()
    low, high = inset.get_ylim()
    assert relu[0] - leaky[0] > 0.5 * (high - low)
    assert [line.get_color() for line in inset.lines] == [
        line.get_color() for line in axes.lines if str(line.get_gid()).startswith("function")
    ]
