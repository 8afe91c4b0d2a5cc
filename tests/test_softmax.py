"""`actviz softmax`: the worked example as a table, a figure and data."""

import json
import math
import re
from decimal import Decimal, getcontext
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import actviz
from actviz import worked
from actviz.figures import SoftmaxExample
from actviz.vector import AGAINST, Softmax, hardmax, softmax
from tests import svg
from tests.conftest import Run
from tests.test_looks import assert_readable

ARTICLE = ("-3", "1.5", "2.7")


def cells(text: str) -> list[list[str]]:
    """The rows of a table in a pipe."""
    return [line.split() for line in text.splitlines() if not line.endswith((".png", ".svg"))]


def test_the_worked_example(run: Run, tmp_path: Path) -> None:
    """Logit, exponential, probability, and the sum of each; then the figure's paths."""
    result = run("softmax", *ARTICLE)
    assert (result.returncode, result.stderr) == (0, "")
    assert cells(result.stdout) == [
        ["class", "logit", "exp(logit)", "probability"],
        ["1", "-3", "0.0498", "0.0026"],
        ["2", "1.5", "4.4817", "0.2309"],
        ["3", "2.7", "14.8797", "0.7666"],
        ["sum", "1.2", "19.4112", "1.0000"],
    ]
    assert result.stdout.splitlines()[-2:] == ["gallery/softmax.png", "gallery/softmax.svg"]
    drawn = svg.words(svg.read(tmp_path / "gallery" / "softmax.svg"))
    numbers = ["−3", "1.5", "2.7", "0.0498", "4.4817", "14.8797", "19.4112", "0.0026", "0.2309", "0.7666"]
    for number in (*numbers, "exp", "÷ 19.41"):
        assert number in drawn


def test_by_hand_rounds_the_exponentials_first_and_says_so(run: Run) -> None:
    """The article's arithmetic: 0.05, 4.48, 14.88 and a second probability of 0.2308."""
    result = run("softmax", *ARTICLE, "--by-hand", "--no-figure")
    assert [row[-2:] for row in cells(result.stdout)[1:4]] == [
        ["0.05", "0.0026"],
        ["4.48", "0.2308"],
        ["14.88", "0.7666"],
    ]
    assert "to 2 decimals" in result.stdout
    assert "0.2309" in result.stderr


