r"""Formulas: written once in TeX, read as mathtext, LaTeX, MathML and plain text.

The TeX is the subset that matplotlib's mathtext draws. That has no `cases` environment, so a function defined piece by
piece is a `Cases`, which each form writes in its own way.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

_SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "lambda": "λ", "theta": "θ", "sigma": "σ", "phi": "φ", "Phi": "Φ",
    "mu": "μ", "omega": "ω",
    "sum": "∑", "leq": "≤", "geq": "≥", "neq": "≠", "infty": "∞", "cdot": "·", "partial": "∂",
    "pi": "π", "varepsilon": "ε", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    ",": " ", ";": " ", "quad": "  ",
    "max": "max", "min": "min", "exp": "exp", "ln": "ln", "tanh": "tanh",
    "sin": "sin", "cos": "cos", "cosh": "cosh", "arctan": "arctan",
}  # fmt: skip
_TOKEN = re.compile(r"\\([A-Za-z]+|[,;])|([{}^_])|(\s+)|(.)", re.DOTALL)


OTHERWISE = r"\mathrm{otherwise}"
"""The condition of a last case."""


class Cases:
    r"""A function defined piece by piece: `Cases((r"x", r"x > 0"), (r"0", r"x \leq 0"))`."""

    def __init__(self, *pieces: tuple[str, str]) -> None:
        self.pieces = pieces

    def __repr__(self) -> str:
        return f"Cases({', '.join(map(repr, self.pieces))})"


Formula = str | Cases


def mathtext(formula: Formula, display: bool = False) -> str:
    """Write it on one line for matplotlib, without dollar signs; with fractions of full height if `display`."""
    if display:
        return mathtext(formula).replace(r"\frac", r"\dfrac")
    if isinstance(formula, str):
        return formula
    return r",\quad ".join(_rows(formula, r"\;\;", r"\mathrm{if}\;\;"))


def latex(formula: Formula) -> str:
    """Write it for a LaTeX document with amsmath."""
    if isinstance(formula, str):
        return formula
    rows = _rows(formula, " & ", r"\text{if } ")
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def plain(formula: Formula) -> str:
    """Write it for a terminal: `1 / (1 + e^(-x))`."""
    if isinstance(formula, str):
        return _plain(_parse(formula))
    return ", ".join(plain(row) for row in _rows(formula, r"\;", r"\mathrm{if}\;"))


def mathml(formula: Formula, before: str = "", display: bool = True) -> str:
    """Write it for a web page: a `math` element, which browsers draw and screen readers read aloud.

    Parameters
    ----------
    before
        What stands before the formula, as in "f(x) = ".
    display
        Whether it stands on a line of its own.
    """
    if isinstance(formula, str):
        content = _mathml(_parse(before + formula))
    else:
        rows = (row.split("&") for row in _rows(formula, "&", r"\mathrm{if}\;"))
        cells = ("".join(f"<mtd>{_mathml(_parse(cell))}</mtd>" for cell in row) for row in rows)
        table = "".join(f"<mtr>{row}</mtr>" for row in cells)
        left = _mathml(_parse(before))
        content = f'<mrow>{left}<mo stretchy="true">{{</mo><mtable columnalign="left">{table}</mtable></mrow>'
    return f'<math display="{"block" if display else "inline"}">{content}</math>'


def _rows(cases: Cases, between: str, if_word: str) -> list[str]:
    return [value + between + if_word * (condition != OTHERWISE) + condition for value, condition in cases.pieces]


@dataclass(frozen=True)
class _Node:
    """A part of a formula: a character, a word, a space, or something made of other parts."""

    kind: Literal["character", "word", "text", "fence", "blank", "space", "group", "frac", "sqrt", "^", "_"]
    text: str = ""
    parts: "tuple[_Node, ...]" = ()


def _parse(tex: str) -> list[_Node]:
    return _read(iter(_TOKEN.findall(tex)))


def _read(tokens: Iterator[tuple[str, ...]]) -> list[_Node]:
    """Read up to the end, or to the brace that closes the group being read."""
    nodes = []
    for token in tokens:
        if token[1] == "}":
            break
        nodes.append(_node(token, tokens))
    return nodes


def _node(token: tuple[str, ...], tokens: Iterator[tuple[str, ...]]) -> _Node:
    """Read what a token begins."""
    command, mark, space, character = token
    if mark == "{":
        return _Node("group", parts=tuple(_read(tokens)))
    if mark:
        return _Node("^" if mark == "^" else "_", parts=(_argument(tokens),))
    if command == "frac":
        return _Node("frac", parts=(_argument(tokens), _argument(tokens)))
    if command == "sqrt":
        return _Node("sqrt", parts=(_argument(tokens),))
    if command in ("left", "right"):
        return _Node("fence", _argument(tokens).text)
    if command in ("operatorname", "mathrm"):
        return _Node("word" if command == "operatorname" else "text", _plain([_argument(tokens)]))
    if command:
        text = _SYMBOLS[command]
        return _Node("space" if not text.strip() else "character" if len(text) == 1 else "word", text)
    return _Node("blank", " ") if space else _Node("character", character)


def _argument(tokens: Iterator[tuple[str, ...]]) -> _Node:
    return _node(next(tokens), tokens)


def _plain(nodes: Iterable[_Node]) -> str:
    text = ""
    for node in nodes:
        parts = [_atom(_plain([part])) for part in node.parts]
        if node.kind == "group":
            text += _plain(node.parts)
        elif node.kind == "frac":
            text += " / ".join(parts)
        else:
            text += {"sqrt": "√"}.get(node.kind, "") + (node.kind + parts[0] if node.kind in "^_" else "".join(parts))
            text += node.text
    return re.sub(r" {2,}", " ", text).strip()


def _atom(text: str) -> str:
    """Put text in parentheses, unless it holds together without them."""
    return text if re.fullmatch(r"\w+|∞", text) else f"({text})"


def _mathml(nodes: Iterable[_Node]) -> str:
    """Write parts in a row; digits make one number, and powers and indices belong to what is before them."""
    row: list[str] = []
    number = ""
    for node in [*nodes, _Node("blank")]:
        if node.kind == "character" and (node.text.isdigit() or node.text == "."):
            number += node.text
            continue
        if number:
            row.append(f"<mn>{number}</mn>")
            number = ""
        if node.kind in "^_":
            base = row.pop() if row else "<mrow></mrow>"
            tag = "msup" if node.kind == "^" else "msub"
            row.append(f"<{tag}>{base}{_element(node.parts[0])}</{tag}>")
        else:
            row.append(_element(node))
    return f"<mrow>{''.join(row)}</mrow>"


def _element(node: _Node) -> str:
    if node.kind == "group":
        return _mathml(node.parts)
    if node.kind in ("frac", "sqrt"):
        return f"<m{node.kind}>{''.join(map(_element, node.parts))}</m{node.kind}>"
    if node.kind in ("blank", "space"):
        width = 0.17 if node.text == " " else len(node.text) / 2
        return f'<mspace width="{width:g}em"></mspace>' if node.kind == "space" and node.text else ""
    if node.kind == "character" and node.text in "()[]|":  # as high as its content only after \left or \right
        return f'<mo stretchy="false" lspace="0" rspace="0">{node.text}</mo>'
    if node.kind == "text":
        return f"<mtext>{escape(node.text)}&#160;</mtext>"
    if node.kind == "word" or node.text.isalpha():
        return f"<mi>{node.text}</mi>"
    if node.text.isdigit():
        return f"<mn>{node.text}</mn>"
    return f"<mo>{escape({'-': '−', chr(39): '′'}.get(node.text, node.text))}</mo>"
