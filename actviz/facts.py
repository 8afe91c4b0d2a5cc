"""What a definition holds and what follows from it, as data and as lines of text for cards and tables."""

import ast
import math
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, Any

import numpy as np

from actviz import analysis
from actviz.analysis import Extremum, Side
from actviz.errors import InputError, nearest
from actviz.formula import latex, plain
from actviz.gated import GatedUnit
from actviz.model import REALS, SUPERSCRIPT, Activation, Definition, Kink, Value, assignment, given, readable
from actviz.registry import GATED_UNITS, REGISTRY, family, get

if TYPE_CHECKING:
    from actviz.lessons.schedules import Schedule

SHOWN_AT = (-2.0, -1.0, 0.0, 1.0, 2.0)

SIDES: dict[Side, str] = {"none": "no", "left": "on the left", "right": "on the right", "both": "on both sides"}
_NEAR_ZERO: dict[Side, str] = {"none": "no", "left": "only for x < 0", "right": "only for x > 0", "both": "yes"}


def yes(fact: bool) -> str:
    return "yes" if fact else "no"


def smoothness(activation: Activation) -> str:
    """Name the class of smoothness: jumps, or C⁰, C¹, C², … up to C∞."""
    order = activation.smoothness
    if order < 0:
        return "jumps"
    return "C∞" if math.isinf(order) else "C" + str(int(order)).translate(SUPERSCRIPT)


def differentiable(activation: Activation) -> str:
    """Say where it is differentiable."""
    places = [readable(kink.x) for kink in activation.kinks]
    return f"except at x = {', '.join(places)}" if places else f"everywhere ({smoothness(activation)})"


def kink_lines(activation: Activation, kink: Kink) -> list[str]:
    """Describe a kink: its slopes in a line, and what the frameworks return there in another."""
    slopes = f"slope {readable(kink.left)} on the left, {readable(kink.right)} on the right"
    jump = ""
    if kink.limits:
        left, right, there = map(readable, (*kink.limits, activation(kink.x)))
        jump = f"; f jumps from {left} to {right}, and is {there} there"
    answers = ", ".join(f"{readable(slope)} in {framework}" for framework, slope in kink.answers.items())
    line = f"x = {readable(kink.x)}: {slopes}, {readable(kink.convention)} by convention{jump}"
    return [line, f"frameworks say {answers}"] if answers else [line]


VALUE_HEADINGS = ("x", "f(x)", "f'(x)")


def values(activation: Activation, points: Iterable[float]) -> list[tuple[float, float, float]]:
    """Return x, f(x) and f'(x) for each point."""
    return [(x, activation(x), activation.derivative(x)) for x in points]


def value_rows(activation: Activation, points: Iterable[float]) -> list[tuple[str, ...]]:
    """Write x, f(x) and f'(x) to the last digit."""
    return [tuple(map(repr, row)) for row in values(activation, points)]


def value_data(activation: Activation, points: Iterable[float]) -> list[dict[str, float]]:
    """Return x, f(x) and f'(x) for JSON."""
    return [{"x": x, "f": f, "derivative": slope} for x, f, slope in values(activation, points)]


def properties(activation: Activation) -> list[tuple[str, str]]:
    """Return what follows from a definition as pairs of a heading and a line, which may be empty."""
    mean = readable(analysis.mean_output(activation))
    return [
        ("range", str(activation.range)),
        ("non-linear", yes(analysis.nonlinear(activation))),
        ("differentiable", differentiable(activation)),
        ("monotonic", yes(activation.monotonic)),
        ("f(x) ≈ x near 0", _NEAR_ZERO[analysis.identity_near_zero(activation)]),
        ("zero-centred", f"{yes(analysis.zero_centred(activation))} (mean output {mean} for inputs from N(0, 1))"),
        ("saturates", SIDES[analysis.saturation(activation)]),
        ("steepest slope", steepest_slope(activation)),
        *((kind, extremum_line(activation, kind)) for kind in ("minimum", "maximum")),
    ]


def also_called(activation: Activation) -> list[str]:
    """List the other names; one that stands for certain parameters says which: `siren (sine:30)`."""
    return [
        f"{word} ({definition.name}:{parameters})" if parameters else word
        for word, definition, parameters in REGISTRY.aliases(activation.definition)
    ]


def _spec(definition: Definition, word: str) -> str:
    """Write the specification that a framework's name stands for."""
    _, colon, parameters = word.partition(":")
    return f"{definition.name}{colon}{parameters}"