def test_each_exponential_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand, too, work grows with the number of logits and not with its square: 20,000 take a moment."""
    counted: list[float] = []
    exp = math.exp
    monkeypatch.setattr("actviz.vector.math.exp", lambda x: counted.append(x) or exp(x))
    logits = tuple(np.linspace(0, 5, 200))
    example = Softmax(logits, by_hand=True)
    assert len(worked.table(example, against=["hardmax"])[1]) == 201
    assert len(worked.data(example)["probabilities"]) == 200
    assert len(worked.notes(example, against=["hardmax"])[0]) < 400  # of many probabilities some
    assert len(set(counted)) == 200
    assert len(counted) <= 5 * 200


@pytest.mark.parametrize(
    "arguments",
    [
        ("--temperature", "2", "-3", "1.5", "2.7"),
        ("-3", "--temperature", "2", "1.5", "2.7"),
        ("-3", "1.5", "2.7", "--temperature=2"),
        ("--temperature", "2", "--", "-3", "1.5", "2.7"),
    ],
)
def test_negative_numbers_anywhere_among_the_options(run: Run, arguments: tuple[str, ...]) -> None:
    """They are arguments, not options, wherever they stand."""
    result = run("softmax", "--no-figure", *arguments)
    assert [row[-1] for row in cells(result.stdout)[1:4]] == ["0.0360", "0.3416", "0.6224"]


def test_all_ways_to_write_a_negative_number(run: Run) -> None:
    """-1e-3, -.5, -0: each as float reads it."""
    result = run("softmax", "-1e-3", "-.5", "-0", "-2", "--no-figure", "--json")
    assert json.loads(result.stdout)["logits"] == [-0.001, -0.5, 0.0, -2.0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1", "2", "--otu", "x"), "No such option: --otu; did you mean '--out'?"),
        (("1", "--otu=x", "2"), "No such option: --otu; did you mean '--out'?"),
        (("-x", "1"), "No such option: -x"),
        (("1", "two"), "logit 'two' is not a number"),
        (("1", "-2x"), "logit '-2x' is not a number"),
        (("1", "inf"), "a logit must be finite, not inf"),
        (("1", "-inf"), "a logit must be finite, not -inf"),
        (("nan",), "a logit must be finite, not nan"),
        (("1e999",), "a logit must be finite, not inf"),
        ((), "Missing argument 'LOGIT"),
        (("1", "2", "--temperature", "0"), "the temperature must be finite and above 0, not 0.0"),
        (("1", "2", "--temperature", "nan"), "the temperature must be finite and above 0, not nan"),
        (("1", "2", "--decimals", "-1"), "--decimals"),
        (("-9", "-8", "--by-hand"), "every exponential rounds to 0.00"),
        (("1", "2", "--classes", "cat"), "--classes has 1 name, but there are 2 logits"),
        (("1", "2", "--classes", "cat,"), "class 2 has no name in --classes"),
        (("1", "2", "--classes", "cat,cat"), "--classes has 'cat' twice"),
        (("1", "2", "--sweep", "--temperature", "2"), "leave out --temperature"),
        (("1", "2", "--sweep", "--by-hand"), "leave out --by-hand"),
        (("1", "2", "--sweep", "--hardmax"), "leave out --hardmax"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2, one clear message, nothing written."""
    result = run("softmax", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("logits", [("1000", "1001", "1002"), ("-1000", "-999", "-998"), ("0", "1", "2")])
def test_large_logits_are_shifted_and_the_table_shows_it(run: Run, logits: tuple[str, ...]) -> None:
    """exp(1000) overflows and exp(-1000) vanishes, but the probabilities are those of 0, 1, 2."""
    result = run("softmax", *logits, "--no-figure")
    rows = cells(result.stdout)[1:4]
    assert [row[-1] for row in rows] == ["0.0900", "0.2447", "0.6652"]
    shifted = "logit - max" in result.stdout
    assert shifted == (logits[0] != "0")
    if shifted:
        assert [row[2] for row in rows] == ["-2", "-1", "0"]


def test_logits_at_the_ends_of_float64(run: Run, tmp_path: Path) -> None:
    """±1e308, whose difference isn't a float64 any more, have a table and a figure."""
    result = run("softmax", "1e308", "-1e308", "1e308")
    assert result.returncode == 0
    assert [line.rpartition("  ")[2] for line in result.stdout.splitlines()[1:4]] == ["0.5000", "< 0.0001", "0.5000"]
    assert "-2 × 10³⁰⁸" in result.stdout
    assert len(list((tmp_path / "gallery").iterdir())) == 2


def test_hardmax_stands_beside_it(run: Run) -> None:
    """1 for the largest, 0 for the others."""
    result = run("softmax", *ARTICLE, "--hardmax", "--no-figure")
    assert [row[-1] for row in cells(result.stdout)] == ["hardmax", "0", "0", "1", "1"]


def test_decimals(run: Run) -> None:
    """As many as asked for."""
    result = run("softmax", *ARTICLE, "--decimals", "8", "--no-figure")
    assert [row[-1] for row in cells(result.stdout)[1:4]] == ["0.00256486", "0.23088151", "0.76655362"]


def test_json_holds_all_steps(run: Run, tmp_path: Path) -> None:
    """At full precision, with the files that were written."""
    data = json.loads(run("softmax", *ARTICLE, "--json", "--out", "s.svg").stdout)
    assert data["exponentials"] == pytest.approx([0.049787068367863944, 4.4816890703380645, 14.879731724872835])
    assert data["total"] == pytest.approx(19.411207863578764)
    assert data["files"] == ["s.svg"]
    assert (tmp_path / "s.svg").exists()


@pytest.mark.parametrize("count", [1, 2, 30, 200])
def test_figures_of_few_and_many_logits(run: Run, tmp_path: Path, count: int) -> None:
    """From one to hundreds."""
    result = run("softmax", *(str(n / 10 - 3) for n in range(count)), "--out", "s.png")
    assert result.returncode == 0
    assert (tmp_path / "s.png").stat().st_size > 5000


def test_the_python_api_can_be_called_again() -> None:
    """`actviz.softmax` stays a function after its first call."""
    for _ in range(2):
        steps = actviz.softmax([-3, 1.5, 2.7])
    assert steps.probabilities == pytest.approx((0.00256486, 0.23088151, 0.76655362), abs=5e-9)
    assert sum(steps.exponentials) == pytest.approx(steps.total)


def test_numbers_are_written_as_in_print(run: Run) -> None:
    """With powers of ten where they are large or small; a probability that rounds to 0 is below something."""
    result = run("softmax", "27", "1", "-12", "--no-figure")
    rows = [re.split(r" {2,}", line.strip()) for line in result.stdout.splitlines()[1:]]
    assert [row[2:] for row in rows] == [
        ["5.32 × 10¹¹", "1.0000"], ["2.7183", "< 0.0001"], ["6.144 × 10⁻⁶", "< 0.0001"], ["5.32 × 10¹¹", "1.0000"],
    ]  # fmt: skip
    exact = run("softmax", "27", "1", "-12", "--no-figure", "--decimals", "8").stdout
    assert "5.3204824 × 10¹¹" in exact
    in_ascii = run("softmax", "27", "1", "-12", "--no-figure", encoding="ascii").stdout
    assert "5.32 x 10^11" in in_ascii
    assert "6.144 x 10^-6" in in_ascii
    by_hand = run("softmax", "0", "-9", "--by-hand", "--no-figure").stdout.splitlines()
    assert by_hand[2].split()[-2:] == ["0.00", "0.0000"]  # what was rounded to 0 is 0


def test_classes_have_names(run: Run, tmp_path: Path) -> None:
    """In the table, the figure, its description, JSON and Python."""
    result = run("softmax", *ARTICLE, "--classes", "cat, dog,bird", "--out", "a.svg")
    assert [row[0] for row in cells(result.stdout)[1:4]] == ["cat", "dog", "bird"]
    root = svg.read(tmp_path / "a.svg")
    assert {"cat", "dog", "bird"} <= set(svg.words(root))
    assert "bird: 0.7666" in "".join(root.find("desc").itertext())  # type: ignore[union-attr]
    data = json.loads(run("softmax", *ARTICLE, "--classes", "cat,dog,bird", "--json", "--no-figure").stdout)
    assert data["classes"] == ["cat", "dog", "bird"]
    assert actviz.softmax([1, 2], classes=["a, b", "c"]).names == ("a, b", "c")
    quoted = run("softmax", "1", "2", "--classes", '"a, b",c', "--json", "--no-figure")
    assert json.loads(quoted.stdout)["classes"] == ["a, b", "c"]


def test_a_tie_in_hardmax_is_said(run: Run, tmp_path: Path) -> None:
    """On standard error, and in the figure; not where there is none."""
    result = run("softmax", "2", "1", "2", "--hardmax", "--classes", "cat,dog,bird", "--out", "a.svg")
    assert "classes cat and bird tie for the largest logit; hardmax gives 1 to the first" in result.stderr
    assert "a tie of two:" in " ".join(svg.words(svg.read(tmp_path / "a.svg")))
    assert run("softmax", *ARTICLE, "--hardmax", "--no-figure").stderr == ""


def test_the_sweep_through_temperatures(run: Run, tmp_path: Path) -> None:
    """From hardmax over the worked example to 1/3 each; the class in the middle rises and falls."""
    result = run("softmax", *ARTICLE, "--sweep")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-2:] == ["gallery/softmax-sweep.png", "gallery/softmax-sweep.svg"]
    data = json.loads(run("softmax", *ARTICLE, "--sweep", "--json", "--no-figure").stdout)
    assert (data["temperatures"][0], data["temperatures"][-1]) == (0.1, 100)
    at = dict(zip(data["temperatures"], data["probabilities"], strict=True))
    assert at[1] == pytest.approx([0.00256486, 0.23088151, 0.76655362], abs=5e-9)
    assert at[0.1] == pytest.approx([0, 0, 1], abs=1e-5)
    assert at[100] == pytest.approx([1 / 3] * 3, abs=0.013)
    middle = [row[1] for row in data["probabilities"]]
    assert 0 < middle.index(max(middle)) < len(middle) - 1
    assert {"z = −3", "z = 1.5", "z = 2.7", "T → 0: hardmax"} <= set(
        svg.words(svg.read(tmp_path / "gallery" / "softmax-sweep.svg"))
    )


