r"""Formulas: written once in TeX, read as mathtext, LaTeX and plain text.

The TeX is the part that matplotlib's mathtext draws. It has no `cases` environment, so a function defined piece by
piece is a `Cases`, from which each form makes what it can.
"""

import re
from collections.abc import Iterator

_SYMBOLS = {
    "alpha": "α", "beta": "β", "lambda": "λ", "theta": "θ", "sigma": "σ", "phi": "φ", "Phi": "Φ",
    "leq": "≤", "geq": "≥", "infty": "∞", "cdot": "·",
    ",": " ", ";": " ", "quad": "  ", "left": "", "right": "",
    "max": "max", "min": "min", "exp": "exp", "ln": "ln", "tanh": "tanh",
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
    """On one line, for matplotlib, without the dollar signs; with fractions of full height if `display`."""
    if display:
        return mathtext(formula).replace(r"\frac", r"\dfrac")
    if isinstance(formula, str):
        return formula
    return r",\quad ".join(_rows(formula, r"\;\;", r"\mathrm{if}\;\;"))


def latex(formula: Formula) -> str:
    """For a LaTeX document with amsmath."""
    if isinstance(formula, str):
        return formula
    rows = _rows(formula, " & ", r"\text{if } ")
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def plain(formula: Formula) -> str:
    """For a terminal: `1 / (1 + e^(-x))`."""
    if isinstance(formula, str):
        return _Reader(formula).read()
    return ", ".join(plain(row) for row in _rows(formula, r"\;", r"\mathrm{if}\;"))


def _rows(cases: Cases, between: str, if_word: str) -> list[str]:
    return [value + between + if_word * (condition != OTHERWISE) + condition for value, condition in cases.pieces]


class _Reader:
    """Reads TeX from left to right and writes plain text."""

    def __init__(self, tex: str) -> None:
        self.tokens: Iterator[tuple[str, ...]] = iter(_TOKEN.findall(tex))

    def read(self) -> str:
        """Up to the end, or to the brace that closes the group being read."""
        text = ""
        for command, mark, space, character in self.tokens:
            if mark == "}":
                break
            if mark in ("^", "_"):
                text += mark + _atom(self._argument())
            elif mark == "{":
                text += self.read()
            elif command:
                text += self._command(command)
            elif space:
                text += " "
            else:
                text += character
        return re.sub(r" {2,}", " ", text).strip()

    def _argument(self) -> str:
        command, mark, _, character = next(self.tokens)
        if mark == "{":
            return self.read()
        return self._command(command) if command else character

    def _command(self, name: str) -> str:
        if name == "frac":
            return f"{_atom(self._argument())} / {_atom(self._argument())}"
        if name == "sqrt":
            return f"√{_atom(self._argument())}"
        if name in ("operatorname", "mathrm"):
            return self._argument()
        return _SYMBOLS[name]


def _atom(text: str) -> str:
    """In parentheses, unless it binds together without them."""
    return text if re.fullmatch(r"\w+|∞", text) else f"({text})"
