"""`actviz plot` and `actviz compare`: the files, and what the figures in them show."""

import io
import itertools
import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

import actviz
from actviz import analysis
from actviz.commandline import command
from actviz.figures import Comparison, Curve
from tests import pdf, svg
from tests.conftest import Run


def draw(run: Run, folder: Path, *arguments: str) -> list[svg.Panel]:
    """Run a command that writes one SVG, and read it."""
    result = run(*arguments, "--format", "svg")
    assert (result.returncode, result.stderr) == (0, "")
    return svg.panels(folder / result.stdout.strip())


def test_plot_writes_png_and_svg_and_prints_their_paths(run: Run, tmp_path: Path) -> None:
    """Success: exit 0, the paths on standard output, nothing else anywhere."""
    result = run("plot", "relu6", "--derivative")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == ["gallery/relu6-derivative.png", "gallery/relu6-derivative.svg"]
    assert {f"gallery/{name}" for name in os.listdir(tmp_path / "gallery")} == set(result.stdout.splitlines())
    with Image.open(tmp_path / "gallery" / "relu6-derivative.png") as picture:
        assert picture.width > 1000
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 10
    assert ET.parse(tmp_path / "gallery" / "relu6-derivative.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_the_same_command_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    """No dates, no random ids, nothing of the user's matplotlibrc, locale, time zone or hash seed."""
    (tmp_path / "rc").mkdir()
    (tmp_path / "rc" / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 30\nsavefig.dpi: 30\nbackend: svg\n")
    for folder, environment in {
        "a": {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"},
        "b": {"PYTHONHASHSEED": "2", "MPLCONFIGDIR": str(tmp_path / "rc"), "LC_ALL": "de_DE.UTF-8", "COLUMNS": "30"},
    }.items():
        result = run(
            "compare", "relu", "rrelu", "--derivative", "--format", "png,svg,pdf", "--out", folder, **environment
        )
        assert result.returncode == 0
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(files) == 3
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_derivative_jumps_in_a_gap_with_open_and_filled_circles(run: Run, tmp_path: Path) -> None:
    """ReLU6' has no slope through its jumps: open circles at both one-sided values, filled ones at the convention."""
    _, below = draw(run, tmp_path, "plot", "relu6", "--derivative")
    pieces = below.curves["derivative-0-relu6"]
    assert [(piece[0], piece[-1]) for piece in pieces] == [
        (pytest.approx((-10, 0), abs=1e-6), pytest.approx((0, 0), abs=1e-6)),
        (pytest.approx((0, 1), abs=1e-6), pytest.approx((6, 1), abs=1e-6)),
        (pytest.approx((6, 0), abs=1e-6), pytest.approx((10, 0), abs=1e-6)),
    ]
    assert below.circles["derivative-0-relu6-open-0"] == [
        pytest.approx((0, 0), abs=1e-6),
        pytest.approx((0, 1), abs=1e-6),
    ]
    assert below.circles["derivative-0-relu6-filled-0"] == [pytest.approx((0, 0), abs=1e-6)]
    assert below.circles["derivative-0-relu6-filled-1"] == [pytest.approx((6, 0), abs=1e-6)]


@pytest.mark.parametrize(("window", "ends"), [((-2, 6), (0, 1)), ((0, 8), (1, 0)), ((0, 6), (1, 1)), ((6, 9), (0, 0))])
def test_a_jump_at_the_edge_of_the_window_is_no_slope(window: tuple[float, float], ends: tuple[float, float]) -> None:
    """The curve begins and ends with the one-sided values that belong to the window; the circles stand at its edge."""
    axes = actviz.plot("relu6", derivative=True, x=window).axes[1]
    (curve,) = (line for line in axes.lines if line.get_gid() == "derivative-0-relu6")
    y = curve.get_ydata()
    assert (y[0], y[-1]) == ends
    assert np.nanmax(np.abs(np.diff(y))) == 0


def test_a_jump_of_the_function_itself_is_a_gap_too(run: Run, tmp_path: Path) -> None:
    """The thresholded ReLU jumps from 0 to the threshold."""
    (above,) = draw(run, tmp_path, "plot", "generalized_relu:threshold=2")
    left, right = above.curves["function-0-generalized_relu"]
    assert left[-1] == pytest.approx((2, 0), abs=1e-6)
    assert right[0] == pytest.approx((2, 2), abs=1e-6)
    assert above.circles["function-0-generalized_relu-filled-0"] == [pytest.approx((2, 0), abs=1e-6)]


@pytest.mark.parametrize("name", actviz.names())
def test_every_kink_is_a_sample_exactly(name: str) -> None:
    """No sample just beside a kink: its x is among the curve's, to the last digit."""
    activation = actviz.get(name)
    figure = actviz.plot(name, derivative=True)
    for axes, kind in zip(figure.axes, ("function", "derivative"), strict=True):
        (curve,) = (line for line in axes.lines if line.get_gid() == f"{kind}-0-{name}")
        x, y = map(np.asarray, curve.get_data())
        for kink in activation.kinks:
            assert kink.x in x
            at = y[x == kink.x]
            sides = (kink.left, kink.right) if kind == "derivative" else kink.limits or (activation(kink.x),) * 2
            assert {value for value in at if not math.isnan(value)} == set(sides)
            assert np.isnan(at).any() == (sides[0] != sides[1])


FAR_AND_NEAR = ((-10.0, 10.0), (-1000.0, 1000.0), (-1e-3, 2e-3), (3.0, 1e6))


@pytest.mark.parametrize(
    ("name", "window"),
    [(name, FAR_AND_NEAR[place % 4]) for k, name in enumerate(actviz.names()) for place in (k, k + 1)],
)
def test_no_polygon_is_seen(name: str, window: tuple[float, float]) -> None:
    """Between two samples the true curve is nowhere farther from the chord than a thousandth of the axes' height.

    Unless it is a wave that is too fast to be seen as one.
    """
    activation = actviz.get(name)
    figure = actviz.plot(name, derivative=True, x=window)
    for axes, evaluate in zip(figure.axes, (activation, activation.derivative), strict=True):
        (curve,) = (line for line in axes.lines if str(line.get_gid()).endswith(f"-0-{name}"))
        x, y = map(np.asarray, curve.get_data())
        bottom, top = axes.get_ylim()
        if x.size > 500 and np.mean(np.diff(y)[1:] * np.diff(y)[:-1] < 0) > 0.05:
            continue
        for part in (0.25, 0.5, 0.75):
            between = x[:-1] + part * np.diff(x)
            inside = (x[:-1] < between) & (between < x[1:]) & np.isfinite(y[:-1] + y[1:])
            chord = (y[:-1] + part * np.diff(y))[inside]
            seen = (bottom <= chord) & (chord <= top)
            assert np.all(
                np.abs(chord - evaluate(between[inside]))[seen] <= 1e-3 * (top - bottom) + 4e-16 * np.abs(chord[seen])
            )


@pytest.mark.parametrize("spec", ["sine", "sine:30", "snake"])
@pytest.mark.parametrize("window", [(-3e3, 2e3), (3.0, 1e6), (-1e300, 1e300)])
def test_a_wave_too_fast_to_be_seen_fills_an_area(spec: str, window: tuple[float, float]) -> None:
    """All samples lie on the curve, and in each two-hundredth of the window some are near its top and its bottom."""
    activation = actviz.get(spec)
    axes = actviz.plot(spec, derivative=True, x=window).axes[1]
    (curve,) = (line for line in axes.lines if str(line.get_gid()).endswith(f"-0-{activation.name}"))
    x, y = map(np.asarray, curve.get_data())
    assert x.size < 5000
    assert (np.diff(x) >= 0).all()
    assert y.tolist() == activation.derivative(x).tolist()
    bottom, top = (slope for _, slope in analysis.slope_bounds(activation))
    for start, stop in itertools.pairwise(np.linspace(*window, 201)):
        inside = y[(start <= x) & (x <= stop)]
        assert inside.max() > top - 0.1 * (top - bottom)
        assert inside.min() < bottom + 0.1 * (top - bottom)


@pytest.mark.parametrize("name", actviz.names())
def test_the_whole_shape_is_in_view(name: str) -> None:
    """The curve fills at least half of the axes' height and never touches their edge, in its own window."""
    figure = actviz.plot(name, derivative=True)
    for axes in figure.axes:
        (curve,) = (line for line in axes.lines if str(line.get_gid()).endswith(f"-0-{name}"))
        y = np.asarray(curve.get_ydata())
        y = np.append(y[np.isfinite(y)], 0.0)
        bottom, top = axes.get_ylim()
        assert bottom < y.min() <= y.max() < top
        if not y.any():  # the derivative of a step
            continue
        assert y.max() - y.min() > 0.5 * (top - bottom)


@pytest.mark.parametrize("spec", ["generalized_relu:0.1,40,1", "hard_sigmoid:0.01", "maxout:0/1/2,0/0/-99"])
def test_kinks_far_away_are_in_view(spec: str) -> None:
    """Alone and in a comparison, also where the other's window ends before."""
    for figure in (actviz.plot(spec), actviz.compare(spec, "exp"), actviz.compare("exp", spec, side_by_side=True)):
        low, high = figure.axes[0].get_xlim()
        assert all(low < 1.1 * kink.x < high for kink in actviz.get(spec).kinks)


def test_a_curve_that_grows_beyond_measure_is_cut_where_its_shape_is_seen() -> None:
    """Exp reaches 22026 at 10, but the bend near 0 must be seen."""
    (axes,) = actviz.plot("exponential", x=(-10, 10)).axes
    assert axes.get_ylim()[1] < 300


@pytest.mark.parametrize("spec", ["hard_sigmoid:1000", "leaky:1000", "elu:100", "maxout:weights=-900/900,biases=0/0"])
def test_both_sides_of_a_large_jump_are_in_view(spec: str) -> None:
    """A slope of 1000 is not cut off as if it grew beyond measure."""
    activation = actviz.get(spec)
    bottom, top = actviz.plot(spec, derivative=True).axes[1].get_ylim()
    for kink in activation.kinks:
        assert bottom < min(kink.left, kink.right) <= max(kink.left, kink.right) < top


EXTREMES = ((-1e300, 1e300), (600, 800), (-1e-279, 1e-279), (1e299, 1e300), (-1e-280, 1.0))


@pytest.mark.parametrize(("name", "window"), list(zip(actviz.names(), itertools.cycle(EXTREMES))))
def test_extreme_windows_are_drawn(name: str, window: tuple[float, float]) -> None:
    """To the ends of what matplotlib can do, without a warning."""
    activation = actviz.get(name)
    if math.isinf(activation(window[0])) and math.isinf(activation.derivative(window[0])):
        with pytest.raises(actviz.InputError, match="nothing can be drawn"):
            actviz.plot(name, derivative=True, x=window)
        return
    figure = actviz.plot(name, derivative=True, x=window)
    figure.savefig(io.BytesIO(), format="svg")
    for axes in figure.axes:
        assert axes.get_xlim() == window


def unseen(figure: Figure) -> dict[str, list[str]]:
    """The curves of which nothing lies within their axes, and what is written in these about what isn't drawn."""
    figure.draw_without_rendering()
    found = {}
    for axes in figure.axes:
        box = axes.get_window_extent()
        said = [text.get_text() for text in axes.texts if "not drawn" in text.get_text()]
        for curve in axes.lines:
            if re.fullmatch(r"(function|derivative)-\d+-[a-z0-9_]+", str(curve.get_gid())):
                x, y = axes.transData.transform(np.asarray(curve.get_xydata())).T
                within = (box.x0 - 1 <= x) & (x <= box.x1 + 1) & (box.y0 - 1 <= y) & (y <= box.y1 + 1)
                if not within.any():
                    found[str(curve.get_gid())] = said
    return found


LARGE = ["leaky:1e308", "elu:1e308", "maxout:weights=1e308/-1e308,biases=0/0", "hard_sigmoid:1e308", "prelu:-1e308"]


@pytest.mark.parametrize(
    ("window", "log_y"),
    [
        ((-1e300, 1e300), False),
        ((-1e300, 1e300), True),
        ((700.0, 709.0), True),
        ((-750.0, -700.0), False),
        ((-750.0, -700.0), True),
        ((0.0, 1e-280), False),
    ],
)
@pytest.mark.parametrize("specs", [[*LARGE, "exp"], ["relu6", "tanh", "generalized_relu:max_value=0", "sigmoid"]])
def test_a_curve_is_seen_or_the_panel_says_why(specs: list[str], window: tuple[float, float], log_y: bool) -> None:
    """Of values that no axis reaches, or that are 0 where there are only powers of ten."""
    assert all(unseen(actviz.compare(*specs, derivative=True, x=window, log_y=log_y)).values())
    if abs(window[0]) < 1e300 and log_y:
        figure = actviz.compare(*specs, derivative=True, x=window, log_y=log_y, side_by_side=True)
        assert all(unseen(figure).values())


@pytest.mark.parametrize(
    ("spec", "window", "said"),
    [
        ("exp", (700.0, 720.0), ["f not drawn where it is beyond ±1e307", "f′ not drawn where it is beyond ±1e307"]),
        ("leaky:1e308", None, ["f not drawn where it is beyond ±1e307", "f′ not drawn where it is beyond ±1e307"]),
        ("hard_sigmoid:1e308", None, ["f′ not drawn where it is beyond ±1e307"]),
        ("maxout:weights=0/0,biases=-1e308/-1e308", None, ["f not drawn: it is beyond ±1e307"]),
        ("leaky:1e307", None, ["f not drawn where it is beyond ±1e307"]),
        ("hard_sigmoid:1e307", None, []),
        ("exp", None, []),
    ],
)
def test_what_no_axis_reaches_is_named(spec: str, window: tuple[float, float] | None, said: list[str]) -> None:
    """Also without notes; what can be drawn is there, and no circle of a jump lies outside its axes."""
    figure = actviz.plot(spec, derivative=True, x=window, notes=False)
    assert [text.get_text() for axes in figure.axes for text in axes.texts] == said
    assert all("not drawn: it is" in words for panel in unseen(figure).values() for words in panel)
    for axes in figure.axes:
        low, high = axes.get_ylim()
        for circles in axes.lines:
            if circles.get_marker() == "o":
                assert all(low <= y <= high for y in np.asarray(circles.get_ydata()))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("plot", "exp", "--derivative", "--x", "710", "720"),
            "nothing can be drawn from x = 710 to 720, where all values are beyond ±1e307",
        ),
        (
            ("compare", "relu", "relu6", "--log-y", "--derivative", "--x", "-5", "-1"),
            "nothing can be drawn on a logarithmic axis from x = -5 to -1, where all values are 0",
        ),
    ],
)
def test_no_blank_figure_is_written(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Where there is nothing to be seen, it is an error that says why."""
    result = run(*arguments)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"Error: {message}\n")
    assert not list(tmp_path.iterdir())


def test_curves_that_lie_on_each_other_are_all_seen(run: Run, tmp_path: Path) -> None:
    """Later curves are thinner, and dashed, so that the one under them shows."""
    assert draw(run, tmp_path, "compare", "relu", "leaky", "elu")[0].curves.keys() == {
        "function-0-relu",
        "function-1-leaky_relu",
        "function-2-elu",
    }


def test_curves_that_lie_on_each_other_take_turns(run: Run, tmp_path: Path) -> None:
    """Right of 0 exactly one of three equal curves is drawn at each place, each equally much; left of it all are."""
    (panel,) = draw(run, tmp_path, "compare", "relu", "leaky", "elu")
    assert panel.curves.keys() == {"function-0-relu", "function-1-leaky_relu", "function-2-elu"}
    x = np.linspace(0.01, 3.99, 500)
    shown = np.array(
        [
            sum((piece[0][0] <= x) & (x <= piece[-1][0]) for piece in pieces if piece[-1][0] > 1e-6)
            for pieces in panel.curves.values()
        ]
    )
    assert np.mean(shown.sum(axis=0) == 1) > 0.97
    assert shown.mean(axis=1) == pytest.approx([1 / 3] * 3, abs=0.03)
    for name, pieces in panel.curves.items():
        assert pieces[0][0][0] == pytest.approx(-4, abs=1e-6), name
        assert all(y == pytest.approx(x, abs=1e-4) for piece in pieces for x, y in piece if x > 0)
    curves = [line for line in actviz.compare("relu", "leaky", "elu").axes[0].lines if line.get_gid()]
    assert all((curve.get_xdata()[0], curve.get_xdata()[-1]) == (-4, 4) for curve in curves[:3])  # the data are whole


def test_a_ring_covers_no_curve_that_is_continuous_there() -> None:
    """At (0, 1) ReLU' and Leaky ReLU' have rings, one in the other, and ELU' passes over both."""
    axes = actviz.compare("relu", "leaky", "elu", derivative=True).axes[1]
    by_name = {str(line.get_gid()): line for line in axes.lines}
    rings = [by_name["derivative-0-relu-open-0"], by_name["derivative-1-leaky_relu-open-0"]]
    assert [tuple(map(float, ring.get_xydata()[-1])) for ring in rings] == [(0, 1), (0, 1)]
    assert rings[0].get_markersize() > rings[1].get_markersize() + 2
    (over,) = (line for name, line in by_name.items() if name.startswith("derivative-2-elu-over"))
    assert over.get_zorder() > max(ring.get_zorder() for ring in rings)
    x, y = map(np.asarray, over.get_data())
    assert 1.0 in y[x == 0.0] or np.isclose(np.interp(0.0, x, y), 1.0, atol=1e-9)


def test_a_difference_is_each_minus_the_first(run: Run, tmp_path: Path) -> None:
    """With its largest value and where that is, for f and for f'."""
    panels = draw(
        run, tmp_path, "compare", "relu", "leaky:0.1", "elu", "--difference", "--derivative", "--x", "-4", "4"
    )
    assert [set(panel.curves) for panel in panels] == [
        {f"{kind}-1-leaky_relu", f"{kind}-2-elu"} for kind in ("function", "derivative")
    ]
    assert panels[0].points("function-1-leaky_relu")[0] == pytest.approx((-4, -0.4), abs=1e-5)
    (file,) = tmp_path.rglob("*-difference*.svg")
    words = svg.words(svg.read(file))
    assert any("largest: −0.4 at x = −4" in word for word in words)
    assert any("largest: 1 at x = 0" in word for word in words)


def test_function_and_derivative_together(run: Run, tmp_path: Path) -> None:
    """In the same axes, in two colours; sizes by powers of ten are refused."""
    (panel,) = draw(run, tmp_path, "plot", "relu6", "--together")
    assert panel.curves.keys() == {"function-0-relu6", "derivative-0-relu6"}
    assert len({line.get_color() for line in actviz.plot("tanh", together=True).axes[0].lines[-4:]}) > 1
    assert Curve(actviz.get("relu"), together=True).derivative
    result = run("plot", "relu", "--together", "--log-y")
    assert (result.returncode, result.stdout) == (2, "")
    assert "--together" in result.stderr
    assert "--log-y" in result.stderr


def test_labels_say_the_values_of_parameters(run: Run, tmp_path: Path) -> None:
    """Three curves of Swish are told apart by beta."""
    assert run("compare", "swish:0.5", "swish:1", "swish:2", "--out", "swish.svg").returncode == 0
    drawn = svg.words(svg.read(tmp_path / "swish.svg"))
    assert {r"$\beta$ = 0.5", r"$\beta$ = 1", r"$\beta$ = 2"} <= set(drawn)
    assert run("plot", "leaky:0.01", "--out", "leaky.svg").returncode == 0
    assert "Leaky ReLU ($a$ = 0.01)" in svg.words(svg.read(tmp_path / "leaky.svg"))
    assert run("plot", "prelu:-0.5", "--out", "prelu.svg").returncode == 0
    assert "PReLU ($a$ = −0.5)" in svg.words(svg.read(tmp_path / "prelu.svg"))  # with a minus sign
    assert run("plot", "rrelu", "--out", "rrelu.svg").returncode == 0
    assert "RReLU ($l$ = 0.125, $u$ = 1/3)" in svg.words(svg.read(tmp_path / "rrelu.svg"))


def test_the_panels_share_x_and_the_window_can_be_chosen(run: Run, tmp_path: Path) -> None:
    """`--x MIN MAX` with negative numbers."""
    first, second = actviz.plot("gelu", derivative=True).axes
    assert first.get_shared_x_axes().joined(first, second)
    above, below = draw(run, tmp_path, "plot", "gelu", "--derivative", "--x", "-3", "2.5")
    for panel, name in ((above, "function-0-gelu"), (below, "derivative-0-gelu")):
        x = [x for x, _ in panel.points(name)]
        assert (min(x), max(x)) == (pytest.approx(-3), pytest.approx(2.5))


def test_rrelu_shows_the_band_that_training_draws_from() -> None:
    """Between the slopes 1/8 and 1/3, around the mean that testing uses."""
    axes = actviz.plot("rrelu").axes[0]
    (band,) = axes.collections
    corners = band.get_paths()[0].vertices
    at_left_end = sorted({float(y) for x, y in corners if x == -10})
    assert at_left_end == [pytest.approx(-10 / 3), pytest.approx(-10 / 8)]
    (curve,) = (line for line in axes.lines if line.get_gid())
    assert curve.get_ydata()[0] == pytest.approx(-10 * (1 / 8 + 1 / 3) / 2)


def test_the_largest_slope_of_the_sigmoid_is_marked(run: Run, tmp_path: Path) -> None:
    """Its derivative's maximum, 0.25, is written beside it."""
    assert run("plot", "sigmoid", "--derivative", "--out", "s.svg").returncode == 0
    assert "largest slope 0.25 at x = 0" in svg.words(svg.read(tmp_path / "s.svg"))


def test_several_names_give_a_figure_each(run: Run, tmp_path: Path) -> None:
    """In the folder asked for, which is made; a figure named twice is drawn once."""
    result = run("plot", "relu", "Leaky-ReLU:0.1", "relu", "--format", "svg", "--format", "pdf", "--out", "new/folder")
    assert result.stdout.splitlines() == [
        "new/folder/relu.svg",
        "new/folder/relu.pdf",
        "new/folder/leaky_relu-negative_slope=0.1.svg",
        "new/folder/leaky_relu-negative_slope=0.1.pdf",
    ]
    assert (tmp_path / "new/folder/relu.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "PNG"])
def test_the_ending_of_a_file_is_its_format(run: Run, tmp_path: Path, ending: str) -> None:
    """`--out figure.png` writes just that file."""
    result = run("plot", "relu", "--out", f"figure.{ending}")
    assert result.stdout == f"figure.{ending}\n"
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending.lower()]
    assert (tmp_path / f"figure.{ending}").read_bytes().startswith(start)


def test_a_folder_may_have_a_dot_in_its_name(run: Run, tmp_path: Path) -> None:
    """If it is there, or is written with a slash."""
    (tmp_path / "v1.0").mkdir()
    assert run("plot", "relu", "--format", "svg", "--out", "v1.0").stdout == "v1.0/relu.svg\n"
    assert run("plot", "relu", "--format", "svg", "--out", "v2.0/").stdout == "v2.0/relu.svg\n"


def test_size_and_dpi(run: Run, tmp_path: Path) -> None:
    """Inches times dots per inch are pixels."""
    assert run("plot", "relu", "--size", "5", "4", "--dpi", "50", "--out", "small.png").returncode == 0
    with Image.open(tmp_path / "small.png") as picture:
        assert picture.size == (250, 200)
        assert picture.mode == "RGB"
        assert picture.info["dpi"] == pytest.approx((50, 50), abs=0.1)
        assert picture.info["Title"] == "ReLU"
        assert picture.info["Description"].startswith("ReLU is 0 up to x = 0")


def test_pdf_embeds_its_fonts_and_says_what_it_is(run: Run, tmp_path: Path) -> None:
    """Every font is in the file, as TrueType, so that text looks the same everywhere."""
    assert run("plot", "elu", "--derivative", "--out", "elu.pdf").returncode == 0
    content = (tmp_path / "elu.pdf").read_bytes()
    fonts = len(re.findall(rb"/Type /FontDescriptor\b", content))
    assert fonts
    assert len(re.findall(rb"/FontFile2 \d+ 0 R", content)) == fonts
    assert rb"/Title (ELU \(alpha = 1\) and its derivative)" in content


def test_all_text_in_pdf_is_text(run: Run, tmp_path: Path) -> None:
    """Titles, formulas, notes and the numbers at the axes can be selected and searched; none is a shape of lines."""
    assert run("plot", "elu:2", "--derivative", "--out", "elu.pdf").returncode == 0
    drawn = pdf.texts(tmp_path / "elu.pdf")
    # words and mathematics are apart; letters of a formula are placed one by one, and a space is a distance
    assert {
        "ELU (", "α", " = 2)", "range (−2, ∞)", "function (forward pass)", "derivative (gradient)",
        "saturated:", "|f′|", " < 0.01", "asymptote ", "y=−α",
        "f(x)=xifx>0,α(ex−1)ifx≤0", "f′(x)=1ifx>0,αexifx≤0", "−10", "−5", "10", "2.0",
    } <= set(drawn)  # fmt: skip
    figure = actviz.plot("elu:2", derivative=True)
    figure.draw_without_rendering()
    written = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    assert len(drawn) == sum(len(list(filter(None, text.get_text().split("$")))) for text in written)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("compare", "swish", "elu", "--log-y"), {"Swish (", "β", " = 1)", "|f(x)|", "10⁻²"}),
        (("softmax", "1", "2", "--hardmax"), {"p=ez/sum", "exponentials", "0.7311"}),
    ],
)
def test_text_in_pdf_of_other_figures(run: Run, tmp_path: Path, arguments: tuple[str, ...], wanted: set[str]) -> None:
    """Names beside curves, powers of ten, numbers over bars, and a title with its own signs."""
    title = r"é (x) \ ∑"
    assert run(*arguments, "--title", title, "--out", "a.pdf").returncode == 0
    assert wanted | {title} <= set(pdf.texts(tmp_path / "a.pdf"))