@given(
    st.lists(st.floats(-1e308, 1e308) | st.floats(-700, 700), min_size=1, max_size=20),
    st.floats(1e-3, 1e3),
)
def test_probabilities_are_right_for_any_finite_logits(logits: list[float], temperature: float) -> None:
    """Against decimal arithmetic with 60 digits."""
    getcontext().prec = 60
    exact = [(Decimal(z) - Decimal(max(logits))) / Decimal(temperature) for z in logits]
    weights = [z.exp() if z > -2000 else Decimal(0) for z in exact]
    probabilities = softmax(logits, temperature)
    assert float(probabilities.sum()) == pytest.approx(1, abs=len(logits) * 2.3e-16)
    for p, weight in zip(probabilities, weights, strict=True):
        assert float(p) == pytest.approx(float(weight / sum(weights)), rel=2e-15, abs=1e-300)


def test_softmax_and_hardmax_work_along_the_last_axis() -> None:
    """Each row of a matrix is a distribution of its own."""
    z = np.array([[1.0, 2.0, 2.0], [1000.0, 0.0, -1000.0]])
    assert softmax(z).sum(axis=-1) == pytest.approx([1, 1])
    assert hardmax(z).tolist() == [[0, 1, 0], [1, 0, 0]]
    assert math.isclose(softmax(z)[0, 1], softmax(z)[0, 2])


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=50), st.integers(-(2**40), 2**40))
def test_a_shift_of_all_logits_changes_nothing(logits: list[int], shift: int) -> None:
    """To the last bit, whenever the shifted logits are exact."""
    assert softmax(logits).tolist() == softmax([z + shift for z in logits]).tolist()