def steepest_slope(activation: Activation) -> str:
    """Write the slope that is largest in size, with the places that have it if those are one or two."""
    if peaks := analysis.peaks(activation):
        return ", ".join(f"{activation.said(slope, True)} at x = {activation.said(x, True)}" for x, slope in peaks)
    slope = readable(analysis.steepest(activation)[1])
    return f"{slope}, apart from jumps" if any(kink.limits for kink in activation.kinks) else slope


def extremum_line(activation: Activation, kind: str) -> str:
    """Write the minima, or the maxima, each value with its places; if there is no end to them, the extreme ones."""
    extremes = (*analysis.lowest(activation), *analysis.highest(activation))
    endless = analysis.endless(activation)
    places: dict[float, list[Extremum]] = {}
    for one in extremes if endless else analysis.extrema(activation):
        if one.kind == kind:
            value = next((value for value in places if math.isclose(value, one.value, rel_tol=1e-12)), one.value)
            places.setdefault(value, []).append(one)
    lines = []
    for value, several in places.items():
        at = ", ".join(activation.said(one.x, True) for one in several) + (
            ", …" if endless and len(several) > 2 else ""
        )
        lines.append(f"{activation.said(value, True)} at x = {at}" + ("" if several[0] in extremes else " (local)"))
    return "; ".join(lines)


def card(activation: Activation) -> list[tuple[str, str]]:
    """Return all that is known about an activation as pairs of a heading and a line; "" continues a heading."""
    definition = activation.definition
    lines = [
        ("name", activation.name),
        ("also called", ", ".join(also_called(activation))),
        ("summary", definition.summary),
        ("f(x)", plain(activation.formula)),
        ("f'(x)", plain(activation.derivative_formula)),
        *((plain(symbol), repr(value)) for symbol, value in definition.constants.items()),
    ]
    for parameter, value in zip(definition.parameters, activation.values, strict=True):
        usual = ", ".join(map(written, dict.fromkeys(parameter.usual)))
        lines.append((parameter.name, f"{written(value)} ({plain(parameter.symbol)}: {parameter.meaning})"))
        lines.append(("", f"default {written(parameter.default)}, in {parameter.domain}; usual: {usual}"))
        lines.append(("", f"also called {', '.join(parameter.aliases)}"))
    lines += [
        *properties(activation),
        *_under("kinks", [line for one in activation.kinks for line in kink_lines(activation, one)]),
        ("strength", definition.strength),
        ("weakness", definition.weakness),
        *_under("accuracy", [bound.says for bound in activation.accuracy]),
        ("paper", str(activation.reference or "")),
    ]
    for framework, code in activation.code.items():
        lines += _under(framework, [code, *definition.frameworks[framework].remarks])
    lines += _under("relatives", [f"{get(one.to).title}: {one.says}" for one in definition.relatives])
    return [(heading, line) for heading, line in lines if line]


def data(activation: Activation) -> dict[str, Any]:
    """Return what `card` says as a structure for JSON."""
    definition = activation.definition
    return {
        "name": activation.name,
        "aliases": [one.word for one in REGISTRY.aliases(activation.definition)],
        "title": activation.title,
        "spec": activation.spec,
        "summary": definition.summary,
        "formula": plain(activation.formula),
        "formula_latex": latex(activation.formula),
        "derivative_formula": plain(activation.derivative_formula),
        "derivative_formula_latex": latex(activation.derivative_formula),
        "constants": {plain(symbol): value for symbol, value in definition.constants.items()},
        "parameters": [
            {
                "name": parameter.name,
                "value": value,
                "default": parameter.default,
                "symbol": plain(parameter.symbol),
                "meaning": parameter.meaning,
                "domain": parameter.domain.text,
                "usual": list(parameter.usual),
                "aliases": list(parameter.aliases),
            }
            for parameter, value in zip(definition.parameters, activation.values, strict=True)
        ],
        "range": activation.range.text,
        "nonlinear": analysis.nonlinear(activation),
        "smooth": analysis.smooth(activation),
        "smoothness": activation.smoothness,
        "monotonic": activation.monotonic,
        "identity_near_zero": analysis.identity_near_zero(activation),
        "zero_centred": analysis.zero_centred(activation),
        "mean_output": analysis.mean_output(activation),
        "saturates": analysis.saturation(activation),
        "extrema": [{"kind": one.kind, "x": one.x, "f": one.value} for one in analysis.extrema(activation)],
        "endless": analysis.endless(activation),
        "steepest_slope": analysis.steepest(activation)[1],
        "steepest_slope_at": analysis.steepest(activation)[0],
        "kinks": [{**vars(one), "f": activation(one.x)} for one in activation.kinks],
        "accuracy": [bound.says for bound in activation.accuracy],
        "strength": definition.strength,
        "weakness": definition.weakness,
        "reference": {**vars(paper), "bibtex": paper.bibtex} if (paper := activation.reference) else None,
        "relatives": [{"to": one.to, "says": one.says} for one in definition.relatives],
        "frameworks": {
            name: {
                "code": code,
                "names": {word.partition(":")[0]: _spec(definition, word) for word in spelling.names},
                "defaults": spelling.defaults,
                "note": spelling.note,
            }
            for name, code in activation.code.items()
            for spelling in (definition.frameworks[name],)
        },
        "values": value_data(activation, SHOWN_AT),
    }


