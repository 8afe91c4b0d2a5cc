"""When two SVG files show the same figure."""

import re
from pathlib import Path

import pytest

from actviz.gallery.comparing import same_svg

FIGURE = (Path(__file__).parents[1] / "gallery" / "gelu-derivative.svg").read_text(encoding="utf-8")
ELSEWHERE = re.sub(r"matplotlib \d+\.\d+", "matplotlib 0.1", FIGURE)


def moved(svg: str, pattern: str, by: float) -> str:
    """Move the second number of the first match."""
    changed, count = re.subn(pattern, lambda found: f"{found[1]}{float(found[2]) + by}", svg, count=1)
    assert count == 1
    return changed


CURVE = r'(id="function-0-gelu[^"]*">\s*<path d="M \S+ )([\d.]+)'
TEXT = r'(<g style="fill: #566170" transform="translate\([\d.]+ )([\d.]+)'


def test_the_last_digits_may_differ() -> None:
    """Processors round differently."""
    assert same_svg(FIGURE, moved(FIGURE, CURVE, 0.0004))
    assert not same_svg(FIGURE, moved(FIGURE, CURVE, 0.4))


def test_another_version_of_matplotlib_moves_text() -> None:
    """Under the same one, it stands where it stood."""
    assert not same_svg(FIGURE, moved(FIGURE, TEXT, 1.5))
    assert same_svg(FIGURE, moved(ELSEWHERE, TEXT, 1.5))


@pytest.mark.parametrize(
    "change",
    [
        lambda svg: moved(svg, CURVE, 3.0),
        lambda svg: svg.replace("derivative-0-gelu", "derivative-0-mish"),
        lambda svg: re.sub(r"(?<=<desc)(.*?)falls", r"\1rises", svg, count=1),
        lambda svg: re.sub(r"<!-- GELU -->", "<!-- Gelu -->", svg, count=1),
        lambda svg: svg.replace("</svg>", ""),
    ],
    ids=["curve", "name", "description", "word", "broken"],
)
def test_another_version_draws_the_same_curves_and_words(change: object) -> None:
    """What a figure shows doesn't depend on who draws it."""
    assert callable(change)
    changed = change(ELSEWHERE)
    assert changed != ELSEWHERE
    assert not same_svg(FIGURE, changed)