@pytest.mark.parametrize("count", [1, 2, 1000, 100_000])
@pytest.mark.parametrize("temperature", [1e-3, 1.0, 1e3])
def test_many_logits(count: int, temperature: float) -> None:
    """Sums to 1 within a unit in the last place per logit, and the ratios are exponentials of differences."""
    logits = np.random.default_rng(count).normal(0, 5, count)
    probabilities = softmax(logits, temperature)
    assert abs(math.fsum(probabilities) - 1) <= count * 2.3e-16
    assert (probabilities >= 0).all()
    first, last = logits[0], logits[-1]
    if probabilities[0] > 1e-300 and probabilities[-1] > 1e-300:
        expected = math.exp((first - last) / temperature)
        assert probabilities[0] / probabilities[-1] == pytest.approx(expected, rel=1e-11)


# on to the loss


def test_with_the_right_class_the_table_goes_on_to_the_loss(run: Run) -> None:
    """Columns for target, loss and gradient, whose sums are 1, the loss and 0."""
    result = run("softmax", *ARTICLE, "--target", "3", "--no-figure")
    assert result.stderr == ""
    rows = [row[-3:] for row in cells(result.stdout.replace("-target ln(p)", "loss"))]
    assert rows == [
        ["target", "loss", "gradient"],
        ["0", "0", "0.0026"],
        ["0", "0", "0.2309"],
        ["1", "0.2659", "-0.2334"],
        ["1", "0.2659", "0"],
    ]


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=5), st.floats(0.3, 5), st.data())
def test_the_gradient_is_the_slope_of_the_loss(logits: list[float], temperature: float, data: st.DataObject) -> None:
    """By central differences of the loss, for any logits, temperature and class."""
    target = data.draw(st.integers(1, len(logits)))
    shown = worked.data(Softmax(tuple(logits), temperature=temperature), target)

    def loss(z: np.ndarray) -> float:
        scaled = z / temperature
        return float(np.log(np.exp(scaled - scaled.max()).sum()) - (scaled[target - 1] - scaled.max()))

    z = np.array(logits)
    assert shown["loss"] == pytest.approx(loss(z), abs=1e-12)
    steps = 1e-5 * np.eye(len(logits))
    slopes = [(loss(z + step) - loss(z - step)) / 2e-5 for step in steps]
    assert shown["gradient"] == pytest.approx(slopes, abs=1e-8)