FRAMEWORKS = {
    "torch": ("PyTorch", "torch."),
    "pytorch": ("PyTorch", "torch."),
    "keras": ("Keras", "keras."),
    "jax": ("JAX", "jax."),
    "flax": ("JAX", "flax."),
    "tensorflow": ("TensorFlow", "tf."),
    "tf": ("TensorFlow", "tf."),
    "transformers": ("Hugging Face", "transformers."),
    "huggingface": ("Hugging Face", "transformers."),
    "onnx": ("ONNX", ""),
    "nnlib": ("NNlib", "NNlib."),
}
"""What frameworks are called, with their names in definitions and how the names of their functions begin."""


def known_framework(word: str) -> tuple[str, str]:
    """Look up a framework in `FRAMEWORKS`, whatever the case.

    Raises
    ------
    InputError
        If it isn't one of them.
    """
    try:
        return FRAMEWORKS[word.lower()]
    except KeyError:
        hint = nearest(word, FRAMEWORKS, f"; there are {', '.join(FRAMEWORKS)}")
        raise InputError(f"in '{word}' is unknown{hint}", "in") from None


def built_in(activation: Activation, framework: str) -> bool:
    """Whether a framework has a function for it, so that it takes one call there.

    Raises
    ------
    InputError
        If the framework isn't one of `FRAMEWORKS`.
    """
    name, module = known_framework(framework)
    spelling = activation.definition.frameworks.get(name)
    if spelling is None:
        return False
    if any(word.startswith(module) for word in spelling.names):
        return True
    code = activation.code.get(name, "")
    return code.startswith(module) and _one_call(code)


def _one_call(code: str) -> bool:
    """Whether an expression is a call on x whose other arguments use only attributes of x, such as its dtype."""
    call = ast.parse(code, mode="eval").body
    if not isinstance(call, ast.Call):
        return False
    x, *others = [*call.args, *(keyword.value for keyword in call.keywords)]
    asked = {id(node.value) for other in others for node in ast.walk(other) if isinstance(node, ast.Attribute)}
    names = (
        node for other in others for node in ast.walk(other) if isinstance(node, ast.Name) and id(node) not in asked
    )
    return isinstance(x, ast.Name) and all(node.id != "x" for node in names)


HEADINGS = ("name", "title", "formula", "range", "monotonic", "smooth", "saturates", "year")


def summary(activation: Activation) -> dict[str, Any]:
    """Return what the list of all activations shows of this one, for JSON."""
    return {
        "name": activation.name,
        "title": activation.title,
        "family": family(activation.definition),
        "formula": plain(activation.formula),
        "range": activation.range.text,
        "monotonic": activation.monotonic,
        "smooth": analysis.smooth(activation),
        "saturates": analysis.saturation(activation),
        "year": activation.reference.year if activation.reference else None,
        "aliases": [one.word for one in REGISTRY.aliases(activation.definition)],
        "framework_names": [
            word.partition(":")[0] for one in activation.definition.frameworks.values() for word in one.names
        ],
    }


def row(activation: Activation) -> list[str]:
    """Write what the list of all activations shows of this one."""
    year = activation.reference.year if activation.reference else "–"
    shown = {**summary(activation), "range": str(activation.range).replace(" ∪ ", "∪"), "year": year}
    return [yes(shown[heading]) if isinstance(shown[heading], bool) else str(shown[heading]) for heading in HEADINGS]


def _under(heading: str, lines: list[str]) -> list[tuple[str, str]]:
    return [(heading if index == 0 else "", line) for index, line in enumerate(lines)]


def written(value: Value) -> str:
    """Write the value of a parameter."""
    return given(value)


SCHEDULE_HEADINGS = ("name", "parameters", "what it does", "formula")


def schedule_row(schedule: "Schedule") -> tuple[str, ...]:
    """Return the row of a schedule in the list of all, with its parameters as they can be typed."""
    text = ",".join(starmap(assignment, schedule.parameters.items()))
    return schedule.name, text, schedule.kind.summary, plain(schedule.formula)


