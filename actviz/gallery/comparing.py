"""Whether two SVG files show the same figure.

Under the minor version of matplotlib that drew a committed figure, another drawing of it is the same but for the last
digits of coordinates. Under others, text has other widths, which moves what is placed by them; words and curves stay.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import numpy as np

from actviz.numerics import Array

TOLERANCE = 1e-3
"""How many points a coordinate may differ by: processors round the last digit of exp differently."""

APART = 1e-3
"""The share of the axes' sides by which a point of a curve may differ between versions of matplotlib."""

_NUMBER = re.compile(r"(-?\d+\.\d+)")
_VERSION = re.compile(r"matplotlib \d+\.\d+")
_CURVE = re.compile(r"(function|derivative|difference)-\d")
_TICK = re.compile(r"[xy]tick_")


def same_svg(one: str, other: str) -> bool:
    """Tell whether two SVG files show the same figure."""
    if _drawn_by(one) == _drawn_by(other):
        return _same_text(one, other)
    try:
        return _same_content(one, other)
    except ET.ParseError:
        return False


def _drawn_by(svg: str) -> str:
    found = _VERSION.search(svg)
    return found[0] if found else ""


def _same_text(one: str, other: str) -> bool:
    ones, others = _NUMBER.split(one), _NUMBER.split(other)
    return (
        len(ones) == len(others)
        and ones[::2] == others[::2]
        and all(abs(float(a) - float(b)) <= TOLERANCE for a, b in zip(ones[1::2], others[1::2], strict=True))
    )


def _same_content(one: str, other: str) -> bool:
    (words, places), (other_words, other_places) = map(_content, (one, other))
    return (
        words == other_words
        and len(places) == len(other_places)
        and all(
            name == other_name and ours.shape == theirs.shape and np.allclose(ours, theirs, rtol=0, atol=APART)
            for (name, ours), (other_name, theirs) in zip(places, other_places, strict=True)
        )
    )


def _content(svg: str) -> tuple[Counter[str], list[tuple[str, Array]]]:
    """Read the words, which matplotlib keeps in comments, and the places of curves and ticks as shares of their axes.

    The ticks' words say which numbers their places stand for, so equal shares are equal data.
    """
    root = ET.fromstring(svg, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))
    drawn = [element for element in root.iter() if callable(element.tag)]  # comments
    spoken = [element for element in root if _tag(element) in ("title", "desc")]
    words = Counter((element.text or "").strip() for element in (*drawn, *spoken))
    places = []
    for axes in _groups(root, "axes_"):
        frame = _points(next(path for path in axes.iter() if _tag(path) == "path"))
        corner, sides = frame.min(axis=0), np.ptp(frame, axis=0)
        for group in axes.iter():
            name = group.get("id", "")
            if _tag(group) == "g" and (_CURVE.match(name) or _TICK.match(name)):
                marks = [_points(mark) for mark in group.iter() if _tag(mark) in ("path", "use")]
                places += [(name, (points - corner) / sides) for points in marks[:1]]
    return words, places


def _groups(root: ET.Element, beginning: str) -> list[ET.Element]:
    return [group for group in root.iter() if _tag(group) == "g" and group.get("id", "").startswith(beginning)]


def _tag(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _points(mark: ET.Element) -> Array:
    """Read the points of a path, or the place of a marker."""
    if _tag(mark) == "use":
        return np.array([[float(mark.get("x", 0)), float(mark.get("y", 0))]])
    pairs = re.findall(r"[MLQC] ?(-?[\d.]+) (-?[\d.]+)", mark.get("d", ""))
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)
