"""Reads back what an SVG figure shows: its words, and its curves in the units of its axes."""

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Point = tuple[float, float]


@dataclass
class Panel:
    """One pair of axes: its curves (pieces between gaps) and its circles by name, in data units."""

    curves: dict[str, list[list[Point]]]
    circles: dict[str, list[Point]]

    def points(self, name: str) -> list[Point]:
        return [point for piece in self.curves[name] for point in piece]


def read(path: Path) -> ET.Element:
    """Parse a file with its comments, in which matplotlib keeps the words that it draws as shapes.

    Ids are as they were given, without the figure's own ending.
    """
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))
    root = ET.parse(path, parser).getroot()
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    own = root.get("id", "").removeprefix("actviz")
    for element in root.iter():
        if "id" in element.attrib:
            element.set("id", re.sub(rf"{own}(-\d+)?$", "", element.get("id", "")))
    return root


def words(root: ET.Element) -> list[str]:
    """All text that is drawn, with x for the mathematical one."""
    comments = [element.text or "" for element in root.iter() if not isinstance(element.tag, str)]
    return [html.unescape(text).replace("$x$ =", "x =").strip() for text in comments]


def panels(path: Path) -> list[Panel]:
    """All axes of a figure."""
    groups = (group for group in read(path).iter("g") if re.fullmatch(r"axes_\d+", group.get("id", "")))
    return [_panel(group) for group in groups]


def _panel(axes: ET.Element) -> Panel:
    x_scale, y_scale = _scale(axes, "xtick", "x"), _scale(axes, "ytick", "y")

    def to_data(x: float, y: float) -> Point:
        return float(np.polyval(x_scale, x)), float(np.polyval(y_scale, y))

    curves, circles = {}, {}
    for group in axes.iter("g"):
        name = group.get("id", "")
        if re.fullmatch(r"(function|derivative)-\d+-[a-z0-9_]+", name):
            drawn = group.find("path")
            assert drawn is not None
            curves[name] = [[to_data(*point) for point in piece] for piece in _pieces(drawn.get("d", ""))]
        elif re.search(r"-(open|filled)-\d+$", name):
            circles[name] = [to_data(float(use.get("x", "")), float(use.get("y", ""))) for use in group.iter("use")]
    return Panel(curves, circles)


def _scale(axes: ET.Element, kind: str, coordinate: str) -> np.ndarray:
    """Fit places in the picture to the numbers that the ticks name."""
    places, values = [], []
    for tick in axes.iter("g"):
        if re.match(f"{kind}_", tick.get("id", "")):
            mark, label = next(tick.iter("use"), None), [text for text in words(tick) if text]
            if mark is not None and label:
                places.append(float(mark.get(coordinate, "")))
                values.append(float(label[-1].replace("−", "-")))
    return np.polyfit(places, values, 1)


def _pieces(d: str) -> list[list[Point]]:
    pieces: list[list[Point]] = []
    for command, x, y in re.findall(r"([ML]) (\S+) (\S+)", d):
        if command == "M":
            pieces.append([])
        pieces[-1].append((float(x), float(y)))
    return pieces
