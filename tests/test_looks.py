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
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import actviz
from actviz.figures import Comparison, Curve, SoftmaxExample
from actviz.output.rendering import render
from actviz.style import SIZES
from actviz.vector import Softmax
from tests import svg
from tests.conftest import Run

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
    """All that is written, and where; what is written in the same words gets a number."""
    figure.draw_without_rendering()
    drawn = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return {f"{number} {text.get_text()}": text.get_window_extent() for number, text in enumerate(drawn)}


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


@pytest.mark.parametrize("name", actviz.names())
def test_no_text_is_clipped_or_lies_on_another(name: str) -> None:
    """Plot, derivative and comparison with ReLU, in both themes and all sizes."""
    for kind, theme, size in itertools.product(KINDS, THEMES, SIZES):
        try:
            assert_readable(draw(name, kind, theme=theme, size=size))
        except AssertionError as error:
            raise AssertionError(f"{kind} {theme} {size}: {error}") from None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 12, 13, 30, 31, 200])
def test_softmax_is_readable_for_few_and_many_logits(count: int, size: str) -> None:
    """With labels at all bars that are shown."""
    logits = tuple(round(float(z), 1) for z in np.linspace(-3, 4, count))
    picture = SoftmaxExample(Softmax(logits), size=size)
    with picture.styled():
        assert_readable(picture.draw())


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    logits=st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40),
    temperature=st.sampled_from([1.0, 0.001, 0.5, 10.0]),
    decimals=st.integers(0, 15),
    hardmax=st.booleans(),
    size=st.sampled_from([*SIZES, (12.0, 3.0), (5.0, 9.0)]),
)
def test_softmax_is_readable_whatever_the_numbers(size: str | tuple[float, float], **values: Any) -> None:
    """Long numbers stand up, and become smaller before they reach what stands around the bars."""
    picture = SoftmaxExample(
        Softmax(tuple(values.pop("logits")), temperature=values.pop("temperature")), **values, size=size
    )
    with picture.styled():
        assert_readable(picture.draw())


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    specs=st.lists(st.sampled_from([*actviz.names(), "leaky:0.01", "swish:10"]), min_size=2, max_size=12, unique=True),
    start=st.floats(-2e3, 2e3),
    width=st.sampled_from([None, 0.003, 1.0, 30.0, 4e3]),
    size=st.sampled_from([*SIZES]),
    derivative=st.booleans(),
    side_by_side=st.booleans(),
    log_y=st.booleans(),
)
def test_any_comparison_is_readable(specs: list[str], start: float, width: float | None, **look: Any) -> None:
    """Up to twelve, in any window."""
    x = None if width is None else (start, start + width)
    assert_readable(actviz.compare(*specs, x=x, **look))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_colours_can_be_told_apart(theme: str, sight: str) -> None:
    """Six curves, by colour alone, whatever cones a reader lacks; distances of 14 are far beyond just noticeable."""
    figure = actviz.compare(*(f"swish:{beta}" for beta in range(1, 7)), theme=theme)
    colours = [line.get_color() for line in figure.axes[0].lines if str(line.get_gid()).startswith("function")]
    assert len(colours) == 6
    assert min(distance(*pair, sight) for pair in itertools.combinations(colours, 2)) >= 14


def test_line_styles_tell_curves_apart_too() -> None:
    """Of twelve curves no two have colour and dashes in common, of six no two the dashes; later ones are thinner."""
    lines = [
        line
        for line in actviz.compare(*(f"swish:{beta}" for beta in range(1, 13))).axes[0].lines
        if str(line.get_gid()).startswith("function")
    ]
    dashes = [str(line._unscaled_dash_pattern) for line in lines]  # type: ignore[attr-defined]
    assert len(set(dashes[:6])) == 6
    assert len(set(zip(dashes, (line.get_color() for line in lines), strict=True))) == 12
    widths = [line.get_linewidth() for line in lines]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 2 * widths[-1]


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
    ("size", "inches"), [("slide", (9.6, 5.4)), ("square", (6, 6)), ("paper", (3.4, None)), ("docs", (6.4, None))]
)
def test_sizes(size: str, inches: tuple[float, float | None], run: Run, tmp_path: Path) -> None:
    """In inches, or what that is in points; the type on paper is 6 points or larger, on a slide 11 or larger."""
    assert run("plot", "sigmoid", "--derivative", "--size", size, "--out", "a.svg").returncode == 0
    root = ET.parse(tmp_path / "a.svg").getroot()
    width, height = (float(root.get(side, "").removesuffix("pt")) / 72 for side in ("width", "height"))
    assert width == pytest.approx(inches[0])
    assert inches[1] is None or height == pytest.approx(inches[1])
    figure = actviz.plot("sigmoid", derivative=True, size=size)
    smallest = min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text())
    assert smallest >= {"slide": 11, "paper": 6, "docs": 8, "square": 9}[size]


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
    pngs = [
        (tmp_path / name).read_bytes()
        for name in ("auto/compare-relu-elu-gelu.png", "light/compare-relu-elu-gelu-light.png")
    ]
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
    assert set(names) == {"ReLU", "ReLU6"}
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
    same = actviz.compare("relu", "maxout:0/1,0/0")
    assert [text.get_text() for text in same.legends[0].get_texts()] == ["ReLU", "Maxout ($w$ = 0/1, $b$ = 0/0)"]
    assert not same.axes[0].texts


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


