"""`actviz explain`: every idea in words and as a figure, with numbers that were worked out otherwise too."""

import itertools
import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.text import Text

import actviz
from actviz.errors import InputError
from actviz.figures import Idea, ideas
from actviz.figures.ideas import IDEAS
from actviz.lessons.surrogates import SURROGATES
from actviz.model import Activation
from actviz.registry import get, names
from tests import svg
from tests.conftest import Run
from tests.made_up import MADE_UP
from tests.test_looks import assert_readable

WITH_NAMES = [word for word, kind in IDEAS.items() if kind.most]
MINE = list(MADE_UP.values())
LESS: dict[str, dict[str, Any]] = {"vanishing": {"depth": 3}, "signal": {"depth": 3}, "linear": {"units": 3}}
"""Options with which an idea is worked out more quickly."""


def words(idea: str, *specs: str, **options: Any) -> str:
    """All that an idea says, with a hyphen for minus."""
    return " ".join(ideas.make(idea, map(get, specs), options).words).replace("−", "-")


def numbers(text: str) -> list[float]:
    """The numbers in a text, with powers of ten as they are printed."""
    found = re.findall(r"-?\d+(?:\.\d+)?(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", text)
    whole = re.findall(r"(-?\d+(?:\.\d+)?)(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", text)
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return [float(one) * 10.0 ** int(power.translate(digits) or 0) for one, power in zip(whole, found, strict=True)]


def after(text: str, start: str) -> list[float]:
    """The numbers that follow a phrase."""
    assert start in text, text
    return numbers(text.partition(start)[2])


# the command line


def test_alone_it_lists_the_ideas(run: Run) -> None:
    """Word, what it shows, which activations and options it takes; as JSON with defaults and bounds."""
    result = run("explain")
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["idea", *IDEAS]
    for line, kind in zip(lines[1:], IDEAS.values(), strict=True):
        assert f"  {kind.summary}  " in line
    assert re.search(r"^vanishing  +.*  1 to 6: sigmoid tanh relu  +--depth --weights$", result.stdout, re.M)
    data = {one["idea"]: one for one in json.loads(run("explain", "--json").stdout)}
    assert data["kink"]["activations"] == {"least": 1, "most": 2, "usual": ["relu", "gelu"]}
    assert data["vanishing"]["options"][0] == {
        "option": "--depth", "help": "The number of layers.", "default": 30, "low": 1, "high": 200,
    }  # fmt: skip


@pytest.mark.parametrize("word", IDEAS)
def test_the_words_are_printed_and_describe_the_figure(word: str, run: Run, tmp_path: Path) -> None:
    """The same ones: in the terminal, in its JSON, and in the file for screen readers."""
    options = [f"--{name}={value}" for name, value in LESS.get(word, {}).items()]
    printed = run("explain", word, *options, "--no-figure")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert not list(tmp_path.iterdir())
    told = printed.stdout.splitlines()
    assert 2 <= len(told) <= 9
    assert all(line.endswith((".", ":")) for line in told)
    drawn = run("explain", word, *options, "--out", "a.svg")
    assert drawn.stdout.splitlines() == [*told, "a.svg"]
    (described,) = [one.text for one in svg.read(tmp_path / "a.svg").iter("desc")]
    assert described == " ".join(told)
    data = json.loads(run("explain", word, *options, "--json", "--no-figure").stdout)
    assert (data["idea"], data["words"], data["files"]) == (word, told, [])


