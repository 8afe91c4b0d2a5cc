"""Definitions translated to JavaScript, without a browser; `test_browser` asks Chromium what they give."""

from collections.abc import Callable

import numpy as np
import pytest

import actviz
from actviz.gallery.javascript import UntranslatableError, translatable, translated
from actviz.model import Definition, Interval
from actviz.numerics import Array
from actviz.registry import REGISTRY
from actviz.vector import hardmax, softmax


def test_what_is_not_translated() -> None:
    """Only what has lists for parameters keeps its figure and nothing else."""
    assert [name for name in actviz.names() if not translatable(REGISTRY[name])] == ["maxout"]
    code = translated(filter(translatable, REGISTRY.values()), {})
    assert len(code) < 40_000
    assert code.rpartition("definitions = {")[2].count(": {f: ") == len(actviz.names()) - 1


def definition(function: Callable[..., Array]) -> Definition:
    return Definition(
        name="own", title="Own", formula="x", derivative_formula="1", function=function, derivative=np.ones_like,
        range=Interval("(-inf, inf)"),
    )  # fmt: skip


def sorts(x: Array) -> Array:
    y = np.where(x > 0, x, 0.0)
    return np.sort(y)


def loops(x: Array) -> Array:
    while x.any():
        x = x / 2
    return x


def floors(x: Array) -> Array:
    return x // 2


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (sorts, r"`np\.sort\(y\)` \(test_javascript\.py, line \d+\)"),
        (loops, r"`while x\.any\(\):"),
        (floors, r"`x // 2`"),
        (np.cbrt, r"<ufunc 'cbrt'>"),
        (lambda x: np.round(x, decimals=2), r"`np\.round\(x, decimals=2\)`"),
        (lambda x: softmax(x) + 1, r"`softmax\(x\)`"),
    ],
)
def test_what_is_unknown_is_named(function: Callable[..., Array], names: str) -> None:
    """With its file and its line, while the page is built, not when it is opened."""
    with pytest.raises(UntranslatableError, match=names):
        translated([definition(function)], {})


def first_is_largest(z: Array) -> Array:
    if z[0] == z.max(axis=-1):
        return z
    return -z


def by_columns(z: Array) -> Array:
    return z / z.sum(axis=0) / z.sum(axis=-1)


def twice(z: Array) -> Array:
    p = softmax(z)
    return p / p.sum(axis=-1)


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (hardmax, r"`np\.arange\(z\.shape\[-1\]\)` \(vector\.py, line \d+\)"),
        (first_is_largest, r"`if z\[0\] == z\.max\(axis=-1\):"),
        (by_columns, r"`z\.sum\(axis=0\)`"),
        (twice, r"`softmax\(z\)` \(test_javascript\.py, line \d+\)"),
    ],
)
def test_what_is_unknown_of_a_vector_is_named(function: Callable[..., Array], names: str) -> None:
    """Likewise; what works on components one by one takes no whole vector."""
    with pytest.raises(UntranslatableError, match=names):
        translated([], {"own": function})