def test_svg_has_tens_of_kilobytes() -> None:
    """The largest of the gallery's, too; an idea or a gated unit, with several panels and much to say, has more."""
    sizes = {path.name: path.stat().st_size for path in Path("gallery").glob("*.svg")}
    assert len(sizes) > 100
    for name, size in sizes.items():
        most = 200_000 if re.match("explain-|.*glu|bilinear", name) else 110_000
        assert size < most, name


def test_a_title_is_drawn_as_it_is(run: Run, tmp_path: Path) -> None:
    """No markup in it is read, neither TeX nor XML."""
    title = r"a $x$ & <b> \frac{ € _x^"
    assert run("plot", "relu", "--title", title, "--out", "t.svg").returncode == 0
    root = svg.read(tmp_path / "t.svg")
    assert any(
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == title for text in svg.words(root)
    )


def test_show_opens_one_format_of_each_figure(run: Run, tmp_path: Path) -> None:
    """With the system's viewer; without one, a remark says so and the figure is there."""
    (tmp_path / "bin").mkdir()
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.write_text('#!/bin/sh\necho "$1" >> opened\n')
    viewer.chmod(0o755)
    assert run("plot", "relu", "elu", "--show", PATH=f"{tmp_path / 'bin'}:/bin:/usr/bin").returncode == 0
    deadline = 100
    while deadline and not ((tmp_path / "opened").exists() and len((tmp_path / "opened").read_text().split()) == 2):
        run("--version")  # gives the viewer's process time
        deadline -= 1
    assert sorted((tmp_path / "opened").read_text().split()) == ["gallery/elu.png", "gallery/relu.png"]
    result = run("plot", "relu", "--show", PATH=str(tmp_path))
    assert result.returncode == 0
    assert "no viewer" in result.stderr