def schedule_card(schedule: "Schedule") -> list[tuple[str, str]]:
    """Return what is known of a schedule as pairs of a heading and a line."""
    lines = [("what it does", schedule.kind.summary), ("rate at step t", plain(schedule.formula))]
    symbols = {p.name: plain(p.symbol) for p in schedule.kind.parameters}
    lines.append(("", ", ".join(f"{symbol} is {name}" for name, symbol in symbols.items() if symbol != name)))
    for framework in SCHEDULE_FRAMEWORKS:
        if framework not in schedule.code:
            lines.append((framework, "none"))
            continue
        note = schedule.kind.frameworks[framework].note
        lines += [(framework, schedule.code[framework]), *([("", note)] if note else [])]
    return lines


SCHEDULE_FRAMEWORKS = ("TensorFlow 1", "Keras", "PyTorch")


def schedule_data(schedule: "Schedule", until: int | None = None) -> dict[str, Any]:
    """Return what is known of a schedule for JSON, with its rates from step 0 to `until` if that is given."""
    data = {
        "name": schedule.name,
        "title": schedule.title,
        "spec": schedule.spec,
        "parameters": dict(schedule.parameters),
        "summary": schedule.kind.summary,
        "formula": latex(schedule.formula),
        "frameworks": {
            framework: {"code": code, "note": schedule.kind.frameworks[framework].note}
            for framework, code in schedule.code.items()
        },
    }
    return data if until is None else data | {"rates": schedule(np.arange(until + 1.0)).tolist()}


