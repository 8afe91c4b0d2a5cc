"""The command of a figure draws the same figure."""

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import actviz
from actviz.commandline import command
from actviz.figures import Comparison, Curve, Picture, Schedules, SoftmaxExample, Surface, TemperatureSweep
from actviz.figures.ideas import IDEAS
from actviz.gallery.articles import PICTURES
from actviz.lessons import schedules
from actviz.output import rendering
from actviz.terminal.commands import main
from actviz.vector import Softmax


def parsed(line: str, monkeypatch: pytest.MonkeyPatch) -> Picture:
    """Run a command, and catch the figure that it would save."""
    caught: list[Picture] = []

    def save(pictures: list[Picture], *_: Any) -> list[Path]:
        caught.extend(pictures)
        return []

    with monkeypatch.context() as patched:
        patched.setattr(rendering, "save", save)
        patched.setattr(sys, "argv", shlex.split(line))
        with pytest.raises(SystemExit) as ending:
            main()
    assert ending.value.code in (0, None)
    (picture,) = caught
    return picture


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_the_command_of_a_figure_of_the_gallery_draws_it(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsed back, it gives an equal value."""
    line = command(picture)
    assert line
    assert parsed(line, monkeypatch) == picture


numbers = st.floats(-1e6, 1e6)
looks = {
    "title": st.none()
    | st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=12)
    | st.lists(st.sampled_from(["a", "\\n", "\\", "n", "$"]), max_size=6).map("".join).filter(lambda t: "\n" not in t)
    | st.sampled_from(["a\nb", "\\\nn", "\nb"]),
    "colors": st.sampled_from([(), ("#004488",), ("Tomato",)]),
    "size": st.sampled_from(["docs", "slide", "square", "paper", "phone", (6.0, 4.5)]),
    "theme": st.sampled_from(["auto", "light", "dark"]),
    "notes": st.booleans(),
}
over_x = {
    "derivative": st.booleans(),
    "log_y": st.booleans(),
    "x": st.none() | st.tuples(st.floats(-1e6, 0.0), st.floats(1.0, 1e6)),
    "mark": st.lists(st.floats(0.0, 1.0), max_size=3).map(tuple),
    "xlabel": st.none() | st.sampled_from(["z", "-$z$", ""]),
}
SPECS = ["relu", "leaky:0.01", "maxout:weights=0/1,biases=0/-1.5", "prelu:-0.5", "rrelu:0,1"]
KINDS = ["cosine", "exponential:staircase=1", "piecewise:boundaries=1/2,values=0.3/0.2/0.1", "natural_exp:1e-05,7.5"]
activations = st.sampled_from(SPECS).map(actviz.get)
labels = st.sampled_from(["", "a=b", "ReLU ($2010$), 'it'"])


def called(picture: Curve | Comparison, label: str) -> Picture:
    """Give the last activation another name, if it has one."""
    return replace(picture, label=((picture.shown[-1], label),) if label else ())


class_names = st.text().filter(str.isprintable).map(lambda name: " ".join(name.split())).filter(bool)
softmaxes = st.lists(
    st.tuples(numbers, class_names),
    min_size=1, max_size=4, unique_by=lambda pair: pair[1],
).flatmap(
    lambda pairs: st.builds(
        Softmax, st.just(tuple(z for z, _ in pairs)),
        classes=st.sampled_from([(), tuple(name for _, name in pairs)]) if pairs else st.just(()),
    )
)  # fmt: skip
figures = st.one_of(
    st.builds(TemperatureSweep, softmaxes, **looks),
    st.builds(called, st.builds(Curve, activations, **looks, **over_x), labels),
    st.builds(
        Surface,
        st.sampled_from(["glu", "swiglu:0.5", "bilinear"]).map(actviz.gated_unit),
        derivative=st.booleans(),
        x=over_x["x"],
        **looks,
    ),
    st.builds(
        called,
        st.builds(
            Comparison,
            st.lists(activations, min_size=2, unique=True).map(tuple),
            side_by_side=st.booleans(),
            difference=st.booleans(),
            **looks,
            **over_x,
        ),
        labels,
    ),
    st.builds(
        Schedules,
        st.lists(st.sampled_from(KINDS).map(schedules.get), min_size=1, unique=True).map(tuple),
        until=st.integers(1, 10_000),
        **looks,
    ),
    softmaxes.flatmap(
        lambda steps: st.builds(SoftmaxExample, st.just(steps), target=st.integers(1, len(steps.logits)), **looks)
    ),
    st.builds(
        IDEAS["vanishing"],
        given=st.lists(activations, max_size=3, unique=True).map(tuple),
        depth=st.integers(1, 9),
        weights=st.lists(st.sampled_from(["kept", "he", "0.5", "1e-07"]), min_size=1, max_size=3, unique=True).map(
            tuple
        ),
        **looks,
    ),
    st.builds(
        IDEAS["dying"],
        given=st.lists(activations, max_size=4, unique=True).map(tuple),
        rate=st.tuples(st.floats(1e-6, 1.0), st.floats(1.5, 1000.0)),
        **looks,
    ),
    st.builds(
        IDEAS["bends"], units=st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True).map(tuple), **looks
    ),
    st.builds(IDEAS["zigzag"], batch=st.booleans(), **looks),
    st.builds(IDEAS["saturation"], x=st.tuples(st.floats(-9, 0.0), st.floats(1.0, 9)), threshold=st.floats(1e-9, 1)),
    st.builds(
        SoftmaxExample,
        st.builds(replace, softmaxes, temperature=st.floats(0.1, 10.0)),
        decimals=st.integers(0, 15),
        hardmax=st.booleans(),
        against=st.sampled_from([(), ("sparsemax",), ("log_softmax", "entmax15", "hardmax")]),
        **looks,
    ),
)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(picture=figures)
def test_so_does_that_of_any_other_figure(picture: Picture) -> None:
    """Whatever its options are."""
    line = command(picture)
    assert line
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert parsed(line, monkeypatch) == picture


def test_a_figure_of_an_unregistered_activation_has_no_command() -> None:
    """Its name would draw something else, or nothing."""
    tanh = actviz.get("tanh")
    other = replace(tanh.definition, name="other").bind()
    disguised = replace(tanh.definition, title="Not tanh").bind()
    for activation in (other, disguised):
        assert command(Curve(activation)) is None
        assert command(Comparison((tanh, activation))) is None