def test_side_by_side_gives_each_a_panel(run: Run, tmp_path: Path) -> None:
    """With the derivatives under the functions."""
    panels = draw(run, tmp_path, "compare", "sigmoid", "tanh", "relu", "--side-by-side", "--derivative")
    names = [name for panel in panels for name in panel.curves]
    assert sorted(names) == sorted(
        f"{kind}-0-{name}" for kind in ("function", "derivative") for name in ("sigmoid", "tanh", "relu")
    )


def test_a_long_name_is_cut_but_stays_different() -> None:
    """Two comparisons of many don't get the same file, and no name is too long for a file system."""
    specs = tuple(f"swish:{beta / 7!r}" for beta in range(1, 41))
    one, other = (Comparison(tuple(map(actviz.get, some)), side_by_side=True).name for some in (specs, specs[::-1]))
    assert one != other
    assert len(f"{one}.svg".encode()) <= 143


def test_figures_are_values() -> None:
    """However it is written, the same figure is equal to itself; its command says it in full."""
    assert Curve(actviz.get("LRELU:0.1")) == Curve(actviz.get("leaky-relu:alpha=0.1")) != Curve(actviz.get("leaky"))
    assert Curve(actviz.get("leaky:0.2"), derivative=True).name == "leaky_relu-derivative"
    figure = Curve(actviz.get("lrelu:0.1"), x=(-1, 2), title="a b")
    assert command(figure) == "actviz plot leaky_relu:negative_slope=0.1 --x -1 2 --title 'a b'"


