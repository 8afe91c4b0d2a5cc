"""`actviz frameworks`: what is named alike in frameworks and isn't."""

import json
import re
from collections.abc import Iterable
from typing import Any

import pytest

import actviz
from actviz.gallery import articles
from actviz.registry import REGISTRY
from tests.conftest import Run
from tests.test_reports import terminal

TOPICS = [
    "Defaults",
    "Slopes at kinks",
    "At boundaries and jumps",
    "At infinity and NaN",
    "Digits that get lost",
    "Vectors and their halves",
    "One name, two functions",
]


def _rows(run: Run, *names: str) -> list[dict[str, Any]]:
    result = run("frameworks", *names, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def _answers(row: dict[str, Any]) -> dict[str, list[str]]:
    """The places by what they say: "Keras 3.15 on JAX", or with the function before it."""
    return {
        answer["answer"]: [" ".join(filter(None, (place["function"], place["version"]))) for place in answer["in"]]
        for answer in row["answers"]
    }


def test_the_table_can_be_read_in_a_pipe(run: Run) -> None:
    """A line for each answer, with where it holds at its end; no colour."""
    result = run("frameworks")
    assert (result.returncode, result.stderr) == (0, "")
    heading, *answers = [re.split(" {2,}", line) for line in result.stdout.splitlines()]
    assert heading[:3] == ["name", "what", "answer"]
    assert "\x1b" not in result.stdout
    assert all(len(cells) == 4 for cells in answers)
    assert [
        "leaky_relu", "default", "negative_slope = 0.3", "keras.layers.LeakyReLU in Keras 3.15"
    ] in answers  # fmt: skip
    assert len(answers) == sum(len(row["answers"]) for row in _rows(run))


def test_it_fits_a_terminal_of_80_columns_by_topic() -> None:
    """With where an answer holds below it."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", terminal("frameworks", columns=80)).splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line in TOPICS] == TOPICS


def test_it_fits_a_terminal_of_120_columns() -> None:
    """And nothing is cut off."""
    shown = re.sub(r"\x1b\[[\d;]*m", "", terminal("frameworks", "gelu", columns=120))
    assert max(map(len, shown.splitlines())) <= 120
    assert "NNlib of June 2026 (read)" in re.sub(r"\s+", " ", shown)


def test_every_row_says_which_versions_were_measured(run: Run) -> None:
    """With a number; and when and where, what nobody runs anew."""
    for row in _rows(run):
        places = [place for answer in row["answers"] for place in answer["in"]]
        assert any(re.search(r"\d\.\d", place["version"]) for place in places), row
        for place in places:
            if place["version"] not in ("actviz", "Wolfram", "MATLAB", "MLX of 2023"):
                assert re.search(r"\d", place["version"]), place
            if re.match("TensorFlow|Paddle|MXNet|MLX 0|ONNX|timm|Transformers", place["version"]):
                assert re.search("measured in November 2026, .* on x86-64 Linux$", place["source"]), place
            if re.match("NNlib|Wolfram|MATLAB", place["version"]):
                assert place["source"].startswith("read in its source or manual"), place


@pytest.mark.parametrize(
    ("name", "what", "answers"),
    [
        (
            "gelu",
            "default",
            {
                "exact": ["PyTorch 2.15", "keras.activations.gelu Keras 3.15", "TensorFlow 2.21", "ONNX 1.23"],
                "the tanh form": ["keras.ops.gelu Keras 3.15", "JAX 0.10", "Flax 0.12", "NNlib of June 2026"],
            },
        ),
        (
            "hard_sigmoid",
            "default",
            {
                "slope = 1/6": ["PyTorch 2.15", "Keras 3.15", "JAX 0.10"],
                "slope = 0.2": ["tf.keras.activations.hard_sigmoid TensorFlow 2.15", "ONNX 1.23", "MXNet 1.9"],
                "slope = 1/2": ["Wolfram"],
            },
        ),
        (
            "leaky_relu",
            "default",
            {
                "negative_slope = 0.01": ["PyTorch 2.15", "JAX 0.10", "ONNX 1.23"],
                "negative_slope = 0.2": ["keras.activations.leaky_relu, keras.ops.leaky_relu Keras 3.15"],
                "negative_slope = 0.3": ["keras.layers.LeakyReLU Keras 3.15"],
                "negative_slope = 0.25": ["MXNet 1.9"],
            },
        ),
        ("prelu", "default", {"negative_slope = 0": ["Keras 3.15"], "negative_slope = 0.01": ["Flax 0.12"]}),
        ("elu", "default", {"alpha = 1": ["actviz", "PyTorch 2.15"], "alpha = 0.25": ["MXNet 1.9"]}),
        ("leaky_relu", "f'(0)", {"0.2": ["actviz", "PyTorch 2.15"], "1": ["JAX 0.10", "Paddle 3.3"]}),
        ("elu", "f'(0) with alpha = 2", {"2": ["PyTorch 2.15", "JAX 0.10"], "1": ["NNlib of June 2026"]}),
        ("hardtanh", "f'(±1)", {"0": ["PyTorch 2.15"], "1": ["jax.nn.hard_tanh JAX 0.10"]}),
        ("hardswish", "f'(3)", {"1": ["PyTorch 2.15"], "1.5": ["hard_swish_me timm 1.0.31", "PyTorch 2.6"]}),
        ("celu", "f'(0)", {"1": ["actviz", "JAX 0.10"], "2": ["Keras 3.15 on TensorFlow"]}),
        (
            "relu6",
            "f' at the ends of a clip",
            {"0": ["torch.clamp PyTorch 2.15"], "1": ["torch.clamp PyTorch 2.13"], "1/2": ["jax.numpy.clip JAX 0.10"]},
        ),
        ("hardshrink", "f(0.5)", {"0": ["actviz", "PyTorch 2.15"], "0.5": ["Paddle 3.3"]}),
        ("swish", "f(−∞)", {"0": ["actviz"], "NaN": ["PyTorch 2.15", "JAX 0.10", "TensorFlow 2.21"]}),
        ("softsign", "f(∞)", {"1": ["actviz"], "NaN": ["PyTorch 2.15", "MLX 0.32"]}),
        ("relu", "f(NaN)", {"NaN": ["actviz", "PyTorch 2.15"], "0": ["Paddle 3.3"]}),
        ("softmax", "axis by default", {"the last": ["Keras 3.15"], "0 of 0, 1 or 3; else 1": ["PyTorch 2.15"]}),
        ("glu", "which half is the gate", {"the second": ["PyTorch 2.15", "JAX 0.10"]}),
        ("swiglu", "which half is the gate", {"the first": ["SwiGLUPacked timm 1.0.31"]}),
        ("sparsemax", "of −1, 0.5, −3, 0", {"0, 0.75, 0, 0.25": ["TensorFlow Addons 0.23"]}),
    ],
)
def test_what_is_known_is_there(name: str, what: str, answers: dict[str, list[str]], run: Run) -> None:
    """As measured in fourteen libraries; there may be more."""
    (row,) = (row for row in _rows(run, name) if row["what"] == what)
    found = _answers(row)
    for answer, places in answers.items():
        assert set(places) <= set(found[answer]), f"{answer} of {found}"


def test_nothing_that_the_definitions_say_is_missing(run: Run) -> None:
    """Each default that another has, and each kink with different answers."""
    rows = _rows(run)

    def said(name: str, beginning: str) -> Iterable[dict[str, Any]]:
        return (row for row in rows if name in row["names"] and row["what"].startswith(beginning))

    for definition in REGISTRY.values():
        names = [name.partition(":") for one in definition.frameworks.values() for name in one.names]
        for default in {parameters for _, _, parameters in names} - {""}:
            meant = actviz.get(f"{definition.name}:{default}").spec
            assert any(meant in row["functions"] for row in said(definition.name, "default")), meant
        for kink in definition.bind().kinks:
            slopes = set(kink.answers.values())
            if len(slopes) > 1:
                x = {kink.x, abs(kink.x)}
                (row,) = (row for row in said(definition.name, "f'(") if row["x"] in x and row["derivative"])
                assert slopes <= {answer["value"] for answer in row["answers"]}, definition.name


@pytest.mark.parametrize(
    ("word", "name"), [("silu", "swish"), ("nn.GELU", "gelu"), ("LEAKY:0.1", "leaky_relu"), ("Soft-Max", "softmax")]
)
def test_other_names_mean_the_same(word: str, name: str, run: Run) -> None:
    """Aliases, frameworks' names and specifications."""
    if name == "softmax":
        word = word.replace("-", "")
    assert run("frameworks", word).stdout == run("frameworks", name).stdout != ""


def test_one_about_which_all_agree(run: Run) -> None:
    """That is no error: a note says so, and there is nothing to print."""
    for name in ("linear", "hardmax"):
        result = run("frameworks", name)
        assert (result.returncode, result.stdout) == (0, "")
        assert result.stderr == f"note: as far as was measured, frameworks agree about {name}\n"
    assert _rows(run, "linear") == []


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("geluu", "unknown activation 'geluu'; did you mean 'gelu'?"),
        ("softmx", "unknown activation 'softmx'; did you mean 'softmax'?"),
        ("sparsemaxx", "unknown activation 'sparsemaxx'; did you mean 'sparsemax'?"),
        ("qqqq", "unknown activation 'qqqq'; 'actviz list' shows them all"),
        ("leaky:q=1", "leaky_relu has no parameter 'q'; it has negative_slope"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(word: str, said: str, run: Run) -> None:
    """Functions of vectors are among the known."""
    result = run("frameworks", word)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"Error: {said}\n")


def test_functions_that_differ_have_a_figure_in_the_gallery() -> None:
    """Each minus what actviz means: GELU's forms, hard sigmoids, leaky slopes."""
    drawn = {row.names[0]: picture for row, picture in articles.DIFFERENCES.items()}
    assert {"gelu", "hard_sigmoid", "leaky_relu", "prelu", "star_relu"} <= drawn.keys()
    assert set(drawn.values()) <= set(articles.PICTURES)
    leaky = drawn["leaky_relu"]
    assert leaky.difference  # type: ignore[attr-defined]
    assert [one.values for one in leaky.activations] == [(0.2,), (0.01,), (0.3,), (0.25,)]  # type: ignore[attr-defined]
