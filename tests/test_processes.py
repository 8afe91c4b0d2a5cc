"""Drawing in several processes, with the way of starting them that works everywhere."""

import multiprocessing
from dataclasses import replace
from typing import NoReturn

import pytest

from actviz.activations.rectifiers import RELU
from actviz.errors import ActvizError
from actviz.figures import Curve
from actviz.gallery import processes
from actviz.output import rendering
from actviz.registry import get

FORMATS = ("svg",)


@pytest.fixture(autouse=True)
def _spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that inherit nothing, as on macOS and Windows."""
    spawn = multiprocessing.get_context("spawn")
    monkeypatch.setattr(multiprocessing, "get_context", lambda method=None: spawn)


def test_figures_come_in_order_wherever_they_are_drawn() -> None:
    """Also those that can't be sent; the bytes are the same."""
    alone = replace(RELU, name="alone", function=lambda x: 2 * x).bind()
    pictures = [Curve(get("relu")), Curve(alone), *(Curve(get(name)) for name in ("elu", "tanh", "sigmoid"))]
    drawn = list(processes.rendered(dict.fromkeys(pictures, FORMATS), 2))
    assert [picture for picture, _ in drawn] == pictures
    assert [contents for _, contents in drawn] == [rendering.render(picture, FORMATS) for picture in pictures]
    assert not multiprocessing.active_children()


class Broken(Curve):
    """A figure that can be sent, but not drawn."""

    def draw(self) -> NoReturn:
        raise ActvizError("it fails")


def test_an_error_in_a_process_is_raised_here() -> None:
    """As it is, with a note of where it was raised; what comes before is drawn, and no process stays."""
    relu = get("relu")
    drawn = processes.rendered(dict.fromkeys([Curve(relu), Broken(relu), Curve(get("elu"))], FORMATS), 2)
    assert next(drawn)[0] == Curve(relu)
    with pytest.raises(ActvizError) as raised:
        next(drawn)
    assert str(raised.value) == "it fails"
    assert "in draw" in raised.value.__notes__[0]
    assert not multiprocessing.active_children()


def test_processes_end_when_nobody_wants_more() -> None:
    """After the first figure, say because it can't be written."""
    drawn = processes.rendered({Curve(get(name)): FORMATS for name in ("relu", "elu", "tanh")}, 2)
    next(drawn)
    assert multiprocessing.active_children()
    drawn.close()
    assert not multiprocessing.active_children()