def test_python_gives_figures_that_pyplot_knows_nothing_of() -> None:
    """`actviz.compare` returns a matplotlib figure, imports no pyplot and leaves the settings alone."""
    script = """
import sys, matplotlib as mpl, actviz
mpl.rcParams["lines.linewidth"] = 7
figure = actviz.compare("relu", "leaky:0.1", "elu", derivative=True, title="three")
print(len(figure.axes), "matplotlib.pyplot" in sys.modules, mpl.rcParams["lines.linewidth"])
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["2", "False", "7.0"]


def test_log_y_draws_a_zero_down_to_the_end() -> None:
    """Beside curves that vanish, a line through 0 doesn't stop halfway."""
    figure = actviz.compare("sigmoid", "tanh", "elu", log_y=True, x=(-40.0, 40.0))
    bottom, _ = figure.axes[0].get_ylim()
    assert bottom < 1e-15
    for curve in figure.axes[0].lines:
        if str(curve.get_gid()).endswith(("tanh", "elu")):
            assert np.nanmin(np.asarray(curve.get_ydata())) <= bottom


def test_log_y_shows_gradients_where_others_draw_0(run: Run, tmp_path: Path) -> None:
    """40 units out, the sigmoid's derivative is exp(-40) and its size is drawn there."""
    assert run("plot", "sigmoid", "--derivative", "--log-y", "--x", "-40", "40", "--format", "svg").returncode == 0
    assert (tmp_path / "gallery" / "sigmoid-derivative-log_y-x=-40_40.svg").exists()
    axes = actviz.plot("sigmoid", derivative=True, log_y=True, x=(-40, 40)).axes[1]
    assert axes.get_yscale() == "log"
    (curve,) = (line for line in axes.lines if line.get_gid() == "derivative-0-sigmoid")
    x, y = curve.get_data()
    assert (x[-1], y[-1]) == (40, pytest.approx(math.exp(-40)))
    assert axes.get_ylim()[0] < math.exp(-40)
    assert 4 < len(axes.get_yticks()) < 15