def test_standard_output_takes_the_figure_alone(tmp_path: Path) -> None:
    """The words are then on standard error."""
    command = [sys.executable, "-m", "actviz", "explain", "kink", "--out", "-", "--format", "svg"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert result.stdout.startswith(b"<?xml")
    assert result.stderr.startswith(b"ReLU is continuous at x = 0")


def test_words_alone_load_no_matplotlib() -> None:
    """Nor does the list of ideas."""
    script = """import sys
from actviz.figures.ideas import IDEAS
from actviz.lessons.surrogates import SURROGATES
from actviz.terminal import ideas
assert ideas.rows() and ideas.data()
for kind in IDEAS.values():
    assert kind().words
assert "matplotlib" not in sys.modules"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("vanish",), "unknown idea 'vanish'; did you mean 'vanishing'?"),
        (("xyz",), "unknown idea 'xyz'; there are approximations, aprelu"),
        (("--json", "kink"), "--json belongs after kink"),
        (("vanishing", "--depth", "0"), "--depth 0 is outside [1, 200]"),
        (("vanishing", "--depth", "201"), "--depth 201 is outside [1, 200]"),
        (("vanishing", "--weights", "kept,kept"), "--weights has 'kept' twice"),
        (("vanishing", "--weights", "kept,"), "--weights must be kept, xavier, he or a number, not ''"),
        (("vanishing", "--weights", "1,2,3,4"), "--weights takes 1 to 3 rules, not 4"),
        (("vanishing", "--weights", "hee"), "not 'hee'; did you mean 'he'?"),
        (("vanishing", "--weights", "-1"), "--weights must have a finite variance above 0"),
        (("vanishing", "rleu"), "unknown activation 'rleu'; did you mean 'relu'?"),
        (("vanishing", "relu", "relu"), "relu is given twice"),
        (
            ("zigzag", "relu", "elu", "tanh", "mish", "gelu"),
            "5 activations are too many for zigzag; it takes 4 at most",
        ),
        (("kink", "gelu"), "gelu has no kink; give relu, leaky_relu, relu6, "),
        (("kink", "relu6", "--at", "1"), "--at 1 isn't a kink of relu6, whose kinks are 0 and 6"),
        (("kink", "relu6", "--at", "6.0001"), "--at 6.0001 isn't a kink of relu6"),
        (("kink", "relu", "heaviside"), "heaviside jumps at 0, within 1 of the kink at 0"),
        (("kink", "relu", "hardshrink"), "hardshrink jumps at −0.5, within 1 of the kink at 0"),
        (("contours", "relu"), "contours takes no activations"),
        (("contours", "--spread", "0"), "--spread 0 is outside [0.01, 100]"),
        (("contours", "--correlation", "1"), "--correlation 1 is outside [-0.99, 0.99]"),
        (("linear", "--units", "0"), "--units 0 is outside [1, 60]"),
        (("linear", "--units", "two"), "--units"),
        (("dying", "--rate", "2"), "--rate takes two numbers, a small and a large one, not 1"),
        (("dying", "--rate", "2,1"), "--rate takes a small and then a large number, not 2 and 1"),
        (("dying", "--rate", "1,x"), "--rate 'x' is not a number"),
        (("dying", "--rate", "0,1"), "--rate 0 is outside [1e-06, 1000]"),
        (("bends", "--units", "2,2.5"), "--units '2.5' is not a whole number"),
        (("bends", "--units", "2,2"), "--units has 2 twice"),
        (("bends", "--units", "1,2,3,4,5,6,7"), "--units takes 1 to 6 numbers, not 7"),
        (("saturation", "--x", "1", "1"), "the x range is empty"),
        (("transform", "--slope", "0"), "--slope 0 turns all six samples into 0"),
        (("approximations", "relu"), "relu has no approximation in use; give gelu"),
        (("losses", "--start", "31"), "--start 31 is outside [-30, 30]"),
        (("outputs", "--depth", "3"), "No such option: --depth"),
        (("linear", "--size", "1", "1"), "1 x 1 inches is too small for this figure"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2, one clear message, nothing written and nothing on standard output."""
    result = run("explain", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert not list(tmp_path.iterdir())


def test_words_are_found_whatever_their_case(run: Run) -> None:
    """As activations are."""
    assert run("explain", "KINK", "--no-figure").stdout == run("explain", "kink", "--no-figure").stdout


def test_help_says_what_an_idea_takes(run: Run) -> None:
    """Activations, the article's ones, options with their defaults, and an example that works."""
    said = run("explain", "dying", "--help").stdout
    for part in ("1 to 4 activations instead of relu, leaky_relu:0.1", "--rate", "[default: 1,2.5]", "--steps"):
        assert part in re.sub(r"\s+", " ", said)
    assert "NAME <" not in run("explain", "contours", "--help").stdout
    for kind in IDEAS.values():
        assert run("explain", kind.word, *kind.example, "--no-figure").returncode == 0


# from Python


def test_python_gives_a_figure() -> None:
    """One of matplotlib's, with the words as its description; of activations of one's own, too."""
    figure = actviz.explain("vanishing", "relu", depth=50, weights="he")  # one value for a list of one
    assert isinstance(figure, Figure)
    mine = MINE[0]
    own = actviz.explain("saturation", mine, get("tanh"), size="slide", theme="dark", title="Mine", notes=False)
    assert mine.title in own.about.description  # type: ignore[attr-defined]
    for wrong, message in (
        (lambda: actviz.explain("vanish"), "did you mean 'vanishing'"),
        (lambda: actviz.explain("vanishing", dpeth=3), "vanishing has no option 'dpeth'; did you mean 'depth'?"),
        (lambda: actviz.explain("losses", steps=3), "losses has no option 'steps'"),
        (lambda: actviz.explain("vanishing", depth=1.5), "depth must be a whole number, not 1.5"),
        (lambda: actviz.explain("contours", "relu"), "contours takes no activations"),
        (lambda: actviz.explain(5), "unknown idea '5'"),  # type: ignore[arg-type]
    ):
        with pytest.raises(InputError, match=re.escape(message)):
            wrong()


def test_the_articles_activations_are_the_usual_ones() -> None:
    """Naming them gives the same figure, under the same name."""
    for kind in IDEAS.values():
        assert kind(given=tuple(map(get, kind.usual))) == kind()
        assert kind().name == f"explain-{kind.word}"
    assert IDEAS["vanishing"](given=(get("relu"), get("selu")), depth=100, weights=("kept",)).name == (
        "explain-vanishing-relu-selu-depth=100-weights=kept"
    )


# every activation


@pytest.mark.parametrize("word", WITH_NAMES)
def test_every_activation_has_words_or_a_message(word: str) -> None:
    """Also those of one's own; each message says what would do instead."""
    for activation in [*map(get, names()), *MINE]:
        try:
            told = IDEAS[word](given=(activation,), **LESS.get(word, {})).words
        except InputError as error:
            told = [str(error)]
            pattern = rf"^{activation.spec} .*(; give |only one output|no finite)"
        else:
            pattern = rf"^(?!.*\bnan\b).*({re.escape(activation.title)}|Without an activation)"
        assert re.search(pattern, " ".join(told))


def test_activations_can_be_drawn() -> None:
    """Every third, another idea for each; sizes and themes take turns."""
    kinds = itertools.cycle(
        ["vanishing", "linear", "dying", "saturation", "outputs", "zigzag", "signal", "quantisation"]
    )
    looks = itertools.cycle(itertools.product(["docs", "paper", "slide", "square", "phone"], ["light", "dark"]))
    for activation, word in zip([*map(get, names()), *MINE][::3], kinds):
        size, theme = next(looks)
        try:
            picture = IDEAS[word](given=(activation,), size=size, theme=theme, **LESS.get(word, {}))
        except InputError:
            continue
        assert_readable(picture.figure())


# pictures


@pytest.mark.parametrize("word", IDEAS)
def test_ideas_are_readable(word: str) -> None:
    """No text on text, none clipped; the gallery has them in the size of documentation."""
    turn = list(IDEAS).index(word)
    size, theme = ("slide", "square", "paper", "phone")[turn % 4], ("light", "dark")[turn % 3 % 2]
    assert_readable(IDEAS[word](size=size, theme=theme, **LESS.get(word, {})).figure())


@pytest.mark.parametrize(
    ("word", "specs", "options"),
    [
        ("vanishing", "sigmoid tanh relu leaky:0.1", {"weights": ("kept", "xavier", "0.5"), "depth": 60}),
        ("vanishing", "exp maxout", {"depth": 1}),
        ("saturation", "elu sigmoid leaky relu", {"threshold": 1e-12, "size": "slide"}),
        ("kink", "relu6 leaky:0.3", {"at": 6.0}),
        ("dying", "exp linear", {"rate": (0.5, 900.0), "steps": 1}),
        ("zigzag", "elu mish", {"batch": False, "size": (4.0, 3.0)}),
        ("contours", "", {"spread": 100.0, "correlation": -0.99}),
        ("transform", "", {"slope": -2.0}),
        ("quantisation", "sigmoid", {"bits": 1}),
        ("losses", "", {"start": 30.0, "size": (12.0, 3.0)}),
    ],
)
def test_ideas_are_readable_with_other_arguments(word: str, specs: str, options: dict[str, Any]) -> None:
    """At the ends of what they take."""
    assert_readable(ideas.make(word, map(get, specs.split()), options).figure())


@pytest.mark.parametrize("word", ["linear", "zigzag", "contours", "kink", "transform"])
@pytest.mark.parametrize("size", ["slide", (9.0, 3.5)])
def test_planes_are_square_with_equal_units(word: str, size: Any) -> None:
    """A circle looks like one."""
    figure = IDEAS[word](size=size, **LESS.get(word, {})).figure()
    for axes in figure.axes:
        width, height = axes.bbox.size
        assert width == pytest.approx(height)
    # the slopes of difference quotients have no units of length
    for axes in figure.axes[:1] if word == "kink" else figure.axes:
        across, up = (np.ptp(limits) for limits in (axes.get_xlim(), axes.get_ylim()))
        assert across == pytest.approx(up)


def test_one_below_another_panels_are_in_the_order_in_which_they_are_read() -> None:
    """What happens to one sample after what happens to another; nothing else would say whose averages they are."""
    steps = {
        "aprelu": 3 * ["1  feature map", "2  averages", "3  slopes", "4  its functions"],
        "transform": ["samples", "PReLU: slope 0.25", "afterwards: 2.07", "samples", "APReLU: own slopes",
                      "afterwards: 8.64"],
    }  # fmt: skip
    for word, titles in steps.items():
        figure = IDEAS[word](size="phone").figure()
        found = sorted(figure.texts, key=lambda text: -text.get_position()[1])
        assert [text.get_text() for text in found if text.get_text() in titles] == titles


def test_on_a_phone_the_difference_quotient_can_be_read() -> None:
    """Its letters are as large as those of other formulas, and its cross is named."""
    words = {text.get_text() for text in IDEAS["kink"](size="phone").figure().findobj(Text)}
    assert r"$\dfrac{f(h) - f(0)}{h}$" in words
    assert "central\ndifference: 0.5" in words


def test_axes_of_numbers_have_names() -> None:
    """Below every panel."""
    names = {"bends": "$x$", "linear": "$x_1$; up: $x_2$", "surrogate": "$x$"}
    for word, name in names.items():
        figure = IDEAS[word](size="phone", **LESS.get(word, {})).figure()
        assert [text.get_text() for text in figure.findobj(Text)].count(name) == len(figure.axes)


def test_averages_are_written_at_all_bars() -> None:
    """At the highest, too, where text can't become smaller."""
    for size in ("docs", "phone"):
        figure = IDEAS["aprelu"](size=size).figure()
        averages = [axes for axes in figure.axes if len(axes.patches) and axes.get_xlim() == (0, 4)]
        assert [len(re.findall(r"\d\.\d\d", " ".join(t.get_text() for t in axes.texts))) for axes in averages] == [
            4
        ] * 3


def test_contours_are_exact_ellipses_which_the_steps_leave_at_right_angles() -> None:
    """Those of the quadratic, through the start and by factors of two; each step goes along the gradient there."""
    figure = actviz.explain("contours", spread=3.0)
    axes = figure.axes[0]
    (path,) = [line for line in axes.lines if line.get_gid() == "path"]
    x, y = np.array(path.get_data())
    ellipses = {patch.get_gid(): patch for patch in axes.patches if isinstance(patch, Ellipse)}
    through = ellipses["contour-0"]
    assert (x[0] / through.width * 2) ** 2 + (y[0] / through.height * 2) ** 2 == pytest.approx(1)
    assert ellipses["contour-2"].width == pytest.approx(2 * through.width)
    gradient = np.array([x, 9 * y])[:, :-1]
    steps = np.diff([x, y])
    assert gradient[0] * steps[1] - gradient[1] * steps[0] == pytest.approx(0, abs=1e-12)


def test_what_is_drawn_is_what_is_said() -> None:
    """The last values of the curves in the figure are those of the words."""
    told = words("vanishing", "sigmoid", "relu", depth=47)
    figure = actviz.explain("vanishing", "sigmoid", "relu", depth=47)
    ends = [float(line.get_ydata()[-1]) for line in figure.axes[1].lines if str(line.get_gid()).startswith("gradient")]
    said = [*after(told, "that keep the signal: ")[:2], *after(told, "of variance 1/n: Sigmoid")[:2]]
    assert sorted(said) == pytest.approx(sorted(ends), rel=5e-3)


def test_no_notes_leave_out_words_within_the_axes() -> None:
    """Titles stay."""
    with_notes, without = (
        {text.get_text() for axes in actviz.explain("zigzag", notes=notes).axes for text in axes.texts}
        for notes in (True, False)
    )
    assert {"start", "optimum"} <= with_notes
    assert not without


def test_shown_are_all_activations_that_take_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever function is called for the sentences or for the figure; the errata are the articles' own."""
    called: set[str] = set()
    evaluate = Activation._evaluate

    def spy(self: Activation, function: Any, x: Any) -> Any:
        called.add(self.name)
        return evaluate(self, function, x)

    monkeypatch.setattr(Idea, "words", ["…"])
    monkeypatch.setattr(Activation, "_evaluate", spy)
    for kind in IDEAS.values():
        called.clear()
        picture = kind(**LESS.get(kind.word, {}))
        assert picture.sentences
        picture.figure()
        shown = {one.name for one in picture.shown}
        assert {name for name in called if not name.startswith("mirrored_")} <= shown, kind.word


# numbers, for other inputs than the article's


def test_vanishing() -> None:
    """ReLU loses √½ a layer with variance 1/n; a linear stack with variance g/n gives g^(L/2)."""
    told = words("vanishing", "relu", "linear", depth=47, weights=("kept", "xavier", "0.25"))
    assert after(told, "that keep the signal: ReLU")[:2] == [1, 1]
    assert after(told, "of variance 1/n: ReLU")[:2] == [pytest.approx(2**-23.5, rel=5e-3), 1]
    quarter = [pytest.approx(8**-23.5, rel=5e-3), pytest.approx(0.25**23.5, rel=5e-3)]
    assert after(told, "of variance 0.25/n: ReLU")[:2] == quarter
    assert after(told, "steepest: ReLU")[0] == 1
    assert "overflows in layer" in words("vanishing", "exp", depth=20)


def test_signal() -> None:
    """ReLU halves the mean square with variance 1/n."""
    told = words("signal", "relu", "linear", depth=7)
    assert after(told, "(too small): ReLU")[:2] == [pytest.approx(4.0**-7, rel=5e-3), pytest.approx(2.0**-7, rel=5e-3)]
    assert after(told, "(Xavier, LeCun): ReLU")[0] == pytest.approx(2.0**-7, rel=5e-3)
    assert after(told, "(He): ReLU")[:2] == [1, pytest.approx(128)]


def test_outputs() -> None:
    """Half-normal for ReLU, with the other half at 0; hard sigmoid's ends have the normal tails."""
    told = words("outputs", "relu", "hard_sigmoid:0.2", variance=4.0)
    mean = 2 / math.sqrt(2 * math.pi)
    assert after(told, "ReLU: mean")[:2] == [pytest.approx(mean, abs=1e-4), pytest.approx(2 - mean**2, abs=1e-4)]
    assert "half of all are exactly 0" in told
    tail = 100 * math.erfc(2.5 / 2 / math.sqrt(2)) / 2
    assert f"{tail:.1f}% of all are exactly 0; {tail:.1f}% of all are exactly 1" in told


def test_saturation() -> None:
    """Where tanh' falls below a threshold, and ReLU's exact 0."""
    told = words("saturation", "tanh", "relu", threshold=0.001)
    end = math.acosh(math.sqrt(1000))
    assert after(told, "Tanh saturates on both sides: its slope tends to 0, and is below 0.001 to the left of x =")[
        0
    ] == (pytest.approx(-end, abs=5e-4))
    assert "ReLU saturates on the left: its slope is exactly 0 to the left of x = 0." in told
    assert "-f(-x) of ReLU saturates on the right" in told


def test_kink() -> None:
    """Slopes on both sides, their mean, the subgradients; where it bends downwards there are none."""
    told = words("kink", "leaky:0.3")
    assert "0.3 from the left and 1 from the right" in told
    assert "any slope from 0.3 to 1" in told
    assert "gives 0.65 for any h" in told
    assert "is 0.3 for h = -0.001 and 1 for h = 0.001" in told
    assert "there is no subgradient" in words("kink", "relu6", at=6.0)


def test_linear() -> None:
    """A straight line gets as many right as least squares on the bare inputs; three ReLUs get 112."""
    told = words("linear", "linear", "relu", units=3)
    k = np.arange(60)
    radius = np.concatenate([np.sqrt((k + 0.5) / 60), 1.5 + 0.6 * np.mod(0.6180339887498949 * k, 1)])
    angle = np.concatenate([k * math.pi * (3 - math.sqrt(5)), 2 * math.pi * (k + 0.5) / 60])
    target = np.repeat([1.0, -1.0], 60)
    features = np.column_stack([np.ones(120), radius * np.cos(angle), radius * np.sin(angle)])
    plane = np.linalg.lstsq(features, target, rcond=None)[0]
    right = int((np.sign(features @ plane) == target).sum())
    assert after(told, "a straight line:")[0] == right == 60
    assert after(told, "a broken line:")[0] == 112


def test_zigzag() -> None:
    """Steps that a plain loop takes as well, and the condition number by numpy."""
    order = [0, 3, 6, 1, 4, 7, 2, 5]
    x = [[max(1.5 * part(2 * math.pi * (j + 0.5) / 8), 0.0) for part in (math.cos, math.sin)] for j in order]
    rate = 1 / max(a * a + b * b for a, b in x)
    w, steps = [0.0, 0.0], 0
    while math.hypot(w[0] - 1, w[1] + 1) > 0.01 * math.sqrt(2):
        a, b = x[steps % 8]
        error = (w[0] - 1) * a + (w[1] + 1) * b
        w = [w[0] - rate * error * a, w[1] - rate * error * b]
        steps += 1
    told = words("zigzag", "relu")
    assert f"It takes {steps} steps" in told
    assert "no step moves the weights opposite ways; 4 of 15 steps move both weights the same way" in told
    assert "opposite ways; none moves both weights" in words("zigzag", "heaviside")  # never both inputs and an error
    eigenvalues = np.linalg.eigvalsh(np.mean([np.outer(one, one) for one in x], axis=0))
    assert after(told, "κ =")[0] == pytest.approx(eigenvalues[1] / eigenvalues[0], rel=5e-3)


def test_contours() -> None:
    """κ and the steps to 1 % of a plain loop."""
    told = words("contours", spread=10.0, correlation=-0.9)
    w, steps, rate = np.array([-2.0, 1.0]), 0, 2 / 101
    while np.linalg.norm(w) > 0.01 * math.sqrt(5):
        w, steps = w * (1 - rate * np.array([1, 100])), steps + 1
    assert f"Inputs with spreads 1 and 10: κ = 100, {steps} steps." in told
    assert "correlation -0.9: κ = 19," in told


def test_dying() -> None:
    """The first step changes only b, by 13/18 of the rate."""
    told = words("dying", "relu", rate=(0.5, 3.0), steps=4)
    after_small = [0.5 * x + 1 - 0.5 * 13 / 18 for x in np.linspace(-1, 1, 9)]
    assert f"After one step with rate 0.5, {sum(z > 0 for z in after_small)} are live" in told
    assert "After one step with rate 3, 0 are live; it is dead from step 1 on, loss 0.104 after 4 steps" in told
    assert after(told, "kills it from rate")[0] == pytest.approx(27 / 13, abs=1e-4)
    shifted = [0.5 * (x + 2) + 1 - 3 * 13 / 18 for x in np.linspace(-1, 1, 9)]
    assert f"added 2 to x, {sum(z > 0 for z in shifted)} of 9 samples would be live" in told
    assert "It is dead before the first step, whatever the rate." in words("dying", "heaviside")


def test_losses() -> None:
    """When the neuron passes ½, by a plain loop."""
    told = words("losses", start=-2.0)
    for name, factor in (("cross-entropy", lambda y: 1.0), ("squared error", lambda y: y * (1 - y))):
        z, step = -2.0, 0
        while z <= 0:
            y = 1 / (1 + math.exp(-z))
            z, step = z + 2 * 0.15 * (1 - y) * factor(y), step + 1
        assert f"in step {step} with {name}" in told
    assert "rate 0.15 is above 1/2 from the start" in words("losses", start=4.0)


def test_transform_and_aprelu() -> None:
    """One slope changes no ratio; the slopes of sample B by the formulas."""
    ratio = after(words("transform", slope=0.7), "stays as it is,")[0]
    assert ratio == after(words("transform", slope=0.2), "stays as it is,")[0] == 2.0704
    h = max(1.242 + 1.0, 0.0), max(0.042 - 0.0 + 1, 0.0)
    slopes = [1 / (1 + math.exp(-z)) for z in (-0.6 * h[0] + 1.5 * h[1] - 1, -0.6 * h[0] - 1.5 * h[1] + 2)]
    assert after(words("aprelu").partition("Sample B")[2], "slopes")[:2] == pytest.approx(slopes, abs=2e-4)


def test_bends() -> None:
    """The largest error of a broken line through 17 points of the sine, between them."""
    x = np.linspace(0, 2 * math.pi, 160001)
    knots = np.linspace(0, 2 * math.pi, 17)
    error = np.abs(np.interp(x, knots, np.sin(knots)) - np.sin(x)).max()
    told = words("bends", units=(16,))
    assert after(told, "from it:")[0] == pytest.approx(error, abs=1e-4)
    assert error <= (2 * math.pi / 16) ** 2 / 8


def test_approximations_and_quantisation() -> None:
    """The hard sigmoid's error on a fine grid; steps of three bits."""
    x = np.linspace(-10, 10, 200001)
    error = np.abs(np.clip(0.2 * x + 0.5, 0, 1) - 1 / (1 + np.exp(-x))).max()
    assert after(words("approximations", "sigmoid"), "slope 0.2 (Keras 2): off by up to")[0] == (
        pytest.approx(error, rel=5e-3)
    )
    told = words("quantisation", "sigmoid", bits=3, largest=10.0)
    assert after(told, "ReLU: outputs from 0 to 10, so steps of")[0] == pytest.approx(10 / 7, rel=1e-3)
    assert after(told, "to 1.000, so steps of")[0] == pytest.approx(1 / 7, rel=1e-3)
    assert "outputs from 0 to 6, so steps of 0.02353." in words("quantisation", bits=8)


@pytest.mark.parametrize(
    ("word", "spec", "options", "said"),
    [
        ("vanishing", "relu", {"weights": ("1e-7",), "depth": 1}, "of variance 10⁻⁷/n"),
        ("vanishing", "exponential", {"depth": 1}, "Exponential ∞"),
        ("contours", "", {"spread": 100.0}, "κ = 10⁴,"),
        ("bends", "", {"units": (1000,)}, "4.9 × 10⁻⁶ with 1000 ReLUs"),
        ("quantisation", "exponential", {"bits": 8}, "so steps of 4.478 × 10²³."),
    ],
)
def test_powers_of_ten_are_written_as_in_print(word: str, spec: str, options: dict[str, Any], said: str) -> None:
    told = words(word, *spec.split(), **options)
    assert said in told
    assert not re.search(r"\de[+-]?\d|\binf\b", told)


def test_surrogate() -> None:
    """Slopes are those of smooth steps, and plain loops take as many steps."""
    told = words("surrogate")
    slopes = {"straight-through": lambda x: 1.0, "arctan with 2": lambda x: 1 / (1 + (math.pi * x) ** 2)}
    slopes |= {f"sigmoid with {k}": lambda x, k=k: k * math.exp(k * x) / (1 + math.exp(k * x)) ** 2 for k in (4,)} | {
        f"fast sigmoid with {k}": lambda x, k=k: 1 / (1 + k * abs(x)) ** 2 for k in (2, 25)
    }
    for name, slope in slopes.items():
        x, steps = -1.25, 0
        while x <= 0:
            x, steps = x + 0.1 * slope(x), steps + 1
        assert f"{steps} steps by {name}" in told, name
    assert "never by clipped" in told
    assert "never by sigmoid with 25" in told
    assert "7 steps by straight-through" in words("surrogate", "sign")  # which rises by 2
    assert "9 steps by clipped" in words("surrogate", start=-0.85)


@pytest.mark.parametrize("name", SURROGATES)
def test_surrogate_slopes(name: str) -> None:
    """Each is the derivative of what it stands for, adds up to its area, keeps NaN, and copes with any x."""
    surrogate = SURROGATES[name]
    smooth = {
        "sigmoid": lambda x, k: 1 / (1 + mp.exp(-k * x)),
        "fast_sigmoid": lambda x, k: x / (1 + k * abs(x)),
        "arctan": lambda x, k: mp.atan(mp.pi * k * x / 2) / mp.pi,
        "straight_through": lambda x, k: x,
        "clipped": lambda x, k: min(max(x, -1), 1),
    }[name]
    for k in surrogate.values:
        for x in (-1.7, -0.3, 0.05, 0.6, 3.0):
            assert float(surrogate.slope(x, k)) == pytest.approx(
                float(mp.diff(lambda x, k=k: smooth(x, k), x)), rel=1e-9
            )
        if math.isfinite(surrogate.area(k)):
            whole = smooth(mp.mpf(10) ** 30, k) - smooth(-(mp.mpf(10) ** 30), k)
            assert surrogate.area(k) == pytest.approx(float(whole))
        ends = surrogate.slope([-math.inf, -1e308, 1e308, math.inf, math.nan], k)
        assert ends[:4].tolist() == [1.0 if name == "straight_through" else 0.0] * 4 or np.all(ends[:4] < 1e-300)
        assert np.isnan(ends[4])
    assert SURROGATES["clipped"].slope([-1.0, 1.0]).tolist() == [1, 1]


def test_a_surrogate_needs_a_step(run: Run) -> None:
    """What has a slope of its own needs none."""
    result = run("explain", "surrogate", "relu")
    assert (result.returncode, result.stdout) == (2, "")
    assert "relu isn't a step; give heaviside or sign" in result.stderr