def test_json_holds_the_loss(run: Run) -> None:
    """With the class by its number, however it was named."""
    named = ("--classes", "cat,dog,bird", "--target", "dog")
    data = json.loads(run("softmax", "0", "0", "0", *named, "--json", "--no-figure").stdout)
    assert (data["target"], data["truth"]) == (2, [0, 1, 0])
    assert data["loss"] == pytest.approx(math.log(3))
    assert data["gradient"] == pytest.approx([1 / 3, -2 / 3, 1 / 3])
    assert "target" not in json.loads(run("softmax", "0", "0", "--json", "--no-figure").stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--target", "4"), "class 4 of 3; --target counts from 1"),
        (("--target", "0"), "class 0 of 3; --target counts from 1"),
        (("--target", "-1"), "class -1 of 3; --target counts from 1"),
        (("--target", "bird"), "--target must be the number of a class, not 'bird'"),
        (("--target", "1.5"), "--target must be the number of a class, not '1.5'"),
        (("--classes", "cat,dog,bird", "--target", "brid"), "not 'brid'; did you mean 'bird'?"),
        (("--target", "1", "--sweep"), "leave out --target: a sweep has no single loss"),
        (("--target", "1", "--hardmax"), "--target and --hardmax exclude each other; leave one out"),
    ],
)
def test_bad_targets(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2, one clear message, nothing written."""
    result = run("softmax", *ARTICLE, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_name_goes_before_a_number() -> None:
    """Classes may be called by numbers of their own; both ways to name one are the same figure."""
    softmax = Softmax((1.0, 2.0, 3.0), classes=("3", "1", "2"))
    assert SoftmaxExample(softmax, target="3").loss == softmax.loss(1)
    assert SoftmaxExample(softmax, target=3) == SoftmaxExample(softmax, target="2")
    assert SoftmaxExample(target=3).name == "softmax-target=3"


def test_the_graph_shows_what_goes_forward_and_back(run: Run, tmp_path: Path) -> None:
    """Values over the links, gradients under them, and the sum's; what comes out is y - t."""
    run("softmax", *ARTICLE, "--target", "3", "--out", "a.svg")
    words = svg.words(svg.read(tmp_path / "a.svg"))
    for shown in ("exp", "÷", "−t ln", "4.4817", "0.7666", "0.2659", "−1.3045", "0.0515", "−0.0157", "sum 19.4112"):
        assert shown in words
    assert words.count("−0.2334") == 2  # in the graph and at its bar
    run("softmax", "1000", "1001", "--temperature", "0.5", "--target", "1", "--out", "b.svg")
    assert {"− max", "÷ T"} <= set(svg.words(svg.read(tmp_path / "b.svg")))
    run("softmax", *"123456", "--target", "2", "--out", "c.svg")
    assert not {"exp", "÷"} & set(svg.words(svg.read(tmp_path / "c.svg")))


@pytest.mark.parametrize("size", ["docs", "slide", "square", "paper", "phone"])
def test_the_loss_is_readable(size: str) -> None:
    """With few and many classes, long names and extreme logits."""
    long = Softmax((1000.0, 1001.0, 1003.5), temperature=2.0, classes=("cat", "golden retriever", "d" * 30))
    cases = [(Softmax((-3.0, 1.5, 2.7)), 3), (long, 2)]
    if size == "docs":
        cases += [(Softmax(tuple(np.linspace(-3, 3, 40))), 3), (Softmax((5.0,)), 1)]
    for steps, target in cases:
        assert_readable(SoftmaxExample(steps, target=target, size=size, theme="dark").figure())


COMPARED = ("hardmax", "sparsemax", "entmax15", "softmin", "log_softmax")


def _sparse(z: list[float], temperature: float, power: int) -> list[mp.mpf]:
    """Find max(z/(T·power) - τ, 0)^power with bisection for τ, by definition and not by sorting."""
    scaled = [mp.mpf(value) / (mp.mpf(temperature) * power) for value in z]
    low, high = max(scaled) - 1, max(scaled)
    for _ in range(400):
        middle = (low + high) / 2
        total = mp.fsum(max(value - middle, 0) ** power for value in scaled)
        low, high = (middle, high) if total > 1 else (low, middle)
    return [max(value - low, mp.mpf(0)) ** power for value in scaled]


def _exact(name: str, z: list[float], temperature: float) -> list[mp.mpf]:
    scaled = [mp.mpf(value) / mp.mpf(temperature) for value in z]
    if name == "softmin":
        scaled = [-value for value in scaled]
    if name in ("sparsemax", "entmax15"):
        return _sparse(z, temperature, 1 if name == "sparsemax" else 2)
    exponentials = [mp.exp(value - max(scaled)) for value in scaled]
    total = mp.fsum(exponentials)
    if name == "log_softmax":
        return [value - max(scaled) - mp.log(total) for value in scaled]
    return [one / total for one in exponentials]


@pytest.mark.parametrize("temperature", [1.0, 0.3, 7.0])
@pytest.mark.parametrize("name", ["sparsemax", "entmax15", "softmin", "log_softmax"])
def test_what_softmax_is_compared_with_is_exact(name: str, temperature: float) -> None:
    """Within 4 units in the last place of mpmath; what is 0 is exactly 0."""
    generator = np.random.default_rng(5)
    vectors = [(10 ** generator.uniform(-1, 2) * generator.standard_normal(size)).tolist() for size in (2, 3, 5, 9)]
    with mp.workdps(330):  # of exp(-700) beside 1
        for z in (*vectors, [-1.0, 0.5, -3.0, 0.0], [0.1, 0.2, 0.3, 0.4], [700.0, 0.0], [1e9, 1e9 + 0.25, 0.0], [2.0]):
            found = AGAINST[name](z, temperature)
            for value, exact in zip(found.tolist(), _exact(name, z, temperature), strict=True):
                if abs(exact) < 1e-60 and name in ("sparsemax", "entmax15"):
                    assert value == 0
                    continue
                unit = mp.mpf(float(np.spacing(abs(float(exact)))))
                assert abs(mp.mpf(value) - exact) <= 4 * unit, (name, z, value, exact)


def test_values_from_the_papers_and_elsewhere() -> None:
    """Those that other libraries give; extremes neither overflow nor vanish; work goes along the last axis."""
    assert AGAINST["sparsemax"]([-1, 0.5, -3, 0]).tolist() == [0, 0.75, 0, 0.25]
    assert AGAINST["sparsemax"]([0.1, 0.2, 0.3, 0.4]).tolist() == pytest.approx([0.1, 0.2, 0.3, 0.4], rel=1e-15)
    assert AGAINST["log_softmax"]([0, 1000]).tolist() == [-1000, 0]
    for name in ("sparsemax", "entmax15"):
        assert AGAINST[name]([1e308, -1e308]).tolist() == [1, 0]
        assert AGAINST[name]([[3.0, 3.0], [9.0, 0.0]]) == pytest.approx(np.array([[0.5, 0.5], [1, 0]]), rel=1e-15)


@pytest.mark.parametrize("name", ["softmax", *COMPARED])
def test_jacobians(name: str) -> None:
    """As differences in mpmath have it, and rows of what sums to 1 sum to 0."""
    for z in ([-3.0, 1.5, 2.7], [0.1, 0.2, 0.35, -4.0]):
        found = actviz.softmax(z, temperature=1.5).jacobian(name)
        assert found.shape == (len(z), len(z))
        with mp.workdps(60):
            step = mp.mpf("1e-15")
            for j in range(len(z)):
                if name == "hardmax":
                    column = [mp.mpf(0)] * len(z)
                else:
                    sides = [
                        _exact(name, [mp.mpf(value) + sign * step * (i == j) for i, value in enumerate(z)], 1.5)
                        for sign in (1, -1)
                    ]
                    column = [(right - left) / (2 * step) for right, left in zip(*sides, strict=True)]
                assert found[:, j].tolist() == pytest.approx(list(map(float, column)), rel=1e-11, abs=1e-14)
        if name not in ("log_softmax",):
            assert found.sum(axis=0) == pytest.approx(0, abs=1e-15)


def test_jacobians_keep_their_digits_where_a_probability_is_nearly_1() -> None:
    """1 - p would be 0 there."""
    p = softmax([0.0, 40.0])[0]
    assert actviz.softmax([0, 40]).jacobian().tolist() == [[p, -p], [-p, p]]
    assert actviz.softmax([0, 40]).jacobian("log_softmax")[1].tolist() == pytest.approx([-p, p], rel=1e-15)


def test_against(run: Run) -> None:
    """Columns more in table and JSON, in one order, whatever the order, the case and the hyphens."""
    result = run(
        "softmax", *ARTICLE, "--against", "log-softmax,Softmin,sparsemax", "--against", "entmax15", "--no-figure"
    )
    head, first, *_, last = cells(result.stdout)
    assert head[-4:] == ["sparsemax", "entmax15", "softmin", "log_softmax"]
    assert first[-4:] == ["0", "0", "0.9858", "-5.9659"]
    assert last[-4:] == ["1.0000", "1.0000", "1.0000", "-"]
    data = json.loads(run("softmax", *ARTICLE, "--against", "sparsemax", "--no-figure", "--json").stdout)
    assert data["sparsemax"] == [0, 0, 1]
    assert "entmax15" not in data
    first, last = cells(run("softmax", "0", "1000", "--against", "softmin,sparsemax", "--no-figure").stdout)[1:3]
    assert first[-2:] == ["0", "1.0000"]
    assert " ".join(last[-3:]) == "1.0000 < 0.0001"  # which is more than nothing


def test_hardmax_is_an_alias() -> None:
    """It is the same figure, so it has the same name and the same command."""
    assert SoftmaxExample(against=("hardmax",)) == SoftmaxExample(hardmax=True)
    both = SoftmaxExample(against=("softmin", "hardmax", "sparsemax"))
    assert both.compared == ("hardmax", "sparsemax", "softmin")
    assert both.name == "softmax-hardmax-against=sparsemax_softmin"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--against", "sparsmax"), "--against 'sparsmax' is unknown; did you mean 'sparsemax'?"),
        (("--against", "x"), "there are hardmax, sparsemax, entmax15, softmin, log_softmax"),
        (("--against", "sparsemax", "--sweep"), "leave out --against"),
        (("--against", "hardmax", "--sweep"), "leave out --hardmax"),
        (("--against", "softmin", "--target", "1"), "--target and --against exclude each other"),
    ],
)
def test_against_what_it_cannot_be(run: Run, arguments: tuple[str, ...], message: str) -> None:
    """One line, and nothing is written."""
    result = run("softmax", *ARTICLE, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize("size", ["docs", "slide", "square"])
def test_log_softmax_has_an_axis_of_its_own(size: str) -> None:
    """Bars go down from 0, and those of what sums to 1 from 0 to 1; nothing lies on anything."""
    figure = actviz.softmax_figure(against=COMPARED, size=size)
    axes = {one.get_label(): one for one in figure.axes}
    assert {*COMPARED} <= axes.keys()
    assert axes["log_softmax"].get_xlim()[1] == 0
    assert axes["log_softmax"].get_xlim()[0] < -5.9
    assert axes["sparsemax"].get_xlim() == axes["softmin"].get_xlim() == (0, 1)
    assert_readable(figure)
    words = SoftmaxExample(against=("sparsemax", "log_softmax")).description
    assert "Sparsemax: class 1: 0, class 2: 0, class 3: 1.0000; sum 1.0000." in words
    assert "Log softmax: class 1: −5.9659" in words
