"""What a figure's file is called: all that isn't usual about it, and never what another one is called."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actviz.figures import Comparison, Curve, Picture, SoftmaxExample
from actviz.figures.ideas import IDEAS
from actviz.registry import get, names
from actviz.vector import Softmax
from tests.conftest import Run

_VANISHING = "explain-vanishing-leaky_relu-negative_slope=0.3-weights=he_0.5"


@pytest.mark.parametrize(
    ("picture", "name"),
    [
        (Curve(get("leaky")), "leaky_relu"),
        (Curve(get("leaky"), size="slide"), "leaky_relu-slide"),
        (Curve(get("leaky:0.2"), derivative=True), "leaky_relu-derivative"),
        (Curve(get("relu"), x=(-1, 1)), "relu-x=-1_1"),
        (Curve(get("relu"), theme="dark"), "relu-dark"),
        (Curve(get("relu"), theme="light"), "relu-light"),
        (Curve(get("relu"), size=(6, 4)), "relu-6x4"),
        (Curve(get("relu"), size=(6.5, 4)), "relu-6.5x4"),
        (Curve(get("relu"), notes=False), "relu-no_notes"),
        (
            Curve(get("relu"), derivative=True, log_y=True, x=(0, 9), size="paper", theme="dark", notes=False),
            "relu-derivative-log_y-x=0_9-paper-dark-no_notes",
        ),
        (Comparison((get("relu"), get("elu")), side_by_side=True, x=(-2, 2)), "compare-relu-elu-side_by_side-x=-2_2"),
        (SoftmaxExample(size="square"), "softmax-square"),
        (IDEAS["kink"](), "explain-kink"),
        (IDEAS["vanishing"](given=(get("leaky:0.3"),), weights=("he", "0.5")), _VANISHING),
        (IDEAS["bends"](units=(3, 5), size="slide"), "explain-bends-units=3_5-slide"),
        (SoftmaxExample(Softmax((1.0, -2.5), temperature=2.0), decimals=2), "softmax-1_-2.5-temperature=2-decimals=2"),
    ],
)
def test_what_stands_in_a_name(picture: Picture, name: str) -> None:
    """All that isn't usual, as far as it can be read there."""
    assert picture.name == name


def test_what_cannot_stand_in_a_name_is_a_digest() -> None:
    """Six hexadecimal digits at its end, others for another title."""
    named = {Curve(get("relu6"), derivative=True, title=title).name for title in ("one", "two", "", "relu6-derivative")}
    assert len(named) == 4
    assert all(re.fullmatch("relu6-derivative-[0-9a-f]{6}", name) for name in named)


def test_a_digest_is_never_taken_for_a_logit() -> None:
    """It has a letter at its end, which no number has."""
    titled = {SoftmaxExample(title=str(number)).name for number in range(300)}
    assert not [name for name in titled if name.removeprefix("softmax-").isdigit()]


def test_the_resolution_counts_where_it_is_seen(run: Run) -> None:
    """PNG of another one don't replace each other; SVG has none."""
    written = [
        run("plot", "relu", "--format", form, *more).stdout.splitlines()
        for form, *more in (["png"], ["png", "--dpi", "100"], ["png", "--dpi", "101"], ["png", "--dpi", "200"])
    ]
    assert len({tuple(paths) for paths in written}) == 3
    assert written[0] == written[3] == ["gallery/relu.png"]
    assert run("plot", "relu", "--format", "svg", "--dpi", "100").stdout == "gallery/relu.svg\n"
    pair = run("plot", "relu", "--dpi", "100").stdout.splitlines()
    assert pair == [written[1][0], written[1][0].replace(".png", ".svg")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Curve(get("relu"), x=(-1, 0)), Curve(get("relu"), x=(-1.0, -0.0))),
        (Curve(get("relu"), size=(6, 4)), Curve(get("relu"), size=(6.0, 4.0))),
        (SoftmaxExample(Softmax((0.0, 1.0))), SoftmaxExample(Softmax((-0.0, 1)))),
    ],
)
def test_equal_figures_have_the_same_name(one: Picture, other: Picture) -> None:
    """However their numbers are written."""
    assert one == other
    assert one.name == other.name


_NUMBERS = st.sampled_from([-123456.0, -2.0, -1.0, -1e-5, 0.0, 1e-300, 0.1, 1.0, 2.0, 6.0, 12.0, 123456.0, 1e22])
_WINDOWS = st.tuples(_NUMBERS, _NUMBERS).filter(lambda ends: ends[1] - ends[0] > 1e-6)
_SPECS = (
    st.sampled_from(["relu", "leaky", "leaky:1", "maxout", "maxout:0/1,0/0", "maxout:0/-1,0/0", "swish:2", "prelu:-1"])
    | st.sampled_from(names())
    | st.builds("prelu:{!r}".format, _NUMBERS)
)
_LOOKS = {
    "title": st.none() | st.sampled_from(["", "a", "b", "dark", "-", "softmax"]) | st.text(max_size=4),
    "size": st.sampled_from(["docs", "slide", "square", "paper", "phone"])
    | st.tuples(*[st.sampled_from([1.0, 4.0, 6.5])] * 2),
    "theme": st.sampled_from(["auto", "light", "dark"]),
    "notes": st.booleans(),
}
_AXES = {"derivative": st.booleans(), "x": st.none() | _WINDOWS, "log_y": st.booleans(), **_LOOKS}
_ACTIVATIONS = _SPECS.map(get)
CURVES = st.builds(Curve, _ACTIVATIONS, **_AXES)
COMPARISONS = st.builds(
    Comparison,
    st.lists(_ACTIVATIONS, min_size=2, max_size=12, unique=True).map(tuple),
    side_by_side=st.booleans(),
    **_AXES,
)
EXAMPLES = st.builds(
    SoftmaxExample,
    st.builds(
        Softmax,
        st.lists(_NUMBERS, min_size=1, max_size=30).map(tuple) | st.just((-3.0, 1.5, 2.7)),
        temperature=st.sampled_from([0.5, 1.0, 2.0]),
    ),
    decimals=st.sampled_from([0, 2, 4]),
    hardmax=st.booleans(),
    **_LOOKS,
)


@given(st.lists(CURVES | COMPARISONS | EXAMPLES, min_size=2, max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_figure_is_ever_called_like_another(pictures: list[Picture]) -> None:
    """Equal figures and no others have the same name, which every file system takes."""
    called: dict[str, Picture] = {}
    for picture in pictures:
        assert called.setdefault(picture.name, picture) == picture
        assert re.fullmatch(r"[a-z0-9_.=+-]{1,120}", picture.name)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_change_of_one_field_changes_the_name(data: st.DataObject) -> None:
    """Whichever field it is."""
    picture, fields = data.draw(st.tuples(CURVES, st.just(_AXES)) | st.tuples(EXAMPLES, st.just(_LOOKS)))
    field = data.draw(st.sampled_from(sorted(fields)))
    other = replace(picture, **{field: data.draw(fields[field])})
    assert (picture.name == other.name) == (picture == other)
