"""What a curve looks like, in a sentence, for those who can't see it; worked out from the definition's facts."""

import math
from collections.abc import Sequence

from actviz import analysis
from actviz.model import Activation, Kink, readable

MOST_PIECES = 6
"""If a curve has more pieces than this, only their number is given."""


def listed(words: Sequence[str]) -> str:
    """Join words as in "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]][len(words) == 1 :])


def varied(activations: Sequence[Activation]) -> list[str]:
    """List the parameters in which settings of one definition differ; empty if there are several definitions."""
    first, *others = activations
    if not others or any(other.definition is not first.definition for other in others):
        return []
    return [name for name, value in first.parameters.items() if any(o.parameters[name] != value for o in others)]


def names_among(activations: Sequence[Activation]) -> list[str]:
    """Name each of several activations, with mathtext: only by the parameters that differ, if nothing else does."""
    differing = varied(activations)
    return [one.setting(differing) if differing else one.label for one in activations]


def titled(activations: Sequence[Activation], plainly: bool = False) -> str:
    """Name several settings of one definition together: the parameters that differ, and the values in common."""
    first, differing = activations[0], varied(activations)
    symbols = {p.name: p.name if plainly else f"${p.symbol}$" for p in first.definition.parameters}
    common = first.setting((name for name in symbols if name not in differing), plainly)
    title = f"{first.title} with different {listed([symbols[name] for name in differing])}"
    return f"{title} ({common})" if common else title


def describe(activation: Activation) -> str:
    """Say what the function does from left to right: "ReLU is 0 up to x = 0, and rises with slope 1 from there on."""
    return f"{activation.plain_label} {_course(activation)}."


def describe_derivative(activation: Activation) -> str:
    """Say where the derivative jumps, or how it runs: "The derivative jumps from 0 to 1 at x = 0."."""
    steps = [kink for kink in activation.kinks if kink.left != kink.right]
    if len(steps) > MOST_PIECES:
        return f"The derivative jumps {len(steps)} times."
    if steps:
        jumps = [f"from {_written(k.left)} to {_written(k.right)} at x = {_written(k.x)}" for k in steps]
        ends = zip((-math.inf, math.inf), (activation.kinks[0].x, activation.kinks[-1].x), strict=True)
        nears = [
            side
            for side, (end, last) in zip(("left", "right"), ends, strict=True)
            if activation.derivative(end) == 0 and analysis.straight(activation, *sorted((end, last))) is None
        ]
        return f"The derivative jumps {listed(jumps)}" + (f", and nears 0 {_on(nears)}" if nears else "") + "."
    gaps = [_written(kink.x) for kink in activation.kinks if kink.limits]
    undefined = ""
    if gaps:
        undefined = f", except at x = {listed(gaps)}" if len(gaps) <= MOST_PIECES else f", except at {len(gaps)} places"
    return f"The derivative {_course_of_derivative(activation)}{undefined}."


def _course_of_derivative(activation: Activation) -> str:
    """Describe a derivative that doesn't jump."""
    left, right = map(activation.derivative, (-math.inf, math.inf))
    lowest, highest = analysis.slope_bounds(activation)
    if math.isclose(lowest[1], highest[1], rel_tol=1e-13):
        return f"is {_written(highest[1])} everywhere"
    if math.isnan(left) or math.isnan(right):
        settles = zip(("left", "right"), (left, right), strict=True)
        nears = [f"nears {_written(limit)} on the {side}" for side, limit in settles if not math.isnan(limit)]
        return "rises and falls over and over" + _between(lowest[1], highest[1]) + "".join(f", and {s}" for s in nears)
    turns = []
    for words, (x, slope), beyond in (
        ("largest", highest, highest[1] > max(left, right)),
        ("smallest", lowest, lowest[1] < min(left, right)),
    ):
        if beyond and not math.isclose(slope, left) and not math.isclose(slope, right):
            place = f" at x = {activation.said(x, True)}" if (x, slope) in analysis.single_slopes(activation) else ""
            turns.append((x, words, f"{activation.said(slope, True)}{place}"))
    if turns:
        (_, first, there), *rest = sorted(turns)
        then = "".join(f", and its {words}, {value}" for _, words, value in rest)
        return f"goes from {_written(left)} through its {first} value, {there}{then}, to {_written(right)}"
    verb = analysis.slope_trend(activation) or "goes"
    return f"{verb} from {_written(left)} " + ("without bound" if math.isinf(right) else f"to {_written(right)}")


def _on(sides: Sequence[str]) -> str:
    return "on both sides" if len(sides) == 2 else f"on the {sides[0]}"


def _between(low: float, high: float) -> str:
    """Say between which bounds something goes up and down."""
    if math.isfinite(low) and math.isfinite(high):
        return f" between {_written(low)} and {_written(high)}"
    return ", without bound"