def test_log_y_says_what_sizes_hide() -> None:
    """|f| in the heading, negative stretches dashed, every zero down to the floor, stretches of zeros in words."""
    figure = actviz.plot("gelu", derivative=True, log_y=True, x=(-10, 10))
    assert [one.get_text()[:6] for one in figure.findobj(Text) if "where" in one.get_text()] == ["$|f(x)", "$|f′(x"]
    for axes, zero in zip(figure.axes, (0.0, -0.7517915246935645), strict=True):
        (curve,) = (line for line in axes.lines if re.match("function|derivative", str(line.get_gid())))
        assert curve.negative == [(-10, pytest.approx(zero, abs=1e-12))]
        x, y = map(np.asarray, curve.get_data())
        assert np.nanmin(y[np.abs(x - zero) < 1e-3]) < axes.get_ylim()[0]
        assert max(axes.get_yticks()) <= 1.05 * np.nanmax(y)
        assert any(text.get_text().startswith("dashed: ") for text in axes.texts)
    for axes, words in zip(actviz.plot("relu", derivative=True, log_y=True).axes, ("f", "f′"), strict=True):
        assert [text.get_text() for text in axes.texts] == [f"${words} = 0$ here"]
    for axes in actviz.plot("sigmoid", derivative=True, log_y=True, x=(3, 40)).axes:
        assert not axes.texts
        (curve,) = (line for line in axes.lines if re.match("function|derivative", str(line.get_gid())))
        assert max(axes.get_yticks()) <= 1.05 * np.nanmax(curve.get_ydata())


