"""What a notebook shows for activations, gated units and softmax: cards, and a table.

Figures show themselves. Nothing is loaded here until something is shown.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from actviz.formula import Formula
    from actviz.gated import GatedUnit
    from actviz.model import Activation
    from actviz.vector import Softmax


def register(shell: Any) -> None:
    """Tell IPython's shell how to show activations, gated units and softmax in a notebook."""
    formatter = shell.display_formatter.formatters["text/html"]
    shown: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
        ("actviz.model", "Activation", card),
        ("actviz.gated", "GatedUnit", unit_card),
        ("actviz.vector", "Softmax", table),
    )
    for module, name, written in shown:
        formatter.for_type_by_name(module, name, written)


def card(activation: "Activation") -> str:
    """Write an activation's formulas, facts and picture as HTML."""
    from base64 import b64encode
    from html import escape

    from actviz import facts
    from actviz.figures import Curve
    from actviz.style import LIGHT

    definition = activation.definition
    picture = Curve(activation, derivative=True)
    source = b64encode(picture.figure()._repr_svg_().encode()).decode()
    kinks = [line for kink in activation.kinks for line in facts.kink_lines(activation, kink)]
    rows = [
        *((name, facts.written(value)) for name, value in activation.parameters.items()),
        *facts.properties(activation),
        *(("kinks" if index == 0 else "", line) for index, line in enumerate(kinks)),
        ("strength", definition.strength),
        ("weakness", definition.weakness),
        ("paper", str(activation.reference or "")),
        *activation.code.items(),
    ]
    formulas = (
        _typeset(activation.formula, "f(x) = ", LIGHT.colours[0]),
        _typeset(activation.derivative_formula, "f'(x) = ", LIGHT.colours[1]),
    )
    return (
        f"<div><h3>{escape(activation.plain_label)}</h3><p>{escape(definition.summary)}</p>"
        f"{''.join(formulas)}"
        f'<img alt="{escape(picture.description)}" src="data:image/svg+xml;base64,{source}"/>'
        f"{_rows(row for row in rows if row[1])}</div>"
    )


def unit_card(unit: "GatedUnit") -> str:
    """Write a gated unit's formulas, facts and picture as HTML."""
    from base64 import b64encode
    from html import escape

    from actviz import facts
    from actviz.figures import Surface
    from actviz.style import LIGHT

    definition = unit.definition
    picture = Surface(unit, derivative=True)
    source = b64encode(picture.figure()._repr_svg_().encode()).decode()
    formulas = _typeset(definition.formula, "f(a, b) = ", LIGHT.ink)
    return (
        f"<div><h3>{escape(unit.plain_label)}</h3><p>{escape(definition.summary)}</p>{formulas}"
        f'<img alt="{escape(picture.description)}" src="data:image/svg+xml;base64,{source}"/>'
        f"{_rows(row for row in facts.unit_card(unit) if row[0] not in ('name', 'summary'))}</div>"
    )


def table(softmax: "Softmax") -> str:
    """Write the worked example of softmax, step by step, as HTML."""
    from html import escape

    from actviz import worked

    headings, rows = worked.table(softmax)
    notes = "".join(f"<p>{escape(note)}</p>" for note in worked.notes(softmax))
    return f"<div>{_rows(rows, headings, 'right')}{notes}</div>"


def _typeset(formula: "Formula", before: str, colour: str) -> str:
    """Write a formula as MathML in a colour; one with TeX commands unknown to us is left to the notebook as TeX."""
    from html import escape

    from actviz.formula import latex, mathml

    try:
        return f'<p style="color: {colour}">{mathml(formula, before)}</p>'
    except KeyError:
        return f'<p style="color: {colour}">${escape(before + latex(formula))}$</p>'


def _rows(rows: Iterable[Sequence[str]], headings: Sequence[str] = (), align: str = "left") -> str:
    from html import escape

    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(f'<{tag} style="text-align: {align}">{escape(cell)}</{tag}>' for cell in row)

    head = f"<thead><tr>{cells(headings, 'th')}</tr></thead>" if headings else ""
    body = "".join(f"<tr>{cells(row[:1], 'th')}{cells(row[1:], 'td')}</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"