NOTES = {
    "sigmoid": (["1", "saturated: |f′| < 0.01"], ["largest slope 0.25 at x = 0"]),
    "elu:2": ([r"$-\alpha$ = −2", "|f′| < 0.01"], []),
    "selu": ([r"$-\lambda\,\alpha$ = −1.758", "saturated: |f′| < 0.01"], []),
    "relu6": (["6", "saturated: |f′| < 0.01"], []),
    "tanh": (["1", "−1", "saturated: |f′| < 0.01"], ["largest slope 1 at x = 0"]),
    "softplus": (["$y = x$", "saturated: |f′| < 0.01"], []),
    "leaky:0.1": ([], []),
}


@pytest.mark.parametrize("spec", NOTES)
def test_notes(spec: str) -> None:
    """Limits with their values and symbols, saturation, asymptotes and the largest slope; none with `--no-notes`."""
    figure = actviz.plot(spec, derivative=True)
    assert tuple(sorted(text.get_text() for text in axes.texts) for axes in figure.axes) == tuple(
        map(sorted, NOTES[spec])
    )
    bare = actviz.plot(spec, derivative=True, notes=False)
    assert not any(axes.texts or axes.patches for axes in bare.axes)
    assert not [line for axes in bare.axes for line in axes.lines if line.get_gid() in ("limit", "peak-0", "asymptote")]


def test_no_notes_from_the_command_line(run: Run, tmp_path: Path) -> None:
    """In all commands that draw."""
    for arguments, note in (
        (("plot", "sigmoid", "--derivative"), "largest slope 0.25 at x = 0"),
        (("compare", "sigmoid", "tanh", "--side-by-side"), "−1"),
        (("softmax", "-3", "1.5", "2.7"), "2 above 1"),
    ):
        run(*arguments, "--out", "with.svg")
        run(*arguments, "--no-notes", "--out", "without.svg")
        shown = [svg.words(svg.read(tmp_path / f"{name}.svg")) for name in ("with", "without")]
        assert shown[0].count(note) > shown[1].count(note)


@pytest.mark.parametrize("name", actviz.names())
def test_what_is_tinted_is_saturated_and_what_is_not_is_not(name: str) -> None:
    """|f'| < 0.01 in all of a stretch, and not in a wide one beside it."""
    activation = actviz.get(name)
    for axes in actviz.plot(name, derivative=True).axes:
        x = np.linspace(*axes.get_xlim(), 2001)[1:-1]
        kinks = [kink.x for kink in activation.kinks]
        x = x[~np.isclose(x[:, None], kinks, atol=0.02).any(axis=1)] if kinks else x
        inside = np.zeros(x.shape, dtype=bool)
        for patch in axes.patches:
            box = patch.get_extents().transformed(axes.transData.inverted())
            inside |= (box.x0 < x) & (x < box.x1)
        flat = np.abs(activation.derivative(x)) < 0.01
        assert flat[inside].all()
        assert np.mean(flat & ~inside) < 0.03