def test_negative_stretches_are_dashed_in_the_file(run: Run, tmp_path: Path) -> None:
    """A line of its own, with dashes; what is positive is solid."""
    run("plot", "tanh", "--log-y", "--out", "a.svg")
    groups = {one.get("id"): one for one in svg.read(tmp_path / "a.svg").iter("g")}
    for name, dashed in (("function-0-tanh", False), ("function-0-tanh-negative", True)):
        (path,) = groups[name].iter("path")
        assert ("stroke-dasharray" in path.get("style", "")) == dashed


WINDOWS = itertools.cycle([(-10.0, 10.0), (-1000.0, 1000.0), (-1e-3, 2e-3)])
OTHERS = [name for name in actviz.names() if name != "linear"]


@pytest.mark.parametrize(("one", "other", "window"), list(zip(OTHERS[::2], [*OTHERS[1::2], "linear"], WINDOWS)))
def test_log_y_draws_the_size_of_any_activation(one: str, other: str, window: tuple[float, float]) -> None:
    """What is negative is drawn by its size, what is 0 is a gap; straight between samples on the logarithmic axis."""
    names = list(dict.fromkeys((one, other, "linear")))  # the line has values in any window
    figure = actviz.compare(*names, derivative=True, log_y=True, x=window)
    for axes, kind in zip(figure.axes, ("function", "derivative"), strict=True):
        lines = {line.get_gid(): line for line in axes.lines}
        for place, name in enumerate(names):
            activation = actviz.get(name)
            evaluate = activation if kind == "function" else activation.derivative
            x, y = map(np.asarray, lines[f"{kind}-{place}-{name}"].get_data())
            drawn = np.isfinite(y)
            assert (y[drawn] > 0).all()
            kinks = [kink.x for kink in activation.kinks]
            twice = np.append(np.diff(x) == 0, False)  # where a sign changes, the curve goes to the floor and back
            at = drawn & ~np.isin(x, [*kinks, *x[twice]])
            assert y[at] == pytest.approx(np.abs(evaluate(x[at])), rel=1e-12), f"the {kind} of {name}"