def rate_table(schedules: "Sequence[Schedule]", until: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the rates at a few steps from 0 to `until`: headings and rows."""
    apart = next(d * 10**p for p in range(9) for d in (1, 2, 5) if until <= MOST_RATES * d * 10**p)
    steps = [*range(0, until, apart), until]
    rows = [(str(step), *(readable(schedule(step)) for schedule in schedules)) for step in steps]
    return ("step", *(schedule.spec for schedule in schedules)), rows


MOST_RATES = 10
"""The most rows of a table of rates, not counting that of the last step."""


UNIT_HEADINGS = ("a", "b", "f(a, b)", "∂f/∂a", "∂f/∂b")

UNITS_SHOWN_AT = tuple((a, b) for b in (-2.0, 0.0, 2.0) for a in (-1.0, 1.0))


def pairs(unit: GatedUnit, numbers: Sequence[float]) -> list[tuple[float, float]]:
    """Read numbers two at a time, as a and b.

    Raises
    ------
    InputError
        If one is left over.
    """
    if len(numbers) % 2:
        raise InputError(f"{unit.name} takes two inputs, a and the gate b; {_given(len(numbers))}, so one is left over")
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _given(count: int) -> str:
    return "1 number is given" if count == 1 else f"{count} numbers are given"


def unit_value_rows(unit: GatedUnit, points: Iterable[tuple[float, float]]) -> list[tuple[str, ...]]:
    """Write a, b, f(a, b) and both partial derivatives to the last digit."""
    return [tuple(map(repr, (a, b, unit(a, b), *unit.partials(a, b)))) for a, b in points]


def unit_value_data(unit: GatedUnit, points: Iterable[tuple[float, float]]) -> list[dict[str, float]]:
    """Return the same for JSON."""
    keys = ("a", "b", "f", "derivative_a", "derivative_b")
    return [dict(zip(keys, (a, b, unit(a, b), *unit.partials(a, b)), strict=True)) for a, b in points]


def _diagonal(unit: GatedUnit) -> str:
    """Say what the unit is if both inputs are the same."""
    definition = unit.definition
    same = f": {get(definition.is_diagonal).title}" if definition.is_diagonal else ""
    return f"{plain(definition.diagonal)}{same}"


def unit_properties(unit: GatedUnit) -> list[tuple[str, str]]:
    """Return what follows from a gated unit's definition as pairs of a heading and a line."""
    kinks = ", ".join(f"b = {readable(kink.x)}" for kink in unit.gate.kinks)
    return [
        ("range", str(REALS)),
        ("differentiable", f"except at {kinks}" if kinks else "everywhere"),
        ("monotonic in a", "yes: linear"),
        ("monotonic in b", yes(unit.gate.monotonic)),
        ("if b = a = x", _diagonal(unit)),
    ]


def unit_card(unit: GatedUnit) -> list[tuple[str, str]]:
    """Return all that is known about a gated unit, as `card` does."""
    definition, gate = unit.definition, unit.gate
    lines = [
        ("name", unit.name),
        ("also called", ", ".join(definition.aliases)),
        ("summary", definition.summary),
        ("f(a, b)", plain(definition.formula)),
        ("∂f/∂a", plain(definition.partial_a)),
        ("∂f/∂b", plain(definition.partial_b)),
        ("inputs", "a is the value, b the gate"),
        ("gate", f"{gate.title} of b ({gate.spec})"),
    ]
    for parameter, value in zip(definition.parameters, unit.values, strict=True):
        lines.append((parameter.name, f"{written(value)} ({plain(parameter.symbol)}: {parameter.meaning})"))
        lines.append(("", f"default {written(parameter.default)}, in {parameter.domain}"))
    lines += [
        *unit_properties(unit),
        *_under("kinks", [line for one in gate.kinks for line in gate_kink(one)]),
        ("strength", definition.strength),
        ("weakness", definition.weakness),
        *_under("halves", list(definition.halves)),
        ("paper", str(definition.reference or "")),
    ]
    for framework, code in unit.code.items():
        spelling = definition.frameworks.get(framework)
        lines += _under(framework, [code, *(spelling.remarks if spelling else [])])
    return [(heading, line) for heading, line in lines if line]


def gate_kink(kink: Kink) -> list[str]:
    """Describe a kink of the gate: ∂f/∂b on both sides, as a multiple of a."""
    left, right, there = (_times_a(slope) for slope in (kink.left, kink.right, kink.convention))
    return [f"b = {readable(kink.x)}: ∂f/∂b is {left} on the left, {right} on the right, {there} by convention"]


def _times_a(factor: float) -> str:
    return {0.0: "0", 1.0: "a", -1.0: "-a"}.get(factor, f"{readable(factor)} a")


def unit_summary(unit: GatedUnit) -> dict[str, Any]:
    """Return what the list of all activations shows of a gated unit, for JSON."""
    definition = unit.definition
    return {
        "name": unit.name,
        "title": unit.title,
        "family": GATED_UNITS,
        "inputs": ["a", "b"],
        "gate": unit.gate.spec,
        "formula": plain(definition.formula),
        "range": REALS.text,
        "monotonic": unit.gate.monotonic,
        "smooth": analysis.smooth(unit.gate),
        "saturates": None,
        "year": definition.reference.year if definition.reference else None,
        "aliases": list(definition.aliases),
        "framework_names": [word for one in definition.frameworks.values() for word in one.names],
    }


def unit_row(unit: GatedUnit) -> list[str]:
    """Write what the list of all activations shows of a gated unit."""
    shown = {**unit_summary(unit), "range": str(REALS)}
    marks = {True: "yes", False: "no", None: "–"}
    return [marks[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in map(shown.get, HEADINGS)]


def unit_built_in(unit: GatedUnit, framework: str) -> bool:
    """Whether a framework has a function for a gated unit; see `built_in`."""
    _, module = known_framework(framework)
    names = [word for one in unit.definition.frameworks.values() for word in one.names]
    return any(word.startswith(module) for word in names) if module else False


def unit_data(unit: GatedUnit) -> dict[str, Any]:
    """Return what the card of a gated unit says as a structure for JSON."""
    definition, gate = unit.definition, unit.gate
    formulas = {"formula": definition.formula, "partial_a": definition.partial_a, "partial_b": definition.partial_b}
    return {
        **unit_summary(unit),
        "spec": unit.spec,
        "summary": definition.summary,
        **{name: plain(formula) for name, formula in formulas.items()},
        **{f"{name}_latex": latex(formula) for name, formula in formulas.items()},
        "diagonal": plain(definition.diagonal),
        "is_diagonal": definition.is_diagonal or None,
        "parameters": [
            {"name": one.name, "value": value, "default": one.default, "domain": one.domain.text}
            for one, value in zip(definition.parameters, unit.values, strict=True)
        ],
        "kinks": [
            {"b": one.x, "left": one.left, "right": one.right, "convention": one.convention} for one in gate.kinks
        ],
        "strength": definition.strength,
        "weakness": definition.weakness,
        "halves": list(definition.halves),
        "reference": {**vars(paper), "bibtex": paper.bibtex} if (paper := definition.reference) else None,
        "frameworks": {
            name: {
                "code": code,
                "names": list(spelling.names) if spelling else [],
                "note": spelling.note if spelling else "",
            }
            for name, code in unit.code.items()
            for spelling in (definition.frameworks.get(name),)
        },
        "values": unit_value_data(unit, UNITS_SHOWN_AT),
    }