def test_bands_and_families_say_what_they_are() -> None:
    """RReLU's band and mean, PReLU's slopes that learning may reach, Maxout's pieces under their maximum."""
    for name, words in (
        ("rrelu", ["their mean, for testing", "slopes that training draws from"]),
        ("prelu", ["slope at the start", "slopes that learning may reach, 0 to 1"]),
        ("maxout", ["their maximum", "the pieces"]),
    ):
        (axes,) = actviz.plot(name).axes
        (legend,) = axes.findobj(Legend)
        assert [text.get_text() for text in legend.get_texts()] == words
    (axes,) = actviz.plot("maxout").axes
    pieces = [line for line in axes.lines if line.get_zorder() == 2]
    curve = next(line for line in axes.lines if str(line.get_gid()).startswith("function"))
    assert len(pieces) == 3
    assert all(piece.get_linewidth() < curve.get_linewidth() / 2 for piece in pieces)
    assert any("$\\beta$ = 1" in text.get_text() for text in actviz.plot("swish").findobj(Text))


def test_softmax_says_what_keeps_logits_from_being_probabilities(run: Run, tmp_path: Path) -> None:
    """Below 0, above 1, a wrong sum; nothing of that if they are probabilities; a temperature other than 1."""
    run("softmax", "-3", "1.5", "2.7", "--out", "a.svg")
    words = svg.words(svg.read(tmp_path / "a.svg"))
    assert {"sum 1.2, not 1", "1 below 0", "2 above 1", "sum 19.4112", "sum 1.0000", "step 3"} <= set(words)
    assert [words.count(mark) for mark in ("< 0", "> 1")] == [1, 2]
    run("softmax", "0.25", "0.75", "--temperature", "2", "--out", "b.svg")
    words = svg.words(svg.read(tmp_path / "b.svg"))
    assert "sum 1" in words
    assert "Softmax of 2 logits at temperature 2" in words
    assert not {"< 0", "> 1", "1 above 1"} & set(words)


def test_of_many_logits_some_are_shown_in_order(run: Run, tmp_path: Path) -> None:
    """Thirty, from the largest to the smallest, named by their class, with a note; the sum is that of all."""
    run("softmax", *map(str, range(100)), "--out", "a.svg")
    words = svg.words(svg.read(tmp_path / "a.svg"))
    assert "sorted; 30 of 100 shown" in words
    assert "sum 4950, not 1" in words
    first = words[words.index("100") :][:30]
    assert first == sorted(first, key=int, reverse=True)
    assert (first[0], first[-1]) == ("100", "1")
    assert first[:20] == [str(number) for number in range(100, 80, -1)]  # the likely ones: of the rest some


def test_by_hand_no_exponential_is_said_to_be_above_0(run: Run, tmp_path: Path) -> None:
    """It may have been rounded to 0; the figure says to what."""
    run("softmax", "-9", "1000.5", "1001.25", "--temperature", "250", "--by-hand", "--out", "a.svg")
    words = svg.words(svg.read(tmp_path / "a.svg"))
    assert "each to 2 decimals" in words
    assert "all above 0" not in words
    assert {"1000.5", "1001.25", "sum 1992.75, not 1"} <= set(words)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("leaky:0.01", "x < 0 enlarged: y from −0.1 to 0"),
        ("gelu", "x < 0 enlarged: y from −0.17 to 0"),
        ("swish", "x < 0 enlarged: y from −0.2785 to 0"),
    ],
)
def test_what_is_too_small_to_be_seen_is_enlarged(spec: str, words: str) -> None:
    """A slope of 0.01 doesn't look like 0, nor a dip like nothing: the left half again, most of a height."""
    (axes,) = actviz.plot(spec).axes
    (inset,) = axes.child_axes
    assert words in [text.get_text() for text in axes.texts]
    (curve,) = inset.lines
    x, y = np.asarray(curve.get_xydata()).T
    assert (x[0], x[-1]) == (-10, 0)
    assert y == pytest.approx(actviz.get(spec)(x))
    low, high = inset.get_ylim()
    assert np.ptp(y) > 0.5 * (high - low)


def test_what_can_be_seen_is_not_enlarged() -> None:
    """Nor what is nothing but a constant, what is asked to be without notes, a derivative, or powers of ten."""
    for spec in ("leaky:0.5", "relu", "sigmoid", "elu", "linear", "rrelu"):
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


def test_a_legend_leaves_the_curves_most_of_the_figure() -> None:
    """On a slide and on a square, twelve names stand in columns."""
    specs = actviz.names()[:8] + actviz.names()[9:13]
    for size in ("slide", "square"):
        figure = actviz.compare(*specs, size=size)
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
