"""One formula in three forms."""

import pytest

from actviz.formula import OTHERWISE, Cases, latex, mathtext, plain


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{1}{1 + e^{-x}}", "1 / (1 + e^(-x))"),
        (r"\frac{l + u}{2}\,x", "(l + u) / 2 x"),
        (r"\alpha\,(e^{x} - 1)", "α (e^x - 1)"),
        (r"\frac{1}{(1 + |x|)^{2}}", "1 / ((1 + |x|)^2)"),
        (r"x\,\tanh(\ln(1 + e^{x}))", "x tanh(ln(1 + e^x))"),
        (r"\max_{i}(w_{i}\,x + b_{i})", "max_i(w_i x + b_i)"),
        (r"\sqrt{2}\,\operatorname{erf}(x)", "√2 erf(x)"),
        (r"x \leq \infty", "x ≤ ∞"),
        (r"a^2 + \left(b\right)", "a^2 + (b)"),
        (r"x^\alpha", "x^α"),
    ],
)
def test_plain_text(tex: str, text: str) -> None:
    """Fractions with a slash, powers with a caret, parentheses only where they are needed."""
    assert plain(tex) == text


def test_cases() -> None:
    """On one line for mathtext and for a terminal, as an environment for LaTeX."""
    cases = Cases((r"\alpha\,x", r"x \leq 0"), ("x", OTHERWISE))
    assert plain(cases) == "α x if x ≤ 0, x otherwise"
    assert mathtext(cases) == r"\alpha\,x\;\;\mathrm{if}\;\;x \leq 0,\quad x\;\;\mathrm{otherwise}"
    assert latex(cases) == r"\begin{cases} \alpha\,x & \text{if } x \leq 0 \\ x & \mathrm{otherwise} \end{cases}"
    assert latex(r"e^{x}") == r"e^{x}"


def test_fractions_of_full_height() -> None:
    """For a formula that stands alone."""
    assert mathtext(r"\frac{1}{2}", display=True) == r"\dfrac{1}{2}"
