"""What a curve looks like in a sentence, for those who can't see it; worked out from the definition's facts."""

import math
from collections.abc import Sequence

import numpy as np

from actviz.model import Activation, readable

MOST_PIECES = 6
"""Of more pieces only the number is told."""


def listed(words: Sequence[str]) -> str:
    """Join words as in "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]][len(words) == 1 :])


def describe(activation: Activation) -> str:
    """Say what the function does from left to right: "ReLU is 0 up to x = 0, and rises with slope 1 from there on."."""
    return f"{activation.plain_label} {_course(activation)}."


def describe_derivative(activation: Activation) -> str:
    """Say where the derivative jumps, or how it runs: "The derivative jumps from 0 to 1 at x = 0."."""
    jumps = [f"from {_written(k.left)} to {_written(k.right)} at x = {_written(k.x)}" for k in activation.kinks]
    left, right = map(activation.derivative, (-math.inf, math.inf))
    x, size = activation.steepest
    if len(jumps) > MOST_PIECES:
        course = f"jumps {len(jumps)} times"
    elif jumps:
        bent = left == 0 and _straight(activation, -math.inf, activation.kinks[0].x) is None
        course = f"jumps {listed(jumps)}" + ", and nears 0 on the left" * bent
    elif not activation.nonlinear:
        course = f"is {_written(left)} everywhere"
    elif math.isfinite(x) and size > max(abs(left), abs(right)) * (1 + 1e-9):
        peak = f"{_written(size)} at x = {_written(x)}"
        course = f"goes from {_written(left)} over its largest value, {peak}, to {_written(right)}"
    else:
        course = f"rises from {_written(left)} " + ("without bound" if math.isinf(right) else f"to {_written(right)}")
    return f"The derivative {course}."


def _cuts(activation: Activation) -> list[float]:
    """Where one piece of the function ends and another begins."""
    places = {kink.x for kink in activation.kinks}
    return sorted(places | ({activation.minimum[0]} if activation.minimum else set()))


def _course(activation: Activation) -> str:
    cuts = _cuts(activation)
    if not cuts:
        return _whole(activation)
    if len(cuts) >= MOST_PIECES:
        between = f"between x = {_written(cuts[0])} and x = {_written(cuts[-1])}"
        return f"is made of {len(cuts) + 1} pieces, which meet {between}"
    ends = [-math.inf, *cuts, math.inf]
    phrases = [_piece(activation, ends, index) for index in range(len(cuts) + 1)]
    return f"{', '.join(phrases[:-1])}, and {phrases[-1]}"


def _whole(activation: Activation) -> str:
    """Describe a function that is one piece."""
    slope = _straight(activation, -math.inf, math.inf)
    if slope is not None:
        return f"{_verb(slope)} everywhere: a straight line"
    low, high = (activation(end) for end in (-math.inf, math.inf))
    x, size = activation.steepest
    steepest = f", most steeply at x = {_written(x)}, with slope {_written(size)}" if math.isfinite(high) else ""
    return f"rises from {_written(low)} {_far(high, activation)}{steepest}"


def _piece(activation: Activation, ends: Sequence[float], index: int) -> str:
    """Describe the piece of a number: the first says where it ends, the last where it begins."""
    start, stop = ends[index : index + 2]
    slope = _straight(activation, start, stop)
    limits = next((kink.limits for kink in activation.kinks if kink.x == start), None)
    jump = (
        f"jumps from {_written(limits[0])} to {_written(limits[1])} at x = {_written(start)}, then " if limits else ""
    )
    if math.isinf(stop):
        where = " from there on" if len(ends) == 3 or limits else f" from x = {_written(start)} on"
    else:
        where = "" if index and math.isinf(ends[index + 2]) else f" up to x = {_written(stop)}"
    if slope == 0:
        verb = "stays at" if math.isinf(stop) and index else "is"
        return f"{jump}{verb} {_written(activation(_inside(start, stop)[1]))}{where}"
    if slope is not None:
        return f"{jump}{_verb(slope)}{where}"
    first, last = activation(start), activation(stop)
    verb = "rises" if last > first else "falls"
    if math.isinf(stop):
        return f"{jump}{verb} {_far(last, activation)}"
    begin = f" from {_written(first)}" if math.isfinite(first) and index == 0 else ""
    return f"{jump}{verb}{begin} to {_written(last)} at x = {_written(stop)}"


def _far(limit: float, activation: Activation) -> str:
    """Say where the function goes on the right."""
    if math.isfinite(limit):
        return f"to {_written(limit)}"
    slope = activation.derivative(math.inf)
    return "without bound, " + (
        f"with a slope that nears {_written(slope)}" if slope < math.inf else "ever more steeply"
    )


def _written(value: float) -> str:
    return readable(value + 0.0)  # not -0


def _verb(slope: float) -> str:
    if slope == 0:
        return "is constant"
    return f"{'rises' if slope > 0 else 'falls'} with slope {_written(abs(slope))}"


def _inside(start: float, stop: float) -> list[float]:
    """Give places between two ends, which may be infinite."""
    if math.isinf(start) and math.isinf(stop):
        return [-100.0, -1.0, 0.0, 0.5, 3.0]
    if math.isinf(start):
        return [stop - away * max(1.0, abs(stop)) for away in (0.01, 0.5, 2.0, 100.0)]
    if math.isinf(stop):
        return [start + away * max(1.0, abs(start)) for away in (0.01, 0.5, 2.0, 100.0)]
    return [start + share * (stop - start) for share in (0.02, 0.5, 0.98)]


def _straight(activation: Activation, start: float, stop: float) -> float | None:
    """Give the slope of a piece that is straight."""
    slopes = activation.derivative(np.array(_inside(start, stop)))
    return float(slopes[0]) if np.ptp(slopes) == 0 else None