def _course(activation: Activation) -> str:
    if analysis.endless(activation):
        return _waves(activation)
    turns = [one.x for one in analysis.extrema(activation)]
    kinks = [kink.x for kink in activation.kinks]
    cuts = sorted({*turns, *kinks})
    if not cuts:
        return _whole(activation)
    if len(cuts) >= MOST_PIECES:
        between = f"between x = {_written(cuts[0])} and x = {_written(cuts[-1])}"
        if set(turns) <= set(kinks):
            return f"is made of {len(cuts) + 1} pieces, which meet {between}"
        return f"turns {len(turns)} times {between}"
    ends = [-math.inf, *cuts, math.inf]
    phrases = [_piece(activation, ends, index) for index in range(len(cuts) + 1)]
    return f"{', '.join(phrases[:-1])}, and {phrases[-1]}"


def _waves(activation: Activation) -> str:
    """Describe a function that turns over and over."""
    limits = {side: activation(end) for side, end in (("left", -math.inf), ("right", math.inf))}
    finite = {side: limit for side, limit in limits.items() if math.isfinite(limit)}
    if len(finite) == 2 and len(set(finite.values())) == 1:
        nears = f", and nears {_written(limits['left'])} on both sides"
    else:
        nears = "".join(f", and nears {_written(limit)} on the {side}" for side, limit in finite.items())
    return "rises and falls over and over" + _between(activation.range.low, activation.range.high) + nears


def _whole(activation: Activation) -> str:
    """Describe a function that is one piece."""
    if not analysis.nonlinear(activation):
        slope = activation.derivative(0.0)
        if slope == 0:
            return f"is {_written(activation(0.0))} everywhere"
        return f"{_verb(slope)} everywhere: a straight line"
    low, high = (activation(end) for end in (-math.inf, math.inf))
    verb = "rises" if analysis.steepest(activation)[1] > 0 else "falls"
    peaks = analysis.peaks(activation)
    steepest = "".join(
        f", most steeply at x = {activation.said(x, True)}, with slope {_written(slope)}" for x, slope in peaks
    )
    begin = "" if math.isnan(low) else f" from {_written(low)}"
    return f"{verb}{begin} {_far(high, activation)}{steepest}"


def _piece(activation: Activation, ends: Sequence[float], index: int) -> str:
    """Describe the piece with an index: the first says where it ends, the last where it begins."""
    start, stop = ends[index : index + 2]
    slope = analysis.straight(activation, start, stop)
    at_start, at_stop = (next((k for k in activation.kinks if k.x == x), None) for x in (start, stop))
    limits = at_start.limits if at_start else None
    jump = ""
    if limits:
        value = activation(start)
        there = "" if value in limits else f", where it is {_written(value)}"
        jump = f"jumps from {_written(limits[0])} to {_written(limits[1])} at x = {_written(start)}{there}, then "
    if math.isinf(stop):
        where = " from there on" if len(ends) == 3 or limits else f" from x = {_written(start)} on"
    elif index and math.isinf(ends[index + 2]) and _begins(activation, stop):
        where = ""  # the last piece says where it begins
    else:
        where = f" up to x = {_written(stop)}"
    if slope == 0:
        verb = "stays at" if math.isinf(stop) and index else "is"
        return f"{jump}{verb} {_written(activation(_inside(start, stop)))}{where}"
    if slope is not None:
        return f"{jump}{_verb(slope)}{where}"
    first, last = _limit(activation, start, at_start, 1), _limit(activation, stop, at_stop, 0)
    verb = "rises" if last > first else "falls"
    if math.isinf(stop):
        return f"{jump}{verb} {_far(last, activation)}"
    begin = f" from {_written(first)}" if math.isfinite(first) and index == 0 else ""
    return f"{jump}{verb}{begin} to {_written(last)} at x = {_written(stop)}"


def _begins(activation: Activation, x: float) -> bool:
    """Whether the last piece, from x on, is described with the place where it begins."""
    jumps = any(kink.x == x and kink.limits for kink in activation.kinks)
    return jumps or analysis.straight(activation, x, math.inf) is not None


def _limit(activation: Activation, x: float, kink: Kink | None, side: int) -> float:
    """Return the value that the function nears at an end of a piece: from the left (0), or from the right (1)."""
    return kink.limits[side] if kink and kink.limits else float(activation(x))


def _far(limit: float, activation: Activation) -> str:
    """Say where the function goes on the right."""
    if math.isnan(limit):
        return "without a limit"
    if math.isfinite(limit):
        return f"to {_written(limit)}"
    slope = activation.derivative(math.inf)
    if math.isnan(slope):
        return "without bound"
    return "without bound, " + (
        "ever more steeply" if math.isinf(slope) else f"with a slope that nears {_written(slope)}"
    )


def _written(value: float) -> str:
    return readable(value + 0.0)  # not -0


def _verb(slope: float) -> str:
    return f"{'rises' if slope > 0 else 'falls'} with slope {_written(abs(slope))}"


def _inside(start: float, stop: float) -> float:
    """Return a place between two ends, which may be infinite."""
    if math.isinf(start):
        return stop - max(1.0, abs(stop))
    return start + max(1.0, abs(start)) if math.isinf(stop) else start + (stop - start) / 2
